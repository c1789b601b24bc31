"""Aggregations: laws, limits, zeros, comparison of rows and what is refused."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from inovasi_index.composite import (
    Additive,
    AdjustedMazziottaPareto,
    Aggregation,
    Arithmetic,
    Borda,
    Copeland,
    Geometric,
    Harmonic,
    Kemeny,
    MazziottaPareto,
    Minimum,
    MinMax,
    Penalty,
    PowerMean,
    Promethee,
    WeightedSum,
    outranking_matrix,
)
from inovasi_index.errors import BadValueError, FaultsError, InfeasibleError
from inovasi_index.weighting import Weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

MEANS: dict[str, Aggregation] = {
    "arithmetic": Arithmetic(),
    "geometric": Geometric(),
    "harmonic": Harmonic(),
    "power 3": PowerMean(3),
    "power 1/2": PowerMean(0.5),
    "power 0.001": PowerMean(0.001),
    "power -2": PowerMean(-2),
    "power -inf": PowerMean(-math.inf),
    "power inf": PowerMean(math.inf),
    "minimum": Minimum(),
}
BY_ROW = MEANS | {
    "sum": WeightedSum(),
    "mpi": MazziottaPareto(),
    "ampi upward": AdjustedMazziottaPareto(Penalty.UPWARD),
}
BETWEEN_ROWS: dict[str, Aggregation] = {
    "borda": Borda(),
    "borda, min": Borda(ties="min"),
    "copeland": Copeland(),
    "kemeny": Kemeny(),
    "promethee": Promethee(),
    "promethee, linear": Promethee(1, 4),
}

weights_of = st.integers(0, 5).map(float)


@st.composite
def weighted(
    draw: st.DrawFn, *, low: int = 1, high: int = 100
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    n_rows, k = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    numbers = st.integers(low, high).map(float)
    values = draw(arrays(np.float64, (n_rows, k), elements=numbers))
    weights = draw(arrays(np.float64, k, elements=weights_of))
    assume(weights.sum() > 0)
    return values, weights


def agree(found: ArrayLike, expected: ArrayLike, name: str = "") -> None:
    np.testing.assert_allclose(
        np.asarray(found), np.asarray(expected), rtol=1e-9, atol=1e-12, err_msg=name
    )


@given(case=weighted(low=0))
def test_means_lie_between_the_extremes(
    case: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    values, weights = case
    counted = values[:, weights > 0]
    for name, rule in MEANS.items():
        found = rule.aggregate(values, weights)
        assert (found >= counted.min(axis=1) * (1 - 1e-9)).all(), name
        assert (found <= counted.max(axis=1) * (1 + 1e-9)).all(), name


@given(case=weighted(low=0))
def test_means_rise_with_the_power(
    case: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    values, weights = case
    powers = [-math.inf, -30, -2, -1, -0.1, -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.1, 1, 2, 30, math.inf]
    found = np.array([PowerMean(p).aggregate(values, weights) for p in powers])
    assert (np.diff(found, axis=0) >= -1e-9 * (1 + found[1:])).all()
    geometric, arithmetic = Geometric(), Arithmetic()
    harmonic = Harmonic().aggregate(values, weights)
    assert (harmonic <= geometric.aggregate(values, weights) * (1 + 1e-9)).all()
    assert (
        geometric.aggregate(values, weights) <= arithmetic.aggregate(values, weights) * (1 + 1e-9)
    ).all()


@given(case=weighted())
def test_power_means_have_the_others_as_members_and_limits(
    case: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    values, weights = case
    members: list[tuple[float, Aggregation, float]] = [
        (1, Arithmetic(), 1e-9),
        (0, Geometric(), 1e-9),
        (-1, Harmonic(), 1e-9),
        (-math.inf, Minimum(), 0),
        (1e-9, Geometric(), 1e-7),
        (-1e-9, Geometric(), 1e-7),
        (-1e5, Minimum(), 1e-3),
    ]
    for power, member, tolerance in members:
        found = PowerMean(power).aggregate(values, weights)
        np.testing.assert_allclose(found, member.aggregate(values, weights), rtol=tolerance)


@given(case=weighted(), power=st.sampled_from([-3, -2, -1, 1, 2, 5]))
def test_power_means_agree_with_fractions(
    case: tuple[NDArray[np.float64], NDArray[np.float64]], power: int
) -> None:
    values, weights = case
    total = Fraction(weights.sum())
    exact = [
        sum(Fraction(w) * Fraction(x) ** power for w, x in zip(weights, row, strict=True)) / total
        for row in values
    ]
    found = PowerMean(power).aggregate(values, weights)
    np.testing.assert_allclose(found, [float(e) ** (1 / power) for e in exact], rtol=1e-12)


def test_power_means_do_not_overflow() -> None:
    values = [[1e200, 1e-200], [3.0, 3.0]]
    assert PowerMean(50).aggregate(values)[0] == pytest.approx(1e200 * 0.5 ** (1 / 50))
    assert PowerMean(-50).aggregate(values)[0] == pytest.approx(1e-200 * 2 ** (1 / 50))
    np.testing.assert_allclose(PowerMean(5e-3).aggregate(values)[1], 3)


@given(case=weighted(), factor=st.floats(0.001, 1000))
def test_the_unit_of_weights_does_not_matter_to_means(
    case: tuple[NDArray[np.float64], NDArray[np.float64]], factor: float
) -> None:
    values, weights = case
    for name, rule in (BY_ROW | BETWEEN_ROWS).items():
        if name in {"sum", "borda", "borda, min"}:
            scaled = rule.aggregate(values, weights) * factor
        else:
            scaled = rule.aggregate(values, weights)
        found = rule.aggregate(values, weights * factor)
        agree(found, scaled, name)


@given(case=weighted(), data=st.data())
def test_order_of_columns_does_not_matter(
    case: tuple[NDArray[np.float64], NDArray[np.float64]], data: st.DataObject
) -> None:
    values, weights = case
    order = data.draw(st.permutations(range(len(weights))))
    for name, rule in (BY_ROW | BETWEEN_ROWS).items():
        found = rule.aggregate(values[:, order], weights[order])
        agree(found, rule.aggregate(values, weights), name)


@given(case=weighted(), data=st.data())
def test_order_of_rows_does_not_matter(
    case: tuple[NDArray[np.float64], NDArray[np.float64]], data: st.DataObject
) -> None:
    values, weights = case
    order = data.draw(st.permutations(range(len(values))))
    # Kemeny takes the first of several best orders; test_consensus_orders looks at that.
    for name, rule in (BY_ROW | BETWEEN_ROWS).items():
        if name != "kemeny":
            found = rule.aggregate(values[order], weights)
            expected = rule.aggregate(values, weights)[order]
            agree(found, expected, name)


@given(case=weighted(), data=st.data())
def test_more_is_never_worse(
    case: tuple[NDArray[np.float64], NDArray[np.float64]], data: st.DataObject
) -> None:
    values, weights = case
    row = data.draw(st.integers(0, len(values) - 1))
    column = data.draw(st.integers(0, len(weights) - 1))
    better = values.copy()
    better[row, column] += data.draw(st.integers(1, 50))
    rules = MEANS | {"sum": WeightedSum()} | BETWEEN_ROWS
    for name, rule in rules.items():
        if name == "kemeny":
            continue
        before, after = rule.aggregate(values, weights), rule.aggregate(better, weights)
        assert after[row] >= before[row] - 1e-9, name


@given(case=weighted(), data=st.data())
def test_a_value_without_weight_does_not_count(
    case: tuple[NDArray[np.float64], NDArray[np.float64]], data: st.DataObject
) -> None:
    values, weights = case
    extra = data.draw(arrays(np.float64, (len(values), 1), elements=st.just(0.0) | weights_of))
    wider, more = np.hstack([values, extra]), np.append(weights, 0.0)
    for name, rule in (BY_ROW | BETWEEN_ROWS).items():
        found = rule.aggregate(wider, more)
        agree(found, rule.aggregate(values, weights), name)


@given(case=weighted(), data=st.data())
def test_weights_by_row_are_the_weights_of_that_row(
    case: tuple[NDArray[np.float64], NDArray[np.float64]], data: st.DataObject
) -> None:
    values, _ = case
    by_row = data.draw(arrays(np.float64, values.shape, elements=st.integers(0, 4).map(float)))
    assume((by_row.sum(axis=1) > 0).all())
    for name, rule in BY_ROW.items():
        found = rule.aggregate(values, by_row)
        single = [
            rule.aggregate(row[None, :], weights)[0]
            for row, weights in zip(values, by_row, strict=True)
        ]
        agree(found, single, name)


@given(case=weighted())
def test_contributions_add_up(
    case: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    values, weights = case
    for rule in (Arithmetic(), WeightedSum()):
        parts = rule.contributions(values, weights)
        assert parts.shape == values.shape
        agree(parts.sum(axis=1), rule.aggregate(values, weights))


def test_zeros() -> None:
    values = [[0.0, 4.0], [0.0, 0.0], [1.0, 4.0]]
    assert Geometric().aggregate(values).tolist() == [0, 0, 2]
    np.testing.assert_allclose(Harmonic().aggregate(values), [0, 0, 1.6])
    for power in (0, -0.5, -1, -1e-4, -math.inf):
        assert PowerMean(power).aggregate(values)[:2].tolist() == [0, 0]
    # With a positive power a zero is a value like any other.
    np.testing.assert_allclose(PowerMean(2).aggregate(values)[:2], [math.sqrt(8), 0])
    np.testing.assert_allclose(PowerMean(5e-3).aggregate(values)[:2], [4 * 0.5**200, 0])
    # A zero without a weight does not count.
    for rule in (Geometric(), Harmonic(), PowerMean(-1), Minimum()):
        assert rule.aggregate(values, [0, 1]).tolist() == [4, 0, 4]


# --- Mazziotta-Pareto -----------------------------------------------------------------------


@given(case=weighted())
def test_mazziotta_pareto_by_its_definition(
    case: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    values, weights = case
    for rule in (MazziottaPareto(), MazziottaPareto(Penalty.UPWARD)):
        found = rule.aggregate(values, weights)
        for row, result in zip(values, found, strict=True):
            mean = np.average(row, weights=weights)
            deviation = math.sqrt(np.average((row - mean) ** 2, weights=weights))
            assert result == pytest.approx(mean + rule.penalty * deviation * deviation / mean)


def test_mazziotta_pareto_penalises_imbalance_only() -> None:
    rule = MazziottaPareto()
    assert rule.aggregate([[90, 90, 90], [80, 90, 100]]).tolist()[0] == 90
    assert rule.aggregate([[80, 90, 100]])[0] < 90 < rule_upward().aggregate([[80, 90, 100]])[0]
    # M of 90 and S² of 200/3, by hand.
    assert rule.aggregate([[80, 90, 100]])[0] == pytest.approx(90 - 200 / 3 / 90)


def rule_upward() -> MazziottaPareto:
    return MazziottaPareto(Penalty.UPWARD)


def test_mazziotta_pareto_standardises_to_100_and_10() -> None:
    values = MazziottaPareto.normalisation().apply([[1.0, 50.0], [3.0, 10.0]], [1, -1])
    assert values.tolist() == [[90, 90], [110, 110]]
    posts = AdjustedMazziottaPareto.goalposts(2.0, lowest=1, highest=3)
    assert posts.apply([2.0, 3.0]).tolist() == [100, 130]


def test_mazziotta_pareto_needs_positive_means() -> None:
    with pytest.raises(BadValueError, match="not so in rows 1, 2"):
        MazziottaPareto().aggregate([[1, 2], [-1, 1], [-3, -4]])


# --- Rules that compare rows ----------------------------------------------------------------

small = arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(1, 4)),
    elements=st.integers(0, 4).map(float),
)


@given(values=small, data=st.data())
def test_borda_and_copeland_by_counting(values: NDArray[np.float64], data: st.DataObject) -> None:
    n, k = values.shape
    weights = data.draw(arrays(np.float64, k, elements=st.integers(1, 4).map(float)))
    borda, copeland = np.zeros(n), np.zeros(n)
    for i, j in product(range(n), range(n)):
        if i != j:
            ahead = weights[values[i] > values[j]].sum()
            behind = weights[values[i] < values[j]].sum()
            equal = weights[values[i] == values[j]].sum()
            borda[i] += ahead + equal / 2
            copeland[i] += np.sign(ahead - behind)
    np.testing.assert_allclose(Borda().aggregate(values, weights), borda)
    assert Copeland().aggregate(values, weights).tolist() == copeland.tolist()
    # The Borda score is the sum of a row of the outranking matrix.
    np.testing.assert_allclose(outranking_matrix(values, weights).sum(axis=1), borda)


def test_copeland_takes_a_difference_by_rounding_for_a_tie() -> None:
    # 0.1 + 0.2 and 0.3 differ in the last digit.
    assert Copeland().aggregate([[1, 1, 0], [0, 0, 1]], [0.1, 0.2, 0.3]).tolist() == [0, 0]


def test_copeland_works_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(3).integers(0, 5, size=(50, 4)).astype(np.float64)
    whole = Copeland().aggregate(values)
    monkeypatch.setattr("inovasi_index.composite.kernels.pairs.BLOCK", 120)
    assert Copeland().aggregate(values).tolist() == whole.tolist()


@given(values=small, data=st.data())
def test_promethee_by_pairs(values: NDArray[np.float64], data: st.DataObject) -> None:
    n, k = values.shape
    weights = data.draw(arrays(np.float64, k, elements=st.integers(1, 4).map(float)))
    thresholds = st.sampled_from([0.0, 0.5, 1.0, 2.0, 2.5])
    low = data.draw(arrays(np.float64, k, elements=thresholds))
    high = low + data.draw(arrays(np.float64, k, elements=thresholds))

    def preference(ahead: float, j: int) -> float:
        if ahead <= low[j]:
            return 0.0
        return 1.0 if ahead > high[j] else (ahead - low[j]) / (high[j] - low[j])

    flow = np.zeros(n)
    for i, other, j in product(range(n), range(n), range(k)):
        ahead = values[i, j] - values[other, j]
        flow[i] += weights[j] * (preference(ahead, j) - preference(-ahead, j))
    expected = flow / weights.sum() / max(n - 1, 1)
    found = Promethee(low.tolist(), high.tolist()).aggregate(values, weights)
    np.testing.assert_allclose(found, expected, atol=1e-12)
    np.testing.assert_allclose(found.sum(), 0, atol=1e-12)


def test_kemeny_scores_the_rows_behind() -> None:
    values = [[3, 1, 3], [2, 3, 1], [1, 2, 2], [9, 9, 9]]
    assert Kemeny().aggregate(values).tolist() == [2, 1, 0, 3]
    with pytest.raises(InfeasibleError, match="majorities do not part 3 of the rows"):
        Kemeny(largest=2).aggregate([[3, 1, 2], [2, 3, 1], [1, 2, 3]])


# --- What is refused ------------------------------------------------------------------------


def test_missing_values_are_named() -> None:
    frame = pd.DataFrame({"a": [1.0, np.nan], "b": [np.nan, 2.0]})
    for rule in (Arithmetic(), Borda()):
        with pytest.raises(FaultsError) as caught:
            rule.aggregate(frame)
        assert [f.place for f in caught.value.faults] == ["row 0, b", "row 1, a"]


@pytest.mark.parametrize("rule", [Geometric(), Harmonic(), PowerMean(2)])
def test_negative_values_are_named(rule: Aggregation) -> None:
    with pytest.raises(FaultsError, match=r"row 1, column 0: -2: only values from 0 on"):
        rule.aggregate([[1, 2], [-2, 2]])


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, -1], r"column 1: -1: a weight is a finite number that is not negative"),
        ([math.nan, 1], r"column 0: nan"),
        ([math.inf, 1], r"column 0: inf"),
        ([0, 0], r"sum to zero"),
        ([1, 2, 3], r"shape \(3,\); allowed: \(2, 2\)"),
        ([[1, 2], [1, -2]], r"row 1, column 1: -2"),
        ([[1, 2], [0, 0]], r"sum to zero"),
        (["a", "b"], r"weights: only numbers"),
    ],
)
def test_what_are_no_weights(weights: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Arithmetic().aggregate([[1, 2], [3, 4]], weights)


def test_rules_that_compare_rows_need_the_same_weights_for_all() -> None:
    with pytest.raises(BadValueError, match=r"shape \(2, 2\); allowed: \(2,\)"):
        Borda().aggregate([[1, 2], [3, 4]], [[1, 2], [1, 2]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Arithmetic().aggregate([1, 2, 3]), "rows and columns are needed"),
        (lambda: PowerMean(math.nan), "power: NaN"),
        (lambda: Promethee(-1, 2), "allowed: finite numbers from 0 on"),
        (lambda: Promethee([[1.0]], 2), "one number, or one a column"),  # type: ignore[list-item]
        (lambda: Promethee(2, 1).aggregate([[1]]), "below that of indifference: column 0"),
        (lambda: Promethee([1, 2], 3).aggregate([[1]]), "indifference: 2 thresholds for 1"),
        (lambda: Arithmetic().contributions([[1e308]], [100]), "too large for float64"),
        (lambda: WeightedSum().contributions([[1e308]], [100]), "too large for float64"),
        (lambda: PowerMean("x"), "'x' is not a number"),  # type: ignore[arg-type]
        (lambda: Promethee("x"), "indifference: only numbers .*'x'"),  # type: ignore[arg-type]
        (lambda: MazziottaPareto(3), "penalty: 3; allowed: -1"),
    ],
)
def test_what_is_no_aggregation(call: Any, message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        call()


def test_protocols() -> None:
    assert isinstance(Arithmetic(), Additive)
    assert isinstance(Geometric(), Aggregation)
    assert not isinstance(Geometric(), Additive)
    assert not isinstance(MinMax(), Aggregation)
    assert [rule.compares_rows for rule in (Arithmetic(), Kemeny())] == [False, True]


def test_weights_by_name_find_their_columns() -> None:
    frame = pd.DataFrame({"a": [1.0, 4.0], "b": [3.0, 2.0]})
    by_order = Arithmetic().aggregate(frame, [0.75, 0.25])
    given = {"b": 0.25, "a": 0.75}
    weights = Weights(tuple(given), list(given.values()), scheme="fixed")
    for named in (given, pd.Series(given), weights):
        np.testing.assert_array_equal(Arithmetic().aggregate(frame, named), by_order)
    # By their order where the columns have no names, or the numbers have none.
    np.testing.assert_array_equal(
        Arithmetic().aggregate(frame.to_numpy(), pd.Series({"x": 0.75, "y": 0.25})), by_order
    )
    np.testing.assert_array_equal(Arithmetic().aggregate(frame, pd.Series([0.75, 0.25])), by_order)


def test_names_that_are_not_those_of_the_columns_are_refused_together() -> None:
    frame = pd.DataFrame({"a": [1.0, 4.0], "b": [3.0, 2.0]})
    with pytest.raises(FaultsError) as caught:
        Arithmetic().aggregate(frame, {"a": 1, "c": 2})
    assert [(f.code, f.place) for f in caught.value.faults] == [
        ("unknown-column", "c"),
        ("missing-column", "b"),
    ]
