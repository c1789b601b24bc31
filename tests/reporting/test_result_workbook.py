"""The result workbook: what it says is what the library computes, and text stays text."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from openpyxl import load_workbook

import inovasi_index as ii
from inovasi_index.analysis import plan
from inovasi_index.errors import (
    BadValueError,
    IncompleteEditionError,
    MissingExtraError,
    SubmissionError,
    UnknownNameError,
)
from inovasi_index.language import text
from inovasi_index.language.rule_notes import note
from inovasi_index.reporting import result_workbook, write_result_workbook
from inovasi_index.reporting.workbook import lists
from inovasi_index.scoring import ineligibility

CITY = ii.read_submission(Path(__file__).parents[2] / "examples" / "kota-contoh.toml")
EDITION = ii.load_edition("iid-2026")
LISTS = ("innovations", "levels", "agencies", "indicators", "gaps", "plan")
HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    '@SUM(1)&HYPERLINK("http://example.invalid")',
    "-2+3",
    "'=1+1",
    "\u202egpj.exe",
    "a\x07b\x00c\x1bd",
    "_x0041_ and \ufffe",
    "<f>1</f> & \"quoted\" 'words'",
    "n" * 40_000,
    "two\nlines\r\nof text",
]


def renamed(code: str, name: str, innovations: int) -> ii.Submission:
    region = attrs.evolve(CITY.region, code=code, name=name)
    return attrs.evolve(CITY, region=region, innovations=CITY.innovations[:innovations])


SEVERAL = [renamed(f"99.7{n}", f"Kota {n}", 33 - 9 * n) for n in range(4)]


class Opened:
    """A workbook that was written and is read back."""

    def __init__(self, folder: Path, given: Any, edition: Any = EDITION, **options: Any) -> None:
        self.path = write_result_workbook(folder / "hasil.xlsx", given, edition, **options)
        self.language = options.get("language", "en")
        self.book = load_workbook(self.path)

    def sheet(self, name: str) -> Any:
        return self.book[text(f"sheet.{name}", self.language)]

    def rows(self, name: str) -> list[dict[str, Any]]:
        heads, *rows = self.sheet(name).iter_rows(values_only=True)
        return [dict(zip(heads, row, strict=True)) for row in rows]

    def said(self, key: str, **params: object) -> str:
        return text(key, self.language, **params)

    def facts(self) -> dict[Any, tuple[Any, ...]]:
        """Return the rows of the summary by their first cell; the first of each counts."""
        found: dict[Any, tuple[Any, ...]] = {}
        for first, *rest in self.sheet("summary").iter_rows(values_only=True):
            found.setdefault(first, tuple(rest))
        return found


@pytest.fixture(scope="module", params=["en", "id"])
def city(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    found = plan(CITY, EDITION, target="65.01")
    folder = tmp_path_factory.mktemp("city")
    return Opened(folder, CITY, language=request.param, plan=found)


def test_the_summary_shows_the_three_bases(city: Opened) -> None:
    facts = city.facts()
    scores = [ii.score(CITY, EDITION, basis=basis)["99.71"] for basis in ii.Basis]
    assert facts[city.said("workbook.index")] == (*(float(s.index) for s in scores), 100)
    assert facts[city.said("workbook.band")][:3] == tuple(s.band for s in scores)
    parts = {
        "region_part": "region_part",
        "mean_maturity_part": "mean_maturity",
        "count_points": "count_points",
    }
    for key, part in parts.items():
        shown = facts[city.said(f"workbook.{key}")][:3]
        assert shown == pytest.approx([float(getattr(s.parts, part)) for s in scores])
    claimed, documented, verified = (s.exact for s in scores)
    assert facts[city.said("workbook.papers")][0] == pytest.approx(float(claimed - documented))
    lowered = facts[city.said("workbook.verification")][0]
    assert lowered == pytest.approx(float(documented - verified))
    assert facts[city.said("workbook.eligible")][:2] == (29, f"{city.said('word.of')} 33")
    assert facts[city.said("column.edition")][0] == EDITION.title
    assert facts["Sangat Inovatif"][:2] == (65.01, 100)


def test_the_summary_says_how_sure_the_rules_are_and_where_they_come_from(city: Opened) -> None:
    facts = city.facts()
    for area in EDITION.completeness:
        name = city.said(f"report.area.{area.area}")
        said, _ = note(area.note, city.language)
        assert facts[name][:2] == (city.said(f"certainty.{area.status}"), said)
    for citation in EDITION.citations:
        assert facts[f"[{citation.key}]"][0] == str(citation)
    assert city.said("report.unofficial") in facts


def test_the_causes_add_up_to_what_is_missing_from_100(city: Opened) -> None:
    facts, gaps = city.facts(), ii.gaps(CITY, EDITION)
    for cause, share in gaps.by_cause().items():
        assert facts[city.said(f"gap.{cause}")][0] == pytest.approx(float(share))
    assert facts[city.said("workbook.all")][0] == pytest.approx(float(gaps.total))
    listed = [row[city.said("column.share")] for row in city.rows("gaps")]
    assert len(listed) == len(gaps)
    assert sum(listed) == pytest.approx(float(gaps.total))
    assert listed == sorted(listed, reverse=True)


def test_each_innovation_has_its_maturity_its_reasons_and_its_levels(city: Opened) -> None:
    table = ii.LevelTable.from_submissions([CITY], EDITION, basis=ii.Basis.DOCUMENTED)
    maturity = {basis: ii.score(CITY, EDITION, basis=basis).maturity for basis in ii.Basis}
    missing = ii.gaps(CITY, EDITION).by_innovation()
    names = {agency.id: agency.name for agency in CITY.agencies}
    rows, levels = city.rows("innovations"), city.rows("levels")
    assert len(rows) == len(levels) == len(CITY.innovations)
    for n, (row, level, one) in enumerate(zip(rows, levels, CITY.innovations, strict=True)):
        assert row[city.said("innovations.id")] == one.id
        assert (
            row[city.said("innovations.name")] == one.name == level[city.said("innovations.name")]
        )
        assert row[city.said("workbook.agency")] == names[one.agency]
        for basis in ii.Basis:
            head = city.said("workbook.maturity", basis=city.said(f"report.{basis}"))
            assert row[head] == maturity[basis][n]
        assert row[city.said("workbook.missing")] == pytest.approx(float(missing.get(one.id, 0)))
        reasons = [r.to_text(city.language) for r in ineligibility(one, EDITION)]
        assert row[city.said("workbook.is_eligible")] == city.said(
            "workbook.no" if reasons else "workbook.yes"
        )
        assert row[city.said("workbook.reasons")] == ("\n".join(reasons) or None)
        for k, indicator in enumerate(EDITION.innovation_indicators):
            assert level[f"{indicator.code} {indicator.name}"] == table.levels[n, k]


def test_agencies_are_all_there_and_average_their_innovations(city: Opened) -> None:
    maturity = ii.score(CITY, EDITION, basis=ii.Basis.VERIFIED).maturity
    of_agency = defaultdict(list)
    for one, points in zip(CITY.innovations, maturity.tolist(), strict=True):
        of_agency[one.agency].append(points)
    head = city.said("workbook.mean_maturity", basis=city.said("report.verified"))
    rows = city.rows("agencies")
    assert [row[city.said("workbook.agency")] for row in rows] == [a.name for a in CITY.agencies]
    assert {a.id for a in CITY.agencies} - of_agency.keys()  # one that reports nothing
    missing = ii.gaps(CITY, EDITION).by_agency()
    for row, agency in zip(rows, CITY.agencies, strict=True):
        points = of_agency[agency.id]
        assert row[city.said("workbook.innovations")] == len(points)
        mean = sum(points) / len(points) if points else None
        assert row[head] == (None if mean is None else pytest.approx(mean))
        shown = row[city.said("workbook.missing")]
        assert shown == pytest.approx(float(missing.get(agency.id, 0)))


def test_indicators_show_mean_levels_and_what_they_miss(city: Opened) -> None:
    table = ii.LevelTable.from_submissions([CITY], EDITION, basis=ii.Basis.CLAIMED)
    assert table.region_columns is not None
    means = [*table.region_columns[:, 0], *table.columns.mean(axis=1)]
    head = city.said("workbook.mean_level", basis=city.said("report.claimed"))
    missing = ii.gaps(CITY, EDITION).by_indicator()
    for row, indicator, mean in zip(city.rows("indicators"), EDITION, means, strict=True):
        assert row[city.said("workbook.indicator")] == indicator.name
        assert row[head] == pytest.approx(mean)
        shown = row[city.said("workbook.missing")]
        assert shown == pytest.approx(float(missing.get(indicator.key, 0)))


def test_the_plan_lists_every_step_with_its_cost_and_gain(city: Opened) -> None:
    found = plan(CITY, EDITION, target="65.01")
    rows = city.rows("plan")
    assert len(rows) == len(found.steps)
    gains = sum(row[city.said("column.gain")] for row in rows)
    assert gains == pytest.approx(float(found.after.exact - found.before.exact))
    assert sum(row[city.said("report.col.cost")] for row in rows) == found.cost
    for row, step in zip(rows, found.steps, strict=True):
        assert row[city.said("column.to_level")] == step.changes[0].to_level
    assert any(city.said("plan.costs_note") == first for first in city.facts())


def test_every_list_filters_stays_in_sight_and_prints(city: Opened) -> None:
    for name in LISTS:
        sheet = city.sheet(name)
        assert sheet.freeze_panes is not None
        assert sheet.freeze_panes.endswith("2")
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
    for sheet in city.book.worksheets:
        assert sheet.page_setup.paperSize == 9  # A4
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.conditional_formatting
    numbers = city.sheet("innovations")[2]
    assert {cell.number_format for cell in numbers if isinstance(cell.value, float)} == {"0.00"}


def test_an_application_sends_the_same_as_bytes(city: Opened) -> None:
    found = plan(CITY, EDITION, target="65.01")
    data = result_workbook(CITY, EDITION, language=city.language, plan=found)
    with zipfile.ZipFile(io.BytesIO(data)) as sent, zipfile.ZipFile(city.path) as written:
        sheets = [name for name in sent.namelist() if name.startswith("xl/")]
        assert len(sheets) > len(LISTS)
        for name in sheets:
            assert sent.read(name) == written.read(name), name


def test_the_basis_decides_levels_and_gaps(tmp_path: Path) -> None:
    opened = Opened(tmp_path, CITY, basis="claimed")
    table = ii.LevelTable.from_submissions([CITY], EDITION, basis=ii.Basis.CLAIMED)
    shown = [list(row.values())[3:] for row in opened.rows("levels")]
    assert shown == table.levels.tolist()
    gaps = ii.gaps(CITY, EDITION, basis=ii.Basis.CLAIMED)
    assert opened.facts()["In all"][0] == pytest.approx(float(gaps.total))
    assert "Plan" not in opened.book.sheetnames


def test_several_regions_have_a_sheet_of_their_own(tmp_path: Path) -> None:
    opened = Opened(tmp_path, iter(SEVERAL), plan=[plan(SEVERAL[1], EDITION, target=55)])
    assert "Regions" in opened.book.sheetnames
    scores = {basis: ii.score(SEVERAL, EDITION, basis=basis) for basis in ii.Basis}
    rows = opened.rows("regions")
    for n, (row, one) in enumerate(zip(rows, SEVERAL, strict=True)):
        assert (row["Region code"], row["Region"]) == (one.region.code, one.region.name)
        for basis, found in scores.items():
            assert row[f"Index, {text(f'report.{basis}')}"] == found.index[n]
        assert row["Band"] == scores[ii.Basis.DOCUMENTED].bands[n]
        assert row["Eligible innovations"] == sum(
            not ineligibility(i, EDITION) for i in one.innovations
        )
    facts = opened.facts()
    documented = scores[ii.Basis.DOCUMENTED].index
    assert facts["Index, mean of the regions"][1] == pytest.approx(documented.mean())
    assert facts["Index, lowest"][1] == documented.min()
    bands = scores[ii.Basis.DOCUMENTED].bands.tolist()
    assert facts["Inovatif"][1] == bands.count("Inovatif")
    total = sum((ii.gaps(one, EDITION).total for one in SEVERAL), Fraction(0)) / len(SEVERAL)
    assert facts["In all"][0] == pytest.approx(float(total))
    for name in ("innovations", "levels"):
        codes = [row["Region code"] for row in opened.rows(name)]
        assert codes == [one.region.code for one in SEVERAL for _ in one.innovations]
    assert {row["Region code"] for row in opened.rows("plan")} == {"99.71"}
    by_agency = sum(row["Missing points of the index"] for row in opened.rows("agencies"))
    shares = (g.share for one in SEVERAL for g in ii.gaps(one, EDITION) if g.agency)
    assert by_agency == pytest.approx(float(sum(shares, Fraction(0))))


def test_only_the_largest_gaps_are_listed_and_the_summary_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (lists, sys.modules["inovasi_index.reporting.workbook.summary"]):
        monkeypatch.setattr(module, "MOST_GAPS", 7)
    opened = Opened(tmp_path, CITY)
    gaps = ii.gaps(CITY, EDITION)
    shown = [row["Points of the index"] for row in opened.rows("gaps")]
    assert shown == pytest.approx([float(gap.share) for gap in gaps.largest(7)])
    assert f"Gaps: the largest 7 of {len(gaps)} single gaps" in opened.facts()


def hostile() -> ii.Submission:
    """Return a region in which every text that people write is hostile."""
    n = len(HOSTILE)
    agencies = [ii.Agency(f"={k}", HOSTILE[k % n], "skpd") for k, _ in enumerate(CITY.agencies)]
    ids = dict(zip((a.id for a in CITY.agencies), (a.id for a in agencies), strict=True))
    innovations = [
        attrs.evolve(i, id=f"-{k}", name=HOSTILE[k % n], agency=ids[i.agency])
        for k, i in enumerate(CITY.innovations)
    ]
    region = attrs.evolve(CITY.region, name='=HYPERLINK("http://example.invalid")')
    return attrs.evolve(CITY, region=region, agencies=agencies, innovations=innovations)


def test_text_stays_text_whatever_it_begins_with(tmp_path: Path) -> None:
    given = hostile()
    opened = Opened(tmp_path, given, plan=plan(given, EDITION, target="65.01"))
    with zipfile.ZipFile(opened.path) as archive:
        for name in archive.namelist():
            xml = archive.read(name).decode("utf-8")
            if name.startswith("xl/worksheets/"):
                assert "<f>" not in xml
                assert "<hyperlink" not in xml
            assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\ufffe]", xml)
    names = [row["Name of the innovation"] for row in opened.rows("innovations")]
    for shown, wanted in zip(names, HOSTILE, strict=False):
        if len(wanted) > 32_767:
            assert len(shown) == 32_767
            assert shown.endswith("…")
        elif wanted.isprintable():
            assert shown == wanted
    assert names[5] == "⟨202E⟩gpj.exe"
    assert names[6] == "a␇b␀c␛d"
    assert names[10] == "two\nlines\nof text"
    runnable = [
        cell
        for sheet in opened.book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.lstrip("'")[:1] in tuple("=+-@")
    ]
    assert len(runnable) > 100
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in runnable)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_calculates_nothing(tmp_path: Path) -> None:
    given = hostile()
    write_result_workbook(tmp_path / "x.xlsx", given, EDITION)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", every_sheet, "x.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)

    def rows(sheet: str) -> list[list[str]]:
        path = tmp_path / f"x-{sheet}.csv"
        return list(csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True)))

    names = [row[1] for row in rows("Innovations")[1:]]
    assert len(names) == len(given.innovations)
    assert names[:5] == HOSTILE[:5]
    assert names[7] == "_x0041_ and ⟨FFFE⟩"
    assert names[8] == HOSTILE[8]
    index = next(row for row in rows("Summary") if row[0] == "Index")
    scores = [ii.score(given, EDITION, basis=basis)["99.71"] for basis in ii.Basis]
    assert [float(cell) for cell in index[1:4]] == [float(s.index) for s in scores]


def test_a_region_without_innovations_is_written(tmp_path: Path) -> None:
    bare = attrs.evolve(CITY, answers=(), region_points=40, innovations=(), agencies=())
    opened = Opened(tmp_path, bare)
    for name in ("innovations", "levels", "agencies"):
        assert opened.rows(name) == []
    means = [row["Mean level, Claimed"] for row in opened.rows("indicators")]
    assert means == [None] * 40


def test_nothing_is_missing_from_a_full_index(tmp_path: Path) -> None:
    top = [ii.Answer(row.key, level=row.top_level) for row in EDITION.region_indicators]
    rows = [ii.Answer(row.key, level=row.top_level) for row in EDITION.innovation_indicators]
    first = CITY.innovations[0]
    basic = [affair.key for affair in EDITION.basic_affairs]
    innovations = [
        attrs.evolve(first, id=str(n), affair=basic[n % len(basic)], answers=rows)
        for n in range(200)
    ]
    opened = Opened(
        tmp_path, attrs.evolve(CITY, answers=top, innovations=innovations), basis="claimed"
    )
    assert opened.facts()["Index"][0] == 100
    assert opened.facts()["In all"][0] == 0
    assert opened.rows("gaps") == []


def test_what_an_edition_cannot_answer_is_left_out_and_said(tmp_path: Path) -> None:
    formula = attrs.evolve(EDITION.formula, count_max_hundredths=None)
    for folder, given in (("one", CITY), ("several", SEVERAL)):
        (tmp_path / folder).mkdir()
        silent = attrs.evolve(EDITION, formula=formula, completeness=(), bands=())
        opened = Opened(tmp_path / folder, given, silent)
        assert "Gaps" not in opened.book.sheetnames
        facts = opened.facts()
        assert any("no source gives count max hundredths" in str(first) for first in facts)
        assert text("report.certainty.not_stated") in facts
        for name in ("innovations", "agencies", "indicators"):
            assert not any("issing" in head for head in opened.rows(name)[0])


def test_a_band_that_no_source_decides_is_a_question_mark(tmp_path: Path) -> None:
    edition = ii.load_edition("iid-2025").supply(minimum_divisor=12, basic_affairs_needed=5)
    bare = attrs.evolve(CITY, year=2025, answers=(), region_points=10, innovations=())
    others = [bare, attrs.evolve(bare, region=attrs.evolve(bare.region, code="99.72"))]
    known = ii.score(bare, edition)["99.71"].band_if_known
    assert known is None
    opened = Opened(tmp_path, bare, edition)
    assert opened.facts()["Band"][:3] == ("?", "?", "?")
    note = f"? {text('how.no_band')}"
    assert note in opened.facts()
    opened = Opened(tmp_path, others, edition)
    assert opened.facts()["?"][:3] == (2, 2, 2)
    assert [row["Band"] for row in opened.rows("regions")] == ["?", "?"]


def test_another_year_is_a_what_if(tmp_path: Path) -> None:
    later = attrs.evolve(CITY, year=2031)
    with pytest.warns(ii.errors.PeriodWarning):
        opened = Opened(tmp_path, later, language="id")
    said = text("report.other_year", "id", period="2026", year="2031")
    assert said in opened.facts()


def test_a_plan_must_be_for_the_regions_and_the_edition(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    found = plan(CITY, EDITION, target=55)
    with pytest.raises(UnknownNameError, match=r"region of the plan '99\.71'"):
        write_result_workbook(path, SEVERAL[2], EDITION, plan=found)
    with (
        pytest.warns(ii.errors.PeriodWarning),
        pytest.raises(BadValueError, match="the plan is by iid-2026, the workbook by iid-2027"),
    ):
        write_result_workbook(path, CITY, "iid-2027", plan=found)
    assert not path.exists()


@pytest.mark.parametrize("basis", list(ii.Basis))
def test_steps_of_every_kind_are_in_words(tmp_path: Path, basis: ii.Basis) -> None:
    found = plan(CITY, EDITION, target=80, basis=basis, max_new_innovations=60)
    opened = Opened(tmp_path, CITY, basis=basis, plan=found)
    said = [row["What to do"] for row in opened.rows("plan")]
    assert len(said) == len(found.steps)
    for words, step in zip(said, found.steps, strict=True):
        assert words[0].isupper()
        assert ("further innovation" in words) == bool(step.levels)
    note = text("plan.verified_note")
    assert (note in opened.facts()) == (basis is ii.Basis.VERIFIED)


def test_an_old_file_stays_when_something_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(b"old")
    broken = attrs.evolve(CITY, answers=[ii.Answer("vision_mision", level=1)])
    with pytest.raises(SubmissionError, match="vision_mission"):
        write_result_workbook(path, broken, EDITION)
    bare = attrs.evolve(CITY, year=2025, answers=(), region_points=40, innovations=())
    with pytest.raises(IncompleteEditionError):
        write_result_workbook(path, bare, "iid-2025")
    with pytest.raises(BadValueError, match="there is no submission"):
        write_result_workbook(path, [], EDITION)
    with pytest.raises(BadValueError, match=r"must end in \.xlsx"):
        write_result_workbook(tmp_path / "old.xls", CITY, EDITION)
    with pytest.raises(OSError, match="missing"):
        write_result_workbook(tmp_path / "missing" / "x.xlsx", CITY, EDITION)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"inovasi_index\[spreadsheets\]"):
        write_result_workbook(path, CITY, EDITION)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["old.xlsx"]


def test_a_list_longer_than_a_sheet_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = sys.modules["inovasi_index.reporting.workbook.results"]
    monkeypatch.setattr(results, "MOST_ITEMS", 32)
    with pytest.raises(BadValueError, match="33 innovations are more than the 32"):
        write_result_workbook(tmp_path / "x.xlsx", CITY, EDITION)
