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
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import (
    Choice,
    Table,
    arithmetic_guard,
    read_directions,
    read_number,
    read_table,
)
from inovasi_index.composite.kernels import columns, normalise, ranks
from inovasi_index.composite.rankings import TieRule
from inovasi_index.errors import BadValueError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from inovasi_index.composite.arrays import BoolArray, FloatArray, IntArray

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


@runtime_checkable
class Normalisation(Protocol):
    """Anything that makes the columns of a table comparable."""

    def fit(self, data: npt.ArrayLike) -> Normalisation:
        """Return the same rule with its statistics taken from `data`."""
        ...

    def apply(self, data: npt.ArrayLike, directions: npt.ArrayLike | None = None) -> FloatArray:
        """Return the normalised values, in the shape of the data; more is better.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
            NaN is a missing value and stays one.
        directions : array_like of int, shape (columns,) or (), optional
            1 where more is better, -1 where less is; 1 when omitted.
        """
        ...


Statistics: TypeAlias = "tuple[FloatArray, ...]"


class _Rule(ABC):
    """What the rules of this module share: read, measure, transform, give back."""

    __slots__ = ()

    def fit(self, data: npt.ArrayLike) -> FittedNormalisation:
        """Return the rule with its statistics taken from `data`.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)

        Raises
        ------
        BadValueError, FaultsError
            For data that are no numbers, infinite, or that the rule cannot take.

        Examples
        --------
        >>> MinMax().fit([10.0, 20.0]).apply([12.0, 25.0])
        array([0.2, 1.5])
        """
        table = read_table(data)
        with arithmetic_guard():
            return FittedNormalisation(self, len(table.names), self.measure(table))

    def apply(self, data: npt.ArrayLike, directions: npt.ArrayLike | None = None) -> FloatArray:
        """Return the normalised values, in the shape of the data; more is better.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
            NaN is a missing value and stays one.
        directions : array_like of int, shape (columns,) or (), optional
            1 where more is better, -1 where less is; 1 when omitted.

        Returns
        -------
        ndarray of float64

        Raises
        ------
        BadValueError, FaultsError
            For data that are no numbers, infinite, or that the rule cannot take, and for
            directions that are neither 1 nor -1.

        Examples
        --------
        >>> MinMax().apply([[10, 1], [20, 3], [15, 2]], directions=[1, -1])
        array([[0. , 1. ],
               [1. , 0. ],
               [0.5, 0.5]])
        """
        table = read_table(data)
        down = read_directions(directions, table.names)
        with arithmetic_guard():
            return table.as_given(self.transform_own(table, down))

    def measure(self, table: Table) -> Statistics:  # noqa: ARG002 (rules that measure use it)
        """Return what the rule needs to know of each column; nothing, unless it says so."""
        return ()

    @abstractmethod
    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return the values of `table`, normalised by the given statistics."""

    def transform_own(self, table: Table, down: BoolArray) -> FloatArray:
        """Return the values of `table`, normalised by its own statistics."""
        return self.transform(table, down, self.measure(table))


@frozen(eq=False)
class FittedNormalisation:
    """A rule whose statistics come from a reference; see `Normalisation`.

    Attributes
    ----------
    rule : Normalisation
    n_columns : int
        Columns of the reference.
    statistics : tuple of ndarray
        What the rule knows of each column of the reference.
    """

    rule: _Rule
    n_columns: int
    statistics: Statistics

    def fit(self, data: npt.ArrayLike) -> FittedNormalisation:
        """Return the rule with its statistics taken from `data` instead."""
        return self.rule.fit(data)

    def apply(self, data: npt.ArrayLike, directions: npt.ArrayLike | None = None) -> FloatArray:
        """Return the values of other data, normalised by the statistics of the reference.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
        directions : array_like of int, shape (columns,) or (), optional

        Raises
        ------
        BadValueError, FaultsError
            As for the rule, and for another number of columns than the reference had.
        """
        table = read_table(data)
        if len(table.names) != self.n_columns:
            raise BadValueError(
                f"data: {len(table.names)} columns; the reference had {self.n_columns}"
            )
        down = read_directions(directions, table.names)
        with arithmetic_guard():
            return table.as_given(self.rule.transform(table, down, self.statistics))


@frozen
class MinMax(_Rule):
    """Put the smallest value on `lower` and the largest on `upper`, the rest in between.

    A constant indicator becomes the middle of the two: the one place that does not depend
    on the direction and ranks nobody.

    Attributes
    ----------
    lower, upper : float

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, OECD
       Publishing, section 5.3 (Min-Max) and table 15.

    Examples
    --------
    >>> MinMax(0, 100).apply([2.0, 3.0, 4.0, float("nan")])
    array([  0.,  50., 100.,  nan])
    """

    lower: float = field(default=0.0, converter=float)
    upper: float = field(default=1.0, converter=float)

    def __attrs_post_init__(self) -> None:
        read_number(self.upper, what="upper end", above=read_number(self.lower, what="lower end"))

    def measure(self, table: Table) -> Statistics:
        """Return the smallest and the largest value of each column."""
        return columns.lowest(table.values), columns.highest(table.values)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return the values on the scale of the given ends."""
        low, high = statistics
        return normalise.between(
            table.values, low=low, high=high, down=down, lower=self.lower, upper=self.upper
        )


