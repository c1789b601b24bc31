"""Gaps add up to what is missing from 100, exactly, and their causes exclude each other."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, submissions

import inovasi_index as ii
from inovasi_index.analysis.gaps import (
    PAPER_CAUSES,
    VERIFICATION_CAUSES,
    GapCause,
    Gaps,
    GapTable,
    gaps,
)
from inovasi_index.records import standings

EDITION = ii.load_edition("iid-2026")


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


@given(submissions(EDITION))
def test_top_levels_throughout_close_all_gaps_of_levels_and_no_other(
    submission: ii.Submission,
) -> None:
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
            assert lost == row.top_level - (0 if ineligible else standing.verified)


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
    assert causes["region_points"] == Fraction(3) / 250 * 100 == found.by_part()["region_part"]
    assert found.largest(1)[0].cause is GapCause.EMPTY_SEATS
    assert {g.detail for g in found if g.cause is GapCause.NOT_ELIGIBLE} == {"stage_not_given"}
    assert "diturunkan verifikator" in found.to_text("id")
    assert set(PAPER_CAUSES).isdisjoint(VERIFICATION_CAUSES)
    columns = found.to_columns()
    assert {len(c) for c in columns.values()} == {len(found)}
    assert columns["share"].sum() == pytest.approx(float(found.total))
    assert {name: columns[name].tolist() for name in ("cause", "levels", "indicator")} == {
        "cause": [g.cause for g in found],
        "levels": [g.levels for g in found],
        "indicator": [g.indicator or "" for g in found],
    }
    ineligible = [g for g in found if g.cause is GapCause.NOT_ELIGIBLE]
    assert [(g.indicator, g.levels, g.part) for g in ineligible] == [
        ("regulation", 1, "mean_maturity")
    ]
    assert [(g.innovation, g.agency) for g in ineligible] == [("a", "dinas")]


@pytest.fixture
def small_gaps() -> Gaps:
    """One region row answered, one innovation with one row answered."""
    answer = ii.Answer("regulation", level=1, evidence=[ii.Evidence(file="sk.pdf")])
    return gaps(
        ii.Submission(
            ii.Region("99.71", "Kota Contoh", "city"),
            2026,
            agencies=[ii.Agency("dinas", "Dinas")],
            innovations=[ii.Innovation("a", "A", "dinas", answers=[answer])],
            answers=[ii.Answer("vision_mission", level=3, evidence=answer.evidence)],
        ),
        "iid-2026",
    )


def test_sums_have_names_and_the_largest_stands_first(small_gaps: Gaps) -> None:
    point = Fraction(10_000, 25_000)
    seat = point / 12
    rest = {
        "empty_seats": 11 * 111 * seat,
        "count_below_cap": point * Fraction(38, 100) * 199,
        "basic_affair_missing": point * Fraction(38, 100),
    }
    region = 60 * point
    own = (111 - 3) * seat
    assert list(small_gaps.by_part().items()) == [
        ("mean_maturity", rest["empty_seats"] + own),
        ("count_points", rest["count_below_cap"] + rest["basic_affair_missing"]),
        ("region_part", region),
    ]
    for sums, name in ((small_gaps.by_innovation(), "a"), (small_gaps.by_agency(), "dinas")):
        expected = {**rest, "region_part": region, name: own}
        assert list(sums.items()) == sorted(expected.items(), key=lambda pair: -pair[1])
    by_row = small_gaps.by_indicator()
    assert by_row.keys() == rest.keys() | {i.key for i in EDITION.indicators} - {"vision_mission"}
    assert by_row["regulation"] == 6 * seat
    assert list(by_row.values()) == sorted(by_row.values(), reverse=True)
    assert [g.levels for g in small_gaps if g.indicator is None] == [0, 0, 0]


def test_gaps_as_plain_data_say_all(small_gaps: Gaps) -> None:
    plain = small_gaps.to_dict()
    assert list(plain) == [
        "format",
        "index",
        "basis",
        "total",
        "by_cause",
        "by_part",
        "by_indicator",
        "by_innovation",
        "by_agency",
        "items",
    ]
    assert plain["format"] == "inovasi_index.gaps/1"
    assert plain["index"] == str(small_gaps.score.index)
    assert plain["basis"] == "documented"
    assert Fraction(plain["total"]) == small_gaps.total
    for name in ("by_cause", "by_part", "by_indicator", "by_innovation", "by_agency"):
        sums = getattr(small_gaps, name)()
        assert plain[name] == {key: str(share) for key, share in sums.items()}
    assert plain["items"] == [
        {
            "cause": gap.cause.value,
            "part": gap.part,
            "indicator": gap.indicator,
            "innovation": gap.innovation,
            "agency": gap.agency,
            "detail": "",
            "levels": gap.levels,
            "share": str(gap.share),
        }
        for gap in small_gaps
    ]


def test_gaps_as_lines(small_gaps: Gaps) -> None:
    lines = str(small_gaps).splitlines()
    assert lines == small_gaps.to_text("en").splitlines()
    assert lines[0] == "98.70 points are missing from 100:"
    assert lines[1:3] == [
        "  40.70  empty seats below the divisor's floor",
        "  30.25  fewer innovations than count",
    ]
    assert len(lines) == 1 + len(small_gaps.by_cause())


@pytest.mark.parametrize("n", [0, 1, 12, 199, 200, 201])
def test_the_points_of_the_count(n: int) -> None:
    """Up to the cap each innovation is worth 0.38 points, once five basic affairs are covered."""
    region = ii.Region("99.71", "Kota Contoh", "city")
    basic = [affair.key for affair in EDITION.basic_affairs]

    def counted(affairs: list[str]) -> dict[str, Fraction]:
        found = gaps(
            ii.Submission(
                region,
                2026,
                agencies=[ii.Agency("d", "D")],
                innovations=[
                    ii.Innovation(f"i{k}", "I", "d", affair=affairs[k % len(affairs)])
                    for k in range(n)
                ],
            ),
            EDITION,
        ).by_cause()
        names = ("basic_affair_missing", "count_below_cap")
        return {name: found[name] for name in names if name in found}

    each = Fraction(38, 250)
    below = {"count_below_cap": (200 - n) * each} if n < 200 else {}
    missing = {"basic_affair_missing": min(n, 200) * each} if n else {}
    assert counted(basic[:4]) == below | missing
    assert counted(basic[:5]) == below | (missing if n < 5 else {})


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


@examples(30)
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


# What tables tell, whatever the region part came as.


def test_a_table_whose_region_part_came_as_points() -> None:
    table = ii.LevelTable.from_arrays(
        EDITION,
        np.full((3, 20), 2),
        region_of=[0, 0, 1],
        region_points=[60, "12.5"],
        affair_of=[0, 1, 2],
        regions=["63.71", "63.72"],
    )
    found = gaps(table)
    assert found.by_indicator().keys() == {i.key for i in EDITION.innovation_indicators}
    columns = found.to_columns()
    assert columns["region"].tolist() == ["63.71", "63.72"]
    assert columns["index"].tolist() == ii.score(table).index.tolist()
    assert columns["region_points"] == pytest.approx([3 / 2.5, 50.5 / 2.5])
    assert columns["not_answered"].tolist() == [0, 0]
    assert columns["below_top"] == pytest.approx([2 * 37 / 12 / 2.5, 37 / 12 / 2.5])


@pytest.mark.parametrize("name", ["iid-2021", "iid-2024", "iid-2025"])
def test_region_points_ask_for_no_region_rows(name: str) -> None:
    """Editions of which no source gives the region rows, or their weights."""
    bare = ii.load_edition(name)
    constants = {
        "total_max_hundredths": 289_00 if name == "iid-2021" else 250_00,
        "region_max_hundredths": 63_00,
        "count_max_hundredths": 76_00,
        "count_cap": 200,
        "points_per_innovation_hundredths": 38,
        "minimum_divisor": 12,
        "basic_affairs_needed": 0,
    }
    lacking: dict[str, Any] = {
        n: value for n, value in constants.items() if getattr(bare.formula, n) is None
    }
    edition = bare.supply(**lacking)
    submission = ii.Submission(
        ii.Region("99.71", "Kota Contoh", "city"), edition.start.year, region_points="40.5"
    )
    table = ii.LevelTable.from_submissions([submission], edition, basis=ii.Basis.CLAIMED)
    found, exact = gaps(table), gaps(submission, edition)
    assert found.numerators.sum() == exact.total * int(found.scores.divisor[0]) * (
        edition.constant("total_max_hundredths") // 100
    )
    by_cause = {
        cause.value: share for cause, share in zip(found.causes, found.shares[0], strict=True)
    }
    assert {n: s for n, s in by_cause.items() if s} == pytest.approx(
        {n: float(s) for n, s in exact.by_cause().items()}
    )


def test_rows_of_fewer_levels() -> None:
    """The top level is each row's own."""
    from attrs import evolve

    def cut(row: Any) -> Any:
        return evolve(row, levels=row.levels[:2])

    first = EDITION.region_indicators[0], EDITION.innovation_indicators[0]
    edition = evolve(
        EDITION, indicators=tuple(cut(row) if row in first else row for row in EDITION.indicators)
    )
    one, other = (row.key for row in first)
    table = ii.LevelTable.from_arrays(
        edition,
        np.zeros((12, 20), int),
        region_of=np.zeros(12, int),
        region_levels=np.zeros((1, 20), int),
        affair_of=np.zeros(12, int),
    )
    rows = gaps(table).by_indicator()
    weights = {row.key: (row.weight_hundredths or 0) / 100 for row in edition.indicators}
    assert rows[one] == pytest.approx([2 * weights[one] / 2.5])
    assert rows[other] == pytest.approx([2 * weights[other] / 2.5])
    full = EDITION.region_indicators[1].key
    assert rows[full] == pytest.approx([3 * weights[full] / 2.5])

    levels = np.full((12, 20), 3)
    levels[:, 0] = 2
    best = ii.LevelTable.from_arrays(
        edition,
        levels,
        region_of=np.zeros(12, int),
        region_levels=levels[:1],
        affair_of=np.zeros(12, int),
    )
    assert {share for row in gaps(best).by_indicator().values() for share in row.tolist()} == {0.0}


