"""Trees of nodes: computation, missing values, contributions, and what is refused."""

from __future__ import annotations

import math
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from technology_achievement import INDICATORS, TAI

from inovasi_index.composite import (
    Arithmetic,
    Borda,
    Chain,
    CompositeIndex,
    Geometric,
    Goalposts,
    Kemeny,
    LogTransform,
    MazziottaPareto,
    MinMax,
    MissingRule,
    Node,
    Refuse,
    Renormalise,
    Share,
    WeightedSum,
    Zero,
    ZScore,
)
from inovasi_index.composite.arrays import read_table
from inovasi_index.errors import BadValueError, FaultsError, InfeasibleError, UnknownNameError

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAN = math.nan


def inner(name: str, *children: Node, **rules: Any) -> Node:
    rules.setdefault("aggregation", Arithmetic())
    rules.setdefault("missing", Refuse())
    return Node(name, children=children, **rules)


def two_pillars(missing: MissingRule | None = None, **rules: Any) -> CompositeIndex:
    rule = missing or Refuse()
    first = inner("first", Node("a", weight=3), Node("b"), weight=2, missing=rule, **rules)
    second = inner("second", Node("c"), Node("d"), weight=1, missing=rule, **rules)
    return CompositeIndex(inner("index", first, second, missing=rule))


# --- Computation ----------------------------------------------------------------------------


def test_an_index_by_hand() -> None:
    result = two_pillars().compute({"a": [4, 0], "b": [8, 4], "c": [1, 3], "d": [3, 5]})
    assert result.scores["first"].tolist() == [5, 1]
    assert result.scores["second"].tolist() == [2, 4]
    assert result.root.tolist() == [4, 2]
    assert list(result.scores) == ["index", "first", "a", "b", "second", "c", "d"]
    assert not result.missing


def test_effective_weights() -> None:
    weights = two_pillars().effective_weights
    assert weights["index"] == 1
    assert weights["first"] == pytest.approx(2 / 3)
    assert weights["a"] == pytest.approx(1 / 2)
    assert sum(weights[leaf.name] for leaf in two_pillars().leaves) == pytest.approx(1)


def test_other_weights() -> None:
    index = two_pillars().reweighted({"a": 1, "second": 0})
    assert index.compute({"a": [4], "b": [8], "c": [1], "d": [3]}).root.tolist() == [6]
    assert two_pillars().root.children[0].weight == 2
    with pytest.raises(UnknownNameError, match="did you mean 'first'"):
        two_pillars().reweighted({"firts": 1})
    with pytest.raises(BadValueError, match="a: weight: -1; allowed: at least 0"):
        two_pillars().reweighted({"a": -1})
    with pytest.raises(BadValueError, match="a: weight: '3' is not a number"):
        two_pillars().reweighted({"a": "3"})  # type: ignore[dict-item]


def test_normalisation_of_a_node_works_on_its_children_side_by_side() -> None:
    root = inner(
        "index", Node("x"), Node("y", direction=-1), normalisation=MinMax(0, 100), weight=1
    )
    result = CompositeIndex(root).compute({"x": [0, 5, 10], "y": [1, 2, 3]})
    assert result.scores["y"].tolist() == [100, 50, 0]
    assert result.root.tolist() == [50, 50, 50]


def test_normalisation_of_a_leaf_uses_its_direction_up() -> None:
    leaf = Node("y", direction=-1, normalisation=Goalposts(0, 10))
    root = inner("index", leaf, Node("x"), normalisation=MinMax())
    result = CompositeIndex(root).compute({"x": [1, 3], "y": [10, 5]})
    # Goalposts make 0 and 0.5 of y; min-max then puts these on 0 and 1, not the other way.
    assert result.scores["y"].tolist() == [0, 1]
    bare = CompositeIndex(inner("index", leaf, Node("x"))).compute({"x": [1, 3], "y": [10, 5]})
    assert bare.scores["y"].tolist() == [0, 0.5]


