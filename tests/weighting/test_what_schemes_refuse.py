"""What is no scheme, no judgement, no choice and no number is refused, by name and together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from inovasi_index.errors import BadValueError, FaultsError, InovasiIndexError
from inovasi_index.weighting import (
    Ahp,
    BenefitOfTheDoubt,
    BestWorst,
    BudgetAllocation,
    Cilos,
    Comparisons,
    Criteria,
    Critic,
    Entropy,
    Equal,
    FactorWeights,
    Fixed,
    Lopcow,
    Merec,
    Mixture,
    Nested,
    PcaWeights,
    Priorities,
    Product,
    RandomIndex,
    Retention,
    StandardDeviation,
)

# Of no type that a scheme declares.
BOGUS: Any = "bogus"
CRITERIA = Criteria.of("abc", groups=["x", "x", "y"])
JUDGED = Comparisons.of({("a", "b"): 9, ("b", "c"): 9, ("a", "c"): 2})


class NoWeights:
    def weigh(self, criteria: Criteria, data: Any = None) -> Any:
        return [1.0] * len(criteria)


class OtherKeys:
    def weigh(self, criteria: Criteria, data: Any = None) -> Any:
        return Equal().weigh(Criteria.of(["other", "keys", "here"]))


@pytest.mark.parametrize("combine", [Mixture, Product])
@pytest.mark.parametrize(
    ("scheme", "message"),
    [
        ("entropy", "'entropy' is no weighting scheme; .* .scheme_by_name"),
        (Equal, "is no weighting scheme"),
        (NoWeights(), "must answer with Weights, not with list"),
        (OtherKeys(), "equal answered with weights for other rows than those of these indicators"),
    ],
)
def test_what_is_no_scheme_cannot_be_combined(combine: Any, scheme: Any, message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        combine([Equal(), scheme]).weigh(CRITERIA)
    with pytest.raises(BadValueError, match=message.replace("these indicators", ".*")):
        Nested("group", between=Equal(), inside=scheme).weigh(CRITERIA)
    with pytest.raises(BadValueError, match=message.replace("these indicators", ".*")):
        Nested("group", between=scheme, inside=Equal()).weigh(CRITERIA)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Critic(BOGUS),
        lambda: Cilos(BOGUS),
        lambda: StandardDeviation(BOGUS),
        lambda: Ahp(JUDGED, method=BOGUS),
        lambda: Ahp(JUDGED, random_index=BOGUS),
        lambda: JUDGED.priorities(BOGUS),
        lambda: JUDGED.consistency(BOGUS),
        lambda: PcaWeights(BOGUS),
        lambda: FactorWeights(BOGUS),
    ],
)
def test_a_choice_that_is_none_is_an_error_of_ours(make: Any) -> None:
    with pytest.raises(BadValueError, match=r"unknown .* 'bogus'; known: "):
        make()


def test_choices_can_be_given_by_their_values() -> None:
    method: Any = "eigenvector"
    table: Any = "Saaty 1980"
    rule: Any = "a tenth of the variance"
    assert JUDGED.priorities(method).tolist() == JUDGED.priorities().tolist()
    geometric = JUDGED.priorities(Priorities.GEOMETRIC_MEAN)
    assert Ahp(JUDGED, "geometric mean").weigh(CRITERIA).values.tolist() == geometric.tolist()
    assert JUDGED.consistency(table) == JUDGED.consistency(RandomIndex.SAATY_1980)
    assert PcaWeights(rule) == PcaWeights(Retention.TENTH)


@pytest.mark.parametrize("number", [1.5, True, None])
def test_components_are_counted_in_whole_numbers(number: Any) -> None:
    with pytest.raises(BadValueError, match="is no number of components"):
        PcaWeights(number)
    assert PcaWeights(np.int64(2)) == PcaWeights(2)  # type: ignore[arg-type]


def test_numbers_out_of_range() -> None:
    with pytest.raises(BadValueError, match=r"ddof: 7; allowed: 0 \(population\) and 1"):
        Lopcow(ddof=7)
    with pytest.raises(BadValueError, match="offset must be a finite number, not nan"):
        Merec(offset=float("nan")).weigh(CRITERIA, np.ones((2, 3)))


@pytest.mark.parametrize("matrix", [[["x"] * 3] * 3, [[1, 2], [1]]])
def test_matrices_that_hold_no_numbers(matrix: Any) -> None:
    with pytest.raises(BadValueError, match="matrix: only numbers"):
        Comparisons("abc", matrix)


def test_a_judgement_that_is_no_number_is_named_with_the_others() -> None:
    judged: Any = {("a", "b"): "2", ("b", "c"): None, ("a", "c"): -1}
    with pytest.raises(FaultsError) as error:
        Comparisons.of(judged)
    assert [(fault.place, fault.code) for fault in error.value.faults] == [
        ("a to b", "comparison-not-positive"),
        ("b to c", "comparison-not-positive"),
        ("a to c", "comparison-not-positive"),
    ]


@pytest.mark.parametrize("judges", [{"Ani": [[1, 2], [0.5, 1]]}, np.ones((2, 2))])
def test_a_judge_without_comparisons_is_named(judges: Any) -> None:
    with pytest.raises(BadValueError, match=r"AHP: (Ani|judge 1) gave .* Comparisons\(keys"):
        Ahp(judges)


def test_amounts_whose_sum_would_overflow_are_amounts() -> None:
    huge = dict.fromkeys("abc", 1e308)
    assert Fixed(huge).weigh(CRITERIA).values.tolist() == [1 / 3] * 3
    assert BudgetAllocation({"Ani": huge}).weigh(CRITERIA).values.tolist() == [1 / 3] * 3
    assert Ahp({"Ani": JUDGED}, shares={"Ani": 1e308}).weigh(CRITERIA) == Ahp(
        {"Ani": JUDGED}
    ).weigh(CRITERIA)


def test_faults_call_judges_and_bounds_by_what_they_are() -> None:
    with pytest.raises(FaultsError, match="Bani: no such judge; did you mean 'Ani'"):
        Ahp({"Ani": JUDGED}, shares={"Bani": 1}).weigh(CRITERIA)
    with pytest.raises(FaultsError, match="c: has no bound"):
        BenefitOfTheDoubt({"a": 0.1, "b": 0.1}).weigh(CRITERIA, np.ones((2, 3)))


def test_texts_of_zeros_are_all_zero() -> None:
    zeros: Any = dict.fromkeys("abc", "0")
    with pytest.raises(FaultsError, match="more than 0"):
        Fixed(zeros).weigh(CRITERIA)


@pytest.mark.parametrize("name", ["official", "maxima"])
def test_amounts_of_criteria_are_named_by_key(name: str) -> None:
    amounts: Any = {name: [1, float("nan"), -2]}
    with pytest.raises(BadValueError, match=rf"{name} must be 3 .*; not so: b \(nan\), c \(-2\)"):
        Criteria.of("abc", **amounts)
    amounts = {name: [1, 2]}
    with pytest.raises(BadValueError, match=r"not an array of shape \(2,\)"):
        Criteria.of("abc", **amounts)


def test_every_refusal_is_an_error_of_ours() -> None:
    scheme = BestWorst("a", "z", best_to_others={"b": 2}, others_to_worst={"q": 1})
    for refused in (scheme, Fixed({}), Mixture([]), Entropy()):
        with pytest.raises(InovasiIndexError):
            refused.weigh(CRITERIA)
