"""Level tables out of frames: whatever the frame is made of, or every fault of it at once."""

from __future__ import annotations

import datetime as dt
import sys
import time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import inovasi_index as ii
from inovasi_index.errors import (
    BadValueError,
    FrameError,
    IncompleteEditionError,
    MissingExtraError,
    UnknownChoiceError,
)
from inovasi_index.reporting import scores_from_frame, table_from_frame, to_frame
from inovasi_index.reporting.series import codes_of, factorized

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARIES = ("pandas", "polars", "pyarrow")
EDITION = ii.load_edition("iid-2026")
ROWS = EDITION.innovation_indicators
KEYS = [row.key for row in ROWS]
AFFAIRS = EDITION.affairs
REGIONS = [
    ii.Region("63.10", "Kabupaten Satu", "regency"),
    ii.Region("63.71", "Kota Dua", "city"),
    ii.Region("63", "Provinsi Tiga", "province"),
]


def table(n: int = 12, seed: int = 0) -> ii.LevelTable:
    rng = np.random.default_rng(seed)
    return ii.LevelTable.from_columns(
        EDITION,
        rng.integers(0, 4, (20, n), dtype=np.uint8),
        region_of=rng.integers(0, 3, n),
        region_levels=np.arange(60).reshape(3, 20) % 4,
        affair_of=np.where(rng.random(n) < 0.2, -1, rng.integers(0, len(AFFAIRS), n)),
        regions=REGIONS,
    )


def assert_same(found: ii.LevelTable, expected: ii.LevelTable) -> None:
    for name in ("columns", "region_of", "region_hundredths", "region_columns", "affair_of"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name), name)
    assert found.regions == expected.regions
    np.testing.assert_array_equal(ii.score(found).index, ii.score(expected).index)


# --- round trips ----------------------------------------------------------------------------


@pytest.mark.parametrize("library", LIBRARIES)
@given(n=st.integers(1, 25), seed=st.integers(0, 10), long=st.booleans(), names=st.booleans())
def test_a_table_comes_back_from_its_frames(
    library: str, n: int, seed: int, long: bool, names: bool
) -> None:
    expected = table(n, seed)
    options: dict[str, Any] = {"backend": library}
    found = table_from_frame(
        to_frame(expected, "levels" if long else "innovations", names=names, **options),
        EDITION,
        regions=to_frame(expected, "regions", **options),
    )
    assert_same(found, expected)


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("library", LIBRARIES)
def test_labels_are_understood_in_both_languages(library: str, language: str) -> None:
    expected = table()
    frames = [
        to_frame(expected, what, backend=library, language=language, names=True)
        for what in ("innovations", "regions")
    ]
    if library == "pandas":
        frames[1][frames[1].columns[0]] = [r.code for r in REGIONS]
    else:
        frames[1] = to_frame(expected, "regions", backend=library, language=language)
    assert_same(table_from_frame(frames[0], "iid-2026", regions=frames[1]), expected)


def pandas_frame(expected: ii.LevelTable) -> pd.DataFrame:
    frame: pd.DataFrame = to_frame(expected)
    return frame


REGION_FRAME = to_frame(table(), "regions")


@pytest.mark.parametrize(
    "dtype",
    [
        *("uint8", "int8", "int32", "int64", "float32", "float64", "Int64", "UInt8", "Float64"),
        *("str", "object", "category", "string", "uint8[pyarrow]", "string[pyarrow]"),
    ],
)
def test_levels_of_any_type_of_pandas(dtype: str) -> None:
    expected = table()
    frame = pandas_frame(expected).astype(dict.fromkeys(KEYS, dtype))
    assert_same(table_from_frame(frame, EDITION, regions=REGION_FRAME), expected)


@pytest.mark.parametrize(
    "dtype",
    [pl.UInt8, pl.Int64, pl.Float32, pl.String, pl.Categorical, pl.Decimal(10, 2), pl.Object],
)
def test_levels_of_any_type_of_polars(dtype: Any) -> None:
    expected = table()
    frame = to_frame(expected, backend="polars")
    if dtype is pl.Object:
        levels = [pl.Series(key, frame[key].to_list(), dtype=pl.Object) for key in KEYS]
        frame = frame.with_columns(levels)
    else:
        textual = dtype is pl.Categorical
        columns = (pl.col(k).cast(pl.String) if textual else pl.col(k) for k in KEYS)
        frame = frame.with_columns(column.cast(dtype) for column in columns)
    assert_same(table_from_frame(frame, EDITION, regions=REGION_FRAME), expected)


