"""Best-worst method and benefit of the doubt."""

from __future__ import annotations

import sys
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from strategies import examples

from inovasi_index.errors import BadValueError, FaultsError, InfeasibleError, MissingExtraError
from inovasi_index.weighting import (
    BenefitOfTheDoubt,
    BestWorst,
    Criteria,
    FactorWeights,
    SharesOf,
)

Array: TypeAlias = Any


class TestBestWorst:
    @given(raw=st.lists(st.integers(1, 9), min_size=2, max_size=7, unique=True))
    def test_consistent_comparisons_give_their_weights(self, raw: list[int]) -> None:
        keys = [f"k{i}" for i in range(len(raw))]
        best, worst = keys[int(np.argmax(raw))], keys[int(np.argmin(raw))]
        scheme = BestWorst(
            best,
            worst,
            best_to_others={k: max(raw) / r for k, r in zip(keys, raw, strict=True)},
            others_to_worst={k: r / min(raw) for k, r in zip(keys, raw, strict=True)},
        )
        weights = scheme.weigh(Criteria.of(keys))
        np.testing.assert_allclose(weights.values, np.array(raw) / sum(raw), atol=1e-7)
        assert weights.details["deviation"] == pytest.approx(0, abs=1e-8)
        assert weights.details["input_ratio"] == pytest.approx(0, abs=1e-12)

    def test_transport_mode(self) -> None:
        # J. Rezaei (2015), Omega 53, 49-57, example 1: load flexibility, accessibility, cost.
        # Its non-linear model has the printed weights 0.0714, 0.3387, 0.5899; the linear
        # model of 2016 is another one, so the optimum is checked by its own conditions:
        # three deviations are equal and no other is greater.
        scheme = BestWorst(
            "cost",
            "load",
            best_to_others={"load": 8, "access": 2},
            others_to_worst={"access": 5, "cost": 8},
        )
        weights = scheme.weigh(Criteria.of(["load", "access", "cost"]))
        np.testing.assert_allclose(weights.values, [2 / 28, 9 / 28, 17 / 28], atol=1e-9)
        assert weights.details["deviation"] == pytest.approx(1 / 28)
        # |a_B2 a_2W - a_BW| = |2 · 5 - 8| over 8² - 8.
        assert weights.details["input_ratio"] == pytest.approx(2 / 56)

    def test_single_indicator(self) -> None:
        scheme = BestWorst("a", "a", best_to_others={}, others_to_worst={})
        assert scheme.weigh(Criteria.of("a")).values.tolist() == [1.0]

    def test_all_alike(self) -> None:
        scheme = BestWorst("a", "b", best_to_others={"b": 1}, others_to_worst={"a": 1})
        weights = scheme.weigh(Criteria.of("ab"))
        assert weights.values.tolist() == [0.5, 0.5]
        assert weights.details["input_ratio"] == 0

    def test_best_is_not_worst(self) -> None:
        scheme = BestWorst("a", "a", best_to_others={}, others_to_worst={})
        with pytest.raises(BadValueError, match="cannot be both best and worst"):
            scheme.weigh(Criteria.of("ab"))

    def test_all_faults_together(self) -> None:
        scheme = BestWorst(
            "a", "c", best_to_others={"b": 0.5, "x": 2, "a": 2}, others_to_worst={"a": 4, "b": 2}
        )
        with pytest.raises(FaultsError) as error:
            scheme.weigh(Criteria.of("abc"))
        assert [(fault.code, fault.place) for fault in error.value.faults] == [
            ("comparison-with-itself", "best to others.a"),
            ("comparison-below-one", "best to others.b"),
            ("unknown-indicator", "best to others"),
            ("comparison-missing", "best to others.c"),
        ]

    def test_what_is_no_comparison_is_named(self) -> None:
        given: Any = {"b": "2", "c": None}
        scheme = BestWorst("a", "c", best_to_others=given, others_to_worst={"a": 4, "b": 2})
        with pytest.raises(FaultsError, match="must be 1 or more, not '2'") as error:
            scheme.weigh(Criteria.of("abc"))
        assert [fault.place for fault in error.value.faults] == [
            "best to others.b",
            "best to others.c",
        ]

    def test_comparisons_too_far_apart_for_the_solver(self) -> None:
        scheme = BestWorst(
            "a", "c", best_to_others={"b": 2, "c": 1e300}, others_to_worst={"a": 1e300, "b": 3}
        )
        with pytest.raises(BadValueError, match=r"comparisons up to 1e\+300 are too far apart"):
            scheme.weigh(Criteria.of("abc"))

    def test_best_to_worst_must_agree(self) -> None:
        scheme = BestWorst(
            "a", "c", best_to_others={"b": 2, "c": 6}, others_to_worst={"a": 7, "b": 3}
        )
        with pytest.raises(FaultsError, match="best to worst is 6 in one row and 7 in the other"):
            scheme.weigh(Criteria.of("abc"))


