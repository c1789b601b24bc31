"""Weights by linear programming (scipy): best-worst method, benefit of the doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from inovasi_index.weighting.kernels.passes import FloatArray

__all__ = ["benefit_of_the_doubt", "best_worst_weights"]

_PROGRAMS = 16  # rows that are solved at a time


def best_worst_weights(
    best_to_others: FloatArray, others_to_worst: FloatArray, *, best: int, worst: int
) -> tuple[FloatArray, float]:
    """Solve the linear best-worst model.

    Minimise ξ subject to ``|w_B - a_Bj w_j| ≤ ξ``, ``|w_j - a_jW w_W| ≤ ξ`` for all j,
    ``Σ w = 1``, ``w ≥ 0``.

    Parameters
    ----------
    best_to_others, others_to_worst : ndarray of float64, shape (n,)
    best, worst : int
        Positions.

    Returns
    -------
    weights : ndarray of float64, shape (n,)
    deviation : float
        ξ; 0 for consistent comparisons.

    Raises
    ------
    ArithmeticError
        When the solver gives up, as it does on numbers too far apart.
    """
    from scipy.optimize import linprog

    n = len(best_to_others)
    from_best = -np.diag(best_to_others)
    from_best[:, best] += 1
    to_worst = np.eye(n)
    to_worst[:, worst] -= others_to_worst
    rows = np.concatenate([from_best, -from_best, to_worst, -to_worst])
    answer = linprog(
        np.append(np.zeros(n), 1.0),
        A_ub=np.column_stack([rows, -np.ones(len(rows))]),
        b_ub=np.zeros(len(rows)),
        A_eq=np.append(np.ones(n), 0.0)[None],
        b_eq=[1.0],
        method="highs",
    )
    if answer.x is None:
        raise ArithmeticError(answer.message)
    solution = np.asarray(answer.x, dtype=np.float64)
    weights = np.maximum(solution[:n], 0.0)
    return weights / weights.sum(), float(solution[n])


def benefit_of_the_doubt(
    values: FloatArray, *, lower: FloatArray, upper: FloatArray, on_contributions: bool
) -> tuple[FloatArray, FloatArray]:
    """Find for each row the weights that show it at its best.

    For row c: maximise ``y_c · w`` subject to ``y_k · w ≤ 1`` for every row k, ``w ≥ 0`` and
    ``Lⱼ T ≤ tⱼ ≤ Uⱼ T``, where t is w itself, or the contributions ``w ∘ y_c``, and T is its
    sum.

    Few rows ever bind, so rows enter the program only when a solution breaks them. A call of
    the solver costs more than a small program, so several rows are solved side by side in one.

    Parameters
    ----------
    values : ndarray of float64, shape (rows, n)
        Not negative; each column has a positive value.
    lower, upper : ndarray of float64, shape (n,)
        Bounds of the shares.
    on_contributions : bool
        Whether the shares are those of the contributions, otherwise of the weights.

    Returns
    -------
    scores : ndarray of float64, shape (rows,)
        0 to 1.
    weights : ndarray of float64, shape (rows, n)
    """
    from scipy.optimize import linprog
    from scipy.sparse import block_diag, coo_array

    m, n = values.shape
    at_least, at_most = lower > 0, upper < 1
    # The solver takes numbers below 1e-9 for 0, so the greatest value becomes 1: that of each
    # column, unless shares of the weights are bounded, which depend on the units.
    scale = values.max(axis=0)
    if not on_contributions and (at_least.any() or at_most.any()):
        scale = np.full(n, scale.max())
    values = values / scale
    scores, weights = np.zeros(m), np.zeros((m, n))
    binding = set(values.argmax(axis=0).tolist())
    left = np.flatnonzero(values.any(axis=1)).tolist()
    while left:
        side_by_side, left = left[:_PROGRAMS], left[_PROGRAMS:]
        inside = binding.union(side_by_side)
        within = values[sorted(inside)]
        conditions = []
        # So does that of each row, which neither its best weights nor its shares depend on.
        rows = values[side_by_side] / values[side_by_side].max(axis=1, keepdims=True)
        for row in rows:
            contribution = np.diag(row) if on_contributions else np.eye(n)
            total = contribution.sum(axis=0)
            fewest = lower[at_least, None] * total - contribution[at_least]
            most = contribution[at_most] - upper[at_most, None] * total
            conditions.append(coo_array(np.concatenate([within, fewest, most])))
        limits = np.zeros((len(side_by_side), conditions[0].shape[0]))
        limits[:, : len(within)] = 1.0
        programs: Any = block_diag(conditions, format="csc")  # the stubs expect no sparse matrix
        answer = linprog(
            -rows.ravel(),
            A_ub=programs,
            b_ub=limits.ravel(),
            method="highs",
            options={"presolve": False},
        )
        found = np.maximum(np.asarray(answer.x, dtype=np.float64), 0.0).reshape(-1, n)
        for c, w in zip(side_by_side, found, strict=True):
            reached = values @ w
            highest = int(reached.argmax())
            if reached[highest] > 1 + 1e-9 and highest not in inside:
                binding.add(highest)
                left.append(c)
                continue
            # The solver lets a row pass 1 by its tolerance.
            weights[c] = w / max(1.0, float(reached[highest]))
            scores[c] = values[c] @ weights[c]
    return scores, weights / scale