def test_direction_of_a_node_with_children() -> None:
    poverty = inner("poverty", Node("p"), Node("q"), direction=-1)
    root = inner("index", poverty, Node("x"), normalisation=MinMax())
    result = CompositeIndex(root).compute({"p": [1, 3], "q": [1, 3], "x": [0, 1]})
    assert result.scores["poverty"].tolist() == [1, 3]
    assert result.root.tolist() == [0.5, 0.5]


def test_a_rule_fitted_to_another_year() -> None:
    last_year = MinMax().fit([[0.0, 0.0], [10.0, 20.0]])
    root = inner("index", Node("x"), Node("y"), normalisation=last_year)
    assert CompositeIndex(root).compute({"x": [5, 20], "y": [10, 20]}).root.tolist() == [0.5, 1.5]


def test_mazziotta_pareto_index_of_the_tai() -> None:
    root = inner(
        "index",
        *(Node(name) for name in INDICATORS),
        normalisation=MazziottaPareto.normalisation(),
        aggregation=MazziottaPareto(),
    )
    z = 100 + 10 * (TAI - TAI.mean(axis=0)) / TAI.std(axis=0)
    expected = z.mean(axis=1) - z.var(axis=1) / z.mean(axis=1)
    np.testing.assert_allclose(CompositeIndex(root).compute(TAI, INDICATORS).root, expected)


def test_the_shape_of_the_regional_innovation_index() -> None:
    # Points per level, a share of the greatest sum, a part that comes as it is.
    levels = inner("levels", Node("x", weight=0.5), Node("y", weight=2), aggregation=WeightedSum())
    root = inner("points", levels, Node("count", weight=1), aggregation=WeightedSum())
    result = CompositeIndex(root).compute({"x": [3, 0], "y": [3, 1], "count": [4, 0]})
    assert result.root.tolist() == [11.5, 2]
    parts = {name: part.tolist() for name, part in result.leaf_contributions().items()}
    assert parts == {"x": [1.5, 0], "y": [6, 2], "count": [4, 0]}


@given(
    data=arrays(np.float64, (5, 4), elements=st.integers(1, 50).map(float)),
    order=st.permutations(range(5)),
)
def test_order_of_rows_and_of_columns_does_not_matter(
    data: NDArray[np.float64], order: list[int]
) -> None:
    index = two_pillars(normalisation=ZScore(10, 1))
    found = index.compute(data, ["a", "b", "c", "d"]).root
    np.testing.assert_allclose(index.compute(data[order], list("abcd")).root, found[order])
    np.testing.assert_allclose(index.compute(data[:, ::-1], list("dcba")).root, found)


@given(data=arrays(np.float64, (4, 4), elements=st.integers(-20, 50).map(float)))
def test_leaf_contributions_add_up_to_the_root(data: NDArray[np.float64]) -> None:
    result = two_pillars(normalisation=MinMax(-3, 7)).compute(data, list("abcd"))
    leaves = result.leaf_contributions()
    assert list(leaves) == ["a", "b", "c", "d"]
    np.testing.assert_allclose(sum(leaves.values()), result.root, atol=1e-12)
    pillars = result.contributions()
    np.testing.assert_allclose(leaves["a"] + leaves["b"], pillars["first"], atol=1e-12)
    np.testing.assert_allclose(
        sum(result.contributions("second").values()), result.scores["second"]
    )


def test_data_of_many_kinds() -> None:
    columns = {"a": [4, 0], "b": [8, 4], "c": [1, 3], "d": [3, 5], "other": ["x", "y"]}
    numbers = {name: columns[name] for name in "abcd"}
    index = two_pillars()
    for data in (
        columns,
        pd.DataFrame(columns),
        pl.DataFrame(numbers),
        {name: np.array(values, dtype=np.uint8) for name, values in numbers.items()},
    ):
        assert index.compute(data).root.tolist() == [4, 2]  # type: ignore[arg-type]
    array = np.array([numbers[name] for name in "dcba"]).T
    assert index.compute(array, ["d", "c", "b", "a"]).root.tolist() == [4, 2]
    assert index.compute(pd.DataFrame(numbers), list("abcd")).root.tolist() == [4, 2]


