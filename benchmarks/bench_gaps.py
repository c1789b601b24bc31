"""Gaps, distances, years and rankings, beside copying the levels once.

``pytest benchmarks/bench_gaps.py`` measures with pytest-benchmark;
``python benchmarks/bench_gaps.py`` prints seconds measured alternately in one run, and fails
when the gaps of 10,000 submissions with 50 innovations each take a second or more.
``BENCH_SIZE=smoke`` makes everything small.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from attrs import evolve
from taking_turns import by_name, medians

import inovasi_index as ii
from inovasi_index.analysis import compare_years, distance, gaps, rank_innovations

if TYPE_CHECKING:
    from collections.abc import Callable

SMOKE = os.environ.get("BENCH_SIZE") == "smoke"
REGIONS = 100 if SMOKE else 10_000
EACH = 50
LIMIT = 1.0  # seconds
EDITION = ii.load_edition("iid-2026")
EXAMPLE = Path(__file__).parent.parent / "examples" / "kota-contoh.toml"


def level_table() -> ii.LevelTable:
    rng = np.random.default_rng(20260429)
    n = REGIONS * EACH
    return ii.LevelTable.from_arrays(
        EDITION,
        rng.integers(0, 4, (n, 20), dtype=np.uint8),
        region_of=np.repeat(np.arange(REGIONS), EACH),
        region_levels=rng.integers(0, 4, (REGIONS, 20), dtype=np.uint8),
        affair_of=rng.integers(-1, 38, n),
    )


TABLE = level_table()
CITY = ii.read_submission(EXAMPLE)
#: The example city with as many innovations as count.
LARGE = evolve(
    CITY,
    innovations=[
        evolve(CITY.innovations[n % len(CITY.innovations)], id=f"inovasi-{n}")
        for n in range(20 if SMOKE else 200)
    ],
)
LATER = evolve(LARGE, year=2027)


def copy() -> object:
    return TABLE.columns.copy()


def by_cause() -> object:
    return gaps(TABLE).shares


def by_cause_and_row() -> object:
    found = gaps(TABLE)
    return found.shares, found.by_indicator()


def of_records() -> object:
    return gaps(LARGE, EDITION).by_cause()


def to_next_band() -> object:
    return distance(LARGE, EDITION).steps


def between_years() -> object:
    return compare_years(LARGE, EDITION, LATER, "iid-2027").by_cause()


def contest() -> object:
    return rank_innovations(LARGE, EDITION).shortlist(10)


@pytest.mark.benchmark(group="gaps of 10,000 submissions with 50 innovations each")
@pytest.mark.parametrize("work", [copy, by_cause, by_cause_and_row])
def test_bench_gaps_of_a_table(benchmark: Any, work: Callable[[], object]) -> None:
    benchmark(work)


@pytest.mark.benchmark(group="one submission with 200 innovations, from records")
@pytest.mark.parametrize("work", [of_records, to_next_band, between_years, contest])
def test_bench_one_submission(benchmark: Any, work: Callable[[], object]) -> None:
    benchmark(work)


def main() -> int:
    found = medians(by_name([copy, by_cause, by_cause_and_row]), 9)
    print(f"{REGIONS} submissions × {EACH} innovations × 20 rows")
    for name, seconds in found.items():
        print(f"  {name:18} {seconds * 1e3:9.2f} ms  {seconds / found['copy']:7.1f} × copy")
    print(f"one submission with {len(LARGE.innovations)} innovations, from records")
    works = by_name([of_records, to_next_band, between_years, contest])
    for name, seconds in medians(works, 5).items():
        print(f"  {name:18} {seconds * 1e3:9.2f} ms")
    if found["by_cause_and_row"] >= LIMIT:
        print(f"gaps take {found['by_cause_and_row']:.2f} s; the limit is {LIMIT:g} s")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
