"""A table of data is held against what a scheme can take; what is wrong is named by cell."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen

from inovasi_index.errors import BadValueError
from inovasi_index.weighting.kernels import passes
from inovasi_index.weighting.scheme import Weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from inovasi_index.weighting.kernels.passes import BoolArray, FloatArray, Table
    from inovasi_index.weighting.scheme import Criteria

__all__ = ["CheckedTable", "checked", "checked_deviations", "shaped"]

# A column that spreads less than this, beside its mean, is looked at value by value: rounding
# may have spread what is constant.
_NEXT_TO_NOTHING = 1e-10
_NAMED = 5


@frozen
class CheckedTable:
    """Finite data of the right shape, and what schemes ask of it.

    Attributes
    ----------
    scheme : str
        Who asks, for messages.
    criteria : Criteria
    values : ndarray, shape (rows, n), any real dtype
    mean : ndarray of float64, shape (n,)
        Of each column.
    """

    scheme: str
    criteria: Criteria
    values: Table = field(eq=False)
    mean: FloatArray = field(eq=False)

    @cached_property
    def extremes(self) -> tuple[FloatArray, FloatArray]:
        """Least and greatest value of each column, both of shape (n,)."""
        return passes.extremes(self.values)

    @property
    def ranges(self) -> FloatArray:
        """Greatest less least value of each column, shape (n,)."""
        low, high = self.extremes
        return high - low

    @property
    def varies(self) -> BoolArray:
        """Which columns are not constant, shape (n,)."""
        low, high = self.extremes
        return low < high

    def vary(self, spread: FloatArray, *, beside: FloatArray | float) -> BoolArray:
        """Tell which columns are not constant from how much they spread, shape (n,).

        Where the spread is next to nothing the values are compared; that spares a pass over
        all the others.

        Parameters
        ----------
        spread : ndarray of float64, shape (n,)
            Any measure.
        beside : ndarray of float64, shape (n,), or float
            What would be much of it.
        """
        varies = spread > _NEXT_TO_NOTHING * beside
        if not varies.all():
            doubtful = np.flatnonzero(~varies)
            low, high = passes.extremes(self.values[:, doubtful])
            varies[doubtful] = low < high
        return varies

    def covariances(self) -> tuple[FloatArray, BoolArray]:
        """Return the population covariances of the columns that vary, and which these are.

        Raises
        ------
        BadValueError
            For numbers that are too large to be squared.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            products = passes.cross_products(self.values, self.mean) / len(self.values)
        self.require_squares(products)
        varies = self.varies & (np.diagonal(products) > 0)
        return products if varies.all() else products[np.ix_(varies, varies)], varies

    def require_squares(self, squares: FloatArray) -> None:
        """Refuse the table when squares are not finite."""
        if not np.isfinite(squares).all():
            raise BadValueError(
                f"{self.scheme}: numbers this large cannot be squared; divide the data first"
            )

    def require(self, at_least: BoolArray, rule: str) -> None:
        """Refuse the table when a column's least value breaks a rule.

        Parameters
        ----------
        at_least : ndarray of bool, shape (n,)
            Whether the least value of each column obeys it.
        rule : str
            The rule in words (``"values must not be negative"``).

        Raises
        ------
        BadValueError
            Naming the first columns, with row and value of the least.
        """
        if at_least.all():
            return
        low, _ = self.extremes
        wrong = np.flatnonzero(~at_least)
        cells = [
            f"{self.criteria.keys[j]} is {low[j]:g} in row {int(self.values[:, j].argmin())}"
            for j in wrong[:_NAMED]
        ]
        more = f" (and {len(wrong) - _NAMED} more columns)" if len(wrong) > _NAMED else ""
        raise BadValueError(f"{self.scheme}: {rule}; {', '.join(cells)}{more}")

    def columns(self, which: BoolArray) -> Table:
        """Return some of the columns; no copy when that is all of them."""
        return self.values if which.all() else self.values[:, which]

    def weigh(
        self,
        amounts: FloatArray,
        *,
        of: BoolArray,
        called: str,
        notes: tuple[str, ...] = (),
        details: Mapping[str, Any] | None = None,
    ) -> Weights:
        """Make weights in proportion to an amount of each column that varies.

        The other columns are constant and get 0, with a note. When no column varies, or
        every amount is 0, the weights are equal, with a note.

        Parameters
        ----------
        amounts : ndarray of float64, shape (columns that vary,)
            Not negative.
        of : ndarray of bool, shape (n,)
            Which columns vary.
        called : str
            Name under which the amounts, 0 for constant columns, go into the details.
        notes : tuple of str
        details : mapping, optional
            More of them.
        """
        n, varying = len(of), len(amounts)
        every = amounts
        if varying < n:
            every = np.zeros(n)
            every[of] = amounts
        total = np.add.reduce(amounts)
        if total > 0:
            values = every / total
        elif varying:
            values = of / varying
            notes = (*notes, f"every {called} is 0 → equal weights")
        else:
            values = np.full(n, 1 / n)
            why = "there is one row" if len(self.values) == 1 else "every indicator is constant"
            notes = (*notes, f"{why} → equal weights")
        if 0 < varying < n:
            constant = ", ".join(self.criteria.keys[j] for j in np.flatnonzero(~of))
            notes = (f"constant: {constant} → weight 0", *notes)
        return Weights(
            self.criteria.keys, values, self.scheme, notes, {called: every, **(details or {})}
        )


