"""One order out of many: outranking matrices, and the order that most comparisons support.

Columns are judges, criteria or indicators; rows are what is put in order, and more is
better. Weights are the number of judges of a kind or the importance of a criterion.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from inovasi_index.composite.arrays import (
    arithmetic_guard,
    read_array,
    read_count,
    read_table,
    read_weights,
)
from inovasi_index.composite.kernels import kemeny, pairs
from inovasi_index.composite.words import in_words, shown
from inovasi_index.errors import BadValueError, InfeasibleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from inovasi_index.composite.arrays import ByColumn, FloatArray

__all__ = [
    "LARGEST_PART",
    "Ballots",
    "ConsensusRanking",
    "kemeny_local_search",
    "kemeny_ranking",
    "outranking_matrix",
    "read_ballots",
    "read_largest",
    "support_of_order",
]

# Rows that are ordered together exactly. 18 of them take about 80 MB and less than a second,
# 20 about 300 MB and some seconds.
LARGEST_PART = 18
_LARGEST_ALLOWED = 20


def read_largest(given: object) -> int:
    """Read how many rows are ordered together exactly.

    Raises
    ------
    BadValueError
    """
    return read_count(given, what="largest", least=1, most=_LARGEST_ALLOWED)


@frozen(eq=False)
class Ballots:
    """Orders of preference as a table: one row per alternative, one column per order.

    Attributes
    ----------
    alternatives : tuple of str
        In order of their names.
    values : ndarray of float64, shape (alternatives, orders)
        The number of alternatives that stand behind.
    weights : ndarray of float64, shape (orders,)
        How many voted so.
    """

    alternatives: tuple[str, ...]
    values: FloatArray
    weights: FloatArray


def read_ballots(profile: Mapping[str | tuple[str, ...], float]) -> Ballots:
    """Turn a profile of votes into a table that every aggregation takes.

    Parameters
    ----------
    profile : mapping of str or tuple of str to float
        How many gave each order of preference, the best first. A text names alternatives
        of one letter each.

    Raises
    ------
    BadValueError
        For an empty profile, orders of different alternatives, and counts that are no
        weights.

    Examples
    --------
    >>> from inovasi_index.composite import Borda
    >>> ballots = read_ballots({"abc": 23, "bca": 17, "bac": 2, "cab": 10, "cba": 8})
    >>> ballots.alternatives, Borda().aggregate(ballots.values, ballots.weights)
    (('a', 'b', 'c'), array([58., 69., 53.]))
    """
    if not isinstance(profile, Mapping):
        raise BadValueError(
            f"profile: how many votes by order of preference is needed, not {shown(profile)}"
        )
    if not profile:
        raise BadValueError("profile: no votes")
    wrong = [order for order in profile if not _is_order(order)]
    if wrong:
        named = in_words(map(shown, wrong))
        raise BadValueError(f"profile: an order names alternatives by texts; not so: {named}")
    orders = [tuple(order) for order in profile]
    alternatives = tuple(sorted(orders[0]))
    wrong = [
        order
        for order in orders
        if tuple(sorted(order)) != alternatives or len(set(order)) < len(order)
    ]
    if wrong:
        named = in_words(wrong)
        raise BadValueError(
            f"profile: {named} {'do' if len(wrong) > 1 else 'does'} not name each of "
            f"{alternatives} exactly once"
        )
    behind = [[len(order) - 1 - order.index(name) for order in orders] for name in alternatives]
    names = [" > ".join(order) for order in orders]
    return Ballots(
        alternatives,
        np.array(behind, dtype=np.float64),
        read_weights(list(profile.values()), names),
    )


def _is_order(given: object) -> bool:
    if isinstance(given, str):
        return bool(given)
    return isinstance(given, tuple) and bool(given) and all(isinstance(n, str) for n in given)


def outranking_matrix(values: npt.ArrayLike, weights: ByColumn | None = None) -> FloatArray:
    """Say for each two rows how much speaks for the first: ``e_ij = Σ w[i > j] + ½ Σ w[i = j]``.

    Parameters
    ----------
    values : array_like, shape (rows, columns)
        More is better; only the order within a column counts.
    weights : array_like, shape (columns,), optional
        As they are given; 1 each when omitted.

    Returns
    -------
    ndarray of float64, shape (rows, rows)
        ``e_ij + e_ji`` is the sum of the weights; 0 on the diagonal.

    Raises
    ------
    BadValueError, FaultsError
        For missing or infinite values, and for weights that are none.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 6.13,
       formula 32 and table 36.
    .. [2] Munda, G. and Nardo, M. (2009), Noncompensatory/nonlinear composite indicators for
       ranking countries, Applied Economics 41, 1513-1523.

    Examples
    --------
    >>> outranking_matrix([[1, 5], [2, 5]], weights=[0.7, 0.3])
    array([[0.  , 0.15],
           [0.85, 0.  ]])
    """
    table = read_table(values, what="values", no_gaps="missing values cannot be compared")
    given = read_weights(weights, table.names)
    with arithmetic_guard():
        return pairs.outranking(table.values, given)


def _read_support(support: npt.ArrayLike) -> FloatArray:
    no_gaps = "the support of each two rows is needed"
    table = read_table(support, what="support", no_gaps=no_gaps)
    n_rows, n_columns = table.values.shape
    if n_rows != n_columns:
        raise BadValueError(f"support: shape {table.values.shape}; one number for each two rows")
    return table.values


def support_of_order(support: npt.ArrayLike, order: Sequence[int]) -> float:
    """Sum what speaks for an order, over all pairs that stand in it.

    Parameters
    ----------
    support : array_like, shape (n, n)
        How much speaks for row i before row j, as in `outranking_matrix`.
    order : sequence of int
        Numbers of the rows, the best first.

    Raises
    ------
    BadValueError
        When the order does not name each row exactly once.

    References
    ----------
    .. [1] OECD and JRC (2008), Handbook on Constructing Composite Indicators, section 6.13,
       formula 33, and table 28.

    Examples
    --------
    >>> support_of_order([[0, 33, 25], [27, 0, 42], [35, 18, 0]], [1, 2, 0])
    104.0
    """
    matrix = _read_support(support)
    rows = read_array(order, what="order")
    if rows.ndim != 1 or np.sort(rows).tolist() != list(range(len(matrix))):
        named = shown(rows.tolist())
        raise BadValueError(f"order: {named} does not name each of {len(matrix)} rows once")
    with arithmetic_guard():
        return kemeny.support_of(matrix, rows.astype(np.int64).tolist())


@frozen
class ConsensusRanking:
    """An order of rows, and how much speaks for it.

    Attributes
    ----------
    order : tuple of int
        Numbers of the rows, the best first.
    support : float
        Sum over all pairs that stand in this order.
    is_exact : bool
        Whether no order has more support; otherwise the order comes from a local search.
    n_best : float or None
        How many orders have this support, as far as that is known.
    """

    order: tuple[int, ...]
    support: float
    is_exact: bool
    n_best: float | None


def kemeny_ranking(support: npt.ArrayLike, *, largest: int = LARGEST_PART) -> ConsensusRanking:
    """Find the order with the most support (Condorcet, Kemeny, Young and Levenglick).

    Rows are first parted so that each row of a part wins against all rows of later parts;
    each part is then solved exactly. Of several best orders the first one by the numbers
    of the rows is given. In a part that is too large for that, rows that tie and do alike
    against every other row are ordered as one, side by side; how many orders are best is then
    not known. Support that differs by rounding only counts as equal.

    Parameters
    ----------
    support : array_like, shape (n, n)
        How much speaks for row i before row j, as in `outranking_matrix`.
    largest : int
        The largest part that is solved, up to 20 rows or groups of rows that do alike; time
        and memory double with each.

    Raises
    ------
    BadValueError, FaultsError
        For a matrix of another shape or with values that are not finite.
    InfeasibleError
        When a part is larger; `kemeny_local_search` then finds a good order.

    References
    ----------
    .. [1] Young, H. P. and Levenglick, A. (1978), A consistent extension of Condorcet's
       election principle, SIAM Journal on Applied Mathematics 35, 285-300.
    .. [2] Truchon, M. (1998), An extension of the Condorcet criterion and Kemeny orders,
       Cahier 98-15, CRÉFA, Université Laval (the parts).
    .. [3] Betzler, N., Fellows, M. R., Guo, J., Niedermeier, R. and Rosamond, F. A. (2009),
       Fixed-parameter algorithms for Kemeny rankings, Theoretical Computer Science 410,
       4554-4570 (dynamic programming over sets).

    Examples
    --------
    >>> kemeny_ranking([[0, 33, 25], [27, 0, 42], [35, 18, 0]])
    ConsensusRanking(order=(1, 2, 0), support=104.0, is_exact=True, n_best=1.0)
    """
    matrix = _read_support(support)
    largest = read_largest(largest)
    with arithmetic_guard():
        return _best_order(matrix, largest)


def _best_order(matrix: FloatArray, largest: int) -> ConsensusRanking:
    parts = [(part, matrix[np.ix_(part, part)]) for part in kemeny.components(matrix)]
    # Rows that do alike are only put together where that is needed: it hides how many orders
    # are best.
    groups = [kemeny.alike(inner) if len(part) > largest else None for part, inner in parts]
    size = max(len(together or part) for together, (part, _) in zip(groups, parts, strict=True))
    if size > largest:
        raise InfeasibleError(
            f"majorities do not part {size} of the rows, and at most {largest} are ordered "
            "exactly; kemeny_local_search finds a good order, which may not be the best"
        )
    order: list[int] = []
    n_best: float | None = 1.0
    for together, (part, inner) in zip(groups, parts, strict=True):
        if together is None:
            places, ways = kemeny.best_order(inner)
            n_best = None if n_best is None else n_best * ways
        else:
            found, _ = kemeny.best_order(kemeny.between(inner, together))
            places, n_best = [int(row) for g in found for row in together[g]], None
        order.extend(int(row) for row in part[places])
    support_found = kemeny.support_of(matrix, order)
    return ConsensusRanking(tuple(order), support_found, is_exact=True, n_best=n_best)


def kemeny_local_search(support: npt.ArrayLike) -> ConsensusRanking:
    """Find a good order for any number of rows, which need not be the one with most support.

    From the order of the Borda scores on, single rows are moved to better places until no
    such move helps.

    Parameters
    ----------
    support : array_like, shape (n, n)
        How much speaks for row i before row j, as in `outranking_matrix`.

    Raises
    ------
    BadValueError, FaultsError
        For a matrix of another shape or with values that are not finite.

    References
    ----------
    .. [1] Ali, A. and Meilă, M. (2012), Experiments with Kemeny ranking: what works when?,
       Mathematical Social Sciences 64, 28-40 (Borda start, local search).

    Examples
    --------
    >>> found = kemeny_local_search([[0, 33, 25], [27, 0, 42], [35, 18, 0]])
    >>> found.order, found.is_exact
    ((1, 2, 0), False)
    """
    matrix = _read_support(support)
    with arithmetic_guard():
        start = np.argsort(-matrix.sum(axis=1), kind="stable")
        order = kemeny.improved_order(matrix, start.tolist())
        found = kemeny.support_of(matrix, order)
    return ConsensusRanking(tuple(order), found, is_exact=False, n_best=None)
