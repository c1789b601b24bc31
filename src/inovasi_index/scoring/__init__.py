"""Columns × weights → points → index → band, exact; and where each number comes from."""

from typing import TYPE_CHECKING

from inovasi_index.later import fetched_later
from inovasi_index.scoring.score import (
    Parts,
    RegionScore,
    Scores,
    band_of,
    maturity,
    project_index,
    score,
)

if TYPE_CHECKING:
    from inovasi_index.scoring.explanation import Explanation, ineligibility
    from inovasi_index.scoring.weighted import WeightedScores

__all__ = [
    "Explanation",
    "Parts",
    "RegionScore",
    "Scores",
    "WeightedScores",
    "band_of",
    "ineligibility",
    "maturity",
    "project_index",
    "score",
]

__getattr__, __dir__ = fetched_later(
    __name__,
    {
        "Explanation": "explanation",
        "WeightedScores": "weighted",
        "ineligibility": "explanation",
    },
)
