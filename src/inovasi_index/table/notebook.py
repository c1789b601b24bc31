"""A level table as a table of a notebook: how often each row has each level."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.language import Language, number, text
from inovasi_index.markup import Markup, element, table

if TYPE_CHECKING:
    from inovasi_index.table.level_table import LevelTable

__all__ = ["levels_html"]


def levels_html(levels: LevelTable, language: Language | str) -> Markup:
    """Return the number of innovations at each level of each row."""
    edition = levels.edition
    highest = max((row.top_level for row in edition.innovation_indicators), default=0)
    lines = []
    for row, column in zip(edition.innovation_indicators, levels.columns, strict=True):
        counts = np.bincount(column, minlength=highest + 1).tolist()
        mean = Fraction(int(column.sum(dtype=np.int64)), max(len(column), 1))
        shown = [count if n <= row.top_level else "" for n, count in enumerate(counts)]
        lines.append([row.title, element("code", row.key), *shown, number(mean, language)])
    word = text("notebook.level", language)
    head = [
        text("notebook.row", language),
        text("notebook.key", language),
        *(f"{word} {n}" for n in range(highest + 1)),
        text("notebook.mean_level", language),
    ]
    basis = text(f"basis.{levels.basis}", language) if levels.basis else None
    many = text("notebook.regions", language, regions=len(levels.regions), innovations=len(levels))
    caption = " · ".join(filter(None, (edition.id, basis, many)))
    return element("div", table(head, lines, right=range(2, highest + 4), caption=caption))
