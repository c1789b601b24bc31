"""Gaps, plans, selection, risk, comparison, contests: from the score to what to do next."""

from inovasi_index.analysis import robustness
from inovasi_index.analysis.gaps import Gap, GapCause, Gaps, GapTable, gaps
from inovasi_index.analysis.planning import (
    Costs,
    Forbidden,
    Limit,
    NewInnovation,
    Plan,
    Step,
    StepKind,
    UnreachableError,
    plan,
)
from inovasi_index.analysis.risk import AnswerRisk, RiskDistribution, Survival, risk
from inovasi_index.analysis.selection import LeftOut, Selection, select_innovations

__all__ = [
    "AnswerRisk",
    "Costs",
    "Forbidden",
    "Gap",
    "GapCause",
    "GapTable",
    "Gaps",
    "LeftOut",
    "Limit",
    "NewInnovation",
    "Plan",
    "RiskDistribution",
    "Selection",
    "Step",
    "StepKind",
    "Survival",
    "UnreachableError",
    "gaps",
    "plan",
    "risk",
    "robustness",
    "select_innovations",
]
