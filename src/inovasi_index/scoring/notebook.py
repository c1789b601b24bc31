"""Scores and their explanations as tables of a notebook."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from inovasi_index.language import Language, number, text
from inovasi_index.markup import Markup, badge, bar, element, joined, table

if TYPE_CHECKING:
    from inovasi_index.rules import Edition
    from inovasi_index.scoring.explanation import Explanation
    from inovasi_index.scoring.region_score import RegionScore
    from inovasi_index.scoring.scores import RegionScores

__all__ = [
    "MOST_SHOWN",
    "explanation_html",
    "more_html",
    "region_name",
    "score_html",
    "scores_html",
]

#: Regions, innovations or rows that are shown of many.
MOST_SHOWN = 25

_PARTS = ("region_part", "mean_maturity", "count_points")


def region_name(one: RegionScore) -> str:
    """Return name and code of the region, as far as they are known."""
    region = one.region
    if region is None or isinstance(region, str):
        return region or ""
    return f"{region.name} ({region.code})"


def _band_html(edition: Edition, name: str | None) -> Markup:
    """Return a band as a badge; a question mark when it is not known."""
    names = [band.name for band in edition.bands]
    if name not in names:
        return element("span", "?")
    return badge(name, position=names.index(name), of=len(names))


def score_html(one: RegionScore, language: Language | str) -> Markup:
    """Return the score of a region with its parts and its band."""
    formula = one.edition.formula
    most = (
        formula.region_max_hundredths,
        formula.maturity_max_hundredths,
        formula.count_max_hundredths,
    )
    total = one.parts.total
    rows = []
    for name, hundredths in zip(_PARTS, most, strict=True):
        points: Fraction = getattr(one.parts, name)
        share = points / total * one.exact if total else Fraction(0)
        rows.append(
            [
                text(f"part.{name}", language),
                number(points, language),
                "–" if hundredths is None else number(Fraction(hundredths, 100), language),
                number(share, language),
                bar(float(points), of=(hundredths or 0) / 100),
            ]
        )
    head = [
        *(text(f"notebook.{name}", language) for name in ("part", "points", "most", "share")),
        "",
    ]
    basis = text(f"basis.{one.basis or 'none'}", language)
    caption = " · ".join(filter(None, (region_name(one), one.edition.id, basis)))
    facts = text(
        "notebook.facts",
        language,
        innovations=one.innovations,
        divisor=one.divisor,
        affairs=one.basic_affairs,
    )
    index = element("span", number(one.index, language), style="font-size:1.6em;font-weight:bold")
    return element(
        "div",
        element("div", index, " ", _band_html(one.edition, one.band_if_known)),
        table(head, rows, right=(1, 2, 3), caption=caption),
        element("div", facts),
    )


def scores_html(scores: RegionScores, language: Language | str) -> Markup:
    """Return the scores of the first regions, one row each."""
    rows = [
        [
            region_name(one),
            number(one.index, language),
            _band_html(scores.edition, one.band_if_known),
            *(number(getattr(one.parts, name), language) for name in _PARTS),
            one.innovations,
        ]
        for one in islice(scores, MOST_SHOWN)
    ]
    head = [
        text(f"column.{name}", language)
        for name in ("region", "index", "band", *_PARTS, "innovations")
    ]
    many = text(
        "notebook.regions",
        language,
        regions=len(scores),
        innovations=int(scores.n_innovations.sum()),
    )
    basis = text(f"basis.{scores.basis}", language) if scores.basis else None
    caption = " · ".join(filter(None, (scores.edition.id, basis, many)))
    return element(
        "div",
        table(head, rows, right=(1, 3, 4, 5, 6), caption=caption),
        more_html(len(scores), language),
    )


def more_html(n: int, language: Language | str) -> Markup:
    """Say how many are not shown."""
    rest = n - MOST_SHOWN
    return element("div", text("notebook.more", language, n=rest)) if rest > 0 else Markup()


def explanation_html(node: Explanation, language: Language | str) -> Markup:
    """Return an explanation whose parts unfold, down to the innovations or rows."""
    depth = 2 if node.kind == "index" else 1
    return element("div", _node_html(node, Language(language), depth=depth, is_open=True))


def _node_html(node: Explanation, language: Language, *, depth: int, is_open: bool) -> Markup:
    first, *others = node.headline(language)
    below = node.children if depth > 0 else ()
    cited = [
        element("span", f"[{c.key}]", title=str(c), style="opacity:.7;cursor:help")
        for c in node.citations
    ]
    lines = [
        *(element("div", line) for line in others),
        *(element("div", f"· {reason.to_text(language)}") for reason in node.reasons),
        element("div", *(joined([mark, " "]) for mark in cited)) if cited else "",
        *(
            _node_html(child, language, depth=depth - 1, is_open=False)
            for child in below[:MOST_SHOWN]
        ),
        more_html(len(below), language),
    ]
    if not any(lines):
        return element("div", first)
    return element(
        "details",
        element("summary", first, style="cursor:pointer"),
        element("div", *lines, style="margin-left:1.5em"),
        open="" if is_open else None,
    )
