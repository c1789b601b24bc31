"""How indicators go together, and with a score.

Data are float64 of shape (rows, columns). A column that does not vary goes together with
nothing: 0 in place of a quotient of zeros.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.composite.kernels.columns import means
from inovasi_index.composite.kernels.ranks import ranks_from_bottom

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


# What is left of a sum of squares that cancel, as a share of them.
ROUNDING = 1e-12


def covariances(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum the products of the deviations from the means; exactly 0 with a constant."""
    centred = data - means(data)
    return np.asarray(centred.T @ centred)


def scaled(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlations of covariances; a constant has 0 with all, also with itself."""
    length = np.sqrt(np.diag(covariance))
    unit = np.where(length == 0, 1.0, length)
    # One after the other, as a product of lengths may overflow; rounded alike on both sides.
    quotient = covariance / unit / unit[:, None]
    matrix = np.clip((quotient + quotient.T) / 2, -1.0, 1.0)
    np.fill_diagonal(matrix, (length > 0).astype(np.float64))
    return np.asarray(matrix)


def correlations(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Product-moment correlations of complete columns; 0 with a constant, 1 with itself."""
    matrix = scaled(covariances(data))
    np.fill_diagonal(matrix, 1.0)
    return matrix


def average_ranks(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rank each column, ties with their average rank."""
    return np.asarray(ranks_from_bottom(np.ascontiguousarray(data.T), "average").T)


def by_pairs(
    data: NDArray[np.float64],
    correlate: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Correlate each two columns over the rows in which both are present; NaN below two rows."""
    k = data.shape[1]
    matrix = np.eye(k)
    present = ~np.isnan(data)
    for i in range(k):
        for j in range(i):
            rows = present[:, i] & present[:, j]
            enough = np.count_nonzero(rows) >= 2
            found = correlate(data[rows][:, [i, j]])[0, 1] if enough else np.nan
            matrix[i, j] = matrix[j, i] = found
    return matrix


def cronbach(
    covariance: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Alpha, correlation of each item with the sum of the others, and alpha without it.

    Parameters
    ----------
    covariance : ndarray of float64, shape (k, k)
        With k of at least 2. Where a sum does not vary, up to rounding, there is 0.
    """
    k = len(covariance)
    own = np.diag(covariance)
    with_all = covariance.sum(axis=0)
    total = with_all.sum()
    rest_with_item = with_all - own
    rest = total - 2 * with_all + own
    rest = np.where(rest > ROUNDING * own.sum(), rest, 0.0)
    size = np.sqrt(own * rest)
    item_total = np.where(size > 0, rest_with_item / np.where(size > 0, size, 1.0), 0.0)
    alpha = float(_alpha(k, np.array(own.sum()), np.array(total)))
    return alpha, item_total, _alpha(k - 1, own.sum() - own, rest)


def _alpha(k: int, own: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64]:
    if k < 2:
        return np.full(np.shape(own), np.nan)
    varies = total > ROUNDING * own
    return np.where(varies, k / (k - 1) * (1 - own / np.where(varies, total, 1.0)), 0.0)


def correlation_ratio(
    values: NDArray[np.float64], scores: NDArray[np.float64], n_bins: int
) -> float:
    """Share of the variance of the scores that lies between bins of the values.

    Bins hold about equally many rows, and equal values always share a bin, so an indicator
    with fewer levels than bins has one bin per level.
    """
    n = len(values)
    away = scores - scores.mean()
    total = away @ away
    if total == 0 or (scores == scores[0]).all():
        return 0.0
    bins = ranks_from_bottom(values[None, :], "dense")[0] - 1
    if bins.max() >= n_bins:
        # The middle place of equal values decides their bin.
        place = ranks_from_bottom(values[None, :], "average")[0]
        bins = ((place - 0.5) * n_bins / n).astype(np.int64)
    count = np.bincount(bins)
    sums = np.bincount(bins, weights=away)
    between = (sums[count > 0] ** 2 / count[count > 0]).sum()
    return float(min(between / total, 1.0))
