"""What an explanation says, word for word: as lines, as plain data, and why."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from published_schemas import published

import inovasi_index as ii
from inovasi_index.rules import Certainty
from inovasi_index.scoring import explanation_schema, score_document, score_schema
from inovasi_index.scoring.explanation import Cited, Explanation, Reason, ineligibility

EDITION = ii.load_edition("iid-2026")
EXAMPLE = ii.read_submission(Path(__file__).parents[2] / "examples" / "kota-contoh.toml")

LETTER = Cited("L", "Letter of the ministry", Certainty.OFFICIAL)
READING = Cited(
    "M",
    "A reading of the letter, which is long enough to be wrapped, also here",
    Certainty.INFERRED,
)


def tree() -> Explanation:
    """An index of one part of one innovation of one row, by hand."""
    row = Explanation(
        "row",
        "people",
        "17. SDM",
        Fraction(4),
        Fraction(6),
        Fraction(2, 15),
        level=2,
        claimed=3,
        value=Decimal("27.5"),
        unit="orang",
        level_text="11-30 SDM",
        weight=Fraction(2),
        reasons=(Reason.of("cause.downgraded", level=2),),
        citations=(LETTER, READING),
    )
    innovation = Explanation(
        "innovation",
        "sapa",
        "Sapa Ibu",
        Fraction(9, 2),
        Fraction(111),
        Fraction(3, 20),
        below=lambda: (row,),
    )
    part = Explanation(
        "mean_maturity",
        "mean_maturity",
        "Satuan Inovasi Daerah",
        Fraction(3, 8),
        Fraction(111),
        Fraction(3, 20),
        citations=(LETTER,),
        below=lambda: (innovation,),
    )
    return Explanation(
        "index",
        "99.71",
        "Kota Contoh",
        Fraction(3, 8),
        Fraction(250),
        Fraction(3, 20),
        band="Kurang Inovatif",
        citations=(READING,),
        below=lambda: (part,),
    )


HEAD = """\
Kota Contoh: Index 0.15 (Kurang Inovatif)
  source: [M]
"""
PART = """\
  Mean maturity: 0.38 of 111.00 points → 0.15 of the index
    source: [L]
    Sapa Ibu [sapa]: 4.50 of 111.00 points → 0.15 of the index
"""
ROW = """\
      17. SDM [people]
        value 27.5 orang → claimed level 3 → level 2 × 2.00 = 4.00 points → 0.13 of the
          index
        “11-30 SDM”
        · the verifier accepted level 2
        source: [L] [M]
"""
SOURCES = """
Sources:
  [M] A reading of the letter, which is long enough to be wrapped, also here (inferred)
"""
LETTERS = "  [L] Letter of the ministry\n"
NARROW = """\
Kota Contoh: Index 0.15 (Kurang
  Inovatif)
  source: [M]
  Mean maturity: 0.38 of 111.00 points →
    0.15 of the index
    source: [L]

