"""Plans for 200 innovations with all steps: proven optimal, in seconds.

``pytest benchmarks/bench_planning.py`` measures with pytest-benchmark;
``python benchmarks/bench_planning.py`` prints a table. ``BENCH_SIZE=smoke`` makes it small.
"""

from __future__ import annotations

import os
import random
import time
from typing import Any

import pytest

import inovasi_index as ii
from inovasi_index.analysis.planning import Costs, Limit, plan
from inovasi_index.records import Basis

SMOKE = os.environ.get("BENCH_SIZE") == "smoke"
N = 20 if SMOKE else 200
EDITION = ii.load_edition("iid-2026")


def submission(n: int, seed: int = 20260429) -> ii.Submission:
    """A region where something is missing everywhere: claims, papers, verdicts, designs."""
    rng = random.Random(seed)

    def answer(row: ii.Indicator) -> ii.Answer:
        file = rng.choice(["x.pdf", "x.jpg", None])
        evidence = [ii.Evidence(file=file, status=rng.choice(["pending", "rejected"]))]
        verdict = rng.choice([None, ii.Verdict("accepted"), ii.Verdict("rejected")])
        level = rng.randint(1, 3)
        return ii.Answer(row.key, level=level, evidence=evidence if file else [], verdict=verdict)

    return ii.Submission(
        ii.Region("63.71", "Kota Contoh", "city"),
        2026,
        [ii.Agency(f"a{k}", f"Agency {k}") for k in range(20)],
        [
            ii.Innovation(
                f"i{j}",
                f"Innovation {j}",
                f"a{rng.randrange(20)}",
                stage="application",
                application_date=EDITION.eligibility.window_start,
                design_words=rng.choice([200, 400]),
                affair=EDITION.affairs[rng.randrange(38)].key,
                answers=[answer(r) for r in EDITION.innovation_indicators if rng.random() < 0.8],
            )
            for j in range(n)
        ],
        [answer(row) for row in EDITION.region_indicators],
    )


BASES = [Basis.DOCUMENTED, Basis.VERIFIED]
REGION = submission(N)
DETAILED: dict[str, Any] = {
    "costs": Costs(
        indicator_factors={row.key: f"{1 + n % 7}.{n % 10}" for n, row in enumerate(EDITION)},
        agency_factors={f"a{k}": 1 + k % 3 for k in range(20)},
    ),
    "limits": {f"a{k}": Limit(steps=40 + k, cost=500) for k in range(20)},
}
QUESTIONS: dict[str, dict[str, Any]] = {
    "index 60": {"target": 60},
    "index 60, detailed costs and limits": {"target": 60, **DETAILED},
    "best index for 100": {"budget": 100},
}


def ask(basis: Basis, question: str) -> Any:
    found = plan(REGION, EDITION, basis=basis, **QUESTIONS[question])
    assert found.proven_optimal
    return found


@pytest.mark.benchmark(group=f"a plan for {N} innovations")
@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_bench_plan(benchmark: Any, basis: Basis, question: str) -> None:
    benchmark.pedantic(ask, (basis, question), rounds=3)


def main() -> None:
    for basis in BASES:
        for question in QUESTIONS:
            start = time.perf_counter()
            found = ask(basis, question)
            seconds = time.perf_counter() - start
            print(
                f"{basis:10}  {question:38}  {found.before.index} → {found.after.index}  "
                f"cost {float(found.cost):7.1f}  {len(found.steps):5} steps  {seconds:6.2f} s"
            )


if __name__ == "__main__":
    main()
