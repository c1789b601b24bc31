"""Ways to make one number of several.

Each rule is a small frozen object with ``aggregate(values, weights)``. Values must be
complete; a rule of `inovasi_index.composite.missing` sees to that in a tree. More is better
in every column. Weights are finite, not negative and not all 0; a value with weight 0 does
not count. Means divide by the sum of the weights, so the unit of weights does not matter to
them; `WeightedSum` and `Borda` take weights as they are given.

Most rules work on each row by itself. Borda, Copeland, Kemeny and PROMETHEE compare the
rows with each other: what they say of a row depends on which other rows there are.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, NoReturn, Protocol, runtime_checkable

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import (
    Table,
    arithmetic_guard,
    as_number,
    read_table,
    read_weights,
)
from inovasi_index.composite.consensus import LARGEST_PART, kemeny_ranking, read_largest
from inovasi_index.composite.kernels import aggregate, pairs
from inovasi_index.composite.normalisation import Goalposts, ZScore
from inovasi_index.composite.normalisation.rule import numbers
from inovasi_index.composite.rankings import TieRule
from inovasi_index.errors import BadValueError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from inovasi_index.composite.arrays import ByColumn, FloatArray

__all__ = [
    "Additive",
    "AdjustedMazziottaPareto",
    "Aggregation",
    "Arithmetic",
    "Borda",
    "Copeland",
    "Geometric",
    "Harmonic",
    "Kemeny",
    "MazziottaPareto",
    "Minimum",
    "Penalty",
    "PowerMean",
    "Promethee",
    "WeightedSum",
]


@runtime_checkable
class Aggregation(Protocol):
    """Anything that makes one number of each row.

    Attributes
    ----------
    compares_rows : bool
        Whether the result of a row depends on the other rows. Such a rule cannot use
        weights that differ by row.
    """

    compares_rows: ClassVar[bool]

    def aggregate(self, values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> FloatArray:
        """Return one number per row; more is better.

        Parameters
        ----------
        values : array_like, shape (rows, k)
            Without missing values.
        weights : array_like, shape (k,) or (rows, k), optional
            1 each when omitted.
        """
        ...


@runtime_checkable
class Additive(Aggregation, Protocol):
    """An aggregation that is a sum of what each value contributes."""

    def contributions(
        self, values: npt.ArrayLike, weights: npt.ArrayLike | None = None
    ) -> FloatArray:
        """Return what each value contributes, shape (rows, k); they add up to the result."""
        ...


class _Rule(ABC):
    """What the rules of this module share: read, check, combine."""

    __slots__ = ()

    compares_rows: ClassVar[bool] = False

    def aggregate(self, values: npt.ArrayLike, weights: ByColumn | None = None) -> FloatArray:
        """Return one number per row; more is better.

        Parameters
        ----------
        values : array_like, shape (rows, k)
            Without missing values.
        weights : array_like, shape (k,) or (rows, k), optional
            1 each when omitted. Rules that compare rows need the same for all rows. A
            mapping, `Weights` or a series of pandas is taken by the names of the columns.

        Returns
        -------
        ndarray of float64, shape (rows,)

        Raises
        ------
        BadValueError, FaultsError
            For values that are missing, infinite or that the rule cannot take, and for
            weights that are negative, not finite or all 0, by row and column.
        """
        table, given = self._read(values, weights)
        with arithmetic_guard():
            return self.combine(table, given)

    @abstractmethod
    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return one number per row of complete values."""

    def _read(self, values: npt.ArrayLike, weights: ByColumn | None) -> tuple[Table, FloatArray]:
        no_gaps = "is missing; a node of a tree has a rule for that"
        table = read_table(values, what="values", no_gaps=no_gaps)
        if table.is_flat:
            raise BadValueError("values: one dimension; rows and columns are needed")
        n_rows = None if self.compares_rows else len(table.values)
        return table, read_weights(weights, table.names, n_rows=n_rows)


def _refuse_negative(table: Table) -> None:
    if table.values.min() < 0:
        table.refuse(table.values < 0, "negative", "only values from 0 on are allowed")


