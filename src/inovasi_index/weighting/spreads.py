"""Weights from how much each indicator spreads over the rows.

An indicator that does not vary tells nothing apart, so all these schemes give it 0 and say
so in the notes; when nothing varies (also with a single row) the weights are equal.
Missing and infinite values are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from inovasi_index.errors import BadValueError, Choice
from inovasi_index.weighting.kernels import spread
from inovasi_index.weighting.table_checks import CheckedTable, checked

if TYPE_CHECKING:
    from inovasi_index.weighting.kernels.passes import BoolArray, FloatArray
    from inovasi_index.weighting.scheme import Criteria, Weights

__all__ = [
    "Angle",
    "CoefficientOfVariation",
    "Entropy",
    "Gini",
    "Lopcow",
    "Scaling",
    "StandardDeviation",
    "Variance",
]


_NO_MEAN = 1e-290  # what has a smaller mean cannot be divided by it
_HARDLY = 1e-8  # less divergence has lost digits to rounding


class Scaling(Choice):
    """What is done to a column before its spread is measured.

    ``AS_GIVEN``: nothing; the unit of an indicator then matters. ``RANGE``: min-max, the
    least value becomes 0 and the greatest 1.
    """

    AS_GIVEN = "as given"
    RANGE = "min-max"


@frozen
class StandardDeviation:
    """Weights in proportion to the standard deviation of each indicator.

    Whether the deviation divides by m or m - 1 makes no difference to the weights.
    Directions make none either. Details: ``"deviation"`` (population, of the scaled
    values), shape (n,).

    Parameters
    ----------
    scaling : Scaling
        As given by default: the data are taken to be on one scale already (levels, or
        normalised values). With ``Scaling.RANGE`` the units do not matter.

    References
    ----------
    D. Diakoulaki, G. Mavrotas & L. Papayannakis (1995), Determining objective weights in
    multiple criteria problems: the CRITIC method, Computers & Operations Research 22(7),
    763-770 (the SD method, of normalised values). A. Jahan & K. L. Edwards (2013), Weighting
    of dependent and target-based criteria, Materials & Design 49, 1000-1008.

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Criteria, StandardDeviation
    >>> levels = np.array([[0, 1, 2], [3, 1, 2], [0, 1, 1]])
    >>> StandardDeviation().weigh(Criteria.of(["a", "b", "c"]), levels)
    <Weights standard deviation (as given): a 0.7500, c 0.2500, b 0.0000 (constant: b → weight 0)>
    """

    scaling: Scaling = field(default=Scaling.AS_GIVEN, converter=Scaling)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n).

        Raises
        ------
        BadValueError
            Without data, and for values that are missing or infinite.
        """
        table = checked(f"standard deviation ({self.scaling})", criteria, data)
        _, deviation, varies = table.deviations()
        if self.scaling is Scaling.RANGE:
            deviation = deviation / table.ranges[varies]
        return table.weigh(deviation, of=varies, called="deviation")


