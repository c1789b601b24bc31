"""Files that other people wrote: opened without waiting, parsed within limits.

What Python's parsers leave open is closed here, for every reader alike.
"""

from __future__ import annotations

import json
import os
import re
import stat
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from inovasi_index.errors import BadValueError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "MOST_DIGITS",
    "MOST_FAULTS",
    "MOST_STEPS",
    "listed",
    "number",
    "parse_json",
    "parse_toml",
    "read_start",
]

#: Steps of a dotted key of TOML, as in ``a.b.c``. Our own files need seven. The time that the
#: parser of the standard library takes for a key grows with the square of its steps.
MOST_STEPS: Final = 32

#: Digits of a number as it is written. No field of ours holds more than 61.
MOST_DIGITS: Final = 1_000

#: Faults of one file that are listed; a last one says how many more there are.
MOST_FAULTS: Final = 1_000


def listed(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults, cut after the first thousand."""
    found = list(faults)
    if len(found) > MOST_FAULTS:
        more = f"{len(found) - MOST_FAULTS} more faults are not listed"
        found[MOST_FAULTS:] = [Fault("more-faults", "", more)]
    return found


def read_start(path: str | os.PathLike[str], n_bytes: int) -> bytes:
    """Return what a file holds, at most its first bytes.

    Raises
    ------
    OSError
        When it cannot be opened: there is none, it is a folder, it may not be read.
    BadValueError
        When it is a named pipe or a device.
    """
    with open(path, "rb", opener=_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise BadValueError("this is not a regular file")
        return file.read(n_bytes)


def _without_waiting(name: str, flags: int) -> int:
    # A named pipe without a writer would block for ever before it could be refused.
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def number(text: str) -> Decimal:
    """Return a number as it is written, exactly, also one that is not finite.

    Raises
    ------
    BadValueError
        When it has more digits than any field holds, or an exponent beyond `decimal`.

    Examples
    --------
    >>> number("0.10"), number("NaN")
    (Decimal('0.10'), Decimal('NaN'))
    """
    if len(text) > MOST_DIGITS:
        raise BadValueError(f"{text[:40]}… has more than {MOST_DIGITS} digits")
    try:
        return Decimal(text)
    except ArithmeticError:
        raise BadValueError(f"the exponent of {text[:40]} is too large") from None


def parse_json(text: str | bytes) -> Any:
    """Return what a JSON document holds, its numbers exact, also those that are not finite.

    Raises
    ------
    ValueError
        When it is not JSON, an object has a key twice, or a number has too many digits.
    RecursionError
        When brackets are nested too deeply.

    Examples
    --------
    >>> parse_json('{"points": 50.10}')
    {'points': Decimal('50.10')}
    """
    return json.loads(
        text,
        parse_int=_whole,
        parse_float=number,
        parse_constant=number,
        object_pairs_hook=_without_doubles,
    )


def _whole(text: str) -> int:
    # Python limits the digits, too, but at a number that can be set from outside.
    if len(text) > MOST_DIGITS:
        raise BadValueError(f"{text[:40]}… has more than {MOST_DIGITS} digits")
    return int(text)


def _without_doubles(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadValueError(f"the key {key[:80]!r} stands twice in one object")
        found[key] = value
    return found


_STEP = r"""(?:(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_MANY_STEPS = re.compile(rf"(?:{_STEP}\.[ \t]*+){{{MOST_STEPS}}}")
# Python limits the digits of whole numbers, too, but at a number that can be set from outside.
_MANY_DIGITS = re.compile(rf"(?<![0-9_])[0-9_]{{{MOST_DIGITS + 1}}}")
# Texts and remarks; one that is not closed goes to the end, where the parser refuses it.
_NO_KEYS = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+(?:"""|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+",
    re.DOTALL,
)


def parse_toml(text: str, *, parse_float: Callable[[str], Any] = number) -> dict[str, Any]:
    r"""Return the tables of a TOML document, its numbers exact.

    Raises
    ------
    ValueError
        When it is not TOML, or a key has more than 32 steps, or a number too many digits.
    RecursionError
        When brackets are nested too deeply.

    Examples
    --------
    >>> parse_toml("[region]\npoints = 50.10")
    {'region': {'points': Decimal('50.10')}}
    """
    if _MANY_STEPS.search(text) or _MANY_DIGITS.search(text):
        # Perhaps it stands in a text: look again where there are none.
        bare = _NO_KEYS.sub(lambda match: '""' if match[0][0] != "#" else "", text)
        if _MANY_STEPS.search(bare):
            raise BadValueError(f"a dotted key has more than {MOST_STEPS} steps")
        if digits := _MANY_DIGITS.search(bare):
            raise BadValueError(f"{digits[0][:40]}… has more than {MOST_DIGITS} digits")
    return tomllib.loads(text, parse_float=parse_float)
