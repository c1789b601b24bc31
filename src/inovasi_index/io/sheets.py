"""Sheets of cells, from CSV and .xlsx files and back.

A cell is a text, a number or a day, or it is `Refused`: a formula, an error, a percentage or
a truth value, which no field of ours can take. Nothing is ever calculated, and no link is
followed.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, TypeAlias
from xml.parsers import expat

from attrs import evolve, frozen

from inovasi_index.errors import (
    BadValueError,
    Fault,
    FileFormatError,
    InovasiIndexError,
    MissingExtraError,
)
from inovasi_index.exact import EXACT, write_decimal
from inovasi_index.io import limits
from inovasi_index.io.files import decode, format_error, read_bytes
from inovasi_index.io.sheet_rows import rows_of
from inovasi_index.records.forms import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


__all__ = [
    "RUNNABLE",
    "Cell",
    "Refused",
    "Row",
    "Sheet",
    "coded_text",
    "column_letters",
    "csv_text",
    "read_csv",
    "read_xlsx",
    "xlsx_bytes",
]


@frozen
class Refused:
    """What stands in a cell that cannot be used, and why."""

    code: str
    message: str


Cell: TypeAlias = str | Decimal | dt.date | Refused


@frozen
class Row:
    """The cells of one row that are not empty, by position; `number` counts from 1."""

    number: int
    cells: Mapping[int, Cell]


@frozen
class Sheet:
    """The rows of a sheet that are not empty; the first holds the headings.

    Attributes
    ----------
    rows : tuple of Row
    label : str
        How the sheet is called in a fault; empty for the only one of a file.
    has_addresses : bool
        Whether people know its cells by addresses such as ``F5``.
    """

    rows: tuple[Row, ...]
    label: str = ""
    has_addresses: bool = False

    def place(
        self, row: int | None = None, column: int | None = None, heading: str | None = None
    ) -> str:
        """Return where a row or a cell is, for a fault."""
        parts = [
            self.label,
            "" if row is None else f"row {row}",
            "" if heading is None else f"column {shown(heading)}",
        ]
        if self.has_addresses and row is not None and column is not None:
            parts[1] = f"cell {column_letters(column)}{row}"
        return ", ".join(filter(None, parts))


def column_letters(position: int) -> str:
    """Return the letters of a column as spreadsheet programs name it.

    Examples
    --------
    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _sheet(path: Path, label: str, rows: Iterable[tuple[int, int, Mapping[int, Cell]]]) -> Sheet:
    """Collect rows (number, width and cells) as far as the limits allow."""
    empty = Sheet((), label)
    kept: list[Row] = []
    area = filled = 0

    def refuse(code: str, message: str, number: int | None = None) -> FileFormatError:
        return format_error(path, [Fault(code, empty.place(number), message)])

    for number, width, cells in rows:
        area += max(1, width)
        filled += len(cells)
        if cells:
            kept.append(Row(number, cells))
        for what, found, limit in (
            ("rows", len(kept), limits.MAX_ROWS),
            ("rows", number, limits.MAX_ROW_NUMBER),
            ("columns", width, limits.MAX_WIDTH),
            ("cells", area, limits.MAX_CELLS),
            ("cells", filled, limits.MAX_FILLED_CELLS),
        ):
            if found > limit:
                raise refuse(f"too-many-{what}", f"more than {limit} {what}", number)
    if not kept:
        raise refuse("empty-sheet", "there is nothing in it, not even headings")
    if len(kept[0].cells) > limits.MAX_COLUMNS:
        most = f"more than {limits.MAX_COLUMNS} columns"
        raise refuse("too-many-columns", most, kept[0].number)
    return Sheet(tuple(kept), label)


# A spreadsheet program runs what begins like this; an apostrophe in front keeps it a text.
RUNNABLE = ("=", "+", "-", "@", "\t", "\r")


def _disarmed(text: str) -> str:
    return f"'{text}" if text.lstrip("'").startswith(RUNNABLE) else text


def _rearmed(text: str) -> str:
    apostrophe = text.startswith("'") and text.lstrip("'").startswith(RUNNABLE)
    return text[1:] if apostrophe else text


