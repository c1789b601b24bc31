"""Priorities from pairwise comparisons, and how consistent the comparisons are.

A matrix of comparisons has 1 on its diagonal, ``a[i, j] = 1 / a[j, i] > 0`` elsewhere and
NaN where a comparison is missing. Enough comparisons must be there to link all items.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from inovasi_index.weighting.kernels.passes import FloatArray

__all__ = [
    "geometric_consistency_index",
    "geometric_mean_priorities",
    "is_connected",
    "log_deviations",
    "mean_comparisons",
    "mean_priorities",
    "prevalence",
    "principal_priorities",
]


def is_connected(matrix: FloatArray) -> bool:
    """Return whether the known comparisons link every item with every other."""
    known = ~np.isnan(matrix)
    reached = known[0]
    while True:
        further = known[reached].any(axis=0)
        if further.sum() == reached.sum():
            return bool(reached.all())
        reached = further


def principal_priorities(matrix: FloatArray) -> tuple[FloatArray, float]:
    """Return the principal eigenvector, scaled to sum 1, and its eigenvalue.

    A missing comparison is replaced by the ratio of the unknown priorities, which puts 0
    in its place and one more on the diagonal of its row (Harker).

    Parameters
    ----------
    matrix : ndarray of float64, shape (n, n)

    Returns
    -------
    priorities : ndarray of float64, shape (n,)
    eigenvalue : float
        n for consistent comparisons, otherwise larger.
    """
    missing = np.isnan(matrix)
    filled = np.where(missing, 0.0, matrix) + np.diag(missing.sum(axis=1).astype(np.float64))
    values, vectors = np.linalg.eig(filled)
    principal = int(np.argmax(np.real(values)))
    vector = np.abs(np.real(vectors[:, principal]))
    return vector / vector.sum(), float(np.real(values[principal]))


def geometric_mean_priorities(matrix: FloatArray) -> FloatArray:
    """Return the priorities that fit the logarithms of the comparisons best.

    The geometric means of the rows; with missing comparisons the solution of logarithmic
    least squares over the known ones, scaled to sum 1.

    Parameters
    ----------
    matrix : ndarray of float64, shape (n, n)
    """
    known = ~np.isnan(matrix)
    logarithms = np.log(np.where(known, matrix, 1.0))
    laplacian = np.diag(known.sum(axis=1).astype(np.float64)) - known
    # Adding the same to all logarithms changes nothing: fix their sum at 0.
    solution = np.linalg.solve(laplacian + 1.0, logarithms.sum(axis=1))
    weights = np.exp(solution - solution.max())
    priorities: FloatArray = weights / weights.sum()
    return priorities


def log_deviations(matrix: FloatArray, priorities: FloatArray) -> FloatArray:
    """Return ``ln(aᵢⱼ wⱼ / wᵢ)``, shape (n, n): 0 where consistent, 0 where missing."""
    deviation = np.log(matrix * priorities / priorities[:, None])
    return np.where(np.isnan(deviation), 0.0, deviation)


def geometric_consistency_index(matrix: FloatArray, priorities: FloatArray) -> float:
    """Return ``2 / ((n-1)(n-2)) Σ_{i<j} ln²(aᵢⱼ wⱼ / wᵢ)``; 0 for two items."""
    n = len(matrix)
    if n < 3:
        return 0.0
    squares = float((log_deviations(matrix, priorities) ** 2).sum()) / 2
    return 2 * squares / ((n - 1) * (n - 2))


def mean_comparisons(matrices: FloatArray, shares: FloatArray) -> FloatArray:
    """Return the weighted geometric mean of the comparisons that judges made, shape (n, n).

    Parameters
    ----------
    matrices : ndarray of float64, shape (judges, n, n)
        NaN where a judge did not compare; NaN in the result where none did.
    shares : ndarray of float64, shape (judges,)
        Weights of the judges.
    """
    known = ~np.isnan(matrices)
    logarithms = np.log(np.where(known, matrices, 1.0))
    voice = np.tensordot(shares, known, axes=1)
    total = np.tensordot(shares, logarithms, axes=1)
    mean = np.exp(total / np.where(voice > 0, voice, 1.0))
    return np.where(voice > 0, mean, np.nan)


def mean_priorities(priorities: FloatArray, shares: FloatArray) -> FloatArray:
    """Return the weighted geometric mean of priorities (judges, n), scaled to sum 1."""
    mean = np.exp(shares @ np.log(priorities))
    scaled: FloatArray = mean / mean.sum()
    return scaled


def prevalence(matrix: FloatArray) -> FloatArray:
    """Return the row sums of a matrix of preferences over their total, shape (n,)."""
    total = matrix.sum(axis=1)
    shares: FloatArray = total / total.sum()
    return shares
