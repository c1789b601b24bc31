"""Rules that put values on a scale: its ends, its mean and deviation, or three steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import read_number
from inovasi_index.composite.kernels import columns, normalise
from inovasi_index.composite.normalisation.rule import Rule, numbers, per_column
from inovasi_index.errors import BadValueError, Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inovasi_index.composite.arrays import BoolArray, FloatArray, Table
    from inovasi_index.composite.normalisation.rule import Statistics

__all__ = [
    "AboveBelowMean",
    "Goalposts",
    "MinMax",
    "Outside",
    "ZScore",
]


@frozen
class MinMax(Rule):
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

    lower: float = 0.0
    upper: float = 1.0

    def __attrs_post_init__(self) -> None:
        lower = read_number(self.lower, what="lower end")
        object.__setattr__(self, "lower", lower)
        object.__setattr__(self, "upper", read_number(self.upper, what="upper end", above=lower))

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
class ZScore(Rule):
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

    mean: float = 0.0
    deviation: float = 1.0
    ddof: int = field(default=1, kw_only=True)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "mean", read_number(self.mean, what="mean"))
        deviation = read_number(self.deviation, what="deviation", above=0)
        object.__setattr__(self, "deviation", deviation)
        if not isinstance(self.ddof, int | np.integer) or self.ddof not in (0, 1):
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


class Outside(Choice):
    """What becomes of a value beyond the goalposts."""

    CLIP = "clip"
    KEEP = "keep"
    REFUSE = "refuse"


def _lower(values: float | Sequence[float]) -> tuple[float, ...]:
    return numbers(values, what="lower goalposts")


def _upper(values: float | Sequence[float]) -> tuple[float, ...]:
    return numbers(values, what="upper goalposts")


def _scale(values: Sequence[float]) -> tuple[float, float]:
    pair = numbers(values, what="scale")
    if len(pair) != 2:
        raise BadValueError(f"scale: {values!r}; two numbers are needed")
    return pair[0], pair[1]


@frozen
class Goalposts(Rule):
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

    lower: tuple[float, ...] = field(converter=_lower)
    upper: tuple[float, ...] = field(converter=_upper)
    scale: tuple[float, float] = field(default=(0.0, 1.0), converter=_scale, kw_only=True)
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
        given = {"reference": reference, "lowest": lowest, "highest": highest}
        centre, low, high = (np.asarray(numbers(v, what=what)) for what, v in given.items())
        sizes = {len(values) for values in (centre, low, high)} - {1}
        if len(sizes) > 1:
            raise BadValueError(
                f"goalposts: {len(centre)} values of the reference, {len(low)} of the lowest and "
                f"{len(high)} of the highest"
            )
        half = (high - low) / 2
        lower, upper = (centre - half).tolist(), (centre + half).tolist()
        return cls(lower, upper, scale=(70.0, 130.0), outside=Outside.KEEP)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:  # noqa: ARG002
        """Return the values on the scale of the goalposts."""
        low = per_column(self.lower, table, what="lower goalposts")
        high = per_column(self.upper, table, what="upper goalposts")
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
class AboveBelowMean(Rule):
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
        threshold = read_number(self.threshold, what="threshold", least=0)
        object.__setattr__(self, "threshold", threshold)

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
