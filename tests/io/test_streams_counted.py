"""Streams count to the tally of the whole, whatever the batches are made of."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.dataset as pds
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import feather

import inovasi_index as ii
from inovasi_index.io import streams
from inovasi_index.io.streams import (
    csv_files,
    parquet,
    running,
    tally_batches,
    tally_csv,
    tally_parquet,
)
from inovasi_index.scoring import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EDITION = ii.load_edition("iid-2026")
KEYS = [row.key for row in EDITION.innovation_indicators]
AFFAIRS = np.array([*(a.key for a in EDITION.affairs), ""])
CODES = np.array(["63.01", "63.10", "63.71", "64.72"])


def drawn(n: int, seed: int = 1) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    return {
        "region": CODES[rng.integers(0, len(CODES), n)],
        "affair": AFFAIRS[rng.integers(-1, 8, n)],
    } | {key: rng.integers(0, 4, n, dtype=np.uint8) for key in KEYS}


def table_of(columns: dict[str, Any]) -> ii.LevelTable:
    codes, region_of = np.unique(columns["region"], return_inverse=True)
    place = {key: n for n, key in enumerate(AFFAIRS[:-1])} | {"": -1}
    return ii.LevelTable.from_arrays(
        EDITION,
        np.stack([columns[key] for key in KEYS], axis=1),
        region_of=region_of,
        region_points=[50] * len(codes),
        affair_of=[place[a] for a in columns["affair"]],
        regions=codes.tolist(),
    )


def cut(columns: dict[str, Any], edges: list[int]) -> Iterator[dict[str, Any]]:
    n = len(columns["region"])
    ends = [0, *sorted(e % (n + 1) for e in edges), n]
    for start, stop in itertools.pairwise(ends):
        yield {name: column[start:stop] for name, column in columns.items()}


def text_as(kind: pa.DataType) -> Callable[[dict[str, Any]], pa.Table]:
    def made(columns: dict[str, Any]) -> pa.Table:
        found = pa.table(columns)
        for n, name in enumerate(("region", "affair")):
            found = found.set_column(n, name, found[name].cast(kind))
        return found

    return made


def with_a_strange_dictionary(columns: dict[str, Any]) -> pa.RecordBatch:
    """A dictionary that names a region twice, and one that does not occur."""
    names = [*CODES, *CODES, "99.99", None]
    codes = np.searchsorted(CODES, columns["region"]) + 4 * (np.arange(len(columns["region"])) % 2)
    region = pa.DictionaryArray.from_arrays(pa.array(codes, pa.int16()), pa.array(names))
    affair = pa.array([a or None for a in columns["affair"]]).dictionary_encode()
    levels = {key: pa.array(columns[key]) for key in KEYS}
    return pa.record_batch({"region": region, "affair": affair} | levels)


def unsigned_codes(columns: dict[str, Any]) -> pa.RecordBatch:
    affairs = pa.array([a or None for a in columns["affair"]])
    coded = affairs.dictionary_encode().cast(pa.dictionary(pa.uint8(), pa.string()))
    return pa.record_batch(pa.table(columns).set_column(1, "affair", coded).to_batches()[0])


FORMS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "dict of arrays": lambda c: c,
    "dict of objects": lambda c: c | {"region": c["region"].astype(object)},
    "dict of lists": lambda c: {name: column.tolist() for name, column in c.items()},
    "level table": table_of,
    "wide levels": lambda c: c | {key: c[key].astype(np.int64) for key in KEYS},
    "record batch": lambda c: pa.table(c).combine_chunks().to_batches()[0],
    "table": pa.table,
    "several chunks": lambda c: pa.concat_tables([pa.table(x) for x in cut(c, [7, 30])]),
    "dictionary": text_as(pa.dictionary(pa.int8(), pa.string())),
    "large string": text_as(pa.large_string()),
    "string view": text_as(pa.string_view()),
    "strange dictionary": with_a_strange_dictionary,
    "unsigned codes": unsigned_codes,
    "coded levels": lambda c: pa.table(
        c | {"benefits": pa.array(c["benefits"]).dictionary_encode()}
    ),
    "polars": pl.DataFrame,
    "categorical": lambda c: pl.DataFrame(c).with_columns(pl.col("region").cast(pl.Categorical)),
    "affairs as positions": lambda c: c | {"affair": table_of(c).affair_of.astype(np.int8)},
    "affairs as arrow positions": lambda c: pa.table(c | {"affair": table_of(c).affair_of}),
    "other columns": lambda c: {"name": np.zeros(len(c["region"]), object)} | c,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_batch_counts_alike(form: str) -> None:
    columns = drawn(60)
    found = tally_batches([FORMS[form](columns)], EDITION, levels=True)
    assert found == Tally.of(table_of(columns), levels=True)


@given(
    st.integers(0, 200), st.lists(st.integers(0, 200), max_size=6), st.integers(1, 3), st.booleans()
)
def test_any_cut_counts_like_the_whole(
    n: int, edges: list[int], threads: int, levels: bool
) -> None:
    columns = drawn(n, seed=n)
    seen: list[tuple[int, int | None]] = []
    found = tally_batches(
        cut(columns, edges), EDITION, levels=levels, threads=threads,
        progress=lambda done, total: seen.append((done, total)),
    )  # fmt: skip
    assert found == Tally.of(table_of(columns), levels=levels)
    assert seen[-1] == (n, None)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_columns_may_be_called_otherwise() -> None:
    columns = drawn(30)
    called = {("kode" if name == "region" else name): column for name, column in columns.items()}
    found = tally_batches([called], EDITION, columns={"region": "kode"})
    assert found == Tally.of(table_of(columns))
    for wrong in ({"regio": "kode"}, {"region": "affair"}):
        with pytest.raises(ii.errors.BadValueError, match="columns "):
            tally_batches([called], EDITION, columns=wrong)


def as_files(columns: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The same rows in every kind of file; the source as `tally_…` takes it."""
    frame = pa.table(columns)
    pq.write_table(frame, folder / "one.parquet", row_group_size=17)
    (folder / "several").mkdir()
    for n, part in enumerate(cut(columns, [40])):
        pq.write_table(pa.table(part), folder / "several" / f"{n}.parquet", row_group_size=23)
    feather.write_feather(frame, folder / "one.arrow", chunksize=19)
    names = list(columns)
    quoted = [
        ["name", *names],
        *([f'"a, ""b""\n{n}"', *r] for n, r in enumerate(zip(*columns.values(), strict=True))),
    ]
    text = "\r\n".join(",".join(map(str, row)) for row in quoted).encode("utf-8-sig")
    (folder / "one.csv").write_bytes(text)
    (folder / "packed.csv").write_bytes(gzip.compress(text))
    return {
        "parquet": folder / "one.parquet",
        "folder": folder / "several",
        "dataset": pds.dataset(folder / "one.arrow", format="feather"),
        "csv": folder / "one.csv",
        "gzip": folder / "packed.csv",
    }


