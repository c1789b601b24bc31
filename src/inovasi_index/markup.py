r"""HTML out of plain values: everything that is not markup is escaped, and nothing is hidden.

Characters that cannot be seen but change how others are read (controls, marks of direction)
are shown: as pictures of controls, or by their number.

Examples
--------
>>> element("td", "a < b", class_="n")
'<td class="n">a &lt; b</td>'
>>> visible("a\x00b\u202ec")
'a␀b⟨202E⟩c'
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Markup", "badge", "bar", "element", "escape", "joined", "table", "visible"]


class Markup(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


# Joiners of scripts and of compound signs are no danger and belong to words.
_JOINERS = "\u200c\u200d"
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: object) -> str:
    """Return text in which no character hides: controls and marks of direction are shown.

    Line ends and tabs stay; half characters (surrogates) and those that no document may hold
    are shown by their numbers.
    """
    given = str(text)
    if given.isascii() and given.isprintable():
        return given
    return "".join(map(_shown, given))


def _shown(character: str) -> str:
    if character.isprintable() or character in "\n\t" or character in _JOINERS:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures of Unicode
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    is_hidden = unicodedata.category(character) in _HIDDEN or code & 0xFFFE == 0xFFFE
    return f"⟨{code:04X}⟩" if is_hidden else character


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escape(value: object) -> Markup:
    """Return a value as HTML that shows it as it is; markup and nothing else stays.

    Examples
    --------
    >>> escape("<b>"), escape(Markup("<b>"))
    ('&lt;b&gt;', '<b>')
    """
    return value if isinstance(value, Markup) else Markup(visible(value).translate(_ESCAPES))


def joined(parts: Iterable[object]) -> Markup:
    """Return parts one after another, each escaped."""
    return Markup("".join(map(escape, parts)))


def element(name: str, /, *content: object, **attributes: object) -> Markup:
    """Return an element; an attribute that is `None` is left out, ``class_`` is ``class``."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{given}>{joined(content)}</{name}>")


_CELL = "padding:.2em .6em;vertical-align:top;text-align:"
_WORDS = f"{_CELL}left;overflow-wrap:anywhere;min-width:4em;max-width:36em"
_NUMBER = f"{_CELL}right;white-space:nowrap"
_RULE = "border-bottom:1px solid rgba(128,128,128,.35)"


def table(
    head: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    right: Iterable[int] = (),
    caption: object = None,
) -> Markup:
    """Return a table that needs no style sheet and suits light and dark pages.

    Parameters
    ----------
    head : sequence
    rows : iterable of sequences
    right : iterable of int
        Columns that are set flush right (numbers).
    caption : object, optional
    """
    flush = set(right)
    heads = (
        element("th", cell, style=f"{_CELL}{'right' if n in flush else 'left'};{_RULE}")
        for n, cell in enumerate(head)
    )
    lines = (
        element(
            "tr",
            *(
                element("td", cell, style=_NUMBER if n in flush else _WORDS)
                for n, cell in enumerate(row)
            ),
        )
        for row in rows
    )
    style = f"{_WORDS};caption-side:top;font-weight:bold;color:inherit"
    return element(
        "table",
        "" if caption is None else element("caption", caption, style=style),
        element("thead", element("tr", *heads)),
        element("tbody", *lines),
        style="border-collapse:collapse;font-variant-numeric:tabular-nums",
    )


# Light to dark blue: in order for every kind of sight and in grey.
_SHADES = ("#eef1f4", "#c3d9ea", "#67a3cd", "#0b4a80")


def badge(text: object, *, position: int, of: int) -> Markup:
    """Return a word on a ground whose shade tells its place among ordered words.

    Parameters
    ----------
    text : object
    position : int
        Place of the word, 0 is the lowest.
    of : int
        Number of words.
    """
    place = position * (len(_SHADES) - 1) / max(of - 1, 1)
    shade = _SHADES[min(round(place), len(_SHADES) - 1)]
    ink = "#fff" if shade == _SHADES[-1] else "#1f2933"
    style = f"background:{shade};color:{ink};border-radius:.3em;padding:.1em .5em"
    return element("span", text, style=f"{style};white-space:nowrap")


def bar(share: float, *, of: float = 1) -> Markup:
    """Return a bar as long as a share of the whole, from 0 to 1 of its room."""
    width = 100 * min(max(share / of, 0), 1) if of else 0
    inner = element("div", style=f"background:#0072b2;height:100%;width:{width:.1f}%")
    style = "height:.7em;width:9em;margin-top:.35em;background:rgba(128,128,128,.2)"
    return element("div", inner, style=style)
