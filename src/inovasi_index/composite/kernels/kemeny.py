"""The order of rows that most pairwise comparisons support.

`support` has shape (n, n): how much speaks for row i before row j. The support of an order
is the sum over all pairs that stand in that order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Sums of the same numbers in another order differ by rounding; what is closer is equal.
ROUNDING = 1e-12


def support_of(support: NDArray[np.float64], order: Sequence[int]) -> float:
    """Sum of the support over all pairs that stand in this order."""
    at = np.asarray(order)
    return float(np.triu(support[np.ix_(at, at)], k=1).sum())


def components(support: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """Part the rows so that each row of a part beats each row of all later parts.

    Every best order keeps the parts in this order, so each can be ordered by itself. A
    part is cut off as soon as all of its rows have won against all the rest: with rows in
    the order of their victories, as soon as the victories across the cut are complete.
    """
    n = len(support)
    scale = np.abs(support).max(initial=0.0)
    beats = support - support.T > ROUNDING * scale
    order = np.argsort(-beats.sum(axis=1), kind="stable")
    across = beats[np.ix_(order, order)].astype(np.int64).cumsum(axis=0)
    size = np.arange(1, n)
    # Victories of the first k rows over the rows from k on.
    won = np.array([across[k - 1, k:].sum() for k in size], dtype=np.int64)
    cuts = size[won == size * (n - size)]
    return [np.sort(part) for part in np.split(order, cuts)]


def alike(support: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """Group the rows that tie with one another and do alike against every other row.

    Some best order keeps each group together: where its rows stand apart, all of them may as
    well stand where the best placed one of them does. Groups go by their first rows.
    """
    margin = support - support.T
    unit = ROUNDING * max(float(np.abs(support).max(initial=0.0)), 1e-300)
    _, first, group = np.unique(
        np.rint(margin / unit), axis=0, return_index=True, return_inverse=True
    )
    return [np.flatnonzero(group.reshape(-1) == g) for g in np.argsort(first)]


def between(
    support: NDArray[np.float64], groups: Sequence[NDArray[np.int64]]
) -> NDArray[np.float64]:
    """Sum the support of the rows of each group before those of each other."""
    member = np.zeros((len(groups), len(support)))
    for g, rows in enumerate(groups):
        member[g, rows] = 1.0
    return np.asarray(member @ support @ member.T)


def best_order(support: NDArray[np.float64]) -> tuple[list[int], float]:
    """Find an order with the most support, and how many orders have it.

    Dynamic programming over the sets of rows that stand first: the best support of a set
    is that without its last row plus what speaks for the others before that row. Time and
    memory grow with ``n 2^n``. Of several best orders it is the first one, by the numbers
    of the rows.
    """
    n = len(support)
    sets = 1 << n
    # gain[i, S]: what speaks for row i before all of the set S.
    gain = np.zeros((n, sets))
    for j in range(n):
        half = 1 << j
        gain[:, half : 2 * half] = gain[:, :half] + support[:, j, None]
    # Sets of rows that are still to be placed, small ones first; best[S] orders S alone.
    members = np.arange(sets)
    sizes = np.zeros(sets, dtype=np.int8)
    for j in range(n):
        sizes[1 << j : 2 << j] = sizes[: 1 << j] + 1
    best = np.zeros(sets)
    ways = np.ones(sets)
    tolerance = ROUNDING * max(float(np.abs(support).sum()), 1e-300)
    for size in range(1, n + 1):
        layer = members[sizes == size]
        candidates = np.full((n, len(layer)), -np.inf)
        counts = np.zeros((n, len(layer)))
        for i in range(n):
            inside = np.flatnonzero(layer >> i & 1)
            rest = layer[inside] ^ (1 << i)
            candidates[i, inside] = gain[i, rest] + best[rest]
            counts[i, inside] = ways[rest]
        best[layer] = candidates.max(axis=0)
        ways[layer] = np.where(candidates >= best[layer] - tolerance, counts, 0.0).sum(axis=0)
    order = []
    left = sets - 1
    while left:
        bits = [(i, left ^ (1 << i)) for i in range(n) if left >> i & 1]
        enough = best[left] - tolerance
        first, left = next((i, rest) for i, rest in bits if gain[i, rest] + best[rest] >= enough)
        order.append(first)
    return order, float(ways[-1])


def improved_order(support: NDArray[np.float64], order: Sequence[int]) -> list[int]:
    """Move single rows to better places until no such move helps.

    The result is a local optimum: no order that differs by one move has more support.
    """
    current = np.array(order)
    margin = support - support.T
    tolerance = ROUNDING * max(float(np.abs(support).sum()), 1e-300)
    moved = True
    while moved:
        moved = False
        for row in list(current):
            at = int(np.flatnonzero(current == row)[0])
            others = np.delete(current, at)
            # Support gained by standing before each of the others, summed from the end.
            ahead = np.concatenate([np.cumsum(margin[row, others][::-1])[::-1], [0.0]])
            to = int(np.argmax(ahead))
            if ahead[to] > ahead[at] + tolerance:
                current = np.insert(others, to, row)
                moved = True
    return [int(row) for row in current]