@pytest.mark.parametrize("kind", [pa.uint8(), pa.int64(), pa.float64(), pa.string(), "dictionary"])
def test_levels_of_any_type_of_arrow_in_chunks(kind: Any) -> None:
    expected = table()
    frame = to_frame(expected, backend="pyarrow")
    for key in KEYS:
        column = frame[key].cast(pa.string() if kind == "dictionary" else kind)
        if kind == "dictionary":
            column = column.dictionary_encode()
        frame = frame.set_column(frame.column_names.index(key), key, column)
    chunked = pa.concat_tables([frame.slice(0, 5), frame.slice(5)])
    assert_same(table_from_frame(chunked, EDITION, regions=REGION_FRAME), expected)


def categories(frame: Any) -> Any:
    names = ["region", "affair"]
    if isinstance(frame, pd.DataFrame):
        # Categories that do not occur are no fault, whatever they are called.
        typed = frame.astype(dict.fromkeys(names, "category"))
        for name in names:
            typed[name] = typed[name].cat.add_categories(["Entah"])
        return typed
    if isinstance(frame, pl.DataFrame):
        return frame.with_columns(pl.col(names).cast(pl.Categorical))
    for name in names:
        place = frame.column_names.index(name)
        frame = frame.set_column(place, name, frame[name].dictionary_encode())
    return pa.concat_tables([frame.slice(0, 7), frame.slice(7)])


@pytest.mark.parametrize("library", LIBRARIES)
def test_categories_name_regions_and_affairs(library: str) -> None:
    expected = table(30)
    frame = categories(to_frame(expected, backend=library))
    assert_same(table_from_frame(frame, EDITION, regions=REGION_FRAME), expected)


def test_an_enumeration_of_polars() -> None:
    expected = table(30)
    frame = to_frame(expected, backend="polars")
    kind = pl.Enum([*(r.code for r in REGIONS), "other"])
    frame = frame.with_columns(pl.col("region").cast(kind))
    assert_same(table_from_frame(frame, EDITION, regions=REGION_FRAME), expected)


@pytest.mark.parametrize("library", LIBRARIES)
def test_empty_affairs_are_not_known(library: str) -> None:
    expected = table(40)
    columns = dict(expected.to_columns())
    affairs = [name or None for name in columns["affair"].tolist()]
    frame = to_frame(columns, backend=library)
    if library == "pandas":
        frame["affair"] = affairs
    elif library == "polars":
        frame = frame.with_columns(pl.Series("affair", affairs))
    else:
        place = frame.column_names.index("affair")
        frame = frame.set_column(place, "affair", pa.chunked_array([pa.array(affairs)]))
    assert None in affairs
    for given_frame in (frame, categories(frame)):
        assert_same(table_from_frame(given_frame, EDITION, regions=REGION_FRAME), expected)


def test_regions_by_name_number_and_alias() -> None:
    expected = table(9)
    codes = [REGIONS[n].code for n in expected.region_of]
    frame = pandas_frame(expected)
    frame["region"] = [f" {REGIONS[n].name.upper()} " for n in expected.region_of]
    assert_same(table_from_frame(frame, EDITION, regions=REGION_FRAME), expected)
    frame = frame.rename(columns={"region": "Pemda"})
    assert_same(table_from_frame(frame, EDITION, regions=REGION_FRAME), expected)
    numbers = {code: str(n + 6300) for n, code in enumerate(sorted(set(codes)))}
    frame["Pemda"] = [int(numbers[code]) for code in codes]
    below = REGION_FRAME.assign(region=[numbers.get(r.code, "1") for r in REGIONS])
    found = table_from_frame(frame, EDITION, regions=below)
    np.testing.assert_array_equal(found.region_of, expected.region_of)


