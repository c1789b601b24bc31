"""Values and places in messages: shown within limits, counted beyond them."""

from __future__ import annotations

import reprlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["in_words", "shown"]

_NAMED = 5


def shown(value: object) -> str:
    """Return a value as messages show it, cut where it is long."""
    try:
        return reprlib.repr(value)
    except ValueError:  # Python writes no number of more than 4300 digits
        return f"{type(value).__name__} of too many digits to be shown"


def in_words(found: Iterable[object], *, separator: str = ", ") -> str:
    """Return the first of what was found, and how many more there are.

    Examples
    --------
    >>> in_words("abcdefg")
    'a, b, c, d, e and 2 more'
    """
    words = [str(one) for one in found]
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return separator.join(words[:_NAMED]) + more
