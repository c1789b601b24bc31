"""Dask and Spark with one and two workers against one machine's stream on the same Parquet.

``python benchmarks/bench_clusters.py [innovations]`` prints times, and medians of the ratios to
one thread of the library in the same round; all clusters are there from the beginning, and
the first round is not counted. Set OPENBLAS_NUM_THREADS=1, so that one thread is one.
``pytest benchmarks/bench_clusters.py`` measures the stream, Polars and Dask with
pytest-benchmark.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
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
DRAWS = 20_000 if SMOKE else 2_000_000
ROUNDS = 3
# Dask has its workers give every freed array back to the system at once, which then takes two
# thirds of a simulation's time.
WORKERS = {
    "OPENBLAS_NUM_THREADS": 1,
    "MALLOC_TRIM_THRESHOLD_": 2**28,
    "MALLOC_MMAP_THRESHOLD_": 2**25,
}
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
    import dask
    from dask.distributed import Client, LocalCluster

    with (
        dask.config.set({"distributed.nanny.pre-spawn-environ": WORKERS}),
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


def measured(work: Callable[[], Any], *, depth: int) -> tuple[float, float, float, Any]:
    """Return what a piece of work took, and its result.

    Seconds; seconds of processor of this process and all below it, and of the busiest worker
    and what is below that: workers stand `depth` below this process.
    """
    import psutil  # type: ignore[import-untyped,unused-ignore] # comes with Dask

    spent: dict[tuple[int, float], float] = {}
    done = threading.Event()
    own = psutil.Process()

    def look(into: dict[tuple[int, float], float]) -> None:
        for process in [own, *own.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                into[process.pid, process.create_time()] = times.user + times.system

    def workers(process: Any, depth: int) -> list[Any]:
        if not depth:
            return [process]
        return [worker for child in process.children() for worker in workers(child, depth - 1)]

    def spent_below(process: Any) -> float:
        keys = {(p.pid, p.create_time()) for p in [process, *process.children(recursive=True)]}
        return sum(spent.get(key, 0.0) - before.get(key, 0.0) for key in keys)

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
    whole = sum(cpu - before.get(who, 0.0) for who, cpu in spent.items())
    return took, whole, max(map(spent_below, workers(own, depth))), result


def scenarios() -> UncertainWeights:
    values = np.random.default_rng(5).integers(0, 101, (100, len(KEYS))).astype(float)
    return UncertainWeights(LinearScore(values), Dirichlet.flat(len(KEYS)))


def simulated(workers: Any = None) -> Any:
    return simulate(scenarios(), draws=DRAWS, seed=1, workers=workers, chunk_size=DRAWS // 8)


# What a process of its own keeps between runs.
_HERE: dict[str, Any] = {}


def begin(engine: str, n_workers: int) -> None:
    """Start a cluster in this process, which has no other."""
    cluster = {"Dask": dask_workers, "Spark": spark_executors}.get(engine)
    _HERE["stack"] = stack = contextlib.ExitStack()
    _HERE["cluster"] = cluster and stack.enter_context(cluster(n_workers))
    # Executors stand below the virtual machine of the driver.
    _HERE["depth"] = {"Dask": 1, "Spark": 2}.get(engine, 0)


def end() -> None:
    _HERE["stack"].close()


def run(work: str, folder: Path) -> tuple[float, float, float, Any]:
    """Return the three times of `measured`, and what comes out."""
    cluster = _HERE["cluster"]
    works: dict[str, Callable[[], Any]] = {
        "stream, 1 thread": partial(stream, folder, threads=1),
        "stream, 2 threads": partial(stream, folder),
        "Polars": partial(polars, folder),
        "simulate": simulated,
        "Dask": partial(dask, folder),
        "Dask simulate": lambda: simulated(cluster.get_executor().map),
        "Spark": partial(spark, folder, cluster),
        "Spark simulate": lambda: simulated(spark_workers(cluster)),
    }
    took, cpu, busiest, result = measured(works[work], depth=_HERE["depth"])
    return took, cpu, busiest, result if isinstance(result, list) else result.rank_counts.tolist()


HERE = ["stream, 1 thread", "stream, 2 threads", "Polars", "simulate"]
CLUSTERS = [(engine, n) for engine in ("Dask", "Spark") for n in (1, 2)]


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else N
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as temporary, contextlib.ExitStack() as stack:
        folder = write(Path(temporary), n)
        size = sum(file.stat().st_size for file in folder.iterdir())
        print(f"{n:,} innovations, {size / 1e6:.0f} MB in {_FILES} files; {pa.cpu_count()} cores")
        pools = {
            (engine, workers): stack.enter_context(
                ProcessPoolExecutor(1, spawn, initializer=begin, initargs=(engine, workers))
            )
            for engine, workers in [("", 0), *CLUSTERS]
        }
        works = [(pools["", 0], work, work) for work in HERE]
        for (engine, workers), pool in pools.items():
            if engine:
                start = time.perf_counter()
                pool.submit(time.time).result()
                print(f"{engine}, {workers}: started in {time.perf_counter() - start:.0f} s")
                works.append((pool, engine, f"{engine}, {workers}"))
                works.append((pool, f"{engine} simulate", f"simulate on {engine}, {workers}"))
        found: dict[str, list[Any]] = {name: [] for _, _, name in works}
        for turn in range(ROUNDS + 1):  # the first is to warm up
            for pool, work, name in works:
                result = pool.submit(run, work, folder).result()
                found[name] += [result] if turn else []
        for pool in pools.values():
            pool.submit(end).result()
    for name, runs in sorted(found.items(), key=lambda item: "simulate" in item[0]):
        first = found["simulate" if "simulate" in name else "stream, 1 thread"]
        ratios = [
            statistics.median(run[k] / one[k] for run, one in zip(runs, first, strict=True))
            for k in range(3)
        ]
        seconds = [statistics.median(run[k] for run in runs) for k in range(3)]
        same = all(run[3] == first[0][3] for run in runs)
        print(
            f"{name:24} {seconds[0]:7.2f} s {ratios[0]:6.2f} ×   "
            f"{seconds[1]:7.2f} s of processor {ratios[1]:6.2f} ×   "
            f"{seconds[2]:7.2f} s of the busiest worker {ratios[2]:6.2f} ×   "
            f"{'equal' if same else 'DIFFERENT'}"
        )


if __name__ == "__main__":
    main()
