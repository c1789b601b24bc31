"""Tallies as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from inovasi_index.errors import BadValueError, Fault
from inovasi_index.io.files import decode, format_error, read_bytes, write_all
from inovasi_index.scoring import Tally
from inovasi_index.untrusted import parse_json

if TYPE_CHECKING:
    import os

    from inovasi_index.rules import Edition

__all__ = ["read_tally", "write_tally"]


def write_tally(tally: Tally, path: str | os.PathLike[str]) -> None:
    """Write a tally as JSON, so that a kill in the middle leaves the old file or the new one.

    Parameters
    ----------
    tally : Tally
    path : path

    Raises
    ------
    OSError
        When the file cannot be written.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> write_tally(ii.scoring.Tally.empty(ii.load_edition("iid-2026")), "tally.json")
    >>> len(read_tally("tally.json"))
    0
    """
    write_all({Path(path): json.dumps(tally.to_dict()) + "\n"})


def read_tally(path: str | os.PathLike[str], edition: Edition | None = None) -> Tally:
    """Read a tally that `write_tally` wrote.

    Parameters
    ----------
    path : path
    edition : Edition, optional
        Needed for an edition that is not shipped.

    Raises
    ------
    FileFormatError
        When the file is no tally, or is damaged.
    OSError
        When it cannot be opened.
    """
    path = Path(path)
    text = decode(read_bytes(path), path)
    try:
        return Tally.from_dict(parse_json(text), edition)
    except (BadValueError, ValueError, RecursionError) as error:
        raise format_error(path, [Fault("no-tally", "", str(error))]) from None
