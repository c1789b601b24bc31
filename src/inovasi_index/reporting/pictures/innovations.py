"""Pictures of innovations: how mature they are, and where their levels are lost."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from inovasi_index.errors import BadValueError
from inovasi_index.language import Language
from inovasi_index.records import Basis, Submission
from inovasi_index.reporting.colours import BLUE, INK, MUTED, ORANGE, RULE, VERMILLION
from inovasi_index.reporting.pictures.sheet import BODY, LEVEL_SHADES, MOST_NAMED, SMALL, Sheet
from inovasi_index.rules import Edition, load_edition
from inovasi_index.scoring import Scores, score

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = ["plot_levels", "plot_maturity"]

#: What a cell of the heat map shows where a claim does not count at all.
_LOST = -1
_LONG_NAME = 48  # characters that fit a line beside the heat map


def plot_maturity(
    scores: Scores, *, language: Language | str = Language.ENGLISH, ax: Axes | None = None
) -> Axes:
    """Draw how the maturities of innovations are distributed, with their mean.

    Innovations with no points at all, among them those that are not eligible on the verified
    basis, are told apart. Where the divisor has empty seats, the mean that the formula takes
    is marked beside the mean of the innovations.

    Parameters
    ----------
    scores : Scores
        Of one submission, several, or a level table.
    language : Language or str
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of its own is made.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    BadValueError
        When there are no innovations.
    MissingExtraError
        When matplotlib is not installed.
    """
    maturity = scores.maturity
    if not maturity.size:
        raise BadValueError("there are no innovations to draw")
    sheet = Sheet.of(ax, language, height=4.2)
    most = _most_points(scores.edition)
    width = 5 if maturity.size > 80 else 10
    edges = width * np.arange(max(np.ceil(most / width), 1) + 1)
    none = int((maturity == 0).sum())
    counts, _ = np.histogram(maturity[maturity > 0], edges)
    _draw_histogram(sheet, edges, counts, none)
    _mark_means(sheet, scores)
    sheet.ax.set_xlim(0, edges[-1])
    sheet.ax.set_ylim(0, 1.12 * max(counts[0] + none, counts.max()))
    sheet.ax.set_xticks([*np.arange(0, most, 20), most])
    sheet.ticks("x")
    sheet.ticks("y", whole=True)
    sheet.grid("y")
    sheet.label_x(sheet.say("picture.maturity_axis", most=sheet.short(most)))
    sheet.label_y(sheet.say("picture.innovations_axis"))
    title = sheet.say("picture.maturity_title", n=maturity.size, edition=scores.edition.title)
    basis = sheet.say("picture.basis", basis=sheet.say(f"basis.{scores.basis or 'none'}"))
    sheet.title(title, basis)
    return sheet.ax


def _most_points(edition: Edition) -> float:
    rows = edition.innovation_indicators
    return sum(row.max_hundredths or 0 for row in rows) / 100


def _draw_histogram(
    sheet: Sheet, edges: NDArray[np.float64], counts: NDArray[np.int64], none: int
) -> None:
    width = float(edges[1] - edges[0])
    starts = edges[:-1]
    look: dict[str, Any] = {"align": "edge", "width": width, "edgecolor": "white", "zorder": 2}
    bars = sheet.ax.bar(starts, counts, color=BLUE, **look)
    heights = counts.copy()
    if none:
        heights[0] += none
        empty = sheet.ax.bar(
            starts[:1], [none], bottom=counts[:1], color="#c9ced4", hatch="////", **look
        )
        some = int(counts.sum())
        names = [
            sheet.say("picture.some_points", n=some),
            sheet.say("picture.no_points", n=none),
        ]
        sheet.legend([bars, empty], names)
    for start, height in zip(starts.tolist(), heights.tolist(), strict=True):
        if height:
            sheet.write(
                start + width / 2,
                height,
                str(height),
                ha="center",
                va="bottom",
                fontsize=SMALL,
                color=MUTED,
                zorder=3,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            )


def _mark_means(sheet: Sheet, scores: Scores) -> None:
    n = scores.maturity_hundredths.size
    mean = Fraction(int(scores.maturity_hundredths.sum()), 100 * n)
    marks = [(mean, sheet.say("picture.mean", mean=sheet.number(mean)), VERMILLION, "-")]
    if len(scores) == 1 and int(scores.empty_seats[0]):
        divisor = int(scores.divisor[0])
        seats = Fraction(int(scores.maturity_sum_hundredths[0]), 100 * divisor)
        said = sheet.say("picture.mean_of_seats", mean=sheet.number(seats), divisor=divisor)
        marks.append((seats, said, INK, "--"))
    middle = _most_points(scores.edition) / 2
    for level, (value, said, colour, dash) in enumerate(marks):
        sheet.ax.axvline(float(value), color=colour, linewidth=1.6, linestyle=dash, zorder=1.5)
        sheet.ax.annotate(
            said,
            (float(value), 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4 + 13 * level),
            textcoords="offset points",
            ha="left" if value < middle else "right",
            fontsize=BODY,
            color=colour,
            parse_math=False,
        )


def plot_levels(
    submission: Submission,
    edition: Edition | str,
    *,
    basis: Basis = Basis.DOCUMENTED,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Draw the levels of all innovations as a heat map, and which claims do not count.

    One row an innovation, the most mature at the top; one column an indicator. Claims that do
    not count on the basis are orange; those that count at a lower level have an orange dot.
    More than 60 innovations are drawn without their names.

    Parameters
    ----------
    submission : Submission
    edition : Edition or str
        The edition or its id.
    basis : Basis, optional
        Which levels count.
    language : Language or str
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of its own is made.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    BadValueError
        When there are no innovations.
    SubmissionError
        With every fault of the submission.
    IncompleteEditionError
        When the edition lacks what the score needs.
    MissingExtraError
        When matplotlib is not installed.
    """
    edition = edition if isinstance(edition, Edition) else load_edition(edition)
    if not submission.innovations:
        raise BadValueError("there are no innovations to draw")
    found = score(submission, edition, basis=Basis(basis))
    claims = score(submission, edition, basis=Basis.CLAIMED)
    order = np.argsort(-found.maturity_hundredths, kind="stable")
    counted = found.table.columns.T[order].astype(np.int64)
    claimed = claims.table.columns.T[order].astype(np.int64)
    names = [submission.innovations[n].name for n in order.tolist()]
    named = len(names) <= MOST_NAMED
    long = any(len(name) > _LONG_NAME for name in names)
    height = 3.4 + (0.3 if long else 0.25) * len(names) if named else 11.0
    sheet = Sheet.of(ax, language, height=height, width=9.5)
    _draw_cells(sheet, edition, counted, claimed, named=named)
    if named:
        for place, points in enumerate((found.maturity_hundredths[order] / 100).tolist()):
            sheet.write(
                counted.shape[1] - 0.3, place, sheet.number(points), fontsize=SMALL, color=MUTED
            )
    sheet.rows(names, inches=2.9, lines=2, size=SMALL)
    if not named:
        sheet.label_y(sheet.say("picture.innovations_by_maturity", n=len(names)))
    _name_columns(sheet, edition)
    sheet.ax.spines["bottom"].set_visible(False)
    title = sheet.say("picture.levels_title", who=submission.region.name)
    note = [sheet.say("picture.basis", basis=sheet.say(f"basis.{basis}"))]
    if named:
        note.append(sheet.say("picture.levels_note"))
    sheet.title(title, " ".join([*note, f"{edition.title}."]))
    return sheet.ax


