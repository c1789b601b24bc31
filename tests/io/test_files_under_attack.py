"""No file does harm: broken ones by name, made ones by code, and whatever hypothesis makes up."""

from __future__ import annotations

import contextlib
import functools
import gzip
import importlib
import io
import json
import os
import random
import re
import socket
import subprocess
import sys
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hostile_readers import EDITION, READERS, judge
from hypothesis import given
from hypothesis import strategies as st
from sandbox import SandboxError, watched

import inovasi_index as ii
from inovasi_index.errors import BadValueError, FaultsError, FileFormatError, InovasiIndexError
from inovasi_index.io import limits
from inovasi_index.io.streams import csv_files, read_tally, running, tally_batches, tally_csv
from inovasi_index.reporting import table_from_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BROKEN = Path(__file__).parent / "broken"
FUZZ = Path(__file__).parents[2] / "fuzz"
KEYS = [row.key for row in EDITION.innovation_indicators]
REGION = "item,value\nyear,2026\nregion.code,99.71\nregion.name,Kota Contoh\nregion.kind,city\n"

#: The codes of the faults of each file in ``broken/``; of none, it is read.
FOUND: Mapping[str, list[str]] = {
    "checkpoint/of-something-else.json": ["BadValueError"],
    "checkpoint/truncated.json": ["BadValueError"],
    "csv/blanks-in-evidence.csv": ["bad-evidence"],
    "csv/brackets-in-evidence.csv": ["bad-evidence"],
    "csv/bytes-of-half-a-character.csv": ["wrong-encoding"],
    "csv/characters-after-a-quotation.csv": ["not-csv"],
    "csv/exponent.csv": ["not-a-number"],
    "csv/formula.csv": ["formula"],
    "csv/heading-of-many-characters.csv": ["unknown-column"],
    "csv/heading-twice-otherwise-written.csv": ["doubled-column"],
    "csv/heading-twice.csv": ["doubled-column"],
    "csv/id-that-looks-like-a-place.csv": ["missing-field"],
    "csv/latin-1.csv": ["wrong-encoding"],
    "csv/level-in-superscript.csv": ["level-text"],
    "csv/level-of-many-digits-and-a-text.csv": ["level-text"],
    "csv/mixed-line-ends.csv": [],
    "csv/nul-bytes.csv": [],
    "csv/number-beyond-measure.csv": ["not-a-number"],
    "csv/quotation-mark.csv": ["not-csv"],
    "csv/right-to-left.csv": ["control-characters"],
    "csv/unknown-columns.csv": ["unknown-column"],
    "csv/utf-16.csv": ["wrong-encoding"],
    "edition/brackets.toml": ["too-deep"],
    "edition/exponent.toml": ["missing-citation", "out-of-range"],
    "edition/extends-a-folder-below.toml": ["not-beside"],
    "edition/extends-a-nul-byte.toml": ["not-beside"],
    "edition/extends-an-absolute-path.toml": ["not-beside"],
    "edition/extends-an-address.toml": ["not-beside"],
    "edition/extends-upwards.toml": ["not-beside"],
    "edition/extends-what-is-not-there.toml": ["unreadable-file"],
    "edition/hexadecimal.toml": ["missing-citation", "out-of-range"],
    "edition/integer-of-many-digits.toml": ["toml-syntax"],
    "edition/key-of-many-steps.toml": ["toml-syntax"],
    "edition/not-a-number.toml": ["missing-citation", "out-of-range"],
    "edition/unknown-keys.toml": ["more-faults", "unknown-key"],
    "edition/utf-16.toml": ["not-utf-8"],
    "json/exponent.json": ["too-many-digits"],
    "json/format-nested.json": ["unknown-format"],
    "json/half-a-character-as-key.json": ["missing-field", "unknown-field"],
    "json/half-a-character.json": ["not-unicode"],
    "json/infinity.json": ["not-finite"],
    "json/integer-of-many-digits.json": ["not-json"],
    "json/key-twice-inside.json": ["not-json"],
    "json/key-twice.json": ["not-json"],
    "json/mixed-line-ends.json": [],
    "json/not-a-number.json": ["wrong-type"],
    "json/nul-bytes.json": ["not-json"],
    "json/truncated.json": ["not-json"],
    "json/truth-value.json": ["wrong-type"],
    "json/two-documents.json": ["not-json"],
    "json/utf-16.json": ["wrong-encoding"],
    "portal-csv/affairs-that-nobody-knows.csv": ["unknown-affair"],
    "portal-csv/brackets-in-the-agency.csv": ["text-too-long"],
    "portal-csv/commas-in-the-affair.csv": [],
    "portal-csv/formula.csv": ["formula"],
    "portal-csv/heading-of-many-characters.csv": ["doubled-column"],
    "portal-csv/heading-twice.csv": ["doubled-column"],
    "portal-csv/latin-1.csv": ["wrong-encoding"],
    "portal-csv/maturity-beyond-measure.csv": ["out-of-range"],
    "portal-csv/mixed-line-ends.csv": [],
    "portal-csv/nul-bytes.csv": [],
    "portal-csv/truncated.csv": ["missing-column"],
    "stream-csv/affair-unknown.csv": ["unknown-affair"],
    "stream-csv/heading-twice.csv": ["repeated-column"],
    "stream-csv/headings-only.csv": [],
    "stream-csv/headings-without-line-end.csv": ["unreadable"],
    "stream-csv/latin-1.csv": ["unreadable"],
    "stream-csv/level-below-0.csv": ["unreadable"],
    "stream-csv/level-of-300.csv": ["unreadable"],
    "stream-csv/level-with-a-fraction.csv": ["unreadable"],
    "stream-csv/level-without.csv": ["missing-level"],
    "stream-csv/mixed-line-ends.csv": [],
    "stream-csv/nul-bytes.csv": ["unreadable"],
    "stream-csv/other-columns.csv": ["missing-column"],
    "stream-csv/quotation-mark.csv": ["unreadable"],
    "stream-csv/region-of-many-characters.csv": ["bad-region"],
    "stream-csv/region-with-blanks.csv": ["bad-region"],
    "stream-csv/region-with-control-characters.csv": ["bad-region"],
    "stream-csv/region-without.csv": ["missing-region"],
    "stream-csv/too-few-cells.csv": ["unreadable"],
    "stream-csv/utf-16.csv": ["unreadable"],
    "tally/affair-beyond.json": ["no-tally"],
    "tally/code-is-a-number.json": ["no-tally"],
    "tally/code-twice.json": ["no-tally"],
    "tally/codes-are-a-text.json": ["no-tally"],
    "tally/edition-is-a-path.json": ["no-tally"],
    "tally/edition-is-no-text.json": ["no-tally"],
    "tally/fraction.json": ["no-tally"],
    "tally/key-twice.json": ["no-tally"],
    "tally/levels-that-do-not-fit.json": ["no-tally"],
    "tally/maturity-of-other-levels.json": ["no-tally"],
    "tally/more-than-64-bits.json": ["no-tally"],
    "tally/negative-affair.json": ["no-tally"],
    "tally/nested.json": ["no-tally"],
    "tally/sums-that-would-overflow.json": ["no-tally"],
    "tally/text.json": ["no-tally"],
    "tally/truncated.json": ["no-tally"],
    "tally/utf-32.json": ["wrong-encoding"],
    "toml/brackets.toml": ["not-toml"],
    "toml/bytes-of-half-a-character.toml": ["wrong-encoding"],
    "toml/exponent-beyond-measure.toml": ["not-toml"],
    "toml/exponent.toml": ["too-many-digits"],
    "toml/format-nested.toml": ["unknown-format"],
    "toml/format-of-many-tables.toml": ["unknown-format"],
    "toml/fraction-of-many-digits.toml": ["not-toml"],
    "toml/half-a-character.toml": ["not-toml"],
    "toml/hexadecimal.toml": ["out-of-range"],
    "toml/integer-of-many-digits.toml": ["not-toml"],
    "toml/key-of-many-steps.toml": ["not-toml"],
    "toml/lone-carriage-return.toml": ["not-toml"],
    "toml/mixed-line-ends.toml": [],
    "toml/no-such-day.toml": ["not-toml"],
    "toml/nul-bytes.toml": ["not-toml"],
    "toml/table-twice.toml": ["not-toml"],
    "toml/text-that-looks-like-markup.toml": [],
    "toml/truncated.toml": ["not-toml"],
    "toml/utf-16.toml": ["wrong-encoding"],
}


