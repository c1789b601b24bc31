"""Edges of the score: bands, totals, tallies, columns, kernels, other weights."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve

import inovasi_index as ii
from inovasi_index.errors import BadValueError, IncompleteEditionError, UnknownNameError
from inovasi_index.rules import Part
from inovasi_index.scoring import Tally, band_of, index_tree, kernels, tree_columns, weighted
from inovasi_index.scoring.bands import bands_of
from inovasi_index.scoring.tally import maturity_scale
from inovasi_index.weighting import Equal, Official

EDITION = ii.load_edition("iid-2026")
EXAMPLE = ii.read_submission(Path(__file__).parents[2] / "examples" / "kota-contoh.toml")
BANDS = ["Tidak Dapat Dinilai", "Kurang Inovatif", "Inovatif", "Sangat Inovatif"]


def bare(n: int = 3, **fields: Any) -> ii.LevelTable:
    """A table of two regions; every innovation is at level 1 throughout."""
    given: dict[str, Any] = {
        "levels": np.ones((n, 20), int),
        "region_of": np.arange(n) % 2,
        "region_points": ["1.25", 63],
        "affair_of": np.arange(n) % 6,
        "regions": ["63.71", "63.72"],
    }
    return ii.LevelTable.from_arrays(EDITION, **(given | fields))


# Bands.


def test_the_bands_of_many_indices_at_once() -> None:
    edges = np.array([10_000, 0, 1, 4000, 4001, 6500, 6501, 2])
    assert bands_of(EDITION, edges).tolist() == [BANDS[n] for n in (3, 0, 1, 1, 2, 2, 3, 1)]
    assert bands_of(EDITION, np.array([9000, 7000])).tolist() == [BANDS[3]] * 2
    assert bands_of(EDITION, np.array([4001])).tolist() == [BANDS[2]]
    nothing = bands_of(EDITION, np.zeros(0, np.int64))
    assert nothing.tolist() == []
    assert nothing.dtype.kind == "U"


def test_only_the_lowest_index_asks_for_a_bound() -> None:
    edition = ii.load_edition("iid-2025")
    assert bands_of(edition, np.array([6501, 9000])).tolist() == [BANDS[3]] * 2
    said = (
        "iid-2025: an index of 12.34 cannot be classified: the lower bound of 'Inovatif' was "
        "not found; supply it with edition.supply(bands={'innovative': …})"
    )
    with pytest.raises(IncompleteEditionError) as caught:
        bands_of(edition, np.array([9000, 1234]))
    assert str(caught.value) == said
    with pytest.raises(IncompleteEditionError) as caught:
        band_of(edition, 1234)
    assert str(caught.value) == said
    assert band_of(edition.supply(bands={"innovative": "40.01"}), 4001).key == "innovative"
    with pytest.raises(IncompleteEditionError, match="no source gives the bands"):
        band_of(evolve(EDITION, bands=()), 5000)


# Totals.


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        ({}, "10 + 80 + 34.2"),
        ({"region_points": 63, "mean_maturity": 111}, "63 + 111 + 34.2"),
        ({"region_points": "62.99"}, "62.99 + 80 + 34.2"),
        ({"region_points": 62.99}, "62.99 + 80 + 34.2"),
        ({"region_points": Decimal("62.99")}, "62.99 + 80 + 34.2"),
        ({"region_points": Fraction(6299, 100)}, "62.99 + 80 + 34.2"),
        ({"mean_maturity": "0.125"}, "10 + 0.125 + 34.2"),
        ({"region_points": 0, "mean_maturity": 0}, "34.2"),
        ({"innovations": 5, "basic_affairs": 5}, "90 + 1.9"),
        ({"innovations": np.int64(200)}, "90 + 76"),
        ({"innovations": 201}, "90 + 76"),
        ({"basic_affairs": 5}, "90 + 34.2"),
        ({"basic_affairs": 4}, "90"),
        ({"innovations": 0, "basic_affairs": 0}, "90"),
    ],
)
def test_an_index_from_totals(changed: dict[str, Any], points: str) -> None:
    total = sum(map(Fraction, points.split(" + ")), Fraction(0))
    totals: dict[str, Any] = {
        "region_points": 10,
        "mean_maturity": 80,
        "innovations": 90,
        "basic_affairs": 6,
    }
    one = ii.project_index("iid-2026", **(totals | changed))
    assert one.parts.total == total
    assert one.exact == total * 100 / 250
    assert one.divisor == max(12, (totals | changed)["innovations"])
    assert one.innovations == (totals | changed)["innovations"]
    assert one.empty_seats == one.divisor - one.innovations
    assert type(one.innovations) is int
    assert (one.region, one.basis, one.submission) == (None, None, None)


def test_totals_as_large_as_they_can_be_are_fine_and_no_larger() -> None:
    most: dict[str, Any] = {
        "region_points": 63,
        "mean_maturity": 111,
        "innovations": 6,
        "basic_affairs": 6,
    }
    assert ii.project_index(EDITION, **most).parts.total == 63 + 111 + Fraction("2.28")
    for name, value, said in (
        ("region_points", "63.01", "region_points is 63.01; allowed: 0 to 63"),
        ("region_points", -0.01, "region_points is -0.01; allowed: 0 to 63"),
        ("region_points", True, "region_points: True is not a number"),
        ("region_points", None, "region_points: None is not a number"),
        ("region_points", float("inf"), "region_points: inf is not a number"),
        ("mean_maturity", "111.01", "mean_maturity is 111.01; allowed: 0 to 111"),
        ("innovations", "6", "innovations: '6' is not a whole number"),
        ("innovations", -1, "innovations is -1; allowed: not negative"),
        ("innovations", 5, "5 innovations cannot cover 6 basic affairs"),
        ("basic_affairs", 7, "basic_affairs is 7; allowed: 0 to 6"),
        ("basic_affairs", False, "basic_affairs: False is not a whole number"),
    ):
        with pytest.raises(BadValueError) as caught:
            ii.project_index(EDITION, **(most | {name: value}))
        assert str(caught.value).startswith(said)
    with pytest.raises(BadValueError, match=r"region_points is -1; allowed: not negative"):
        ii.project_index("iid-2025", **(most | {"region_points": -1}))


def test_a_floor_of_the_divisor_that_nobody_knows() -> None:
    edition = ii.load_edition("iid-2025").supply(basic_affairs_needed=5)
    assert edition.formula.minimum_divisor is None
    one = ii.project_index(
        edition, region_points=1, mean_maturity=1, innovations=0, basic_affairs=0
    )
    assert (one.divisor, one.empty_seats) == (1, 1)


def test_a_score_in_a_few_words() -> None:
    one = ii.project_index(
        EDITION, region_points=51, mean_maturity="90.91", innovations=137, basic_affairs=6
    )
    assert str(one) == "77.59 (Sangat Inovatif)"
    assert (one.index_hundredths, one.index) == (7759, Decimal("77.59"))
    unknown = ii.project_index(
        "iid-2025", region_points=1, mean_maturity=1, innovations=9, basic_affairs=6
    )
    assert unknown.band_if_known is None
    assert str(unknown).endswith(" (?)")


# Many regions.


def test_the_columns_of_regions() -> None:
    scores = ii.score(bare(15))
    columns = {name: column.tolist() for name, column in scores.to_columns().items()}
    assert columns == {
        "region": ["63.71", "63.72"],
        "index": scores.index.tolist(),
        "band": scores.bands.tolist(),
        "region_part": [1.25, 63.0],
        "mean_maturity": [8 * 3700 / 12 / 100, 7 * 3700 / 12 / 100],
        "count_points": [0.0, 0.0],
        "innovations": [8, 7],
        "divisor": [12, 12],
        "empty_seats": [4, 5],
        "basic_affairs": [3, 3],
    }
    assert columns["index"] == [
        float(round((Fraction("1.25") + Fraction(8 * 37, 12)) / 250 * 100, 2)),
        float(round((63 + Fraction(7 * 37, 12)) / 250 * 100, 2)),
    ]
    assert scores.weights["regulation"] == 3
    assert scores.weights.keys() == {row.key for row in EDITION.innovation_indicators}
    assert repr(scores) == "<Scores iid-2026: 2 regions, 15 innovations>"
    assert scores.tally.level_counts is None
    assert len(scores) == 2
    assert [one.region for one in scores] == ["63.71", "63.72"]
    assert scores["63.72"].innovations == 7
    with pytest.raises(UnknownNameError, match="unknown region"):
        scores[["63.71"]]  # type: ignore[index]


def test_results_are_kept_and_cannot_be_changed() -> None:
    scores = ii.score(bare(15))
    for name in (
        "divisor",
        "basic_affairs",
        "count_hundredths",
        "index_hundredths",
        "bands",
        "maturity_hundredths",
        "maturity_sum_hundredths",
        "n_innovations",
    ):
        array = getattr(scores, name)
        assert not array.flags.writeable, name
        if name != "bands":
            assert array.dtype == np.int64, name


def test_the_columns_of_innovations_and_agencies() -> None:
    two = evolve(EXAMPLE, region=ii.Region("99.72", "Kota Lain", "city"))
    idle = ii.Agency("idle", "Tanpa Inovasi", "village")
    two = evolve(two, agencies=[*two.agencies, idle], innovations=two.innovations[:3])
    scores = ii.score([EXAMPLE, two], EDITION, basis=ii.Basis.CLAIMED)
    columns = scores.to_columns("innovations")
    assert list(columns) == ["region", "innovation", "name", "agency", "maturity"]
    reported = [*EXAMPLE.innovations, *two.innovations]
    assert columns["region"].tolist() == ["99.71"] * 33 + ["99.72"] * 3
    assert columns["innovation"].tolist() == [i.id for i in reported]
    assert columns["name"].tolist() == [i.name for i in reported]
    assert columns["agency"].tolist() == [i.agency for i in reported]
    assert columns["maturity"].tolist() == scores.maturity.tolist()
    assert scores.maturity.tolist() == (scores.maturity_hundredths / 100).tolist()
    assert list(ii.score(bare()).to_columns("innovations")) == ["region", "maturity"]

    columns = scores.to_columns("agencies")
    assert list(columns) == ["region", "agency", "name", "kind", "innovations", "mean_maturity"]
    agencies = [*EXAMPLE.agencies, *two.agencies]
    assert columns["region"].tolist() == ["99.71"] * len(EXAMPLE.agencies) + ["99.72"] * len(
        two.agencies
    )
    assert columns["agency"].tolist() == [a.id for a in agencies]
    assert columns["name"].tolist() == [a.name for a in agencies]
    assert columns["kind"].tolist() == [a.kind.value for a in agencies]
    n = len(EXAMPLE.agencies)
    for k, agency in enumerate(EXAMPLE.agencies):
        own = [
            m for i, m in zip(reported[:33], scores.maturity, strict=False) if i.agency == agency.id
        ]
        assert columns["innovations"][k] == len(own)
        assert columns["mean_maturity"][k] == pytest.approx(sum(own) / max(len(own), 1))
    assert columns["innovations"][n:].sum() == 3
    assert (columns["innovations"][-1], columns["mean_maturity"][-1]) == (0, 0.0)
    one = scores["99.72"]
    assert one.submission == two
    assert one.maturity_hundredths == tuple(scores.maturity_hundredths[33:].tolist())
    assert scores["99.71"].maturity_hundredths == tuple(scores.maturity_hundredths[:33].tolist())


def test_an_edition_or_its_name() -> None:
    by_name = ii.score(EXAMPLE, "iid-2026")
    assert by_name.index.tolist() == ii.score(EXAMPLE, EDITION).index.tolist()
    assert by_name.basis is ii.Basis.DOCUMENTED
    assert ii.score(iter([EXAMPLE]), EDITION).index.tolist() == by_name.index.tolist()
    assert ii.score(bare(), EDITION).basis is None
    assert ii.score([], EDITION).index.tolist() == []
    with pytest.raises(BadValueError, match="for one submission"):
        ii.score([EXAMPLE, EXAMPLE], EDITION, region_points=3)
    points = ii.score([EXAMPLE], EDITION, region_points="12.5")["99.71"]
    assert points.parts.region_part == Fraction("12.5")
    assert points.submission == evolve(EXAMPLE, answers=(), region_points="12.5")
    for wrong in ("many", "12,5", True, [1], Fraction(1, 2), -1):
        with pytest.raises(BadValueError, match="region_points"):
            ii.score(EXAMPLE, EDITION, region_points=wrong)
    with pytest.raises(BadValueError, match="for one submission"):
        ii.score(bare(), region_points=3)


def test_an_edition_that_cannot_answer_refuses_at_once() -> None:
    table = ii.LevelTable.from_arrays(
        ii.load_edition("iid-2022"),
        np.ones((1, 20), int),
        region_of=[0],
        region_points=[1],
        affair_of=[-1],
    )
    with pytest.raises(IncompleteEditionError):
        ii.score(table)
    lacking = evolve(
        EDITION,
        formula=evolve(
            EDITION.formula,
            minimum_divisor=None,
            count_cap=None,
            points_per_innovation_hundredths=None,
            total_max_hundredths=None,
        ),
    )
    with pytest.raises(
        IncompleteEditionError,
        match="total max hundredths, minimum divisor, count cap, points per innovation hundredths",
    ):
        ii.score(ii.LevelTable.from_arrays(lacking, **_one()))
    none = ii.LevelTable.from_arrays(
        lacking, np.ones((0, 20), int), region_of=[], region_points=[], affair_of=[]
    )
    assert len(ii.score(none)) == 0


def _one() -> dict[str, Any]:
    return {
        "levels": np.ones((1, 20), int),
        "region_of": [0],
        "region_points": [1],
        "affair_of": [0],
    }


def test_maturity_alone() -> None:
    levels = np.arange(60).reshape(3, 20) % 4
    weights = np.array([w / 100 for w in EDITION.weights_hundredths(Part.INNOVATION)])
    found = ii.maturity(bare(levels=levels))
    assert found.tolist() == (levels @ weights).tolist()
    claimed = ii.score(EXAMPLE, EDITION, basis=ii.Basis.CLAIMED).maturity
    documented = ii.score(EXAMPLE, EDITION).maturity
    for given in (EXAMPLE, [EXAMPLE], (EXAMPLE,)):
        assert ii.maturity(given, "iid-2026").tolist() == documented.tolist()
        assert ii.maturity(given, EDITION, basis=ii.Basis.CLAIMED).tolist() == claimed.tolist()
    with pytest.raises(BadValueError, match="was built for iid-2026"):
        ii.maturity(bare(), "iid-2027")


def test_all_basic_affairs_are_enough_whatever_is_needed() -> None:
    edition = evolve(EDITION, formula=evolve(EDITION.formula, basic_affairs_needed=None))
    table = ii.LevelTable.from_arrays(
        edition,
        np.ones((12, 20), int),
        region_of=np.arange(12) // 6,
        region_points=[1, 1],
        affair_of=np.arange(12) % 6,
    )
    assert ii.score(table).count_hundredths.tolist() == [228, 228]
    table = ii.LevelTable.from_arrays(
        edition,
        np.ones((11, 20), int),
        region_of=np.arange(11) // 6,
        region_points=[1, 1],
        affair_of=np.arange(11) % 6,
    )
    with pytest.raises(IncompleteEditionError, match="basic affairs needed"):
        ii.score(table)


# Tallies.


def test_the_plain_form_of_a_tally() -> None:
    tally = Tally.of(bare(5), levels=True)
    plain = tally.to_dict()
    assert plain == {
        "format": "inovasi_index.tally/1",
        "edition": "iid-2026",
        "codes": ["63.71", "63.72"],
        "n_innovations": [3, 2],
        "maturity_hundredths": [3 * 3700, 2 * 3700],
        "covered": [[0, 2, 4], [1, 3]],
        "level_counts": [[[0, 3, 0, 0], [0, 2, 0, 0]]] * 20,
    }
    assert Tally.from_dict(json.loads(json.dumps(plain))) == tally
    bare_plain = Tally.of(bare(5)).to_dict()
    assert bare_plain == {name: value for name, value in plain.items() if name != "level_counts"}
    assert Tally.from_dict(bare_plain).level_counts is None
    assert Tally.empty(EDITION).level_counts is Tally.merged([], EDITION).level_counts is None


def test_a_tally_at_its_limits() -> None:
    full = np.array([[3] * 20, [1] * 20])
    plain = Tally.of(bare(2, levels=full), levels=True).to_dict()
    assert plain["maturity_hundredths"] == [11_100, 3_700]
    assert Tally.from_dict(plain | {"covered": [[37], []]}).covered.sum() == 1
    bare_plain = {name: value for name, value in plain.items() if name != "level_counts"}
    counts = plain["level_counts"]
    cannot_be: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
        (bare_plain, {"maturity_hundredths": [11_101, 0]}),
        (bare_plain, {"covered": [[4, 5], []]}),
        (plain, {"n_innovations": [2, 1]}),
        (plain, {"maturity_hundredths": [11_100, 3_600]}),
        (plain, {"level_counts": [*counts[:-1], [[0, 0, 0, 2], [0, 1, 0, 0]]]}),
    )
    for whole, change in cannot_be:
        with pytest.raises(BadValueError, match=r"the sums of region '63\.7[12]' cannot be"):
            Tally.from_dict(whole | change)
    more = [*counts[:-1], [[0, 0, 0, 1], [7, 1, 0, 0]]]  # of the same points
    assert "region '63.72' cannot be" in _said(plain | {"level_counts": more})
    second = bare_plain | {"maturity_hundredths": [0, 11_101]}
    with pytest.raises(BadValueError, match=r"region '63\.72' cannot be"):
        Tally.from_dict(second)
    changes: tuple[dict[str, Any], ...] = (
        {"level_counts": counts[:-1]},
        {"level_counts": [[[0, 1, 0, 0]]] * 20},
        {"level_counts": [[[-1, 2, 0, 0], [0, 1, 0, 0]]] * 20},
        {"n_innovations": [1, 1, 1]},
        {"maturity_hundredths": [2**60 + 1, 0]},
        {"covered": [[0]]},
        {"covered": [[38], []]},
    )
    for change in changes:
        with pytest.raises(BadValueError, match="the tally is damaged"):
            Tally.from_dict(plain | change)


def test_points_of_heavy_rows_fit_64_bits() -> None:
    rows = (evolve(row, weight_hundredths=1_000_000) for row in EDITION.indicators)
    heavy = evolve(EDITION, indicators=tuple(rows))
    most = 2**60 // (20 * 3 * 1_000_000)

    def counted(n: int) -> dict[str, Any]:
        one = {
            "codes": ["63.71"],
            "n_innovations": [n],
            "maturity_hundredths": [0],
            "covered": [[]],
        }
        return Tally.empty(heavy).to_dict() | one

    assert Tally.from_dict(counted(most), heavy).n_innovations.tolist() == [most]
    with pytest.raises(BadValueError, match=f"a number that is not from 0 to {most}$"):
        Tally.from_dict(counted(most + 1), heavy)


def test_tallies_differ_in_any_part() -> None:
    tally = Tally.of(bare(5), levels=True)
    for change in (
        {"n_innovations": tally.n_innovations + 1},
        {"maturity_hundredths": tally.maturity_hundredths + 1},
        {"covered": ~tally.covered},
        {"level_counts": (tally.level_counts if tally.level_counts is not None else 0) + 1},
        {"level_counts": None},
        {"codes": ("63.71", "63.73")},
        {"codes": ("63.72", "63.71")},
        {"edition": ii.load_edition("iid-2027")},
    ):
        assert (evolve(tally, **change) == tally) is False
    assert (evolve(tally) == tally) is True
    bare_tally = Tally.of(bare(5))
    assert (bare_tally == tally) is (tally == bare_tally) is False
    assert (bare_tally == Tally.of(bare(5))) is True
    assert tally.reordered(["63.72", "63.71"]) == tally
    assert (tally == 3) is False


def test_a_tally_in_another_order() -> None:
    tally = Tally.of(bare(5), levels=True)
    other = tally.reordered(iter(["63.99", "63.72", "63.71"]))
    assert other.codes == ("63.99", "63.72", "63.71")
    assert other.n_innovations.tolist() == [0, 2, 3]
    assert other.maturity_hundredths.tolist() == [0, 7400, 11_100]
    assert [np.flatnonzero(row).tolist() for row in other.covered] == [[], [1, 3], [0, 2, 4]]
    assert other.level_counts is not None
    assert other.level_counts[7].tolist() == [[0] * 4, [0, 2, 0, 0], [0, 3, 0, 0]]
    assert tally.reordered([]).codes == ()
    assert Tally.of(bare(5)).reordered(["63.72"]).level_counts is None
    assert len(tally) == 2


def test_sums_of_tallies_are_sorted_by_region() -> None:
    one = Tally.of(bare(5, regions=["63.72", "63.01"]), levels=True)
    other = Tally.of(bare(4, regions=["63.72", "63.99"]), levels=True)
    both = one + other
    assert both.codes == ("63.01", "63.72", "63.99")
    assert both.n_innovations.tolist() == [2, 5, 2]
    assert both.maturity_hundredths.tolist() == [7400, 5 * 3700, 7400]
    assert [np.flatnonzero(row).tolist() for row in both.covered] == [[1, 3], [0, 2, 4], [1, 3]]
    assert both.level_counts is not None
    assert both.level_counts[0].tolist() == [[0, 2, 0, 0], [0, 5, 0, 0], [0, 2, 0, 0]]
    scores = both.score({"63.99": 1, "63.01": "2.5", "63.72": 63}, basis=ii.Basis.CLAIMED)
    assert scores.regions == ("63.99", "63.01", "63.72")
    assert scores.region_hundredths.tolist() == [100, 250, 6300]
    assert scores.basis is ii.Basis.CLAIMED
    with pytest.raises(BadValueError) as caught:
        both.score({"63.99": 1})
    assert str(caught.value) == "region_points lacks 2 counted regions: 63.01, 63.72"
    with pytest.raises(BadValueError, match=r"region_points\['63\.01'\]"):
        both.score({"63.99": 1, "63.01": "x", "63.72": 63})
    with pytest.raises(BadValueError, match="tallies of iid-2026 and iid-2027 do not add up"):
        _ = one + Tally.empty(ii.load_edition("iid-2027"), levels=True)


@pytest.mark.parametrize("points", [-1, "63.01", 10**30])
def test_points_of_a_tally_are_those_of_the_edition(points: object) -> None:
    with pytest.raises(
        BadValueError, match=r"region part of region 63\.71 is .*; allowed: 0 to 63$"
    ):
        Tally.of(bare()).score({"63.72": 63, "63.71": points})


def test_the_scale_of_maturities() -> None:
    unit, weights, most = maturity_scale(EDITION)
    given = EDITION.weights_hundredths(Part.INNOVATION)
    assert (unit, most) == (100, 111)
    assert [w * unit for w in weights] == list(given)
    rows = EDITION.innovation_indicators
    fine = evolve(
        EDITION,
        indicators=tuple(
            evolve(row, weight_hundredths=75) if row == rows[0] else row
            for row in EDITION.indicators
        ),
    )
    unit, weights, most = maturity_scale(fine)
    assert (unit, weights[0]) == (25, 3)
    assert most == 3 * 3 + (111 - 9) * 4
    table = ii.LevelTable.from_arrays(
        fine, np.full((2, 20), 3), region_of=[0, 0], region_points=[1], affair_of=[0, 0]
    )
    assert ii.maturity(table).tolist() == [104.25] * 2
    assert ii.score(table).maturity_sum_hundredths.tolist() == [20_850]


# Kernels.


@pytest.mark.parametrize(
    ("most", "dtype"),
    [(255, np.uint8), (256, np.uint16), (65_535, np.uint16), (65_536, np.uint64)],
)
def test_maturities_take_no_more_bytes_than_they_need(most: int, dtype: type) -> None:
    columns = np.array([[1, 0, 2]], np.uint8)
    found = kernels.maturity_units(columns, [most // 2], most)
    assert found.dtype == dtype
    assert found.tolist() == [most // 2, 0, most // 2 * 2]


def test_the_unit_of_weights() -> None:
    assert kernels.unit_of([300, 75, 100]) == 25
    assert kernels.unit_of([0, 0]) == 1
    assert kernels.unit_of([0, 50]) == 50


def test_a_weight_of_nothing() -> None:
    columns = np.array([[1, 2], [3, 3], [1, 0]], np.uint8)
    assert kernels.maturity_units(columns, [0, 2, 1], 20).tolist() == [7, 6]
    sums = kernels.owner_sums(list(columns), [1, 1, 1], np.array([1, 1]), n_owners=3, most=9)
    assert sums.tolist() == [0, 10, 0]
    assert sums.dtype == np.int64


@pytest.mark.parametrize("n", [kernels._BLOCK - 1, kernels._BLOCK, kernels._BLOCK + 5])
def test_blocks_meet_without_a_gap(n: int) -> None:
    rng = np.random.default_rng(n)
    columns = rng.integers(0, 4, (3, n), dtype=np.uint8)
    weights = [3, 1, 3]
    expected = np.array(weights) @ columns.astype(np.int64)
    np.testing.assert_array_equal(kernels.maturity_units(columns, weights, 21), expected)
    owner = rng.integers(0, 4, n)
    sums = kernels.owner_sums(columns, weights, owner, n_owners=5, most=21)
    assert sums.tolist() == [int(expected[owner == k].sum()) for k in range(5)]


@pytest.mark.parametrize("decimals", [0, 1, 2])
@pytest.mark.parametrize("divisor", [7, 10**9, 10**15])
def test_rounding_is_exact_at_any_size(decimals: int, divisor: int) -> None:
    fixed, sums, total = [13_99, 0, 100_00], [123 * divisor + 7, 0, 0], 250_00
    found = kernels.index_hundredths(
        np.array(fixed),
        np.array(sums),
        np.full(3, divisor),
        total_hundredths=total,
        decimals=decimals,
    )
    unit = 10**decimals
    expected = []
    for f, s in zip(fixed, sums, strict=True):
        exact = (Fraction(f) + Fraction(s, divisor)) / total * 100 * unit
        expected.append(int((2 * exact + 1) // 2) * (100 // unit))
    assert found.tolist() == expected
    assert found.dtype == np.int64
    nothing = np.zeros(0, np.int64)
    empty = kernels.index_hundredths(
        nothing, nothing, nothing, total_hundredths=total, decimals=decimals
    )
    assert empty.tolist() == []


def test_a_half_is_rounded_up() -> None:
    # 0.125 of 250 points is 0.05 of the index: 0.1 with one decimal, 0 with none.
    found = [
        kernels.index_hundredths(
            np.array([12]), np.array([1]), np.array([2]), total_hundredths=250_00, decimals=d
        ).tolist()
        for d in (0, 1, 2)
    ]
    assert found == [[0], [10], [5]]


# The index as a tree, and with other weights.


def test_the_shape_of_the_tree() -> None:
    root = index_tree(EDITION).root
    assert root.name == "index"
    assert [part.name for part in root.children] == ["region_part", "mean_maturity", "count_points"]
    assert [part.weight for part in root.children] == [0.4] * 3
    for part, of in zip(root.children, Part, strict=False):
        variables = dict.fromkeys(
            f"{of.value}: {row.variable or 'without variable'}"
            for row in EDITION.part_indicators(of)
        )
        assert [node.name for node in part.children] == list(variables)
        leaves = {leaf.name: leaf.weight for node in part.children for leaf in node.children}
        assert leaves == {
            row.key: (row.weight_hundredths or 0) / 100 for row in EDITION.part_indicators(of)
        }


def test_the_columns_of_the_tree() -> None:
    levels = np.arange(300).reshape(15, 20) % 4
    table = bare(
        15, levels=levels, region_points=None, region_levels=np.arange(40).reshape(2, 20) % 4
    )
    columns = tree_columns(ii.score(table))
    assert columns["count_points"].tolist() == [0.0, 0.0]
    for m, row in enumerate(EDITION.innovation_indicators):
        sums = [levels[table.region_of == r, m].sum() for r in (0, 1)]
        assert columns[row.key] == pytest.approx([s / 12 for s in sums])
    for m, row in enumerate(EDITION.region_indicators):
        assert columns[row.key].tolist() == [m % 4, (m + 20) % 4]
        assert columns[row.key].dtype == np.float64
    mixed = [EXAMPLE, _by_points()]
    with pytest.raises(BadValueError, match="its rows are not known"):
        tree_columns(ii.score(mixed, EDITION))


def _by_points() -> ii.Submission:
    return ii.Submission(ii.Region("99.72", "Kota Lain", "city"), 2026, region_points=1)


def test_more_rows_than_one_block() -> None:
    n = weighted._BLOCK + 3
    levels = np.random.default_rng(1).integers(0, 4, (n, 20))
    table = bare(n, levels=levels)
    found = ii.score(table, scheme=Official())
    assert found.maturity == pytest.approx(ii.score(table).maturity)


def test_other_weights_in_detail() -> None:
    levels = np.arange(300).reshape(15, 20) % 4
    table = bare(15, levels=levels)
    scores = ii.score(table, scheme=Equal())
    assert scores.maturity == pytest.approx(levels.sum(axis=1) / 60 * 111)
    sums = [scores.maturity[table.region_of == r].sum() for r in (0, 1)]
    assert scores.mean_maturity == pytest.approx(np.array(sums) / 12)
    assert scores.region_part.tolist() == [1.25, 63.0]
    expected = (scores.region_part + scores.mean_maturity) / 2.5
    assert scores.index == pytest.approx(expected)
    assert scores.index_hundredths.tolist() == [round(x * 100) for x in expected]
    assert scores.region_weights is None
    columns = scores.to_columns()
    assert columns["region"].tolist() == ["63.71", "63.72"]
    assert columns["index"].tolist() == scores.index.tolist()
    assert columns["band"].tolist() == scores.bands.tolist()
    assert columns["region_part"].tolist() == [1.25, 63.0]
    assert columns["mean_maturity"].tolist() == scores.mean_maturity.tolist()
    assert columns["count_points"].tolist() == [0.0, 0.0]
    assert repr(scores) == f"<WeightedScores iid-2026: 2 regions, {scores.weights.scheme}>"
    assert scores.edition is table.edition


@pytest.mark.parametrize(
    ("shares", "index"),
    [((1, 0, 0), [100 * 1.25 / 63, 100.0]), ((0, 0, 1), [0.0, 0.0]), ((0.5, 0.5, 0), None)],
)
def test_shares_of_the_parts(shares: tuple[float, float, float], index: list[float] | None) -> None:
    scores = ii.score(bare(15), shares=shares)
    if index is None:
        index = (50 * scores.region_part / 63 + 50 * scores.mean_maturity / 111).tolist()
    assert scores.index == pytest.approx(index)
    assert scores.shares == shares


@pytest.mark.parametrize(
    "shares", [(1, 0), (1, 0, 0, 0), (0.5, 0.5, 1e-6), (1.1, -0.1, 0), (0.2, 0.2, 0.2)]
)
def test_shares_that_are_none(shares: tuple[float, ...]) -> None:
    with pytest.raises(BadValueError, match="shares are three numbers"):
        ii.score(bare(), shares=shares)


def test_a_part_without_points_has_no_share() -> None:
    formula = evolve(
        EDITION.formula, count_max_hundredths=0, count_cap=0, total_max_hundredths=174_00
    )
    edition = evolve(EDITION, formula=formula)
    table = ii.LevelTable.from_arrays(edition, **_one())
    exact = float(ii.score(table)["0"].exact)
    assert ii.score(table, scheme=Official()).index == pytest.approx([exact])
    assert ii.score(table, shares=(1, 0, 0)).index == pytest.approx([100 / 63])
    with pytest.raises(BadValueError, match="count has no points"):
        ii.score(table, shares=(0.5, 0.3, 0.2))


def test_an_index_a_hair_below_a_half_is_rounded_as_a_half() -> None:
    # 62.5125 points of 63 and nothing else: 25.005, which floats hold a hair below.
    table = ii.LevelTable.from_arrays(
        EDITION, np.zeros((1, 20), int), region_of=[0], region_points=["0.03"], affair_of=[0]
    )
    exact = ii.score(table)
    assert exact.index_hundredths.tolist() == [1]
    assert ii.score(table, scheme=Official()).index_hundredths.tolist() == [1]


def test_region_rows_weighed_otherwise() -> None:
    levels = np.arange(40).reshape(2, 20) % 4
    table = bare(2, region_points=None, region_levels=levels)
    scores = ii.score(table, region_scheme=Equal())
    assert scores.region_part == pytest.approx(levels.sum(axis=1) / 60 * 63)
    assert scores.weights.scheme == ii.score(table, scheme=Official()).weights.scheme
    assert scores.maturity == pytest.approx([37, 37])


# What only shows where points of the count, or rows of fewer levels, are involved.


def test_points_of_the_count_are_part_of_the_index() -> None:
    table = bare(24, affair_of=np.arange(24) // 2 % 6)
    scores = ii.score(table)
    assert scores.basic_affairs.dtype == np.int64
    assert scores.basic_affairs.tolist() == [6, 6]
    assert scores.to_columns()["count_points"].tolist() == [4.56, 4.56]
    exact = [(Fraction(p) + 37 + Fraction("4.56")) / 250 * 100 for p in ("1.25", "63")]
    assert [one.exact for one in scores] == exact
    assert scores.index_hundredths.tolist() == [1712, 4182]
    found = ii.score(table, scheme=Official())
    assert found.to_columns()["count_points"].tolist() == [4.56, 4.56]
    assert found.index == pytest.approx([float(e) for e in exact])


def cut() -> ii.Edition:
    """The edition of 2026 whose first rows have two levels."""
    first = EDITION.region_indicators[0], EDITION.innovation_indicators[0]
    rows = (evolve(r, levels=r.levels[:2]) if r in first else r for r in EDITION.indicators)
    return evolve(EDITION, indicators=tuple(rows))


def test_rows_of_fewer_levels() -> None:
    edition = cut()
    levels = np.full((2, 20), 3)
    levels[:, 0] = 2
    table = ii.LevelTable.from_arrays(
        edition, levels, region_of=[0, 0], region_levels=levels[:1], affair_of=[0, 1]
    )
    tally = Tally.of(table, levels=True)
    empty = Tally.empty(edition, levels=True)
    for one, n in ((tally, 1), (empty, 0)):
        assert one.level_counts is not None
        assert one.level_counts.shape == (20, n, 4)
        assert Tally.from_dict(json.loads(json.dumps(one.to_dict())), edition) == one
    assert tally + empty == tally
    columns = tree_columns(ii.score(table))
    keys = [row.key for row in edition.innovation_indicators]
    assert [columns[key].tolist() for key in keys] == [[4 / 12]] + [[6 / 12]] * 19
    assert index_tree(edition).compute(columns).root == pytest.approx(
        [float(ii.score(table)["0"].exact)]
    )


def test_what_is_wrong_with_a_tally_is_named() -> None:
    plain = Tally.of(bare(2)).to_dict()
    counted = Tally.of(bare(2), levels=True).to_dict()
    for name in ("n_innovations", "maturity_hundredths", "covered"):
        with pytest.raises(BadValueError, match=f"damaged: {name} holds"):
            Tally.from_dict(plain | {name: [["x"], []] if name == "covered" else ["x", "y"]})
    with pytest.raises(BadValueError, match="damaged: level_counts is of the shape"):
        Tally.from_dict(counted | {"level_counts": [1]})
    for name in ("n_innovations", "maturity_hundredths"):
        for values in ([1, -1], [2**61, 0], [0, 2**61]):
            with pytest.raises(BadValueError, match=f"{name} holds a number that is not from 0"):
                Tally.from_dict(plain | {name: values})
    most = int(str(_said(plain | {"n_innovations": [2**61, 0]})).rsplit(" ", 1)[1])
    full = Tally.from_dict(plain | {"n_innovations": [most, 1]})
    assert full.n_innovations.tolist() == [most, 1]
    assert "holds a number" in _said(plain | {"n_innovations": [most + 1, 1]})
    assert most == 2**40
    second = [[[0, 1, 0, 0], [1, 0, 0, 0]], *counted["level_counts"][1:]]
    assert "region '63.72'" in _said(counted | {"level_counts": second})
    empty = Tally.empty(EDITION, levels=True).to_dict()
    assert "level_counts is of the shape (0,)" in _said(empty | {"level_counts": []})


def _said(plain: dict[str, Any]) -> str:
    with pytest.raises(BadValueError) as caught:
        Tally.from_dict(plain)
    return str(caught.value)


def test_levels_above_the_top_of_their_row_are_refused() -> None:
    edition = cut()
    table = ii.LevelTable.from_arrays(
        edition,
        np.ones((2, 20), int),
        region_of=[0, 1],
        region_points=[1, 1],
        affair_of=[0, 1],
        regions=["63.71", "63.72"],
    )
    plain = Tally.of(table, levels=True).to_dict()
    points = plain["maturity_hundredths"][1] + 2 * 300
    rows = [[[0, 1, 0, 0], [0, 0, 0, 1]], *plain["level_counts"][1:]]
    change = {"level_counts": rows, "maturity_hundredths": [3700, points]}
    with pytest.raises(BadValueError, match=r"region '63\.72' cannot be"):
        Tally.from_dict(plain | change, edition)


def test_many_regions_without_points_are_named_in_part() -> None:
    codes = [f"63.{n:02d}" for n in range(7)]
    table = ii.LevelTable.from_arrays(
        EDITION,
        np.ones((7, 20), int),
        region_of=np.arange(7),
        region_points=[1] * 7,
        affair_of=[0] * 7,
        regions=codes,
    )
    with pytest.raises(BadValueError) as caught:
        Tally.of(table).score({})
    assert str(caught.value) == (f"region_points lacks 7 counted regions: {', '.join(codes[:5])}")


def test_region_rows_that_are_not_there_cannot_be_weighed() -> None:
    rows = bare(3, region_points=None, region_levels=np.ones((2, 20), int))
    weights = ii.score(rows, region_scheme=Equal()).region_weights
    other = ii.score(bare(), scheme=Equal())
    scores = evolve(other, region_weights=weights)
    with pytest.raises(BadValueError, match="came as points"):
        _ = scores.region_part
