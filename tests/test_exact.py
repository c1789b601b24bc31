"""Numbers as people write them, and one way of rounding."""

from __future__ import annotations

from decimal import Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inovasi_index.errors import BadValueError
from inovasi_index.exact import (
    EXACT,
    format_decimal,
    hundredths_of,
    parse_decimal,
    round_half_up,
    write_decimal,
)

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25)


@given(st.fractions(), st.integers(0, 6))
@example(Fraction(1, 200), 2)
@example(Fraction(-1, 200), 2)
def test_rounding_takes_the_nearest_and_of_two_the_one_away_from_zero(
    value: Fraction, decimals: int
) -> None:
    rounded = Fraction(round_half_up(value, decimals))
    step = Fraction(1, 10**decimals)
    assert (rounded / step).denominator == 1
    assert abs(rounded - value) <= step / 2
    if abs(rounded - value) == step / 2:
        assert abs(rounded) > abs(value)
    assert round_half_up(-value, decimals) == round_half_up(value, decimals).copy_negate()


@given(st.integers(-(10**300), 10**300))
def test_rounding_keeps_every_digit(whole: int) -> None:
    assert round_half_up(Fraction(whole)) == whole


@given(DECIMALS.filter(lambda d: len(f"{d:f}") < 60))
def test_a_written_number_is_read_back(value: Decimal) -> None:
    assert parse_decimal(write_decimal(value)) == value


@given(st.integers(1000, 10**12), st.integers(0, 99), st.booleans())
def test_separated_thousands_are_read_in_both_styles(
    whole: int, cents: int, indonesian: bool
) -> None:
    text = f"{whole:,}.{cents:02}"
    if indonesian:
        text = text.translate(str.maketrans(",.", ".,"))
    assert parse_decimal(text) == Decimal(f"{whole}.{cents:02}")


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"), st.sampled_from("+- "))
def test_what_may_be_thousands_or_decimals_is_refused(
    left: int, right: int, mark: str, sign: str
) -> None:
    with pytest.raises(BadValueError, match="ambiguous") as caught:
        parse_decimal(f"{sign}{left}{mark}{right:03}")
    first, second = str(caught.value).rpartition("write ")[2].split(" or ")
    assert abs(parse_decimal(first)) == left * 1000 + right
    assert abs(parse_decimal(second)) == Decimal(f"{left}.{right:03}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,123", "0.123"),
        ("0.123", "0.123"),
        (" 87,5 ", "87.5"),
        ("\N{MINUS SIGN}50,32", "-50.32"),
        ("+4", "4"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1234.567", "1234.567"),
    ],
)
def test_numbers_as_they_are_written(text: str, value: str) -> None:
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "-", "1 234", "1.23.456", "12,34,5", "1e5", "0x10", "nan", "٣", "½", "1_000", "0.000.123"],
)
def test_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadValueError, match="not a number"):
        parse_decimal(text)


@pytest.mark.parametrize(
    ("text", "number"), [("27 orang", "27"), ("87,5 %", "87,5"), ("4bulan", "4"), ("12%", "12")]
)
def test_a_unit_is_named_as_what_is_wrong(text: str, number: str) -> None:
    with pytest.raises(BadValueError, match=f"write {number} without the unit"):
        parse_decimal(text)


def test_a_long_text_is_not_repeated_whole() -> None:
    with pytest.raises(BadValueError) as caught:
        parse_decimal("9" * 10_000)
    assert len(str(caught.value)) < 200


@given(st.integers(-(10**20), 10**20))
def test_hundredths_of_every_form_agree(hundredths: int) -> None:
    value = Decimal(hundredths).scaleb(-2)
    plain = f"{value:.2f}"
    assert hundredths_of(value) == hundredths_of(Fraction(hundredths, 100)) == hundredths
    assert hundredths_of(plain) == hundredths


def test_a_float_is_taken_as_it_prints() -> None:
    assert hundredths_of(0.38) == 38
    assert hundredths_of(51) == 5100


@pytest.mark.parametrize("value", [np.float64(0.38), np.float32(0.5), np.int8(7), np.uint64(5)])
def test_numbers_of_numpy_are_numbers(value: Any) -> None:
    assert hundredths_of(value) == round(100 * float(value))
    assert type(hundredths_of(value)) is int


def test_a_number_of_numpy_does_not_overflow() -> None:
    assert hundredths_of(np.int64(2**62)) == 100 * 2**62


@pytest.mark.parametrize(
    "value",
    [
        True,
        None,
        "abc",
        "1/3",
        "1.234",
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1e999999999"),
        Decimal("1e-999999999"),
        "1e999999999",
        Fraction(1, 3),
        0.005,
        b"1",
    ],
)
def test_what_is_no_whole_number_of_hundredths_is_refused(value: object) -> None:
    with pytest.raises(BadValueError, match=r"^weight: "):
        hundredths_of(value, what="weight")


def test_numbers_are_printed_with_fixed_decimals() -> None:
    assert format_decimal(Fraction(-1, 1000)) == "0.00"
    assert format_decimal(65, comma=True) == "65,00"
    assert format_decimal(Decimal("65.005"), decimals=1) == "65.0"


def test_exact_arithmetic_ignores_the_context_of_the_application() -> None:
    long = Decimal("1." + "3" * 60)
    with localcontext(prec=2) as context:
        context.traps[Inexact] = True
        assert EXACT.multiply(long, 100) == Decimal("133." + "3" * 58)
        assert EXACT.add(long, Decimal("1e-80")) > long
        assert EXACT.scaleb(678_041, -2) == Decimal("6780.41")
