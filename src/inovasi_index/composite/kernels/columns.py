"""Statistics of the columns of a table, taken over the values that are present.

Data are float64 of shape (rows, columns); NaN is a missing value. A column without any
value has NaN for each statistic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.composite.kernels.bundles import (
    across,
    blocks_and_rooms,
    down,
    down_products,
    row_blocks,
    widen,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The squares of a column less those of its mean say how it spreads where this share of them is
# left; where they nearly cancel, the deviations have to be squared.
_MUCH = 0.01


def _reduced(by: np.ufunc, data: NDArray[np.float64], start: float) -> NDArray[np.float64]:
    result = np.full(data.shape[1], start)
    for block in row_blocks(data):
        by(result, down(block, by), out=result)
    return result


def lowest(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smallest value of each column."""
    return _reduced(np.fmin, data, np.nan)


def highest(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Largest value of each column."""
    return _reduced(np.fmax, data, np.nan)


def counts(data: NDArray[np.float64]) -> NDArray[np.int64]:
    """Count the values that are present, by column."""
    return _totals_and_counts(data)[1]


def totals(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of each column."""
    return _totals_and_counts(data)[0]


def _totals_and_counts(
    data: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    total = _reduced(np.add, data, 0.0)
    count = np.full(len(total), len(data), dtype=np.int64)
    # A sum meets every NaN; only such columns are looked at value by value.
    for j in np.flatnonzero(np.isnan(total)):
        present = data[~np.isnan(data[:, j]), j]
        count[j] = present.size
        if present.size:
            total[j] = present.sum()
    return total, count


def means(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Arithmetic mean of each column; of equal numbers it is that very number."""
    return _means_and_counts(data)[0]


def _means_and_counts(
    data: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    total, count = _totals_and_counts(data)
    mean = np.asarray(total / np.maximum(count, 1))
    first = data[0].copy()
    for j in np.flatnonzero(np.isnan(first) & (count > 0)):
        first[j] = data[np.argmin(np.isnan(data[:, j])), j]
    # A sum of equal numbers, divided, may miss them by the last digit; what is then left
    # would pass for a spread. Only columns that may be constant are looked at again.
    near = np.abs(mean - first) <= 1e-9 * np.abs(mean)
    if near.any():
        part = data[:, near]
        mean[near] = np.clip(mean[near], lowest(part), highest(part))
    return mean, count


def sums_of_squares(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of the squares of each column."""
    total = np.zeros(data.shape[1])
    for block in row_blocks(data):
        total += down_products(block, block)
    for j in np.flatnonzero(np.isnan(total)):
        present = data[~np.isnan(data[:, j]), j]
        if present.size:
            total[j] = present @ present
    return total


def power_sums(
    data: NDArray[np.float64], center: NDArray[np.float64], highest_power: int
) -> NDArray[np.float64]:
    """Sum ``(x - center)`` to the powers of 2, 3, … (up to 4), shape (powers, columns)."""
    centers = widen(center)
    sums = np.zeros((highest_power - 1, data.shape[1]))
    for block, (away, square) in blocks_and_rooms(data, 2):
        across(np.subtract, block, centers, out=away)
        sums[0] += down(np.multiply(away, away, out=square))
        if highest_power > 2:
            sums[1] += down_products(away, square)
        if highest_power > 3:
            sums[2] += down_products(square, square)
    for j in np.flatnonzero(np.isnan(sums[0]) & ~np.isnan(center)):
        away = data[~np.isnan(data[:, j]), j] - center[j]
        sums[:, j] = [(away**power).sum() for power in range(2, highest_power + 1)]
    return sums


def means_and_deviations(
    data: NDArray[np.float64], ddof: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation of each column.

    The deviation is 0 for a constant and for too few values.
    """
    mean, count = _means_and_counts(data)
    with np.errstate(over="ignore"):  # of numbers that have to be centred first
        raw = sums_of_squares(data)
        centred = raw - count * mean * mean
        sure = centred > _MUCH * raw
    if not sure.all():
        part = data if not sure.any() else data[:, ~sure]
        centred[~sure] = power_sums(part, mean[~sure], 2)[0]
    deviation = np.sqrt(centred / np.maximum(count - ddof, 1))
    deviation[(count > 0) & (count <= ddof)] = 0.0
    return mean, np.asarray(deviation)


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
    mean, count = _means_and_counts(data)
    n = count.astype(np.float64)
    second, third, fourth = power_sums(data, mean, 4)
    spread = second > 0
    safe = np.where(spread, second, 1.0)
    skewness = np.sqrt(n) * third / safe**1.5
    kurtosis = n * fourth / safe**2 - 3.0
    if sample:
        skewness *= np.sqrt(n * np.maximum(n - 1, 0)) / np.maximum(n - 2, 1)
        kurtosis = ((n + 1) * kurtosis + 6) * (n - 1) / np.maximum((n - 2) * (n - 3), 1)
    skewness[~spread | (n < 3)] = 0.0
    kurtosis[~spread | (n < 4)] = 0.0
    return skewness, kurtosis