def test_one_column_may_serve_two_leaves() -> None:
    root = inner("index", Node("x"), Node("again", column="x", weight=3))
    assert CompositeIndex(root).compute({"x": [1.0, 2.0]}).root.tolist() == [1, 2]


def test_indices_are_values() -> None:
    index = two_pillars(normalisation=Chain(LogTransform(), MinMax()))
    assert pickle.loads(pickle.dumps(index)) == index  # noqa: S301 (our own pickle)
    result = two_pillars(Zero()).compute(GAPPY)
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 (our own pickle)
    np.testing.assert_array_equal(again.root, result.root)
    assert again.leaf_contributions().keys() == result.leaf_contributions().keys()
    assert str(again.missing["first"]) == str(result.missing["first"])
    assert hash(index) == hash(two_pillars(normalisation=Chain(LogTransform(), MinMax())))


# --- Missing values -------------------------------------------------------------------------

GAPPY: dict[str, list[float]] = {
    "a": [4, NAN, NAN, NAN],
    "b": [8, 8, NAN, NAN],
    "c": [1, 1, 1, NAN],
    "d": [3, 3, 3, NAN],
}


def test_refuse_names_every_missing_value_of_the_node() -> None:
    with pytest.raises(FaultsError) as caught:
        two_pillars(Refuse()).compute(GAPPY)
    assert caught.value.what == "first"
    places = [fault.place for fault in caught.value.faults]
    assert places == ["row 1, a", "row 2, a", "row 2, b", "row 3, a", "row 3, b"]
    assert {fault.code for fault in caught.value.faults} == {"missing"}


def test_refuse_lets_complete_values_pass() -> None:
    table = read_table([[1.0, 2.0]])
    done = Refuse().complete(table, np.ones(2))
    np.testing.assert_array_equal(attrs.astuple(done)[0], table)
    assert not done.changed.any()
    assert not done.unscored.any()


def test_zero_counts_as_nothing() -> None:
    result = two_pillars(Zero()).compute(GAPPY)
    assert result.scores["first"].tolist() == [5, 2, 0, 0]
    assert result.scores["second"].tolist() == [2, 2, 2, 0]
    np.testing.assert_allclose(result.root, [4, 2, 2 / 3, 0])
    report = result.missing["first"]
    assert dict(report.by_child) == {"a": 3, "b": 2}
    assert report.changed.tolist() == [1, 2, 3]
    assert report.unscored.tolist() == []
    assert str(report) == (
        "first: 5 values missing (a: 3, b: 2); rule Zero(): 3 rows changed, 0 rows without a result"
    )
    assert set(result.missing) == {"first", "second"}


def test_zero_comes_after_normalisation() -> None:
    root = inner("index", Node("x"), Node("y"), normalisation=MinMax(1, 2), missing=Zero())
    result = CompositeIndex(root).compute({"x": [NAN, 1.0, 3.0], "y": [5.0, 5.0, 6.0]})
    assert result.root.tolist() == [0.5, 1.0, 2.0]
    assert np.isnan(result.scores["x"][0])


def test_renormalise_above_a_threshold() -> None:
    result = two_pillars(Renormalise(0.5)).compute(GAPPY)
    # b has a quarter of the weight of its pillar, which is too little.
    np.testing.assert_array_equal(result.scores["first"], [5, NAN, NAN, NAN])
    np.testing.assert_array_equal(result.scores["second"], [2, 2, 2, NAN])
    # The second pillar has a third of the weight of the index.
    np.testing.assert_allclose(result.root, [4, NAN, NAN, NAN])
    assert result.missing["index"].unscored.tolist() == [1, 2, 3]

    result = two_pillars(Renormalise(0.25)).compute(GAPPY)
    np.testing.assert_array_equal(result.scores["first"], [5, 8, NAN, NAN])
    np.testing.assert_allclose(result.root, [4, 6, 2, NAN])
    assert result.missing["index"].changed.tolist() == [2]
    assert result.missing["first"].changed.tolist() == [1]


