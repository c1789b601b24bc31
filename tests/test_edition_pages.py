"""The documentation's pages of editions show what the editions hold."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import inovasi_index as ii

if TYPE_CHECKING:
    from collections.abc import Callable

    from inovasi_index import Edition

EXTENSION = Path(__file__).resolve().parents[1] / "docs" / "_ext" / "edition_pages.py"


def load() -> Any:
    spec = importlib.util.spec_from_file_location("edition_pages", EXTENSION)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


EDITION_PAGES = load()
PAGE: Callable[[Edition], str] = EDITION_PAGES.page
EDITIONS = [ii.load_edition(name) for name in ii.available_editions()]


def read(markdown: str) -> str:
    return re.sub(r"\\(.)", r"\1", markdown)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_page_shows_every_official_word_and_number(edition: Edition) -> None:
    page = read(PAGE(edition))
    rows = {line for line in page.splitlines() if line.startswith("|")}
    for row in edition:
        assert f"\n({edition.id}-{row.key})=\n" in page
        assert " ".join(row.name.split()) in page
        for level in row.levels:
            points = EDITION_PAGES.points(level.points_hundredths)
            words = "not found" if level.text is None else " ".join(level.text.split())
            assert f"| {level.number} | {words} | {points} |" in rows
    for band in edition.bands:
        bounds = map(EDITION_PAGES.points, (band.lower_hundredths, band.upper_hundredths))
        assert f"| {band.name} | `{band.key}` | {' | '.join(bounds)} |" in rows
    for citation in edition.citations:
        assert any(row.startswith(f"| {citation.key} | ") for row in rows)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_no_text_breaks_out_of_its_cell(edition: Edition) -> None:
    columns = None
    for line in PAGE(edition).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
        assert cells is None or columns is None or cells == columns, line
        columns = cells


def test_missing_values_are_said_to_be_missing() -> None:
    edition = ii.load_edition("iid-2025")
    assert edition.formula.minimum_divisor is None
    assert "| minimum divisor | not found |" in PAGE(edition)


def test_markup_in_official_words_stays_text() -> None:
    shown = EDITION_PAGES.text("<b>a|b</b>\n*c* [d](e) `f` $g$")
    assert shown == r"\<b\>a\|b\</b\> \*c\* \[d\](e) \`f\` \$g\$"
