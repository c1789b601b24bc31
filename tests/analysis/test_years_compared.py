"""The change from year to year is split without remainder, and each cause is what it says."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import SMALL, examples, submissions

import inovasi_index as ii
from inovasi_index.analysis.years import (
    ChangeCause,
    YearComparison,
    compare_totals,
    compare_years,
)
from inovasi_index.errors import BadValueError
from inovasi_index.rules import Bound, Direction, Edition, Formula, NumericRule, Part

EDITION = ii.load_edition("iid-2026")
CITY = ii.Region("99.71", "Kota Contoh", "city")
DINAS = ii.Agency("dinas", "Dinas")
LEVELS, RULES, NUMBER = ChangeCause

OLD = evolve(
    SMALL,
    id="old",
    formula=Formula(
        total_max_hundredths=10_000,
        region_max_hundredths=525,
        maturity_max_hundredths=4_700,
        count_max_hundredths=500,
        minimum_divisor=2,
        count_cap=5,
        points_per_innovation_hundredths=100,
        basic_affairs_needed=1,
    ),
)


def _changed(row: Any) -> Any:
    if row.key == "regulation":
        return evolve(row, weight_hundredths=500, file_types=("PDF", "JPG"))
    if row.key == "people":
        bounds = tuple(Bound(Decimal(low), None) for low in (1, 5, 12))
        rule = NumericRule("orang", Direction.HIGHER_IS_BETTER, bounds, whole=True)
        return evolve(row, numeric=(rule,))
    if row.key == "benefits":
        return evolve(row, numeric=())  # levels only: raw values keep the level of their year
    return row


#: The same contest a year later: other weights, bounds, kinds of files and constants, one row
#: less and one more in each part.
NEW = evolve(
    OLD,
    id="new",
    start=dt.date(2027, 1, 1),
    end=dt.date(2027, 12, 31),
    indicators=(
        *(_changed(row) for row in OLD.indicators if row.key not in {"joblessness", "video"}),
        evolve(OLD["vision"], key="poverty", name="Kemiskinan", weight_hundredths=75),
        evolve(OLD["video"], key="film", name="Film"),
    ),
    formula=evolve(
        OLD.formula,
        maturity_max_hundredths=5_300,
        minimum_divisor=3,
        points_per_innovation_hundredths=80,
        basic_affairs_needed=2,
    ),
    eligibility=evolve(
        OLD.eligibility,
        window_start=dt.date(2025, 1, 1),
        window_end=dt.date(2026, 12, 31),
        design_min_words=500,
    ),
)
PAIRS = st.tuples(submissions(OLD, code="99.71"), submissions(NEW, code="99.71"))


@examples(50)
@given(PAIRS, st.sampled_from(ii.Basis))
def test_the_shares_add_up_and_the_corners_are_the_scores(
    pair: tuple[ii.Submission, ii.Submission], basis: ii.Basis
) -> None:
    first, second = pair
    found = compare_years(first, OLD, second, NEW, basis=basis)
    assert found.total == found.after.exact - found.before.exact
    assert found.hybrids[frozenset()] == found.before.exact
    assert found.hybrids[frozenset(ChangeCause)] == found.after.exact
    assert len(found.hybrids) == 8
    assert all(0 <= index <= 100 for index in found.hybrids.values())
    assert sum(found.by_cause().values()) == found.total
    assert sum(found.by_part().values()) == found.total
    assert sum(found.by_indicator().values(), Fraction(0)) == found.total
    for cause in ChangeCause:
        assert sum(found.by_part(cause).values()) == found.by_cause()[cause]
        assert sum(found.by_indicator(cause).values(), Fraction(0)) == found.by_cause()[cause]
    assert all(item.share for item in found)
    assert len(found.to_columns()["share"]) == len(found)
    json.dumps(found.to_dict("id"))


@examples(40)
@given(PAIRS, st.sampled_from(ii.Basis))
def test_looking_back_is_looking_forward_with_the_sign_changed(
    pair: tuple[ii.Submission, ii.Submission], basis: ii.Basis
) -> None:
    first, second = pair
    there = compare_years(first, OLD, second, NEW, basis=basis)
    back = compare_years(second, NEW, first, OLD, basis=basis)
    assert {(i.cause, i.part, i.indicator): i.share for i in there} == {
        (i.cause, i.part, i.indicator): -i.share for i in back
    }


def _claimed(answer: ii.Answer | None, own: Edition, rules: Edition) -> int:
    """The level under some rules, by the definition in words."""
    if answer is None:
        return 0
    row = rules[answer.indicator]
    if answer.level is not None:
        return min(answer.level, row.top_level)
    for rule in row.numeric:
        if rule.basis == answer.measure and answer.value is not None:
            try:
                return rule.level_of(answer.value)
            except BadValueError:
                break
    assert answer.value is not None
    return own[answer.indicator].rule_for(answer.measure).level_of(answer.value)


def _hybrid(levels: Any, rules: Any, number: Any) -> Fraction:
    """An index from a submission's levels, an edition's rules and a submission's number."""
    (said, own), (asked, edition) = levels, rules
    points = Fraction(0)
    by_rows = said.region_points is None and asked.region_points is None
    if not by_rows:
        one = ii.score(said, own, basis=ii.Basis.CLAIMED)["99.71"]
        points += one.parts.region_part
    n = len(number.innovations)
    seats = max(n, edition.formula.minimum_divisor)
    for row in edition.indicators:
        # a row that the levels' own edition does not ask: what the rules' own year says
        who, whose = (said, own) if row.key in own else (asked, edition)
        weight = Fraction(row.weight_hundredths or 0, 100)
        if row.part is Part.REGION:
            if by_rows:
                points += weight * _claimed(who.answer(row.key), whose, edition)
        elif who.innovations:
            each = [_claimed(i.answer(row.key), whose, edition) for i in who.innovations]
            points += weight * Fraction(sum(each), len(each)) * Fraction(n, seats)
    covered = {i.affair for i in number.innovations} & {a.key for a in edition.basic_affairs}
    if len(covered) >= edition.formula.basic_affairs_needed:
        each_point = Fraction(edition.formula.points_per_innovation_hundredths, 100)
        points += each_point * min(n, edition.formula.count_cap)
    return points  # of 100


