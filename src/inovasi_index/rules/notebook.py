"""Editions and indicators as tables of a notebook."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from inovasi_index.language import Language, number, text
from inovasi_index.language.rule_notes import area_name, note
from inovasi_index.markup import Markup, badge, element, joined, table
from inovasi_index.rules.edition import source_of

if TYPE_CHECKING:
    from inovasi_index.rules.edition import Edition, Indicator

__all__ = ["edition_html", "indicator_html"]


def _points(hundredths: int | None, language: Language | str) -> str:
    return "–" if hundredths is None else number(Fraction(hundredths, 100), language)


def _words(language: Language | str, *names: str) -> list[str]:
    return [text(f"notebook.{name}", language) for name in names]


def edition_html(edition: Edition, language: Language | str) -> Markup:
    """Return an edition as a table of its rows, with its bands and how complete it is."""
    rows = []
    for row in edition:
        source = source_of(row, "weight")
        rows.append(
            [
                row.code or "–",
                element("code", row.key),
                row.name,
                text(f"notebook.{row.part}", language),
                _points(row.weight_hundredths, language),
                _points(row.max_hundredths, language),
                text("notebook.yes", language) if row.mandatory else "",
                text(f"certainty.{source.certainty}", language) if source else "",
            ]
        )
    head = _words(
        language, "number", "key", "name", "part", "per_level", "most", "mandatory", "certainty"
    )
    caption = f"{edition.id} · {edition.title} ({edition.start} – {edition.end})"
    n = len(edition.bands)
    bands = [
        [
            badge(band.name, position=place, of=n),
            _points(band.lower_hundredths, language),
            _points(band.upper_hundredths, language),
        ]
        for place, band in enumerate(edition.bands)
    ]
    areas = [
        [
            area_name(c.area, language),
            text(f"certainty.{c.status}", language),
            note(c.note, language)[0],
        ]
        for c in edition.completeness
    ]
    return element(
        "div",
        table(head, rows, right=(4, 5), caption=caption),
        _folded(
            "bands", table(_words(language, "band", "from", "to"), bands, right=(1, 2)), language
        ),
        _folded(
            "completeness", table(_words(language, "area", "certainty", "note"), areas), language
        ),
    )


def _folded(name: str, content: Markup, language: Language | str) -> Markup:
    return element("details", element("summary", text(f"notebook.{name}", language)), content)


def indicator_html(row: Indicator, language: Language | str) -> Markup:
    """Return an indicator as a table of its levels, with the evidence that is asked for."""
    levels = [
        [level.number, level.text or "–", _points(level.points_hundredths, language)]
        for level in row.levels
    ]
    caption = joined([row.title, " ", element("code", row.key)])
    evidence = element("ul", *(element("li", item) for item in row.evidence or ()))
    return element(
        "div",
        table(_words(language, "level", "text", "points"), levels, right=(0, 2), caption=caption),
        _folded("evidence", evidence, language) if row.evidence else "",
    )
