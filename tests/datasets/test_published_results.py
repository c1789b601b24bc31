"""The published rows are all there, typed, sourced, and add up."""

from __future__ import annotations

import pickle
from collections import Counter
from decimal import Decimal
from urllib.parse import urlsplit

import numpy as np
import pytest

from inovasi_index.datasets import (
    NationalCount,
    PublishedScore,
    ScoreStatus,
    national_counts,
    published_scores,
    regions_kalsel,
)
from inovasi_index.records.submission import RegionKind

BANDS = {None, "very_innovative", "innovative", "less_innovative", "not_assessable"}


def test_every_published_row_is_there() -> None:
    rows = published_scores()
    assert len(rows) == 234
    assert Counter(row.status for row in rows) == {
        ScoreStatus.FINAL: 172,
        ScoreStatus.AWARD_LIST: 38,
        ScoreStatus.YEAR_INFERRED: 9,
        ScoreStatus.INTERIM: 6,
        ScoreStatus.DERIVED: 5,
        ScoreStatus.CONFLICT: 4,
    }
    assert Counter(row.year for row in rows) == {
        2018: 1, 2019: 11, 2020: 31, 2021: 61, 2022: 49, 2023: 18, 2024: 36, 2025: 27,
    }  # fmt: skip
    assert Counter(row.kind for row in rows) == {
        RegionKind.REGENCY: 148,
        RegionKind.CITY: 53,
        RegionKind.PROVINCE: 33,
    }
    assert Counter(row.band for row in rows) == {
        "very_innovative": 75,
        "innovative": 69,
        "less_innovative": 35,
        "not_assessable": 2,
        None: 53,
    }
    assert sum(row.score is not None for row in rows) == 135
    assert sum(row.rank is not None for row in rows) == 63


def test_every_row_names_its_source_and_says_something() -> None:
    for row in published_scores():
        assert urlsplit(row.source).scheme in {"http", "https"}, row
        assert row.score is not None or row.band is not None or row.rank is not None or row.note


def test_values_are_possible() -> None:
    for row in published_scores():
        assert row.band in BANDS
        if row.score is not None:
            assert row.score >= 0
            assert row.year < 2021 or row.score <= 100, row
            assert row.score == round(row.score, 2)
        if row.ranked_of is not None:
            assert row.rank is not None
            assert 1 <= row.rank <= row.ranked_of


def test_code_name_and_kind_belong_together() -> None:
    """A city's number is 71 or above, a regency's below; a province's code has two digits."""
    for row in published_scores():
        province, _, number = row.region_code.partition(".")
        assert len(province) == 2
        if row.kind is RegionKind.PROVINCE:
            assert not number
        else:
            assert (row.kind is RegionKind.CITY) == (int(number) >= 71), row
            word = "Kota " if row.kind is RegionKind.CITY else "Kabupaten "
            assert row.region.startswith(word), row
    names: dict[str, set[str]] = {}
    for row in published_scores():
        names.setdefault(row.region_code, set()).add(row.region)
    assert all(len(found) == 1 for found in names.values())
    assert len(names) == len({row.region for row in published_scores()}) == 143


def test_rows_come_in_order_of_year_kind_and_code() -> None:
    order = list(RegionKind)
    keys = [(row.year, order.index(row.kind), row.region_code) for row in published_scores()]
    assert keys == sorted(keys)


def test_contradictions_stay_and_are_marked() -> None:
    kalsel_2024 = [row for row in published_scores() if (row.region_code, row.year) == ("63", 2024)]
    assert [row.score for row in kalsel_2024] == [Decimal("51.71"), Decimal("51.74")]
    assert {row.status for row in kalsel_2024} == {ScoreStatus.CONFLICT}
    assert all(row.note for row in published_scores() if row.status is ScoreStatus.CONFLICT)


def test_no_region_has_two_final_scores_in_a_year() -> None:
    final = Counter(
        (row.region_code, row.year)
        for row in published_scores()
        if row.status is ScoreStatus.FINAL and row.score is not None
    )
    assert max(final.values()) == 1


