"""What if: changes do what they say, leave the start alone, and differences add up."""

from __future__ import annotations

import json
import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import SMALL, examples, submissions

import inovasi_index as ii
from inovasi_index.analysis.comparing import ScoreComparison, compare_scores
from inovasi_index.analysis.scenarios import what_if
from inovasi_index.rules import Formula

EDITION = ii.load_edition("iid-2026")
CITY = ii.Region("99.71", "Kota Contoh", "city")
DINAS = ii.Agency("dinas", "Dinas")
ROWS = [row.key for row in EDITION.innovation_indicators]


@examples(25)
@given(
    submissions(EDITION, code="99.71"),
    submissions(EDITION, code="99.71"),
    st.sampled_from(ii.Basis),
    st.sampled_from(ii.Basis),
    st.sampled_from(["iid-2026", "iid-2027", "iid-2029"]),
)
def test_differences_add_up_by_part_and_by_row(
    first: ii.Submission, second: ii.Submission, basis: ii.Basis, other: ii.Basis, edition: str
) -> None:
    before = what_if(first, EDITION, basis=basis).score
    after = what_if(second, EDITION, basis=other).under(edition).score
    found = compare_scores(before, after, names=["a", "b"])
    difference = found["b"]
    assert difference.total == after.exact - before.exact
    assert sum(difference.by_part().values()) == difference.total
    assert sum(difference.by_row().values(), Fraction(0)) == difference.total
    columns = difference.to_columns()
    assert columns["difference"].sum() == pytest.approx(float(difference.total))
    for part, share in difference.by_part().items():
        rows = columns["difference"][columns["part"] == part]
        assert rows.sum() == pytest.approx(float(share))
    json.dumps(found.to_dict())
    assert {len(c) for c in found.to_columns().values()} == {2} == {len(found)}
    assert [d.total for d in found] == [difference.total]


@examples(25)
@given(submissions(EDITION), st.sampled_from(ROWS), st.integers(0, 3), st.sampled_from(ii.Basis))
def test_a_level_counts_as_asked_and_nothing_else_moves(
    submission: ii.Submission, row: str, level: int, basis: ii.Basis
) -> None:
    start = what_if(submission, EDITION, basis=basis)
    for innovation in submission.innovations:
        answers = {a.indicator: a for a in innovation.answers}
        changed = start.with_level(row, level, innovation=innovation.id)
        after = changed.submission.innovation(innovation.id)
        others = {a.indicator: a for a in after.answers if a.indicator != row}
        assert others == {key: a for key, a in answers.items() if key != row}
        table = ii.LevelTable.from_submissions([changed.submission], EDITION, basis=basis)
        n = submission.innovations.index(innovation)
        eligible = ii.records.eligibility(after, EDITION).eligible
        counts = level if eligible or basis is not ii.Basis.VERIFIED else 0
        assert table.levels[n, ROWS.index(row)] == counts
    assert start.submission == submission


def innovation(name: str, level: int = 1) -> ii.Innovation:
    answers = [ii.Answer(key, level=level) for key in ROWS]
    return ii.Innovation(name, name, "dinas", affair="health", answers=answers)


SMALL_CITY = ii.Submission(
    CITY,
    2026,
    [DINAS],
    [innovation("a", 1), innovation("b", 3)],
    [ii.Answer("vision_mission", level=1)],
)


def test_rows_of_the_region_change_or_its_points() -> None:
    now = what_if(SMALL_CITY, EDITION, basis=ii.Basis.CLAIMED)
    raised = now.with_level("audit_opinion", 2).with_answer(
        ii.Answer("licensing_growth", value=Decimal("12.4"))
    )
    assert raised.score.parts.region_part - now.score.parts.region_part == 3 + 3
    assert raised.with_level("vision_mission", 0).score.parts.region_part == 6
    points = raised.with_region_points("12.5")
    assert points.score.parts.region_part == Fraction(25, 2)
    assert points.comparison["after"].by_row()["region_part"] == (Fraction(25, 2) - 1) / Fraction(
        5, 2
    )
    with pytest.raises(ii.errors.BadValueError, match="with_region_points"):
        points.with_level("audit_opinion", 3)
    with pytest.raises(ii.errors.BadValueError, match="hundredths"):
        now.with_region_points(Decimal("1.001"))


