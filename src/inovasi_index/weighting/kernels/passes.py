"""One pass over a table: extremes, sums, squares, cross products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from inovasi_index.composite.kernels.bundles import (
    across,
    blocks_and_rooms,
    down,
    down_moments,
    down_products,
    row_blocks,
    widen,
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
    "sums_and_products",
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
    total = np.zeros(table.shape[1])
    for block in row_blocks(table):
        total += down(block)
    return total


def extremes(table: Table) -> tuple[FloatArray, FloatArray]:
    """Return the least and the greatest value of each column, both of shape (n,).

    Parameters
    ----------
    table : ndarray, shape (rows, n), rows ≥ 1
    """
    low = np.full(table.shape[1], np.inf)
    high = -low
    for block in row_blocks(table):
        np.minimum(low, down(block, np.minimum), out=low)
        np.maximum(high, down(block, np.maximum), out=high)
    return low, high


def moments(table: Table) -> FloatArray:
    """Return the mean and the mean square of each column from one pass, shape (2, n)."""
    total = np.zeros((2, table.shape[1]))
    for block in row_blocks(table):
        total += down_moments(block)
    return total / len(table)


def _deviations(table: Table, mean: FloatArray) -> Iterator[FloatArray]:
    wide = widen(mean)
    for block, (room,) in blocks_and_rooms(table, 1):
        across(np.subtract, block, wide, out=room)
        yield room


def variances(table: Table, mean: FloatArray) -> FloatArray:
    """Return the mean square of the deviations from `mean` of each column, shape (n,)."""
    total = np.zeros(len(mean))
    for away in _deviations(table, mean):
        total += down_products(away, away)
    return total / len(table)


def sums_and_products(table: Table) -> tuple[FloatArray, FloatArray]:
    """Return the sum of each column, shape (n,), and of the products of all pairs, (n, n)."""
    n = table.shape[1]
    total, pairs = np.zeros(n), np.zeros((n, n))
    for block in row_blocks(table):
        total += down(block)
        pairs += products(block, block)
    return total, pairs


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
