"""A table read in blocks of rows that lie side by side, so that every step is a long one.

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
    "blocks_and_results",
    "blocks_and_rooms",
    "down",
    "down_squares",
    "fold",
    "row_blocks",
    "widen",
    "zeros",
]

FloatArray: TypeAlias = npt.NDArray[np.float64]
Table: TypeAlias = npt.NDArray[Any]

_BLOCK = 2**16  # numbers in a block: half a megabyte of float64
_WIDTH = 1024  # numbers in a bundle of rows


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


def blocks_and_rooms(table: Table, many: int) -> Iterator[tuple[FloatArray, list[FloatArray]]]:
    """Yield `row_blocks`, each with rooms of its shape, the same memory for every block.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
    many : int
        How many rooms.
    """
    rooms: list[FloatArray] = []
    for block in row_blocks(table):
        rooms = rooms or [np.empty(block.shape) for _ in range(many)]
        yield block, [room[: len(block)] for room in rooms]


def blocks_and_results(table: Table, result: Table) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Yield `row_blocks`, each with the rows of the result that belong to it.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
    result : ndarray of float64, shape (rows, n), contiguous
    """
    yield from zip(row_blocks(table), row_blocks(result), strict=True)


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


def down_squares(wide: FloatArray, block: FloatArray) -> None:
    """Add the squares of a block to the sums over all rows, in place; see `down`."""
    width, numbers = len(wide), block.reshape(-1)
    left = len(numbers) % width
    whole = len(numbers) - left
    if whole:
        bundles = numbers[:whole].reshape(-1, width)
        wide += np.einsum("ij,ij->j", bundles, bundles)
    if left:
        wide[:left] += numbers[whole:] * numbers[whole:]
