"""What people submit: types, plain dicts, checks, levels of an answer, eligibility."""

from typing import TYPE_CHECKING

from inovasi_index.later import fetched_later
from inovasi_index.records.submission import (
    Agency,
    AgencyKind,
    Answer,
    Basis,
    Cluster,
    Evidence,
    EvidenceStatus,
    Innovation,
    Region,
    RegionKind,
    Submission,
    Verdict,
    VerdictStatus,
)

if TYPE_CHECKING:
    from inovasi_index.records.checking import check, require_valid
    from inovasi_index.records.eligible import Eligible, Reason, ReasonCode, eligibility
    from inovasi_index.records.levels import (
        AnswerStanding,
        Cause,
        accepts,
        assess,
        claimed_level,
        level_on,
        standings,
    )
    from inovasi_index.records.plain import from_plain, to_plain
    from inovasi_index.records.schema import submission_schema

__all__ = [
    "Agency",
    "AgencyKind",
    "Answer",
    "AnswerStanding",
    "Basis",
    "Cause",
    "Cluster",
    "Eligible",
    "Evidence",
    "EvidenceStatus",
    "Innovation",
    "Reason",
    "ReasonCode",
    "Region",
    "RegionKind",
    "Submission",
    "Verdict",
    "VerdictStatus",
    "accepts",
    "assess",
    "check",
    "claimed_level",
    "eligibility",
    "from_plain",
    "level_on",
    "require_valid",
    "standings",
    "submission_schema",
    "to_plain",
]

__getattr__, __dir__ = fetched_later(
    __name__,
    {
        "AnswerStanding": "levels",
        "Cause": "levels",
        "Eligible": "eligible",
        "Reason": "eligible",
        "ReasonCode": "eligible",
        "accepts": "levels",
        "assess": "levels",
        "check": "checking",
        "claimed_level": "levels",
        "eligibility": "eligible",
        "from_plain": "plain",
        "level_on": "levels",
        "require_valid": "checking",
        "standings": "levels",
        "submission_schema": "schema",
        "to_plain": "plain",
    },
)
