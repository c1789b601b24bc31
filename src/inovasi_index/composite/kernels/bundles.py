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
    "down_moments",
    "down_products",
    "row_blocks",
    "widen",
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


def down(block: FloatArray, by: np.ufunc = np.add) -> FloatArray:
    """Reduce the rows of a block to one value per column, shape (n,).

    Parameters
    ----------
    block : ndarray of float64, shape (rows, n), contiguous, rows ≥ 1
    by : ufunc of two arguments
    """
    bundles, left = _bundles(block)
    return _folded(by.reduce(bundles), left, block.shape[1], by)


def down_moments(block: FloatArray) -> FloatArray:
    """Sum the numbers and the squares of a block down the rows, shape (2, n).

    Parameters
    ----------
    block : ndarray of float64, shape (rows, n), contiguous, rows ≥ 1
    """
    bundles, left = _bundles(block)
    wide = np.empty((2, bundles.shape[1]))
    np.add.reduce(bundles, out=wide[0])
    np.einsum("ij,ij->j", bundles, bundles, out=wide[1])
    if len(left):
        wide[:, : len(left)] += left, left * left
    moments: FloatArray = np.add.reduce(wide.reshape(2, -1, block.shape[1]), axis=1)
    return moments


def down_products(left: FloatArray, right: FloatArray) -> FloatArray:
    """Sum the products of two blocks down the rows, shape (n,).

    Parameters
    ----------
    left, right : ndarray of float64, shape (rows, n), contiguous, rows ≥ 1
    """
    (some, end), (others, other_end) = _bundles(left), _bundles(right)
    wide: FloatArray = np.einsum("ij,ij->j", some, others)
    return _folded(wide, end * other_end, left.shape[1], np.add)


def _bundles(block: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Split a block into bundles of one height, shape (bundles, k·n), and the few numbers left."""
    rows, n = block.shape
    height = rows // -(-rows // _rows_in_a_bundle(n))
    width, numbers = height * n, block.reshape(-1)
    whole = len(numbers) // width * width
    return numbers[:whole].reshape(-1, width), numbers[whole:]


def _folded(wide: FloatArray, left: FloatArray, n: int, by: np.ufunc) -> FloatArray:
    """Reduce one value per place in a bundle, and the numbers left, to one per column."""
    if len(left):
        some = wide[: len(left)]
        by(some, left, out=some)
    folded: FloatArray = by.reduce(wide.reshape(-1, n))
    return folded
