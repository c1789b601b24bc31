"""What the constructors of records accept, convert and refuse."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from strategies import submissions_of_any_form

from inovasi_index.errors import BadValueError
from inovasi_index.records import (
    Agency,
    AgencyKind,
    Answer,
    Cluster,
    Evidence,
    EvidenceStatus,
    Innovation,
    Region,
    RegionKind,
    Submission,
    Verdict,
)
from inovasi_index.records.forms import Form, FormError

NAN, INFINITY = float("nan"), float("inf")
REGION = Region(code="63.71", name="Kota Banjarmasin", kind="city")


def innovation(**fields: Any) -> Innovation:
    return Innovation(**{"id": "1", "name": "Sapa", "agency": "dinkes"} | fields)


def answer(**fields: Any) -> Answer:
    return Answer(**{"indicator": "regulation"} | fields)


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        (True, "wrong-type"),
        (False, "wrong-type"),
        (np.True_, "wrong-type"),
        (2.5, "wrong-type"),
        (2.0, "wrong-type"),
        (NAN, "wrong-type"),
        ("2", "wrong-type"),
        (Decimal(2), "wrong-type"),
        (Fraction(2), "wrong-type"),
        ([2], "wrong-type"),
        (-1, "out-of-range"),
        (10, "out-of-range"),
        pytest.param(10**5000, "out-of-range", id="huge"),
    ],
)
def test_level_is_a_whole_number_from_0_to_9(given_: Any, code: str) -> None:
    for build in (lambda: answer(level=given_), lambda: Verdict("accepted", given_)):
        with pytest.raises(FormError, match=r"^(Answer|Verdict)\.level: ") as caught:
            build()
        assert caught.value.code == code
        assert "0 to 9" in str(caught.value)
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize("level", [0, 4, 9, np.int64(3), np.uint8(3)])
def test_level_is_held_as_python_int(level: Any) -> None:
    assert type(answer(level=level).level) is int
    assert answer(level=level).level == level


@pytest.mark.parametrize(
    ("given_", "held"),
    [
        (27, "27"),
        (np.int64(27), "27"),
        ("87.50", "87.50"),
        ("-50.32", "-50.32"),
        (0.1, "0.1"),
        (np.float64(0.1), "0.1"),
        (1e22, "1E+22"),
        (Decimal("4.10"), "4.10"),
    ],
)
def test_value_is_held_as_exact_decimal(given_: Any, held: str) -> None:
    value = answer(value=given_).value
    assert type(value) is Decimal
    assert str(value) == held


@pytest.mark.parametrize(
    ("given_", "code", "says"),
    [
        (True, "wrong-type", "expected a number, not True"),
        (Fraction(1, 3), "wrong-type", "Fraction"),
        (np.float32(0.1), "wrong-type", "float32"),
        ([1], "wrong-type", "a list"),
        (NAN, "not-finite", "NaN"),
        (-INFINITY, "not-finite", "-Infinity"),
        (Decimal("sNaN"), "not-finite", "sNaN"),
        ("nan", "not-a-number", "'nan' is not a number"),
        ("", "not-a-number", "'' is not a number"),
        ("1e5", "not-a-number", "'1e5' is not a number"),
        (" 27", "not-a-number", "is not a number"),
        ("٣", "not-a-number", "is not a number"),
        ("87,5", "not-a-number", "write 87.5"),
        ("27 orang", "number-with-unit", "without its unit"),
        ("87,5 %", "number-with-unit", "without its unit"),
        ("87.5%", "number-with-unit", "without its unit"),
        ("9" * 61, "too-many-digits", "digits"),
        ("9" * 90, "not-a-number", "is not a number"),
        (10**31, "too-many-digits", "digits"),
        pytest.param(10**5000, "too-many-digits", "a very large whole number", id="huge"),
        (Decimal("1e999999999"), "too-many-digits", "digits"),
        (Decimal("1e-31"), "too-many-digits", "digits"),
        (5e-324, "too-many-digits", "digits"),
    ],
)
def test_value_is_a_finite_number_without_a_unit(given_: Any, code: str, says: str) -> None:
    with pytest.raises(FormError, match=r"^Answer\.value: ") as caught:
        answer(value=given_)
    assert caught.value.code == code
    assert says in str(caught.value)


def test_answer_has_exactly_one_of_level_and_value() -> None:
    with pytest.raises(BadValueError, match="exactly one of level, value; none is"):
        answer()
    with pytest.raises(BadValueError, match="exactly one of level, value; both are"):
        answer(level=2, value=Decimal(27))


@pytest.mark.parametrize("share", [0, 1, 0.25, Decimal("0.25"), np.float64(1.0)])
def test_survival_is_held_as_float(share: Any) -> None:
    assert type(answer(level=1, survival=share).survival) is float
    assert answer(level=1, survival=share).survival == share


@pytest.mark.parametrize(
    ("share", "code"),
    [
        (-0.01, "out-of-range"),
        (1.01, "out-of-range"),
        (INFINITY, "out-of-range"),
        pytest.param(10**400, "out-of-range", id="huge"),
        (NAN, "not-finite"),
        (Decimal("NaN"), "not-finite"),
        (Decimal("sNaN"), "not-finite"),
        (True, "wrong-type"),
        ("0.5", "wrong-type"),
    ],
)
def test_survival_is_a_probability(share: Any, code: str) -> None:
    with pytest.raises(FormError) as caught:
        answer(level=1, survival=share)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("field", "given_", "code"),
    [
        ("id", "", "empty"),
        ("id", "  ", "empty"),
        ("id", 4, "wrong-type"),
        ("id", None, "wrong-type"),
        ("id", " 1", "outer-spaces"),
        ("id", "a\nb", "control-characters"),
        ("id", "a\u202eb", "control-characters"),
        ("id", "a\x00b", "control-characters"),
        ("id", "\ud800", "not-unicode"),
        ("id", "x" * 501, "text-too-long"),
        ("name", "", "empty"),
        ("name", " \t", "empty"),
        ("name", "x" * 100_001, "text-too-long"),
        ("stage", "", "empty"),
        ("goals", "x" * 100_001, "text-too-long"),
        ("goals", "\udfff", "not-unicode"),
        ("goals", b"text", "wrong-type"),
        ("asta_cita", 0, "out-of-range"),
        ("asta_cita", 9, "out-of-range"),
        ("asta_cita", "3", "wrong-type"),
        ("times_reported", 0, "out-of-range"),
        ("design_words", -1, "out-of-range"),
        ("design_words", 10**7, "out-of-range"),
        ("latitude", Decimal("90.01"), "out-of-range"),
        ("latitude", -91, "out-of-range"),
        ("longitude", 180.5, "out-of-range"),
        ("trial_date", "2025-02-30", "impossible-date"),
        ("trial_date", "2025-13-01", "impossible-date"),
        ("trial_date", "30-12-2024", "bad-date"),
        ("trial_date", "20241230", "bad-date"),
        ("trial_date", "2024-W01-1", "bad-date"),
        ("trial_date", dt.datetime(2024, 5, 1, 12), "wrong-type"),  # noqa: DTZ001
        ("trial_date", 2024, "wrong-type"),
        ("intersecting_affairs", "health", "wrong-type"),
        ("intersecting_affairs", {"health"}, "wrong-type"),
        ("intersecting_affairs", {"health": 1}, "wrong-type"),
        ("intersecting_affairs", 3, "wrong-type"),
        ("intersecting_affairs", ["health", ""], "empty"),
        ("intersecting_affairs", ["health"] * 10_001, "too-many"),
        ("answers", [None], "wrong-type"),
        ("answers", [{"indicator": "regulation", "level": 1}], "wrong-type"),
    ],
)
def test_field_of_wrong_form_is_refused_by_name(field: str, given_: Any, code: str) -> None:
    with pytest.raises(BadValueError, match=rf"^Innovation\.{field}: ") as caught:
        innovation(**{field: given_})
    assert isinstance(caught.value, FormError)
    assert caught.value.code == code
    assert len(str(caught.value)) < 200


def test_texts_may_hold_what_people_type() -> None:
    odd = "Ā\u202e<b>\n=1+1\x00 ✓"
    sapa = innovation(goals=odd, name=f" {odd * 99} ")
    assert sapa.goals == odd
    assert sapa.name == f" {odd * 99} "


def test_iso_text_becomes_a_day() -> None:
    assert innovation(trial_date="2024-02-29").trial_date == dt.date(2024, 2, 29)


def test_enumerations_are_read_by_value_with_near_misses() -> None:
    assert REGION.kind is RegionKind.CITY
    assert Region("1", "N", "city", clusters=["papua", Cluster.BORDER]).clusters == {
        Cluster.PAPUA,
        Cluster.BORDER,
    }
    assert Agency("p", "Puskesmas", kind="puskesmas").kind is AgencyKind.PUSKESMAS
    with pytest.raises(BadValueError, match=r"'town' is not one of province, regency, city"):
        Region("1", "N", "town")
    with pytest.raises(BadValueError, match="did you mean 'accepted'"):
        Verdict("acepted")
    with pytest.raises(BadValueError, match="expected one of pending"):
        Evidence(status=1)  # type: ignore[arg-type]
    with pytest.raises(BadValueError, match=r"Region\.clusters: expected a list, not 'papua'"):
        Region("1", "N", "city", clusters="papua")


@pytest.mark.parametrize("year", [999, 10_000, "2026", 2026.0, True])
def test_year_has_four_digits(year: Any) -> None:
    with pytest.raises(BadValueError, match=r"Submission\.year"):
        Submission(REGION, year)


def test_region_points_are_not_negative() -> None:
    assert Submission(REGION, 2026, region_points=51).region_points == 51
    with pytest.raises(BadValueError, match="allowed: 0 or more"):
        Submission(REGION, 2026, region_points=Decimal(-1))


def test_10_000_innovations_are_the_limit() -> None:
    many = [innovation(id=str(n)) for n in range(10_001)]
    assert len(Submission(REGION, 2026, innovations=many[1:]).innovations) == 10_000
    with pytest.raises(BadValueError, match=r"Submission\.innovations: 10001 .* at most 10000"):
        Submission(REGION, 2026, innovations=many)


def test_change_makes_a_new_record_and_reads_its_form_again() -> None:
    one = answer(level=2)
    assert attrs.evolve(one, level=3) == answer(level=3)
    assert one.level == 2
    with pytest.raises(BadValueError, match="whole number"):
        attrs.evolve(one, level=True)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.level = 3  # type: ignore[misc]


@given(submissions_of_any_form())
def test_records_are_values(submission: Submission) -> None:
    twin = pickle.loads(pickle.dumps(submission))  # noqa: S301 - our own bytes
    assert twin == submission
    assert hash(twin) == hash(submission)
    assert {submission, twin} == {submission}


def test_form_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(FormError("no", "bad-date")))  # noqa: S301
    assert (str(error), error.code) == ("no", "bad-date")


def test_evidence_tells_its_file_type() -> None:
    types = {
        "a.pdf": "PDF",
        "a.b.Jpeg ": "JPEG",
        "README": None,
        "a.": None,
        "": None,
        None: None,
    }
    assert {name: Evidence(file=name).file_type for name in types} == types
    assert not Evidence(title="Foto").is_attached
    assert Evidence(file="a").is_attached
    assert Evidence(url="https://example.org").is_attached


def test_what_is_not_said_is_empty() -> None:
    nothing = Evidence()
    assert (nothing.title, nothing.file, nothing.url, nothing.note) == ("", None, None, "")
    assert nothing.status is EvidenceStatus.PENDING
    assert Verdict("rejected").note == ""


def test_design_words_are_counted_in_the_text() -> None:
    assert innovation(design="satu  dua\ntiga", design_words=300).n_design_words == 3
    assert innovation(design="").n_design_words == 0
    assert innovation(design_words=300).n_design_words == 300
    assert innovation().n_design_words is None


def test_answer_and_innovation_are_found_by_key() -> None:
    one, two = answer(level=1), Answer("vision", level=2)
    sapa = innovation(answers=[one])
    submission = Submission(REGION, 2026, innovations=[sapa], answers=[two])
    assert submission.innovation("1") is sapa
    assert sapa.answer("regulation") is one
    assert sapa.answer("vision") is None
    assert submission.answer("vision") is two
    assert submission.answer("regulation") is None
    with pytest.raises(LookupError, match="unknown innovation '2'; known: 1"):
        submission.innovation("2")


def test_each_form_says_its_own() -> None:
    with pytest.raises(NotImplementedError):
        Form().read("x")
    with pytest.raises(NotImplementedError):
        Form().schema()