@frozen
class ZScore(_Rule):
    """Standardise: deviations from the mean in units of the standard deviation.

    A constant indicator becomes `mean`.

    Attributes
    ----------
    mean, deviation : float
        Mean and standard deviation of the result.
    ddof : int
        What is taken off the number of values under the deviation: 1 gives the sample
        deviation, which reproduces table 15 of the handbook, 0 that of a population.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 5.2
       (standardisation, or z-scores) and table 15.

    Examples
    --------
    >>> ZScore(mean=100, deviation=10, ddof=0).apply([1.0, 3.0])
    array([ 90., 110.])
    """

    mean: float = field(default=0.0, converter=float)
    deviation: float = field(default=1.0, converter=float)
    ddof: int = field(default=1, kw_only=True)

    def __attrs_post_init__(self) -> None:
        read_number(self.mean, what="mean")
        read_number(self.deviation, what="deviation", above=0)
        if self.ddof not in (0, 1):
            raise BadValueError(f"ddof: {self.ddof!r}; allowed: 0 (population) and 1 (sample)")

    def measure(self, table: Table) -> Statistics:
        """Return the mean and the standard deviation of each column."""
        return columns.means_and_deviations(table.values, self.ddof)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return standardised values."""
        mean, deviation = statistics
        return normalise.standardised(
            table.values,
            mean=mean,
            deviation=deviation,
            down=down,
            to_mean=self.mean,
            to_deviation=self.deviation,
        )


@frozen
class Rank(_Rule):
    """Count from the worst value, which has rank 1, to the best.

    Values of a constant indicator are all tied. Fitted to a reference, a value has the
    rank that it would have as one of the values of the reference.

    Attributes
    ----------
    ties : TieRule
        Tied values have the smallest of their ranks unless told otherwise, as in table 15
        of the handbook.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, table 3
       (method 1) and table 15.

    Examples
    --------
    >>> Rank().apply([10.0, 30.0, 10.0, 20.0])
    array([1., 4., 1., 3.])
    """

    ties: TieRule = field(default=TieRule.MIN, converter=TieRule, kw_only=True)

    def measure(self, table: Table) -> Statistics:
        """Return the values of each column in order, NaN last, and how many they are."""
        ordered = np.sort(np.ascontiguousarray(table.values.T), axis=1)
        return ordered, _counts(table)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return ranks among the values of the reference."""
        ordered, n = statistics
        result = np.empty(table.values.shape)
        for j, values in enumerate(table.values.T):
            result[:, j] = ranks.ranks_among(
                values, ordered[j, : int(n[j])], self.ties, from_top=bool(down[j])
            )
        return result

    def transform_own(self, table: Table, down: BoolArray) -> FloatArray:
        """Return ranks among the values of the table itself, by one sort of each column."""
        rising = np.where(down, -table.values, table.values) if down.any() else table.values
        ranked = ranks.ranks_from_bottom(np.ascontiguousarray(rising.T), self.ties)
        return table.with_gaps(np.ascontiguousarray(ranked.T, dtype=np.float64))


