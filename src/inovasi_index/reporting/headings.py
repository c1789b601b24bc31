"""What the columns of a frame are called, and what a heading that was found means.

Columns of results have field names (``mean_maturity``); labels in English or Indonesian stand
in the catalogue, official names of indicators in the edition. A heading is understood in any
of these spellings; capitals, hyphens and blanks do not matter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from inovasi_index.io.words import folded
from inovasi_index.language import Language, messages, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inovasi_index.rules import Edition, Indicator

__all__ = ["affair_positions", "fold", "label", "row_spellings", "spellings"]

#: Spellings of a column besides its field name and its labels.
_OTHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "region": ("region code", "kode daerah", "kode wilayah", "kode pemda", "pemda", "nama pemda"),
    "innovation": ("id", "innovation id", "id inovasi"),
    "affair": ("urusan utama", "urusan", "urusan pemerintahan utama"),
    "indicator": ("indicator key", "kunci indikator"),
    "level": ("tingkat",),
    "name": ("nama daerah", "nama inovasi", "judul inovasi"),
    "agency": ("opd", "skpd", "admin opd"),
}


#: What does not differ between copies of a spelling; see `inovasi_index.io.words`.
fold = lru_cache(maxsize=4096)(folded)


def label(name: str, language: Language | str | None) -> str:
    """Return the label of a column; its field name where no language or no label is known.

    Examples
    --------
    >>> label("mean_maturity", "id"), label("mean_maturity", None), label("regulation", "en")
    ('Rata-rata kematangan', 'mean_maturity', 'regulation')
    """
    if language is not None:
        for key in (f"column.{name}", f"gap.{name}"):  # tables of gaps have a column a cause
            if key in messages():
                return text(key, language)
    return name


def spellings(names: Iterable[str]) -> dict[str, str]:
    """Return field names by every folded spelling; the first name that claims one has it."""
    found: dict[str, str] = {}
    for name in names:
        labels = (label(name, language) for language in Language)
        for spelling in (name, *labels, *_OTHERS.get(name, ())):
            found.setdefault(fold(spelling), name)
    return found


def row_spellings(rows: Sequence[Indicator]) -> dict[str, str]:
    """Return keys of indicators by key, number, official name and number with name.

    A spelling that would mean two rows means none; keys come first.
    """
    claims: dict[str, set[str]] = {}
    for row in rows:
        for spelling in (row.name, *_with_number(row)):
            claims.setdefault(fold(spelling), set()).add(row.key)
    found = {spelling: keys.pop() for spelling, keys in claims.items() if len(keys) == 1}
    return found | {fold(row.key): row.key for row in rows}


def _with_number(row: Indicator) -> tuple[str, ...]:
    return (row.code, f"{row.code} {row.name}", f"{row.code}. {row.name}") if row.code else ()


def affair_positions(edition: Edition) -> dict[str, int]:
    """Return positions in ``edition.affairs`` by key, official name and spellings seen."""
    return {
        fold(spelling): n
        for n, affair in enumerate(edition.affairs)
        for spelling in (*affair.aliases, affair.name, affair.key)
    }
