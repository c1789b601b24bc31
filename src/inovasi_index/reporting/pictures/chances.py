"""The picture of what verification may do to the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.analysis.risk.wording import percent
from inovasi_index.language import Language
from inovasi_index.reporting.colours import BLUE, INK, VERMILLION, band_spans
from inovasi_index.reporting.pictures.sheet import BODY, SMALL, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from inovasi_index.analysis.risk import RiskDistribution

__all__ = ["plot_risk"]

_NEVER = 1e-6  # less likely is not worth a word
_BARS = 70  # about as many as a reader can tell apart


def plot_risk(
    risk: RiskDistribution,
    *,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Draw the distribution of the index after verification, with the edges of the bands.

    Parameters
    ----------
    risk : RiskDistribution
        As `inovasi_index.analysis.risk.risk` returns it.
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
    sheet = Sheet.of(ax, language, height=4.4)
    low, high = _window(risk)
    edition = risk.edition
    sheet.ax.set_xlim(low, high)
    sheet.tint_bands(edition)
    heights, edges = _binned(risk, low, high)
    sheet.ax.bar(
        edges[:-1],
        heights,
        width=np.diff(edges),
        align="edge",
        color=BLUE,
        edgecolor="white",
        linewidth=0.4,
        zorder=2,
    )
    top = max(heights.max() * 1.45, 1e-9)
    sheet.ax.set_ylim(0, top)
    _mark(sheet, float(risk.verified.index), "picture.verified_so_far", VERMILLION, 1.0)
    _mark(sheet, float(risk.documented.index), "picture.documented_now", INK, 0.92)
    _interval(sheet, risk, top)
    sheet.ticks("x")
    sheet.ax.set_yticks([])
    sheet.label_x(sheet.say("picture.index_axis"))
    sheet.label_y(sheet.say("picture.likely_axis"))
    title = sheet.say("picture.risk_title", who=risk.submission.region.name)
    pending = sheet.say("picture.risk_pending", n=risk.n_pending)
    sheet.title(title, f"{_band_note(sheet, risk)} {pending} {edition.title}.")
    return sheet.ax


def _band_note(sheet: Sheet, risk: RiskDistribution) -> str:
    """Say how probable each band is, or that their bounds are not known."""
    shares = ", ".join(
        f"{name} {percent(share, sheet.language)}"
        for name, share in (risk.bands_if_known or {}).items()
        if share > _NEVER
    )
    if not shares:
        return sheet.say("picture.unknown_bands")
    return sheet.say("picture.risk_bands", shares=shares)


def _window(risk: RiskDistribution) -> tuple[float, float]:
    """Return the stretch of the index that is drawn: all that may be, and where one stands."""
    points = [
        float(risk.quantile(0.0005)),
        float(risk.quantile(0.9995)),
        float(risk.verified.index),
        float(risk.documented.index),
    ]
    room = max(1.0, 0.08 * (max(points) - min(points)))
    return max(0.0, min(points) - room), min(100.0, max(points) + room)


def _binned(
    risk: RiskDistribution, low: float, high: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return probabilities of stretches of the index, none of which crosses a band's edge."""
    step = max(0.01, round((high - low) / _BARS, 2))
    marks = [low, *(span.lower for span in band_spans(risk.edition) if low < span.lower < high)]
    stretches = zip(marks, [*marks[1:], high], strict=True)
    edges = np.concatenate([*(np.arange(a, b - step / 4, step) for a, b in stretches), [high]])
    index = risk.index_hundredths / 100
    heights, _ = np.histogram(index, edges, weights=risk.probabilities.astype(np.float64))
    return heights / np.diff(edges), edges


def _mark(sheet: Sheet, value: float, key: str, colour: str, height: float) -> None:
    low, high = sheet.ax.get_xlim()
    sheet.ax.axvline(value, color=colour, linewidth=1.4, linestyle="--", zorder=3)
    right = value < (low + high) / 2
    sheet.ax.annotate(
        sheet.say(key, index=sheet.number(round(value, 2))),
        (value, height),
        xycoords=("data", "axes fraction"),
        xytext=(5 if right else -5, -10),
        textcoords="offset points",
        ha="left" if right else "right",
        fontsize=BODY,
        color=colour,
        parse_math=False,
    )


def _interval(sheet: Sheet, risk: RiskDistribution, top: float) -> None:
    """Draw the central nine tenths above the bars."""
    low, middle, high = (float(risk.quantile(share)) for share in (0.05, 0.5, 0.95))
    at = top * 0.75
    sheet.ax.plot([low, high], [at, at], color=INK, linewidth=1.2, zorder=4)
    sheet.ax.plot([low, high], [at, at], "|", color=INK, markersize=7, zorder=4)
    sheet.ax.plot([middle], [at], "o", color=INK, markersize=4, zorder=4)
    shown = [sheet.number(round(x, 2)) for x in (low, high)]
    sheet.ax.annotate(
        sheet.say("picture.nine_tenths", low=shown[0], high=shown[1]),
        (middle, at),
        xytext=(0, 6),
        textcoords="offset points",
        ha="center",
        fontsize=SMALL,
        color=INK,
        parse_math=False,
    )
