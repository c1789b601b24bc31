"""Linear and integer programs, solved by HiGHS through SciPy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["INFEASIBLE", "OPTIMAL", "STOPPED", "integer_minimum", "relaxation"]

OPTIMAL, STOPPED, INFEASIBLE = 0, 1, 2

_Rows = tuple[Any, NDArray[np.float64], NDArray[np.float64]]


def relaxation(
    objective: NDArray[np.int64], rows: _Rows, upper: NDArray[np.int64], *, seconds: float
) -> tuple[int, float, NDArray[np.float64]]:
    """Minimise a sum over real numbers from 0 to their upper bounds.

    Parameters
    ----------
    objective : ndarray of int64, shape (n,)
    rows : (sparse array, ndarray, ndarray)
        Coefficients, shape (m, n), and lower and upper bounds of ``matrix @ x``, shape (m,).
    upper : ndarray of int64, shape (n,)
    seconds : float
        Time limit.

    Returns
    -------
    status : int
        `OPTIMAL`, `STOPPED` (by the time limit or numerical trouble) or `INFEASIBLE`.
    least : float
        The minimum; minus infinity when stopped.
    duals : ndarray of float64, shape (m,)
        How the minimum changes with the bound of each row; 0 for rows that do not bind.

    References
    ----------
    Huangfu, Q., Hall, J. A. J. (2018). Parallelizing the dual revised simplex method.
    Mathematical Programming Computation 10, 119-142 (the solver HiGHS).
    """
    from scipy.optimize import linprog
    from scipy.sparse import vstack

    matrix, low, high = rows
    equal = low == high
    below, above = np.isfinite(high) & ~equal, np.isfinite(low) & ~equal
    program: dict[str, Any] = {
        "A_ub": vstack([matrix[below], -matrix[above]]),
        "b_ub": np.concatenate([high[below], -low[above]]),
        "A_eq": matrix[equal],
        "b_eq": low[equal],
        "bounds": np.stack([np.zeros(len(upper)), upper], axis=1),
        "options": {"time_limit": seconds},
    }
    result = linprog(objective.astype(np.float64), **program, method="highs")
    duals = np.zeros(len(low))
    if _is_infeasible(result):
        return INFEASIBLE, np.inf, duals
    if result.status != OPTIMAL or result.fun is None:
        return STOPPED, -np.inf, duals
    duals[equal] = result.eqlin.marginals
    duals[below] = result.ineqlin.marginals[: below.sum()]
    duals[above] -= result.ineqlin.marginals[below.sum() :]
    return OPTIMAL, float(result.fun), duals


def integer_minimum(
    objective: NDArray[np.int64],
    rows: _Rows,
    box: tuple[NDArray[np.float64], NDArray[np.float64]],
    *,
    seconds: float,
) -> tuple[int, NDArray[np.int64] | None, float]:
    """Minimise a sum over whole numbers.

    Parameters
    ----------
    objective : ndarray of int64, shape (n,)
    rows : (sparse array, ndarray, ndarray)
        As for `relaxation`.
    box : (ndarray, ndarray)
        Lower and upper bounds of the variables, float64 (n,).
    seconds : float
        Time limit.

    Returns
    -------
    status : int
        As for `relaxation`.
    x : ndarray of int64, shape (n,), or None
        The best point that was found, rounded to whole numbers.
    bound : float
        A lower bound of the objective; minus infinity where none is known.
    """
    from scipy.optimize import milp

    (matrix, row_low, row_high), (low, high) = rows, box
    free = high > low
    columns = matrix.tocsc()
    settled = columns[:, ~free] @ low[~free]
    open_matrix = columns[:, free].tocsr()
    matters = np.diff(open_matrix.indptr) > 0
    left_low, left_high = row_low - settled, row_high - settled
    if (left_low > 0)[~matters].any() or (left_high < 0)[~matters].any() or (high < low).any():
        return INFEASIBLE, None, np.inf
    point = np.rint(low).astype(np.int64)
    fixed = float(objective[~free] @ point[~free])
    if not free.any():
        return OPTIMAL, point, fixed
    program: dict[str, Any] = {
        "integrality": np.ones(int(free.sum()), np.int64),
        "bounds": (low[free], high[free]),
        "constraints": (open_matrix[matters], left_low[matters], left_high[matters]),
        # What presolving could find here is found by the box; its probing takes far longer.
        "options": {"mip_rel_gap": 0.0, "time_limit": seconds, "presolve": False},
    }
    result = milp(objective[free].astype(np.float64), **program)
    if _is_infeasible(result):
        return INFEASIBLE, None, np.inf
    bound = -np.inf if result.mip_dual_bound is None else fixed + float(result.mip_dual_bound)
    status = OPTIMAL if result.status == OPTIMAL else STOPPED
    if result.x is None:
        return status, None, bound
    point[free] = np.rint(result.x).astype(np.int64)
    return status, point, bound


def _is_infeasible(result: Any) -> bool:
    # Every variable is bounded, so "unbounded or infeasible" can only mean the latter.
    return result.status == INFEASIBLE or "or infeasible" in result.message
