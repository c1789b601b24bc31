"""Formulas that make indicators comparable.

Data are float64 of shape (rows, columns), statistics have one value per column. NaN stays
NaN. `down` marks the columns in which less is better; in every result more is better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.composite.kernels.bundles import across, blocks_and_results, widen
from inovasi_index.composite.kernels.columns import shapes

if TYPE_CHECKING:
    from numpy.typing import NDArray


def affine(
    data: NDArray[np.float64],
    *,
    origin: NDArray[np.float64],
    divisor: NDArray[np.float64] | None = None,
    factor: NDArray[np.float64] | float = 1.0,
    offset: NDArray[np.float64] | float = 0.0,
) -> NDArray[np.float64]:
    """``offset + factor · (x - origin) / divisor``, piece by piece.

    A divisor costs more than a factor, and makes a quotient of equal numbers exactly 1.
    """
    k = data.shape[1]
    scaled = bool(np.any(np.not_equal(factor, 1.0)))
    turned = bool(np.any(np.less(factor, 0.0)) or (divisor is not None and np.any(divisor < 0)))
    moved = turned or bool(np.any(np.not_equal(offset, 0.0)))
    result = np.empty(data.shape)
    origins, divisors, factors, offsets = (
        widen(np.broadcast_to(each, k))
        for each in (origin, 1.0 if divisor is None else divisor, factor, offset)
    )
    for block, piece in blocks_and_results(data, result):
        across(np.subtract, block, origins, out=piece)
        if divisor is not None:
            across(np.divide, piece, divisors, out=piece)
        if scaled:
            across(np.multiply, piece, factors, out=piece)
        if moved:
            # Adding, even nothing, turns the -0.0 of -1 · (x - x) into 0.0.
            across(np.add, piece, offsets, out=piece)
    return result


def quotients(data: NDArray[np.float64], divisor: NDArray[np.float64]) -> NDArray[np.float64]:
    """``x / divisor``."""
    result = np.empty(data.shape)
    divisors = widen(divisor)
    for block, piece in blocks_and_results(data, result):
        across(np.divide, block, divisors, out=piece)
    return result


def between(
    data: NDArray[np.float64],
    *,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    down: NDArray[np.bool_],
    lower: float,
    upper: float,
) -> NDArray[np.float64]:
    """Put [low, high] on [lower, upper]; a column without range on the middle."""
    span = high - low
    flat = span == 0
    return affine(
        data,
        origin=np.where(down, high, low),
        divisor=np.where(flat, np.inf, np.where(down, -span, span)),
        factor=upper - lower,
        offset=np.where(flat, (lower + upper) / 2, lower),
    )


def standardised(
    data: NDArray[np.float64],
    *,
    mean: NDArray[np.float64],
    deviation: NDArray[np.float64],
    down: NDArray[np.bool_],
    to_mean: float,
    to_deviation: float,
) -> NDArray[np.float64]:
    """Deviations from the mean in units of the deviation; a column without spread on the mean."""
    flat = deviation == 0
    factor = np.where(flat, 0.0, to_deviation / np.where(flat, 1.0, deviation))
    return affine(data, origin=mean, factor=np.where(down, -factor, factor), offset=to_mean)


def ratio_to(
    data: NDArray[np.float64], reference: NDArray[np.float64], down: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """``x / reference``, or ``reference / x`` where less is better; 1 where both are 0."""
    zero = reference == 0
    result = quotients(data, np.where(zero, 1.0, reference))
    if down.any():
        part = data[:, down]
        result[:, down] = reference[down] / np.where(part == 0, 1.0, part)
    if zero.any():
        result[:, zero] = np.where(np.isnan(data[:, zero]), np.nan, 1.0)
    return result


def difference_to(
    data: NDArray[np.float64], reference: NDArray[np.float64], down: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """``(x - reference) / |reference|``, negated where less is better; 0 where both are 0."""
    size = np.where(reference == 0, 1.0, np.abs(reference))
    return affine(data, origin=reference, divisor=np.where(down, -size, size))


def sides_of_band(
    data: NDArray[np.float64],
    *,
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
    down: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """1 above the band, -1 below it, 0 within (and for NaN)."""
    result = np.empty(data.shape)
    low, high = widen(lower), widen(upper)
    for block, piece in blocks_and_results(data, result):
        above, below = (np.empty(block.shape, dtype=np.bool_) for _ in range(2))
        across(np.greater, block, high, out=above)
        across(np.less, block, low, out=below)
        np.subtract(above.view(np.int8), below.view(np.int8), out=piece)
    if down.any():
        result[:, down] = 0.0 - result[:, down]
    return result


def shares(
    data: NDArray[np.float64],
    *,
    total: NDArray[np.float64],
    inverse_total: NDArray[np.float64],
    n: NDArray[np.float64],
    down: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """``x / Σx``, or ``(1/x) / Σ(1/x)`` where less is better; equal shares of a total of 0."""
    zero = total == 0
    result = quotients(data, np.where(zero, 1.0, total))
    result[:, zero] += 1.0 / n[zero]
    if down.any():
        result[:, down] = 1.0 / data[:, down] / inverse_total[down]
    return result


def lengths(
    data: NDArray[np.float64],
    *,
    length: NDArray[np.float64],
    of_zeros: NDArray[np.float64],
    down: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """``x / length``, or 1 minus that where less is better; `of_zeros` where the length is 0."""
    zero = length == 0
    result = quotients(data, np.where(zero, 1.0, length))
    result[:, zero] += of_zeros[zero]
    if down.any():
        result[:, down] = 1.0 - result[:, down]
    return result


def shares_of_logarithm(
    data: NDArray[np.float64],
    *,
    total: NDArray[np.float64],
    n: NDArray[np.float64],
    down: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """``ln x / Σ ln x``, or ``(1 - ln x / Σ ln x) / (n - 1)`` where less is better."""
    zero = total == 0
    result = quotients(np.log(data), np.where(zero, 1.0, total))
    result[:, zero] += 1.0 / n[zero]
    if down.any():
        result[:, down] = (1.0 - result[:, down]) / np.maximum(n[down] - 1, 1)
    return result


def shortfalls(
    data: NDArray[np.float64],
    *,
    best: NDArray[np.float64],
    total: NDArray[np.float64],
) -> NDArray[np.float64]:
    """``1 - |best - x| / Σ|best - x|``; 1 where the total is 0."""
    return np.asarray(1.0 - np.abs(data - best) / np.where(total == 0, np.inf, total))


def winsorised_limits(
    values: NDArray[np.float64],
    *,
    skewness: float,
    kurtosis: float,
    most: int,
    sample: bool,
) -> tuple[float, float]:
    """Move the extreme values of one indicator inwards until its shape passes.

    While the absolute skewness and the excess kurtosis are both at or above their limits,
    the largest value (when skewed to the right, else the smallest) takes the value of its
    neighbour. Returns the smallest and largest value that are left.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
        Without NaN.
    skewness, kurtosis : float
        Limits.
    most : int
        The largest number of values that may be moved; a step beyond it is not taken.
    sample : bool
        See `shapes`.
    """
    ordered = np.sort(values)
    low, high = 0, len(ordered) - 1  # what lies outside of these two places has been moved
    current = ordered.copy()
    while True:
        skew, kurt = (s[0] for s in shapes(current[:, None], sample=sample))
        if abs(skew) < skewness or kurt < kurtosis:
            break
        if skew >= 0:
            inner = int(np.searchsorted(ordered, ordered[high], side="left")) - 1
            step = (low, inner)
        else:
            inner = int(np.searchsorted(ordered, ordered[low], side="right"))
            step = (inner, high)
        if step[0] + len(ordered) - 1 - step[1] > most:
            break
        low, high = step
        current = np.clip(ordered, ordered[low], ordered[high])
    return float(ordered[low]), float(ordered[high])
