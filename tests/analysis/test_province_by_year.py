"""Regions by band and by year: counted right, nothing unknown guessed, contradictions unused."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import inovasi_index as ii
from inovasi_index.analysis.regions import published_by_year, regions_by_year
from inovasi_index.datasets import PublishedScore, published_scores, regions_kalsel
from inovasi_index.datasets.published import ScoreStatus
from inovasi_index.records import Cluster, RegionKind

EDITION = ii.load_edition("iid-2026")
SI, I, KI = "very_innovative", "innovative", "less_innovative"  # noqa: E741 - as they are printed


def scored(regions: list[ii.Region], points: list[int], edition: Any = EDITION) -> ii.Scores:
    """Score regions that have nothing but points of the region part and full maturities."""
    n = len(regions)
    table = ii.LevelTable.from_arrays(
        edition,
        np.full((12 * n, 20), 3),
        region_of=np.repeat(np.arange(n), 12),
        region_points=[Decimal(p).scaleb(-2) for p in points],
        affair_of=np.full(12 * n, -1),
        regions=regions,
    )
    return ii.score(table)


REGIONS = st.lists(
    st.builds(
        ii.Region,
        code=st.integers(0, 99).map(lambda n: f"99.{n:02}"),
        name=st.just("Contoh"),
        kind=st.sampled_from(RegionKind),
        clusters=st.frozensets(st.sampled_from(Cluster)),
    ),
    unique_by=lambda r: r.code,
    min_size=1,
    max_size=8,
)


@given(REGIONS, st.data())
def test_bands_ranks_and_movements_agree_with_the_scores(
    regions: list[ii.Region], data: st.DataObject
) -> None:
    points = st.lists(
        st.integers(0, 6300) | st.sampled_from([5000, 5001]),
        min_size=len(regions),
        max_size=len(regions),
    )
    years = {2025: scored(regions, data.draw(points)), 2026: scored(regions, data.draw(points))}
    table = regions_by_year(years)
    for year, scores in years.items():
        by_band = table.by_band(year)
        assert sum(len(found) for found in by_band.values()) == len(regions)
        for one in scores:
            assert isinstance(one.region, ii.Region)
            found = table.of(one.region.code, year)
            assert found is not None
            assert found.index == one.exact
            assert one.region in by_band[found.band]
            assert dict(table.bands)[found.band or ""] == one.band
        assert sum(table.shares(year).values()) == 1
        exact = {one.region: one.exact for one in scores}
        for place in table.ranks(year):
            assert place.rank == 1 + sum(other > place.index for other in exact.values())
            assert place.of == len(regions)
            for group, rank, of in place.groups:
                members = [r for r in regions if group in {r.kind, *r.clusters}]
                assert of == len(members)
                assert rank == 1 + sum(exact[r] > place.index for r in members)
                assert place.within(group) == rank
        order = [place.rank for place in table.ranks(year)]
        assert order == sorted(order)
    moved = table.movements(2025, 2026)
    assert len(moved.up) + len(moved.down) + len(moved.same) == len(regions)
    before, after = (years[year].index_hundredths for year in (2025, 2026))
    edges = [0, 1, 4001, 6501]
    steps = np.digitize(after, edges) - np.digitize(before, edges)
    assert {r.code for r in moved.up} == {
        r.code for r, s in zip(regions, steps, strict=True) if s > 0
    }
    assert {r.code for r in moved.down} == {
        r.code for r, s in zip(regions, steps, strict=True) if s < 0
    }
    assert len(moved.to_columns()["region"]) == len(regions)
    json.dumps([table.to_dict(), moved.to_dict()])
    assert len(table.to_columns()["index"]) == 2 * len(regions)
    for kind in RegionKind:
        kept = table.only(kind)
        assert list(kept.regions) == [r for r in regions if r.kind is kind]
        assert {code for code, _ in kept.known} == {r.code for r in kept.regions}


CITY = ii.Region("99.71", "Kota Contoh", "city", frozenset({Cluster.BORDER}))
REGENCY = ii.Region("99.01", "Kabupaten Contoh", "regency")


def test_a_band_that_no_source_decides_is_not_known() -> None:
    table = regions_by_year(
        {
            2026: scored([CITY, REGENCY], [5000, 6300]),
            2027: scored([CITY], [5000], ii.load_edition("iid-2027")),
        }
    )
    assert table.by_band(2027) == {
        "not_assessable": (),
        KI: (),
        I: (),
        SI: (),
        None: (CITY, REGENCY),
    }
    assert table.shares(2027) == {}
    assert table.movements(2026, 2027).unknown == (CITY, REGENCY)
    assert table.of("99.01", 2027) is None
    assert [place.region for place in table.ranks(2027)] == [CITY]
    said = table.to_text().splitlines()
    assert (
        said[2]
        == "2027                    0                0         0                0          2"
    )
    assert [line.split() for line in said[4:7]] == [
        ["2026", "2027"],
        ["Kota", "Contoh", "64.40", "I", "58.06"],
        ["Kabupaten", "Contoh", "69.60", "SI", "·"],
    ]
    assert str(table) == table.to_text()
    assert table.only("border").regions == (CITY,)
    assert table.ranks(2026)[0].within("regency") == 1
    with pytest.raises(ii.errors.UnknownNameError, match="group of Kabupaten Contoh 'border'"):
        table.ranks(2026)[0].within(Cluster.BORDER)


def test_movements_are_told_in_both_languages() -> None:
    years = {2025: scored([CITY, REGENCY], [5000, 6300]), 2026: scored([CITY, REGENCY], [6300, 0])}
    moved = regions_by_year(years).movements(2025, 2026)
    assert str(moved).splitlines() == [
        "2025 → 2026: 1 up, 1 down, 0 as before, 0 not known in one of the years",
        "  Inovatif → Sangat Inovatif: Kota Contoh",
        "  Sangat Inovatif → Inovatif: Kabupaten Contoh",
    ]
    assert moved.to_text("id").startswith("2025 → 2026: 1 naik, 1 turun, 0 tetap")


def test_codes_are_named_by_the_regions_given() -> None:
    scores = scored(["99.71"], [5000])  # type: ignore[list-item]
    assert regions_by_year({2026: scores}, regions=[CITY]).regions == (CITY,)
    with pytest.raises(ii.errors.BadValueError, match=r"by its code only; name it in regions"):
        regions_by_year({2026: scores})


def test_bad_tables_and_questions_are_refused() -> None:
    with pytest.raises(ii.errors.BadValueError, match="at least one year"):
        regions_by_year({})
    other = evolve(EDITION, id="other", bands=EDITION.bands[1:])
    with pytest.raises(ii.errors.BadValueError, match="iid-2026 and other name different bands"):
        regions_by_year({2026: scored([CITY], [0]), 2027: scored([CITY], [0], other)})
    table = regions_by_year({2026: scored([CITY], [5000])})
    for ask in (table.by_band, table.ranks, table.shares, lambda y: table.of("99.71", y)):
        with pytest.raises(ii.errors.UnknownNameError, match="year 2025"):
            ask(2025)
    with pytest.raises(ii.errors.UnknownNameError, match="year 2025"):
        table.movements(2026, 2025)
    with pytest.raises(ii.errors.UnknownNameError, match=r"region '99\.72'"):
        table.of("99.72", 2026)
    with pytest.raises(ii.errors.UnknownNameError, match="did you mean 'regency'"):
        table.only("regencies")
    assert published_by_year([row(None, SI)]).ranks(2024) == ()
    without = regions_by_year({2026: scored([CITY], [5000], evolve(EDITION, bands=()))})
    assert without.by_band(2026) == {None: (CITY,)}


# --- published results ------------------------------------------------------------------------


def row(score: str | None, band: str | None = None, year: int = 2024, **fields: Any) -> Any:
    found = {"rank": None, "ranked_of": None, "status": "final", "source": "s", "note": ""} | fields
    status = ScoreStatus(found.pop("status"))
    given = None if score is None else Decimal(score)
    return PublishedScore(
        "99.71", "Kota Contoh", RegionKind.CITY, year, given, band, status=status, **found
    )


@pytest.mark.parametrize(
    ("rows", "index", "band", "read_off", "reasons"),
    [
        ([row("58.41", I)], "58.41", I, False, []),
        ([row("58.41")], "58.41", I, True, []),
        ([row(None, SI), row("61.20")], "61.20", SI, False, []),
        ([row("60.3")], "60.3", SI, True, []),
        ([row("60")], "60", None, False, []),  # 59.50 to 60.49: either side of the bound
        ([row("60.004")], "60.004", I, True, []),  # rounds to 60.00
        ([row("55.00", year=2020)], "55", None, False, []),  # another scale, no edition
        ([row("72.94", year=2025)], "72.94", SI, True, []),
        ([row("38.00", year=2025)], "38", None, False, []),  # 35 or 40.01 is the bound
        ([row("70"), row("72")], None, None, False, ["contradiction"] * 2),
        ([row(None, SI), row(None, I)], None, None, False, ["contradiction"] * 2),
        ([row("68.67", I)], None, None, False, ["misfit"]),
        ([row("58.41", I), row("61.00", SI, status="interim")], "58.41", I, False, ["status"]),
        ([row("58.41", I, status="conflict")], None, None, False, ["status"]),
        ([row("0", "not_assessable", 2021)], "0", "not_assessable", False, []),
    ],
)
def test_published_rows_count_when_they_are_trusted_and_agree(
    rows: list[PublishedScore],
    index: str | None,
    band: str | None,
    read_off: bool,
    reasons: list[str],
) -> None:
    table = published_by_year(rows)
    found = table.of("99.71", rows[0].year)
    assert [one.reason for one in table.set_aside] == reasons
    if index is None:
        assert found is None
        return
    assert found is not None
    assert found.index == Fraction(index)
    assert (found.band, found.read_off) == (band, read_off)
    json.dumps(table.to_dict())


def test_ranks_of_published_rows_are_kept_when_they_agree() -> None:
    one = published_by_year([row("58.41", I, rank=34, ranked_of=93)]).of("99.71", 2024)
    assert one is not None
    assert (one.rank, one.ranked_of) == (34, 93)
    two = published_by_year([row("58.41", I, rank=34), row("58.41", I, rank=35)]).of("99.71", 2024)
    assert two is not None
    assert two.rank is None
    assert two.sources == ("s",)
    with pytest.raises(ii.errors.UnknownNameError, match="did you mean 'final'"):
        published_by_year(accept=["finall"])
    with pytest.raises(ii.errors.UnknownNameError, match="did you mean 'very_innovative'"):
        published_by_year([row(None, "very_inovative")])
    assert published_by_year([]).years == ()


def test_all_that_was_published_is_used_or_set_aside() -> None:
    table = published_by_year()
    places = {(r.region_code, r.year) for r in published_scores()}
    aside = {(one.row.region_code, one.row.year) for one in table.set_aside}
    assert set(table.known) | aside == places
    assert {one.reason for one in table.set_aside} == {"status"}  # final rows agree, all of them
    every = published_by_year(accept=list(ScoreStatus))
    assert {one.reason for one in every.set_aside} == {"contradiction", "misfit"}


def test_the_story_of_kalimantan_selatan() -> None:
    """What the published rows support, and no more."""
    kalsel = published_by_year(regions=regions_kalsel())
    assert len(kalsel.regions) == 14
    assert kalsel.years == tuple(range(2019, 2026))
    counts = {
        year: {key: len(found) for key, found in kalsel.by_band(year).items() if found}
        for year in kalsel.years
    }
    assert counts == {
        2019: {KI: 1, None: 13},
        2020: {KI: 1, SI: 2, None: 11},
        2021: {KI: 1, None: 13},
        2022: {I: 2, SI: 2, None: 10},
        2023: {I: 1, SI: 2, None: 11},
        2024: {I: 2, None: 12},
        2025: {SI: 2, None: 12},
    }
    # The province itself rose from the lowest band of 2019 to the highest of 2020.
    assert [r.name for r in kalsel.movements(2019, 2020).up] == ["Kalimantan Selatan"]
    # Banjarmasin rose in 2023 and fell back in 2024, by hundredths: 58.55, 60.72, 58.41.
    assert [r.name for r in kalsel.movements(2022, 2023).up] == ["Kota Banjarmasin"]
    assert [r.name for r in kalsel.movements(2023, 2024).down] == ["Kota Banjarmasin"]
    # Banjarbaru stayed at the bottom in 2020 and 2021.
    assert [r.name for r in kalsel.movements(2020, 2021).same] == ["Kota Banjarbaru"]
    # Of 2025 only the two that were named as the best are known, so it says nothing of the rest.
    assert [r.name for r in kalsel.by_band(2025)[SI]] == [
        "Kabupaten Tapin",
        "Kabupaten Hulu Sungai Selatan",
    ]
    # Two indices of the province in 2024, 51.71 and 51.74, and Tapin's misprint are not used.
    aside = {(one.row.region, one.row.year, one.row.status.value) for one in kalsel.set_aside}
    assert ("Kalimantan Selatan", 2024, "conflict") in aside
    assert ("Kabupaten Tapin", 2024, "conflict") in aside
    assert kalsel.of("63", 2024) is None
    regencies = kalsel.only(RegionKind.REGENCY)
    assert [(p.region.name, p.rank) for p in regencies.ranks(2022)] == [
        ("Kabupaten Tabalong", 1),
        ("Kabupaten Hulu Sungai Selatan", 2),
        ("Kabupaten Hulu Sungai Utara", 3),
    ]
    banjarmasin = kalsel.of("63.71", 2024)
    assert banjarmasin is not None
    assert (banjarmasin.rank, banjarmasin.ranked_of) == (34, 93)
    said = kalsel.to_text("id")
    assert "Kota Banjarmasin                  ·        SI         ·    58,55 I  60,72 SI" in said
    assert "67,04 SI*" in said
    assert "tanpa batas atas" in said
    assert "Baris terbitan yang tidak dipakai: 10" in said