@examples(40)
@given(PAIRS)
def test_the_split_is_the_shapley_value_of_the_hybrids_in_words(
    pair: tuple[ii.Submission, ii.Submission],
) -> None:
    sides = ((pair[0], OLD), (pair[1], NEW))
    found = compare_years(*sides[0], *sides[1], basis=ii.Basis.CLAIMED)
    worth = {}
    for size in range(4):
        for later in combinations(ChangeCause, size):
            levels, rules, number = (sides[cause in later] for cause in ChangeCause)
            worth[frozenset(later)] = _hybrid(levels, rules, number[0])
    assert found.hybrids == worth
    for cause in ChangeCause:
        others = [c for c in ChangeCause if c is not cause]
        share = Fraction(0)
        for size in range(3):
            for later in combinations(others, size):
                orders = Fraction(factorial(size) * factorial(2 - size), factorial(3))
                share += orders * (worth[frozenset((*later, cause))] - worth[frozenset(later)])
        assert found.by_cause()[cause] == share


# On the verified basis an innovation may be outside the window of one year and inside that of
# the other: windows stay with their own year, so that is a change of what counts as reported.
@examples(25)
@given(submissions(EDITION, code="99.71"), st.sampled_from([ii.Basis.CLAIMED, ii.Basis.DOCUMENTED]))
def test_the_same_report_under_other_rules_changes_by_the_rules_alone(
    submission: ii.Submission, basis: ii.Basis
) -> None:
    found = compare_years(
        submission, EDITION, evolve(submission, year=2029), "iid-2029", basis=basis
    )
    causes = found.by_cause()
    assert causes == {"levels": 0, "rules": found.total, "number": 0}


OLDER = {
    2023: ii.load_edition("iid-2023").supply(count_cap=200, points_per_innovation_hundredths=38),
    2024: ii.load_edition("iid-2024").supply(minimum_divisor=12, basic_affairs_needed=5),
}


@examples(15)
@given(st.sampled_from(sorted(OLDER)), st.sampled_from(ii.Basis), st.data())
def test_official_editions_compare_as_well(year: int, basis: ii.Basis, data: st.DataObject) -> None:
    """Other kinds of files, other bounds, other rows: the corners are still the scores."""
    older = OLDER[year]
    before = data.draw(submissions(older, max_innovations=3))
    before = evolve(before, answers=(), region_points=Decimal(40))
    after = data.draw(submissions(EDITION, max_innovations=3))
    found = compare_years(before, older, after, EDITION, basis=basis)
    assert found.hybrids[frozenset()] == found.before.exact
    assert found.hybrids[frozenset(ChangeCause)] == found.after.exact
    assert sum(found.by_cause().values()) == found.total
    assert "years.note.assumed" in {note.key for note in found.notes}


