"""Selection among 1,000,000 innovations beside the one sort that it needs.

``pytest benchmarks/bench_selection.py`` measures with pytest-benchmark;
``python benchmarks/bench_selection.py`` prints ratios measured alternately in one run.
``BENCH_SIZE=smoke`` makes it small.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from taking_turns import by_name, medians

from inovasi_index.analysis.kernels.selecting import best_subset

if TYPE_CHECKING:
    from collections.abc import Callable

N = 10_000 if os.environ.get("BENCH_SIZE") == "smoke" else 1_000_000
RNG = np.random.default_rng(20260429)
MATURITY = RNG.integers(0, 112, N) * 100
BASIC_OF = RNG.integers(-1, 6, N)
RULES = {"floor": 12, "cap": 200, "points": 38, "needed": 5}


def select() -> Any:
    return best_subset(MATURITY, BASIC_OF, **RULES)  # type: ignore[arg-type] # all whole numbers


def select_from_equals() -> Any:
    """All equally mature: a million ties."""
    return best_subset(np.full(N, 5000), BASIC_OF, **RULES)  # type: ignore[arg-type] # likewise


def sort() -> Any:
    return np.argsort(-MATURITY, kind="stable")


@pytest.mark.benchmark(group=f"{N:,} innovations")
@pytest.mark.parametrize("work", [sort, select, select_from_equals])
def test_bench_selection(benchmark: Any, work: Callable[[], Any]) -> None:
    benchmark(work)


def main() -> None:
    found = medians(by_name([sort, select, select_from_equals]), 9)
    for name, seconds in found.items():
        print(f"{name:20} {seconds * 1e3:8.1f} ms  {seconds / found['sort']:5.2f} × sort")


if __name__ == "__main__":
    main()
