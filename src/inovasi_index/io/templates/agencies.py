"""The sheet of a template for the agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from inovasi_index.io.templates.checks import add_check
from inovasi_index.io.templates.draft import TEXT, format_columns
from inovasi_index.io.workbooks import MISSING, colour_rule, span
from inovasi_index.records import Agency, AgencyKind
from inovasi_index.records.forms import fields_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inovasi_index.io.templates.checks import Checks
    from inovasi_index.io.templates.draft import Draft

__all__ = ["LAST_ROW", "add_agencies", "agency_choice"]

#: The last row that is prepared for agencies, and for innovations.
LAST_ROW: Final = 501


def add_agencies(draft: Draft, checks: Checks, agencies: Sequence[Agency]) -> None:
    """Add the sheet of agencies, with those that are known."""
    sheet = draft.add_sheet("agencies")
    names = list(fields_of(Agency))
    draft.put_head(sheet, [draft.say(f"agencies.{name}") for name in names], (18, 48, 20, 40))
    format_columns(sheet, range(1, len(names) + 1), "@")
    kinds = [draft.say(f"kind.{kind}") for kind in AgencyKind]
    kind_of = dict(zip(AgencyKind, kinds, strict=True))
    name_of = {agency.id: agency.name for agency in agencies}
    for row, agency in enumerate(agencies, 2):
        parent = name_of.get(agency.parent or "", agency.parent)
        cells = (agency.id, agency.name, kind_of[agency.kind], parent)
        for column, value in enumerate(cells, 1):
            draft.put(sheet, (row, column), value, TEXT)
    last = _last_row(sheet)
    columns: tuple[Any, ...] = (
        checks.unique(draft.say("agencies.id")),
        None,
        checks.choice(kinds),
        agency_choice(draft, checks, draft.say("agencies.parent")),
    )
    for column, check in enumerate(columns, 1):
        add_check(sheet, check, span((2, column), (last, column)))
    for column, formula in ((1, 'AND($B2<>"",$A2="")'), (2, 'AND($A2<>"",$B2="")')):
        rule = colour_rule(MISSING, formula)
        sheet.conditional_formatting.add(span((2, column), (last, column)), rule)


def agency_choice(draft: Draft, checks: Checks, title: str) -> Any:
    """Return a check that offers the names of the agencies, whose sheet has been added."""
    name = draft.say("sheet.agencies")
    cells = span((2, 2), (_last_row(draft.book[name]), 2), fixed=True)
    prompt = draft.say("template.agency", sheet=name)
    return checks.of_range(f"'{name}'!{cells}", title=title, prompt=prompt)


def _last_row(sheet: Any) -> int:
    """Return the last row of agencies; there may be more than are prepared for."""
    return max(LAST_ROW, int(sheet.max_row))
