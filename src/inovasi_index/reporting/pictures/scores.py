"""Pictures of scores: the index on its bands, its parts, the three bases."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from inovasi_index.errors import BadValueError
from inovasi_index.language import Language
from inovasi_index.records import Basis, Submission
from inovasi_index.reporting.colours import BLUE, GREEN, INK, MUTED, PARTS
from inovasi_index.reporting.pictures.sheet import (
    BODY,
    MOST_NAMED,
    SMALL,
    Sheet,
    height_of,
    names_of,
    one_edition,
)
from inovasi_index.rules import Edition, load_edition
from inovasi_index.scoring import RegionScore, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes

__all__ = ["plot_bands", "plot_bases", "plot_parts"]

_DARK = {BLUE, GREEN}


def _listed(scores: RegionScore | Iterable[RegionScore]) -> list[RegionScore]:
    return [scores] if isinstance(scores, RegionScore) else list(scores)


def plot_bands(
    scores: RegionScore | Iterable[RegionScore],
    *,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Draw the index of one or many regions on the bands of their edition.

    Regions are ordered by index, the highest at the top; more than 60 are drawn without
    their names.

    Parameters
    ----------
    scores : RegionScore or iterable of RegionScore
        Of one edition. `Scores` is such an iterable.
    language : Language or str
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of its own is made.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    BadValueError
        For no scores, and for scores of several editions.
    MissingExtraError
        When matplotlib is not installed.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.reporting.pictures import plot_bands
    >>> one = ii.project_index("iid-2026", region_points=51, mean_maturity="90.91",
    ...     innovations=137, basic_affairs=6)
    >>> ax = plot_bands(one, language="id")
    >>> ax.get_xlabel()
    'Indeks (0–100)'
    """
    listed = sorted(_listed(scores), key=lambda one: -one.exact)
    edition = one_edition(listed)
    named = len(listed) <= MOST_NAMED
    height = height_of(len(listed)) if named else 7.0
    sheet = Sheet.of(ax, language, height=height)
    sheet.index_axis(edition)
    sheet.tint_bands(edition, _counts(listed, edition) if len(listed) > 1 else None)
    _draw_indices(sheet, listed, named=named)
    sheet.rows(names_of(listed, sheet))
    if not named:
        sheet.label_y(sheet.say("picture.regions_by_index", n=len(listed)))
    sheet.label_x(sheet.say("picture.index_axis"))
    key = "picture.bands_title" if len(listed) > 1 else "picture.bands_title_one"
    sheet.title(sheet.say(key, edition=edition.title), _note(listed, sheet))
    return sheet.ax


def _counts(listed: Sequence[RegionScore], edition: Edition) -> list[int]:
    """Return how many scores lie in each band."""
    found = Counter(one.band_if_known for one in listed)
    return [found[band.name] for band in edition.bands]


def _draw_indices(sheet: Sheet, listed: Sequence[RegionScore], *, named: bool) -> None:
    ax = sheet.ax
    places = range(len(listed))
    values = [float(one.index) for one in listed]
    if not named:
        ax.fill_betweenx(places, 0, values, color=INK, alpha=0.12, linewidth=0, zorder=1)
        ax.plot(values, places, color=INK, linewidth=2.2, zorder=2)
        return
    ax.hlines(places, 0, values, color=INK, linewidth=1.2, zorder=2)
    ax.scatter(values, places, s=42, color=INK, zorder=3, linewidths=0)
    for place, one, value in zip(places, listed, values, strict=True):
        inside = value > 90
        sheet.write(
            value + (-1.4 if inside else 1.4),
            place - (0.26 if inside else 0),
            sheet.number(one.index),
            ha="right" if inside else "left",
            fontweight="bold",
        )


def _note(listed: Sequence[RegionScore], sheet: Sheet) -> str:
    """Say on which basis the scores are, and that they are not official."""
    bases = {one.basis for one in listed}
    said = [sheet.say("picture.unofficial")]
    if len(bases) == 1 and listed[0].basis is not None:
        basis = sheet.say(f"basis.{listed[0].basis}")
        said.insert(0, sheet.say("picture.basis", basis=basis))
    if not all(one.band_if_known for one in listed):
        said.append(sheet.say("picture.unknown_bands"))
    return " ".join(said)