def in_full(values: Array, lower: float, upper: float, shares_of: SharesOf) -> Array:
    """Solve the whole program of each row at once."""
    m, n = values.shape
    scores = []
    for row in values:
        share = np.diag(row) if shares_of is SharesOf.CONTRIBUTIONS else np.eye(n)
        total = share.sum(axis=0)
        answer = linprog(
            -row,
            A_ub=np.vstack([values, lower * total - share, share - upper * total]),
            b_ub=np.concatenate([np.ones(m), np.zeros(2 * n)]),
        )
        scores.append(row @ np.asarray(answer.x))
    return np.array(scores)


def criteria(values: Array) -> Criteria:
    return Criteria.of([f"c{j}" for j in range(values.shape[1])])


class TestBenefitOfTheDoubt:
    @pytest.mark.parametrize("shares_of", SharesOf)
    @pytest.mark.parametrize(("lower", "upper"), [(0.0, 1.0), (0.1, 1.0), (0.0, 0.5), (0.1, 0.5)])
    def test_scores_are_those_of_the_whole_program(
        self, lower: float, upper: float, shares_of: SharesOf
    ) -> None:
        values = np.random.default_rng(6).uniform(0.1, 1, (40, 4))
        units = BenefitOfTheDoubt(lower, upper, shares_of).by_unit(criteria(values), values)
        np.testing.assert_allclose(
            units.scores, in_full(values, lower, upper, shares_of), atol=1e-6
        )

    @examples(20)
    @given(seed=st.integers(0, 10**6), rows=st.integers(1, 12), columns=st.integers(1, 4))
    def test_conditions_hold(self, seed: int, rows: int, columns: int) -> None:
        values = np.random.default_rng(seed).integers(0, 4, (rows, columns)) / 3
        values[0] = 1
        lower, upper = 0.5 / columns, min(1.0, 1.8 / columns)
        units = BenefitOfTheDoubt(lower, upper).by_unit(criteria(values), values)
        assert (units.weights >= 0).all()
        assert (values @ units.weights.T <= 1 + 1e-9).all()
        np.testing.assert_allclose(units.scores, units.contributions.sum(axis=1))
        shares = units.weight_shares()[units.scores > 0]
        assert (shares >= lower - 1e-6).all()
        assert (shares <= upper + 1e-6).all()
        # The row of ones beats or equals every other.
        assert units.scores[0] == pytest.approx(1)

    @pytest.mark.parametrize(
        ("scheme", "units"),
        [
            (BenefitOfTheDoubt(), (7, 0.01)),
            (BenefitOfTheDoubt(), (1e20, 1e-10)),
            (BenefitOfTheDoubt(0.2, 0.7, "contributions"), (7, 0.01)),
            (BenefitOfTheDoubt(0.2, 0.7, "contributions"), (1e20, 1e-10)),
            # One unit for all where weights are bounded.
            (BenefitOfTheDoubt(0.2, 0.7), (1e-12, 1e-12)),
            (BenefitOfTheDoubt(0.2, 0.7), (1e18, 1e18)),
        ],
    )
    def test_units_do_not_matter(self, scheme: BenefitOfTheDoubt, units: tuple[float, ...]) -> None:
        values = np.random.default_rng(7).uniform(0.1, 1, (15, 2))
        plain = scheme.by_unit(criteria(values), values).scores
        other = scheme.by_unit(criteria(values), values * units).scores
        np.testing.assert_allclose(other, plain, atol=1e-6)

    @pytest.mark.parametrize("shares_of", SharesOf)
    def test_bounds_hold_for_a_row_of_small_values(self, shares_of: SharesOf) -> None:
        values = np.random.default_rng(1).uniform(0.2, 1, (10, 4))
        values[3] *= 1e-12
        units = BenefitOfTheDoubt(0.05, 0.6, shares_of).by_unit(criteria(values), values)
        of_weights = shares_of is SharesOf.WEIGHTS
        shares = units.weight_shares() if of_weights else units.contribution_shares()
        assert shares.min() > 0.05 - 1e-6
        assert shares.max() < 0.6 + 1e-6

    def test_order_of_rows_does_not_matter(self) -> None:
        values = np.random.default_rng(8).uniform(0.1, 1, (30, 3))
        order = np.random.default_rng(9).permutation(30)
        scheme = BenefitOfTheDoubt(0.1, 0.6)
        plain = scheme.by_unit(criteria(values), values).scores
        moved = scheme.by_unit(criteria(values), values[order]).scores
        np.testing.assert_allclose(moved, plain[order], atol=1e-6)

    def test_bounds_by_key(self) -> None:
        values = np.array([[1.0, 0.2], [0.2, 1.0], [0.9, 0.1]])
        scheme = BenefitOfTheDoubt(lower={"c0": 0.6, "c1": 0.1}, upper={"c0": 0.9, "c1": 0.4})
        units = scheme.by_unit(criteria(values), values)
        shares = units.weight_shares()
        assert (shares[:, 0] >= 0.6 - 1e-7).all()
        assert (shares[:, 1] >= 0.1 - 1e-7).all()
        assert units.scores[0] == pytest.approx(1)

    def test_row_of_zeros_scores_zero(self) -> None:
        values = np.array([[0.0, 0.0], [1.0, 0.5]])
        units = BenefitOfTheDoubt(0.1, 0.9).by_unit(criteria(values), values)
        assert units.scores.tolist() == [0, 1]
        assert units.weight_shares()[0].tolist() == [0, 0]
        assert units.contribution_shares()[0].tolist() == [0, 0]
        assert units.contribution_shares()[1].sum() == pytest.approx(1)
        assert repr(units) == "<UnitWeights of 2 rows, 1 with score 1>"

    def test_zero_cannot_contribute(self) -> None:
        values = np.array([[0.0, 1.0], [1.0, 0.5]])
        scheme = BenefitOfTheDoubt(lower=0.1, shares_of=SharesOf.CONTRIBUTIONS)
        assert scheme.by_unit(criteria(values), values).scores.tolist() == [0, 1]

    def test_mean_over_rows_as_a_scheme(self) -> None:
        values = np.array([[1.0, 0.2], [0.2, 1.0], [0.0, 0.0]])
        weights = BenefitOfTheDoubt(0.3, 0.7).weigh(criteria(values), values)
        np.testing.assert_allclose(weights.values, 0.5, atol=1e-7)
        assert weights.scheme == "benefit of the doubt (mean over 2 rows)"
        assert weights.notes == ("2 rows score 1; their weights may not be unique",)

    @pytest.mark.parametrize(
        ("scheme", "message"),
        [
            (BenefitOfTheDoubt(lower=0.6), "lower bounds sum to 1.2"),
            (BenefitOfTheDoubt(upper=0.4), "upper ones to 0.8"),
            (
                BenefitOfTheDoubt(0.3, {"c0": 0.2, "c1": 0.9}),
                r"above upper ones: c0 \(0.3 to 0.2\)",
            ),
        ],
    )
    def test_infeasible_bounds(self, scheme: BenefitOfTheDoubt, message: str) -> None:
        values = np.array([[1.0, 0.5], [0.5, 1.0]])
        with pytest.raises(InfeasibleError, match=message):
            scheme.by_unit(criteria(values), values)

    @pytest.mark.parametrize("bound", [-0.1, float("nan"), {"c0": 0.1}, {"c0": 0, "c1": 0, "x": 0}])
    def test_bad_bounds(self, bound: Any) -> None:
        values = np.array([[1.0, 0.5], [0.5, 1.0]])
        with pytest.raises(FaultsError, match="lower bounds"):
            BenefitOfTheDoubt(lower=bound).by_unit(criteria(values), values)

    def test_a_bound_may_be_a_number_of_numpy(self) -> None:
        lower: Any = np.float32(0.25)
        upper: Any = np.int64(1)
        assert BenefitOfTheDoubt(lower, upper) == BenefitOfTheDoubt(0.25, 1)

    def test_bad_values(self) -> None:
        scheme = BenefitOfTheDoubt()
        with pytest.raises(BadValueError, match="must not be negative"):
            scheme.by_unit(Criteria.of("ab"), np.array([[1.0, -1.0]]))
        with pytest.raises(BadValueError, match="0 in every row: b"):
            scheme.by_unit(Criteria.of("ab"), np.array([[1.0, 0.0]]))
        with pytest.raises(BadValueError, match="turn round first: b"):
            scheme.by_unit(Criteria.of("ab", directions=[1, -1]), np.array([[1.0, 1.0]]))
        with pytest.raises(BadValueError, match="weighs from data"):
            scheme.weigh(Criteria.of("ab"))


@pytest.mark.parametrize(
    ("scheme", "what"),
    [
        (BestWorst("a", "b", best_to_others={"b": 2}, others_to_worst={"a": 2}), "best-worst"),
        (BenefitOfTheDoubt(), "benefit of the doubt"),
        (FactorWeights(1), "factor analysis"),
    ],
)
def test_without_scipy(monkeypatch: pytest.MonkeyPatch, scheme: Any, what: str) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(MissingExtraError, match=rf"{what}.*inovasi_index\[optimise\]"):
        scheme.weigh(Criteria.of("ab"), np.array([[1.0, 0.5], [0.2, 1.0], [0.3, 0.3]]))
