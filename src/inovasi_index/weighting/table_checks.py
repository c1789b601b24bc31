"""A table of data is held against what a scheme can take; what is wrong is named by cell."""

from __future__ import annotations

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

__all__ = ["CheckedTable", "checked", "shaped"]

_LARGEST = 1e150  # a larger number has no square
_NAMED = 5


@frozen
class CheckedTable:
    """Finite data of the right shape, with its extremes.

    Attributes
    ----------
    scheme : str
        Who asks, for messages.
    criteria : Criteria
    values : ndarray, shape (rows, n), any real dtype
    low, high, mean : ndarray of float64, shape (n,)
        Least, greatest and mean value of each column.
    """

    scheme: str
    criteria: Criteria
    values: Table = field(eq=False)
    low: FloatArray = field(eq=False)
    high: FloatArray = field(eq=False)
    mean: FloatArray = field(eq=False)

    @property
    def varies(self) -> BoolArray:
        """Which columns are not constant, shape (n,)."""
        return self.low < self.high

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
        wrong = np.flatnonzero(~at_least)
        cells = [
            f"{self.criteria.keys[j]} is {self.low[j]:g} in row {int(self.values[:, j].argmin())}"
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
        n = len(self.criteria)
        every = np.zeros(n)
        every[of] = amounts
        total = float(every.sum())
        if total > 0:
            values = every / total
        elif of.any():
            values = of / of.sum()
            notes = (*notes, f"every {called} is 0 → equal weights")
        else:
            values = np.full(n, 1 / n)
            why = "there is one row" if len(self.values) == 1 else "every indicator is constant"
            notes = (*notes, f"{why} → equal weights")
        if of.any() and not of.all():
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
    if data is None:
        raise BadValueError(
            f"{scheme} weighs from data: give data of shape (rows, {len(criteria)})"
        )
    values = shaped(scheme, criteria, data)
    with np.errstate(invalid="ignore", over="ignore"):
        low, high, total = passes.survey(values)
    if not np.isfinite(total).all() or max(-low.min(), high.max()) > _LARGEST:
        _refuse(scheme, criteria, values)
    return CheckedTable(scheme, criteria, values, low, high, total / len(values))


def _refuse(scheme: str, criteria: Criteria, values: Table) -> None:
    count, cells = passes.unusable_cells(values, most=_NAMED)
    if not count:
        raise BadValueError(
            f"{scheme}: numbers beyond {_LARGEST:g} cannot be squared; divide the data first"
        )
    named = ", ".join(f"row {i} of {criteria.keys[j]} ({values[i, j]})" for i, j in cells)
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    raise BadValueError(
        f"{scheme}: values must be finite numbers; not so: {named}{more} (rows count from 0)"
    )
