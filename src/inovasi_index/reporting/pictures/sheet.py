"""What all pictures share: paper and ink, words that wrap, and saving.

Nothing here touches the state of pyplot or the settings of matplotlib, so pictures can be
drawn in the threads of a server.
"""

from __future__ import annotations

import math
import textwrap
import unicodedata
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from inovasi_index.errors import BadValueError, MissingExtraError
from inovasi_index.language import Language, number, text
from inovasi_index.reporting.colours import (
    BLUE,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    PURPLE,
    RULE,
    SKY,
    VERMILLION,
    band_spans,
    band_tint,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from inovasi_index.rules import Edition
    from inovasi_index.scoring import RegionScore

    Amount = float | Decimal | Fraction

__all__ = ["MOST_NAMED", "Sheet", "in_one_line", "save_picture"]

SERIES = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, "#000000", "#882255", "#999933", "#332288")
MARKERS = ("o", "s", "D", "^", "v", "P", "X")
#: Shades of the levels of an answer, from none to the highest.
LEVEL_SHADES = ("#eef1f4", "#c3d9ea", "#67a3cd", "#0b4a80")

TITLE, BODY, SMALL = 12.0, 9.0, 8.0  # points
_MARGIN = 0.1  # inches
_ABOVE_BANDS = 22.0  # points that the names of bands take above axes
_HEADED = "above"  # marks the legend that stands above a picture
_NARROW = frozenset("fijlrt.,:;'|!()[] ")
_WIDE = frozenset("mwMW@%—")

#: Rows that are told apart by name; beyond, a picture shows the whole and names none.
MOST_NAMED = 60
#: Ranks that are all numbered.
MOST_NUMBERED = 20


def in_one_line(given: object) -> str:
    r"""Return text on one line, its control and direction characters made visible as dots.

    Examples
    --------
    >>> in_one_line("Kota\n Contoh\x00")
    'Kota Contoh·'
    """
    seen = "".join(
        c if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"} else "·"
        for c in str(given)
    )
    return " ".join(seen.split())


