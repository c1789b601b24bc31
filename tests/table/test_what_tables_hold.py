"""What a level table holds and hands on, from records and from arrays."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from attrs import evolve

import inovasi_index as ii
from inovasi_index.errors import BadValueError, IncompleteEditionError, SubmissionError
from inovasi_index.table import kernels

EDITION = ii.load_edition("iid-2026")
KEYS = [row.key for row in EDITION.innovation_indicators]
REGION_KEYS = [row.key for row in EDITION.region_indicators]
AFFAIRS = [affair.key for affair in EDITION.affairs]
PAPER = tuple(ii.Evidence(file=f"bukti.{kind}") for kind in ("pdf", "jpg", "mp4"))


def full(rows: Any, level: int) -> list[ii.Answer]:
    verdict = ii.Verdict("accepted")
    return [ii.Answer(r.key, level=level, evidence=PAPER, verdict=verdict) for r in rows]


def city(code: str = "99.71", **fields: Any) -> ii.Submission:
    """Two innovations that answer every row; the second is still on trial."""
    good = ii.Innovation(
        "sapa",
        "Sapa Ibu",
        "dinkes",
        stage="application",
        application_date=dt.date(2025, 1, 1),
        design_words=300,
        affair="health",
        answers=full(EDITION.innovation_indicators, 2),
    )
    return ii.Submission(
        ii.Region(code, "Kota Contoh", "city"),
        2026,
        **{
            "agencies": [ii.Agency("dinkes", "Dinas Kesehatan"), ii.Agency("bappeda", "Bappeda")],
            "innovations": [good, evolve(good, id="coba", name="Coba", stage="trial", affair=None)],
            "answers": full(EDITION.region_indicators, 3),
            **fields,
        },
    )


def of(*submissions: ii.Submission, basis: ii.Basis = ii.Basis.DOCUMENTED) -> ii.LevelTable:
    return ii.LevelTable.from_submissions(submissions, EDITION, basis=basis)


def bare(**fields: Any) -> ii.LevelTable:
    given: dict[str, Any] = {
        "region_of": [0, 1, 1],
        "region_points": ["1.25", 63],
        "affair_of": [0, -1, 7],
        "regions": ["63.71", "63.72"],
    }
    return ii.LevelTable.from_arrays(
        EDITION, **({"levels": np.ones((3, 20), int)} | given | fields)
    )


def test_an_innovation_that_is_not_eligible_counts_nothing_once_verified() -> None:
    for basis, levels in (("claimed", [2, 2]), ("documented", [2, 2]), ("verified", [2, 0])):
        table = of(city(), basis=ii.Basis(basis))
        assert table.columns.tolist() == [levels] * 20
        assert table.n_innovations_of.tolist() == [2]
        assert table.basis is ii.Basis(basis)
        assert table.region_columns is not None
        assert table.region_columns.tolist() == [[3]] * 20


def test_what_breaks_the_edition_is_refused() -> None:
    answers = [ii.Answer("regulation", level=3), ii.Answer("regulation", level=1)]
    wrong = evolve(city(), answers=answers)
    with pytest.raises(SubmissionError) as caught:
        of(city("99.72"), wrong)
    assert {fault.code for fault in caught.value.faults} >= {"wrong-part"}
    with pytest.raises(SubmissionError, match=r"99\.71 for iid-2026"):
        of(evolve(city(), answers=(), region_points="63.01"))


def test_all_faults_of_all_submissions_are_told_together() -> None:
    wrong = [
        city(code, answers=[ii.Answer(key, level=1)])
        for code, key in (("99.72", "vission_mission"), ("99.73", "hdi"))
    ]
    with pytest.raises(SubmissionError) as caught:
        of(city(), *wrong, evolve(city("99.74"), year=2031))
    assert [(fault.place, fault.code) for fault in caught.value.faults] == [
        ("submissions[1] (region '99.72').answers[0].indicator", "unknown-indicator"),
        ("submissions[2] (region '99.73').answers[0].indicator", "unknown-indicator"),
    ]
    assert str(caught.value).startswith("2 of 4 submissions for iid-2026: 2 faults\n")


def test_regions_bring_rows_or_points() -> None:
    by_points = city("99.72", answers=(), region_points=Decimal("41.5"))
    both = of(city(), by_points)
    assert both.region_hundredths.tolist() == [63_00, 41_50]
    assert both.region_rows_known.tolist() == [True, False]
    assert of(by_points, city()).region_hundredths.tolist() == [41_50, 63_00]
    assert bare().region_rows_known.tolist() == [False, False]
    rows = bare(region_points=None, region_levels=np.full((2, 20), 3))
    assert rows.region_rows_known.tolist() == [True, True]
    assert rows.region_hundredths.tolist() == [63_00, 63_00]
    with pytest.raises(IncompleteEditionError, match="no rows of the region part"):
        ii.LevelTable.from_submissions(
            [ii.Submission(ii.Region("99.71", "Kota Contoh", "city"), 2025)],
            ii.load_edition("iid-2025"),
            basis=ii.Basis.CLAIMED,
        )


@pytest.mark.parametrize("points", [np.array([1.25, 63.0]), np.array(["1.25", "63"]), [1.25, 63]])
def test_points_of_any_kind_of_number(points: Any) -> None:
    assert bare(region_points=points).region_hundredths.tolist() == [125, 6300]
    assert bare(region_points=np.array([1, 63])).region_hundredths.tolist() == [100, 6300]


def test_the_columns_of_innovations() -> None:
    columns = of(city()).to_columns()
    assert list(columns) == ["region", "innovation", "name", "agency", "affair", *KEYS]
    assert [columns[name].tolist() for name in list(columns)[:5]] == [
        ["99.71", "99.71"],
        ["sapa", "coba"],
        ["Sapa Ibu", "Coba"],
        ["dinkes", "dinkes"],
        ["health", ""],
    ]
    assert all(columns[key].tolist() == [2, 2] for key in KEYS)
    columns = bare().to_columns("innovations")
    assert list(columns) == ["region", "affair", *KEYS]
    assert columns["region"].tolist() == ["63.71", "63.72", "63.72"]
    assert columns["affair"].tolist() == [AFFAIRS[0], "", AFFAIRS[7]]


def test_the_columns_of_levels() -> None:
    levels = np.arange(60).reshape(3, 20) % 4
    table = ii.LevelTable.from_arrays(
        EDITION, levels, region_of=[0, 1, 1], region_points=[1, 2], affair_of=[0, -1, 7]
    )
    columns = table.to_columns("levels")
    assert list(columns) == ["region", "affair", "innovation", "indicator", "level"]
    assert columns["region"].tolist() == ["0"] * 20 + ["1"] * 40
    assert columns["innovation"].tolist() == [0] * 20 + [1] * 20 + [2] * 20
    assert columns["indicator"].tolist() == KEYS * 3
    assert columns["level"].tolist() == levels.ravel().tolist()
    ids = of(city()).to_columns("levels")["innovation"]
    assert ids.tolist() == ["sapa"] * 20 + ["coba"] * 20


def test_the_columns_of_regions() -> None:
    columns = of(city(), city("99.72")).to_columns("regions")
    assert list(columns) == ["region", "name", "kind", *REGION_KEYS]
    assert columns["name"].tolist() == ["Kota Contoh"] * 2
    assert columns["kind"].tolist() == ["city"] * 2
    assert all(columns[key].tolist() == [3, 3] for key in REGION_KEYS)
    mixed = of(city(), city("99.72", answers=(), region_points=1)).to_columns("regions")
    assert list(mixed) == ["region", "name", "kind", "region_points"]
    assert mixed["region_points"].tolist() == [63.0, 1.0]
    assert {name: c.tolist() for name, c in bare().to_columns("regions").items()} == {
        "region": ["63.71", "63.72"],
        "region_points": [1.25, 63.0],
    }
    regions = [ii.Region("63.71", "Kota Banjarmasin", "city"), "63.72"]
    assert list(bare(regions=regions).to_columns("regions")) == ["region", "region_points"]
    with pytest.raises(BadValueError, match="'villages': give 'innovations', 'levels' or"):
        bare().to_columns("villages")  # type: ignore[arg-type]


def test_a_table_says_what_it_is() -> None:
    assert len(bare()) == 3
    assert len(bare(region_of=[0, 0, 0])) == 3
    assert repr(bare()) == "<LevelTable iid-2026: 3 innovations × 20 rows, 2 regions>"
    assert repr(of(city())) == (
        "<LevelTable iid-2026, documented: 2 innovations × 20 rows, 1 regions>"
    )
    assert bare().levels.shape == (3, 20)
    assert bare().to_html() == bare().to_html("en") == bare()._repr_html_() != bare().to_html("id")


def test_counts_are_64_bits_and_cannot_be_changed() -> None:
    counts = bare().n_innovations_of
    assert counts.dtype == np.int64
    assert counts.tolist() == [1, 2]
    with pytest.raises(ValueError, match="read-only"):
        counts[0] = 5


# Places of what is wrong.


@pytest.mark.parametrize(("row", "innovation"), [(0, 0), (3, 0), (3, 4), (19, 5)])
def test_the_first_level_that_does_not_exist_is_named(row: int, innovation: int) -> None:
    levels = np.full((6, 20), 3)
    levels[innovation:, row:] = 7
    where = f"level 7 in row {innovation}, {KEYS[row]}; allowed: 0 to 3"
    owners: dict[str, Any] = {"region_of": [0] * 6, "region_points": [1], "affair_of": [0] * 6}
    for wide in (7, 300):
        levels[innovation:, row:] = wide
        where = f"level {wide} in row {innovation}, {KEYS[row]}; allowed: 0 to 3"
        for given in (levels, levels.astype(np.float64), levels.astype(np.uint16)):
            with pytest.raises(BadValueError, match=where):
                ii.LevelTable.from_arrays(EDITION, given, **owners)
            with pytest.raises(BadValueError, match=where):
                ii.LevelTable.from_columns(EDITION, given.T, **owners)


def test_255_is_a_byte_and_no_level() -> None:
    for levels in (np.full((1, 20), 255, np.uint8), np.full((1, 20), 255), np.full((1, 20), 256)):
        said = f"level {levels[0, 0]} in row 0, regulation"
        for build, given in (
            (ii.LevelTable.from_arrays, levels),
            (ii.LevelTable.from_columns, levels.T),
        ):
            with pytest.raises(BadValueError, match=said):
                build(EDITION, given, region_of=[0], region_points=[1], affair_of=[0])


def test_whole_numbers_are_needed_everywhere() -> None:
    levels = np.ones((3, 20))
    levels[1, 4] = 0.5
    levels[2, 6] = np.inf
    with pytest.raises(BadValueError, match=r"levels\[1, 4\] is 0\.5; whole numbers are needed"):
        ii.LevelTable.from_arrays(
            EDITION, levels, region_of=[0] * 3, region_points=[1], affair_of=[0] * 3
        )
    levels[1, 4] = 1
    with pytest.raises(BadValueError, match=r"levels\[2, 6\] is inf; whole numbers are needed"):
        ii.LevelTable.from_arrays(
            EDITION, levels, region_of=[0] * 3, region_points=[1], affair_of=[0] * 3
        )
    with pytest.raises(BadValueError, match=r"region_levels\[0, 0\] is 0\.5"):
        bare(region_points=None, region_levels=np.full((2, 20), 0.5))
    for far in (2.0**53 + 2, 1e300, -1e19, np.nan, np.float16(np.inf)):
        with pytest.raises(BadValueError, match=r"region_of\[1\] is .*; whole numbers are needed"):
            bare(region_of=np.array([0, far, 0]))
    with pytest.raises(BadValueError, match=r"region_of\[1\] is 9007199254740992; allowed: 0 to 1"):
        bare(region_of=np.array([0, 2.0**53, 0]))  # the last float beside which none is missing
    with pytest.raises(BadValueError, match=r"^levels: .*inhomogeneous"):
        bare(levels=[[1] * 20, [1] * 19, [1] * 20])


def test_what_a_mask_hides_is_not_read() -> None:
    levels = np.ma.array(np.full((3, 20), 3), mask=False)
    assert len(bare(levels=levels)) == 3
    levels[1, 4] = np.ma.masked
    with pytest.raises(BadValueError, match=r"levels\[1, 4\] is masked"):
        bare(levels=levels)
    with pytest.raises(BadValueError, match=r"columns\[4\]\[1\] is masked"):
        ii.LevelTable.from_columns(
            EDITION, levels.T, region_of=[0] * 3, region_points=[1], affair_of=[0] * 3
        )
    with pytest.raises(BadValueError, match=r"affair_of\[2\] is masked"):
        bare(affair_of=np.ma.array([0, 1, 2], mask=[False, False, True]))


def test_points_out_of_range() -> None:
    for points in (64, -1):
        with pytest.raises(
            BadValueError, match=f"region part of region 0 is {points}; allowed: 0 to 63$"
        ):
            bare(region_points=[points, 1])
    unlimited = ii.load_edition("iid-2025")

    def one(points: int | Decimal) -> ii.LevelTable:
        return ii.LevelTable.from_arrays(
            unlimited,
            np.ones((1, 20), int),
            region_of=[0],
            region_points=[points],
            affair_of=[0],
        )

    assert one(64).region_hundredths.tolist() == [64_00]
    assert one(0).region_hundredths.tolist() == [0]
    assert bare(region_points=[0, 63]).region_hundredths.tolist() == [0, 63_00]
    for given, name in (
        (-1, "-1"),
        (Decimal("1000000.01"), "1000000.01"),
        (Decimal(2**64 - 1) / 100, "1.84467440737e+17"),
        (Decimal(2**64) / 100, "a very large number"),
        (10**400, "a very large number"),  # no float holds it
    ):
        with pytest.raises(BadValueError) as caught:
            one(given)
        said = f"region part of region 0 is {name}; allowed: 0 to 1000000"
        assert str(caught.value) == said
    by_points = ii.Submission(ii.Region("99.71", "Kota", "city"), 2025, region_points=10**20)
    with pytest.raises(SubmissionError, match="points-out-of-range"):
        ii.LevelTable.from_submissions([by_points], unlimited, basis=ii.Basis.CLAIMED)
    fewer = evolve(by_points, region_points=64)  # the rows of 2025, which it lacks, are not asked
    table = ii.LevelTable.from_submissions([fewer], unlimited, basis=ii.Basis.CLAIMED)
    assert table.region_hundredths.tolist() == [64_00]


def test_one_fraction_among_whole_numbers_is_found() -> None:
    levels = np.ones((3, 20))
    levels[2, 3] = 1.5
    with pytest.raises(BadValueError, match=r"levels\[2, 3\] is 1\.5"):
        bare(levels=levels)


def test_columns_of_different_shapes_are_told_in_order() -> None:
    mixed: list[Any] = [[0]] * 19 + [[[0]]]
    with pytest.raises(BadValueError, match=r"shapes are \(1, 1\), \(1,\)$"):
        ii.LevelTable.from_columns(EDITION, mixed, region_of=[0], region_points=[1], affair_of=[0])
    columns: list[Any] = [[0]] * 17 + [[0, 0], [[0]], [0, 0, 0]]
    with pytest.raises(BadValueError, match=r"shapes are \(1, 1\), \(1,\), \(2,\), \(3,\)$"):
        ii.LevelTable.from_columns(
            EDITION, columns, region_of=[0], region_points=[1], affair_of=[0]
        )
    with pytest.raises(BadValueError, match="0 columns; iid-2026 needs 20"):
        ii.LevelTable.from_columns(EDITION, [], region_of=[], region_points=[1], affair_of=[])


@pytest.mark.parametrize("n_rows", [0, 1])
def test_an_edition_may_have_one_row_of_innovations_or_none(n_rows: int) -> None:
    rows = (*EDITION.region_indicators, *EDITION.innovation_indicators[:n_rows])
    edition = evolve(EDITION, indicators=rows)
    levels = np.full((3 * n_rows, n_rows), 2)
    owner = [0] * len(levels)
    others: dict[str, Any] = {"region_of": owner, "region_points": [63], "affair_of": owner}
    by_column = ii.LevelTable.from_columns(edition, list(levels.T), **others)
    by_row = ii.LevelTable.from_arrays(edition, levels, **others)
    assert by_column.columns.tolist() == by_row.columns.tolist() == levels.T.tolist()
    assert len(by_column) == 3 * n_rows


def test_doubled_regions_are_one_fault_each() -> None:
    with pytest.raises(SubmissionError) as caught:
        bare(regions=["63.71", "63.71"])
    assert str(caught.value) == (
        "regions: 1 fault\n  regions[1]: 63.71 occurs twice [duplicate-region]"
    )


@pytest.mark.parametrize("n", [0, 1, kernels._BLOCK - 1, kernels._BLOCK, kernels._BLOCK + 3])
def test_columns_are_the_transpose(n: int) -> None:
    levels = np.random.default_rng(n).integers(0, 4, (n, 2), dtype=np.uint8)
    columns = kernels.as_columns(levels)
    np.testing.assert_array_equal(columns, levels.T)
    assert columns.flags.c_contiguous


@pytest.mark.parametrize("n", [0, 1, 50])
def test_levels_are_counted_by_owner_and_row(n: int) -> None:
    rng = np.random.default_rng(n)
    columns = rng.integers(0, 4, (3, n), dtype=np.uint8)
    owner = rng.integers(0, 5, n)
    counts = kernels.level_counts(columns, owner, n_owners=6, n_levels=4)
    assert counts.shape == (3, 6, 4)
    assert counts.dtype == np.int64
    for m in range(3):
        for k in range(6):
            for level in range(4):
                assert counts[m, k, level] == ((owner == k) & (columns[m] == level)).sum()


def test_submissions_bring_their_agencies_and_their_year() -> None:
    one = city()
    other = city("99.72", agencies=[ii.Agency("bappeda", "B"), ii.Agency("dinkes", "D")])
    table = of(one, other)
    assert table.agencies == (*((0, a) for a in one.agencies), *((1, a) for a in other.agencies))
    assert table.agency_of is not None
    assert table.agency_of.tolist() == [0, 0, 3, 3]
    assert table.submissions == (one, other)
    assert table.regions == (one.region, other.region)
    with pytest.raises(SubmissionError, match=r"regions\[1\]: 99\.71 occurs twice"):
        of(one, one)
    with pytest.warns(ii.errors.PeriodWarning, match="it is used for 2031"):
        of(evolve(one, year=2031))
