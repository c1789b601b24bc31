"""A template that is filled in as people do: choosing from its lists, then read back."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

import inovasi_index as ii
from inovasi_index.errors import BadValueError, FileFormatError, MissingExtraError, SubmissionError
from inovasi_index.io import write_template
from inovasi_index.io.notation import evidence_text
from inovasi_index.language import text
from inovasi_index.language.rule_notes import area_name, note
from inovasi_index.records import AgencyKind, Answer, Cluster, Innovation, Submission
from inovasi_index.rules import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXAMPLE = ii.read_submission(Path(__file__).parents[2] / "examples" / "kota-contoh.toml")
EDITION = ii.load_edition("iid-2026")
LANGUAGES = ("en", "id")


class Form:
    """A template in a spreadsheet program: cells are typed into, or chosen from a list."""

    def __init__(self, path: Path, language: str) -> None:
        self.path = path
        self.language = language
        self.book = load_workbook(path)

    def sheet(self, name: str) -> Any:
        return self.book[text(f"sheet.{name}", self.language)]

    def columns(self, name: str) -> dict[str, int]:
        (heads,) = self.sheet(name).iter_rows(max_row=1, values_only=True)
        return {head: n for n, head in enumerate(heads, 1) if head}

    def choices(self, sheet: Any, cell: str) -> list[str] | None:
        """Return what the list of a cell offers; `None` when it has no list."""
        for check in sheet.data_validations.dataValidation:
            if check.type == "list" and cell in check.cells:
                name, _, area = check.formula1.removeprefix("=").rpartition("!")
                where = self.book[name.strip("'")]
                first, top, last, bottom = range_boundaries(area.replace("$", ""))
                cells = where.iter_rows(top, bottom, first, last, values_only=True)
                return [str(value) for (value,) in cells if value is not None]
        return None

    def put(self, name: str, row: int, column: int, value: Any) -> None:
        """Type a value, or choose the one of the list that has it as its code."""
        if value is None or value == "":
            return
        sheet = self.sheet(name)
        cell = f"{get_column_letter(column)}{row}"
        choices = self.choices(sheet, cell)
        if choices is not None:
            (value,) = [c for c in choices if c == value or c.partition(" · ")[0] == str(value)]
        sheet[cell] = value

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


def profile(
    innovation: Innovation, edition: ii.Edition, agencies: Mapping[str, str]
) -> dict[str, Any]:
    """Return what people would write into the profile of an innovation."""
    terms = {(t.vocabulary, t.key): t.name for t in edition.terms}
    affairs = {affair.key: affair.name for affair in edition.affairs}
    given: dict[str, Any] = {
        name: getattr(innovation, name)
        for name in Innovation.__annotations__
        if name not in {"answers", "design_words"}
    }
    for name, value in given.items():
        given[name] = terms.get(
            (name, value), float(value) if isinstance(value, Decimal) else value
        )
    given["agency"] = agencies[innovation.agency]
    given["affair"] = affairs.get(innovation.affair or "")
    given["intersecting_affairs"] = " | ".join(affairs[k] for k in innovation.intersecting_affairs)
    return given


def fill(form: Form, submission: Submission, edition: ii.Edition) -> Path:
    """Fill a template with a submission; its agencies and region stand there already."""
    columns = form.columns("innovations")
    names = {agency.id: agency.name for agency in submission.agencies}
    for row, innovation in enumerate(submission.innovations, 2):
        for name, value in profile(innovation, edition, names).items():
            head = text(f"innovations.{name}", form.language)
            if head in columns:
                form.put("innovations", row, columns[head], value)
        for answer in innovation.answers:
            indicator = edition[answer.indicator]
            for part, value in parts_of(answer).items():
                head = (
                    f"{indicator.code or indicator.name}: {text(f'answer.{part}', form.language)}"
                )
                head = label(indicator) if part == "level" else head
                form.put("innovations", row, columns.get(head, 0), value)
    region = form.sheet("region")
    row_of = {region.cell(row, 1).value: row for row in range(2, region.max_row + 1)}
    at = form.columns("region")
    for answer in submission.answers:
        row = row_of[label(edition[answer.indicator])]
        for part, value in parts_of(answer).items():
            form.put("region", row, at.get(text(f"answer.{part}", form.language), 0), value)
    return form.save()


def label(row: ii.Indicator) -> str:
    return " ".join(filter(None, (row.code, row.name)))


def parts_of(answer: Answer) -> dict[str, Any]:
    return {
        "level": answer.level,
        "value": None if answer.value is None else float(answer.value),
        "measure": answer.measure,
        "evidence": evidence_text(answer.evidence) or None,
    }


def without_verdicts(submission: Submission) -> Submission:
    """Return what a template can hold of a submission: verifiers have not seen it yet."""

    def bare(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
        return tuple(evolve(a, verdict=None, survival=None) for a in answers)

    return evolve(
        submission,
        answers=bare(submission.answers),
        innovations=tuple(
            evolve(i, design_words=None, answers=bare(i.answers)) for i in submission.innovations
        ),
    )


def in_order(submission: Submission, edition: ii.Edition) -> Submission:
    """Return a submission with its answers in official order, as a sheet has them."""
    place = {row.key: n for n, row in enumerate(edition)}

    def ordered(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
        return tuple(sorted(answers, key=lambda a: place[a.indicator]))

    return evolve(
        submission,
        answers=ordered(submission.answers),
        innovations=tuple(evolve(i, answers=ordered(i.answers)) for i in submission.innovations),
    )


def template(path: Path, language: str, edition: Any = EDITION, **options: Any) -> Form:
    write_template(edition, path, language=language, **options)
    return Form(path, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_city_comes_back_from_the_template(tmp_path: Path, language: str) -> None:
    form = template(
        tmp_path / "kota.xlsx", language, agencies=EXAMPLE.agencies, region=EXAMPLE.region
    )
    read = ii.read_submission(fill(form, EXAMPLE, EDITION), checked=True)
    expected = in_order(without_verdicts(EXAMPLE), EDITION)
    assert read.region == expected.region
    assert read.agencies == expected.agencies
    assert read.answers == expected.answers
    assert read.innovations == expected.innovations
    assert read == expected
    claimed = ii.score(read, EDITION, basis=ii.Basis.CLAIMED).index
    assert claimed == ii.score(EXAMPLE, EDITION, basis=ii.Basis.CLAIMED).index


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_that_libreoffice_saved_comes_back(tmp_path: Path) -> None:
    form = template(tmp_path / "kota.xlsx", "id", agencies=EXAMPLE.agencies, region=EXAMPLE.region)
    path = fill(form, EXAMPLE, EDITION)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    saved = tmp_path / "saved"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(saved),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = ii.read_submission(saved / path.name, checked=True)
    assert read == in_order(without_verdicts(EXAMPLE), EDITION)
    kept = Form(saved / path.name, "id")  # the lists are still there
    sheet = kept.sheet("innovations")
    column = kept.columns("innovations")["16 Regulasi Inovasi Daerah"]
    choices = kept.choices(sheet, f"{get_column_letter(column)}2")
    assert choices is not None
    assert len(choices) == EDITION["regulation"].top_level


def every_level(edition: ii.Edition) -> Submission:
    """Return a submission that claims each level of each row, once at least."""

    def answers(part: Part, first: int, step: int = 0) -> tuple[Answer, ...]:
        rows = edition.part_indicators(part)
        return tuple(
            Answer(row.key, level=1 + (first + n * step) % row.top_level)
            for n, row in enumerate(rows)
        )

    return Submission(
        ii.Region("63.10", "Kabupaten Contoh", "regency", clusters=frozenset({Cluster.BORDER})),
        edition.start.year,
        agencies=(ii.Agency("a", "Dinas"), ii.Agency("b", "Puskesmas", AgencyKind.PUSKESMAS, "a")),
        innovations=(
            *(
                Innovation(f"00{n}", "Sapa", "b", answers=answers(Part.INNOVATION, n))
                for n in range(3)
            ),
            Innovation("8", "Lapor", "a"),
        ),
        answers=answers(Part.REGION, 0, 1),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ii.available_editions())
def test_every_level_of_every_edition_can_be_chosen(
    tmp_path: Path, name: str, language: str
) -> None:
    edition = ii.load_edition(name)
    submission = every_level(edition)
    known = {"agencies": submission.agencies, "region": submission.region}
    form = template(tmp_path / "t.xlsx", language, edition, **known)
    assert ii.read_submission(fill(form, submission, edition), checked=True) == submission


def checks(form: Form) -> Iterator[tuple[Any, Any]]:
    for sheet in form.book.worksheets:
        for check in sheet.data_validations.dataValidation:
            yield sheet, check


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ii.available_editions())
def test_what_cells_offer_and_say_fits_spreadsheet_programs(
    tmp_path: Path, name: str, language: str
) -> None:
    edition = ii.load_edition(name)
    form = template(tmp_path / "t.xlsx", language, edition, agencies=EXAMPLE.agencies)
    lists = 0
    for sheet, check in checks(form):
        assert len(check.prompt or "") <= 255
        assert len(check.promptTitle or "") <= 32
        assert len(check.error or "") <= 255
        assert len(check.errorTitle or "") <= 32
        assert len(check.formula1 or "") <= 255
        if check.type == "list":
            lists += 1
            choices = form.choices(sheet, str(check.cells).split(":", maxsplit=1)[0])
            assert choices
            assert len(set(choices)) == len(choices)
    assert lists >= len(edition)
    for sheet in form.book.worksheets:
        assert len(sheet.title) <= 31
        assert sheet.sheet_state == ("hidden" if sheet.title == "lists" else "visible")
        if sheet.title != "lists":
            assert sheet.print_options is not None
            assert sheet.page_setup.orientation == "landscape"


def test_lists_have_the_official_texts(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "id")
    columns = form.columns("innovations")
    sheet = form.sheet("innovations")

    def offered(head: str) -> list[str] | None:
        return form.choices(sheet, f"{get_column_letter(columns[head])}9")

    regulation = EDITION["regulation"]
    assert offered("16 Regulasi Inovasi Daerah") == [
        f"{level.number} · {level.text}" for level in regulation.levels
    ]
    assert offered("Urusan utama") == [affair.name for affair in EDITION.affairs]
    assert offered("Tahapan inovasi") == [t.name for t in EDITION.vocabulary("stage")]
    assert offered("33: Dasar pengukuran") == [
        f"{rule.basis} · {rule.name}" for rule in EDITION["benefits"].numeric
    ]
    assert offered("16: Data dukung") is None
    head = sheet.cell(1, columns["16 Regulasi Inovasi Daerah"])
    assert "halaman depan Perda/Perkada/SK Kepala Daerah" in head.comment.text
    assert "Wajib" in head.comment.text


def test_the_guide_says_what_the_edition_asks_for(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "en")
    said = "\n".join(
        str(cell.value) for row in form.sheet("guide").iter_rows() for cell in row if cell.value
    )
    for row in EDITION:
        assert row.name in said
        assert all(level.text in said for level in row.levels if level.text)
    assert "First applied or last developed from 2024-01-01 to 2025-12-31" in said
    assert "at least 300 words" in said


def test_the_guide_says_how_sure_the_rules_are_in_its_language(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "id")
    said = {cell.value for (cell,) in form.sheet("guide").iter_rows(max_col=1)}
    for part in EDITION.completeness:
        sure = text(f"certainty.{part.status}", "id")
        assert f"{area_name(part.area, 'id')}: {sure}. {note(part.note, 'id')[0]}" in said


def test_columns_are_those_that_the_edition_knows(tmp_path: Path) -> None:
    old = template(tmp_path / "t.xlsx", "id", "iid-2021").columns("innovations")
    new = template(tmp_path / "u.xlsx", "id", "iid-2026").columns("innovations")
    mid = template(tmp_path / "v.xlsx", "id", "iid-2023").columns("innovations")
    assert "Urusan utama" not in old
    assert {"Urusan utama", "Klaster PKPN", "Asta Cita (1–8)"} <= new.keys()
    assert "Tematik" in mid
    assert "Asta Cita (1–8)" not in mid
    assert not {"Jumlah kata rancang bangun", "Berapa kali dilaporkan"} & new.keys()


# --- faults by sheet and cell ---------------------------------------------------------------


def faults(path: Path, **options: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(FileFormatError) as caught:
        ii.read_submission(path, **options)
    return [(f.code, f.place, f.message) for f in caught.value.faults]


def test_faults_are_named_by_sheet_and_cell(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "id", agencies=EXAMPLE.agencies, region=EXAMPLE.region)
    columns = form.columns("innovations")
    sheet = form.sheet("innovations")

    def put(row: int, head: str, value: Any) -> str:
        cell = f"{get_column_letter(columns[head])}{row}"
        sheet[cell] = value
        return f"sheet 'Inovasi', cell {cell}, column {head!r}"

    for row, name in ((2, "Satu"), (3, "Dua"), (4, "Tiga")):
        put(row, "ID", f"i{row}")
        put(row, "Nama inovasi", name)
        put(row, "Perangkat daerah", "Dinas Kesehatan")
    put(4, "33: Nilai mentah", 12)
    expected = {
        put(2, "Perangkat daerah", "Dinas Kesehatn"): "unknown-agency",
        put(2, "Tahapan inovasi", "Selesai"): "unknown-term",
        put(2, "Urusan utama", "Sihir"): "unknown-affair",
        put(2, "Urusan lain yang beririsan (dipisah |)", "Sosial | Sihir"): "unknown-affair",
        put(2, "16 Regulasi Inovasi Daerah", "4 · Undang-Undang"): "level-text",
        put(3, "16 Regulasi Inovasi Daerah", "2 · Peraturan Daerah"): "level-text",
        put(4, "16 Regulasi Inovasi Daerah", "Peraturan Presiden"): "level-text",
        put(3, "17: Nilai mentah", -1): "value-out-of-range",
        put(3, "17: Data dukung", "a.pdf [entah]"): "unknown-choice",
        put(4, "Tanggal penerapan", "31-02-2025"): "impossible-date",
        put(4, "33: Dasar pengukuran", None): "measure-missing",
        put(4, "19 Alat Kerja", 7): "level-out-of-range",
    }
    region = form.sheet("region")
    region["B3"] = None
    region["C9"] = "5 · Visi"
    path = form.save()
    found = faults(path, checked=True)
    formal = {place: code for code, place, _ in found}
    (said,) = (message for code, _, message in found if code == "unknown-agency")
    assert said == "there is no agency 'Dinas Kesehatn'; did you mean 'Dinas Kesehatan'?"
    # What is no submission at all is named first; the rules of the edition then.
    late = {"unknown-term", "unknown-affair", "value-out-of-range", "measure-missing"}
    late |= {"level-out-of-range"}
    for place, code in expected.items():
        if code not in late:
            assert formal.pop(place) == code, place
    assert formal.pop("sheet 'Pemerintah Daerah', cell C9, column 'Level'") == "level-text"
    assert formal == {"sheet 'Pemerintah Daerah', row 1": "missing-field"}
    region["B3"], region["C9"] = "99.71", None
    for place, code in expected.items():
        if code not in late:
            match = re.search(r"cell (\w+)", place)
            assert match
            sheet[match[1]] = "Dinas Kesehatan" if "Perangkat" in place else None
    found = faults(form.save(), checked=True)
    assert {place: code for code, place, _ in found} == {
        place: code for place, code in expected.items() if code in late
    }
    assert ii.read_submission(path).innovations[0].stage == "Selesai"
    sources = [message for code, _, message in found if code == "level-out-of-range"]
    assert "allowed: 0 to 3 (" in sources[0]


def test_a_text_of_another_level_says_which(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "id", region=EXAMPLE.region)
    form.sheet("region")["C8"] = "3 · Kepala Daerah memiliki Misi Inovasi"
    ((code, place, message),) = faults(form.save())
    assert (code, place) == ("level-text", "sheet 'Pemerintah Daerah', cell C8, column 'Level'")
    assert "its text is 'Kepala Daerah memiliki Misi dan Visi Inovasi'" in message


def test_near_misses_are_what_the_form_shows(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "id", agencies=EXAMPLE.agencies, region=EXAMPLE.region)
    region, agencies = form.sheet("region"), form.sheet("agencies")
    sheet, columns = form.sheet("innovations"), form.columns("innovations")
    items = {region.cell(row, 1).value: row for row in range(2, 9)}
    region.cell(items["Jenis pemerintah daerah"], 2).value = "Kotaa"
    region.cell(items["Tahun indeks"], 1).value = "Tahun indek"
    agencies["C2"] = "Puskesmaz"
    sheet["A2"], sheet["B2"], sheet["C2"] = "1", "Sapa", "Dinas Kesehatan"
    sheet.cell(2, columns["16: Data dukung"]).value = "a.pdf [diterma]"
    found = [
        message.partition("; did you mean ") for *_, message in faults(form.save(), edition=EDITION)
    ]
    assert [meant for _, said, meant in found if said] == [
        "'tahun indeks'?",
        "'kota'?",
        "'puskesmas'?",
        "'diterima'?",
    ]


def test_a_year_without_an_edition_is_named_as_the_cause(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "id", year=2050, region=EXAMPLE.region)
    code, place, message = faults(form.path)[0]
    assert (code, place) == ("no-edition", "sheet 'Inovasi', row 1")
    assert message.startswith("no edition is shipped for 2050")
    assert ii.read_submission(form.path, edition=EDITION).year == 2050


def test_a_sheet_that_was_renamed_is_missed(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "id", agencies=EXAMPLE.agencies, region=EXAMPLE.region)
    form.sheet("agencies").title = "Perangkat Daera"
    assert faults(form.save()) == [
        ("missing-sheet", "", "there is no sheet 'agencies'; is it 'perangkat daera'?")
    ]


def test_a_second_sheet_of_the_same_is_refused(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "id", agencies=EXAMPLE.agencies, region=EXAMPLE.region)
    for name in ("innovations", "AGENCIES "):
        form.book.copy_worksheet(form.sheet("innovations")).title = name
    assert faults(form.save()) == [
        ("doubled-sheet", "", "sheets 'Inovasi' and 'innovations' hold the same; keep one"),
        ("doubled-sheet", "", "sheets 'Perangkat Daerah' and 'AGENCIES ' hold the same; keep one"),
    ]


def test_every_agency_can_be_chosen(tmp_path: Path) -> None:
    agencies = [ii.Agency(f"a{n}", f"Puskesmas {n}") for n in range(700)]
    form = template(tmp_path / "t.xlsx", "id", agencies=agencies)
    for sheet, cell in (("innovations", "C2"), ("agencies", "D701")):
        choices = form.choices(form.sheet(sheet), cell)
        assert choices == [agency.name for agency in agencies]


def test_levels_by_their_text_alone_or_their_number(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "id", region=EXAMPLE.region)
    sheet = form.sheet("region")
    sheet["C8"] = " kepala daerah memiliki VISI inovasi"
    sheet["C9"] = "3"
    sheet["C10"] = 1
    levels = [a.level for a in ii.read_submission(form.save(), checked=True).answers]
    assert levels == [2, 3, 1]


def test_agencies_by_name_or_code(tmp_path: Path) -> None:
    agencies = [ii.Agency("a", "Dinas"), ii.Agency("b", "Puskesmas"), ii.Agency("c", "Puskesmas")]
    form = template(tmp_path / "t.xlsx", "en", agencies=agencies, region=EXAMPLE.region)
    sheet = form.sheet("innovations")
    for row, agency in enumerate(["DINAS", "b", "a"], 2):
        sheet[f"A{row}"], sheet[f"B{row}"], sheet[f"C{row}"] = row, "Sapa", agency
    read = ii.read_submission(form.save())
    assert [i.agency for i in read.innovations] == ["a", "b", "a"]
    sheet["C2"] = "Puskesmas"
    assert faults(form.save()) == [
        (
            "unknown-agency",
            "sheet 'Innovations', cell C2, column 'Agency'",
            "there is no agency 'Puskesmas'; several have this name: write the id, 'b' or 'c'",
        )
    ]


def test_a_document_is_checked_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "kota.toml"
    ii.write_submission(
        evolve(EXAMPLE, innovations=(evolve(EXAMPLE.innovations[0], stage="x"),)), path
    )
    assert ii.read_submission(path).innovations[0].stage == "x"
    with pytest.raises(SubmissionError, match="unknown-term"):
        ii.read_submission(path, checked=True)
    year = tmp_path / "tahun.json"
    ii.write_submission(evolve(EXAMPLE, year=2050), year)
    assert ii.read_submission(year, checked=True).year == 2050


# --- what stands in the file ----------------------------------------------------------------

HOSTILE = [
    "=1+1",
    "+62 811",
    "-5",
    "@SUM(A1)",
    "'=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x";"y")',
    "\t=1+1",
    "<b>&amp;</b>",
    "a\x00\x07b\x1f",
    "\u202egnp.exe",
    "\ufffe\ud800",
    "_x0041_",
    "n" * 40_000,
    "🏛️ Kota",
]


def test_text_is_text_whatever_it_begins_with(tmp_path: Path) -> None:
    agencies = [ii.Agency(f"a{n}", name) for n, name in enumerate(HOSTILE) if name != HOSTILE[10]]
    path = tmp_path / "t.xlsx"
    write_template(EDITION, path, agencies=agencies, region=ii.Region("1", "=2+2", "city"))
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(part)
    book = load_workbook(io.BytesIO(path.read_bytes()))
    cells = [book["Agencies"].cell(row, 2) for row in range(2, len(agencies) + 2)]
    assert all(cell.data_type in {"s", "inlineStr"} for cell in cells)
    for agency, cell in zip(agencies, cells, strict=True):
        runnable = agency.name.lstrip("'").startswith(("=", "+", "-", "@", "\t"))
        assert bool(cell.quotePrefix) is runnable, agency.name
        assert len(str(cell.value)) <= 32_767
    shown = {agency.name: cell.value for agency, cell in zip(agencies, cells, strict=True)}
    assert shown["a\x00\x07b\x1f"] == "a␀␇b␟"
    assert shown["\u202egnp.exe"] == "⟨202E⟩gnp.exe"
    read = ii.read_submission(path)
    assert read.region.name == "=2+2"
    assert [a.name for a in read.agencies][:4] == HOSTILE[:4]
    assert read.agencies[11 - 1].name == "_x0041_"


@pytest.mark.parametrize("name", ["t.xls", "t", "t.csv"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadValueError, match=r"must end in \.xlsx"):
        write_template(EDITION, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_without_openpyxl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"inovasi_index\[spreadsheets\]"):
        write_template(EDITION, tmp_path / "t.xlsx")


def test_a_year_of_ones_own(tmp_path: Path) -> None:
    form = template(tmp_path / "t.xlsx", "en", year=2028, region=EXAMPLE.region)
    assert ii.read_submission(form.path).year == 2028


def test_an_edition_of_ones_own_with_rows_of_every_kind(tmp_path: Path) -> None:
    from strategies import SMALL

    path = tmp_path / "t.xlsx"
    region = ii.Region("1", "Kota", "city")
    write_template(SMALL, path, region=region, agencies=[ii.Agency("a", "Dinas")])
    form = Form(path, "en")
    columns = form.columns("innovations")
    assert "Times reported" in columns
    sheet = form.sheet("innovations")
    outreach = get_column_letter(columns["25 Sosialisasi"])
    assert form.choices(sheet, f"{outreach}2") == ["1 · satu", "2 · dua"]
    replication = get_column_letter(columns["31 Replikasi"])
    assert form.choices(sheet, f"{replication}2") == ["1", "2", "3"]
    assert ii.read_submission(path, edition=SMALL, checked=True).region == region