def innovation(name: str, level: int, affair: str = "health", **fields: Any) -> ii.Innovation:
    answers = [ii.Answer(row.key, level=level) for row in EDITION.innovation_indicators]
    return ii.Innovation(name, name, "dinas", affair=affair, answers=answers, **fields)


def city(*innovations: ii.Innovation, **fields: Any) -> ii.Submission:
    return ii.Submission(CITY, 2026, [DINAS], innovations, **fields)


def test_more_of_the_same_is_number_and_better_levels_are_the_region() -> None:
    affairs = [affair.key for affair in EDITION.basic_affairs]
    few = city(*(innovation(f"{n}", 2, affairs[n % 6]) for n in range(6)))
    many = city(*(innovation(f"{n}", 2, affairs[n % 6]) for n in range(30)))
    found = compare_years(few, EDITION, many, EDITION, basis=ii.Basis.CLAIMED)
    assert found.by_cause() == {"levels": 0, "rules": 0, "number": found.total}
    # half of twelve seats were filled; then all of them, and 24 × 0.38 points more
    assert found.by_part() == {
        "region_part": 0,
        "mean_maturity": Fraction(37, 1) / Fraction(5, 2),
        "count_points": Fraction(24 * 38, 100) / Fraction(5, 2),
    }
    better = city(*(innovation(f"{n}", 3, affairs[n % 6]) for n in range(6)))
    found = compare_years(few, EDITION, better, EDITION, basis=ii.Basis.CLAIMED)
    assert found.by_cause() == {"levels": found.total, "rules": 0, "number": 0}
    nothing = compare_years(few, EDITION, few, EDITION)
    assert nothing.items == ()
    assert "What changed most" not in str(nothing)


def test_covering_the_basic_affairs_belongs_to_the_number() -> None:
    two = city(innovation("a", 1), innovation("b", 1, "education"))
    short = compare_years(
        two, EDITION, city(innovation("a", 1), innovation("b", 1)), EDITION, basis=ii.Basis.CLAIMED
    )
    assert short.total == 0  # five are needed, neither covers them
    easy = evolve(EDITION, formula=evolve(EDITION.formula, basic_affairs_needed=2))
    lost = compare_years(
        two, easy, city(innovation("a", 1), innovation("b", 1)), easy, basis=ii.Basis.CLAIMED
    )
    assert lost.by_cause()["number"] == lost.total == -Fraction(2 * 38, 250)


def test_a_raw_value_is_read_again_and_a_level_stays() -> None:
    """88 % of complaints solved: level 3 in 2024 (from 86), level 2 in 2026 (51 to 90)."""
    edition = ii.load_edition("iid-2024").supply(minimum_divisor=12, basic_affairs_needed=5)

    def year(when: int, answer: ii.Answer) -> ii.Submission:
        one = ii.Innovation("a", "A", "dinas", answers=[answer])
        return ii.Submission(CITY, when, [DINAS], [one], region_points=40)

    raw = ii.Answer("complaint_resolution", value=Decimal(88))
    found = compare_years(
        year(2024, raw), edition, year(2026, raw), EDITION, basis=ii.Basis.CLAIMED
    )
    assert found.by_cause() == {
        "levels": 0,
        "rules": -Fraction(1, 12) / Fraction(5, 2),
        "number": 0,
    }
    level = ii.Answer("complaint_resolution", level=3)
    same = compare_years(
        year(2024, level), edition, year(2026, level), EDITION, basis=ii.Basis.CLAIMED
    )
    assert same.total == 0
    notes = {note.key: dict(note.params) for note in found.notes}
    assert notes["years.note.assumed"] == {
        "edition": "iid-2024",
        "values": "minimum divisor, basic affairs needed",
    }
    assert "years.note.region_points" in notes
    assert "years.note.kept" not in notes
    assert "diandaikan untuk iid-2024" in found.to_text("id")


