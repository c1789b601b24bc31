"""The picture of scores over the years, on the bands that each year had."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from inovasi_index.datasets import PublishedScore, ScoreStatus
from inovasi_index.errors import BadValueError
from inovasi_index.language import Language
from inovasi_index.reporting.colours import MUTED, band_spans, band_tint
from inovasi_index.reporting.pictures.sheet import MARKERS, SERIES, SMALL, Sheet
from inovasi_index.rules import Edition, available_editions, load_edition
from inovasi_index.scoring import RegionScore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes

__all__ = ["plot_trend"]


class _Dot(NamedTuple):
    """What is known of one region in one year."""

    region: str
    year: int
    score: float | None
    band: str | None  # key, where only the band is known
    sure: bool


def plot_trend(
    scores: Iterable[PublishedScore | RegionScore],
    *,
    language: Language | str = Language.ENGLISH,
    ax: Axes | None = None,
) -> Axes:
    """Draw scores over the years, on the bands of the edition of each year.

    Published rows without a score but with a band are drawn as a bar over the band, as far
    as its bounds are known. Rows that are not final (interim, derived, in conflict) are
    hollow. Years before 2021 had a scale of their own and are left out; so are rows that only
    name a region.

    Parameters
    ----------
    scores : iterable of PublishedScore or RegionScore
        Published rows, own scores, or both. A score of one's own belongs to the year of its
        submission, or else of its edition.
    language : Language or str
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it a figure of its own is made.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    BadValueError
        When no row has a score or a band since 2021.
    MissingExtraError
        When matplotlib is not installed.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.reporting.pictures import plot_trend
    >>> city = [row for row in ii.datasets.published_scores() if row.region_code == "63.71"]
    >>> ax = plot_trend(city, language="id")
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['2022', '2023', '2024']
    """
    editions = {edition.start.year: edition for edition in map(load_edition, available_editions())}
    dots = [dot for one in scores if (dot := _dot(one)) is not None and dot.year in editions]
    if not dots:
        raise BadValueError("there is no score or band since 2021 to draw")
    years = range(min(d.year for d in dots), max(d.year for d in dots) + 1)
    regions = list(dict.fromkeys(dot.region for dot in dots))
    shown = {year: editions[year] for year in years if year in editions}
    sheet = Sheet.of(ax, language, height=5.2)
    _tint_years(sheet, shown)
    handles = [
        _draw_region(sheet, n, [d for d in dots if d.region == region], editions, len(regions))
        for n, region in enumerate(regions)
    ]
    sheet.legend(handles, regions, columns=3)
    sheet.ax.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    sheet.ax.set_xticks(list(years), [str(year) for year in years])
    sheet.ax.set_ylim(0, 100)
    sheet.ticks("y")
    sheet.label_y(sheet.say("picture.index_axis"))
    note = [sheet.say("picture.trend_note")]
    if any(d.score is None for d in dots):
        note.append(sheet.say("picture.trend_band_only"))
    if any(band.lower_hundredths is None for edition in shown.values() for band in edition.bands):
        note.append(sheet.say("picture.trend_unknown_bands"))
    if not all(d.sure for d in dots):
        note.append(sheet.say("picture.trend_unsure"))
    sheet.title(sheet.say("picture.trend_title"), " ".join(note))
    return sheet.ax


def _dot(one: PublishedScore | RegionScore) -> _Dot | None:
    if isinstance(one, RegionScore):
        name = "" if one.region is None else getattr(one.region, "name", str(one.region))
        year = one.edition.start.year if one.submission is None else one.submission.year
        return _Dot(name, year, float(one.index), None, sure=True)
    if one.score is None and one.band is None:
        return None
    score = None if one.score is None else float(one.score)
    return _Dot(one.region, one.year, score, one.band, one.status is ScoreStatus.FINAL)


def _tint_years(sheet: Sheet, editions: Mapping[int, Edition]) -> None:
    """Tint the bands that each year had behind that year; name them where they change."""
    lowers: dict[str, float] = {}
    for year, edition in editions.items():
        for span in band_spans(edition):
            sheet.ax.fill_between(
                [year - 0.5, year + 0.5],
                span.lower,
                span.upper,
                color=band_tint(span.place, len(edition.bands)),
                linewidth=0,
                zorder=0,
            )
            if span.lower > 2 and lowers.get(span.name) != span.lower:
                sheet.write(
                    year - 0.47,
                    span.lower + 1.8,
                    f"{span.name} ≥ {sheet.number(span.lower)}",
                    fontsize=SMALL - 1,
                    color=MUTED,
                    zorder=1,
                )
            lowers[span.name] = span.lower
        sheet.ax.axvline(year + 0.5, color="white", linewidth=1.5, zorder=0.5)


def _draw_region(
    sheet: Sheet, n: int, dots: Sequence[_Dot], editions: Mapping[int, Edition], n_regions: int
) -> object:
    """Draw the dots of one region, joined where two years follow each other."""
    colour, marker = SERIES[n % len(SERIES)], MARKERS[(n + n // len(SERIES)) % len(MARKERS)]
    # Regions stand side by side in a year, so that none hides another.
    shift = 0.0 if n_regions == 1 else 0.56 * (n / (n_regions - 1) - 0.5)
    scored = sorted((d for d in dots if d.score is not None), key=lambda d: d.year)
    for a, b in pairwise(scored):
        if b.year - a.year == 1 and a.sure and b.sure:
            heights = [a.score or 0.0, b.score or 0.0]
            sheet.ax.plot(
                [a.year + shift, b.year + shift], heights, color=colour, linewidth=1.6, zorder=3
            )
    look: dict[str, Any] = {
        "linestyle": "",
        "marker": marker,
        "markersize": 7,
        "markeredgewidth": 1.4,
    }
    for dot in scored:
        sheet.ax.plot(
            [dot.year + shift],
            [dot.score or 0.0],
            color=colour,
            markerfacecolor=colour if dot.sure else "white",
            zorder=4,
            **look,
        )
    for dot in dots:
        span = None if dot.score is not None else _span_of(dot, editions[dot.year])
        if span is not None:
            lower, upper = span
            sheet.ax.plot(
                [dot.year + shift] * 2,
                [lower + 0.8, upper - 0.8],
                color=colour,
                marker="_",
                markersize=9,
                markeredgewidth=2,
                linewidth=2,
                linestyle="-" if dot.sure else ":",
                zorder=2,
            )
    (handle,) = sheet.ax.plot([], [], color=colour, markeredgecolor=colour, **look)
    return handle


def _span_of(dot: _Dot, edition: Edition) -> tuple[float, float] | None:
    spans = [s for s in band_spans(edition) if edition.bands[s.place].key == dot.band]
    return (spans[0].lower, spans[0].upper) if spans else None
