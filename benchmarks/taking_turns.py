"""Times of several pieces of work, measured in turn so that a slow moment hits all alike."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["by_name", "medians"]


def by_name(works: Iterable[Callable[[], object]]) -> dict[str, Callable[[], object]]:
    """Return functions by their names."""
    return {work.__name__: work for work in works}


def medians(
    works: Mapping[str, Callable[[], object]],
    rounds: int = 15,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Return median seconds of each; the first round is to warm up."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = clock()
            work()
            times[name].append(clock() - start)
    return {name: statistics.median(found[1:]) for name, found in times.items()}
