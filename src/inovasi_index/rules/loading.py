"""Editions by name or path. Reading a file needs more machinery, imported when one is read."""

from __future__ import annotations

import os
from _thread import allocate_lock
from functools import cache
from typing import TYPE_CHECKING

from inovasi_index.errors import UnknownNameError

if TYPE_CHECKING:
    from inovasi_index.rules.edition import Edition

__all__ = ["available_editions", "load_edition"]

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")  # noqa: PTH100, PTH118, PTH120 - pathlib is slow to import

_READING = allocate_lock()


@cache
def available_editions() -> tuple[str, ...]:
    """Return the ids of the editions that are shipped, the oldest first.

    Examples
    --------
    >>> available_editions()[0], available_editions()[-1]
    ('iid-2021', 'iid-2029')
    """
    files = sorted(os.listdir(DATA))  # noqa: PTH208 - likewise
    return tuple(file.removesuffix(".toml") for file in files if file.endswith(".toml"))


def load_edition(name_or_path: str | os.PathLike[str]) -> Edition:
    """Return a shipped edition, or the one in a file of your own.

    Parameters
    ----------
    name_or_path : str or path
        Id of a shipped edition (``"iid-2026"``), which is read once, or the path of a TOML
        file.

    Raises
    ------
    UnknownNameError
        When it is neither.
    EditionFileError
        With every fault of the file at once.

    Examples
    --------
    >>> edition = load_edition("iid-2026")
    >>> edition
    <Edition iid-2026: 20 region rows, 20 innovation rows>
    >>> edition["regulation"].name
    'Regulasi Inovasi Daerah'
    """
    name = os.fspath(name_or_path)
    shipped = available_editions()
    if isinstance(name_or_path, str):
        if name in shipped:
            # A cache alone may read a file twice when threads ask for it at the same moment.
            with _READING:
                return _shipped(name)
        if not name.endswith(".toml") and not os.path.isfile(name):  # noqa: PTH113 - likewise
            raise UnknownNameError.of("edition", name, shipped)
    from inovasi_index.rules.reading import read_edition

    return read_edition(name)


@cache
def _shipped(name: str) -> Edition:
    from inovasi_index.rules.reading import read_edition

    return read_edition(os.path.join(DATA, f"{name}.toml"))  # noqa: PTH118 - likewise
