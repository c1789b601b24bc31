"""How the report speaks: texts and numbers in its language, and the blocks it is made of."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from inovasi_index.language import Language, number, text
from inovasi_index.language.rule_notes import note
from inovasi_index.reporting.report.elements import Child, element, fill, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from inovasi_index.markup import Markup
    from inovasi_index.rules import Indicator
    from inovasi_index.scoring import RegionScore

__all__ = ["Column", "Voice"]


class Column(NamedTuple):
    """A column of a table: its head, and how its cells are set."""

    head: str
    look: str = ""


@frozen
class Voice:
    """The language of a report and what is said in it."""

    language: Language

    def say(self, key: str, /, **params: Child | int) -> Markup:
        """Return a text of the report (``report.…``) as markup."""
        return fill(f"report.{key}", self.language, **params)

    def word(self, key: str, /, **params: object) -> str:
        """Return any text of the catalogue as text."""
        return text(key, self.language, **params)

    def number(self, value: Decimal | Fraction | int, decimals: int = 2) -> str:
        """Write a number with the decimal sign of the language."""
        return number(value, self.language, decimals)

    def short(self, value: Decimal | Fraction | int) -> str:
        """Write a number with no more decimals than it has, at most two."""
        written = self.number(value)
        return written.rstrip("0").rstrip(".,")

    def note(self, words: str) -> Markup:
        """Return a note on the rules, in English where it is not there in our language."""
        said, language = note(words, self.language)
        return element("span", said, lang=None if language is self.language else language)

    def band(self, one: RegionScore) -> str:
        """Return the band of a score, or that it is not known."""
        return one.band_if_known or self.word("report.no_band")

    def row(self, row: Indicator) -> Markup:
        """Return number and official name of a row."""
        return official(row.title)

    def more(self, left: Sequence[Fraction]) -> Markup | None:
        """Say how many points of the index are in what is left out; nothing if nothing is."""
        if not left:
            return None
        share = sum(left, Fraction(0))
        return self.say("more", n=len(left), share=self.number(share))

    # ---------------------------------------------------------------- blocks

    def paragraph(self, key: str, /, **params: Child | int) -> Markup:
        """Return a text of the report as a paragraph."""
        return element("p", self.say(key, **params))

    def heading(self, key: str) -> Markup:
        """Return a heading inside a section."""
        return element("h3", self.say(key))

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Child]],
        *,
        foot: Child = None,
    ) -> Markup:
        """Return a table that turns into cards where the screen is narrow.

        Parameters
        ----------
        columns : sequence of Column
        rows : iterable of sequences
            One cell a column.
        foot : str or Markup, optional
            What is said below the last row.
        """
        heads = [self.word(f"report.{column.head}") for column in columns]
        head = element(
            "thead",
            element(
                "tr",
                *(
                    element("th", name, scope="col", class_=column.look or None)
                    for name, column in zip(heads, columns, strict=True)
                ),
            ),
        )
        body = joined(
            element(
                "tr",
                *(
                    element(
                        "th" if n == 0 else "td",
                        cell,
                        scope="row" if n == 0 else None,
                        class_=column.look or None,
                        data_label=None if n == 0 or column.look == "b" else name,
                    )
                    for n, (cell, name, column) in enumerate(zip(row, heads, columns, strict=True))
                ),
            )
            for row in rows
        )
        last = (
            element("tfoot", element("tr", element("td", foot, colspan=len(columns))))
            if foot
            else None
        )
        return element("table", head, element("tbody", body), last, class_="cards")


def official(words: str) -> Markup:
    """Return official wording, which is Indonesian whatever the language of the report."""
    return element("span", words, lang="id")