@frozen
class Percentile(Rank):
    """The share of values that a value reaches, in per cent: ``100 · rank / n``.

    Attributes
    ----------
    ties : TieRule
        The smallest rank of tied values unless told otherwise, as in table 15 of the
        handbook; `TieRule.MAX` counts the values that are not above.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, table 15.

    Examples
    --------
    >>> Percentile().apply([10.0, 30.0, 10.0, 20.0])
    array([ 25., 100.,  25.,  75.])
    """

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return percentiles among the values of the reference."""
        n = np.maximum(statistics[1], 1)
        return 100.0 * Rank.transform(self, table, down, statistics) / n

    def transform_own(self, table: Table, down: BoolArray) -> FloatArray:
        """Return percentiles among the values of the table itself."""
        n = np.maximum(_counts(table), 1)
        return 100.0 * Rank.transform_own(self, table, down) / n


def _numbers(values: float | Sequence[float]) -> tuple[float, ...]:
    array = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if array.ndim != 1 or not np.isfinite(array).all():
        raise BadValueError(f"{values!r}: only finite numbers are allowed, one or one a column")
    return tuple(array.tolist())


@frozen
class Categories(_Rule):
    """Give a score to each range of percentiles.

    The default is the seven-step scale of table 15 of the handbook: the top 5 % get 100,
    the next 10 % get 80, and so on. Values of a constant indicator fall in one category.

    Attributes
    ----------
    bounds : tuple of float
        Rising percentiles; a percentile at a bound belongs above it.
    scores : tuple of float
        From the lowest range to the highest; one more than there are bounds.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, table 3
       (categorical scales) and table 15.

    Examples
    --------
    >>> Categories(bounds=(50,), scores=(0, 1)).apply([1.0, 2.0, 3.0])
    array([0., 1., 1.])
    """

    bounds: tuple[float, ...] = field(default=(5, 15, 35, 65, 85, 95), converter=_numbers)
    scores: tuple[float, ...] = field(default=(0, 20, 40, 50, 60, 80, 100), converter=_numbers)

    def __attrs_post_init__(self) -> None:
        if len(self.scores) != len(self.bounds) + 1:
            raise BadValueError(
                f"{len(self.bounds)} bounds part {len(self.bounds) + 1} ranges, "
                f"but there are {len(self.scores)} scores"
            )
        if sorted(set(self.bounds)) != list(self.bounds):
            raise BadValueError(f"bounds must rise: {self.bounds}")

    def measure(self, table: Table) -> Statistics:
        """Return the values of each column in order, and how many they are."""
        return Percentile().measure(table)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return the scores of the percentiles among the reference."""
        return self._score(Percentile().transform(table, down, statistics))

    def transform_own(self, table: Table, down: BoolArray) -> FloatArray:
        """Return the scores of the percentiles among the table itself."""
        return self._score(Percentile().transform_own(table, down))

    def _score(self, percentiles: FloatArray) -> FloatArray:
        found = np.searchsorted(self.bounds, percentiles, side="right")
        scores = np.asarray(self.scores)[found]
        return np.where(np.isnan(percentiles), np.nan, scores)


class Reference(Choice):
    """Whose values the others are compared with."""

    MEAN = "mean"
    LEADER = "leader"
    LAGGARD = "laggard"


class Distance(Choice):
    """How a value is compared with the reference: ``x / ref`` or ``(x - ref) / ref``."""

    RATIO = "ratio"
    DIFFERENCE = "difference"


def _per_column(values: tuple[float, ...], table: Table, *, what: str) -> FloatArray:
    if len(values) not in (1, len(table.names)):
        raise BadValueError(f"{what}: {len(values)} values for {len(table.names)} columns")
    return np.broadcast_to(np.asarray(values), (len(table.names),))


def _reference(value: Reference | str | float | Sequence[float]) -> Reference | tuple[float, ...]:
    return Reference(value) if isinstance(value, str) else _numbers(value)


