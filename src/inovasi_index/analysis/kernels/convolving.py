"""Distributions of sums of independent two-valued amounts, by convolution on whole numbers.

An answer adds its step with probability p and nothing otherwise. The distributions of single
answers are convolved pairwise, the results pairwise again, until one is left: a binary tree,
whose equal subtrees are worked out once. All terms are positive, so nothing cancels, and each
probability is accurate in relation to itself.

Where weights have no common unit to speak of, distributions of hundreds of thousands of values
would have to be convolved. These go through the fast Fourier transform, and what is then less
likely than 1e-19 is noise and counts as 0.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Node", "joined", "leaf_effects", "sum_tree", "upper_tail"]

# Probabilities below this at the ends of a distribution are dropped. All that is dropped
# together is far below the spacing of doubles around 1.
NEGLIGIBLE = 1e-40

# Products of lengths up to this are convolved directly, in about ten milliseconds.
DIRECT = 1 << 24
NOISE = 1e-19

# First value, probabilities, left child, right child; leaves have the children -1.
Node = tuple[int, NDArray[Any], int, int]


def _trimmed(start: int, masses: NDArray[Any]) -> tuple[int, NDArray[Any]]:
    """Drop what is negligible at both ends of a distribution in doubles."""
    if masses.dtype == object or (masses[0] >= NEGLIGIBLE and masses[-1] >= NEGLIGIBLE):
        return start, masses
    kept = masses >= NEGLIGIBLE
    first = int(kept.argmax())
    return start + first, masses[first : len(masses) - int(kept[::-1].argmax())]


def _by_transform(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    """Return the convolution by way of the fast Fourier transform."""
    n = len(first) + len(second) - 1
    size = 1 << (n - 1).bit_length()
    product = np.fft.rfft(first, size) * np.fft.rfft(second, size)
    return np.fft.irfft(product, size)[:n]


def _convolution(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    if first.dtype == object or len(first) * len(second) <= DIRECT:
        return np.convolve(first, second)
    masses = _by_transform(first, second)
    masses[masses < NOISE] = 0
    return masses


def _correlation(values: NDArray[Any], masses: NDArray[Any]) -> NDArray[Any]:
    """Return the expectation of ``values[n + X]`` for each n, X distributed by `masses`."""
    if values.dtype == object or len(values) * len(masses) <= DIRECT:
        return np.correlate(values, masses, "valid")
    return _by_transform(values, masses[::-1])[len(masses) - 1 : len(values)]


def sum_tree(steps: NDArray[np.int64], survival: NDArray[Any]) -> list[Node]:
    """Return the tree of convolutions for a sum of independent steps.

    Parameters
    ----------
    steps : ndarray of int64, shape (n,)
        What an answer adds when it survives, positive, in units.
    survival : ndarray of float64 or of fractions (object), shape (n,)
        Its probability. With fractions everything is exact.

    Returns
    -------
    list of (int, ndarray, int, int)
        Nodes, children before parents, the root last: the smallest value of the sum, the
        probability of each value from there on, and the two children (-1 for leaves, which
        come first, one for each different pair of a step and a probability).
    """
    one = survival.dtype.type(1) if survival.dtype != object else 1
    nodes: list[Node] = []
    known: dict[tuple[object, object], int] = {}
    order = sorted(zip(steps.tolist(), survival.tolist(), strict=True))
    if not order:
        return [(0, np.array([one], survival.dtype), -1, -1)]
    row = []
    for step, p in order:
        if (step, p) not in known:
            masses = np.zeros(step + 1, survival.dtype)
            masses[0] = one - p
            masses[step] = p
            known[step, p] = len(nodes)
            nodes.append((0, masses, -1, -1))
        row.append(known[step, p])
    known.clear()
    while len(row) > 1:
        paired = []
        for left, right in zip(row[::2], row[1::2], strict=False):
            if (left, right) not in known:
                masses = _convolution(nodes[left][1], nodes[right][1])
                known[left, right] = len(nodes)
                nodes.append((*_trimmed(nodes[left][0] + nodes[right][0], masses), left, right))
            paired.append(known[left, right])
        row = [*paired, *row[2 * len(paired) :]]
    return nodes


def joined(
    first: tuple[int, NDArray[Any]], second: tuple[int, NDArray[Any]], *, spacings: Sequence[int]
) -> tuple[int, int, NDArray[Any]]:
    """Return the distribution of the sum of two amounts on grids of different spacing.

    Parameters
    ----------
    first, second : (int, ndarray)
        Smallest value and probabilities, each counted in its own spacing.
    spacings : sequence of int, length 2
        The spacings of the two grids, positive.

    Returns
    -------
    (int, int, ndarray)
        The smallest value, the spacing of the common grid, and the probabilities on it.
    """
    spacing = math.gcd(*spacings)
    lowest = first[0] * spacings[0] + second[0] * spacings[1]
    pairs = [(len(first[1]), spacings[0], first[1]), (len(second[1]), spacings[1], second[1])]
    (n_short, short_space, short), (n_long, long_space, long) = sorted(pairs, key=lambda p: p[0])
    short_stride, long_stride = short_space // spacing, long_space // spacing
    span = (n_long - 1) * long_stride + 1
    masses = np.zeros(span + (n_short - 1) * short_stride, long.dtype)
    for n in range(n_short):
        start = n * short_stride
        masses[start : start + span : long_stride] += short[n] * long
    return lowest, spacing, masses


def upper_tail(masses: NDArray[Any], least: NDArray[np.int64]) -> NDArray[Any]:
    """Return the probability of at least so much.

    Parameters
    ----------
    masses : ndarray, shape (m,)
        Probabilities of 0, 1, ….
    least : ndarray of int64, shape (k,)

    Returns
    -------
    ndarray, shape (k,)
    """
    tail = np.concatenate([np.cumsum(masses[::-1])[::-1], np.zeros(1, masses.dtype)])
    return tail[np.clip(least, 0, len(masses))]


def leaf_effects(nodes: Sequence[Node], value_of: NDArray[Any]) -> NDArray[Any]:
    """Return how much the expectation of a function grows when one leaf surely survives.

    More exactly, for a leaf with step s and the sum Y of all others, ``E f(Y + s) − E f(Y)``.
    The function is carried down the tree: what a node's function is for its left child is
    its correlation with the distribution of the right child.

    Parameters
    ----------
    nodes : sequence
        From `sum_tree`.
    value_of : ndarray, shape of the root's probabilities
        The function, at each value of the sum.

    Returns
    -------
    ndarray of float64, shape (n_leaves,)
        In the order of the leaves of the tree.
    """
    n_leaves = sum(left < 0 for _, _, left, _ in nodes)
    values: list[NDArray[Any] | None] = [None] * len(nodes)
    values[-1] = value_of
    for n in range(len(nodes) - 1, n_leaves - 1, -1):
        start, masses, left, right = nodes[n]
        mine = values[n]
        if mine is None:  # pragma: no cover - every node has a parent but the root
            continue
        # Values outside what was kept have no weight to speak of; the nearest will do.
        before = start - nodes[left][0] - nodes[right][0]
        full = len(nodes[left][1]) + len(nodes[right][1]) - 1
        mine = np.pad(mine, (before, full - before - len(masses)), mode="edge")
        # A subtree that occurs twice stands in the same company wherever it occurs.
        for child, other in ((left, right), (right, left)):
            if values[child] is None:
                values[child] = _correlation(mine, nodes[other][1])
    leaves = [values[n] for n in range(n_leaves)]
    return np.array([0 if v is None else v[-1] - v[0] for v in leaves])
