"""Comparison of rows with each other: Borda, Copeland, outranking and Kemeny.

Values are float64 of shape (rows, k) without NaN, more is better; weights have shape (k,).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.composite.kernels.ranks import ranks_from_bottom

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Pairs that are worked on at a time.
BLOCK = 1 << 20


def borda(
    values: NDArray[np.float64], weights: NDArray[np.float64], ties: str
) -> NDArray[np.float64]:
    """Sum of weights times the number of rows that a row beats in each column."""
    places = ranks_from_bottom(np.ascontiguousarray(values.T), ties)
    return np.asarray(weights @ (places - 1.0))


def margins(
    values: NDArray[np.float64], weights: NDArray[np.float64], rows: slice
) -> NDArray[np.float64]:
    """Weight of the columns in which a row is ahead, less that in which it is behind.

    Returns
    -------
    ndarray of float64, shape (len(rows), n)
    """
    some = values[rows]
    total = np.zeros((len(some), len(values)))
    for column, other, weight in zip(some.T, values.T, weights, strict=True):
        ahead = (column[:, None] > other).view(np.int8)
        behind = (column[:, None] < other).view(np.int8)
        total += weight * (ahead - behind)
    return total


def outranking(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weight of the columns in which row i beats row j, plus half of where they are equal."""
    matrix = (weights.sum() + margins(values, weights, slice(None))) / 2
    np.fill_diagonal(matrix, 0.0)
    return np.asarray(matrix)


def copeland(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Majorities won less majorities lost.

    A margin within the rounding of the weights is no majority.
    """
    n = len(values)
    score = np.empty(n)
    rounding = 1e-12 * weights.sum()
    step = max(1, BLOCK // n)
    for start in range(0, n, step):
        rows = slice(start, start + step)
        margin = margins(values, weights, rows)
        score[rows] = (margin > rounding).sum(axis=1) - (margin < -rounding).sum(axis=1)
    return score


def net_flows(
    values: NDArray[np.float64],
    weights: NDArray[np.float64],
    indifference: NDArray[np.float64],
    preference: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Net flow of PROMETHEE II with linear preference, by sorting each column.

    The preference for a value over one that is lower by d is 0 up to the threshold of
    indifference, 1 above that of preference, and linear in between. The flow of a value is
    a sum over the ones that are lower less a sum over the ones that are higher; in a sorted
    column each is a count plus a difference of running sums.
    """
    n = len(values)
    upright = np.ascontiguousarray(values.T)
    flows = np.empty(upright.shape)
    usual = preference == 0
    # Without thresholds a flow is the number of lower values less that of higher ones.
    flows[usual] = 2.0 * ranks_from_bottom(upright[usual], "average") - (n + 1)
    for j in np.flatnonzero(~usual):
        order = upright[j].argsort()
        ordered = upright[j, order]
        over = _preferred(ordered, indifference[j], preference[j])
        under = _preferred(-ordered[::-1], indifference[j], preference[j])[::-1]
        flows[j, order] = over - under
    return np.asarray(weights @ flows / (weights.sum() * max(n - 1, 1)))


def _preferred(
    ordered: NDArray[np.float64], indifference: float, preference: float
) -> NDArray[np.float64]:
    """Sum the preference for each of the rising numbers over the ones below it."""
    if preference == indifference:
        return np.searchsorted(ordered, ordered - preference, side="left").astype(np.float64)
    centred = ordered - ordered.mean()
    fully = np.searchsorted(centred, centred - preference, side="right")
    partly = np.searchsorted(centred, centred - indifference, side="left")
    running = np.concatenate([[0.0], np.cumsum(centred)])
    between = (partly - fully) * (centred - indifference) - (running[partly] - running[fully])
    return np.asarray(fully + np.maximum(between, 0.0) / (preference - indifference))
