"""What editions say of themselves and of each other, to the letter."""

from __future__ import annotations

import datetime as dt
import warnings
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from strategies import SMALL

import inovasi_index as ii
from inovasi_index.errors import (
    BadValueError,
    IncompleteEditionError,
    PeriodWarning,
    SupplyError,
    UnknownNameError,
)
from inovasi_index.rules import Certainty, Part, editions
from inovasi_index.rules.checking import (
    area_certainty,
    band_faults,
    cited_keys,
    edition_faults,
    sum_faults,
)
from inovasi_index.rules.comparing import Change, compared
from inovasi_index.rules.composing import inherited, overlaid, pruned, with_shared_sources, worse
from inovasi_index.rules.edition import (
    Affair,
    Bound,
    Citation,
    Conflict,
    Formula,
    Indicator,
    NumericRule,
    Sourced,
)
from inovasi_index.rules.nodes import said

EDITION = ii.load_edition("iid-2026")


def with_row(key: str, **fields: Any) -> ii.Edition:
    """The small edition with one row changed."""
    rows = tuple(evolve(r, **fields) if r.key == key else r for r in SMALL.indicators)
    return evolve(SMALL, indicators=rows)


# Comparing.


def test_a_change_of_nothing_into_something() -> None:
    assert str(Change("a", None, "1")) == "a: (none) → 1"
    assert str(Change("a", "1", None)) == "a: 1 → (none)"


def test_every_field_that_is_compared() -> None:
    rules = SMALL.eligibility
    formula = Formula(
        total_max_hundredths=250_00,
        region_max_hundredths=63_00,
        maturity_max_hundredths=111_00,
        count_max_hundredths=76_00,
        minimum_divisor=12,
        count_cap=200,
        points_per_innovation_hundredths=38,
        basic_affairs_needed=5,
        decimals=1,
    )
    after = evolve(
        with_row(
            "people",
            name="SDM lain",
            code="99",
            variable="Input",
            weight_hundredths=250,
            mandatory=True,
            definition="Orang",
            evidence=("SK", "Foto"),
            file_types=("PNG", "PDF"),
        ),
        formula=formula,
        eligibility=evolve(
            rules,
            stages=("trial", "application"),
            window_start=dt.date(2024, 1, 2),
            window_end=dt.date(2025, 12, 30),
            development_counts=False,
            design_min_words=1,
            mandatory_rows=False,
            max_reports=3,
        ),
    )
    changes = {c.place: (c.before, c.after) for c in compared(SMALL, after)}
    assert changes == {
        "formula.total_max": (None, "250.00"),
        "formula.region_max": ("5.25", "63.00"),
        "formula.maturity_max": (None, "111.00"),
        "formula.count_max": (None, "76.00"),
        "formula.points_per_innovation": (None, "0.38"),
        "formula.minimum_divisor": (None, "12"),
        "formula.count_cap": (None, "200"),
        "formula.basic_affairs_needed": (None, "5"),
        "formula.decimals": ("2", "1"),
        "eligibility.stages": ("application", "trial, application"),
        "eligibility.window_start": ("2024-01-01", "2024-01-02"),
        "eligibility.window_end": ("2025-12-31", "2025-12-30"),
        "eligibility.development_counts": ("True", "False"),
        "eligibility.design_min_words": ("300", "1"),
        "eligibility.mandatory_rows": ("True", "False"),
        "eligibility.max_reports": ("2", "3"),
        "innovation.people.name": ("SDM", "SDM lain"),
        "innovation.people.code": ("17", "99"),
        "innovation.people.variable": (None, "Input"),
        "innovation.people.weight": ("2.00", "2.50"),
        "innovation.people.mandatory": (None, "True"),
        "innovation.people.definition": (None, "Orang"),
        "innovation.people.evidence": (None, "SK; Foto"),
        "innovation.people.file_types": ("JPEG, PDF", "PDF, PNG"),
    }
    without = evolve(SMALL, eligibility=evolve(rules, stages=()))
    assert [(c.place, c.before, c.after) for c in compared(SMALL, without)] == [
        ("eligibility.stages", "application", None)
    ]


