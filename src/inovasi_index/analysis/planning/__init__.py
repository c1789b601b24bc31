"""Plans: the cheapest steps to a band or an index, and the best index within a budget."""

from inovasi_index.analysis.planning.costs import Costs, Forbidden, Limit, NewInnovation
from inovasi_index.analysis.planning.plans import Plan, UnreachableError, plan
from inovasi_index.analysis.planning.steps import Change, Step, StepKind

__all__ = [
    "Change",
    "Costs",
    "Forbidden",
    "Limit",
    "NewInnovation",
    "Plan",
    "Step",
    "StepKind",
    "UnreachableError",
    "plan",
]
