"""Rules that compare a value with a reference: the mean, the best, the worst, a given one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.kernels import columns, normalise
from inovasi_index.composite.normalisation.rule import (
    Rule,
    numbers,
    per_column,
    refuse_without_reference,
)
from inovasi_index.errors import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inovasi_index.composite.arrays import BoolArray, FloatArray, Table
    from inovasi_index.composite.normalisation.rule import Statistics

__all__ = [
    "Distance",
    "DistanceToLeader",
    "DistanceToReference",
    "EnhancedAccuracy",
    "Nonlinear",
    "Reference",
]


class Reference(Choice):
    """Whose values the others are compared with."""

    MEAN = "mean"
    LEADER = "leader"
    LAGGARD = "laggard"


class Distance(Choice):
    """How a value is compared with the reference: ``x / ref`` or ``(x - ref) / |ref|``."""

    RATIO = "ratio"
    DIFFERENCE = "difference"


def _reference(value: Reference | str | float | Sequence[float]) -> Reference | tuple[float, ...]:
    return Reference(value) if isinstance(value, str) else numbers(value, what="reference")


@frozen
class _Distance(Rule):
    """What the distances to a reference share."""

    distance: Distance = field(default=Distance.RATIO, converter=Distance, kw_only=True)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return the distances to the references."""
        reference = np.where(down, statistics[1], statistics[0])
        refuse_without_reference(table, reference)
        if self.distance is Distance.DIFFERENCE:
            return normalise.difference_to(table.values, reference, down)
        table.refuse_columns(
            reference < 0, "negative-reference", "a ratio needs a positive reference"
        )
        if down.any():
            bad = down & (reference != 0) & (table.values <= 0)
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
            given = per_column(self.reference, table, what="reference")
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


@frozen
class Nonlinear(Rule):
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
class EnhancedAccuracy(Rule):
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