def test_reporting_more_is_scored_with_its_divisor_and_count() -> None:
    covering = ["education", "health", "social", "housing", "public_order"]
    start = what_if(SMALL_CITY, EDITION, basis=ii.Basis.CLAIMED)
    more = start
    for affair in covering:
        more = more.reporting_more(3, maturity=40, affair=affair)
    one = more.score
    assert one.innovations == 17
    taken = what_if(evolve(SMALL_CITY, agencies=[DINAS, ii.Agency("new", "Baru")]), EDITION)
    assert taken.reporting_more(1, levels=1).submission.innovations[-1].agency == "new-"
    assert taken.under("iid-2026").score.index == taken.before.index
    assert one.divisor == 17
    assert one.parts.mean_maturity == Fraction(37 + 111 + 15 * 40, 17)
    assert one.parts.count_points == Fraction(17 * 38, 100)
    assert len({i.id for i in more.submission.innovations}) == 17
    own = start.reporting_more(1, levels=2, agency="dinas").reporting(
        ii.Innovation("c", "C", "baru"), agencies=[ii.Agency("baru", "Baru")]
    )
    assert own.score.parts.mean_maturity == Fraction(37 + 111 + 74 + 0, 12)
    assert own.without("a", "c").score.parts.mean_maturity == Fraction(111 + 74, 12)


def test_other_editions_and_bases() -> None:
    now = what_if(SMALL_CITY, EDITION, basis=ii.Basis.CLAIMED)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        later = [now.under(f"iid-{year}") for year in (2027, 2028, 2029)]
        assert [one.score.divisor for one in later] == [14, 16, 18]
    assert [one.submission.year for one in later] == [2027, 2028, 2029]
    assert [one.score.band_if_known for one in later] == [None] * 3
    assert "? not classified" in str(later[0])
    assert now.on(ii.Basis.DOCUMENTED).score.parts.mean_maturity == 0
    dropped = now.changed(lambda s: evolve(s, innovations=()))
    assert dropped.score.innovations == 0


def test_side_by_side_in_both_languages() -> None:
    now = what_if(SMALL_CITY, EDITION, basis=ii.Basis.CLAIMED)
    later = [now.under(f"iid-{year}").score for year in (2027, 2029)]
    found = compare_scores(now.score, *later)
    assert found.names == ("iid-2026", "iid-2027", "iid-2029")
    assert found.to_text(most=2).splitlines() == [
        "                              iid-2026  iid-2027  iid-2029",
        "Region part                       1.00      1.00      1.00",
        "Mean maturity                    12.33     10.57      8.22",
        "Number of innovations             0.00      0.00      0.00",
        "Index                             5.33      4.63      3.69",
        "band                   Kurang Inovatif         ?         ?",
        "difference                                 -0.70     -1.64",
        "",
        "What differs most, iid-2027:",
        "   -0.08  35. Video inovasi daerah",
        "   -0.06  16. Regulasi Inovasi Daerah",
        "",
        "What differs most, iid-2029:",
        "   -0.18  35. Video inovasi daerah",
        "   -0.13  16. Regulasi Inovasi Daerah",
        "",
        "? not classified: no source gives the bound of the band that decides",
    ]
    assert "Selisih terbesar, iid-2027:\n   -0,08  35. Video inovasi daerah" in found.to_text("id")
    assert "andaikan" in now.under("iid-2027").to_text("id")
    assert compare_scores(now.score, now.on(ii.Basis.VERIFIED).score).names == (
        "claimed",
        "verified",
    )
    same = compare_scores(now.score, now.score)
    assert same.names == ("1", "2")
    assert same["2"].by_row() == {}
    assert "What differs most" not in str(same)
    assert now.to_columns()["index"].tolist() == [5.33, 5.33]
    assert now.to_dict()["scores"][1]["name"] == "after"
    np.testing.assert_array_equal(found.to_columns()["divisor"], [12, 14, 18])


