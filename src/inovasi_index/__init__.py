"""Compute, explain and improve Indonesia's regional innovation index.

Rules are data, submissions are records, scoring is one vectorised pass, and every number
can say where it comes from. The names here are the public face; rooms that not every user
needs are loaded when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index import errors
from inovasi_index.later import fetched_later
from inovasi_index.records import (
    Agency,
    Answer,
    Basis,
    Evidence,
    Innovation,
    Region,
    Submission,
    Verdict,
)
from inovasi_index.rules import Edition, Indicator, available_editions, editions, load_edition
from inovasi_index.scoring import RegionScore, Scores, maturity, project_index, score
from inovasi_index.table import LevelTable

if TYPE_CHECKING:
    from inovasi_index import analysis, composite, datasets, reporting, weighting
    from inovasi_index.analysis import gaps, plan, risk, select_innovations
    from inovasi_index.io import read_portal_export, read_submission, write_submission

__version__ = "0.1.0"

__all__ = [
    "Agency",
    "Answer",
    "Basis",
    "Edition",
    "Evidence",
    "Indicator",
    "Innovation",
    "LevelTable",
    "Region",
    "RegionScore",
    "Scores",
    "Submission",
    "Verdict",
    "analysis",
    "available_editions",
    "composite",
    "datasets",
    "editions",
    "errors",
    "gaps",
    "load_edition",
    "maturity",
    "plan",
    "project_index",
    "read_portal_export",
    "read_submission",
    "reporting",
    "risk",
    "score",
    "select_innovations",
    "weighting",
    "write_submission",
]

__getattr__, __dir__ = fetched_later(
    __name__,
    {
        "analysis": "analysis",
        "composite": "composite",
        "datasets": "datasets",
        "gaps": "analysis",
        "plan": "analysis",
        "read_portal_export": "io",
        "read_submission": "io",
        "reporting": "reporting",
        "risk": "analysis",
        "select_innovations": "analysis",
        "weighting": "weighting",
        "write_submission": "io",
    },
)
