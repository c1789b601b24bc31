"""The report of 200 innovations, in under two seconds on every basis, and its pictures.

``pytest benchmarks/bench_report.py`` measures with pytest-benchmark;
``python benchmarks/bench_report.py`` prints seconds and fails when a report takes two or more.
``BENCH_SIZE=smoke`` makes everything small.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from large_city import CITY, large_city

import inovasi_index as ii
from inovasi_index.reporting import html_report
from inovasi_index.reporting.pictures import plot_bases, plot_levels, plot_waterfall

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

SMOKE = os.environ.get("BENCH_SIZE") == "smoke"
N = 20 if SMOKE else 200
LIMIT = 2.0  # seconds
EDITION = ii.load_edition("iid-2026")
REGIONS = {"half": large_city(N, answered=0.5), "all": large_city(N, answered=1.0)}


@pytest.mark.parametrize("basis", list(ii.Basis))
@pytest.mark.parametrize("answered", REGIONS)
def test_report(benchmark: Any, answered: str, basis: ii.Basis) -> None:
    page = benchmark(html_report, REGIONS[answered], EDITION, language="id", basis=basis)
    assert page.count("<tr>") > N


def drawn(plot: Callable[..., Axes], given: object) -> BytesIO:
    ax = plot(given) if isinstance(given, ii.analysis.Gaps) else plot(given, EDITION)
    file = BytesIO()
    figure = ax.get_figure()
    assert figure is not None
    figure.figure.savefig(file, format="png", dpi=100)
    return file


PICTURES: dict[str, tuple[Callable[..., Axes], object]] = {
    "bases": (plot_bases, REGIONS["half"]),
    "levels": (plot_levels, REGIONS["half"]),
    "waterfall": (plot_waterfall, ii.gaps(REGIONS["half"], EDITION)),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(benchmark: Any, name: str) -> None:
    assert benchmark(drawn, *PICTURES[name]).getvalue().startswith(b"\x89PNG")


def main() -> int:
    html_report(CITY, EDITION)  # so that imports are not measured
    slowest = 0.0
    for answered, submission in REGIONS.items():
        for basis in ii.Basis:
            seconds = []
            for _ in range(5):
                start = time.perf_counter()
                html_report(submission, EDITION, language="id", basis=basis)
                seconds.append(time.perf_counter() - start)
            taken = statistics.median(seconds)
            slowest = max(slowest, taken)
            print(f"report of {N} innovations, rows {answered}, {basis}: {taken:.2f} s")
    print(f"slowest {slowest:.2f} s, allowed {LIMIT:.0f} s")
    return int(slowest >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
