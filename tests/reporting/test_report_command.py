"""``inovasi-index report``: where it writes, in which language, and what it refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import inovasi_index as ii
from inovasi_index.cli import main
from inovasi_index.reporting import html_report

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "kota-contoh.toml"
CITY = ii.read_submission(EXAMPLE)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INOVASI_INDEX_LANGUAGE", "en")


def test_the_file_takes_the_name_of_the_submission(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(EXAMPLE), "--language", "id"]) == 0
    assert capsys.readouterr().out == "ditulis: kota-contoh.html\n"
    written = Path("kota-contoh.html").read_text(encoding="utf-8")
    assert written == html_report(CITY, "iid-2026", language="id")


def test_the_basis_and_the_place_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(EXAMPLE), "--basis", "verified", "-o", "x.html", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"format": "inovasi_index.report/1", "file": "x.html"}
    expected = html_report(CITY, "iid-2026", basis=ii.Basis.VERIFIED)
    assert Path("x.html").read_text(encoding="utf-8") == expected


def test_a_dash_writes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(EXAMPLE), "-o", "-"]) == 0
    assert capsys.readouterr().out == html_report(CITY, "iid-2026")
    assert not list(Path().iterdir())


def test_a_submission_with_faults_leaves_an_old_report(capsys: pytest.CaptureFixture[str]) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace('"vision_mission"', '"vision_mision"')
    Path("broken.toml").write_text(text, encoding="utf-8")
    Path("broken.html").write_text("old", encoding="utf-8")
    assert main(["report", "broken.toml"]) == 1
    assert "did you mean 'vision_mission'" in capsys.readouterr().err
    assert Path("broken.html").read_text(encoding="utf-8") == "old"


def test_a_folder_that_is_missing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(EXAMPLE), "-o", "missing/x.html"]) == 1
    assert "missing" in capsys.readouterr().err


def test_a_copy_elsewhere_gives_the_same_report() -> None:
    shutil.copy(EXAMPLE, "copy.toml")
    assert main(["report", "copy.toml"]) == 0
    assert Path("copy.html").read_text(encoding="utf-8") == html_report(CITY, "iid-2026")
