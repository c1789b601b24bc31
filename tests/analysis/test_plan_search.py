"""The search for a plan: large regions, interruptions, time limits, a solver that slips."""

from __future__ import annotations

import random
import time
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from tiny_regions import Case, Claim, Row, Work

import inovasi_index as ii
from inovasi_index.analysis.kernels import programming
from inovasi_index.analysis.planning import (
    Costs,
    Forbidden,
    Limit,
    NewInnovation,
    UnreachableError,
    plan,
    solving,
)
from inovasi_index.errors import BadValueError

EDITION = ii.load_edition("iid-2026")


def large(n: int, seed: int = 1) -> ii.Submission:
    """A region with n innovations, half of them with something missing."""
    rng = random.Random(seed)

    def answer(row: Any, most: int = 3) -> ii.Answer:
        level = rng.randint(1, most)
        file = rng.choice(["x.pdf", "x.jpg", None])
        evidence = [ii.Evidence(file=file, status=rng.choice(["pending", "rejected"]))]
        verdict = rng.choice([None, ii.Verdict("accepted"), ii.Verdict("rejected")])
        return ii.Answer(row.key, level=level, evidence=evidence if file else [], verdict=verdict)

    return ii.Submission(
        ii.Region("63.71", "Kota Contoh", "city"),
        2026,
        [ii.Agency(f"a{k}", f"Agency {k}") for k in range(10)],
        [
            ii.Innovation(
                f"i{j}",
                f"Innovation {j}",
                f"a{rng.randrange(10)}",
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


@pytest.mark.parametrize("basis", list(ii.Basis))
def test_two_hundred_innovations_are_planned_for(basis: ii.Basis) -> None:
    submission = large(200)
    limits: Any = {"a0": 3, "a1": Limit(cost=20)}
    start = time.perf_counter()
    found = plan(
        submission,
        EDITION,
        target="Sangat Inovatif",
        basis=basis,
        costs=Costs(indicator_factors={"regulation": "1.5", "quality_video": 3}),
        limits=limits,
    )
    assert time.perf_counter() - start < 60  # seconds by design; this only catches a runaway
    assert found.proven_optimal
    assert found.after.index >= 65
    assert sum(step.gain for step in found.steps) == found.after.exact - found.before.exact
    assert sum(len(s.changes) + s.design for s in found.steps if s.agency == "a0") <= 3
    assert sum(s.cost for s in found.steps if s.agency == "a1") <= 20


def test_costs_in_rupiah_are_added_exactly() -> None:
    costs = Costs(
        raise_level=12_500_001,
        supply_paper=3_750_003,
        pass_verification=999_999,
        report=40_000_007,
        write_design=1,
        level_costs={3: 31_000_013},
    )
    found = plan(large(40), EDITION, target="45.00", costs=costs, basis=ii.Basis.VERIFIED)
    assert found.proven_optimal
    assert found.cost.denominator == 1
    assert found.cost == sum(step.cost for step in found.steps)
    assert found.cost - found.bound <= found.cost * Fraction(2, 10**6)


CASE = Case(
    region_rows=(Row("r0", 75, 3),),
    rows=(Row("i0", 100, 3), Row("i1", 50, 3)),
    floor=3,
    cap=4,
    points=38,
    needed=1,
    decimals=2,
    total=1300,
    region_claims=(None,),
    works=tuple(
        Work("x", "a", True, True, (Claim(1, "pending"), Claim(2, "unproved"))) for _ in range(3)
    ),
)
QUESTION: dict[str, Any] = {"target": 40, "costs": Costs(indicator_factors={"i1": "1.5"})}


def ask(**terms: Any) -> Any:
    return plan(CASE.submission, CASE.edition, **{**QUESTION, **terms})


def test_progress_is_told_from_beginning_to_end() -> None:
    told: list[tuple[int, int]] = []
    ask(progress=lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_no_time_at_all_finds_no_plan() -> None:
    with pytest.raises(BadValueError, match="more time"):
        ask(time_limit=0)
    found = ask(target=None, budget=5, time_limit=0)
    assert (found.steps, found.interrupted, found.proven_optimal) == ((), True, False)
    assert found.highest > found.after.index
    assert "no plan reaches more than" in str(found)


class Slip:
    """The solver, with something done to what it returns on chosen calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        self.true = programming.integer_minimum
        monkeypatch.setattr(programming, "integer_minimum", self)

    def __call__(self, objective: Any, rows: Any, box: Any, *, seconds: float) -> Any:
        self.calls += 1
        return self.spoil(*self.true(objective, rows, box, seconds=seconds))

    def spoil(self, status: int, x: Any, bound: float) -> Any:
        return status, x, bound


def test_an_interruption_returns_the_best_plan_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    best = ask()

    class Interrupted(Slip):
        found = False

        def spoil(self, status: int, x: Any, bound: float) -> Any:
            if self.found:
                raise KeyboardInterrupt
            self.found = x is not None
            return programming.STOPPED if self.found else status, x, bound - 1

    Interrupted(monkeypatch)
    found = ask()
    assert found.interrupted
    assert found.after.index >= 40
    assert found.bound <= best.cost <= found.cost
    assert not found.proven_optimal
    assert "not proven best; no plan costs less than" in str(found)


def test_an_interruption_before_any_plan_is_passed_on() -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(progress=interrupt)
    found = ask(target=None, budget=3, progress=interrupt)
    assert found.interrupted
    assert found.steps == ()


def test_an_interruption_after_the_index_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    true = solving.Search.cheapest

    def interrupt(self: solving.Search, target: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(solving.Search, "cheapest", interrupt)
    found = ask(target=None, budget=7)
    monkeypatch.setattr(solving.Search, "cheapest", true)
    assert found.interrupted
    assert found.after.index == ask(target=None, budget=7).after.index == found.highest


def test_a_slice_of_time_is_followed_by_a_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    best = ask()

    class Slow(Slip):
        def spoil(self, status: int, x: Any, bound: float) -> Any:
            return (programming.STOPPED, None, -np.inf) if self.calls <= 2 else (status, x, bound)

    slow = Slow(monkeypatch)
    found = ask()
    assert slow.calls > 2
    assert (found.cost, found.proven_optimal) == (best.cost, True)


def test_a_solution_that_does_not_hold_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    best = ask()

    class Wrong(Slip):
        def spoil(self, status: int, x: Any, bound: float) -> Any:
            return (status, np.zeros_like(x), bound) if self.calls == 1 else (status, x, bound)

    for question in ({}, {"target": None, "budget": best.cost}):
        with monkeypatch.context() as patch:
            wrong = Wrong(patch)
            found = ask(**question)
            assert wrong.calls > 1
            assert found.cost == best.cost
            assert found.after.exact == ask(**question).after.exact


def test_a_solver_that_never_tells_the_truth_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Liar(Slip):
        def spoil(self, status: int, x: Any, bound: float) -> Any:
            return status, None if x is None else np.zeros_like(x), bound

    Liar(monkeypatch)
    with pytest.raises(BadValueError, match="more time"):
        ask(max_new_innovations=0, forbid=[Forbidden(part="region")], target=35)
    found = ask(target=None, budget=6)
    assert not found.proven_optimal


def test_a_solver_that_never_ends_is_left_at_the_time_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Endless(Slip):
        def spoil(self, status: int, x: Any, bound: float) -> Any:
            return programming.STOPPED, None, -np.inf

    endless = Endless(monkeypatch)
    start = time.perf_counter()
    with pytest.raises(BadValueError, match="more time"):
        ask(time_limit=0.2)
    assert endless.calls
    assert time.perf_counter() - start < 20


def test_without_a_relaxation_the_program_is_solved_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    best, most = ask(), ask(target=None, budget=9)
    monkeypatch.setattr(
        programming,
        "relaxation",
        lambda *_, **__: (programming.STOPPED, -np.inf, np.zeros(0)),
    )
    assert ask().cost == best.cost
    assert ask(target=None, budget=9).after.index == most.after.index


def test_the_ceiling_is_raised_until_there_is_a_solution() -> None:
    # Rounding costs much here: one dear step does what the relaxation does with a part of it.
    case = CASE._replace(works=CASE.works[:1], floor=1)
    costs = Costs(indicator_factors={"i0": 1000, "i1": 999, "r0": 998}, further=())
    found = plan(case.submission, case.edition, target=32, costs=costs)
    assert found.proven_optimal
    with pytest.raises(UnreachableError):
        plan(case.submission, case.edition, target=99, costs=costs)


def test_free_steps_are_taken_only_where_they_are_needed() -> None:
    free = Costs(raise_level=0, supply_paper=0, further=[NewInnovation(levels=1, cost=5)])
    found = ask(costs=free, target=30)
    assert found.cost == 0
    scale = 100 * Fraction(100, CASE.total) / 100
    smallest = min(step.gain for step in found.steps)
    assert found.after.exact - smallest < Fraction(29995, 1000) + scale
    assert len(found.steps) < 7


def test_a_plan_that_scores_otherwise_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from inovasi_index.analysis.planning import model

    true = model.Model.exact_index
    monkeypatch.setattr(
        model.Model, "exact_index", lambda self, growth, gain: true(self, growth, gain) + 1
    )
    with pytest.raises(ii.errors.InovasiIndexError, match="please report"):
        ask()


def test_what_became_of_a_program_is_said() -> None:
    from scipy.sparse import csr_array

    rows = (csr_array(np.array([[1.0, 2.0]])), np.array([3.0]), np.array([np.inf]))
    objective, upper = np.array([1, 1]), np.array([5, 5])
    status, least, duals = programming.relaxation(objective, rows, upper, seconds=10)
    assert (status, least, duals.tolist()) == (programming.OPTIMAL, 1.5, [0.5])
    status, least, _ = programming.relaxation(objective, rows, upper, seconds=0)
    assert (status, least) in {
        (programming.STOPPED, -np.inf),
        (programming.OPTIMAL, 1.5),  # presolve alone may solve it
    }
    tight = (rows[0], np.array([99.0]), rows[2])
    assert programming.relaxation(objective, tight, upper, seconds=10)[0] == programming.INFEASIBLE
    box = np.zeros(2), upper.astype(float)
    assert programming.integer_minimum(objective, tight, box, seconds=10)[0] == (
        programming.INFEASIBLE
    )
    settled = np.zeros(2), np.zeros(2)
    assert programming.integer_minimum(objective, rows, settled, seconds=10)[0] == (
        programming.INFEASIBLE
    )
    enough = np.array([1.0, 1.0]), np.array([1.0, 1.0])
    status, x, bound = programming.integer_minimum(objective, rows, enough, seconds=10)
    assert (status, x.tolist() if x is not None else [], bound) == (programming.OPTIMAL, [1, 1], 2)
    half = np.array([0.0, 1.0]), np.array([5.0, 1.0])
    status, x, bound = programming.integer_minimum(objective, rows, half, seconds=10)
    assert (status, x.tolist() if x is not None else [], bound) == (programming.OPTIMAL, [1, 1], 2)
    assert programming.integer_minimum(objective, rows, box, seconds=0)[:2] in (
        (programming.STOPPED, None),
        (programming.OPTIMAL, None),
    )
    status, x, bound = programming.integer_minimum(objective, rows, box, seconds=10)
    assert (status, x.sum() if x is not None else 0, bound) == (programming.OPTIMAL, 2, 2)
