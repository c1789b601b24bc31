"""Files that are not what their names say: a clear error with all the faults, never a guess."""

from __future__ import annotations

import contextlib
import json
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import inovasi_index as ii
from inovasi_index.errors import BadValueError, FaultsError, FileFormatError, MissingExtraError
from inovasi_index.io import limits

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[2] / "examples" / "kota-contoh.csv"
REGION = "item,value\nyear,2026\nregion.code,99.71\nregion.name,Kota Contoh\nregion.kind,city\n"
HEADINGS = "id,name,agency"


def faults_of(path: Path, **options: Any) -> list[tuple[str, str]]:
    """The codes and places of the faults of a file, with checks that hold for any."""
    with pytest.raises(FaultsError) as caught:
        ii.read_submission(path, **options)
    error = caught.value
    assert isinstance(error, ValueError)
    assert str(error).startswith(str(path))
    assert len(str(error)) < 2000 * len(error.faults)
    assert all(fault.message for fault in error.faults)
    return [(fault.code, fault.place) for fault in error.faults]


def message_of(path: Path, **options: Any) -> str:
    with pytest.raises(FaultsError) as caught:
        ii.read_submission(path, **options)
    (fault,) = caught.value.faults
    return fault.message


def csv_file(folder: Path, innovations: str, region: str = REGION) -> Path:
    path = folder / "kota.csv"
    path.write_text(innovations, encoding="utf-8", newline="")
    (folder / "kota.region.csv").write_text(region, encoding="utf-8", newline="")
    return path


