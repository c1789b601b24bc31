"""A submission that is written reads as the same one."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import SMALL, submissions, submissions_of_any_form

import inovasi_index as ii
from inovasi_index.errors import BadValueError
from inovasi_index.io.documents import json_document, toml_document
from inovasi_index.io.sheets import csv_text, read_csv
from inovasi_index.records import Agency, Answer, Evidence, Innovation, Region, Submission, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hypothesis.strategies import DrawFn

# One folder serves all the examples: each writes its files anew.
with_files = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

CELL_TEXTS = (st.text(max_size=20) | st.text("=+-@'\t\r\n,;\"|<>[] \\x005F_D", max_size=10)).map(
    str.strip
)
SURVIVAL = st.none() | st.floats(0, 1)


@st.composite
def submissions_for_cells(draw: DrawFn) -> Submission:
    """Submissions of a small edition with texts that are hard on a table."""

    def answer(given: Answer) -> Answer:
        texts = {name: draw(CELL_TEXTS) for name in ("title", "note")}
        evidence = [Evidence(file=draw(CELL_TEXTS) or None, **texts) for _ in given.evidence[:2]]
        verdict = given.verdict and evolve(given.verdict, note=draw(CELL_TEXTS))
        value = given.value and draw(
            st.just(given.value) | st.decimals(allow_nan=False, allow_infinity=False, places=9)
        )
        if value is not None and abs(value) > 10**20:
            value = given.value
        return evolve(
            given, evidence=evidence, verdict=verdict, value=value, survival=draw(SURVIVAL)
        )

    def innovation(given: Innovation) -> Innovation:
        names = ("initiator_name", "design", "goals", "benefits", "results")
        texts: Any = {name: draw(st.none() | CELL_TEXTS) for name in names}
        degrees = st.none() | st.decimals(-90, 90, places=3)
        return evolve(
            given,
            answers=[answer(a) for a in given.answers],
            latitude=draw(degrees),
            longitude=draw(degrees),
            **texts,
        )

    drawn = draw(submissions(SMALL, max_innovations=2))
    return evolve(
        drawn,
        innovations=[innovation(i) for i in drawn.innovations],
        answers=[answer(a) for a in drawn.answers],
    )


def as_cells_hold(value: Any, *, spreadsheet: bool) -> Any:
    """What a table keeps of plain data: no empty texts, answers in the order of the edition."""
    order = {indicator.key: n for n, indicator in enumerate(SMALL)}
    match value:
        case dict():
            inner = {k: as_cells_hold(v, spreadsheet=spreadsheet) for k, v in value.items()}
            if "answers" in inner:
                inner["answers"].sort(key=lambda a: order[a["indicator"]])
            return {k: v for k, v in inner.items() if v not in ("", None)}
        case list():
            return [as_cells_hold(item, spreadsheet=spreadsheet) for item in value]
        case str() if spreadsheet:
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()
        case str():
            return value.strip()
        case _:
            return value


@with_files
@given(submission=submissions_of_any_form())
@pytest.mark.parametrize("ending", ["toml", "json"])
def test_documents_lose_nothing(tmp_path: Path, ending: str, submission: Submission) -> None:
    path = tmp_path / f"file.{ending}"
    ii.write_submission(submission, path)
    again = ii.read_submission(path)
    assert again == submission
    assert again.to_dict() == submission.to_dict()


@with_files
@given(submission=submissions_for_cells())
def test_csv_keeps_every_field(tmp_path: Path, submission: Submission) -> None:
    path = tmp_path / "file.csv"
    ii.write_submission(submission, path, edition=SMALL)
    again = ii.read_submission(path, edition=SMALL)
    expected = as_cells_hold(submission.to_dict(), spreadsheet=False)
    assert as_cells_hold(again.to_dict(), spreadsheet=False) == expected


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inner)


@settings(with_files, max_examples=25)
@given(submission=submissions_for_cells())
def test_spreadsheets_keep_every_field(tmp_path: Path, submission: Submission) -> None:
    path = tmp_path / "file.xlsx"
    expected = as_cells_hold(submission.to_dict(), spreadsheet=True)
    text = "".join(texts_in(expected))
    controls = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
    try:
        ii.write_submission(submission, path, edition=SMALL)
    except BadValueError:
        # Also one that is stripped with the blanks around a text.
        assert controls.search("".join(texts_in(submission.to_dict())))
        return
    assert not controls.search(text)
    again = ii.read_submission(path, edition=SMALL)
    assert as_cells_hold(again.to_dict(), spreadsheet=True) == expected


def test_documents_say_their_version() -> None:
    submission = Submission(Region("99.71", "Kota Contoh", "city"), 2026)
    version = "inovasi_index.submission/1"
    assert tomllib.loads(toml_document(submission))["format"] == version
    assert json.loads(json_document(submission))["format"] == version


def test_json_holds_numbers_digit_by_digit() -> None:
    digits = "0.123456789012345678901"
    values = ["1.10", "27", "0.1", digits]
    answers = [Answer(f"row_{n}", value=Decimal(v)) for n, v in enumerate(values)]
    submission = Submission(Region("99.71", "Kota Contoh", "city"), 2026, answers=answers)
    written = [a["value"] for a in json.loads(json_document(submission))["answers"]]
    assert written == [1.1, 27, 0.1, digits]
    assert [type(value) for value in written] == [float, int, float, str]


def a_submission(**fields: Any) -> Submission:
    return Submission(
        Region("99.71", "Kota Contoh", "city"),
        fields.pop("year", 2026),
        agencies=[Agency("dinkes", "Dinas Kesehatan")],
        innovations=[Innovation("sapa", fields.pop("name", "Sapa"), "dinkes", **fields)],
    )


def test_csv_columns_stand_in_official_order(tmp_path: Path) -> None:
    answers = [
        Answer("quality_video", level=3, evidence=[Evidence(url="https://x.example")]),
        Answer("regulation", level=2, verdict=Verdict("accepted", 1)),
        Answer("benefits", value=Decimal(640), measure="a"),
    ]
    path = tmp_path / "kota.csv"
    ii.write_submission(a_submission(answers=answers, benefits="Lekas"), path)
    headings = path.read_text().splitlines()[0]
    assert headings == (
        "id,name,agency,profile.benefits,regulation,regulation.verdict,"
        "benefits.value,benefits.measure,quality_video,quality_video.evidence"
    )
    assert {f.name for f in tmp_path.iterdir()} == {
        "kota.csv",
        "kota.region.csv",
        "kota.agencies.csv",
    }


def test_rows_that_the_edition_does_not_have_are_written_after_the_others(tmp_path: Path) -> None:
    answers = [Answer("ours", level=1), Answer("video", level=1), Answer("regulation", level=1)]
    path = tmp_path / "kota.csv"
    ii.write_submission(a_submission(answers=answers, year=2031), path, edition=SMALL)
    assert path.read_text().splitlines()[0] == "id,name,agency,regulation,video,ours"
    # No edition is shipped for that year, so any key is taken until one is given.
    assert [a.indicator for a in ii.read_submission(path).innovations[0].answers] == [
        "regulation",
        "video",
        "ours",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "'=1", "''-", "\t=1", "'", "'a"])
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(tmp_path: Path, text: str) -> None:
    from openpyxl import load_workbook

    csv, xlsx = tmp_path / "kota.csv", tmp_path / "kota.xlsx"
    submission = a_submission(name=text.strip())
    for path in (csv, xlsx):
        ii.write_submission(submission, path)
        assert ii.read_submission(path) == submission
    cell = csv.read_text().splitlines()[1].split(",")[1]
    assert cell.strip()[0] not in "=+-@"
    written = load_workbook(xlsx)["innovations"]["B2"]
    assert (written.value, written.data_type) == (text.strip(), "s")


@pytest.mark.parametrize(
    "text", ["a_x000D_b", "_x0041_", "_x005F_", "_x005F_x000D_", "__x005F_x005F_", "x005F_"]
)
def test_what_looks_like_a_code_of_spreadsheets_is_kept(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kota.xlsx"
    ii.write_submission(a_submission(name=text), path)
    assert ii.read_submission(path).innovations[0].name == text


def test_numbers_are_written_as_numbers_in_spreadsheets(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    long = Decimal("0.123456789012345678901")
    answers = [Answer("regulation", level=2), Answer("benefits", value=long, measure="f")]
    path = tmp_path / "kota.xlsx"
    submission = a_submission(answers=answers, latitude=Decimal("-3.319"))
    ii.write_submission(submission, path)
    assert ii.read_submission(path) == submission
    row = [cell.value for cell in load_workbook(path)["innovations"][2]]
    assert row == ["sapa", "Sapa", "dinkes", -3.319, 2, str(long), "f"]


@pytest.mark.parametrize(
    ("text", "message"),
    [("x" * 32_768, "32768 characters"), ("a\x00b", "control characters")],
)
def test_what_a_spreadsheet_cannot_hold_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "kota.xlsx"
    with pytest.raises(BadValueError, match=message) as caught:
        ii.write_submission(a_submission(design=text), path)
    assert str(caught.value).startswith("sheet 'innovations', row 2: ")
    assert not list(tmp_path.iterdir())


def test_a_failed_write_leaves_the_old_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kota.csv"
    ii.write_submission(a_submission(), path)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}

    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(OSError, match=r"no space left.*kota\.csv"):
        ii.write_submission(a_submission(name="Lain"), path)
    monkeypatch.undo()
    path.with_name("kota.region.csv").unlink()
    path.with_name("kota.region.csv").mkdir()
    del before[path.with_name("kota.region.csv")]
    with pytest.raises(IsADirectoryError, match=r"'[^']*kota\.region\.csv'$"):
        ii.write_submission(a_submission(name="Lain"), path)
    path.with_name("kota.region.csv").rmdir()
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_writing_keeps_to_the_modes_of_new_files(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    path = tmp_path / "kota.toml"
    ii.write_submission(a_submission(), str(path))
    assert path.stat().st_mode == plain.stat().st_mode


@pytest.mark.skipif(os.name != "posix", reason="others have no modes for groups")
def test_a_file_that_others_may_not_read_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "kota.json"
    ii.write_submission(a_submission(), path)
    for mode in (0o600, 0o640, 0o400):
        path.chmod(mode)
        ii.write_submission(a_submission(), path)
        assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_or_device_is_not_replaced(tmp_path: Path) -> None:
    path, link = tmp_path / "kota.json", tmp_path / "link.json"
    os.mkfifo(path)
    link.symlink_to(path)
    for name in (path, link):
        with pytest.raises(FileExistsError, match=r"not a regular file.*json'"):
            ii.write_submission(a_submission(), name)
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert sorted(tmp_path.iterdir()) == [path, link]


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    from inovasi_index.io.files import write_all

    with pytest.raises(BadValueError, match="half a character"):
        write_all({tmp_path / "file": "\ud800"})


def test_a_folder_that_is_not_there_is_told_by_the_name_that_was_given(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        ii.write_submission(a_submission(), tmp_path / "nowhere" / "city.toml")
    assert caught.value.filename == str(tmp_path / "nowhere" / "city.toml")


@with_files
@given(lines=st.lists(st.lists(CELL_TEXTS.filter(bool), min_size=2, max_size=4), min_size=1))
def test_csv_text_is_read_back_cell_by_cell(tmp_path: Path, lines: list[list[str]]) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(csv_text([["a", "b"], *lines]).encode())
    read = [list(row.cells.values()) for row in read_csv(path).rows]
    assert read[1:] == lines


@pytest.mark.parametrize("number", ["0.43811236875976356", "0.1", "0.30000000000000004", "1e-17"])
def test_spreadsheets_keep_every_digit(tmp_path: Path, number: str) -> None:
    answer = Answer("regulation", level=2, survival=float(number))
    region = Region("99.71", "Kota Contoh", "city")
    one = Innovation("1", "Sapa", "a", answers=[answer], latitude=Decimal("0.12345678901234567"))
    submission = Submission(region, 2026, agencies=[Agency("a", "A")], innovations=[one])
    path = tmp_path / "kota.xlsx"
    ii.write_submission(submission, path)
    assert ii.read_submission(path) == submission
