"""A template in the making: its workbook, its language, and cells that are put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, frozen

from inovasi_index.io.sheets import column_letters
from inovasi_index.io.workbooks import (
    GROUND,
    HEAD,
    MANDATORY,
    MUTED,
    Look,
    Tailor,
    set_page,
    set_widths,
)
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inovasi_index.rules import Edition, Indicator

__all__ = ["HINT", "LOCKED", "MANDATORY_LOCKED", "NUMBER", "TEXT", "Draft", "clipped"]

#: Cells for text (also where it looks like a number), for numbers, and those that are not
#: filled in: names, names of what is mandatory, hints.
TEXT: Final = Look(wrap=True, number="@", rule=True)
NUMBER: Final = Look(wrap=True, align="left", rule=True)
LOCKED: Final = Look(bold=True, ground=GROUND, wrap=True, rule=True)
MANDATORY_LOCKED: Final = Look(bold=True, ground=MANDATORY, wrap=True, rule=True)
HINT: Final = Look(wrap=True, ink=MUTED, size=9, rule=True)


@frozen(eq=False)
class Draft:
    """A template in the making.

    Attributes
    ----------
    edition : Edition
    language : Language
    book : openpyxl.Workbook
    """

    edition: Edition
    language: Language
    book: Any
    _tailor: Tailor = Factory(Tailor)

    def say(self, key: str, **params: object) -> str:
        """Return a text of the catalogue."""
        return text(key, self.language, **params)

    def add_sheet(self, name: str) -> Any:
        """Add a sheet and return it."""
        return self.book.create_sheet(self.say(f"sheet.{name}"))

    def put(self, sheet: Any, at: tuple[int, int], value: Any, look: Look) -> Any:
        """Put a value into a cell, by row and column from 1."""
        return self._tailor.dress(sheet.cell(*at), value, look)

    def put_head(self, sheet: Any, heads: Sequence[str], widths: Sequence[float]) -> None:
        """Put the headings of a list, which stay in sight and are printed on each page."""
        for column, head in enumerate(heads, 1):
            self.put(sheet, (1, column), head, HEAD)
        set_widths(sheet, widths)
        sheet.freeze_panes = "B2"
        set_page(sheet, landscape=True, title_rows="1:1")

    def guidance(self, indicator: Indicator) -> str:
        """Return what evidence an indicator asks for, one line each."""
        lines = [self.say("template.mandatory")] if indicator.mandatory else []
        lines += [f"• {item}" for item in indicator.evidence or ()]
        types = ", ".join(indicator.file_types or indicator.file_kinds or ())
        if types:
            lines.append(self.say("template.types", types=types))
            lines += [self.say("template.link")] if indicator.link_counts else []
        lines += [indicator.evidence_note] if indicator.evidence_note else []
        return "\n".join(lines)


def format_columns(sheet: Any, columns: Sequence[int], number_format: str) -> None:
    """Set the format of columns, also for cells that are still empty."""
    for column in columns:
        sheet.column_dimensions[column_letters(column - 1)].number_format = number_format


def clipped(given: str, most: int) -> str:
    """Return a text that is no longer than a spreadsheet program shows.

    Examples
    --------
    >>> clipped("Regulasi", 5)
    'Regu…'
    """
    return given if len(given) <= most else f"{given[: most - 1]}…"
