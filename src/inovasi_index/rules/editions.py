"""Everything about editions in one place: ``ii.editions``.

Examples
--------
>>> import inovasi_index as ii
>>> comparison = ii.editions.compare("iid-2026", "iid-2027")
>>> print(comparison.under("formula")[0])
formula.minimum_divisor: 12 → 14
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inovasi_index.rules.edition import Edition
from inovasi_index.rules.loading import available_editions as available
from inovasi_index.rules.loading import load_edition as load

if TYPE_CHECKING:
    import os

    from inovasi_index.rules.comparing import EditionComparison

__all__ = ["available", "compare", "load", "schema"]


def compare(
    before: Edition | str | os.PathLike[str], after: Edition | str | os.PathLike[str]
) -> EditionComparison:
    """Return what changed from one edition to another.

    Compared are, by key: rows added and removed, their numbers, names, weights, level texts,
    numeric bounds, mandatory marks and evidence; the constants of the formula; the bands; what
    an innovation must be. A value that one of the two does not have is `None` on its side.

    Parameters
    ----------
    before, after : Edition, str or path
        Editions, or what `load` takes.

    Raises
    ------
    UnknownNameError, EditionFileError
        As `load` does.

    Examples
    --------
    >>> changes = compare("iid-2025", "iid-2026")
    >>> print(changes.under("innovation.complaint_resolution.levels[2]")[0])
    innovation.complaint_resolution.levels[2]: 51% s.d. 85% → 51% s.d. 90%
    """
    from inovasi_index.rules.comparing import compared

    pair = [e if isinstance(e, Edition) else load(e) for e in (before, after)]
    return compared(*pair)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of edition files.

    It is written by the declarations that the reader itself follows, and shipped as
    ``inovasi_index/rules/data/edition.schema.json``. What a schema cannot say (sums, ladders,
    citations) is checked by `load`.

    Examples
    --------
    >>> schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    from inovasi_index.rules.grammar import schema as edition_schema

    return edition_schema()