@frozen
class Variance:
    """Weights in proportion to the variance of each indicator (statistical variance).

    Whether the variance divides by m or m - 1 makes no difference. Details:
    ``"variance"`` (population, of the scaled values), shape (n,).

    Parameters
    ----------
    scaling : Scaling
        Min-max by default, so that units do not matter.

    References
    ----------
    R. V. Rao & B. K. Patel (2010), A subjective and objective integrated multiple attribute
    decision making method for material selection, Materials & Design 31(10), 4738-4747
    (statistical variance of normalised values, w ∝ V).

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Criteria, Variance
    >>> Variance().weigh(Criteria.of(["a", "b"]), np.array([[1, 10], [2, 20], [3, 20]]))
    <Weights variance (min-max): b 0.5714, a 0.4286>
    """

    scaling: Scaling = field(default=Scaling.RANGE, converter=Scaling)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n).

        Raises
        ------
        BadValueError
            Without data, and for values that are missing or infinite.
        """
        table = checked(f"variance ({self.scaling})", criteria, data)
        _, deviation, varies = table.deviations()
        if self.scaling is Scaling.RANGE:
            deviation = deviation / table.ranges[varies]
        variance = deviation**2
        return table.weigh(variance, of=varies, called="variance")


@frozen
class CoefficientOfVariation:
    """Weights in proportion to the standard deviation over the absolute mean.

    Whether the deviation divides by m or m - 1 makes no difference, nor does the unit of
    an indicator. Details: ``"variation"`` (population), shape (n,).

    References
    ----------
    D. Shuai, Z. Zongzhun, W. Yongji & L. Lei (2012), A new angular method to determine the
    objective weights, 24th Chinese Control and Decision Conference, IEEE, 3889-3892, where
    w ∝ σ / mean is the method to compare with.

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import CoefficientOfVariation, Criteria
    >>> CoefficientOfVariation().weigh(Criteria.of(["a", "b"]), np.array([[1, 3], [3, 5]]))
    <Weights coefficient of variation: a 0.6667, b 0.3333>
    """

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n).

        Raises
        ------
        BadValueError
            Without data, for values that are missing or infinite, and for an indicator
            that varies around a mean of 0.
        """
        table = checked("coefficient of variation", criteria, data)
        mean, deviation, varies = table.deviations()
        size = np.abs(mean[varies])
        if np.count_nonzero(size) < len(size):
            keys = [criteria.keys[j] for j in np.flatnonzero(varies & (mean == 0))]
            raise BadValueError(
                "coefficient of variation: the mean must not be 0 where values vary: "
                + ", ".join(keys)
            )
        return table.weigh(deviation / size, of=varies, called="variation")


@frozen
class Entropy:
    """Shannon entropy weights: the less evenly an indicator is distributed, the more it weighs.

    With ``p = x / Σx`` over the m rows, ``e = -Σ p ln p / ln m`` and ``w ∝ 1 - e``. The
    base of the logarithm cancels, so does the unit of an indicator; 0 ln 0 = 0. Directions
    make no difference: the distribution is taken as given. Details: ``"divergence"``, 1 - e of
    each indicator, shape (n,).

    References
    ----------
    C. L. Hwang & K. Yoon (1981), Multiple Attribute Decision Making, Springer (entropy
    method: p, e and 1 - e as above). C. E. Shannon (1948), A mathematical theory of
    communication, Bell System Technical Journal 27, 379-423.

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Criteria, Entropy
    >>> Entropy().weigh(Criteria.of(["a", "b"]), np.array([[1, 1], [1, 0]]))
    <Weights entropy: b 1.0000, a 0.0000 (constant: a → weight 0)>
    """

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n), not negative.

        Raises
        ------
        BadValueError
            Without data, and for values that are missing, infinite or negative.
        """
        table = checked("entropy", criteria, data)
        divergence, varies = divergence_of(table)
        return table.weigh(divergence, of=varies, called="divergence")


def divergence_of(table: CheckedTable) -> tuple[FloatArray, BoolArray]:
    """Return 1 minus the entropy of the columns that vary, and which these are.

    Raises
    ------
    BadValueError
        For negative values.
    """
    # A column of zeros has no distribution; it is constant.
    filled = table.mean > _NO_MEAN
    if len(table.values) == 1 or not filled.any():
        table.require(table.extremes[0] >= 0, "values must not be negative")
        return np.empty(0), np.zeros(len(filled), dtype=np.bool_)
    with np.errstate(invalid="ignore"):
        divergence = spread.divergence_from_entropy(table.values, np.where(filled, table.mean, 1.0))
    plain = filled & (divergence >= _HARDLY)
    if plain.all():
        return divergence, plain
    if np.isnan(divergence).any() or (table.mean < 0).any():
        table.require(table.extremes[0] >= 0, "values must not be negative")
    varies = table.vary(divergence, beside=1.0) & filled
    hardly = varies & ~plain
    if hardly.any():
        columns = table.columns(hardly)
        divergence[hardly] = spread.small_divergence(columns, table.mean[hardly])
    return np.maximum(divergence[varies], 0.0), varies


@frozen
class Gini:
    """Weights in proportion to the Gini coefficient of each indicator.

    ``G = Σᵢ Σₖ |xᵢ - xₖ| / (2 m² mean)``; the unit of an indicator and the directions make
    no difference. Details: ``"gini"``, shape (n,).

    References
    ----------
    G. Li & G. Chi (2009), A new determining objective weights method: Gini coefficient
    weight, First International Conference on Information Science and Engineering, IEEE,
    3726-3729. C. Gini (1912), Variabilità e mutabilità.

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Criteria, Gini
    >>> Gini().weigh(Criteria.of(["a", "b"]), np.array([[1, 3], [3, 5]]))
    <Weights gini: a 0.6667, b 0.3333>
    """

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n), not negative.

        Raises
        ------
        BadValueError
            Without data, and for values that are missing, infinite or negative.
        """
        table = checked("gini", criteria, data)
        mean = table.mean
        differences, low, high = spread.pair_differences(table.values)
        table.require(low >= 0, "values must not be negative")
        varies = low < high
        gini = differences[varies] / mean[varies] / len(table.values) ** 2
        return table.weigh(gini, of=varies, called="gini")