def xlsx_file(folder: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "kota.xlsx"
    book.save(path)
    return path


def sheets(innovations: list[list[Any]]) -> dict[str, list[list[Any]]]:
    region = [line.split(",") for line in REGION.splitlines()]
    return {"innovations": innovations, "region": region}


# --- any file ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kota.yaml", "kota", "kota.xls", "kota.toml.bak"])
def test_other_endings_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("year = 2026")
    assert faults_of(path) == [("unknown-suffix", "")]
    with pytest.raises(FileFormatError, match=r"\.toml, \.json, \.csv, \.xlsx"):
        ii.write_submission(ii.read_submission(EXAMPLE), path)


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    path = tmp_path / "KOTA.TOML"
    ii.write_submission(ii.read_submission(EXAMPLE), path)
    assert ii.read_submission(path) == ii.read_submission(EXAMPLE)


@pytest.mark.parametrize("ending", ["toml", "json", "csv", "xlsx"])
def test_a_file_that_is_not_there_is_the_usual_error(tmp_path: Path, ending: str) -> None:
    with pytest.raises(FileNotFoundError):
        ii.read_submission(tmp_path / f"kota.{ending}")


@pytest.mark.parametrize("ending", ["toml", "json", "csv", "xlsx"])
@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\n", b"\0\0"])
def test_empty_files_are_refused(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"kota.{ending}"
    path.write_bytes(data)
    assert faults_of(path) == [("empty-file", "")]


@pytest.mark.parametrize("ending", ["toml", "json", "csv", "xlsx"])
def test_folders_are_refused(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"kota.{ending}"
    path.mkdir()
    with pytest.raises(OSError, match="kota"):
        ii.read_submission(path)


def test_large_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inovasi_index.io.files.MAX_FILE_BYTES", 1000)
    path = tmp_path / "kota.toml"
    path.write_text("# " + "x" * 998)
    assert faults_of(path) != [("file-too-large", "")]
    path.write_text("# " + "x" * 999)
    assert faults_of(path) == [("file-too-large", "")]


@pytest.mark.parametrize("ending", ["toml", "json", "csv"])
@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("a = 'ä'\n".encode("utf-16"), ""),
        ("# satu\n# dua é".encode("cp1252"), "line 2"),
        (b"# satu\n\xff", "line 2"),
    ],
)
def test_other_encodings_are_refused(tmp_path: Path, ending: str, data: bytes, place: str) -> None:
    path = tmp_path / f"kota.{ending}"
    path.write_bytes(data)
    assert faults_of(path) == [("wrong-encoding", place)]


@pytest.mark.parametrize("ending", ["toml", "json", "csv"])
def test_a_byte_order_mark_does_not_matter(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"kota.{ending}"
    ii.write_submission(ii.read_submission(EXAMPLE), path)
    for file in tmp_path.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert ii.read_submission(path) == ii.read_submission(EXAMPLE)


# --- documents --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("k.toml", "year = ", "not-toml"),
        ("k.toml", "year = 1\nyear = 2", "not-toml"),
        ("k.toml", "a = " + "[" * 5000, "not-toml"),
        ("k.json", "{", "not-json"),
        ("k.json", '{"year": 2026, "year": 2027}', "not-json"),
        ("k.json", "[" * 100_000, "not-json"),
        ("k.json", '{"year": ' + "9" * 5000 + "}", "not-json"),
        ("k.json", '{"year": 1e99999999999999999999}', "not-json"),
        ("k.json", "[]", "wrong-type"),
        ("k.json", '"year"', "wrong-type"),
        ("k.toml", 'format = "inovasi_index.submission/2"', "unknown-format"),
        ("k.json", '{"format": null}', "unknown-format"),
    ],
)
def test_broken_documents_are_refused(tmp_path: Path, name: str, text: str, code: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    ((found, _),) = faults_of(path)
    assert found == code


def test_the_place_of_a_syntax_error_is_named(tmp_path: Path) -> None:
    path = tmp_path / "k.toml"
    path.write_text("year = 2026\nregion = = 1\n")
    assert "line 2" in message_of(path)


def test_all_faults_of_a_document_come_together(tmp_path: Path) -> None:
    document: dict[str, Any] = {
        "format": "inovasi_index.submission/1",
        "year": True,
        "region": {"code": "99.71", "name": "Kota Contoh", "kind": "town"},
        "agencies": [{"id": "a", "name": "A"}],
        "innovations": [
            {"id": "x", "name": "X", "agency": "b", "application_date": "2025-02-30"},
            {"id": "x", "nme": "X", "agency": "a"},
        ],
        "answers": [{"indicator": "vision_mission", "level": 2.5}],
    }
    path = tmp_path / "k.json"
    path.write_text(json.dumps(document))
    codes = {code for code, _ in faults_of(path)}
    assert {"wrong-type", "unknown-choice", "unknown-agency", "impossible-date"} <= codes
    assert {"duplicate-id", "unknown-field", "missing-field"} <= codes


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400", "1e-400", "-1e99999"])
def test_numbers_that_no_field_can_hold_are_refused(tmp_path: Path, number: str) -> None:
    path = tmp_path / "k.json"
    region = '{"code": "99.71", "name": "K", "kind": "city"}'
    path.write_text(f'{{"year": 2026, "region_points": {number}, "region": {region}}}')
    ((code, place),) = faults_of(path)
    assert code in {"not-finite", "too-many-digits"}
    assert place == "region_points"


# --- CSV --------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_seen_in_the_headings(tmp_path: Path, delimiter: str) -> None:
    lines = [HEADINGS, '1,"Sapa, Warga; Kota\tKita",dinkes']
    text = f"{lines[0]}\r\n\r\n{lines[1]}\r\n".replace(",", delimiter)
    text = text.replace(f"Sapa{delimiter}", "Sapa,")
    submission = ii.read_submission(csv_file(tmp_path, text, REGION.replace(",", delimiter)))
    assert submission.innovations[0].name == "Sapa, Warga; Kota\tKita"
    assert submission.agencies == (ii.Agency("dinkes", "dinkes"),)


def test_an_open_quotation_mark_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f'{HEADINGS}\n1,"Sapa,dinkes\n2,Dua,dinkes\n')
    assert faults_of(path) == [("not-csv", "row 2")]
    path = csv_file(tmp_path, f'"{HEADINGS}')
    assert faults_of(path) == [("not-csv", "row 1")]


def test_a_cell_beyond_every_measure_is_refused(tmp_path: Path) -> None:
    assert faults_of(csv_file(tmp_path, "x" * 200_000 + "\n")) == [("not-csv", "row 1")]