def test_bands_and_rules_that_change() -> None:
    bands = tuple(evolve(b, name=f"{b.name}!") for b in EDITION.bands)
    changes = compared(EDITION, evolve(EDITION, bands=bands))
    assert [c.place for c in changes] == [f"bands.{b.key}.name" for b in bands]
    rule = evolve(SMALL["people"].numeric[0], unit="jiwa", bounds=(Bound(Decimal(2), None),) * 3)
    changes = compared(SMALL, with_row("people", numeric=(rule,)))
    assert {c.place: c.after for c in changes} == {
        "innovation.people.numeric.unit": "jiwa",
        **{f"innovation.people.numeric.bounds[{n}]": "≥ 2" for n in (1, 2, 3)},
    }
    assert changes.under("innovation.people") == changes.changes
    one = compared(SMALL, with_row("people", name="A"))
    two = compared(SMALL, with_row("people", name="A", code="99"))
    assert [str(c).splitlines()[0] for c in (one, two)] == [
        "small → small: 1 change",
        "small → small: 2 changes",
    ]
    assert changes.under("innovation.peop") == ()


# What an edition answers.


def test_weights_that_are_missing_are_named() -> None:
    def said_of(n: int) -> str:
        rows = SMALL.innovation_indicators
        keys = {row.key for row in rows[:n]}
        edition = evolve(
            SMALL,
            indicators=tuple(
                evolve(r, weight_hundredths=None) if r.key in keys else r for r in SMALL.indicators
            ),
        )
        with pytest.raises(IncompleteEditionError) as caught:
            edition.weights_hundredths(Part.INNOVATION)
        return str(caught.value)

    supply = "give them with edition.supply(weights={key: points per level})"
    assert said_of(1) == (
        f"small: the weights of 1 rows of the innovation part were not found (regulation); {supply}"
    )
    assert "(regulation, people, benefits);" in said_of(3)
    assert "4 rows" in said_of(4)
    assert "(regulation, people, benefits, …);" in said_of(4)
    with pytest.raises(IncompleteEditionError) as caught:
        ii.load_edition("iid-2025").weights_hundredths(Part.REGION)
    assert str(caught.value) == (
        "iid-2025: no rows of the region part were found; "
        "give the region part as points: region_points=…"
    )


def test_constants_that_are_missing_are_named() -> None:
    with pytest.raises(IncompleteEditionError) as caught:
        ii.load_edition("iid-2025").constants(
            "count_cap", "minimum_divisor", "count_max_hundredths"
        )
    assert str(caught.value) == (
        "iid-2025: no source gives minimum divisor, count max hundredths; supply with "
        "edition.supply(minimum_divisor=…, count_max_hundredths=…)"
    )


def test_the_period_is_told_where_the_edition_is_used() -> None:
    long = evolve(SMALL, end=dt.date(2027, 12, 31))
    for edition, period in ((SMALL, "2026"), (long, "2026 to 2027")):
        with pytest.warns(PeriodWarning) as caught:
            edition.check_year(2031)
        (warning,) = caught
        assert str(warning.message) == (f"small is the edition of {period}; it is used for 2031")
        assert warning.filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        long.check_year(2026)
        long.check_year(2027)
    with pytest.warns(PeriodWarning):
        SMALL.check_year(2025)


def test_names_that_an_edition_does_not_have() -> None:
    bare = evolve(SMALL, indicators=(evolve(SMALL["vision"], code=None), *SMALL.indicators[1:3]))
    with pytest.raises(UnknownNameError) as caught:
        bare.by_code("99")
    assert str(caught.value) == "unknown indicator number in small '99'; known: 2, 16"
    assert SMALL.affair_index("land") == 2
    assert SMALL.affair_index("lands") == SMALL.affair_index(None) == -1
    assert [t.key for t in SMALL.vocabulary("kind")] == ["digital", "non_digital"]


