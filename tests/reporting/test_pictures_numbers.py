"""What is drawn is what the library computes: lengths, places, counts and colours."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle

import inovasi_index as ii
from inovasi_index.analysis.risk import risk
from inovasi_index.analysis.robustness import (
    Counting,
    Dirichlet,
    LinearScore,
    RobustnessResult,
    UncertainWeights,
    simulate,
)
from inovasi_index.errors import BadValueError
from inovasi_index.records import standings
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
)
from inovasi_index.rules import Part

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

ROOT = Path(__file__).resolve().parents[2]
CITY = ii.read_submission(ROOT / "examples" / "kota-contoh.toml")
EDITION = ii.load_edition("iid-2026")
LETTERS = {"claimed": 65.64, "documented": 53.21, "verified": 34.10}


def bars(ax: Axes) -> list[Rectangle]:
    """Return the bars of axes; tints of bands lie behind."""
    return [p for p in ax.patches if isinstance(p, Rectangle) and p.get_zorder() >= 2]


def texts(ax: Axes) -> list[str]:
    return [t.get_text() for t in ax.texts]


def ticks(ax: Axes) -> list[str]:
    return [t.get_text() for t in ax.get_yticklabels()]


def several() -> list[ii.Submission]:
    return [
        attrs.evolve(
            CITY,
            region=ii.Region(f"{n}", f"Kota {n}", "city"),
            innovations=CITY.innovations[: 4 * n],
        )
        for n in range(1, 5)
    ]


# --- scores ---------------------------------------------------------------------------------


def test_regions_stand_at_their_index_the_highest_at_the_top() -> None:
    scores = ii.score(several(), EDITION)
    ax = plot_bands(scores, language="id")
    order = np.argsort(-scores.index_hundredths, kind="stable")
    (dots,) = (c for c in ax.collections if isinstance(c, PathCollection))
    assert np.allclose(dots.get_offsets(), np.stack([scores.index[order], range(4)], axis=1))
    assert ticks(ax) == [scores.regions[n].name for n in order]
    assert [f"{scores.index[n]:.2f}".replace(".", ",") for n in order] == [
        t for t in texts(ax) if t[0].isdigit()
    ]
    counted = Counter(scores.bands.tolist())
    assert f"Inovatif ({counted['Inovatif']})" in texts(ax)
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_bands_are_marked_where_they_begin() -> None:
    ax = plot_bands(ii.score(CITY, EDITION))
    assert ax.get_xticks().tolist() == [0, 40.01, 65.01, 100]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["0", "40.01", "65.01", "100"]


def test_bands_without_bounds_are_not_drawn_and_this_is_said() -> None:
    known = {"region_points": 10, "mean_maturity": 10, "innovations": 20, "basic_affairs": 6}
    ax = plot_bands(ii.project_index("iid-2025", **known))
    assert ax.get_xticks().tolist() == [0, 65.01, 100]
    figure = ax.get_figure()
    assert figure is not None
    assert "not drawn" in figure.figure.get_supxlabel()


def test_scores_of_one_region_are_told_apart_by_their_basis() -> None:
    three = [ii.score(CITY, EDITION, basis=basis)["99.71"] for basis in ii.Basis]
    assert ticks(plot_bands(three)) == [f"Kota Contoh · {b} levels" for b in LETTERS]


def test_stacked_parts_end_at_the_index() -> None:
    scores = list(ii.score(several(), EDITION))
    found = [
        [b for b in bars(plot_parts(scores)) if round(b.get_y() + 0.31) == n] for n in range(4)
    ]
    for one, parts in zip(scores, found, strict=True):
        assert sum(b.get_width() for b in parts) == pytest.approx(float(one.exact))
        assert [b.get_width() * 2.5 for b in parts] == pytest.approx(
            [float(x) for x in attrs.astuple(one.parts)]
        )


def test_a_maximum_that_was_not_found_is_not_said() -> None:
    known = {"region_points": 10, "mean_maturity": 10, "innovations": 20, "basic_affairs": 6}
    figure = plot_parts(ii.project_index("iid-2025", **known)).get_figure()
    assert figure is not None
    said = [t.get_text() for t in figure.figure.legends[0].get_texts()]
    assert said[0] == "Region part"
    assert "at most 44.40" in said[1].replace("\n", " ")


def test_the_three_bases_are_those_of_the_example() -> None:
    ax = plot_bases(CITY, EDITION)
    assert [round(b.get_width(), 2) for b in bars(ax)] == list(LETTERS.values())
    written = " ".join(texts(ax))
    assert "12.43 lost for want of papers" in written
    assert "19.11 not (yet) accepted" in written


def test_nothing_is_said_to_be_lost_where_nothing_is() -> None:
    empty = attrs.evolve(CITY, innovations=(), answers=())
    assert not any("lost" in t or "accepted" in t for t in texts(plot_bases(empty, "iid-2026")))


def test_bases_of_regions_stand_side_by_side() -> None:
    ax = plot_bases(several(), EDITION)
    dots = [c for c in ax.collections if isinstance(c, PathCollection)]
    for basis, drawn in zip(ii.Basis, dots, strict=True):
        index = ii.score(several(), EDITION, basis=basis).index
        assert sorted(np.asarray(drawn.get_offsets())[:, 0]) == pytest.approx(sorted(index))


@pytest.mark.parametrize("plot", [plot_bands, plot_parts])
def test_scores_of_several_editions_are_refused(plot: type) -> None:
    later = ii.project_index(
        "iid-2024", region_points=1, mean_maturity=1, innovations=20, basic_affairs=6
    )
    with pytest.raises(BadValueError, match="iid-2024"):
        plot([ii.score(CITY, EDITION)["99.71"], later])
    with pytest.raises(BadValueError, match="no scores"):
        plot([])


def test_no_submissions_are_refused() -> None:
    with pytest.raises(BadValueError, match="no submissions"):
        plot_bases([], EDITION)


# --- innovations ----------------------------------------------------------------------------


@pytest.mark.parametrize("basis", list(ii.Basis))
def test_every_innovation_is_in_the_distribution_once(basis: ii.Basis) -> None:
    scores = ii.score(CITY, EDITION, basis=basis)
    ax = plot_maturity(scores)
    heights = [b.get_height() for b in bars(ax)]
    assert sum(heights) == 33
    none = int((scores.maturity == 0).sum())
    hatched = [b.get_height() for b in bars(ax) if b.get_hatch()]
    assert sum(hatched) == none
    for bar in bars(ax):
        if not bar.get_hatch():
            low, high = bar.get_x(), bar.get_x() + bar.get_width()
            inside = (scores.maturity >= low) & (scores.maturity < high) & (scores.maturity > 0)
            assert bar.get_height() == inside.sum()
    assert any(f"mean {scores.maturity.mean():.2f}" in t for t in texts(ax))


def test_empty_seats_have_a_mean_of_their_own() -> None:
    one = attrs.evolve(CITY, innovations=CITY.innovations[:1])
    written = texts(plot_maturity(ii.score(one, EDITION), language="id"))
    assert "rata-rata 95,00" in written
    assert "rata-rata atas 12 kursi 7,92" in written


@pytest.mark.parametrize("basis", list(ii.Basis))
def test_the_heat_map_shows_what_counts_and_what_is_lost(basis: ii.Basis) -> None:
    ax = plot_levels(CITY, EDITION, basis=basis)
    (image,) = (c for c in ax.get_children() if isinstance(c, AxesImage))
    shown = np.asarray(image.get_array())
    maturity = ii.score(CITY, EDITION, basis=basis).maturity_hundredths
    for row, n in zip(shown, np.argsort(-maturity, kind="stable"), strict=True):
        innovation = CITY.innovations[int(n)]
        found = standings(innovation, EDITION)
        counts = [s.on(basis) for s in found] if maturity[n] else [0] * 20
        expected = [
            -1 if level == 0 and s.claimed else level
            for s, level in zip(found, counts, strict=True)
        ]
        assert row.tolist() == expected
    names = [i.name for i in CITY.innovations]
    assert len(ticks(ax)) == 33
    assert ticks(ax)[0].replace("\n", " ") == names[int(np.argmax(maturity))]


def test_shades_are_levels_only_where_every_row_has_three() -> None:
    def legend(submission: ii.Submission, edition: ii.Edition) -> list[str]:
        found = plot_levels(submission, edition).get_legend()
        assert found is not None
        return [t.get_text() for t in found.get_texts()[:4]]

    assert legend(CITY, EDITION) == ["level 0", "level 1", "level 2", "level 3"]
    last = EDITION.innovation_indicators[-1]
    lower = attrs.evolve(last, levels=last.levels[:2], numeric=())
    rows = tuple(lower if row.key == last.key else row for row in EDITION)
    bare = attrs.evolve(CITY, innovations=[attrs.evolve(CITY.innovations[0], answers=())])
    shown = legend(bare, attrs.evolve(EDITION, indicators=rows))
    assert shown == ["level 0", *(f"up to {n}/3 of the top" for n in (1, 2, 3))]


def test_lowered_claims_are_marked() -> None:
    lowered = [
        (i.id, s.indicator)
        for i in CITY.innovations
        for s in standings(i, EDITION)
        if 0 < s.verified < s.claimed
    ]
    claims = plot_levels(CITY, EDITION, basis=ii.Basis.CLAIMED)
    verified = plot_levels(CITY, EDITION, basis=ii.Basis.VERIFIED)
    assert not [c for c in claims.collections if isinstance(c, PathCollection)]
    (marks,) = (c for c in verified.collections if isinstance(c, PathCollection))
    assert 0 < len(np.asarray(marks.get_offsets())) <= len(lowered)


def test_no_innovations_are_refused() -> None:
    empty = attrs.evolve(CITY, innovations=())
    with pytest.raises(BadValueError, match="no innovations"):
        plot_maturity(ii.score(empty, EDITION))
    with pytest.raises(BadValueError, match="no innovations"):
        plot_levels(empty, "iid-2026")


# --- gaps -----------------------------------------------------------------------------------


@pytest.mark.parametrize("basis", list(ii.Basis))
def test_the_waterfall_goes_from_the_index_to_one_hundred(basis: ii.Basis) -> None:
    found = ii.gaps(CITY, EDITION, basis=basis)
    first, *steps, last = bars(plot_waterfall(found))
    assert first.get_width() == pytest.approx(float(found.score.exact))
    assert last.get_width() == 100
    at = first.get_width()
    shares = list(found.by_cause().values())
    for bar, share in zip(steps, shares, strict=True):
        assert bar.get_x() == pytest.approx(at)
        assert bar.get_width() == pytest.approx(max(float(share), 0.15))
        at += float(share)
    assert at == pytest.approx(100)
    assert sum(shares) == found.total


def test_a_full_score_has_no_steps() -> None:
    full = ii.project_index(
        EDITION, region_points=63, mean_maturity=111, innovations=200, basic_affairs=6
    )
    assert len(bars(plot_waterfall(ii.analysis.Gaps(full, ())))) == 2


# --- ranks ----------------------------------------------------------------------------------


def ranked() -> RobustnessResult:
    """Return a simulation in which two of three units change places in half of the draws."""
    score = LinearScore(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), units=("a", "b", "c"))
    return simulate(
        UncertainWeights(score, Dirichlet([1.0, 1.0])),
        draws=4000,
        seed=3,
        counting=Counting(),
    )


def test_rank_intervals_are_those_of_the_result() -> None:
    result = ranked()
    ax = plot_rank_intervals(result, level=0.8)
    wide, half = (
        np.array([segment[:, 0] for segment in c.get_segments()])
        for c in ax.collections
        if isinstance(c, LineCollection)
    )
    order = np.argsort(result.nominal_ranks, kind="stable")
    assert wide.tolist() == result.rank_intervals(0.8)[order].tolist()
    assert half.tolist() == result.rank_intervals(0.5)[order].tolist()
    assert ticks(ax) == [result.units[n] for n in order]
    for plot in (plot_rank_intervals, plot_rank_acceptability):
        called = ticks(plot(result, names={"a": "Kota A"}))
        assert sorted(called) == ["Kota A", "b", "c"]


def test_acceptability_is_that_of_the_result() -> None:
    result = ranked()
    ax = plot_rank_acceptability(result)
    (image,) = (c for c in ax.get_children() if isinstance(c, AxesImage))
    found = image.get_array()
    assert found is not None
    shares = np.asarray(np.ma.filled(found, 0))
    assert shares.sum(axis=1) == pytest.approx([100, 100, 100])
    assert np.sort(shares[:, 2])[-1] == pytest.approx(100)


# --- risk -----------------------------------------------------------------------------------


@pytest.mark.parametrize("survival", [0.0, 0.3, 0.8, 1.0])
def test_bars_hold_the_whole_probability(survival: float) -> None:
    found = risk(CITY, EDITION, survival=survival)
    ax = plot_risk(found)
    area = sum(b.get_width() * b.get_height() for b in bars(ax))
    assert area == pytest.approx(1, abs=2e-3)
    mean = sum(b.get_width() * b.get_height() * (b.get_x() + b.get_width() / 2) for b in bars(ax))
    assert mean == pytest.approx(float(found.expected), abs=0.5)


def test_no_bar_crosses_the_edge_of_a_band() -> None:
    ax = plot_risk(risk(CITY, EDITION, survival=0.5))
    for bar in bars(ax):
        low, high = bar.get_x(), bar.get_x() + bar.get_width()
        assert not low < 40.01 - 1e-9 < high - 1e-9
    below = sum(b.get_width() * b.get_height() for b in bars(ax) if b.get_x() < 40)
    chance = risk(CITY, EDITION, survival=0.5).bands["Kurang Inovatif"]
    assert below == pytest.approx(float(chance), abs=2e-3)


def test_the_risk_is_drawn_where_no_source_gives_the_bands() -> None:
    ahead = attrs.evolve(CITY, year=2027)
    bandless = attrs.evolve(EDITION, bands=())
    for ax in (
        plot_risk(risk(ahead, "iid-2027", survival=0.5)),
        plot_risk(risk(CITY, bandless, survival=0.5)),
    ):
        figure = ax.get_figure()
        assert figure is not None
        note = figure.figure.get_supxlabel().replace("\n", " ")
        assert "that no source gives are not drawn" in note
        assert "Probability" not in note


# --- years ----------------------------------------------------------------------------------


def published(code: str) -> list[ii.datasets.PublishedScore]:
    return [row for row in ii.datasets.published_scores() if row.region_code == code]


def points(line: Line2D) -> list[tuple[float, float]]:
    return list(zip(*(np.asarray(x, float).tolist() for x in line.get_data()), strict=True))


def test_published_scores_stand_at_their_year() -> None:
    ax = plot_trend(published("63.71"))
    dots = [p for line in ax.lines if line.get_linestyle() == "None" for p in points(line)]
    assert dots == [(2022, 58.55), (2023, 60.72), (2024, 58.41)]


def test_rows_with_a_band_only_span_the_band() -> None:
    ax = plot_trend(published("63.10"))  # Tanah Bumbu 2024: Inovatif, no score
    (line,) = (one for one in ax.lines if one.get_marker() == "_")
    (_, low), (_, high) = points(line)
    assert (low, high) == pytest.approx((35 + 0.8, 60.01 - 0.8))


def test_own_scores_stand_beside_published_ones() -> None:
    ours = ii.score(CITY, EDITION)["99.71"]
    ax = plot_trend([*published("63.71"), ours])
    assert [t.get_text() for t in ax.get_xticklabels()] == ["2022", "2023", "2024", "2025", "2026"]


def test_years_that_do_not_follow_each_other_are_not_joined() -> None:
    first, second, third = (row for row in published("63.71") if row.year > 2020)
    joined = [one for one in plot_trend([first, second, third]).lines if one.get_zorder() == 3]
    apart = [one for one in plot_trend([first, third]).lines if one.get_zorder() == 3]
    assert (len(joined), len(apart)) == (2, 0)


def test_rows_that_are_not_final_are_hollow() -> None:
    rows = published("63.71")
    ax = plot_trend([attrs.evolve(rows[-1], status=ii.datasets.ScoreStatus.CONFLICT)])
    (dot, _) = (one for one in ax.lines if one.get_linestyle() == "None")
    assert dot.get_markerfacecolor() == "white"


def test_years_on_another_scale_are_left_out() -> None:
    with pytest.raises(BadValueError, match="since 2021"):
        plot_trend([row for row in ii.datasets.published_scores() if row.year < 2021])
    with pytest.raises(BadValueError, match="since 2021"):
        plot_trend([])


# --- weights --------------------------------------------------------------------------------

CRITERIA = ii.weighting.Criteria.from_edition(EDITION, Part.INNOVATION)


def test_weights_stand_at_their_per_cent() -> None:
    official = ii.weighting.Official().weigh(CRITERIA)
    equal = ii.weighting.Equal().weigh(CRITERIA)
    ax = plot_weights([official, equal], edition=EDITION)
    drawn = [np.asarray(line.get_xdata(), float) for line in ax.lines]
    assert drawn[0] == pytest.approx(100 * official.values)
    assert drawn[1] == pytest.approx([5] * 20)
    assert ticks(ax)[0] == "16. Regulasi Inovasi Daerah"
    assert ticks(plot_weights([equal]))[0] == "regulation"


def test_weights_of_other_indicators_are_refused() -> None:
    equal = ii.weighting.Equal()
    region = ii.weighting.Criteria.from_edition(EDITION, Part.REGION)
    with pytest.raises(BadValueError, match="other indicators"):
        plot_weights([equal.weigh(CRITERIA), equal.weigh(region)])
    with pytest.raises(BadValueError, match="no weights"):
        plot_weights([])


def test_schemes_are_named_as_the_mapping_says() -> None:
    weights = ii.weighting.Weights(("a", "b"), [0.5, 0.5], scheme="s")
    ax = plot_weights({"mine": weights})
    (line,) = ax.lines
    assert np.asarray(line.get_xdata(), float).tolist() == [50, 50]
    figure = ax.get_figure()
    assert figure is not None
    assert [t.get_text() for t in figure.figure.legends[0].get_texts()] == ["mine"]
