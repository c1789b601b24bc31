"""Distances are exact, every step leads where it says, and none is overlooked."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import oracle
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, submissions

import inovasi_index as ii
from inovasi_index.analysis.distances import distance
from inovasi_index.analysis.planning import StepKind
from inovasi_index.analysis.rescoring import rescored
from inovasi_index.records import standings

EDITION = ii.load_edition("iid-2026")
CITY = ii.Region("99.71", "Kota Contoh", "city")
DINAS = ii.Agency("dinas", "Dinas")
TINY = Fraction(1, 10**9)


def above(submission: ii.Submission, basis: ii.Basis, hundredths: int) -> Decimal:
    """Return a target some hundredths above the index, at most 100."""
    index = ii.score(submission, EDITION, basis=basis)[submission.region.code].index
    return min(Decimal(100), index + Decimal(hundredths).scaleb(-2))


@examples(40)
@given(submissions(EDITION), st.sampled_from(ii.Basis), st.integers(0, 60))
def test_every_step_leads_where_it_says(
    submission: ii.Submission, basis: ii.Basis, hundredths: int
) -> None:
    target = above(submission, basis, hundredths)
    found = distance(submission, EDITION, target=target, basis=basis)
    assert found.reached == (target == found.score.index)
    assert bool(found.missing) == bool(found.missing_hundredths) == (not found.reached)
    assert found.missing_hundredths == int(100 * (target - found.score.index))
    assert found.steps == tuple(sorted(found.steps, key=lambda step: step.gain))
    for step in {id(s): s for s in (*found.steps[:8], *found.steps[-8:], found.largest)}.values():
        after = rescored(step.apply(submission, EDITION, basis=basis), EDITION, basis=basis)
        assert after.exact - found.score.exact == step.gain
        assert after.index == step.index
    assert all(step.index >= target and step.gain >= found.missing for step in found.steps)
    if not found.reached:
        assert found.one_step_suffices == (found.largest.index >= target)
    assert found.looked_at >= len(found.steps) >= 0
    json.dumps(found.to_dict())
    assert {len(column) for column in found.to_columns().values()} == {len(found.steps)}


@examples(25)
@given(submissions(EDITION), st.integers(1, 40))
def test_no_row_that_could_move_is_overlooked(submission: ii.Submission, hundredths: int) -> None:
    """On claimed levels the formula itself tells which moves suffice."""
    submission = evolve(submission, region_points=None)
    target = above(submission, ii.Basis.CLAIMED, hundredths)
    found = distance(submission, EDITION, target=target, basis=ii.Basis.CLAIMED)
    region = [s.claimed for s in standings(submission, EDITION)]
    inside = [[s.claimed for s in standings(i, EDITION)] for i in submission.innovations]
    affairs = [EDITION.affair_index(i.affair) for i in submission.innovations]
    start = oracle.index(region, inside, affairs)
    gains = []
    for levels in (region, *inside):
        for row, level in enumerate(levels):
            for raised in range(level + 1, 4):
                levels[row] = raised
                after = oracle.index(region, inside, affairs)
                if oracle.hundredths(after) >= 100 * target > oracle.hundredths(start):
                    gains.append(after - start)
            levels[row] = level
    raised_by = [s.gain for s in found.steps if s.kind is StepKind.RAISE_LEVEL]
    assert sorted(raised_by) == sorted(gains)
    least = [s for s in found.steps if s.kind is StepKind.REPORT_INNOVATION]
    for step in least:
        assert step.maturity is not None
        if step.maturity > 14:  # the mandatory rows at level 1
            weaker = evolve(found.score, parts=_with_further(found, step.maturity - 1))
            assert weaker.index < target


def _with_further(found: object, maturity: Fraction) -> ii.scoring.Parts:
    """Return the parts with one further innovation of a maturity, from the totals."""
    one: ii.RegionScore = found.score  # type: ignore[attr-defined]
    n = one.innovations + 1
    whole = one.parts.mean_maturity * one.divisor + maturity
    return ii.project_index(
        EDITION,
        region_points=one.parts.region_part,
        mean_maturity=whole / max(12, n),
        innovations=n,
        basic_affairs=one.basic_affairs,
    ).parts


@given(st.integers(1, 9_999))
def test_the_lowest_index_is_the_lowest_that_rounds_into_the_target(hundredths: int) -> None:
    empty = ii.Submission(CITY, 2026)
    found = distance(empty, EDITION, target=Fraction(hundredths, 100))
    assert oracle.hundredths(found.least) == hundredths
    assert oracle.hundredths(found.least - TINY) == hundredths - 1
    assert found.missing == found.least
    assert found.missing_points == found.least * Fraction(5, 2)


def test_an_index_is_rounded_as_the_edition_declares() -> None:
    coarse = evolve(EDITION, formula=evolve(EDITION.formula, decimals=0))
    found = distance(ii.Submission(CITY, 2026, region_points="60"), coarse, target="30.2")
    assert found.score.index == 24
    assert found.least == Fraction(61, 2)  # 31 is the first whole number above


def test_the_next_band_is_the_default_and_the_highest_is_its_own() -> None:
    found = distance(ii.Submission(CITY, 2026), EDITION)
    assert str(found.target) == "0.01 (Kurang Inovatif)"
    assert found.missing == Fraction(5, 1000)
    full = ii.Submission(
        CITY,
        2026,
        [DINAS],
        [
            ii.Innovation(
                str(n),
                "A",
                "dinas",
                affair=EDITION.affairs[n % 6].key,
                answers=[ii.Answer(r.key, level=3) for r in EDITION.innovation_indicators],
            )
            for n in range(200)
        ],
        region_points=63,
    )
    top = distance(full, EDITION, basis=ii.Basis.CLAIMED)
    assert top.score.index == 100
    assert top.reached
    assert top.missing == top.missing_hundredths == 0
    assert top.steps == ()
    assert top.largest.gain < 0  # one more cannot be counted, and must be as good as the others
    assert top.to_text() == "100.00 (Sangat Inovatif): 65.01 (Sangat Inovatif) is reached."
    assert "sudah tercapai" in top.to_text("id")


def five_innovations(*affairs: str) -> ii.Submission:
    rows = [ii.Answer("regulation", level=2), ii.Answer("benefits", level=1)]
    return ii.Submission(
        CITY,
        2026,
        [DINAS],
        [ii.Innovation(a, "A", "dinas", affair=a, answers=rows) for a in affairs],
        region_points=50,
    )


def test_the_affair_that_is_lacking_brings_the_count_points() -> None:
    submission = five_innovations("education", "health", "social", "housing")
    found = distance(submission, EDITION, target="22.4", basis=ii.Basis.CLAIMED)
    assert found.score.parts.count_points == 0
    step = next(s for s in found.steps if s.kind is StepKind.COVER_AFFAIR)
    assert step.affairs == ("public_works", "public_order")
    assert step.maturity == 14
    assert step.gain == (Fraction(14, 12) + Fraction(5 * 38, 100)) / Fraction(5, 2)
    assert "for public_works, public_order" in str(step)
    assert ["public_works", "public_order"] in [s.get("affairs") for s in found.to_dict()["steps"]]
    plain = [s for s in found.steps if s.kind is StepKind.REPORT_INNOVATION]
    assert [s.maturity for s in plain] == [36]  # without count points it takes more
    two_short = distance(five_innovations("health", "social"), EDITION, target=30)
    assert two_short.largest.kind is not StepKind.COVER_AFFAIR


def test_an_innovation_is_completed_so_that_it_counts() -> None:
    paper = [ii.Evidence(file="a.pdf", status="accepted")]
    accepted = {"evidence": paper, "verdict": ii.Verdict("accepted")}
    rows = [row.key for row in EDITION.innovation_indicators if row.mandatory]
    answers = [
        ii.Answer("regulation", level=3, **accepted),  # type: ignore[arg-type]
        ii.Answer("benefits", level=2),
        ii.Answer("replication", level=3, **accepted),  # type: ignore[arg-type]
    ]
    innovation = ii.Innovation(
        "sapa",
        "Sapa",
        "dinas",
        stage="application",
        application_date="2025-01-01",  # type: ignore[arg-type]
        answers=answers,
    )
    submission = ii.Submission(CITY, 2026, [DINAS], [innovation], region_points=20)
    found = distance(submission, EDITION, target="8.9", basis=ii.Basis.VERIFIED)
    step = next(s for s in found.steps if s.kind is StepKind.COMPLETE_INNOVATION)
    assert step.design
    assert {c.indicator: c.to_level for c in step.changes} == {
        "human_resources": 1,
        "benefits": 2,
        "creation_speed": 1,
        "quality_video": 1,
    }
    assert {c.indicator for c in step.changes} < set(rows)
    # 3·3 and 3·3 were accepted, 2·3 claimed; three further mandatory rows at level 1
    assert step.gain == Fraction(9 + 9 + 6 + 2 + 2 + 4, 12) / Fraction(5, 2)
    assert any(s.get("design") for s in found.to_dict()["steps"])
    done = rescored(
        step.apply(submission, EDITION, basis=ii.Basis.VERIFIED), EDITION, basis=found.basis
    )
    assert done.exact == found.score.exact + step.gain
    assert str(step).startswith("+1.0667 → 9.07  complete the innovation so that it is eligible")


def test_a_further_innovation_finds_a_free_name() -> None:
    submission = five_innovations("education", "health", "social", "housing", "public_order")
    taken = evolve(submission, agencies=(DINAS, ii.Agency("new", "Baru")))
    found = distance(taken, EDITION, target=23, basis=ii.Basis.CLAIMED)
    step = next(s for s in found.steps if s.kind is StepKind.REPORT_INNOVATION)
    after = step.apply(taken, EDITION, basis=ii.Basis.CLAIMED)
    assert after.innovations[-1].agency == "new-"
    assert rescored(after, EDITION, basis=ii.Basis.CLAIMED).index == step.index


def test_text_shows_steps_or_the_largest() -> None:
    submission = five_innovations("education", "health", "social", "housing", "public_order")
    near = distance(submission, EDITION, target="22.28", basis=ii.Basis.CLAIMED)
    assert near.to_text("id").startswith("22,26 (Kurang Inovatif) menuju 22,28: kurang 0,0150")
    assert len(near.to_text(most=2).splitlines()) == 2 + 1 + 2
    far = distance(submission, EDITION, target="inovatif", basis=ii.Basis.CLAIMED)
    assert not far.one_step_suffices
    assert "None of" in str(far)
    assert str(far.largest) in str(far)
    row = EDITION["technical_guidance"]
    line = f"+0,0333 → 22,29  naikkan level: education · {row.code}. {row.name} 0 → 1"
    assert near.steps[0].to_text("id", edition=EDITION) == line
    assert str(near.steps[0]).endswith("raise the level: education · technical_guidance 0 → 1")


@pytest.mark.parametrize(
    ("target", "error", "said"),
    [
        ("sangat inovativ", ii.errors.UnknownNameError, "did you mean"),
        (100.5, ii.errors.BadValueError, "0 to 100"),
        (-1, ii.errors.BadValueError, "0 to 100"),
        (True, ii.errors.BadValueError, "neither a band nor an index"),
    ],
)
def test_bad_targets_are_refused(target: object, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        distance(ii.Submission(CITY, 2026), EDITION, target=target)  # type: ignore[arg-type]


def test_without_bands_an_index_must_be_named() -> None:
    empty = ii.Submission(CITY, 2027)
    with pytest.raises(ii.errors.IncompleteEditionError, match="lower bound"):
        distance(empty, "iid-2027")
    found = distance(empty, "iid-2027", target=10)
    assert found.to_dict()["band"] is None
    assert str(found).startswith("0.00 (?) to 10.00")
