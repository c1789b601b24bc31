"""Counting Parquet against a bare scan of the same columns by PyArrow.

``pytest benchmarks/bench_streams.py`` measures with pytest-benchmark;
``python benchmarks/bench_streams.py [innovations]`` prints the ratio, measured alternately,
and the memory, each in a process of its own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.dataset as pds
import pyarrow.parquet as pq
import pytest

import inovasi_index as ii
from inovasi_index.io.streams import tally_parquet

if TYPE_CHECKING:
    from collections.abc import Callable

SMOKE = os.environ.get("BENCH_SIZE") == "smoke"
N = 100_000 if SMOKE else 10_000_000
EDITION = ii.load_edition("iid-2026")
KEYS = [row.key for row in EDITION.innovation_indicators]
_GROUP = 1_000_000


def write(path: Path, n: int = N) -> Path:
    """Write levels of `n` innovations of 546 regions, text dictionary-encoded."""
    rng = np.random.default_rng(20260429)
    regions = pa.array([f"{11 + k // 20}.{k % 20 + 1:02d}" for k in range(546)])
    affairs = pa.array([affair.key for affair in EDITION.affairs])
    writer = None
    for start in range(0, n, _GROUP):
        m = min(_GROUP, n - start)
        group = pa.table(
            {
                "region": pa.DictionaryArray.from_arrays(
                    pa.array(rng.integers(0, 546, m, dtype=np.int16)), regions
                ),
                "affair": pa.DictionaryArray.from_arrays(
                    pa.array(rng.integers(0, 38, m, dtype=np.int8)), affairs
                ),
            }
            | {key: pa.array(rng.integers(0, 4, m, dtype=np.uint8)) for key in KEYS}
        )
        writer = writer or pq.ParquetWriter(path, group.schema)
        writer.write_table(group, row_group_size=_GROUP)
    if writer is not None:
        writer.close()
    return path


def scan(path: Path) -> int:
    """Read the columns and do nothing with them."""
    scanner = pds.dataset(path).scanner(columns=["region", "affair", *KEYS])
    return sum(batch.num_rows for batch in scanner.to_batches())


def count(path: Path) -> int:
    return int(tally_parquet(path, EDITION).n_innovations.sum())


def count_with_levels(path: Path) -> int:
    return int(tally_parquet(path, EDITION, levels=True).n_innovations.sum())


WORKS: dict[str, Callable[[Path], int]] = {
    "scan": scan,
    "count": count,
    "count with levels": count_with_levels,
}


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("streams") / "levels.parquet")


@pytest.mark.benchmark(group=f"{N:,} innovations × 22 columns from Parquet")
@pytest.mark.parametrize("work", list(WORKS))
def test_bench_streams(benchmark: Any, parquet: Path, work: str) -> None:
    assert benchmark.pedantic(WORKS[work], args=(parquet,), rounds=3) == N


ALONE = """
import resource, sys, time
sys.path.insert(0, {folder!r})
import bench_streams
from pathlib import Path
start, cpu = time.perf_counter(), time.process_time()
bench_streams.WORKS[{work!r}](Path({path!r}))
took, cpu = time.perf_counter() - start, time.process_time() - cpu
print(took, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else N
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "levels.parquet", n)
        print(f"{n:,} innovations, {path.stat().st_size / 1e6:.0f} MB, {pa.cpu_count()} cores")
        found: dict[str, list[list[float]]] = {work: [] for work in WORKS}
        for _ in range(5):
            for work, runs in found.items():
                code = ALONE.format(folder=str(Path(__file__).parent), work=work, path=str(path))
                out = subprocess.run(
                    [sys.executable, "-c", code], capture_output=True, check=True, text=True
                ).stdout
                runs.append([float(word) for word in out.split()])
                time.sleep(0.1)
        bare = statistics.median(run[0] for run in found["scan"])
        bare_cpu = statistics.median(run[1] for run in found["scan"])
        for work, runs in found.items():
            took, cpu, memory = (statistics.median(run[k] for run in runs) for k in range(3))
            print(
                f"{work:18} {took:7.2f} s {took / bare:5.2f} × scan   "
                f"{cpu:7.2f} s of processor {cpu / bare_cpu:5.2f} × scan   {memory / 1e6:5.0f} MB"
            )


if __name__ == "__main__":
    main()