def tally_of(source: Any, **options: Any) -> Tally:
    is_csv = isinstance(source, Path) and source.suffix == ".csv"
    return (tally_csv if is_csv else tally_parquet)(source, EDITION, **options)


KINDS = ["parquet", "folder", "dataset", "csv", "gzip"]


@pytest.fixture(params=[True, False], ids=["pyarrow", "standard library"])
def small_blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Batches of a few rows; CSV read by either reader."""
    monkeypatch.setattr(parquet, "_BATCH", 11)
    monkeypatch.setattr(csv_files, "_BLOCK", 2000)
    monkeypatch.setattr(csv_files, "_LINES", 13)
    monkeypatch.setattr(csv_files, "_has_arrow", lambda: request.param)
    return bool(request.param)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_counts_like_the_table(
    kind: str, tmp_path: Path, small_blocks: bool
) -> None:
    columns = drawn(101)
    seen = []
    source = as_files(columns, tmp_path)[kind]
    found = tally_of(source, levels=True, progress=lambda *at: seen.append(at))
    assert found == Tally.of(table_of(columns), levels=True)
    total = None if kind in {"csv", "gzip"} else 101
    assert len(seen) > 3
    assert seen[-1] == (101, total)


class Stopped(Exception):  # noqa: N818 - it is no error
    pass


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("after", [1, 30, 70, 101])
def test_counting_goes_on_where_it_was_stopped(
    kind: str, after: int, tmp_path: Path, small_blocks: bool
) -> None:
    columns = drawn(101)
    source = as_files(columns, tmp_path)[kind]
    checkpoint = tmp_path / "so-far.json"

    def stop(done: int, total: int | None) -> None:
        if done >= after:
            raise Stopped

    with pytest.raises(Stopped):
        tally_of(source, checkpoint=checkpoint, progress=stop)
    kept = json.loads(checkpoint.read_bytes())["rows"]
    assert kept >= after
    seen: list[int] = []
    found = tally_of(source, checkpoint=checkpoint, progress=lambda done, _: seen.append(done))
    assert found == Tally.of(table_of(columns))
    assert all(done > kept for done in seen)
    assert tally_of(source, checkpoint=checkpoint, progress=stop) == found, "all was counted"


@pytest.mark.parametrize("form", ["dict of arrays", "several chunks"])
def test_an_iterable_goes_on_where_it_was_stopped(form: str, tmp_path: Path) -> None:
    columns = drawn(101)
    checkpoint = tmp_path / "so-far.json"

    def batches(edges: list[int]) -> Iterator[Any]:
        return (FORMS[form](part) for part in cut(columns, edges))

    def stop(done: int, total: int | None) -> None:
        if done >= 40:
            raise Stopped

    with pytest.raises(Stopped):
        tally_batches(batches([40, 80]), EDITION, checkpoint=checkpoint, source="a", progress=stop)
    again = tally_batches(batches([15, 55, 80]), EDITION, checkpoint=checkpoint, source="a")
    assert again == Tally.of(table_of(columns))
    with pytest.raises(ii.errors.BadValueError, match="another source"):
        tally_batches(batches([1]), EDITION, checkpoint=checkpoint, source="b")
    with pytest.raises(ii.errors.BadValueError, match="source=…"):
        tally_batches(batches([1]), EDITION, checkpoint=checkpoint)


def test_a_checkpoint_inside_a_table_is_refused(tmp_path: Path) -> None:
    first, second = drawn(10), drawn(20)
    tally_batches([table_of(first)], EDITION, checkpoint=tmp_path / "c", source="a")
    with pytest.raises(ii.errors.BadValueError, match="inside a table"):
        tally_batches([table_of(second)], EDITION, checkpoint=tmp_path / "c", source="a")


def test_batches_that_end_before_the_checkpoint_are_refused(tmp_path: Path) -> None:
    whole = list(cut(drawn(101), [40, 80]))
    counted = tally_batches(whole, EDITION, checkpoint=tmp_path / "c", source="a")
    assert tally_batches(whole, EDITION, checkpoint=tmp_path / "c", source="a") == counted
    for fewer in ([], whole[:2]):
        with pytest.raises(ii.errors.BadValueError, match="end before the checkpoint"):
            tally_batches(fewer, EDITION, checkpoint=tmp_path / "c", source="a")


KILLED = """
import os, signal, sys
from pathlib import Path
import inovasi_index as ii
from inovasi_index.io.streams import parquet, running, tally_parquet
parquet._BATCH = 11
running._EVERY = 0.0
def kill(done, total):
    if done >= 40:
        os.kill(os.getpid(), signal.SIGKILL)