def test_missing_doubled_and_unknown_columns_are_named_together(tmp_path: Path) -> None:
    headings = (
        "id,nama_inovasi,nmae,Judul Inovasi,nama inovasi,regulasion,regulation,16,catatan,# x"
    )
    path = csv_file(tmp_path, f"{headings}\n1,,,,,,,,,\n")
    with pytest.raises(FileFormatError) as caught:
        ii.read_submission(path)
    assert [fault.code for fault in caught.value.faults] == [
        "doubled-column",
        "doubled-column",
        "doubled-column",
        "missing-column",
        "unknown-column",
        "unknown-column",
        "unknown-column",
        "missing-field",
    ]
    text = str(caught.value)
    assert "columns B ('nama_inovasi') and D ('Judul Inovasi') hold the same" in text
    assert "columns G ('regulation') and H ('16') hold the same" in text
    assert "there is no column 'agency'" in text
    assert "did you mean 'regulation'?" in text
    assert "'# x'" not in text


def test_a_near_miss_of_a_missing_column_is_named(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "id,nmae,agency\n1,Sapa,dinkes\n")
    codes = [code for code, _ in faults_of(path)]
    assert codes == ["missing-column", "unknown-column"]
    with pytest.raises(FileFormatError, match="is it 'nmae'"):
        ii.read_submission(path)


def test_cells_without_a_heading_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{HEADINGS},,x\n1,Sapa,dinkes,,\n2,Dua,dinkes,,,lebih\n")
    assert faults_of(path) == [
        ("unknown-column", "row 1, column 'x'"),
        ("no-heading", "row 3, column 'F'"),
    ]


def test_every_faulty_cell_is_named_with_row_and_column(tmp_path: Path) -> None:
    headings = (
        "id,name,agency,application_date,latitude,asta_cita,regulation,regulation.evidence,"
        "regulation.verdict,replication,benefits.value,benefits.survival,17"
    )
    rows = [
        "1,Sapa,dinkes,30/02/2025,seratus,9,4x,sk.pdf [ok],mungkin,=1+1,27 orang,1.5,True",
        "1,,dinkez,2025-13-01,-3.319,2.5,2,sk.pdf,accepted,2,1.234,nan,-1",
        ",Tiga,dinkes,besok,95,0,10,[,accepted 2 3,@x,,,2",
    ]
    path = csv_file(tmp_path, "\n".join([headings, *rows]))
    (tmp_path / "kota.agencies.csv").write_text("id,name\ndinkes,Dinas Kesehatan\n")
    assert faults_of(path) == [
        ("impossible-date", "row 2, column 'application_date'"),
        ("not-a-number", "row 2, column 'latitude'"),
        ("out-of-range", "row 2, column 'asta_cita'"),
        ("not-a-number", "row 2, column 'regulation'"),
        ("unknown-choice", "row 2, column 'regulation.evidence'"),
        ("unknown-choice", "row 2, column 'regulation.verdict'"),
        ("formula", "row 2, column 'replication'"),
        ("not-a-number", "row 2, column 'benefits.value'"),
        ("out-of-range", "row 2, column 'benefits.survival'"),
        ("level-text", "row 2, column '17'"),
        ("duplicate-id", "row 3, column 'id'"),
        ("unknown-agency", "row 3, column 'agency'"),
        ("impossible-date", "row 3, column 'application_date'"),
        ("wrong-type", "row 3, column 'asta_cita'"),
        ("not-a-number", "row 3, column 'benefits.value'"),
        ("not-a-number", "row 3, column 'benefits.survival'"),
        ("out-of-range", "row 3, column '17'"),
        ("bad-date", "row 4, column 'application_date'"),
        ("out-of-range", "row 4, column 'latitude'"),
        ("out-of-range", "row 4, column 'asta_cita'"),
        ("out-of-range", "row 4, column 'regulation'"),
        ("bad-evidence", "row 4, column 'regulation.evidence'"),
        ("bad-verdict", "row 4, column 'regulation.verdict'"),
        ("formula", "row 4, column 'replication'"),
    ]


