"""Markup of the report: elements, texts of the catalogue, words of a submission."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from inovasi_index import markup
from inovasi_index.language import Language, text
from inovasi_index.markup import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BREAK", "Child", "element", "fill", "joined", "own_words", "void"]

#: Strings are text and are escaped; `None` is left out.
Child: TypeAlias = str | Markup | None

BREAK = Markup("<br>")


def element(name: str, /, *children: Child, **attributes: str | int | None) -> Markup:
    """Return an element of HTML or SVG."""
    return markup.element(name, *(c for c in children if c is not None), **attributes)


def void(name: str, /, **attributes: str) -> Markup:
    """Return an element that has no end, such as ``meta``."""
    return Markup(markup.element(name, **attributes).removesuffix(f"</{name}>"))


def joined(parts: Iterable[Child], between: str = "") -> Markup:
    """Return parts one after the other, with something between them."""
    return Markup(escape(between).join(escape(part) for part in parts if part is not None))


def own_words(given: str) -> Markup:
    """Return words of a submission, kept from turning the direction of what stands around."""
    return element("bdi", given)


def fill(key: str, language: Language, /, **params: Child | int) -> Markup:
    """Return a text of the catalogue as markup, its parameters filled in.

    Examples
    --------
    >>> fill("report.title", Language.ENGLISH, region="<Kota>")
    'Regional innovation index: &lt;Kota&gt;'
    """
    shown = {name: escape("" if value is None else value) for name, value in params.items()}
    return Markup(escape(text(key, language)).format(**shown))
