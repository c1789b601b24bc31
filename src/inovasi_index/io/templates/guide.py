"""The sheet of a template that explains: how to fill it in, and what the edition asks for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from inovasi_index.io.labels import coded
from inovasi_index.io.workbooks import (
    DOUBTFUL,
    HEAD,
    MANDATORY,
    MISSING,
    PLAIN,
    TITLE,
    WRONG,
    Look,
    set_height,
    set_page,
    set_widths,
)
from inovasi_index.language import number
from inovasi_index.language.rule_notes import area_name, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inovasi_index.io.templates.draft import Draft
    from inovasi_index.rules import Indicator

__all__ = ["add_guide"]

_WIDTHS: Final = (8, 34, 52, 14, 60, 24)
_HEADS: Final = ("number", "indicator", "levels", "points", "evidence", "types")
_SECTION: Final = Look(bold=True, size=12, rule=True)
_COLOURS: Final = {
    "mandatory": MANDATORY,
    "missing": MISSING,
    "evidence": DOUBTFUL,
    "both": WRONG,
}


def add_guide(draft: Draft) -> None:
    """Add the sheet that explains."""
    sheet = draft.add_sheet("guide")
    set_widths(sheet, _WIDTHS)
    set_page(sheet, landscape=True)
    sheet.sheet_view.showGridLines = False
    title = draft.say("template.title", edition=draft.edition.title)
    draft.put(sheet, (1, 1), title, TITLE)
    row = _paragraphs(draft, sheet, 3, "how", _steps(draft))
    row = _colours(draft, sheet, row)
    row = _paragraphs(draft, sheet, row, "rules", _conditions(draft))
    row = _indicators(draft, sheet, row)
    notes = [
        f"{area_name(c.area, draft.language)}: {draft.say(f'certainty.{c.status}')}. "
        f"{note(c.note, draft.language)[0]}"
        for c in draft.edition.completeness
    ]
    _paragraphs(draft, sheet, row, "certainty", notes)


def _section(draft: Draft, sheet: Any, row: int, name: str) -> None:
    for column in range(1, len(_WIDTHS) + 1):
        title = draft.say(f"guide.{name}") if column == 1 else None
        draft.put(sheet, (row, column), title, _SECTION)


def _paragraphs(draft: Draft, sheet: Any, row: int, name: str, lines: Sequence[str]) -> int:
    """Put a section of paragraphs and return the row of the next section."""
    if not lines:
        return row
    _section(draft, sheet, row, name)
    for line in lines:
        row += 1
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
        draft.put(sheet, (row, 1), line, Look(wrap=True))
        set_height(sheet, row, [(line, sum(_WIDTHS))])
    return row + 2


def _steps(draft: Draft) -> list[str]:
    steps = [
        draft.say(f"guide.step_{name}", sheet=draft.say(f"sheet.{name}"))
        for name in ("agencies", "region", "innovations")
    ]
    return [*steps, draft.say("guide.step_evidence"), draft.say("guide.step_read")]


def _colours(draft: Draft, sheet: Any, row: int) -> int:
    _section(draft, sheet, row, "colours")
    for name, ground in _COLOURS.items():
        row += 1
        draft.put(sheet, (row, 1), None, Look(ground=ground))
        draft.put(sheet, (row, 2), draft.say(f"guide.colour_{name}"), PLAIN)
    return row + 2


def _conditions(draft: Draft) -> list[str]:
    """Return what an innovation must be to be scored, as far as the edition says."""
    rules = draft.edition.eligibility
    lines = []
    if rules.stages:
        names = {term.key: term.name for term in draft.edition.vocabulary("stage")}
        stages = ", ".join(names.get(key, key) for key in rules.stages)
        lines.append(draft.say("guide.stages", stages=stages))
    if rules.window_start is not None and rules.window_end is not None:
        key = "guide.window" if rules.development_counts else "guide.window_application"
        lines.append(draft.say(key, start=rules.window_start, end=rules.window_end))
    if rules.design_min_words is not None:
        lines.append(draft.say("guide.words", words=rules.design_min_words))
    if rules.mandatory_rows:
        lines.append(draft.say("guide.mandatory_rows"))
    return lines


def _indicators(draft: Draft, sheet: Any, row: int) -> int:
    _section(draft, sheet, row, "indicators")
    row += 1
    for column, name in enumerate(_HEADS, 1):
        draft.put(sheet, (row, column), draft.say(f"guide.{name}"), HEAD)
    for indicator in draft.edition:
        row += 1
        cells = _about(draft, indicator)
        set_height(sheet, row, zip(cells, _WIDTHS, strict=True))
        for column, value in enumerate(cells, 1):
            look = Look(
                wrap=True,
                rule=True,
                ground=MANDATORY if indicator.mandatory and column <= 2 else None,
                align="center" if _HEADS[column - 1] == "points" else None,
            )
            draft.put(sheet, (row, column), value, look)
    return row + 2


def _about(draft: Draft, indicator: Indicator) -> tuple[str, ...]:
    """Return the cells of an indicator, by the headings."""
    weight = indicator.weight_hundredths
    evidence = [*(f"• {item}" for item in indicator.evidence or ()), indicator.evidence_note or ""]
    types = ", ".join(indicator.file_types or indicator.file_kinds or ())
    link = draft.say("template.link") if types and indicator.link_counts else ""
    return (
        indicator.code or "–",
        indicator.name,
        "\n".join(coded(level.number, level.text) for level in indicator.levels),
        "–" if weight is None else number(Fraction(weight, 100), draft.language),
        "\n".join(evidence).strip(),
        " ".join(filter(None, (types, link))),
    )
