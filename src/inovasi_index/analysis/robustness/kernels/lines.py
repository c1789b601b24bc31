"""How far one weight can move before linear scores change places.

When weight j is set to t and the others are scaled so that the sum W stays, every score is a
straight line in t. The functions here do the same arithmetic on floats and on arrays of
exact fractions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from inovasi_index.analysis.robustness.kernels.arrays import IntArray, NumberArray

__all__ = ["intervals", "slopes"]


def slopes(values: NumberArray, weights: NumberArray) -> NumberArray:
    """Return the slope of every score in every weight.

    Parameters
    ----------
    values : ndarray of numbers, shape (n_units, n_indicators)
    weights : ndarray of numbers, shape (n_indicators,)

    Returns
    -------
    ndarray of numbers, shape (n_indicators, n_units)
        ``x_j - sum(w_k x_k, k != j) / sum(w_k, k != j)``; 0 where the other weights are all
        0, so that nothing can take up the change.
    """
    out = np.zeros(values.T.shape, dtype=values.dtype)
    for j in range(len(weights)):
        others = np.delete(weights, j)
        total = others.sum()
        if total:
            out[j] = values[:, j] - (np.delete(values, j, axis=1) @ others) / total
    return out


def intervals(
    gaps: NumberArray, gap_slopes: NumberArray, weights: NumberArray, *, ties: NumberArray
) -> tuple[NumberArray, NumberArray, IntArray, IntArray]:
    """Return the interval of each weight in which no gap becomes negative.

    Parameters
    ----------
    gaps : ndarray of numbers, shape (n_gaps,)
        What must not become negative, at the given weights.
    gap_slopes : ndarray of numbers, shape (n_indicators, n_gaps)
    weights : ndarray of numbers, shape (n_indicators,)
    ties : ndarray of bool, shape (n_gaps,)
        Gaps that must stay 0.

    Returns
    -------
    lower, upper : ndarray of numbers, shape (n_indicators,)
        Between 0 and the sum of the weights.
    lower_gap, upper_gap : ndarray of int64, shape (n_indicators,)
        Which gap closes at that end; -1 where none does.
    """
    total = weights.sum()
    lower, upper = weights * 0, weights * 0 + total
    lower_gap = np.full(weights.shape, -1)
    upper_gap = np.full(weights.shape, -1)
    for j, (weight, slope) in enumerate(zip(weights, gap_slopes, strict=True)):
        for below in (True, False):
            closing = np.flatnonzero(
                ((slope > 0) if below else (slope < 0)) | (ties & (slope != 0))
            )
            if not closing.size:
                continue
            reach = gaps[closing] / abs(slope[closing])
            reach[ties[closing]] = 0
            nearest = int(np.argmin(reach))
            end = weight - reach[nearest] if below else weight + reach[nearest]
            if below and end >= 0:
                lower[j], lower_gap[j] = end, closing[nearest]
            elif not below and end <= total:
                upper[j], upper_gap[j] = end, closing[nearest]
    return lower, upper, lower_gap, upper_gap
