"""What people pass to schemes (mappings, keys, rankings), read or refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from inovasi_index.composite.words import in_words, shown
from inovasi_index.errors import BadValueError

__all__ = ["read_keys", "read_mapping", "read_ranking", "read_several"]


def read_mapping(given: Any, *, what: str, of: str) -> dict[Any, Any]:
    """Copy a mapping, or what can be made one: `Weights`, a series of pandas.

    Parameters
    ----------
    given : object
    what : str
        Name of the mapping in messages.
    of : str
        What it maps, in words (``"str to float"``).

    Raises
    ------
    BadValueError
    """
    found = given
    if hasattr(given, "to_dict") and not isinstance(given, type):
        found = given.to_dict()
    if not isinstance(found, Mapping):
        raise BadValueError(f"{what}: a mapping of {of} is needed, not {shown(given)}")
    return dict(found)


def read_keys(given: Any, *, what: str) -> tuple[str, ...]:
    """Read texts; the letters of a text are texts as well.

    Raises
    ------
    BadValueError
    """
    keys = _items(given)
    if keys is None:
        raise BadValueError(f"{what}: texts are needed, not {shown(given)}")
    if not set(map(type, keys)) <= {str}:  # most are, and a subclass is rare
        wrong = [shown(key) for key in keys if not isinstance(key, str)]
        if wrong:
            raise BadValueError(f"{what}: texts are needed; not so: {in_words(wrong)}")
    return keys


def read_ranking(given: Any) -> tuple[tuple[str, ...], ...]:
    """Read keys in their order, tied ones in groups.

    Raises
    ------
    BadValueError
    """
    has_no_order = isinstance(given, AbstractSet | Mapping)
    places = None if has_no_order else _items(given)
    if places is None:
        raise BadValueError(
            f"ranking: keys in order, the most important first, are needed, not {shown(given)}"
        )
    groups = [(place,) if isinstance(place, str) else _items(place) for place in places]
    wrong = [
        f"{shown(place)} at {at}"
        for at, (place, group) in enumerate(zip(places, groups, strict=True))
        if group is None or not all(isinstance(key, str) for key in group)
    ]
    if wrong:
        raise BadValueError(
            f"ranking: a key, or a group of keys that are tied, stands at each place; not so: "
            f"{in_words(wrong)}"
        )
    return tuple(group for group in groups if group is not None)


def read_several(given: Any, *, what: str, of: str) -> tuple[Any, ...]:
    """Read things of any kind, one after the other; a text is none of them.

    Parameters
    ----------
    given : object
    what : str
        Name of the things in messages.
    of : str
        What they are, in words (``"one for each scheme"``).

    Raises
    ------
    BadValueError
    """
    items = None if isinstance(given, str | bytes) else _items(given)
    if items is None:
        raise BadValueError(f"{what}: {of} are needed, not {shown(given)}")
    return items


def _items(given: Any) -> tuple[Any, ...] | None:
    try:
        each = iter(given)
    except TypeError:
        return None
    return tuple(each)
