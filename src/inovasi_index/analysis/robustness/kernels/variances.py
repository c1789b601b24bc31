"""Shares of variance: estimators on a Saltelli design, and exact ones on a grid of methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from inovasi_index.analysis.robustness.kernels.arrays import FloatArray, IntArray

__all__ = ["explained_by", "first_order_saltelli", "total_jansen"]


def first_order_saltelli(a: FloatArray, b: FloatArray, ab: FloatArray) -> FloatArray:
    """Return the variance of the conditional mean, by the estimator of Saltelli et al. 2010.

    Parameters
    ----------
    a, b : ndarray of float64, shape (n_points, n_outputs)
        Outputs at the two independent designs.
    ab : ndarray of float64, shape (n_points, n_outputs)
        Outputs at the first design with one input taken from the second.

    Returns
    -------
    ndarray of float64, shape (n_outputs,)
        ``mean(f(B) (f(AB) - f(A)))``.
    """
    return np.asarray(np.mean(b * (ab - a), axis=0))


def total_jansen(a: FloatArray, ab: FloatArray) -> FloatArray:
    """Return the mean of the conditional variance, by the estimator of Jansen 1999.

    Parameters
    ----------
    a, ab : ndarray of float64, shape (n_points, n_outputs)
        As for `first_order_saltelli`.

    Returns
    -------
    ndarray of float64, shape (n_outputs,)
        ``mean((f(A) - f(AB))²) / 2``.
    """
    return np.asarray(np.mean((a - ab) ** 2, axis=0) / 2)


def explained_by(outputs: FloatArray, group_of: IntArray) -> FloatArray:
    """Return the variance between groups of equally likely outputs: the correlation ratio's top.

    Parameters
    ----------
    outputs : ndarray of float64, shape (n_runs, n_outputs)
    group_of : ndarray of int64, shape (n_runs,)
        From 0, without gaps.

    Returns
    -------
    ndarray of float64, shape (n_outputs,)
    """
    sizes = np.bincount(group_of)
    sums = np.zeros((len(sizes), outputs.shape[1]))
    np.add.at(sums, group_of, outputs)
    spread = sums / sizes[:, None] - outputs.mean(axis=0)
    return np.asarray((sizes / len(outputs)) @ spread**2)
