"""Official, equal, fixed and ranked weights, and budgets."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inovasi_index.errors import (
    BadValueError,
    FaultsError,
    IncompleteEditionError,
    UnknownNameError,
)
from inovasi_index.weighting import (
    BudgetAllocation,
    Criteria,
    Equal,
    Fixed,
    Official,
    Rancom,
    RankOrderCentroid,
    RankReciprocal,
    RankSum,
)

Ranked: TypeAlias = type[RankOrderCentroid] | type[RankSum] | type[RankReciprocal]
TREE = Criteria.of(
    "abcdef",
    groups=[("r", "x"), ("r", "x"), ("r", "y"), ("i", "z"), ("i", "z"), ("i", "z")],
    level_names=["part", "variable"],
    official=[3, 1, 1, 2, 2, 1],
    what="a tree",
)


def codes(error: pytest.ExceptionInfo[FaultsError]) -> list[tuple[str, str]]:
    return [(fault.code, fault.place) for fault in error.value.faults]


class TestOfficial:
    def test_shares_of_the_official_weights(self) -> None:
        weights = Official().weigh(TREE)
        assert weights.to_dict() == pytest.approx(
            {"a": 0.3, "b": 0.1, "c": 0.1, "d": 0.2, "e": 0.2, "f": 0.1}
        )

    @pytest.mark.parametrize("official", [None, [0, 0]])
    def test_none(self, official: list[int] | None) -> None:
        with pytest.raises(IncompleteEditionError, match="iid-x: no official weights"):
            Official().weigh(Criteria.of("ab", official=official, what="iid-x"))


class TestEqual:
    @pytest.mark.parametrize(
        ("levels", "expected"),
        [
            ((), [1 / 6] * 6),
            (("variable",), [1 / 6, 1 / 6, 1 / 3, 1 / 9, 1 / 9, 1 / 9]),
            (("part",), [1 / 6] * 6),
            (("part", "variable"), [1 / 8, 1 / 8, 1 / 4, 1 / 6, 1 / 6, 1 / 6]),
            (("variable", "part"), [1 / 8, 1 / 8, 1 / 4, 1 / 6, 1 / 6, 1 / 6]),
        ],
    )
    def test_between_groups_then_inside(
        self, levels: tuple[str, ...], expected: list[float]
    ) -> None:
        weights = Equal(*levels).weigh(TREE)
        np.testing.assert_allclose(weights.values, expected)

    def test_groups_of_the_same_name_in_other_branches_are_others(self) -> None:
        criteria = Criteria.of("abc", groups=[("r", "x"), ("i", "x"), ("i", "x")])
        weights = Equal("level 2").weigh(criteria)
        np.testing.assert_allclose(weights.values, [0.5, 0.25, 0.25])

    def test_unknown_level(self) -> None:
        with pytest.raises(UnknownNameError, match="level of a tree 'aspect'; known: part, v"):
            Equal("aspect").weigh(TREE)

    def test_says_by_what(self) -> None:
        assert Equal("part", "variable").weigh(TREE).scheme == "equal by part, variable"
        assert Equal("part") == Equal("part")
        assert hash(Equal("part")) == hash(Equal("part"))
        assert repr(Equal("part")) == "Equal(levels=('part',))"


class TestFixed:
    def test_scaled_and_in_order_of_the_criteria(self) -> None:
        weights = Fixed({"b": 3, "a": 1}).weigh(Criteria.of("ab"))
        assert weights.to_dict() == {"a": 0.25, "b": 0.75}

    def test_all_faults_together_in_order(self) -> None:
        scheme = Fixed({"a": -1, "regulasion": 1, "b": float("nan"), "c": "x"})  # type: ignore[dict-item]
        with pytest.raises(FaultsError, match="did you mean 'regulation'") as error:
            scheme.weigh(Criteria.of(["a", "b", "c", "regulation"]))
        assert codes(error) == [
            ("weight-not-allowed", "a"),
            ("unknown-indicator", "regulasion"),
            ("weight-not-allowed", "b"),
            ("weight-not-allowed", "c"),
            ("weight-missing", "regulation"),
        ]

    def test_all_zero(self) -> None:
        with pytest.raises(FaultsError) as error:
            Fixed({"a": 0, "b": 0}).weigh(Criteria.of("ab"))
        assert codes(error) == [("weights-all-zero", "")]

    def test_later_changes_of_the_mapping_do_not_count(self) -> None:
        given_weights = {"a": 1.0, "b": 1.0}
        scheme = Fixed(given_weights)
        given_weights["a"] = 9
        assert scheme.weigh(Criteria.of("ab"))["a"] == 0.5


class TestRanked:
    # Barron & Barrett (1996), table 1: weights of the places of four and of two attributes.
    @pytest.mark.parametrize(
        ("scheme", "expected"),
        [
            (RankOrderCentroid, [0.5208, 0.2708, 0.1458, 0.0625]),
            (RankSum, [0.4, 0.3, 0.2, 0.1]),
            (RankReciprocal, [0.48, 0.24, 0.16, 0.12]),
        ],
    )
    def test_four_places(self, scheme: Ranked, expected: list[float]) -> None:
        weights = scheme("dbca").weigh(Criteria.of("abcd"))
        assert [weights[key] for key in "dbca"] == pytest.approx(expected, abs=0.00005)

    @pytest.mark.parametrize("scheme", [RankOrderCentroid, RankSum, RankReciprocal])
    @given(n=st.integers(1, 60))
    def test_fall_from_place_to_place(self, scheme: Ranked, n: int) -> None:
        keys = [f"k{i}" for i in range(n)]
        values = scheme(keys).weigh(Criteria.of(keys)).values
        assert abs(values.sum() - 1) < 1e-12
        assert all(first > second > 0 for first, second in pairwise(values))

    @given(n=st.integers(1, 12))
    def test_centroid_is_the_centre_of_the_extreme_weights_of_a_ranking(self, n: int) -> None:
        keys = [f"k{i}" for i in range(n)]
        corners = [np.where(np.arange(n) <= last, 1 / (last + 1), 0) for last in range(n)]
        weights = RankOrderCentroid(keys).weigh(Criteria.of(keys))
        np.testing.assert_allclose(weights.values, np.mean(corners, axis=0))

    @pytest.mark.parametrize("scheme", [RankOrderCentroid, RankSum, RankReciprocal])
    def test_ties_share_the_mean_of_their_places(self, scheme: Ranked) -> None:
        strict = scheme("abcd").weigh(Criteria.of("abcd")).values
        tied = scheme(["a", ("c", "b"), "d"]).weigh(Criteria.of("abcd")).values
        shared = strict[1:3].mean()
        np.testing.assert_allclose(tied, [strict[0], shared, shared, strict[3]])
        all_tied = scheme([("a", "b", "c", "d")])
        np.testing.assert_allclose(all_tied.weigh(Criteria.of("abcd")).values, 0.25)

    @pytest.mark.parametrize("scheme", [RankOrderCentroid, RankSum, RankReciprocal])
    def test_all_faults_together(self, scheme: Ranked) -> None:
        with pytest.raises(FaultsError) as error:
            scheme(["a", "x", ("a", "b")]).weigh(Criteria.of("abc"))
        assert codes(error) == [
            ("unknown-indicator", "x"),
            ("ranked-twice", "a"),
            ("rank-missing", "c"),
        ]


class TestRancom:
    def test_transitive_judgements_depend_on_places_only(self) -> None:
        scheme = Rancom.of_ranking("cab")
        np.testing.assert_allclose(scheme.weigh(Criteria.of("abc")).values, [3 / 9, 1 / 9, 5 / 9])
        assert repr(scheme) == "<Rancom of 3 items>"

    def test_judgements_may_go_in_circles(self) -> None:
        circle = [[0.5, 1, 0], [0, 0.5, 1], [1, 0, 0.5]]
        np.testing.assert_allclose(Rancom("abc", circle).weigh(Criteria.of("abc")).values, 1 / 3)

    @pytest.mark.parametrize(
        ("matrix", "message"),
        [
            ([[0.5, 1], [1, 0.5]], "a to b is 1 and 1 the other way"),
            ([[0.5, 0.7], [0.3, 0.5]], "a to b is 0.7 and 0.3"),
            ([[0.5, np.nan], [0, 0.5]], "a to b is nan"),
            ([[0.5]], "square matrix"),
        ],
    )
    def test_bad_matrix(self, matrix: list[list[float]], message: str) -> None:
        with pytest.raises(BadValueError, match=message):
            Rancom("ab", matrix)

    def test_other_items(self) -> None:
        with pytest.raises(FaultsError, match="weight-missing"):
            Rancom.of_ranking("ab").weigh(Criteria.of("abc"))


class TestBudget:
    def test_mean_of_budgets_of_any_size(self) -> None:
        judges = {"one": {"a": 60, "b": 40}, "two": {"a": 4, "b": 1}}
        weights = BudgetAllocation(judges).weigh(Criteria.of("ab"))
        assert weights.to_dict() == pytest.approx({"a": 0.7, "b": 0.3})
        spread = np.std([0.6, 0.8], ddof=1)
        np.testing.assert_allclose(weights.details["disagreement"], [spread / 0.7, spread / 0.3])
        assert weights.scheme == "budget allocation of 2 judges"

    def test_single_judge_cannot_disagree(self) -> None:
        weights = BudgetAllocation({"one": {"a": 1, "b": 3}}).weigh(Criteria.of("ab"))
        assert weights.details["disagreement"].tolist() == [0, 0]
        assert np.isnan(weights.details["concordance"])
        assert weights.scheme == "budget allocation of 1 judge"

    def test_what_nobody_wants_has_no_disagreement(self) -> None:
        judges = {"one": {"a": 1, "b": 0}, "two": {"a": 2, "b": 0}}
        weights = BudgetAllocation(judges).weigh(Criteria.of("ab"))
        assert weights["b"] == 0
        assert weights.details["disagreement"].tolist() == [0, 0]

    def test_concordance_of_rankings(self) -> None:
        # Kendall (1970), Rank Correlation Methods, ch. 6: W = 12 S / (m² (n³ - n)) without
        # ties. Rank sums 4, 9, 5 of three judges: S = 14, W = 12 · 14 / (9 · 24).
        judges = {
            "one": {"a": 3, "b": 1, "c": 2},
            "two": {"a": 3, "b": 1, "c": 2},
            "three": {"a": 2, "b": 1, "c": 3},
        }
        weights = BudgetAllocation(judges).weigh(Criteria.of("abc"))
        assert weights.details["concordance"] == pytest.approx(12 * 14 / (9 * 24))

    def test_no_judge_makes_a_difference(self) -> None:
        judges = {name: {"a": 1, "b": 1} for name in ("one", "two")}
        weights = BudgetAllocation(judges).weigh(Criteria.of("ab"))
        assert np.isnan(weights.details["concordance"])

    def test_faults_of_all_judges_together(self) -> None:
        judges = {"one": {"a": 1, "x": 2}, "two": {"a": -1, "b": 1}, "three": {"a": 0, "b": 0}}
        with pytest.raises(FaultsError) as error:
            BudgetAllocation(judges).weigh(Criteria.of("ab"))
        assert codes(error) == [
            ("unknown-indicator", "one.x"),
            ("weight-missing", "one.b"),
            ("weight-not-allowed", "two.a"),
            ("weights-all-zero", "three"),
        ]

    def test_no_judge(self) -> None:
        with pytest.raises(BadValueError, match="there is no judge"):
            BudgetAllocation({}).weigh(Criteria.of("ab"))
