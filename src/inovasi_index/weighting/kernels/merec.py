"""Removal effects of columns (MEREC)."""

from __future__ import annotations

import numpy as np

from inovasi_index.composite.kernels.bundles import (
    across,
    blocks_and_rooms,
    down,
    widen,
)
from inovasi_index.weighting.kernels.passes import FloatArray, Table, row_sums

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
    wide, total = widen(np.log(reference)), np.zeros(n)
    for block, (room,) in blocks_and_rooms(table, 1):
        distance = np.log(block if offset == 0 else np.add(block, offset, out=room), out=room)
        across(np.subtract, distance, wide, out=distance)
        if costs:
            np.abs(distance, out=distance)
        distance *= (-1 / (n + row_sums(distance)))[:, None]
        total -= down(np.log1p(distance, out=distance))
    return total
