"""Removal effects of columns (MEREC)."""

from __future__ import annotations

import numpy as np

from inovasi_index.weighting.kernels.passes import (
    FloatArray,
    Table,
    bundled_blocks,
    fold,
    room_for,
    row_sums,
    scratch,
    widen,
)

__all__ = ["removal_effects"]


def removal_effects(
    table: Table, reference: FloatArray, *, costs: bool = False, offset: float = 0.0
) -> FloatArray:
    """Return how much the performance of all rows changes when a column is removed.

    With a = |ln(x / reference)| and s = Σⱼ a / n, a row performs ``S = ln(1 + s)`` and
    without column j ``S' = ln(1 + s - a / n)``. So ``|S' - S| = -ln(1 - a / (n (1 + s)))``:
    one logarithm for each number, no loop over what is left out.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
        Positive after the offset is added.
    reference : ndarray of float64, shape (n,)
        Least value of a benefit, greatest value of a cost, offset included.
    costs : bool
        Whether any column is a cost.
    offset : float
        Added to every value.

    Returns
    -------
    ndarray of float64, shape (n,)
        ``Σᵢ |S' - S|``, not negative.
    """
    n = table.shape[1]
    wide = widen(np.log(reference))
    total, room = np.zeros_like(wide), scratch(table)
    for block in bundled_blocks(table):
        width = block.shape[1]
        distance = room_for(block, room)
        np.log(block if offset == 0 else np.add(block, offset, out=distance), out=distance)
        distance -= wide[:width]
        if costs:
            np.abs(distance, out=distance)
        rows = distance.reshape(-1, n)
        rows *= (-1 / (n + row_sums(rows)))[:, None]
        total[:width] -= np.add.reduce(np.log1p(distance, out=distance))
    return fold(total, n)
