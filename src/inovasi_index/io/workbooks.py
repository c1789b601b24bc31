"""Cells and looks of the workbooks that we write for people.

Text is text, whatever it begins with: it is stored as such, and with the mark by which
spreadsheet programs keep it from being run when the cell is edited. Characters that a
spreadsheet cannot hold, or that would hide others, are shown (see `inovasi_index.markup`).
"""

from __future__ import annotations

from copy import copy
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from inovasi_index.errors import MissingExtraError
from inovasi_index.io.limits import MAX_CELL_CHARACTERS
from inovasi_index.io.sheets import RUNNABLE, coded_text, column_letters
from inovasi_index.markup import visible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from typing import TypeAlias

    Value: TypeAlias = str | float | int | Decimal | Fraction | dt.date | None

__all__ = [
    "DOUBTFUL",
    "GROUND",
    "HEAD",
    "INK",
    "MANDATORY",
    "MISSING",
    "MUTED",
    "PLAIN",
    "SHADES",
    "TITLE",
    "WRONG",
    "Look",
    "Tailor",
    "bar_rule",
    "colour_rule",
    "new_workbook",
    "scale_rule",
    "set_height",
    "set_page",
    "set_widths",
    "span",
    "storable_text",
]

INK: Final = "1F2933"
MUTED: Final = "5B6672"
RULE: Final = "D3D8DE"
#: Grounds: of headings, of what is mandatory, missing, doubtful and wrong; light to dark blue.
GROUND: Final = "E6EEF5"
MANDATORY: Final = "FCE8C5"
MISSING: Final = "FBE3D6"
DOUBTFUL: Final = "FFF6CC"
WRONG: Final = "F3B9A8"
SHADES: Final = ("EEF1F4", "C3D9EA", "67A3CD", "0B4A80")


def new_workbook(what: str, *, for_rows: bool = False) -> Any:
    """Return an empty workbook.

    Parameters
    ----------
    what : str
        What it is for, in the error.
    for_rows : bool
        Whether it is written row by row, which takes little time and memory.

    Raises
    ------
    MissingExtraError
        Without openpyxl.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtraError.of(what, "spreadsheets") from None
    book = Workbook(write_only=for_rows)
    book.properties.creator = "inovasi_index"
    if not for_rows:
        book.remove(book.worksheets[0])
    return book


def storable_text(text: str) -> str:
    r"""Return text as a cell can hold it: nothing hidden, not too long, no codes of its own.

    Examples
    --------
    >>> storable_text("a\x07b\r\nc"), storable_text("_x0041_")
    ('a␇b\nc', '_x005F_x0041_')
    """
    stored = coded_text(visible(text.replace("\r\n", "\n").replace("\r", "\n")))
    return stored if len(stored) <= MAX_CELL_CHARACTERS else f"{stored[: MAX_CELL_CHARACTERS - 1]}…"


def span(first: tuple[int, int], last: tuple[int, int], *, fixed: bool = False) -> str:
    """Return a range of cells by row and column, both from 1.

    Examples
    --------
    >>> span((2, 1), (9, 3)), span((2, 1), (9, 1), fixed=True)
    ('A2:C9', '$A$2:$A$9')
    """
    mark = "$" if fixed else ""
    corners = (f"{mark}{column_letters(c - 1)}{mark}{r}" for r, c in (first, last))
    return ":".join(corners)


@frozen
class Look:
    """How a cell looks; colours are hexadecimal, `None` leaves what the program does."""

    bold: bool = False
    size: int = 10
    ink: str = INK
    ground: str | None = None
    number: str | None = None
    wrap: bool = False
    align: str | None = None
    rule: bool = False
    turned: bool = False
    low: bool = False  # at the bottom of the cell


PLAIN: Final = Look()
TITLE: Final = Look(bold=True, size=15)
HEAD: Final = Look(bold=True, ground=GROUND, wrap=True, rule=True)


class Tailor:
    """Puts values and looks into cells; each look is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[Look, bool], Any] = {}

    def dress(self, cell: Any, value: Value, look: Look = PLAIN) -> Any:
        """Fill a cell and return it."""
        runnable = False
        # Texts and numbers are put past the setter, which would guess what they are and is slow.
        if isinstance(value, str):
            text = storable_text(value)
            runnable = text.lstrip("'").startswith(RUNNABLE)
            if text:
                cell._value, cell.data_type = text, "s"  # noqa: SLF001
        elif isinstance(value, int | float | Decimal | Fraction):
            cell._value = value if type(value) is int else float(value)  # noqa: SLF001
        elif value is not None:
            cell.value = value
        style = self._made.get((look, runnable))
        if style is None:
            style = self._made[look, runnable] = self._make(cell, look, runnable=runnable)
        cell._style = style  # noqa: SLF001 - the quick way
        return cell

    def line(self, sheet: Any, values: Iterable[tuple[Value, Look]]) -> None:
        """Append a row to a sheet that is written row by row."""
        from openpyxl.cell import WriteOnlyCell

        sheet.append([self.dress(WriteOnlyCell(sheet), value, look) for value, look in values])

    @staticmethod
    def _make(cell: Any, look: Look, *, runnable: bool) -> Any:
        """Return a style as openpyxl keeps it, made with the help of a cell."""
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
        from openpyxl.styles.cell_style import StyleArray

        cell._style = StyleArray()  # noqa: SLF001 - that of another look is shared
        cell.font = Font(name="Calibri", size=look.size, bold=look.bold, color=look.ink)
        if look.ground is not None:
            cell.fill = PatternFill("solid", fgColor=look.ground)
        cell.alignment = Alignment(
            horizontal=look.align,
            vertical="bottom" if look.turned or look.low else "top",
            wrap_text=look.wrap,
            text_rotation=90 if look.turned else 0,
        )
        if look.rule:
            cell.border = Border(bottom=Side("thin", color=RULE))
        if look.number is not None:
            cell.number_format = look.number
        cell.quotePrefix = runnable
        return copy(cell._style)  # noqa: SLF001


