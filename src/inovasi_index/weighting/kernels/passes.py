"""One pass over a table: extremes, sums, squares, cross products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from inovasi_index.composite.kernels.bundles import (
    across,
    blocks_and_rooms,
    down,
    down_squares,
    fold,
    row_blocks,
    widen,
    zeros,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "column_sums",
    "cross_products",
    "extremes",
    "moments",
    "products",
    "row_sums",
    "unusable_cells",
    "variances",
]

BoolArray: TypeAlias = npt.NDArray[np.bool_]
FloatArray: TypeAlias = npt.NDArray[np.float64]
Table: TypeAlias = npt.NDArray[Any]

# BLAS hands a product of more multiplications to several threads (matrix with matrix, matrix
# with vector), which wait for one another badly on a busy machine.
_PRODUCT = 2**18
_ROW_SUMS = 2**13


def column_sums(table: Table) -> FloatArray:
    """Return the sum of each column, shape (n,); NaN and infinities come out as such."""
    n = table.shape[1]
    total = zeros(n)
    for block in row_blocks(table):
        down(total, block)
    return fold(total, n)


def extremes(table: Table) -> tuple[FloatArray, FloatArray]:
    """Return the least and the greatest value of each column, both of shape (n,).

    Parameters
    ----------
    table : ndarray, shape (rows, n), rows ≥ 1
    """
    n = table.shape[1]
    low = zeros(n) + np.inf
    high = -low
    for block in row_blocks(table):
        down(low, block, by=np.minimum)
        down(high, block, by=np.maximum)
    return fold(low, n, np.minimum), fold(high, n, np.maximum)


def moments(table: Table) -> tuple[FloatArray, FloatArray]:
    """Return the sum and the sum of squares of each column in one pass, both of shape (n,)."""
    n = table.shape[1]
    total, squares = zeros(n), zeros(n)
    for block in row_blocks(table):
        down(total, block)
        down_squares(squares, block)
    return fold(total, n), fold(squares, n)


def _deviations(table: Table, mean: FloatArray) -> Iterator[FloatArray]:
    wide = widen(mean)
    for block, (room,) in blocks_and_rooms(table, 1):
        across(np.subtract, block, wide, out=room)
        yield room


def variances(table: Table, mean: FloatArray, mean_square: FloatArray) -> FloatArray:
    """Return the population variance of each column, shape (n,).

    The mean square less the square of the mean; where the two nearly cancel (a deviation
    below 3 % of the mean) the mean square of the deviations.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
    mean, mean_square : ndarray of float64, shape (n,)
        Of the columns.
    """
    variance: FloatArray = mean_square - mean * mean
    cancelled = variance <= 1e-3 * mean_square
    if cancelled.any():
        many = int(np.count_nonzero(cancelled))
        squares = zeros(many)
        for away in _deviations(table[:, cancelled], mean[cancelled]):
            down_squares(squares, away)
        variance[cancelled] = fold(squares, many) / len(table)
    return variance


def cross_products(table: Table, mean: FloatArray) -> FloatArray:
    """Return the sums of products of deviations from `mean`, shape (n, n)."""
    total = np.zeros((len(mean), len(mean)))
    for away in _deviations(table, mean):
        total += products(away, away)
    return total


def products(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return ``left.T @ right`` in pieces, each of them for one thread.

    Parameters
    ----------
    left : ndarray of float64, shape (rows, n)
    right : ndarray of float64, shape (rows, k)
    """
    (m, n), k = left.shape, right.shape[1]
    rows = max(16, _PRODUCT // max(n * k, 1))
    pieces = m // rows
    whole = pieces * rows
    rest: FloatArray = left[whole:].T @ right[whole:]
    if pieces:
        stacked = left[:whole].reshape(pieces, rows, n).transpose(0, 2, 1)
        rest += np.matmul(stacked, right[:whole].reshape(pieces, rows, k)).sum(axis=0)
    return rest


def row_sums(rows: FloatArray) -> FloatArray:
    """Return the sum of each row, in pieces, each of them for one thread.

    Parameters
    ----------
    rows : ndarray of float64, shape (rows, n), contiguous
    """
    m, n = rows.shape
    height = max(1, _ROW_SUMS // n)
    pieces = m // height
    whole = pieces * height
    ones = np.ones(n)
    sums = np.empty(m)
    stacked = rows[:whole].reshape(pieces, height, n)
    np.matmul(stacked, ones, out=sums[:whole].reshape(pieces, height))
    np.matmul(rows[whole:], ones, out=sums[whole:])
    return sums


def unusable_cells(table: Table, *, most: int) -> tuple[int, npt.NDArray[np.intp]]:
    """Count the values that are not finite, and locate the first of them.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
    most : int
        How many to locate.

    Returns
    -------
    count : int
    cells : ndarray of intp, shape (≤ most, 2)
        Row and column, in the order of the rows.
    """
    count, cells, start = 0, np.empty((0, 2), dtype=np.intp), 0
    for block in row_blocks(table):
        found = np.argwhere(~np.isfinite(block))
        count += len(found)
        if len(cells) < most:
            cells = np.concatenate([cells, np.add(found, (start, 0))])[:most]
        start += len(block)
    return count, cells