def test_faults_across_cells_are_found_too(tmp_path: Path) -> None:
    headings = f"{HEADINGS},regulation,regulation.value,benefits.evidence"
    rows = ["1,Sapa,dinkes,2,3,", "2,,dinkes,,,a.pdf", ",Tiga,dinkes,,,"]
    path = csv_file(tmp_path, "\n".join([headings, *rows]))
    assert faults_of(path) == [
        ("not-exactly-one", "row 2, column 'regulation'"),
        ("missing-field", "row 3, column 'name'"),
        ("not-exactly-one", "row 3, column 'benefits.evidence'"),
        ("missing-field", "row 4, column 'id'"),
    ]


def test_what_was_used_before_is_named_by_its_row(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{HEADINGS}\n\n1,Sapa,dinkes\n1,Lapor,dinkes\n")
    assert message_of(path) == "id '1' was used before, in row 3"
    region = REGION.replace("item,value", "item,value,level") + "5a,,2\nunemployment_reduction,,2\n"
    path = csv_file(tmp_path, f"{HEADINGS}\n1,Sapa,dinkes\n", region)
    assert message_of(path) == "indicator 'unemployment_reduction' was used before, in row 6"


def test_a_raw_value_in_the_column_of_levels_is_explained(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{HEADINGS},benefits\n1,Sapa,dinkes,640\n")
    assert "a raw value belongs into the column of values" in message_of(path)


def test_faults_of_the_region_are_named(tmp_path: Path) -> None:
    region = (
        "item,value,level,catatan\n"
        "year,duaribu,,\n"
        "region.code,99.71,3,\n"
        "region.code,99.72,,\n"
        "region.kind,kota besar,,\n"
        "vision_mision,,3,\n"
        ",,3,\n"
        "5a,0.41,,\n"
        "unemployment_reduction,,2,\n"
        'licensing_growth,"1,234",,\n'
    )
    path = csv_file(tmp_path, f"{HEADINGS}\n1,Sapa,dinkes\n", region)
    place = "kota.region.csv, row"
    assert faults_of(path, edition=ii.load_edition("iid-2026")) == [
        ("missing-field", f"{place} 1"),
        ("unknown-column", f"{place} 1, column 'catatan'"),
        ("not-a-number", f"{place} 2, column 'value'"),
        ("no-answer", f"{place} 3, column 'level'"),
        ("doubled-item", f"{place} 4"),
        ("unknown-choice", f"{place} 5, column 'value'"),
        ("unknown-item", f"{place} 6, column 'item'"),
        ("missing-item", f"{place} 7"),
        ("duplicate-indicator", f"{place} 9"),
        ("not-a-number", f"{place} 10, column 'value'"),
    ]


def test_an_item_without_a_value_is_missing(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{HEADINGS}\n", REGION.replace("99.71", ""))
    assert faults_of(path) == [("missing-field", "kota.region.csv, row 1")]
    assert message_of(path) == "region.code: is missing"


def test_faults_of_the_agencies_are_named(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{HEADINGS}\n1,Sapa,dinkes\n")
    agencies = (
        "id,name,kind,parent\ndinkes,Dinas Kesehatan,dinas,\npkm,Puskesmas,puskesmas,dinkez\n"
    )
    (tmp_path / "kota.agencies.csv").write_text(agencies)
    assert faults_of(path) == [
        ("unknown-choice", "kota.agencies.csv, row 2, column 'kind'"),
        ("unknown-agency", "kota.agencies.csv, row 3, column 'parent'"),
    ]


def test_a_region_sheet_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{HEADINGS}\n1,Sapa,dinkes\n", "kunci,nilai\nyear,2026\n")
    place = "kota.region.csv, row 1"
    assert faults_of(path) == [
        ("missing-column", place),
        ("missing-column", place),
        ("unknown-column", f"{place}, column 'kunci'"),
        ("unknown-column", f"{place}, column 'nilai'"),
    ]
    path = csv_file(tmp_path, f"{HEADINGS}\n1,Sapa,dinkes\n", "value,level\n2026,3\n")
    assert faults_of(path) == [("missing-column", place)]


def test_the_region_has_to_be_somewhere(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"{HEADINGS}\n1,Sapa,dinkes\n")
    elsewhere = tmp_path / "wilayah.csv"
    (tmp_path / "kota.region.csv").rename(elsewhere)
    assert faults_of(path) == [("missing-region", "")]
    assert ii.read_submission(path, region=elsewhere).region.code == "99.71"
    with pytest.raises(FileNotFoundError):
        ii.read_submission(path, region=tmp_path / "tidak-ada.csv")
    document = tmp_path / "kota.toml"
    document.touch()
    with pytest.raises(BadValueError, match="holds the region itself"):
        ii.read_submission(document, region=elsewhere)


def test_zero_innovations_are_a_submission(tmp_path: Path) -> None:
    submission = ii.read_submission(csv_file(tmp_path, f"{HEADINGS},16\n"))
    assert submission.innovations == ()
    assert submission.year == 2026


@pytest.mark.parametrize("n", [10_000, 10_001])
def test_ten_thousand_innovations_are_the_most(tmp_path: Path, n: int) -> None:
    rows = "\n".join(f"{i},Inovasi {i},dinkes,3" for i in range(n))
    path = csv_file(tmp_path, f"{HEADINGS},16\n{rows}\n")
    if n <= 10_000:
        assert len(ii.read_submission(path).innovations) == n
    else:
        assert faults_of(path) == [("too-many", "row 1")]


def test_a_thousand_faults_are_listed_and_the_others_counted(tmp_path: Path) -> None:
    rows = "\n".join(f"{i},Inovasi,dinkes,x" for i in range(2500))
    path = csv_file(tmp_path, f"{HEADINGS},16\n{rows}\n")
    faults = faults_of(path)
    assert len(faults) == limits.MAX_FAULTS + 1
    assert faults[-1] == ("more-faults", "")
    with pytest.raises(FileFormatError, match="1500 more faults"):
        ii.read_submission(path)


@pytest.mark.parametrize(
    ("limit", "text", "code"),
    [
        ("MAX_ROWS", f"{HEADINGS}\n" + "1,Sapa,dinkes\n" * 5, "too-many-rows"),
        ("MAX_COLUMNS", f"{HEADINGS},16,17,18\n", "too-many-columns"),
        ("MAX_CELLS", f"{HEADINGS}\n" + "\n" * 5, "too-many-cells"),
        ("MAX_CELL_CHARACTERS", f"{HEADINGS}\n1,abcdefgh,x\n", "text-too-long"),
    ],
)
def test_limits_of_sheets_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, text: str, code: str
) -> None:
    path = csv_file(tmp_path, text)
    monkeypatch.setattr(limits, limit, 5)
    region = tmp_path / "r.csv"
    region.write_text("item,value\nyear,2026\n")
    assert code in [found for found, _ in faults_of(path, region=region)]


def test_headings_only_of_blanks_are_an_empty_sheet(tmp_path: Path) -> None:
    assert faults_of(csv_file(tmp_path, ",,\n,,\n")) == [("empty-sheet", "")]


# --- .xlsx ------------------------------------------------------------------------------------

PLAIN: list[list[Any]] = [["id", "name", "agency", 16], [1, "Sapa", "dinkes", 3]]


def test_numbers_of_spreadsheets_are_read(tmp_path: Path) -> None:
    submission = ii.read_submission(xlsx_file(tmp_path, sheets(PLAIN)))
    (innovation,) = submission.innovations
    assert (innovation.id, innovation.answers) == ("1", (ii.Answer("regulation", level=3),))


def test_cells_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    headings = ["id", "name", "agency", 16, 17, 18, "19.value", "29.value", "application_date"]
    path = xlsx_file(tmp_path, sheets([headings, ["a", "=1+1", "dinkes", "=2", True, "#N/A", 1]]))
    book = load_workbook(path)
    sheet = book["innovations"]
    sheet["F2"].data_type = "e"
    sheet["H2"] = 0.875
    sheet["H2"].number_format = "0.0%"
    sheet["I2"] = 45000
    sheet.append(["b", 1.5, "dinkes", 2.5, 4.0, Decimal("1e300")])
    book.save(path)
    assert faults_of(path) == [
        ("formula", "sheet 'innovations', cell B2, column 'name'"),
        ("formula", "sheet 'innovations', cell D2, column '16'"),
        ("wrong-type", "sheet 'innovations', cell E2, column '17'"),
        ("error-value", "sheet 'innovations', cell F2, column '18'"),
        ("percentage", "sheet 'innovations', cell H2, column '29.value'"),
        ("wrong-type", "sheet 'innovations', cell I2, column 'application_date'"),
        ("wrong-type", "sheet 'innovations', cell B3, column 'name'"),
        ("wrong-type", "sheet 'innovations', cell D3, column '16'"),
        ("out-of-range", "sheet 'innovations', cell F3, column '18'"),
    ]


def test_a_percentage_says_what_it_shows_and_what_it_holds(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = xlsx_file(tmp_path, sheets([["id", "name", "agency", "29.value"], [1, "a", "b", 0.875]]))
    book = load_workbook(path)
    book["innovations"]["D2"].number_format = "0.0%"
    book.save(path)
    assert "shows 87.500 % but holds 0.875" in message_of(path)


def test_dates_and_times_of_spreadsheets(tmp_path: Path) -> None:
    import datetime as dt

    rows: list[list[Any]] = [
        ["id", "name", "agency", "trial_date", "application_date", "latitude"],
        [1, "Satu", "dinkes", dt.datetime(2024, 3, 1), dt.date(2024, 4, 1), -3.319],  # noqa: DTZ001
    ]
    (innovation,) = ii.read_submission(xlsx_file(tmp_path, sheets(rows))).innovations
    assert innovation.trial_date == dt.date(2024, 3, 1)
    assert innovation.application_date == dt.date(2024, 4, 1)
    assert innovation.latitude == Decimal("-3.319")
    rows.append([2, dt.date(2024, 3, 1), "dinkes", dt.time(8, 30), None, dt.date(2024, 3, 1)])
    assert faults_of(xlsx_file(tmp_path, sheets(rows))) == [
        ("wrong-type", "sheet 'innovations', cell D3, column 'trial_date'"),
        ("wrong-type", "sheet 'innovations', cell F3, column 'latitude'"),
    ]


def test_numbers_and_days_that_only_other_programs_write(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["id", "name", "agency", "trial_date", 16], [1, "a", "b", 7, 3]]
    path = xlsx_file(tmp_path, sheets(rows))

    def other(_: str, data: bytes) -> bytes:
        days = data.replace(b'<c r="D2" t="n"><v>7</v>', b'<c r="D2" t="d"><v>2024-03-01</v>')
        return days.replace(b"<v>3</v>", b"<v>1e999</v>")

    repacked(path, other)
    assert faults_of(path) == [("not-finite", "sheet 'innovations', cell E2, column '16'")]
    repacked(path, lambda _, data: data.replace(b"<v>1e999</v>", b"<v>3.0</v>"))
    (innovation,) = ii.read_submission(path).innovations
    assert str(innovation.trial_date) == "2024-03-01"
    assert innovation.answers[0].level == 3


def test_missing_sheets_are_named_with_near_misses(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, {"inovations": PLAIN, "agencys": [["id", "name"]], "catatan": [[1]]})
    with pytest.raises(FileFormatError) as caught:
        ii.read_submission(path)
    assert [f.message for f in caught.value.faults] == [
        "there is no sheet 'innovations'; is it 'inovations'?",
        "there is no sheet 'region'",
        "there is no sheet 'agencies'; is it 'agencys'?",
    ]


def test_names_of_sheets_may_be_in_capitals_and_others_are_passed_over(tmp_path: Path) -> None:
    named = {name.upper(): rows for name, rows in sheets(PLAIN).items()}
    path = xlsx_file(tmp_path, {"catatan": [["=1+1"]], **named})
    assert len(ii.read_submission(path).innovations) == 1


def test_empty_sheets_are_refused(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, sheets([]))
    assert faults_of(path) == [("empty-sheet", "sheet 'innovations'")]


def repacked(path: Path, change: Callable[[str, bytes], bytes], **added: bytes) -> Path:
    """Write an archive anew, with its parts changed."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts[name] = change(name, archive.read(name))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **added}.items():
            archive.writestr(name, data)
    return path


def test_cells_far_away_are_refused_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx_file(tmp_path, sheets([*PLAIN, *[["x", "y", "z"]] * 20]))
    monkeypatch.setattr(limits, "MAX_CELLS", 10 * 2**14)

    def far(_: str, data: bytes) -> bytes:
        for row in range(3, 23):
            data = data.replace(f'r="C{row}"'.encode(), f'r="XFD{row}"'.encode())
        return data

    assert faults_of(repacked(path, far)) == [("too-many-cells", "sheet 'innovations', row 12")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("text", b"this is no archive"),
        ("truncated", b""),
        ("no workbook", b"PK"),
        ("broken xml", b"<sheetData>"),
    ],
)
def test_damaged_archives_are_refused(tmp_path: Path, name: str, data: bytes) -> None:
    path = xlsx_file(tmp_path, sheets(PLAIN))
    if name == "text":
        path.write_bytes(data)
    elif name == "truncated":
        path.write_bytes(path.read_bytes()[:-200])
    elif name == "no workbook":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", "a")
    else:
        repacked(path, lambda n, d: data if n == "xl/worksheets/sheet1.xml" else d)
    assert faults_of(path) == [("not-xlsx", "")]


def test_old_and_locked_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "kota.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500)
    assert "has a password" in message_of(path)


def test_archives_that_unpack_to_too_much_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = {"xl/media/bomb.xml": b"<a>" + b" " * (4 * 2**20) + b"</a>"}
    path = repacked(xlsx_file(tmp_path, sheets(PLAIN)), lambda _, data: data, **bomb)
    assert path.stat().st_size < 20_000
    assert faults_of(path) == [("unpacks-too-large", "xl/media/bomb.xml")]
    path = xlsx_file(tmp_path, sheets(PLAIN))
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1000)
    assert faults_of(path) == [("unpacks-too-large", "")]
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_PARTS", 3)
    assert faults_of(path) == [("unpacks-too-large", "")]


def test_rows_that_are_alike_are_no_bomb(tmp_path: Path) -> None:
    from inovasi_index.io.sheets import read_xlsx, xlsx_bytes

    path = tmp_path / "kota.xlsx"
    line: list[str | Decimal | None] = ["inovasi", "Sapa", "dinkes", *[Decimal(3)] * 20]
    path.write_bytes(xlsx_bytes({"innovations": [line] * 1_400}))
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("xl/worksheets/sheet1.xml").file_size > 2**20
    assert len(read_xlsx(path, list)["innovations"].rows) == 1_400


def test_links_and_formulas_are_never_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import load_workbook

    path = xlsx_file(tmp_path, sheets([*PLAIN[:1], [1, "Sapa", "dinkes", None]]))
    book = load_workbook(path)
    book["innovations"]["B2"].hyperlink = "http://contoh.example/x"
    book["innovations"]["D2"] = '=WEBSERVICE("http://contoh.example/x")'
    book.save(path)

    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr("socket.socket.connect", refuse)
    assert faults_of(path) == [("formula", "sheet 'innovations', cell D2, column '16'")]


def test_without_openpyxl_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx_file(tmp_path, sheets(PLAIN))
    submission = ii.read_submission(path)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match="spreadsheets"):
        ii.read_submission(path)
    with pytest.raises(MissingExtraError, match="spreadsheets"):
        ii.write_submission(submission, path)


def test_text_of_web_forms_loses_its_carriage_returns(tmp_path: Path) -> None:
    rows = [[*PLAIN[0], "design"], [*PLAIN[1], "satu_x000D_\ndua"]]
    (innovation,) = ii.read_submission(xlsx_file(tmp_path, sheets(rows))).innovations
    assert innovation.design == "satu\ndua"


@pytest.mark.parametrize("seed", range(24))
def test_damage_anywhere_is_an_error_or_a_submission(tmp_path: Path, seed: int) -> None:
    import random

    rng = random.Random(seed)
    path = tmp_path / f"kota.{rng.choice(['toml', 'json', 'csv', 'xlsx'])}"
    ii.write_submission(ii.read_submission(EXAMPLE), path)
    data = bytearray(path.read_bytes())
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data))
        data[at : at + rng.randint(0, 40)] = rng.randbytes(rng.randint(0, 8))
    path.write_bytes(data)
    with contextlib.suppress(FaultsError):  # and no other error
        assert ii.read_submission(path).region.code
