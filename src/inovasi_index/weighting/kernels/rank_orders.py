"""Weights of the places in a ranking, first place first; and of ties among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from inovasi_index.weighting.kernels.passes import FloatArray

__all__ = ["centroid", "concordance", "mean_over_ties", "rank_sum", "reciprocal"]


def centroid(n: int) -> FloatArray:
    """Return ``wᵣ = (1/n) Σ_{k=r..n} 1/k``, shape (n,)."""
    return np.cumsum(1 / np.arange(n, 0, -1))[::-1] / n


def rank_sum(n: int) -> FloatArray:
    """Return ``wᵣ = 2 (n + 1 - r) / (n (n + 1))``, shape (n,)."""
    weights: FloatArray = 2 * np.arange(n, 0, -1) / (n * (n + 1))
    return weights


def reciprocal(n: int) -> FloatArray:
    """Return ``wᵣ = (1/r) / Σ_k 1/k``, shape (n,)."""
    inverse = 1 / np.arange(1, n + 1)
    weights: FloatArray = inverse / inverse.sum()
    return weights


def mean_over_ties(weights: FloatArray, sizes: list[int]) -> FloatArray:
    """Give tied places the mean of their weights.

    Parameters
    ----------
    weights : ndarray of float64, shape (n,)
    sizes : list of int
        How many share each place, first place first; the sum is n.
    """
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    return np.repeat(np.add.reduceat(weights, starts) / sizes, sizes)


def concordance(ranks: FloatArray) -> float:
    """Return Kendall's coefficient W of several rankings, corrected for ties.

    Parameters
    ----------
    ranks : ndarray of float64, shape (judges, n)
        Mean ranks; n ≥ 2.

    Returns
    -------
    float
        0 (no agreement) to 1; NaN when no judge makes a difference.
    """
    judges = len(ranks)
    total = ranks.sum(axis=0)
    between = float(((total - total.mean()) ** 2).sum())
    # The spread of a ranking with ties is (n³ - n - Σ(t³ - t)) / 12 around its own mean.
    most = judges * float(((ranks - ranks.mean(axis=1, keepdims=True)) ** 2).sum())
    return between / most if most > 0 else float("nan")
