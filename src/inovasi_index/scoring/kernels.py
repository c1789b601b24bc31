"""The arithmetic of the index: pure functions over integer arrays, exact.

Points are counted in units of the greatest common divisor of the weights, so that the
maturity of an innovation (at most 111 points in the official editions) fits one byte and
each column is added as bytes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

__all__ = [
    "index_hundredths",
    "maturity_units",
    "owner_sums",
    "unit_of",
]

# Bytes of one column that are worked on at a time: two of them fit the second-level cache.
_BLOCK = 1 << 18


def unit_of(weights_hundredths: Sequence[int]) -> int:
    """Return the greatest common divisor of the weights, in hundredths of a point."""
    return math.gcd(*weights_hundredths) or 1


def _points_dtype(most: int) -> type[np.unsignedinteger]:
    return np.uint8 if most < 1 << 8 else np.uint16 if most < 1 << 16 else np.uint64


def _block_points(
    columns: NDArray[np.uint8] | Sequence[NDArray[np.uint8]], weights: Sequence[int], most: int
) -> Iterator[tuple[slice, NDArray[np.unsignedinteger]]]:
    """Yield the weighted sum of the columns, block by block, in a buffer that is reused.

    Columns of equal weight are added first and multiplied once.
    """
    n = len(columns[0])
    dtype = _points_dtype(most)
    points = np.empty(min(_BLOCK, n), dtype)
    group = np.empty_like(points)
    rows_of = {w: [m for m, v in enumerate(weights) if v == w] for w in sorted(set(weights))}
    for start in range(0, n, _BLOCK):
        block = slice(start, min(start + _BLOCK, n))
        total, part = points[: block.stop - start], group[: block.stop - start]
        total[:] = 0
        for weight, rows in rows_of.items():
            part[:] = columns[rows[0]][block]
            for m in rows[1:]:
                np.add(part, columns[m][block], out=part)
            if weight != 1:
                np.multiply(part, dtype(weight), out=part)
            np.add(total, part, out=total)
        yield block, total


def maturity_units(
    columns: NDArray[np.uint8], weights: Sequence[int], most: int
) -> NDArray[np.unsignedinteger]:
    """Return the maturity of every innovation.

    Parameters
    ----------
    columns : ndarray of uint8, shape (n_rows, n_innovations)
    weights : sequence of int, length n_rows
        Weight of a level, in units.
    most : int
        The largest maturity that is possible, in units.

    Returns
    -------
    ndarray of unsigned int, shape (n_innovations,), in units
        The smallest type that holds `most`.
    """
    out = np.empty(columns.shape[1], _points_dtype(most))
    for block, points in _block_points(columns, weights, most):
        out[block] = points
    return out


def owner_sums(
    columns: NDArray[np.uint8] | Sequence[NDArray[np.uint8]],
    weights: Sequence[int],
    owner_of: NDArray[np.intp],
    *,
    n_owners: int,
    most: int,
) -> NDArray[np.int64]:
    """Return the sum of the maturities of each owner's innovations.

    Parameters
    ----------
    columns : ndarray of uint8, shape (n_rows, n_innovations), or sequence of such rows
    weights : sequence of int, length n_rows
        Weight of a level, in units.
    owner_of : ndarray of intp, shape (n_innovations,)
        Index of the region, or of the agency.
    n_owners, most : int
        As for `maturity_units`.

    Returns
    -------
    ndarray of int64, shape (n_owners,), in units
    """
    sums = np.zeros(n_owners, np.int64)
    for block, points in _block_points(columns, weights, most):
        # Doubles are exact here: a block sums to less than 2**53.
        part = np.bincount(owner_of[block], weights=points, minlength=n_owners)
        sums += part.astype(np.int64)
    return sums


def index_hundredths(
    fixed_hundredths: NDArray[np.int64],
    maturity_hundredths: NDArray[np.int64],
    divisor: NDArray[np.int64],
    *,
    total_hundredths: int,
    decimals: int,
) -> NDArray[np.int64]:
    """Return the index, rounded half up to `decimals`, in hundredths.

    ``index = (fixed + maturity / divisor) / total × 100``, in integers until the one division.

    Parameters
    ----------
    fixed_hundredths : ndarray of int64, shape (n_regions,)
        Region part plus count points.
    maturity_hundredths : ndarray of int64, shape (n_regions,)
        Sum of the maturities.
    divisor : ndarray of int64, shape (n_regions,)
        Positive.
    total_hundredths : int
        Points of the maximum.
    decimals : int
        0, 1 or 2.

    Returns
    -------
    ndarray of int64, shape (n_regions,)
    """
    scale = 100 * 10**decimals
    largest = 2 * scale * total_hundredths * int(divisor.max(initial=1))
    if largest >= 1 << 62:  # beyond any real index: Python's integers have no limit
        fixed_hundredths = fixed_hundredths.astype(object)
        divisor = divisor.astype(object)
    total: NDArray[np.int64] = divisor * total_hundredths
    points = fixed_hundredths * divisor + maturity_hundredths
    rounded: NDArray[np.int64] = (
        (points * (2 * scale) + total) // (2 * total) * 10 ** (2 - decimals)
    )
    return rounded.astype(np.int64)
