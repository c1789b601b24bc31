"""Schemes made of schemes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from inovasi_index.errors import BadValueError, UnknownNameError
from inovasi_index.weighting import (
    Ahp,
    Comparisons,
    Criteria,
    Entropy,
    Equal,
    Fixed,
    Mixture,
    Nested,
    Official,
    Product,
    RankSum,
    StandardDeviation,
    WeightingScheme,
    Weights,
)

TREE = Criteria.of(
    "abcde",
    groups=[("r", "x"), ("r", "x"), ("r", "y"), ("i", "z"), ("i", "z")],
    level_names=["part", "variable"],
    official=[3, 1, 2, 2, 2],
    maxima=[3, 3, 3, 3, 3],
    what="a tree",
)
DATA = np.array(
    [
        [3.0, 1.0, 0.0, 2.0, 3.0],
        [1.0, 1.0, 3.0, 1.0, 0.0],
        [2.0, 3.0, 1.0, 3.0, 1.0],
        [0.0, 2.0, 2.0, 0.0, 2.0],
    ]
)


class Spy:
    """A scheme that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Criteria, Any]] = []

    def weigh(self, criteria: Criteria, data: Any = None) -> Weights:
        self.asked.append((criteria, data))
        return Equal().weigh(criteria)


class TestNested:
    def test_between_and_inside(self) -> None:
        scheme = Nested("part", between=Fixed({"r": 1, "i": 3}), inside=Official())
        weights = scheme.weigh(TREE)
        assert weights.to_dict() == pytest.approx(
            {"a": 0.125, "b": 1 / 24, "c": 1 / 12, "d": 0.375, "e": 0.375}
        )
        assert weights.totals(TREE, "part") == pytest.approx({("r",): 0.25, ("i",): 0.75})
        assert weights.scheme == "fixed between parts, official inside"

    def test_official_nested_in_official_is_official(self) -> None:
        scheme = Nested(
            "part",
            between=Official(),
            inside=Nested("variable", between=Official(), inside=Official()),
        )
        np.testing.assert_allclose(scheme.weigh(TREE).values, Official().weigh(TREE).values)

    def test_equal_levels_are_equal_nested_in_equal(self) -> None:
        scheme = Nested(
            "part", between=Equal(), inside=Nested("variable", between=Equal(), inside=Equal())
        )
        np.testing.assert_allclose(
            scheme.weigh(TREE).values, Equal("part", "variable").weigh(TREE).values
        )

    def test_each_group_may_have_its_own_scheme(self) -> None:
        judgements = Comparisons.of({("a", "b"): 3})
        inside: dict[str, WeightingScheme] = {
            "x": Ahp(judgements),
            "y": Equal(),
            "z": RankSum("ed"),
        }
        scheme = Nested("variable", between=Equal(), inside=inside)
        np.testing.assert_allclose(
            scheme.weigh(TREE).values, np.array([3 / 4, 1 / 4, 1, 1 / 3, 2 / 3]) / 3
        )

    def test_scheme_for_unknown_group(self) -> None:
        scheme = Nested("variable", between=Equal(), inside={"q": Equal()})
        with pytest.raises(UnknownNameError, match="variable 'q'; known: x, y, z"):
            scheme.weigh(TREE)

    def test_group_without_scheme(self) -> None:
        scheme = Nested("variable", between=Equal(), inside={"x": Equal(), "y": Equal()})
        with pytest.raises(UnknownNameError, match="variable 'z' has no scheme inside"):
            scheme.weigh(TREE)

    def test_unknown_level(self) -> None:
        with pytest.raises(UnknownNameError, match="level of a tree"):
            Nested("aspect", between=Equal(), inside=Equal()).weigh(TREE)

    def test_data_reach_both(self) -> None:
        between, inside = Spy(), Spy()
        Nested("variable", between=between, inside=inside).weigh(TREE, DATA)
        ((groups, means),) = between.asked
        assert groups.keys == ("x", "y", "z")
        assert groups.groups == (("r",), ("r",), ("i",))
        assert groups.official is not None
        assert groups.official.tolist() == [4, 2, 4]
        # Means of the members' shares of their maxima.
        expected = [DATA[:, :2].mean(axis=1), DATA[:, 2], DATA[:, 3:].mean(axis=1)]
        np.testing.assert_allclose(means, np.column_stack(expected) / 3)
        members, values = inside.asked[0]
        assert members.keys == ("a", "b")
        assert members.what == "a tree, x"
        np.testing.assert_array_equal(values, DATA[:, :2])

    def test_without_maxima_members_are_scaled_by_their_range(self) -> None:
        between = Spy()
        criteria = Criteria.of("ab", groups=["x", "x"], directions=[1, -1])
        data = np.array([[0.0, 30.0], [10.0, 10.0], [5.0, 10.0]])
        Nested("group", between=between, inside=Equal()).weigh(criteria, data)
        np.testing.assert_allclose(between.asked[0][1][:, 0], [0, 1, 0.75])

    def test_schemes_of_data(self) -> None:
        scheme = Nested("variable", between=StandardDeviation(), inside=Entropy())
        weights = scheme.weigh(TREE, DATA)
        inner = Entropy().weigh(TREE.select([0, 1]), DATA[:, :2])
        assert weights["a"] / weights["b"] == pytest.approx(inner["a"] / inner["b"])
        outer = weights.details["between"]
        assert weights["c"] == pytest.approx(outer["y"])

    def test_notes_say_where_from(self) -> None:
        data = DATA.copy()
        data[:, 1] = 2
        weights = Nested("variable", between=Equal(), inside=Entropy()).weigh(TREE, data)
        assert weights.notes == ("x: constant: b → weight 0",)

    def test_missing_values_do_not_disturb_schemes_without_data(self) -> None:
        data = DATA.copy()
        data[1, 2] = np.nan
        scheme = Nested("variable", between=Equal(), inside=Official())
        assert scheme.weigh(TREE, data) == scheme.weigh(TREE, DATA)
        with pytest.raises(BadValueError, match=r"row 1 of y \(nan\)"):
            Nested("variable", between=Entropy(), inside=Equal()).weigh(TREE, data)
        with pytest.raises(BadValueError, match=r"row 1 of c \(nan\)"):
            Nested("variable", between=Equal(), inside=Entropy()).weigh(TREE, data)
        bare = Criteria.of("ab", groups=["x", "x"])
        with pytest.raises(BadValueError, match="row 0 of x"):
            Nested("group", between=Entropy(), inside=Equal()).weigh(
                bare, np.array([[np.inf, 1.0], [1.0, 2.0]])
            )

    def test_wrong_shape(self) -> None:
        with pytest.raises(BadValueError, match=r"nested: data must have the shape \(rows, 5\)"):
            Nested("part", between=Equal(), inside=Equal()).weigh(TREE, DATA[:, :4])

    def test_groups_of_one_name_go_by_their_path(self) -> None:
        criteria = Criteria.of("ab", groups=[("r", "x"), ("i", "x")])
        scheme = Nested("level 2", between=Fixed({"r / x": 1, "i / x": 3}), inside=Equal())
        assert scheme.weigh(criteria).to_dict() == {"a": 0.25, "b": 0.75}

    def test_criteria_without_official_weights(self) -> None:
        criteria = Criteria.of("ab", groups=["x", "y"])
        weights = Nested("group", between=Equal(), inside=Equal()).weigh(criteria)
        assert weights.values.tolist() == [0.5, 0.5]


