"""Records to plain data and back: lossless, and every fault of form at once."""

from __future__ import annotations

import copy
import datetime as dt
import json
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SMALL, submissions, submissions_of_any_form

from inovasi_index.errors import Fault, SubmissionError
from inovasi_index.records import (
    Agency,
    Answer,
    Evidence,
    Innovation,
    Region,
    Submission,
    Verdict,
    from_plain,
    to_plain,
)

REGION = {"code": "63.71", "name": "Kota Banjarmasin", "kind": "city"}


def plain(**fields: Any) -> dict[str, Any]:
    return {"region": REGION, "year": 2026, "agencies": [{"id": "dinkes", "name": "D"}]} | fields


def reported(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"inn-{number}", "name": "Sapa", "agency": "dinkes"} | fields


def faults_of(given_: Any, cls: type = Submission, place: str = "") -> tuple[Fault, ...]:
    with pytest.raises(SubmissionError) as caught:
        from_plain(cls, given_, place)
    assert caught.value.faults
    return caught.value.faults


def located(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.place, fault.code) for fault in faults]


@given(submissions_of_any_form())
def test_any_submission_survives_plain_data(submission: Submission) -> None:
    assert from_plain(Submission, to_plain(submission)) == submission
    assert Submission.from_dict(submission.to_dict()) == submission


@given(submissions(SMALL))
def test_submission_survives_json(submission: Submission) -> None:
    text = json.dumps(submission.to_dict(), default=str)
    again = Submission.from_dict(json.loads(text, parse_float=Decimal))
    assert again == submission
    assert json.dumps(again.to_dict(), default=str) == text


@given(submissions_of_any_form())
def test_plain_data_hold_nothing_but_plain_types(submission: Submission) -> None:
    def walk(value: object) -> None:
        if type(value) is dict:
            for key, one in value.items():
                assert type(key) is str
                assert one is not None
                walk(one)
        elif type(value) is list:
            assert value
            for one in value:
                walk(one)
        else:
            assert type(value) in (str, int, float, Decimal, dt.date)

    walk(submission.to_dict())


def test_each_record_class_survives_alone() -> None:
    records = [
        Region("63.71", "K", "city", clusters=["papua", "border"]),
        Agency("p", "Puskesmas", "puskesmas", parent="dinkes"),
        Evidence("Foto", "a.jpg", "https://example.org", "rejected", "buram"),
        Evidence(),
        Verdict("accepted", 0, "turun"),
        Answer("regulation", value=Decimal("1.10"), measure="a", survival=0.0),
        Innovation("1", "Sapa", "dinkes", latitude=Decimal("-3.316694")),
    ]
    for record in records:
        assert from_plain(type(record), to_plain(record)) == record
    assert to_plain(records[0])["clusters"] == ["border", "papua"]
    assert to_plain(Evidence()) == {}
    assert to_plain(records[4]) == {"status": "accepted", "level": 0, "note": "turun"}


def test_fields_of_any_order_and_nothing_for_what_is_not_given() -> None:
    given_ = {"level": None, "value": "27", "note": None, "indicator": "people"}
    del given_["note"]
    assert from_plain(Answer, given_) == Answer("people", value=Decimal(27))
    assert from_plain(Verdict, {"note": None, "status": "accepted"}) == Verdict("accepted")


