"""Correlation of columns by values and by ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from inovasi_index.weighting.kernels.passes import FloatArray, Table

__all__ = ["conflict", "correlations", "ranks"]


def correlations(covariances: FloatArray) -> FloatArray:
    """Turn covariances (or sums of products of deviations) into correlations.

    Parameters
    ----------
    covariances : ndarray of float64, shape (n, n)
        With a positive diagonal.
    """
    length = np.sqrt(np.diagonal(covariances))
    matrix: FloatArray = covariances / length / length[:, None]
    np.minimum(matrix, 1.0, out=matrix)
    np.maximum(matrix, -1.0, out=matrix)
    np.fill_diagonal(matrix, 1.0)
    return matrix


def conflict(correlation: FloatArray, directions: FloatArray) -> FloatArray:
    """Return ``Σₖ (1 - r_jk)`` of each column, signs turned where directions differ, shape (n,)."""
    return len(correlation) - directions * (correlation @ directions)


def ranks(table: Table) -> FloatArray:
    """Rank the values of each column from 0; tied values share their mean rank.

    Returns
    -------
    ndarray of float64, shape (n, rows)
        One row per column of the table.
    """
    m, n = table.shape
    result = np.empty((n, m))
    for j in range(n):
        column = np.ascontiguousarray(table[:, j])
        order = np.argsort(column)
        in_order = column[order]
        first = np.flatnonzero(np.concatenate(([True], in_order[1:] != in_order[:-1])))
        if len(first) == m:
            result[j, order] = np.arange(m)
        else:
            many = np.diff(first, append=m)
            result[j, order] = np.repeat(first + (many - 1) / 2, many)
    return result