@frozen
class Arithmetic(_Rule):
    """The weighted arithmetic mean: ``Σ w x / Σ w``.

    A low value can be made up for by a high one in full.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 6.10
       (additive aggregation methods), formula 31.

    Examples
    --------
    >>> Arithmetic().aggregate([[21, 1, 1, 1], [6, 6, 6, 6]])
    array([6., 6.])
    """

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the means."""
        return aggregate.arithmetic(table.values, weights)

    def contributions(self, values: npt.ArrayLike, weights: ByColumn | None = None) -> FloatArray:
        """Return ``w x / Σ w`` of each value; the sum of a row is its mean.

        Parameters
        ----------
        values : array_like, shape (rows, k)
        weights : array_like, shape (k,) or (rows, k), optional

        Returns
        -------
        ndarray of float64, shape (rows, k)
        """
        table, given = self._read(values, weights)
        with arithmetic_guard():
            return np.asarray(table.values * given / given.sum(axis=-1, keepdims=True))


@frozen
class WeightedSum(_Rule):
    """The sum of the values times their weights as they stand: ``Σ w x``.

    This is how points per level make a total of points.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 6.10
       (additive aggregation methods), formula 31.

    Examples
    --------
    >>> WeightedSum().aggregate([[3, 2]], weights=[0.5, 2])
    array([5.5])
    """

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the sums."""
        return aggregate.weighted_sum(table.values, weights)

    def contributions(self, values: npt.ArrayLike, weights: ByColumn | None = None) -> FloatArray:
        """Return ``w x`` of each value; the sum of a row is its result.

        Parameters
        ----------
        values : array_like, shape (rows, k)
        weights : array_like, shape (k,) or (rows, k), optional

        Returns
        -------
        ndarray of float64, shape (rows, k)
        """
        table, given = self._read(values, weights)
        with arithmetic_guard():
            return table.values * given


@frozen
class Geometric(_Rule):
    """The weighted geometric mean of values from 0 on: ``(Π x^w)^(1 / Σ w)``.

    A low value weighs more than in the arithmetic mean, and a 0 makes the result 0.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 6.11
       (geometric aggregation).

    Examples
    --------
    >>> Geometric().aggregate([[21, 1, 1, 1], [6, 6, 6, 6]]).round(2)
    array([2.14, 6.  ])
    """

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the means."""
        _refuse_negative(table)
        return aggregate.geometric(table.values, weights)


@frozen
class Harmonic(_Rule):
    """The weighted harmonic mean of values from 0 on: ``Σ w / Σ (w / x)``.

    A low value weighs even more than in the geometric mean, and a 0 makes the result 0.

    References
    ----------
    .. [1] Bullen, P. S. (2003), Handbook of Means and Their Inequalities, Kluwer, chapter II,
       section 1.

    Examples
    --------
    >>> Harmonic().aggregate([[1, 3]])
    array([1.5])
    """

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the means."""
        _refuse_negative(table)
        return aggregate.harmonic(table.values, weights)


@frozen
class PowerMean(_Rule):
    """The weighted power mean of values from 0 on: ``(Σ w x^p / Σ w)^(1/p)``.

    It is the smallest value at a power of -∞, the harmonic mean at -1, the geometric mean
    at 0, the arithmetic mean at 1 and the largest value at ∞, and rises in between.

    Attributes
    ----------
    power : float
        Infinite ones are allowed.

    References
    ----------
    .. [1] Bullen, P. S. (2003), Handbook of Means and Their Inequalities, Kluwer, chapter
       III, section 1.

    Examples
    --------
    >>> PowerMean(2).aggregate([[1, 7]])
    array([5.])
    """

    power: float

    def __attrs_post_init__(self) -> None:
        power = as_number(self.power, what="power")
        if np.isnan(power):
            raise BadValueError("power: NaN; allowed: any number, also infinite")
        object.__setattr__(self, "power", power)

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the means."""
        _refuse_negative(table)
        return aggregate.power_mean(table.values, weights, self.power)


@frozen
class Minimum(_Rule):
    """The smallest value: nothing makes up for it. Weights only say which values count.

    References
    ----------
    .. [1] Casadio Tarabusi, E. and Guarini, G. (2013), An unbalance adjustment method for
       development indicators, Social Indicators Research 112, 19-45.

    Examples
    --------
    >>> Minimum().aggregate([[5, 2, 9]])
    array([2.])
    """

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the smallest values."""
        return aggregate.minimum(table.values, weights)


