"""What people submit: types, plain dicts, checks, levels of an answer, eligibility."""

from inovasi_index.records.checking import check, require_valid
from inovasi_index.records.eligibility import Eligible, Reason, ReasonCode, eligibility
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