def test_headings_are_keys_numbers_or_names() -> None:
    expected = table()
    for spell in (
        lambda row: row.code,
        lambda row: row.name.upper(),
        lambda row: f"{row.code}. {row.name}",
        lambda row: f" {row.key.replace('_', '-')} ",
    ):
        frame = pandas_frame(expected).rename(columns={row.key: spell(row) for row in ROWS})
        assert_same(table_from_frame(frame, EDITION, regions=REGION_FRAME), expected)


def test_headings_that_are_numbers() -> None:
    expected = table()
    frame = pandas_frame(expected).rename(columns={row.key: int(row.code or 0) for row in ROWS})
    assert_same(table_from_frame(frame, EDITION, regions=REGION_FRAME), expected)


def test_columns_of_other_names_are_named() -> None:
    expected = table()
    frame = pandas_frame(expected).rename(columns={"region": "kab", "regulation": "x1"})
    found = table_from_frame(
        frame, EDITION, regions=REGION_FRAME, columns={"region": "kab", "regulation": "x1"}
    )
    assert_same(found, expected)


def test_a_column_that_is_named_wins_over_one_that_only_looks_like_it() -> None:
    expected = table()
    frame = pandas_frame(expected).assign(kab=lambda f: f["region"], region="?")
    with pytest.raises(FrameError, match=r"column 'region'.*it is not expected"):
        table_from_frame(frame, EDITION, regions=REGION_FRAME, columns={"region": "kab"})
    found = table_from_frame(
        frame, EDITION, regions=REGION_FRAME, columns={"region": "kab"}, unexpected="ignore"
    )
    assert_same(found, expected)


def test_region_points_in_the_place_of_rows() -> None:
    expected = table()
    for points in ([50.25, 51, 63], ["50,25", "51", "63"], [Decimal("50.25"), 51, 63]):
        below: dict[str, Any] = {"region": [r.code for r in REGIONS]}
        below["region_points"] = np.array(points, object)
        found = table_from_frame(pandas_frame(expected), EDITION, regions=below, basis="claimed")
        assert found.region_hundredths.tolist() == [5025, 5100, 6300]
        assert found.regions == tuple(r.code for r in REGIONS)
        assert found.basis is ii.Basis.CLAIMED


def test_an_edition_without_region_rows_or_affairs() -> None:
    edition = ii.load_edition("iid-2022")
    frame = pd.DataFrame(
        {"region": ["a", "a"], **{row.key: [1, 2] for row in edition.innovation_indicators}}
    )
    found = table_from_frame(frame, edition, regions={"region": ["a"], "region_points": [1]})
    assert found.affair_of.tolist() == [-1, -1]
    assert found.columns.tolist() == [[1, 2]] * 20


def test_an_edition_without_region_weights_says_so() -> None:
    edition = ii.load_edition("iid-2024")
    regions: dict[str, Any] = {
        "region": ["a"],
        **{row.key: [1] for row in edition.region_indicators},
    }
    rows = {row.key: [1] for row in edition.innovation_indicators}
    frame = pd.DataFrame({"region": ["a"], "affair": ["health"], **rows})
    assert all(row.weight_hundredths is None for row in edition.region_indicators)
    with pytest.raises(IncompleteEditionError):
        table_from_frame(frame, edition, regions=regions)


def test_an_edition_without_innovation_rows_says_so() -> None:
    edition = attrs.evolve(EDITION, indicators=EDITION.region_indicators)
    wide = pd.DataFrame({"region": ["a"], "affair": ["health"]})
    for frame in (wide, long_frame([("a", "1", "health", "regulation", 3)])):
        with pytest.raises(IncompleteEditionError, match="no rows of the innovation part"):
            table_from_frame(frame, edition, regions={"region": ["a"], "region_points": [1]})


def test_a_frame_without_rows() -> None:
    found = table_from_frame(pandas_frame(table()).iloc[:0], EDITION, regions=REGION_FRAME)
    assert len(found) == 0
    for library in ("polars", "pyarrow"):
        frame = to_frame(table(), backend=library)
        frame = frame.head(0) if library == "polars" else frame.slice(0, 0)
        assert len(table_from_frame(frame, EDITION, regions=REGION_FRAME)) == 0


# --- long frames ----------------------------------------------------------------------------