tally_parquet(sys.argv[1], ii.load_edition("iid-2026"), checkpoint=sys.argv[2], progress=kill)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system cannot kill")
def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    columns = drawn(101)
    source, checkpoint = as_files(columns, tmp_path)["parquet"], tmp_path / "so-far.json"
    ran = subprocess.run([sys.executable, "-c", KILLED, source, checkpoint], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert 40 <= json.loads(checkpoint.read_bytes())["rows"] < 101
    assert tally_of(source, checkpoint=checkpoint) == Tally.of(table_of(columns))


def test_a_checkpoint_of_other_work_is_refused(tmp_path: Path) -> None:
    columns = drawn(50)
    source, checkpoint = as_files(columns, tmp_path)["parquet"], tmp_path / "so-far.json"
    tally_of(source, checkpoint=checkpoint)
    refused = ii.errors.BadValueError
    with pytest.raises(refused, match="another columns"):
        tally_of(source, checkpoint=checkpoint, levels=True)
    other = EDITION.supply(minimum_divisor=12)
    assert tally_parquet(source, other, checkpoint=checkpoint) is not None
    with pytest.raises(refused, match="another edition"):
        tally_parquet(source, ii.load_edition("iid-2027"), checkpoint=checkpoint)
    with pytest.raises(refused, match="not of files"):
        tally_of(pds.dataset(pa.table(columns)), checkpoint=tmp_path / "other.json")
    found = source.stat()
    os.utime(source, ns=(found.st_atime_ns, found.st_mtime_ns + 1))
    with pytest.raises(refused, match="another source"):
        tally_of(source, checkpoint=checkpoint)


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"format": "x"}', "\xff"],
)
def test_a_file_that_is_no_checkpoint_is_refused(text: str, tmp_path: Path) -> None:
    source = as_files(drawn(50), tmp_path)["parquet"]
    checkpoint = tmp_path / "so-far.json"
    checkpoint.write_bytes(text.encode("latin-1"))
    with pytest.raises(ii.errors.BadValueError, match="no checkpoint"):
        tally_of(source, checkpoint=checkpoint)
    assert checkpoint.read_bytes() == text.encode("latin-1")


