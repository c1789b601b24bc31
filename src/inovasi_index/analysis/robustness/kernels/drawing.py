"""Random weights: each row of what is returned sums to 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from inovasi_index.analysis.robustness.kernels.arrays import BoolArray, FloatArray

__all__ = [
    "bounded_by_rejection",
    "bounded_by_walk",
    "dirichlet",
    "exponentials_to_simplex",
    "feasible_point",
    "noisy",
]


def exponentials_to_simplex(exponentials: FloatArray) -> FloatArray:
    """Scale independent standard exponentials, in place, to a uniform point of the simplex.

    Parameters
    ----------
    exponentials : ndarray of float64, shape (n_draws, n_indicators)
        Not negative.
    """
    # A row of zeros has probability nil, but a quasi-random point may well be the origin.
    exponentials += np.finfo(np.float64).tiny
    exponentials /= exponentials.sum(axis=1, keepdims=True)
    return exponentials


def dirichlet(rng: np.random.Generator, n_draws: int, alpha: FloatArray) -> FloatArray:
    """Draw from a Dirichlet distribution; indicators with ``alpha == 0`` get weight 0.

    Parameters
    ----------
    rng : numpy.random.Generator
    n_draws : int
    alpha : ndarray of float64, shape (n_indicators,)

    Returns
    -------
    ndarray of float64, shape (n_draws, n_indicators)
    """
    if (alpha == 1).all():
        return exponentials_to_simplex(rng.standard_exponential((n_draws, len(alpha))))
    draws = np.zeros((n_draws, len(alpha)))
    active = alpha > 0
    draws[:, active] = rng.dirichlet(alpha[active], n_draws)
    return draws


def noisy(uniforms: FloatArray, weights: FloatArray, relative: FloatArray) -> FloatArray:
    """Multiply weights by independent factors and scale them to sum to 1.

    Parameters
    ----------
    uniforms : ndarray of float64, shape (n_draws, n_indicators)
        Uniform on [0, 1); the factor is uniform on ``1 ± relative``.
    weights, relative : ndarray of float64, shape (n_indicators,)
        ``0 <= relative < 1``.
    """
    draws = weights * (1 + relative * (2 * uniforms - 1))
    draws /= draws.sum(axis=1, keepdims=True)
    return draws


def feasible_point(lower: FloatArray, upper: FloatArray) -> FloatArray:
    """Return the point of the bounded simplex that divides every range in the same ratio."""
    span = upper - lower
    room = span.sum()
    return lower + span * ((1 - lower.sum()) / room if room > 0 else 0.0)


def bounded_by_rejection(
    rng: np.random.Generator,
    n_draws: int,
    lower: FloatArray,
    upper: FloatArray,
    *,
    from_above: bool,
) -> tuple[FloatArray, BoolArray]:
    """Try `n_draws` uniform points of the simplex above `lower` (or below `upper`).

    Both simplices contain the bounded one, so the points that keep the other bound are
    uniform on it.

    Returns
    -------
    points : ndarray of float64, shape (n_draws, n_indicators)
    kept : ndarray of bool, shape (n_draws,)
        Which points keep all bounds.
    """
    flat = exponentials_to_simplex(rng.standard_exponential((n_draws, len(lower))))
    if from_above:
        points = upper - (upper.sum() - 1) * flat
        return points, (points >= lower).all(axis=1)
    points = lower + (1 - lower.sum()) * flat
    return points, (points <= upper).all(axis=1)


def bounded_by_walk(
    rng: np.random.Generator,
    n_draws: int,
    lower: FloatArray,
    upper: FloatArray,
    *,
    sweeps: int,
) -> FloatArray:
    """Walk `n_draws` independent chains that have the uniform distribution as their limit.

    One sweep pairs the indicators and draws, for each pair, how the two share their sum,
    uniformly within their bounds: a Gibbs step along the edges of the simplex. Every other
    sweep pairs at random; the ones between pair those of like room, since two wide ranges
    among narrow ones can only give way to each other and would seldom meet by chance.

    Returns
    -------
    ndarray of float64, shape (n_draws, n_indicators)
    """
    half = len(lower) // 2
    low, high = lower[:, None], upper[:, None]
    # What the bounds of an indicator and those of all the others leave to it.
    room = np.minimum(upper, 1 - (lower.sum() - lower))
    room -= np.maximum(lower, 1 - (upper.sum() - upper))
    # One row an indicator, so that a pair is two rows and not two columns to be gathered.
    weights = np.repeat(feasible_point(lower, upper)[:, None], n_draws, axis=1)
    for sweep in range(sweeps):
        if sweep % 2:
            # Rooms of like size change places, so that neighbours are not always the same.
            order = np.argsort(-room * rng.uniform(1, 4, len(room)), kind="stable")
        else:
            order = rng.permutation(len(room))
        one, other = order[0 : 2 * half : 2], order[1 : 2 * half : 2]
        both = weights[one] + weights[other]
        least = np.maximum(low[one], both - high[other])
        share = np.minimum(high[one], both - low[other])
        share -= least
        np.maximum(share, 0, out=share)
        share *= rng.random((half, n_draws))
        share += least
        weights[one] = share
        weights[other] = both - share
    return np.ascontiguousarray(weights.T)