def set_height(
    sheet: Any, row: int, cells: Iterable[tuple[object, float]], *, most: int = 28
) -> None:
    """Make a row as high as its cells need, from their texts and widths in characters.

    Parameters
    ----------
    sheet : openpyxl worksheet
    row : int
    cells : iterable of (object, float)
    most : int
        Lines that are shown at most.
    """
    lines = max(
        (
            sum(1 + int(len(line) / (width * 1.05)) for line in str(value or "").split("\n"))
            for value, width in cells
        ),
        default=1,
    )
    sheet.row_dimensions[row].height = 14 * min(lines, most) + 3


def set_widths(sheet: Any, widths: Iterable[float]) -> None:
    """Set the widths of the first columns, in characters."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[column_letters(column - 1)].width = width


def set_page(sheet: Any, *, landscape: bool, title_rows: str | None = None) -> None:
    """Let a sheet print on A4, as wide as the page, with page numbers."""
    from openpyxl.worksheet.properties import PageSetupProperties
    from openpyxl.worksheet.worksheet import Worksheet

    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    sheet.page_margins.footer = 0.3
    sheet.oddFooter.center.text = "&P / &N"
    if title_rows is not None:
        sheet.print_title_rows = title_rows


def colour_rule(ground: str, formula: str, *, bold: bool = False) -> Any:
    """Return a rule that puts a ground behind cells for which a formula holds."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    fill = PatternFill("solid", start_color=ground, end_color=ground)
    make: Any = FormulaRule  # without types
    return make(formula=[formula], fill=fill, font=Font(bold=True) if bold else None)


def scale_rule(lowest: float, highest: float) -> Any:
    """Return a rule that puts light to middle blue behind small to large numbers."""
    from openpyxl.formatting.rule import ColorScaleRule

    make: Any = ColorScaleRule  # without types
    return make(
        start_type="num",
        start_value=lowest,
        start_color="FFFFFF",
        end_type="num",
        end_value=highest,
        end_color=SHADES[2],
    )


def bar_rule(highest: float) -> Any:
    """Return a rule that puts a bar behind numbers from 0."""
    from openpyxl.formatting.rule import DataBarRule

    make: Any = DataBarRule  # without types
    return make(start_type="num", start_value=0, end_type="num", end_value=highest, color=SHADES[2])
