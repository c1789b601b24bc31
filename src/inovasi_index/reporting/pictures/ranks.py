"""Pictures of how sure ranks are: their intervals, and the probability of each rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.language import Language
from inovasi_index.reporting.colours import BLUE, INK, SKY, VERMILLION
from inovasi_index.reporting.pictures.sheet import (
    MOST_NAMED,
    MOST_NUMBERED,
    SMALL,
    Sheet,
    figure_of,
    height_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage
    from numpy.typing import NDArray

    from inovasi_index.analysis.robustness import RobustnessResult

__all__ = ["plot_rank_acceptability", "plot_rank_intervals"]


def plot_rank_intervals(
    result: RobustnessResult,
    *,
    level: float = 0.9,
    names: Mapping[str, str] | None = None,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Draw the interval in which the rank of each unit lies, and its rank without uncertainty.

    Parameters
    ----------
    result : RobustnessResult
        Of a simulation. Units are ordered by their nominal rank; more than 60 are drawn
        without their names.
    level : float
        Probability that the thin line covers; the thick one covers half.
    names : mapping of str to str, optional
        What units are called in the picture, for those that are not called what they are.
    language : Language or str
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of its own is made.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    BadValueError
        For a level that is none, and a result without draws.
    MissingExtraError
        When matplotlib is not installed.
    """
    order = np.argsort(result.nominal_ranks, kind="stable")
    wide = result.rank_intervals(level)[order]
    half = result.rank_intervals(0.5)[order]
    nominal = result.nominal_ranks[order]
    n = len(order)
    named = n <= MOST_NAMED
    height = height_of(n, row=0.27) + 0.4 if named else 8.0
    sheet = Sheet.of(ax, language, height=height)
    places = np.arange(n)
    thick = 5.0 if named else 2.0
    lines = [
        sheet.ax.hlines(places, wide[:, 0], wide[:, 1], color=SKY, linewidth=thick * 0.5, zorder=2),
        sheet.ax.hlines(places, half[:, 0], half[:, 1], color=BLUE, linewidth=thick, zorder=3),
        sheet.ax.scatter(
            nominal,
            places,
            s=30 if named else 6,
            marker="D",
            color="white" if named else VERMILLION,
            edgecolors=VERMILLION,
            linewidths=1.3 if named else 0,
            zorder=4,
        ),
    ]
    said = [
        sheet.say("picture.interval", share=sheet.short(100 * level)),
        sheet.say("picture.interval", share="50"),
        sheet.say("picture.nominal_rank"),
    ]
    sheet.legend(lines, said, columns=3)
    sheet.rows(_names(result, order, names))
    if not named:
        sheet.label_y(sheet.say("picture.units_by_rank", n=n))
    sheet.ranks(n)
    sheet.grid()
    draws = sheet.say("picture.draws", draws=f"{result.n_draws:d}")
    sheet.title(sheet.say("picture.intervals_title"), draws)
    return sheet.ax


def _names(
    result: RobustnessResult, order: NDArray[np.intp], names: Mapping[str, str] | None
) -> list[str]:
    """Return what the units are called, in an order."""
    units = [result.units[n] for n in order.tolist()]
    return units if names is None else [names.get(unit, unit) for unit in units]


def plot_rank_acceptability(
    result: RobustnessResult,
    *,
    names: Mapping[str, str] | None = None,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Draw the probability of each rank for each unit (rank acceptability).

    Parameters
    ----------
    result : RobustnessResult
        Of a simulation. Units are ordered by their nominal rank; more than 60 are drawn
        without their names.
    names : mapping of str to str, optional
        What units are called in the picture, for those that are not called what they are.
    language : Language or str
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of its own is made.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    BadValueError
        For a result without draws.
    MissingExtraError
        When matplotlib is not installed.

    References
    ----------
    Lahdelma, R., Salminen, P. (2001). SMAA-2: Stochastic multicriteria acceptability analysis
    for group decision making. Operations Research 49:3, 444-454, the rank acceptability index.
    """
    order = np.argsort(result.nominal_ranks, kind="stable")
    shares = 100 * result.acceptability[order]
    n = len(order)
    named = n <= MOST_NAMED
    height = height_of(n, row=0.24) + 0.2 if named else 8.0
    sheet = Sheet.of(ax, language, height=height)
    cells = sheet.ax.imshow(
        np.ma.masked_equal(shares, 0),
        cmap="Blues",
        vmin=-0.15 * shares.max(),
        vmax=shares.max(),
        aspect="auto",
        extent=(0.5, n + 0.5, n - 0.5, -0.5),
        interpolation="nearest",
    )
    sheet.rows(_names(result, order, names))
    if not named:
        sheet.label_y(sheet.say("picture.units_by_rank", n=n))
    sheet.ranks(n)
    said = [sheet.say("picture.draws", draws=f"{result.n_draws:d}")]
    if n <= MOST_NUMBERED:
        said.insert(0, sheet.say("picture.acceptability_note"))
        _write_shares(sheet, shares)
    elif sheet.own:
        _add_scale(sheet, cells, float(shares.max()))
    sheet.title(sheet.say("picture.acceptability_title"), " ".join(said))
    return sheet.ax


def _write_shares(sheet: Sheet, shares: NDArray[np.float64]) -> None:
    for (place, rank), share in np.ndenumerate(shares):
        if share >= 1:
            ink = "white" if share > 0.55 * shares.max() else INK
            said = sheet.number(round(float(share)), 0)
            sheet.write(rank + 1, place, said, ha="center", fontsize=SMALL, color=ink)


def _add_scale(sheet: Sheet, cells: AxesImage, most: float) -> None:
    """Say what the shades mean."""
    from matplotlib.ticker import FuncFormatter

    figure = figure_of(sheet.ax)
    bar = figure.colorbar(cells, ax=sheet.ax, shrink=0.6, aspect=30, pad=0.02)
    bar.ax.set_ylim(0, most)
    bar.ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: sheet.short(round(value, 6))))
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0, labelsize=SMALL, labelcolor=INK)
    bar.set_label(sheet.say("picture.probability_axis"), fontsize=SMALL, color=INK)
