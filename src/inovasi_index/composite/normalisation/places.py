"""Rules that look at the order of the values alone: ranks, percentiles, categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.kernels import ranks
from inovasi_index.composite.normalisation.rule import Rule, counts, numbers
from inovasi_index.composite.rankings import TieRule
from inovasi_index.errors import BadValueError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inovasi_index.composite.arrays import BoolArray, FloatArray, Table
    from inovasi_index.composite.normalisation.rule import Statistics

__all__ = [
    "Categories",
    "Percentile",
    "Rank",
]


@frozen
class Rank(Rule):
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
        return ordered, counts(table)

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
        n = np.maximum(counts(table), 1)
        return 100.0 * Rank.transform_own(self, table, down) / n


def _bounds(values: float | Sequence[float]) -> tuple[float, ...]:
    return numbers(values, what="bounds")


def _scores(values: float | Sequence[float]) -> tuple[float, ...]:
    return numbers(values, what="scores")


@frozen
class Categories(Rule):
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

    bounds: tuple[float, ...] = field(default=(5, 15, 35, 65, 85, 95), converter=_bounds)
    scores: tuple[float, ...] = field(default=(0, 20, 40, 50, 60, 80, 100), converter=_scores)

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
