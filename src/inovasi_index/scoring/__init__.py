"""Columns × weights → points → index → band, exact; and where each number comes from."""

from typing import TYPE_CHECKING

from inovasi_index.later import fetched_later
from inovasi_index.scoring.bands import band_of
from inovasi_index.scoring.region_score import Parts, RegionScore
from inovasi_index.scoring.score import maturity, project_index, score
from inovasi_index.scoring.scores import RegionScores, Scores
from inovasi_index.scoring.tally import Tally

if TYPE_CHECKING:
    from inovasi_index.scoring.documents import (
        explanation_schema,
        score_document,
        score_schema,
    )
    from inovasi_index.scoring.explanation import Explanation, ineligibility
    from inovasi_index.scoring.tree import index_tree, tree_columns
    from inovasi_index.scoring.weighted import WeightedScores

__all__ = [
    "Explanation",
    "Parts",
    "RegionScore",
    "RegionScores",
    "Scores",
    "Tally",
    "WeightedScores",
    "band_of",
    "explanation_schema",
    "index_tree",
    "ineligibility",
    "maturity",
    "project_index",
    "score",
    "score_document",
    "score_schema",
    "tree_columns",
]

__getattr__, __dir__ = fetched_later(
    __name__,
    {
        "Explanation": "explanation",
        "WeightedScores": "weighted",
        "explanation_schema": "documents",
        "index_tree": "tree",
        "ineligibility": "explanation",
        "score_document": "documents",
        "score_schema": "documents",
        "tree_columns": "tree",
    },
)
