"""What a plan is asked under: costs, forbidden steps, limits, targets; and what is refused."""

from __future__ import annotations

import pickle
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from tiny_regions import Case, Claim, Row, Work

import inovasi_index as ii
from inovasi_index.analysis.planning import (
    Costs,
    Forbidden,
    Limit,
    NewInnovation,
    StepKind,
    UnreachableError,
    plan,
)
from inovasi_index.errors import (
    BadValueError,
    FaultsError,
    IncompleteEditionError,
    MissingExtraError,
    PeriodWarning,
    UnknownNameError,
)
from inovasi_index.records import Cause

CASE = Case(
    region_rows=(Row("r0", 100, 3),),
    rows=(Row("i0", 100, 3, mandatory=True), Row("i1", 50, 2)),
    floor=2,
    cap=4,
    points=38,
    needed=1,
    decimals=2,
    total=1000,
    region_claims=(Claim(1, "pending"),),
    works=(Work("x", "a", True, True, (Claim(2, "unproved"), Claim(1, "accepted"))),),
)


def planned(**terms: Any) -> Any:
    return plan(CASE.submission, CASE.edition, **terms)


def faults(**terms: Any) -> list[tuple[str, str]]:
    with pytest.raises(FaultsError) as caught:
        planned(target=10, **terms)
    return [(fault.code, fault.place) for fault in caught.value.faults]


def test_every_bad_cost_is_named_at_once() -> None:
    bad: dict[str, Any] = {
        "raise_level": -1,
        "supply_paper": None,
        "report": "12 days",
        "write_design": float("nan"),
        "pass_verification": True,
        "raise_measured": float("inf"),
        "level_costs": {0: 1, "x": 1, 3: -2},
        "cause_costs": {"rejectd": 1},
        "indicator_factors": {"i0": Decimal("1e99")},
        "agency_factors": [1],
        "further": [1],
    }
    with pytest.raises(FaultsError) as caught:
        Costs(**bad)
    found = {fault.place: (fault.code, fault.message) for fault in caught.value.faults}
    assert found["raise_level"] == ("bad-amount", "-1 is negative; allowed: 0 or more")
    assert found["supply_paper"][0] == "missing-amount"
    assert "not a number" in found["report"][1]
    assert "forbid it" in found["write_design"][1]
    assert "True is not a number" in found["pass_verification"][1]
    assert "finite" in found["raise_measured"][1]
    assert {"level_costs.0", "level_costs.x", "level_costs.3"} <= set(found)
    assert "did you mean 'rejected'" in found["cause_costs.rejectd"][1]
    assert "digits" in found["indicator_factors.i0"][1]
    assert found["agency_factors"][0] == "wrong-type"
    assert "not a NewInnovation" in found["further"][1]
    assert len(found) == 13
    assert "costs: 13 faults" in str(caught.value)


def test_costs_are_read_exactly() -> None:
    costs = Costs(
        raise_level=0.1,
        supply_paper="2,5",
        report=Fraction(1, 3),
        level_costs={"2": Decimal("1.5")},  # as TOML has it
        cause_costs={Cause.PENDING: 0},
    )
    assert costs.raise_level == Fraction(1, 10)
    assert costs.supply_paper == Fraction(5, 2)
    assert costs.level_costs == {2: Fraction(3, 2)}
    assert costs.removal(Cause.PENDING) == 0
    assert costs.removal(Cause.NO_EVIDENCE) == Fraction(5, 2)
    assert pickle.loads(pickle.dumps(costs)) == costs  # noqa: S301 - our own
    with pytest.raises(FaultsError, match="digits"):
        Costs(raise_level=10**16)
    with pytest.raises(FaultsError, match="digits"):
        Costs(raise_level=Fraction(1, 10**16))
    with pytest.raises(FaultsError, match="no list"):
        Costs(further=3)  # type: ignore[arg-type]