def test_a_checkpoint_is_written_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_EVERY", 0.0)
    checkpoint, kept = tmp_path / "so-far.json", []
    tally_batches(
        cut(drawn(50), [20, 30]), EDITION, checkpoint=checkpoint, source="a",
        progress=lambda *_: kept.append(json.loads(checkpoint.read_bytes())["rows"]),
    )  # fmt: skip
    assert kept == [20, 30, 50]


def test_a_damaged_checkpoint_is_refused(tmp_path: Path) -> None:
    source = as_files(drawn(50), tmp_path)["parquet"]
    checkpoint = tmp_path / "so-far.json"
    tally_of(source, checkpoint=checkpoint)
    plain = json.loads(checkpoint.read_bytes())
    for change in ({"rows": 49}, {"tally": None}, {"made_of": 3}):
        checkpoint.write_text(json.dumps(plain | change))
        with pytest.raises(ii.errors.BadValueError):
            tally_of(source, checkpoint=checkpoint)


def test_tallies_are_kept_in_files(tmp_path: Path) -> None:
    tally = Tally.of(table_of(drawn(50)), levels=True)
    streams.write_tally(tally, tmp_path / "tally.json")
    assert streams.read_tally(tmp_path / "tally.json") == tally
    for text in ("{}", "[", '{"format": 1}', "\xff", "[" * 100_000):
        (tmp_path / "tally.json").write_text(text, encoding="latin-1")
        with pytest.raises(ii.errors.FileFormatError, match=r"no-tally|not UTF-8"):
            streams.read_tally(tmp_path / "tally.json")


def changed(**columns: Any) -> dict[str, Any]:
    return drawn(20) | columns


def put(name: str, row: int, value: Any) -> Any:
    column = drawn(20)[name].astype(object)
    column[row] = value
    return column


BAD = {
    "level": (changed(benefits=np.full(20, 4)), r"row 0, benefits: level 4; allowed: 0 to 3"),
    "negative": (changed(benefits=np.arange(20) % 4 - 1), r"row 0, benefits: level -1.*4 more"),
    "fraction": (changed(benefits=np.ones(20)), "(float64|double); whole numbers"),
    "region": (changed(region=put("region", 3, "")), "row 3, region: the region is missing"),
    "no region": (changed(region=put("region", 3, None)), "row 3, region: the region is missing"),
    "number": (changed(region=np.full(20, 63.71)), "loses the last zero"),
    "object": (changed(region=put("region", 3, 63.7)), "loses the last zero"),
    "affair": (changed(affair=put("affair", 5, "helth")), "row 5, affair: .*did you mean 'health'"),
    "position": (changed(affair=np.full(20, 38)), "affair 38; allowed: -1 to 37"),
    "unsigned": (changed(affair=np.full(20, 99, np.uint64)), "affair 99"),
    "affair type": (changed(affair=np.full(20, 1.5)), "affairs are keys"),
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("form", ["arrays", "arrow"])
def test_bad_values_are_named(bad: str, form: str) -> None:
    columns, said = BAD[bad]
    if bad == "object" and form == "arrow":
        pytest.skip("Arrow columns are of one type")
    with pytest.raises(ii.errors.SubmissionError, match=said):
        tally_batches([columns if form == "arrays" else pa.table(columns)], EDITION)


def test_a_missing_level_is_not_taken_for_zero() -> None:
    columns = pa.table(changed(benefits=pa.array([None, *[1] * 19], pa.uint8())))
    with pytest.raises(ii.errors.SubmissionError, match="row 0, benefits: a level is missing"):
        tally_batches([columns], EDITION)


def test_what_a_mask_hides_is_not_read() -> None:
    for name in ("benefits", "region", "affair"):
        hidden = np.ma.array(drawn(20)[name], mask=np.arange(20) == 3)
        with pytest.raises(ii.errors.BadValueError, match=f"'{name}' of a batch .*mask.* row 3"):
            tally_batches([changed(**{name: hidden})], EDITION)
    shown = np.ma.array(drawn(20)["benefits"], mask=False)
    assert tally_batches([changed(benefits=shown)], EDITION) == tally_batches([drawn(20)], EDITION)


@pytest.mark.skipif(not hasattr(np.dtypes, "StringDType"), reason="of NumPy 2")
@pytest.mark.parametrize(("missing", "said"), [(None, "region is missing"), (np.nan, "not-text")])
def test_text_of_numpy_may_lack_values(missing: Any, said: str) -> None:
    text = np.dtypes.StringDType(na_object=missing)
    full = changed(region=drawn(20)["region"].astype(text))
    assert tally_batches([full], EDITION) == tally_batches([drawn(20)], EDITION)
    lacking = changed(region=put("region", 3, missing).astype(text))
    with pytest.raises(ii.errors.SubmissionError, match=said):
        tally_batches([lacking], EDITION)


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint8(), pa.uint64()])
def test_a_missing_affair_is_unknown(kind: pa.DataType) -> None:
    missing = pa.table(changed(affair=pa.array([None, *[1] * 19], kind)))
    unknown = changed(affair=np.array([-1, *[1] * 19]))
    assert tally_batches([missing], EDITION) == tally_batches([unknown], EDITION)


