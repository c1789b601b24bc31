"""Weighting schemes: from an edition alone, from data, or from judgements."""

from inovasi_index.weighting.benefit_of_the_doubt import (
    BenefitOfTheDoubt,
    SharesOf,
    UnitWeights,
)
from inovasi_index.weighting.best_worst import BestWorst
from inovasi_index.weighting.budget import BudgetAllocation
from inovasi_index.weighting.cilos import BestRows, Cilos, Idocriw
from inovasi_index.weighting.combining import Mixture, Nested, Product
from inovasi_index.weighting.components import FactorWeights, PcaWeights, Retention
from inovasi_index.weighting.critic import Correlation, Critic
from inovasi_index.weighting.given import Equal, Fixed, Official
from inovasi_index.weighting.merec import Merec
from inovasi_index.weighting.pairwise import (
    Ahp,
    Comparisons,
    Consistency,
    GroupOpinion,
    Judgement,
    Priorities,
    Rancom,
    RandomIndex,
)
from inovasi_index.weighting.rankings import RankOrderCentroid, RankReciprocal, RankSum
from inovasi_index.weighting.registry import load_schemes, scheme_by_name
from inovasi_index.weighting.scheme import Criteria, WeightingScheme, Weights
from inovasi_index.weighting.spreads import (
    Angle,
    CoefficientOfVariation,
    Entropy,
    Gini,
    Lopcow,
    Scaling,
    StandardDeviation,
    Variance,
)
from inovasi_index.weighting.trees import WeighedTree, weigh_tree

__all__ = [
    "Ahp",
    "Angle",
    "BenefitOfTheDoubt",
    "BestRows",
    "BestWorst",
    "BudgetAllocation",
    "Cilos",
    "CoefficientOfVariation",
    "Comparisons",
    "Consistency",
    "Correlation",
    "Criteria",
    "Critic",
    "Entropy",
    "Equal",
    "FactorWeights",
    "Fixed",
    "Gini",
    "GroupOpinion",
    "Idocriw",
    "Judgement",
    "Lopcow",
    "Merec",
    "Mixture",
    "Nested",
    "Official",
    "PcaWeights",
    "Priorities",
    "Product",
    "Rancom",
    "RandomIndex",
    "RankOrderCentroid",
    "RankReciprocal",
    "RankSum",
    "Retention",
    "Scaling",
    "SharesOf",
    "StandardDeviation",
    "UnitWeights",
    "Variance",
    "WeighedTree",
    "WeightingScheme",
    "Weights",
    "load_schemes",
    "scheme_by_name",
    "weigh_tree",
]
