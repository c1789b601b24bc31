"""What faults say and where, to the letter, and the edges of what is allowed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from published_schemas import published
from strategies import SMALL

from inovasi_index.errors import SubmissionError
from inovasi_index.records import (
    Agency,
    Answer,
    Evidence,
    Innovation,
    Region,
    Submission,
    Verdict,
    VerdictStatus,
    accepts,
    eligibility,
    from_plain,
    submission_schema,
    to_plain,
)
from inovasi_index.records.checking import check
from inovasi_index.records.forms import FormError, Key, Many, Number, Text, Whole, shown
from inovasi_index.records.places import Hints
from inovasi_index.rules import Citation, Indicator, Part, Sourced

REGION = Region("63.71", "Kota Banjarmasin", "city")


def one(*answers: Answer, region: tuple[Answer, ...] = (), **fields: Any) -> Submission:
    innovation = Innovation("i", "I", "a", answers=answers, **fields)
    return Submission(
        REGION, 2026, agencies=[Agency("a", "A")], innovations=[innovation], answers=region
    )


def test_the_schema_stays_as_it_was_published() -> None:
    assert submission_schema() == published("submission")


# Against an edition.


def test_a_row_of_the_other_part_says_where_it_is_answered() -> None:
    (fault,) = check(one(Answer("vision", level=1)), SMALL)
    assert str(fault) == (
        "innovations[0] (id 'i').answers[0].indicator: 'vision' is a row of the region part; it is "
        "answered once, in the answers of the submission [wrong-part]"
    )
    (fault,) = check(one(region=(Answer("video", level=1),)), SMALL)
    assert str(fault) == (
        "answers[0].indicator: 'video' is a row of the innovation part; it is answered in the "
        "answers of each innovation [wrong-part]"
    )


def test_points_that_are_no_hundredths() -> None:
    (fault,) = check(Submission(REGION, 2026, region_points="1.005"), SMALL)
    assert (fault.place, fault.code) == ("region_points", "not-hundredths")
    assert fault.message.startswith("region points")
    (fault,) = check(Submission(REGION, 2026, region_points="5.26"), SMALL)
    assert str(fault) == (
        "region_points: 5.26 points; the region part has at most 5.25 "
        "(Letter of the contest, Annex II) [points-out-of-range]"
    )


def _citing(**fields: str) -> Any:
    """The small edition, whose row `people` cites another paper for each field."""
    sources = tuple(Sourced(field, (key,)) for field, key in fields.items())
    row = evolve(SMALL["people"], sources=sources)
    return evolve(
        SMALL,
        indicators=tuple(row if r.key == "people" else r for r in SMALL.indicators),
        citations=(*SMALL.citations, Citation("N", "On numbers"), Citation("V", "On levels")),
    )


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ({"numeric": "N", "levels": "V"}, "On numbers"),
        ({"levels": "V"}, "On levels"),
        ({"numeric": "N"}, "On numbers"),
        ({}, ""),
    ],
)
def test_a_value_out_of_range_cites_its_rule_or_else_the_levels(
    fields: dict[str, str], source: str
) -> None:
    (fault,) = check(one(Answer("people", value=Decimal("1.5"))), _citing(**fields))
    assert (fault.code, fault.source) == ("value-out-of-range", source)
    assert fault.place == "innovations[0] (id 'i').answers[0].value"


# Eligibility.


def test_the_window_cites_each_of_its_rules() -> None:
    rules = evolve(
        SMALL.eligibility,
        sources=(
            Sourced("window_start", ("A",)),
            Sourced("window_end", ("B",)),
            Sourced("development_counts", ("C", "A")),
        ),
    )
    edition = evolve(SMALL, eligibility=rules)

    def reason(**fields: Any) -> Any:
        found = eligibility(Innovation("1", "N", "a", stage="application", **fields), edition)
        return found.reasons[0]

    late = reason(application_date=dt.date(2026, 1, 1), development_date=dt.date(2026, 3, 4))
    assert late.citations == ("A", "B", "C")
    assert late.message == (
        "first applied 2026-01-01, latest development 2026-03-04; "
        "the window is 2024-01-01 to 2025-12-31"
    )
    assert "latest development -;" in reason(application_date=dt.date(2023, 12, 31)).message
    never = reason()
    assert never.citations == ("A", "B", "C")
    assert never.message == (
        "the date of first application is not given; the window is 2024-01-01 to 2025-12-31"
    )


@pytest.mark.parametrize(
    ("applied", "developed", "inside"),
    [
        ((2024, 1, 1), None, True),
        ((2025, 12, 31), None, True),
        ((2023, 12, 31), None, False),
        ((2023, 12, 31), (2024, 1, 1), True),
        ((2023, 12, 31), (2025, 12, 31), True),
        ((2023, 12, 31), (2026, 1, 1), False),
        ((2023, 12, 31), (2023, 12, 31), False),
        ((2026, 1, 1), (2025, 1, 1), False),
    ],
)
def test_the_edges_of_the_window(applied: Any, developed: Any, inside: bool) -> None:
    innovation = Innovation(
        "1",
        "N",
        "a",
        application_date=dt.date(*applied),
        development_date=developed and dt.date(*developed),
    )
    codes = {str(reason.code) for reason in eligibility(innovation, SMALL).reasons}
    assert ("outside_window" not in codes) is inside


def test_a_mandatory_row_without_a_source_cites_the_rule_alone() -> None:
    rows = tuple(evolve(row, sources=()) for row in SMALL.indicators)
    reasons = eligibility(Innovation("1", "N", "a"), evolve(SMALL, indicators=rows)).reasons
    rows_empty = [r for r in reasons if r.code == "mandatory_row_not_answered"]
    assert [r.citations for r in rows_empty] == [("M",)] * 2
    assert dict(rows_empty[0].params) == {"indicator": "regulation", "name": "Regulasi"}


# Evidence of an accepted kind.


@pytest.mark.parametrize(
    ("types", "kinds", "file", "accepted"),
    [
        (("pdf",), None, "a.PDF", True),
        (("Pdf maks 10MB",), None, "a.pdf", True),
        (("Pdf maks 10MB",), None, "a.maks", False),
        (("jpeg",), None, "a.jpg", True),
        (None, ("PDF",), "a.pdf", True),
        (None, ("PDF",), "a.jpg", False),
        (None, ("Foto",), "a.jpeg", True),
        (None, ("Foto",), "a.pdf", False),
        (None, ("Dokumen foto",), "a.jpg", False),
        (None, ("Surat",), "a.exe", True),  # no ending tells a letter
        (("PDF",), ("Surat",), "a.exe", True),
        (("PDF",), ("Foto",), "a.png", True),
        (("PDF",), None, "a.", False),
        (("PDF",), None, "pdf", False),
        (("PDF",), None, " a.pdf ", True),
        ((), None, "anything", True),
    ],
)
def test_endings_that_count(types: Any, kinds: Any, file: str, accepted: bool) -> None:
    row = Indicator("outreach", Part.INNOVATION, "Sosialisasi", file_types=types, file_kinds=kinds)
    assert accepts(row, Evidence(file=file)) is accepted


# Pictures of what was given.


@pytest.mark.parametrize(
    ("value", "picture"),
    [
        ("x" * 60, repr("x" * 60)),
        ("x" * 61, repr("x" * 59 + "…")),
        (2**127 - 1, str(2**127 - 1)),
        (2**127, "a very large whole number"),
        (Decimal("1" * 60), "1" * 60),
        (Decimal("1" * 61), "1" * 59 + "…"),
        (Decimal("1.50"), "1.50"),
        (None, "nothing"),
        (VerdictStatus.ACCEPTED, "'accepted'"),
        (True, "True"),
        (1.5, "1.5 (a float)"),
        ({}, "a table"),
        (set(), "a list"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (object(), "an object of type object"),
    ],
)
def test_what_was_given_is_shown_short(value: object, picture: str) -> None:
    assert shown(value) == picture


@pytest.mark.parametrize(
    ("form", "given", "said"),
    [
        (Text(), 5, "expected text, not 5; write it in quotes"),
        (Text(), Decimal("1.5"), "expected text, not 1.5; write it in quotes"),
        (Text(), [], "expected text, not a list"),
        (Text(3), "abcd", "4 characters; at most 3 are allowed"),
        (Key(), " a", "' a' has spaces around it; leave them out"),
        (Whole(1, 8), 9, "9; allowed: 1 to 8"),
        (Number(), "1,5", "'1,5' is not a number; write 1.5"),
        (Number(), "x", "'x' is not a number"),
        (Number(Decimal(0)), -1, "-1; allowed: 0 or more"),
        (Number(None, Decimal(5)), 6, "6; allowed: … to 5"),
        (Number(Decimal(-90), Decimal(90)), "90.01", "90.01; allowed: -90 to 90"),
        (Many(Text(), tuple, 2), ["a"] * 3, "3 of them; at most 2 are allowed"),
    ],
)
def test_what_forms_say(form: Any, given: object, said: str) -> None:
    with pytest.raises(FormError) as caught:
        form.read(given)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("form", "given"),
    [
        (Text(3), "abc"),
        (Number(Decimal(-90), Decimal(90)), Decimal(90)),
        (Number(Decimal(-90), Decimal(90)), Decimal(-90)),
        (Number(), Decimal("9" * 30)),
        (Number(), Decimal("1e-30")),
        (Number(), "-" + "9" * 30 + "." + "9" * 30),
        (Number(), 10**29),
        (Whole(1, 8), 1),
        (Whole(1, 8), 8),
        (Many(Text(), tuple, 2), ("a", "b")),
    ],
)
def test_the_edges_that_forms_allow(form: Any, given: object) -> None:
    held = form.read(given)
    assert held == (Decimal(given) if isinstance(given, str) and form == Number() else given)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Decimal("1e30"), "too-many-digits"),
        (Decimal("1e-31"), "too-many-digits"),
        (10**30, "too-many-digits"),
        (2**120, "too-many-digits"),
        ("+" + "9" * 30 + "." + "9" * 31, "not-a-number"),
        ("1" * 150 + ",5", "not-a-number"),
    ],
)
def test_numbers_that_are_too_long(given: Any, code: str) -> None:
    with pytest.raises(FormError) as caught:
        Number().read(given)
    assert caught.value.code == code
    assert len(str(caught.value)) < 200


def test_a_set_is_written_in_order() -> None:
    region = Region("94", "Papua", "province", ["papua", "border", "underdeveloped"])
    assert to_plain(region)["clusters"] == ["border", "papua", "underdeveloped"]


# Hints and places.


def test_hints_are_spent() -> None:
    hints = Hints(5)
    known = ["regulation", "video"]
    assert hints.near("regulasion", known) == "; did you mean 'regulation'?"
    assert hints.near("regulasion", known) == "; did you mean 'regulation'?"
    assert hints.near("regulasion", known) == ""
    keys = {"regulasi": "'regulation'", "video": "'video'"}
    assert Hints(2).meant("regulas", keys) == "; did you mean 'regulation'?"
    assert Hints(1).meant("regulas", keys) == ""
    assert Hints(9).meant("regXXXsi", keys) == ""  # 5 of 8 letters are not close enough
    assert Hints(2).near("regulasion", known) == "; did you mean 'regulation'?"
    spent = Hints(3)
    assert [spent.meant("regulas", keys) for _ in range(3)] == [
        "; did you mean 'regulation'?",
        "",
        "",
    ]


def faults_of(cls: type, plain: Any) -> list[tuple[str, str]]:
    with pytest.raises(SubmissionError) as caught:
        from_plain(cls, plain)
    return [(fault.place, fault.code) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("x" * 60, "x" * 60),
        ("x" * 61, repr("x" * 59 + "…")),
        ("two words", "'two words'"),
        (3, "'3'"),
    ],
)
def test_names_in_places(name: Any, place: str) -> None:
    assert (place, "unknown-field") in faults_of(Evidence, {name: 1})


def test_a_fault_names_what_was_read() -> None:
    with pytest.raises(SubmissionError, match=r"^verdict: 1 fault\n"):
        from_plain(Verdict, {"status": "perhaps"})


def submission(**fields: Any) -> dict[str, Any]:
    region = {"code": "63.71", "name": "Kota", "kind": "city"}
    return {"region": region, "year": 2026, **fields}


def test_agencies_that_cannot_be_read_leave_no_strangers_behind() -> None:
    agencies: list[Any] = [{"id": "a", "name": "A"}, {"name": "B"}]
    innovations = [{"id": "1", "name": "N", "agency": "b"}]
    plain = submission(agencies=agencies, innovations=innovations)
    assert faults_of(Submission, plain) == [("agencies[1].id", "missing-field")]
    plain = submission(agencies=[agencies[0], 5], innovations=innovations)
    assert faults_of(Submission, plain) == [("agencies[1]", "wrong-type")]


def test_what_cannot_be_read_hides_no_double() -> None:
    answers = [{"level": 1}, {"indicator": "a", "level": 1}, {"indicator": "a", "level": 2}]
    assert faults_of(Submission, submission(answers=answers)) == [
        ("answers[0].indicator", "missing-field"),
        ("answers[2].indicator", "duplicate-indicator"),
    ]


def _ring(*ids: str) -> list[dict[str, str]]:
    return [
        {"id": one, "name": "N", "parent": above}
        for one, above in zip(ids, [*ids[1:], ids[0]], strict=True)
    ]


def test_a_circle_is_told_from_its_first_agency_and_not_to_its_end() -> None:
    with pytest.raises(SubmissionError) as caught:
        from_plain(Submission, submission(agencies=_ring("z", "a")))
    (fault,) = caught.value.faults
    assert (fault.place, fault.code) == ("agencies[0] (id 'z').parent", "parent-circle")
    assert fault.message == "is above itself: 'z' → 'a' → 'z'"
    ids = [f"a{n:02d}" for n in range(12)]
    with pytest.raises(SubmissionError) as caught:
        from_plain(Submission, submission(agencies=_ring(*ids)))
    (fault,) = caught.value.faults
    shown_ids = [repr(i) for i in [*ids[:10], ids[0]]]
    assert fault.message == f"is above itself: {' → '.join(shown_ids)}"


# Words that stand in files and databases: they stay.


def test_the_words_of_records_stay() -> None:
    from inovasi_index import records

    words = {
        "Basis": "claimed documented verified",
        "RegionKind": "province regency city",
        "Cluster": "underdeveloped border papua",
        "AgencyKind": "skpd puskesmas school village other",
        "EvidenceStatus": "pending accepted rejected",
        "VerdictStatus": "accepted rejected",
        "Cause": "not_answered no_evidence evidence_kind evidence_rejected pending rejected "
        "downgraded accepted",
        "ReasonCode": "stage_not_given stage_not_scored application_not_given outside_window "
        "design_not_given design_too_short mandatory_row_not_answered "
        "mandatory_row_without_evidence reported_too_often",
    }
    for name, values in words.items():
        assert [one.value for one in getattr(records, name)] == values.split(), name


@pytest.mark.parametrize(
    ("kind", "endings"),
    [
        ("Dokumen", "pdf doc docx odt xls xlsx ods ppt pptx odp"),
        ("Foto", "jpg jpeg png gif bmp webp heic tif tiff"),
        ("Gambar", "jpg jpeg png gif bmp webp heic tif tiff"),
    ],
)
def test_the_endings_of_a_kind(kind: str, endings: str) -> None:
    row = Indicator("outreach", Part.INNOVATION, "Sosialisasi", file_kinds=(kind,))
    for ending in endings.split():
        assert accepts(row, Evidence(file=f"a.{ending}")), ending
    for ending in ("mp4", "exe", "txt", "png" if kind == "Dokumen" else "pdf"):
        assert not accepts(row, Evidence(file=f"a.{ending}")), ending
