"""Compute, explain and improve Indonesia's regional innovation index.

Rules are data, submissions are records, scoring is one vectorised pass, and every number
can say where it comes from. The names here are the public face; the rooms behind them are
loaded when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index import errors
from inovasi_index.later import fetched_later

if TYPE_CHECKING:
    from inovasi_index import (
        analysis,
        composite,
        datasets,
        engines,
        io,
        records,
        reporting,
        rules,
        scoring,
        table,
        weighting,
    )
    from inovasi_index.analysis import gaps, plan, risk, select_innovations
    from inovasi_index.io import read_portal_export, read_submission, write_submission
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
    "engines",
    "errors",
    "gaps",
    "io",
    "load_edition",
    "maturity",
    "plan",
    "project_index",
    "read_portal_export",
    "read_submission",
    "records",
    "reporting",
    "risk",
    "rules",
    "score",
    "scoring",
    "select_innovations",
    "table",
    "weighting",
    "write_submission",
]

__getattr__, __dir__ = fetched_later(
    __name__,
    {
        "Agency": "records",
        "Answer": "records",
        "Basis": "records",
        "Edition": "rules",
        "Evidence": "records",
        "Indicator": "rules",
        "Innovation": "records",
        "LevelTable": "table",
        "Region": "records",
        "RegionScore": "scoring",
        "Scores": "scoring",
        "Submission": "records",
        "Verdict": "records",
        "analysis": "analysis",
        "available_editions": "rules",
        "composite": "composite",
        "datasets": "datasets",
        "editions": "rules",
        "engines": "engines",
        "gaps": "analysis",
        "io": "io",
        "load_edition": "rules",
        "maturity": "scoring",
        "plan": "analysis",
        "project_index": "scoring",
        "read_portal_export": "io",
        "records": "records",
        "read_submission": "io",
        "reporting": "reporting",
        "rules": "rules",
        "risk": "analysis",
        "score": "scoring",
        "scoring": "scoring",
        "select_innovations": "analysis",
        "table": "table",
        "weighting": "weighting",
        "write_submission": "io",
    },
)