def test_renormalise_by_count() -> None:
    by_count = Renormalise(0.5, of=Share.COUNT)
    result = two_pillars(by_count).compute(GAPPY)
    np.testing.assert_array_equal(result.scores["first"], [5, 8, NAN, NAN])
    # A leaf without a weight is not counted.
    root = inner("r", Node("a", weight=0), Node("b"), Node("c"), missing=Renormalise(1, of="count"))
    found = CompositeIndex(root).compute({"a": [NAN, 1], "b": [2, NAN], "c": [4, 4]})
    np.testing.assert_array_equal(found.root, [3, NAN])


def test_renormalise_reaches_the_threshold_in_spite_of_rounding() -> None:
    leaves = [Node(f"x{i}", weight=0.1) for i in range(10)]
    data: dict[str, list[float]] = {f"x{i}": [NAN if i < 3 else 1.0] for i in range(10)}
    root = inner("index", *leaves, missing=Renormalise(0.7))
    assert CompositeIndex(root).compute(data).root[0] == pytest.approx(1)


def test_renormalise_keeps_the_sum_of_weights() -> None:
    root = inner(
        "points",
        Node("x", weight=1),
        Node("y", weight=3),
        aggregation=WeightedSum(),
        missing=Renormalise(0.1),
    )
    result = CompositeIndex(root).compute({"x": [2.0, 2.0], "y": [1.0, NAN]})
    assert result.root.tolist() == [5, 8]


def test_nothing_present_with_a_weight() -> None:
    root = inner("r", Node("a", weight=0), Node("b"), missing=Renormalise(0.1, of="count"))
    found = CompositeIndex(root).compute({"a": [1, 1], "b": [NAN, 2]})
    np.testing.assert_array_equal(found.root, [NAN, 2])


@given(
    data=arrays(
        np.float64,
        (6, 4),
        elements=st.one_of(st.integers(1, 50).map(float), st.just(NAN)),
    ),
    threshold=st.sampled_from([0.2, 0.5, 0.75, 1.0]),
    geometric=st.booleans(),
)
def test_renormalising_is_leaving_out(
    data: NDArray[np.float64], threshold: float, geometric: bool
) -> None:
    rule = Geometric() if geometric else Arithmetic()
    weights = np.array([3.0, 1, 0, 2])
    leaves = [Node(n, weight=w) for n, w in zip("abcd", weights.tolist(), strict=True)]
    root = inner("index", *leaves, aggregation=rule, missing=Renormalise(threshold))
    found = CompositeIndex(root).compute(data, list("abcd")).root
    for row, result in zip(data, found, strict=True):
        present = ~np.isnan(row)
        share = weights[present].sum() / 6
        if share >= threshold and share > 0:
            expected = rule.aggregate(row[present][None, :], weights[present])[0]
            assert result == pytest.approx(expected)
        else:
            assert math.isnan(result)


@pytest.mark.parametrize("rule", [Zero(), Renormalise(0.3)])
def test_contributions_with_missing_values(rule: MissingRule) -> None:
    result = two_pillars(rule).compute(GAPPY)
    leaves = result.leaf_contributions()
    np.testing.assert_allclose(sum(leaves.values()), result.root)
    assert leaves["a"][1] == 0 or math.isnan(result.root[1])
    scored = ~np.isnan(result.root)
    assert all(np.isfinite(part[scored]).all() for part in leaves.values())
    assert all(np.isnan(part[~scored]).all() for part in leaves.values())


def test_contributions_of_a_pillar_that_is_missing_are_zero() -> None:
    result = two_pillars(Renormalise(0.3)).compute(
        {"a": [NAN, 1.0], "b": [NAN, 1.0], "c": [1.0, 1.0], "d": [3.0, 1.0]}
    )
    assert np.isnan(result.scores["first"][0])
    assert result.root[0] == 2
    parts = {name: part[0] for name, part in result.leaf_contributions().items()}
    assert parts == {"a": 0, "b": 0, "c": 0.5, "d": 1.5}