def test_all_faults_of_a_column_come_together() -> None:
    columns = pa.table(changed(benefits=pa.array([9, None, 9, *[1] * 17], pa.int8())))
    with pytest.raises(ii.errors.SubmissionError) as caught:
        tally_batches([columns], EDITION)
    assert [(f.code, f.place) for f in caught.value.faults] == [
        ("missing-level", "row 1, benefits"),
        ("level-out-of-range", "row 0, benefits"),
    ]
    assert "and 1 more rows" in caught.value.faults[1].message


def test_all_faults_come_together_with_the_row_of_the_stream() -> None:
    bad = changed(benefits=np.full(20, 9), networks=np.full(20, 9), region=put("region", 2, ""))
    with pytest.raises(ii.errors.SubmissionError) as caught:
        tally_batches([drawn(20), bad], EDITION)
    assert [f.place for f in caught.value.faults] == [
        "row 20, networks", "row 20, benefits", "row 22, region",
    ]  # fmt: skip


def test_what_is_no_batch_is_refused() -> None:
    for batch, said in (
        (3, "a batch is a int"),
        ({}, "of one length"),
        ({"region": np.zeros((2, 2))}, "of one length"),
        (changed(region=np.zeros(3)), "of one length"),
    ):
        with pytest.raises(ii.errors.BadValueError, match=said):
            tally_batches([batch], EDITION)
    other = ii.load_edition("iid-2027")
    with pytest.raises(ii.errors.BadValueError, match="a table is of iid-2026"):
        tally_batches([table_of(drawn(3))], other)
    with pytest.raises(ii.errors.BadValueError, match="at least 1"):
        tally_batches([], EDITION, threads=0)
    short = {name: column for name, column in drawn(3).items() if name != "benefits"}
    with pytest.raises(ii.errors.FileFormatError, match="missing-column"):
        tally_batches([short], EDITION)


