"""The two languages of the texts that we print: English and Indonesian.

Official wording (names of indicators, levels, bands) is data of the edition and stands in
every text as it is. What is ours stands in `catalogue`, a key and a pair of templates, one
module a subject.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from inovasi_index.errors import Choice, UnknownNameError
from inovasi_index.exact import format_decimal
from inovasi_index.language import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from fractions import Fraction

__all__ = ["Language", "messages", "number", "text"]


class Language(Choice):
    """A language that texts are printed in."""

    ENGLISH = "en"
    INDONESIAN = "id"


@cache
def messages() -> Mapping[str, tuple[str, str]]:
    """Return all templates: key → (English, Indonesian)."""
    found: dict[str, tuple[str, str]] = {}
    for module in pkgutil.iter_modules(catalogue.__path__):
        found |= import_module(f"{catalogue.__name__}.{module.name}").MESSAGES
    return found


def text(key: str, language: Language | str = Language.ENGLISH, **params: object) -> str:
    """Return a text in a language, its parameters filled in.

    Examples
    --------
    >>> text("cause.downgraded", "id", level=2)
    'verifikator menerima level 2'
    """
    try:
        english, indonesian = messages()[key]
    except KeyError:
        raise UnknownNameError.of("message", key, messages()) from None
    template = indonesian if Language(language) is Language.INDONESIAN else english
    return template.format(**params) if params else template


def number(
    value: Decimal | Fraction | int, language: Language | str = Language.ENGLISH, decimals: int = 2
) -> str:
    """Write a number with the decimal sign of the language.

    Examples
    --------
    >>> from fractions import Fraction
    >>> number(Fraction(1, 4), "id"), number(3, "en", 0)
    ('0,25', '3')
    """
    comma = Language(language) is Language.INDONESIAN
    return format_decimal(value, comma=comma, decimals=decimals)