def read(reader: str, path: Path) -> object:
    match reader:
        case "edition":
            return ii.load_edition(path)
        case "tally":
            return read_tally(path)
        case "checkpoint":
            return tally_batches([], EDITION, levels=True, checkpoint=path, source="given")
        case "stream-csv":
            return tally_csv(path, EDITION)
        case "portal-csv":
            return ii.read_portal_export(path, edition=EDITION)
        case _:
            return ii.read_submission(path)


def codes_of(reader: str, data: bytes, folder: Path) -> list[str]:
    """The codes of the faults of a file, after it was judged as every file is."""
    judge(reader, data, folder)
    path = folder / f"given{READERS[reader].suffix}"
    READERS[reader].place(data, path)
    try:
        read(reader, path)
    except FaultsError as error:
        return sorted({fault.code for fault in error.faults})
    except BadValueError as error:
        return [type(error).__name__]
    return []


def test_every_broken_file_has_its_line() -> None:
    files = {f"{path.parent.name}/{path.name}" for path in BROKEN.glob("*/*")}
    assert files == set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_broken_files_are_refused_for_what_is_wrong(tmp_path: Path, name: str) -> None:
    start = time.process_time()
    assert codes_of(name.split("/", 1)[0], (BROKEN / name).read_bytes(), tmp_path) == FOUND[name]
    assert time.process_time() - start < 10


