"""Which innovations to report so that the index is highest: exact, by sorting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["best_subset"]


def _largest_fractions(
    numerators: NDArray[np.int64], denominators: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Return the positions of the largest fraction and of all that equal it."""
    if int(numerators.max()) * int(denominators.max()) >= 1 << 62:
        numerators, denominators = numerators.astype(object), denominators.astype(object)
    best = int(np.argmax((numerators / denominators).astype(np.float64)))
    while True:  # doubles lead to the neighbourhood, integers decide
        mine, other = numerators * denominators[best], numerators[best] * denominators
        better = np.flatnonzero(mine > other)
        if not better.size:
            return np.flatnonzero(mine == other)
        best = int(better[0])


def best_subset(
    maturity: NDArray[np.int64],
    basic_of: NDArray[np.integer],
    *,
    floor: int,
    cap: int,
    points: int,
    needed: int,
    covering: bool = False,
) -> NDArray[np.bool_]:
    """Return the subset of innovations for which ``count + sum / divisor`` is largest.

    The divisor is ``max(floor, n)``; the count points are ``points × min(cap, n)`` where at
    least `needed` basic affairs are covered, else 0.

    For a given n the best subset is found by two exchanges. (1) *Without coverage*: the n
    largest maturities, since any other innovation can be exchanged for one of these.
    (2) *With coverage*: call the best innovation of an affair (the first of equals) its
    representative, and let F be the `needed` representatives of highest maturity. A subset
    that covers enough affairs may be made to hold the representative of each affair that it
    covers, in exchange for another innovation of that affair. If it then lacks one of F, it
    covers an affair whose representative is not in F and not better; exchanging the two
    keeps enough affairs covered. So some best subset holds F, and what is left of it are the
    largest maturities of the others. No exchange lowers the sum. So the best subset for
    every n comes from prefix sums over one sorted order, and the best n by comparing
    fractions with integers.

    Parameters
    ----------
    maturity : ndarray of int64, shape (n,)
        In hundredths of a point, not negative.
    basic_of : ndarray of int, shape (n,)
        Basic affair of each innovation, from 0; -1 for all others.
    floor, cap : int
        Least divisor; innovations beyond `cap` earn no count points.
    points : int
        Hundredths of a point for each counted innovation.
    needed : int
        Basic affairs that must be covered for count points.
    covering : bool
        Whether only subsets that cover them are considered; there must be one.

    Returns
    -------
    ndarray of bool, shape (n,)
        Of subsets that are equally good the largest; of innovations that are equally mature
        those that come first, representatives of affairs before others.
    """
    n = len(maturity)
    order = np.argsort(-maturity, kind="stable")
    in_order = maturity[order]
    affairs, first_of = np.unique(basic_of[order], return_index=True)
    representatives = np.sort(first_of[affairs >= 0])
    sizes = np.arange(n + 1)
    sums = np.concatenate([[0], np.cumsum(in_order)])
    divisor = np.maximum(sizes, max(floor, 1))
    forced = representatives[:needed]
    others = np.delete(np.arange(n), forced)
    numerators, denominators = [], []
    if not covering:
        numerators.append(sums)
        denominators.append(divisor)
    first = sum(map(len, numerators))  # of the subsets that cover
    if len(forced) == needed:
        part = in_order[forced].sum() + np.concatenate([[0], np.cumsum(in_order[others])])
        counted = np.minimum(sizes, cap) * points
        numerators.append(part + (counted * divisor)[needed:])
        denominators.append(divisor[needed:])
    best = _largest_fractions(np.concatenate(numerators), np.concatenate(denominators))
    size = np.where(best >= first, best - first + needed, best)
    # The last of the largest: with coverage rather than without.
    winner = best[size == size.max()][-1]
    chosen = np.zeros(n, np.bool_)
    if winner >= first:
        chosen[order[forced]] = True
        chosen[order[others[: size.max() - needed]]] = True
    else:
        chosen[order[: size.max()]] = True
    return chosen
