"""Kemeny orders against all permutations, ballots and outranking."""

from __future__ import annotations

import math
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from inovasi_index.composite import (
    Kemeny,
    kemeny_local_search,
    kemeny_ranking,
    outranking_matrix,
    read_ballots,
    support_of_order,
)
from inovasi_index.composite.kernels.kemeny import components
from inovasi_index.errors import BadValueError, FaultsError, InfeasibleError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def all_supports(support: NDArray[np.float64]) -> dict[tuple[int, ...], float]:
    """Add up each order pair by pair."""
    return {
        order: sum(
            float(support[i, j]) for place, i in enumerate(order) for j in order[place + 1 :]
        )
        for order in permutations(range(len(support)))
    }


def square(n: int) -> st.SearchStrategy[NDArray[np.float64]]:
    return arrays(np.float64, (n, n), elements=st.integers(0, 6).map(float))


supports = st.integers(1, 6).flatmap(square)


@given(support=supports)
def test_kemeny_against_all_permutations(support: NDArray[np.float64]) -> None:
    every = all_supports(support)
    best = max(every.values())
    winners = [order for order, found in every.items() if found == best]
    result = kemeny_ranking(support)
    assert result.is_exact
    assert result.support == best == support_of_order(support, result.order)
    assert result.n_best == len(winners)
    assert result.order in winners


@given(
    values=arrays(
        np.float64,
        st.tuples(st.integers(1, 6), st.integers(1, 5)),
        elements=st.integers(0, 3).map(float),
    ),
    data=st.data(),
)
def test_kemeny_of_data_with_uneven_weights(
    values: NDArray[np.float64], data: st.DataObject
) -> None:
    # Tenths are not exact in binary, so equal supports differ by rounding.
    weights = data.draw(arrays(np.float64, values.shape[1], elements=st.integers(1, 9).map(float)))
    support = outranking_matrix(values, weights / 10)
    every = all_supports(outranking_matrix(values, weights))
    best = max(every.values())
    result = kemeny_ranking(support)
    assert result.support == pytest.approx(best / 10)
    assert result.n_best == sum(found == best for found in every.values())
    scores = Kemeny().aggregate(values, weights)
    assert scores[list(result.order)].tolist() == list(range(len(values) - 1, -1, -1))


@given(support=supports, data=st.data())
def test_the_support_does_not_depend_on_the_order_of_rows(
    support: NDArray[np.float64], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(support))))
    found = kemeny_ranking(support[np.ix_(order, order)])
    expected = kemeny_ranking(support)
    assert (found.support, found.n_best) == (expected.support, expected.n_best)


@given(support=supports)
def test_parts_beat_all_later_parts_and_cannot_be_parted(support: NDArray[np.float64]) -> None:
    parts = components(support)
    assert sorted(int(i) for part in parts for i in part) == list(range(len(support)))
    beats = support > support.T
    for place, part in enumerate(parts):
        later = [i for other in parts[place + 1 :] for i in other]
        assert beats[np.ix_(part, later)].all()
        for k in range(1, len(part)):
            for first in permutations(part, k):
                rest = [i for i in part if i not in first]
                assert not beats[np.ix_(first, rest)].all()


@given(support=st.integers(1, 4).flatmap(square), data=st.data())
def test_rows_that_do_alike_are_ordered_as_one(
    support: NDArray[np.float64], data: st.DataObject
) -> None:
    copies = data.draw(st.lists(st.integers(0, len(support) - 1), min_size=1, max_size=7))
    rows = np.array([*range(len(support)), *copies][:7])
    many = support[np.ix_(rows, rows)]
    many[rows[:, None] == rows] = 3.0
    exact = kemeny_ranking(many)
    together = kemeny_ranking(many, largest=len(support))
    assert together.support == exact.support == support_of_order(many, together.order)
    assert together.n_best in {None, exact.n_best}


