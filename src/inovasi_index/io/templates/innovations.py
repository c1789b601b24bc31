"""The sheet of a template for the innovations: the profile, then the answers to each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from inovasi_index.io.labels import answer_heading, coded
from inovasi_index.io.sheets import column_letters
from inovasi_index.io.templates.agencies import LAST_ROW, agency_choice
from inovasi_index.io.templates.answers import colour_answers, parts_of
from inovasi_index.io.templates.checks import add_check
from inovasi_index.io.templates.draft import clipped, format_columns
from inovasi_index.io.workbooks import (
    GROUND,
    HEAD,
    MANDATORY,
    MISSING,
    Look,
    colour_rule,
    set_page,
    span,
)
from inovasi_index.records.forms import Day, Number, Whole, fields_of
from inovasi_index.records.submission import Innovation

if TYPE_CHECKING:
    from inovasi_index.io.templates.checks import Checks
    from inovasi_index.io.templates.draft import Draft
    from inovasi_index.rules import Edition, Indicator

__all__ = ["add_innovations"]

_WIDTHS: Final = {
    "id": 14,
    "name": 38,
    "agency": 28,
    "affair": 28,
    "intersecting_affairs": 26,
    "initiator_name": 20,
    "design": 44,
    "goals": 30,
    "benefits": 30,
    "results": 30,
}
_ANSWER_WIDTHS: Final = {"level": 30, "value": 13, "measure": 22, "evidence": 32}
_DEGREES: Final = {"latitude": "-3.319", "longitude": "114.591"}


def add_innovations(draft: Draft, checks: Checks) -> None:
    """Add the sheet of innovations."""
    sheet = draft.add_sheet("innovations")
    profile = [name for name in fields_of(Innovation) if _asks_for(draft.edition, name)]
    for column, name in enumerate(profile, 1):
        draft.put(sheet, (1, column), draft.say(f"innovations.{name}"), HEAD)
        sheet.column_dimensions[column_letters(column - 1)].width = _WIDTHS.get(name, 16)
        format_columns(sheet, [column], _format_of(name))
        add_check(sheet, _profile_check(draft, checks, name), _below(column))
    column = len(profile)
    for indicator in draft.edition.innovation_indicators:
        parts = parts_of(indicator)
        for n, part in enumerate(parts, column + 1):
            _add_answer(draft, checks, sheet, indicator, part=part, column=n)
        colour_answers(sheet, parts, first_column=column + 1, rows=(2, LAST_ROW))
        column += len(parts)
    for n, letter in enumerate("ABC", 1):  # id, name and agency, which every row needs
        needed = colour_rule(MISSING, f'AND(COUNTA($A2:$Z2)>0,{letter}2="")')
        sheet.conditional_formatting.add(span((2, n), (LAST_ROW, n)), needed)
    sheet.freeze_panes = "C2"
    sheet.row_dimensions[1].height = 54
    sheet.auto_filter.ref = span((1, 1), (LAST_ROW, column))
    set_page(sheet, landscape=True, title_rows="1:1")
    sheet.print_title_cols = "A:B"
    sheet.page_setup.fitToWidth = 6  # pages side by side


def _asks_for(edition: Edition, name: str) -> bool:
    """Return whether a field of the profile makes sense in an edition."""
    match name:
        case "answers" | "design_words":
            return False
        case "pkpn" | "theme" | "classification":
            return bool(edition.vocabulary(name))
        case "affair" | "intersecting_affairs":
            return bool(edition.affairs)
        case "times_reported":
            return edition.eligibility.max_reports is not None
        case "asta_cita":  # the programme of the president since October 2024
            return edition.end.year >= 2025
    return True


def _format_of(name: str) -> str:
    form = fields_of(Innovation)[name].form
    if isinstance(form, Day):
        return "yyyy-mm-dd"
    return "General" if isinstance(form, Whole | Number) else "@"


def _profile_check(draft: Draft, checks: Checks, name: str) -> Any:
    edition, title = draft.edition, draft.say(f"innovations.{name}")
    choose = draft.say("template.choose")
    if name == "id":
        return checks.unique(title)
    if name == "agency":
        return agency_choice(draft, checks, title)
    if name == "affair":
        return checks.choice([a.name for a in edition.affairs], title=title, prompt=choose)
    if terms := edition.vocabulary(name):
        return checks.choice([term.name for term in terms], title=title, prompt=choose)
    words = edition.eligibility.design_min_words
    if name == "design" and words is not None:
        return checks.hint(title, draft.say("template.design", words=words))
    example = _DEGREES.get(name)
    prompt = draft.say("template.degrees", example=example) if example else ""
    return checks.of_form(fields_of(Innovation)[name].form, title=title, prompt=prompt)


def _add_answer(
    draft: Draft, checks: Checks, sheet: Any, indicator: Indicator, *, part: str, column: int
) -> None:
    """Put the column of one part of the answers to a row."""
    ground = MANDATORY if indicator.mandatory else GROUND
    look = Look(bold=part == "level", ground=ground, wrap=True, rule=True)
    heading = answer_heading(indicator, part, draft.language)
    head = draft.put(sheet, (1, column), heading, look)
    if part == "level":
        head.comment = _comment(draft, indicator)
    sheet.column_dimensions[column_letters(column - 1)].width = _ANSWER_WIDTHS[part]
    format_columns(sheet, [column], "@" if part == "evidence" else "General")
    add_check(sheet, checks.of_answer(indicator, part), _below(column))


def _comment(draft: Draft, indicator: Indicator) -> Any:
    """Return what an indicator is about, to be read at its heading."""
    from openpyxl.comments import Comment

    levels = [coded(level.number, level.text) for level in indicator.levels]
    guidance = "\n".join([*levels, "", draft.guidance(indicator)]).strip()
    return Comment(clipped(guidance, 2000), "inovasi_index", height=220, width=420)


def _below(column: int) -> str:
    """Return the cells below a heading."""
    return span((2, column), (LAST_ROW, column))