Sources:
  [M] A reading of the letter, which is
    long enough to be wrapped, also here
    (inferred)
  [L] Letter of the ministry"""


@pytest.mark.parametrize(
    ("depth", "said"),
    [
        (None, HEAD + PART + SOURCES + LETTERS),
        (0, HEAD + SOURCES),
        (2, HEAD + PART + SOURCES + LETTERS),
        (3, HEAD + PART + ROW + SOURCES + LETTERS),
        (9, HEAD + PART + ROW + SOURCES + LETTERS),
    ],
)
def test_a_tree_as_lines(depth: int | None, said: str) -> None:
    assert tree().to_text(depth=depth) + "\n" == said


def test_a_node_brings_its_children_and_its_sources() -> None:
    innovation = tree().find("innovation", "sapa")
    assert str(innovation) == innovation.to_text("en") == innovation.to_text(depth=1)
    assert innovation.to_text("id").splitlines() == [
        "Sapa Ibu [sapa]: 4,50 dari 111,00 poin → 0,15 dari indeks",
        "  17. SDM [people]",
        "    nilai 27,5 orang → klaim level 3 → level 2 × 2,00 = 4,00 poin → 0,13 dari indeks",
        "    “11-30 SDM”",
        "    · verifikator menerima level 2",
        "    sumber: [L] [M]",
        "",
        "Sumber:",
        "  [L] Letter of the ministry",
        "  [M] A reading of the letter, which is long enough to be wrapped, also here (inferred)",
    ]
    assert innovation.to_text(depth=0) == (
        "Sapa Ibu [sapa]: 4.50 of 111.00 points → 0.15 of the index"
    )


def test_lines_keep_to_the_width_of_the_terminal() -> None:
    assert tree().to_text(width=40, depth=1) == NARROW
    assert tree().to_text(width=0, depth=1) == NARROW  # no terminal is narrower
    assert tree().to_text(width=41, depth=1) != NARROW
    for width in range(40, 120):
        lines = tree().to_text(width=width, depth=3).splitlines()
        assert max(map(len, lines)) <= width


def test_a_node_below_shows_one_level_and_no_more() -> None:
    part = tree().find("mean_maturity", "mean_maturity")
    assert "[people]" not in part.to_text()
    assert "Sapa Ibu [sapa]" in part.to_text()
    assert "[L] Letter" in part.to_text()
    assert "[M]" not in part.to_text()
    assert "[M]" in part.to_text(depth=2)
    assert "[L]" not in tree().to_text(depth=0)


def test_a_terminal_has_88_columns() -> None:
    def lines(n: int) -> int:
        name = "N " + "x" * (n - len("N : Index 2.00"))
        said = Explanation("index", "", name, *_three(2)).to_text()
        assert len(said.replace("\n ", "")) == n
        return len(said.splitlines())

    assert (lines(88), lines(89)) == (1, 2)


def test_explanations_are_values() -> None:
    one = ii.score(EXAMPLE, EDITION)["99.71"]
    assert one.explain() == one.explain()
    assert one.explain() != one.explain(EXAMPLE.innovations[0].id)
    assert "below" not in repr(one.explain())


def test_a_line_that_just_fits_is_not_broken() -> None:
    line = "Kota Contoh: Index 0.15 (Kurang Inovatif)"
    assert len(line) == 41
    assert tree().to_text(width=41, depth=0).splitlines()[0] == line
    assert tree().to_text(width=40, depth=0).splitlines()[0] == line.removesuffix(" Inovatif)")


def test_what_is_not_there_is_not_said() -> None:
    row = Explanation(
        "row", "a", "A", Fraction(0), None, Fraction(0), level=0, claimed=0, weight=Fraction(1)
    )
    assert row.to_text().splitlines() == [
        "A [a]",
        "  level 0 × 1.00 = 0.00 points → 0.00 of the index",
    ]
    part = Explanation("count_points", "count_points", "", Fraction(5), None, Fraction(2))
    assert part.to_text() == "Number of innovations: 5.00 points → 2.00 of the index"
    assert Explanation("index", "", "iid-2026", *_three(2)).to_text() == "iid-2026: Index 2.00"
    assert evolve(row, value=Decimal("2.5"), unit="%").headline("en")[1] == (
        "value 2.5 % → level 0 × 1.00 = 0.00 points → 0.00 of the index"
    )


def _three(n: int) -> tuple[Fraction, None, Fraction]:
    return Fraction(n), None, Fraction(n)


def test_a_tree_as_plain_data() -> None:
    plain = tree().to_dict("en")
    assert next(iter(plain)) == "format"
    row = plain["children"][0]["children"][0]["children"].pop()
    assert row == {
        "kind": "row",
        "subject": "people",
        "name": "17. SDM",
        "points": 4.0,
        "points_exact": "4",
        "most": "6",
        "share": 0.13,
        "share_exact": "2/15",
        "level": 2,
        "claimed": 3,
        "unit": "orang",
        "level_text": "11-30 SDM",
        "value": "27.5",
        "weight": "2",
        "reasons": [{"code": "cause.downgraded", "text": "the verifier accepted level 2"}],
        "citations": [
            {"key": "L", "words": "Letter of the ministry", "certainty": "official"},
            {"key": "M", "words": READING.words, "certainty": "inferred"},
        ],
        "children": [],
    }
    innovation = plain["children"][0]["children"].pop()
    assert innovation == {
        "kind": "innovation",
        "subject": "sapa",
        "name": "Sapa Ibu",
        "points": 4.5,
        "points_exact": "9/2",
        "most": "111",
        "share": 0.15,
        "share_exact": "3/20",
        "reasons": [],
        "citations": [],
        "children": [],
    }
    assert plain["band"] == "Kurang Inovatif"
    bare = Explanation("count_points", "count_points", "", *_three(1)).to_dict()
    assert bare["most"] is None
    said = tree().to_json("id")
    assert json.loads(said) == tree().to_dict("id")
    assert "verifikator menerima level 2" in said
    assert said.startswith('{\n  "format"')
    assert "“" not in said
    assert "→" in evolve(tree(), name="a → b").to_json()


def test_numbers_in_reasons_are_written_as_numbers() -> None:
    reason = Reason.of("how.mean", sum=Fraction(7, 3), divisor=12, innovations=3, empty=9)
    assert reason.to_text() == Reason("how.mean", reason.params).to_text("en")
    assert "2.33" in reason.to_text("en")
    assert "2,33" in reason.to_text("id")
    assert "7/3" not in reason.to_text()


def test_how_sure_a_source_is() -> None:
    assert str(LETTER) == "[L] Letter of the ministry"
    assert str(READING) == f"[M] {READING.words} (inferred)"


def test_what_is_looked_for_is_named_in_words() -> None:
    with pytest.raises(ii.errors.UnknownNameError) as caught:
        tree().find("mean_maturity", "mean")
    assert str(caught.value) == "unknown mean maturity 'mean'; known: mean_maturity"


# Reasons and sources of a real score.


def test_the_parts_of_a_real_score() -> None:
    one = ii.score(EXAMPLE, EDITION)["99.71"]
    whole = one.explain()
    assert (whole.subject, whole.name, whole.kind) == ("99.71", "Kota Contoh · iid-2026", "index")
    assert whole.most == 250
    assert [(r.key, dict(r.params)) for r in whole.reasons] == [
        ("basis.documented", {}),
        ("how.rounding", {"decimals": 2}),
    ]
    assert {c.key for c in whole.citations} == _keys("total_max", "decimals")
    region, mean, count = whole.children
    assert [n.subject for n in whole.children] == [n.kind for n in whole.children]
    assert [n.kind for n in whole.children] == ["region_part", "mean_maturity", "count_points"]
    assert [n.most for n in whole.children] == [63, 111, 76]
    assert [n.name for n in whole.children] == [
        "Satuan Pemerintah Daerah",
        "Rata-rata kematangan",
        "Jumlah inovasi",
    ]
    assert region.reasons == ()
    assert {c.key for c in region.citations} == _keys("region_max")
    assert [r.key for r in mean.reasons] == ["how.mean"]
    assert dict(mean.reasons[0].params) == {
        "sum": one.parts.mean_maturity * 33,
        "divisor": 33,
        "innovations": 33,
        "empty": 0,
    }
    assert {c.key for c in mean.citations} == _keys("minimum_divisor")
    assert [(r.key, dict(r.params)) for r in count.reasons] == [
        (
            "how.count",
            {
                "counted": 33,
                "points": Fraction(38, 100),
                "covered": one.basic_affairs,
                "basic": 6,
                "needed": 5,
            },
        )
    ]
    assert {c.key for c in count.citations} == _keys(
        "points_per_innovation", "basic_affairs_needed"
    )
    assert [n.subject for n in region.children] == [r.key for r in EDITION.region_indicators]
    assert [n.subject for n in mean.children] == [i.id for i in EXAMPLE.innovations]
    assert [n.name for n in mean.children] == [i.name for i in EXAMPLE.innovations]
    assert {n.most for n in mean.children} == {111}
    assert count.children == ()
    row = region.children[0]
    assert row.most == 3 * (row.weight or 0)
    assert row.name == f"1. {EDITION['vision_mission'].name}"


def _keys(*fields: str) -> set[str]:
    from inovasi_index.rules import source_of

    found = [source_of(EDITION.formula, field) for field in fields]
    return {key for source in found if source for key in source.citations}


def test_rows_cite_weights_levels_and_the_rule_of_their_raw_value() -> None:
    from inovasi_index.rules import source_of

    whole = ii.score(EXAMPLE, EDITION)["99.71"].explain()
    rows = whole.children[0].children
    assert any(row.value is not None for row in rows)
    assert any(row.value is None for row in rows)
    for row in rows:
        fields = ["weight", "levels", *(["numeric"] if row.value is not None else [])]
        sources = [source_of(EDITION[row.subject], field) for field in fields]
        keys = dict.fromkeys(key for s in sources if s for key in s.citations)
        assert [c.key for c in row.citations] == list(keys)
        for cited in row.citations:
            assert cited.words == str(EDITION.citation(cited.key))
        assert (row.unit is None) is (row.value is None)


@pytest.mark.parametrize("basis", ii.Basis)
def test_every_share_of_the_example_adds_up(basis: ii.Basis) -> None:
    one = ii.score(EXAMPLE, EDITION, basis=basis)["99.71"]
    whole = one.explain()
    assert whole.band == one.band
    assert whole.share == one.exact
    for node in whole:
        if node.children:
            assert sum((c.share for c in node.children), Fraction(0)) == node.share
    mean = whole.children[1]
    assert [n.points * 100 for n in mean.children] == list(one.maturity_hundredths)
    by_points = ii.score(EXAMPLE, EDITION, basis=basis, region_points=40)["99.71"].explain()
    assert by_points.children[0].children == ()
    assert by_points.children[1].children == mean.children


def test_each_field_of_the_formula_is_cited_for_what_it_does() -> None:
    from inovasi_index.rules import Citation, Sourced

    fields = (
        "total_max",
        "decimals",
        "region_max",
        "minimum_divisor",
        "points_per_innovation",
        "basic_affairs_needed",
    )
    edition = evolve(
        EDITION,
        formula=evolve(EDITION.formula, sources=tuple(Sourced(f, (f.upper(),)) for f in fields)),
        citations=(*EDITION.citations, *(Citation(f.upper(), f"On {f}") for f in fields)),
    )

    def keys(given: ii.Edition) -> list[list[str]]:
        whole = ii.score(EXAMPLE, given)["99.71"].explain()
        return [[c.key for c in node.citations] for node in (whole, *whole.children)]

    assert keys(edition) == [
        ["TOTAL_MAX", "DECIMALS"],
        ["REGION_MAX"],
        ["MINIMUM_DIVISOR"],
        ["POINTS_PER_INNOVATION", "BASIC_AFFAIRS_NEEDED"],
    ]
    fewer = tuple(s for s in edition.formula.sources if s.field in {"decimals", fields[-1]})
    edition = evolve(edition, formula=evolve(edition.formula, sources=fewer))
    assert keys(edition) == [["DECIMALS"], [], [], ["BASIC_AFFAIRS_NEEDED"]]


def test_each_field_of_a_row_is_cited_for_what_it_does() -> None:
    from inovasi_index.rules import Citation, Sourced

    fields = ("weight", "levels", "numeric")
    sources = tuple(Sourced(f, (f.upper(),)) for f in fields)
    edition = evolve(
        EDITION,
        indicators=tuple(evolve(r, sources=sources, code=None) for r in EDITION.indicators),
        citations=(*EDITION.citations, *(Citation(f.upper(), f"On {f}") for f in fields)),
    )
    region = ii.score(EXAMPLE, edition)["99.71"].explain().children[0]
    for row in region.children:
        expected = ["WEIGHT", "LEVELS", *(["NUMERIC"] if row.value is not None else [])]
        assert [c.key for c in row.citations] == expected
        assert row.name == EDITION[row.subject].name


def test_rows_are_looked_for_in_their_part() -> None:
    one = ii.score(EXAMPLE, EDITION)["99.71"]
    first = EXAMPLE.innovations[0].id
    with pytest.raises(ii.errors.BadValueError) as caught:
        one.explain(indicator="regulation")
    assert str(caught.value) == ("regulation is a row of the innovation part; name an innovation")
    with pytest.raises(ii.errors.BadValueError) as caught:
        one.explain(first, "vision_mission")
    assert str(caught.value) == (
        "vision_mission is a row of the region part; leave the innovation out"
    )


def test_totals_and_arrays_say_where_they_come_from() -> None:
    one = ii.project_index(
        EDITION, region_points=50, mean_maturity=80, innovations=30, basic_affairs=6
    )
    whole = one.explain()
    assert (whole.subject, whole.name) == ("", "iid-2026")
    assert whole.reasons[0].key == "basis.none"
    region, mean, _ = whole.children
    assert [r.key for r in region.reasons] == ["how.region_points"]
    assert [(r.key, dict(r.params)) for r in mean.reasons] == [
        ("how.mean_total", {"innovations": 30})
    ]
    assert region.children == mean.children == ()
    table = ii.LevelTable.from_arrays(
        EDITION, [[1] * 20], region_of=[0], region_points=[1], affair_of=[0], regions=["63.71"]
    )
    whole = ii.score(table)["63.71"].explain()
    assert (whole.subject, whole.name) == ("63.71", "63.71 · iid-2026")
    with pytest.raises(ii.errors.BadValueError, match="came from totals or arrays"):
        ii.score(table)["63.71"].explain(indicator="vision_mission")


def test_points_of_the_count_that_are_missing_have_a_reason() -> None:
    def said(n: int, affairs: int) -> tuple[str, dict[str, object]]:
        one = ii.project_index(
            EDITION, region_points=0, mean_maturity=0, innovations=n, basic_affairs=affairs
        )
        (reason,) = one.explain().children[2].reasons
        return reason.key, dict(reason.params)

    facts = {"covered": 4, "basic": 6, "needed": 5}
    assert said(9, 4) == ("how.count_zero", facts)
    assert said(0, 0)[0] == "how.count"
    assert said(300, 6)[1]["counted"] == 200


def test_unknown_bands_and_needs_are_said_to_be_unknown() -> None:
    one = ii.project_index(
        "iid-2025", region_points=10, mean_maturity=100, innovations=20, basic_affairs=6
    )
    whole = one.explain()
    assert whole.band is None
    assert [r.key for r in whole.reasons][2:] == ["how.no_band"]
    assert dict(whole.children[2].reasons[0].params)["needed"] == "≤ 6"
    assert whole.children[0].most is None


def reported(*answers: ii.Answer, **fields: Any) -> ii.Explanation:
    good = {"stage": "application", "application_date": dt.date(2025, 1, 1), "design_words": 300}
    one = ii.Innovation("a", "A", "d", answers=answers, **(good | fields))  # type: ignore[arg-type]
    submission = ii.Submission(
        ii.Region("99.71", "Kota Contoh", "city"),
        2026,
        agencies=[ii.Agency("d", "D")],
        innovations=[one],
    )
    return ii.score(submission, EDITION, basis=ii.Basis.VERIFIED)["99.71"].explain("a")


def test_each_cause_brings_what_its_sentence_needs() -> None:
    jpg = ii.Evidence(file="a.jpg")
    pdf = ii.Evidence(file="a.pdf")
    node = reported(
        ii.Answer("regulation", level=3, evidence=[jpg]),
        ii.Answer(
            "human_resources", level=3, evidence=[pdf], verdict=ii.Verdict("accepted", 1, "Hanya 1")
        ),
        ii.Answer("quality_video", level=3, evidence=[pdf], verdict=ii.Verdict("rejected")),
    )
    rows = {row.subject: row for row in node.children}

    def reasons(key: str) -> list[tuple[str, dict[str, object]]]:
        return [(r.key, dict(r.params)) for r in rows[key].reasons]

    assert reasons("regulation") == [("cause.evidence_kind", {"accepted": "PDF"})]
    assert reasons("human_resources") == [
        ("cause.downgraded", {"level": 1}),
        ("cause.note", {"note": "Hanya 1"}),
    ]
    video = EDITION["quality_video"]
    accepted = ", ".join((*(video.file_types or ()), *(("LINK",) if video.link_counts else ())))
    assert reasons("quality_video") == [("cause.evidence_kind", {"accepted": accepted})]
    assert reasons("replication") == [("cause.not_answered", {})]
    # Not eligible, since mandatory rows are empty: nothing counts, the claims stay.
    assert node.points == 0
    assert node.reasons[0].key == "cause.not_eligible"
    assert (rows["human_resources"].level, rows["human_resources"].claimed) == (0, 3)
    assert {row.points for row in node.children} == {0}


def test_why_an_innovation_is_not_eligible_in_official_words() -> None:
    trial = ii.Innovation("1", "Sapa", "d", stage="trial", design="Dua kata")
    found = ineligibility(trial, EDITION)
    assert found[0] == Reason.of(
        "ineligible.stage_not_scored", stage="Uji Coba", scored="Penerapan"
    )
    assert [r.key for r in found[:3]] == [
        "ineligible.stage_not_scored",
        "ineligible.application_not_given",
        "ineligible.design_too_short",
    ]
    strange = evolve(trial, stage="somewhere")
    assert dict(ineligibility(strange, EDITION)[0].params)["stage"] == "somewhere"


# Documents for other programs.


def test_schemas_stay_as_they_were_published() -> None:
    assert score_schema() == published("score")
    assert explanation_schema() == published("explanation")


def test_a_score_document_says_every_number() -> None:
    document = score_document(EXAMPLE, EDITION)
    assert {name: value for name, value in document.items() if name != "bases"} == {
        "format": "inovasi_index.score/1",
        "edition": "iid-2026",
        "region": {"code": "99.71", "name": "Kota Contoh"},
        "innovations": 33,
        "ineligible": 4,
    }
    assert list(document["bases"]) == ["claimed", "documented", "verified"]
    for basis in ii.Basis:
        one = ii.score(EXAMPLE, EDITION, basis=basis)["99.71"]
        assert document["bases"][basis.value] == {
            "index": str(one.index),
            "index_exact": str(one.exact),
            "band": one.band,
            "region_part": str(one.parts.region_part),
            "mean_maturity": str(one.parts.mean_maturity),
            "count_points": str(one.parts.count_points),
            "divisor": 33,
            "empty_seats": 0,
            "basic_affairs": one.basic_affairs,
        }
