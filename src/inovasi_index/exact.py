"""Exact numbers: rounding in one declared way and reading what people write."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction

from inovasi_index.errors import BadValueError

__all__ = ["format_decimal", "hundredths_of", "parse_decimal", "round_half_up"]


def round_half_up(value: Fraction, decimals: int = 2) -> Decimal:
    """Round an exact fraction, halves away from zero.

    Examples
    --------
    >>> round_half_up(Fraction(67804, 1000))
    Decimal('67.80')
    >>> round_half_up(Fraction(5, 1000)), round_half_up(Fraction(-5, 1000))
    (Decimal('0.01'), Decimal('-0.01'))
    """
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    with localcontext() as context:
        context.prec = 400
        return Decimal(-whole if value < 0 else whole).scaleb(-decimals)


def hundredths_of(value: object, *, what: str = "value") -> int:
    """Return an amount as whole hundredths.

    Parameters
    ----------
    value : int, str, decimal.Decimal or fractions.Fraction
        Floats are taken as they print (``0.38`` is 0.38).
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
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal | Fraction):
        raise BadValueError(f"{what}: {value!r} is not a number")
    try:
        exact = Fraction(repr(value) if isinstance(value, float) else value) * 100
    except (ValueError, OverflowError):
        raise BadValueError(f"{what}: {value!r} is not a number") from None
    if exact.denominator != 1:
        raise BadValueError(f"{what}: {value} is not a whole number of hundredths")
    return exact.numerator


_POINT = re.compile(r"[+-]?\d+(\.\d+)?")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_DOT_GROUPS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


def parse_decimal(text: str) -> Decimal:
    """Read a number as Indonesians or English speakers write it; refuse what is ambiguous.

    A decimal comma or point and separated thousands are understood. ``1.234`` and ``1,234``
    may be either, so they are errors.

    Parameters
    ----------
    text : str

    Raises
    ------
    BadValueError
        When it is no number, or two readings are possible.

    Examples
    --------
    >>> parse_decimal("87,5"), parse_decimal("1.234,5"), parse_decimal("-50.32")
    (Decimal('87.5'), Decimal('1234.5'), Decimal('-50.32'))
    """
    given = text.strip().replace("\N{MINUS SIGN}", "-")
    if len(given) > 40 or not given.isascii():
        raise BadValueError(f"{text.strip()[:40]!r} is not a number")
    grouped_by_dot = _DOT_GROUPS.fullmatch(given)
    grouped_by_comma = _COMMA_GROUPS.fullmatch(given)
    plain = _POINT.fullmatch(given) or _COMMA.fullmatch(given)
    if plain and (grouped_by_dot or grouped_by_comma) and not given.lstrip("+-").startswith("0"):
        raise BadValueError(
            f"{given!r} is ambiguous: thousands or decimals? "
            f"write {given.replace('.', '').replace(',', '')} or "
            f"{given.replace(',', '.')}0"
        )
    if plain:
        return Decimal(given.replace(",", "."))
    if grouped_by_dot:
        return Decimal(given.replace(".", "").replace(",", "."))
    if grouped_by_comma:
        return Decimal(given.replace(",", ""))
    raise BadValueError(f"{given!r} is not a number")


def format_decimal(value: Decimal | int | Fraction, *, comma: bool = False, decimals: int = 2) -> str:
    """Write a number with fixed decimals, with a decimal comma if asked.

    Examples
    --------
    >>> format_decimal(Fraction(1, 3), comma=True)
    '0,33'
    """
    text = str(round_half_up(Fraction(value), decimals))
    return text.replace(".", ",") if comma else text