def test_regions_with_rows_beside_regions_with_points() -> None:
    rows = ii.Submission(
        ii.Region("99.71", "Kota Contoh", "city"),
        2026,
        answers=[ii.Answer("audit_opinion", level=3)],
    )
    points = ii.Submission(ii.Region("99.72", "Kota Lain", "city"), 2026, region_points=60)
    table = ii.LevelTable.from_submissions([rows, points], EDITION, basis=ii.Basis.CLAIMED)
    found = gaps(table)
    assert found.by_indicator()["vision_mission"].tolist() == [1.2, 0.0]
    assert found.to_columns()["region_points"].tolist() == pytest.approx([0, 1.2])
    for r, one in enumerate(found.scores):
        whole = int(found.scores.divisor[r]) * 25_000
        assert Fraction(int(found.numerators[r].sum()), whole) * 100 == 100 - one.exact


def test_levels_have_to_be_counted() -> None:
    scores = ii.score(
        ii.LevelTable.from_arrays(
            EDITION, np.ones((1, 20), int), region_of=[0], region_points=[1], affair_of=[0]
        )
    )
    with pytest.raises(ii.errors.BadValueError, match="levels were not counted"):
        _ = GapTable(scores).numerators


def test_the_words_of_gaps_stay() -> None:
    assert [cause.value for cause in GapCause] == [
        "not_answered",
        "mandatory_row_empty",
        "below_top",
        "no_evidence",
        "evidence_kind",
        "evidence_rejected",
        "rejected",
        "pending",
        "downgraded",
        "not_eligible",
        "empty_seats",
        "basic_affair_missing",
        "count_below_cap",
        "region_points",
    ]
    assert [cause.value for cause in PAPER_CAUSES] == [
        "no_evidence",
        "evidence_kind",
        "evidence_rejected",
        "rejected",
    ]
    assert [c.value for c in VERIFICATION_CAUSES] == ["pending", "downgraded", "not_eligible"]
