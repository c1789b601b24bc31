"""One pass over a table in row blocks: extremes, sums, squares, cross products.

A table has few columns and many rows, so a loop along a row is too short for the
processor. Each block is therefore read as *bundles* of rows side by side, about a thousand
numbers wide (a view, no copy; the last rows of a block make a shorter one). What is reduced
over the bundles stands once for each row of a bundle, and is folded to one value a column at
the end. Blocks fit in the cache of one core, so that every step after the first finds its
numbers there and memory is read once a pass.

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
    "across",
    "blocks_and_room",
    "column_sums",
    "cross_products",
    "down",
    "extremes",
    "fold",
    "moments",
    "products",
    "row_blocks",
    "row_sums",
    "unusable_cells",
    "variances",
    "widen",
    "zeros",
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


def blocks_and_room(table: Table) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Yield `row_blocks`, each with room for as many numbers, the same memory every time."""
    room: FloatArray | None = None
    for block in row_blocks(table):
        if room is None:
            room = np.empty(block.shape)
        yield block, room[: len(block)]


def _rows_in_a_bundle(n: int) -> int:
    return max(1, _WIDTH // n)


def widen(values: FloatArray) -> FloatArray:
    """Repeat one value per column, shape (n,), for each row of a bundle, shape (k·n,)."""
    wide = np.empty((_rows_in_a_bundle(len(values)), len(values)))
    wide[:] = values
    return wide.reshape(-1)


def zeros(n: int) -> FloatArray:
    """Return a sum of nothing for each place in a bundle, shape (k·n,)."""
    return np.zeros(_rows_in_a_bundle(n) * n)


def fold(wide: FloatArray, n: int, by: np.ufunc = np.add) -> FloatArray:
    """Reduce one value per place in a bundle, shape (k·n,), to one per column, shape (n,)."""
    folded: FloatArray = by.reduce(wide.reshape(-1, n))
    return folded


def across(step: np.ufunc, block: FloatArray, wide: FloatArray, *, out: npt.NDArray[Any]) -> None:
    """Do one step between each row and one value per column, ``step(block, values)``.

    Parameters
    ----------
    step : ufunc of two arguments
    block : ndarray of float64, shape (rows, n), contiguous
    wide : ndarray of float64, shape (k·n,)
        The values, widened.
    out : ndarray, shape (rows, n), contiguous
        Takes the result; may be `block`.
    """
    width, numbers, results = len(wide), block.reshape(-1), out.reshape(-1)
    left = len(numbers) % width
    whole = len(numbers) - left
    if whole:
        bundles = (-1, width)
        step(numbers[:whole].reshape(bundles), wide, out=results[:whole].reshape(bundles))
    if left:
        step(numbers[whole:], wide[:left], out=results[whole:])


def down(wide: FloatArray, block: FloatArray, *, by: np.ufunc = np.add) -> None:
    """Take the rows of a block into what is reduced over all rows, in place.

    Parameters
    ----------
    wide : ndarray of float64, shape (k·n,)
        What the blocks before have made of it.
    block : ndarray of float64, shape (rows, n), contiguous
    by : ufunc of two arguments
    """
    width, numbers = len(wide), block.reshape(-1)
    left = len(numbers) % width
    whole = len(numbers) - left
    if whole:
        by(wide, by.reduce(numbers[:whole].reshape(-1, width)), out=wide)
    if left:
        by(wide[:left], numbers[whole:], out=wide[:left])


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
    for block, room in blocks_and_room(table):
        down(total, block)
        down(squares, np.multiply(block, block, out=room))
    return fold(total, n), fold(squares, n)


def _deviations(table: Table, mean: FloatArray) -> Iterator[FloatArray]:
    wide = widen(mean)
    for block, room in blocks_and_room(table):
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
            down(squares, np.multiply(away, away, out=away))
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
