"""The vectorised score against the oracle, published figures and its own laws."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

import inovasi_index as ii

EDITION = ii.load_edition("iid-2026")


@st.composite
def arrays(draw: st.DrawFn) -> dict[str, Any]:
    """Levels of a few regions with few or many innovations."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n_regions = draw(st.integers(1, 6))
    n = draw(st.sampled_from([0, 1, 2, 11, 12, 13, 40, 199, 230]))
    top = draw(st.sampled_from([0, 1, 3, 3, 3]))
    return {
        "levels": rng.integers(0, top + 1, (n, 20), dtype=np.uint8),
        "region_of": rng.integers(0, n_regions, n),
        "region_levels": rng.integers(0, top + 1, (n_regions, 20), dtype=np.uint8),
        "affair_of": rng.integers(-1, draw(st.sampled_from([6, 7, 38])), n),
    }


def exact_of(given_: dict[str, Any], region: int) -> Fraction:
    mine = given_["region_of"] == region
    return oracle.index(
        given_["region_levels"][region], given_["levels"][mine], given_["affair_of"][mine]
    )


@examples(600)
@given(arrays())
def test_agrees_with_the_oracle(given_: dict[str, Any]) -> None:
    scores = ii.score(ii.LevelTable.from_arrays(EDITION, **given_))
    for n, one in enumerate(scores):
        exact = exact_of(given_, n)
        assert one.exact == exact
        assert scores.index_hundredths[n] == oracle.hundredths(exact)
        assert one.index == Decimal(oracle.hundredths(exact)) / 100
        assert one.band == scores.bands[n] == oracle.band(oracle.hundredths(exact))
    maturity = [oracle.points(oracle.INNOVATION_WEIGHTS, row) for row in given_["levels"]]
    assert scores.maturity.tolist() == maturity


