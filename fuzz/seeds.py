"""What a fuzzer starts from: small files of each kind, sound ones and the tests' broken ones."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve
from hostile_readers import CSV_PARTS, EDITION, READERS

import inovasi_index as ii
from inovasi_index.io import write_template
from inovasi_index.io.streams import tally_batches, write_tally
from inovasi_index.scoring import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["dictionary", "of"]

ROOT = Path(__file__).resolve().parents[1]
BROKEN = ROOT / "tests" / "io" / "broken"
KEYS = [row.key for row in EDITION.innovation_indicators]


def of(reader: str) -> dict[str, bytes]:
    """Return the seeds of a reader by name."""
    return dict(_of(reader))


_TOKENS = (
    *('"', "'", '"""', "[", "[[", "]]", "{", "}", " = ", ": ", ",", ";", "\t", "\r\n"),
    *("#", "|", "<", ">", "=1+1", "-1", "1e999", "nan", "inf", "null", "true", "9" * 40),
    *("0x7fffffffffffffff", "2026-02-30", "\ufeff", "\u202e", "\x00", "1.234", "1,5"),
)


def dictionary(reader: str) -> str:
    """Return words of the seeds and of the syntax, as libFuzzer takes them."""
    words = {
        word for data in of(reader).values() for word in re.findall(rb"[A-Za-z_.]{3,24}", data)
    }
    tokens = [*(token.encode() for token in _TOKENS), *sorted(words)[:400]]
    lines = ["".join(f"\\x{byte:02X}" for byte in token) for token in tokens]
    return "\n".join(f'"{line}"' for line in lines) + "\n"


@cache
def _of(reader: str) -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        found = dict(_SOUND[reader](Path(folder)))
    suffix = READERS[reader].suffix
    for path in sorted((BROKEN / reader).glob(f"*{suffix}")):
        found[path.name] = path.read_bytes()
    return found


@cache
def _city() -> ii.Submission:
    """A part of the example city: the smaller a seed, the more often it is tried."""
    whole = ii.read_submission(ROOT / "examples" / "kota-contoh.toml")
    chosen = (*whole.innovations[:2], *whole.innovations[-1:])
    agencies = {one.agency for one in chosen}
    return evolve(
        whole,
        innovations=[evolve(one, answers=one.answers[:5]) for one in chosen],
        answers=whole.answers[:4],
        agencies=[evolve(a, parent=None) for a in whole.agencies if a.id in agencies],
    )


