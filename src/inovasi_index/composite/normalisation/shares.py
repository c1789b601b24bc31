"""Rules that divide by something the column adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from inovasi_index.composite.kernels import columns, normalise
from inovasi_index.composite.normalisation.rule import Rule, counts, refuse_without_reference

if TYPE_CHECKING:
    from inovasi_index.composite.arrays import BoolArray, FloatArray, Table
    from inovasi_index.composite.normalisation.rule import Statistics

__all__ = [
    "LogarithmicShare",
    "Max",
    "Sum",
    "Vector",
]


@frozen
class Sum(Rule):
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

    def check(self, table: Table) -> None:
        """Refuse values below 0."""
        _refuse_below(table, 0, "negative")

    def measure(self, table: Table) -> Statistics:
        """Return the sum, the number of values, and the sum of their inverses."""
        inverse = columns.totals(1.0 / table.values)
        return columns.totals(table.values), counts(table), inverse

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return shares of the statistics of the reference."""
        total, n, inverse = statistics
        refuse_without_reference(table, total)
        if down.any():
            bad = down & (table.values == 0)
            message = "where less is better, only values above 0 are allowed"
            table.refuse(bad, "not-positive", message)
            bad = down & np.isinf(inverse)
            table.refuse_columns(bad, "no-reference", "the reference has a 0, without an inverse")
        return normalise.shares(table.values, total=total, inverse_total=inverse, n=n, down=down)

    def transform_own(self, table: Table, down: BoolArray) -> FloatArray:
        """Return shares of the table itself; inverses are only summed where they are used."""
        if down.any():
            return self.transform(table, down, self.measure(table))
        total = columns.totals(table.values)
        return self.transform(table, down, (total, counts(table), total))


def _refuse_below(table: Table, least: float, code: str) -> None:
    if (columns.lowest(table.values) < least).any():
        table.refuse(table.values < least, code, f"only values from {least:g} on are allowed")


@frozen
class Vector(Rule):
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
        return length, counts(table)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return parts of the length."""
        length, n = statistics
        refuse_without_reference(table, length)
        of_zeros = 1.0 / np.sqrt(np.maximum(n, 1))
        return normalise.lengths(table.values, length=length, of_zeros=of_zeros, down=down)


@frozen
class Max(Rule):
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

    def check(self, table: Table) -> None:
        """Refuse values below 0."""
        _refuse_below(table, 0, "negative")

    def measure(self, table: Table) -> Statistics:
        """Return the largest value of each column."""
        return (columns.highest(table.values),)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return parts of the largest value."""
        (highest,) = statistics
        refuse_without_reference(table, highest)
        ones = np.ones(len(table.names))
        return normalise.lengths(table.values, length=highest, of_zeros=ones, down=down)


@frozen
class LogarithmicShare(Rule):
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

    def check(self, table: Table) -> None:
        """Refuse values below 1."""
        _refuse_below(table, 1, "below-one")

    def measure(self, table: Table) -> Statistics:
        """Return the sum of the logarithms and the number of values."""
        return columns.totals(np.log(table.values)), counts(table)

    def transform(self, table: Table, down: BoolArray, statistics: Statistics) -> FloatArray:
        """Return shares of the logarithms."""
        total, n = statistics
        refuse_without_reference(table, total, nothing=1.0)
        return normalise.shares_of_logarithm(table.values, total=total, n=n, down=down)