def test_any_number_of_rows_that_tie() -> None:
    values = np.repeat([[3.0, 1.0, 2.0], [2.0, 3.0, 1.0], [1.0, 2.0, 3.0]], 30, axis=0)
    scores = Kemeny().aggregate(values)
    assert sorted(scores) == list(range(90))
    # The three go round in a circle; each is ordered as a block.
    assert [set(block) for block in np.argsort(-scores).reshape(3, 30) // 30] == [{0}, {1}, {2}]
    assert Kemeny().aggregate(np.ones((25, 3))).tolist() == list(range(24, -1, -1))


def test_parts_make_long_orders_exact() -> None:
    rng = np.random.default_rng(5)
    values = np.arange(300)[:, None] + rng.integers(0, 3, size=(300, 9))
    support = outranking_matrix(values)
    assert max(len(part) for part in components(support)) < 12
    exact = kemeny_ranking(support)
    local = kemeny_local_search(support)
    assert exact.support >= local.support
    np.testing.assert_allclose(
        np.abs(np.array(exact.order) - np.arange(300)[::-1]).max(), 0, atol=4
    )


@given(support=supports)
def test_local_search_ends_where_no_move_helps(support: NDArray[np.float64]) -> None:
    result = kemeny_local_search(support)
    assert not result.is_exact
    assert result.n_best is None
    assert sorted(result.order) == list(range(len(support)))
    assert result.support <= kemeny_ranking(support).support + 1e-9
    for row in result.order:
        others = [i for i in result.order if i != row]
        for place in range(len(support)):
            moved = [*others[:place], row, *others[place:]]
            assert support_of_order(support, moved) <= result.support + 1e-9


def test_local_search_escapes_a_poor_borda_order() -> None:
    # The Borda winner is not the head of the best order here.
    support = np.array([[0, 33, 25], [27, 0, 42], [35, 18, 0]])
    assert kemeny_local_search(support).support == kemeny_ranking(support).support


def test_tennessee_capital() -> None:
    # The example of four cities that voting theory uses; the best order has 393 of 600.
    votes: dict[str | tuple[str, ...], float] = {
        ("Memphis", "Nashville", "Chattanooga", "Knoxville"): 42.0,
        ("Nashville", "Chattanooga", "Knoxville", "Memphis"): 26.0,
        ("Chattanooga", "Knoxville", "Nashville", "Memphis"): 15.0,
        ("Knoxville", "Chattanooga", "Nashville", "Memphis"): 17.0,
    }
    ballots = read_ballots(votes)
    result = kemeny_ranking(outranking_matrix(ballots.values, ballots.weights))
    names = [ballots.alternatives[i] for i in result.order]
    assert names == ["Nashville", "Chattanooga", "Knoxville", "Memphis"]
    assert (result.support, result.n_best) == (393, 1)


def test_one_and_no_majority() -> None:
    assert kemeny_ranking([[0]]).order == (0,)
    nobody = kemeny_ranking(np.zeros((4, 4)))
    assert (nobody.order, nobody.n_best) == ((0, 1, 2, 3), 24)


def test_eighteen_rows_without_majorities_are_solved() -> None:
    support = np.random.default_rng(2).random((18, 18))
    result = kemeny_ranking(support)
    assert result.support >= kemeny_local_search(support).support


# Each of 19 rows beats the one after it, the last one the first, and ties with all others.
CIRCLE = np.roll(np.eye(19), 1, axis=1)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: kemeny_ranking([[0, 1]]), BadValueError, "one number for each two rows"),
        (lambda: kemeny_ranking([[0, math.nan], [1.0, 0]]), FaultsError, "row 0, column 1"),
        (lambda: kemeny_ranking([[0]], largest=21), BadValueError, "whole numbers from 1 to 20"),
        (lambda: kemeny_ranking(CIRCLE), InfeasibleError, "part 19 of the rows"),
        (lambda: support_of_order([[0]], [1]), BadValueError, "each of 1 rows once"),
        (lambda: outranking_matrix([[math.nan]]), FaultsError, "cannot be compared"),
        (lambda: outranking_matrix([[1]], [-1]), FaultsError, "column 0: -1"),
        (lambda: read_ballots({}), BadValueError, "no votes"),
        (lambda: read_ballots({"ab": 1, "ac": 2}), BadValueError, "exactly once"),
        (lambda: read_ballots({"aa": 1}), BadValueError, "exactly once"),
        (lambda: read_ballots({"ab": -1, "ba": 2}), FaultsError, "a > b: -1"),
    ],
)
def test_what_is_refused(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()