def _submission(suffix: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    path = folder / f"kota{suffix}"
    ii.write_submission(_city(), path)
    if suffix == ".csv":
        sheets = (path, path.with_suffix(".region.csv"), path.with_suffix(".agencies.csv"))
        yield "kota", CSV_PARTS.join(sheet.read_bytes() for sheet in sheets)
        yield "semicolons", path.read_bytes().replace(b",", b";")
    else:
        yield "kota", path.read_bytes()


def _templates(folder: Path) -> Iterator[tuple[str, bytes]]:
    yield from _submission(".xlsx", folder)
    path = folder / "formulir.xlsx"
    write_template(EDITION, path, language="id")
    yield "formulir", path.read_bytes()


_PORTAL = (
    "Judul Inovasi,Pemda,Admin OPD,Inisiator,Bentuk Inovasi,Jenis,Asta Cipta,Urusan Utama,"
    "Urusan lain yang beririsan,Kematangan,Tahapan Inovasi,Tanggal Penerapan,Koordinat\n"
    'Sapa Warga,Kota Contoh,Dinas Kesehatan (contoh.dinkes),OPD,"Inovasi pelayanan publik",'
    'Digital,-,kesehatan,"sosial,pendidikan",85.00,Penerapan,2024-03-01,"-3.319, 114.591"\n'
)


def _portal_csv(_: Path) -> Iterator[tuple[str, bytes]]:
    yield "list", _PORTAL.encode()
    yield (
        "one",
        b"Data;Deskripsi\nNama Inovasi;Sapa\nDibuat Oleh;Dinas\nTahapan Inovasi;Penerapan\n",
    )


def _portal_xlsx(_: Path) -> Iterator[tuple[str, bytes]]:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Data"
    for row in csv.reader(io.StringIO(_PORTAL)):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    yield "list", out.getvalue()


def _edition(_: Path) -> Iterator[tuple[str, bytes]]:
    yield "own", Path(__file__).with_name("own_edition.toml").read_bytes()
    yield (
        "extends",
        b'id = "own"\ntitle = "Own"\nextends = "iid-2026"\n'
        b"""
period = { start = 2026-01-01, end = 2026-12-31 }
without = ["region.vision_mission"]
inherited = { certainty = "assumed", note = "ours" }
[formula]
count_cap = 6
[sources]
period = ["A"]
[citations.A]
document = "surat"
confidence = "ours"
""",
    )


def _columns(n: int) -> dict[str, Any]:
    levels = {key: (np.arange(n) + k) % 4 for k, key in enumerate(KEYS)}
    affairs = [(EDITION.affairs[i].key if i % 5 else "") for i in range(n)]
    return {"region": [f"63.{70 + i % 3}" for i in range(n)], "affair": affairs, **levels}


def _stream_csv(_: Path) -> Iterator[tuple[str, bytes]]:
    columns = _columns(6)
    rows = zip(*columns.values(), strict=True)
    yield "levels", "\n".join([",".join(columns), *(",".join(map(str, r)) for r in rows)]).encode()


def _stream_gzip(folder: Path) -> Iterator[tuple[str, bytes]]:
    for name, data in _stream_csv(folder):
        yield name, gzip.compress(data, mtime=0)


def _stream_parquet(_: Path) -> Iterator[tuple[str, bytes]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table(_columns(6)), out)
    yield "levels", out.getvalue()


def _tally(folder: Path) -> Iterator[tuple[str, bytes]]:
    arrays = {name: np.array(values) for name, values in _columns(6).items()}
    for levels in (True, False):
        path = folder / f"tally-{levels}.json"
        write_tally(tally_batches([arrays], EDITION, levels=levels), path)
        yield path.stem, path.read_bytes()
    path = folder / "empty.json"
    write_tally(Tally.empty(EDITION), path)
    yield "empty", path.read_bytes()


def _checkpoint(folder: Path) -> Iterator[tuple[str, bytes]]:
    arrays = {name: np.array(values) for name, values in _columns(6).items()}
    path = folder / "checkpoint.json"
    tally_batches([arrays], EDITION, levels=True, checkpoint=path, source="given")
    yield "checkpoint", path.read_bytes()


def _plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: np.asarray(values).tolist() for name, values in columns.items()}


def _batches(_: Path) -> Iterator[tuple[str, bytes]]:
    plain = _plain(_columns(4))
    for dtype in ("O", "<u1", ">i4", "<i8"):
        typed = {
            name: ["U" if name in {"region", "affair"} else dtype, v] for name, v in plain.items()
        }
        yield f"arrays{dtype[1:]}", json.dumps({"columns": typed}).encode()
    typed = {name: ["O" if name in {"region", "affair"} else "<i2", v] for name, v in plain.items()}
    yield "arrow", json.dumps({"form": "arrow", "columns": typed}).encode()


def _frame(_: Path) -> Iterator[tuple[str, bytes]]:
    plain = _plain(_columns(4))
    regions = {"region": ["63.70", "63.71", "63.72"], "region_points": [50, 40, 30.5]}
    for form in ("pandas", "polars", "arrow"):
        given = {"form": form, "columns": plain, "regions": regions}
        yield f"wide-{form}", json.dumps(given).encode()
        long = {
            "region": ["63.70"] * 4,
            "innovation": ["1", "1", "2", "2"],
            "affair": ["health"] * 4,
            "indicator": ["regulation", "replication"] * 2,
            "level": [1, 2, 3, 1],
        }
        given = {"form": form, "columns": long, "regions": regions, "empty": "zero"}
        yield f"long-{form}", json.dumps(given).encode()


_SOUND = {
    "toml": lambda folder: _submission(".toml", folder),
    "json": lambda folder: _submission(".json", folder),
    "csv": lambda folder: _submission(".csv", folder),
    "xlsx": _templates,
    "portal-csv": _portal_csv,
    "portal-xlsx": _portal_xlsx,
    "edition": _edition,
    "stream-csv": _stream_csv,
    "stream-gzip": _stream_gzip,
    "stream-parquet": _stream_parquet,
    "tally": _tally,
    "checkpoint": _checkpoint,
    "batches": _batches,
    "frame": _frame,
}