# --- text formats, too large to keep --------------------------------------------------------------


def csv_submission(folder: Path, innovations: str) -> Path:
    path = folder / "kota.csv"
    path.write_text(innovations, encoding="utf-8", newline="")
    (folder / "kota.region.csv").write_text(REGION, encoding="utf-8")
    return path


def refused(
    path: Path, code: str, *, within: float, megabytes: float, **options: Any
) -> FaultsError:
    """The error of a file that has to be refused soon and in little memory."""
    start = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(FaultsError) as caught:
            ii.read_submission(path, **options)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert code in {fault.code for fault in caught.value.faults}
    assert time.process_time() - start < within
    assert peak < megabytes * 2**20
    return caught.value


def test_a_million_columns_are_refused_before_they_are_cells(tmp_path: Path) -> None:
    path = csv_submission(tmp_path, "ab," * 1_000_000 + "\n")
    refused(path, "not-csv", within=5, megabytes=80)


def test_many_columns_in_a_text_are_none(tmp_path: Path) -> None:
    commas = "," * (limits.MAX_WIDTH + 10)
    path = csv_submission(tmp_path, f'id,name,agency\n1,"a{commas}b",x\n')
    assert ii.read_submission(path).innovations[0].name == f"a{commas}b"


def test_more_columns_than_a_spreadsheet_has_are_refused(tmp_path: Path) -> None:
    path = csv_submission(tmp_path, "id,name,agency\n1,a,b" + "," * limits.MAX_WIDTH + "\n")
    assert "row 2" in str(refused(path, "not-csv", within=5, megabytes=80))


def test_cells_without_a_heading_are_not_all_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inovasi_index.io.columns.MAX_NOTED_FAULTS", 5_000)
    path = csv_submission(tmp_path, "id,name,agency\n" + ("a,b,c" + ",x" * 500 + "\n") * 100)
    error = refused(path, "no-heading", within=20, megabytes=80)
    assert len(error.faults) == limits.MAX_FAULTS + 1
    assert error.faults[-1].message == "4000 more faults are not listed"


@pytest.mark.parametrize(
    ("limit", "most", "code"),
    [("MAX_FILLED_CELLS", 100, "too-many-cells"), ("MAX_ROW_NUMBER", 20, "too-many-rows")],
)
def test_limits_of_rows_and_filled_cells_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, code: str
) -> None:
    path = csv_submission(tmp_path, "id,name,agency,16,17,18\n" + "1,a,b,1,1,1\n" * 30)
    monkeypatch.setattr(limits, limit, most)
    refused(path, code, within=5, megabytes=50)


@pytest.mark.parametrize("steps", [50_000, 400_000])
def test_keys_of_many_steps_take_no_time(tmp_path: Path, steps: int) -> None:
    path = tmp_path / "kota.toml"
    path.write_text("a." * steps + "a = 1")
    refused(path, "not-toml", within=2, megabytes=50)
    with pytest.raises(ii.errors.EditionFileError, match="32 steps"):
        ii.load_edition(path)


def test_toml_has_a_limit_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inovasi_index.io.documents.MAX_TOML_BYTES", 500)
    for suffix, code in (("toml", "file-too-large"), ("json", "wrong-type")):
        path = tmp_path / f"kota.{suffix}"
        path.write_text("[" + " " * 500 + "]")
        refused(path, code, within=5, megabytes=50)


