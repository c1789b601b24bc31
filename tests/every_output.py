"""Every output of one submission as bytes, for comparing environments, threads and processes.

    python tests/every_output.py FOLDER

prints a digest of each. Words after the folder change the process first: ``locale`` takes the
locale of the environment, as programs with windows do; ``decimals`` sets the context of
`decimal` to three digits and makes every rounding an error.
"""

from __future__ import annotations

import contextlib
import decimal
import hashlib
import json
import locale
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from attrs import evolve

import inovasi_index as ii
from inovasi_index.cli import main as command
from inovasi_index.engines import sql_tables, sql_view
from inovasi_index.io import json_schema, read_portal_export
from inovasi_index.io.streams import tally_csv, write_tally
from inovasi_index.reporting import html_report
from inovasi_index.rules import editions
from inovasi_index.scoring import score_document

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["city", "outputs"]

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "kota-contoh.toml"
PORTAL = (
    "Judul Inovasi;Admin OPD;Tahapan Inovasi;Urusan Utama;Kematangan;Tanggal Penerapan\n"
    "Sapa İstanbul;DINAS KESEHATAN (d);PENERAPAN;KESEHATAN;85,50;01/03/2024\n"
)


def city() -> ii.Submission:
    """Return a part of the example city, with names that depend on letters of one language."""
    whole = ii.read_submission(EXAMPLE)
    first = evolve(whole.innovations[0], name="I İ ı i ß Σς Kota – “x” 𝄞")
    return evolve(whole, innovations=[first, *whole.innovations[1:8]])


def outputs(
    folder: Path, submission: ii.Submission | None = None
) -> dict[str, Callable[[], bytes]]:
    """Return what makes each output, by name.

    Parameters
    ----------
    folder : Path
        Where files are written before their bytes are read.
    submission : Submission, optional
        By default `city`.
    """
    given = city() if submission is None else submission
    edition = ii.load_edition("iid-2026")
    made: dict[str, Callable[[], bytes]] = {
        "document": lambda: json.dumps(score_document(given, edition)).encode(),
        "faults": partial(_faults, given),
        "portal": partial(_portal, folder / "portal.csv"),
        "tally": partial(_tally, folder),
        "sql": (sql_tables(edition, "postgresql") + sql_view(edition, "mysql")).encode,
        "comparison": _comparison,
        "schema": _schema,
        "command": partial(_command, folder / "told.txt"),
    }
    for basis in ii.Basis:
        made[f"score {basis}"] = partial(_score, given, basis)
        made[f"gaps {basis}"] = partial(_gaps, given, basis)
    for language in ("en", "id"):
        made[f"explanation {language}"] = partial(_explanation, given, language)
        made[f"report {language}"] = partial(_report, given, language)
    for suffix in ("toml", "json", "csv"):
        made[suffix] = partial(_file, folder / f"kota.{suffix}", given)
    return made


def _score(given: ii.Submission, basis: ii.Basis) -> bytes:
    one = ii.score(given, "iid-2026", basis=basis)[given.region.code]
    projected = ii.project_index(
        "iid-2026", region_points="50.5", mean_maturity="90.91", innovations=137, basic_affairs=6
    )
    return repr(
        (one.exact, one.index, one.index_hundredths, one.band, one.parts, str(projected))
    ).encode()


def _explanation(given: ii.Submission, language: str) -> bytes:
    told = ii.score(given, "iid-2026")[given.region.code].explain()
    return (told.to_text(language) + json.dumps(told.to_dict(language))).encode()


def _file(path: Path, given: ii.Submission) -> bytes:
    ii.write_submission(given, path)
    again = ii.read_submission(path)
    files = sorted(path.parent.glob(f"{path.stem}*{path.suffix}"))
    return b"".join(file.read_bytes() for file in files) + repr(again).encode()


def _faults(given: ii.Submission) -> bytes:
    wrong = evolve(given.innovations[0], affair="KESEHATAN", stage="PİLOT", kind="dIgıtal")
    try:
        ii.score(evolve(given, innovations=[wrong]), "iid-2026")
    except ii.errors.FaultsError as error:
        return str(error).encode()
    return b""


def _portal(path: Path) -> bytes:
    path.write_bytes(PORTAL.encode())
    return repr(read_portal_export(path, edition=ii.load_edition("iid-2025"))).encode()


def _tally(folder: Path) -> bytes:
    edition = ii.load_edition("iid-2026")
    keys = [row.key for row in edition.innovation_indicators]
    lines = [",".join(["region", "affair", *keys])]
    lines += [f"63.{n % 7},health" + f",{n % 4}" * 20 for n in range(100)]
    (folder / "levels.csv").write_bytes("\r\n".join(lines).encode())
    tally = tally_csv(folder / "levels.csv", edition, levels=True)
    write_tally(tally, folder / "tally.json")
    points = {f"63.{n}": "50,25" for n in range(7)}
    found = tally.score(points).index_hundredths
    return (folder / "tally.json").read_bytes() + np.asarray(found, "<i8").tobytes()


def _gaps(given: ii.Submission, basis: ii.Basis) -> bytes:
    return repr(ii.gaps(given, "iid-2026", basis=basis)).encode()


def _report(given: ii.Submission, language: str) -> bytes:
    return html_report(given, "iid-2026", language=language).encode()


def _schema() -> bytes:
    return json.dumps(json_schema("submission")).encode()


def _comparison() -> bytes:
    return "\n".join(map(str, editions.compare("iid-2025", "iid-2026"))).encode()


def _command(path: Path) -> bytes:
    """Return what a command prints, by way of a file."""
    with path.open("w", encoding="utf-8", newline="\n") as out, contextlib.redirect_stdout(out):
        command(["explain", str(EXAMPLE), "--language", "id"])
    return path.read_bytes()


def main(folder: Path, changes: list[str]) -> None:
    """Print the digests as JSON."""
    if "locale" in changes:
        locale.setlocale(locale.LC_ALL, "")
    if "decimals" in changes:
        context = decimal.getcontext()
        context.prec, context.rounding, context.capitals = 3, decimal.ROUND_UP, 0
        context.traps[decimal.Inexact] = context.traps[decimal.FloatOperation] = True
    found = {name: make() for name, make in outputs(folder).items()}
    print(json.dumps({name: hashlib.sha256(data).hexdigest() for name, data in found.items()}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
