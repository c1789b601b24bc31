"""How much the columns of a table spread: entropy, Gini coefficient, coefficient of variation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.composite.kernels.bundles import (
    across,
    blocks_and_rooms,
    down_products,
    widen,
)

if TYPE_CHECKING:
    from inovasi_index.weighting.kernels.passes import FloatArray, Table

__all__ = [
    "angles",
    "divergence_from_entropy",
    "logarithmic_change",
    "pair_differences",
    "small_divergence",
]

_TINY = 1e-300
_COLUMNS_AT_ONCE = 8


def divergence_from_entropy(table: Table, mean: FloatArray) -> FloatArray:
    """Return 1 minus the normalised entropy of each column.

    With r = x / mean, ``1 - e = Σ r ln r / (m ln m)``: the same number as
    ``1 + Σ p ln p / ln m`` with p = x / Σx, without its cancellation.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
        At least two rows; 0 ln 0 = 0.
    mean : ndarray of float64, shape (n,)
        Of the columns, not 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        0 (all rows equal, but for rounding) to 1 (one row has everything); NaN for a column
        with a negative value.
    """
    m, n = table.shape
    wide, total = widen(1 / mean), np.zeros(n)
    for block, (ratio, logarithm) in blocks_and_rooms(table, 2):
        across(np.multiply, block, wide, out=ratio)
        np.add(ratio, _TINY, out=logarithm)  # changes no number but 0
        np.log(logarithm, out=logarithm)
        total += down_products(ratio, logarithm)
    divergence: FloatArray = total / (m * math.log(m))
    return divergence


def small_divergence(table: Table, mean: FloatArray) -> FloatArray:
    """Return the same for columns that hardly vary, of which rounding would leave nothing.

    With d = (x - mean) / mean, ``Σ r ln r = Σ ((1 + d) ln(1 + d) - d)``, as Σ d = 0.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
        At least two rows.
    mean : ndarray of float64, shape (n,)
        Of the columns, not 0.
    """
    m = len(table)
    away = (table - mean) / mean
    small: FloatArray = ((1 + away) * np.log1p(away) - away).sum(axis=0) / (m * math.log(m))
    return small


def pair_differences(table: Table) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what all pairs of rows differ by together, by one sort of each column.

    Parameters
    ----------
    table : ndarray, shape (rows, n)

    Returns
    -------
    differences : ndarray of float64, shape (n,)
        ``Σ |xᵢ - xₖ|`` over the pairs i < k.
    low, high : ndarray of float64, shape (n,)
        Least and greatest value of each column.
    """
    m, n = table.shape
    # In ascending order, the i-th of m values is the larger one of i pairs and the smaller
    # one of m - 1 - i.
    surplus = np.arange(1 - m, m, 2, dtype=np.float64)
    differences, low, high = np.empty(n), np.empty(n), np.empty(n)
    for start in range(0, n, _COLUMNS_AT_ONCE):
        columns = np.array(
            table[:, start : start + _COLUMNS_AT_ONCE].T, dtype=np.float64, order="C"
        )
        columns.sort(axis=1)
        here = slice(start, start + _COLUMNS_AT_ONCE)
        low[here], high[here] = columns[:, 0], columns[:, -1]
        columns *= surplus
        differences[here] = columns.sum(axis=1)
    return differences, low, high


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
