"""Comparison of many rankings with one.

`reference` has shape (n,), `rankings` shape (rows, n).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from inovasi_index.composite.kernels.ranks import ranks_from_bottom, ranks_of_ordered

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pearson(reference: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Product-moment correlation of each row with the reference; 0 with a constant."""
    x = reference - reference.mean()
    y = others - others.mean(axis=1, keepdims=True)
    size = np.sqrt((x @ x) * np.einsum("ij,ij->i", y, y))
    flat = (reference == reference[0]).all() | (others == others[:, :1]).all(axis=1) | (size == 0)
    return np.where(flat, 0.0, np.clip(y @ x / np.where(flat, 1.0, size), -1.0, 1.0))


def inversions(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the pairs of each row in which the larger number comes first.

    The rows are merged from runs of 1, 2, 4, … numbers. In a merged run, a number of the
    right half has passed those of the left half that are larger; so the sum of the places
    that the right half has moved to the left is the count of inversions between the halves.

    Parameters
    ----------
    values : ndarray of int64, shape (rows, n)
        From 0 to n - 1.
    """
    n_rows, n = values.shape
    padded = 1 << max(0, n - 1).bit_length()
    small = n < 2**29
    # Twice the number, plus 1 in the right half: equal numbers stay in their order.
    runs = np.full((n_rows, padded), 2 * n, dtype=np.int32 if small else np.int64)
    runs[:, :n] = 2 * values
    count = np.zeros(n_rows)
    half = 1
    while half < padded:
        pieces = runs.reshape(n_rows, padded // (2 * half), 2 * half)
        pieces[..., half:] += 1
        pieces.sort(axis=2)
        in_right_half = runs & 1
        # Places counted from the right end: half (half + 1) / 2 when nothing has moved.
        places = np.tile(np.arange(2 * half, 0, -1.0), pieces.shape[1])
        unmoved = pieces.shape[1] * half * (half + 1) / 2
        count += in_right_half.astype(np.float64) @ places - unmoved
        runs -= in_right_half
        half *= 2
    return count.astype(np.int64)


def tied_pairs(ordered: NDArray[Any]) -> NDArray[np.int64]:
    """Count the pairs of equal numbers in each row of numbers in order."""
    first = ranks_of_ordered(ordered, "min")
    n = ordered.shape[1]
    return np.asarray(n * (n + 1) // 2 - first.sum(axis=1))


def pair_counts(
    reference: NDArray[np.float64], rankings: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Count pairs: in opposite order, tied in the reference, in the ranking, in both.

    Returns
    -------
    tuple of ndarray of int64, shape (rows,)
    """
    n = len(reference)
    order = reference.argsort(kind="stable")
    x = ranks_from_bottom(reference[None, order], "dense") - 1
    y = ranks_from_bottom(rankings[:, order], "min") - 1
    # By the reference and, where that has a tie, by the ranking: no pair that is tied in the
    # reference is then found in opposite order.
    both = np.sort(x * n + y, axis=1)
    in_reference = np.broadcast_to(tied_pairs(x), len(rankings))
    return inversions(both % n), in_reference, tied_pairs(np.sort(y, axis=1)), tied_pairs(both)


def weighted_spearman(
    reference: NDArray[np.float64], rankings: NDArray[np.float64]
) -> NDArray[np.float64]:
    """``1 - 6 Σ (x - y)² ((n - x + 1) + (n - y + 1)) / (n⁴ + n³ - n² - n)``."""
    n = float(len(reference))
    apart = (reference - rankings) ** 2
    weight = 2 * n + 2 - reference - rankings
    total = np.einsum("ij,ij->i", apart, weight)
    return np.asarray(1 - 6 * total / (n**4 + n**3 - n**2 - n))


def ws_similarity(
    reference: NDArray[np.float64], rankings: NDArray[np.float64]
) -> NDArray[np.float64]:
    """``1 - Σ 2^-x |x - y| / max(|x - 1|, |x - n|)``."""
    n = len(reference)
    weight = 0.5**reference / np.maximum(np.abs(reference - 1), np.abs(reference - n))
    return np.asarray(1 - np.abs(reference - rankings) @ weight)


def drastic_ws_distance(
    reference: NDArray[np.float64], rankings: NDArray[np.float64]
) -> NDArray[np.float64]:
    """``Σ 2^-x [x ≠ y] / (1 - 2^-n)``."""
    weight = 0.5**reference / (1 - 0.5 ** len(reference))
    return np.asarray((reference != rankings) @ weight)


def spearman(reference: NDArray[np.float64], rankings: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlation of the ranks; tied values have their average rank."""
    ranked = ranks_from_bottom(reference[None, :], "average")[0]
    return pearson(ranked, ranks_from_bottom(rankings, "average"))


def kendall_tau(
    reference: NDArray[np.float64], rankings: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Pairs in the same order less those in the opposite one, as a share (tau-b)."""
    opposite, in_first, in_other, in_both = pair_counts(reference, rankings)
    pairs = len(reference) * (len(reference) - 1) // 2
    same = pairs - in_first - in_other + in_both - opposite
    size = np.sqrt((pairs - in_first) * (pairs - in_other).astype(np.float64))
    return np.where(size == 0, 0.0, (same - opposite) / np.where(size == 0, 1.0, size))


def kemeny_distance(
    reference: NDArray[np.float64], rankings: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Count a pair in opposite order as 2, and one that is tied on one side only as 1."""
    opposite, in_first, in_other, in_both = pair_counts(reference, rankings)
    return np.asarray(2 * opposite + in_first + in_other - 2 * in_both, dtype=np.float64)


def frobenius_distance(
    reference: NDArray[np.float64], rankings: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Frobenius distance of the matrices that have 1, 0 or -1 for each pair."""
    opposite, in_first, in_other, in_both = pair_counts(reference, rankings)
    return np.asarray(np.sqrt(2.0 * (4 * opposite + in_first + in_other - 2 * in_both)))


def average_rank_shift(
    reference: NDArray[np.float64], rankings: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mean absolute difference."""
    return np.asarray(np.abs(rankings - reference).mean(axis=1))
