"""Principal components, maximum-likelihood factors and their rotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from inovasi_index.weighting.kernels.passes import FloatArray

__all__ = [
    "component_loadings",
    "eigenvalues",
    "likelihood_loadings",
    "loading_weights",
    "varimax",
]


def eigenvalues(correlation: FloatArray) -> FloatArray:
    """Return the eigenvalues of a correlation matrix, greatest first, shape (n,)."""
    values: FloatArray = np.maximum(np.linalg.eigvalsh(correlation)[::-1], 0.0)
    return values


def component_loadings(correlation: FloatArray, k: int) -> FloatArray:
    """Return the loadings of the first k principal components, shape (n, k)."""
    values, vectors = np.linalg.eigh(correlation)
    loadings: FloatArray = vectors[:, : -k - 1 : -1] * np.sqrt(np.maximum(values[: -k - 1 : -1], 0))
    return loadings


def likelihood_loadings(
    correlation: FloatArray, k: int, *, least_unique: float
) -> tuple[FloatArray, FloatArray]:
    """Fit k factors by maximum likelihood.

    Minimises over the unique variances ψ the profile of the discrepancy,
    ``-Σ_{i>k} (ln θᵢ - θᵢ) - n + k`` with θ the eigenvalues of ``ψ^-½ R ψ^-½``.

    Parameters
    ----------
    correlation : ndarray of float64, shape (n, n)
    k : int
    least_unique : float
        Lower bound of the unique variances.

    Returns
    -------
    loadings : ndarray of float64, shape (n, k)
    unique : ndarray of float64, shape (n,)
    """
    from scipy.optimize import minimize

    n = len(correlation)

    def scaled(unique: FloatArray) -> tuple[FloatArray, FloatArray]:
        scale = 1 / np.sqrt(unique)
        values, vectors = np.linalg.eigh(correlation * scale * scale[:, None])
        return np.maximum(values[::-1], 1e-300), vectors[:, ::-1]

    def loadings_at(unique: FloatArray) -> FloatArray:
        values, vectors = scaled(unique)
        strength = np.sqrt(np.maximum(values[:k] - 1, 0.0))
        loadings: FloatArray = np.sqrt(unique)[:, None] * vectors[:, :k] * strength
        return loadings

    def discrepancy(unique: FloatArray) -> tuple[float, FloatArray]:
        values = scaled(unique)[0][k:]
        loadings = loadings_at(unique)
        fitted = (loadings**2).sum(axis=1) + unique
        gradient = (fitted - np.diagonal(correlation)) / unique**2
        return float((values - np.log(values)).sum()) - n + k, gradient

    smooth = np.linalg.pinv(correlation)
    start = np.clip((1 - 0.5 * k / n) / np.maximum(np.diagonal(smooth), 1.0), least_unique, 1.0)
    fit = minimize(
        discrepancy, start, jac=True, method="L-BFGS-B", bounds=[(least_unique, 1.0)] * n
    )
    return loadings_at(fit.x), fit.x


def varimax(
    loadings: FloatArray, *, row_scaled: bool, most_sweeps: int = 500, least_angle: float = 1e-10
) -> FloatArray:
    """Rotate loadings so that the variance of their squares within each factor is greatest.

    Two factors at a time are turned by the angle that is best for them, in closed form,
    until no pair turns any more (Kaiser's planar rotations): each turn raises the criterion.

    Parameters
    ----------
    loadings : ndarray of float64, shape (n, k)
    row_scaled : bool
        Whether rows are scaled to length 1 during the rotation.

    Returns
    -------
    ndarray of float64, shape (n, k)
    """
    n, k = loadings.shape
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    scale = np.where(length > 0, length, 1.0) if row_scaled else np.ones((n, 1))
    rotated = loadings / scale
    for _ in range(most_sweeps):
        greatest = 0.0
        for p in range(k):
            for q in range(p + 1, k):
                x, y = rotated[:, p], rotated[:, q]
                u, v = x * x - y * y, 2 * x * y
                across = 2 * (u @ v - u.sum() * v.sum() / n)
                along = u @ u - v @ v - (u.sum() ** 2 - v.sum() ** 2) / n
                if np.hypot(across, along) <= 1e-14 * (u @ u + v @ v):
                    continue  # any angle is as good
                angle = np.arctan2(across, along) / 4
                turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
                rotated[:, [p, q]] = rotated[:, [p, q]] @ turn
                greatest = max(greatest, abs(angle))
        if greatest <= least_angle:
            break
    result: FloatArray = rotated * scale
    return result


def loading_weights(loadings: FloatArray) -> tuple[FloatArray, npt.NDArray[np.intp]]:
    """Weigh each row by its greatest squared loading.

    A row belongs to the factor that it loads on most. Its weight inside that factor is its
    squared loading over the variance that the factor explains, and the factors are weighted
    by the variances that they explain, which cancel.

    Returns
    -------
    weights : ndarray of float64, shape (n,)
        Not scaled.
    factor_of : ndarray of intp, shape (n,)
    """
    squares = loadings**2
    return squares.max(axis=1), squares.argmax(axis=1)