def plot_parts(
    scores: RegionScore | Iterable[RegionScore],
    *,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Draw what each part gives to the index, stacked, of one or many regions.

    Parameters
    ----------
    scores : RegionScore or iterable of RegionScore
        Of one edition, drawn in the order in which they are given.
    language : Language or str
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of its own is made.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    BadValueError
        For no scores, and for scores of several editions.
    MissingExtraError
        When matplotlib is not installed.
    """
    listed = _listed(scores)
    edition = one_edition(listed)
    named = len(listed) <= MOST_NAMED
    height = height_of(len(listed), row=0.42) + 0.2 if named else 7.0
    sheet = Sheet.of(ax, language, height=height)
    handles = _stack(sheet, listed, named=named)
    total = edition.constant("total_max_hundredths")
    names = []
    for part, most, _ in PARTS:
        hundredths = getattr(edition.formula, most)
        name = sheet.say(f"part.{part}")
        if hundredths is not None:
            at_most = sheet.number(Fraction(100 * hundredths, total))
            name = sheet.say("picture.at_most", name=name, most=at_most)
        names.append(name)
    sheet.legend(handles, names, columns=3)
    sheet.rows(names_of(listed, sheet))
    sheet.index_axis()
    sheet.grid()
    sheet.label_x(sheet.say("picture.share_axis"))
    sheet.title(sheet.say("picture.parts_title", edition=edition.title), _note(listed, sheet))
    return sheet.ax


def _stack(sheet: Sheet, listed: Sequence[RegionScore], *, named: bool) -> list[object]:
    """Draw the bars and return one handle a part."""
    places = list(range(len(listed)))
    scale = [100 / (one.edition.constant("total_max_hundredths") / 100) for one in listed]
    start = [0.0] * len(listed)
    handles: list[object] = []
    for part, _, colour in PARTS:
        widths = [float(getattr(one.parts, part)) * s for one, s in zip(listed, scale, strict=True)]
        bars = sheet.ax.barh(
            places,
            widths,
            left=start,
            height=0.62 if named else 1.0,
            color=colour,
            edgecolor="white",
            linewidth=0.8 if named else 0,
            zorder=2,
        )
        handles.append(bars)
        for place, left, width in zip(places, start, widths, strict=True):
            if named and width >= 9:
                ink = "white" if colour in _DARK else INK
                sheet.write(
                    left + width / 2, place, sheet.number(width), ha="center", color=ink, zorder=3
                )
        start = [a + b for a, b in zip(start, widths, strict=True)]
    for place, end, one in zip(places, start, listed, strict=True):
        if named:
            sheet.write(end + 1, place, sheet.number(one.index), fontweight="bold", zorder=3)
    return handles


def plot_bases(
    submissions: Submission | Iterable[Submission],
    edition: Edition | str,
    *,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Draw the claimed, documented and verified index side by side, on the bands.

    The distance between the first two is what missing papers cost, the distance between the
    last two what verification has taken or not yet given.

    Parameters
    ----------
    submissions : Submission or iterable of Submission
        Several are ordered by their documented index.
    edition : Edition or str
        The edition or its id.
    language : Language or str
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of its own is made.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    BadValueError
        For no submissions.
    SubmissionError
        With every fault of the submissions.
    IncompleteEditionError
        When the edition lacks what the score needs.
    MissingExtraError
        When matplotlib is not installed.
    """
    edition = edition if isinstance(edition, Edition) else load_edition(edition)
    given = [submissions] if isinstance(submissions, Submission) else list(submissions)
    if not given:
        raise BadValueError("there are no submissions to draw")
    by_basis = [list(score(given, edition, basis=basis)) for basis in Basis]
    regions = sorted(zip(*by_basis, strict=True), key=lambda bases: -bases[1].exact)
    if len(regions) == 1:
        return _draw_one_region(regions[0], edition, language, ax)
    return _draw_regions(regions, edition, language, ax)


def _draw_one_region(
    bases: Sequence[RegionScore], edition: Edition, language: Language | str, ax: Axes | None
) -> Axes:
    sheet = Sheet.of(ax, language, height=height_of(3, row=0.62))
    sheet.index_axis(edition)
    sheet.tint_bands(edition)
    shades = ("#8fa3b3", "#4f7190", "#12365a")
    for place, (one, shade) in enumerate(zip(bases, shades, strict=True)):
        value = float(one.index)
        sheet.ax.barh(place, value, height=0.52, color=shade, zorder=2)
        inside = value > 82
        sheet.write(
            value + (-1 if inside else 1),
            place,
            sheet.number(one.index),
            ha="right" if inside else "left",
            color="white" if inside else INK,
            fontweight="bold",
            fontsize=BODY + 1,
            zorder=4,
        )
    lost = zip(bases, bases[1:], ("papers", "verification"), strict=False)
    for place, (before, after, what) in enumerate(lost):
        if before.index == after.index:
            continue
        less = sheet.say(f"picture.lost_{what}", lost=sheet.number(before.index - after.index))
        start, end = float(after.index), float(before.index)
        look: dict[str, Any] = {"color": INK, "linewidth": 1.0, "zorder": 3}
        sheet.ax.plot([start, end], [place + 0.5] * 2, "|-", markersize=6, **look)
        right = end < 62
        sheet.write(
            end + 1 if right else start - 1,
            place + 0.5,
            less,
            ha="left" if right else "right",
            fontsize=SMALL,
            zorder=4,
        )
    sheet.rows([sheet.say(f"picture.{one.basis}") for one in bases], inches=1.8)
    sheet.label_x(sheet.say("picture.index_axis"))
    title = sheet.say("picture.bases_title", who=names_of(bases[:1], sheet)[0])
    sheet.title(title, f"{edition.title}. {sheet.say('picture.unofficial')}")
    return sheet.ax


def _draw_regions(
    regions: Sequence[Sequence[RegionScore]],
    edition: Edition,
    language: Language | str,
    ax: Axes | None,
) -> Axes:
    named = len(regions) <= MOST_NAMED
    sheet = Sheet.of(ax, language, height=height_of(len(regions)) + 0.3 if named else 7.3)
    sheet.index_axis(edition)
    sheet.tint_bands(edition)
    places = list(range(len(regions)))
    claimed, documented, verified = ([float(bases[n].index) for bases in regions] for n in range(3))
    sheet.ax.hlines(places, verified, claimed, color=MUTED, linewidth=1.0, zorder=2)
    size = 44 if named else 10
    looks = (("white", INK), ("#6fa3c7", INK), (INK, INK))
    handles = [
        sheet.ax.scatter(
            values, places, s=size, color=face, edgecolors=edge, linewidths=1.0, zorder=3 + n
        )
        for n, (values, (face, edge)) in enumerate(
            zip((claimed, documented, verified), looks, strict=True)
        )
    ]
    sheet.rows(names_of([bases[1] for bases in regions], sheet))
    sheet.legend(handles, [sheet.say(f"picture.{basis}") for basis in Basis])
    sheet.label_x(sheet.say("picture.index_axis"))
    title = sheet.say("picture.bases_title_many", edition=edition.title)
    sheet.title(title, sheet.say("picture.unofficial"))
    return sheet.ax
