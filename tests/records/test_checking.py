"""Whether a submission keeps to an edition: every fault, where it is, by which source."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SMALL, examples, submissions

import inovasi_index as ii
from inovasi_index.errors import Fault, SubmissionError
from inovasi_index.records import (
    Agency,
    Answer,
    Innovation,
    Region,
    Submission,
    Verdict,
    check,
    require_valid,
)
from inovasi_index.records.checking import require_all_valid
from inovasi_index.rules.edition import Part

IID_2026 = ii.load_edition("iid-2026")
REGION = Region("63.71", "Kota Banjarmasin", "city")
LETTER = "Letter of the contest, Annex II"


def one(*answers: Answer, region: tuple[Answer, ...] = (), **fields: Any) -> Submission:
    return Submission(
        REGION,
        2026,
        agencies=[Agency("dinkes", "Dinas Kesehatan")],
        innovations=[Innovation("1", "Sapa", "dinkes", answers=answers, **fields)],
        answers=region,
    )


def only(submission: Submission, edition: ii.Edition = SMALL) -> Fault:
    (fault,) = check(submission, edition)
    return fault


def test_two_faults_may_stand_at_one_place() -> None:
    twice = (Answer("xyzzy", level=1),) * 2
    assert [(fault.place, fault.code) for fault in check(one(region=twice), SMALL)] == [
        ("answers[0].indicator", "unknown-indicator"),
        ("answers[1].indicator", "duplicate-indicator"),
        ("answers[1].indicator", "unknown-indicator"),
    ]


@given(submissions(SMALL))
def test_submissions_built_for_an_edition_keep_to_it(submission: Submission) -> None:
    assert check(submission, SMALL) == ()
    require_valid(submission, SMALL)


@examples(27)
@given(st.sampled_from(ii.available_editions()).map(ii.load_edition), st.data())
def test_the_same_for_every_shipped_edition(edition: ii.Edition, data: st.DataObject) -> None:
    submission = data.draw(submissions(edition, max_innovations=2))
    assert check(submission, edition) == ()


@pytest.mark.parametrize(
    ("answer", "field", "code", "says"),
    [
        (Answer("regulasion", level=1), "indicator", "unknown-indicator", "mean 'regulation'?"),
        (Answer("16", level=1), "indicator", "unknown-indicator", "number of 'regulation'"),
        (Answer("SDM", level=1), "indicator", "unknown-indicator", "name of 'people'"),
        (Answer("xyzzy", level=1), "indicator", "unknown-indicator", "small has no row 'xyzzy'"),
        (Answer("vision", level=1), "indicator", "wrong-part", "a row of the region part"),
        (Answer("regulation", level=4), "level", "level-out-of-range", "allowed: 0 to 3"),
        (Answer("outreach", level=3), "level", "level-out-of-range", "allowed: 0 to 2"),
        (Answer("regulation", value=Decimal(2)), "value", "value-without-rule", "give a level"),
        (Answer("people", value=Decimal("2.5")), "value", "value-out-of-range", "only whole"),
        (Answer("people", value=Decimal(-1)), "value", "value-out-of-range", "outside"),
        (
            Answer("benefits", value=Decimal(2)),
            "measure",
            "measure-missing",
            "a (Penerima manfaat)",
        ),
        (Answer("benefits", value=Decimal(2), measure="b"), "measure", "measure-unknown", "'b'"),
        (Answer("benefits", level=2, measure="b"), "measure", "measure-unknown", "c (Efisiensi"),
        (
            Answer("benefits", value=Decimal(31), measure="c"),
            "value",
            "value-out-of-range",
            "no level beyond 30",
        ),
        (Answer("people", level=2, measure="a"), "measure", "measure-not-used", "leave the"),
        (Answer("people", value=Decimal(2), measure="a"), "measure", "measure-not-used", "bases"),
        (
            Answer("regulation", level=1, verdict=Verdict("accepted", 2)),
            "verdict.level",
            "verdict-above-claim",
            "level 2 is accepted where level 1",
        ),
        (
            Answer("people", value=Decimal(5), verdict=Verdict("accepted", 2)),
            "verdict.level",
            "verdict-above-claim",
            "level 1 is claimed",
        ),
        (
            Answer("regulation", level=2, verdict=Verdict("rejected", 1)),
            "verdict.level",
            "rejected-with-level",
            "keeps no level",
        ),
    ],
)
def test_answers_that_break_the_edition(answer: Answer, field: str, code: str, says: str) -> None:
    fault = only(one(answer))
    assert fault.place == f"innovations[0] (id '1').answers[0].{field}"
    assert fault.code == code
    assert says in fault.message
    cited = code in {
        "level-out-of-range",
        "value-out-of-range",
        "measure-missing",
        "measure-unknown",
    }
    assert fault.source == (LETTER if cited else "")


@pytest.mark.parametrize(
    "answer",
    [
        Answer("regulation", level=0),
        Answer("benefits", level=2, measure="a"),
        Answer("benefits", value=Decimal(30), measure="c"),
        Answer("regulation", level=2, verdict=Verdict("rejected", 0)),
        Answer("regulation", level=2, verdict=Verdict("accepted", 2)),
    ],
)
def test_answers_that_keep_to_the_edition(answer: Answer) -> None:
    assert check(one(answer), SMALL) == ()


def test_region_rows() -> None:
    region = (Answer("vision", level=9), Answer("regulation", level=1), Answer("2", level=1))
    assert [(f.place, f.code) for f in check(one(region=region), SMALL)] == [
        ("answers[0].level", "level-out-of-range"),
        ("answers[1].indicator", "wrong-part"),
        ("answers[2].indicator", "unknown-indicator"),
    ]
    rowless = attrs.evolve(SMALL, indicators=SMALL.innovation_indicators)
    fault = only(one(region=(Answer("vision", level=1),)), rowless)
    assert fault.code == "unknown-indicator"
    assert fault.message == "small has no rows of the region part"


@pytest.mark.parametrize(
    ("points", "codes", "says"),
    [
        ("5.25", [], ""),
        ("0", [], ""),
        ("5.26", ["points-out-of-range"], "5.26 points; the region part has at most 5.25"),
        ("5.255", ["not-hundredths"], "not a whole number of hundredths"),
    ],
)
def test_region_points(points: str, codes: list[str], says: str) -> None:
    found = check(Submission(REGION, 2026, region_points=Decimal(points)), SMALL)
    assert [fault.code for fault in found] == codes
    assert all(says in fault.message for fault in found)
    if codes == ["points-out-of-range"]:
        assert found[0].source == LETTER


def test_region_points_without_a_known_maximum() -> None:
    unknown = attrs.evolve(SMALL, formula=attrs.evolve(SMALL.formula, region_max_hundredths=None))
    assert check(Submission(REGION, 2026, region_points=Decimal(10**6)), unknown) == ()
    fault = only(Submission(REGION, 2026, region_points=Decimal("1000000.01")), unknown)
    assert fault.message == "1000000.01 points; the region part has at most 1000000"


def test_region_part_is_not_given_twice() -> None:
    both = attrs.evolve(one(region=(Answer("vision", level=1),)), region_points=Decimal(3))
    assert (only(both).place, only(both).code) == ("region_points", "points-and-rows")


@pytest.mark.parametrize(
    ("fields", "place", "says"),
    [
        ({"stage": "Penerapan"}, "stage", "unknown stage 'Penerapan'; write 'application'"),
        ({"stage": "Ujicoba"}, "stage", "write 'trial'"),
        ({"stage": "DIGITAL"}, "stage", "known: initiative (Inisiatif), trial ("),
        ({"stage": "aplication"}, "stage", "did you mean 'application' ('Penerapan')?"),
        ({"stage": "Penerapam"}, "stage", "did you mean 'application' ('Penerapan')?"),
        (
            {"kind": "Non-Digital"},
            "kind",
            "'non_digital' ('Non Digital') or 'digital'?",
        ),
        ({"affair": "Kesehatan"}, "affair", "unknown affair 'Kesehatan'; write 'health'"),
        ({"affair": "Pertahanan"}, "affair", "write 'land'"),
        (
            {"intersecting_affairs": ["health", "helth"]},
            "intersecting_affairs[1]",
            "'health' ('Kesehatan')?",
        ),
    ],
)
def test_words_that_the_edition_does_not_have(fields: Any, place: str, says: str) -> None:
    fault = only(one(**fields))
    assert fault.place == f"innovations[0] (id '1').{place}"
    assert fault.code == ("unknown-affair" if "affair" in place else "unknown-term")
    assert says in fault.message
    sources = {"stage": "Guideline of the contest", "kind": ""}
    assert fault.source == sources.get(place, LETTER)


def test_words_that_the_edition_does_not_know_of_are_free() -> None:
    assert check(one(theme="anything", pkpn="x", form="y"), SMALL) == ()
    assert check(one(affair="anything"), attrs.evolve(SMALL, affairs=())) == ()


def test_application_follows_the_trial() -> None:
    day, before = dt.date(2024, 5, 1), dt.date(2024, 4, 30)
    assert check(one(trial_date=day, application_date=day), SMALL) == ()
    fault = only(one(trial_date=day, application_date=before))
    assert fault.code == "application-before-trial"
    assert fault.place.endswith(".application_date")
    assert fault.message == "first applied on 2024-04-30, before its trial on 2024-05-01"


def test_year_is_no_fault() -> None:
    assert check(attrs.evolve(one(), year=1999), SMALL) == ()


def test_what_concerns_several_records_is_found_in_records_too() -> None:
    sapa = Innovation("1", "Sapa", "dinkse", answers=[Answer("regulation", level=1)] * 2)
    broken = Submission(
        REGION,
        2026,
        agencies=[Agency("dinkes", "D", parent="dinkes"), Agency("dinkes", "D")],
        innovations=[sapa, sapa],
        answers=[Answer("vision", level=1)] * 2,
    )
    assert [(f.place, f.code) for f in check(broken, SMALL)] == [
        ("agencies[0] (id 'dinkes').parent", "parent-circle"),
        ("agencies[1] (id 'dinkes').id", "duplicate-id"),
        ("innovations[0] (id '1').agency", "unknown-agency"),
        ("innovations[0] (id '1').answers[1].indicator", "duplicate-indicator"),
        ("innovations[1] (id '1').id", "duplicate-id"),
        ("innovations[1] (id '1').agency", "unknown-agency"),
        ("innovations[1] (id '1').answers[1].indicator", "duplicate-indicator"),
        ("answers[1].indicator", "duplicate-indicator"),
    ]


def test_all_faults_are_raised_together() -> None:
    broken = one(Answer("16", level=1), Answer("people", level=4), stage="Penerapan")
    with pytest.raises(SubmissionError) as caught:
        require_valid(broken, SMALL)
    assert caught.value.faults == check(broken, SMALL)
    assert len(caught.value.faults) == 3
    assert str(caught.value).startswith("submission of 63.71 for small: 3 faults\n")


def test_faults_of_several_submissions_say_whose_they_are() -> None:
    broken = one(Answer("16", level=1), stage="Penerapan")
    with pytest.raises(SubmissionError) as caught:
        require_all_valid([one(), broken, broken], SMALL)
    assert str(caught.value).startswith("2 of 3 submissions for small: 4 faults\n")
    assert caught.value.faults == tuple(
        fault.inside(f"submissions[{n}] (region '63.71')")
        for n in (1, 2)
        for fault in check(broken, SMALL)
    )
    require_all_valid([one(), one()], SMALL)


def test_official_numbers_of_2026_are_explained() -> None:
    for row in IID_2026.part_indicators(Part.INNOVATION):
        assert row.code is not None
        fault = only(one(Answer(row.code, level=1)), IID_2026)
        assert f"the official number of {row.key!r}" in fault.message


def test_levels_of_2026_cite_the_letter() -> None:
    fault = only(one(Answer("regulation", level=4)), IID_2026)
    assert "400.10.11/1887/BSKDN" in fault.source


def test_checking_is_fast() -> None:
    answers = [Answer(row.key, level=2) for row in IID_2026.innovation_indicators]
    many = Submission(
        REGION,
        2026,
        agencies=[Agency("dinkes", "D")],
        innovations=[Innovation(str(n), "N", "dinkes", answers=answers) for n in range(1000)],
    )
    started = time.perf_counter()
    assert check(many, IID_2026) == ()
    assert time.perf_counter() - started < 2
