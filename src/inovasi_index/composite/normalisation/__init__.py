"""Ways to make indicators comparable, and to tame the ones with outliers.

Every rule here is a small frozen object with the same two methods. ``apply(data)`` takes
its statistics from the data; ``fit(reference)`` takes them from a reference (last year's
data, another country's) and gives a rule whose ``apply`` uses those.

Rules that hold for all of them:

- Missing values (NaN) stay missing, and statistics are taken over the values present.
- Infinite values are refused, by row and column.
- `directions` say where more is better (1, the default) and where less is (-1). In every
  result more is better.
- A constant indicator has a defined result, which each rule states: it separates nobody,
  so everyone gets the same number, never NaN.
- A rule that divides refuses a value whose reference is 0, unless it is nothing itself.
"""

from inovasi_index.composite.normalisation.chain import Chain
from inovasi_index.composite.normalisation.distances import (
    Distance,
    DistanceToLeader,
    DistanceToReference,
    EnhancedAccuracy,
    Nonlinear,
    Reference,
)
from inovasi_index.composite.normalisation.outliers import (
    LogTransform,
    Moments,
    Treatment,
    Winsorise,
)
from inovasi_index.composite.normalisation.places import Categories, Percentile, Rank
from inovasi_index.composite.normalisation.rule import FittedNormalisation, Normalisation
from inovasi_index.composite.normalisation.scales import (
    AboveBelowMean,
    Goalposts,
    MinMax,
    Outside,
    ZScore,
)
from inovasi_index.composite.normalisation.shares import LogarithmicShare, Max, Sum, Vector

__all__ = [
    "AboveBelowMean",
    "Categories",
    "Chain",
    "Distance",
    "DistanceToLeader",
    "DistanceToReference",
    "EnhancedAccuracy",
    "FittedNormalisation",
    "Goalposts",
    "LogTransform",
    "LogarithmicShare",
    "Max",
    "MinMax",
    "Moments",
    "Nonlinear",
    "Normalisation",
    "Outside",
    "Percentile",
    "Rank",
    "Reference",
    "Sum",
    "Treatment",
    "Vector",
    "Winsorise",
    "ZScore",
]