def long_frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "innovation", "affair", "indicator", "level"])


def test_long_rows_in_any_order_and_number() -> None:
    found = table_from_frame(
        long_frame(
            [
                ("63.71", "b", "health", "16", 3),
                ("63.10", "b", "social", "replication", 2),
                ("63.71", "a", None, "Regulasi Inovasi Daerah", 1),
                ("63.71", "b", "health", "35", 1),
            ]
        ),
        EDITION,
        regions=REGION_FRAME,
    )
    assert found.region_of.tolist() == [1, 0, 1]
    assert found.affair_of.tolist() == [1, 5, -1]
    levels = {(m, n): found.columns[m, n] for m, n in zip(*np.nonzero(found.columns), strict=True)}
    at = {key: n for n, key in enumerate(KEYS)}
    assert levels == {
        (at["regulation"], 0): 3,
        (at["quality_video"], 0): 1,
        (at["replication"], 1): 2,
        (at["regulation"], 2): 1,
    }


def test_faults_of_long_rows() -> None:
    frame = long_frame(
        [
            ("63.71", "a", "health", "regulation", 3),
            ("63.71", "a", "social", "16", 2),
            ("63.71", "a", "health", "regulasi", 2),
            ("63.71", None, "health", "replication", 4),
            ("63.71", "b", "health", None, None),
        ]
    )
    assert faults(frame) == [
        ("empty-innovation", "column 'innovation', row 3", ""),
        ("contradicting-affair", "column 'affair', row 1", ""),
        ("duplicate-answer", "column 'indicator', rows 0, 1", ""),
        ("unknown-indicator", "column 'indicator', row 2", "did you mean 'regulation'"),
        ("empty-indicator", "column 'indicator', row 4", ""),
        ("level-out-of-range", "column 'level', row 3", "level 4; allowed: 0 to 3"),
        ("empty-level", "column 'level', row 4", "pass empty='zero'"),
    ]


def test_a_long_frame_without_innovations() -> None:
    frame = long_frame([("63.71", "a", "health", "regulation", 3)]).drop(columns="innovation")
    assert faults(frame) == [("missing-column", "", "there is no column 'innovation'")]


def test_a_level_above_the_top_of_its_own_row() -> None:
    from strategies import SMALL

    frame = long_frame([("a", "1", "health", "outreach", 3), ("a", "1", "health", "people", 3)])
    with pytest.raises(FrameError, match="above the top of 'outreach'; allowed: 0 to 2"):
        table_from_frame(frame, SMALL, regions={"region": ["a"], "region_points": [5]})


def test_a_level_of_an_unknown_row_is_above_no_top() -> None:
    from strategies import SMALL

    edition = attrs.evolve(SMALL, indicators=tuple(sorted(SMALL, key=lambda row: -row.top_level)))
    assert edition.innovation_indicators[-1].top_level < 3
    frame = long_frame([("a", "1", "health", "who knows", 3)])
    with pytest.raises(FrameError) as caught:
        table_from_frame(frame, edition, regions={"region": ["a"], "region_points": [5]})
    assert [fault.code for fault in caught.value.faults] == ["unknown-indicator"]


# --- faults ---------------------------------------------------------------------------------


def faults(frame: Any, regions: Any = REGION_FRAME, **options: Any) -> list[tuple[str, str, str]]:
    """Return code, place and the end of the message of each fault, as the tests above say it."""
    with pytest.raises(FrameError) as caught:
        table_from_frame(frame, EDITION, regions=regions, **options)
    return [_Message((f.code, f.place, f.message)) for f in caught.value.faults]


