"""Gaps add up to what is missing from 100, exactly, and their causes exclude each other."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import submissions

import inovasi_index as ii
from inovasi_index.analysis.gaps import PAPER_CAUSES, VERIFICATION_CAUSES, GapCause, gaps
from inovasi_index.records import standings

EDITION = ii.load_edition("iid-2026")


@settings(max_examples=60)
@given(submissions(EDITION))
def test_the_shares_add_up_on_every_basis_and_every_way(submission: ii.Submission) -> None:
    for basis in ii.Basis:
        found = gaps(submission, EDITION, basis=basis)
        assert found.total == 100 - found.score.exact
        assert all(gap.share > 0 for gap in found)
        for sums in (
            found.by_cause(),
            found.by_part(),
            found.by_indicator(),
            found.by_innovation(),
            found.by_agency(),
        ):
            assert sum(sums.values(), Fraction(0)) == found.total
        json.dumps(found.to_dict())


@settings(max_examples=60)
@given(submissions(EDITION))
def test_papers_and_verification_are_the_steps_between_the_bases(
    submission: ii.Submission,
) -> None:
    claimed, documented, verified = (gaps(submission, EDITION, basis=basis) for basis in ii.Basis)
    assert claimed.missing_papers == claimed.verification == 0
    assert documented.missing_papers == claimed.score.exact - documented.score.exact
    assert documented.verification == 0
    assert verified.missing_papers == documented.missing_papers
    assert verified.verification == documented.score.exact - verified.score.exact


@settings(max_examples=60)
@given(submissions(EDITION))
def test_curing_a_cause_gains_its_share(submission: ii.Submission) -> None:
    """Raising every level to the top closes all gaps of levels and no other."""
    from attrs import evolve

    def full(rows: Any) -> list[ii.Answer]:
        return [ii.Answer(row.key, level=row.top_level) for row in rows]

    best = evolve(
        submission,
        region_points=None,
        answers=full(EDITION.region_indicators),
        innovations=[
            evolve(i, answers=full(EDITION.innovation_indicators)) for i in submission.innovations
        ],
    )
    left = gaps(best, EDITION, basis=ii.Basis.CLAIMED).by_cause()
    before = gaps(submission, EDITION, basis=ii.Basis.CLAIMED).by_cause()
    others = {"empty_seats", "basic_affair_missing", "count_below_cap"}
    assert set(left) <= others
    assert left == {cause: share for cause, share in before.items() if cause in others}


@settings(max_examples=60)
@given(submissions(EDITION))
def test_a_level_is_lost_for_one_cause_only(submission: ii.Submission) -> None:
    found = gaps(submission, EDITION, basis=ii.Basis.VERIFIED)
    for innovation in submission.innovations:
        for row, standing in zip(
            EDITION.innovation_indicators, standings(innovation, EDITION), strict=True
        ):
            here = [g for g in found if (g.innovation, g.indicator) == (innovation.id, row.key)]
            assert len({g.cause for g in here}) == len(here)
            lost = sum(g.levels for g in here)
            ineligible = any(g.cause is GapCause.NOT_ELIGIBLE for g in here)
            assert lost == row.top_level - (0 if ineligible else standing.verified) or not (
                standing.verified
            )


def test_what_each_cause_means() -> None:
    paper = (ii.Evidence(file="sk.pdf"),)
    answers = [
        ii.Answer("regulation", level=2, evidence=paper, verdict=ii.Verdict("accepted", 1)),
        ii.Answer("human_resources", level=3),
        ii.Answer("budget_support", level=3, evidence=[ii.Evidence(file="foto.jpg")]),
        ii.Answer("planning_integration", level=3, evidence=paper),
        ii.Answer("process_ease", level=3, evidence=paper, verdict=ii.Verdict("rejected")),
        ii.Answer("replication", level=3, evidence=[ii.Evidence(file="a.pdf", status="rejected")]),
    ]
    one = ii.Innovation("a", "A", "dinas", affair="health", answers=answers)
    submission = ii.Submission(
        ii.Region("99.71", "Kota Contoh", "city"),
        2026,
        agencies=[ii.Agency("dinas", "Dinas")],
        innovations=[one],
        region_points="60",
    )
    found = gaps(submission, EDITION, basis=ii.Basis.VERIFIED)
    seat = Fraction(100, 250 * 12)  # the index points of one point of maturity
    causes = found.by_cause()
    assert causes["below_top"] == 3 * seat  # regulation 2 of 3, weight 3
    assert causes["downgraded"] + causes["not_eligible"] == 6 * seat
    assert causes["no_evidence"] == 6 * seat
    assert causes["evidence_kind"] == 6 * seat
    assert causes["pending"] == 6 * seat
    assert causes["rejected"] == 6 * seat
    assert causes["evidence_rejected"] == 9 * seat
    assert causes["mandatory_row_empty"] == (6 + 9 + 12) * seat
    assert causes["empty_seats"] == 11 * 111 * seat
    assert causes["basic_affair_missing"] == Fraction(38, 100) / 250 * 100
    assert causes["count_below_cap"] == Fraction(38, 100) * 199 / 250 * 100
    assert causes["region_points"] == Fraction(3) / 250 * 100
    assert found.largest(1)[0].cause is GapCause.EMPTY_SEATS
    assert {g.detail for g in found if g.cause is GapCause.NOT_ELIGIBLE} == {"stage_not_given"}
    assert "diturunkan verifikator" in found.to_text("id")
    assert set(PAPER_CAUSES).isdisjoint(VERIFICATION_CAUSES)
    columns = found.to_columns()
    assert {len(c) for c in columns.values()} == {len(found)}
    assert columns["share"].sum() == pytest.approx(float(found.total))


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.sampled_from([0, 3, 40, 260]))
def test_the_table_agrees_with_the_index_exactly(seed: int, n_regions: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    table = ii.LevelTable.from_arrays(
        EDITION,
        rng.integers(0, 4, (n, 20)),
        region_of=rng.integers(0, n_regions, n),
        region_levels=rng.integers(0, 4, (n_regions, 20)),
        affair_of=rng.integers(-1, 7, n),
    )
    found = gaps(table)
    whole = found.scores.divisor * 25_000
    for r, one in enumerate(found.scores):
        missing = Fraction(int(found.numerators[r].sum()), int(whole[r])) * 100
        assert missing == 100 - one.exact
    rows = sum(found.by_indicator().values())
    by_level = found.shares[:, :2].sum(axis=1)
    np.testing.assert_allclose(rows, by_level, rtol=1e-12)
    assert len(found) == n_regions
    assert list(found.to_columns())[2:] == [c.value for c in found.causes]


@settings(max_examples=30)
@given(submissions(EDITION))
def test_table_and_records_agree_where_levels_tell(submission: ii.Submission) -> None:
    table = ii.LevelTable.from_submissions([submission], EDITION, basis=ii.Basis.CLAIMED)
    columns = gaps(table).to_columns()
    causes = gaps(submission, EDITION, basis=ii.Basis.CLAIMED).by_cause()

    def of(*names: str) -> float:
        return float(sum(causes.get(name, Fraction(0)) for name in names))

    assert columns["not_answered"][0] == pytest.approx(of("not_answered", "mandatory_row_empty"))
    for name in ("below_top", "empty_seats", "basic_affair_missing", "count_below_cap"):
        assert columns[name][0] == pytest.approx(of(name))
    assert columns["region_points"][0] == pytest.approx(of("region_points"))


def test_an_edition_is_needed() -> None:
    empty = ii.Submission(ii.Region("99.71", "Kota Contoh", "city"), 2026)
    with pytest.raises(ii.errors.BadValueError, match="give the edition"):
        gaps(empty)  # type: ignore[call-overload]
    assert gaps(empty, "iid-2026").total == 100
