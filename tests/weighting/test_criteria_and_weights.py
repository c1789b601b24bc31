"""What is weighted and what a scheme answers with."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import Any

import numpy as np
import pytest

from inovasi_index.errors import BadValueError, UnknownNameError
from inovasi_index.rules.edition import Edition, Indicator, Level, Part
from inovasi_index.weighting import Criteria, Equal, WeightingScheme, Weights


def edition(*, variable: str | None = "Institusi", weight: int | None = 100) -> Edition:
    levels = tuple(Level(n, None, None) for n in (1, 2, 3))
    rows = (
        Indicator("vision", Part.REGION, "Visi", variable=variable, weight_hundredths=weight),
        Indicator("budget", Part.REGION, "Anggaran", variable="SDM", weight_hundredths=50),
        Indicator(
            "speed",
            Part.INNOVATION,
            "Kecepatan",
            variable="Infrastruktur",
            weight_hundredths=300,
            levels=levels,
        ),
    )
    return Edition("test-edition", "Test", dt.date(2026, 1, 1), dt.date(2026, 12, 31), rows)


class TestFromEdition:
    def test_both_parts_in_official_order(self) -> None:
        criteria = Criteria.from_edition(edition())
        assert criteria.keys == ("vision", "budget", "speed")
        assert criteria.groups[2] == ("innovation", "Infrastruktur")
        assert criteria.level_names == ("part", "variable")
        assert criteria.official is not None
        assert criteria.official.tolist() == [300, 150, 900]
        assert criteria.maxima is not None
        assert criteria.maxima.tolist() == [3, 3, 3]
        assert criteria.directions.tolist() == [1, 1, 1]
        assert "test-edition" in repr(criteria)

    def test_one_part(self) -> None:
        criteria = Criteria.from_edition(edition(), Part.REGION)
        assert criteria.keys == ("vision", "budget")
        assert criteria.what == "test-edition, region part"

    def test_unknown_variable_leaves_the_part_as_only_level(self) -> None:
        criteria = Criteria.from_edition(edition(variable=None))
        assert criteria.level_names == ("part",)
        assert criteria.groups == (("region",), ("region",), ("innovation",))

    def test_unknown_weight_leaves_no_official_weights(self) -> None:
        assert Criteria.from_edition(edition(weight=None)).official is None
        assert Criteria.from_edition(edition(weight=None), Part.INNOVATION).official is not None

    def test_no_rows(self) -> None:
        empty = Edition("e", "E", dt.date(2026, 1, 1), dt.date(2026, 12, 31), ())
        with pytest.raises(BadValueError, match="e, region part: there is nothing to weight"):
            Criteria.from_edition(empty, Part.REGION)


class TestCriteria:
    def test_groups_are_positions_in_order_of_appearance(self) -> None:
        criteria = Criteria.of("abc", groups=[("y", "p"), ("x", "p"), ("y", "p")])
        assert criteria.groups_at("level 2") == {("y", "p"): (0, 2), ("x", "p"): (1,)}

    def test_unknown_level_offers_the_known(self) -> None:
        criteria = Criteria.of("ab", groups=["x", "y"], level_names=["variable"])
        with pytest.raises(UnknownNameError, match="did you mean 'variable'"):
            criteria.groups_at("variables")

    def test_select_takes_everything_along(self) -> None:
        criteria = Criteria.of(
            "abc",
            groups=["x", "y", "z"],
            directions=[1, -1, 1],
            official=[1, 2, 3],
            maxima=[3, 4, 5],
        )
        chosen = criteria.select([2, 1], what="two")
        assert chosen == Criteria.of(
            "cb", groups=["z", "y"], directions=[1, -1], official=[3, 2], maxima=[5, 4], what="two"
        )
        assert criteria.select([0]).what == criteria.what
        assert Criteria.of("ab").select([1]).official is None

    def test_equal_by_value_and_picklable(self) -> None:
        one, other = (Criteria.of("ab", official=[1, 2]) for _ in range(2))
        assert one == other
        assert hash(one) == hash(other)
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 -- our own bytes
        assert one != Criteria.of("ab", official=[1, 3])
        assert one != Criteria.of("ab")

    def test_arrays_are_read_only_copies(self) -> None:
        official = np.array([1.0, 2.0])
        criteria = Criteria.of("ab", official=official)
        official[0] = 9
        assert criteria.official is not None
        assert criteria.official[0] == 1
        with pytest.raises(ValueError, match="read-only"):
            criteria.official[0] = 9
        with pytest.raises(ValueError, match="read-only"):
            criteria.directions[0] = -1

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"keys": []}, "nothing to weight"),
            ({"keys": "aab"}, "keys occur twice: a"),
            ({"keys": "ab", "groups": ["x"]}, "one group path for each of the 2 keys"),
            ({"keys": "ab", "groups": ["x", ("x", "y")]}, "one step for each of the 1 levels"),
            ({"keys": "ab", "directions": [1]}, "directions must be 2 times"),
            ({"keys": "ab", "directions": [1, 0]}, "directions must be"),
            ({"keys": "ab", "official": [1]}, "official must be 2 finite numbers"),
            ({"keys": "ab", "official": [1, np.nan]}, "official must be 2 finite numbers"),
            ({"keys": "ab", "maxima": [1, -1]}, "maxima must be 2 finite numbers"),
        ],
    )
    def test_bad_input(self, arguments: dict[str, object], message: str) -> None:
        with pytest.raises(BadValueError, match=message):
            Criteria.of(**arguments)  # type: ignore[arg-type]


def through_pickle(weights: Weights) -> Any:
    return pickle.loads(pickle.dumps(weights))  # noqa: S301 -- our own bytes


class TestWeights:
    def test_lookup_and_dict(self) -> None:
        weights = Weights("ab", [0.25, 0.75], scheme="s")
        assert weights["a"] == 0.25
        assert list(weights) == ["a", "b"]
        assert len(weights) == 2
        assert weights.to_dict() == {"a": 0.25, "b": 0.75}

    def test_unknown_key_offers_near_misses(self) -> None:
        with pytest.raises(UnknownNameError, match="did you mean 'regulation'"):
            Weights(["regulation"], [1.0], scheme="s")["regulasion"]

    def test_equal_by_value_without_details(self) -> None:
        one = Weights("ab", [-0.0, 1.0], scheme="s", details={"CR": 0.1})
        other = Weights("ab", [0.0, 1.0], scheme="s")
        assert one == other
        assert hash(one) == hash(other)
        assert one != Weights("ab", [0.0, 1.0], scheme="t")
        assert one != Weights("ab", [0.5, 0.5], scheme="s")

    @pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, through_pickle])
    def test_copies_are_equal_and_read_only(self, copied: object) -> None:
        weights = Weights("ab", [0.5, 0.5], scheme="s", notes=("n",), details={"x": 1})
        again = copied(weights)  # type: ignore[operator]
        assert again == weights
        assert again.details["x"] == 1
        assert not again.values.flags.writeable

    def test_details_cannot_be_changed(self) -> None:
        details = {"x": 1}
        weights = Weights("a", [1.0], scheme="s", details=details)
        details["x"] = 2
        assert weights.details["x"] == 1
        with pytest.raises(TypeError):
            weights.details["x"] = 3  # type: ignore[index]

    def test_repr_names_the_heaviest_and_the_notes(self) -> None:
        keys = [f"k{i}" for i in range(8)]
        values = np.arange(8) / 28
        shown = repr(Weights(keys, values, scheme="s", notes=("n",)))
        assert shown.startswith("<Weights s: k7 0.2500, k6 0.2143")
        assert shown.endswith("… 2 more (n)>")

    def test_totals(self) -> None:
        criteria = Criteria.of("abc", groups=["x", "y", "x"])
        weights = Weights("abc", [0.5, 0.25, 0.25], scheme="s")
        assert weights.totals(criteria, "group") == {("x",): 0.75, ("y",): 0.25}
        with pytest.raises(BadValueError, match="other indicators"):
            weights.totals(Criteria.of("ab"), "group")

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ([1.0], "2 keys need as many weights"),
            ([0.5, 0.6], "must sum to 1, not to 1.1"),
            ([-0.5, 1.5], "wrong for a"),
            ([np.nan, 1.0], "wrong for a"),
            ([1.0, np.inf], "wrong for b"),
        ],
    )
    def test_bad_weights(self, values: list[float], message: str) -> None:
        with pytest.raises(BadValueError, match=message):
            Weights("ab", values, scheme="s")


class Foreign:
    def weigh(self, criteria: Criteria, data: object = None) -> Weights:
        return Weights(criteria.keys, np.full(len(criteria), 1 / len(criteria)), "foreign")


def test_any_object_with_the_method_is_a_scheme() -> None:
    assert isinstance(Foreign(), WeightingScheme)
    assert isinstance(Equal(), WeightingScheme)
    assert not isinstance(object(), WeightingScheme)