def test_a_rule_of_ones_own() -> None:
    class Half:
        """Missing values count as one half."""

        weighs_rows = False

        def complete(self, table: Any, weights: Any) -> Any:
            frame = pd.DataFrame(np.asarray(table), columns=list(table.columns))
            assert list(frame) == ["x", "y"]
            filled = frame.fillna(0.5).to_numpy()
            return attrs.evolve(Zero().complete(table, weights), values=filled)

    root = inner("index", Node("x"), Node("y"), missing=Half())
    assert CompositeIndex(root).compute({"x": [NAN], "y": [1.0]}).root.tolist() == [0.75]


# --- Refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Node("x", weight=-1), "x: weight: -1; allowed: at least 0"),
        (lambda: Node("x", weight=NAN), "x: weight: nan is not finite"),
        (lambda: Node("x", direction=0), "x: direction 0; allowed: 1"),
        (lambda: Node("x", aggregation=Arithmetic()), "x: a leaf has no aggregation"),
        (lambda: Node("x", missing=Zero()), "x: a leaf has no aggregation"),
        (lambda: Node("x", normalisation="min-max"), "'min-max' is no Normalisation"),  # type: ignore[arg-type]
        (lambda: inner("x", Node("y"), aggregation=Arithmetic), "is no Aggregation"),
        (lambda: inner("x", Node("y"), missing=None), "x: a node with children needs"),
        (lambda: inner("x", Node("y"), aggregation=None), "x: a node with children needs"),
        (lambda: inner("x", Node("y"), column="z"), "children or a column, not both"),
        (lambda: inner("x", Node("y", weight=0)), "x: the weights of its children sum to zero"),
        (lambda: inner("x", Node("y", direction=-1)), "y: direction -1 needs a normalisation"),
        (
            lambda: inner("x", Node("y"), aggregation=Borda(), missing=Renormalise(0.5)),
            "compares rows with each other, which needs the same weights",
        ),
        (lambda: CompositeIndex(Node("x")), "x: the root of an index needs children"),
        (lambda: CompositeIndex(inner("x", Node("y"), Node("x"))), "more than once: x"),
        (lambda: Node("x", children=3), "children: several nodes are needed, not 3"),  # type: ignore[arg-type]
        (lambda: inner("x", Node("a"), "b"), "children: nodes are needed, not 'b'"),  # type: ignore[arg-type]
        (lambda: Node(None), "name: a text is needed, not None"),  # type: ignore[arg-type]
        (lambda: CompositeIndex(None), "root: a node is needed, not None"),  # type: ignore[arg-type]
        (lambda: two_pillars().reweighted(None), "a mapping by node is needed, not None"),  # type: ignore[arg-type]
        (lambda: Renormalise(0), "threshold: 0; allowed: more than 0"),
        (lambda: Renormalise(1.5), "threshold: 1.5; a share is at most 1"),
    ],
)
def test_what_is_no_tree(make: Any, message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("data", "columns", "message"),
    [
        ({"a": [1]}, None, "unknown column 'b'; known: a"),
        ({"a": [1], "b": [1, 2], "c": [1], "d": [1]}, None, "columns must be of one length"),
        ({"a": [[1]], "b": [[1]], "c": [[1]], "d": [[1]]}, None, "columns must be of one length"),
        ({"a": ["x"], "b": [1], "c": [1], "d": [1]}, None, "a: only numbers are allowed"),
        (np.ones((2, 4)), None, "an array needs the names of its columns"),
        (np.ones((2, 4)), ["a", "b"], "2 names for 4 columns"),
        (np.ones((2, 4)), ["a", "b", "c", "e"], "unknown column 'd'"),
        (np.ones((2, 5)), ["a", "b", "c", "d", "d"], "'d' occurs more than once"),
        (np.ones((2, 4)), [1, 2, 3, 4], "an array needs the names of its columns"),
    ],
)
def test_what_are_no_columns(data: Any, columns: Any, message: str) -> None:
    with pytest.raises((BadValueError, UnknownNameError), match=message):
        two_pillars().compute(data, columns)


