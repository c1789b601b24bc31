"""Polars gives the library's number to the hundredth, and none where a value is bad."""

from __future__ import annotations

import sys
from typing import Any

import polars as pl
import pytest
from attrs import evolve
from generated_answers import EDITION, KEYS, Drawn, polars_rows

import inovasi_index as ii
from inovasi_index.engines import polars_expressions


@pytest.mark.parametrize(("n", "n_regions"), [(1, 1), (11, 1), (12, 2), (700, 3), (20_000, 60)])
def test_polars_gives_the_same_hundredth(n: int, n_regions: int) -> None:
    drawn = Drawn.of(n, n_regions, seed=n)
    # Regions without innovations are no group of the frame.
    assert polars_rows(drawn) == [row for row in drawn.expected() if row[3]]


def scored(**columns: Any) -> dict[str, Any]:
    e = polars_expressions(EDITION)
    frame = pl.DataFrame(
        {"region": ["63.71"] * 12, "affair": ["health", "", None] * 4, "region_hundredths": 5000}
        | {key: [3] * 12 for key in KEYS}
        | columns
    )
    sums = frame.group_by("region").agg(*e.aggregates, pl.col("region_hundredths").first())
    return sums.with_columns(e.index).with_columns(e.band).row(0, named=True)


def test_unknown_affairs_that_are_blank_count_for_nothing() -> None:
    found = scored()
    assert (found["basic_affairs"], found["count_hundredths"]) == (1, 0)
    assert (found["index_hundredths"], found["band"]) == (6440, "Inovatif")


@pytest.mark.parametrize(
    "bad",
    [
        {"benefits": [4] + [3] * 11},
        {"benefits": [-1] + [3] * 11},
        {"benefits": [None] + [3] * 11},
        {"affair": ["helth"] * 12},
        {"benefits": [2.5] + [3.0] * 11},
        {"benefits": [float("nan")] + [3.0] * 11},
        {"benefits": [256] + [3] * 11},
        {"region_hundredths": [50.25] * 12},
        {"region_hundredths": [float("nan")] * 12},
        {"region_hundredths": [-1] * 12},
        {"region_hundredths": [6301] * 12},
    ],
)
def test_a_bad_value_gives_no_number(bad: dict[str, Any]) -> None:
    found = scored(**bad)
    assert found["index_hundredths"] is None
    assert found["band"] is None


def test_whole_numbers_may_be_kept_as_fractions() -> None:
    # As pandas and CSV files give them where one is missing.
    assert scored(benefits=[3.0] * 12, region_hundredths=[5000.0] * 12) == scored() | {
        "region_hundredths": 5000.0
    }


def test_an_edition_may_lack_a_largest_region_part() -> None:
    formula = evolve(EDITION.formula, region_max_hundredths=None)
    e = polars_expressions(evolve(EDITION, formula=formula))
    row = {"region_hundredths": 9000, "count_hundredths": 0, "divisor": 12}
    frame = pl.DataFrame({name: [n] for name, n in row.items()} | {"maturity_sum_hundredths": [0]})
    assert frame.select(e.index).item() == 3600


def test_maturity_is_that_of_the_library() -> None:
    drawn = Drawn.of(200, 3)
    frame = pl.DataFrame({key: drawn.levels[:, m] for m, key in enumerate(KEYS.tolist())})
    found = frame.select(polars_expressions(EDITION).maturity).to_series()
    assert found.dtype == pl.Int64
    assert found.to_list() == ii.score(drawn.table()).maturity_hundredths.tolist()


def test_bands_whose_bounds_are_unknown_are_null() -> None:
    e = polars_expressions(ii.load_edition("iid-2027"))
    assert pl.DataFrame({"index_hundredths": [9000]}).select(e.band).item() is None


def test_without_polars_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ii.errors.MissingExtraError, match=r"inovasi_index\[polars\]"):
        polars_expressions(EDITION)
