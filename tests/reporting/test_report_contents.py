"""What the report says is what the library computes, and it says what it does not know."""

from __future__ import annotations

import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest

import inovasi_index as ii
from inovasi_index.analysis import (
    Forbidden,
    Plan,
    StepKind,
    UnreachableError,
    distance,
    plan,
    select_innovations,
)
from inovasi_index.analysis.gaps import PAPER_CAUSES
from inovasi_index.errors import BadValueError, IncompleteEditionError
from inovasi_index.language import Language, number, text
from inovasi_index.language.rule_notes import NOTES
from inovasi_index.reporting import html_report
from inovasi_index.reporting.report import findings

ROOT = Path(__file__).resolve().parents[2]
CITY = ii.read_submission(ROOT / "examples" / "kota-contoh.toml")
EDITION = ii.load_edition("iid-2026")
Table = list[list[str]]


class Reader(HTMLParser):
    """Collects the words of each section and the cells of its tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.section = "head"
        self.said: dict[str, str] = {}
        self.tables: dict[str, list[Table]] = {}
        self.in_cell = self.in_style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self.section = dict(attrs)["id"] or ""
        elif tag == "table":
            self.tables.setdefault(self.section, []).append([])
        elif tag == "tr":
            self.tables[self.section][-1].append([])
        elif tag in {"td", "th"}:
            self.tables[self.section][-1][-1].append("")
            self.in_cell = True
        self.in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.in_cell = False

    def handle_data(self, data: str) -> None:
        if self.in_style:
            return
        self.said[self.section] = self.said.get(self.section, "") + data
        if self.in_cell:
            self.tables[self.section][-1][-1][-1] += data


def read(submission: ii.Submission, edition: Any = EDITION, **how: Any) -> Reader:
    return Reader(html_report(submission, edition, **how))


def amount(written: str) -> Fraction:
    return Fraction(written.replace(",", ".").lstrip("+"))


@pytest.fixture(scope="module", params=list(ii.Basis))
def basis(request: pytest.FixtureRequest) -> ii.Basis:
    found: ii.Basis = request.param
    return found


@pytest.fixture(scope="module")
def report(basis: ii.Basis) -> Reader:
    return read(CITY, language="id", basis=basis)


def of_basis(basis: ii.Basis) -> ii.RegionScore:
    return ii.score(CITY, EDITION, basis=basis)["99.71"]


def shown(value: Any) -> str:
    return number(value, Language.INDONESIAN)


def test_the_three_scores_stand_in_the_summary(report: Reader, basis: ii.Basis) -> None:
    said = report.said["summary"]
    for one in map(of_basis, ii.Basis):
        assert f"{shown(one.index)} ({one.band})" in said
    claimed, documented, verified = map(of_basis, ii.Basis)
    assert f"{shown(claimed.exact - documented.exact)} poin hilang" in said
    assert f"{shown(documented.exact - verified.exact)} poin masih menunggu" in said
    assert f"Indeks ({text(f'report.{basis}', 'id').lower()})" in said
    assert said.index(shown(of_basis(basis).index)) < 60
    assert "26 dari 27 perangkat daerah" in said
    assert "5 dari 6 urusan wajib" in said


def test_the_parts_add_up_in_the_table(report: Reader, basis: ii.Basis) -> None:
    parts = report.tables["why"][0][1:]
    shares = [amount(row[2]) for row in parts]
    one = of_basis(basis)
    exact = [x * Fraction(2, 5) for x in attrs.astuple(one.parts)]
    assert shares == [amount(shown(x)) for x in exact]
    assert abs(sum(shares) - one.exact) < Fraction(2, 100)


def test_every_row_of_the_region_is_listed(report: Reader, basis: ii.Basis) -> None:
    rows = report.tables["why"][1][1:]
    assert [row[0] for row in rows] == [
        f"{row.code}. {row.name}" for row in EDITION.region_indicators
    ]
    points = sum((amount(row[2]) for row in rows), Fraction(0))
    assert points == of_basis(basis).parts.region_part


def test_every_innovation_is_listed_with_its_three_maturities(report: Reader) -> None:
    rows = {
        row[0].removesuffix(" tidak memenuhi syarat"): row for row in report.tables["why"][2][1:]
    }
    assert len(rows) == 33
    for n, innovation in enumerate(CITY.innovations):
        found = [ii.maturity(CITY, EDITION, basis=b)[n] for b in ii.Basis]
        assert [float(amount(x)) for x in rows[innovation.name][2:5]] == found


def test_agencies_are_listed_and_the_silent_ones_named(report: Reader, basis: ii.Basis) -> None:
    rows = report.tables["why"][3][1:]
    scores = ii.score(CITY, EDITION, basis=basis).to_columns("agencies")
    heard = scores["innovations"] > 0
    assert {row[0] for row in rows} == set(scores["name"][heard].tolist())
    means = dict(zip(scores["name"].tolist(), scores["mean_maturity"].tolist(), strict=True))
    for row in rows:
        assert float(amount(row[2])) == pytest.approx(means[row[0]], abs=0.005)
    assert "Dinas Perumahan Rakyat dan Kawasan Permukiman" in report.said["why"]


def test_causes_are_those_of_the_gaps_and_add_up(report: Reader, basis: ii.Basis) -> None:
    found = ii.gaps(CITY, EDITION, basis=basis)
    rows = report.tables["missing"][0][1:]
    causes = {k: v for k, v in found.by_cause().items() if v}
    assert [amount(row[1]) for row in rows] == [amount(shown(v)) for v in causes.values()]
    assert f"{shown(found.total)} poin" in report.said["missing"]


def test_missing_papers_are_worth_what_they_cost(report: Reader) -> None:
    claimed, documented = of_basis(ii.Basis.CLAIMED), of_basis(ii.Basis.DOCUMENTED)
    assert f"bernilai {shown(claimed.exact - documented.exact)} poin" in report.said["missing"]
    rows = report.tables["missing"][2][1:]
    listed = sum((amount(row[3]) for row in rows[:-1]), Fraction(0))
    match = re.search(r"dan (\d+) lainnya, bersama-sama ([\d,]+) poin", rows[-1][0])
    assert match
    papers = [g for g in ii.gaps(CITY, EDITION) if g.cause in PAPER_CAUSES]
    assert len(rows) - 1 + int(match[1]) == len(papers)
    assert abs(listed + amount(match[2]) - claimed.exact + documented.exact) < Fraction(2, 10)


def test_the_way_to_the_next_band_is_that_of_the_library(report: Reader, basis: ii.Basis) -> None:
    way = distance(CITY, EDITION, basis=basis)
    said = report.said["next"]
    if way.reached:
        assert "predikat tertinggi" in said
        return
    assert f"{shown(way.missing)} poin indeks" in said
    assert str(way.looked_at) in said
    found = plan(CITY, EDITION, target=way.target.index, basis=basis)
    assert (
        f"Langkah: {len(found.steps)}. Biaya: {found.cost}. Hasil: {shown(found.after.index)}"
        in said
    )
    assert "ini terbukti" in said
    by_agency, steps = report.tables["next"]
    assert sum(int(row[1]) for row in by_agency[1:]) == len(found.steps)
    assert sum((amount(row[2]) for row in by_agency[1:]), Fraction(0)) == found.cost
    gains = [step.gain for step in sorted(found.steps, key=lambda s: -s.gain)][:25]
    assert [amount(row[3]) for row in steps[1:26]] == [amount(shown(gain)) for gain in gains]


def test_the_selection_is_that_of_the_library(report: Reader, basis: ii.Basis) -> None:
    found = select_innovations(CITY, EDITION, basis=basis)
    said = report.said["next"]
    assert (
        f"Dengan {len(found.reported)} dari 33 inovasi indeks menjadi {shown(found.after.index)}"
        in said
    )
    assert "bukan penilaian atas kerjanya" in said


def test_the_ineligible_have_all_their_reasons(report: Reader) -> None:
    rows = report.tables["ineligible"][0][1:]
    assert len(rows) == 4
    for innovation in CITY.innovations:
        for reason in ii.scoring.ineligibility(innovation, EDITION):
            (row,) = (r for r in rows if r[0].startswith(innovation.name))
            assert reason.to_text("id") in row[1]


def test_certainty_and_sources_are_those_of_the_edition(report: Reader) -> None:
    areas = report.tables["certainty"][0][1:]
    assert [row[2] for row in areas] == [NOTES[area.note] for area in EDITION.completeness]
    assert {row[1] for row in areas} == {"resmi", "disimpulkan"}
    assert all(str(citation) in report.said["sources"] for citation in EDITION.citations)
    assert "tafsiran kami" in report.said["certainty"].casefold()
    assert "Sangat Inovatif, Inovatif, Kurang Inovatif" in report.said["glossary"]


def test_official_words_are_marked_as_indonesian_in_an_english_report() -> None:
    page = html_report(CITY, EDITION)
    assert '<span lang="id">16. Regulasi Inovasi Daerah</span>' in page
    assert '<html lang="en">' in page


# --- corners ---------------------------------------------------------------------------------


def test_a_submission_without_innovations_is_reported() -> None:
    found = read(attrs.evolve(CITY, innovations=(), answers=(), agencies=()), language="id")
    assert "Tidak ada inovasi yang dilaporkan" in found.said["why"]
    assert "tidak ada inovasi, sehingga tanpa poin" in found.said["why"]
    assert "12 kursi kosong" in found.said["why"]
    assert "Tidak ada klaim yang gugur" in found.said["missing"]
    assert "Semua inovasi memenuhi syarat" in found.said["ineligible"]


def test_a_region_part_of_points_has_no_rows() -> None:
    found = read(attrs.evolve(CITY, answers=(), region_points="49.25"))
    assert "given as points" in found.said["why"]
    assert len(found.tables["why"]) == 3
    assert read(CITY).said["summary"][:40] == found.said["summary"][:40]


def test_too_few_basic_affairs_cost_the_points_of_the_number() -> None:
    few = attrs.evolve(CITY, innovations=CITY.innovations[:3])
    assert "no points, because only" in read(few).said["why"]


def full(n: int = 200) -> ii.Submission:
    rows = EDITION.innovation_indicators
    innovations = [
        ii.Innovation(
            str(k),
            f"Inovasi {k}",
            "a",
            affair=EDITION.affairs[k % 6].key,
            answers=[ii.Answer(row.key, level=row.top_level) for row in rows],
        )
        for k in range(n)
    ]
    return ii.Submission(
        ii.Region("99.71", "Kota", "city"),
        2026,
        [ii.Agency("a", "A")],
        innovations,
        answers=[ii.Answer(r.key, level=r.top_level) for r in EDITION.region_indicators],
    )


def test_a_full_score_misses_nothing() -> None:
    found = read(full(), basis=ii.Basis.CLAIMED)
    assert "Nothing is missing" in found.said["missing"]
    assert "This is the highest band" in found.said["summary"]
    assert "Reporting all innovations gives the highest index" in found.said["next"]
    assert "Everything that is documented is verified" in found.said["summary"]


def test_single_steps_that_suffice_are_named() -> None:
    # All rows of the region at level 2 and 60 full innovations: 42 + 111 + 22.80 points, 70.32.
    levels = [ii.Answer(row.key, level=2) for row in EDITION.region_indicators]
    high = attrs.evolve(full(60), answers=levels)
    assert "highest band" in read(high, basis=ii.Basis.CLAIMED).said["next"]
    # At level 1 with 51 of them: 21 + 111 + 19.38 points, 60.55; one step does not do.
    low = attrs.evolve(full(51), answers=[attrs.evolve(a, level=1) for a in levels])
    assert "No single step reaches it" in read(low, basis=ii.Basis.CLAIMED).said["next"]
    # With 80: 21 + 111 + 30.40 points, 64.96; a single level of the region lifts it over 65.01.
    near = attrs.evolve(full(80), answers=low.answers)
    found = distance(near, EDITION, basis=ii.Basis.CLAIMED)
    said = read(near, basis=ii.Basis.CLAIMED).said["next"]
    assert f"{len(found.steps)} of {found.looked_at} single steps would reach it alone" in said
    assert "report a further innovation" in said or "raise the level" in said


@pytest.mark.parametrize("year", [2024, 2025])
def test_an_edition_that_lacks_the_formula_refuses(year: int) -> None:
    bare = attrs.evolve(CITY, year=year, answers=(), region_points="40", innovations=())
    with pytest.raises(IncompleteEditionError, match=r"edition\.supply"):
        html_report(bare, f"iid-{year}")


def test_an_edition_that_says_little_of_itself_is_reported() -> None:
    silent = attrs.evolve(
        EDITION,
        completeness=(),
        conflicts=(),
        citations=(),
        sources=(),
        formula=attrs.evolve(EDITION.formula, sources=(), basic_affairs_needed=0),
        bands=tuple(attrs.evolve(band, sources=()) for band in EDITION.bands),
        eligibility=attrs.evolve(EDITION.eligibility, sources=()),
        affairs=tuple(attrs.evolve(affair, basic=False) for affair in EDITION.affairs),
        indicators=tuple(
            attrs.evolve(row, sources=(), evidence=None, file_types=None) for row in EDITION
        ),
    )
    found = read(CITY, silent)
    assert "says nothing about how complete it is" in found.said["certainty"]
    assert "Our readings" not in found.said["certainty"]
    assert "basic affairs" not in found.said["glossary"] + found.said["summary"]
    assert "What these rows ask for" not in found.said["missing"]


def test_rows_without_weight_are_reported() -> None:
    rows = tuple(attrs.evolve(row, weight_hundredths=0) for row in EDITION)
    found = read(CITY, attrs.evolve(EDITION, indicators=rows))
    assert {row[2] for row in found.tables["why"][1][1:]} == {"0.00"}


def test_a_maximum_that_is_not_known_leaves_the_gaps_out() -> None:
    formula = attrs.evolve(EDITION.formula, count_max_hundredths=None)
    found = read(CITY, attrs.evolve(EDITION, formula=formula))
    assert "no source gives count max hundredths" in found.said["certainty"]
    assert found.said["missing"] == "What is missing from 100"
    assert [row[1] for row in found.tables["why"][0][1:]] == [
        "49.25 of 63.00 points",
        "71.24 of 111.00 points",
        "12.54",
    ]


def test_what_an_edition_cannot_answer_is_left_out_and_said() -> None:
    found = read(attrs.evolve(CITY, year=2027), "iid-2027", language="id")
    assert "predikat belum diketahui" in found.said["summary"]
    assert "belum cukup diketahui" in found.said["certainty"]
    assert "cannot be classified" in found.said["certainty"]
    assert "Menurut penyebab" in found.said["missing"]


def test_another_year_is_said_to_be_a_what_if() -> None:
    with pytest.warns(ii.errors.PeriodWarning):
        found = read(attrs.evolve(CITY, year=2025))
    assert "read the result as a what-if" in found.said["head"]
    assert "what-if" not in read(CITY).said["head"]


# --- plans that do not come out --------------------------------------------------------------


def planned(**changes: Any) -> Plan:
    way = distance(CITY, EDITION, basis=ii.Basis.VERIFIED)
    found = plan(CITY, EDITION, target=way.target.index, basis=ii.Basis.VERIFIED)
    return attrs.evolve(found, **changes)


def only(*kinds: StepKind) -> Plan:
    """Return a plan of the city that takes no other kinds of steps."""
    forbid = [Forbidden(kind=kind) for kind in StepKind if kind not in kinds]
    return plan(CITY, EDITION, target="34.50", basis=ii.Basis.VERIFIED, forbid=forbid)


def with_plan(
    monkeypatch: pytest.MonkeyPatch, outcome: Plan | Exception, submission: ii.Submission = CITY
) -> str:
    def instead(*_: object, **__: object) -> Plan:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(findings, "plan", instead)
    return read(submission, basis=ii.Basis.VERIFIED).said["next"]


def test_a_plan_that_is_not_proven_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said = with_plan(monkeypatch, planned(bound=Fraction(3)))
    assert "no plan costs less than 3." in said
    assert "proven" not in said


def test_a_target_out_of_reach_names_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    said = with_plan(monkeypatch, UnreachableError("no", planned()))
    assert "No plan reaches 40.01; the best that can be reached is 40.10" in said


def test_further_innovations_belong_to_nobody_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    found = only(StepKind.REPORT_INNOVATION, StepKind.COVER_AFFAIR)
    assert found.steps
    said = with_plan(monkeypatch, found)
    assert "a further innovation" in said
    assert "agency not chosen yet" in said
    assert "the government as a whole" not in said


def test_completions_say_what_is_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    # Several completions cost the same; the solver may take any, so leave it one.
    others = [
        Forbidden(kind=StepKind.COMPLETE_INNOVATION, innovation=one.id)
        for one in CITY.innovations
        if one.id != "kebun-sains"
    ]
    forbid = [*others, *(Forbidden(kind=k) for k in StepKind if k != StepKind.COMPLETE_INNOVATION)]
    found = plan(CITY, EDITION, target="34.50", basis=ii.Basis.VERIFIED, forbid=forbid)
    said = with_plan(monkeypatch, found)
    assert "Kebun Sains di Halaman Sekolah" in said
    assert "complete it so that it is eligible: design of at least 300 words" in said


def test_a_plan_that_takes_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    said = with_plan(monkeypatch, BadValueError("time"))
    assert "searches on" in said
    assert "The largest single gaps" in said


def test_without_rows_there_are_no_rows_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = attrs.evolve(CITY, answers=(), region_points="49", innovations=())
    assert "The largest single gaps" not in with_plan(monkeypatch, BadValueError("time"), bare)
    assert "By row" not in read(bare).said["missing"]