@frozen
class _Distance(_Rule):
    """What the distances to a reference share."""

    distance: Distance = field(default=Distance.RATIO, converter=Distance, kw_only=True)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return the distances to the references."""
        reference = np.where(down, statistics[1], statistics[0])
        zero = reference == 0
        if zero.any():
            bad = zero & (np.nan_to_num(table.values) != 0)
            table.refuse(bad, "no-reference", "cannot be compared with a reference of 0")
        if self.distance is Distance.DIFFERENCE:
            return normalise.difference_to(table.values, reference, down)
        table.refuse_columns(
            reference < 0, "negative-reference", "a ratio needs a positive reference"
        )
        if down.any():
            bad = down & ~zero & (table.values <= 0)
            table.refuse(bad, "not-positive", "a ratio where less is better needs values above 0")
        return normalise.ratio_to(table.values, reference, down)


@frozen
class DistanceToReference(_Distance):
    """Compare each value with that of a reference.

    Where more is better, the ratio is ``x / ref``; where less is better, ``ref / x``. The
    difference is ``(x - ref) / |ref|`` or its negative. A constant indicator compared with
    its own mean, leader or laggard becomes 1 (ratio) or 0 (difference), also when it is 0.

    Attributes
    ----------
    reference : Reference or tuple of float
        The mean, the best or the worst value of each column, or one value per column.
    distance : Distance

    Raises
    ------
    FaultsError
        For a reference of 0 (unless the value is 0 as well) and, in ratios, for a negative
        reference and for values that are not positive where less is better.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 5.4
       (distance to a reference) and table 15.

    Examples
    --------
    >>> DistanceToReference("mean").apply([[1.0, 2.0], [3.0, 6.0]])
    array([[0.5, 0.5],
           [1.5, 1.5]])
    >>> DistanceToReference([2.0, 4.0], distance="difference").apply([[1.0, 2.0], [3.0, 6.0]])
    array([[-0.5, -0.5],
           [ 0.5,  0.5]])
    """

    reference: Reference | tuple[float, ...] = field(converter=_reference)

    def measure(self, table: Table) -> Statistics:
        """Return the reference of each column where more is better, and where less is."""
        if isinstance(self.reference, tuple):
            given = _per_column(self.reference, table, what="reference")
            return given, given
        if self.reference is Reference.MEAN:
            mean = columns.means(table.values)
            return mean, mean
        low, high = columns.lowest(table.values), columns.highest(table.values)
        return (high, low) if self.reference is Reference.LEADER else (low, high)


@frozen
class DistanceToLeader(_Distance):
    """Compare each value with the best one; see `DistanceToReference`.

    The ratio is also known as linear normalisation.

    Attributes
    ----------
    distance : Distance

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 5.1
       with table 14, section 5.4 and table 15.

    Examples
    --------
    >>> DistanceToLeader().apply([[1.0, 2.0], [4.0, 8.0]], directions=[1, -1])
    array([[0.25, 1.  ],
           [1.  , 0.25]])
    """

    def measure(self, table: Table) -> Statistics:
        """Return the best value of each column where more is better, and where less is."""
        return columns.highest(table.values), columns.lowest(table.values)


class Outside(Choice):
    """What becomes of a value beyond the goalposts."""

    CLIP = "clip"
    KEEP = "keep"
    REFUSE = "refuse"


def _pair(values: Sequence[float]) -> tuple[float, float]:
    first, second = values
    return float(first), float(second)


@frozen
class Goalposts(_Rule):
    """Put fixed goalposts of each indicator on a scale, whatever values occur.

    Results of different years and samples can be compared. A constant indicator is treated
    like any other.

    Attributes
    ----------
    lower, upper : tuple of float
        The goalposts, one of each per column or one for all, in the unit of the column.
    scale : tuple of float
        Where the lower and the upper goalpost are put.
    outside : Outside
        Values beyond the goalposts are moved to them unless told otherwise.

    References
    ----------
    .. [1] UNDP (2010), Human Development Report 2010, technical note 1, step 1.
    .. [2] Mazziotta, M. and Pareto, A. (2016), On a generalized non-compensatory composite
       index for measuring socio-economic phenomena, Social Indicators Research 127,
       983-1003.

    Examples
    --------
    >>> Goalposts([20, 0], [85, 18]).apply([[46.0, 9.0], [90.0, 0.0]])
    array([[0.4, 0.5],
           [1. , 0. ]])
    """

    lower: tuple[float, ...] = field(converter=_numbers)
    upper: tuple[float, ...] = field(converter=_numbers)
    scale: tuple[float, float] = field(default=(0.0, 1.0), converter=_pair, kw_only=True)
    outside: Outside = field(default=Outside.CLIP, converter=Outside, kw_only=True)

    def __attrs_post_init__(self) -> None:
        read_number(self.scale[1], what="scale", above=read_number(self.scale[0], what="scale"))
        if 1 != len(self.lower) != len(self.upper) != 1:
            raise BadValueError(
                f"goalposts: {len(self.lower)} lower and {len(self.upper)} upper ones"
            )
        if not np.less(self.lower, self.upper).all():
            raise BadValueError(
                f"goalposts: each lower one must be below the upper one, "
                f"not {self.lower} and {self.upper}"
            )

    @classmethod
    def around(
        cls,
        reference: float | Sequence[float],
        *,
        lowest: float | Sequence[float],
        highest: float | Sequence[float],
    ) -> Goalposts:
        """Set goalposts of the adjusted Mazziotta-Pareto index: the reference becomes 100.

        They are half the range away from the reference and lie at 70 and 130; values
        beyond them are kept.

        Parameters
        ----------
        reference : float or sequence of float
            The value that stands for 100, one per column or one for all.
        lowest, highest : float or sequence of float
            The range of each indicator over all rows and years that are compared.

        References
        ----------
        .. [1] Mazziotta and Pareto (2016), as above.

        Examples
        --------
        >>> Goalposts.around(50, lowest=20, highest=60).apply([50.0, 60.0, 20.0])
        array([100., 115.,  55.])
        """
        centre, low, high = (np.asarray(_numbers(v)) for v in (reference, lowest, highest))
        half = (high - low) / 2
        lower, upper = (centre - half).tolist(), (centre + half).tolist()
        return cls(lower, upper, scale=(70.0, 130.0), outside=Outside.KEEP)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:  # noqa: ARG002
        """Return the values on the scale of the goalposts."""
        low = _per_column(self.lower, table, what="lower goalposts")
        high = _per_column(self.upper, table, what="upper goalposts")
        if self.outside is Outside.REFUSE:
            bad = (table.values < low) | (table.values > high)
            table.refuse(bad, "beyond-goalposts", "lies beyond the goalposts")
        lower, upper = self.scale
        result = normalise.between(
            table.values, low=low, high=high, down=down, lower=lower, upper=upper
        )
        if self.outside is Outside.CLIP:
            np.clip(result, lower, upper, out=result)
        return result


@frozen
class AboveBelowMean(_Rule):
    """Say only on which side of the mean a value lies: 1 above, -1 below, 0 near it.

    Near is a deviation of at most `threshold` times the mean. A constant indicator is 0.

    Attributes
    ----------
    threshold : float
        A share of the mean; 0.2 in table 15 of the handbook.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 5.5
       (indicators above or below the mean) and table 15.

    Examples
    --------
    >>> AboveBelowMean().apply([8.0, 13.0, 9.0])
    array([0., 1., 0.])
    """

    threshold: float = 0.2

    def __attrs_post_init__(self) -> None:
        read_number(self.threshold, what="threshold", least=0)

    def measure(self, table: Table) -> Statistics:
        """Return the mean of each column."""
        return (columns.means(table.values),)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return the sides of the means."""
        (mean,) = statistics
        near = self.threshold * np.abs(mean)
        return table.with_gaps(
            normalise.sides_of_band(table.values, lower=mean - near, upper=mean + near, down=down)
        )


