"""Array work behind the level table: pure functions over NumPy arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["affairs_covered", "as_columns", "first_out_of_range", "level_counts"]

_BLOCK = 16384  # rows of 20 bytes whose transpose stays in the cache
_CELLS = 1 << 15  # indices of eight bytes that stay in the cache


def as_columns(levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a row-major table as one contiguous run of bytes an indicator.

    Parameters
    ----------
    levels : ndarray of uint8, shape (n_innovations, n_rows)

    Returns
    -------
    ndarray of uint8, shape (n_rows, n_innovations), C-contiguous
    """
    n, m = levels.shape
    columns = np.empty((m, n), np.uint8)
    for start in range(0, n, _BLOCK):
        columns[:, start : start + _BLOCK] = levels[start : start + _BLOCK].T
    return columns


def first_out_of_range(
    columns: NDArray[np.uint8], top_levels: NDArray[np.uint8]
) -> tuple[int, int] | None:
    """Return (row, innovation) of a level above the top of its row; `None` if there is none.

    Parameters
    ----------
    columns : ndarray of uint8, shape (n_rows, n_innovations)
    top_levels : ndarray of uint8, shape (n_rows,)
    """
    if columns.size == 0:
        return None
    above = np.flatnonzero(columns.max(axis=1) > top_levels)
    if not above.size:
        return None
    row = int(above[0])
    return row, int(np.argmax(columns[row] > top_levels[row]))


def affairs_covered(
    affair_of: NDArray[np.integer], region_of: NDArray[np.intp], n_regions: int, *, n_affairs: int
) -> NDArray[np.bool_]:
    """Mark which affairs the innovations of each region cover.

    Parameters
    ----------
    affair_of : ndarray of int, shape (n_innovations,)
        -1 where unknown.
    region_of : ndarray of intp, shape (n_innovations,)
    n_regions, n_affairs : int

    Returns
    -------
    ndarray of bool, shape (n_regions, n_affairs)
    """
    # One column more, before the others, takes the unknown affairs: index -1.
    covered = np.zeros(n_regions * (n_affairs + 1), np.bool_)
    cells = np.empty(min(_CELLS, len(region_of)), np.intp)
    for start in range(0, len(region_of), _CELLS):
        regions = region_of[start : start + _CELLS]
        cell = cells[: len(regions)]
        np.multiply(regions, n_affairs + 1, out=cell)
        cell += affair_of[start : start + _CELLS]
        cell += 1
        covered[cell] = True
    return covered.reshape(n_regions, n_affairs + 1)[:, 1:]


def level_counts(
    columns: NDArray[np.uint8] | Sequence[NDArray[np.uint8]],
    owner_of: NDArray[np.intp],
    *,
    n_owners: int,
    n_levels: int,
) -> NDArray[np.int64]:
    """Count how often each owner has each level in each row.

    Parameters
    ----------
    columns : ndarray of uint8, shape (n_rows, n_innovations), or sequence of such rows
    owner_of : ndarray of intp, shape (n_innovations,)
    n_owners : int
    n_levels : int
        Level 0 included.

    Returns
    -------
    ndarray of int64, shape (n_rows, n_owners, n_levels)
    """
    counts = np.empty((len(columns), n_owners, n_levels), np.int64)
    first = owner_of * n_levels
    cell = np.empty_like(first)
    for row, levels in zip(counts, columns, strict=True):
        np.add(first, levels, out=cell)
        row[:] = np.bincount(cell, minlength=n_owners * n_levels).reshape(n_owners, n_levels)
    return counts
