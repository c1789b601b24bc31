"""AHP: priorities, consistency, several judges, missing comparisons."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inovasi_index.errors import BadValueError, FaultsError
from inovasi_index.weighting import (
    Ahp,
    Comparisons,
    Criteria,
    GroupOpinion,
    Priorities,
    RandomIndex,
)

Array: TypeAlias = Any
SCALE = [1 / 9, 1 / 7, 1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5, 7, 9]
both_methods = pytest.mark.parametrize("method", Priorities)


def keys(n: int) -> list[str]:
    return [f"k{i}" for i in range(n)]


def consistent(weights: Array) -> Array:
    return weights[:, None] / weights


@st.composite
def matrices(draw: st.DrawFn, least: int = 2, most: int = 7) -> Array:
    n = draw(st.integers(least, most))
    matrix = np.ones((n, n))
    for i in range(n):
        for j in range(i):
            matrix[i, j] = draw(st.sampled_from(SCALE))
            matrix[j, i] = 1 / matrix[i, j]
    return matrix


class TestPriorities:
    @both_methods
    @given(raw=st.lists(st.integers(1, 30), min_size=1, max_size=8))
    def test_consistent_comparisons_give_their_weights(
        self, method: Priorities, raw: list[int]
    ) -> None:
        weights = np.array(raw) / sum(raw)
        comparisons = Comparisons(keys(len(raw)), consistent(weights))
        np.testing.assert_allclose(comparisons.priorities(method), weights, rtol=1e-8)
        found = comparisons.consistency()
        assert found.index == pytest.approx(0, abs=1e-9)
        assert found.geometric_index == pytest.approx(0, abs=1e-12)
        assert found.worst is None

    @both_methods
    @given(matrix=matrices(), seed=st.integers(0, 99))
    def test_order_of_items_does_not_matter(
        self, method: Priorities, matrix: Array, seed: int
    ) -> None:
        order = np.random.default_rng(seed).permutation(len(matrix))
        plain = Comparisons(keys(len(matrix)), matrix).priorities(method)
        moved = Comparisons(keys(len(matrix)), matrix[np.ix_(order, order)]).priorities(method)
        np.testing.assert_allclose(moved, plain[order], rtol=1e-7)

    @given(matrix=matrices())
    def test_eigenvector(self, matrix: Array) -> None:
        comparisons = Comparisons(keys(len(matrix)), matrix)
        vector = comparisons.priorities()
        eigenvalue = comparisons.consistency().eigenvalue
        np.testing.assert_allclose(matrix @ vector, eigenvalue * vector, rtol=1e-8)
        assert eigenvalue >= len(matrix) - 1e-9

    @given(matrix=matrices())
    def test_geometric_means_of_rows(self, matrix: Array) -> None:
        means = np.prod(matrix, axis=1) ** (1 / len(matrix))
        found = Comparisons(keys(len(matrix)), matrix).priorities(Priorities.GEOMETRIC_MEAN)
        np.testing.assert_allclose(found, means / means.sum(), rtol=1e-8)


class TestConsistency:
    def test_geometric_index_of_aguaron_and_moreno_jimenez(self) -> None:
        # For three items the index is ln²(a₁₂ a₂₃ a₃₁) / 3, whichever the judgements.
        matrix = Comparisons.of({("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 4})
        found = matrix.consistency().geometric_index
        assert found == pytest.approx(np.log(2 * 3 / 4) ** 2 / 3)

    @pytest.mark.parametrize(
        ("random_index", "n", "expected"),
        [
            (RandomIndex.SAATY, 1, 0.0),
            (RandomIndex.SAATY, 2, 0.0),
            (RandomIndex.SAATY, 3, 0.52),
            (RandomIndex.SAATY, 15, 1.59),
            (RandomIndex.SAATY, 16, None),
            (RandomIndex.SAATY_1980, 3, 0.58),
            (RandomIndex.DONEGAN_DODD, 20, 1.5371),
            (RandomIndex.DONEGAN_DODD, 25, 1.5619),
            (RandomIndex.DONEGAN_DODD, 27, 1.5619 + 2 / 5 * (1.5772 - 1.5619)),
            (RandomIndex.DONEGAN_DODD, 101, None),
        ],
    )
    def test_random_index(self, random_index: RandomIndex, n: int, expected: float | None) -> None:
        assert random_index.of_size(n) == (None if expected is None else pytest.approx(expected))

    def test_random_index_is_the_mean_index_of_random_matrices(self) -> None:
        rng = np.random.default_rng(5)
        scale = np.array([*(1 / np.arange(9, 1, -1)), *np.arange(1, 10)])
        n, many = 4, 400
        found = []
        for _ in range(many):
            upper = np.triu(rng.choice(scale, (n, n)), 1)
            matrix = upper + np.eye(n) + np.tril(1 / np.where(upper.T > 0, upper.T, 1), -1)
            found.append(Comparisons(keys(n), matrix).consistency().index)
        expected = RandomIndex.DONEGAN_DODD.of_size(n)
        assert expected is not None
        assert np.mean(found) == pytest.approx(expected, abs=0.12)

    @given(matrix=matrices(least=4, most=6), seed=st.integers(0, 99))
    def test_spoiled_judgement_is_found(self, matrix: Array, seed: int) -> None:
        rng = np.random.default_rng(seed)
        matrix = consistent(rng.uniform(1, 3, len(matrix)))
        i, j = sorted(rng.choice(len(matrix), 2, replace=False))
        matrix[i, j] *= 4
        matrix[j, i] /= 4
        comparisons = Comparisons(keys(len(matrix)), matrix)
        worst = comparisons.consistency().worst
        assert worst is not None
        assert (worst.first, worst.second) == (f"k{i}", f"k{j}")
        assert worst.judged > worst.implied > worst.judged / 4
        assert comparisons.least_consistent(1) == (worst,)

    def test_judgements_by_deviation(self) -> None:
        comparisons = Comparisons.of(
            {
                ("a", "b"): 2,
                ("b", "c"): 2,
                ("c", "d"): 2,
                ("a", "c"): 4,
                ("b", "d"): 9,
                ("a", "d"): 8,
            }
        )
        worst = comparisons.least_consistent()
        assert (worst[0].first, worst[0].second) == ("b", "d")
        assert len(worst) == 3
        distance = [abs(np.log(w.judged / w.implied)) for w in worst]
        assert distance == pytest.approx(sorted(distance, reverse=True))
        assert str(worst[0]).startswith("b to d judged 9, implied 6.0")


class TestMissingComparisons:
    @both_methods
    @given(raw=st.lists(st.integers(1, 9), min_size=3, max_size=7), seed=st.integers(0, 99))
    def test_a_chain_is_enough_when_consistent(
        self, method: Priorities, raw: list[int], seed: int
    ) -> None:
        weights = np.array(raw) / sum(raw)
        order = np.random.default_rng(seed).permutation(len(raw))
        chain = {(f"k{i}", f"k{j}"): weights[i] / weights[j] for i, j in pairwise(order)}
        comparisons = Comparisons.of(chain, keys(len(raw)))
        np.testing.assert_allclose(comparisons.priorities(method), weights, rtol=1e-6)
        assert comparisons.missing == len(raw) * (len(raw) - 1) // 2 - (len(raw) - 1)

    def test_harkers_matrix(self) -> None:
        # P. T. Harker (1987): with a to c unknown, 0 stands there and 2 on the diagonal of
        # a and c; the eigenvector is (4, 2, 1) / 7 and the eigenvalue 3.
        comparisons = Comparisons.of({("a", "b"): 2, ("b", "c"): 2})
        np.testing.assert_allclose(comparisons.priorities(), np.array([4, 2, 1]) / 7)
        assert comparisons.consistency().eigenvalue == pytest.approx(3)
        assert comparisons.consistency().missing == 1
        assert repr(comparisons) == "<Comparisons of 3 items, 1 missing>"

    def test_least_squares_over_the_known(self) -> None:
        comparisons = Comparisons.of({("a", "b"): 2, ("b", "c"): 3, ("c", "d"): 2, ("a", "d"): 9})
        found = np.log(comparisons.priorities(Priorities.GEOMETRIC_MEAN))
        pairs = [(0, 1, 2), (1, 2, 3), (2, 3, 2), (0, 3, 9)]
        design = np.zeros((4, 4))
        for row, (i, j, _) in enumerate(pairs):
            design[row, i], design[row, j] = 1, -1
        expected = np.linalg.lstsq(design, np.log([ratio for *_, ratio in pairs]), rcond=None)[0]
        np.testing.assert_allclose(found - found.mean(), expected - expected.mean(), atol=1e-12)

    @pytest.mark.parametrize("ask", ["priorities", "consistency", "least_consistent"])
    def test_too_few(self, ask: str) -> None:
        comparisons = Comparisons.of({("a", "b"): 2, ("c", "d"): 2})
        assert not comparisons.is_linked
        with pytest.raises(BadValueError, match="too few to link all items"):
            getattr(comparisons, ask)()


class TestSeveralJudges:
    one = Comparisons.of({("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 4})
    two = Comparisons.of({("a", "b"): 8, ("b", "c"): 2, ("a", "c"): 16})

    def test_geometric_mean_of_judgements(self) -> None:
        weights = Ahp([self.one, self.two]).weigh(Criteria.of("abc"))
        np.testing.assert_allclose(weights.values, np.array([8, 2, 1]) / 11)
        assert weights.scheme == "AHP (eigenvector, aggregated judgements of 2 judges)"
        assert set(weights.details["consistency"]) == {"judge 1", "judge 2"}
        assert weights.details["group"].index == pytest.approx(0, abs=1e-12)

    @both_methods
    def test_geometric_mean_of_priorities(self, method: Priorities) -> None:
        scheme = Ahp({"x": self.one, "y": self.two}, method, GroupOpinion.PRIORITIES)
        weights = scheme.weigh(Criteria.of("abc"))
        np.testing.assert_allclose(weights.values, np.array([8, 2, 1]) / 11)
        assert weights.details["group"] is None
        np.testing.assert_allclose(weights.details["priorities"]["x"], np.array([4, 2, 1]) / 7)

    def test_shares_of_the_judges(self) -> None:
        scheme = Ahp({"x": self.one, "y": self.two}, shares={"x": 1, "y": 0})
        np.testing.assert_allclose(scheme.weigh(Criteria.of("abc")).values, np.array([4, 2, 1]) / 7)
        with pytest.raises(FaultsError, match="shares of the judges"):
            Ahp({"x": self.one}, shares={"z": 1}).weigh(Criteria.of("abc"))

    def test_judges_fill_each_others_gaps(self) -> None:
        first = Comparisons.of({("a", "b"): 2}, "abc")
        second = Comparisons.of({("b", "c"): 2}, "abc")
        weights = Ahp([first, second]).weigh(Criteria.of("abc"))
        np.testing.assert_allclose(weights.values, np.array([4, 2, 1]) / 7)
        assert weights.details["consistency"] == {}
        with pytest.raises(BadValueError, match="too few"):
            Ahp([first, second], group=GroupOpinion.PRIORITIES).weigh(Criteria.of("abc"))
        with pytest.raises(BadValueError, match="too few"):
            Ahp([first, first]).weigh(Criteria.of("abc"))

    def test_no_judge(self) -> None:
        with pytest.raises(BadValueError, match="there is no judge"):
            Ahp([]).weigh(Criteria.of("abc"))


class TestAhp:
    def test_inconsistent_judge_is_named_with_the_worst_judgement(self) -> None:
        circle = Comparisons.of({("a", "b"): 3, ("b", "c"): 3, ("c", "a"): 3})
        weights = Ahp({"Ani": circle}).weigh(Criteria.of("abc"))
        np.testing.assert_allclose(weights.values, 1 / 3)
        (note,) = weights.notes
        assert note.startswith("Ani: consistency ratio 1.28")
        assert note.endswith("least consistent: a to b judged 3, implied 1")
        assert Ahp({"Ani": circle}, acceptable=2).weigh(Criteria.of("abc")).notes == ()

    def test_no_random_index_for_many_items(self) -> None:
        comparisons = Comparisons(keys(20), np.ones((20, 20)))
        weights = Ahp(comparisons).weigh(Criteria.of(keys(20)))
        assert weights.notes == (
            "judge 1: no consistency ratio, Saaty 2005 has no index of this size",
        )
        other = Ahp(comparisons, random_index=RandomIndex.DONEGAN_DODD)
        assert other.weigh(Criteria.of(keys(20))).notes == ()

    def test_items_in_another_order(self) -> None:
        comparisons = Comparisons.of({("a", "b"): 3})
        assert Ahp(comparisons).weigh(Criteria.of("ba")).to_dict() == pytest.approx(
            {"b": 0.25, "a": 0.75}
        )

    def test_other_items(self) -> None:
        comparisons = Comparisons.of({("a", "b"): 3})
        with pytest.raises(FaultsError, match=r"judge 1\.c: is not compared"):
            Ahp(comparisons).weigh(Criteria.of("abc"))
        with pytest.raises(FaultsError, match=r"judge 1\.b: is compared, but not weighted here"):
            Ahp(comparisons).weigh(Criteria.of("a"))

    def test_single_item(self) -> None:
        comparisons = Comparisons("a", [[1.0]])
        assert Ahp(comparisons).weigh(Criteria.of("a")).values.tolist() == [1.0]


class TestBadComparisons:
    def test_all_faults_of_a_matrix_together(self) -> None:
        matrix: Any = [
            [1, 2, 0, np.nan],
            [0.4, 2, 3, 1],
            [1, 1 / 3, 1, np.inf],
            [2, 1, 1, np.nan],
        ]
        with pytest.raises(FaultsError) as error:
            Comparisons("abcd", matrix)
        assert [(fault.code, fault.place) for fault in error.value.faults] == [
            ("comparison-not-reciprocal", "a to b"),
            ("comparison-not-positive", "a to c"),
            ("comparison-not-positive", "a to d"),
            ("comparison-with-itself", "b"),
            ("comparison-not-positive", "c to d"),
            ("comparison-with-itself", "d"),
        ]

    def test_hand_copied_fractions_are_reciprocal_enough(self) -> None:
        assert Comparisons("ab", [[1.0, 3.0], [0.33, 1.0]]).missing == 0

    def test_all_faults_of_single_comparisons_together(self) -> None:
        given_pairs = {("a", "b"): 2, ("b", "a"): 0.5, ("a", "x"): 1, ("c", "a"): -1}
        with pytest.raises(FaultsError) as error:
            Comparisons.of(given_pairs, "abc")
        assert [(fault.code, fault.place) for fault in error.value.faults] == [
            ("comparison-given-twice", "b to a"),
            ("unknown-indicator", "a to x"),
            ("comparison-not-positive", "c to a"),
        ]

    def test_compared_with_itself(self) -> None:
        assert Comparisons.of({("a", "a"): 1, ("a", "b"): 2}).missing == 0
        with pytest.raises(FaultsError, match="must give 1, not 3"):
            Comparisons.of({("a", "a"): 3, ("a", "b"): 2})

    @pytest.mark.parametrize(
        ("items", "matrix", "message"),
        [
            ("aa", [[1, 1], [1, 1]], "each once"),
            ("", [], "there must be items"),
            ("ab", [[1]], r"matrix of shape \(2, 2\), not \(1, 1\)"),
        ],
    )
    def test_bad_shape(self, items: str, matrix: Any, message: str) -> None:
        with pytest.raises(BadValueError, match=message):
            Comparisons(items, matrix)

    def test_equal_by_value(self) -> None:
        assert Comparisons.of({("a", "b"): 2}) == Comparisons("ab", [[1.0, 2.0], [0.5, 1.0]])
        assert Comparisons.of({("a", "b"): 2}) != Comparisons.of({("a", "b"): 3})
