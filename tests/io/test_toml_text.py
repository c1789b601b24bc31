"""What our writer of TOML writes, the standard library reads back."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inovasi_index.errors import BadValueError
from inovasi_index.io.toml_text import toml_text

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    '"\\\n\r\t\x00\x1f\x7f\x85\u2028 ab', max_size=12
)
SCALARS = (
    TEXT
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
TABLES = st.dictionaries(TEXT, VALUES, max_size=4)


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def exact(value: Any) -> Any:
    """Floats as the digits that they print, so that they can be compared with what is read."""
    match value:
        case dict():
            return {key: exact(inner) for key, inner in value.items()}
        case list():
            return [exact(inner) for inner in value]
        case float():
            return Decimal(repr(value))
        case _:
            return value


@given(TABLES)
@example({"a": 'three """ quotes\nand one at the end"', "b": '"""""\n""'})
@example({"a": "\nbegins and ends with a line\n", "b": "\r\n", "c": "\\\nx"})
def test_every_document_is_read_back(plain: dict[str, Any]) -> None:
    assert read(toml_text(plain)) == exact(plain)


@given(TABLES, st.lists(TABLES, max_size=3))
def test_blocks_come_last_and_are_read_back(plain: dict[str, Any], tables: list[Any]) -> None:
    document = {"items": tables, **plain, "items ": 1}
    text = toml_text(document, blocks=["items"])
    expected = exact(document)
    if not tables:
        del expected["items"]  # a block that is empty is not written
    assert read(text) == expected


def test_long_lists_stand_one_table_a_line() -> None:
    text = toml_text({"answers": [{"a": 1, "b": ["x"]}, {"a": 2}], "none": []})
    assert text == 'answers = [\n  { a = 1, b = ["x"] },\n  { a = 2 },\n]\nnone = []\n'


@pytest.mark.parametrize(
    "value",
    [None, float("nan"), float("inf"), Decimal("NaN"), dt.datetime(2025, 1, 1), {1}, b"x"],  # noqa: DTZ001
)
def test_what_toml_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(BadValueError, match="cannot be written as TOML"):
        toml_text({"a": [value]})
