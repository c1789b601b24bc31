"""Indices straight out of frames: the same as by way of the table, and refused alike."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import inovasi_index as ii
from inovasi_index.errors import FrameError, IncompleteEditionError
from inovasi_index.reporting import scores_from_frame, table_from_frame, to_frame
from inovasi_index.reporting.series import factorized

LIBRARIES = ("pandas", "polars", "pyarrow")
EDITION = ii.load_edition("iid-2026")
KEYS = [row.key for row in EDITION.innovation_indicators]


def table(n: int, *, n_regions: int = 3, seed: int = 0, edition: Any = EDITION) -> ii.LevelTable:
    rng = np.random.default_rng(seed)
    return ii.LevelTable.from_columns(
        edition,
        rng.integers(0, 4, (20, n), dtype=np.uint8),
        region_of=rng.integers(0, n_regions, n),
        region_levels=rng.integers(0, 4, (n_regions, 20), dtype=np.uint8),
        affair_of=np.where(rng.random(n) < 0.2, -1, rng.integers(0, 38, n)),
        regions=[f"{11 + k // 100}.{k % 100:02d}" for k in range(n_regions)],
    )


def assert_same(frame: Any, regions: Any, edition: ii.Edition = EDITION) -> None:
    found = scores_from_frame(frame, edition, regions=regions)
    expected = ii.score(table_from_frame(frame, edition, regions=regions))
    assert found.regions == expected.regions
    assert found.tally == expected.tally
    for name, column in expected.to_columns().items():
        np.testing.assert_array_equal(found.to_columns()[name], column, name)


@pytest.mark.parametrize("library", LIBRARIES)
@given(
    n=st.integers(1, 30), seed=st.integers(0, 10), what=st.sampled_from(["innovations", "levels"])
)
def test_the_scores_are_those_of_the_table(library: str, n: int, seed: int, what: str) -> None:
    made = table(n, seed=seed)
    assert_same(to_frame(made, what, backend=library), to_frame(made, "regions", backend=library))


@pytest.mark.parametrize("library", LIBRARIES)
def test_more_rows_than_a_block_and_more_regions_than_two_bytes_number(library: str) -> None:
    made = table(150_000, n_regions=2_000)
    columns = made.to_columns()
    columns |= {key: columns[key].astype(np.int64) for key in KEYS}
    assert_same(to_frame(columns, backend=library), made.to_columns("regions"))


def test_points_stand_for_rows_and_the_basis_is_a_label() -> None:
    frame = to_frame(table(40), backend="polars")
    regions: dict[str, Any] = {
        "region": ["11.00", "11.01", "11.02"],
        "region_points": [51, "49.25", 63],
    }
    assert_same(frame, regions)
    found = scores_from_frame(frame, "iid-2026", regions=regions, basis="verified")
    assert found.basis is ii.Basis.VERIFIED
    assert found["11.01"].parts.region_part * 4 == 197


def test_a_region_without_innovations_and_a_frame_without_rows() -> None:
    made = table(25, n_regions=40)
    assert_same(to_frame(made), made.to_columns("regions"))
    assert_same(to_frame(made).iloc[:0], made.to_columns("regions"))
    nothing = {"region": np.array([], str), "region_points": np.array([], int)}
    assert len(scores_from_frame(to_frame(made).iloc[:0], EDITION, regions=nothing)) == 0


def test_levels_that_were_numbers_with_decimals_or_texts() -> None:
    made = table(30)
    frame = to_frame(made)
    for dtype in ("float64", "str"):
        levels = frame.astype(dict.fromkeys(KEYS, dtype))
        assert_same(levels, made.to_columns("regions"))


def test_faults_are_those_of_the_table() -> None:
    made = table(10)
    frame = to_frame(made).rename(columns={"affair": "afair"})
    frame.loc[3, "regulation"] = 9
    said = []
    for read in (table_from_frame, scores_from_frame):
        with pytest.raises(FrameError) as caught:
            read(frame, EDITION, regions=made.to_columns("regions"))
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert "is it 'afair'?" in said[0]


def test_an_edition_that_cannot_answer_refuses() -> None:
    formula = evolve(EDITION.formula, minimum_divisor=None)
    edition = evolve(EDITION, formula=formula)
    made = table(10)
    with pytest.raises(IncompleteEditionError, match="minimum divisor"):
        scores_from_frame(to_frame(made), edition, regions=made.to_columns("regions"))


@given(
    values=st.lists(st.sampled_from(["a", "b", "c", None]), max_size=20),
    late=st.lists(st.sampled_from(["rare", None, "b"]), max_size=3),
    before=st.integers(0, 700),
)
def test_texts_of_polars_are_found_wherever_they_first_occur(
    values: list[str | None], late: list[str | None], before: int
) -> None:
    import narwhals as nw

    texts = [*values, *(["a"] * before), *late]
    for dtype in (pl.String, pl.Categorical):
        series = pl.Series(texts, dtype=dtype)
        codes, distinct = factorized(nw.from_native(series, series_only=True))
        assert [None if code < 0 else distinct[code] for code in codes.tolist()] == texts


def test_dictionaries_in_chunks_are_read_as_they_are() -> None:
    made = table(20)
    frame = to_frame(made, backend="pyarrow")
    chunked = pa.concat_tables([frame.slice(0, 7), frame.slice(7)])
    for name in ("region", "affair"):
        place = chunked.column_names.index(name)
        chunked = chunked.set_column(place, name, chunked[name].dictionary_encode())
    assert_same(chunked, made.to_columns("regions"))
    assert_same(
        pd.DataFrame(made.to_columns()).astype({"region": "category"}), made.to_columns("regions")
    )
