"""Small pictures in SVG: lengths are per cents of the width, words are set in real size.

So a picture fits a phone and a sheet of paper alike, and needs neither a library nor a script.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from inovasi_index.reporting.colours import BLUE, INK, PARTS, band_spans, band_tint
from inovasi_index.reporting.report.elements import element, joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from inovasi_index.markup import Markup
    from inovasi_index.rules import Edition

__all__ = ["bar", "chip", "meter", "scale_axis", "scale_row", "stacked"]

_RAIL = "#e6e9ed"
_ZERO = Fraction(0)


def _percent(share: Fraction | Decimal | float) -> str:
    """Write a share of 100 as SVG writes numbers, within the picture."""
    return f"{min(100.0, max(0.0, float(share))):.4g}%"


def _svg(
    *children: Markup,
    height: int,
    width: str | int = "100%",
    label: str = "",
    class_: str | None = None,
) -> Markup:
    described = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return element(
        "svg",
        *children,
        width=width,
        height=height,
        class_=class_,
        focusable="false",
        **described,
    )


def _background(edition: Edition, height: int) -> Markup:
    bands = (
        element(
            "rect",
            x=_percent(span.lower),
            width=_percent(span.upper - span.lower),
            height=height,
            fill=band_tint(span.place, len(edition.bands)),
        )
        for span in band_spans(edition)
    )
    rail = element("rect", width="100%", height=height, fill="#ffffff", stroke=_RAIL)
    return joined([rail, *bands])


def scale_row(edition: Edition, index: Decimal, *, shown: str, label: str) -> Markup:
    """Draw one index on the bands: a bar up to it, its number beside or, in a long one, inside.

    Parameters
    ----------
    edition : Edition
    index : decimal.Decimal
    shown : str
        The index as it is written.
    label : str
        What the picture says, for those who do not see it.
    """
    inside = index > 78
    return _svg(
        _background(edition, 34),
        element("rect", y=8, width=_percent(index), height=18, fill=INK),
        element(
            "text",
            shown,
            x=_percent(index),
            y=22,
            dx=-8 if inside else 8,
            text_anchor="end" if inside else "start",
            class_="value inside" if inside else "value",
        ),
        height=34,
        label=label,
    )


def scale_axis(edition: Edition, *, write: Sequence[str]) -> Markup:
    """Name the bands that are wide enough, and write where they begin.

    Parameters
    ----------
    edition : Edition
    write : sequence of str
        The lower end of each band of the edition as it is written; ``""`` where unknown.
    """
    named: list[Markup] = []
    for span in band_spans(edition):
        if span.upper - span.lower >= 20:
            middle = _percent((span.lower + span.upper) / 2)
            named.append(
                element("text", span.name, x=middle, y=32, text_anchor="middle", class_="name")
            )
        if 5 < span.lower < 92:
            at = _percent(span.lower)
            shown = write[span.place]
            named.append(element("text", shown, x=at, y=13, text_anchor="middle", class_="tick"))
    ends = [
        element("text", "0", x="0", y=13, class_="tick"),
        element("text", "100", x="100%", y=13, text_anchor="end", class_="tick"),
    ]
    return _svg(*ends, *named, height=38)


def stacked(shares: Sequence[Fraction], *, label: str) -> Markup:
    """Draw the parts of an index one after the other, out of 100."""
    start = _ZERO
    drawn = [element("rect", width="100%", height=18, fill=_RAIL)]
    for share, (_, _, colour) in zip(shares, PARTS, strict=True):
        drawn.append(
            element("rect", x=_percent(start), width=_percent(share), height=18, fill=colour)
        )
        start += share
    return _svg(*drawn, height=18, label=label)


def bar(share: Fraction, *, start: Fraction = _ZERO, colour: str = BLUE) -> Markup:
    """Draw a share of 100, from a start on; at least a hair wide when there is something."""
    width = max(float(share), 0.6) if share else 0.0
    return _svg(
        element("rect", width="100%", height=9, fill=_RAIL),
        element(
            "rect",
            x=_percent(min(float(start), 100 - width)),
            width=_percent(width),
            height=9,
            fill=colour,
        ),
        height=9,
    )


def meter(shown: str, amount: Fraction, *, of: Fraction) -> Markup:
    """Draw an amount out of the most, with its number beside it; none where it is negative."""
    share = max(100 * amount / of, _ZERO) if of > 0 else _ZERO
    return element("span", bar(share), element("span", shown), class_="meter")


def chip(colour: str) -> Markup:
    """Draw a square of a colour, for legends."""
    square = element("rect", width=11, height=11, fill=colour)
    return _svg(square, width=11, height=11, class_="chip")