def test_infinities_are_named_by_column() -> None:
    data = {"a": [1, math.inf], "b": [1, 2], "c": [-math.inf, 2], "d": [1, 1]}
    kinds: list[Any] = [(data, None), (np.array(list(data.values())).T, list("abcd"))]
    for given_data, columns in kinds:
        with pytest.raises(FaultsError) as caught:
            two_pillars().compute(given_data, columns)
        assert len(caught.value.faults) == 2
        assert {f.code for f in caught.value.faults} == {"not-finite"}
    frame = pd.DataFrame(data)
    with pytest.raises(FaultsError, match=r"row 0, c: -inf"):
        two_pillars().compute(frame)


def test_faults_of_rules_name_the_node_and_the_leaf() -> None:
    index = two_pillars(normalisation=LogTransform())
    with pytest.raises(FaultsError, match=r"second: 1 fault\n  row 1, d: -5"):
        index.compute({"a": [1, 1], "b": [1, 1], "c": [1, 1], "d": [1, -5]})
    root = inner("r", Node("x"), aggregation=MazziottaPareto())
    with pytest.raises(BadValueError, match="r: values: the Mazziotta-Pareto index"):
        CompositeIndex(root).compute({"x": [-1.0]})
    root = inner("r", Node("x"), Node("y"), Node("z"), aggregation=Kemeny(largest=2))
    with pytest.raises(InfeasibleError, match="r: majorities do not part 3"):
        CompositeIndex(root).compute({"x": [3, 2, 1], "y": [1, 3, 2], "z": [2, 1, 3]})
    leaf = inner("r", Node("x", normalisation=LogTransform()))
    with pytest.raises(FaultsError, match=r"r: 1 fault\n  row 0, x: -1"):
        CompositeIndex(leaf).compute({"x": [-1.0]})


def test_contributions_that_do_not_add_up() -> None:
    root = inner("index", Node("x"), Node("y"), aggregation=Geometric())
    result = CompositeIndex(root).compute({"x": [1.0], "y": [4.0]})
    with pytest.raises(BadValueError, match=r"index: Geometric\(\) is no sum"):
        result.contributions()
    with pytest.raises(BadValueError, match="x is a leaf"):
        result.contributions("x")
    with pytest.raises(UnknownNameError, match="did you mean 'index'"):
        result.contributions("indx")
    pillar = inner("pillar", Node("x"), Node("y"))
    root = inner("index", pillar, normalisation=MinMax())
    result = CompositeIndex(root).compute({"x": [1.0, 2.0], "y": [4.0, 9.0]})
    with pytest.raises(BadValueError, match="pillar is normalised in index"):
        result.leaf_contributions()


def test_scores_and_reports_cannot_be_replaced() -> None:
    result = two_pillars(Zero()).compute(GAPPY)
    for mapping in (result.scores, result.missing, result.index.effective_weights):
        with pytest.raises(TypeError):
            mapping["index"] = 1  # type: ignore[index]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_frames_of_every_library_may_hold_other_columns(make: Any) -> None:
    columns: dict[str, Any] = {
        "name": ["x", "y"],
        "d": [1, None],
        "a": [1.0, 2.0],
        "b": [2, 3],
        "c": [4, 6],
    }
    index = two_pillars(Zero())
    found = index.compute(make(columns))
    expected = index.compute({**columns, "d": [1.0, NAN]})
    np.testing.assert_array_equal(found.root, expected.root)
    assert found.missing.keys() == expected.missing.keys() == {"second"}
    del columns["c"]
    with pytest.raises(UnknownNameError, match="unknown column 'c'"):
        index.compute(make(columns))
    with pytest.raises(BadValueError, match="b: only numbers are allowed"):
        index.compute(make({**columns, "c": [1, 2], "b": ["1", "x"]}))


def test_results_do_not_change_with_the_data_nor_with_what_was_read_of_them() -> None:
    given = np.array([[1.0, 2.0], [3.0, 4.0]])
    result = CompositeIndex(inner("r", Node("a"), Node("b"))).compute(given, columns=["a", "b"])
    given[:] = 100
    result.aggregated()[:] = 100
    np.testing.assert_array_equal(result.scores["a"], [1, 3])
    np.testing.assert_array_equal(result.aggregated(), [[1, 2], [3, 4]])
    np.testing.assert_array_equal(sum(result.contributions().values()), result.root)
