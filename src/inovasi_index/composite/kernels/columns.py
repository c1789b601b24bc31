"""Statistics of the columns of a table, taken over the values that are present.

Data are float64 of shape (rows, columns); NaN is a missing value. A column without any
value has NaN for each statistic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

# Values that are worked on at a time, so that what lies between two steps stays in the cache.
BLOCK = 1 << 15


def blocks(data: NDArray[np.float64]) -> Iterator[slice]:
    """Yield the rows in pieces of about `BLOCK` values."""
    step = max(1, BLOCK // max(1, data.shape[1]))
    for start in range(0, data.shape[0], step):
        yield slice(start, start + step)


def counts(data: NDArray[np.float64]) -> NDArray[np.int64]:
    """Count the values that are present, by column."""
    n_rows, n_columns = data.shape
    # A sum meets every NaN and needs no array of its own.
    if not np.isnan(np.add.reduce(data, axis=None)):
        return np.full(n_columns, n_rows, dtype=np.int64)
    return np.asarray(n_rows - np.isnan(data).sum(axis=0, dtype=np.int64))


def lowest(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smallest value of each column."""
    return np.asarray(np.fmin.reduce(data, axis=0))


def highest(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Largest value of each column."""
    return np.asarray(np.fmax.reduce(data, axis=0))


def totals(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of each column."""
    total = np.asarray(np.add.reduce(data, axis=0))
    for j in np.flatnonzero(np.isnan(total)):
        present = data[~np.isnan(data[:, j]), j]
        if present.size:
            total[j] = present.sum()
    return total


def means(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Arithmetic mean of each column; of equal numbers it is that very number."""
    mean = totals(data) / np.maximum(counts(data), 1)
    first = data[0].copy()
    for j in np.flatnonzero(np.isnan(first) & ~np.isnan(mean)):
        first[j] = data[np.argmin(np.isnan(data[:, j])), j]
    # A sum of equal numbers, divided, may miss them by the last digit; what is then left
    # would pass for a spread. Only columns that may be constant are looked at again.
    near = np.abs(mean - first) <= 1e-9 * np.abs(mean)
    if near.any():
        part = data[:, near]
        mean[near] = np.clip(mean[near], lowest(part), highest(part))
    return mean


def power_sums(
    data: NDArray[np.float64], center: NDArray[np.float64], power: int
) -> NDArray[np.float64]:
    """Sum of ``(x - center) ** power`` of each column, for a power of 2, 3 or 4."""
    total = np.zeros(data.shape[1])
    for rows in blocks(data):
        away = data[rows] - center
        np.copyto(away, 0.0, where=np.isnan(away))
        right = away if power < 4 else away * away
        left = away if power == 2 else away * away
        total += np.einsum("ij,ij->j", left, right)
    return np.where(np.isnan(center), np.nan, total)


def deviations(
    data: NDArray[np.float64], mean: NDArray[np.float64], ddof: int
) -> NDArray[np.float64]:
    """Return the standard deviation of each column; 0 for a constant and for too few values."""
    n = counts(data)
    deviation = np.sqrt(power_sums(data, mean, 2) / np.maximum(n - ddof, 1))
    deviation[(n > 0) & (n <= ddof)] = 0.0
    return np.asarray(deviation)


def shapes(
    data: NDArray[np.float64], *, sample: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Skewness and excess kurtosis of each column; 0 where they are not defined.

    Parameters
    ----------
    data : ndarray of float64, shape (rows, columns)
    sample : bool
        G1 and G2, the estimates of the population's; otherwise g1 and g2 of the sample itself.
    """
    n = counts(data).astype(np.float64)
    mean = means(data)
    second = power_sums(data, mean, 2)
    spread = second > 0
    safe = np.where(spread, second, 1.0)
    skewness = np.sqrt(n) * power_sums(data, mean, 3) / safe**1.5
    kurtosis = n * power_sums(data, mean, 4) / safe**2 - 3.0
    if sample:
        skewness *= np.sqrt(n * np.maximum(n - 1, 0)) / np.maximum(n - 2, 1)
        kurtosis = ((n + 1) * kurtosis + 6) * (n - 1) / np.maximum((n - 2) * (n - 3), 1)
    skewness[~spread | (n < 3)] = 0.0
    kurtosis[~spread | (n < 4)] = 0.0
    return skewness, kurtosis