def test_totals_can_be_compared_by_part_alone() -> None:
    totals = {"region_points": 51, "basic_affairs": 6}
    first = ii.project_index("iid-2026", mean_maturity=80, innovations=100, **totals)
    second = ii.project_index("iid-2026", mean_maturity=90, innovations=137, **totals)
    found = compare_scores(first, second)
    rows = found["2"].by_row()
    assert rows == {"mean_maturity": 4, "count_points": Fraction(37 * 38, 250)}
    assert "   +5.62  Number of innovations" in str(found)
    scored = ii.score(SMALL_CITY, EDITION, basis=ii.Basis.CLAIMED)["99.71"]
    assert compare_scores(first, scored).names == ("totals", "claimed")


def test_rows_that_an_edition_does_not_name_keep_their_key() -> None:
    own = evolve(
        SMALL,
        formula=Formula(
            total_max_hundredths=10_000,
            region_max_hundredths=525,
            maturity_max_hundredths=4_400,
            count_max_hundredths=1_000,
            minimum_divisor=2,
            count_cap=10,
            points_per_innovation_hundredths=100,
            basic_affairs_needed=0,
        ),
    )
    other = evolve(
        own, id="other", indicators=tuple(i for i in own.indicators if i.key != "people")
    )
    region = ii.Submission(
        CITY,
        2026,
        [DINAS],
        [ii.Innovation("a", "A", "dinas", answers=[ii.Answer("people", level=3)])],
    )
    before = ii.score(region, own, basis=ii.Basis.CLAIMED)["99.71"]
    bare = evolve(region, innovations=[ii.Innovation("a", "A", "dinas")])
    after = ii.score(bare, other, basis=ii.Basis.CLAIMED)["99.71"]
    found = compare_scores(before, after)
    assert found["other"].by_row() == {"people": -3}
    assert "  -3.00  people" in str(found)


@pytest.mark.parametrize(
    ("level", "row", "inside", "error", "said"),
    [
        (4, "regulation", "a", ii.errors.BadValueError, "allowed: 0 to 3"),
        (True, "regulation", "a", ii.errors.BadValueError, "allowed: 0 to 3"),
        (2, "regulasion", "a", ii.errors.UnknownNameError, "did you mean 'regulation'"),
        (2, "regulation", None, ii.errors.BadValueError, "name an innovation"),
        (2, "audit_opinion", "a", ii.errors.BadValueError, "leave the innovation out"),
        (2, "regulation", "aa", ii.errors.UnknownNameError, "innovation 'aa'"),
    ],
)
def test_bad_changes_are_refused(
    level: int, row: str, inside: str | None, error: type[Exception], said: str
) -> None:
    now = what_if(SMALL_CITY, EDITION)
    with pytest.raises(error, match=said):
        now.with_level(row, level, innovation=inside)


def test_other_bad_input_is_refused() -> None:
    now = what_if(SMALL_CITY, EDITION)
    with pytest.raises(ii.errors.UnknownNameError, match="innovation 'x'"):
        now.without("a", "x")
    for number in (0, -1, True, 1.5):
        with pytest.raises(ii.errors.BadValueError, match="1 or more"):
            now.reporting_more(number, levels=1)  # type: ignore[arg-type]
    with pytest.raises(ii.errors.FaultsError, match="exactly one of levels and maturity"):
        now.reporting_more(1)
    with pytest.raises(ii.errors.SubmissionError, match="agency"):
        _ = now.reporting(ii.Innovation("c", "C", "nobody")).score
    with pytest.raises(ii.errors.SubmissionError, match="no row 'mandatory_spending'"):
        now.with_level("mandatory_spending", 2).under("iid-2024")
    strangers = evolve(
        EDITION,
        id="strange",
        indicators=tuple(evolve(i, key=f"x_{i.key}") for i in EDITION.indicators),
    )
    with pytest.raises(ii.errors.BadValueError, match="share no row"):
        now.under(strangers)


def test_comparisons_need_scores_and_names() -> None:
    one = what_if(SMALL_CITY, EDITION).score
    with pytest.raises(ii.errors.BadValueError, match="at least two"):
        compare_scores(one)
    with pytest.raises(ii.errors.BadValueError, match="as many different names"):
        ScoreComparison((one, one), ("a", "a"))
    with pytest.raises(ii.errors.UnknownNameError, match="did you mean 'later'"):
        compare_scores(one, one, names=["now", "later"])["latr"]
