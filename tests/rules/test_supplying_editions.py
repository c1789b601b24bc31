"""Missing values can be supplied, marked as assumed; known ones cannot be changed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import SMALL

from inovasi_index import errors
from inovasi_index.rules import Certainty, Edition, Part, load_edition, source_of

MISSING_2025: Any = {"minimum_divisor": 12, "basic_affairs_needed": 5}
WEIGHTS_2022 = {
    "regulation": 3,
    "human_resources": "2",
    "budget_support": Decimal(2),
    "technical_guidance": 1,
    "planning_integration": 2,
    "actor_involvement": 1,
    "implementers": 1,
    "networks": 1,
    "outreach": 1,
    "technical_manual": 1,
    "information_access": 1,
    "creation_speed": 2,
    "process_ease": 2,
    "complaint_resolution": 1,
    "integrated_services": 2,
    "replication": Fraction(3),
    "work_tools": 2.0,
    "benefits": 3,
    "monitoring_evaluation": 2,
    "quality_video": 4,
}


def faults_of(edition: Edition, **values: object) -> list[tuple[str, str]]:
    with pytest.raises(errors.SupplyError) as caught:
        edition.supply(**values)  # type: ignore[arg-type]
    return [(fault.code, fault.place) for fault in caught.value.faults]


def status(edition: Edition, area: str) -> Certainty:
    return next(c.status for c in edition.completeness if c.area == area)


def test_constants() -> None:
    before = load_edition("iid-2025")
    after = before.supply(**MISSING_2025)
    assert after.constants(*MISSING_2025) == (12, 5)
    assert before.formula.minimum_divisor is None
    source = source_of(after.formula, "minimum_divisor")
    assert source is not None
    assert (source.certainty, source.note) == (Certainty.ASSUMED, "supplied by the user")
    assert status(before, "formula") is Certainty.MISSING
    assert status(after, "formula") is Certainty.ASSUMED
    said = next(c.note for c in after.completeness if c.area == "formula")
    assert said.endswith("; supplied by the user")


def test_half_of_the_constants_leave_the_formula_missing() -> None:
    edition = load_edition("iid-2025").supply(minimum_divisor=12)
    assert status(edition, "formula") is Certainty.MISSING
    assert edition.supply(basic_affairs_needed=5) == load_edition("iid-2025").supply(**MISSING_2025)


def test_amounts_are_given_in_hundredths() -> None:
    edition = load_edition("iid-2023").supply(points_per_innovation_hundredths=38, count_cap=200)
    assert edition.constant("points_per_innovation_hundredths") == 38
    # 76 points are declared, so the cap and the points have to agree with them.
    assert faults_of(
        load_edition("iid-2023"), points_per_innovation_hundredths=38, count_cap=100
    ) == [("sum-differs", "formula.count_max")]


def test_weights_fill_the_points_of_their_levels() -> None:
    edition = load_edition("iid-2022").supply(weights=WEIGHTS_2022)
    assert sum(edition.weights_hundredths(Part.INNOVATION)) == 37_00
    row = edition["creation_speed"]
    assert [level.points_hundredths for level in row.levels] == [2_00, 4_00, 6_00]
    assert row.text_of(3) == "1-4 bulan"
    assert edition["regulation"].max_hundredths == 9_00
    assert status(edition, "innovation_weights") is Certainty.ASSUMED
    assert status(edition, "region_weights") is Certainty.MISSING


def test_weights_must_add_up_to_what_was_stated() -> None:
    wrong = WEIGHTS_2022 | {"regulation": 4}
    assert faults_of(load_edition("iid-2022"), weights=wrong) == [
        ("sum-differs", "formula.maturity_max")
    ]


def test_region_weights_before_2026() -> None:
    edition = load_edition("iid-2024")
    rows = edition.region_indicators
    even = {row.key: Decimal("1.4") for row in rows}  # 15 rows of 3 levels: 63 points
    assert sum(edition.supply(weights=even).weights_hundredths(Part.REGION)) == 21_00


def test_bands() -> None:
    edition = load_edition("iid-2025").supply(bands={"innovative": "40.01"})
    bounds = [(b.lower_hundredths, b.upper_hundredths) for b in edition.bands]
    assert bounds == [(0, 0), (1, 4000), (4001, 6500), (6501, 10000)]
    lower, upper = (source_of(edition.bands[1], end) for end in ("lower", "upper"))
    assert lower is not None
    assert upper is not None
    assert lower.certainty is upper.certainty is Certainty.ASSUMED
    assert lower.note == "follows from a value supplied by the user"
    assert status(edition, "bands") is Certainty.ASSUMED


def test_bands_of_an_outlook_that_has_none() -> None:
    bands = {"less_innovative": "0.01", "innovative": Decimal("40.01"), "very_innovative": 65.01}
    edition = load_edition("iid-2028").supply(bands=bands)
    expected = load_edition("iid-2026").bands
    assert [(b.lower_hundredths, b.upper_hundredths) for b in edition.bands] == [
        (b.lower_hundredths, b.upper_hundredths) for b in expected
    ]


def test_one_bound_of_many_leaves_the_rest_missing() -> None:
    edition = load_edition("iid-2028").supply(bands={"very_innovative": "65.01"})
    bounds = [(b.lower_hundredths, b.upper_hundredths) for b in edition.bands]
    assert bounds == [(0, None), (None, None), (None, 6500), (6501, 10000)]
    assert status(edition, "bands") is Certainty.MISSING


def test_what_is_known_may_be_repeated() -> None:
    edition = load_edition("iid-2026")
    again = edition.supply(
        weights={"unemployment_rate": "0.75"}, bands={"innovative": "40.01"}, minimum_divisor=12
    )
    assert again == edition


def test_nothing_supplied_is_nothing_changed() -> None:
    assert load_edition("iid-2021").supply() == load_edition("iid-2021")


@pytest.mark.parametrize(
    ("year", "values", "code", "place"),
    [
        (2026, {"weights": {"regulation": 4}}, "contradicts", "regulation"),
        (2026, {"bands": {"innovative": 41}}, "contradicts", "innovative"),
        (2026, {"minimum_divisor": 10}, "contradicts", "minimum_divisor"),
        (2026, {"decimals": 1}, "contradicts", "decimals"),
        (2026, {"weights": {"regulasi": 3}}, "unknown-indicator", "regulasi"),
        (2026, {"bands": {"excellent": 3}}, "unknown-band", "excellent"),
        (2025, {"minimal_divisor": 12}, "unknown-constant", "minimal_divisor"),
        (2025, {"sources": 12}, "unknown-constant", "sources"),
        (2025, {"minimum_divisor": 0}, "out-of-range", "minimum_divisor"),
        (2025, {"minimum_divisor": "12"}, "wrong-type", "minimum_divisor"),
        (2025, {"minimum_divisor": True}, "wrong-type", "minimum_divisor"),
        (2025, {"minimum_divisor": 12.5}, "wrong-type", "minimum_divisor"),
        (2025, {"region_max_hundredths": -1}, "out-of-range", "region_max_hundredths"),
        (2022, {"weights": {"regulation": -1}}, "out-of-range", "regulation"),
        (2022, {"weights": {"regulation": 10_001}}, "out-of-range", "regulation"),
        (2022, {"weights": {"regulation": "0.005"}}, "bad-value", "regulation"),
        (2022, {"weights": {"regulation": "three"}}, "bad-value", "regulation"),
        (2022, {"weights": {"regulation": float("nan")}}, "bad-value", "regulation"),
        (2022, {"weights": {"regulation": None}}, "bad-value", "regulation"),
        (2025, {"bands": {"innovative": 101}}, "out-of-range", "innovative"),
        (2025, {"bands": {"innovative": 70}}, "bands-not-ordered", "bands.innovative"),
    ],
)
def test_faults(year: int, values: dict[str, object], code: str, place: str) -> None:
    assert faults_of(load_edition(f"iid-{year}"), **values) == [(code, place)]


def test_a_lower_bound_below_the_band_beneath_is_an_overlap() -> None:
    bands = {"less_innovative": 50, "innovative": 40}
    found = faults_of(load_edition("iid-2025"), bands=bands)
    assert {code for code, _ in found} == {"bands-not-ordered", "bands-hole"}


def test_all_faults_at_once() -> None:
    edition = load_edition("iid-2025")
    with pytest.raises(errors.SupplyError, match="cannot be supplied") as caught:
        edition.supply(
            weights={"regulation": 4, "x": 1},
            bands={"y": 1},
            minimum_divisor=-1,
            no_such=2,
            basic_affairs_needed=-1,
        )
    assert [fault.code for fault in caught.value.faults] == [
        "unknown-indicator",
        "contradicts",
        "unknown-band",
        "out-of-range",
        "unknown-constant",
        "out-of-range",
    ]


@pytest.mark.parametrize(
    "kind", [errors.UnknownNameError, errors.BadValueError, ValueError, LookupError]
)
def test_it_is_caught_as_what_a_caller_would_expect(kind: type[Exception]) -> None:
    with pytest.raises(kind, match="did you mean 'regulation'"):
        load_edition("iid-2022").supply(weights={"regulatoin": 3})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"weights": {"vision": "0.99"}},
            "vision: is 1.00 in this edition and cannot become 0.99 [contradicts]",
        ),
        (
            {"weights": {"vision": "one"}},
            "vision: the value: 'one' is not a number [bad-value]",
        ),
        (
            {"weights": {"vision": "10000.01"}},
            "vision: 10000.01 is not from 0 to 10000 [out-of-range]",
        ),
        (
            {"weights": {"xyz": 1}},
            "xyz: is no indicator of this edition; known: "
            f"{', '.join(row.key for row in SMALL)} [unknown-indicator]",
        ),
        ({"bands": {"high": 60}}, "high: is no band of this edition; known: none [unknown-band]"),
    ],
)
def test_what_faults_say(values: dict[str, Any], said: str) -> None:
    with pytest.raises(errors.SupplyError) as caught:
        evolve(SMALL, bands=()).supply(**values)
    assert [str(fault) for fault in caught.value.faults] == [said]


def test_the_largest_amounts() -> None:
    edition = load_edition("iid-2022").supply(weights={"regulation": 10_000, "networks": 0})
    assert edition["regulation"].weight_hundredths == 1_000_000
    assert edition["networks"].weight_hundredths == 0
    edition = load_edition("iid-2028").supply(bands={"very_innovative": 100})
    assert edition.bands[-1].lower_hundredths == 100_00
    edition = load_edition("iid-2023").supply(points_per_innovation_hundredths=1_000_000)
    assert edition.constant("points_per_innovation_hundredths") == 1_000_000
    assert faults_of(load_edition("iid-2023"), points_per_innovation_hundredths=1_000_001) == [
        ("out-of-range", "points_per_innovation_hundredths")
    ]


@given(st.dictionaries(st.sampled_from(sorted(WEIGHTS_2022)), st.integers(0, 10_000)))
def test_any_weights_are_taken_exactly_while_one_is_missing(weights: dict[str, int]) -> None:
    weights.pop("regulation", None)
    edition = load_edition("iid-2022").supply(
        weights={k: Fraction(w, 100) for k, w in weights.items()}
    )
    assert {r.key: r.weight_hundredths for r in edition if r.key in weights} == weights
    assert edition["regulation"].weight_hundredths is None