def test_costs_come_from_plain_tables() -> None:
    plain = {
        "raise_level": 3,
        "level_costs": {"3": 10},
        "further": [{"levels": {"i0": 2}, "cost": 4, "most": 1}, {"maturity": 2}],
    }
    costs = Costs.from_dict(plain)
    assert costs.raise_level == 3
    assert costs.further[0] == NewInnovation(levels={"i0": 2}, cost=4, most=1)
    assert planned(target=30, costs=plain).cost == planned(target=30, costs=costs).cost
    bad = {"raise_lvl": 1, "supply_paper": -1, "further": [{"levels": 0, "size": 1}, 7]}
    with pytest.raises(FaultsError) as caught:
        Costs.from_dict(bad)
    assert [fault.place for fault in caught.value.faults] == [
        "raise_lvl",
        "further[0].size",
        "further[0].levels",
        "further[1]",
        "supply_paper",
    ]
    assert "did you mean 'raise_level'" in str(caught.value)
    with pytest.raises(FaultsError, match="costs: 1 fault"):
        Costs.from_dict({"raise": 1})
    assert faults(costs=bad)[0] == ("unknown-name", "costs.raise_lvl")
    assert faults(costs=3) == [("wrong-type", "costs")]


def test_names_in_the_terms_are_checked_together() -> None:
    found = faults(
        costs=Costs(
            indicator_factors={"i9": 2},
            agency_factors={"z": 2},
            further=[NewInnovation(levels=1, agency="z"), NewInnovation(levels={"i7": 1})],
        ),
        forbid=[
            Forbidden(indicator="q"),
            Forbidden(innovation="w9"),
            Forbidden(affair="c"),
            "raise_level",
        ],
        limits={"z": 1, "x": -1},
        max_new_innovations=-1,
    )
    assert found == [
        ("unknown-indicator", "costs.indicator_factors.i9"),
        ("unknown-agency", "costs.agency_factors.z"),
        ("unknown-indicator", "forbid[0].q"),
        ("unknown-innovation", "forbid[1].w9"),
        ("unknown-affair", "forbid[2].c"),
        ("wrong-type", "forbid[3]"),
        ("unknown-agency", "costs.further[0].z"),
        ("bad-further-innovation", "costs.further[1]"),
        ("unknown-agency", "limits.z"),
        ("bad-amount", "limits.x.steps"),
        ("bad-amount", "max_new_innovations"),
    ]
    assert faults(limits=[1]) == [("wrong-type", "limits")]
    assert faults(max_new_innovations=True) == [("bad-amount", "max_new_innovations")]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "exactly one of levels and maturity"),
        ({"levels": 1, "maturity": 3}, "exactly one of levels and maturity"),
        ({"levels": {}}, "no row has a level"),
        ({"levels": 10}, "allowed: 1 to 9"),
        ({"levels": True}, "whole number"),
        ({"maturity": -1}, "negative"),
        ({"levels": 1, "most": 1.5}, "whole number"),
        ({"levels": 1, "agency": ""}, "not a name"),
        ({"levels": 1, "cost": "?"}, "not a number"),
    ],
)
def test_further_innovations_are_checked(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultsError, match=said):
        NewInnovation(**fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "at least one"),
        ({"kind": "raise_levl"}, "did you mean 'raise_level'"),
        ({"part": "regional"}, "did you mean 'region'"),
        ({"indicator": 3}, "not a name"),
        ({"affair": "a", "agency": "x"}, "whole region"),
    ],
)
def test_forbidden_steps_are_checked(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultsError, match=said):
        Forbidden(**fields)
    assert Limit(steps=3).cost is None
    with pytest.raises(FaultsError, match="a limit: 2 faults"):
        Limit(steps=-1, cost=-1)


