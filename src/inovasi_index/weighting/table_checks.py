"""A table of data is held against what a scheme can take; what is wrong is named by cell."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import column_names, read_array
from inovasi_index.composite.words import in_words
from inovasi_index.errors import BadValueError, UnknownNameError
from inovasi_index.weighting.kernels import passes
from inovasi_index.weighting.scheme import Weights, require_criteria

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from inovasi_index.weighting.kernels.passes import BoolArray, FloatArray, Table
    from inovasi_index.weighting.scheme import Criteria

__all__ = ["CheckedTable", "by_name", "checked", "shaped"]

# A column that spreads less than this, beside its mean, is looked at value by value: rounding
# may have spread what is constant.
_NEXT_TO_NOTHING = 1e-10
# The mean square less the square of the mean is the variance, unless the two nearly cancel and
# no more than this share of the mean square is left (a deviation below 3 % of the mean). For
# pairs it is a larger one (a third of the mean), as correlations next to 1 are told from 1.
_CANCELLED = 1e-3
_CANCELLED_IN_PAIRS = 0.1
_NAMED = 5


@frozen
class CheckedTable:
    """Data of the right shape, and what schemes ask of it.

    Each statistic meets all values, and refuses those that are missing or infinite: that
    spares a pass that does nothing else.

    Attributes
    ----------
    scheme : str
        Who asks, for messages.
    criteria : Criteria
    values : ndarray, shape (rows, n), any real dtype
    """

    scheme: str
    criteria: Criteria
    values: Table = field(eq=False)

    @cached_property
    def mean(self) -> FloatArray:
        """Mean of each column, shape (n,)."""
        with np.errstate(invalid="ignore", over="ignore"):
            total = passes.column_sums(self.values)
            self._require_finite(total, done="summed")
        return total / len(self.values)

    @cached_property
    def extremes(self) -> tuple[FloatArray, FloatArray]:
        """Least and greatest value of each column, both of shape (n,)."""
        with np.errstate(invalid="ignore", over="ignore"):
            low, high = passes.extremes(self.values)
            self._require_finite(high - low, done="subtracted")
        return low, high

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
        m = len(self.values)
        with np.errstate(over="ignore", invalid="ignore"):
            total, pairs = passes.sums_and_products(self.values)
            self._require_finite(pairs, done="squared")
        mean = total / m
        products = pairs / m - np.outer(mean, mean)
        if (np.diagonal(products) <= _CANCELLED_IN_PAIRS * np.diagonal(pairs) / m).any():
            products = passes.cross_products(self.values, mean) / m
        varies = self.varies & (np.diagonal(products) > 0)
        return products if varies.all() else products[np.ix_(varies, varies)], varies

    def deviations(self) -> tuple[FloatArray, FloatArray, BoolArray]:
        """Return means, standard deviations and which columns vary, from one pass.

        Returns
        -------
        mean : ndarray of float64, shape (n,)
        deviation : ndarray of float64, shape (columns that vary,)
            Of the population.
        varies : ndarray of bool, shape (n,)
            Which columns vary. One whose squared deviations vanish (below 1e-308) does not.

        Raises
        ------
        BadValueError
            For numbers that are too large to be squared.
        """
        with np.errstate(invalid="ignore", over="ignore"):
            mean, mean_square = passes.moments(self.values)
            variance = mean_square - mean * mean
            plain = variance > _CANCELLED * mean_square  # not so for what is not finite
            if plain.all():
                return mean, np.sqrt(variance), plain
            self._require_finite(mean_square, done="squared")
        doubtful = ~plain
        variance[doubtful] = passes.variances(self.values[:, doubtful], mean[doubtful])
        varies = self.vary(variance, beside=mean_square) & (variance > 0)
        return mean, np.sqrt(variance[varies]), varies

    def _require_finite(self, found: FloatArray, *, done: str) -> None:
        # Sums are finite when what they add up is, unless they overflow.
        if math.isfinite(np.add.reduce(found, axis=None)):
            return
        count, cells = passes.unusable_cells(self.values, most=_NAMED)
        if not count:
            raise BadValueError(
                f"{self.scheme}: numbers this large cannot be {done}; divide the data first"
            )
        keys = self.criteria.keys
        named = ", ".join(f"row {i} of {keys[j]} ({self.values[i, j]})" for i, j in cells)
        more = f" and {count - _NAMED} more" if count > _NAMED else ""
        raise BadValueError(
            f"{self.scheme}: values must be finite numbers; not so: {named}{more} "
            "(rows count from 0)"
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
        cells = (
            f"{self.criteria.keys[j]} is {low[j]:g} in row {int(self.values[:, j].argmin())}"
            for j in np.flatnonzero(~at_least)
        )
        raise BadValueError(f"{self.scheme}: {rule}; {in_words(cells)}")

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

    Masked values become NaN. Of a data frame with a column called like an indicator the
    columns are taken by their names, in whatever order and beside whatever others.

    Raises
    ------
    BadValueError
        For another shape, no rows, and for values that are no numbers.
    UnknownNameError
        When a data frame has columns for some of the indicators only.
    """
    require_criteria(criteria)
    if not isinstance(data, np.ndarray):
        data = by_name(scheme, criteria.keys, data)
    if isinstance(data, np.ma.MaskedArray):
        data = read_array(data, what=f"{scheme}: data")
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


def by_name(who: str, keys: tuple[str, ...], data: Any) -> Any:
    """Return the columns of a data frame that are called like `keys`, in that order.

    Arrays, and data frames none of whose columns is called so, stay as they are.

    Raises
    ------
    UnknownNameError
        When there are columns for some of the keys only.
    """
    known = column_names(data)
    if not set(keys) & set(known):
        return data
    for key in keys:
        if key not in known:
            raise UnknownNameError.of(f"column ({who})", key, known)
    wanted = list(keys)
    return data.select(wanted) if hasattr(data, "select") else data[wanted]


def checked(scheme: str, criteria: Criteria, data: npt.ArrayLike | None) -> CheckedTable:
    """Hold the shape of data against the criteria.

    Parameters
    ----------
    scheme : str
        Who asks, for messages.
    criteria : Criteria
    data : array_like, shape (rows, n)
        Finite numbers; any memory order. Masked values count as missing. A data frame may
        have its columns in any order.

    Returns
    -------
    CheckedTable
        Whose statistics refuse values that are missing or infinite, the first of them named
        by row (from 0) and indicator.

    Raises
    ------
    BadValueError
        Without data, for another shape, no rows, and for values that are no numbers.
    UnknownNameError
        When a data frame has columns for some of the indicators only.
    """
    require_criteria(criteria)
    if data is None:
        raise BadValueError(
            f"{scheme} weighs from data: give data of shape (rows, {len(criteria)})"
        )
    return CheckedTable(scheme, criteria, shaped(scheme, criteria, data))