def shaped(scheme: str, criteria: Criteria, data: npt.ArrayLike) -> Table:
    """Return data as an array of numbers with one column for each indicator.

    Masked values become NaN.

    Raises
    ------
    BadValueError
        For another shape, no rows, and for values that are no numbers.
    """
    if isinstance(data, np.ma.MaskedArray):
        data = np.ma.filled(data.astype(np.float64), np.nan)
    try:
        values = np.asarray(data)
    except ValueError:
        raise BadValueError(f"{scheme}: data must be a table with rows of one length") from None
    if values.dtype.kind not in "buif":
        raise BadValueError(f"{scheme}: data must be numbers, not {values.dtype}")
    n = len(criteria)
    if values.ndim != 2 or values.shape[1] != n or not len(values):
        raise BadValueError(
            f"{scheme}: data must have the shape (rows, {n}), one column for each indicator of "
            f"{criteria.what} and at least one row; not {values.shape}"
        )
    return values


def checked(scheme: str, criteria: Criteria, data: npt.ArrayLike | None) -> CheckedTable:
    """Hold data against the criteria.

    Parameters
    ----------
    scheme : str
        Who asks, for messages.
    criteria : Criteria
    data : array_like, shape (rows, n)
        Finite numbers; any memory order. Masked values count as missing.

    Raises
    ------
    BadValueError
        Without data, for another shape, no rows, and for values that are missing,
        infinite or no numbers, the first of them named by row (from 0) and indicator.
    """
    values = _given(scheme, criteria, data)
    with np.errstate(invalid="ignore", over="ignore"):
        total = passes.column_sums(values)
    return _with_finite(scheme, criteria, values, total)


def checked_deviations(
    scheme: str, criteria: Criteria, data: npt.ArrayLike | None
) -> tuple[CheckedTable, FloatArray, BoolArray]:
    """Hold data against the criteria, and take the standard deviations in the same pass.

    Parameters
    ----------
    scheme, criteria, data
        As for `checked`.

    Returns
    -------
    table : CheckedTable
    deviation : ndarray of float64, shape (columns that vary,)
        Of the population.
    varies : ndarray of bool, shape (n,)
        Which columns vary. One whose squared deviations vanish (below 1e-308) does not.

    Raises
    ------
    BadValueError
        As `checked`, and for numbers that are too large to be squared.
    """
    values = _given(scheme, criteria, data)
    with np.errstate(invalid="ignore", over="ignore"):
        total, squares = passes.moments(values)
    table = _with_finite(scheme, criteria, values, total)
    table.require_squares(squares)
    mean_square = squares / len(values)
    variance = passes.variances(values, table.mean, mean_square)
    varies = table.vary(variance, beside=mean_square)
    varies &= variance > 0
    return table, np.sqrt(variance[varies]), varies


def _given(scheme: str, criteria: Criteria, data: npt.ArrayLike | None) -> Table:
    if data is None:
        raise BadValueError(
            f"{scheme} weighs from data: give data of shape (rows, {len(criteria)})"
        )
    return shaped(scheme, criteria, data)


def _with_finite(scheme: str, criteria: Criteria, values: Table, total: FloatArray) -> CheckedTable:
    # A sum is finite when what it adds up is, unless it overflows.
    if not np.isfinite(total).all():
        _refuse(scheme, criteria, values)
    return CheckedTable(scheme, criteria, values, total / len(values))


def _refuse(scheme: str, criteria: Criteria, values: Table) -> None:
    count, cells = passes.unusable_cells(values, most=_NAMED)
    if not count:
        raise BadValueError(f"{scheme}: numbers this large cannot be summed; divide the data first")
    named = ", ".join(f"row {i} of {criteria.keys[j]} ({values[i, j]})" for i, j in cells)
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    raise BadValueError(
        f"{scheme}: values must be finite numbers; not so: {named}{more} (rows count from 0)"
    )