@pytest.mark.parametrize(
    ("terms", "error", "said"),
    [
        ({}, BadValueError, "a target .* a budget, or both"),
        ({"target": "hihg"}, UnknownNameError, "did you mean 'high'"),
        ({"target": 100.01}, BadValueError, "0 to 100"),
        ({"target": -1}, BadValueError, "0 to 100"),
        ({"target": "12,345"}, BadValueError, "ambiguous"),
        ({"target": "12.3456"}, BadValueError, "hundredths"),
        ({"target": float("nan")}, BadValueError, "not a number"),
        ({"target": True}, BadValueError, "neither a band nor an index"),
        ({"target": [50]}, BadValueError, "neither a band nor an index"),
        ({"budget": -1}, BadValueError, "the budget: -1 is negative"),
        ({"budget": float("inf")}, BadValueError, "the budget: Infinity"),
        ({"target": 20, "time_limit": -1}, BadValueError, "the time limit"),
    ],
)
def test_the_question_is_checked(terms: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        planned(**terms)


def test_a_target_is_a_band_by_any_of_its_names() -> None:
    bands = CASE.edition.bands
    costs = {planned(target=t).cost for t in ("middle", " MIDDLE ", bands[1], 20, "20.00", 20.0)}
    assert len(costs) == 1
    other = ii.load_edition("iid-2026").bands[1]
    with pytest.raises(UnknownNameError, match="Kurang Inovatif"):
        planned(target=other)
    edition = ii.load_edition("iid-2025").supply(minimum_divisor=12, basic_affairs_needed=5)
    with pytest.raises(IncompleteEditionError, match="give the target as an index"):
        plan(ii.Submission(CASE.submission.region, 2025), edition, target="Inovatif")


def test_a_target_that_is_reached_needs_no_steps() -> None:
    found = planned(target=0)
    assert (found.steps, found.cost, found.proven_optimal) == ((), 0, True)
    assert found.apply(CASE.submission) == CASE.submission
    assert "nothing has to be done" in str(found)


def test_a_target_may_have_a_budget() -> None:
    free = planned(target=30)
    assert planned(target=30, budget=free.cost).cost == free.cost
    with pytest.raises(UnreachableError, match="within a budget") as caught:
        planned(target=30, budget=free.cost - 1)
    assert caught.value.best.cost <= free.cost - 1
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert str(again) == str(caught.value)
    assert again.best.cost == caught.value.best.cost


def test_levels_for_a_maturity_fill_the_mandatory_rows() -> None:
    found = planned(
        target=40,
        basis=ii.Basis.VERIFIED,
        costs=Costs(further=[NewInnovation(maturity="3.5", cost=1, name="idea")]),
        forbid=[Forbidden(part="region")],
    )
    new = [step for step in found.steps if step.levels]
    assert new
    for step in new:
        assert step.name == "idea"
        assert dict(step.levels)["i0"] >= 1
        assert sum({"i0": 100, "i1": 50}[key] * n for key, n in step.levels) == 350


@pytest.mark.parametrize(
    "new", [NewInnovation(maturity=0, cost=1), NewInnovation(levels={"i0": 0}, cost=1)]
)
def test_a_further_innovation_may_have_no_level_at_all(new: NewInnovation) -> None:
    """It may bring count points where no row is mandatory."""
    case = CASE._replace(rows=(Row("i0", 100, 3), Row("i1", 50, 2)), needed=2)
    found = plan(
        case.submission,
        case.edition,
        budget=1,
        costs=Costs(further=[new]),
        forbid=[
            Forbidden(kind=kind) for kind in ("raise_level", "supply_paper", "pass_verification")
        ],
    )
    (step,) = found.steps
    assert (step.kind, step.affair, step.levels) == (StepKind.COVER_AFFAIR, "b", ())
    assert step.to_dict()["levels"] == {}
    assert found.after.parts.count_points > 0
    assert len(found.apply(case.submission).innovations) == 2
    assert "report a further innovation of maturity 0.00 in B" in str(found)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NewInnovation(maturity=99), "up to 4"),
        (NewInnovation(maturity="1.2"), "the next below it is 1"),
        (NewInnovation(maturity="0.5"), "mandatory rows filled; allowed"),
        (NewInnovation(levels={"i0": 4}), "allowed: 0 to 3"),
        (NewInnovation(levels={"i1": 1}), "would not be eligible: i0"),
    ],
)
def test_maturities_that_no_levels_reach(new: NewInnovation, said: str) -> None:
    with pytest.raises(FaultsError, match=said):
        planned(target=40, costs=Costs(further=[new]))


