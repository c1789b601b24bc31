"""Rankings: exact, ties shown, and agencies without an innovation named."""

from __future__ import annotations

import datetime as dt
import json
import warnings
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, submissions

import inovasi_index as ii
from inovasi_index.analysis.contests import (
    CRITERIA,
    Criterion,
    Entrant,
    Ranking,
    agencies_without_innovations,
    rank_agencies,
    rank_innovations,
)
from inovasi_index.records import eligibility

EDITION = ii.load_edition("iid-2026")
ROWS = [row.key for row in EDITION.innovation_indicators]


def check_places(found: Ranking) -> None:
    """Competition ranking: a rank is one more than the number of those who are better."""

    def worth(values: tuple[Fraction | None, ...]) -> list[Fraction]:
        signed = []
        for criterion, value in zip(found.criteria, values, strict=True):
            sign = -1 if criterion.lowest_first else 1
            signed.append(Fraction(-(10**9)) if value is None else sign * value)
        return signed

    all_values = [worth(p.values) for p in found]
    for place in found:
        mine = worth(place.values)
        assert place.rank == 1 + sum(other > mine for other in all_values)
        assert place.tied == (all_values.count(mine) > 1)
    for above, below in pairwise(found):
        if above.rank == below.rank:
            assert below.decided_by == above.decided_by
            continue
        first = next(
            c.name
            for c, a, b in zip(
                found.criteria, worth(above.values), worth(below.values), strict=True
            )
            if a != b
        )
        assert below.decided_by == first
    if len(found):
        first_rank = [p for p in found if p.rank == 1]
        assert {p.decided_by for p in first_rank} == {None}
    for k in range(1, len(found) + 2):
        short = found.shortlist(k)
        assert len(short) >= min(k, len(found))
        assert list(short) == [p for p in found if p.rank <= k]
        if short.tied_on_edge:
            inside = [p for p in short if p not in short.tied_on_edge]
            assert len(inside) + short.seats_on_edge == k < len(short)
            assert len({p.values for p in short.tied_on_edge}) == 1
        else:
            assert len(short) == min(k, len(found))
            assert short.seats_on_edge == 0


@examples(30)
@given(
    st.lists(submissions(EDITION), min_size=1, max_size=3, unique_by=lambda s: s.region.code),
    st.sampled_from(ii.Basis),
    st.lists(st.sampled_from([*CRITERIA, "regulation"]), min_size=1, max_size=3, unique=True),
)
def test_ranks_are_those_of_a_competition(
    given_: list[ii.Submission], basis: ii.Basis, by: list[str]
) -> None:
    for found in (
        rank_innovations(given_, EDITION, by=by, basis=basis),
        rank_agencies(given_, EDITION, by=by, basis=basis),
        rank_agencies(given_, EDITION, by=by, basis=basis, with_units=True),
    ):
        check_places(found)
        json.dumps(found.to_dict())
        assert {len(column) for column in found.to_columns().values()} == {len(found)}
        assert str(found)
    n = sum(len(s.innovations) for s in given_)
    assert len(rank_innovations(given_, EDITION)) == n
    agencies = {(s.region.code, a.id) for s in given_ for a in s.agencies}
    by_agency = rank_agencies(given_, EDITION, by=by, basis=basis)
    taking_part = {(p.entrant.region.code, p.entrant.id) for p in by_agency}
    resting = {(one.region.code, one.agency.id) for one in by_agency.without}
    assert taking_part | resting == agencies
    assert not taking_part & resting
    eligible = rank_innovations(given_, EDITION, eligible_only=True)
    assert len(eligible) == sum(
        eligibility(i, EDITION).eligible for s in given_ for i in s.innovations
    )


@examples(30)
@given(submissions(EDITION), st.sampled_from(ii.Basis))
def test_what_is_measured_is_what_is_scored(submission: ii.Submission, basis: ii.Basis) -> None:
    by = ["maturity", "documented_share"]
    found = rank_innovations(submission, EDITION, by=by, basis=basis)
    ids = [i.id for i in submission.innovations]
    points = {b: ii.maturity(submission, EDITION, basis=b) for b in ii.Basis}
    for place in found:
        n = ids.index(place.entrant.id)
        assert float(place.values[0] or 0) == points[basis][n]
        claimed, documented = points[ii.Basis.CLAIMED][n], points[ii.Basis.DOCUMENTED][n]
        share = place.values[1]
        assert share == (Fraction(int(documented), int(claimed)) if claimed else None)