def test_a_row_is_titled_by_its_number_and_its_name() -> None:
    assert SMALL["regulation"].title == "16. Regulasi"
    assert evolve(SMALL["regulation"], code=None).title == "Regulasi"


def test_what_a_row_does_not_say() -> None:
    assert not Indicator("own", Part.INNOVATION, "Own").link_counts
    assert SMALL["people"].numeric[0].name == ""


def test_texts_of_levels() -> None:
    row = SMALL["regulation"]
    assert [row.text_of(n) for n in range(-1, 5)] == [None, None, "satu", "dua", "tiga", None]
    assert SMALL["replication"].text_of(1) is None
    texts = ("a1", "a2", "a3")
    first, second = SMALL["benefits"].numeric
    row = evolve(SMALL["benefits"], numeric=(evolve(first, texts=texts), second))
    assert [row.text_of(n, "a") for n in (0, 1, 2, 3, 4)] == [None, *texts, None]
    assert row.text_of(1, "c") == row.text_of(1) == "satu"


def test_values_outside_what_is_possible() -> None:
    rule = NumericRule(
        unit="persen",
        direction=SMALL["joblessness"].numeric[0].direction,
        bounds=SMALL["joblessness"].numeric[0].bounds,
        domain=Bound(Decimal(0), Decimal(100)),
    )
    assert (rule.level_of(Decimal(100)), rule.level_of(Decimal(0))) == (1, 3)
    for value in (Decimal("-0.01"), Decimal("100.01")):
        with pytest.raises(BadValueError, match="outside the possible 0 … 100"):
            rule.level_of(value)


def test_rows_show_themselves() -> None:
    row = EDITION["regulation"]
    assert row.to_html() == row.to_html("en") == row._repr_html_() != row.to_html("id")
    assert EDITION.to_html() == EDITION._repr_html_() == EDITION.to_html("en")
    assert EDITION.to_html() != EDITION.to_html("id")


def test_sources_and_citations_say_no_more_than_they_know() -> None:
    assert str(Citation("K", "A paper")) == "A paper"
    assert str(Citation("K", "A paper 5", number="5", part="II")) == "A paper 5, II"
    assert str(Citation("K", "P", "5", dt.date(2026, 1, 2), "II")) == "P, 5, 2026-01-02, II"
    assert Citation("K", "P").confidence == ""
    assert Sourced("a", ()).note == ""
    assert Sourced("a", ()).certainty is Certainty.OFFICIAL


# How messages name a value.


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (True, "the boolean true"),
        ("x" * 60, repr("x" * 60)),
        ("x" * 61, repr("x" * 57 + "...")),
        (10**30 - 1, f"the number {10**30 - 1}"),
        (10**30, "a number of more than 30 digits"),
        (-(10**30), "a number of more than 30 digits"),
        (Decimal("1.50"), "the number 1.50"),
        (Decimal("1" * 50), "the number " + "1" * 40),
        ([1, 2], "an array of 2"),
        ({"a": 1}, "a table"),
        (dt.date(2026, 1, 2), "the date 2026-01-02"),
    ],
)
def test_values_are_named_short(value: object, name: str) -> None:
    assert said(value) == name


# What does not fit together.


def faults(edition: ii.Edition, **given: Any) -> list[str]:
    return [str(fault) for fault in edition_faults(edition, **given)]


def test_the_small_edition_fits_together() -> None:
    assert not [f for f in faults(SMALL) if "formula" in f]


def test_sums_are_told_in_points() -> None:
    formula = Formula(region_max_hundredths=5_24)
    assert [str(f) for f in sum_faults(evolve(SMALL, formula=formula))] == [
        "formula.region_max: is 5.24, but the rows of the region part add up to 5.25 [sum-differs]"
    ]