def test_the_tariff_of_a_further_innovation_is_that_of_its_rows() -> None:
    costs = Costs(
        raise_level=3,
        report=7,
        level_costs={2: 5},
        indicator_factors={"i0": 2},
        agency_factors={"y": 10},
        further=[NewInnovation(levels=2, agency="y")],
    )
    found = planned(
        target=30, costs=costs, forbid=[Forbidden(agency="x"), Forbidden(part="region")]
    )
    (step, *_) = found.steps
    assert step.kind is StepKind.REPORT_INNOVATION
    assert step.agency == "y"
    assert step.cost == 10 * (7 + 2 * (3 + 5) + (3 + 5))
    changed = found.apply(CASE.submission)
    assert changed.innovations[-1].agency == "y"
    assert changed.agencies == CASE.submission.agencies
    with pytest.raises(UnreachableError):
        planned(
            target=30,
            costs=costs,
            forbid=[Forbidden(agency=a) for a in "xy"] + [Forbidden(part="region")],
        )


def test_a_measured_row_of_the_region_is_dear_to_raise() -> None:
    edition = ii.load_edition("iid-2026")
    submission = ii.Submission(ii.Region("63.71", "Kota Contoh", "city"), 2026)
    only = [Forbidden(part="innovation")]
    found = plan(submission, edition, target=9, forbid=only)
    measured = {row.key for row in edition.region_indicators if row.numeric}
    assert not {step.changes[0].indicator for step in found.steps} & measured
    dear = plan(submission, edition, target="25.20", forbid=only)
    costs = {step.changes[0].indicator: step.cost for step in dear.steps}
    assert costs["poverty_rate"] == 60
    assert costs["vision_mission"] == 6
    assert dear.cost == sum(60 if key in measured else 6 for key in costs)


def test_affairs_are_covered_in_official_order_unless_forbidden() -> None:
    case = CASE._replace(works=(), needed=2, points=150)
    new = Costs(further=[NewInnovation(levels=1, cost=1)])
    found = plan(
        case.submission, case.edition, target=20, costs=new, forbid=[Forbidden(part="region")]
    )
    covering = [step for step in found.steps if step.kind is StepKind.COVER_AFFAIR]
    assert [step.affair for step in covering] == ["a", "b"]
    assert found.after.basic_affairs == 2
    changed = found.apply(case.submission)
    assert [i.affair for i in changed.innovations[:2]] == ["a", "b"]
    assert changed.agencies[-1].id == "new"
    without = plan(
        case.submission,
        case.edition,
        budget=2,
        costs=new,
        forbid=[Forbidden(affair="a"), Forbidden(part="region")],
    )
    assert without.after.parts.count_points == 0


def test_placeholders_do_not_collide_with_what_is_there() -> None:
    from attrs import evolve

    submission = CASE.submission
    taken = evolve(
        submission,
        agencies=[*submission.agencies, ii.Agency("new", "New"), ii.Agency("new-", "Newer")],
        innovations=[*submission.innovations, ii.Innovation("new-1", "First", "new")],
    )
    free = Costs(further=[NewInnovation(levels=3, cost=0)])
    found = plan(taken, CASE.edition, target=60, costs=free, max_new_innovations=3)
    ids = [step.innovation for step in found.steps if step.levels]
    assert ids == ["new-2", "new-3", "new-4"][: len(ids)]
    assert ids
    changed = found.apply(taken)
    assert {changed.innovation(i).agency for i in ids if i} == {"new--"}


