"""The Django form of the examples, used by Django's test client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from example_apps import EXAMPLES, load

import inovasi_index as ii

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("django", reason="the group 'examples' is not installed")

CITY = EXAMPLES / "kota-contoh.toml"
APP = load("django_form")


def post(path: Path, basis: str = "verified") -> Any:
    from django.test import Client

    with path.open("rb") as file:
        return Client().post("/", {"file": file, "basis": basis})


def test_the_form_is_shown() -> None:
    from django.test import Client

    page = Client().get("/")
    assert page.status_code == 200
    assert 'type="file"' in page.text
    assert "csrfmiddlewaretoken" in page.text


def test_posting_from_another_site_is_refused() -> None:
    from django.test import Client

    with CITY.open("rb") as file:
        assert Client(enforce_csrf_checks=True).post("/", {"file": file}).status_code == 403


def test_a_good_submission_is_scored_and_explained() -> None:
    page = post(CITY)
    assert page.status_code == 200
    assert "34,10" in page.text
    assert "Sangat Inovatif" in page.text
    explanation = ii.score(ii.read_submission(CITY), "iid-2026", basis=ii.Basis.VERIFIED)
    assert explanation["99.71"].explain().to_text("id").splitlines()[0] in page.text


def test_every_fault_is_an_error_with_its_code(tmp_path: Path) -> None:
    submission = ii.read_submission(CITY)
    first, second = submission.innovations[:2]
    bad = evolve(
        submission,
        innovations=[
            evolve(first, affair="helth"),
            evolve(second, answers=[ii.Answer("regulasion", level=1)]),
        ],
    )
    ii.write_submission(bad, tmp_path / "bad.json")
    page = post(tmp_path / "bad.json")
    assert page.status_code == 422
    assert "[unknown-affair]" in page.text
    assert "[unknown-indicator]" in page.text
    form = APP.SubmissionForm({"basis": "verified"}, {"file": upload(tmp_path / "bad.json")})
    assert not form.is_valid()
    assert [e.code for e in form.errors.as_data()["file"]] == [
        "unknown-affair",
        "unknown-indicator",
    ]


def upload(path: Path, name: str | None = None) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name or path.name, path.read_bytes())


@pytest.mark.parametrize(
    ("name", "code"),
    [("city.exe", "unknown-suffix"), ("city", "unknown-suffix"), ("city.xlsx", "not-xlsx")],
)
def test_files_of_another_kind_are_refused(name: str, code: str) -> None:
    form = APP.SubmissionForm({"basis": "claimed"}, {"file": upload(CITY, name)})
    assert [e.code for e in form.errors.as_data()["file"]] == [code]


def test_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(APP, "LARGEST_FILE", 100)
    form = APP.SubmissionForm({"basis": "claimed"}, {"file": upload(CITY)})
    assert [e.code for e in form.errors.as_data()["file"]] == ["file-too-large"]


def test_markup_in_a_submission_is_shown_as_text(tmp_path: Path) -> None:
    submission = ii.read_submission(CITY)
    region = evolve(submission.region, name="<script>alert(1)</script>")
    ii.write_submission(evolve(submission, region=region), tmp_path / "city.json")
    page = post(tmp_path / "city.json")
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text


def test_a_year_without_rules_is_refused_in_words(tmp_path: Path) -> None:
    region = ii.Region(code="99.71", name="Kota Contoh", kind="city")
    for year, said in ((1999, "unknown edition"), (2021, "region_points")):
        ii.write_submission(ii.Submission(region=region, year=year), tmp_path / "city.json")
        page = post(tmp_path / "city.json")
        assert page.status_code == 422
        assert said in page.text
