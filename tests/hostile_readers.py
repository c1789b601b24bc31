"""Each reader, and what it has to keep to with whatever file it is given.

A reader either raises an error of the library, which names what is wrong and is short enough to
read, or returns something that works: it scores, it explains itself, it is read again equal from
where it is written. It opens no other file and runs nothing (see `sandbox`). The tests and the
fuzzers in ``fuzz/`` share these judgements.
"""

from __future__ import annotations

import json
import pickle
import re
import warnings
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from attrs import evolve, frozen
from sandbox import watched

import inovasi_index as ii
from inovasi_index.errors import BadValueError, FaultsError, InovasiIndexError, PeriodWarning
from inovasi_index.io.limits import MAX_FAULTS
from inovasi_index.io.streams import csv_files, read_tally, tally_batches, tally_csv, write_tally
from inovasi_index.reporting import table_from_frame
from inovasi_index.rules import Part, editions
from inovasi_index.scoring import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["CSV_PARTS", "EDITION", "READERS", "Reader", "judge"]

T = TypeVar("T")

EDITION = ii.load_edition("iid-2026")
#: Between the sheets of a CSV submission in one file: innovations, region, agencies.
CSV_PARTS = b"\n%%%%\n"
REGION = b"item,value\nyear,2026\nregion.code,99.71\nregion.name,Kota Contoh\nregion.kind,city\n"


@frozen
class Reader:
    """One reader, and how its files are judged.

    Attributes
    ----------
    suffix : str
        Ending of its files.
    judge : callable
        Takes a path; raises `AssertionError`, or anything that is no error of the library,
        when the reader breaks a promise.
    place : callable
        Writes bytes into a folder as what the reader takes.
    """

    suffix: str
    judge: Callable[[Path], None]
    place: Callable[[bytes, Path], None] = lambda data, path: _write(path, data)


def judge(reader: str, data: bytes, folder: Path) -> None:
    """Give a reader a file with the bytes."""
    one = READERS[reader]
    path = folder / f"given{one.suffix}"
    one.place(data, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PeriodWarning)
        one.judge(path)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _csv_sheets(data: bytes, path: Path) -> None:
    parts = data.split(CSV_PARTS, 2)
    path.write_bytes(parts[0])
    path.with_suffix(".region.csv").write_bytes(parts[1] if len(parts) > 1 else REGION)
    agencies = path.with_suffix(".agencies.csv")
    agencies.unlink(missing_ok=True)
    if len(parts) > 2:
        agencies.write_bytes(parts[2])


def _require_clear(error: InovasiIndexError) -> None:
    """Hold what is promised of every error."""
    text = str(error)
    assert text
    text.encode()  # can be printed
    if isinstance(error, FaultsError):
        assert 0 < len(error.faults) <= MAX_FAULTS + 1
        assert len(text) < 500 + 3000 * len(error.faults)
        assert all(f.message for f in error.faults)
        assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", f.code) for f in error.faults)
        # Once Dask is imported, where an error came from is pickled, too, however deep that was.
        error.__context__ = error.__traceback__ = None
        assert str(pickle.loads(pickle.dumps(error))) == text  # noqa: S301 - our own bytes
    else:
        assert len(text) < 10_000


def _tried(path: Path, work: Callable[[], T]) -> T | None:
    """Return what a reader returns; `None` when it refuses as it should."""
    try:
        with watched(path.parent):
            return work()
    except InovasiIndexError as error:
        _require_clear(error)
        return None


# --- submissions --------------------------------------------------------------------------------


def _submission(path: Path) -> None:
    found = _tried(path, lambda: ii.read_submission(path))
    if found is None:
        return
    _scores_well(path, found)
    again = path.with_stem("again")
    try:
        ii.write_submission(found, again)
    except BadValueError as error:
        _require_clear(error)  # a text that the format cannot hold
    else:
        back = ii.read_submission(again)
        if path.suffix in {".toml", ".json"}:
            assert back == found
        else:
            assert _as_sheets_hold(back) == _as_sheets_hold(found)
    plain = ii.Submission.from_dict(found.to_dict())
    assert plain == found