def test_rows_of_one_edition_alone_are_rules_and_are_named() -> None:
    video = ii.Innovation("a", "A", "dinas", answers=[ii.Answer("video", level=3)])
    film = ii.Innovation("a", "A", "dinas", answers=[ii.Answer("film", level=3)])
    before = ii.Submission(CITY, 2026, [DINAS], [video], [ii.Answer("joblessness", level=3)])
    after = ii.Submission(CITY, 2027, [DINAS], [film], [ii.Answer("poverty", level=1)])
    found = compare_years(before, OLD, after, NEW, basis=ii.Basis.CLAIMED)
    assert found.by_cause()["levels"] == 0
    assert found.by_indicator(RULES)["joblessness"] == -Fraction(9, 4)
    assert found.by_indicator(RULES)["poverty"] == Fraction(3, 4)
    alone = [dict(note.params) for note in found.notes if note.key == "years.note.alone"]
    assert alone == [
        {"edition": "old", "other": "new", "rows": "joblessness, video"},
        {"edition": "new", "other": "old", "rows": "poverty, film"},
    ]
    assert "rows that old asks and new does not count as rules: joblessness, video" in str(found)
    assert "Film" in str(found)
    assert "Pengangguran" in str(found)


def test_raw_values_without_a_rule_keep_their_level() -> None:
    answers = [
        ii.Answer("benefits", value=Decimal(300), measure="a"),
        ii.Answer("people", value=Decimal(12)),
    ]
    one = ii.Innovation("a", "A", "dinas", answers=answers)
    before = ii.Submission(CITY, 2026, [DINAS], [one], region_points=1)
    after = ii.Submission(CITY, 2027, [DINAS], [], region_points=1)
    found = compare_years(before, OLD, after, NEW, basis=ii.Basis.CLAIMED)
    kept = [dict(note.params) for note in found.notes if note.key == "years.note.kept"]
    assert kept == [{"answers": 1}]
    # benefits 2 × 3 and people 3 × 2 (12 is level 2 of the old rule) over three seats
    assert found.hybrids[frozenset({RULES})] == 1 + Fraction(2 * 3 + 3 * 2, 3)
    assert found.hybrids[frozenset({LEVELS})] == 1


def test_windows_move_with_the_calendar_and_other_conditions_are_rules() -> None:
    def one(when: dt.date, words: int) -> ii.Innovation:
        accepted = {"evidence": [ii.Evidence(file="a.pdf", status="accepted")]}
        return ii.Innovation(
            "a",
            "A",
            "dinas",
            stage="application",
            application_date=when,
            design_words=words,
            answers=[
                ii.Answer(key, level=1, verdict=ii.Verdict("accepted"), **accepted)  # type: ignore[arg-type]
                for key in ("regulation", "benefits")
            ],
        )

    before = ii.Submission(CITY, 2026, [DINAS], [one(dt.date(2024, 5, 1), 400)], region_points=0)
    after = ii.Submission(CITY, 2027, [DINAS], [one(dt.date(2026, 5, 1), 600)], region_points=0)
    found = compare_years(before, OLD, after, NEW, basis=ii.Basis.VERIFIED)
    # The design of 400 words is too short for the new rules; the window is that of its year.
    assert found.hybrids[frozenset({RULES})] == 0
    assert found.hybrids[frozenset({LEVELS})] == Fraction(3 + 3, 2)
    longer = evolve(before, innovations=[one(dt.date(2024, 5, 1), 600)])
    held = compare_years(longer, OLD, after, NEW, basis=ii.Basis.VERIFIED)
    assert held.by_cause()["levels"] == 0
    assert any(note.key == "years.note.window" for note in held.notes)


def test_points_of_the_region_part_are_carried_as_a_share() -> None:
    larger = evolve(
        NEW,
        formula=evolve(NEW.formula, region_max_hundredths=1_050, total_max_hundredths=10_525),
    )
    before = ii.Submission(CITY, 2026, region_points=2)
    after = ii.Submission(CITY, 2027, region_points=8)
    less = ii.Submission(CITY, 2027, region_points=3)
    found = compare_years(before, OLD, after, larger)
    assert found.hybrids[frozenset({RULES})] == Fraction(4 * 10_000, 10_525)
    assert found.hybrids[frozenset({LEVELS})] == 4
    mixed = compare_years(
        ii.Submission(CITY, 2026, answers=[ii.Answer("vision", level=2)]), OLD, less, NEW
    )
    assert mixed.by_indicator() == {"region_part": 3}  # without evidence the level is not counted


