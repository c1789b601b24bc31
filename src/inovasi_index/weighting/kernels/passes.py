"""One pass over a table in row blocks: extremes, sums, squares, cross products.

A table has few columns and many rows, so a loop along a row is too short for the
processor. Each block is therefore read as a table of whole *bundles* of rows, side by
side, about a thousand numbers wide (a view, no copy); what is reduced over the bundles is
then reduced over the rows inside a bundle. Blocks fit in the cache of one core, so that
every step after the first finds its numbers there and memory is read once a pass.

Sums of blocks are added in the order of the rows: the result depends on nothing but the
table.
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
    "fold",
    "row_blocks",
    "survey",
    "unusable_cells",
    "widen",
]

BoolArray: TypeAlias = npt.NDArray[np.bool_]
FloatArray: TypeAlias = npt.NDArray[np.float64]
Table: TypeAlias = npt.NDArray[Any]

_BLOCK = 2**16  # numbers in a block: half a megabyte of float64
_WIDTH = 1024  # numbers in a bundle of rows


def row_blocks(table: Table) -> Iterator[FloatArray]:
    """Yield blocks of rows, contiguous float64; views where the table already is.

    Parameters
    ----------
    table : ndarray, shape (rows, n), any real dtype and memory order
    """
    rows = max(1, _BLOCK // table.shape[1])
    for start in range(0, table.shape[0], rows):
        yield np.ascontiguousarray(table[start : start + rows], dtype=np.float64)


def bundled_blocks(table: Table) -> Iterator[FloatArray]:
    """Yield blocks of shape (bundles, k·n), k rows side by side; the last rows one by one.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
    """
    n = table.shape[1]
    k = max(1, _WIDTH // n)
    for block in row_blocks(table):
        bundles = len(block) // k
        if bundles:
            yield block[: bundles * k].reshape(bundles, k * n)
        if bundles * k < len(block):
            yield block[bundles * k :]


def widen(values: FloatArray) -> FloatArray:
    """Repeat one value per column, shape (n,), for each row of a bundle, shape (k·n,).

    Blocks that are not bundled use the first n of them.
    """
    return np.tile(values, max(1, _WIDTH // len(values)))


def fold(values: FloatArray, n: int, *, by: np.ufunc = np.add) -> FloatArray:
    """Reduce one value per place in a bundle, shape (k·n,), to one per column, shape (n,)."""
    folded: FloatArray = by.reduce(values.reshape(-1, n), axis=0)
    return folded


def column_sums(block: FloatArray) -> FloatArray:
    """Return the sums of the columns of a block, shape (width,)."""
    return np.ones(len(block)) @ block


def survey(table: Table) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the least value, the greatest value and the sum of each column.

    Parameters
    ----------
    table : ndarray, shape (rows, n), rows ≥ 1

    Returns
    -------
    tuple of three ndarrays of float64, shape (n,)
        NaN and infinities come out as such.
    """
    n = table.shape[1]
    low, high, total = np.full(n, np.inf), np.full(n, -np.inf), np.zeros(n)
    for block in bundled_blocks(table):
        np.minimum(low, fold(np.minimum.reduce(block), n, by=np.minimum), out=low)
        np.maximum(high, fold(np.maximum.reduce(block), n, by=np.maximum), out=high)
        total += fold(column_sums(block), n)
    return low, high, total


def centred_squares(table: Table, mean: FloatArray) -> FloatArray:
    """Return the sum of squared deviations from `mean` of each column, shape (n,)."""
    n = table.shape[1]
    total = np.zeros(n)
    wide = widen(mean)
    for block in bundled_blocks(table):
        deviation = block - wide[: block.shape[1]]
        deviation *= deviation
        total += fold(column_sums(deviation), n)
    return total


def cross_products(table: Table, mean: FloatArray) -> FloatArray:
    """Return the sums of products of deviations from `mean`, shape (n, n)."""
    n = table.shape[1]
    total = np.zeros((n, n))
    wide = widen(mean)
    for block in bundled_blocks(table):
        deviation = (block - wide[: block.shape[1]]).reshape(-1, n)
        total += deviation.T @ deviation
    return total


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