def _counts(table: Table) -> FloatArray:
    if not table.has_gaps:
        return np.full(len(table.names), float(len(table.values)))
    return columns.counts(table.values).astype(np.float64)


def _refuse_negative(table: Table) -> None:
    if (columns.lowest(table.values) < 0).any():
        table.refuse(table.values < 0, "negative", "only values from 0 on are allowed")


def _refuse_zero(table: Table, down: BoolArray) -> None:
    if down.any():
        bad = down & (table.values == 0)
        table.refuse(bad, "not-positive", "where less is better, only values above 0 are allowed")


@frozen
class Sum(_Rule):
    """The share of the sum: ``x / Σx``, or ``(1/x) / Σ(1/x)`` where less is better.

    Values must not be negative, nor 0 where less is better. A constant indicator becomes
    ``1 / n``, also when it is 0.

    References
    ----------
    .. [1] Jahan, A. and Edwards, K. L. (2015), A state-of-the-art survey on the influence of
       normalization techniques in ranking, Materials & Design 65, 335-342.

    Examples
    --------
    >>> Sum().apply([[1.0, 1.0], [3.0, 3.0]], directions=[1, -1])
    array([[0.25, 0.75],
           [0.75, 0.25]])
    """

    def measure(self, table: Table) -> Statistics:
        """Return the sum, the number of values, and the sum of their inverses."""
        _refuse_negative(table)
        inverse = columns.totals(1.0 / table.values)
        return columns.totals(table.values), _counts(table), inverse

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return shares of the statistics of the reference."""
        _refuse_negative(table)
        _refuse_zero(table, down)
        total, n, inverse = statistics
        return normalise.shares(table.values, total=total, inverse_total=inverse, n=n, down=down)

    def transform_own(self, table: Table, down: BoolArray) -> FloatArray:
        """Return shares of the table itself; inverses are only summed where they are used."""
        if down.any():
            return self.transform(table, down, self.measure(table))
        total = columns.totals(table.values)
        return self.transform(table, down, (total, _counts(table), total))


@frozen
class Vector(_Rule):
    """Divide by the Euclidean length: ``x / √Σx²``, or 1 minus that where less is better.

    A constant indicator becomes ``1 / √n`` (or 1 minus that), also when it is 0.

    References
    ----------
    .. [1] Jahan, A. and Edwards, K. L. (2015), A state-of-the-art survey on the influence of
       normalization techniques in ranking, Materials & Design 65, 335-342.

    Examples
    --------
    >>> Vector().apply([3.0, 4.0])
    array([0.6, 0.8])
    """

    def measure(self, table: Table) -> Statistics:
        """Return the length of each column and the number of its values."""
        length = np.sqrt(columns.sums_of_squares(table.values))
        return length, _counts(table)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return parts of the length."""
        length, n = statistics
        of_zeros = 1.0 / np.sqrt(np.maximum(n, 1))
        return normalise.lengths(table.values, length=length, of_zeros=of_zeros, down=down)


