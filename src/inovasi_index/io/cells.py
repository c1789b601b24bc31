"""What people write in a cell, as the value that a field holds."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from inovasi_index.errors import BadValueError
from inovasi_index.exact import parse_decimal
from inovasi_index.io.sheets import Cell, Refused
from inovasi_index.records.forms import Day, Form, FormError, Number, Share, Whole, shown

__all__ = [
    "day_of",
    "degrees_of",
    "number_of",
    "share_of",
    "text_of",
    "value_of",
    "whole_of",
]


def value_of(form: Form, cell: Cell) -> Any:
    """Return what a cell holds as a value of a form.

    Raises
    ------
    FormError
        When it holds something else.
    """
    match form:
        case Whole():
            value: object = whole_of(cell)
        case Number():
            value = number_of(cell)
        case Share():
            value = share_of(cell)
        case Day():
            value = day_of(cell)
        case _:
            value = text_of(cell)
    return form.read(value)


def text_of(cell: Cell) -> str:
    """Return a text; a whole number is one, a number that may have lost zeros is not.

    Examples
    --------
    >>> text_of(Decimal("2026"))
    '2026'
    """
    match cell:
        case Refused():
            raise FormError(cell.message, cell.code)
        case str():
            return cell
        case Decimal() if cell == cell.to_integral_value():
            return f"{cell:.0f}"
        case Decimal():
            message = f"the cell holds the number {cell} where a text belongs; format it as text"
            raise FormError(message)
        case _:
            return cell.isoformat()


def number_of(cell: Cell) -> Decimal:
    """Return an exact number, written with a decimal point or comma.

    Examples
    --------
    >>> number_of("87,5")
    Decimal('87.5')
    """
    match cell:
        case Refused():
            raise FormError(cell.message, cell.code)
        case Decimal():
            return cell
        case dt.date():
            raise FormError(f"the cell holds the date {cell.isoformat()}, not a number")
    if cell.startswith(("=", "@")):
        raise FormError(f"{shown(cell)} is a formula; write its value instead", "formula")
    try:
        return parse_decimal(cell)
    except BadValueError as error:
        raise FormError(str(error), "not-a-number") from None


def whole_of(cell: Cell) -> int:
    """Return a whole number; ``3.0``, as some programs write it, is 3.

    Examples
    --------
    >>> whole_of("3"), whole_of(Decimal("3.0"))
    (3, 3)
    """
    number = number_of(cell)
    if number != number.to_integral_value():
        raise FormError(f"{number} is not a whole number")
    return int(number)


def share_of(cell: Cell) -> float:
    """Return a probability, also one that is written with an exponent.

    Examples
    --------
    >>> share_of("0,85"), share_of("1e-30")
    (0.85, 1e-30)
    """
    if isinstance(cell, str) and re.fullmatch(r"[0-9]+([.,][0-9]+)?(e-[0-9]+)?", cell.casefold()):
        return float(cell.replace(",", "."))
    return float(number_of(cell))


_TIME = r"(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"
_DAYS = (
    re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}}){_TIME}"),
    re.compile(
        rf"(?P<day>[0-9]{{1,2}})(?P<sep>[-/.])(?P<month>[0-9]{{1,2}})(?P=sep)(?P<year>[0-9]{{4}}){_TIME}"
    ),
)


def day_of(cell: Cell) -> dt.date:
    """Return a day: a date, or text as ``yyyy-mm-dd``, ``dd-mm-yyyy`` or ``dd/mm/yyyy``.

    Examples
    --------
    >>> day_of("2025-01-31") == day_of("31/01/2025")
    True
    """
    match cell:
        case Refused():
            raise FormError(cell.message, cell.code)
        case dt.date():
            return cell
        case Decimal():
            raise FormError(f"the number {cell} is not a date; format the cell as a date")
    match = next(filter(None, (form.fullmatch(cell) for form in _DAYS)), None)
    if match is None:
        message = f"{shown(cell)} is not a date as yyyy-mm-dd, dd-mm-yyyy or dd/mm/yyyy"
        raise FormError(message, "bad-date")
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        message = f"{cell} is not a day of the calendar (the day stands before the month)"
        raise FormError(message, "impossible-date") from None


_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,20})?")


def degrees_of(cell: Cell) -> Decimal:
    """Return degrees; here a point or comma can only be that of the decimals.

    Examples
    --------
    >>> degrees_of("-3.319"), degrees_of("114,591")
    (Decimal('-3.319'), Decimal('114.591'))
    """
    if isinstance(cell, str) and _DEGREES.fullmatch(cell):
        return Decimal(cell.replace(",", "."))
    return number_of(cell)