def _as_sheets_hold(submission: ii.Submission) -> ii.Submission:
    """Return a submission with its answers sorted: sheets keep no order of columns."""

    def sorted_answers(one: Any) -> Any:
        return evolve(one, answers=sorted(one.answers, key=lambda a: a.indicator))

    return ii.Submission.from_dict(
        evolve(
            sorted_answers(submission),
            innovations=[sorted_answers(one) for one in submission.innovations],
        ).to_dict()
    )


def _scores_well(path: Path, submission: ii.Submission) -> None:
    if _tried(path, lambda: ii.score(submission, EDITION)) is None:
        return
    for basis in ii.Basis:
        scores = ii.score(submission, EDITION, basis=basis)
        one = scores[submission.region.code]
        assert 0 <= one.exact <= 100
        assert 0 <= one.index <= 100
        assert one.index_hundredths == scores.index_hundredths[0]
        found = ii.gaps(submission, EDITION, basis=basis)
        assert sum((gap.share for gap in found), Fraction(0)) == 100 - one.exact
        for language in ("en", "id"):
            one.explain().to_text(language).encode()


def _portal(path: Path) -> None:
    export = _tried(path, lambda: ii.read_portal_export(path, edition=EDITION, errors="collect"))
    if export is None:
        return
    strict = _tried(path, lambda: ii.read_portal_export(path, edition=EDITION))
    assert (strict is None) == bool(export.faults)
    assert all(0 <= a.mean <= 120 for a in export.by_agency().values())
    _tried(path, lambda: (export.agencies(), export.innovations, export.by_stage()))


# --- editions -----------------------------------------------------------------------------------


def _edition(path: Path) -> None:
    edition = _tried(path, lambda: ii.load_edition(path))
    if edition is None:
        return
    assert ii.load_edition(path) == edition
    editions.compare("iid-2026", edition)
    rows, region = edition.innovation_indicators, edition.region_indicators
    assert [edition[row.key] for row in edition] == list(edition)

    def scored() -> ii.Scores:
        table = ii.LevelTable.from_arrays(
            edition,
            np.array([[row.top_level for row in rows]] * 3).reshape(3, len(rows)),
            region_of=[0, 0, 0],
            region_levels=np.array([[row.top_level for row in region]]).reshape(1, len(region)),
            affair_of=[-1] * 3,
        )
        return ii.score(table)

    scores = _tried(path, scored)
    if scores is not None:
        assert 0 <= scores.index_hundredths[0] <= 10_000
        _tried(path, lambda: scores["0"].explain().to_text("id"))


# --- streams ------------------------------------------------------------------------------------


def _tally_file(path: Path) -> None:
    found = _tried(path, lambda: read_tally(path))
    if found is None:
        return
    _adds_up(path, found)
    again = path.with_stem("again")
    write_tally(found, again)
    assert read_tally(again) == found


def _adds_up(path: Path, tally: Tally) -> None:
    levels = tally.level_counts is not None
    assert Tally.empty(tally.edition, levels=levels) + tally == tally
    twice = (tally + tally).reordered(tally.codes)
    assert (twice.n_innovations == 2 * tally.n_innovations).all()
    points = dict.fromkeys(tally.codes, 50)
    # Not every edition knows all that an index needs.
    index = _tried(path, lambda: tally.score(points).index_hundredths)
    if index is not None:
        assert ((index >= 0) & (index <= 10_000)).all()
    assert Tally.from_dict(json.loads(json.dumps(tally.to_dict())), tally.edition) == tally


def _stream(path: Path) -> None:
    """Both ways of reading a CSV come to the same tally, when both read it."""
    found = _tried(path, lambda: tally_csv(path, EDITION, levels=True, threads=1))
    before = csv_files._has_arrow
    csv_files._has_arrow = lambda: False
    try:
        slow = _tried(path, lambda: tally_csv(path, EDITION, levels=True, threads=1))
    finally:
        csv_files._has_arrow = before
    if found is not None:
        _adds_up(path, found)
    if found is not None and slow is not None:
        assert found == slow
    elif slow is not None:
        _adds_up(path, slow)