@frozen
class Max(_Rule):
    """Divide by the largest value, or take 1 minus that where less is better.

    Values must not be negative. A constant indicator becomes 1, or 0 where less is better.

    References
    ----------
    .. [1] Jahan, A. and Edwards, K. L. (2015), A state-of-the-art survey on the influence of
       normalization techniques in ranking, Materials & Design 65, 335-342.

    Examples
    --------
    >>> Max().apply([[1.0, 1.0], [4.0, 4.0]], directions=[1, -1])
    array([[0.25, 0.75],
           [1.  , 0.  ]])
    """

    def measure(self, table: Table) -> Statistics:
        """Return the largest value of each column."""
        _refuse_negative(table)
        return (columns.highest(table.values),)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return parts of the largest value."""
        _refuse_negative(table)
        ones = np.ones(len(table.names))
        return normalise.lengths(table.values, length=statistics[0], of_zeros=ones, down=down)


@frozen
class LogarithmicShare(_Rule):
    """The share of the sum of logarithms, ``ln x / Σ ln x``.

    Where less is better it is ``(1 - ln x / Σ ln x) / (n - 1)``. Values must be at least
    1, where the logarithm starts to be positive. A constant indicator becomes ``1 / n``.

    References
    ----------
    .. [1] Zavadskas, E. K. and Turskis, Z. (2008), A new logarithmic normalization method
       in games theory, Informatica 19(2), 303-314.

    Examples
    --------
    >>> LogarithmicShare().apply([2.0, 8.0])
    array([0.25, 0.75])
    """

    def measure(self, table: Table) -> Statistics:
        """Return the sum of the logarithms and the number of values."""
        self._refuse_below_one(table)
        return columns.totals(np.log(table.values)), _counts(table)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return shares of the logarithms."""
        self._refuse_below_one(table)
        total, n = statistics
        return normalise.shares_of_logarithm(table.values, total=total, n=n, down=down)

    @staticmethod
    def _refuse_below_one(table: Table) -> None:
        if (columns.lowest(table.values) < 1).any():
            table.refuse(table.values < 1, "below-one", "only values from 1 on are allowed")


@frozen
class Nonlinear(_Rule):
    """Square the ratio to the leader, or cube it where less is better.

    A constant indicator becomes 1. Values are limited as in `DistanceToLeader`.

    References
    ----------
    .. [1] Peldschus, F., Vaigauskas, E. and Zavadskas, E. K. (1983), Technologische
       Entscheidungen bei der Berücksichtigung mehrerer Ziele, Bauplanung Bautechnik 37,
       173-175.
    .. [2] Jahan, A. and Edwards, K. L. (2015), Materials & Design 65, 335-342.

    Examples
    --------
    >>> Nonlinear().apply([[1.0, 1.0], [2.0, 2.0]], directions=[1, -1])
    array([[0.25 , 1.   ],
           [1.   , 0.125]])
    """

    def measure(self, table: Table) -> Statistics:
        """Return the leader of each column, where more is better and where less is."""
        return DistanceToLeader().measure(table)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return powers of the ratios."""
        ratio = DistanceToLeader().transform(table, down, statistics)
        return np.where(down, ratio**3, ratio**2)


@frozen
class EnhancedAccuracy(_Rule):
    """One minus the share of all shortfalls: ``1 - |best - x| / Σ|best - x|``.

    A constant indicator becomes 1.

    References
    ----------
    .. [1] Zeng, Q.-L., Li, D.-D. and Yang, Y.-B. (2013), VIKOR method with enhanced accuracy
       for multiple criteria decision making in healthcare management, Journal of Medical
       Systems 37, 9908.

    Examples
    --------
    >>> EnhancedAccuracy().apply([1.0, 2.0, 3.0])
    array([0.33333333, 0.66666667, 1.        ])
    """

    def measure(self, table: Table) -> Statistics:
        """Return the largest and smallest value, and the sums of the distances to them."""
        low, high = columns.lowest(table.values), columns.highest(table.values)
        above = columns.totals(table.values - low)
        below = columns.totals(high - table.values)
        return low, high, above, below

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return what is left of the shortfalls."""
        low, high, above, below = statistics
        return normalise.shortfalls(
            table.values, best=np.where(down, low, high), total=np.where(down, above, below)
        )