def test_all_faults_come_together_in_the_order_of_the_input() -> None:
    answers = [{"indicator": "regulation", "level": True}]
    broken = {
        "innovations": [
            reported(1, agency="dinkse"),
            reported(2, stage="", asta_cita=9, nmae="x"),
            "no table",
            {"id": "inn-4", "name": "N", "agency": "dinkes", "answers": answers},
            reported(1),
        ],
        "agencies": [
            {"id": "dinkes", "name": "D", "parent": "bupati"},
            {"id": "dinkes", "name": "D", "kind": "pkm"},
        ],
        "years": 2026,
        "region": {"code": "63.71", "name": "K", "kind": "town", "clusters": ["papua", "x", 3]},
    }
    faults = faults_of(broken, place="city.toml")
    assert located(faults) == [
        ("city.toml.year", "missing-field"),
        ("city.toml.innovations[0] (id 'inn-1').agency", "unknown-agency"),
        ("city.toml.innovations[1] (id 'inn-2').stage", "empty"),
        ("city.toml.innovations[1] (id 'inn-2').asta_cita", "out-of-range"),
        ("city.toml.innovations[1] (id 'inn-2').nmae", "unknown-field"),
        ("city.toml.innovations[2]", "wrong-type"),
        ("city.toml.innovations[3] (id 'inn-4').answers[0].level", "wrong-type"),
        ("city.toml.innovations[4] (id 'inn-1').id", "duplicate-id"),
        ("city.toml.agencies[0] (id 'dinkes').parent", "unknown-agency"),
        ("city.toml.agencies[1] (id 'dinkes').id", "duplicate-id"),
        ("city.toml.agencies[1] (id 'dinkes').kind", "unknown-choice"),
        ("city.toml.years", "unknown-field"),
        ("city.toml.region.kind", "unknown-choice"),
        ("city.toml.region.clusters[1]", "unknown-choice"),
        ("city.toml.region.clusters[2]", "wrong-type"),
    ]
    messages = {fault.place.removeprefix("city.toml."): fault.message for fault in faults}
    assert "did you mean 'dinkes'" in messages["innovations[0] (id 'inn-1').agency"]
    assert "did you mean 'name'" in messages["innovations[1] (id 'inn-2').nmae"]
    assert "in innovations[0]" in messages["innovations[4] (id 'inn-1').id"]
    assert "did you mean 'year'" in messages["years"]


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"indicator": "regulation"}, "not-exactly-one"),
        ({"indicator": "regulation", "level": None, "value": None}, "not-exactly-one"),
        ({"indicator": "regulation", "level": 2, "value": 27}, "not-exactly-one"),
    ],
)
def test_both_or_neither_of_level_and_value(given_: dict[str, Any], code: str) -> None:
    assert located(faults_of(given_, Answer, "row 3")) == [("row 3", code)]


def test_broken_level_beside_a_value_is_two_faults() -> None:
    given_ = {"indicator": "regulation", "level": 2.5, "value": 27}
    assert located(faults_of(given_, Answer)) == [("", "not-exactly-one"), ("level", "wrong-type")]


@pytest.mark.parametrize("given_", [None, [], "text", 3, [("region", REGION)]])
def test_what_is_no_table_is_one_fault(given_: Any) -> None:
    assert located(faults_of(given_)) == [("", "wrong-type")]


def test_empty_table_lacks_its_required_fields() -> None:
    assert located(faults_of({})) == [("region", "missing-field"), ("year", "missing-field")]
    assert located(faults_of(plain(region=None))) == [("region", "missing-field")]
    assert str(SubmissionError("submission", faults_of({}))).startswith("submission: 2 faults\n")


@pytest.mark.parametrize("given_", ["text", {"a": 1}, 3, None])
def test_collections_of_wrong_type(given_: Any) -> None:
    if given_ is None:
        assert from_plain(Submission, plain(innovations=None)).innovations == ()
    else:
        assert located(faults_of(plain(innovations=given_))) == [("innovations", "wrong-type")]


def test_doubled_answers_of_innovations_and_of_the_region() -> None:
    twice = [{"indicator": "x", "level": 1}, {"indicator": "x", "level": 2}]
    faults = faults_of(reported(1, answers=twice), Innovation)
    assert located(faults) == [("answers[1].indicator", "duplicate-indicator")]
    broken = plain(innovations=[reported(1, answers=twice)], answers=[*twice, *twice])
    assert located(faults_of(broken)) == [
        ("innovations[0] (id 'inn-1').answers[1].indicator", "duplicate-indicator"),
        ("answers[1].indicator", "duplicate-indicator"),
        ("answers[2].indicator", "duplicate-indicator"),
        ("answers[3].indicator", "duplicate-indicator"),
    ]


def agency(key: str, parent: str | None = None) -> dict[str, Any]:
    return {"id": key, "name": key, "parent": parent}


