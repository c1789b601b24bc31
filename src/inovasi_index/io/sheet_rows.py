"""The rows of a sheet of an .xlsx file, cell by cell, where none may hide another.

openpyxl reads a sheet as far as it can: of rows and cells out of order it drops some without a
word, formulas are translated for each cell that shares one, and everything below the rows is
read as well. Here the rows alone are read, formulas are left alone, and what does not follow
the order of the sheet is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["rows_of"]

# Elements between the ends of two rows: those of a row as wide as can be, or of what stands
# around the rows, a hundred thousand links or rules.
_MOST_ELEMENTS = 500_000


class _Texts(list[str]):
    """The shared texts; a text from the end is none."""

    def __getitem__(self, n: Any) -> Any:
        if n < 0:
            raise IndexError(f"there is no text {n}")
        return super().__getitem__(n)


def rows_of(sheet: Any) -> Iterator[tuple[int, Mapping[int, Any]]]:
    """Yield the number of each row and its cells by column, both from 1.

    Parameters
    ----------
    sheet : openpyxl.worksheet._read_only.ReadOnlyWorksheet

    Raises
    ------
    ValueError
        When rows or cells are out of order, or there is no end of them. Damaged XML raises what
        openpyxl raises.
    """
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser
    from openpyxl.xml.functions import iterparse

    class Parser(WorkSheetParser):
        def parse_formula(self, element: object) -> str:
            del element
            return "="

    book = sheet.parent
    with sheet._get_source() as source:  # noqa: SLF001 - there is no other way to the XML
        parser = Parser(
            source,
            _Texts(sheet._shared_strings),  # noqa: SLF001
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        before = elements = 0
        for _, element in iterparse(source):
            elements += 1
            if elements > _MOST_ELEMENTS:
                raise ValueError(f"more than {_MOST_ELEMENTS} elements in one place")
            if element.tag != ROW_TAG:
                continue
            number, cells = parser.parse_row(element)
            element.clear()
            if number <= before:
                raise ValueError(f"row {number} stands below row {before}")
            before, elements = number, 0
            found: dict[int, Any] = {}
            for cell in cells:
                column = cell["column"]
                if cell["row"] != number or column in found:
                    raise ValueError(f"a cell of row {cell['row']} in row {number}, or one twice")
                found[column] = ReadOnlyCell(sheet, **cell)
            yield number, found
