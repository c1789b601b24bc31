"""Ranks and counts of many draws at once, in integers, so that sums do not depend on order.

Scores are put on a grid that is 2**-32 of the power of two above the largest score of the
draw. Scores at one point of the grid are tied, so that rounding in the last bits of a float
cannot break a tie. The unit stands in the low bits of the same integer, which makes one
plain sort do the work of an indirect one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from inovasi_index.analysis.robustness.kernels.arrays import (
        CountArray,
        FloatArray,
        IntArray,
        PlaceArray,
    )

__all__ = [
    "competition_ranks",
    "count_places",
    "count_steps",
    "first_weight_sums",
    "histogram_quantiles",
    "kept_sets",
    "places",
    "ranks_of",
    "score_bins",
    "win_counts",
]

GRID_BITS = 32
# Adding 1.5 × 2**52 rounds a small double to a whole number and leaves it in the low bits.
_ROUNDER = 1.5 * 2.0**52
_ROUNDER_BITS = int(np.array(_ROUNDER).view(np.int64))
# Below this a power of two that lifts the score to the grid would not be a double.
_LEAST_EXPONENT = -990
# Sums of bytes must not run over.
_DRAWS_A_BYTE_HOLDS = 255


def places(
    scores: FloatArray, position: IntArray, lowest: FloatArray, highest: FloatArray
) -> tuple[PlaceArray, IntArray | None]:
    """Rank the units of every draw.

    Parameters
    ----------
    scores : ndarray of float64, shape (n_draws, n_units)
        Finite.
    position : ndarray of int64, shape (n_units,)
        A permutation; the smaller position goes first where scores are tied.
    lowest, highest : ndarray of float64, shape (n_draws,)
        Of each draw.

    Returns
    -------
    order : ndarray of int32, shape (n_draws, n_units)
        Position of the unit at each place, from the best to the worst.
    ranks : ndarray of int64, shape (n_draws, n_units), or None
        Rank of the unit at each place, from 0; tied units share the best rank. `None` when
        no draw has a tie: then a rank is a place.
    """
    n = scores.shape[1]
    bits = max(1, (n - 1).bit_length())
    exponent = np.frexp(np.maximum(highest, -lowest))[1]
    lift = np.ldexp(1.0, GRID_BITS - np.maximum(exponent, _LEAST_EXPONENT))
    behind = highest[:, None] - scores
    behind *= lift[:, None]
    behind += _ROUNDER
    grid = behind.view(np.int64)
    # 32-bit integers sort more than twice as fast. They hold the upper bits of the grid;
    # draws in which two units agree in these are sorted again, on the full grid.
    widest = int(((highest - lowest) * lift).max()) + 1
    short = (grid >> max(0, widest.bit_length() + bits - 31)).astype(np.int32)
    short <<= bits
    short |= position.astype(np.int32)
    short.sort(axis=1)
    unclear = ((short[:, 1:] ^ short[:, :-1]) < 1 << bits).any(axis=1)
    short &= (1 << bits) - 1
    ranks = None
    if unclear.any():
        keys = ((grid[unclear] - _ROUNDER_BITS) << bits) | position
        keys.sort(axis=1)
        # Neighbours that differ in their low bits alone stand at one point of the grid.
        tied = (keys[:, 1:] ^ keys[:, :-1]) < 1 << bits
        short[unclear] = keys & ((1 << bits) - 1)
        if tied.any():
            ranks = np.tile(np.arange(n), (len(scores), 1))
            shared = ranks[unclear]
            shared[:, 1:][tied] = 0
            ranks[unclear] = np.maximum.accumulate(shared, axis=1)
    return short, ranks


def ranks_of(order: PlaceArray, ranks: IntArray | None) -> IntArray:
    """Return the rank of each position, from 0, int64 (n_draws, n_units)."""
    out = np.empty(order.shape, np.int64)
    given = np.broadcast_to(np.arange(order.shape[1]), order.shape) if ranks is None else ranks
    np.put_along_axis(out, order.astype(np.int64), given, axis=1)
    return out


def competition_ranks(scores: FloatArray) -> IntArray:
    """Return ranks from 1; tied units share the best one (1, 2, 2, 4).

    Parameters
    ----------
    scores : ndarray of float64, shape (n_draws, n_units)
        Finite; the larger is the better.

    Returns
    -------
    ndarray of int64, shape (n_draws, n_units)
    """
    as_given = np.arange(scores.shape[1])
    order, ranks = places(scores, as_given, scores.min(axis=1), scores.max(axis=1))
    return ranks_of(order, ranks) + np.int64(1)


def score_bins(
    scores: FloatArray, *, lower: float, steps_per_unit: float, slack: float
) -> IntArray:
    """Return the step of a scale that each score rounds to, halves up.

    Parameters
    ----------
    scores : ndarray of float64, shape (n_draws, n_units)
        On or above `lower`.
    lower : float
        Score of step 0.
    steps_per_unit : float
    slack : float
        How far below a half, in steps, a score may fall by rounding and still count as the
        half.

    Returns
    -------
    ndarray of int64, shape (n_draws, n_units)
    """
    steps = scores * steps_per_unit
    steps += 0.5 + slack - lower * steps_per_unit
    return steps.astype(np.int64)


def count_places(counts: CountArray, order: PlaceArray, ranks: IntArray | None) -> None:
    """Add 1 at the rank and position of every unit in every draw.

    Parameters
    ----------
    counts : ndarray of uint32, shape (n_units, n_units)
        ``[rank, position]``, C-contiguous; changed in place.
    order : ndarray of int32, shape (n_draws, n_units)
    ranks : ndarray of int64, shape (n_draws, n_units), or None
        As `places` gives them.
    """
    n = len(counts)
    flat = order + (np.arange(n) if ranks is None else ranks) * n
    np.add.at(counts.reshape(-1), flat.reshape(-1), np.uint32(1))


def count_steps(counts: CountArray, steps: IntArray) -> None:
    """Add 1 at the step of every unit in every draw.

    Parameters
    ----------
    counts : ndarray of uint32, shape (n_units, n_steps)
        C-contiguous; changed in place.
    steps : ndarray of int64, shape (n_draws, n_units)
    """
    # Unit by unit, so that the counters at work stay in the cache.
    flat = steps.T + np.arange(0, counts.size, counts.shape[1])[:, None]
    np.add.at(counts.reshape(-1), np.ravel(flat), np.uint32(1))


def kept_sets(order: PlaceArray, n_top: int) -> IntArray:
    """Count the draws in which the first k units are the first k positions, for each k.

    Parameters
    ----------
    order : ndarray of int32, shape (n_draws, n_units)
        Position of the unit at each place.
    n_top : int

    Returns
    -------
    ndarray of int64, shape (n_top,)
        For k = 1 … n_top.
    """
    furthest = np.maximum.accumulate(order[:, :n_top], axis=1)
    return np.asarray((furthest == np.arange(n_top)).sum(axis=0, dtype=np.int64))


def win_counts(ranks: IntArray) -> IntArray:
    """Count the draws in which one unit is ranked strictly before another.

    Parameters
    ----------
    ranks : ndarray of int, shape (n_draws, n_rivals)

    Returns
    -------
    ndarray of int64, shape (n_rivals, n_rivals)
        ``[a, b]``: a before b.
    """
    n = ranks.shape[1]
    counts = np.zeros((n, n), np.int64)
    small = np.ascontiguousarray(ranks, dtype=np.uint16 if ranks.max() < 1 << 16 else np.uint32)
    for start in range(0, len(small), _DRAWS_A_BYTE_HOLDS):
        part = small[start : start + _DRAWS_A_BYTE_HOLDS]
        before = np.empty(part.shape, np.bool_)
        for a in range(n):
            np.less(part[:, a : a + 1], part, out=before)
            counts[a] += np.add.reduce(before.view(np.uint8), axis=0, dtype=np.uint8)
    return counts


def first_weight_sums(
    sums: IntArray, weights: IntArray, order: PlaceArray, ranks: IntArray | None
) -> None:
    """Add the weights of each draw to the sums of the unit, or the tied units, ranked first.

    Parameters
    ----------
    sums : ndarray of int64, shape (n_units, n_indicators)
        Changed in place.
    weights : ndarray of int64, shape (n_draws, n_indicators)
        Fixed point.
    order : ndarray of int32, shape (n_draws, n_units)
    ranks : ndarray of int64, shape (n_draws, n_units), or None
        As `places` gives them.
    """
    if ranks is None:
        winners = order[:, 0]
    else:
        first = ranks == 0
        winners = order[first]
        weights = weights[np.nonzero(first)[0]]
    n = sums.shape[1]
    flat = winners[:, None] * n + np.arange(n)
    np.add.at(sums.reshape(-1), flat.reshape(-1), weights.reshape(-1))


def histogram_quantiles(counts: CountArray, probabilities: FloatArray) -> IntArray:
    """Return, for each row, the least column at or below which the given share of counts lies.

    Parameters
    ----------
    counts : ndarray of uint32, shape (n_rows, n_columns)
        Every row has the same sum, which is not 0.
    probabilities : ndarray of float64, shape (n_probabilities,)
        0 to 1.

    Returns
    -------
    ndarray of int64, shape (n_rows, n_probabilities)
    """
    total = int(counts[0].sum(dtype=np.int64))
    # The share is compared as a count; what falls short of it by rounding alone counts.
    needed = np.maximum(np.ceil(probabilities * total - 1e-9 * total).astype(np.int64), 1)
    out = np.empty((len(counts), len(needed)), np.int64)
    for n, row in enumerate(counts):
        out[n] = np.searchsorted(np.cumsum(row, dtype=np.int64), needed, side="left")
    return out
