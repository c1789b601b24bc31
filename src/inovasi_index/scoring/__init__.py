"""Columns × weights → points → index → band, exact; and where each number comes from."""

from inovasi_index.scoring.explanation import Explanation, ineligibility
from inovasi_index.scoring.score import (
    Parts,
    RegionScore,
    Scores,
    band_of,
    maturity,
    project_index,
    score,
)

__all__ = [
    "Explanation",
    "Parts",
    "RegionScore",
    "Scores",
    "band_of",
    "ineligibility",
    "maturity",
    "project_index",
    "score",
]
