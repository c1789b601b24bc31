"""The two kinds of sheets of a result workbook: lists that are filtered, and pages to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, define, evolve, frozen

from inovasi_index.io.sheets import column_letters
from inovasi_index.io.workbooks import (
    HEAD,
    MUTED,
    TITLE,
    Look,
    Tailor,
    colour_rule,
    set_height,
    set_page,
    set_widths,
    span,
)
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inovasi_index.io.workbooks import Value

__all__ = ["COUNT", "POINTS", "TEXT", "Book", "Column", "Page", "colour_rules"]

#: Cells of lists: texts, points with two decimals, whole numbers.
TEXT: Final = Look(wrap=True, rule=True)
POINTS: Final = Look(number="0.00", rule=True)
COUNT: Final = Look(number="0", align="center", rule=True)

# Lines of a row of a list; what is longer is in the cell all the same.
_LINES: Final = 6
# Of our text on the width of one digit of the standard font, by which columns are measured.
_CHARACTERS: Final = 1.1


@frozen
class Column:
    """A column of a list.

    Attributes
    ----------
    heading : str
    width : float
        In characters.
    look : Look
        Of its cells; a cell may have one of its own.
    rules : tuple
        What changes the colour of its cells (see `inovasi_index.io.workbooks`).
    grounds : mapping of str or int to str
        Colours behind the cells that hold a value.
    turned : bool
        Whether the heading stands on end.
    """

    heading: str
    width: float
    look: Look = TEXT
    rules: tuple[Any, ...] = ()
    grounds: Mapping[Any, str] = Factory(dict)
    turned: bool = False


@frozen(eq=False)
class Book:
    """A workbook in the making, written row by row.

    Attributes
    ----------
    workbook : openpyxl.Workbook
    language : Language
    """

    workbook: Any
    language: Language
    tailor: Tailor = Factory(Tailor)

    def say(self, key: str, **params: object) -> str:
        """Return a text of the catalogue."""
        return text(key, self.language, **params)

    def add_page(self, name: str, widths: Sequence[float]) -> Page:
        """Add a sheet to be read, in portrait."""
        sheet = self.workbook.create_sheet(self.say(f"sheet.{name}"))
        set_widths(sheet, widths)
        sheet.sheet_view.showGridLines = False
        set_page(sheet, landscape=False)
        return Page(self, sheet, tuple(widths))

    def add_list(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value | tuple[Value, Look]]],
        *,
        fixed: int = 1,
    ) -> None:
        """Add a sheet with one row an item, whose headings stay in sight and filter.

        Parameters
        ----------
        name : str
        columns : sequence of Column
        rows : iterable of sequences
            One cell a column: a value, or a value with a look of its own.
        fixed : int
            Columns that stay in sight.
        """
        sheet = self.workbook.create_sheet(self.say(f"sheet.{name}"))
        set_widths(sheet, (column.width for column in columns))
        sheet.freeze_panes = f"{column_letters(fixed)}2"
        set_page(sheet, landscape=True, title_rows="1:1")
        heads = [(column.heading, _TURNED if column.turned else _HEAD) for column in columns]
        set_height(sheet, 1, ((c.heading, c.width) for c in columns if not c.turned))
        if turned := [len(column.heading) for column in columns if column.turned]:
            sheet.row_dimensions[1].height = min(5.5 * max(turned) + 8, 300)
        self.tailor.line(sheet, heads)
        looks = [column.look for column in columns]
        texts = [(n, _CHARACTERS * c.width) for n, c in enumerate(columns) if c.look.wrap]
        last = 1
        for last, row in enumerate(rows, 2):
            cells = [
                cell if isinstance(cell, tuple) else (cell, look)
                for cell, look in zip(row, looks, strict=True)
            ]
            folded = [(cells[n][0], width) for n, width in texts]
            if any(_folds(value, width) for value, width in folded):
                set_height(sheet, last, folded, most=_LINES)
            self.tailor.line(sheet, cells)
        sheet.auto_filter.ref = span((1, 1), (last, len(columns)))
        for place, column in enumerate(columns, 1):
            where = span((2, place), (max(last, 2), place))
            for rule in (
                *column.rules,
                *colour_rules(column.grounds, f"{column_letters(place - 1)}2"),
            ):
                sheet.conditional_formatting.add(where, rule)


def _folds(value: Value, width: float) -> bool:
    return isinstance(value, str) and (len(value) > width or "\n" in value or "\r" in value)


def colour_rules(grounds: Mapping[Any, str], cell: str) -> Iterator[Any]:
    """Yield rules that put a ground behind cells by their values, for a range from `cell` on."""
    for value, ground in grounds.items():
        doubled = value.replace('"', '""') if isinstance(value, str) else value
        shown = f'"{doubled}"' if isinstance(value, str) else value
        yield colour_rule(ground, f"{cell}={shown}")


_HEAD: Final = evolve(HEAD, low=True)
_TURNED: Final = Look(bold=True, size=9, ground=HEAD.ground, rule=True, turned=True)
_SECTION: Final = Look(bold=True, size=12, rule=True)
_NOTE: Final = Look(wrap=True, ink=MUTED)
_FACT: Final = Look(wrap=True, align="left")


@define(eq=False)
class Page:
    """A sheet that is read from the top down.

    Attributes
    ----------
    book : Book
    sheet : openpyxl worksheet
    widths : tuple of float
        Of its columns, in characters.
    row : int
        Number of the last row that was written.
    """

    book: Book
    sheet: Any
    widths: tuple[float, ...]
    row: int = 0

    def line(self, *cells: tuple[Value, Look], merged: int = 0) -> None:
        """Add a row; the last cell may be `merged` with the columns to its right."""
        self.row += 1
        if merged:
            first, last = len(cells), len(cells) + merged
            self.sheet.merged_cells.add(span((self.row, first), (self.row, last)))
        texts, tallest = [], 0.0
        for place, (value, look) in enumerate(cells):
            last = place + 1 + (merged if place == len(cells) - 1 else 0)
            if look.wrap:
                texts.append((value, _CHARACTERS * sum(self.widths[place:last]) * 10 / look.size))
            tallest = max(tallest, 1.5 * look.size)
        set_height(self.sheet, self.row, texts)
        height = self.sheet.row_dimensions[self.row]
        height.height = max(height.height, tallest)
        self.book.tailor.line(self.sheet, cells)

    def title(self, words: str) -> None:
        """Add a title as wide as the page."""
        self.note(words, evolve(TITLE, wrap=True))

    def note(self, words: str, look: Look = _NOTE) -> None:
        """Add a paragraph as wide as the page."""
        self.line((words, look), merged=len(self.widths) - 1)

    def section(self, words: str) -> None:
        """Add the heading of a section, after an empty row."""
        self.line()
        self.line((words, _SECTION), *(("", _SECTION) for _ in self.widths[1:]))

    def fact(self, name: str, words: str) -> None:
        """Add a name and what it is, as wide as the page."""
        self.line((name, _NOTE), (words, _FACT), merged=len(self.widths) - 2)

    def colour(self, first: tuple[int, int], last: tuple[int, int], rule: Any) -> None:
        """Let a rule colour a range of cells, by row and column from 1."""
        self.sheet.conditional_formatting.add(span(first, last), rule)