def region(code: str, *owned: tuple[str, dict[str, int]], **agencies: Any) -> ii.Submission:
    known = {"dinkes": None, "pkm": "dinkes", "pustu": "pkm", "perkim": None, **agencies}
    return ii.Submission(
        ii.Region(code, f"Kota {code}", "city"),
        2026,
        [
            ii.Agency(a, a.upper(), "puskesmas" if a == "pkm" else "skpd", parent)
            for a, parent in known.items()
        ],
        [
            ii.Innovation(
                f"i{n}",
                f"Inovasi {n}",
                agency,
                application_date=dt.date(2025, 1, 1 + n),
                answers=[ii.Answer(row, level=level) for row, level in levels.items()],
            )
            for n, (agency, levels) in enumerate(owned)
        ],
    )


THREE = region(
    "99.71",
    ("pkm", {"regulation": 2, "replication": 1}),  # 6 + 3 = 9
    ("dinkes", {"regulation": 3}),  # 9
    ("pustu", {"quality_video": 3}),  # 12
    ("pkm", {"regulation": 3}),  # 9
)


def claimed(*by: Criterion | str, **options: Any) -> Ranking:
    return rank_innovations(THREE, EDITION, by=by, basis=ii.Basis.CLAIMED, **options)


def test_ties_remain_until_a_criterion_decides() -> None:
    plain = claimed("maturity")
    assert [(p.rank, p.entrant.id, p.tied) for p in plain] == [
        (1, "i2", False),
        (2, "i0", True),
        (2, "i1", True),
        (2, "i3", True),
    ]
    assert [[p.entrant.id for p in group] for group in plain.ties] == [["i0", "i1", "i3"]]
    by_row = claimed("maturity", "regulation")
    assert [(p.rank, p.entrant.id, p.decided_by) for p in by_row] == [
        (1, "i2", None),
        (2, "i1", "maturity"),
        (2, "i3", "maturity"),
        (4, "i0", "regulation"),
    ]

    def applied(entrant: Entrant) -> int | None:
        day = entrant.innovations[0].application_date
        return None if day is None else day.toordinal()

    last = claimed("maturity", "regulation", Criterion("first applied", applied, lowest_first=True))
    assert [p.rank for p in last] == [1, 2, 3, 4]
    assert [p.entrant.id for p in last] == ["i2", "i1", "i3", "i0"]
    assert last.ties == ()
    assert "first applied" in last.to_text()


def test_a_shortlist_does_not_cut_through_a_tie() -> None:
    found = claimed("maturity")
    edge = found.shortlist(2)
    assert len(edge) == 4
    assert [p.entrant.id for p in edge.tied_on_edge] == ["i0", "i1", "i3"]
    assert edge.seats_on_edge == 1
    assert [p.entrant.id for p in edge] == ["i2", "i0", "i1", "i3"]
    assert edge.to_dict()["tied_on_edge"] == ["i0", "i1", "i3"]
    assert edge.to_columns()["rank"].tolist() == [1, 2, 2, 2]
    assert str(edge) == found.to_text(first=2)
    assert found.shortlist(1).tied_on_edge == ()
    assert found.to_text(first=2).splitlines() == [
        "Ranked by maturity",
        "   1  Inovasi 2: 12",
        "   2= Inovasi 0: 9",
        "   2= Inovasi 1: 9",
        "   2= Inovasi 3: 9",
        "= tied in every criterion; the order within a rank means nothing",
        "A shortlist of 2 would cut through rank 2: 3 are tied and 1 would fit. All 4 are shown;",
        "      another criterion has to decide.",
    ]
    assert "memotong peringkat 2" in found.to_text("id", first=3)


def test_agencies_with_and_without_their_units() -> None:
    alone = rank_agencies(THREE, EDITION, by=["innovations", "maturity"], basis=ii.Basis.CLAIMED)
    assert [(p.rank, p.entrant.id, *map(int, filter(None, p.values))) for p in alone] == [
        (1, "pkm", 2, 9),
        (2, "pustu", 1, 12),
        (3, "dinkes", 1, 9),
    ]
    assert [(one.agency.id, one.below, one.units) for one in alone.without] == [("perkim", 0, 0)]
    together = rank_agencies(
        THREE, EDITION, by=["total_maturity"], basis=ii.Basis.CLAIMED, with_units=True
    )
    assert [p.entrant.id for p in together] == ["dinkes"]
    assert together.places[0].values == (Fraction(39),)
    assert len(together.places[0].entrant.innovations) == 4
    only = rank_agencies(THREE, EDITION, kinds=["puskesmas"])
    assert [p.entrant.id for p in only] == ["pkm"]
    assert only.without == ()
    quiet = region("99.72", ("pustu", {}))
    silent = agencies_without_innovations(quiet)
    assert [(one.agency.id, one.below, one.units) for one in silent] == [
        ("dinkes", 1, 2),
        ("pkm", 1, 1),
        ("perkim", 0, 0),
    ]
    assert [one.agency.id for one in rank_agencies(quiet, EDITION, with_units=True).without] == [
        "perkim"
    ]
    said = rank_agencies([quiet, THREE], EDITION).to_text()
    assert "DINKES (Kota 99.72): none of its own; 1 from 2 units below it" in said
    assert "Perangkat daerah tanpa inovasi: 4" in rank_agencies([quiet, THREE], EDITION).to_text(
        "id"
    )