class Penalty(IntEnum):
    """Which way unequal values move the Mazziotta-Pareto index.

    Downward where more of the phenomenon is better (development), upward where less is
    better (poverty).
    """

    DOWNWARD = -1
    UPWARD = 1

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        raise BadValueError(f"penalty: {value!r}; allowed: -1 (downward) and 1 (upward)")


@frozen
class MazziottaPareto(_Rule):
    """The mean of a row, corrected by how unequal its values are: ``M ± S · S / M``.

    `S` is the standard deviation of the values of the row (of a population), weighted as
    the mean `M` is. It is meant for values standardised to a mean of 100 and a deviation of
    10, which `normalisation` gives; more always has to mean more of the phenomenon there.

    Attributes
    ----------
    penalty : Penalty

    Raises
    ------
    BadValueError
        When the mean of a row is not positive.

    References
    ----------
    .. [1] De Muro, P., Mazziotta, M. and Pareto, A. (2011), Composite indices of development
       and poverty: an application to MDGs, Social Indicators Research 104, 1-18.
    .. [2] Mazziotta, M. and Pareto, A. (2022), Weighting in composite indices construction:
       the case of the Mazziotta-Pareto index, Rivista Italiana di Economia Demografia e
       Statistica (weights).

    Examples
    --------
    >>> MazziottaPareto().aggregate([[100, 100], [90, 110]])
    array([100.,  99.])
    """

    penalty: Penalty = field(default=Penalty.DOWNWARD, converter=Penalty)

    @staticmethod
    def normalisation() -> ZScore:
        """Return the normalisation that belongs to the index."""
        return ZScore(mean=100, deviation=10, ddof=0)

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the corrected means."""
        low = np.flatnonzero(aggregate.arithmetic(table.values, weights) <= 0)
        if low.size:
            rows = ", ".join(map(str, low[:20].tolist()))
            raise BadValueError(
                f"values: the Mazziotta-Pareto index needs positive means; not so in rows {rows}"
            )
        return aggregate.mazziotta_pareto(table.values, weights, int(self.penalty))


@frozen
class AdjustedMazziottaPareto(MazziottaPareto):
    """The Mazziotta-Pareto index on goalposts, so that years can be compared.

    The formula is that of `MazziottaPareto`; the values are put on 70 to 130 by goalposts
    instead of being standardised.

    Attributes
    ----------
    penalty : Penalty

    References
    ----------
    .. [1] Mazziotta, M. and Pareto, A. (2016), On a generalized non-compensatory composite
       index for measuring socio-economic phenomena, Social Indicators Research 127,
       983-1003.

    Examples
    --------
    >>> index = AdjustedMazziottaPareto()
    >>> posts = index.goalposts([50, 8], lowest=[20, 4], highest=[60, 12])
    >>> index.aggregate(posts.apply([[50.0, 8.0], [60.0, 4.0]]))
    array([100.        ,  87.02702703])
    """

    @staticmethod
    def goalposts(
        reference: float | Sequence[float],
        *,
        lowest: float | Sequence[float],
        highest: float | Sequence[float],
    ) -> Goalposts:
        """Return the normalisation that belongs to the index; see `Goalposts.around`."""
        return Goalposts.around(reference, lowest=lowest, highest=highest)


class _PairRule(_Rule):
    """A rule that compares the rows with each other."""

    __slots__ = ()

    compares_rows: ClassVar[bool] = True


@frozen
class Borda(_PairRule):
    """Points of Borda: in each column as many as rows are beaten, times the weight.

    Attributes
    ----------
    ties : TieRule
        Rows that are equal share their points (`TieRule.AVERAGE`) unless told otherwise.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 6.12,
       tables 26, 28 and 31.

    Examples
    --------
    >>> Borda().aggregate([[3, 1], [2, 2], [1, 2]])
    array([2. , 2.5, 1.5])
    """

    ties: TieRule = field(default=TieRule.AVERAGE, converter=TieRule, kw_only=True)

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the points."""
        return pairs.borda(table.values, weights, self.ties)


