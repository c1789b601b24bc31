"""The command line as people and programs meet it: output, exit codes, no tracebacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from running_commands import EXAMPLE, run

import inovasi_index as ii
from inovasi_index.cli import main
from inovasi_index.cli.output import printable, table_lines

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = ["project", "--region-points", "50", "--mean-maturity", "80"]
PROJECT += ["--innovations", "30", "--basic-affairs", "6"]


def test_score_prints_what_the_library_computes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "score", EXAMPLE)
    assert code == 0
    submission = ii.read_submission(EXAMPLE)
    for basis in ii.Basis:
        one = ii.score(submission, "iid-2026", basis=basis)["99.71"]
        assert str(one.index) in out
        assert one.band in out
    assert "33 innovations, divisor 33; 4 not eligible; 5 of 6 basic affairs covered" in out


def test_score_as_json_is_exact(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "score", EXAMPLE, "--json")
    plain = json.loads(out)
    one = ii.score(ii.read_submission(EXAMPLE), "iid-2026")["99.71"]
    assert plain["format"] == "inovasi_index.score/1"
    assert plain["bases"]["documented"]["index_exact"] == str(one.exact)
    assert plain["bases"]["documented"]["band"] == one.band


def test_both_languages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "terverifikasi" in run(capsys, "score", EXAMPLE, "--language", "id")[1]
    assert "terverifikasi" in run(capsys, "score", EXAMPLE, "--language=id")[1]
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    assert "terverifikasi" in run(capsys, "score", EXAMPLE)[1]
    monkeypatch.setenv("INOVASI_INDEX_LANGUAGE", "en")
    assert "verified" in run(capsys, "score", EXAMPLE)[1]


def test_help_speaks_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for words, said in (
        (["--help"], "Compute, explain and improve"),
        (["--language", "id", "--help"], "Menghitung, menjelaskan"),
        (["score", "--language", "id", "--help"], "berkas laporan"),
    ):
        with pytest.raises(SystemExit) as left:
            main(words)
        assert left.value.code == 0
        assert said in capsys.readouterr().out


def test_explain_adds_up_and_narrows_down(capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads(run(capsys, "explain", EXAMPLE, "--json")[1])
    assert whole["kind"] == "index"
    one = run(capsys, "explain", EXAMPLE, "--innovation", "jemput-sehat", "--language", "id")[1]
    assert "16. Regulasi Inovasi Daerah [regulation]" in one
    row = run(capsys, "explain", EXAMPLE, "--innovation", "jemput-sehat", "--indicator", "benefits")
    assert row[1].startswith("33. Kemanfaatan inovasi")
    assert "[A] Pedoman Umum" in row[1]


def test_validate_names_the_ineligible_but_passes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "validate", EXAMPLE)
    assert code == 0
    assert out.count("not eligible") == 4
    plain = json.loads(run(capsys, "validate", EXAMPLE, "--json")[1])
    assert plain["ok"] is True
    assert len(plain["ineligible"]) == 4


def test_editions_are_listed_shown_and_compared(capsys: pytest.CaptureFixture[str]) -> None:
    listed = run(capsys, "editions")[1]
    assert "2021" in listed
    assert "missing" in listed
    assert "predikat  " in run(capsys, "editions", "--language", "id")[1]
    assert {e["id"] for e in json.loads(run(capsys, "editions", "--json")[1])} == set(
        ii.available_editions()
    )
    shown = run(capsys, "editions", "iid-2026")[1]
    assert "Regulasi Inovasi Daerah" in shown
    assert "Sangat Inovatif: 65.01 … 100.00" in shown
    assert "Inovatif: ? … 65.00" in run(capsys, "editions", "iid-2025")[1]
    changed = run(capsys, "editions", "iid-2026", "--compare", "iid-2027")[1]
    assert "minimum_divisor" in changed
    plain = json.loads(run(capsys, "editions", "iid-2026", "--compare", "iid-2027", "--json")[1])
    assert any("minimum_divisor" in change["place"] for change in plain)
    assert len(json.loads(run(capsys, "editions", "iid-2026", "--json")[1])["indicators"]) == 40


def test_project_takes_decimal_commas(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--mean-maturity", "90,91", "--innovations", "137", "--basic-affairs", "6"]
    code, out, _ = run(capsys, "project", "--edition", "iid-2025", "--region-points", "51", *words)
    assert code == 0
    assert "Index 77.59 (Sangat Inovatif)" in out
    plain = run(
        capsys, "project", "--edition", "iid-2025", "--region-points", "51", *words, "--json"
    )[1]
    assert json.loads(plain)["index"] == "77.59"


def test_missing_values_can_be_supplied(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["score", EXAMPLE, "--edition", "iid-2027"]
    supply = ["--supply", "bands.very_innovative=65.01", "--supply", "bands.innovative=40,01"]
    _, out, err = run(capsys, *words, *supply, "--supply", "bands.less_innovative=0.01")
    assert "warning: iid-2027" in err
    assert "48.20" in out
    assert "?" not in out
    long = f"minimum_divisor={'9' * 5000}"
    for wrong in ("minimum_divisor", "minimum_divisor=x", "minimum_dividor=3", long):
        code, _, err = run(capsys, *words, "--supply", wrong)
        assert code == 1
        assert "minimum_divi" in err


def test_a_portal_download_is_summed_up_and_projected(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    headings = "Judul Inovasi;Admin OPD;Tahapan Inovasi;Urusan Utama;Kematangan"
    rows = [
        f"Inovasi {n};Dinas {n % 2} (d{n % 2});Penerapan;{affair};{70 + n}.00"
        for n, affair in enumerate(["pendidikan", "kesehatan", "sosial"] * 5)
    ]
    file = tmp_path / "inovasi.csv"
    file.write_text("\n".join([headings, *rows]), encoding="utf-8")
    words = ["portal", str(file), "--edition", "iid-2026"]
    code, out, _ = run(capsys, *words, "--region-points", "51,25", "--language", "id")
    assert code == 0
    assert "Penerapan" in out
    assert "77,00" in out
    # (51.25 + 77) / 250 × 100; three basic affairs earn no count points.
    assert "Indeks 51,30" in out
    plain = json.loads(run(capsys, *words, "--json")[1])
    assert plain["by_agency"]["Dinas 0"] == {"innovations": 8, "mean_maturity": "77"}
    assert plain["score"] is None
    file.write_text("\n".join([headings, *rows, "X;D (d);Penerapan;sosyal;3"]), encoding="utf-8")
    code, out, err = run(capsys, *words)
    assert code == 1
    assert "warning: " in err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["score", "missing.toml"], 1, "missing.toml"),
        (["score", "."], 1, "the name must end in"),
        (["score", EXAMPLE, "--supply", "bands.innovative=x"], 1, "--supply bands.innovative: 'x'"),
        (["score", EXAMPLE, "--edition", "idd-2026"], 1, "did you mean 'iid-2026'"),
        ([*PROJECT, "--edition", "iid-2022"], 3, "iid-2022: no source gives"),
        ([*PROJECT, "--edition", "iid-2026", "--innovations", "9" * 5000], 1, "--innovations: '99"),
        ([*PROJECT, "--edition", "iid-2026", "--basic-affairs", "-1"], 1, "--basic-affairs: '-1'"),
        (["explain", EXAMPLE, "--innovation", "jemput-sehad"], 1, "did you mean 'jemput-sehat'"),
        (["explain", EXAMPLE, "--indicator", "auditopinion"], 1, "did you mean 'audit_opinion'"),
    ],
)
def test_trouble_has_an_exit_code_and_no_traceback(
    capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    found, out, err = run(capsys, *words)
    assert found == code
    assert said in err
    assert "Traceback" not in out + err
    found, out, _ = run(capsys, *words, "--json")
    assert found == code
    plain = json.loads(out)
    assert plain["ok"] is False
    assert plain["faults"]


def test_every_fault_of_a_file_is_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(
        """
