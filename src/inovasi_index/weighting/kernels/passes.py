"""One pass over a table in row blocks: extremes, sums, squares, cross products.

A table has few columns and many rows, so a loop along a row is too short for the
processor. Each block is therefore read as *bundles* of rows side by side, about a thousand
numbers wide (a view, no copy). What is reduced over the bundles stands once for each row of
a bundle, and is folded to one value a column at the end. Blocks fit in the cache of one
core, so that every step after the first finds its numbers there and memory is read once a
pass.

Blocks are taken in the order of the rows and added up by one thread: the result depends on
nothing but the table, not on its memory order or the number of threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "bundled_blocks",
    "centred_squares",
    "column_sums",
    "cross_products",
    "extremes",
    "fold",
    "moments",
    "products",
    "room_for",
    "row_blocks",
    "row_sums",
    "scratch",
    "unusable_cells",
    "variances",
    "widen",
]

BoolArray: TypeAlias = npt.NDArray[np.bool_]
FloatArray: TypeAlias = npt.NDArray[np.float64]
Table: TypeAlias = npt.NDArray[Any]

_BLOCK = 2**15  # numbers in a block: a quarter of a megabyte of float64
_WIDTH = 1024  # numbers in a bundle of rows
# BLAS hands a product of more multiplications to several threads (matrix with matrix, matrix
# with vector), which wait for one another badly on a busy machine.
_PRODUCT = 2**18
_ROW_SUMS = 2**13


def row_blocks(table: Table) -> Iterator[FloatArray]:
    """Yield blocks of whole bundles of rows, contiguous float64; views where possible.

    Parameters
    ----------
    table : ndarray, shape (rows, n), any real dtype and memory order
    """
    k = _rows_in_a_bundle(table.shape[1])
    rows = max(1, _BLOCK // (k * table.shape[1])) * k
    for start in range(0, table.shape[0], rows):
        yield np.ascontiguousarray(table[start : start + rows], dtype=np.float64)


def bundled_blocks(table: Table) -> Iterator[FloatArray]:
    """Yield blocks of shape (bundles, k·n), k rows side by side; the last rows one by one.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
    """
    n = table.shape[1]
    k = _rows_in_a_bundle(n)
    for block in row_blocks(table):
        bundles, left = divmod(len(block), k)
        if bundles:
            yield block[: bundles * k].reshape(bundles, k * n)
        if left:
            yield block[bundles * k :]


def _rows_in_a_bundle(n: int) -> int:
    return max(1, _WIDTH // n)


def widen(values: FloatArray) -> FloatArray:
    """Repeat one value per column, shape (n,), for each row of a bundle, shape (k·n,).

    Blocks of single rows use the first n of them.
    """
    return (np.ones((_rows_in_a_bundle(len(values)), 1)) * values).ravel()


def scratch(table: Table) -> FloatArray:
    """Return room for one block of `table`, so that not every block asks for new memory."""
    return np.empty(min(_BLOCK, table.size))


def room_for(block: FloatArray, room: FloatArray) -> FloatArray:
    """Return the first numbers of `room` in the shape of `block`."""
    return room[: block.size].reshape(block.shape)


def fold(wide: FloatArray, n: int, by: np.ufunc = np.add) -> FloatArray:
    """Reduce one value per place in a bundle, shape (k·n,), to one per column, shape (n,)."""
    folded: FloatArray = by.reduce(wide.reshape(-1, n), axis=0)
    return folded


def column_sums(table: Table) -> FloatArray:
    """Return the sum of each column, shape (n,); NaN and infinities come out as such."""
    n = table.shape[1]
    total = widen(np.zeros(n))
    for block in bundled_blocks(table):
        total[: block.shape[1]] += np.add.reduce(block)
    return fold(total, n)


def extremes(table: Table) -> tuple[FloatArray, FloatArray]:
    """Return the least and the greatest value of each column, both of shape (n,).

    Parameters
    ----------
    table : ndarray, shape (rows, n), rows ≥ 1
    """
    n = table.shape[1]
    low = widen(np.full(n, np.inf))
    high = -low
    for block in bundled_blocks(table):
        width = block.shape[1]
        np.minimum(low[:width], np.minimum.reduce(block), out=low[:width])
        np.maximum(high[:width], np.maximum.reduce(block), out=high[:width])
    return fold(low, n, np.minimum), fold(high, n, np.maximum)


def moments(table: Table) -> tuple[FloatArray, FloatArray]:
    """Return the sum and the sum of squares of each column in one pass, both of shape (n,)."""
    n = table.shape[1]
    total, squares, room = widen(np.zeros(n)), widen(np.zeros(n)), scratch(table)
    for block in bundled_blocks(table):
        width = block.shape[1]
        total[:width] += np.add.reduce(block)
        square = np.multiply(block, block, out=room_for(block, room))
        squares[:width] += np.add.reduce(square)
    return fold(total, n), fold(squares, n)


def centred_squares(table: Table, mean: FloatArray) -> FloatArray:
    """Return the sum of squared deviations from `mean` of each column, shape (n,)."""
    wide = widen(mean)
    total, room = np.zeros_like(wide), scratch(table)
    for block in bundled_blocks(table):
        width = block.shape[1]
        deviation = np.subtract(block, wide[:width], out=room_for(block, room))
        deviation *= deviation
        total[:width] += np.add.reduce(deviation)
    return fold(total, len(mean))


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
    variance: FloatArray = mean_square - mean**2
    cancelled = variance <= 1e-3 * mean_square
    if cancelled.any():
        variance[cancelled] = centred_squares(table[:, cancelled], mean[cancelled]) / len(table)
    return variance


def cross_products(table: Table, mean: FloatArray) -> FloatArray:
    """Return the sums of products of deviations from `mean`, shape (n, n)."""
    n = table.shape[1]
    wide = widen(mean)
    total, room = np.zeros((n, n)), scratch(table)
    for block in bundled_blocks(table):
        deviation = np.subtract(block, wide[: block.shape[1]], out=room_for(block, room))
        rows = deviation.reshape(-1, n)
        total += products(rows, rows)
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