@given(arrays(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_bit(given_: dict[str, Any], random: Any) -> None:
    order = list(range(len(given_["levels"])))
    random.shuffle(order)
    shuffled = given_ | {k: given_[k][order] for k in ("levels", "region_of", "affair_of")}
    one, other = (ii.score(ii.LevelTable.from_arrays(EDITION, **g)) for g in (given_, shuffled))
    assert one.index.tobytes() == other.index.tobytes()
    assert one.maturity[order].tobytes() == other.maturity.tobytes()
    assert (one.bands == other.bands).all()


@given(arrays(), st.integers(0, 2**32 - 1))
def test_a_higher_level_never_lowers_the_index(given_: dict[str, Any], seed: int) -> None:
    rng = np.random.default_rng(seed)
    higher = given_ | {
        k: np.minimum(given_[k] + rng.integers(0, 2, given_[k].shape, dtype=np.uint8), 3)
        for k in ("levels", "region_levels")
    }
    low, high = (ii.score(ii.LevelTable.from_arrays(EDITION, **g)) for g in (given_, higher))
    assert (high.index_hundredths >= low.index_hundredths).all()


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.uint16, np.float64, ">i4"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_the_dtype_and_layout_of_the_input_do_not_matter(dtype: Any, order: Any) -> None:
    rng = np.random.default_rng(5)
    given_ = {
        "levels": rng.integers(0, 4, (50, 20), dtype=np.uint8),
        "region_of": rng.integers(0, 3, 50),
        "region_levels": rng.integers(0, 4, (3, 20), dtype=np.uint8),
        "affair_of": rng.integers(-1, 38, 50),
    }
    other = {
        k: np.asarray(v, dtype=np.int16 if k == "affair_of" else dtype, order=order)
        for k, v in given_.items()
    }
    one, two = (ii.score(ii.LevelTable.from_arrays(EDITION, **g)) for g in (given_, other))
    assert one.index.tobytes() == two.index.tobytes()


def test_blocks_do_not_change_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    from inovasi_index.scoring import kernels

    rng = np.random.default_rng(7)
    columns = rng.integers(0, 4, (20, 1000), dtype=np.uint8)
    owner = rng.integers(0, 9, 1000)
    weights = [int(w) for w in oracle.INNOVATION_WEIGHTS]
    whole = kernels.owner_sums(columns, weights, owner, n_owners=9, most=111)
    for block in (1, 7, 999, 1000, 1001):
        monkeypatch.setattr(kernels, "_BLOCK", block)
        assert (kernels.owner_sums(columns, weights, owner, n_owners=9, most=111) == whole).all()


def test_the_order_of_columns_changes_nothing() -> None:
    from inovasi_index.scoring import kernels

    rng = np.random.default_rng(8)
    columns = rng.integers(0, 4, (20, 500), dtype=np.uint8)
    owner = rng.integers(0, 9, 500)
    weights = np.array([int(w) for w in oracle.INNOVATION_WEIGHTS])
    whole = kernels.owner_sums(columns, weights.tolist(), owner, n_owners=9, most=111)
    for _ in range(20):
        order = rng.permutation(20)
        other = kernels.owner_sums(
            columns[order], weights[order].tolist(), owner, n_owners=9, most=111
        )
        assert (other == whole).all()


@pytest.mark.parametrize(("scale", "dtype"), [(1, np.uint8), (100, np.uint16), (10**6, np.uint64)])
def test_wide_weights_do_not_overflow(scale: int, dtype: type) -> None:
    from inovasi_index.scoring import kernels

    columns = np.full((20, 3), 3, np.uint8)
    weights = [int(w) * scale for w in oracle.INNOVATION_WEIGHTS]
    found = kernels.maturity_units(columns, weights, 111 * scale)
    assert found.dtype == dtype
    assert found.tolist() == [111 * scale] * 3


def test_an_index_beyond_64_bits_is_exact() -> None:
    from inovasi_index.scoring import kernels

    huge = 10**9
    found = kernels.index_hundredths(
        np.array([10**8]),
        np.array([111 * 10**14]),
        np.array([huge]),
        total_hundredths=10**9,
        decimals=2,
    )
    exact = (Fraction(10**8) + Fraction(111 * 10**14, huge)) / 10**9 * 100
    assert found.tolist() == [oracle.hundredths(exact)]


# Figures that were published, and what follows from the formula at its ends.


def test_everything_at_level_three_is_one_hundred() -> None:
    table = ii.LevelTable.from_arrays(
        EDITION,
        np.full((200, 20), 3),
        region_of=np.zeros(200, int),
        region_levels=np.full((1, 20), 3),
        affair_of=np.arange(200) % 38,
    )
    one = ii.score(table)["0"]
    assert (one.exact, str(one.index), one.band) == (Fraction(100), "100.00", "Sangat Inovatif")
    assert one.parts == ii.scoring.Parts(Fraction(63), Fraction(111), Fraction(76))
    assert one.empty_seats == 0


def test_nothing_answered_cannot_be_assessed() -> None:
    table = ii.LevelTable.from_arrays(
        EDITION,
        np.zeros((0, 20)),
        region_of=[],
        region_levels=np.zeros((1, 20), int),
        affair_of=[],
    )
    one = ii.score(table)["0"]
    assert (one.index, one.band) == (Decimal("0.00"), "Tidak Dapat Dinilai")
    assert (one.divisor, one.empty_seats, one.innovations) == (12, 12, 0)


@pytest.mark.parametrize(
    ("edition", "region_points", "mean", "innovations", "index"),
    [
        # Kabupaten Tegal: innovations, mean maturity and index are published
        # (setda.tegalkab.go.id, 18 December 2025); the region part is FITTED, not published.
        ("iid-2024", "56.00", "79.69", 89, "67.80"),
        ("iid-2025", "51.00", "90.91", 137, "77.59"),
    ],
)
def test_tegal_with_a_fitted_region_part(
    edition: str, region_points: str, mean: str, innovations: int, index: str
) -> None:
    one = ii.project_index(
        edition,
        region_points=region_points,
        mean_maturity=mean,
        innovations=innovations,
        basic_affairs=6,
    )
    assert str(one.index) == index
    assert one.band == "Sangat Inovatif"


def test_balangan_stays_under_its_cap() -> None:
    # Kabupaten Balangan 2025, interim: 200 innovations, index 97.60 (senarai.blog, November
    # 2025). 244 points less 76 for the count leave 168 of at most 174.
    most = ii.project_index(
        "iid-2025", region_points=63, mean_maturity=111, innovations=200, basic_affairs=6
    )
    assert most.parts.count_points == 76
    assert Fraction("97.60") * 250 / 100 - most.parts.count_points == 168
    beyond = ii.project_index(
        "iid-2025", region_points=63, mean_maturity=111, innovations=250, basic_affairs=6
    )
    assert beyond.parts.count_points == 76


def test_kulon_progo_leaves_room_for_a_region_part() -> None:
    # Kabupaten Kulon Progo 2025: 91 innovations, every maturity above 100, index 75.66.
    low, high = (
        ii.project_index(
            "iid-2025", region_points=0, mean_maturity=m, innovations=91, basic_affairs=6
        )
        for m in (111, 100)
    )
    points = Fraction("75.66") * 250 / 100
    assert [points - one.parts.total for one in (low, high)] == [
        Fraction("43.57"),
        Fraction("54.57"),
    ]


@pytest.mark.parametrize(
    ("hundredths", "name"),
    [
        (0, "Tidak Dapat Dinilai"),
        (1, "Kurang Inovatif"),
        (4000, "Kurang Inovatif"),
        (4001, "Inovatif"),
        (6500, "Inovatif"),
        (6501, "Sangat Inovatif"),
        (10000, "Sangat Inovatif"),
    ],
)
def test_the_edges_of_the_bands(hundredths: int, name: str) -> None:
    assert ii.scoring.band_of(EDITION, hundredths).name == name == oracle.band(hundredths)


def test_the_band_is_read_off_the_rounded_index() -> None:
    # 162.5125 points are 65.005, which rounds half up to 65.01.
    one = ii.project_index(
        EDITION, region_points="62.5125", mean_maturity=100, innovations=0, basic_affairs=0
    )
    assert one.exact == Fraction("65.005")
    assert (str(one.index), one.band) == ("65.01", "Sangat Inovatif")


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_rounding_follows_the_edition(decimals: int) -> None:
    from attrs import evolve

    edition = evolve(EDITION, formula=evolve(EDITION.formula, decimals=decimals))
    rng = np.random.default_rng(3)
    table = ii.LevelTable.from_arrays(
        edition,
        rng.integers(0, 4, (60, 20)),
        region_of=np.arange(60) % 30,
        region_levels=rng.integers(0, 4, (30, 20)),
        affair_of=np.arange(60) % 6,
    )
    scores = ii.score(table)
    for n, one in enumerate(scores):
        assert one.index_hundredths == scores.index_hundredths[n]
        assert abs(one.exact - Fraction(one.index)) <= Fraction(1, 2 * 10**decimals)


# What an edition does not know.


def test_an_unknown_divisor_is_refused_and_can_be_supplied() -> None:
    edition = ii.load_edition("iid-2024")
    table = ii.LevelTable.from_arrays(
        edition,
        np.full((5, 20), 2),
        region_of=np.zeros(5, int),
        region_points=[50],
        affair_of=np.arange(5),
    )
    with pytest.raises(ii.errors.IncompleteEditionError, match=r"supply\(minimum_divisor=…\)"):
        ii.score(table)
    supplied = edition.supply(minimum_divisor=12, basic_affairs_needed=5)
    again = ii.LevelTable.from_arrays(
        supplied,
        np.full((5, 20), 2),
        region_of=np.zeros(5, int),
        region_points=[50],
        affair_of=np.arange(5),
    )
    # (50 + 5 × 74 / 12 + 5 × 0.38) / 250 × 100
    assert ii.score(again)["0"].exact == (50 + Fraction(370, 12) + Fraction("1.9")) / 250 * 100
    assert ii.maturity(table).tolist() == [74.0] * 5


def test_an_unknown_band_is_refused_only_where_it_matters() -> None:
    def one(points: int) -> ii.RegionScore:
        return ii.project_index(
            "iid-2025", region_points=points, mean_maturity=100, innovations=20, basic_affairs=6
        )

    assert one(60).band == "Sangat Inovatif"
    with pytest.raises(ii.errors.IncompleteEditionError, match=r"lower bound.*supply"):
        _ = one(10).band
    assert one(10).index == Decimal("47.04")


def test_basic_affairs_matter_only_when_some_are_missing() -> None:
    with pytest.raises(ii.errors.IncompleteEditionError, match="basic affairs needed"):
        ii.project_index(
            "iid-2025", region_points=50, mean_maturity=90, innovations=20, basic_affairs=5
        )


@pytest.mark.parametrize("edition", ["iid-2021", "iid-2022"])
def test_editions_without_a_formula_refuse(edition: str) -> None:
    with pytest.raises(ii.errors.IncompleteEditionError, match=edition):
        ii.project_index(
            edition, region_points=50, mean_maturity=90, innovations=20, basic_affairs=6
        )


# Bad input.


def good() -> dict[str, Any]:
    return {
        "levels": np.ones((3, 20), int),
        "region_of": [0, 0, 1],
        "region_levels": np.ones((2, 20), int),
        "affair_of": [0, 1, -1],
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"levels": np.ones((3, 19), int)}, r"shape \(3, 19\)"),
        ({"levels": np.full((3, 20), 4)}, "level 4 in row 0, regulation; allowed: 0 to 3"),
        ({"levels": np.full((3, 20), -1)}, "level -1 in row 0, regulation"),
        ({"levels": np.full((3, 20), 300)}, "level 300"),
        ({"levels": np.full((3, 20), 2.5)}, r"levels\[0, 0\] is 2.5; whole numbers"),
        ({"levels": np.full((3, 20), np.nan)}, r"levels\[0, 0\] is nan"),
        ({"levels": np.ones((3, 20), bool)}, "dtype bool"),
        ({"levels": np.full((3, 20), "1")}, "dtype"),
        ({"region_of": [0, 0, 2]}, r"region_of\[2\] is 2; allowed: 0 to 1"),
        ({"region_of": [0, -1, 1]}, r"region_of\[1\] is -1"),
        ({"region_of": [0, 1]}, r"region_of has shape \(2,\)"),
        ({"affair_of": [0, 1, 38]}, r"affair_of\[2\] is 38; allowed: -1 to 37"),
        ({"region_levels": np.ones((2, 3), int)}, "region_levels has shape"),
        ({"region_levels": None}, "region part is missing"),
        ({"region_points": [1, 2]}, "not both"),
        (
            {"region_levels": None, "region_points": [1, 63.01]},
            "region 1 is 63.01; allowed: 0 to 63",
        ),
        ({"region_levels": None, "region_points": [1, -1]}, "region 1 is -1"),
        ({"region_levels": None, "region_points": ["x", 1]}, r"region_points\[0\].*not a number"),
        ({"regions": ["a"]}, "1 regions are named"),
    ],
)
def test_bad_arrays_are_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ii.errors.BadValueError, match=message):
        ii.LevelTable.from_arrays(EDITION, **(good() | change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"region_points": 64}, "region_points is 64; allowed: 0 to 63"),
        ({"region_points": "fifty"}, "not a number"),
        ({"mean_maturity": 111.5}, "mean_maturity is 111.5; allowed: 0 to 111"),
        ({"mean_maturity": float("nan")}, "not a number"),
        ({"innovations": -1}, "innovations is -1"),
        ({"innovations": 2.5}, "not a whole number"),
        ({"innovations": True}, "not a whole number"),
        ({"basic_affairs": 7}, "basic_affairs is 7; allowed: 0 to 6"),
        ({"innovations": 2, "basic_affairs": 3}, "cannot cover 3"),
    ],
)
def test_bad_totals_are_named(change: dict[str, Any], message: str) -> None:
    totals: dict[str, Any] = {
        "region_points": 50,
        "mean_maturity": 80,
        "innovations": 30,
        "basic_affairs": 6,
    }
    with pytest.raises(ii.errors.BadValueError, match=message):
        ii.project_index(EDITION, **(totals | change))