@frozen
class Copeland(_PairRule):
    """Majorities won less majorities lost.

    A row wins against another when the columns in which it is ahead have more weight than
    those in which it is behind.

    References
    ----------
    .. [1] Saari, D. G. and Merlin, V. R. (1996), The Copeland method I: relationships and the
       dictionary, Economic Theory 8, 51-76.

    Examples
    --------
    >>> Copeland().aggregate([[3, 1, 3], [2, 3, 1], [1, 2, 2]])
    array([ 2.,  0., -2.])
    """

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the balance of majorities."""
        return pairs.copeland(table.values, weights)


@frozen
class Kemeny(_PairRule):
    """The order that most pairwise comparisons support; a row scores the rows behind it.

    No two rows have the same score; where several orders are best, the earlier row goes
    first. `inovasi_index.composite.consensus` says how many there are.

    Attributes
    ----------
    largest : int
        The most rows that are ordered together exactly; see `kemeny_ranking`.

    Raises
    ------
    InfeasibleError
        When majorities do not part more rows than that.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 6.13,
       formula 33 and tables 35 to 37 (C-K-Y-L ranking).

    Examples
    --------
    >>> Kemeny().aggregate([[3, 1, 3], [2, 3, 1], [1, 2, 2]])
    array([2., 1., 0.])
    """

    largest: int = LARGEST_PART

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "largest", read_largest(self.largest))

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the number of rows behind each row."""
        matrix = pairs.outranking(table.values, weights)
        order = kemeny_ranking(matrix, largest=self.largest).order
        score = np.empty(len(order))
        score[list(order)] = np.arange(len(order) - 1, -1, -1)
        return score


def _indifference(given: float | Sequence[float]) -> tuple[float, ...]:
    return _thresholds(given, what="indifference")


def _preference(given: float | Sequence[float]) -> tuple[float, ...]:
    return _thresholds(given, what="preference")


def _thresholds(given: float | Sequence[float], *, what: str) -> tuple[float, ...]:
    found = numbers(given, what=what)
    if min(found, default=0.0) < 0:
        raise BadValueError(f"{what}: {given!r}; allowed: finite numbers from 0 on")
    return found


@frozen
class Promethee(_PairRule):
    """Net outranking flow of PROMETHEE II, from -1 to 1.

    The preference for one row over another in a column depends on how far it is ahead: none
    up to the threshold of indifference, full from the threshold of preference on, linear in
    between. With both at 0 any lead counts in full (the usual criterion).

    Attributes
    ----------
    indifference, preference : tuple of float
        In the unit of the column, one per column or one for all.

    References
    ----------
    .. [1] Brans, J. P. and Vincke, P. (1985), A preference ranking organisation method,
       Management Science 31, 647-656, criteria I, II, III and V and section 5.

    Examples
    --------
    >>> Promethee().aggregate([[4, 3, 2], [3, 2, 4], [5, 1, 3]], [0.5, 0.3, 0.2]).round(2)
    array([ 0.1, -0.3,  0.2])
    """

    indifference: tuple[float, ...] = field(default=(0.0,), converter=_indifference)
    preference: tuple[float, ...] = field(default=(0.0,), converter=_preference)

    def combine(self, table: Table, weights: FloatArray) -> FloatArray:
        """Return the net flows."""
        k = len(table.names)
        for what, given in (("indifference", self.indifference), ("preference", self.preference)):
            if len(given) not in (1, k):
                raise BadValueError(f"{what}: {len(given)} thresholds for {k} columns")
        low = np.broadcast_to(self.indifference, (k,))
        high = np.broadcast_to(self.preference, (k,))
        if (high < low).any():
            names = ", ".join(n for n, bad in zip(table.names, high < low, strict=True) if bad)
            raise BadValueError(
                f"the threshold of preference is below that of indifference: {names}"
            )
        return pairs.net_flows(table.values, weights, low, high)