def test_totals_of_tegal() -> None:
    """Published: 67.80 and 77.59, mean maturity 79.69 and 90.91, 89 and 137 innovations
    (setda.tegalkab.go.id, 18 December 2025). The region parts of 56 and 51 are fitted."""
    totals = {"basic_affairs": 6}
    before = ii.project_index(
        "iid-2024", region_points=56, mean_maturity="79.69", innovations=89, **totals
    )
    after = ii.project_index(
        "iid-2025", region_points=51, mean_maturity="90.91", innovations=137, **totals
    )
    found = compare_totals(before, after)
    assert found.by_cause() == {
        "levels": Fraction("2.488"),
        "rules": 0,
        "number": Fraction("7.296"),
    }
    assert found.by_indicator() == found.by_part()
    assert str(found).splitlines()[0] == (
        "iid-2024: 67.80 (Sangat Inovatif) → iid-2025: 77.59 (Sangat Inovatif)"
    )
    assert found.notes[0].key == "years.note.totals"


TOTALS = st.tuples(
    st.integers(0, 6300), st.integers(0, 11_100), st.integers(0, 400), st.integers(0, 6)
)


@given(TOTALS, TOTALS)
def test_totals_add_up(first: tuple[int, int, int, int], second: tuple[int, int, int, int]) -> None:
    def one(edition: str, region: int, mean: int, n: int, affairs: int) -> ii.RegionScore:
        return ii.project_index(
            edition,
            region_points=Decimal(region).scaleb(-2),
            mean_maturity=Decimal(mean).scaleb(-2),
            innovations=n,
            basic_affairs=min(affairs, n),
        )

    before, after = one("iid-2026", *first), one("iid-2028", *second)
    found = compare_totals(before, after)
    assert found.hybrids[frozenset()] == before.exact
    assert found.hybrids[frozenset(ChangeCause)] == after.exact
    assert sum(found.by_cause().values()) == found.total == after.exact - before.exact


def test_what_an_edition_lacks_is_named_for_both_years() -> None:
    empty = ii.Submission(CITY, 2021, region_points=40)
    with pytest.raises(ii.errors.IncompleteEditionError) as refused:
        compare_years(empty, "iid-2021", evolve(empty, year=2024), "iid-2024")
    said = str(refused.value)
    assert "iid-2021: no source gives total max" in said
    assert "iid-2024: no source gives minimum divisor" in said
    assert "edition.supply" in said


def test_a_hybrid_may_need_what_neither_score_needs() -> None:
    """All six affairs are enough whatever is needed; one is not, and 2025 does not say."""
    edition = ii.load_edition("iid-2025").supply(minimum_divisor=12)
    six = [ii.Innovation(a.key, "A", "dinas", affair=a.key) for a in edition.basic_affairs]
    before = ii.Submission(CITY, 2025, [DINAS], six, region_points=40)
    after = ii.Submission(CITY, 2026, [DINAS], six[:1], region_points=40)
    with pytest.raises(ii.errors.IncompleteEditionError, match="basic affairs needed"):
        compare_years(before, edition, after, EDITION)
    known = edition.supply(basic_affairs_needed=5)
    found = compare_years(before, known, after, EDITION)
    assert found.by_cause()["number"] == found.total == -Fraction(6 * 38, 250)
    assert found.before.band_if_known is None
    assert "iid-2025: an index of 16.91 is not classified" in str(found)


def test_editions_that_share_no_rows_are_refused() -> None:
    empty = ii.Submission(CITY, 2026)
    with pytest.raises(ii.errors.BadValueError, match="iid-2026 and small share no row") as refused:
        compare_years(
            empty,
            EDITION,
            empty,
            evolve(
                OLD,
                id="small",
                indicators=tuple(evolve(row, key=f"x_{row.key}") for row in OLD.indicators),
            ),
        )
    assert "matched by their keys" in str(refused.value)


def test_a_change_is_shown_in_both_languages() -> None:
    before = city(innovation("a", 1), region_points=20)
    after = city(innovation("a", 3), innovation("b", 3), region_points=30)
    found: YearComparison = compare_years(before, EDITION, after, EDITION, basis=ii.Basis.CLAIMED)
    assert found.to_text(most=1, width=80).splitlines() == [
        "iid-2026: 9.23 (Kurang Inovatif) → iid-2026: 19.40 (Kurang Inovatif)",
        "",
        "                       region  rules  number  in all",
        "Region part             +4.00   0.00    0.00   +4.00",
        "Mean maturity           +3.70   0.00   +2.47   +6.17",
        "Number of innovations    0.00   0.00    0.00    0.00",
        "Index                   +7.70   0.00   +2.47  +10.17",
        "",
        "What changed most:",
        "   +4.00  Region part",
        "",
        "· the region part is compared as points, since its rows are not known on both",
        "  sides; its change counts as the region's",
    ]
    assert "seluruhnya" in found.to_text("id")
