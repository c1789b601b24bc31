"""How far a weight may move: closed form against scanning, the paper's formula, and fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inovasi_index.analysis.robustness import (
    Bands,
    LinearScore,
    band_intervals,
    pair_intervals,
    ranking_intervals,
    top_intervals,
)
from inovasi_index.errors import BadValueError, FaultsError, UnknownNameError
from inovasi_index.weighting.scheme import Weights

if TYPE_CHECKING:
    from collections.abc import Callable


def moved(weights: list[Fraction], j: int, t: Fraction) -> list[Fraction]:
    """Set one weight and scale the others to keep the sum."""
    rest = sum(w for i, w in enumerate(weights) if i != j)
    return [t if i == j else w * (sum(weights) - t) / rest for i, w in enumerate(weights)]


def scores_of(values: list[list[Fraction]], weights: list[Fraction]) -> list[Fraction]:
    return [sum((v * w for v, w in zip(row, weights, strict=True)), Fraction(0)) for row in values]


def ranks_of(scores: list[Fraction]) -> list[int]:
    return [1 + sum(other > own for other in scores) for own in scores]


def holds_between(
    lower: Fraction, upper: Fraction, weight: Fraction, holds: Callable[[Fraction], bool]
) -> None:
    """Check a statement just inside both ends, at the weight, and just beyond the ends."""
    assert lower <= weight <= upper
    assert holds(weight)
    if lower < upper:
        nudge = (upper - lower) / 10**6
        assert holds(lower + nudge)
        assert holds(upper - nudge)


cases = st.integers(2, 4).flatmap(
    lambda m: st.tuples(
        st.lists(
            st.lists(st.integers(0, 6).map(Fraction), min_size=m, max_size=m),
            min_size=2,
            max_size=6,
        ),
        st.lists(st.integers(1, 5).map(lambda w: Fraction(w, 7)), min_size=m, max_size=m),
    )
)


@given(cases)
def test_the_ranking_stays_up_to_the_ends_and_not_beyond(
    case: tuple[list[list[Fraction]], list[Fraction]],
) -> None:
    values, weights = case
    score = LinearScore(values)
    found = ranking_intervals(score, weights)
    before = ranks_of(scores_of(values, weights))
    total = sum(weights, Fraction(0))
    for j, weight in enumerate(weights):

        def same(t: Fraction, j: int = j) -> bool:
            return ranks_of(scores_of(values, moved(weights, j, t))) == before

        lower, upper = found.interval(str(j))
        assert isinstance(lower, Fraction)
        holds_between(lower, upper, weight, same)
        tiny = Fraction(1, 10**9)
        if lower > 0:
            assert not same(lower - tiny)
            assert found.lower_change[0, j]
        if upper < total:
            assert not same(upper + tiny)
            assert found.upper_change[0, j]
    # Floats give the same ends.
    rough = ranking_intervals(
        LinearScore(np.array(values, dtype=float)), [float(w) for w in weights]
    )
    np.testing.assert_allclose(rough.lower, found.lower.astype(float), atol=1e-12)
    np.testing.assert_allclose(rough.upper, found.upper.astype(float), atol=1e-12)


@given(cases, st.data())
def test_the_top_stays_up_to_the_ends_and_not_beyond(
    case: tuple[list[list[Fraction]], list[Fraction]], data: st.DataObject
) -> None:
    values, weights = case
    k = data.draw(st.integers(1, len(values) - 1))
    ordered = sorted(scores_of(values, weights), reverse=True)
    score = LinearScore(values)
    if ordered[k - 1] == ordered[k]:
        with pytest.raises(BadValueError, match="tied across place"):
            top_intervals(score, weights, k)
        return
    found = top_intervals(score, weights, k)

    def top(at: list[Fraction]) -> set[int]:
        # Those that are strictly better than all the others.
        scores = scores_of(values, at)
        edge = sorted(scores, reverse=True)
        if edge[k - 1] == edge[k]:
            return set()
        return {n for n, s in enumerate(scores) if s >= edge[k - 1]}

    before = top(weights)
    for j, weight in enumerate(weights):
        lower, upper = found.interval(str(j), f"the first {k} stay")

        def same(t: Fraction, j: int = j) -> bool:
            return top(moved(weights, j, t)) == before

        holds_between(lower, upper, weight, same)
        tiny = Fraction(1, 10**9)
        if lower > 0:
            assert top(moved(weights, j, lower - tiny)) != before
        if upper < sum(weights):
            assert top(moved(weights, j, upper + tiny)) != before


@given(cases, st.booleans())
def test_the_band_stays_up_to_the_ends_and_not_beyond(
    case: tuple[list[list[Fraction]], list[Fraction]], rounds: bool
) -> None:
    values, weights = case
    bands = Bands(["low", "middle", "high"], [1.5, 4])
    found = band_intervals(LinearScore(values), weights, bands, decimals=2 if rounds else None)
    half = Fraction(1, 200) if rounds else Fraction(0)

    def band(unit: int, at: list[Fraction]) -> int:
        s = scores_of(values, at)[unit]
        return int(s >= Fraction(3, 2) - half) + int(s >= 4 - half)

    for n, statement in enumerate(found.statements):
        before = band(n, weights)
        assert statement == f"{n} stays {bands.names[before]}"
        for j, weight in enumerate(weights):
            lower, upper = found.interval(str(j), statement)

            def same(t: Fraction, j: int = j, n: int = n, before: int = before) -> bool:
                return band(n, moved(weights, j, t)) == before

            holds_between(lower, upper, weight, same)
            tiny = Fraction(1, 10**9)
            if found.lower_change[n, j]:
                assert lower - tiny < 0 or band(n, moved(weights, j, lower - tiny)) != before
            else:
                assert lower == 0
            if found.upper_change[n, j]:
                beyond = upper + tiny
                assert beyond > sum(weights) or band(n, moved(weights, j, beyond)) != before
            else:
                assert upper == sum(weights)


def test_floats_at_the_edge_of_a_band() -> None:
    # 0.1 × 3 + 0.2 × 3 is a hair off 0.9, which is the edge.
    score = LinearScore([[0.3, 0.6]])
    found = band_intervals(score, [1, 1], Bands(["low", "high"], [0.9]), decimals=None)
    assert found.statements == ("0 stays high",)
    assert found.interval("0") == (0.0, 1.0)
    assert found.upper_change.tolist() == [["falls to low", ""]]
    assert found.interval("1") == (1.0, 2.0)


def test_a_scan_finds_the_same_ends() -> None:
    rng = np.random.default_rng(4)
    values, weights = rng.random((12, 5)) * 100, rng.dirichlet(np.ones(5))
    found = ranking_intervals(LinearScore(values), weights)
    grid = np.linspace(0, 1, 20_001)
    before = np.argsort(-(values @ weights))
    for j in range(5):
        others = np.delete(weights, j)
        at = np.insert((1 - grid)[:, None] * (others / others.sum()), j, grid, axis=1)
        same = (np.argsort(-(at @ values.T), axis=1) == before).all(axis=1)
        here = np.searchsorted(grid, weights[j])
        first, last = here, here
        while first > 0 and same[first - 1]:
            first -= 1
        while last < len(grid) - 1 and same[last]:
            last += 1
        assert abs(grid[first] - found.lower[0, j]) < 1e-4
        assert abs(grid[last] - found.upper[0, j]) < 1e-4


def test_criticality_is_that_of_triantaphyllou_and_sanchez() -> None:
    # Theorem 1 of the paper: with D = (P_j - P_i) / (a_jk - a_ik), the pair is reversed when
    # W_k is lessened by more (or less) than D, if D <= W_k; percent of W_k (equation 8).
    rng = np.random.default_rng(9)
    values, weights = rng.random((5, 4)), np.array([0.4, 0.3, 0.2, 0.1])
    preference = values @ weights
    pairs = [(str(i), str(j)) for i in range(5) for j in range(i)]
    found = pair_intervals(LinearScore(values), weights, pairs).criticality
    for row, (i, j) in zip(found, pairs, strict=True):
        a, b = int(i), int(j)
        change = (preference[b] - preference[a]) / (values[b] - values[a])
        expected = np.where(change <= weights, 100 * np.abs(change) / weights, np.inf)
        np.testing.assert_allclose(row, expected, rtol=1e-9)


def test_a_pair_that_no_weight_can_reverse() -> None:
    found = pair_intervals(LinearScore([[5, 6], [4, 3]], units=["A", "B"]), [1, 1], [("B", "A")])
    assert found.statements == ("A before B",)
    assert found.interval("0", "A before B") == (0, 2)
    assert np.isinf(found.criticality).all()
    assert repr(found).startswith("<WeightIntervals: A before B, 2 indicators")


def test_neighbours_of_the_ranking_when_no_pairs_are_given() -> None:
    score = LinearScore([[1, 2], [5, 5], [3, 3]], units=["A", "B", "C"])
    found = pair_intervals(score, [1, 1])
    assert found.statements == ("B before C", "C before A")
    assert repr(found).startswith("<WeightIntervals: 2 statements")
    columns = found.to_columns()
    assert columns["statement"].tolist() == ["B before C"] * 2 + ["C before A"] * 2
    assert columns["indicator"].tolist() == ["0", "1"] * 2
    assert columns["weight"].tolist() == [1.0] * 4


def test_ties() -> None:
    # A and B are tied by these weights alone; C and D are the same; E is far below.
    score = LinearScore([[6, 0], [0, 6], [2, 2], [2, 2], [0, 0]], units=["A", "B", "C", "D", "E"])
    found = pair_intervals(score, [1, 1], [("A", "B"), ("C", "D")])
    assert found.statements == ("A level with B", "C level with D")
    assert found.interval("0") == (1, 1)
    assert found.lower_change[0].tolist() == ["they part"] * 2
    assert found.interval("0", "C level with D") == (0, 2)
    whole = ranking_intervals(score, [1, 1])
    assert whole.interval("0") == (1, 1)
    assert found.criticality[0].tolist() == [0, 0]


def test_whole_numbers_are_exact_beside_an_exact_score() -> None:
    score = LinearScore([[Fraction(1), Fraction(2)], [Fraction(2), Fraction(0)]])
    lower, upper = ranking_intervals(score, [1, 1]).interval("0")
    assert (lower, upper) == (0, Fraction(4, 3))
    assert isinstance(upper, Fraction)
    floats = ranking_intervals(score, [1.0, 1.0])
    assert floats.lower.dtype == np.float64


def test_a_weight_that_carries_everything_cannot_move() -> None:
    found = ranking_intervals(LinearScore([[1, 2], [2, 0]]), [1, 0])
    assert found.interval("0") == (1, 1)
    assert found.interval("1")[0] == 0


def test_an_offset_counts() -> None:
    score = LinearScore([[10, 0], [0, 10]], offset=[0, 4], units=["A", "B"])
    # A: 10 t, B: 10 (1 - t) + 4.
    assert ranking_intervals(score, [0.9, 0.1]).interval("0")[0] == pytest.approx(0.7)


def test_weights_are_put_in_order_by_their_keys() -> None:
    score = LinearScore([[10, 0], [0, 10]], indicators=["x", "y"])
    weights = Weights(("y", "x"), [0.25, 0.75], scheme="fixed")
    found = ranking_intervals(score, weights)
    np.testing.assert_allclose(found.weights, [0.75, 0.25])
    with pytest.raises(UnknownNameError, match="unknown indicator 'z'"):
        ranking_intervals(score, Weights(("z", "x"), [0.25, 0.75], scheme="fixed"))
    with pytest.raises(BadValueError, match="no weight for y"):
        ranking_intervals(score, Weights(("x",), [1], scheme="fixed"))


def test_refusals() -> None:
    score = LinearScore([[10, 0], [0, 10]], indicators=["x", "y"])
    with pytest.raises(FaultsError) as caught:
        ranking_intervals(score, [-1, np.nan])
    assert [(f.code, f.place) for f in caught.value.faults] == [
        ("not-finite", "y"),
        ("negative-weight", "x"),
    ]
    with pytest.raises(BadValueError, match="sum to 0"):
        ranking_intervals(score, [0, 0])
    with pytest.raises(BadValueError, match="no pairs"):
        pair_intervals(score, [1, 1], [])
    with pytest.raises(BadValueError, match="pairs of names"):
        pair_intervals(score, [1, 1], [("0",)])  # type: ignore[list-item]
    with pytest.raises(UnknownNameError, match="unknown unit 'q'"):
        pair_intervals(score, [1, 1], [("0", "q")])
    with pytest.raises(UnknownNameError, match="unknown indicator 'q'"):
        ranking_intervals(score, [1, 1]).interval("q")
    with pytest.raises(BadValueError, match="k: 2; allowed: whole numbers from 1 to 1"):
        top_intervals(score, [2, 1], 2)
    single = ranking_intervals(LinearScore([[10, 0]]), [1, 1])
    assert single.interval("0") == (0, 2)


def test_all_pairs_of_the_regions_at_once() -> None:
    rng = np.random.default_rng(1)
    values, weights = rng.random((546, 20)) * 100, rng.dirichlet(np.ones(20))
    found = top_intervals(LinearScore(values), weights, 100)
    assert (found.lower <= weights).all()
    assert (found.upper >= weights).all()
    assert (found.upper - found.lower).max() < 0.1
