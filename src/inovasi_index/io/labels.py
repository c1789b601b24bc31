"""What our sheets, their columns, items and choices are called, in both languages.

Sheets that people fill in are labelled in their language; keys and official numbers are
understood besides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from inovasi_index.io.words import folded
from inovasi_index.language import Language, messages, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

    from inovasi_index.rules.edition import Indicator

__all__ = [
    "SEPARATOR",
    "answer_heading",
    "answer_spellings",
    "choice_words",
    "coded",
    "item_label",
    "item_spellings",
    "row_label",
    "spellings_of",
]

#: Stands between the code of a choice and its text, as in ``3 · Peraturan Daerah``.
SEPARATOR = " · "


def coded(code: object, words: str | None) -> str:
    """Return a choice with its code in front.

    Examples
    --------
    >>> coded(3, "Peraturan Daerah"), coded(2, None)
    ('3 · Peraturan Daerah', '2')
    """
    return f"{code}{SEPARATOR}{words}" if words else str(code)


def row_label(row: Indicator) -> str:
    """Return the official number and name of an indicator.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> row_label(ii.load_edition("iid-2026")["regulation"])
    '16 Regulasi Inovasi Daerah'
    """
    return " ".join(filter(None, (row.code, row.name)))


def answer_heading(row: Indicator, part: str, language: Language | str) -> str:
    """Return the heading of a column of answers: the level's is the label of the row.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> answer_heading(ii.load_edition("iid-2026")["regulation"], "evidence", "id")
    '16: Data dukung'
    """
    if part == "level":
        return row_label(row)
    return f"{row.code or row.name}: {text(f'answer.{part}', language)}"


def answer_spellings(row: Indicator, parts: Iterable[str]) -> dict[str, str]:
    """Return parts of an answer by the folded headings that they may have."""
    return {
        folded(answer_heading(row, part, language)): part for part in parts for language in Language
    }


def spellings_of(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """Return names by the folded labels that the catalogue has for them."""
    return {
        folded(text(f"{prefix}.{name}", language)): name
        for name in names
        for language in Language
        if f"{prefix}.{name}" in messages()
    }


def item_label(item: str, language: Language | str) -> str:
    """Return the label of an item of the region's sheet."""
    return text(f"item.{item}", language)


def item_spellings(items: Iterable[str]) -> dict[str, str]:
    """Return items of the region's sheet by their folded names and labels."""
    return {folded(item): item for item in items} | spellings_of("item", items)


@lru_cache(maxsize=16)
def choice_words(members: type[StrEnum]) -> Mapping[str, str]:
    """Return values of an enumeration by themselves and by their labels, all folded.

    Examples
    --------
    >>> from inovasi_index.records import RegionKind
    >>> choice_words(RegionKind)["kabupaten"]
    'regency'
    """
    family = {"RegionKind": "kind", "AgencyKind": "kind", "Cluster": "cluster"}
    values = [member.value for member in members]
    labels = spellings_of(family.get(members.__name__, ""), values)
    return {folded(value): value for value in values} | labels