@frozen
class Angle:
    """Angle weights: the angle between an indicator and a constant one.

    ``w ∝ arccos(Σx / (√m ‖x‖))``, which is the arctangent of the coefficient of variation.
    The unit of an indicator and the directions make no difference. Details: ``"angle"``
    [radians], shape (n,).

    References
    ----------
    D. Shuai, Z. Zongzhun, W. Yongji & L. Lei (2012), A new angular method to determine the
    objective weights, 24th Chinese Control and Decision Conference, IEEE, 3889-3892.

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Angle, Criteria
    >>> Angle().weigh(Criteria.of(["a", "b"]), np.array([[0, 2], [1, 0]]))
    <Weights angle: a 0.5000, b 0.5000>
    """

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n).

        Raises
        ------
        BadValueError
            Without data, and for values that are missing or infinite.
        """
        table = checked("angle", criteria, data)
        mean, deviation, varies = table.deviations()
        angle = spread.angles(deviation, mean[varies])
        return table.weigh(angle, of=varies, called="angle")


@frozen
class Lopcow:
    """LOPCOW: logarithmic percentage change of the root mean square over the deviation.

    Of min-max normalised values r (reversed for a cost), ``PV = |100 ln(√(Σr²/m) / σ)|``
    and ``w ∝ PV``. Details: ``"percentage"``, PV of each indicator [per cent], shape (n,).

    Parameters
    ----------
    ddof : int
        σ divides by ``m - ddof``; 1 reproduces the paper.

    References
    ----------
    F. Ecer & D. Pamucar (2022), A novel LOPCOW-DOBI multi-criteria sustainability
    performance assessment methodology, Omega 112, 102690 (steps 1 to 4 of LOPCOW).

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Criteria, Lopcow
    >>> data = np.array([[1, 5], [2, 5], [4, 9]])
    >>> Lopcow().weigh(Criteria.of(["a", "b"], directions=[1, -1]), data)
    <Weights lopcow: b 0.6603, a 0.3397>
    """

    ddof: int = 1

    def __attrs_post_init__(self) -> None:
        if self.ddof not in (0, 1):
            raise BadValueError(f"ddof: {self.ddof!r}; allowed: 0 (population) and 1 (sample)")

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n).

        Raises
        ------
        BadValueError
            Without data, and for values that are missing or infinite.
        """
        table = checked("lopcow", criteria, data)
        mean, deviation, varies = table.deviations()
        m = len(table.values)
        low, high = table.extremes
        width = table.ranges[varies]
        worst = np.where(criteria.directions > 0, low, high)
        deviation = deviation / width
        mean = np.abs(mean - worst)[varies] / width
        percentage = spread.logarithmic_change(
            np.hypot(mean, deviation), deviation * np.sqrt(m / max(m - self.ddof, 1))
        )
        return table.weigh(percentage, of=varies, called="percentage")