class _Message(tuple[str, str, str]):
    """A fault that equals another whose message is a part of its own."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple) and self[:2] == other[:2] and other[2] in self[2]

    __hash__ = tuple.__hash__


def test_all_faults_of_a_wide_frame_at_once() -> None:
    frame = pandas_frame(table(6)).astype(object)
    frame = frame.rename(columns={"replication": "replikasion", "networks": "jejaring"})
    frame.loc[2, "regulation"] = 4
    frame.loc[5, "regulation"] = -1
    frame.loc[1, "human_resources"] = "tiga"
    frame.loc[3, "work_tools"] = None
    frame.loc[4, "region"] = "63.72"
    frame.loc[0, "affair"] = "Kesehatn"
    found = faults(frame)
    assert found == [
        ("missing-column", "", "'networks' (24 Jejaring inovasi)"),
        ("missing-column", "", "'replication' (31 Replikasi); is it 'replikasion'"),
        ("unknown-region", "column 'region', row 4", "did you mean '63.71'"),
        ("unknown-affair", "column 'affair', row 0", "did you mean 'Kesehatan'"),
        ("level-out-of-range", "column 'regulation', row 2", "level 4; allowed: 0 to 3"),
        ("level-out-of-range", "column 'regulation', row 5", "level -1; allowed: 0 to 3"),
        ("wrong-type", "column 'human_resources', row 1", "'tiga' is not a whole number"),
        ("empty-level", "column 'work_tools', row 3", "the level is empty"),
        ("unknown-column", "column 'jejaring'", "it is not expected"),
        ("unknown-column", "column 'replikasion'", "did you mean 'Replikasi' or 'replication'"),
    ]


def test_rows_are_counted_together() -> None:
    frame = pandas_frame(table(9)).assign(regulation=[4, 0, 4, 4, 0, 4, 5, 4, 4])
    assert faults(frame) == [
        ("level-out-of-range", "column 'regulation', rows 0, 2, 3 and 3 more", "level 4"),
        ("level-out-of-range", "column 'regulation', row 6", "level 5"),
    ]


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        (2.5, "wrong-type", "2.5 (a float) is not a whole number"),
        (float("inf"), "wrong-type", "inf (a float) is not a whole number"),
        (float("nan"), "empty-level", "the level is empty"),
        (None, "empty-level", "the level is empty"),
        ("", "empty-level", "the level is empty"),
        (" ", "empty-level", "the level is empty"),
        ("2.5", "wrong-type", "'2.5' is not a whole number"),
        ("1e400", "wrong-type", "'1e400' is not a whole number"),
        ("9" * 30, "wrong-type", "9' is out of range"),
        (-(1 << 64), "wrong-type", "-18446744073709551616 is out of range"),
        (True, "wrong-type", "True is a truth value"),
        (dt.date(2026, 1, 1), "wrong-type", "2026-01-01 is not a whole number"),
        ([1], "wrong-type", "is not a whole number"),
        (np.zeros(2), "wrong-type", "is not a whole number"),
        (Decimal("sNaN"), "wrong-type", "is not a whole number"),
    ],
)
def test_cells_that_are_no_level(value: Any, code: str, message: str) -> None:
    frame = pandas_frame(table(4)).astype({"regulation": object})
    frame["regulation"] = pd.Series([1, 2, value, 3], dtype=object)
    assert faults(frame) == [(code, "column 'regulation', row 2", message)]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1, None, 3]),
        pd.Series([1, None, 3], dtype="Int64"),
        pd.Series([1, pd.NA, 3], dtype=object),
        pd.Series(["1", None, "3"]),
        pd.Series(["1", "", "3"]),
        pl.Series([1, None, 3], dtype=pl.UInt8),
        pl.Series([1.0, float("nan"), 3.0]),
        pl.Series(["1", None, "3"]),
        pa.chunked_array([[1, None, 3]]),
        pa.chunked_array([["1", None, "3"]]),
        pa.chunked_array([pa.array([1, None, 3], pa.float64())]),
    ],
)
def test_empty_levels_are_refused_or_not_answered(column: Any) -> None:
    library = type(column).__module__.partition(".")[0]
    frame = to_frame(table(3), backend=library)
    if library == "pandas":
        frame["regulation"] = column
    elif library == "polars":
        frame = frame.with_columns(column.alias("regulation"))
    else:
        frame = frame.set_column(frame.column_names.index("regulation"), "regulation", column)
    assert faults(frame) == [("empty-level", "column 'regulation', row 1", "write 0 for")]
    found = table_from_frame(frame, EDITION, regions=REGION_FRAME, empty="zero")
    assert found.columns[0].tolist() == [1, 0, 3]


@pytest.mark.parametrize("make", [str, float])
def test_many_strange_values_are_cut(make: Callable[[float], object]) -> None:
    n = 50
    frame = pandas_frame(table(n)).astype({"regulation": object if make is str else float})
    frame["regulation"] = pd.Series([make(x + 0.5) for x in range(n)])
    found = faults(frame)
    assert len(found) == 21
    assert found[-1] == (
        "wrong-type",
        "column 'regulation', rows 20, 21, 22 and 27 more",
        "30 more values are not whole numbers",
    )


def test_many_unknown_regions_are_cut() -> None:
    frame = pandas_frame(table(50)).assign(region=[f"x{n}" for n in range(50)])
    found = faults(frame)
    assert len(found) == 21
    assert any(("unknown-region" in f[0]) and "30 more regions are unknown" in f[2] for f in found)


def test_unknown_regions_are_read_once_however_many_they_are() -> None:
    n = 300_000
    columns = {key: np.ones(n, np.uint8) for key in KEYS} | {"affair": np.full(n, "health")}
    frame = pd.DataFrame(columns | {"region": np.arange(n).astype(str)})
    start = time.process_time()
    assert len(faults(frame)) == 21
    assert time.process_time() - start < 6  # not a pass over the rows for each


@pytest.mark.parametrize("library", LIBRARIES)
def test_codes_as_decimal_numbers_are_refused(library: str) -> None:
    columns = dict(table(3).to_columns()) | {"region": np.array([63.1, 63.71, 63.1])}
    found = faults(to_frame(columns, backend=library))
    assert found == [("wrong-type", "column 'region'", "63.10 and 63.1 would be one")]
    below = dict(table(3).to_columns("regions")) | {"region": np.array([63.1, 63.71, 63.0])}
    found = faults(to_frame(table(3), backend=library), to_frame(below, backend=library))
    assert found[-1] == ("wrong-type", "regions, column 'region'", "read the column as text")


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), "dictionary"])
def test_text_of_arrow_that_is_not_utf8_is_refused(kind: Any) -> None:
    def broken(column: pa.ChunkedArray) -> pa.Array:
        texts = pa.array([f"{value}".encode() for value in column.to_pylist()[:-1]] + [b"\xff"])
        large = texts.cast(pa.large_binary()) if kind == pa.large_string() else texts
        if kind == "dictionary":
            places = pa.array(range(len(texts)))
            return pa.DictionaryArray.from_arrays(places, texts.view(pa.string()))
        return large.view(kind)

    frame = to_frame(table(3), backend="pyarrow")
    below = to_frame(table(3), "regions", backend="pyarrow")
    said = "the column holds text that is not UTF-8"
    for name in ("region", "affair", "regulation"):
        place = frame.column_names.index(name)
        changed = frame.set_column(place, name, broken(frame[name]))
        assert faults(changed, below) == [("not-unicode", f"column '{name}'", said)]
        with pytest.raises(FrameError, match=said):
            scores_from_frame(changed, EDITION, regions=below)
    for name in below.column_names:
        changed = below.set_column(below.column_names.index(name), name, broken(below[name]))
        assert faults(frame, changed) == [("not-unicode", f"regions, column '{name}'", said)]


def test_every_column_that_is_not_utf8_is_named_beside_what_was_found() -> None:
    broken = pa.array([b"a", b"b\xff"]).view(pa.string())
    frame = to_frame(table(2), backend="pyarrow")
    for name in ("affair", "networks"):
        frame = frame.set_column(frame.column_names.index(name), name, broken)
    below = {"region": frame["region"].to_pylist(), "region_points": [64, 5]}
    found = faults(frame, below)
    assert [(code, place) for code, place, _ in found] == [
        ("not-unicode", "column 'affair'"),
        ("not-unicode", "column 'networks'"),
        ("bad-points", "regions, column 'region_points', row 0"),
    ]


def test_a_region_that_is_empty() -> None:
    frame = pandas_frame(table(3)).assign(region=pd.Series(["63.71", None, ""]))
    assert faults(frame) == [("empty-region", "column 'region', rows 1, 2", "the region is empty")]


def test_empty_cells_of_the_nullable_types_of_pandas() -> None:
    below = pd.DataFrame(
        {
            "region": pd.Series(["1", None], dtype="string"),
            "region_points": pd.Series([51, None], dtype="Int64"),
        }
    )
    frame = pandas_frame(table(3)).assign(region=pd.Series([1, None, 1], dtype="Int64"))
    assert faults(frame, below) == [
        ("empty-region", "column 'region', row 1", "the region is empty"),
        ("empty-region", "regions, column 'region', row 1", "the code of the region is empty"),
        ("bad-points", "regions, column 'region_points', row 1", "are empty"),
    ]


def test_a_name_that_two_regions_have() -> None:
    below = REGION_FRAME.assign(name=["Kota Dua", "Kota Dua", "Kota Tiga"])
    frame = pandas_frame(table(3)).assign(region=["Kota Dua", "63.10", "kota tiga"])
    found = faults(frame, below)
    assert found == [("ambiguous-region", "column 'region', row 0", "of several; write the code")]


def test_only_the_first_thousand_faults_are_listed() -> None:
    below = {"region": np.full(2_000, "1", object), "region_points": np.full(2_000, 50)}
    with pytest.raises(FrameError) as caught:
        table_from_frame(pandas_frame(table(1)).assign(region="1"), EDITION, regions=below)
    found = caught.value.faults
    assert len(found) == 1_001
    assert {fault.code for fault in found[:-1]} == {"duplicate-region"}
    assert (found[-1].code, found[-1].message) == ("more-faults", "999 more faults are not listed")


def test_faults_of_the_regions() -> None:
    below = {
        "region": ["1", "1", "", "4", "5\n6"],
        "name": ["Kota A", "Kota B", "Kota C", "Kota D", "Kota E"],
        "kind": ["city", "kotta", "Kabupaten", "", "kota"],
        "region_points": [50, 64, None, 0.125, "banyak"],
    }
    frame = pandas_frame(table(2)).assign(region=["1", "4"])
    found = faults(frame, {name: np.array(v, object) for name, v in below.items()})
    assert found == [
        ("duplicate-region", "regions, column 'region', row 1", "a second row for region '1'"),
        ("empty-region", "regions, column 'region', row 2", "the code of the region is empty"),
        ("bad-region", "regions, column 'region', row 4", "control characters"),
        ("unknown-choice", "regions, column 'kind', row 1", "did you mean 'kota'"),
        ("bad-points", "regions, column 'region_points', row 1", "64 points; allowed: 0 to 63"),
        ("bad-points", "regions, column 'region_points', row 2", "are empty"),
        ("bad-points", "regions, column 'region_points', row 3", "not a whole number of hund"),
        ("bad-points", "regions, column 'region_points', row 4", "'banyak' is not a number"),
    ]


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ({"region": ["1"]}, "no column 'region_points', nor one for each of the 20 rows"),
        ({"region_points": [5]}, "there is no column 'region'"),
        (
            {"region": ["1"], "region_points": [5], "hdi_gain": [1]},
            "'region_points' is given, and so are 1 rows",
        ),
        ({"region": ["1"], "hdi_gain": [1]}, "there is no column 'hdi_level' (11b "),
        ({"region": ["1"], "region_points": [5], "luas": [5]}, "it is not expected"),
    ],
)
def test_columns_of_the_regions(columns: dict[str, Any], fault: str) -> None:
    frame = pandas_frame(table(1)).assign(region="1")
    assert any(fault in message for _, _, message in faults(frame, columns)), faults(frame, columns)


def test_columns_that_mean_the_same() -> None:
    frame = pandas_frame(table(2)).assign(Nama="x", name="y")
    frame["16"] = 1
    assert faults(frame) == [
        ("doubled-column", "column '16'", "it holds 'regulation', and so does column 'regulation'")
    ]


def test_headings_that_are_doubled() -> None:
    frame = pandas_frame(table(2))
    frame.columns = pd.Index(["region", *frame.columns[1:-1], "region"])
    assert faults(frame) == [("doubled-column", "", "'region' 2 times")]


def test_further_columns_are_passed_over_when_asked() -> None:
    expected = table(4)
    frame = pandas_frame(expected).assign(catatan="x", regulasi="y")
    assert faults(frame) == [
        ("unknown-column", "column 'catatan'", "drop it or pass unexpected='ignore'"),
        ("unknown-column", "column 'regulasi'", "did you mean 'regulation'"),
    ]
    found = table_from_frame(frame, EDITION, regions=REGION_FRAME, unexpected="ignore")
    assert_same(found, expected)


@pytest.mark.parametrize("option", ["empty", "unexpected", "basis"])
def test_options_are_chosen_among_few(option: str) -> None:
    given_option: dict[str, Any] = {option: "maybe"}
    with pytest.raises(UnknownChoiceError, match=r"unknown .* 'maybe'; known: "):
        table_from_frame(pandas_frame(table(2)), EDITION, regions=REGION_FRAME, **given_option)


def test_names_of_columns_that_do_not_exist() -> None:
    found = faults(pandas_frame(table(2)), columns={"regional": "x", "region": "wilayah"})
    assert found == [
        ("unknown-name", "", "there is nothing called 'regional'; did you mean 'region'"),
        ("missing-column", "", "there is no column 'wilayah', which should hold 'region'"),
    ]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_long_list_of_texts_and_a_hostile_heading(library: str) -> None:
    name = "<script>alert(1)</script>\n\x00\u202e" + "x" * 500
    frame = to_frame(dict(table(2).to_columns()) | {name: np.array(["a", "b"])}, backend=library)
    ((_, place, _),) = faults(frame)
    assert place.isprintable()
    assert len(place) < 100


@pytest.mark.parametrize("what", [[1], {"a": [1]}, None, "x", np.zeros(3)])
def test_what_is_no_frame_is_refused(what: Any) -> None:
    with pytest.raises(BadValueError, match=f"frame is a {type(what).__name__}; give a frame of"):
        table_from_frame(what, EDITION, regions=REGION_FRAME)


def test_a_lazy_frame_is_refused() -> None:
    with pytest.raises(BadValueError, match="collect\\(\\) the lazy frame first"):
        table_from_frame(to_frame(table(2), backend="polars").lazy(), EDITION, regions=REGION_FRAME)


def test_without_narwhals(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pandas_frame(table(2))
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(MissingExtraError, match="inovasi_index\\[frames\\]"):
        table_from_frame(frame, EDITION, regions=REGION_FRAME)


# --- codes ----------------------------------------------------------------------------------


@given(
    st.lists(st.one_of(st.integers(-3, 3), st.integers(-(2**62), 2**62)), max_size=50),
    st.booleans(),
)
def test_codes_number_what_occurs(values: list[int], far: bool) -> None:
    near = values if far else [v % 7 for v in values]
    codes, distinct = codes_of(np.array(near, np.int64))
    assert [distinct[n] for n in codes] == near
    assert distinct == sorted(set(near))


@given(points=st.lists(st.integers(0, 6300), min_size=3, max_size=3))
def test_points_stay_exact(points: list[int]) -> None:
    below: dict[str, Any] = {
        "region": [r.code for r in REGIONS],
        "region_points": np.array(points) / 100,
    }
    found = table_from_frame(pandas_frame(table(3)), EDITION, regions=below)
    assert found.region_hundredths.tolist() == points
    assert ii.score(found)["63"].parts.region_part == Fraction(points[2], 100)


def test_categories_of_a_session_that_knows_very_many() -> None:
    many = pl.Series([f"entah {n}" for n in range(5000)]).cast(pl.Categorical)
    expected = table(8)
    frame = to_frame(expected, backend="polars").with_columns(pl.col("region").cast(pl.Categorical))
    assert_same(table_from_frame(frame, EDITION, regions=REGION_FRAME), expected)
    last = nw.from_native(many.tail(3), series_only=True)
    codes, distinct = factorized(last)
    assert [distinct[code] for code in codes] == ["entah 4997", "entah 4998", "entah 4999"]


def test_a_long_frame_of_an_edition_without_affairs() -> None:
    edition = ii.load_edition("iid-2022")
    frame = pd.DataFrame(
        {"region": ["a"], "innovation": ["1"], "indicator": ["replication"], "level": [2]}
    )
    found = table_from_frame(frame, edition, regions={"region": ["a"], "region_points": [1]})
    assert found.columns.sum() == 2
    assert found.affair_of.tolist() == [-1]
