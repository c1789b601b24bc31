"""Ranks of many rows at once.

The rule for ties is one of ``"min"``, ``"max"``, ``"average"`` and ``"dense"``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Rows are worked on in pieces of about this many values, so that the order, the sorted
# values and the ranks of a piece stay in the cache.
BLOCK = 1 << 15


def ranks_from_top(scores: NDArray[Any], ties: str) -> NDArray[Any]:
    """Rank each row of (rows, n) scores, 1 for the highest; scores must not be NaN."""
    return _ranks(scores, ties, from_top=True)


def ranks_from_bottom(values: NDArray[Any], ties: str) -> NDArray[Any]:
    """Rank each row of (rows, n) values, 1 for the lowest; NaN comes last."""
    return _ranks(values, ties, from_top=False)


def _ranks(values: NDArray[Any], ties: str, *, from_top: bool) -> NDArray[Any]:
    n_rows, n = values.shape
    result = np.empty((n_rows, n), dtype=np.float64 if ties == "average" else np.int64)
    step = max(1, BLOCK // max(1, n))
    for start in range(0, n_rows, step):
        piece = values[start : start + step]
        order = piece.argsort(axis=1)
        if from_top:
            order = order[:, ::-1]
        ordered = np.take_along_axis(piece, order, axis=1)
        ranked = ranks_of_ordered(ordered, ties)
        np.put_along_axis(result[start : start + step], order, ranked, axis=1)
    return result


def ranks_of_ordered(ordered: NDArray[Any], ties: str) -> NDArray[Any]:
    """Rank rows that are already in order, rising or falling."""
    n = ordered.shape[1]
    place = np.arange(1, n + 1)
    step_up = ordered[:, 1:] != ordered[:, :-1]
    if step_up.all():
        return np.broadcast_to(place, ordered.shape)
    border = np.ones((ordered.shape[0], 1), dtype=np.bool_)
    starts = np.concatenate([border, step_up], axis=1)
    if ties == "dense":
        return np.cumsum(starts, axis=1, dtype=np.int64)
    first = np.maximum.accumulate(np.where(starts, place, 1), axis=1)
    if ties == "min":
        return np.asarray(first)
    ends = np.concatenate([step_up, border], axis=1)
    last = np.minimum.accumulate(np.where(ends, place, n)[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(last if ties == "max" else (first + last) / 2)


def ranks_among(
    values: NDArray[np.float64], ordered: NDArray[np.float64], ties: str, *, from_top: bool
) -> NDArray[np.float64]:
    """Rank values among the rising numbers of a reference, as if each were one of them.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
        NaN stays NaN.
    ordered : ndarray of float64, shape (k,)
    ties : str
    from_top : bool
        1 for the highest; otherwise for the lowest.
    """
    if ties == "dense":
        ordered = np.unique(ordered)
    below = np.searchsorted(ordered, values, side="left")
    not_above = np.searchsorted(ordered, values, side="right")
    first = 1 + (len(ordered) - not_above if from_top else below)
    last = len(ordered) - below if from_top else not_above
    chosen = {"max": last, "average": (first + last) / 2}.get(ties, first)
    return np.where(np.isnan(values), np.nan, chosen)