def _draw_cells(
    sheet: Sheet,
    edition: Edition,
    counted: NDArray[np.int64],
    claimed: NDArray[np.int64],
    *,
    named: bool,
) -> None:
    from matplotlib.colors import BoundaryNorm, ListedColormap
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    tops = np.array([row.top_level for row in edition.innovation_indicators])
    # Levels are shaded by their share of the top one, so that 2 of 2 is as dark as 3 of 3.
    shades = np.ceil(3 * counted / tops).astype(np.int64)
    shades[(counted == 0) & (claimed > 0)] = _LOST
    sheet.ax.imshow(
        shades,
        cmap=ListedColormap([ORANGE, *LEVEL_SHADES]),
        norm=BoundaryNorm([-1.5, -0.5, 0.5, 1.5, 2.5, 3.5], 5),
        aspect="auto",
        interpolation="nearest",
    )
    rows, columns = counted.shape
    if named:
        for at in range(1, rows):
            sheet.ax.axhline(at - 0.5, color="white", linewidth=0.8)
    for at in range(1, columns):
        sheet.ax.axvline(at - 0.5, color="white", linewidth=0.8)
    handles: list[Artist] = [Patch(color=shade) for shade in LEVEL_SHADES]
    handles.append(Patch(color=ORANGE))
    names = ["picture.level", *["picture.level" if (tops == 3).all() else "picture.thirds"] * 3]
    said = [sheet.say(name, level=shade) for shade, name in enumerate(names)]
    said.append(sheet.say("picture.lost_claim"))
    lowered = np.argwhere((counted > 0) & (claimed > counted))
    if named and len(lowered):
        sheet.ax.scatter(
            lowered[:, 1], lowered[:, 0], s=24, color=ORANGE, edgecolors="white", linewidths=0.7
        )
        handles.append(Line2D([], [], marker="o", linestyle="", color=ORANGE, markersize=5))
        said.append(sheet.say("picture.lowered_claim"))
    # Below the picture: the names of the indicators stand above it.
    legend = sheet.ax.legend(
        handles,
        said,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        ncols=6,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        handlelength=1.2,
        columnspacing=1.2,
    )
    legend.set_zorder(5)


def _name_columns(sheet: Sheet, edition: Edition) -> None:
    rows = edition.innovation_indicators
    shown = [sheet.wrapped(row.title, 1.75, size=SMALL, lines=2) for row in rows]
    sheet.ax.xaxis.tick_top()
    sheet.ax.set_xticks(
        range(len(rows)),
        shown,
        rotation=90,
        ha="center",
        va="bottom",
        fontsize=SMALL,
        parse_math=False,
    )
    sheet.ax.set_xlim(-0.5, len(rows) - 0.5)
    sheet.ax.tick_params(axis="x", colors=INK, labelcolor=INK)
    sheet.ax.spines["top"].set_color(RULE)