@frozen
class LogTransform(_Rule):
    """Take logarithms of ``x + shift``; where less is better, their negatives.

    It keeps the order of the values, so it is used in a `Chain` before a normalisation.

    Attributes
    ----------
    base : float
        Base of the logarithm; Euler's number unless told otherwise.
    shift : float
        What is added first, in the unit of the data.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 5.1
       (scale transformation prior to normalisation).

    Examples
    --------
    >>> LogTransform(base=10).apply([1.0, 100.0])
    array([0., 2.])
    """

    base: float = math.e
    shift: float = field(default=0.0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        read_number(self.base, what="base of the logarithm", above=1)
        read_number(self.shift, what="shift")

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:  # noqa: ARG002
        """Return logarithms."""
        shifted = table.values + self.shift
        message = "the logarithm needs numbers above 0"
        if self.shift:
            message += f" after {self.shift:g} is added"
        table.refuse(shifted <= 0, "not-positive", message)
        logarithm = np.log(shifted) / math.log(self.base)
        return _turned(logarithm, down)


def _turned(values: FloatArray, down: BoolArray) -> FloatArray:
    return np.where(down, 0.0 - values, values) if down.any() else values


class Moments(Choice):
    """Which skewness and kurtosis: estimates from a sample (G1, G2) or of the data (g1, g2).

    The estimates are those of spreadsheets, SAS and SPSS.

    References
    ----------
    .. [1] Joanes, D. N. and Gill, C. A. (1998), Comparing measures of sample skewness and
       kurtosis, The Statistician 47, 183-189.
    """

    SAMPLE = "sample"
    POPULATION = "population"


@frozen(eq=False)
class Treatment:
    """What winsorising did.

    Attributes
    ----------
    data : ndarray of float64, shape (rows, columns) or (rows,)
        The data after the treatment.
    rows, columns : ndarray of int64, shape (moved,)
        Where values were moved, by row.
    before, after : ndarray of float64, shape (moved,)
        The moved values.
    skewness, kurtosis : ndarray of float64, shape (2, columns)
        Before and after the treatment; kurtosis is the excess over 3.
    passed : ndarray of bool, shape (columns,)
        Whether the shape of an indicator is within the limits now.
    """

    data: FloatArray
    rows: IntArray
    columns: IntArray
    before: FloatArray
    after: FloatArray
    skewness: FloatArray
    kurtosis: FloatArray
    passed: BoolArray


@frozen
class Winsorise(_Rule):
    """Move extreme values inwards until skewness and kurtosis are within limits.

    An indicator fails while its absolute skewness and its excess kurtosis are both at or
    above their limits. While it fails, its largest value (or the smallest, if it is skewed
    to the left) takes the value of its neighbour, tied values together, until it passes or
    another step would move more than `most` values.

    Where less is better the treated values change their sign, so that more is better; in a
    `Chain` only the last rule is told the directions. Fitted to a reference, values are
    moved to the limits of the reference. Fewer than four values are left as they are.

    Attributes
    ----------
    skewness, kurtosis : float
        The limits: 2 and 3.5 unless told otherwise.
    most : int
        The largest number of values of an indicator that may be moved.
    moments : Moments

    References
    ----------
    .. [1] Becker, W., Caperna, G., Del Sorbo, M., Norlén, H., Papadimitriou, E. and Saisana,
       M. (2022), COINr: an R package for developing composite indicators, Journal of Open
       Source Software 7, 4567 (``winsorise``; there the last step may exceed the limit).

    Examples
    --------
    >>> treatment = Winsorise().treat([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100])
    >>> treatment.rows, treatment.before, treatment.after
    (array([10]), array([100.]), array([10.]))
    """

    skewness: float = 2.0
    kurtosis: float = 3.5
    most: int = field(default=5, kw_only=True)
    moments: Moments = field(default=Moments.SAMPLE, converter=Moments, kw_only=True)

    def __attrs_post_init__(self) -> None:
        read_number(self.skewness, what="limit of the skewness", above=0)
        read_number(self.kurtosis, what="limit of the kurtosis", above=0)
        if isinstance(self.most, bool) or not isinstance(self.most, int) or self.most < 0:
            raise BadValueError(f"most: {self.most!r}; allowed: whole numbers from 0 on")

    def treat(self, data: npt.ArrayLike) -> Treatment:
        """Winsorise and say what was moved.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
            NaN is a missing value and stays one.

        Raises
        ------
        BadValueError, FaultsError
            For data that are no numbers or infinite.
        """
        table = read_table(data)
        with arithmetic_guard():
            low, high = self.measure(table)
            values = np.clip(table.values, low, high)
            sample = self.moments is Moments.SAMPLE
            shapes = [columns.shapes(v, sample=sample) for v in (table.values, values)]
        skewness, kurtosis = (np.array(pair) for pair in zip(*shapes, strict=True))
        moved = (table.values < low) | (table.values > high)
        rows, at = np.nonzero(moved)
        return Treatment(
            data=table.as_given(values),
            rows=rows,
            columns=at,
            before=table.values[moved],
            after=values[moved],
            skewness=skewness,
            kurtosis=kurtosis,
            passed=~self._fails(skewness[1], kurtosis[1]),
        )

    def measure(self, table: Table) -> Statistics:
        """Return the smallest and largest value of each column that stay where they are."""
        low, high = columns.lowest(table.values), columns.highest(table.values)
        for j, limits in self._limits(table):
            low[j], high[j] = limits
        return low, high

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return the values within the limits."""
        low, high = statistics
        return _turned(np.clip(table.values, low, high), down)

    def transform_own(self, table: Table, down: BoolArray) -> FloatArray:
        """Return the values within their own limits; columns that pass are as they were."""
        values = table.values.copy()
        for j, (low, high) in self._limits(table):
            np.clip(values[:, j], low, high, out=values[:, j])
        return _turned(values, down)

    def _limits(self, table: Table) -> Iterator[tuple[int, tuple[float, float]]]:
        sample = self.moments is Moments.SAMPLE
        fails = self._fails(*columns.shapes(table.values, sample=sample))
        for j in np.flatnonzero(fails).tolist():
            present = table.values[~np.isnan(table.values[:, j]), j]
            yield (
                j,
                normalise.winsorised_limits(
                    present,
                    skewness=self.skewness,
                    kurtosis=self.kurtosis,
                    most=self.most,
                    sample=sample,
                ),
            )

    def _fails(self, skewness: FloatArray, kurtosis: FloatArray) -> BoolArray:
        return (np.abs(skewness) >= self.skewness) & (kurtosis >= self.kurtosis)


@frozen(init=False)
class Chain:
    """Several rules, one after the other; directions are told to the last one.

    Attributes
    ----------
    rules : tuple of Normalisation

    Examples
    --------
    >>> Chain(LogTransform(), MinMax()).apply([1.0, 10.0, 100.0])
    array([0. , 0.5, 1. ])
    """

    rules: tuple[Normalisation, ...]

    def __init__(self, *rules: Normalisation) -> None:
        if not rules:
            raise BadValueError("a chain needs at least one rule")
        object.__setattr__(self, "rules", rules)

    def fit(self, data: npt.ArrayLike) -> Chain:
        """Return the chain with each rule fitted to what the rules before it make of `data`.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
        """
        table = read_table(data)
        fitted = []
        for rule in self.rules:
            fitted.append(rule.fit(table))
            table = _renewed(table, fitted[-1].apply(table))
        return Chain(*fitted)

    def apply(self, data: npt.ArrayLike, directions: npt.ArrayLike | None = None) -> FloatArray:
        """Return the values after all the rules.

        Parameters
        ----------
        data : array_like, shape (rows, columns) or (rows,)
        directions : array_like of int, shape (columns,) or (), optional
        """
        table = read_table(data)
        for rule in self.rules[:-1]:
            table = _renewed(table, rule.apply(table))
        return self.rules[-1].apply(table, directions)


def _renewed(table: Table, values: FloatArray) -> Table:
    return Table(values.reshape(table.values.shape), table.names, table.is_flat)
