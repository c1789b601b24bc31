"""Sums of batches: the same however rows are cut, and nothing of what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import troubled_frame
from generated_answers import AFFAIRS, EDITION, KEYS, Drawn, arrow_frame
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

import inovasi_index as ii
from inovasi_index.engines.sums import covering_columns, region_sums, sum_columns
from inovasi_index.io.streams import tally_batches
from inovasi_index.io.streams.layout import Layout

LAYOUT = Layout.of(EDITION)


def added(batches: list[pa.RecordBatch]) -> dict[str | None, list[int]]:
    """Add sums by region, in plain Python."""
    out: dict[str | None, list[int]] = {}
    for batch in batches:
        for row in region_sums(batch, LAYOUT).to_pylist():
            before = out.get(row["region"], [0] * len(sum_columns(EDITION)))
            out[row["region"]] = [
                a + row[name] for a, name in zip(before, sum_columns(EDITION), strict=True)
            ]
    return out


@given(st.integers(0, 300), st.integers(1, 9), st.integers(1, 400), st.integers(0, 2**32 - 1))
@examples(30)
def test_sums_of_any_cut_are_the_tally(n: int, n_regions: int, size: int, seed: int) -> None:
    frame = arrow_frame(Drawn.of(n, n_regions, seed=seed))
    found = added(frame.to_batches(max_chunksize=size))
    tally = tally_batches([frame], EDITION)
    basic = [affair.basic for affair in EDITION.affairs]
    assert sorted(map(str, found)) == list(tally.codes)
    for k, code in enumerate(tally.codes):
        n_rows, maturity, faulty, *covering = found[code]
        assert (n_rows, maturity) == (tally.n_innovations[k], tally.maturity_hundredths[k])
        assert faulty == 0
        assert [count > 0 for count in covering] == tally.covered[k, basic].tolist()


def accepted(row: dict[str, Any]) -> bool:
    """Say by its definition whether the library takes a row."""
    levels = all(
        row[i.key] is not None and 0 <= row[i.key] <= i.top_level
        for i in EDITION.innovation_indicators
    )
    return levels and row["region"] in GOOD and row["affair"] in {*AFFAIRS, "", None}


GOOD = ["63.71", "63.72"]


ROW = st.fixed_dictionaries(
    {
        "region": st.sampled_from([*GOOD, "", None, " 63.71", "63\n72", "x" * 501]),
        "affair": st.sampled_from(["health", "education", "Health", "", None]),
    }
    | {key: st.sampled_from([3] * 30 + [0, 4, -1, None]) for key in KEYS.tolist()}
)


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())]
)
@given(st.lists(ROW, max_size=12))
@examples(30)
def test_what_the_library_refuses_is_counted_apart(kind: Any, rows: list[dict[str, Any]]) -> None:
    columns = {
        name: pa.array([row[name] for row in rows], pa.int16() if name in KEYS else kind)
        for name in LAYOUT.names
    }
    found = added([pa.RecordBatch.from_pydict(columns)])
    for region in {row["region"] or None for row in rows}:
        mine = [row for row in rows if (row["region"] or None) == region]
        good = [row for row in mine if accepted(row)]
        n_rows, maturity, faulty, *covering = found.pop(region)
        assert (n_rows, faulty) == (len(mine), len(mine) - len(good))
        weights = {i.key: i.weight_hundredths for i in EDITION.innovation_indicators}
        assert maturity == sum(row[key] * weights[key] for row in good for key in weights)
        affairs = {row["affair"] for row in good}
        basic = [affair.key for affair in EDITION.basic_affairs]
        assert [count > 0 for count in covering] == [key in affairs for key in basic]
    assert not found


def test_affairs_may_be_positions() -> None:
    drawn = Drawn.of(50, 3)
    by_key = arrow_frame(drawn)
    place = by_key.schema.get_field_index("affair")
    by_place = by_key.set_column(place, "affair", pa.array(drawn.affair_of))
    assert added(by_place.to_batches()) == added(by_key.to_batches())
    strange = np.where(drawn.affair_of < 0, len(AFFAIRS), drawn.affair_of)
    missing = pa.array(drawn.affair_of, mask=drawn.affair_of < 0)
    assert added(by_key.set_column(place, "affair", missing).to_batches()) == added(
        by_key.to_batches()
    )
    beyond = added(by_key.set_column(place, "affair", pa.array(strange)).to_batches())
    n_faulty = sum(row[2] for row in beyond.values())
    assert n_faulty == np.count_nonzero(drawn.affair_of < 0) > 0


def test_a_batch_without_rows_has_no_sums() -> None:
    nothing = pa.RecordBatch.from_pydict({name: pa.nulls(0) for name in LAYOUT.names})
    found = region_sums(nothing, LAYOUT)
    assert len(found) == 0
    assert found.schema.names == ["region", *sum_columns(EDITION)]
    assert len(covering_columns(EDITION)) == len(EDITION.basic_affairs)


def test_a_batch_may_have_no_affairs_at_all() -> None:
    frame = arrow_frame(Drawn.of(20, 2))
    place = frame.schema.get_field_index("affair")
    frame = frame.set_column(place, "affair", pa.nulls(20))
    tally = tally_batches([frame], EDITION)
    assert not tally.covered.any()
    assert sum(row[0] for row in added(frame.to_batches()).values()) == 20


@pytest.mark.parametrize(
    ("name", "column", "said"),
    [
        ("benefits", ["3"] * 12, "whole numbers are needed"),
        ("benefits", [1.5] * 11 + [None], "whole numbers are needed"),
        ("region", [63.71] * 12, "a number loses the last zero"),
        ("affair", [True] * 12, "affairs are keys"),
    ],
)
def test_a_column_that_cannot_be_is_refused(name: str, column: list[Any], said: str) -> None:
    columns = {k: v[:12] for k, v in troubled_frame.frame().items()} | {name: column}
    with pytest.raises(ii.errors.SubmissionError, match=said):
        region_sums(pa.RecordBatch.from_pydict(columns), LAYOUT)


def test_a_column_may_have_no_value_at_all() -> None:
    columns = {k: v[:12] for k, v in troubled_frame.frame().items()} | {"benefits": [None] * 12}
    assert [row[2] for row in added([pa.RecordBatch.from_pydict(columns)]).values()] == [12]


def test_missing_columns_are_named() -> None:
    batch = pa.RecordBatch.from_pydict({"region": ["63.71"]})
    with pytest.raises(ii.errors.FileFormatError, match="there is no column 'affair'"):
        region_sums(batch, LAYOUT)
