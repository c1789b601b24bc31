"""Composite indices beside SciPy, pandas, pymcdm and the arithmetic itself.

``python -m pytest benchmarks/bench_composite.py`` measures with pytest-benchmark, one group
a method; ``BENCH_SIZE`` chooses smoke (the default), shared or large.

``python benchmarks/bench_composite.py [--cpu] [size …]`` prints one table a size: medians of
interleaved runs on the same data in one process, so that the ratios can be compared. ``--cpu``
counts processor time instead of time on the wall; set OPENBLAS_NUM_THREADS=1 with it.

Ours is the whole call (checks, kernel, result). The *limit* is what the method cannot do
without, written as NumPy does it best: one reading and one writing pass over the data, one
sort of the columns, the logarithms, one matrix product, the powers of the deviations.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import numpy as np
import pytest

from inovasi_index.composite import (
    AboveBelowMean,
    Arithmetic,
    Borda,
    CompositeIndex,
    DistanceToLeader,
    DistanceToReference,
    Geometric,
    Goalposts,
    Kemeny,
    MazziottaPareto,
    MinMax,
    Node,
    Promethee,
    Rank,
    Refuse,
    Sum,
    Vector,
    Winsorise,
    ZScore,
    kendall_tau,
    ranks,
    spearman,
    weighted_spearman,
    ws_similarity,
)
from inovasi_index.composite.statistics import correlation

Contender: TypeAlias = Callable[[], object]

# Rows and columns of the data; draws and regions of the rankings.
SIZES = {
    "smoke": ((500, 8), (50, 60)),
    "shared": ((10_000, 36), (10_000, 546)),
    "large": ((1_000_000, 20), (100_000, 546)),
}
NORMALISATIONS = {
    "min-max": MinMax(),
    "z-score": ZScore(),
    "distance to leader": DistanceToLeader(),
    "distance to mean": DistanceToReference("mean"),
    "goalposts": Goalposts(0, 5),
    "above or below mean": AboveBelowMean(),
    "share of sum": Sum(),
    "vector": Vector(),
}
PEERS = ("pymcdm", "pandas", "scipy")


def normalisations(size: str) -> dict[str, dict[str, Contender]]:
    """Normalise, aggregate and correlate random data."""
    data = np.random.default_rng(2026).uniform(1.0, 4.0, SIZES[size][0])
    upright = np.ascontiguousarray(data.T)
    k = data.shape[1]

    def two_passes() -> object:
        return data.sum(axis=0), data * 2.0

    cases: dict[str, dict[str, Contender]] = {
        name: {"ours": partial(rule.apply, data), "limit": two_passes}
        for name, rule in NORMALISATIONS.items()
    }
    cases["rank"] = {
        "ours": lambda: Rank().apply(data),
        "limit": lambda: np.sort(upright, axis=1),
    }
    ones, weights = np.ones(len(data)), np.ones(k)

    def skewness_and_kurtosis() -> object:
        away = data - ones @ data / len(data)
        square = away * away
        return ones @ square, ones @ (square * away), ones @ (square * square)

    cases["winsorise"] = {
        "ours": lambda: Winsorise().apply(data),
        "limit": skewness_and_kurtosis,
    }
    cases["arithmetic"] = {
        "ours": lambda: Arithmetic().aggregate(data, weights),
        "limit": lambda: data @ weights,
    }
    cases["geometric"] = {
        "ours": lambda: Geometric().aggregate(data, weights),
        "limit": lambda: np.log(data) @ weights,
    }
    cases["mazziotta-pareto"] = {
        "ours": lambda: MazziottaPareto().aggregate(data, weights),
        "limit": lambda: (data * data) @ weights,
    }
    cases["promethee ii"] = {
        "ours": lambda: Promethee().aggregate(data, weights),
        "limit": lambda: np.sort(upright, axis=1),
    }
    cases["borda"] = {
        "ours": lambda: Borda().aggregate(data, weights),
        "limit": lambda: np.sort(upright, axis=1),
    }
    cases["correlation"] = {"ours": lambda: correlation(data), "limit": lambda: data.T @ data}
    names = [f"c{j}" for j in range(k)]
    index = pillars(names)
    cases["tree of pillars"] = {
        "ours": lambda: index.compute(data, names),
        "limit": lambda: (data.sum(axis=0), data * 2.0, data @ weights),
    }
    for name, calls in data_peers(data, small=size != "large").items():
        cases[name].update(calls)
    return cases


def pillars(names: list[str]) -> CompositeIndex:
    """Return an index with four indicators in each pillar, min-max and arithmetic means."""
    nodes = [
        Node(
            f"pillar {start}",
            children=[Node(name) for name in names[start : start + 4]],
            normalisation=MinMax(),
            aggregation=Arithmetic(),
            missing=Refuse(),
        )
        for start in range(0, len(names), 4)
    ]
    return CompositeIndex(Node("index", children=nodes, aggregation=Arithmetic(), missing=Refuse()))


def data_peers(data: np.ndarray, *, small: bool) -> dict[str, dict[str, Contender]]:
    """Return what other packages have for the same data; absent packages have nothing."""
    found: dict[str, dict[str, Contender]] = {}
    types = np.ones(data.shape[1], dtype=int)
    try:
        import pymcdm.methods as pm
        from pymcdm import normalizations as pn
        from pymcdm.helpers import normalize_matrix
    except ImportError:
        pass
    else:
        for name, function in {
            "min-max": pn.minmax_normalization,
            "distance to leader": pn.linear_normalization,
            "share of sum": pn.sum_normalization,
            "vector": pn.vector_normalization,
        }.items():
            found[name] = {"pymcdm": partial(normalize_matrix, data, function, types)}
        if small:
            weights = np.full(data.shape[1], 1 / data.shape[1])
            flows = pm.PROMETHEE_II("usual")
            # It compares rows in Python: a part of the rows is enough to wait for.
            some = data[:500]
            found["promethee ii"] = {"pymcdm, 500 rows": lambda: flows(some, weights, types)}
    try:
        import pandas as pd
    except ImportError:
        pass
    else:
        frame = pd.DataFrame(data)
        more: dict[str, Contender] = {
            "min-max": lambda: (frame - frame.min()) / (frame.max() - frame.min()),
            "z-score": lambda: (frame - frame.mean()) / frame.std(),
            "rank": lambda: frame.rank(method="min"),
            "arithmetic": lambda: frame.mean(axis=1),
            "correlation": frame.corr,
        }
        for name, call in more.items():
            found.setdefault(name, {})["pandas"] = call
    try:
        from scipy import stats
    except ImportError:
        pass
    else:
        found["z-score"]["scipy"] = lambda: stats.zscore(data, ddof=1)
        found["rank"]["scipy"] = lambda: stats.rankdata(data, method="min", axis=0)
        found["geometric"] = {"scipy": lambda: stats.gmean(data, axis=1)}
    return found


def rankings(size: str) -> dict[str, dict[str, Contender]]:
    """Ranks of many draws, and comparisons of many rankings with one."""
    rng = np.random.default_rng(2027)
    scores = rng.random(SIZES[size][1])
    if size == "large":
        scores = scores[:20_000]
    tied = scores.round(2)
    places = ranks(scores)
    first = places[0]
    some = places[: max(1, len(places) // 100)]
    cases: dict[str, dict[str, Contender]] = {
        "ranks": {
            "ours": lambda: ranks(scores),
            "limit": lambda: np.sort(scores, axis=1),
            "argsort": lambda: np.argsort(scores, axis=1),
        },
        "ranks, average of ties": {
            "ours": lambda: ranks(tied, ties="average"),
            "limit": lambda: np.sort(tied, axis=1),
            "argsort": lambda: np.argsort(tied, axis=1),
        },
        "kendall": {
            "ours": lambda: kendall_tau(first, places),
            "limit": lambda: np.sort(places, axis=1),
        },
        "spearman": {
            "ours": lambda: spearman(first, places),
            "limit": lambda: np.sort(places, axis=1),
        },
        "weighted spearman": {
            "ours": lambda: weighted_spearman(first, places),
            "limit": lambda: places * 2.0,
        },
        "ws": {"ours": lambda: ws_similarity(first, places), "limit": lambda: places * 2.0},
    }
    try:
        from scipy import stats
    except ImportError:
        pass
    else:
        cases["ranks"]["scipy"] = lambda: stats.rankdata(scores, method="min", axis=1)
        cases["ranks, average of ties"]["scipy"] = lambda: stats.rankdata(tied, axis=1)
        cases["kendall"]["scipy, 1 % of rows"] = lambda: [stats.kendalltau(first, r) for r in some]
        cases["spearman"]["scipy, 1 % of rows"] = lambda: [stats.spearmanr(first, r) for r in some]
    try:
        from pymcdm import correlations as pc
    except ImportError:
        pass
    else:
        cases["weighted spearman"]["pymcdm, 1 % of rows"] = lambda: [pc.rw(first, r) for r in some]
        cases["ws"]["pymcdm, 1 % of rows"] = lambda: [pc.ws(first, r) for r in some]
        cases["kendall"]["pymcdm, 1 row"] = lambda: pc.kendall_tau(first, places[1])
    values = np.random.default_rng(1).random((16, 12))
    cases["kemeny, 16 rows"] = {"ours": lambda: Kemeny().aggregate(values)}
    return cases


SIZE = os.environ.get("BENCH_SIZE", "smoke")


def contenders(size: str) -> dict[str, dict[str, Contender]]:
    """Return by method: ours, the limit, and the packages."""
    return normalisations(size) | rankings(size)


_CASES = [
    pytest.param(call, id=f"{name}-{who}", marks=pytest.mark.benchmark(group=name))
    for name, calls in (contenders(SIZE).items() if "pytest" in sys.modules else ())
    for who, call in calls.items()
]


@pytest.mark.filterwarnings("ignore")  # of the other packages
@pytest.mark.parametrize("call", _CASES)
def test_composite(benchmark: Callable[[Contender], object], call: Contender) -> None:
    assert benchmark(call) is not None


_TURN = 0.005  # [s]
clock = time.process_time if "--cpu" in sys.argv else time.perf_counter


def interleaved(calls: dict[str, Contender], *, seconds: float = 1.0) -> dict[str, float]:
    """Return the median time of each contender [s], in turns of a few milliseconds."""
    taken: dict[str, list[float]] = {who: [] for who in calls}
    end = time.perf_counter() + seconds * len(calls)
    while time.perf_counter() < end or not all(len(t) >= 2 for t in taken.values()):
        for who, call in calls.items():
            many = max(1, int(_TURN / taken[who][0])) if taken[who] else 1
            start = clock()
            for _ in range(many):
                call()
            taken[who].append((clock() - start) / many)
    return {who: statistics.median(times) for who, times in taken.items()}


def main(sizes: list[str]) -> None:
    """Print a table a size: milliseconds, and how many times the limit ours takes."""
    warnings.simplefilter("ignore")
    for size in sizes:
        print(f"\n{size}: {SIZES[size]}")
        print(f"{'method':24} {'ours ms':>10} {'limit ms':>10} {'ratio':>7}  others ms")
        for name, calls in contenders(size).items():
            times = interleaved(calls)
            limit = times.get("limit", float("nan"))
            others = ", ".join(
                f"{who} {t * 1e3:.2f}" for who, t in times.items() if who not in {"ours", "limit"}
            )
            ours = times["ours"]
            print(f"{name:24} {ours * 1e3:10.2f} {limit * 1e3:10.2f} {ours / limit:7.2f}  {others}")


if __name__ == "__main__":
    main([size for size in sys.argv[1:] if size != "--cpu"] or [SIZE])
