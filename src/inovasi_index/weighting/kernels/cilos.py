"""Impact loss of columns (CILOS)."""

from __future__ import annotations

import numpy as np

from inovasi_index.composite.kernels.bundles import across, row_blocks, widen
from inovasi_index.weighting.kernels.passes import BoolArray, FloatArray, Table, products

__all__ = ["impact_losses", "stationary_weights"]

_REGULAR = 1e10  # an inverse with larger entries, beside those of the matrix, may be none
_FEW = 0.25  # best values a row: with fewer, only the rows that have one are looked at


def impact_losses(
    table: Table,
    best: FloatArray,
    costs: BoolArray,
    *,
    first_only: bool,
) -> FloatArray:
    """Return the relative loss of column j in the rows where column i is best.

    Parameters
    ----------
    table : ndarray, shape (rows, n)
        Not negative, costs positive.
    best : ndarray of float64, shape (n,)
        Greatest value of a benefit (positive), least of a cost.
    costs : ndarray of bool, shape (n,)
    first_only : bool
        Of several best rows, take the first; otherwise the mean over all of them.

    Returns
    -------
    ndarray of float64, shape (n, n)
        ``pᵢⱼ = 1 - x'ᵢⱼ / x'ⱼⱼ`` with x' = x for a benefit and min(x) / x for a cost;
        between 0 and 1.
    """
    n = table.shape[1]
    kept = np.zeros((n, n))
    many = np.zeros(n)
    wide = widen(best)
    turned = np.flatnonzero(costs)
    for block in row_blocks(table):
        is_best, value = np.empty(block.shape, dtype=np.bool_), block
        across(np.equal, block, wide, out=is_best)
        count = np.count_nonzero(is_best)
        if count < _FEW * len(block):
            rows = np.unique(np.flatnonzero(is_best) // n)
            is_best, value = is_best[rows], block[rows]
        if first_only and count:
            first = is_best.argmax(axis=0)
            is_best = is_best & (many == 0) & (np.arange(len(value))[:, None] == first)
        if len(turned):
            value = value.copy()
            value[:, turned] = 1 / value[:, turned]
        chosen = is_best.astype(np.float64)
        kept += products(chosen, value)
        many += chosen.sum(axis=0)
    scale = best.copy()
    scale[turned] = 1 / best[turned]
    losses: FloatArray = 1.0 - kept / (many[:, None] * scale)
    np.fill_diagonal(losses, 0.0)
    # A mean over several best rows may pass the best by rounding.
    return np.maximum(losses, 0.0, out=losses)


def stationary_weights(losses: FloatArray) -> tuple[FloatArray, int]:
    """Solve ``F q = 0`` where F is `losses` minus the sums of its columns on the diagonal.

    F is the generator of a Markov process: a solution that is not negative exists. Where
    it is not unique, the solutions of the closed classes have no column in common, and the
    projection of equal weights on all solutions is taken.

    Parameters
    ----------
    losses : ndarray of float64, shape (n, n), zero diagonal

    Returns
    -------
    weights : ndarray of float64, shape (n,)
        Not negative, sum 1.
    dimension : int
        Number of independent solutions.
    """
    n = len(losses)
    leaving = losses.sum(axis=0)
    generator = np.diag(leaving) - losses
    # With a constant added, the system has one solution where F has one of sum 1.
    level = float(leaving.max(initial=0.0)) / n
    try:
        inverse = np.linalg.inv(generator + level)
    except np.linalg.LinAlgError:
        return _projection(generator)
    if not np.abs(inverse).max() * level < _REGULAR:
        return _projection(generator)
    weights = np.maximum(inverse.sum(axis=1), 0.0)
    return weights / weights.sum(), 1


def _projection(generator: FloatArray) -> tuple[FloatArray, int]:
    _, singular, basis = np.linalg.svd(generator)
    # The least singular value is 0 but for rounding, whatever it is.
    zero = max(singular[0] * len(generator) * np.finfo(np.float64).eps, singular[-1])
    solutions = basis[singular <= zero]
    weights = np.maximum(solutions.T @ solutions.sum(axis=1), 0.0)
    return weights / weights.sum(), len(solutions)