def _parquet(path: Path) -> None:
    from inovasi_index.io.streams import tally_parquet

    found = _tried(path, lambda: tally_parquet(path, EDITION, levels=True, threads=1))
    if found is not None:
        _adds_up(path, found)


def _checkpoint(path: Path) -> None:
    """A checkpoint is refused, or counting goes on from it."""
    found = _tried(
        path, lambda: tally_batches([], EDITION, levels=True, checkpoint=path, source="given")
    )
    if found is not None:
        _adds_up(path, found)


# --- data in memory, described as JSON ----------------------------------------------------------


def _described(path: Path) -> dict[str, Any] | None:
    try:
        plain = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) else None


def _arrays(described: object) -> dict[str, Any] | None:
    """Return columns from ``{name: [dtype, values]}``; `None` where NumPy makes none."""
    if not isinstance(described, dict):
        return None
    columns = {}
    for name, one in described.items():
        dtype, values = one if isinstance(one, list) and len(one) == 2 else ("O", one)
        if not isinstance(dtype, str) or not re.fullmatch(r"[<>=|]?[a-zA-Z?][0-9]?", dtype):
            return None
        try:
            columns[name] = np.array(values, dtype)
        except (ValueError, TypeError, OverflowError, RecursionError):
            return None
    return columns


def _batches(path: Path) -> None:
    import pyarrow as pa

    given = _described(path) or {}
    columns = _arrays(given.get("columns"))
    if columns is None:
        return
    batch: Any = columns
    if given.get("form") == "arrow":
        try:
            batch = pa.table(columns)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            return
    found = _tried(path, lambda: tally_batches([batch], EDITION, levels=True, threads=1))
    if found is not None:
        _adds_up(path, found)


def _frame(path: Path) -> None:
    given = _described(path) or {}
    columns, regions = _arrays(given.get("columns")), _arrays(given.get("regions"))
    if columns is None or regions is None:
        return
    try:
        frame = _frame_of(columns, given.get("form"))
    except Exception:  # noqa: BLE001 - whatever the library of frames does not hold
        return
    empty = "zero" if given.get("empty") == "zero" else "refuse"
    unexpected = "ignore" if given.get("unexpected") == "ignore" else "refuse"

    def read() -> ii.LevelTable:
        return table_from_frame(frame, EDITION, regions=regions, empty=empty, unexpected=unexpected)

    table = _tried(path, read)
    if table is None:
        return
    scores = ii.score(table)
    assert len(scores) == len(table.regions)
    assert all(0 <= one <= 10_000 for one in scores.index_hundredths.tolist())
    tops = [row.top_level for row in EDITION.part_indicators(Part.INNOVATION)]
    assert (table.levels <= tops).all()


def _frame_of(columns: Mapping[str, Any], form: object) -> Any:
    if form == "polars":
        import polars as pl

        return pl.DataFrame(columns, strict=False)
    if form == "arrow":
        import pyarrow as pa

        return pa.table(columns)
    import pandas as pd

    return pd.DataFrame(columns)


#: Every reader, by the name that ``fuzz/run.py`` knows it by.
READERS: Mapping[str, Reader] = {
    "toml": Reader(".toml", _submission),
    "json": Reader(".json", _submission),
    "csv": Reader(".csv", _submission, _csv_sheets),
    "xlsx": Reader(".xlsx", _submission),
    "portal-csv": Reader(".csv", _portal),
    "portal-xlsx": Reader(".xlsx", _portal),
    "edition": Reader(".toml", _edition),
    "stream-csv": Reader(".csv", _stream),
    "stream-gzip": Reader(".csv.gz", _stream),
    "stream-parquet": Reader(".parquet", _parquet),
    "tally": Reader(".json", _tally_file),
    "checkpoint": Reader(".json", _checkpoint),
    "batches": Reader(".json", _batches),
    "frame": Reader(".json", _frame),
}