@frozen(eq=False)
class Sheet:
    """Axes to draw on, the language of their words, and their look.

    Attributes
    ----------
    ax : matplotlib.axes.Axes
    language : Language
    width : float
        Inches that words have.
    own : bool
        Whether the figure was made for this picture alone.
    """

    ax: Axes
    language: Language
    width: float
    own: bool

    @classmethod
    def of(
        cls, ax: Axes | None, language: Language | str, *, height: float, width: float = 8.0
    ) -> Sheet:
        """Take the given axes, or make a figure of a size in inches with axes on it.

        Raises
        ------
        MissingExtraError
            When matplotlib is not installed.
        """
        try:
            from matplotlib.figure import Figure
            from matplotlib.layout_engine import ConstrainedLayoutEngine
        except ImportError:
            raise MissingExtraError.of("a picture", "pictures") from None
        own = ax is None
        if ax is None:
            layout = ConstrainedLayoutEngine(w_pad=_MARGIN, h_pad=_MARGIN)
            figure = Figure(figsize=(width, height), layout=layout, facecolor="white")
            ax = figure.add_subplot()
        else:
            width = max(3.0, ax.get_window_extent().width / figure_of(ax).dpi)
        sheet = cls(ax, Language(language), width, own)
        sheet._clear_away()
        return sheet

    def _clear_away(self) -> None:
        """Leave of frame and grid what helps to read."""
        for side in ("top", "right", "left"):
            self.ax.spines[side].set_visible(False)
        self.ax.spines["bottom"].set_color(RULE)
        self.ax.tick_params(length=0, labelsize=BODY, labelcolor=INK, pad=5)
        self.ax.set_axisbelow(True)

    # ---------------------------------------------------------------- words

    def say(self, key: str, **params: object) -> str:
        """Return a text of the catalogue in the language of the sheet."""
        return text(key, self.language, **params)

    def number(self, value: Amount, decimals: int = 2) -> str:
        """Write a number with the decimal sign of the language."""
        return number(Fraction(value), self.language, decimals)

    def short(self, value: Amount) -> str:
        """Write a number with no more decimals than it has, at most two."""
        written = self.number(value)
        return written.rstrip("0").rstrip(".,")

    def wrapped(self, words: object, inches: float, *, size: float = BODY, lines: int = 3) -> str:
        """Fold words into a width; what is longer than some lines ends in an ellipsis."""
        line = in_one_line(words)
        characters = max(8, int(inches * 72 / (size * _mean_width(line))))
        folded = textwrap.wrap(line, characters, max_lines=lines, placeholder=" …")
        return "\n".join(folded)

    def title(self, words: str, note: str = "") -> None:
        """Write the title, above the legend if there is one, and a note below the picture."""
        look: dict[str, Any] = {
            "fontsize": TITLE,
            "fontweight": "bold",
            "color": INK,
            "parse_math": False,
        }
        shown = self.wrapped(words, self.width * 0.86, size=TITLE)
        below = self.wrapped(note, self.width * 0.97, size=SMALL, lines=6)
        figure = figure_of(self.ax)
        legend = next(iter(figure.legends), None) if self.own else self.ax.get_legend()
        if legend is not None and legend.get_gid() == _HEADED:
            # Layouts do not keep a title and a legend apart, so the legend carries the title.
            legend.get_title().update(look)
            legend.set_title(shown)
        elif self.own:
            figure.suptitle(shown, x=_MARGIN / self.width, ha="left", **look)
        else:
            self.ax.set_title(shown, loc="left", pad=_ABOVE_BANDS, **look)
        if not below:
            return
        small: dict[str, Any] = {"fontsize": SMALL, "color": MUTED, "parse_math": False}
        if self.own:
            figure.supxlabel(below, x=_MARGIN / self.width, ha="left", **small)
        else:
            self.ax.set_xlabel(f"{self.ax.get_xlabel()}\n{below}".strip(), **small)

    def label_x(self, words: str) -> None:
        """Say what the horizontal axis measures."""
        self.ax.set_xlabel(words, fontsize=BODY, color=MUTED, parse_math=False)

    def label_y(self, words: str) -> None:
        """Say what the vertical axis measures."""
        self.ax.set_ylabel(words, fontsize=BODY, color=MUTED, parse_math=False)

    def write(self, x: float, y: float, words: str, **look: Any) -> Artist:
        """Write at a point of the data; a dollar sign is a dollar sign."""
        look = {"fontsize": BODY, "color": INK, "va": "center", **look}
        written: Artist = self.ax.text(x, y, words, parse_math=False, **look)
        return written

    # ---------------------------------------------------------------- axes

    def rows(
        self, names: Sequence[str], *, inches: float = 2.4, lines: int = 2, size: float = BODY
    ) -> None:
        """Name the rows at 0, 1, 2, … from the top down, or say how many there are."""
        self.ax.set_ylim(max(len(names), 1) - 0.4, -0.6)
        if len(names) > MOST_NAMED:
            self.ax.set_yticks([])
            return
        inches = min(inches, 0.36 * self.width)
        shown = [self.wrapped(name, inches, lines=lines, size=size) for name in names]
        self.ax.set_yticks(range(len(names)), shown, parse_math=False, fontsize=size)

    def index_axis(self, edition: Edition | None = None) -> None:
        """Let the horizontal axis be the index, marked where bands begin."""
        self.ax.set_xlim(0, 100)
        marks = [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
        if edition is not None and edition.bands:
            marks = [0.0, *(b.lower for b in band_spans(edition) if b.lower > 2), 100.0]
        self.ax.set_xticks(marks, [self.short(mark) for mark in marks])

    def grid(self, axis: str = "x") -> None:
        """Draw faint lines at the ticks of one axis."""
        self.ax.grid(axis=axis, color=RULE, linewidth=0.6)  # type: ignore[arg-type]

    def ranks(self, n: int) -> None:
        """Let the horizontal axis be ranks, 1 to n."""
        self.ax.set_xlim(0.5, n + 0.5)
        if n <= MOST_NUMBERED:
            self.ax.set_xticks(range(1, n + 1))
        else:
            step = next(s for s in (5, 10, 20, 50, 100, 10**9) if n <= 12 * s)
            self.ax.set_xticks([1, *range(step, n + 1, step)])
        self.label_x(self.say("picture.rank_axis"))

    def ticks(self, axis: str = "x", *, whole: bool = False) -> None:
        """Write the ticks of an axis in the language of the sheet."""
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        chosen = self.ax.xaxis if axis == "x" else self.ax.yaxis
        if whole:
            chosen.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
        chosen.set_major_formatter(FuncFormatter(lambda value, _: self.short(round(value, 6))))

    def tint_bands(self, edition: Edition, counts: Sequence[int] | None = None) -> None:
        """Tint the bands behind what is seen of the index, and name them above it.

        Parameters
        ----------
        edition : Edition
        counts : sequence of int, optional
            Regions in each band, written beside its name.
        """
        low, high = self.ax.get_xlim()
        for span in band_spans(edition):
            lower, upper = max(span.lower, low), min(span.upper, high)
            if lower >= upper:
                continue
            shade = band_tint(span.place, len(edition.bands))
            self.ax.axvspan(lower, upper, color=shade, linewidth=0, zorder=0)
            if lower > low:
                self.ax.axvline(lower, color="white", linewidth=1.5, zorder=0.5)
            share = (upper - lower) / (high - low)
            if share < 0.06:
                continue
            name = span.name if counts is None else f"{span.name} ({counts[span.place]})"
            self.ax.annotate(
                self.wrapped(name, self.width * 0.62 * share, lines=3),
                ((lower + upper) / 2, 1),
                xycoords=("data", "axes fraction"),
                xytext=(0, 4),
                textcoords="offset points",
                ha="center",
                va="bottom",
                fontsize=BODY,
                color=MUTED,
                parse_math=False,
            )
        self.ax.set_xlim(low, high)

    def legend(
        self, handles: Sequence[Any], names: Sequence[str], *, columns: int | None = None
    ) -> None:
        """Name colours and marks above the picture."""
        columns = columns or max(1, min(len(names), int(self.width / 2.2)))
        look: dict[str, Any] = {
            "ncols": columns,
            "frameon": False,
            "fontsize": BODY,
            "labelcolor": INK,
            "handlelength": 1.4,
            "columnspacing": 1.6,
            "alignment": "left",
            "borderpad": 0,
        }
        blank = [""] * len(names)
        if self.own:
            margin = {"borderaxespad": 72 * _MARGIN / BODY}
            figure = figure_of(self.ax)
            legend = figure.legend(handles, blank, loc="outside upper left", **margin, **look)
        else:
            legend = self.ax.legend(
                handles, blank, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=2, **look
            )
        legend.set_gid(_HEADED)
        # Labels are put in afterwards: those that begin with "_" or hold "$" mean themselves.
        for entry, name in zip(legend.get_texts(), names, strict=True):
            entry.set_parse_math(False)
            entry.set_text(self.wrapped(name, self.width / columns - 0.4, lines=3))


def _mean_width(words: str) -> float:
    """Return about how wide a character of some words is, in font sizes."""

    def width(c: str) -> float:
        if c in _WIDE or unicodedata.east_asian_width(c) in "WF":
            return 1.0
        return 0.36 if c in _NARROW else 0.7 if c.isupper() else 0.6

    return sum(map(width, words)) / len(words) if words else 0.6


def figure_of(ax: Axes) -> Figure:
    part = ax.get_figure()
    if part is None:
        raise BadValueError("the axes were taken off their figure; give axes of a figure")
    return part.figure  # of a part of a figure: the whole


def height_of(n_rows: int, *, row: float = 0.34, around: float = 1.5, most: float = 16.0) -> float:
    """Return the height of a picture with a number of rows, in inches."""
    return min(most, around + row * max(n_rows, 1))


def names_of(scores: Iterable[RegionScore], sheet: Sheet) -> list[str]:
    """Return a name for each score; the basis is said where names repeat."""
    listed = list(scores)
    names = [
        sheet.say("picture.projection")
        if one.region is None
        else str(getattr(one.region, "name", one.region))
        for one in listed
    ]
    if len(set(names)) == len(names):
        return names
    bases = [sheet.say(f"basis.{one.basis or 'none'}") for one in listed]
    return [f"{name} · {basis}" for name, basis in zip(names, bases, strict=True)]


def one_edition(scores: Sequence[RegionScore]) -> Edition:
    """Return the edition of some scores.

    Raises
    ------
    BadValueError
        When there are none, or they are of several editions.
    """
    if not scores:
        raise BadValueError("there are no scores to draw")
    edition = scores[0].edition
    others = sorted({one.edition.id for one in scores if one.edition != edition})
    if others:
        raise BadValueError(
            f"the scores are of several editions ({edition.id}, {', '.join(others)}), whose "
            "bands differ; draw one picture an edition, or the years with plot_trend"
        )
    return edition


_SUFFIXES = {".pdf": "pdf", ".png": "png", ".svg": "svg"}


def save_picture(ax: Axes, path: str | os.PathLike[str], *, dpi: float = 200) -> None:
    """Save the figure that axes stand on.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        As the ``plot_…`` functions return them.
    path : str or os.PathLike
        Ends in ``.png``, ``.svg`` or ``.pdf``. The file is replaced as a whole or not at all.
    dpi : float
        Dots an inch, for ``.png``.

    Raises
    ------
    BadValueError
        For another ending, or dots an inch that are not positive.
    OSError
        When the file cannot be written.
    """
    from io import BytesIO

    from inovasi_index.io.files import write_all

    path = Path(path)
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise BadValueError(f"{path.name!r}: give a name that ends in {', '.join(_SUFFIXES)}")
    if not (dpi > 0 and math.isfinite(dpi)):
        raise BadValueError(f"dpi is {dpi}; it must be a positive number")
    # A date would make every file another one.
    dated = {"pdf": "CreationDate", "svg": "Date"}
    metadata = {dated[kind]: None} if kind in dated else {}
    drawn = BytesIO()
    figure_of(ax).savefig(drawn, format=kind, dpi=dpi, metadata=metadata)
    write_all({path: drawn.getvalue()})
