"""The regulation as dated, cited data."""

from inovasi_index.rules import editions
from inovasi_index.rules.edition import (
    Affair,
    Band,
    Bound,
    Certainty,
    Citation,
    Completeness,
    Conflict,
    Direction,
    Edition,
    Eligibility,
    Formula,
    Indicator,
    Level,
    NumericRule,
    Part,
    Sourced,
    Term,
    source_of,
)
from inovasi_index.rules.loading import available_editions, load_edition

__all__ = [
    "Affair",
    "Band",
    "Bound",
    "Certainty",
    "Citation",
    "Completeness",
    "Conflict",
    "Direction",
    "Edition",
    "Eligibility",
    "Formula",
    "Indicator",
    "Level",
    "NumericRule",
    "Part",
    "Sourced",
    "Term",
    "available_editions",
    "editions",
    "load_edition",
    "source_of",
]
