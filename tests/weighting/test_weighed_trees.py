"""Schemes over the nodes of an index tree."""

from __future__ import annotations

import math
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import inovasi_index as ii
from inovasi_index.composite import (
    Arithmetic,
    CompositeIndex,
    Geometric,
    MinMax,
    Node,
    Refuse,
    Renormalise,
    Zero,
)
from inovasi_index.errors import BadValueError, FaultsError, InfeasibleError, UnknownNameError
from inovasi_index.scoring import index_tree, tree_columns
from inovasi_index.weighting import (
    BenefitOfTheDoubt,
    Criteria,
    Critic,
    Entropy,
    Equal,
    Fixed,
    Nested,
    Official,
    StandardDeviation,
    WeightingScheme,
    weigh_tree,
)


@pytest.fixture(scope="module")
def scores_of_regions() -> ii.Scores:
    rng = np.random.default_rng(5)
    owners = np.repeat(np.arange(8), 30)
    table = ii.LevelTable.from_arrays(
        ii.load_edition("iid-2026"),
        rng.integers(0, 4, (len(owners), 20), np.uint8),
        region_of=owners,
        region_levels=rng.integers(0, 4, (8, 20), np.uint8),
        affair_of=rng.integers(0, 6, len(owners)),
    )
    return ii.score(table)


DATA = {"a": [0.0, 1.0, 4.0], "b": [9.0, 3.0, 1.0], "c": [2.0, 8.0, 2.0], "d": [1.0, 1.0, 5.0]}


def inner(name: str, *children: Node, **rules: Any) -> Node:
    rules.setdefault("aggregation", Arithmetic())
    rules.setdefault("missing", Refuse())
    return Node(name, children=children, **rules)


def two_pillars(**rules: Any) -> CompositeIndex:
    first = inner("first", Node("a", weight=3), Node("b", direction=-1), weight=2, **rules)
    second = inner("second", Node("c"), Node("d"), **rules)
    return CompositeIndex(inner("index", first, second))


def test_one_scheme_inside_another_between_by_hand() -> None:
    index = two_pillars(normalisation=MinMax())
    tree = weigh_tree(
        index,
        {"first": StandardDeviation(), "index": Fixed({"first": 1, "second": 4})},
        DATA,
    )
    # Min-max of a: 0, 1/4, 1; of b, less is better: 0, 3/4, 1.
    a, b = np.std([0, 0.25, 1]), np.std([0, 0.75, 1])
    weights = {node.name: node.weight for node in tree.index.root.walk()}
    shares = tree.weights["first"].to_dict()
    assert shares == pytest.approx({"a": a / (a + b), "b": b / (a + b)})
    # Weights of the tree keep their sums: 3 + 1 and 2 + 1.
    assert {k: weights[k] for k in "ab"} == pytest.approx({k: 4 * shares[k] for k in "ab"})
    assert (weights["first"], weights["second"]) == pytest.approx((0.6, 2.4))
    assert (weights["c"], weights["d"]) == (1, 1)  # no scheme: as they were
    assert list(tree.weights) == ["index", "first"]
    assert tree.weights["first"].scheme == "standard deviation (as given)"
    assert index.node("a").weight == 3


def test_what_is_above_sees_the_new_weights_below() -> None:
    rules: dict[str, WeightingScheme] = {
        "first": Fixed({"a": 1, "b": 0}),
        "index": StandardDeviation(),
    }
    tree = weigh_tree(two_pillars(normalisation=MinMax()), rules, DATA)
    scores = tree.index.compute(DATA).scores
    np.testing.assert_array_equal(scores["first"], [0, 0.25, 1])
    first, second = np.std(scores["first"]), np.std(scores["second"])
    assert tree.weights["index"]["first"] == pytest.approx(first / (first + second))


def test_a_scheme_sees_what_the_rule_for_missing_values_made() -> None:
    data = {**DATA, "c": [2.0, math.nan, 2.0]}
    tree = weigh_tree(two_pillars(missing=Zero(), normalisation=MinMax()), Entropy(), DATA)
    assert set(tree.weights) == {"index", "first", "second"}
    filled = CompositeIndex(inner("second", Node("c"), Node("d"), missing=Zero()))
    assert weigh_tree(filled, StandardDeviation(), data).weights["second"].to_dict() == (
        StandardDeviation().weigh(Criteria.of("cd"), np.c_[[2, 0, 2], DATA["d"]]).to_dict()
    )
    gaps = CompositeIndex(inner("second", Node("c"), Node("d"), missing=Renormalise(0.5)))
    with pytest.raises(BadValueError, match=r"second: .*row 1 of c \(nan\)"):
        weigh_tree(gaps, StandardDeviation(), data)