def test_an_index_is_a_part_of_something() -> None:
    formula = Formula(total_max_hundredths=0)
    assert [str(f) for f in sum_faults(evolve(SMALL, formula=formula))] == [
        "formula.total_max: must be more than 0 [out-of-range]"
    ]
    with pytest.raises(SupplyError, match="must be more than 0"):
        evolve(SMALL, formula=Formula()).supply(total_max_hundredths=0)


def test_falling_bounds_must_fall() -> None:
    rule = evolve(
        SMALL["joblessness"].numeric[0],
        bounds=tuple(Bound(None, Decimal(n)) for n in (5, 6, 4)),
        domain=Bound(None, None),
    )
    said_of = faults(with_row("joblessness", numeric=(rule,)))
    assert (
        "region.joblessness.numeric[1].bounds[2]: 'to' must fall with the level "
        "[bounds-not-ordered]" in said_of
    )
    assert sum("must fall" in f for f in said_of) == 1


def test_spellings_are_told_apart_without_their_case() -> None:
    twice = (Affair("a", "STRASSE", basic=True), Affair("b", "Straße", basic=False))
    assert "affairs: the spelling 'strasse' occurs twice [duplicate]" in faults(
        evolve(SMALL, affairs=twice)
    )


def test_numbers_that_are_given_twice_are_told_with_their_rows() -> None:
    rows = SMALL.indicators
    numbered = (evolve(rows[0], code="7"), rows[1], evolve(rows[2], code="7"), *rows[3:])
    assert "region.vision.code: number 7 is given to vision and regulation [duplicate]" in faults(
        evolve(SMALL, indicators=numbered)
    )


def test_numbers_given_twice_stand_at_the_first_of_their_rows() -> None:
    rows = SMALL.indicators
    numbered = (*rows[:3], evolve(rows[3], code="7"), rows[4], evolve(rows[5], code="7"), *rows[6:])
    assert (
        f"innovation.{rows[3].key}.code: number 7 is given to {rows[3].key} and {rows[5].key} "
        "[duplicate]" in faults(evolve(SMALL, indicators=numbered))
    )


def test_each_band_meets_the_next() -> None:
    def places(n: int, **fields: Any) -> list[str]:
        bands = tuple(evolve(b, **fields) if k == n else b for k, b in enumerate(EDITION.bands))
        return [f"{fault.code} {fault.place}" for fault in band_faults(bands)]

    assert places(0) == places(9) == []
    assert places(3, upper_hundredths=99_99) == ["bands-hole bands.very_innovative.upper"]
    assert places(0, lower_hundredths=1) == [
        "bands-not-ordered bands.not_assessable",
        "bands-hole bands.not_assessable.lower",
    ]
    assert places(3, lower_hundredths=65_02) == ["bands-hole bands.very_innovative.lower"]
    assert places(3, lower_hundredths=65_00) == ["bands-overlap bands.very_innovative.lower"]
    assert places(2, upper_hundredths=65_01) == ["bands-overlap bands.very_innovative.lower"]


def test_what_is_mentioned_anywhere_is_cited() -> None:
    edition = evolve(
        with_row("people", notes=("see [R]",)),
        notes=("see [E]",),
        conflicts=(Conflict("weights", (("A, B", "one"),), "as [C] says"),),
    )
    keys = cited_keys(edition)
    assert keys["R"] == "innovation.people.notes"
    assert keys["E"] == "notes"
    assert keys["C"] == "conflicts"
    assert keys["A"] == keys["B"] == "conflicts.weights"
    assert keys["L"] == "sources.affairs"
    assert keys["M"] == "sources.stage"


def test_citations_that_are_almost_given_are_hinted_at() -> None:
    edition = evolve(
        SMALL, notes=("[LETER]",), citations=(*SMALL.citations, Citation("LETTER", "P"))
    )
    assert (
        "notes: cites 'LETER', which is not given; did you mean 'LETTER'? [unresolved-citation]"
    ) in faults(edition)


