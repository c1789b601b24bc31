"""How sure a score, a rank and a band are, and what they depend on."""

from inovasi_index.analysis.robustness.confidence import confidence_factors
from inovasi_index.analysis.robustness.index_model import IndexOfLevels, index_of_weights
from inovasi_index.analysis.robustness.methods import (
    MethodGrid,
    MethodsResult,
    UncertainMethods,
)
from inovasi_index.analysis.robustness.progress import tqdm_progress
from inovasi_index.analysis.robustness.results import (
    INDEX_SCALE,
    Bands,
    RobustnessResult,
    Scale,
    Span,
)
from inovasi_index.analysis.robustness.samplers import (
    AnswerSampler,
    BoundedSimplex,
    Dirichlet,
    FixedWeights,
    InTurn,
    NoisyWeights,
    OffByOne,
    PartWeights,
    Survival,
    UniformSampler,
    WeightSampler,
)
from inovasi_index.analysis.robustness.scenarios import (
    Scenarios,
    UncertainLevels,
    UncertainWeights,
    weighted_sum,
)
from inovasi_index.analysis.robustness.scores import LinearScore, ScoreFunction, ScoreOfWeights
from inovasi_index.analysis.robustness.sensitivity import (
    LeaveOneOut,
    WeightIntervals,
    band_intervals,
    leave_one_out,
    pair_intervals,
    ranking_intervals,
    top_intervals,
)
from inovasi_index.analysis.robustness.simulation import Counting, simulate
from inovasi_index.analysis.robustness.sobol import (
    SobolIndices,
    score_indices,
    shift_indices,
    sobol_indices,
)

__all__ = [
    "INDEX_SCALE",
    "AnswerSampler",
    "Bands",
    "BoundedSimplex",
    "Counting",
    "Dirichlet",
    "FixedWeights",
    "InTurn",
    "IndexOfLevels",
    "LeaveOneOut",
    "LinearScore",
    "MethodGrid",
    "MethodsResult",
    "NoisyWeights",
    "OffByOne",
    "PartWeights",
    "RobustnessResult",
    "Scale",
    "Scenarios",
    "ScoreFunction",
    "ScoreOfWeights",
    "SobolIndices",
    "Span",
    "Survival",
    "UncertainLevels",
    "UncertainMethods",
    "UncertainWeights",
    "UniformSampler",
    "WeightIntervals",
    "WeightSampler",
    "band_intervals",
    "confidence_factors",
    "index_of_weights",
    "leave_one_out",
    "pair_intervals",
    "ranking_intervals",
    "score_indices",
    "shift_indices",
    "simulate",
    "sobol_indices",
    "top_intervals",
    "tqdm_progress",
    "weighted_sum",
]