def test_a_contest_across_regions_keeps_them_apart() -> None:
    found = rank_innovations([THREE, region("99.72", ("pkm", {"regulation": 1}))], EDITION)
    assert len(found) == 5
    assert {p.entrant.region.code for p in found} == {"99.71", "99.72"}
    assert "Inovasi 0 (Kota 99.72)" in str(found)
    with pytest.raises(ii.errors.SubmissionError, match="occurs twice"):
        rank_innovations([THREE, THREE], EDITION)


def test_an_edition_without_weights_of_the_region_part_will_do() -> None:
    one = evolve(THREE, year=2024, answers=[ii.Answer("vision_mission", level=2)])
    found = rank_innovations(one, "iid-2024", by=["maturity"], basis=ii.Basis.CLAIMED)
    assert [p.rank for p in found] == [1, 2, 2, 2]
    old = rank_innovations(evolve(THREE, year=2021), "iid-2021", basis=ii.Basis.CLAIMED)
    assert old.places[0].values[0] == 15  # the video weighs 5 in 2021


def test_the_period_is_warned_of_once() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        rank_innovations(THREE, "iid-2027")
    assert len(caught) == 1


def test_no_entrants_and_unmeasured_ones() -> None:
    nobody = rank_innovations(region("99.71"), EDITION)
    assert len(nobody) == 0
    assert len(nobody.shortlist(3)) == 0
    assert nobody.ties == ()
    empty = rank_innovations(region("99.71", ("pkm", {})), EDITION, by=["documented_share"])
    assert empty.places[0].values == (None,)
    assert np.isnan(empty.to_columns()["documented_share"][0])
    assert "Inovasi 0: –" in str(empty)


@pytest.mark.parametrize(
    ("by", "error", "said"),
    [
        ([], ii.errors.BadValueError, "at least one criterion: maturity"),
        (["maturty"], ii.errors.UnknownNameError, "did you mean 'maturity'"),
        (["audit_opinion"], ii.errors.UnknownNameError, "criterion 'audit_opinion'"),
        (
            [Criterion("words", lambda e: e.name)],  # type: ignore[arg-type,return-value]
            ii.errors.BadValueError,
            "'words' measures 'Inovasi 0' for i0",
        ),
        ([Criterion("nan", lambda _: float("nan"))], ii.errors.BadValueError, "a number is needed"),
    ],
)
def test_bad_criteria_are_refused(by: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        rank_innovations(THREE, EDITION, by=by)


def test_other_bad_input_is_refused() -> None:
    found = claimed("maturity")
    for k in (0, -1, True, 1.5):
        with pytest.raises(ii.errors.BadValueError, match="1 or more"):
            found.shortlist(k)  # type: ignore[arg-type]
    entrant = found.places[0].entrant
    with pytest.raises(ii.errors.BadValueError, match="region part"):
        entrant.levels("audit_opinion", ii.Basis.CLAIMED)
    with pytest.raises(ii.errors.UnknownNameError, match="did you mean 'regulation'"):
        entrant.levels("regulasion", ii.Basis.CLAIMED)
    with pytest.raises(ii.errors.UnknownNameError, match="did you mean 'puskesmas'"):
        rank_agencies(THREE, EDITION, kinds=["puskesma"])


def test_agencies_of_records_that_do_not_hold_together_are_refused() -> None:
    region = ii.Region("99.71", "Kota Contoh", "city")
    circle = [ii.Agency("a", "A", parent="b"), ii.Agency("b", "B", parent="a")]
    with pytest.raises(ii.errors.SubmissionError, match="is above itself: 'a' → 'b' → 'a'"):
        agencies_without_innovations(ii.Submission(region, 2026, circle))
    strangers = ii.Submission(
        region,
        2026,
        [ii.Agency("a", "A", parent="dinas")],
        [ii.Innovation("i", "I", "dinkes")],
    )
    with pytest.raises(ii.errors.SubmissionError) as caught:
        agencies_without_innovations([strangers])
    assert [fault.code for fault in caught.value.faults] == ["unknown-agency"] * 2


def test_every_criterion_has_a_title() -> None:
    for name, build in CRITERIA.items():
        criterion = build(ii.Basis.VERIFIED)
        assert criterion.name == name
        assert criterion.title(EDITION, "en") != criterion.title(EDITION, "id")
    assert Criterion.level("quality_video").title(EDITION, "en") == EDITION["quality_video"].name
