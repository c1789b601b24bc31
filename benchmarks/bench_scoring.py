"""Scoring against the physical limit: copying the levels once.

``pytest benchmarks/bench_scoring.py`` measures with pytest-benchmark;
``python benchmarks/bench_scoring.py`` prints ratios measured alternately in one run.
``BENCH_SIZE=smoke`` makes both small.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from taking_turns import medians

import inovasi_index as ii

if TYPE_CHECKING:
    from collections.abc import Callable

SMOKE = os.environ.get("BENCH_SIZE") == "smoke"
N = 10_000 if SMOKE else 1_000_000
REGIONS = 546
EDITION = ii.load_edition("iid-2026")
EXAMPLE = Path(__file__).parent.parent / "examples" / "kota-contoh.toml"


def arrays() -> dict[str, Any]:
    rng = np.random.default_rng(20260429)
    return {
        "levels": rng.integers(0, 4, (N, 20), dtype=np.uint8),
        "region_of": rng.integers(0, REGIONS, N),
        "region_levels": rng.integers(0, 4, (REGIONS, 20), dtype=np.uint8),
        "affair_of": rng.integers(-1, 38, N),
    }


ARRAYS = arrays()
TABLE = ii.LevelTable.from_arrays(EDITION, **ARRAYS)


def copy() -> object:
    return ARRAYS["levels"].copy()


def build() -> object:
    return ii.LevelTable.from_arrays(EDITION, **ARRAYS)


def index_and_bands() -> object:
    scores = ii.score(TABLE)
    return scores.index, scores.bands


def explained_example() -> str:
    """One submission, from records to an explained score."""
    return str(ii.score(SUBMISSION, EDITION)[SUBMISSION.region.code].explain())


SUBMISSION = ii.read_submission(EXAMPLE)


@pytest.mark.benchmark(group="1,000,000 innovations × 20 rows, 546 regions")
@pytest.mark.parametrize("work", [copy, index_and_bands, build])
def test_bench_scoring(benchmark: Any, work: Callable[[], object]) -> None:
    benchmark(work)


@pytest.mark.benchmark(group="33 innovations from records to explained score")
def test_bench_one_submission(benchmark: Any) -> None:
    assert "Kota Contoh" in benchmark(explained_example)


def extra_memory() -> int:
    """Bytes that scoring takes at its peak, beyond the table."""
    index_and_bands()
    gc.collect()
    tracemalloc.start()
    index_and_bands()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def import_milliseconds(what: str) -> float:
    code = f"import time; t=time.perf_counter(); {what}; print((time.perf_counter()-t)*1e3)"
    found = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(9)
    ]
    return statistics.median(found)


def main() -> None:
    found = medians({"copy": copy, "score": index_and_bands, "build": build})
    for name in ("score", "build"):
        print(f"{name:8} {found[name] * 1e3:8.2f} ms  {found[name] / found['copy']:6.2f} × copy")
    print(f"copy     {found['copy'] * 1e3:8.2f} ms  ({ARRAYS['levels'].nbytes / 1e6:.0f} MB)")
    print(f"memory   {extra_memory() / N:8.2f} bytes an innovation beyond the table")
    one = medians({"one": explained_example})["one"]
    print(f"example  {one * 1e3:8.2f} ms from records to explained score")
    ours = import_milliseconds("import numpy, attrs, inovasi_index")
    theirs = import_milliseconds("import numpy, attrs")
    print(f"import   {ours - theirs:8.2f} ms over numpy and attrs")


if __name__ == "__main__":
    main()