class TestProduct:
    def test_product(self) -> None:
        weights = Product([Official(), Fixed(dict(zip("abcde", (1, 3, 0, 1, 1), strict=True)))])
        np.testing.assert_allclose(weights.weigh(TREE).values, [0.3, 0.3, 0, 0.2, 0.2])

    def test_equal_weights_change_nothing(self) -> None:
        weights = Product([Equal(), Entropy(), Equal()]).weigh(TREE, DATA)
        np.testing.assert_allclose(weights.values, Entropy().weigh(TREE, DATA).values)

    def test_nothing_in_common(self) -> None:
        schemes = [Fixed({"a": 1, "b": 0}), Fixed({"a": 0, "b": 1})]
        weights = Product(schemes).weigh(Criteria.of("ab"))
        assert weights.values.tolist() == [0.5, 0.5]
        assert weights.notes == ("no indicator has weight in every scheme → equal weights",)

    def test_many_factors_do_not_vanish(self) -> None:
        scheme = Fixed({"a": 1, "b": 1e-100})
        weights = Product([scheme] * 4).weigh(Criteria.of("ab"))
        assert weights["a"] == 1

    def test_no_scheme(self) -> None:
        with pytest.raises(BadValueError, match="product: there is no scheme"):
            Product([]).weigh(TREE)


class TestMixture:
    def test_mean_of_weights(self) -> None:
        schemes = [Fixed({"a": 1, "b": 0}), Fixed({"a": 0, "b": 1})]
        assert Mixture(schemes).weigh(Criteria.of("ab"))["a"] == 0.5
        weights = Mixture(schemes, shares=[3, 1]).weigh(Criteria.of("ab"))
        assert weights["a"] == 0.75
        assert weights.scheme == "mixture of 75 % fixed, 25 % fixed"
        assert [part["a"] for part in weights.details["parts"]] == [1, 0]

    def test_notes_of_all(self) -> None:
        data = DATA.copy()
        data[:, 1] = 2
        weights = Mixture([Official(), Entropy()]).weigh(TREE, data)
        assert weights.notes == ("constant: b → weight 0",)

    @pytest.mark.parametrize(
        ("shares", "message"),
        [
            ([1], "2 schemes need as many shares"),
            ([1, -1], "finite and not negative"),
            ([1, np.nan], "finite and not negative"),
            ([0, 0], "more than 0"),
        ],
    )
    def test_bad_shares(self, shares: list[float], message: str) -> None:
        with pytest.raises(BadValueError, match=message):
            Mixture([Equal(), Equal()], shares=shares).weigh(TREE)

    def test_no_scheme(self) -> None:
        with pytest.raises(BadValueError, match="mixture: there is no scheme"):
            Mixture([]).weigh(TREE)
