"""The sheet of a template for the region: what it is, and the rows of its part."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from inovasi_index.io.from_sheets import REGION_ITEMS
from inovasi_index.io.labels import item_label, row_label
from inovasi_index.io.templates.answers import colour_answers
from inovasi_index.io.templates.checks import add_check
from inovasi_index.io.templates.draft import HINT, LOCKED, MANDATORY_LOCKED, NUMBER, TEXT
from inovasi_index.io.workbooks import set_height
from inovasi_index.language import number
from inovasi_index.records import Cluster, Region, RegionKind

if TYPE_CHECKING:
    from inovasi_index.io.templates.checks import Checks
    from inovasi_index.io.templates.draft import Draft
    from inovasi_index.rules import Indicator

__all__ = ["add_region"]

_PARTS: Final = ("value", "level", "measure", "evidence")
_WIDTHS: Final = {"value": 22, "level": 48, "measure": 24, "evidence": 44}
_ITEM_WIDTH, _HINT_WIDTH = 48, 60


def add_region(draft: Draft, checks: Checks, region: Region | None, year: int) -> None:
    """Add the sheet of the region."""
    sheet = draft.add_sheet("region")
    rows = draft.edition.region_indicators
    bases = any(rule.basis for row in rows for rule in row.numeric)
    parts = [part for part in _PARTS if bases or part != "measure"]
    draft.put_head(
        sheet,
        [
            draft.say("region.item"),
            *(draft.say(f"answer.{part}") for part in parts),
            draft.say("region.hint"),
        ],
        [_ITEM_WIDTH, *(_WIDTHS[part] for part in parts), _HINT_WIDTH],
    )
    known = _known_items(draft, region, year)
    hint = len(parts) + 2
    for row, item in enumerate(REGION_ITEMS, 2):
        draft.put(sheet, (row, 1), item_label(item, draft.language), LOCKED)
        look = NUMBER if item in {"year", "region_points"} else TEXT
        draft.put(sheet, (row, 2), known.get(item), look)
        draft.put(sheet, (row, hint), _item_hint(draft, item), HINT)
        add_check(sheet, _item_check(draft, checks, item), f"B{row}")
    for row, indicator in enumerate(rows, 2 + len(REGION_ITEMS)):
        _add_row(draft, checks, sheet, indicator, row=row, parts=parts)


def _known_items(draft: Draft, region: Region | None, year: int) -> dict[str, object]:
    if region is None:
        return {"year": year}
    clusters = sorted(draft.say(f"cluster.{cluster}") for cluster in region.clusters)
    return {
        "year": year,
        "region.code": region.code,
        "region.name": region.name,
        "region.kind": draft.say(f"kind.{region.kind}"),
        "region.clusters": " | ".join(clusters) or None,
    }


def _item_check(draft: Draft, checks: Checks, item: str) -> Any:
    title = item_label(item, draft.language)
    if item == "region.kind":
        return checks.choice([draft.say(f"kind.{kind}") for kind in RegionKind], title=title)
    return checks.of_form(REGION_ITEMS[item].form, title=title)


def _item_hint(draft: Draft, item: str) -> str | None:
    if item == "region.clusters":
        return " | ".join(draft.say(f"cluster.{cluster}") for cluster in Cluster)
    if item == "region.code":
        return draft.say("template.code")
    if item != "region_points":
        return None
    hint = draft.say("template.region_points") if draft.edition.region_indicators else ""
    most = draft.edition.formula.region_max_hundredths
    if most is not None:
        limit = number(Fraction(most, 100), draft.language)
        hint = f"{hint} ({draft.say('notebook.most')}: {limit})"
    return hint.strip() or None


def _add_row(
    draft: Draft,
    checks: Checks,
    sheet: Any,
    indicator: Indicator,
    *,
    row: int,
    parts: list[str],
) -> None:
    """Put one row of the region part: its name, cells for the answer, what is asked for."""
    name = row_label(indicator)
    draft.put(sheet, (row, 1), name, MANDATORY_LOCKED if indicator.mandatory else LOCKED)
    for column, part in enumerate(parts, 2):
        check = checks.of_answer(indicator, part)
        if check is None:
            draft.put(sheet, (row, column), None, LOCKED)
            continue
        draft.put(sheet, (row, column), None, TEXT if part == "evidence" else NUMBER)
        add_check(sheet, check, sheet.cell(row, column).coordinate)
    colour_answers(sheet, parts, first_column=2, rows=(row, row))
    units = " / ".join(dict.fromkeys(rule.unit for rule in indicator.numeric))
    unit = f"{draft.say('answer.value')}: {units}" if units else ""
    hint = "\n".join(filter(None, (unit, draft.guidance(indicator))))
    draft.put(sheet, (row, len(parts) + 2), hint or None, HINT)
    longest = max((level.text or "" for level in indicator.levels), key=len, default="")
    cells = ((name, _ITEM_WIDTH), (longest, _WIDTHS["level"]), (hint, _HINT_WIDTH))
    set_height(sheet, row, cells)