def test_a_hundred_citations_are_hinted_at() -> None:
    mentions = " ".join(f"[LETTER{n}]" for n in range(102))
    citations = (*SMALL.citations, Citation("LETTER", "P"))
    told = [f for f in faults(evolve(SMALL, notes=(mentions,), citations=citations)) if "LET" in f]
    plain = [f"notes: cites 'LETTER{n}', which is not given" for n in range(102)]
    hinted = [f"{text}; did you mean 'LETTER'? [unresolved-citation]" for text in plain[:100]]
    assert told == hinted + [f"{text} [unresolved-citation]" for text in plain[100:]]


def test_how_sure_an_area_is() -> None:
    def area(name: str, edition: ii.Edition = SMALL) -> Certainty:
        return area_certainty(edition, name)

    missing, candidate = Certainty.MISSING, Certainty.CANDIDATE
    assert area("affairs") is Certainty.OFFICIAL
    assert area("vocabularies") is Certainty.OFFICIAL
    unsure = (Sourced("stage", ("M",), candidate), Sourced("affairs", ("L",)))
    assert area("vocabularies", evolve(SMALL, sources=unsure)) is candidate
    assert area("affairs", evolve(SMALL, sources=unsure)) is Certainty.OFFICIAL
    assert area("affairs", evolve(SMALL, sources=unsure[:1])) is missing
    others = tuple(Sourced(field, ("L",), candidate) for field in ("affairs", "period"))
    edition = evolve(SMALL, sources=(Sourced("stage", ("M",)), *others))
    assert area("vocabularies", edition) is Certainty.OFFICIAL
    for name, field in (
        ("region_rows", "name"),
        ("region_rows", "levels"),
        ("innovation_rows", "name"),
        ("innovation_rows", "levels"),
        ("raw_values", "numeric"),
        ("mandatory_rows", "mandatory"),
        ("evidence", "evidence"),
        ("evidence", "file_types"),
        ("evidence", "file_kinds"),
    ):
        source = (Sourced(field, ("L",), candidate),)
        rows = tuple(evolve(row, sources=source) for row in SMALL.indicators)
        assert area(name, evolve(SMALL, indicators=rows)) is candidate, (name, field)
        rows = tuple(evolve(row, sources=()) for row in SMALL.indicators)
        assert area(name, evolve(SMALL, indicators=rows)) is missing, name
    weighed = tuple(evolve(r, sources=(Sourced("weight", ("L",), candidate),)) for r in SMALL)
    edition = evolve(SMALL, indicators=weighed)
    assert area("region_weights", edition) is area("innovation_weights", edition) is candidate
    edition = evolve(SMALL, indicators=(evolve(weighed[0], sources=()), *weighed[1:]))
    assert area("region_weights", edition) is missing
    assert area("innovation_weights", edition) is candidate
    needed = (
        "total_max",
        "minimum_divisor",
        "count_cap",
        "points_per_innovation",
        "basic_affairs_needed",
    )
    for n in range(len(needed) + 1):
        sources = tuple(Sourced(name, ("L",)) for k, name in enumerate(needed) if k != n)
        found = area("formula", evolve(SMALL, formula=evolve(SMALL.formula, sources=sources)))
        assert found is (missing if n < len(needed) else Certainty.OFFICIAL)


# How files are put together.


def test_the_least_sure_of_many() -> None:
    assert worse() is Certainty.OFFICIAL
    assert worse(*Certainty) is Certainty.MISSING
    assert worse(Certainty.ASSUMED, Certainty.CANDIDATE) is Certainty.ASSUMED


def test_shared_sources_pass_by_what_is_no_table() -> None:
    shared = {"region": {"name": Sourced("name", ("L",))}}
    rows = {"a": 5, "b": {"name": "B", "sources": 3}, "c": {"name": "C"}, "d": {}}
    found = with_shared_sources({"region": rows, "bands": 1}, shared)
    assert found["region"]["a"] == 5
    assert found["region"]["b"] == {"name": "B", "sources": 3}
    assert found["region"]["c"]["sources"] == shared["region"]
    assert found["region"]["d"] == {"sources": {}}
    own = {"name": "C", "sources": {"name": "mine"}}
    found = with_shared_sources({"region": {"c": own}}, shared)
    assert found["region"]["c"]["sources"] == {"name": "mine"}


