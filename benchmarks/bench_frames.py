"""From a data frame to region indices, against scoring alone plus one pass over the columns.

``python benchmarks/bench_frames.py`` prints, for pandas, Polars and PyArrow, the time from a
frame of 1,000,000 innovations to the indices of 546 regions as a multiple of *scoring* (from a
table that exists) plus *one pass* (a copy of every column of the frame by its own library):
straight, by `scores_from_frame`, which has to stay under twice, and by way of a level table,
which keeps a copy of all levels. All are measured in turn in one run, in processor time.
``pytest benchmarks/bench_frames.py`` measures the same with pytest-benchmark;
``BENCH_SIZE=smoke`` makes both small.

Frames come in three kinds: ``codes`` has categories (dictionaries) for regions and affairs and
bytes for levels; ``texts`` has plain strings and bytes; ``csv`` has what a CSV file gives,
plain strings and 64-bit levels. A pass over strings is their encoding as a dictionary, which
is what reading them once takes.
"""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from taking_turns import medians

import inovasi_index as ii
from inovasi_index.reporting import scores_from_frame, table_from_frame, to_frame

if TYPE_CHECKING:
    from collections.abc import Callable

SMOKE = os.environ.get("BENCH_SIZE") == "smoke"
N = 10_000 if SMOKE else 1_000_000
REGIONS = 546
LIMIT = 2.0  # times scoring plus one pass
EDITION = ii.load_edition("iid-2026")
KINDS = ("codes", "texts", "csv")
LIBRARIES = ("pandas", "polars", "pyarrow")


def table() -> ii.LevelTable:
    rng = np.random.default_rng(20260429)
    return ii.LevelTable.from_columns(
        EDITION,
        rng.integers(0, 4, (20, N), dtype=np.uint8),
        region_of=rng.integers(0, REGIONS, N),
        region_levels=rng.integers(0, 4, (REGIONS, 20), dtype=np.uint8),
        affair_of=rng.integers(0, 38, N),
        regions=[f"{11 + n // 20}.{1 + n % 20:02d}" for n in range(REGIONS)],
    )


TABLE = table()
COLUMNS = TABLE.to_columns()


def frame(library: str, kind: str) -> Any:
    columns = dict(COLUMNS)
    if kind == "csv":
        columns |= {
            row.key: columns[row.key].astype(np.int64) for row in EDITION.innovation_indicators
        }
    made = to_frame(columns, backend=library)
    if kind != "codes":
        return made
    names = ("region", "affair")
    if library == "pandas":
        return made.astype(dict.fromkeys(names, "category"))
    if library == "polars":
        return made.with_columns(pl.col(name).cast(pl.Categorical) for name in names)
    for name in names:
        place = made.column_names.index(name)
        made = made.set_column(place, name, made[name].dictionary_encode())
    return made


def one_pass(given: Any) -> object:
    """Read every column once and write it: a copy, of strings their dictionary."""
    if isinstance(given, pd.DataFrame):
        return [c.factorize() if c.dtype == "str" else c.copy(deep=True) for _, c in given.items()]
    if isinstance(given, pl.DataFrame):
        return [
            c.cast(pl.Categorical) if c.dtype == pl.String else c.to_physical().to_numpy().copy()
            for c in given
        ]
    return [
        c.dictionary_encode()
        if c.type == pa.string()
        else [np.array(b).copy() for chunk in c.chunks for b in chunk.buffers() if b is not None]
        for c in given.columns
    ]


REGION_FRAME = TABLE.to_columns("regions")


def straight(given: Any) -> object:
    return scores_from_frame(given, EDITION, regions=REGION_FRAME).index


def by_table(given: Any) -> object:
    return ii.score(table_from_frame(given, EDITION, regions=REGION_FRAME)).index


WAYS = {"straight": straight, "by table": by_table}


def score() -> object:
    # A new table each time: what it counts once is part of scoring.
    return ii.score(
        ii.LevelTable(
            edition=EDITION,
            basis=None,
            regions=TABLE.regions,
            columns=TABLE.columns,
            region_of=TABLE.region_of,
            region_hundredths=TABLE.region_hundredths,
            region_columns=TABLE.region_columns,
            covered=TABLE.covered,
            affair_of=TABLE.affair_of,
        )
    ).index


@pytest.mark.benchmark(group="1,000,000 innovations from a frame to region indices")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("library", LIBRARIES)
def test_bench_from_frame(benchmark: Any, library: str, kind: str, way: str) -> None:
    given = frame(library, kind)
    np.testing.assert_array_equal(benchmark(WAYS[way], given), score())


@pytest.mark.benchmark(group="1,000,000 innovations to a frame")
@pytest.mark.parametrize("library", LIBRARIES)
def test_bench_to_frame(benchmark: Any, library: str) -> None:
    levels = {row.key: COLUMNS[row.key] for row in EDITION.innovation_indicators}
    assert len(benchmark(to_frame, levels, backend=library)) == N


def main() -> int:
    highest = 0.0
    print("kind   library   scoring  one pass   straight            by table")
    for kind in KINDS:
        for library in LIBRARIES:
            given = frame(library, kind)
            works: dict[str, Callable[[], object]] = {
                "score": score,
                "pass": partial(one_pass, given),
            }
            works |= {way: partial(work, given) for way, work in WAYS.items()}
            found = medians(works, clock=time.process_time)
            least = found["score"] + found["pass"]
            highest = max(highest, found["straight"] / least)
            shown = "  ".join(
                f"{found[way] * 1e3:7.1f} ms {found[way] / least:5.2f} ×" for way in WAYS
            )
            print(
                f"{kind:6} {library:8} {found['score'] * 1e3:6.1f} ms {found['pass'] * 1e3:6.1f} ms"
                f"  {shown}"
            )
    print(f"straight at most {highest:.2f} × (scoring + one pass), allowed {LIMIT:.0f} ×")
    return int(highest >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
