"""Exact numbers: rounding in one declared way and reading what people write."""

from __future__ import annotations

import numbers
import re
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction

from inovasi_index.errors import BadValueError

__all__ = [
    "EXACT",
    "format_decimal",
    "hundredths_of",
    "parse_decimal",
    "round_half_up",
    "write_decimal",
]

#: Arithmetic of decimals that rounds nothing that a file can hold, whatever context the
#: application has set for its own.
EXACT = Context(
    prec=100_000,
    Emax=MAX_EMAX,
    Emin=MIN_EMIN,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)


def round_half_up(value: Fraction, decimals: int = 2) -> Decimal:
    """Round an exact fraction, halves away from zero.

    Examples
    --------
    >>> round_half_up(Fraction(67804, 1000))
    Decimal('67.80')
    >>> round_half_up(Fraction(5, 1000)), round_half_up(Fraction(-5, 1000))
    (Decimal('0.01'), Decimal('-0.01'))
    """
    return Decimal(_rounded(value, decimals))


def _rounded(value: Fraction, decimals: int) -> str:
    """Write an exact number with so many decimals, halves away from zero."""
    unit = 10**decimals
    top, bottom = abs(value.numerator) * unit, value.denominator
    whole, rest = divmod((2 * top + bottom) // (2 * bottom), unit)
    sign = "-" if value.numerator < 0 and (whole or rest) else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"


def hundredths_of(value: object, *, what: str = "value") -> int:
    """Return an amount as whole hundredths.

    Parameters
    ----------
    value : int, str, float, decimal.Decimal or fractions.Fraction
        Floats are taken as they print (``0.38`` is 0.38), strings as `parse_decimal` reads
        them; NumPy's numbers are numbers, too.
    what : str
        Name of the amount in the error.

    Raises
    ------
    BadValueError
        When it is no number or no whole number of hundredths.

    Examples
    --------
    >>> hundredths_of("0.75"), hundredths_of(51)
    (75, 5100)
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real | str | Decimal):
        raise BadValueError(f"{what}: {value!r} is not a number")
    try:
        exact = 100 * _fraction(value)
    except BadValueError as error:
        raise BadValueError(f"{what}: {error}") from None
    if exact.denominator != 1:
        raise BadValueError(f"{what}: {value} is not a whole number of hundredths")
    return exact.numerator


# An exponent costs nothing to write and a fraction with that many digits everything to hold.
_MOST_DIGITS = 400


def _fraction(value: numbers.Real | str | Decimal) -> Fraction:
    if isinstance(value, numbers.Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if not isinstance(value, Decimal):
        value = parse_decimal(value) if isinstance(value, str) else Decimal(str(value))
    if not (value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS):
        raise BadValueError(f"{value} is not a number that can be held exactly")
    return Fraction(value)


_POINT = re.compile(r"[+-]?\d+(\.\d+)?")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_DOT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_WITH_UNIT = re.compile(r"([+-]?\d[\d.,]*) *(?:%|[A-Za-z]\D*)")


def parse_decimal(text: str) -> Decimal:
    """Read a number as Indonesians or English speakers write it; refuse what is ambiguous.

    A decimal comma or point and separated thousands are understood. ``1.234`` and ``1,234``
    may be either, so they are errors.

    Parameters
    ----------
    text : str
        Digits with an optional sign; no unit, at most 64 characters.

    Raises
    ------
    BadValueError
        When it is no number, carries a unit, or two readings are possible.

    Examples
    --------
    >>> parse_decimal("87,5"), parse_decimal("1.234,5"), parse_decimal("-50.32")
    (Decimal('87.5'), Decimal('1234.5'), Decimal('-50.32'))
    >>> parse_decimal("27 orang")
    Traceback (most recent call last):
    inovasi_index.errors.BadValueError: '27 orang' is not a number; write 27 without the unit
    """
    given = text.strip().replace("\N{MINUS SIGN}", "-")
    if len(given) > 64 or not given.isascii():
        raise BadValueError(f"{given[:64]!r} is not a number")
    by_dot = _DOT_GROUPS.fullmatch(given)
    by_comma = _COMMA_GROUPS.fullmatch(given)
    plain = _POINT.fullmatch(given) or _COMMA.fullmatch(given)
    if plain and (by_dot or by_comma):
        raise BadValueError(
            f"{given!r} is ambiguous: thousands or decimals? "
            f"write {given.replace('.', '').replace(',', '')} or {given.replace(',', '.')}0"
        )
    if plain:
        return Decimal(given.replace(",", "."))
    if by_dot:
        return Decimal(given.replace(".", "").replace(",", "."))
    if by_comma:
        return Decimal(given.replace(",", ""))
    with_unit = _WITH_UNIT.fullmatch(given)
    hint = f"; write {with_unit[1]} without the unit" if with_unit else ""
    raise BadValueError(f"{given!r} is not a number{hint}")


def write_decimal(value: Decimal) -> str:
    """Write a number with all its digits so that `parse_decimal` reads it back.

    A trailing zero keeps what could be read as thousands apart.

    Examples
    --------
    >>> write_decimal(Decimal("87.5")), write_decimal(Decimal("1.234"))
    ('87.5', '1.2340')
    """
    text = f"{value:f}"
    return f"{text}0" if _DOT_GROUPS.fullmatch(text) else text


def format_decimal(
    value: Decimal | int | Fraction, *, comma: bool = False, decimals: int = 2
) -> str:
    """Write a number with fixed decimals, with a decimal comma if asked.

    Examples
    --------
    >>> format_decimal(Fraction(1, 3), comma=True)
    '0,33'
    """
    text = _rounded(value if isinstance(value, Fraction) else Fraction(value), decimals)
    return text.replace(".", ",") if comma else text