def test_what_is_taken_away() -> None:
    tree = {
        "rows": {
            "a": {"w": 1, "sources": {"w": "L", "n": "M"}},
            "b": {"w": 2},
            "sources": {"w": 1},
        },
        "other": 5,
    }
    found = pruned(tree, "rows.*.w")
    assert found == {
        "rows": {"a": {"sources": {"n": "M"}}, "b": {}, "sources": {"w": 1}},
        "other": 5,
    }
    assert pruned(tree, "rows.a.w") == {
        "rows": {
            "a": {"sources": {"n": "M"}},
            "b": {"w": 2},
            "sources": {"w": 1},
        },
        "other": 5,
    }
    assert pruned(tree, "other") == {"rows": tree["rows"]}
    assert pruned(tree, "nothing") is None
    assert pruned(tree, "rows.*.nothing") is None
    assert pruned(tree, "other.deeper") is None
    assert tree["rows"]["a"]["w"] == 1  # type: ignore[index]


def test_what_is_put_over() -> None:
    parent = {
        "a": 1,
        "b": {"x": 1, "y": 2, "sources": {"x": "P", "y": "P"}},
        "sources": {"a": "P", "c": "P"},
    }
    assert overlaid(parent, {"a": 2}) == {**parent, "a": 2, "sources": {"c": "P"}}
    assert overlaid(parent, {"b": {"x": 3, "sources": {"x": "C"}}})["b"] == {
        "x": 3,
        "y": 2,
        "sources": {"y": "P", "x": "C"},
    }
    assert overlaid(parent, {"b": 5})["b"] == 5
    assert overlaid(parent, {"sources": 5})["sources"] == 5
    assert overlaid({"a": 1}, {"a": 2, "sources": {"a": "C"}}) == {"a": 2, "sources": {"a": "C"}}


def test_what_is_inherited_is_no_surer_than_is_said() -> None:
    tree = {
        "a": 1,
        "sources": {"a": ["L"], "b": {"certainty": "missing", "note": "gone"}},
        "completeness": {
            "formula": {"status": "official", "note": "n"},
            "bands": {"status": "missing", "note": "n"},
        },
        "below": {"sources": {"c": {"cite": ["L"], "certainty": "candidate", "note": "old"}}},
    }
    found = inherited(tree, Certainty.INFERRED, "from before")
    assert found["a"] == 1
    assert found["sources"]["a"] == Sourced("a", ("L",), Certainty.INFERRED, "from before")
    assert found["sources"]["b"] == Sourced("b", (), Certainty.MISSING, "gone")
    assert found["completeness"] == {
        "formula": {"status": "inferred", "note": "n"},
        "bands": {"status": "missing", "note": "n"},
    }
    assert found["below"]["sources"]["c"] == Sourced(
        "c", ("L",), Certainty.CANDIDATE, "old; from before"
    )


def test_the_schema_is_there_by_its_name() -> None:
    assert editions.schema()["required"] == ["id", "title", "period"]


def test_the_words_of_editions_stay() -> None:
    from inovasi_index.rules.edition import Direction

    assert [c.value for c in Certainty] == [
        "official",
        "inferred",
        "candidate",
        "assumed",
        "missing",
    ]
    assert [p.value for p in Part] == ["region", "innovation"]
    assert [d.value for d in Direction] == ["higher", "lower"]


def test_keys_of_rows_are_of_one_part() -> None:
    """The keys that a row keeps from year to year are those of the shipped editions."""
    from inovasi_index.rules.keys import PART_OF

    used = {row.key: row.part for name in ii.available_editions() for row in ii.load_edition(name)}
    assert dict(PART_OF) == used
