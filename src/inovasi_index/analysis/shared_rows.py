"""Rows that two editions have in common, by key: never by number, which moves every year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.errors import BadValueError
from inovasi_index.rules import Part

if TYPE_CHECKING:
    from inovasi_index.rules import Edition

__all__ = ["shared_rows"]


def shared_rows(first: Edition, second: Edition) -> frozenset[str]:
    """Return the keys of the rows that both editions ask, each in the same part.

    Raises
    ------
    BadValueError
        When they share no row of the innovation part.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> rows = shared_rows(ii.load_edition("iid-2024"), ii.load_edition("iid-2026"))
    >>> "sipd_adoption" in rows, "regulation" in rows
    (False, True)
    """
    shared = frozenset(
        row.key for row in first if row.key in second and second[row.key].part is row.part
    )
    if not any(first[key].part is Part.INNOVATION for key in shared):
        raise BadValueError(
            f"{first.id} and {second.id} share no row of the innovation part, so nothing can be "
            "compared; rows are matched by their keys"
        )
    return shared
