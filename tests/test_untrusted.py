"""What all readers share against files of others: opening, numbers, keys of TOML."""

from __future__ import annotations

import os
import sys
import time
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inovasi_index.errors import BadValueError
from inovasi_index.untrusted import MOST_DIGITS, MOST_STEPS, number, parse_toml, read_start

if TYPE_CHECKING:
    from pathlib import Path

STEPS = ["a", "B-1", "_", '""', '"a.b"', "' '", '"\\u0041"', "9"]


@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=60), st.sampled_from(["", " ", "\t "]))
def test_keys_are_refused_by_their_steps(steps: list[str], blank: str) -> None:
    key = f"{blank}.{blank}".join(steps)
    for text in (f"{key} = 1", f"x = {{ {key} = 1 }}", f"[{key}]", f"[[{key}]]"):
        if len(steps) <= MOST_STEPS:
            assert parse_toml(text) == tomllib.loads(text)
        else:
            with pytest.raises(BadValueError, match="32 steps"):
                parse_toml(text)


LONG = ".".join("a" * 100)


@pytest.mark.parametrize(
    "text",
    [
        f'x = "{LONG}"',
        f"x = '{LONG}'",
        f'x = """\n{LONG}\n"""',
        f"x = '''{LONG}'''",
        f"# {LONG}\nx = 1",
        f'x = """ "" \\""" {LONG} = 1"""',
        f"x = ''' '' {LONG}'''",
        f'x = "\\"" # {LONG}',
        "x = [" + ", ".join(["1.5"] * 100) + "]",
    ],
)
def test_dots_in_texts_and_remarks_are_no_steps(text: str) -> None:
    assert parse_toml(text, parse_float=float) == tomllib.loads(text)


def test_whole_numbers_of_toml_are_limited_whatever_python_allows() -> None:
    allowed = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        for most in ("9" * MOST_DIGITS, "-" + "9" * MOST_DIGITS):
            assert parse_toml(f"x = {most}") == {"x": int(most)}
        for digits in ("9" * (MOST_DIGITS + 1), "9_" * MOST_DIGITS + "9"):
            for text in (f"x = {digits}", f"x = [-{digits}]", f"x = {{y = {digits}}}"):
                with pytest.raises(BadValueError, match="has more than 1000 digits"):
                    parse_toml(text)
    finally:
        sys.set_int_max_str_digits(allowed)
    for text in (f'x = "{"9" * 5000}"', f"x = 1 # {'9' * 5000}", f'x = """{"9" * 5000}"""'):
        assert parse_toml(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "before", ['"""', "'''", '"', "'", 'x = "a"\n', "# remark\n", "x = 1 # '\n"]
)
def test_what_is_not_closed_hides_nothing(before: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_toml(f"{before}{LONG} = 1")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "a." * 1_000_000,
        '"' * 1_000_000,
        '"""' + '\\"""' * 300_000,
        "'''" + "''" * 300_000,
        '"a" ' * 300_000,
        " " * 1_000_000 + ".",
        "a" + " " * 1_000_000 + ".",
        "# " + "a." * 500_000 + "\n'''" + "'a" * 300_000,
        ("9" * MOST_DIGITS + "a") * 2_000,
        "x = " + "9" * 2_000_000,
    ],
)
def test_refusing_takes_no_longer_than_reading(text: str) -> None:
    start = time.process_time()
    with pytest.raises(ValueError, match=r"."):
        parse_toml(text)
    assert time.process_time() - start < 5


def test_numbers_are_exact_and_short() -> None:
    assert number("1e-30") == Decimal(10) ** -30
    assert number("0." + "1" * (MOST_DIGITS - 2)).is_finite()
    assert number("inf").is_infinite()
    with pytest.raises(BadValueError, match="digits"):
        number("0." + "1" * (MOST_DIGITS - 1))
    with pytest.raises(BadValueError, match="exponent"):
        number("1e99999999999999999999")


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert read_start(tmp_path / "a", 2) == b"ab"
    with pytest.raises(OSError, match=r"."):
        read_start(tmp_path, 2)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(BadValueError, match="regular file"):
            read_start(tmp_path / "pipe", 2)
        with pytest.raises(BadValueError, match="regular file"):
            read_start("/dev/zero", 2)
