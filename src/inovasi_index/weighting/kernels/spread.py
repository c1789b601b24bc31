"""How much the columns of a table spread: entropy, Gini coefficient, coefficient of variation."""

from __future__ import annotations

import numpy as np

from inovasi_index.weighting.kernels.passes import (
    FloatArray,
    Table,
    bundled_blocks,
    fold,
    widen,
)

__all__ = ["angles", "divergence_from_entropy", "gini_coefficients", "logarithmic_change"]

_TINY = float(np.finfo(np.float64).tiny)
_COLUMNS_AT_ONCE = 8


def divergence_from_entropy(table: Table, mean: FloatArray, *, has_zeros: bool) -> FloatArray:
    """Return 1 minus the normalised entropy of each column.

    With r = x / mean, ``1 - e = Σ r ln r / (m ln m)``: the same number as
    ``1 + Σ p ln p / ln m`` with p = x / Σx, without its cancellation.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
        Not negative; at least two rows.
    mean : ndarray of float64, shape (n,)
        Of the columns, positive.
    has_zeros : bool
        Whether any value is 0; then 0 ln 0 = 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        Between 0 (all rows equal) and 1 (one row has everything).
    """
    m, n = table.shape
    wide = widen(1 / mean)
    total = np.zeros_like(wide)
    for block in bundled_blocks(table):
        width = block.shape[1]
        ratio = block * wide[:width]
        logarithm = np.log(np.maximum(ratio, _TINY) if has_zeros else ratio)
        logarithm *= ratio
        total[:width] += np.add.reduce(logarithm)
    divergence: FloatArray = np.maximum(fold(total, n) / (m * np.log(m)), 0.0)
    return divergence


def gini_coefficients(table: Table, total: FloatArray) -> FloatArray:
    """Return the Gini coefficient of each column, by one sort.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
        Not negative.
    total : ndarray of float64, shape (n,)
        Sums of the columns, positive.

    Returns
    -------
    ndarray of float64, shape (n,)
        ``Σᵢ Σₖ |xᵢ - xₖ| / (2 m Σx)``, between 0 and 1 - 1/m.
    """
    m, n = table.shape
    # In ascending order, the i-th of m values is the larger one of i pairs and the smaller
    # one of m - 1 - i.
    surplus = np.arange(1 - m, m, 2, dtype=np.float64)
    differences = np.empty(n)
    for start in range(0, n, _COLUMNS_AT_ONCE):
        columns = np.array(
            table[:, start : start + _COLUMNS_AT_ONCE].T, dtype=np.float64, order="C"
        )
        columns.sort(axis=1)
        differences[start : start + _COLUMNS_AT_ONCE] = columns @ surplus
    gini: FloatArray = np.maximum(differences / (m * total), 0.0)
    return gini


def angles(deviation: FloatArray, mean: FloatArray) -> FloatArray:
    """Return the angle in radians between each column and a constant column.

    ``arccos(Σx / (√m ‖x‖)) = arctan(σ / |mean|)`` with the population deviation; the second
    form keeps its digits for small angles.

    Parameters
    ----------
    deviation, mean : ndarray of float64, shape (n,)
        Population standard deviation and mean.
    """
    return np.arctan2(deviation, np.abs(mean))


def logarithmic_change(root_mean_square: FloatArray, deviation: FloatArray) -> FloatArray:
    """Return ``|100 ln(rms / σ)|`` of columns with σ > 0, shape (n,) [per cent]."""
    change: FloatArray = np.abs(100 * np.log(root_mean_square / deviation))
    return change