@pytest.mark.parametrize(
    ("year", "bands", "total"),
    [
        (2020, (195, 44, 245, 58), 542),
        (2021, (37, 316, 166, None), 519),
        (2022, (44, 365, 101, 32), 542),
    ],
)
def test_national_counts_add_up(year: int, bands: tuple[int | None, ...], total: int) -> None:
    (row,) = (r for r in national_counts() if r.year == year and r.kind is None)
    found = (row.very_innovative, row.innovative, row.less_innovative, row.not_assessable)
    assert found == bands
    assert sum(n for n in found if n is not None) == total


def test_regions_that_reported_are_the_regions_in_a_band() -> None:
    """2021 and 2022: 37 + 316 + 166 = 519 and 44 + 365 + 101 = 510 reported."""
    for row in national_counts():
        if row.year in {2021, 2022}:
            assert row.very_innovative is not None
            assert row.innovative is not None
            assert row.less_innovative is not None
            assert row.participants == row.very_innovative + row.innovative + row.less_innovative


def test_counts_by_kind_of_2020_add_up_to_the_nation() -> None:
    rows = [row for row in national_counts() if row.year == 2020]
    (nation,) = (row for row in rows if row.kind is None)
    kinds = [row for row in rows if row.kind is not None]
    assert [row.kind for row in kinds] == list(RegionKind)
    for band in ("very_innovative", "innovative", "less_innovative", "not_assessable"):
        assert sum(getattr(row, band) for row in kinds) == getattr(nation, band)


@pytest.mark.parametrize("year", [2018, 2019, 2020, 2024])
def test_participants_by_kind_add_up(year: int) -> None:
    (row,) = (r for r in national_counts() if r.year == year and r.kind is None)
    assert row.provinces is not None
    assert row.regencies is not None
    assert row.cities is not None
    assert row.participants == row.provinces + row.regencies + row.cities


def test_every_count_names_its_sources() -> None:
    assert len(national_counts()) == 14
    for row in national_counts():
        assert all(urlsplit(s).scheme == "https" for s in row.source.split(" ; ")), row


def test_kalimantan_selatan_has_eleven_regencies_and_two_cities() -> None:
    regions = regions_kalsel()
    assert [region.code for region in regions] == [
        "63",
        *(f"63.{number:02}" for number in range(1, 12)),
        "63.71",
        "63.72",
    ]
    assert Counter(region.kind for region in regions) == {
        RegionKind.PROVINCE: 1,
        RegionKind.REGENCY: 11,
        RegionKind.CITY: 2,
    }
    by_code = {region.code: region for region in regions}
    here = [row for row in published_scores() if row.region_code.startswith("63")]
    assert here
    for row in here:
        assert (row.region, row.kind) == (
            by_code[row.region_code].name,
            by_code[row.region_code].kind,
        )


def test_columns_hold_what_the_rows_hold() -> None:
    rows = published_scores()
    columns = PublishedScore.to_columns(rows)
    assert {name: column.dtype.kind for name, column in columns.items()} == {
        "region_code": "U", "region": "U", "kind": "U", "year": "i", "score": "f", "band": "U",
        "rank": "f", "ranked_of": "f", "status": "U", "source": "U", "note": "U",
    }  # fmt: skip
    assert all(column.shape == (234,) for column in columns.values())
    for n, row in enumerate(rows):
        assert columns["year"][n] == row.year
        assert columns["band"][n] == (row.band or "")
        assert columns["kind"][n] == row.kind.value
        assert np.isnan(columns["score"][n]) == (row.score is None)
        if row.score is not None:
            assert columns["score"][n] == float(row.score)


def test_columns_of_no_rows_keep_their_types() -> None:
    for record, rows in ((PublishedScore, published_scores()), (NationalCount, national_counts())):
        full, none = record.to_columns(rows), record.to_columns(())  # type: ignore[arg-type]
        assert list(full) == list(none)
        for name, column in none.items():
            assert column.shape == (0,)
            assert column.dtype.kind == full[name].dtype.kind


def test_rows_are_read_once_immutable_and_picklable() -> None:
    assert published_scores() is published_scores()
    assert national_counts() is national_counts()
    assert regions_kalsel() is regions_kalsel()
    for rows in (published_scores(), national_counts()):
        assert pickle.loads(pickle.dumps(rows)) == rows  # noqa: S301 - our own bytes
        assert len({hash(row) for row in rows}) == len(rows)