HEAD = ",".join(["region", "affair", *KEYS])
GOOD = "63.71,health" + ",3" * 20
BROKEN = {
    "empty": (b"", "missing-column"),
    "no column": (HEAD.replace("benefits", "benefit").encode(), "did you mean 'benefit'"),
    "twice": (f"{HEAD},benefits\n".encode(), "2 columns are called 'benefits'"),
    "letters": (f"{HEAD}\n{GOOD}\n{GOOD[:-1]}x\n".encode(), "x"),
    "too large": (f"{HEAD}\n{GOOD[:-1]}300\n".encode(), "300"),
    "blank": (f"{HEAD}\n{GOOD[:-1]}\n".encode(), "quality_video"),
    "blanks": (f"{HEAD}\n{GOOD[:-1]} \n".encode(), "unreadable"),
    "zero before too large": (f"{HEAD}\n{GOOD[:-1]}0256\n".encode(), "0256"),
    "sign": (f"{HEAD}\n{GOOD[:-1]}+3\n".encode(), r"\+3"),
    "short row": (f"{HEAD}\n{GOOD[:-2]}\n".encode(), "21|20"),
    "latin": (f"{HEAD}\n{GOOD}\n".replace("health", "é").encode("latin-1"), "unreadable"),
    "cut gzip": (gzip.compress(f"{HEAD}\n{GOOD}\n".encode() * 99, 0)[:-900], "unreadable"),
    "damaged gzip": (gzip.compress(b"a")[:10] + b"\xff" * 30, "unreadable"),
    "long line": (f"{HEAD}\n{'6' * 20000}{GOOD}\n".encode(), "unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_csv_is_refused(broken: str, tmp_path: Path, small_blocks: bool) -> None:
    data, said = BROKEN[broken]
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises((ii.errors.FileFormatError, ii.errors.SubmissionError), match=said):
        tally_csv(tmp_path / "a.csv", EDITION)


@pytest.mark.parametrize("text", [f"{HEAD}\n", f"\ufeff{HEAD}\r\n\r\n"])
def test_a_csv_file_may_have_no_rows(text: str, tmp_path: Path, small_blocks: bool) -> None:
    (tmp_path / "a.csv").write_bytes(text.encode())
    assert tally_csv(tmp_path / "a.csv", EDITION) == Tally.empty(EDITION)


@pytest.mark.parametrize("written", ["{}", "0{}", "00{}", " {}", "{}\t", " 0{} ", '"{} "'])
@pytest.mark.parametrize("level", [0, 3])
def test_levels_of_csv_may_have_blanks_around_and_zeros_before(
    level: int, written: str, tmp_path: Path, small_blocks: bool
) -> None:
    (tmp_path / "a.csv").write_text(f"{HEAD}\n{GOOD[:-1]}{written.format(level)}\n")
    weights = [row.weight_hundredths or 0 for row in EDITION.innovation_indicators]
    least = 3 * sum(weights[:-1])
    found = tally_csv(tmp_path / "a.csv", EDITION)
    assert found.maturity_hundredths.tolist() == [least + level * weights[-1]]


def test_csv_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        tally_csv(tmp_path / "none.csv", EDITION)
    for delimiter in ("", ",,", '"', "\n"):
        with pytest.raises(ii.errors.BadValueError, match="delimiter"):
            tally_csv(tmp_path / "none.csv", EDITION, delimiter=delimiter)
    (tmp_path / "a.csv").write_text(f"{HEAD}\n{GOOD}\n".replace(",", ";"))
    assert len(tally_csv(tmp_path / "a.csv", EDITION, delimiter=";")) == 1


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_trouble_with_a_checkpoint_is_not_laid_to_the_data(kind: str, tmp_path: Path) -> None:
    source = as_files(drawn(30), tmp_path)[kind]
    with pytest.raises(IsADirectoryError):
        tally_of(source, checkpoint=tmp_path)


def test_broken_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1nothing")
    with pytest.raises(ii.errors.FileFormatError, match="unreadable"):
        tally_parquet(tmp_path / "a.parquet", EDITION)
    with pytest.raises(FileNotFoundError):
        tally_parquet(tmp_path / "none.parquet", EDITION)
    pq.write_table(pa.table({"region": ["63.71"]}), tmp_path / "b.parquet")
    with pytest.raises(ii.errors.FileFormatError, match="21 faults"):
        tally_parquet(tmp_path / "b.parquet", EDITION)


@pytest.mark.parametrize("name", ["region", "affair"])
def test_text_of_arrow_that_is_not_utf8_is_refused(name: str, tmp_path: Path) -> None:
    broken = pa.Array.from_buffers(pa.string(), 20, pa.array([b"\xff\xfe"] * 20).buffers())
    pq.write_table(pa.table(changed(**{name: broken})), tmp_path / "a.parquet")
    with pytest.raises(ii.errors.SubmissionError, match=f"row 0, {name}: .*UTF-8.*not-unicode"):
        tally_parquet(tmp_path / "a.parquet", EDITION)


def test_names_of_columns_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(drawn(20)), path, store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"benefits", b"\xffenefits"))
    with pytest.raises(ii.errors.FileFormatError, match="codec can't decode"):
        tally_parquet(path, EDITION)


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = drawn(30)
    frame, packed = pl.DataFrame(columns), as_files(columns, tmp_path)["gzip"]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ii.errors.MissingExtraError, match=r"inovasi_index\[arrow\]"):
        tally_parquet(tmp_path / "one.parquet", EDITION)
    with pytest.raises(ii.errors.MissingExtraError, match="Arrow data"):
        tally_batches([frame], EDITION)
    assert tally_csv(packed, EDITION) == Tally.of(table_of(columns))


def test_threads_are_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert running._threads() == 1
