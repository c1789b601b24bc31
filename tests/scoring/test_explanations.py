"""An explanation adds up to the score, names every cause, and says it in two languages."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, submissions

import inovasi_index as ii
from inovasi_index.records import standings

EDITION = ii.load_edition("iid-2026")
PAPER = (ii.Evidence("SK", "sk.pdf"),)


def example() -> ii.Submission:
    """One eligible innovation, one that is not, and a few region rows."""
    mandatory = [
        ii.Answer(
            "regulation", level=3, evidence=PAPER, verdict=ii.Verdict("accepted", 2, "Perkada")
        ),
        ii.Answer("human_resources", value=Decimal(27), evidence=PAPER),
        ii.Answer(
            "creation_speed", value=Decimal(3), evidence=PAPER, verdict=ii.Verdict("rejected")
        ),
        ii.Answer("benefits", value=Decimal("12.5"), measure="b", evidence=PAPER),
        ii.Answer("quality_video", level=3, evidence=[ii.Evidence(url="https://example.org/v")]),
    ]
    good = ii.Innovation(
        "sapa",
        "Sapa Ibu",
        "dinkes",
        stage="application",
        application_date=dt.date(2025, 1, 1),
        design_words=400,
        affair="health",
        answers=[*mandatory, ii.Answer("outreach", level=2, evidence=PAPER)],
    )
    bad = ii.Innovation("coba", "Coba Dulu", "dinkes", stage="trial", design="Terlalu pendek.")
    return ii.Submission(
        ii.Region("99.71", "Kota Contoh", "city"),
        2026,
        agencies=[ii.Agency("dinkes", "Dinas Kesehatan")],
        innovations=[good, bad],
        answers=[ii.Answer("unemployment_rate", value=Decimal("4.1"), evidence=PAPER)],
    )


@examples(40)
@given(submissions(EDITION))
def test_every_node_adds_up_exactly_on_every_basis(submission: ii.Submission) -> None:
    for basis in ii.Basis:
        one = ii.score(submission, EDITION, basis=basis)[submission.region.code]
        whole = one.explain()
        assert whole.share == one.exact
        for node in whole:
            if node.children:
                assert sum((c.share for c in node.children), Fraction(0)) == node.share
        for kind, points in (
            ("region_part", one.parts.region_part),
            ("mean_maturity", one.parts.mean_maturity),
            ("count_points", one.parts.count_points),
        ):
            assert whole.find(kind, kind).points == points
        json.dumps(whole.to_dict("id"))
        assert whole.to_text("id", depth=9)


@examples(40)
@given(submissions(EDITION))
def test_the_three_bases_only_go_down(submission: ii.Submission) -> None:
    claimed, documented, verified = (
        ii.score(submission, EDITION, basis=basis).index_hundredths[0] for basis in ii.Basis
    )
    assert verified <= documented <= claimed


@examples(40)
@given(submissions(EDITION), st.sampled_from(["a.pdf", "a.jpg", "a.mp4", "a.exe"]))
def test_more_evidence_never_lowers_a_documented_score(
    submission: ii.Submission, file: str
) -> None:
    from attrs import evolve

    def more(answers: tuple[ii.Answer, ...]) -> list[ii.Answer]:
        return [evolve(a, evidence=[*a.evidence, ii.Evidence(file=file)]) for a in answers]

    richer = evolve(
        submission,
        answers=more(submission.answers),
        innovations=[evolve(i, answers=more(i.answers)) for i in submission.innovations],
    )
    before, after = (ii.score(s, EDITION).index_hundredths[0] for s in (submission, richer))
    assert after >= before


@examples(40)
@given(submissions(EDITION))
def test_the_level_of_a_row_is_the_standing_of_its_answer(submission: ii.Submission) -> None:
    whole = ii.score(submission, EDITION)[submission.region.code].explain()
    for innovation in submission.innovations:
        node = whole.find("innovation", innovation.id)
        for row, standing in zip(node.children, standings(innovation, EDITION), strict=True):
            assert (row.subject, row.level, row.claimed) == (
                standing.indicator,
                standing.documented,
                standing.claimed,
            )
            assert row.reasons[0].key == f"cause.{standing.cause}"


def test_a_row_shows_value_level_weight_points_share_and_sources() -> None:
    one = ii.score(example(), EDITION)["99.71"]
    row = one.explain("sapa", "human_resources")
    assert (row.value, row.unit, row.level) == (Decimal(27), "orang", 2)
    assert (row.weight, row.points) == (Fraction(2), Fraction(4))
    assert row.share == Fraction(4, 12) / 250 * 100
    assert row.level_text == "11-30 SDM"
    assert "400.10.11/1887/BSKDN" in str(row.citations[0])
    said = row.to_text("id")
    assert "nilai 27 orang → level 2 × 2,00 = 4,00 poin" in said
    assert "“11-30 SDM”" in said


def test_other_bases_of_measurement_show_their_own_text() -> None:
    row = ii.score(example(), EDITION)["99.71"].explain("sapa", "benefits")
    assert row.level == 1
    assert row.level_text == "Cakupan unit penerima manfaat 5,00% s.d. 20,00% dari unit sasaran"


@pytest.mark.parametrize(
    ("basis", "level", "said"),
    [
        (ii.Basis.CLAIMED, 3, "the verifier accepted level 2"),
        (ii.Basis.DOCUMENTED, 3, "the verifier accepted level 2"),
        (ii.Basis.VERIFIED, 2, "claimed level 3 → level 2 × 3.00 = 6.00 points"),
    ],
)
def test_each_basis_counts_its_own_level(basis: ii.Basis, level: int, said: str) -> None:
    row = ii.score(example(), EDITION, basis=basis)["99.71"].explain("sapa", "regulation")
    assert row.level == level
    assert said in row.to_text()
    assert "note: Perkada" in row.to_text()


def test_an_ineligible_innovation_counts_nothing_when_verified_and_says_why() -> None:
    node = ii.score(example(), EDITION, basis=ii.Basis.VERIFIED)["99.71"].explain("coba")
    assert node.points == 0
    english, indonesian = node.to_text(), node.to_text("id")
    assert "stage Uji Coba is not scored; scored: Penerapan" in english
    assert "rancang bangun 2 kata; paling sedikit 300 kata" in indonesian


def test_one_row_of_the_region_part() -> None:
    row = ii.score(example(), EDITION)["99.71"].explain(indicator="unemployment_rate")
    assert (row.level, row.points) == (2, Fraction(3, 2))


def test_totals_are_explained_as_far_as_they_go() -> None:
    one = ii.project_index(
        EDITION, region_points=50, mean_maturity=80, innovations=30, basic_affairs=4
    )
    said = one.explain().to_text("id")
    assert "tanpa poin: 4 dari 6 urusan wajib pelayanan dasar terwakili, perlu 5" in said
    assert "diberikan sebagai poin" in said
    with pytest.raises(ii.errors.BadValueError, match="knows no innovations"):
        one.explain("sapa")


def test_a_region_goes_by_code_and_name_as_far_as_they_are_known() -> None:
    whole = ii.score(example(), EDITION)["99.71"].explain()
    assert (whole.subject, whole.name) == ("99.71", "Kota Contoh · iid-2026")
    totals = {"region_points": 50, "mean_maturity": 80, "innovations": 30, "basic_affairs": 4}
    nowhere = ii.project_index(EDITION, **totals).explain()
    assert (nowhere.subject, nowhere.name) == ("", "iid-2026")


def test_text_is_indented_by_depth_and_fits_the_terminal() -> None:
    whole = ii.score(example(), EDITION)["99.71"].explain()
    lines = whole.to_text(width=60, depth=1).splitlines()
    assert lines[0] == "Kota Contoh · iid-2026: Index 1.53 (Kurang Inovatif)"
    assert "  · documented levels" in lines
    assert "  Region part: 1.50 of 63.00 points → 0.60 of the index" in lines
    assert "    source: [A] [C] [E]" in lines
    assert max(map(len, lines)) <= 60


def test_text_names_the_sources_of_what_it_shows() -> None:
    maturity = ii.score(example(), EDITION)["99.71"].explain("sapa")
    assert not maturity.citations
    assert "Sources" not in maturity.to_text(depth=0)
    rows = {c.key for row in maturity.children for c in row.citations}
    said = maturity.to_text(depth=1).partition("Sources:")[2]
    assert rows == set(re.findall(r"^  \[(\w+)\]", said, re.MULTILINE))


def test_unknown_parts_are_refused() -> None:
    one = ii.score(example(), EDITION)["99.71"]
    with pytest.raises(ii.errors.UnknownNameError, match="did you mean 'sapa'"):
        one.explain("sapo")
    with pytest.raises(ii.errors.UnknownNameError, match="did you mean 'regulation'"):
        one.explain("sapa", "regulasion")
    with pytest.raises(ii.errors.BadValueError, match="row of the region part"):
        one.explain("sapa", "unemployment_rate")
    with pytest.raises(ii.errors.BadValueError, match="row of the innovation part"):
        one.explain(indicator="regulation")


def test_the_plain_form_carries_its_version_and_exact_shares() -> None:
    plain = json.loads(ii.score(example(), EDITION)["99.71"].explain().to_json("id"))
    assert plain["format"] == "inovasi_index.explanation/1"
    parts = plain["children"]
    assert sum(Fraction(p["share_exact"]) for p in parts) == Fraction(plain["share_exact"])
    assert {p["kind"] for p in parts} == {"region_part", "mean_maturity", "count_points"}


def test_region_points_stand_in_for_the_rows() -> None:
    one = ii.score(example(), EDITION, region_points="48.25")["99.71"]
    assert one.parts.region_part == Fraction("48.25")
    assert "given as points" in one.explain().to_text()
    with pytest.raises(ii.errors.BadValueError, match="for one submission"):
        ii.score([], EDITION, region_points=3)


def test_several_submissions_and_their_columns() -> None:
    from attrs import evolve

    other = evolve(example(), region=ii.Region("99.72", "Kota Lain", "city"))
    scores = ii.score([example(), other], "iid-2026")
    assert [one.region.code for one in scores if isinstance(one.region, ii.Region)] == [
        "99.71",
        "99.72",
    ]
    agencies = scores.to_columns("agencies")
    assert agencies["innovations"].tolist() == [2, 2]
    assert agencies["mean_maturity"][0] == scores.maturity[:2].mean()
    assert scores.to_columns("innovations")["innovation"].tolist() == ["sapa", "coba"] * 2
    with pytest.raises(ii.errors.SubmissionError, match=r"99\.71 occurs twice"):
        ii.score([example(), example()], EDITION)


def test_an_edition_is_needed_and_its_period_is_watched() -> None:
    from attrs import evolve

    with pytest.raises(ii.errors.BadValueError, match="give the edition"):
        ii.score(example())
    with pytest.raises(ii.errors.BadValueError, match="give the edition"):
        ii.maturity(example())
    with pytest.warns(ii.errors.PeriodWarning, match="2031"):
        ii.score(evolve(example(), year=2031), EDITION)


def test_maturity_needs_no_formula() -> None:
    from attrs import evolve

    bare = evolve(example(), year=2021, answers=())
    people = [ii.Answer("benefits", value=Decimal(150)), ii.Answer("regulation", level=3)]
    two = evolve(bare, innovations=[evolve(bare.innovations[0], answers=people)])
    points = ii.maturity(two, "iid-2021", basis=ii.Basis.CLAIMED)
    assert points.tolist() == [5 * 2 + 4 * 3]  # 150 people were level 2, and a row weighed 5
