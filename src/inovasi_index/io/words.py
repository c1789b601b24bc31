"""Official words as keys of an edition: stages, kinds, forms, government affairs.

Spellings differ in capitals, hyphens and spaces from copy to copy; the edition lists those
that differ in more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inovasi_index.records.places import Hints
    from inovasi_index.rules.edition import Edition

__all__ = ["Words", "folded"]


def folded(text: str) -> str:
    """Return a text without what differs between copies: capitals, hyphens, blanks, full stop.

    Examples
    --------
    >>> folded(" Non-Digital "), folded("Pecatatan  Sipil.")
    ('non digital', 'pecatatan sipil')
    """
    spaced = re.sub(r"[\s_\-\N{EN DASH}]+", " ", text.casefold())
    return re.sub(r" ?([,/]) ?", r"\1", spaced).strip(" .")


class Words:
    """Looks official words up in one edition.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> words = Words(ii.load_edition("iid-2026"))
    >>> words.term("stage", "Uji coba")
    'trial'
    >>> words.affairs("kesehatan,ketenteraman, ketertiban umum, dan pelindungan masyarakat")
    (['health', 'public_order'], [])
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._terms: dict[str, dict[str, str]] = {}
        for term in edition.terms:
            known = self._terms.setdefault(term.vocabulary, {})
            for spelling in (term.key, term.name, *term.aliases):
                known[folded(spelling)] = term.key
        self._affairs = {
            folded(spelling): affair.key
            for affair in edition.affairs
            for spelling in (affair.key, affair.name, *affair.aliases)
        }
        self._most_commas = max((name.count(",") for name in self._affairs), default=0)

    def knows(self, vocabulary: str) -> bool:
        """Return whether the edition lists the values of a field."""
        return bool(self._affairs if vocabulary == "affair" else self._terms.get(vocabulary))

    def term(self, vocabulary: str, text: str) -> str | None:
        """Return the key of a word, or `None` when the edition does not have it.

        Copies shorten long names: the first words of a name will do, three at least, when
        no other name begins with them.
        """
        known = self._terms.get(vocabulary, {})
        given = folded(text)
        if given in known or given.count(" ") < 2:
            return known.get(given)
        longer = {key for spelling, key in known.items() if spelling.startswith(f"{given} ")}
        return longer.pop() if len(longer) == 1 else None

    def near(self, vocabulary: str, text: str, hints: Hints) -> str:
        """Return near misses among the official names, for a message."""
        if vocabulary == "affair":
            return hints.near(text, [affair.name for affair in self._edition.affairs])
        return hints.near(text, [term.name for term in self._edition.vocabulary(vocabulary)])

    def affairs(self, text: str) -> tuple[list[str], list[str]]:
        """Return the keys of the affairs in a list and the names that are not known.

        The portal puts a comma without a space between names and one with a space inside
        them; copies put one with a space between names, too. So at each comma the longest
        known name is taken.
        """
        keys: list[str] = []
        unknown: list[str] = []
        for part in re.split(r",(?! )|[|;\n]", text):
            self._longest_names(part.split(","), keys, unknown)
        return keys, unknown

    def _longest_names(self, pieces: list[str], keys: list[str], unknown: list[str]) -> None:
        strange: list[str] = []
        start = 0
        while start < len(pieces):
            for end in range(min(start + 1 + self._most_commas, len(pieces)), start, -1):
                key = self._affairs.get(folded(",".join(pieces[start:end])))
                if key is not None:
                    _flush(strange, unknown)
                    keys.append(key)
                    start = end
                    break
            else:
                strange.append(pieces[start].strip())
                start += 1
        _flush(strange, unknown)


def _flush(strange: list[str], unknown: list[str]) -> None:
    name = ", ".join(filter(None, strange))
    if name:
        unknown.append(name)
    strange.clear()