def test_circles_of_parents_are_told_once_each() -> None:
    broken = plain(
        agencies=[
            agency("free"),
            agency("leaf", "b"),
            agency("b", "c"),
            agency("c", "d"),
            agency("d", "b"),
            agency("self", "self"),
        ]
    )
    faults = faults_of(broken)
    assert located(faults) == [
        ("agencies[2] (id 'b').parent", "parent-circle"),
        ("agencies[5] (id 'self').parent", "parent-circle"),
    ]
    assert "'b' → 'c' → 'd' → 'b'" in faults[0].message


def test_unreadable_agency_does_not_make_strangers_of_all() -> None:
    broken = plain(agencies=[{"id": 7, "name": "D"}], innovations=[reported(1)])
    assert located(faults_of(broken)) == [("agencies[0] (id 7).id", "wrong-type")]
    broken = plain(agencies=["D"], innovations=[reported(1)])
    assert located(faults_of(broken)) == [("agencies[0]", "wrong-type")]


def test_unreadable_ids_are_not_doubled() -> None:
    broken = plain(innovations=[reported(1, id=7), reported(1, id=7)])
    assert [fault.code for fault in faults_of(broken)] == ["wrong-type", "wrong-type"]


def test_10_001_innovations_are_one_clear_fault() -> None:
    faults = faults_of(plain(innovations=[{"id": 1}] * 10_001))
    assert located(faults) == [("innovations", "too-many")]
    assert faults[0].message == "10001 of them; at most 10000 are allowed"


def test_keys_that_are_no_text_and_places_that_are_no_names() -> None:
    faults = faults_of({3: 1, "a\x1b[31m b": 2, "x" * 99: 3} | plain())
    assert [fault.code for fault in faults] == ["unknown-field"] * 3
    assert [fault.place for fault in faults] == [
        "'3'",
        repr("a\x1b[31m b"),
        repr("x" * 59 + "…"),
    ]


def test_sets_and_generators_hold_items_too() -> None:
    region = REGION | {"clusters": {"papua"}}
    assert from_plain(Region, region) == Region("63.71", REGION["name"], "city", ["papua"])
    faults = faults_of(REGION | {"clusters": {"papyrus"}}, Region)
    assert located(faults) == [("clusters[0]", "unknown-choice")]
    broken = plain(innovations=iter([{}]))
    assert {fault.place for fault in faults_of(broken)} == {
        "innovations[0].id",
        "innovations[0].name",
        "innovations[0].agency",
    }


def test_reading_leaves_the_input_alone() -> None:
    broken = plain(innovations=[reported(1, answers=[{"indicator": "x", "level": 99}])])
    before = copy.deepcopy(broken)
    faults_of(broken)
    assert broken == before


def test_a_flood_of_unknown_names_is_answered_soon() -> None:
    rows = [reported(n, agency=f"dinkes{n}", extra=1) for n in range(10_000)]
    started = time.perf_counter()
    faults = faults_of(plain(agencies=[agency(f"d{n}") for n in range(10_000)], innovations=rows))
    assert len(faults) == 20_000
    assert time.perf_counter() - started < 20


JSON_LIKE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.dates()
    | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """A good submission in which one or two values were replaced by anything."""
    value = draw(submissions(SMALL)).to_dict()
    for _ in range(draw(st.integers(1, 2))):
        at: Any = value
        while True:
            steps = list(at) if isinstance(at, dict) else list(range(len(at)))
            step = draw(st.sampled_from(steps))
            deeper = at[step]
            if not isinstance(deeper, dict | list) or not deeper or draw(st.booleans()):
                at[step] = draw(JSON_LIKE)
                break
            at = deeper
    return value


@given(damaged() | JSON_LIKE)
def test_whatever_is_given_is_read_or_refused(value: Any) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        submission = from_plain(Submission, value)
    except SubmissionError as error:
        faults = error.faults
        assert faults
    else:
        assert from_plain(Submission, to_plain(submission)) == submission
    assert all(fault.code and fault.message and len(str(fault)) < 1000 for fault in faults)