@pytest.mark.parametrize("scheme", [Equal(), Official()])
def test_schemes_without_data(scheme: WeightingScheme) -> None:
    tree = weigh_tree(two_pillars(normalisation=MinMax()), scheme)
    first = tree.weights["first"]
    assert first["a"] == (0.5 if isinstance(scheme, Equal) else 0.75)
    with pytest.raises(BadValueError, match="second: entropy weighs from data"):
        weigh_tree(two_pillars(normalisation=MinMax()), Entropy())


levels = arrays(np.float64, (6, 4), elements=st.integers(0, 3).map(float))


@given(levels)
def test_a_tree_of_means_is_a_nested_scheme(data: np.ndarray[Any, Any]) -> None:
    first = inner("x", Node("a"), Node("b"))
    second = inner("y", Node("c"), Node("d"))
    index = CompositeIndex(inner("index", first, second))
    tree = weigh_tree(
        index, {"x": Critic(), "y": Critic(), "index": StandardDeviation()}, data, columns="abcd"
    )
    criteria = Criteria.of("abcd", groups="xxyy", maxima=[1.0] * 4)
    nested = Nested("group", between=StandardDeviation(), inside=Critic()).weigh(criteria, data)
    effective = tree.index.effective_weights
    assert [effective[leaf] for leaf in "abcd"] == pytest.approx(list(nested.to_dict().values()))


def test_the_official_index_is_a_tree_to_weigh(scores_of_regions: ii.Scores) -> None:
    index, columns = index_tree(scores_of_regions.edition), tree_columns(scores_of_regions)
    same = weigh_tree(index, Official()).index.compute(columns).root
    np.testing.assert_array_equal(same.round(2), scores_of_regions.index)
    variables = [n for n in index.node("mean_maturity").children if len(n.children) > 1]
    tree = weigh_tree(index, {node.name: StandardDeviation() for node in variables}, columns)
    for node in variables:
        below = {child.name: columns[child.name] for child in node.children}
        spread = np.std(list(below.values()), axis=1)
        points = sum(child.weight for child in node.children)
        new = [child.weight for child in tree.index.node(node.name).children]
        assert new == pytest.approx(points * spread / spread.sum())
    assert tree.index.node("region_part") == index.node("region_part")


def test_geometric_nodes_and_pickling() -> None:
    index = CompositeIndex(inner("g", Node("a"), Node("d"), aggregation=Geometric()))
    tree = weigh_tree(index, StandardDeviation(), {"a": [1.0, 3.0], "d": [2.0, 8.0]})
    again = pickle.loads(pickle.dumps(tree))  # noqa: S301 - our own
    assert again.index == tree.index
    assert again.weights == tree.weights
    with pytest.raises(TypeError):
        again.weights["g"] = None


def test_what_is_refused() -> None:
    index = two_pillars(normalisation=MinMax())
    with pytest.raises(UnknownNameError, match="did you mean 'first'"):
        weigh_tree(index, {"firts": Equal()})
    with pytest.raises(BadValueError, match="a is a leaf and has no children to weigh"):
        weigh_tree(index, {"a": Equal()})
    with pytest.raises(BadValueError, match=r"second: .* is no weighting scheme"):
        weigh_tree(index, {"second": Equal}, DATA)  # type: ignore[dict-item]
    with pytest.raises(UnknownNameError, match="unknown column 'd'"):
        weigh_tree(index, Equal(), {key: DATA[key] for key in "abc"})


def test_what_is_no_index_is_refused() -> None:
    for bogus in (None, two_pillars(normalisation=MinMax()).root):
        with pytest.raises(BadValueError, match="index: a CompositeIndex is needed"):
            weigh_tree(bogus, Equal())  # type: ignore[arg-type]


def test_faults_of_a_scheme_name_the_node() -> None:
    index = two_pillars(normalisation=MinMax())
    with pytest.raises(FaultsError, match=r"second: fixed weights(.|\n)*d: has no weight"):
        weigh_tree(index, {"second": Fixed({"c": 1})})
    impossible = BenefitOfTheDoubt(lower=0.9)
    with pytest.raises(InfeasibleError, match="second: shares sum to 1"):
        weigh_tree(index, {"second": impossible}, DATA)
