"""Gaps, plans, selection, risk, comparison, contests: from the score to what to do next."""

from inovasi_index.analysis import robustness
from inovasi_index.analysis.comparing import Difference, ScoreComparison, compare_scores
from inovasi_index.analysis.contests import (
    AgencyWithout,
    Criterion,
    Entrant,
    Place,
    Ranking,
    Shortlist,
    agencies_without_innovations,
    rank_agencies,
    rank_innovations,
)
from inovasi_index.analysis.distances import Distance, SingleStep, distance
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
from inovasi_index.analysis.regions import (
    Movements,
    RegionRank,
    RegionsByYear,
    RegionYear,
    SetAside,
    published_by_year,
    regions_by_year,
)
from inovasi_index.analysis.risk import AnswerRisk, RiskDistribution, Survival, risk
from inovasi_index.analysis.scenarios import WhatIf, what_if
from inovasi_index.analysis.selection import LeftOut, Selection, select_innovations
from inovasi_index.analysis.years import (
    ChangeCause,
    YearChange,
    YearComparison,
    compare_totals,
    compare_years,
)

__all__ = [
    "AgencyWithout",
    "AnswerRisk",
    "ChangeCause",
    "Costs",
    "Criterion",
    "Difference",
    "Distance",
    "Entrant",
    "Forbidden",
    "Gap",
    "GapCause",
    "GapTable",
    "Gaps",
    "LeftOut",
    "Limit",
    "Movements",
    "NewInnovation",
    "Place",
    "Plan",
    "Ranking",
    "RegionRank",
    "RegionYear",
    "RegionsByYear",
    "RiskDistribution",
    "ScoreComparison",
    "Selection",
    "SetAside",
    "Shortlist",
    "SingleStep",
    "Step",
    "StepKind",
    "Survival",
    "UnreachableError",
    "WhatIf",
    "YearChange",
    "YearComparison",
    "agencies_without_innovations",
    "compare_scores",
    "compare_totals",
    "compare_years",
    "distance",
    "gaps",
    "plan",
    "published_by_year",
    "rank_agencies",
    "rank_innovations",
    "regions_by_year",
    "risk",
    "robustness",
    "select_innovations",
    "what_if",
]
