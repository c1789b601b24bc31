"""Gaps as tables of a notebook."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from inovasi_index.language import Language, number, text
from inovasi_index.markup import Markup, bar, element, table
from inovasi_index.scoring.notebook import MOST_SHOWN, more_html, region_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inovasi_index.analysis.gaps import Gaps, GapTable

__all__ = ["gap_table_html", "gaps_html"]


def gaps_html(gaps: Gaps, language: Language | str) -> Markup:
    """Return the missing points by cause, and the rows that miss most."""
    edition = gaps.score.edition
    by_cause = {text(f"gap.{name}", language): share for name, share in gaps.by_cause().items()}
    shares = gaps.by_indicator()
    by_row = {edition[key].title: share for key, share in shares.items() if key in edition}
    basis = text(f"basis.{gaps.score.basis or 'none'}", language)
    caption = " · ".join(filter(None, (region_name(gaps.score), edition.id, basis)))
    total = text("gap.total", language, total=number(gaps.total, language))
    rows = table(_head("row", language), _rows(by_row, language, most=10), right=(1,))
    return element(
        "div",
        element("div", total),
        table(_head("cause", language), _rows(by_cause, language), right=(1,), caption=caption),
        element("details", element("summary", text("notebook.where", language)), rows),
    )


def _head(first: str, language: Language | str) -> list[str]:
    return [text(f"notebook.{first}", language), text("notebook.share", language), ""]


def _rows(
    shares: Mapping[str, Fraction], language: Language | str, most: int | None = None
) -> list[list[object]]:
    longest = float(max(shares.values(), default=0))
    return [
        [name, number(share, language), bar(float(share), of=longest)]
        for name, share in islice(shares.items(), most)
    ]


def gap_table_html(gaps: GapTable, language: Language | str) -> Markup:
    """Return the missing points of the first regions, one column a cause."""
    scores = gaps.scores
    head = [
        text("column.region", language),
        text("column.index", language),
        *(text(f"gap.{cause}", language) for cause in gaps.causes),
    ]
    rows = [
        [
            region_name(one),
            number(one.index, language),
            *(number(Fraction(share), language) for share in shares.tolist()),
        ]
        for one, shares in zip(islice(scores, MOST_SHOWN), gaps.shares[:MOST_SHOWN], strict=True)
    ]
    return element(
        "div",
        table(head, rows, right=range(1, len(head)), caption=scores.edition.id),
        more_html(len(scores), language),
    )
