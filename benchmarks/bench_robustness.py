"""Weight draws against what they cannot do without: one matrix product and one sort.

``pytest benchmarks/bench_robustness.py`` measures with pytest-benchmark;
``python benchmarks/bench_robustness.py`` prints ratios measured alternately in one run, and
the peak memory of fresh processes. ``BENCH_SIZE=smoke`` makes both small.
"""

from __future__ import annotations

import gc
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from inovasi_index.analysis.robustness import (
    Bands,
    BoundedSimplex,
    Counting,
    Dirichlet,
    LinearScore,
    NoisyWeights,
    UncertainWeights,
    leave_one_out,
    ranking_intervals,
    simulate,
    top_intervals,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SMOKE = os.environ.get("BENCH_SIZE") == "smoke"
DRAWS = 1000 if SMOKE else 10_000
UNITS, INDICATORS = 546, 40
ROUNDS = 3 if SMOKE else 15
BANDS = Bands(["low", "middle", "high"], [40.01, 65.01])

RNG = np.random.default_rng(20260429)
VALUES = RNG.random((UNITS, INDICATORS)) * 100
CENTRE = RNG.dirichlet(np.full(INDICATORS, 5.0))
WEIGHTS = RNG.dirichlet(np.ones(INDICATORS), DRAWS)
SCORE = LinearScore(VALUES)


def bare() -> object:
    """The product and the sort, in the faster of their two layouts."""
    return np.sort(WEIGHTS @ VALUES.T, axis=1)


def simulated(sampler: Any, threads: int = 1, rivals: int = 0) -> object:
    result = simulate(
        UncertainWeights(SCORE, sampler),
        draws=DRAWS,
        seed=1,
        threads=threads,
        counting=Counting(rivals=SCORE.units[:rivals]),
    )
    return result.acceptability, result.band_probabilities(BANDS)


def flat() -> object:
    return simulated(Dirichlet.flat(INDICATORS))


def flat_two_threads() -> object:
    return simulated(Dirichlet.flat(INDICATORS), threads=2)


def noisy() -> object:
    return simulated(NoisyWeights(CENTRE, relative=0.25))


def concentrated() -> object:
    return simulated(Dirichlet.around(CENTRE, concentration=100))


def bounded_walk() -> object:
    return simulated(BoundedSimplex.around(CENTRE, relative=0.25))


def fifty_rivals() -> object:
    return simulated(Dirichlet.flat(INDICATORS), rivals=50)


def intervals_of_the_ranking() -> object:
    return ranking_intervals(SCORE, CENTRE)


def intervals_of_the_top_100() -> object:
    return top_intervals(SCORE, CENTRE, 100)


def each_indicator_left_out() -> object:
    return leave_one_out(SCORE, CENTRE)


WORKS = [flat, flat_two_threads, noisy, concentrated, bounded_walk, fifty_rivals]


@pytest.mark.benchmark(group=f"{DRAWS:,} draws × {UNITS} units × {INDICATORS} indicators")
@pytest.mark.parametrize("work", [bare, *WORKS])
def test_bench_simulation(benchmark: Any, work: Callable[[], object]) -> None:
    benchmark(work)


@pytest.mark.benchmark(group=f"sensitivity of {UNITS} units × {INDICATORS} indicators")
@pytest.mark.parametrize(
    "work", [intervals_of_the_ranking, intervals_of_the_top_100, each_indicator_left_out]
)
def test_bench_sensitivity(benchmark: Any, work: Callable[[], object]) -> None:
    benchmark(work)


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report() -> None:
    print(f"{DRAWS:,} draws, {UNITS} units, {INDICATORS} indicators; medians of {ROUNDS} rounds")
    times: dict[str, list[float]] = {work.__name__: [] for work in (bare, *WORKS)}
    for _ in range(ROUNDS):  # alternately, so that a busy machine is busy for all
        for work in (bare, *WORKS):
            times[work.__name__].append(seconds(work))
    limit = statistics.median(times["bare"])
    for name, taken in times.items():
        ratios = [t / b for t, b in zip(taken, times["bare"], strict=True)]
        print(
            f"{name:20} {statistics.median(taken) * 1e3:9.1f} ms   "
            f"{statistics.median(ratios):6.2f} × the bare product and sort"
        )
    print(f"{'limit of the issue':20} {3 * limit * 1e3:9.1f} ms     3.00 ×")
    for work in (intervals_of_the_ranking, intervals_of_the_top_100, each_indicator_left_out):
        print(f"{work.__name__:26} {min(seconds(work) for _ in range(3)) * 1e3:9.1f} ms")
    for draws in (DRAWS, 10 * DRAWS):
        for threads in (1, 4):
            ran = subprocess.run(
                [sys.executable, __file__, "memory", str(draws), str(threads)],
                check=True,
                capture_output=True,
                text=True,
            )
            print(f"{draws:9,} draws, {threads} threads: peak memory {ran.stdout.strip()}")


def peak_bytes() -> float:
    """Return the peak resident memory of this process."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the parent of this process had
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
        return 1024 * int(found[1]) if found else float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def memory(draws: int, threads: int) -> None:
    """Print the peak resident memory of a process that only simulates."""
    global WEIGHTS  # noqa: PLW0603 - only the bare product needs them
    WEIGHTS = np.empty((0, 0))
    result = simulate(
        UncertainWeights(SCORE, Dirichlet.flat(INDICATORS)), draws=draws, seed=1, threads=threads
    )
    result.band_probabilities(BANDS)
    print(f"{peak_bytes() / 1e6:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        memory(int(sys.argv[2]), int(sys.argv[3]))
    else:
        report()