def read_csv(path: Path, *, label: str = "") -> Sheet:
    """Read a CSV file: UTF-8, separated by commas or semicolons, all cells texts.

    Raises
    ------
    OSError
        When the file cannot be opened.
    FileFormatError
        When it is empty, too large, not UTF-8 or not CSV.
    """
    text = decode(read_bytes(path), path)
    return _sheet(path, label, _csv_rows(path, text))


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, int, Mapping[int, Cell]]]:
    delimiter = max(",", ";", "\t", key=lambda d: len(_first_record(text, d)))
    reader = csv.reader(_csv_lines(text, delimiter), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            cells = {n: _csv_cell(raw) for n, raw in enumerate(record) if raw.strip()}
            yield number, len(record), cells
    except csv.Error as error:
        message = f"this is not CSV: {error}"
        raise format_error(path, [Fault("not-csv", f"row {number + 1}", message)]) from None


def _csv_lines(text: str, delimiter: str) -> Iterator[str]:
    """Yield lines, none with more cells than a row may have: each cell is an object."""
    for line in io.StringIO(text, newline=""):
        if line.count(delimiter) > limits.MAX_WIDTH:
            bare = re.sub(r'"[^"]*"?', "", line)
            if bare.count(delimiter) > limits.MAX_WIDTH:
                raise csv.Error(f"a line has more than {limits.MAX_WIDTH} cells")
        yield line


def _first_record(text: str, delimiter: str) -> Sequence[str]:
    reader = csv.reader(_csv_lines(text, delimiter), delimiter=delimiter)
    try:
        return next(filter(None, reader), ())
    except csv.Error:
        return ()


def _csv_cell(raw: str) -> Cell:
    if len(raw) > limits.MAX_CELL_CHARACTERS:
        return _too_long(raw)
    text = raw.strip()
    return _rearmed(text)


def _too_long(text: str) -> Refused:
    most = limits.MAX_CELL_CHARACTERS
    return Refused("text-too-long", f"{len(text)} characters; a cell holds at most {most}")


def csv_text(rows: Iterable[Sequence[str | Decimal | None]]) -> str:
    """Return CSV text; a text that a spreadsheet program would run gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_csv_value(cell) for cell in row])
    return out.getvalue()


def _csv_value(cell: str | Decimal | None) -> str:
    if isinstance(cell, Decimal):
        return write_decimal(cell)
    return _disarmed(cell) if cell else ""


def read_xlsx(path: Path, choose: Callable[[Sequence[str]], Iterable[str]]) -> dict[str, Sheet]:
    """Read sheets of an .xlsx file; macros, links, pictures and formulas are left alone.

    Parameters
    ----------
    path : pathlib.Path
    choose : callable
        Gets the names of the sheets and returns those that are wanted.

    Raises
    ------
    OSError
        When the file cannot be opened.
    FileFormatError
        When it is no .xlsx file, is damaged, or is larger than the limits, packed or unpacked.
    MissingExtraError
        Without openpyxl.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtraError.of("reading .xlsx files", "spreadsheets") from None
    data = read_bytes(path)
    try:
        _require_harmless(path, data)
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it does not keep; no cell is lost.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheets = _named(book.worksheets)
            return {
                name: evolve(
                    _sheet(path, f"sheet {name!r}", _xlsx_rows(sheets[name])), has_addresses=True
                )
                for name in choose(list(sheets))
            }
    except InovasiIndexError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged part raises whatever it runs into
        kind = f"{type(error).__name__}: {error}"[:200]
        message = f"this is not an .xlsx file, or it is damaged ({kind})"
        raise format_error(path, [Fault("not-xlsx", "", message)]) from None


def _named(worksheets: Sequence[Any]) -> dict[str, Any]:
    """Return sheets by name; in a dict made at once the last of a name would hide the others."""
    found = {sheet.title: sheet for sheet in worksheets}
    if len(found) < len(worksheets):
        raise ValueError("two sheets have the same name")
    return found


_OLD_OR_LOCKED = bytes.fromhex("d0cf11e0a1b11ae1")


def _require_harmless(path: Path, data: bytes) -> None:
    """Refuse what would unpack to more than the limits, and XML that defines entities."""
    if data.startswith(_OLD_OR_LOCKED):
        message = "this is an old .xls file or has a password; save it as .xlsx without one"
        raise format_error(path, [Fault("not-xlsx", "", message)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        swollen = [
            part.filename
            for part in parts
            if part.file_size > 2**20
            and part.file_size > limits.MAX_UNPACKED_RATIO * part.compress_size
        ]
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > limits.MAX_PARTS or unpacked > limits.MAX_UNPACKED_BYTES or swollen:
            message = (
                f"{len(parts)} parts that unpack to {unpacked / 2**20:.0f} MiB are more than a "
                "spreadsheet of this kind can need"
            )
            raise format_error(path, [Fault("unpacks-too-large", ", ".join(swollen), message)])
        for part in parts:
            with archive.open(part) as file:
                start = _start_of(file)
            if start == _DOCTYPE:
                message = "holds a document type, which spreadsheets do not need"
                raise format_error(path, [Fault("xml-doctype", part.filename, message)])
            holds_rows = start in _LARGE and not part.filename.endswith(_NEVER_LARGE)
            if part.file_size > limits.MAX_DESCRIPTION_BYTES and start and not holds_rows:
                most = limits.MAX_DESCRIPTION_BYTES // 2**20
                message = f"more than {most} MiB, and neither a sheet nor its texts"
                raise format_error(path, [Fault("unpacks-too-large", part.filename, message)])


_DOCTYPE = "!DOCTYPE"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# First elements of parts that may be large, and parts that openpyxl reads whatever they hold.
_LARGE = {f"{_MAIN} {name}" for name in ("worksheet", "sst", "pivotCacheRecords")}
_NEVER_LARGE = ("styles.xml", "theme1.xml", "core.xml", "custom.xml", "_Types].xml", ".rels")


class _Seen(Exception):  # noqa: N818 - no error: it ends the parsing
    pass


def _start_of(file: IO[bytes]) -> str:
    """Return the name of the first element of XML, ``!DOCTYPE`` before one, ``""`` of no XML.

    Which parts are read as XML is said by other parts and not by their names, so all are looked
    at; what this parser cannot read, openpyxl cannot either, whose parser is the same.
    """

    def doctype(*_: object) -> None:
        raise _Seen(_DOCTYPE)

    def element(name: str, _: object) -> None:
        raise _Seen(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = element
    try:
        while chunk := file.read(2**14):
            parser.Parse(chunk)
    except _Seen as seen:
        return str(seen)
    except expat.ExpatError:
        pass
    return ""


def _xlsx_rows(sheet: Any) -> Iterator[tuple[int, int, Mapping[int, Cell]]]:
    for number, row in rows_of(sheet):
        given = {n - 1: _xlsx_cell(cell) for n, cell in sorted(row.items())}
        filled = {n: cell for n, cell in given.items() if cell is not None}
        yield number, max(row, default=0), filled


def _xlsx_cell(cell: Any) -> Cell | None:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Refused("formula", "holds a formula; write its value instead")
    if cell.data_type == "e":
        return Refused("error-value", f"holds the error {value}")
    match value:
        case str():
            text = _CODES.sub(lambda code: _MEANT[code[0]], value).strip()
            return (text if len(text) <= limits.MAX_CELL_CHARACTERS else _too_long(text)) or None
        case bool():
            return Refused("wrong-type", f"holds the truth value {str(value).upper()}")
        case int() | float():
            return _xlsx_number(value, cell.number_format)
        case dt.datetime():
            return value.date()
        case dt.date():
            return value
        case _:
            return Refused("wrong-type", f"holds a time of day or a duration, {value}")


# How spreadsheet programs write the carriage returns of text from web forms, which go, and the
# underscore of a text that looks like a code.
_MEANT = {"_x000D_": "", "_x005F_": "_"}
_CODES = re.compile("|".join(_MEANT))


def coded_text(text: str) -> str:
    """Return a text in which nothing is taken for the code of a character.

    Examples
    --------
    >>> coded_text("_x0041_")
    '_x005F_x0041_'
    """
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def _xlsx_number(value: float, number_format: str) -> Decimal | Refused:
    number = Decimal(repr(value))
    if not number.is_finite():
        return Refused("not-finite", "holds a number that is not finite")
    if "%" in number_format:
        percent = EXACT.multiply(number, Decimal(100))
        message = f"shows {percent:f} % but holds {number:f}; write a plain number without %"
        return Refused("percentage", message)
    return number


def xlsx_bytes(sheets: Mapping[str, Iterable[Sequence[str | Decimal | None]]]) -> bytes:
    """Return an .xlsx file; texts stay texts, whatever they begin with.

    Raises
    ------
    BadValueError
        For a text that is too long for a cell or holds control characters.
    MissingExtraError
        Without openpyxl.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtraError.of("writing .xlsx files", "spreadsheets") from None
    # All is checked before the first row is written: openpyxl cannot stop in the middle.
    checked = {
        name: [
            [_storable(cell, name, number) for cell in row] for number, row in enumerate(rows, 1)
        ]
        for name, rows in sheets.items()
    }
    book = Workbook(write_only=True)
    for name, rows in checked.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([_text_cell(sheet, v) if isinstance(v, str) else v for v in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _storable(value: str | Decimal | None, name: str, number: int) -> str | float | None:
    """Return a value as a spreadsheet holds it: a number with all its digits or a text."""
    if isinstance(value, Decimal):
        held = float(value)
        # openpyxl writes sixteen digits; what needs one more is a text.
        if Decimal(repr(held)) == value and float(f"{held:.16g}") == held:
            return int(value) if held.is_integer() else held
        value = write_decimal(value)
    if value is None:
        return None
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    place = f"sheet {name!r}, row {number}"
    if len(text) > limits.MAX_CELL_CHARACTERS:
        raise BadValueError(f"{place}: {_too_long(text).message} of a spreadsheet")
    if _CONTROLS.search(text):
        message = f"{place}: {shown(text)} holds control characters, which a spreadsheet cannot"
        raise BadValueError(message)
    return text


def _text_cell(sheet: Any, text: str) -> object:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, coded_text(text))
    cell.data_type = "s"  # a text that looks like a formula or an error stays a text
    cell.quotePrefix = text.startswith(RUNNABLE)
    return cell