format = "inovasi_index.submission/1"
year = 2026
region = { code = "99.71", name = "Kota Contoh", kind = "city" }
agencies = [{ id = "dinkes", name = "Dinas Kesehatan" }]
[[innovations]]
id = "a"
name = "A"
agency = "dinkes"
answers = [{ indicator = "regulasion", level = 2 }, { indicator = "benefits", value = 3 }]
""",
        encoding="utf-8",
    )
    code, _, err = run(capsys, "validate", str(bad))
    assert code == 1
    assert "2 faults" in err
    assert "did you mean 'regulation'" in err
    plain = json.loads(run(capsys, "validate", str(bad), "--json")[1])
    assert [f["code"] for f in plain["faults"]] == ["unknown-indicator", "measure-missing"]


@pytest.mark.parametrize("words", [[], ["skore"], ["score"], ["score", EXAMPLE, "--base", "x"]])
def test_wrong_use_is_exit_code_two(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_period_warning_is_a_line_on_standard_error() -> None:
    command = [sys.executable, "-m", "inovasi_index", "score", EXAMPLE, "--edition", "iid-2027"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert "warning: " in done.stderr
    assert "2026" in done.stderr
    assert "Warning:" not in done.stderr


def test_an_unknown_band_is_shown_as_unknown() -> None:
    command = [sys.executable, "-m", "inovasi_index", "score", EXAMPLE, "--edition", "iid-2027"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert "? not classified" in done.stdout


def test_the_module_runs_and_a_closed_pipe_is_no_trouble() -> None:
    command = [sys.executable, "-m", "inovasi_index", "explain", EXAMPLE]
    whole = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert "Kota Contoh" in whole.stdout
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr is not None
        assert b"Traceback" not in running.stderr.read()


def printed(encoding: str, *words: str) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "inovasi_index", *words],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": encoding},
    ).stdout


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_what_an_encoding_lacks_is_no_trouble(encoding: str) -> None:
    """Windows writes files and pipes in a code page, which has no lines for tables."""
    assert b"53.21" in printed(encoding, "score", EXAMPLE)
    assert b"COMMAND" in printed(encoding, "--language", "id", "--help")
    plain = json.loads(printed(encoding, "editions", "iid-2026", "--json"))
    assert plain == json.loads(printed("utf-8", "editions", "iid-2026", "--json"))
    page = printed(encoding, "report", EXAMPLE, "-o", "-")
    assert page == printed("utf-8", "report", EXAMPLE, "-o", "-")


@pytest.mark.parametrize("width", [40, 60, 100])
def test_tables_fit_and_lose_nothing(width: int) -> None:
    head = ["key", "name", "points"]
    rows = [["regulation", "Regulasi Inovasi Daerah yang panjang sekali namanya", "3.00"]] * 2
    lines = table_lines(head, rows, width=width, right=[2])
    assert max(map(len, lines)) <= width
    words = " ".join(lines).split()
    assert words.count("Regulasi") == 2
    assert words.count("namanya") == 2


def test_a_table_that_cannot_fit_still_ends() -> None:
    lines = table_lines(["a" * 30, "b" * 30], [["c" * 90, "1" * 30]], width=10, right=[1])
    assert "".join("".join(lines).split()).count("c") == 90


def test_what_could_disturb_a_terminal_is_shown_as_dots() -> None:
    assert printable("a\x1b[2Jb\u202ec\n") == "a·[2Jb·c·"
