"""``inovasi-index template``, ``workbook`` and ``validate`` of a form that was filled in."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from running_commands import EXAMPLE, run

import inovasi_index as ii
from inovasi_index.cli import main

CITY = ii.read_submission(EXAMPLE)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_template_is_written_read_and_valid(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("template", "iid-2026", "-o", "form.xlsx", "--from", EXAMPLE, "--year", "2026")
    assert run(capsys, *words, "--language", "id") == (0, "ditulis: form.xlsx\n", "")
    form = ii.read_submission("form.xlsx", checked=True)
    assert (form.region, form.agencies) == (CITY.region, CITY.agencies)
    assert "Perangkat Daerah" in load_workbook("form.xlsx").sheetnames
    code, out, _ = run(capsys, "validate", "form.xlsx")
    assert (code, out) == (0, "valid under iid-2026: 0 innovations, no faults\n")


def test_an_empty_template_asks_for_the_region(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "template", "iid-2027", "--output=form.xlsx", "--json")
    assert code == 0
    assert json.loads(out) == {"format": "inovasi_index.template/1", "file": "form.xlsx"}
    code, _, err = run(capsys, "validate", "form.xlsx")
    assert code == 1
    assert "region.code" in err


def test_faults_of_a_form_are_named_by_sheet_and_cell(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "template", "iid-2026", "-o", "form.xlsx", "--from", EXAMPLE)
    book = load_workbook("form.xlsx")
    sheet = book["Innovations"]
    column = {cell.value: get_column_letter(n) for n, cell in enumerate(sheet[1], 1)}
    sheet["A2"], sheet["B2"], sheet["C2"] = "1", "Sapa Warga", "Dinas Kesehatann"
    stage = f"{column['Stage']}2"
    level = f"{column['16 Regulasi Inovasi Daerah']}2"
    sheet[stage], sheet[level] = "Penerapam", 7
    first = f"{column['First application']}2"
    sheet[first] = "2024-13-29"
    book.save("form.xlsx")
    # What cannot be read is named first, all of it.
    code, _, err = run(capsys, "validate", "form.xlsx")
    assert code == 1
    assert f"sheet 'Innovations', cell {first}, column 'First application': 2024-13-29 is" in err
    assert "sheet 'Innovations', cell C2, column 'Agency': there is no agency 'Dinas Keseh" in err
    sheet[first], sheet["C2"] = "2024-12-29", "Dinas Kesehatan"
    book.save("form.xlsx")
    code, out, _ = run(capsys, "validate", "form.xlsx", "--json")
    assert code == 1
    plain = json.loads(out)
    assert plain["ok"] is False
    found = {fault["code"]: fault for fault in plain["faults"]}
    assert len(found) == 2
    wrong = found["unknown-term"]
    assert wrong["place"] == f"sheet 'Innovations', cell {stage}, column 'Stage'"
    said = "unknown stage 'Penerapam'; did you mean 'application' ('Penerapan')?"
    assert wrong["message"].startswith(said)
    too_high = found["level-out-of-range"]
    assert too_high["place"].startswith(f"sheet 'Innovations', cell {level}, column '16 Reg")


def test_faults_of_a_document_keep_their_places(capsys: pytest.CaptureFixture[str]) -> None:
    text = Path(EXAMPLE).read_text(encoding="utf-8").replace('"vision_mission"', '"vision_mision"')
    Path("broken.toml").write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "validate", "broken.toml")
    assert code == 1
    assert "answers[0].indicator" in err
    assert "did you mean 'vision_mission'" in err


def test_a_workbook_of_one_region(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("workbook", EXAMPLE, "-o", "hasil.xlsx", "--basis", "claimed")
    assert run(capsys, *words, "--language", "id") == (0, "ditulis: hasil.xlsx\n", "")
    book = load_workbook("hasil.xlsx")
    assert book.sheetnames == [
        "Ringkasan",
        "Inovasi",
        "Level",
        "Perangkat Daerah",
        "Indikator",
        "Kesenjangan",
    ]


def test_a_workbook_of_several_regions_with_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    text = Path(EXAMPLE).read_text(encoding="utf-8").replace('"99.71"', '"99.72"')
    Path("other.toml").write_text(text, encoding="utf-8")
    words = ("workbook", EXAMPLE, "other.toml", "-o", "hasil.xlsx", "--target", "55", "--json")
    code, out, _ = run(capsys, *words)
    assert code == 0
    assert json.loads(out) == {"format": "inovasi_index.workbook/1", "file": "hasil.xlsx"}
    book = load_workbook("hasil.xlsx")
    assert [row[0] for row in book["Regions"].iter_rows(min_row=2, values_only=True)] == [
        "99.71",
        "99.72",
    ]
    codes = {row[0] for row in book["Plan"].iter_rows(min_row=2, values_only=True)}
    assert codes == {"99.71", "99.72"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["template", "iid-2062", "-o", "x.xlsx"], 1, "did you mean 'iid-2029'"),
        (["template", "iid-2026", "-o", "x.xls"], 1, "must end in .xlsx"),
        (["template", "iid-2026", "-o", "x.xlsx", "--year", "0"], 1, "0; allowed: 1000 to 9999"),
        (["template", "iid-2026", "-o", "x.xlsx", "--from", "x.xlsx"], 1, "is what is read"),
        (["workbook", "a.toml", "x.xlsx", "-o", "x.xlsx"], 1, "is what is read"),
        (["workbook", EXAMPLE, "-o", "x.csv"], 1, "must end in .xlsx"),
        (["workbook", EXAMPLE, "-o", "x.xlsx", "--target", "101"], 1, "101"),
        (["workbook", EXAMPLE, EXAMPLE, "-o", "x.xlsx"], 1, "99.71 occurs twice"),
        (["workbook", "nothing.toml", "-o", "x.xlsx"], 1, "nothing.toml"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    found, _, err = run(capsys, *words)
    assert found == code
    assert said in err
    assert not list(Path().iterdir())


@pytest.mark.parametrize("words", [["template", "iid-2026"], ["report", EXAMPLE]])
def test_a_folder_is_told_by_its_name(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    Path("out.xlsx").mkdir()
    assert run(capsys, *words, "-o", "out.xlsx") == (1, "", "error: out.xlsx: Is a directory\n")


def test_a_report_does_not_take_the_place_of_what_it_is_of(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copy(EXAMPLE, "kota.toml")
    code, _, err = run(capsys, "report", "kota.toml", "-o", "./kota.toml")
    assert (code, "is what is read" in err) == (1, True)
    assert ii.read_submission("kota.toml") == CITY


@pytest.mark.parametrize(
    "words", [["template", "iid-2026", "-o", "x.xlsx"], ["workbook", EXAMPLE, "-o", "x.xlsx"]]
)
def test_without_the_extra_it_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    code, _, err = run(capsys, *words)
    assert code == 3
    assert "pip install 'inovasi_index[spreadsheets]'" in err


@pytest.mark.parametrize("command", ["template", "workbook"])
def test_help_speaks_both_languages_on_a_narrow_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("COLUMNS", "56")
    for language, said in (("en", "file to write"), ("id", "berkas yang")):
        with pytest.raises(SystemExit) as left:
            main([command, "--language", language, "--help"])
        assert left.value.code == 0
        out = capsys.readouterr().out
        assert said in " ".join(out.split())
        # The choices of --basis are one word, which no terminal can fold.
        assert all(len(line) <= 56 for line in out.splitlines() if "{claimed" not in line)


def test_the_output_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["workbook", EXAMPLE])
    assert left.value.code == 2
    assert "-o" in capsys.readouterr().err