@pytest.mark.parametrize("digits", ["640", "4300", "0"])
def test_python_s_own_limit_of_digits_does_not_matter(tmp_path: Path, digits: str) -> None:
    path = tmp_path / "kota.json"
    path.write_text('{"year": ' + "9" * 2_000_000 + "}")
    code = (
        "import sys, inovasi_index as ii\n"
        "try: ii.read_submission(sys.argv[1])\n"
        "except ii.errors.FaultsError as e: print(e.faults[0].code, e.faults[0].message)"
    )
    found = subprocess.run(
        [sys.executable, "-X", f"int_max_str_digits={digits}", "-c", code, str(path)],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert found.stdout.startswith("not-json this is not JSON: 9999")
    assert "more than 1000 digits" in found.stdout


def test_a_chain_of_editions_ends(tmp_path: Path) -> None:
    for n in range(300):
        (tmp_path / f"e{n}.toml").write_text(f'id = "e{n}"\nextends = "e{n + 1}.toml"\n')
    with pytest.raises(ii.errors.EditionFileError, match="more than 20 editions"):
        ii.load_edition(tmp_path / "e0.toml")


# --- what is no file ------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are those of Unix")
@pytest.mark.parametrize(
    "reader", ["toml", "edition", "tally", "checkpoint", "stream-csv", "portal-csv"]
)
def test_named_pipes_are_refused_without_waiting(tmp_path: Path, reader: str) -> None:
    path = tmp_path / f"given{READERS[reader].suffix}"
    os.mkfifo(path)
    with pytest.raises(InovasiIndexError, match="not a regular file"):
        read(reader, path)
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(InovasiIndexError, match="not a regular file"):
        read(reader, path)


@pytest.mark.parametrize("reader", ["toml", "tally", "checkpoint", "stream-csv", "portal-csv"])
def test_folders_and_circles_of_links_are_errors_of_the_system(tmp_path: Path, reader: str) -> None:
    path = tmp_path / f"given{READERS[reader].suffix}"
    path.mkdir()
    with pytest.raises(OSError, match=re.escape(path.name)):
        read(reader, path)
    path.rmdir()
    path.symlink_to(path)
    with pytest.raises(OSError, match=re.escape(path.name)):
        read(reader, path)


def test_an_edition_that_is_no_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "e.toml"
    path.symlink_to(path)
    for place in (tmp_path, path):
        with pytest.raises(InovasiIndexError):
            ii.rules.reading.read_edition(place)


def test_an_edition_reads_no_file_but_those_beside_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text('password = "hunter2"\n')
    (tmp_path / "below").mkdir()
    path = tmp_path / "below" / "own.toml"
    for extends in ("../secret.toml", str(secret), "./../secret.toml"):
        path.write_text(f'id = "own"\nextends = "{extends}"\n')
        with pytest.raises(ii.errors.EditionFileError) as caught, watched(path.parent):
            ii.load_edition(path)
        assert "hunter2" not in str(caught.value)
        assert {f.code for f in caught.value.faults} >= {"not-beside"}


# --- streams --------------------------------------------------------------------------------------

HEAD = ",".join(["region", "affair", *KEYS])
ROW = "63.71,health" + ",3" * 20
ENGINES = ["PyArrow", "standard library"]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param != "PyArrow":
        monkeypatch.setattr(csv_files, "_has_arrow", lambda: False)
    return str(request.param)


def stream_fault(path: Path) -> str:
    with pytest.raises(FileFormatError) as caught:
        tally_csv(path, EDITION)
    return str(caught.value)


def test_a_line_without_end_in_gzip_is_refused(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "levels.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(f"{HEAD}\n".encode())
        for _ in range(30):
            file.write(b"6" * 2**20)
    assert path.stat().st_size < 2**20
    assert re.search("longer than 8 MiB|straddl", stream_fault(path))


def test_a_first_line_without_end_is_refused(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "levels.csv"
    path.write_bytes(b"region," * 3_000_000)
    assert "8 MiB" in stream_fault(path)
    path.write_bytes(b"region," * 500_000)
    assert "more than 10000 columns" in stream_fault(path)


@pytest.mark.parametrize("kept", [1, 9, 12, 40, -20, -8, -4, -1])
def test_gzip_that_is_cut_off_is_refused(tmp_path: Path, engine: str, kept: int) -> None:
    path = tmp_path / "levels.csv"
    packed = gzip.compress("\n".join([HEAD, *[ROW] * 2000]).encode())
    path.write_bytes(packed[:kept])
    stream_fault(path)


def test_gzip_with_a_wrong_sum_is_refused(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "levels.csv"
    packed = bytearray(gzip.compress("\n".join([HEAD, *[ROW] * 200]).encode()))
    packed[-6] ^= 1
    path.write_bytes(packed)
    stream_fault(path)


def test_regions_are_limited(tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MAX_REGIONS", 3)
    path = tmp_path / "levels.csv"
    rows = [f"r{n},health" + ",3" * 20 for n in range(4)]
    path.write_text("\n".join([HEAD, *rows]) + "\n")
    assert "more than 3 regions [too-many-regions]" in stream_fault(path)


def batch(**changed: Any) -> dict[str, Any]:
    columns: dict[str, Any] = {key: np.ones(2, np.uint8) for key in KEYS}
    return columns | {"region": np.array(["63.71"] * 2), "affair": np.array([0, 1])} | changed


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"region": np.array(["63.71", " 63.71"])}, "bad-region"),
        ({"region": np.array(["63.71", "x" * 501])}, "bad-region"),
        ({"region": np.array(["63.71", "63\n71"], object)}, "bad-region"),
        ({"region": np.array(["63.71", "\ud800"], object)}, "bad-region"),
        ({"region": np.array(["63.71", ["63.71"]], object)}, "not-text"),
        ({"affair": np.array(["health", {}], object)}, "not-text"),
        ({"region": [["63.71"], ["63.71", "63.72"]]}, "is no array"),
        ({"region": [["63.71"], ["63.72"]]}, "of one length"),
    ],
)
def test_strange_batches_are_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(InovasiIndexError, match=said):
        tally_batches([batch(**changed)], EDITION)


@pytest.mark.parametrize("order", ["<", ">", "="])
@pytest.mark.parametrize("kind", ["i2", "u4", "i8"])
def test_the_order_of_bytes_changes_nothing(order: str, kind: str) -> None:
    levels = {key: np.array([1, 3], f"{order}{kind}") for key in KEYS}
    affairs = np.array([0, 5], f"{order}i4")
    found = tally_batches([batch(**levels, affair=affairs)], EDITION, levels=True)
    plain = {key: np.array([1, 3], np.uint8) for key in KEYS}
    assert found == tally_batches([batch(**plain, affair=np.array([0, 5]))], EDITION, levels=True)
    table = ii.LevelTable.from_arrays(
        EDITION,
        np.stack(list(levels.values()), axis=1),
        region_of=np.zeros(2, f"{order}i4"),
        region_points=np.array([50.5], f"{order}f8"),
        affair_of=affairs,
    )
    assert ii.score(table).index_hundredths.tolist() == [found_hundredths(found)]


def found_hundredths(tally: Any) -> int:
    return int(tally.score({"63.71": 50.5}).index_hundredths[0])


@pytest.mark.parametrize(
    ("regions", "code"),
    [
        ({"region": ["63.71"], "region_points": [50, 40]}, "no-frame"),
        ({"region": ["63.71", 3], "region_points": [50, 40]}, "unknown-region|no-frame"),
        ({"region": ["63.71", "\ud800"], "region_points": [50, 40]}, "no-frame"),
        ({"region": [["63.71"], ["63.72"]], "region_points": [50, 40]}, "unknown-region|no-frame"),
        ({"region": [["63.71"], []], "region_points": [50, 40]}, "no-frame"),
    ],
)
def test_strange_regions_beside_a_frame_are_refused(regions: dict[str, Any], code: str) -> None:
    import polars as pl

    frame = pl.DataFrame({name: np.asarray(column) for name, column in batch().items()})
    frame = frame.with_columns(affair=pl.lit("health"), region=pl.lit("63.72"))
    with pytest.raises(InovasiIndexError, match=rf"\[({code})\]") as caught:
        table_from_frame(frame, EDITION, regions=regions)
    str(caught.value).encode()


# --- .xlsx ----------------------------------------------------------------------------------------


@functools.cache
def sound() -> Mapping[str, bytes]:
    """The parts of a workbook that is read."""
    from openpyxl import Workbook

    book = Workbook()
    del book["Sheet"]
    rows: dict[str, list[list[Any]]] = {
        "innovations": [["id", "name", "agency", 16], [1, "Sapa", "dinkes", 3]],
        "region": [line.split(",") for line in REGION.splitlines()],
    }
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx(folder: Path, parts: Mapping[str, bytes], name: str = "kota.xlsx") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(zipfile.ZipInfo(part), data, zipfile.ZIP_DEFLATED)
    return path


def changed(part: str, old: bytes, new: bytes) -> dict[str, bytes]:
    assert old in sound()[part]
    return dict(sound()) | {part: sound()[part].replace(old, new)}


SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"


def watched_codes(path: Path) -> list[str]:
    before = sorted(path.parent.rglob("*"))
    try:
        with watched(path.parent):
            ii.read_submission(path)
    except FaultsError as error:
        found = sorted({fault.code for fault in error.faults})
    else:
        found = []
    assert sorted(path.parent.rglob("*")) == before
    return found


def noise(template: bytes, n: int) -> bytes:
    """Text that does not pack well, so that no rule about packing refuses it."""
    rng = random.Random(1)
    return b"".join(template % rng.randrange(10**12) for _ in range(n))


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ({"../../outside.xml": b"<a/>", "/etc/outside.xml": b"<a/>", "C:\\x.xml": b"<a/>"}, []),
        ({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0", "xl/activeX/activeX1.bin": b"\0"}, []),
        ({"customUI/customUI.xml": b'<customUI onLoad="Run"/>'}, []),
        ({"xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="x"/>'}, []),
        ({"x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, ["xml-doctype"]),
        ({"x.bin": b'<!DOCTYPE a SYSTEM "http://contoh.example/a.dtd"><a/>'}, ["xml-doctype"]),
        ({"X.XML": b'<?xml version="1.0"?><!DOCTYPE a><a/>'}, ["xml-doctype"]),
        ({"x.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, ["xml-doctype"]),
        ({"xl/styles.xml": b""}, ["not-xlsx"]),
        ({"xl/workbook.xml": b"<workbook/>"}, ["missing-sheet"]),
        ({SHEET: b"<a>" * 20_000}, ["not-xlsx"]),
        ({"xl/styles.xml": b"<a>" + noise(b'<xf a="%d"/>', 250_000)}, ["unpacks-too-large"]),
        ({"docProps/custom.xml": b"<sst>" + noise(b"<p>%d</p>", 300_000)}, ["unpacks-too-large"]),
        ({"xl/media/image1.png": bytes(random.Random(1).randbytes(5 * 2**20))}, []),
    ],
)  # fmt: skip
def test_parts_that_do_not_belong_do_no_harm(
    tmp_path: Path, parts: dict[str, bytes], codes: list[str]
) -> None:
    start = time.process_time()
    assert watched_codes(xlsx(tmp_path, dict(sound()) | parts)) == codes
    assert time.process_time() - start < 10
    assert not (tmp_path.parent / "outside.xml").exists()


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    twice = changed("xl/workbook.xml", b'name="region"', b'name="innovations"')
    assert watched_codes(xlsx(tmp_path, twice)) == ["not-xlsx"]


LAUGHS = (
    b'<!DOCTYPE lolz [<!ENTITY l "lol">'
    + b"".join(
        b'<!ENTITY l%d "%s">' % (n, (b"&l%d;" % (n - 1) if n else b"&l;") * 10) for n in range(12)
    )
    + b"]>"
)


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    for name, data in sound().items():
        laughing = b'<?xml version="1.0"?>' + LAUGHS + data.rpartition(b"?>")[2]
        path = xlsx(tmp_path, dict(sound()) | {name: laughing})
        assert watched_codes(path) == ["xml-doctype"], name


def test_the_workbook_may_not_hide_under_another_name(tmp_path: Path) -> None:
    parts = changed("[Content_Types].xml", b"/xl/workbook.xml", b"/xl/workbook.dat")
    parts["xl/workbook.dat"] = LAUGHS + parts.pop("xl/workbook.xml").rpartition(b"?>")[2]
    assert watched_codes(xlsx(tmp_path, parts)) == ["xml-doctype"]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (b'<row r="999999999"><c r="A999999999"><v>1</v></c></row>', ["too-many-rows"]),
        (b'<row r="1048576"><c r="A1048576"><v>2</v></c></row>', ["missing-field"]),
        (b'<row r="1048577"/>', ["too-many-rows"]),
        (b'<row r="-5"><c r="A3"><v>1</v></c></row>', ["not-xlsx"]),
        (b'<row r="2"><c r="A2"><v>2</v></c></row>', ["not-xlsx"]),
        (b'<row r="3"><c r="A4"><v>2</v></c></row>', ["not-xlsx"]),
        (b'<row r="3"><c r="D3"><v>3</v></c><c r="D3"><v>2</v></c></row>', ["not-xlsx"]),
        (b'<row><c r="D3"><v>7</v></c><c r="A3"><v>2</v></c></row>', ["missing-field"]),
        (b'<row><c r="A3" t="s"><v>-1</v></c></row>', ["not-xlsx"]),
        (b"<x/>" * 600_000, ["unpacks-too-large"]),
        (b'<row r="x"><c r="A3"><v>1</v></c></row>', ["not-xlsx"]),
        (b'<row><c r="XFD3"><v>1</v></c></row>', ["no-heading"]),
        (b'<row><c r="XFE3"><v>1</v></c></row>', ["too-many-columns"]),
        (b'<row><c r="ZZZZ3"><v>1</v></c></row>', ["not-xlsx"]),
        (b'<row><c r="A3" t="s"><v>99999999</v></c></row>', ["not-xlsx"]),
        (b'<row><c r="A3" s="99999999"><v>1</v></c></row>', ["not-xlsx"]),
        (b'<row><c r="D3"><v>1e999</v></c></row>', ["not-finite"]),
        (b'<row><c r="D3"><v>' + b"9" * 400 + b"</v></c></row>", ["out-of-range"]),
        (b'<row><c r="D3"><v>' + b"9" * 5000 + b"</v></c></row>", ["not-xlsx"]),
        (b'<row><c r="D3" t="b"><v>1</v></c></row>', ["wrong-type"]),
        (b'<row><c r="D3" t="e"><v>#REF!</v></c></row>', ["error-value"]),
        (b'<row><c r="D3"><f>WEBSERVICE("http://a.example")</f><v>3</v></c></row>',
         ["formula"]),
        (b'<row><c r="D3"><f t="shared" ref="A1:XFD1048576" si="0">1</f></c></row>',
         ["formula"]),
        (b'<row><c r="D3" t="inlineStr"><is><t>&#xD;3</t></is></c></row>', ["missing-field"]),
    ],
)  # fmt: skip
def test_absurd_cells_are_refused_soon(tmp_path: Path, rows: bytes, codes: list[str]) -> None:
    start = time.process_time()
    assert watched_codes(xlsx(tmp_path, changed(SHEET, END, rows + END))) == codes
    assert time.process_time() - start < 5


def test_formulas_that_many_cells_share_are_not_worked_out(tmp_path: Path) -> None:
    formula = b"+".join(b"A%d" % n for n in range(3000))
    first = b'<row><c r="D3"><f t="shared" ref="D3:D9000" si="0">' + formula + b"</f></c></row>"
    rng = random.Random(1)
    rest = (
        b'<row><c r="D%d"><f t="shared" si="0"/><v>%d</v></c></row>' % (n, rng.randrange(10**9))
        for n in range(4, 9000)
    )
    start = time.process_time()
    path = xlsx(tmp_path, changed(SHEET, END, first + b"".join(rest) + END))
    assert "formula" in watched_codes(path)
    assert time.process_time() - start < 10


def test_a_row_has_an_end(tmp_path: Path) -> None:
    rng = random.Random(1)
    many = b"".join(b'<x y="%d"/>' % rng.randrange(10**9) for _ in range(600_000))
    for rows in (b"<row>" + many + b"</row>", many):
        assert watched_codes(xlsx(tmp_path, changed(SHEET, END, rows + END))) == ["not-xlsx"]


def test_merged_cells_and_dimensions_do_not_count(tmp_path: Path) -> None:
    merged = END + b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    parts = changed(SHEET, END, merged)
    parts[SHEET] = re.sub(
        rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', parts[SHEET]
    )
    assert watched_codes(xlsx(tmp_path, parts)) == []


def test_links_to_other_places_are_not_followed(tmp_path: Path) -> None:
    rels = "xl/_rels/workbook.xml.rels"
    for target in (b"../../../../etc/passwd", b"/etc/passwd", b"file:///etc/passwd"):
        path = xlsx(tmp_path, changed(rels, b"/xl/worksheets/sheet1.xml", target))
        assert watched_codes(path) in (["missing-sheet"], ["not-xlsx"])
    external = b'" TargetMode="External" Target="http://contoh.example/sheet1.xml'
    path = xlsx(tmp_path, changed(rels, b'" Id="rId1"', external + b'" Id="rId1"'))
    assert watched_codes(path) == ["not-xlsx"]


def test_macros_are_no_reason_to_run_anything(tmp_path: Path) -> None:
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts = changed("[Content_Types].xml", main, macro)
    parts["xl/vbaProject.bin"] = b'Sub Auto_Open()\nShell "calc"\nEnd Sub'
    assert watched_codes(xlsx(tmp_path, parts)) == []
    assert watched_codes(xlsx(tmp_path, parts, "kota.xlsm")) == ["unknown-suffix"]


def test_archives_of_archives_and_overlapping_parts_are_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path, sound())
    inner = path.read_bytes()
    assert watched_codes(xlsx(tmp_path, {"kota.xlsx": inner})) == ["not-xlsx"]
    # Many names for the same packed bytes: what they unpack to is added up.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a0", b"x" * 2**19)
        first = archive.infolist()[0]
        for n in range(1, 400):
            again = zipfile.ZipInfo(f"a{n}")
            for field in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                setattr(again, field, getattr(first, field))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    assert watched_codes(path) == ["unpacks-too-large"]


def test_a_part_unpacks_to_no_more_than_it_says(tmp_path: Path) -> None:
    """The sizes in the list of an archive are what is checked, so a lie about them is no gain."""
    path = xlsx(tmp_path, dict(sound()) | {SHEET: sound()[SHEET] + b" " * 2**22})
    data = bytearray(path.read_bytes())
    size = (len(sound()[SHEET]) + 2**22).to_bytes(4, "little")
    assert data.count(size) >= 1
    path.write_bytes(bytes(data).replace(size, (1000).to_bytes(4, "little")))
    assert watched_codes(path) == ["not-xlsx"]


# --- whatever comes -------------------------------------------------------------------------------


@functools.cache
def seeds(reader: str, *, sound_only: bool = False) -> list[bytes]:
    spec = importlib.util.spec_from_file_location("fuzz_seeds", FUZZ / "seeds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [data for name, data in module.of(reader).items() if "." not in name or not sound_only]


@pytest.mark.parametrize("reader", READERS)
def test_the_seeds_of_the_fuzzers_keep_the_promises(tmp_path: Path, reader: str) -> None:
    assert seeds(reader)
    for data in seeds(reader):
        judge(reader, data, tmp_path)


@pytest.mark.parametrize("reader", READERS)
@given(data=st.data())
def test_a_few_changed_bytes_break_no_promise(
    tmp_path_factory: pytest.TempPathFactory, reader: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp() / reader
    folder.mkdir(exist_ok=True)
    content = bytearray(data.draw(st.sampled_from(seeds(reader))))
    tokens = st.sampled_from(
        [b"", b"\0", b"\xff", b'"', b"\n", b"[", b"-1", b"1e999", b"\xef\xbb\xbf"]
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(content) - 1)))
        cut = data.draw(st.integers(0, 30))
        content[at : at + cut] = data.draw(st.one_of(tokens, st.binary(max_size=12)))
    judge(reader, bytes(content), folder)


@pytest.mark.parametrize("reader", READERS)
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_anything_at_all_breaks_no_promise(
    tmp_path_factory: pytest.TempPathFactory, reader: str, content: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp() / reader
    folder.mkdir(exist_ok=True)
    judge(reader, content, folder)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("reader", ["json", "tally", "checkpoint", "batches", "frame"])
@given(data=st.data())
def test_trees_with_something_else_in_one_place_break_no_promise(
    tmp_path_factory: pytest.TempPathFactory, reader: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp() / reader
    folder.mkdir(exist_ok=True)
    tree = json.loads(data.draw(st.sampled_from(seeds(reader, sound_only=True))))
    at: Any = tree
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = data.draw(json_values)
    judge(reader, json.dumps(tree).encode(), folder)


# --- the sandbox itself ---------------------------------------------------------------------------


DEEDS: Mapping[str, Callable[[Path], object]] = {
    "write elsewhere": lambda folder: (folder.parent / "elsewhere").write_text("a"),
    "read elsewhere": lambda _: Path("/etc/hostname").read_bytes(),
    "look around": lambda folder: list(folder.parent.iterdir()),
    "connect": lambda _: socket.socket().connect(("127.0.0.1", 9)),
    "start a process": lambda _: subprocess.run(["true"], check=False),
    "ask a shell": lambda _: os.system("true"),  # noqa: S605 - it is stopped
    "evaluate": lambda _: eval("1 + 1"),  # noqa: S307 - likewise
    "run": lambda _: exec("x = 1"),  # noqa: S102 - likewise
}


@pytest.mark.parametrize("deed", DEEDS)
def test_the_sandbox_bites(tmp_path: Path, deed: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    def in_secret() -> None:
        with watched(folder), contextlib.suppress(Exception):
            DEEDS[deed](folder)

    with pytest.raises(SandboxError):
        in_secret()
    with watched(folder):
        (folder / "a").write_text("a")
        assert (folder / "a").read_text() == "a"
        importlib.import_module("colorsys")
