"""What all pictures have in common: axes, words, no state, files."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

import inovasi_index as ii
from inovasi_index.analysis.risk import risk
from inovasi_index.analysis.robustness import (
    INDEX_SCALE,
    Counting,
    Dirichlet,
    RobustnessResult,
    UncertainWeights,
    index_of_weights,
    simulate,
)
from inovasi_index.errors import BadValueError, MissingExtraError, UnknownChoiceError
from inovasi_index.reporting.colours import band_tint
from inovasi_index.reporting.pictures import (
    plot_bands,
    plot_bases,
    plot_levels,
    plot_maturity,
    plot_parts,
    plot_rank_acceptability,
    plot_rank_intervals,
    plot_risk,
    plot_trend,
    plot_waterfall,
    plot_weights,
    save_picture,
)
from inovasi_index.reporting.pictures.sheet import Sheet, in_one_line
from inovasi_index.rules import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

ROOT = Path(__file__).resolve().parents[2]
CITY = ii.read_submission(ROOT / "examples" / "kota-contoh.toml")
EDITION = ii.load_edition("iid-2026")
CRITERIA = ii.weighting.Criteria.from_edition(EDITION, Part.INNOVATION)
OFFICIAL = ii.weighting.Official().weigh(CRITERIA)
BANJARMASIN = [row for row in ii.datasets.published_scores() if row.region_code == "63.71"]


def grown(n: int) -> ii.Submission:
    """Return the example city with n innovations."""
    source = CITY.innovations
    return attrs.evolve(
        CITY, innovations=[attrs.evolve(source[k % 33], id=f"i{k}") for k in range(n)]
    )


def drawn_ranks(submissions: list[ii.Submission]) -> RobustnessResult:
    table = ii.LevelTable.from_submissions(submissions, EDITION, basis=ii.Basis.DOCUMENTED)
    scenarios = UncertainWeights(
        index_of_weights(table, [Part.INNOVATION]), Dirichlet.around(OFFICIAL, concentration=30)
    )
    return simulate(scenarios, draws=200, seed=1, counting=Counting(scale=INDEX_SCALE))


def copies(n: int, name: str = "Kota") -> list[ii.Submission]:
    return [
        attrs.evolve(
            CITY,
            region=ii.Region(f"{k:03}", f"{name} {k}", "city"),
            innovations=CITY.innovations[: 2 + (7 * k) % 31],
        )
        for k in range(n)
    ]


RANKS = drawn_ranks(copies(4))
PICTURES: dict[str, Callable[..., Axes]] = {
    "bands": lambda **to: plot_bands(ii.score(CITY, EDITION), **to),
    "parts": lambda **to: plot_parts(ii.score(CITY, EDITION), **to),
    "bases": lambda **to: plot_bases(CITY, EDITION, **to),
    "bases of regions": lambda **to: plot_bases(copies(3), EDITION, **to),
    "maturity": lambda **to: plot_maturity(ii.score(CITY, EDITION, basis=ii.Basis.VERIFIED), **to),
    "levels": lambda **to: plot_levels(CITY, EDITION, **to),
    "waterfall": lambda **to: plot_waterfall(ii.gaps(CITY, EDITION), **to),
    "rank intervals": lambda **to: plot_rank_intervals(RANKS, **to),
    "acceptability": lambda **to: plot_rank_acceptability(RANKS, **to),
    "risk": lambda **to: plot_risk(risk(CITY, EDITION, survival=0.8), **to),
    "trend": lambda **to: plot_trend(BANJARMASIN, **to),
    "weights": lambda **to: plot_weights([OFFICIAL], edition=EDITION, **to),
}
every_picture = pytest.mark.parametrize("name", PICTURES)


def render(ax: Axes) -> None:
    """Lay the figure out and draw it, so that every warning of matplotlib is raised."""
    figure = ax.get_figure()
    assert figure is not None
    figure.figure.savefig("/dev/null", format="png", dpi=20)


def words_of(ax: Axes) -> str:
    """Return all that is written on the figure of axes."""
    figure = ax.get_figure()
    assert figure is not None
    from matplotlib.text import Text

    return "\n".join(
        t.get_text() for t in figure.figure.findobj(Text) if isinstance(t, Text) and t.get_text()
    )


@every_picture
def test_a_figure_of_its_own_is_drawn_without_touching_what_others_share(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)  # an import would fail
    keys = sorted(set(mpl.rcParams) - {"backend"})  # looking at it imports pyplot
    before = [mpl.rcParams[key] for key in keys]
    english, indonesian = (PICTURES[name](language=x) for x in ("en", "id"))
    render(indonesian)
    assert words_of(english) != words_of(indonesian)
    assert [mpl.rcParams[key] for key in keys] == before


@every_picture
def test_given_axes_are_used_and_returned(name: str) -> None:
    figure = Figure(figsize=(16, 7), layout="constrained")
    parts = figure.subfigures(1, 2)
    assert isinstance(parts, np.ndarray)
    left, right = parts
    before, ax = left.subplots(), right.subplots()
    assert PICTURES[name](ax=ax) is ax
    assert ax.has_data()
    assert not before.has_data()
    render(ax)


@every_picture
def test_without_matplotlib_the_extra_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtraError, match=r"inovasi_index\[pictures\]"):
        PICTURES[name]()


@every_picture
def test_an_unknown_language_is_refused(name: str) -> None:
    with pytest.raises(UnknownChoiceError, match="jv"):
        PICTURES[name](language="jv")


HOSTILE = [
    "$x^{2}$ \\frac{1}",
    "_garis",
    "<b>&amp;</b>",
    "a\x00\u202eb\n\tc",
    "W" * 400,
    "$5 juta$",
]


def hostile(n: int = len(HOSTILE)) -> ii.Submission:
    """Return the example city with innovations that have names of every bad kind."""
    some = zip(CITY.innovations[:n], HOSTILE, strict=False)
    return attrs.evolve(CITY, innovations=[attrs.evolve(i, name=name) for i, name in some])


def hostile_regions() -> list[ii.Submission]:
    return [
        attrs.evolve(hostile(3), region=ii.Region(f"{n}", name, "city"))
        for n, name in enumerate(HOSTILE)
    ]


HOSTILE_PICTURES: dict[str, Callable[[], Axes]] = {
    "bands": lambda: plot_bands(ii.score(hostile_regions(), EDITION)),
    "bases": lambda: plot_bases(hostile_regions(), EDITION),
    "levels": lambda: plot_levels(hostile(), EDITION),
    "trend": lambda: plot_trend([attrs.evolve(BANJARMASIN[-1], region=name) for name in HOSTILE]),
    "weights": lambda: plot_weights(dict.fromkeys(HOSTILE, OFFICIAL)),
}


@pytest.mark.parametrize("name", HOSTILE_PICTURES)
def test_names_are_shown_as_text(name: str) -> None:
    ax = HOSTILE_PICTURES[name]()
    written = words_of(ax)
    for given_name in HOSTILE:
        assert in_one_line(given_name)[:12] in written
    render(ax)


@pytest.mark.parametrize("name", HOSTILE)
def test_titles_are_shown_as_text(name: str) -> None:
    city = attrs.evolve(CITY, region=attrs.evolve(CITY.region, name=name), innovations=[])
    ax = plot_waterfall(ii.gaps(city, EDITION))
    assert in_one_line(name)[:12] in words_of(ax)
    render(ax)


@given(st.text(max_size=40))
def test_one_line_has_nothing_that_controls(text: str) -> None:
    line = in_one_line(text)
    assert line.isprintable() or not line.isascii()
    assert not set(line) & set("\n\r\t\x00\u202e\u2066\u200f")
    assert line == line.strip()


SHEET = Sheet.of(None, "en", height=1)


@given(st.text("abc WMi.", max_size=200), st.floats(0.3, 6), st.integers(1, 4))
def test_words_are_folded_into_their_width(words: str, inches: float, lines: int) -> None:
    folded = SHEET.wrapped(words, inches, lines=lines)
    assert len(folded.split("\n")) <= lines
    if "…" not in folded:
        assert "".join(folded.split()) == "".join(words.split())


@pytest.mark.parametrize("n", [1, 2, 4, 7])
def test_tints_of_bands_differ_and_are_light(n: int) -> None:
    tints = [band_tint(place, n) for place in range(n)]
    assert len(set(tints)) == n
    assert all(channel > 0xB0 for shade in tints for channel in bytes.fromhex(shade[1:]))


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "PNG"])
def test_a_saved_picture_is_what_its_name_says(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"picture.{suffix}"
    save_picture(PICTURES["bands"](), path, dpi=30)
    magic = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[suffix.lower()]
    assert path.read_bytes().startswith(magic)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_the_same_picture_is_the_same_file(tmp_path: Path) -> None:
    digests = set()
    for n in range(2):
        save_picture(PICTURES["levels"](), tmp_path / f"{n}.png", dpi=40)
        digests.add(hashlib.sha256((tmp_path / f"{n}.png").read_bytes()).hexdigest())
    assert len(digests) == 1


@pytest.mark.parametrize("name", ["picture", "picture.jpg", "picture.png.txt"])
def test_another_ending_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadValueError, match=r"\.pdf, \.png, \.svg"):
        save_picture(PICTURES["bands"](), tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("dpi", [0, -1, float("nan"), float("inf")])
def test_dots_an_inch_are_positive(dpi: float, tmp_path: Path) -> None:
    with pytest.raises(BadValueError, match="positive"):
        save_picture(PICTURES["bands"](), tmp_path / "x.png", dpi=dpi)


def test_axes_without_a_figure_are_refused(tmp_path: Path) -> None:
    ax = PICTURES["bands"]()
    ax.remove()
    with pytest.raises(BadValueError, match="taken off"):
        save_picture(ax, tmp_path / "x.png")


@pytest.mark.parametrize("n", [1, 61, 200])
def test_few_and_many_innovations_are_drawn(n: int) -> None:
    city = grown(n)
    for ax in (
        plot_levels(city, EDITION, basis=ii.Basis.VERIFIED),
        plot_maturity(ii.score(city, EDITION)),
    ):
        render(ax)
        figure = ax.get_figure()
        assert figure is not None
        assert figure.figure.get_figheight() <= 17


def test_rows_without_weight_are_drawn() -> None:
    rows = tuple(attrs.evolve(row, weight_hundredths=0) for row in EDITION)
    edition = attrs.evolve(EDITION, indicators=rows)
    render(plot_maturity(ii.score(CITY, edition)))
    render(plot_levels(CITY, edition))


def test_many_regions_are_drawn_without_their_names() -> None:
    regions = copies(61)
    for ax in (
        plot_bands(ii.score(regions, EDITION)),
        plot_parts(ii.score(regions, EDITION)),
        plot_bases(regions, EDITION),
        plot_rank_intervals(drawn_ranks(regions)),
        plot_rank_acceptability(drawn_ranks(regions)),
        plot_rank_acceptability(drawn_ranks(regions), ax=Figure(figsize=(9, 9)).subplots()),
    ):
        assert "Kota 7" not in words_of(ax)
        render(ax)