def test_a_completion_that_needs_a_forbidden_row_is_not_planned() -> None:
    case = CASE._replace(works=(Work("x", "a", True, True, (None, Claim(2, "accepted"))),))
    terms: dict[str, Any] = {"budget": 50, "basis": ii.Basis.VERIFIED, "max_new_innovations": 0}
    free = plan(case.submission, case.edition, **terms)
    assert StepKind.COMPLETE_INNOVATION in {step.kind for step in free.steps}
    assert "complete it so that it is eligible: I0 [i0] 0 → 3" in str(free)
    for ban in (Forbidden(indicator="i0"), Forbidden(kind="complete_innovation")):
        bound = plan(case.submission, case.edition, forbid=[ban], **terms)
        assert {step.part for step in bound.steps} == {"region"}


def test_a_planned_paper_is_of_a_kind_that_counts() -> None:
    from attrs import evolve

    from inovasi_index.analysis.planning.steps import moved
    from inovasi_index.records import accepts

    row = CASE.edition["i0"]
    for kinds, links in (
        (("Dokumen",), False),
        (("MP4 maks 100MB",), False),
        (("XLSX",), False),
        ((), True),
        (None, False),
    ):
        other = evolve(row, file_types=kinds, link_counts=links)
        planned_answer = moved(None, other, 2, basis=ii.Basis.DOCUMENTED)
        assert accepts(other, planned_answer.evidence[0])
        assert planned_answer.verdict is None


def test_a_verdict_keeps_to_the_level_that_was_accepted() -> None:
    from inovasi_index.analysis.planning.steps import moved
    from inovasi_index.records import assess

    row = CASE.edition["i0"]
    answer = ii.Answer(
        "i0", level=1, evidence=[ii.Evidence(file="x.pdf")], verdict=ii.Verdict("accepted")
    )
    raised = moved(answer, row, 3, basis=ii.Basis.DOCUMENTED)
    assert (assess(raised, row).documented, assess(raised, row).verified) == (3, 1)
    claimed = moved(answer, row, 3, basis=ii.Basis.CLAIMED)
    assert claimed.evidence == answer.evidence
    verified = moved(raised, row, 3, basis=ii.Basis.VERIFIED)
    assert assess(verified, row).verified == 3


def test_a_plan_is_for_its_submission() -> None:
    found = planned(target=20, forbid=[Forbidden(part="region")], max_new_innovations=0)
    with pytest.raises(UnknownNameError, match="w0"):
        found.apply(ii.Submission(CASE.submission.region, 2026))


def test_costs_that_cannot_be_added_exactly_are_refused() -> None:
    with pytest.raises(BadValueError, match="round them"):
        planned(target=20, costs=Costs(raise_level=10**14, supply_paper="0.001"))


def test_the_year_is_warned_of_once() -> None:
    late = ii.Submission(CASE.submission.region, 2027, region_points=1)
    case = CASE._replace(region_rows=(), region_claims=(), works=())
    with pytest.warns(PeriodWarning) as caught:
        plan(late, case.edition, target=20)
    assert len(caught) == 1


def test_planning_asks_for_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(MissingExtraError, match=r"inovasi_index\[optimise\]"):
        planned(target=20)


def test_a_score_from_totals_has_no_rows() -> None:
    from inovasi_index.analysis.planning.constraints import read_constraints

    constraints = read_constraints(
        CASE.submission,
        CASE.edition,
        costs=None,
        forbid=(),
        limits=None,
        max_new_innovations=None,
    )
    total = ii.project_index(
        CASE.edition, region_points=1, mean_maturity=1, innovations=1, basic_affairs=1
    )
    with pytest.raises(BadValueError, match="no rows"):
        constraints.model(CASE.submission, total)
