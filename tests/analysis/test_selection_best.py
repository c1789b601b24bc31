"""Selections against trying out every subset, and at the ends of the rules."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples
from tiny_regions import Case, Claim, Row, Work, cases, counted, unfilled

import inovasi_index as ii
from inovasi_index.analysis.kernels.selecting import best_subset
from inovasi_index.analysis.selection import Selection, select_innovations

EDITION = ii.load_edition("iid-2026")


def worth(
    chosen: Any, maturity: list[int], basic: list[int], rules: dict[str, int]
) -> tuple[Fraction, int]:
    """The objective written out, and the size: the larger of equals is wanted."""
    n = len(chosen)
    covered = len({basic[i] for i in chosen} - {-1})
    count = min(n, rules["cap"]) * rules["points"] * (covered >= rules["needed"])
    return Fraction(sum(maturity[i] for i in chosen), max(rules["floor"], n, 1)) + count, n


@examples(400)
@given(
    st.lists(st.tuples(st.integers(0, 12).map(lambda m: 100 * m), st.integers(-1, 2)), max_size=9),
    st.fixed_dictionaries(
        {
            "floor": st.integers(0, 5),
            "cap": st.integers(0, 7),
            "points": st.sampled_from([0, 5, 38, 200, 2000]),
            "needed": st.integers(0, 4),
        }
    ),
)
def test_no_subset_is_better(innovations: list[tuple[int, int]], rules: dict[str, Any]) -> None:
    maturity = [m for m, _ in innovations]
    basic = [a for _, a in innovations]
    chosen = best_subset(np.array(maturity, np.int64), np.array(basic, np.intp), **rules)
    everyone = range(len(innovations))
    best = max(
        worth(some, maturity, basic, rules)
        for n in range(len(innovations) + 1)
        for some in combinations(everyone, n)
    )
    assert worth(np.flatnonzero(chosen).tolist(), maturity, basic, rules) == best


def test_sums_beyond_64_bits_are_compared_exactly() -> None:
    maturity = np.array([10**18, 10**18 - 1, 10**18 - 2, 1], np.int64)
    chosen = best_subset(maturity, np.full(4, -1), floor=1, cap=10**6, points=1, needed=0)
    assert chosen.tolist() == [True, True, True, False]


@given(cases(most_works=5), st.sampled_from(list(ii.Basis)))
def test_every_subset_of_a_submission_scores_less(case: Case, basis: ii.Basis) -> None:
    found = select_innovations(case.submission, case.edition, basis=basis)

    def maturity(work: Work) -> int:
        pairs = list(zip(case.rows, work.claims, strict=True))
        if basis == "verified" and not (
            work.scored and work.designed and not any(unfilled(r, c) for r, c in pairs)
        ):
            return 0
        return sum(row.weight * counted(claim, basis) for row, claim in pairs)

    region = (
        case.region_points
        if not case.region_rows
        else sum(
            row.weight * counted(claim, basis)
            for row, claim in zip(case.region_rows, case.region_claims, strict=True)
        )
    )

    def exact(some: tuple[Work, ...]) -> Fraction:
        sums = sum(map(maturity, some))
        return case.exact(region, sums, len(some), {work.affair for work in some})

    best = max(
        (exact(some), n) for n in range(len(case.works) + 1) for some in combinations(case.works, n)
    )
    assert (found.after.exact, len(found.reported)) == best
    check(found, case)


def check(found: Selection, case: Case) -> None:
    submission = case.submission
    scored = ii.score(found.submission, case.edition, basis=found.basis)["00.00"]
    assert scored.exact == found.after.exact
    assert tuple(i.id for i in found.submission.innovations) == found.reported
    assert found.gain >= 0
    out = {one.innovation for one in found.left_out}
    assert [i.id for i in submission.innovations if i.id not in out] == list(found.reported)
    for one in found.left_out:
        with_it = submission.innovation(one.innovation)
        more = ii.score(
            ii.Submission(
                submission.region,
                submission.year,
                submission.agencies,
                [*found.submission.innovations, with_it],
                submission.answers,
                submission.region_points,
            ),
            case.edition,
            basis=found.basis,
        )["00.00"]
        assert one.fall == found.after.exact - more.exact > 0
        assert one.break_even > one.maturity
        assert (one.name, one.agency) == (with_it.name, with_it.agency)
        # At the break-even maturity the index would stay as it is.
        divisor = more.divisor
        rise = (one.break_even - one.maturity) / divisor * 10_000 / case.total
        assert rise == one.fall


def contest(levels: list[int], affairs: list[str | None], **changes: Any) -> Case:
    works = tuple(
        Work("x", affair, True, True, (Claim(level, "accepted") if level else None,))
        for level, affair in zip(levels, affairs, strict=True)
    )
    case = Case((), (Row("i0", 100, 9),), 2, 99, 50, 0, 2, 2500, (), works)
    return case._replace(**changes)


def chosen(case: Case) -> Selection:
    return select_innovations(case.submission, case.edition, basis=ii.Basis.CLAIMED)


def test_below_the_floor_everything_is_reported() -> None:
    found = chosen(contest([9, 0, 0], [None] * 3, floor=3))
    assert found.reported == ("w0", "w1", "w2")
    assert found.left_out == ()
    assert "report them all" in str(found)
    assert "laporkan semuanya" in found.to_text("id")


def test_above_the_floor_a_weak_one_lowers_the_mean() -> None:
    # Mean 9 and 2 × 0.5 points; with the third (9 + 9 + 0) / 3 + 1.5 = 7.5.
    found = chosen(contest([9, 0, 9], [None] * 3))
    assert found.reported == ("w0", "w2")
    (out,) = found.left_out
    assert out.fall == Fraction(10 * 100 - 750, 2500) * 100
    assert out.break_even == 3 * (10 - Fraction(3, 2)) - 18


def test_beyond_the_cap_only_the_mean_counts() -> None:
    found = chosen(contest([9, 9, 9, 8], [None] * 4, cap=3, points=2000))
    assert found.reported == ("w0", "w1", "w2")
    assert found.left_out[0].break_even == 9


def test_equals_stay_in_the_order_of_the_submission_and_the_larger_set_wins() -> None:
    assert chosen(contest([5, 5, 5, 5], [None] * 4, points=0)).reported == ("w0", "w1", "w2", "w3")
    # Two of the three zeros fill the floor; which one more is left out does not matter.
    found = chosen(contest([5, 0, 0, 0], [None] * 4, floor=3, points=0))
    assert found.reported == ("w0", "w1", "w2")


def test_a_weak_innovation_stays_for_its_affair_and_says_so() -> None:
    found = chosen(contest([9, 9, 1, 0], ["c", "a", "b", "b"], needed=2, points=300, cap=2))
    assert found.reported == ("w0", "w1", "w2")
    assert found.for_affairs == (("w2", "b"),)
    assert "stays because it covers a basic affair: w2 (B)" in str(found)
    assert found.to_dict()["for_affairs"] == [{"innovation": "w2", "affair": "b"}]


def test_a_stronger_one_is_left_out_for_one_that_covers() -> None:
    found = chosen(contest([9, 9, 8, 1], ["c", "a", "c", "b"], needed=2, points=400, cap=2))
    assert "w3" in found.reported
    assert ("w3", "b") in found.for_affairs


def test_affairs_are_given_up_where_they_cost_more_than_they_bring() -> None:
    found = chosen(contest([9, 9, 0], ["c", "a", "b"], needed=2, points=1, floor=1))
    assert found.reported == ("w0", "w1")
    assert found.after.parts.count_points == 0
    assert found.for_affairs == ()


def test_nothing_to_select() -> None:
    found = chosen(contest([], []))
    assert not found.reported
    assert not found.left_out
    assert found.gain == 0


def test_it_says_plainly_that_it_is_about_reporting() -> None:
    found = chosen(contest([9, 0, 9], [None] * 3))
    english, indonesian = str(found), found.to_text("id", width=60)
    assert "a choice about reporting for this index, not about the work" in " ".join(
        english.split()
    )
    assert "pilihan pelaporan" in " ".join(indonesian.split())
    assert "Work 1" in english
    assert max(map(len, indonesian.split("\n"))) <= 60
    plain = found.to_dict("id")
    assert plain["note"].startswith("Tidak melaporkan")
    assert plain["left_out"][0]["innovation"] == "w1"
    assert Fraction(plain["left_out"][0]["fall"]) == found.left_out[0].fall


def test_where_the_number_of_affairs_is_unknown_all_are_covered() -> None:
    case = contest([9, 9, 0], ["c", "a", "b"], points=1, floor=1)
    formula = ii.rules.edition.Formula(
        total_max_hundredths=2500,
        minimum_divisor=1,
        count_cap=99,
        points_per_innovation_hundredths=1,
        basic_affairs_needed=None,
    )
    from attrs import evolve

    edition = evolve(case.edition, formula=formula)
    found = select_innovations(case.submission, edition, basis=ii.Basis.CLAIMED)
    assert "w2" in found.reported
    assert found.after.basic_affairs == 2
    with pytest.raises(ii.errors.IncompleteEditionError, match="basic affairs needed"):
        select_innovations(contest([9], ["a"]).submission, edition, basis=ii.Basis.CLAIMED)


def test_an_edition_may_be_named() -> None:
    submission = ii.Submission(ii.Region("00.00", "Tiny", "city"), 2026)
    assert select_innovations(submission, "iid-2026").before.edition == EDITION
