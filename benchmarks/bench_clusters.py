"""Dask and Spark with one and two workers against one machine's stream on the same Parquet.

``python benchmarks/bench_clusters.py [innovations]`` prints ratios of time and of processor
time, medians of runs in turn; clusters are started and warm before. ``pytest
benchmarks/bench_clusters.py`` measures the stream, Polars and Dask with pytest-benchmark.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import inovasi_index as ii
from inovasi_index.analysis.robustness import Dirichlet, LinearScore, UncertainWeights, simulate
from inovasi_index.engines import dask_index, polars_expressions, spark_index, spark_workers
from inovasi_index.io.streams import tally_parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SMOKE = os.environ.get("BENCH_SIZE") == "smoke"
N = 100_000 if SMOKE else 5_000_000
DRAWS = 400_000
ROUNDS = 3
EDITION = ii.load_edition("iid-2026")
KEYS = [row.key for row in EDITION.innovation_indicators]
REGIONS = [f"{11 + k // 20}.{k % 20 + 1:02d}" for k in range(546)]
HUNDREDTHS = [50 * k % 6300 for k in range(len(REGIONS))]
POINTS = {"region": REGIONS, "region_hundredths": HUNDREDTHS}
_FILES = 8


def write(folder: Path, n: int) -> Path:
    """Write levels of `n` innovations of 546 regions in several files."""
    rng = np.random.default_rng(20260429)
    affairs = [affair.key for affair in EDITION.affairs]
    for part in range(_FILES):
        m = n // _FILES
        texts = {
            "region": pa.array(REGIONS).take(pa.array(rng.integers(0, 546, m))),
            "affair": pa.array(affairs).take(pa.array(rng.integers(0, len(affairs), m))),
        }
        levels = {key: pa.array(rng.integers(0, 4, m, dtype=np.int8)) for key in KEYS}
        pq.write_table(pa.table(texts | levels), folder / f"part-{part}.parquet")
    return folder


def points() -> dict[str, str]:
    return {r: f"{p // 100}.{p % 100:02d}" for r, p in zip(REGIONS, HUNDREDTHS, strict=True)}


def stream(folder: Path, threads: int = 2) -> list[int]:
    scores = tally_parquet(folder, EDITION, threads=threads).score(points())
    found: list[int] = scores.index_hundredths.tolist()
    return found


def polars(folder: Path) -> list[int]:
    import polars as pl

    e = polars_expressions(EDITION)
    sums = pl.scan_parquet(folder / "*.parquet").group_by("region").agg(*e.aggregates)
    both = sums.join(pl.LazyFrame(POINTS), on="region").with_columns(e.index).sort("region")
    return both.select("index_hundredths").collect().to_series().to_list()


def dask(folder: Path) -> list[int]:
    """Use the cluster of the client that is there, or threads."""
    import dask.dataframe as dd
    import pandas as pd

    frame = dd.read_parquet(folder)
    found = dask_index(frame, EDITION, region_points=pd.DataFrame(POINTS)).compute()
    return [int(index) for index in found["index_hundredths"]]


def spark(folder: Path, session: Any) -> list[int]:
    given = session.createDataFrame(pa.table(POINTS))
    found = spark_index(session.read.parquet(str(folder)), EDITION, region_points=given)
    rows = found.orderBy("region").select("index_hundredths").collect()
    return [row["index_hundredths"] for row in rows]


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("clusters"), N)


@pytest.mark.benchmark(group=f"{N:,} innovations × 22 columns from Parquet")
@pytest.mark.parametrize("name", ["stream", "polars", "dask"])
def test_bench_clusters(benchmark: Any, parquet: Path, name: str) -> None:
    if name == "dask":
        pytest.importorskip("dask.dataframe", reason="pip install --group clusters")
    work = {"stream": stream, "polars": polars, "dask": dask}[name]
    assert benchmark.pedantic(work, args=(parquet,), rounds=3) == stream(parquet)


@contextlib.contextmanager
def dask_workers(n: int) -> Iterator[Any]:
    from dask.distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=n, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        client.wait_for_workers(n)
        yield client


@contextlib.contextmanager
def spark_executors(n: int) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    quiet = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "2",
        "spark.executor.memory": "1g",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    }
    builder = SparkSession.builder.master(f"local-cluster[{n},1,1024]").config(map=quiet)
    session = builder.getOrCreate()
    try:
        # Executors come one by one; a job would begin with the first.
        while session._jsc.sc().getExecutorMemoryStatus().size() < n + 1:  # noqa: SLF001 - no other way
            time.sleep(0.1)
        yield session
    finally:
        session.stop()


def measured(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return the seconds, the seconds of processor of this process and all below it, the result."""
    import psutil  # type: ignore[import-untyped,unused-ignore] # comes with Dask

    spent: dict[tuple[int, float], float] = {}
    done = threading.Event()
    own = psutil.Process()

    def look(into: dict[tuple[int, float], float]) -> None:
        for process in [own, *own.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                into[process.pid, process.create_time()] = times.user + times.system

    def watch() -> None:  # processes that end in between are counted as last seen
        while not done.wait(0.5):
            look(spent)

    before: dict[tuple[int, float], float] = {}
    look(before)
    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    result = work()
    took = time.perf_counter() - start
    done.set()
    watcher.join()
    look(spent)
    return took, sum(cpu - before.get(who, 0.0) for who, cpu in spent.items()), result


def scenarios() -> UncertainWeights:
    values = np.random.default_rng(5).integers(0, 101, (100, len(KEYS))).astype(float)
    return UncertainWeights(LinearScore(values), Dirichlet.flat(len(KEYS)))


def simulated(workers: Any = None) -> Any:
    return simulate(scenarios(), draws=DRAWS, seed=1, workers=workers, chunk_size=DRAWS // 8)


def compare(what: str, works: dict[str, Callable[[], Any]], found: dict[str, list[Any]]) -> None:
    """Run each once to warm up, and then all in turn."""
    for name, work in works.items():
        work()
        found.setdefault(f"{what}: {name}", [])
    for _ in range(ROUNDS):
        for name, work in works.items():
            found[f"{what}: {name}"].append(measured(work))


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else N
    found: dict[str, list[Any]] = {}
    starts: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = write(Path(temporary), n)
        size = sum(file.stat().st_size for file in folder.iterdir())
        print(f"{n:,} innovations, {size / 1e6:.0f} MB in {_FILES} files; {pa.cpu_count()} cores")
        here: dict[str, Callable[[], Any]] = {
            "stream, 1 thread": partial(stream, folder, threads=1),
            "stream, 2 threads": partial(stream, folder),
            "Polars": partial(polars, folder),
        }
        compare("index", here, found)
        compare("draws", {"simulate, 1 thread": simulated}, found)
        for n_workers in (1, 2):
            name = f"Dask, {n_workers}"
            start = time.perf_counter()
            with dask_workers(n_workers) as client:
                starts[name] = time.perf_counter() - start
                compare("index", {name: partial(dask, folder)}, found)
                compare("draws", {name: partial(simulated, client.get_executor().map)}, found)
            name = f"Spark, {n_workers}"
            start = time.perf_counter()
            with spark_executors(n_workers) as session:
                starts[name] = time.perf_counter() - start
                compare("index", {name: partial(spark, folder, session)}, found)
                compare("draws", {name: partial(simulated, spark_workers(session))}, found)
    for what, first in (("index", "stream, 1 thread"), ("draws", "simulate, 1 thread")):
        one = [statistics.median(run[k] for run in found[f"{what}: {first}"]) for k in (0, 1)]
        expected = found[f"{what}: {first}"][0][2]
        for name, runs in found.items():
            if name.startswith(what):
                took, cpu = (statistics.median(run[k] for run in runs) for k in (0, 1))
                same = "equal" if all(run[2] == expected for run in runs) else "DIFFERENT"
                print(
                    f"{name:28} {took:7.2f} s {took / one[0]:6.2f} ×   "
                    f"{cpu:7.2f} s of processor {cpu / one[1]:6.2f} ×   {same}"
                )
    print("start:", ", ".join(f"{who} {took:.0f} s" for who, took in starts.items()))


if __name__ == "__main__":
    main()
