"""The picture of what is missing: from the index up to 100, cause by cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.analysis.gaps import GapCause, Gaps
from inovasi_index.language import Language
from inovasi_index.reporting.colours import (
    BLUE,
    GAP_KINDS,
    INK,
    MUTED,
    RULE,
    kind_of,
)
from inovasi_index.reporting.pictures.sheet import Sheet, height_of, names_of

if TYPE_CHECKING:
    from fractions import Fraction

    from matplotlib.axes import Axes

__all__ = ["plot_waterfall"]


def plot_waterfall(
    gaps: Gaps, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None
) -> Axes:
    """Draw the way from the index up to 100, one step a cause, the largest first.

    Parameters
    ----------
    gaps : Gaps
        As `inovasi_index.analysis.gaps` returns it for a submission.
    language : Language or str
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of its own is made.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    from matplotlib.patches import Patch

    causes = [(GapCause(cause), share) for cause, share in gaps.by_cause().items() if share]
    sheet = Sheet.of(ax, language, height=height_of(len(causes) + 2, row=0.4) + 0.3)
    one = gaps.score
    _bar(sheet, 0, 0.0, float(one.exact), BLUE)
    sheet.write(float(one.exact) + 1, 0, sheet.number(one.index), fontweight="bold")
    start = float(one.exact)
    for place, (cause, share) in enumerate(causes, 1):
        _step(sheet, place, start, share, kind_of(cause).colour)
        start += float(share)
    last = len(causes) + 1
    _bar(sheet, last, 0.0, 100.0, RULE)
    sheet.write(99, last, sheet.number(100), ha="right", fontweight="bold")
    names = [
        sheet.say("part.index"),
        *(sheet.say(f"gap.{cause}") for cause, _ in causes),
        sheet.say("picture.most_possible"),
    ]
    sheet.rows(names, inches=2.6)
    sheet.index_axis()
    sheet.grid()
    kinds = [kind for kind in GAP_KINDS if any(cause in kind.causes for cause, _ in causes)]
    if kinds:
        handles = [Patch(color=kind.colour) for kind in kinds]
        sheet.legend(handles, [sheet.say(f"picture.kind_{kind.name}") for kind in kinds])
    sheet.label_x(sheet.say("picture.share_axis"))
    basis = sheet.say("picture.basis", basis=sheet.say(f"basis.{one.basis or 'none'}"))
    title = sheet.say("picture.waterfall_title", who=names_of([one], sheet)[0])
    sheet.title(title, f"{basis} {one.edition.title}. {sheet.say('picture.unofficial')}")
    return sheet.ax


def _bar(sheet: Sheet, place: int, start: float, width: float, colour: str) -> None:
    sheet.ax.barh(place, width, left=start, height=0.62, color=colour, zorder=2)


def _step(sheet: Sheet, place: int, start: float, share: Fraction, colour: str) -> None:
    """Draw one cause where the one before it ended, with its share beside it."""
    width = float(share)
    _bar(sheet, place, start, max(width, 0.15), colour)
    sheet.ax.plot([start] * 2, [place - 0.69, place + 0.31], color=MUTED, linewidth=0.7, zorder=1)
    left = start > 50
    at = start - 0.8 if left else start + width + 0.8
    sheet.write(at, place, f"+{sheet.number(share)}", ha="right" if left else "left", color=INK)
