"""Formulas that make one number of several, row by row.

Values are float64 of shape (rows, k) without NaN. Weights are not negative and have shape
(k,), or (rows, k) where they differ by row; their unit does not matter to a mean. A value
with weight 0 does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def weighted_sum(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """``Σ w x`` of each row."""
    if weights.ndim == 1:
        return np.asarray(values @ weights)
    return np.asarray(np.einsum("ij,ij->i", values, weights))


def scaled_to_one(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights divided by their sum."""
    # The largest goes first, so that neither the sum nor a quotient overflows.
    relative = weights / weights.max(axis=-1, keepdims=True)
    return np.asarray(relative / relative.sum(axis=-1, keepdims=True))


def arithmetic(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """``Σ w x / Σ w``."""
    return np.asarray(weighted_sum(values, weights) / weights.sum(axis=-1))


def geometric(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """``(Π x^w)^(1 / Σ w)`` of values from 0 on; 0 when a value with a weight is 0."""
    return np.asarray(np.exp(_mean_logarithm(values, scaled_to_one(weights))))


def _mean_logarithm(
    values: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    zero = values == 0
    if not zero.any():
        return weighted_sum(np.log(values), shares)
    # 0 times the logarithm of 0 would be NaN, and only the weighted zeros count.
    mean = weighted_sum(np.log(np.where(zero, 1.0, values)), shares)
    return np.where((zero & (shares > 0)).any(axis=1), -np.inf, mean)


def harmonic(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """``Σ w / Σ (w / x)`` of values from 0 on; 0 when a value with a weight is 0."""
    shares = scaled_to_one(weights)
    zero = values == 0
    if not zero.any():
        return np.asarray(1.0 / weighted_sum(1.0 / values, shares))
    mean = 1.0 / weighted_sum(1.0 / np.where(zero, 1.0, values), shares)
    return np.where((zero & (shares > 0)).any(axis=1), 0.0, mean)


def power_mean(
    values: NDArray[np.float64], weights: NDArray[np.float64], power: float
) -> NDArray[np.float64]:
    """``(Σ w x^p / Σ w)^(1/p)`` of values from 0 on, with its limits at p of 0 and ±∞.

    The values are divided by the one that decides at this power, so that nothing overflows,
    and near a power of 0 the formula is taken around the geometric mean, which it tends to.
    """
    if power == 0:
        return geometric(values, weights)
    shares = scaled_to_one(weights)
    counted = shares > 0
    greatest = np.where(counted, values, 0.0).max(axis=1)
    if power == np.inf:
        return np.asarray(greatest)
    least = np.where(counted, values, np.inf).min(axis=1)
    if power == -np.inf:
        return np.asarray(least)
    # Rows in which a 0 decides: all are 0, or one is and the power is not positive.
    lost = (greatest if power > 0 else least) == 0
    decisive = np.where(lost, 1.0, greatest if power > 0 else least)[:, None]
    # At most 1 each, so that no power of them overflows.
    relative = np.where(counted, values, decisive)
    relative = relative / decisive if power > 0 else decisive / np.where(relative == 0, 1, relative)
    if abs(power) >= 1e-2:
        mean = weighted_sum(relative ** abs(power), shares) ** (1.0 / power)
    else:
        logarithms = np.log(relative, out=np.full_like(relative, -np.inf), where=relative > 0)
        away = weighted_sum(np.expm1(abs(power) * logarithms), shares)
        mean = np.exp(np.log1p(away) / power)
    return np.where(lost, 0.0, decisive[:, 0] * mean)


def minimum(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the smallest value that has a weight."""
    if (weights > 0).all():
        return np.asarray(values.min(axis=1))
    return np.asarray(np.where(weights > 0, values, np.inf).min(axis=1))


def mazziotta_pareto(
    values: NDArray[np.float64], weights: NDArray[np.float64], sign: int
) -> NDArray[np.float64]:
    """``M + sign · S² / M`` with the weighted mean and population variance of each row."""
    shares = scaled_to_one(weights)
    mean = weighted_sum(values, shares)
    variance = weighted_sum((values - mean[:, None]) ** 2, shares)
    return np.asarray(mean + sign * variance / mean)
