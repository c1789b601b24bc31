"""Ranks, and how alike rankings are.

Everything here works on many rankings at once: a ranking is a row of ranks, one per
alternative, and comparisons are made with one reference along the last axis. In the ranks
that `ranks` gives, 1 is the best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from inovasi_index.composite.arrays import arithmetic_guard, as_array, read_array
from inovasi_index.composite.kernels import rank_comparison
from inovasi_index.composite.kernels.ranks import BLOCK, ranks_from_top
from inovasi_index.errors import BadValueError, Choice, Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from inovasi_index.composite.arrays import FloatArray

__all__ = [
    "TieRule",
    "average_rank_shift",
    "drastic_ws_distance",
    "frobenius_distance",
    "kemeny_distance",
    "kendall_tau",
    "ranks",
    "spearman",
    "weighted_spearman",
    "ws_similarity",
]


_MOST_FAULTS = 100


class TieRule(Choice):
    """Which rank tied values have.

    Three values tied on the places 2, 3 and 4 all have rank 2 (`MIN`, standard competition
    ranking), 4 (`MAX`) or 3 (`AVERAGE`). With `DENSE` they have rank 2 and the next value
    has rank 3.
    """

    MIN = "min"
    MAX = "max"
    AVERAGE = "average"
    DENSE = "dense"


def ranks(scores: npt.ArrayLike, *, ties: TieRule | str = TieRule.MIN) -> npt.NDArray[Any]:
    """Rank scores along the last axis; the highest has rank 1.

    Parameters
    ----------
    scores : array_like, shape (n,) or (..., n)
        Numbers of any kind; integers are compared exactly. Ranks are taken before any
        rounding.
    ties : TieRule

    Returns
    -------
    ndarray of int64, or of float64 for `TieRule.AVERAGE`, in the shape of the scores

    Raises
    ------
    BadValueError
        For scores that are no numbers, or a single number.
    FaultsError
        For NaN, by its place.

    Examples
    --------
    >>> ranks([67.8, 71.2, 67.8, 30.0])
    array([2, 1, 2, 4])
    >>> ranks([[1, 2, 2], [3, 1, 2]], ties="average")
    array([[3. , 1.5, 1.5],
           [1. , 3. , 2. ]])
    """
    rule = TieRule(ties)
    array = as_array(scores, what="scores")
    if array.dtype.kind not in "biuf" or array.ndim == 0:
        raise BadValueError(f"scores: an array of numbers is needed, not {array.dtype}")
    _refuse_nan(array, "scores")
    rows = array.reshape(-1, array.shape[-1]) if array.size else array.reshape(0, 1)
    return ranks_from_top(rows, rule).reshape(array.shape)


def _refuse_nan(array: npt.NDArray[Any], what: str) -> None:
    if array.dtype.kind != "f":
        return
    with np.errstate(over="ignore", invalid="ignore"):
        suspect = bool(np.isnan(np.add.reduce(array, axis=None)))
    if suspect:
        cells = np.argwhere(np.isnan(array))[:_MOST_FAULTS]
        places = [", ".join(map(str, cell)) for cell in cells.tolist()]
        faults = [Fault("missing", place, "NaN cannot be ranked") for place in places]
        if faults:  # a sum of both infinities is NaN as well
            raise FaultsError(what, faults)


def _read_rankings(
    reference: npt.ArrayLike, rankings: npt.ArrayLike, *, are_places: bool
) -> tuple[FloatArray, npt.NDArray[Any]]:
    """Read a reference, shape (n,), and rankings, shape (..., n)."""
    first = read_array(reference, what="reference")
    others = as_array(rankings, what="rankings")
    if others.dtype.kind not in "biuf":
        others = read_array(rankings, what="rankings")
    if first.ndim != 1 or len(first) < 2:
        raise BadValueError(
            f"reference: shape {first.shape}; one ranking of at least two alternatives is needed"
        )
    n = len(first)
    if others.ndim == 0 or others.shape[-1] != n:
        raise BadValueError(f"rankings: shape {others.shape}; the reference ranks {n} alternatives")
    low, high = (1, n) if are_places else (-np.finfo(np.float64).max, np.finfo(np.float64).max)
    rule = f"ranks are 1 to {n}" if are_places else "ranks are finite numbers"
    for what, array in (("reference", first), ("rankings", others)):
        # NaN is neither, and is met by both.
        if array.size and not (array.min() >= low and array.max() <= high):
            cells = np.argwhere(~((array >= low) & (array <= high)))[:_MOST_FAULTS].tolist()
            places = [(", ".join(map(str, cell)), array[tuple(cell)]) for cell in cells]
            raise FaultsError(what, [Fault("bad-rank", at, f"{x:g}: {rule}") for at, x in places])
    return first, others


def _compared(
    kernel: Callable[[FloatArray, FloatArray], FloatArray],
    reference: npt.ArrayLike,
    rankings: npt.ArrayLike,
    *,
    are_places: bool = False,
) -> FloatArray:
    """Compare some rankings at a time, so that what lies in between stays in the cache."""
    first, others = _read_rankings(reference, rankings, are_places=are_places)
    rows = others.reshape(-1, len(first))
    result = np.empty(len(rows))
    step = max(1, BLOCK // len(first))
    with arithmetic_guard():
        for start in range(0, len(rows), step):
            piece = rows[start : start + step].astype(np.float64)
            result[start : start + step] = kernel(first, piece)
    return result.reshape(others.shape[:-1])


def spearman(reference: npt.ArrayLike, rankings: npt.ArrayLike) -> FloatArray:
    """Rank correlation of Spearman, from -1 (opposite) to 1 (same order).

    Parameters
    ----------
    reference : array_like, shape (n,)
        Ranks, or scores: only their order counts, ties have their average rank.
    rankings : array_like, shape (n,) or (..., n)

    Returns
    -------
    ndarray of float64, shape () or (...)
        0 with a ranking in which all are tied.

    Raises
    ------
    BadValueError, FaultsError
        For other shapes, and for numbers that are not finite, by their place.

    References
    ----------
    .. [1] Kendall, M. G. (1970), Rank Correlation Methods, 4th edition, Griffin, chapters 1
       and 3.

    Examples
    --------
    >>> float(spearman([1, 2, 3, 4, 5], [2, 1, 3, 4, 5]))
    0.9
    """
    return _compared(rank_comparison.spearman, reference, rankings)


def kendall_tau(reference: npt.ArrayLike, rankings: npt.ArrayLike) -> FloatArray:
    """Rank correlation of Kendall with the correction for ties (tau-b).

    Parameters
    ----------
    reference, rankings : array_like, shape (n,) and (..., n)
        As for `spearman`: only the order counts.

    Returns
    -------
    ndarray of float64, shape (...)
        0 with a ranking in which all are tied.

    Raises
    ------
    BadValueError, FaultsError
        As `spearman`.

    References
    ----------
    .. [1] Kendall, M. G. (1945), The treatment of ties in ranking problems, Biometrika 33,
       239-251.
    .. [2] OECD and JRC (2008), Handbook on Constructing Composite Indicators, box 7
       (an example without ties).

    Examples
    --------
    >>> float(kendall_tau([1, 2, 3, 4], [1, 2, 4, 3]).round(4))
    0.6667
    """
    return _compared(rank_comparison.kendall_tau, reference, rankings)


def kemeny_distance(reference: npt.ArrayLike, rankings: npt.ArrayLike) -> FloatArray:
    """Distance of Kemeny: 2 for each pair in opposite order, 1 for each pair tied in one only.

    Parameters
    ----------
    reference, rankings : array_like, shape (n,) and (..., n)
        As for `spearman`: only the order counts.

    Returns
    -------
    ndarray of float64, shape (...)
        0 to ``n (n - 1)``.

    Raises
    ------
    BadValueError, FaultsError
        As `spearman`.

    References
    ----------
    .. [1] Kemeny, J. G. (1959), Mathematics without numbers, Daedalus 88, 577-591.

    Examples
    --------
    >>> float(kemeny_distance([1, 2, 3], [3, 1.5, 1.5]))
    5.0
    """
    return _compared(rank_comparison.kemeny_distance, reference, rankings)


def frobenius_distance(reference: npt.ArrayLike, rankings: npt.ArrayLike) -> FloatArray:
    """Frobenius distance of the preference matrices of two rankings.

    A preference matrix has 1, 0 or -1 for each pair, in both orders.

    Parameters
    ----------
    reference, rankings : array_like, shape (n,) and (..., n)
        As for `spearman`: only the order counts.

    Returns
    -------
    ndarray of float64, shape (...)
        0 to ``2 √(n (n - 1))``.

    Raises
    ------
    BadValueError, FaultsError
        As `spearman`.

    References
    ----------
    .. [1] Dezert, J., Shekhovtsov, A. and Sałabun, W. (2024), A new distance between
       rankings, Heliyon 10(7).

    Examples
    --------
    >>> float(frobenius_distance([1, 2, 3], [3, 2, 1]).round(4))
    4.899
    """
    return _compared(rank_comparison.frobenius_distance, reference, rankings)


def weighted_spearman(reference: npt.ArrayLike, rankings: npt.ArrayLike) -> FloatArray:
    """Rank correlation in which the top of both rankings weighs most.

    Parameters
    ----------
    reference, rankings : array_like, shape (n,) and (..., n)
        Ranks, 1 for the best.

    Returns
    -------
    ndarray of float64, shape (...)

    Raises
    ------
    BadValueError, FaultsError
        For other shapes, and for ranks beyond 1 to n, by their place.

    References
    ----------
    .. [1] Pinto da Costa, J. and Soares, C. (2005), A weighted rank measure of correlation,
       Australian & New Zealand Journal of Statistics 47, 515-529.

    Examples
    --------
    >>> float(weighted_spearman([1, 2, 3], [1, 3, 2]))
    0.625
    """
    return _compared(rank_comparison.weighted_spearman, reference, rankings, are_places=True)


def ws_similarity(reference: npt.ArrayLike, rankings: npt.ArrayLike) -> FloatArray:
    """Similarity of rankings that depends on the places in the reference (WS), 0 to 1.

    It is not symmetric: the top of the reference weighs most.

    Parameters
    ----------
    reference, rankings : array_like, shape (n,) and (..., n)
        Ranks, 1 for the best.

    Returns
    -------
    ndarray of float64, shape (...)

    Raises
    ------
    BadValueError, FaultsError
        For other shapes, and for ranks beyond 1 to n, by their place.

    References
    ----------
    .. [1] Sałabun, W. and Urbaniak, K. (2020), A new coefficient of rankings similarity in
       decision-making problems, ICCS 2020, LNCS 12138, 632-645.

    Examples
    --------
    >>> float(ws_similarity([1, 2, 3], [2, 1, 3]).round(4))
    0.5
    """
    return _compared(rank_comparison.ws_similarity, reference, rankings, are_places=True)


def drastic_ws_distance(reference: npt.ArrayLike, rankings: npt.ArrayLike) -> FloatArray:
    """Share of the places that differ at all, each place weighing half of the one above it.

    The weight is that of the place in the reference, so the order in which alternatives are
    listed does not matter.

    Parameters
    ----------
    reference, rankings : array_like, shape (n,) and (..., n)
        Ranks, 1 for the best.

    Returns
    -------
    ndarray of float64, shape (...)

    Raises
    ------
    BadValueError, FaultsError
        For other shapes, and for ranks beyond 1 to n, by their place.

    References
    ----------
    .. [1] Sałabun, W. and Shekhovtsov, A. (2023), An innovative drastic metric for ranking
       similarity in decision-making problems, FedCSIS 2023, 731-738.

    Examples
    --------
    >>> float(drastic_ws_distance([1, 2, 3, 4, 5], [2, 1, 3, 4, 5]).round(4))
    0.7742
    """
    return _compared(rank_comparison.drastic_ws_distance, reference, rankings, are_places=True)


def average_rank_shift(reference: npt.ArrayLike, rankings: npt.ArrayLike) -> FloatArray:
    """Mean absolute difference of the ranks.

    Parameters
    ----------
    reference, rankings : array_like, shape (n,) and (..., n)
        Ranks.

    Returns
    -------
    ndarray of float64, shape (...)
        In places.

    Raises
    ------
    BadValueError, FaultsError
        As `spearman`.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, step 7,
       formula 38.
    .. [2] Saisana, M., Saltelli, A. and Tarantola, S. (2005), Uncertainty and sensitivity
       analysis techniques as tools for the quality assessment of composite indicators,
       Journal of the Royal Statistical Society A 168, 307-323.

    Examples
    --------
    >>> average_rank_shift([1, 2, 3], [[1, 2, 3], [3, 2, 1]]).round(4)
    array([0.    , 1.3333])
    """
    return _compared(rank_comparison.average_rank_shift, reference, rankings)
