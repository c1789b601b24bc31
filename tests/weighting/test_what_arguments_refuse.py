"""What is given of another type, shape or size is refused, named by parameter, key and judge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import inovasi_index as ii
from inovasi_index.errors import (
    BadValueError,
    FaultsError,
    InovasiIndexError,
    UnknownChoiceError,
    UnknownNameError,
)
from inovasi_index.rules.edition import Part
from inovasi_index.weighting import (
    Ahp,
    BenefitOfTheDoubt,
    BestWorst,
    BudgetAllocation,
    Comparisons,
    Criteria,
    Entropy,
    Equal,
    FactorWeights,
    Fixed,
    Merec,
    Mixture,
    Nested,
    Official,
    PcaWeights,
    Product,
    Rancom,
    RandomIndex,
    RankOrderCentroid,
    RankReciprocal,
    RankSum,
    Weights,
    scheme_by_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAN, INF = float("nan"), float("inf")
HUGE = 10**400  # no float64 holds it
CRITERIA = Criteria.of("abc", groups=["x", "x", "y"], official=[1, 2, 3])
DATA = np.array([[1.0, 2.0, 3.0], [2.0, 1.0, 3.5], [3.0, 3.0, 1.0], [1.5, 2.0, 2.0]])
JUDGED = Comparisons.of({("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 5})
OTHERS: dict[str, Any] = {"best_to_others": {"b": 2, "c": 6}, "others_to_worst": {"a": 6, "b": 3}}


def kind_of(given: object) -> str:
    return type(given).__name__


def later(make: Any, *given: Any, **named: Any) -> Callable[[], Any]:
    return lambda: make(*given, **named)


BOGUS: list[Any] = [
    None,
    "?",
    NAN,
    INF,
    -1,
    2.5,
    True,
    (),
    [None],
    [[1, 2], [1]],
    {1: 2},
    {"z": "?"},
    {"a": None, "b": NAN, "c": -1},
    dict.fromkeys("abc", 0),
    {1, "a"},
    b"ab",
    1j,
    HUGE,
    object(),
    dict,
    len,
    np.array([1j, 2]),
    np.array(1.0),
    np.array(["2026-01-01"], dtype="M8[D]"),
    np.zeros((2, 2, 2)),
    np.array([[NAN, INF, 1.0], [1.0, 2.0, 3.0]]),
    np.array([[None, "x", 1], [1, 2, 3]], dtype=object),
]
# Nothing in BOGUS is right for any of these.
ARGUMENTS: dict[str, Callable[[Any], object]] = {
    "Fixed": lambda given: Fixed(given).weigh(CRITERIA),
    "Fixed a": lambda given: later(Fixed, {"a": [given], "b": 1, "c": 1})().weigh(CRITERIA),
    "Budget": lambda given: BudgetAllocation(given).weigh(CRITERIA),
    "Budget of a judge": lambda given: BudgetAllocation({"Ani": given}).weigh(CRITERIA),
    "RankSum": lambda given: RankSum(given).weigh(CRITERIA),
    "RankReciprocal": lambda given: RankReciprocal([given, "a", "z"]).weigh(CRITERIA),
    "RankOrderCentroid": lambda given: RankOrderCentroid(given).weigh(CRITERIA),
    "Product": lambda given: Product(given).weigh(CRITERIA),
    "Mixture": lambda given: Mixture(given).weigh(CRITERIA),
    "Mixture of one": lambda given: Mixture([given]).weigh(CRITERIA),
    "Nested between": lambda given: Nested("group", between=given, inside=Equal()),
    "Nested inside": lambda given: Nested("group", between=Equal(), inside=given).weigh(CRITERIA),
    "Nested level": lambda given: Nested(given, between=Equal(), inside=Equal()).weigh(CRITERIA),
    "Equal": lambda given: Equal(str(given)).weigh(CRITERIA),
    "Ahp": lambda given: Ahp(given).weigh(CRITERIA),
    "Ahp judge": lambda given: Ahp({"Ani": given}),
    "comparisons": lambda given: Comparisons.of(given).in_order(("a", "b", "c")),
    "items": lambda given: Comparisons(given, np.ones((2, 2))),
    "matrix": lambda given: Comparisons("abc", given),
    "in_order": lambda given: JUDGED.in_order((given, *JUDGED.keys)),
    "Rancom": lambda given: Rancom("abc", given),
    "Rancom items": lambda given: Rancom(given, np.full((2, 2), 0.5)),
    "Rancom ranking": lambda given: Rancom.of_ranking(given).weigh(CRITERIA),
    "best": lambda given: BestWorst(given, "c", **OTHERS).weigh(CRITERIA),
    "worst": lambda given: BestWorst("a", given, **OTHERS).weigh(CRITERIA),
    "best to others": lambda given: BestWorst(
        "a", "c", best_to_others=given, others_to_worst={"a": 6, "b": 3}
    ).weigh(CRITERIA),
    "official": lambda given: Criteria.of("abcd", official=given or [-1]),
    "maxima": lambda given: Criteria.of("abcd", maxima=[given] * 2),
    "directions": lambda given: Criteria.of("abcd", directions=[given] * 2),
    "groups": lambda given: Criteria.of("abcd", groups=[given]),
    "level names": lambda given: Criteria.of("abcd", groups="xxyy", level_names=[given, given]),
    "select": lambda given: CRITERIA.select([given, 7]),
    "groups_at": CRITERIA.groups_at,
    "edition": Criteria.from_edition,
    "values": lambda given: Weights("ab", given, scheme="s"),
    "totals": lambda given: Weights("a", [1.0], scheme="s").totals(given, "group"),
    "[]": lambda given: Weights("a", [1.0], scheme="s")[given],
    "scheme_by_name": scheme_by_name,
}


# How a message calls what its name here does not.
NO_SCHEME = "no weighting scheme"
WORDS = {
    "Fixed": "fixed weights",
    "Fixed a": "fixed weights: .*a: must be",
    "Budget": "budget allocation",
    "Budget of a judge": "budget allocation: .*Ani",
    "RankSum": "ranking|rank sum",
    "RankReciprocal": "ranking|rank reciprocal",
    "RankOrderCentroid": "ranking|rank order centroid",
    "Product": f"schemes|product|{NO_SCHEME}",
    "Mixture": f"schemes|mixture|{NO_SCHEME}",
    "Mixture of one": NO_SCHEME,
    "Nested between": NO_SCHEME,
    "Nested inside": f"{NO_SCHEME}|unknown group|no scheme inside",
    "Nested level": "unknown level",
    "Equal": "unknown level",
    "Ahp": "AHP",
    "Ahp judge": "AHP: .*Ani",
    "items": "items|comparisons: ",
    "matrix": "matrix|comparisons: ",
    "in_order": "items|is compared|is not compared",
    "Rancom": "matrix|RANCOM: ",
    "Rancom items": "items",
    "Rancom ranking": "ranking|RANCOM",
    "best": "best and worst|best to others",
    "worst": "best and worst|others to worst",
    "groups": "groups|group path",
    "select": "positions",
    "groups_at": "unknown level",
    "values": "weights",
    "totals": "criteria are needed",
    "[]": "unknown indicator",
    "scheme_by_name": "unknown weighting scheme",
}


@pytest.mark.parametrize("argument", ARGUMENTS)
@pytest.mark.parametrize("given", BOGUS, ids=kind_of)
def test_what_is_of_no_type_that_is_asked_for(argument: str, given: Any) -> None:
    if argument == "official" and isinstance(given, np.ndarray):
        given = [given]  # an array has no truth
    with pytest.raises(InovasiIndexError) as error:
        ARGUMENTS[argument](given)
    message = str(error.value)
    assert re.search(WORDS.get(argument, argument), message, re.DOTALL)
    assert len(message) < 400


SCHEMES = [
    Ahp(JUDGED),
    BenefitOfTheDoubt(),
    BestWorst("a", "c", **OTHERS),
    BudgetAllocation({"Ani": {"a": 1}}),
    Entropy(),
    Equal(),
    FactorWeights(),
    Fixed({"a": 1}),
    Merec(),
    Mixture([Equal()]),
    Nested("group", between=Equal(), inside=Equal()),
    Official(),
    PcaWeights(),
    Product([Equal()]),
    Rancom.of_ranking("abc"),
    RankSum("abc"),
]


@pytest.mark.parametrize("scheme", SCHEMES, ids=kind_of)
@pytest.mark.parametrize("given", [None, "abc", ["a", "b", "c"], DATA, Criteria], ids=kind_of)
def test_what_are_no_criteria(scheme: Any, given: Any) -> None:
    with pytest.raises(BadValueError, match=r"criteria are needed, not .*Criteria\.of\(keys\)"):
        scheme.weigh(given, DATA)


def test_an_edition_is_no_criteria() -> None:
    edition: Any = ii.load_edition("iid-2026")
    with pytest.raises(BadValueError, match="criteria are needed"):
        Equal().weigh(edition)
    with pytest.raises(BadValueError, match=r"an edition is needed, not 'iid-2026'; load_edition"):
        Criteria.from_edition("iid-2026")  # type: ignore[arg-type]


def test_a_part_can_be_given_by_its_value() -> None:
    edition = ii.load_edition("iid-2026")
    region: Any = "region"
    assert Criteria.from_edition(edition, region) == Criteria.from_edition(edition, Part.REGION)
    for bogus in ("regional", 3, ["region"]):
        with pytest.raises(UnknownChoiceError, match=r"Part .*region"):
            Criteria.from_edition(edition, bogus)  # type: ignore[arg-type]


# --- Criteria and weights -------------------------------------------------------------------


def test_all_that_is_wrong_with_criteria_together() -> None:
    with pytest.raises(BadValueError) as error:
        Criteria.of(
            "abca",
            groups=["x", ("x", "y"), "z", "z"],
            directions=[1, 0, -1, NAN],
            official=[1, INF, -2, 0],
            maxima=[1, 2, 3],
            what="my index",
        )
    message = str(error.value)
    assert message.startswith("my index: keys occur twice: a; ")
    for part in (
        "one step for each of the 1 levels; not so: b (2)",
        "official must be 4 finite numbers that are not negative; not so: b (inf), c (-2)",
        "maxima must be 4 finite numbers that are not negative, not an array of shape (3,)",
        "-1 (less is better); not so: b (0), a (nan)",
    ):
        assert part in message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"keys": None}, "keys: texts are needed, not None"),
        ({"keys": ["a", 2, None]}, "keys: texts are needed; not so: 2, None"),
        ({"keys": "ab", "official": ["x", 1]}, r"official: only numbers are .*'x' at 0"),
        ({"keys": "ab", "maxima": [1, HUGE]}, "maxima: only numbers are allowed.* at 1"),
        ({"keys": "ab", "directions": ["up", "down"]}, "directions: only numbers are"),
        ({"keys": "ab", "groups": ["x", 3]}, "groups: path 1: texts are needed, not 3"),
        ({"keys": "ab", "groups": 3}, "groups: texts or paths are needed, not 3"),
        ({"keys": "ab", "groups": ["x", "y"], "level_names": [2]}, "level names: texts"),
        (
            {"keys": "ab", "groups": ["xx", "yy"], "level_names": ["part", "part"]},
            "level names occur twice: part",
        ),
    ],
)
def test_criteria_name_what_is_wrong(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        Criteria.of(**arguments)


def test_one_level_can_be_named_by_its_name_alone() -> None:
    assert Criteria.of("ab", groups="xy", level_names="aspect").level_names == ("aspect",)


@pytest.mark.parametrize("positions", [[3], [-1], [0.5], ["a"], 2, None, [[0]]], ids=str)
def test_positions_are_those_of_the_keys(positions: Any) -> None:
    with pytest.raises(BadValueError, match=r"positions: .*(from 0 to 2|only numbers)"):
        CRITERIA.select(positions)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"keys": "aba", "values": [0.5, 0.5, 0]}, "s: keys occur twice: a"),
        ({"keys": ["a", 2], "values": [0.5, 0.5]}, "keys: texts are needed; not so: 2"),
        ({"keys": "ab", "values": ["x", 1]}, "weights: only numbers are allowed; not so: 'x' at 0"),
        ({"keys": "ab", "values": [NAN, -1]}, r"wrong for a \(nan\), b \(-1\)"),
        ({"keys": "ab", "values": [0.5, 0.5], "notes": [3]}, "notes: texts are needed"),
        ({"keys": "ab", "values": [0.5, 0.5], "details": 3}, "details: a mapping of str to"),
    ],
)
def test_weights_name_what_is_wrong(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        Weights(**arguments, scheme="s")


def test_one_note_is_one_note() -> None:
    note: Any = "constant: b"
    assert Weights("ab", [1, 0], scheme="s", notes=note).notes == ("constant: b",)


# --- Amounts --------------------------------------------------------------------------------


def test_amounts_by_key_may_be_weights_or_a_series() -> None:
    amounts = {"a": 1, "b": 2, "c": 1}
    expected = Fixed(amounts).weigh(CRITERIA)
    series: Any = pd.Series(amounts)
    weights: Any = expected
    assert Fixed(series).weigh(CRITERIA) == Fixed(weights).weigh(CRITERIA) == expected


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (later(Fixed, None), "fixed weights: a mapping of str to float is needed, not None"),
        (later(BudgetAllocation, [1]), "budget allocation: a mapping of judges to .*not \\[1\\]"),
        (later(BudgetAllocation, {"Ani": 3}), "budget allocation: Ani: a mapping .* not 3"),
        (later(Ahp, JUDGED, shares=[1]), "shares of the judges: a mapping of str to float"),
        (later(Ahp, 3), "AHP: Comparisons of one or more judges are needed, not 3"),
        (later(Ahp, {"Ani": 1, "Budi": 2}), "AHP: Ani gave int, Budi gave int and no Comparisons"),
        (later(Ahp, JUDGED, acceptable="x"), "acceptable: 'x' is not a number"),
        (later(Ahp, JUDGED, acceptable=NAN), "acceptable: nan; allowed: a ratio from 0 on"),
        (later(Ahp, JUDGED, acceptable=-1), "acceptable: -1; allowed: a ratio from 0 on"),
        (later(BenefitOfTheDoubt, "x"), "lower bounds: 'x' is not a number"),
        (later(BenefitOfTheDoubt, 0, [1]), r"upper bounds: \[1\] is not a number"),
        (later(Comparisons.of, [1]), r"comparisons: a mapping of pairs .* not \[1\]"),
        (later(Merec, "x"), "MEREC: offset: 'x' is not a number"),
        (later(FactorWeights, least_unique="x"), "least_unique: 'x' is not a number"),
        (later(FactorWeights, least_unique=0), "least_unique: 0; allowed: more than 0"),
        (later(FactorWeights, least_unique=1), "least_unique: 1; allowed: less than 1"),
        (later(PcaWeights, kaiser_rows="no"), "kaiser_rows: 'no'; allowed: True and False"),
        (later(FactorWeights, kaiser_rows=None), "kaiser_rows: None; allowed"),
        (later(BestWorst, None, 3, **OTHERS), "best and worst: texts .*not so: None, 3"),
        (later(Product, Equal()), r"schemes: several, as in a list, are needed, not Equal\("),
        (later(Mixture, "entropy"), "schemes: several, .*, are needed, not 'entropy'"),
        (later(Mixture, [None, 3]), "None, 3 are no weighting scheme"),
        (later(Mixture, [Equal()], shares=3), "shares: numbers, one for each scheme, are needed"),
        (later(Mixture, [Equal()] * 2, shares=[1, "x"]), "share 1: 'x' is not a number"),
        (later(RankSum, {"a", "b"}), "ranking: keys in order, .*, are needed, not {'a', 'b'}"),
        (later(RankSum, {"a": 2, "b": 1}), "ranking: keys in order, .*, are needed, not {'a': 2"),
        (later(RankSum, ["a", 3, None]), "ranking: .*; not so: 3 at 1, None at 2"),
        (later(Rancom.of_ranking, 3), "ranking: keys in order"),
        (later(JUDGED.least_consistent, -1), "most: -1; allowed: whole numbers from 0 on"),
        (later(RandomIndex.SAATY.of_size, "x"), "items: 'x'; allowed: whole numbers"),
        (later(Comparisons, "aba", np.ones((3, 3))), "items, each once, not a twice"),
        (later(Rancom, "aba", np.ones((3, 3))), "items, each once, not a twice"),
    ],
)
def test_parameters_are_named(make: Callable[[], object], message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        make()


def test_shares_that_are_none_are_named_by_their_place() -> None:
    with pytest.raises(BadValueError, match="finite and not negative; not so: nan at 1, -1 at 2"):
        Mixture([Equal()] * 3, shares=[1, NAN, -1]).weigh(CRITERIA)


def test_shares_and_official_weights_whose_sum_would_overflow() -> None:
    mixed = Mixture([Equal(), Official()], shares=[1e308, 1e308]).weigh(CRITERIA)
    assert mixed == Mixture([Equal(), Official()], shares=[1, 1]).weigh(CRITERIA)
    huge = Criteria.of("abcd", official=[1e308] * 4)
    assert set(Official().weigh(huge).to_dict().values()) == {0.25}


def test_bounds_of_both_kinds_are_refused_together() -> None:
    scheme = BenefitOfTheDoubt({"a": NAN, "b": 0, "c": 0}, {"a": 1, "b": 1, "z": 1})
    with pytest.raises(FaultsError) as error:
        scheme.by_unit(CRITERIA, DATA)
    assert [fault.place for fault in error.value.faults] == [
        "lower bounds.a",
        "upper bounds.z",
        "upper bounds.c",
    ]


def test_groups_without_a_scheme_and_schemes_without_a_group_together() -> None:
    tree = Criteria.of("abc", groups=["north", "south", "west"])
    scheme = Nested("group", between=Equal(), inside={"nort": Equal(), "north": Equal()})
    with pytest.raises(UnknownNameError) as error:
        scheme.weigh(tree)
    assert str(error.value) == (
        "unknown group 'nort'; did you mean 'north'?; group 'south', 'west' have no scheme inside"
    )


@pytest.mark.parametrize("given", [np.array([1.0]), np.ma.masked, np.complex128(1)], ids=kind_of)
def test_what_numpy_would_read_as_a_number_is_none(given: Any) -> None:
    amounts: Any = {"a": given, "b": np.float32(1), "c": 1}
    with pytest.raises(FaultsError, match=r"1 fault\n  a: must be a finite number"):
        Fixed(amounts).weigh(CRITERIA)


def test_keys_may_be_texts_of_any_kind() -> None:
    assert Criteria.of([Part.REGION, Part.INNOVATION]).keys == ("region", "innovation")


DIGITS = 10**5000  # more than Python writes as a text


@pytest.mark.parametrize(
    "make",
    [
        lambda: Fixed({"a": DIGITS, "b": 1, "c": 1}).weigh(CRITERIA),
        lambda: Comparisons.of({("a", "b"): DIGITS}),
        lambda: BestWorst("a", "b", best_to_others={"b": DIGITS}, others_to_worst={}).weigh(
            CRITERIA
        ),
    ],
)
def test_numbers_of_too_many_digits_are_told(make: Callable[[], object]) -> None:
    with pytest.raises(FaultsError, match="not int of too many digits to be shown"):
        make()


def test_what_goes_wrong_while_things_are_made_comes_out() -> None:
    def schemes() -> Iterator[Equal]:
        yield Equal()
        raise TypeError("a fault of the caller's own")

    with pytest.raises(TypeError, match="of the caller's own"):
        Product(schemes())


# --- Judgements -----------------------------------------------------------------------------


def test_what_is_no_pair_is_named_with_the_other_faults() -> None:
    judged: Any = {("a", "a", "b"): 3, "ab": 2, ("a", 2): 1, ("a", "b"): 0, ("b", "c"): HUGE}
    with pytest.raises(FaultsError) as error:
        Comparisons.of(judged)
    assert [(fault.code, fault.place) for fault in error.value.faults] == [
        ("comparison-not-of-two", "('a', 'a', 'b')"),
        ("comparison-not-of-two", "'ab'"),
        ("comparison-not-of-two", "('a', 2)"),
        ("comparison-not-positive", "a to b"),
        ("comparison-not-positive", "b to c"),
    ]


def test_judges_who_compare_other_items_are_named_together() -> None:
    judges = {
        "Ani": Comparisons.of({("a", "b"): 2}),
        "Budi": JUDGED,
        "Citra": Comparisons.of({("a", "b"): 2, ("b", "cc"): 2}),
    }
    with pytest.raises(FaultsError) as error:
        Ahp(judges).weigh(CRITERIA)
    assert [(fault.code, fault.place) for fault in error.value.faults] == [
        ("comparison-missing", "Ani.c"),
        ("comparison-missing", "Citra.c"),
        ("unknown-indicator", "Citra.cc"),
    ]


def test_judges_who_do_not_link_all_items_are_named() -> None:
    apart = Comparisons.of({("a", "b"): 2}, "abc")
    scheme = Ahp({"Ani": JUDGED, "Budi": apart, "Citra": apart}, group="aggregated priorities")
    with pytest.raises(BadValueError, match="too few comparisons to link all items: Budi, Citra"):
        scheme.weigh(CRITERIA)


def test_all_wrong_preferences_are_named() -> None:
    wrong = [[0.5, 1, INF], [1, 0.5, 0.5], [-INF, 0.3, 0.5]]
    with pytest.raises(BadValueError) as error:
        Rancom("abc", wrong)
    assert str(error.value).startswith(
        "RANCOM: a to b is 1 and 1 the other way; a to c is inf and -inf the other way; "
        "b to c is 0.5 and 0.3 the other way; allowed: "
    )


@pytest.mark.parametrize("ask", ["consistency", "least_consistent"])
def test_comparisons_too_far_apart_are_told(ask: str) -> None:
    far = Comparisons.of({("a", "b"): 1e300, ("b", "c"): 1e300, ("a", "c"): 1})
    with pytest.raises(BadValueError, match=r"from 1e-300 to 1e\+300 are too far apart"):
        getattr(far, ask)()
    with pytest.raises(BadValueError, match="too far apart"):
        Ahp(far).weigh(CRITERIA)


def test_a_comparison_that_is_too_large_for_the_best_worst_method() -> None:
    to_others, to_worst = {"b": HUGE, "c": 6}, {"a": 6, "b": NAN}
    scheme = BestWorst("a", "c", best_to_others=to_others, others_to_worst=to_worst)
    with pytest.raises(FaultsError) as error:
        scheme.weigh(CRITERIA)
    assert [fault.place for fault in error.value.faults] == [
        "best to others.b",
        "others to worst.b",
    ]


# --- Data -----------------------------------------------------------------------------------


def test_rows_that_all_score_nothing_have_no_weights() -> None:
    pytest.importorskip("scipy")
    data = np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 0.0]])
    scheme = BenefitOfTheDoubt(0.1, 0.9, "contributions")
    assert scheme.by_unit(CRITERIA, data).scores.tolist() == [0, 0, 0]
    with pytest.raises(BadValueError, match="every row scores 0, so none has weights"):
        scheme.weigh(CRITERIA, data)


def test_values_too_small_for_benefit_of_the_doubt() -> None:
    pytest.importorskip("scipy")
    with pytest.raises(BadValueError, match="values are too small"):
        BenefitOfTheDoubt().weigh(CRITERIA, np.full((2, 3), 1e-320))


def test_masked_texts_are_no_data() -> None:
    with pytest.raises(BadValueError, match=r"entropy: data: only numbers .* 'x' at row 0"):
        Entropy().weigh(CRITERIA, np.ma.MaskedArray([["x", "y", "z"]]))


@pytest.mark.parametrize("maxima", [None, [1, 1, 1]])
def test_infinite_values_of_a_group_are_refused_between(maxima: Any) -> None:
    tree = Criteria.of("abc", groups=["x", "x", "y"], maxima=maxima)
    data = np.array([[INF, 1.0, 1.0], [-INF, 2.0, 3.0]])
    with pytest.raises(BadValueError, match="row 0 of x"):
        Nested("group", between=Entropy(), inside=Equal()).weigh(tree, data)
