"""The kernels that rank and count, against plain Python."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from inovasi_index.analysis.robustness.kernels import counting


def plain_ranks(scores: list[float]) -> list[int]:
    return [1 + sum(other > own for other in scores) for own in scores]


def placed(
    scores: np.ndarray, position: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray | None]:
    at = np.arange(scores.shape[1]) if position is None else position
    return counting.places(scores, at, scores.min(axis=1), scores.max(axis=1))


few_values = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(1, 9)),
    elements=st.sampled_from([-3.5, -1.0, 0.0, 0.25, 1.0, 7.75, 99.99, 100.0]),
)


@given(few_values)
def test_competition_ranks_with_many_ties(scores: np.ndarray) -> None:
    expected = [plain_ranks(row) for row in scores.tolist()]
    assert counting.competition_ranks(scores).tolist() == expected


@given(few_values, st.floats(1e-12, 1e12), st.floats(-5, 5))
def test_ranks_do_not_change_with_the_unit(scores: np.ndarray, factor: float, power: float) -> None:
    unit = factor * 10.0**power
    np.testing.assert_array_equal(
        counting.competition_ranks(scores * unit), counting.competition_ranks(scores)
    )


def test_random_scores_of_many_units() -> None:
    scores = np.random.default_rng(5).normal(50, 10, (40, 700))
    order = np.argsort(-scores, axis=1, kind="stable")
    found, ranks = placed(scores)
    assert ranks is None
    np.testing.assert_array_equal(found, order)


def test_scores_that_differ_in_the_upper_bits_alone_or_in_the_lower() -> None:
    # Closer than 32-bit keys can tell, further apart than the grid of 64-bit keys.
    rng = np.random.default_rng(8)
    base = rng.integers(0, 3, (30, 300)) * 25.0
    scores = base + rng.permuted(np.tile(np.arange(300) * 1e-6, (30, 1)), axis=1)
    np.testing.assert_array_equal(
        counting.competition_ranks(scores),
        [plain_ranks(row) for row in scores.tolist()],
    )


def test_rounding_of_floats_does_not_break_a_tie() -> None:
    scores = np.array([[0.1 + 0.2, 0.3, 0.3 - 1e-16, 0.29999]])
    assert counting.competition_ranks(scores).tolist() == [[1, 1, 1, 4]]


@pytest.mark.parametrize("size", [1e-297, 1e-30, 1e30, 1e300])
def test_very_small_and_very_large_scores(size: float) -> None:
    scores = np.array([[1.0, 3.0, 2.0, 2.0]]) * size
    assert counting.competition_ranks(scores).tolist() == [[4, 1, 2, 2]]


def test_scores_next_to_zero_are_zero() -> None:
    scores = np.array([[5e-324, 1e-320, 0.0]])
    assert counting.competition_ranks(scores).tolist() == [[1, 1, 1]]


def test_zero_scores_are_all_tied() -> None:
    assert counting.competition_ranks(np.zeros((2, 3))).tolist() == [[1, 1, 1]] * 2


def test_ties_are_broken_by_position_and_share_a_rank() -> None:
    scores = np.array([[5.0, 7.0, 5.0], [1.0, 2.0, 3.0]])
    order, ranks = placed(scores, np.array([2, 0, 1]))
    assert order.tolist() == [[0, 1, 2], [1, 0, 2]]
    assert ranks is not None
    assert ranks.tolist() == [[0, 1, 1], [0, 1, 2]]
    assert counting.ranks_of(order, ranks).tolist() == [[0, 1, 1], [1, 0, 2]]


@given(
    st.lists(st.decimals(0, 100, places=3), min_size=1, max_size=20),
    st.sampled_from([0, 1, 2]),
)
def test_steps_round_half_up(values: list[Decimal], decimals: int) -> None:
    scores = np.array([[float(v) for v in values]])
    steps = counting.score_bins(scores, lower=0, steps_per_unit=10**decimals, slack=1e-6)
    expected = [
        int(v.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP).scaleb(decimals))
        for v in values
    ]
    assert steps.tolist() == [expected]


def test_steps_of_a_negative_scale() -> None:
    steps = counting.score_bins(
        np.array([[-5.0, -4.96, -4.94, 0.0]]), lower=-5, steps_per_unit=10, slack=1e-6
    )
    assert steps.tolist() == [[0, 0, 1, 50]]


def test_counts_of_places_and_steps() -> None:
    order = np.array([[0, 2, 1], [2, 0, 1]], dtype=np.int32)
    counts = np.zeros((3, 3), np.uint32)
    counting.count_places(counts, order, None)
    assert counts.tolist() == [[1, 0, 1], [1, 0, 1], [0, 2, 0]]
    tied = np.zeros((3, 3), np.uint32)
    counting.count_places(tied, order, np.array([[0, 0, 2], [0, 1, 1]]))
    assert tied.tolist() == [[1, 0, 2], [1, 1, 0], [0, 1, 0]]
    steps = np.zeros((2, 4), np.uint32)
    counting.count_steps(steps, np.array([[3, 0], [3, 1], [2, 1]]))
    assert steps.tolist() == [[0, 0, 1, 2], [1, 2, 0, 0]]


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.permutations(range(n)), min_size=1)))
def test_kept_sets_against_sets(orders: list[list[int]]) -> None:
    n = len(orders[0])
    kept = counting.kept_sets(np.array(orders, dtype=np.int32), n)
    assert kept.tolist() == [
        sum(set(o[:k]) == set(range(k)) for o in orders) for k in range(1, n + 1)
    ]


@pytest.mark.parametrize("draws", [1, 255, 256, 600])
def test_win_counts_against_comparison(draws: int) -> None:
    ranks = np.random.default_rng(draws).integers(0, 5, (draws, 4))
    expected = (ranks[:, :, None] < ranks[:, None, :]).sum(axis=0)
    np.testing.assert_array_equal(counting.win_counts(ranks), expected)
    np.testing.assert_array_equal(counting.win_counts(ranks + 70_000 * (ranks > 2)), expected)


def test_weights_go_to_every_unit_that_is_first() -> None:
    order = np.array([[1, 0], [0, 1]], dtype=np.int32)
    weights = np.array([[1, 10], [2, 20]])
    sums = np.zeros((2, 2), np.int64)
    counting.first_weight_sums(sums, weights, order, None)
    assert sums.tolist() == [[2, 20], [1, 10]]
    counting.first_weight_sums(sums, weights, order, np.array([[0, 0], [0, 1]]))
    assert sums.tolist() == [[2 + 3, 20 + 30], [1 + 1, 10 + 10]]


@given(
    hnp.arrays(np.float64, st.integers(1, 60), elements=st.integers(0, 9).map(float)),
    st.lists(st.floats(0, 1), min_size=1, max_size=5),
)
def test_quantiles_are_the_inverse_of_the_distribution(
    values: np.ndarray, probabilities: list[float]
) -> None:
    counts = np.bincount(values.astype(int), minlength=10).astype(np.uint32)[None, :]
    found = counting.histogram_quantiles(counts, np.array(probabilities))[0]
    for p, value in zip(probabilities, found, strict=True):
        share_at, share_below = (values <= value).mean(), (values < value).mean()
        assert share_at >= p - 1e-8
        assert share_below < p + 1e-8 or value == values.min()