def test_the_table_cannot_be_changed_from_outside() -> None:
    levels = np.ones((3, 20), np.uint8, order="F")
    table = ii.LevelTable.from_arrays(EDITION, **(good() | {"levels": levels}))
    before = ii.score(table).index.tolist()
    levels[:] = 3
    assert ii.score(table).index.tolist() == before
    with pytest.raises(ValueError, match="read-only"):
        table.columns[0, 0] = 3


def test_a_region_is_named_once() -> None:
    with pytest.raises(ii.errors.SubmissionError, match=r"regions\[1\]: 63\.71 occurs twice"):
        ii.LevelTable.from_arrays(EDITION, **good(), regions=["63.71", "63.71"])


def test_a_table_brings_its_own_edition() -> None:
    table = ii.LevelTable.from_arrays(EDITION, **good())
    with pytest.raises(ii.errors.BadValueError, match="build another"):
        ii.score(table, "iid-2027")
    assert ii.score(table, "iid-2026").index.shape == (2,)


def test_unknown_regions_get_near_misses() -> None:
    table = ii.LevelTable.from_arrays(EDITION, **good(), regions=["63.71", "63.72"])
    with pytest.raises(LookupError, match=r"did you mean '63.7[12]' or"):
        ii.score(table)["63.7"]


def test_columns_for_data_frames() -> None:
    scores = ii.score(ii.LevelTable.from_arrays(EDITION, **good()))
    regions = scores.to_columns()
    assert {len(c) for c in regions.values()} == {2}
    assert regions["innovations"].tolist() == [2, 1]
    assert scores.to_columns("innovations")["maturity"].tolist() == [37.0] * 3
    with pytest.raises(ii.errors.BadValueError, match="knows no agencies"):
        scores.to_columns("agencies")
    with pytest.raises(ii.errors.BadValueError, match="give 'regions'"):
        scores.to_columns("villages")  # type: ignore[arg-type]
