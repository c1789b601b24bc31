"""TOML out of plain dicts; the standard library only reads it.

Long lists of small tables become one line a table, so that an innovation with twenty
answers stays readable; texts of several lines keep their lines.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from inovasi_index.errors import BadValueError

__all__ = ["toml_text"]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_ESCAPED = re.compile(r'[\x00-\x1f\x7f-\x9f"\\\u2028\u2029]')
_ESCAPED_IN_LINES = re.compile(r'[\x00-\x08\x0b-\x1f\x7f-\x9f\\\u2028\u2029]|"(?=""|\Z)')


def toml_text(plain: Mapping[str, Any], *, blocks: Container[str] = ()) -> str:
    r"""Return a TOML document.

    Parameters
    ----------
    plain : mapping of str to str, bool, int, float, Decimal, date, list or mapping
        What to write, in this order except that the blocks come last.
    blocks : container of str
        Lists of tables that are written as ``[[name]]``, one line a field. Other lists of
        tables are written as one line a table.

    Raises
    ------
    BadValueError
        For a value that TOML cannot hold: `None`, a number that is not finite, another type.

    Examples
    --------
    >>> plain = {"year": 2026, "region": {"name": "Kota Contoh"}, "innovations": [{"id": "1"}]}
    >>> print(toml_text(plain, blocks=["innovations"]), end="")
    year = 2026
    region = { name = "Kota Contoh" }
    <BLANKLINE>
    [[innovations]]
    id = "1"
    """
    head = {key: value for key, value in plain.items() if key not in blocks}
    parts = ["".join(_fields(head))] if head else []
    for key, tables in plain.items():
        if key in blocks:
            parts += [f"[[{_key(key)}]]\n{''.join(_fields(table))}" for table in tables]
    return "\n".join(parts)


def _fields(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, str) and "\n" in value:
            text = f'"""\n{_ESCAPED_IN_LINES.sub(_escape, value)}"""'
        elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            text = "[\n" + "".join(f"  {_value(item)},\n" for item in value) + "]"
        else:
            text = _value(value)
        yield f"{_key(key)} = {text}\n"


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _string(key)


def _string(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def _value(value: object) -> str:
    match value:
        case str():
            return _string(value)
        case bool():
            return "true" if value else "false"
        case int() | Decimal() | float() if math.isfinite(value):
            return repr(value) if isinstance(value, float) else str(value)
        case dt.datetime():
            raise BadValueError(f"cannot be written as TOML: {value!r}")
        case dt.date():
            return value.isoformat()
        case Mapping():
            return _inline(value)
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
    raise BadValueError(f"cannot be written as TOML: {value!r}")


def _inline(table: Mapping[str, Any]) -> str:
    fields: Iterable[str] = (f"{_key(k)} = {_value(v)}" for k, v in table.items())
    return f"{{ {', '.join(fields)} }}" if table else "{}"
