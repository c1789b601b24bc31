"""The distribution of the index of a region with 200 innovations, 4,020 open answers.

``pytest benchmarks/bench_risk.py`` measures with pytest-benchmark;
``python benchmarks/bench_risk.py`` prints medians. ``BENCH_SIZE=smoke`` makes it small.
"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from taking_turns import by_name, medians

import inovasi_index as ii
from inovasi_index.analysis.kernels.convolving import sum_tree
from inovasi_index.analysis.risk import Survival, risk
from inovasi_index.records import accepts

if TYPE_CHECKING:
    from collections.abc import Callable

N = 20 if os.environ.get("BENCH_SIZE") == "smoke" else 200
EDITION = ii.load_edition("iid-2026")
RNG = random.Random(20260429)


def submission(*, own: bool) -> ii.Submission:
    """A region whose answers all wait for their verdict, each with its own probability or not."""

    def answer(row: ii.Indicator) -> ii.Answer:
        papers = (ii.Evidence(file=f"x.{ending}") for ending in ("pdf", "jpg"))
        paper = next(paper for paper in papers if accepts(row, paper))
        survival = RNG.uniform(0.3, 0.99) if own else None
        return ii.Answer(row.key, level=RNG.randint(1, 3), evidence=[paper], survival=survival)

    return ii.Submission(
        ii.Region("63.71", "Kota Contoh", "city"),
        2026,
        [ii.Agency("a", "Agency")],
        [
            ii.Innovation(
                f"i{j}",
                f"Innovation {j}",
                "a",
                stage="application",
                application_date=EDITION.eligibility.window_start,
                design_words=400,
                affair=EDITION.affairs[RNG.randrange(38)].key,
                answers=[answer(row) for row in EDITION.innovation_indicators],
            )
            for j in range(N)
        ],
        [answer(row) for row in EDITION.region_indicators],
    )


ALIKE, OWN = submission(own=False), submission(own=True)
BY_ROW = Survival(pending=0.8, indicators={row.key: RNG.uniform(0.3, 0.99) for row in EDITION})
STEPS = np.array([1 + n % 12 for n in range(20 * N)])
CHANCES = np.array([RNG.uniform(0.3, 0.99) for _ in range(20 * N)])


def one_probability() -> Any:
    return risk(ALIKE, EDITION, survival=0.8).probabilities


def a_probability_a_row() -> Any:
    return risk(ALIKE, EDITION, survival=BY_ROW).probabilities


def a_probability_an_answer() -> Any:
    return risk(OWN, EDITION).probabilities


def convolution_alone() -> Any:
    return sum_tree(STEPS, CHANCES)


def with_carriers() -> Any:
    return risk(ALIKE, EDITION, survival=BY_ROW).carriers()


WORKS = (
    one_probability,
    a_probability_a_row,
    a_probability_an_answer,
    convolution_alone,
    with_carriers,
)


@pytest.mark.benchmark(group=f"{20 * N + 20:,} open answers, from records to distribution")
@pytest.mark.parametrize("work", WORKS)
def test_bench_risk(benchmark: Any, work: Callable[[], Any]) -> None:
    benchmark(work)


def main() -> None:
    for name, seconds in medians(by_name(WORKS)).items():
        print(f"{name:24} {seconds * 1e3:8.1f} ms")


if __name__ == "__main__":
    main()
