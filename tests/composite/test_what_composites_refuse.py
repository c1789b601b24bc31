"""What are no data, no weights and no parameters is refused, named by row, column and parameter."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from inovasi_index import composite
from inovasi_index.composite import (
    AboveBelowMean,
    AdjustedMazziottaPareto,
    Aggregation,
    Arithmetic,
    Borda,
    Categories,
    Chain,
    DistanceToReference,
    Goalposts,
    Kemeny,
    LogTransform,
    MinMax,
    Normalisation,
    PowerMean,
    Promethee,
    Refuse,
    Renormalise,
    Winsorise,
    ZScore,
    kemeny_local_search,
    kemeny_ranking,
    outranking_matrix,
    ranks,
    read_ballots,
    spearman,
    support_of_order,
)
from inovasi_index.composite.arrays import read_table
from inovasi_index.composite.statistics import (
    correlation,
    correlation_ratio,
    cronbach_alpha,
    linear_importance,
    principal_components,
)
from inovasi_index.errors import BadValueError, FaultsError, InovasiIndexError

if TYPE_CHECKING:
    from collections.abc import Callable

NAN, INF = float("nan"), float("inf")
HUGE = 10**400  # no float64 holds it
DATA = np.array([[1.0, 2.0, 3.0], [2.0, 1.0, 3.5], [3.0, 3.0, 1.0], [1.5, 2.0, 2.0]])
SUPPORT = [[0, 33, 25], [27, 0, 42], [35, 18, 0]]
GAP_AND_INFINITY = pd.DataFrame({"a": [1.0, INF], "b": [NAN, 2.0]})


def kind_of(given: object) -> str:
    return type(given).__name__


# Of no type that data have.
NO_DATA: dict[str, Any] = {
    "nothing": None,
    "text": "x",
    "bytes": b"x",
    "object": object(),
    "class": dict,
    "mapping": {"a": 1},
    "texts": ["x", "y"],
    "complex": np.array([1j, 2]),
    "dates": np.array(["2026-01-01"], dtype="M8[D]"),
    "rows of different lengths": [[1, 2], [1]],
    "three dimensions": np.zeros((2, 2, 2)),
    "no rows": np.empty((0, 3)),
    "too large": [HUGE, 1, 1],
}
AGGREGATIONS: list[Aggregation] = [
    composite.Arithmetic(),
    composite.WeightedSum(),
    composite.Geometric(),
    composite.Harmonic(),
    PowerMean(2),
    composite.Minimum(),
    composite.MazziottaPareto(),
    AdjustedMazziottaPareto(),
    Borda(),
    composite.Copeland(),
    Kemeny(),
    Promethee(),
]
NORMALISATIONS: list[Normalisation] = [
    AboveBelowMean(),
    Categories(),
    Chain(MinMax()),
    composite.DistanceToLeader(),
    DistanceToReference("mean"),
    composite.EnhancedAccuracy(),
    Goalposts(0, 5),
    LogTransform(),
    composite.LogarithmicShare(),
    composite.Max(),
    MinMax(),
    composite.Nonlinear(),
    composite.Percentile(),
    composite.Rank(),
    composite.Sum(),
    composite.Vector(),
    Winsorise(),
    ZScore(),
]
VERBS: dict[str, Callable[[Any], object]] = {
    **{f"{rule!r}.aggregate": rule.aggregate for rule in AGGREGATIONS},
    **{f"{rule!r}.apply": rule.apply for rule in NORMALISATIONS},
    **{f"{rule!r}.fit": rule.fit for rule in NORMALISATIONS},
    "treat": Winsorise().treat,
    "outranking": outranking_matrix,
    "support_of_order": lambda data: support_of_order(data, [0]),
    "order": lambda data: support_of_order(SUPPORT, data),
    "kemeny_ranking": kemeny_ranking,
    "kemeny_local_search": kemeny_local_search,
    "read_ballots": read_ballots,
    "correlation": correlation,
    "alpha": cronbach_alpha,
    "components": principal_components,
    "importance": lambda data: linear_importance(data, [1, 2, 3, 4]),
    "scores": lambda data: correlation_ratio(DATA, data),
    "rankings": lambda data: spearman([1, 2, 3], data),
    "reference": lambda data: spearman(data, [1, 2, 3]),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("given", NO_DATA)
def test_what_are_no_data(verb: str, given: str) -> None:
    if (verb, given) in {("rankings", "no rows"), ("read_ballots", "mapping")}:
        pytest.skip("there these are what is asked for")
    named = r"^(data|values|support|order|profile|scores|rankings|reference): "
    with pytest.raises(InovasiIndexError, match=named):
        VERBS[verb](NO_DATA[given])


@pytest.mark.parametrize("given", [[[1, 2], [1]], [HUGE], ["x"], None, 3.0])
def test_what_cannot_be_ranked(given: Any) -> None:
    with pytest.raises(BadValueError, match=r"scores: (only|an array of) numbers"):
        ranks(given)


@pytest.mark.parametrize(
    "verb",
    [
        Arithmetic().aggregate,
        Borda().aggregate,
        outranking_matrix,
        correlation,
        cronbach_alpha,
        principal_components,
    ],
)
def test_gaps_and_infinities_are_named_together(verb: Callable[[Any], object]) -> None:
    with pytest.raises(FaultsError) as caught:
        verb(GAP_AND_INFINITY)
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [
        ("missing", "row 0, b"),
        ("not-finite", "row 1, a"),
    ]


def test_faults_of_two_kinds_are_cut_off_by_kind() -> None:
    data = np.full((150, 2), NAN)
    data[:, 1] = -INF
    with pytest.raises(FaultsError) as caught:
        Arithmetic().aggregate(data)
    assert len(caught.value.faults) == 102
    assert {(f.code, f.message.split(":")[0]) for f in caught.value.faults[100:]} == {
        ("missing", "100 more values"),
        ("not-finite", "100 more values"),
    }


def test_a_table_read_before_is_held_against_the_rule_about_gaps() -> None:
    table = read_table([[1.0, NAN], [2.0, 3.0]])
    with pytest.raises(FaultsError, match="row 0, column 1: nan: is missing"):
        Arithmetic().aggregate(table)
    with pytest.raises(FaultsError, match="the rule is to refuse"):
        Refuse().complete(table, np.ones(2))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([[1, "x"], [2, None]], "not so: 'x' at row 0, column 1$"),
        (pd.DataFrame({"a": [1, "?"], "b": ["-", 2]}), r"'-' at row 0, b, '\?' at row 1, a$"),
        ([1, "x", 2], "'x' at 1$"),
        (np.array([2.5, "1"], dtype=object), "'1' at 1$"),
        (np.ma.MaskedArray(["1", "2"]), "'1' at 0, '2' at 1$"),
        ([["x"] * 9], "'x' at row 0, column 4 and 4 more"),
        ([[1, 2], [3]], "in rows of one length"),
        ([np.zeros((2, 2)), np.zeros((2, 3))], "in rows of one length"),
        ([1, HUGE], r"1000.* at 1"),
        ([1, 10**5000], "int of too many digits to be shown at 1"),
        ([dt.date(2026, 1, 1)], "at 0"),
        (object(), ", not <object"),
        (np.ma.MaskedArray(np.array([1, "x"], dtype=object)), "'x' at 1"),
    ],
)
def test_what_is_no_number_is_named_by_its_place(data: Any, message: str) -> None:
    with pytest.raises(BadValueError, match=rf"data: only numbers are allowed.*{message}"):
        MinMax().apply(data)


def test_columns_of_arrow_have_their_names() -> None:
    pa = pytest.importorskip("pyarrow")
    with pytest.raises(FaultsError, match="row 1, b: inf: only finite"):
        MinMax().apply(pa.table({"a": [1.0, 2.0], "b": [2.0, INF]}))
    by_name = MinMax().apply(pa.table({"a": [1.0, 2.0], "b": [2.0, 3.0]}), {"b": -1, "a": 1})
    assert by_name.tolist() == [[0, 1], [1, 0]]


def test_rows_whose_weights_sum_to_zero_are_named() -> None:
    weights = np.ones((4, 3))
    weights[[1, 3]] = 0
    with pytest.raises(BadValueError, match="weights: they sum to zero in row 1, 3; at least"):
        Arithmetic().aggregate(DATA, weights)
    with pytest.raises(BadValueError, match="weights: they sum to zero; at least"):
        Arithmetic().aggregate(DATA, [0, 0, 0])


def test_infinite_scores_are_named_by_row() -> None:
    with pytest.raises(BadValueError, match=r"not so: inf in row 1, -inf in row 3$"):
        linear_importance(DATA, [1, INF, NAN, -INF])


NO_NUMBER: list[Any] = [
    *(None, "x", "1", NAN, [1, 2], object(), 1j, HUGE, np.zeros((2, 2, 2)), np.ma.masked),
]
NUMBERS: dict[str, Callable[[Any], object]] = {
    "lower end": MinMax,
    "upper end": lambda given: MinMax(0, given),
    "mean": ZScore,
    "deviation": lambda given: ZScore(0, given),
    "base of the logarithm": LogTransform,
    "shift": lambda given: LogTransform(shift=given),
    "limit of the skewness": Winsorise,
    "limit of the kurtosis": lambda given: Winsorise(kurtosis=given),
    "power": PowerMean,
    "threshold": Renormalise,
    "threshold: ": AboveBelowMean,
}


@pytest.mark.parametrize("what", NUMBERS)
@pytest.mark.parametrize("given", NO_NUMBER, ids=kind_of)
def test_a_parameter_that_is_no_number_is_named(what: str, given: Any) -> None:
    with pytest.raises(BadValueError, match=f"^{what}"):
        NUMBERS[what](given)


def test_a_fraction_that_no_float_holds_is_told() -> None:
    with pytest.raises(BadValueError, match=r"^power: the number is too large for a float"):
        PowerMean(Fraction(HUGE))  # type: ignore[arg-type]


COLUMNS: dict[str, Callable[[Any], object]] = {
    "lower goalposts": lambda given: Goalposts(given, 1),
    "upper goalposts": lambda given: Goalposts(0, given),
    "scale": lambda given: Goalposts(0, 1, scale=given),
    "reference": lambda given: Goalposts.around(given, lowest=0, highest=1),
    "lowest": lambda given: Goalposts.around(1, lowest=given, highest=1),
    "highest": lambda given: AdjustedMazziottaPareto.goalposts(1, lowest=0, highest=given),
    "bounds": lambda given: Categories(bounds=given),
    "scores": lambda given: Categories(scores=given),
    "indifference": Promethee,
    "preference": lambda given: Promethee(0, given),
}


@pytest.mark.parametrize("what", COLUMNS)
@pytest.mark.parametrize(
    "given",
    [None, "x", [1, NAN], [INF], object(), [1j], {"a": 1}, [[1, 2], [1]], [HUGE]],
    ids=kind_of,
)
def test_a_parameter_by_column_that_is_no_number_is_named(what: str, given: Any) -> None:
    with pytest.raises(BadValueError, match=f"^{what}: only (finite )?numbers are allowed"):
        COLUMNS[what](given)


def test_the_place_of_what_is_not_finite_is_named() -> None:
    with pytest.raises(BadValueError, match=r"not so: nan at 7, inf at 8$"):
        Goalposts([0.0] * 7 + [NAN, INF], 1)


@pytest.mark.parametrize("given", [None, "x", 2.5, -1, True, [1], np.zeros(2), NAN], ids=kind_of)
def test_counts_are_whole_numbers(given: Any) -> None:
    with pytest.raises(BadValueError, match=r"^most: .*; allowed: whole numbers from 0 on"):
        Winsorise(most=given)
    with pytest.raises(BadValueError, match=r"^largest: .*whole numbers from 1 to 20"):
        Kemeny(given)
    if given is not None:  # the default
        with pytest.raises(BadValueError, match=r"^n_bins: .*whole numbers from 2 on"):
            correlation_ratio(DATA, [1, 2, 3, 4], n_bins=given)
    with pytest.raises(BadValueError, match=r"^largest: .*whole numbers from 1 to 20"):
        kemeny_ranking(SUPPORT, largest=given)


def test_counts_of_numpy_are_whole_numbers() -> None:
    most: Any = np.int64(2)
    assert Winsorise(most=most) == Winsorise(most=2)
    assert kemeny_ranking(SUPPORT, largest=most + 1).is_exact


@pytest.mark.parametrize("given", [None, "x", MinMax, 3, [MinMax()]], ids=kind_of)
def test_a_chain_names_what_is_no_rule(given: Any) -> None:
    with pytest.raises(BadValueError, match=r"chain: no rule of normalisation: .* at 1$"):
        Chain(MinMax(), given, ZScore())


def test_goalposts_of_different_lengths() -> None:
    with pytest.raises(BadValueError, match="2 values of the reference, 1 of the lowest and 3"):
        Goalposts.around([1, 2], lowest=0, highest=[3, 3, 3])


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ([("a", "b")], "how many votes by order"),
        ("ab", "how many votes by order"),
        ({3: 1, ("a", 2): 1, "ab": 1}, r"texts; not so: 3, \('a', 2\)$"),
        ({"": 1}, "texts; not so: ''"),
        ({"ab": 1, "ac": 1, "bc": 1}, r"\('a', 'c'\), \('b', 'c'\) do not name each of"),
    ],
)
def test_profiles_that_are_none(profile: Any, message: str) -> None:
    with pytest.raises(BadValueError, match=f"^profile: .*{message}"):
        read_ballots(profile)


@pytest.mark.parametrize("order", [[0, 1], [0, 1, 1], [0, 1, 2.5], [0, 1, NAN], 3])
def test_an_order_names_each_row_once(order: Any) -> None:
    with pytest.raises(BadValueError, match=r"order: .* does not name each of 3 rows once"):
        support_of_order(SUPPORT, order)
