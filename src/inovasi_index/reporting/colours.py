"""Colours that pictures and reports share, and what they stand for.

Those of Okabe and Ito, and tints that differ in lightness as well, so that nothing rests on
hue alone.

References
----------
Okabe, M., Ito, K. (2008). Color universal design: how to make figures and presentations
that are friendly to colorblind people.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from inovasi_index.analysis.gaps import PAPER_CAUSES, VERIFICATION_CAUSES, GapCause

if TYPE_CHECKING:
    from inovasi_index.rules import Edition

__all__ = ["GAP_KINDS", "PARTS", "BandSpan", "GapKind", "band_spans", "band_tint", "kind_of"]

BLUE, ORANGE, GREEN = "#0072b2", "#e69f00", "#009e73"
SKY, VERMILLION, PURPLE = "#56b4e9", "#d55e00", "#cc79a7"
INK, MUTED, RULE = "#1f2933", "#5b6672", "#d3d8de"

#: Parts of the index, the constant that is the most of each, and their colours.
PARTS = (
    ("region_part", "region_max_hundredths", BLUE),
    ("mean_maturity", "maturity_max_hundredths", ORANGE),
    ("count_points", "count_max_hundredths", GREEN),
)


class GapKind(NamedTuple):
    """Causes of gaps that belong together: the same people can do something about them."""

    name: str
    causes: frozenset[GapCause]
    colour: str


_OF_CLAIMS = frozenset({GapCause.NOT_ANSWERED, GapCause.MANDATORY_ROW_EMPTY, GapCause.BELOW_TOP})
_OF_PAPERS, _OF_VERIFICATION = frozenset(PAPER_CAUSES), frozenset(VERIFICATION_CAUSES)
GAP_KINDS = (
    GapKind("papers", _OF_PAPERS, ORANGE),
    GapKind("verification", _OF_VERIFICATION, PURPLE),
    GapKind("claims", _OF_CLAIMS, SKY),
    GapKind("number", frozenset(GapCause) - _OF_PAPERS - _OF_VERIFICATION - _OF_CLAIMS, MUTED),
)


def kind_of(cause: GapCause) -> GapKind:
    """Return the kind that a cause belongs to."""
    return next(kind for kind in GAP_KINDS if cause in kind.causes)


class BandSpan(NamedTuple):
    """A band as a stretch of the index; it ends where the next begins."""

    place: int
    name: str
    lower: float
    upper: float


def band_spans(edition: Edition) -> tuple[BandSpan, ...]:
    """Return the bands whose two ends are known, the lowest first.

    The hundredth between two printed bounds belongs to the lower band, as an index is
    rounded before it is classified. Bands of no length (only 0) are left out.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> [(span.name, span.lower) for span in band_spans(ii.load_edition("iid-2026"))][1:]
    [('Kurang Inovatif', 0.01), ('Inovatif', 40.01), ('Sangat Inovatif', 65.01)]
    """
    ends = [*(band.lower_hundredths for band in edition.bands), 10_000]
    stretches = zip(edition.bands, pairwise(ends), strict=True)
    return tuple(
        BandSpan(place, band.name, lower / 100, upper / 100)
        for place, (band, (lower, upper)) in enumerate(stretches)
        if lower is not None and upper is not None and upper > lower
    )


# From the lowest band to the highest.
_TINTS = ((222, 223, 225), (250, 227, 199), (209, 232, 247), (194, 229, 212))


def band_tint(place: int, n: int) -> str:
    """Return the tint of a band by its place, 0 the lowest of `n`; between the four, a mix.

    Examples
    --------
    >>> band_tint(0, 4), band_tint(3, 4)
    ('#dedfe1', '#c2e5d4')
    """
    at = place * (len(_TINTS) - 1) / max(n - 1, 1)
    low = min(int(at), len(_TINTS) - 2)
    mixed = zip(_TINTS[low], _TINTS[low + 1], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * (at - low)):02x}" for a, b in mixed)
