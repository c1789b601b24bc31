"""Results as frames of three libraries: the same cells, labelled as asked."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import inovasi_index as ii
from inovasi_index.analysis.robustness import leave_one_out
from inovasi_index.datasets import NationalCount, national_counts, published_scores
from inovasi_index.errors import (
    BadValueError,
    IncompleteEditionError,
    MissingExtraError,
    UnknownNameError,
)
from inovasi_index.language import messages
from inovasi_index.records import Basis
from inovasi_index.reporting import to_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

LIBRARIES = ("pandas", "polars", "pyarrow")
EDITION = ii.load_edition("iid-2026")
EXAMPLE = ii.read_submission(Path(__file__).parents[2] / "examples" / "kota-contoh.toml")
SCORES = ii.score(EXAMPLE, EDITION)
GAPS = ii.gaps(EXAMPLE, EDITION)
BARE = ii.LevelTable.from_columns(
    EDITION,
    np.random.default_rng(3).integers(0, 4, (20, 9), dtype=np.uint8),
    region_of=[0, 1, 1, 0, 1, 1, 0, 0, 0],
    region_levels=np.ones((2, 20), int),
    affair_of=[*range(8), -1],
    regions=["63.71", "63.72"],
)

RESULTS: dict[str, Mapping[str, Any]] = {
    "regions": SCORES.to_columns("regions"),
    "innovations": SCORES.to_columns("innovations"),
    "agencies": SCORES.to_columns("agencies"),
    "gaps": GAPS.to_columns(),
    "gap table": ii.gaps(BARE).to_columns(),
    "levels": BARE.to_columns("levels"),
    "wide levels": BARE.to_columns("innovations"),
    "region rows": BARE.to_columns("regions"),
    "region points": SCORES.table.to_columns("regions"),
    "published": type(published_scores()[0]).to_columns(published_scores()),
    "counts": NationalCount.to_columns(national_counts()),
}


def cells(frame: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = nw.from_native(frame, eager_only=True).to_dict(as_series=False)
    return found


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", RESULTS)
def test_the_cells_of_a_frame_are_those_of_the_columns(library: str, name: str) -> None:
    columns = RESULTS[name]
    found = cells(to_frame(columns, backend=library))
    assert list(found) == list(columns)
    for key, values in columns.items():
        np.testing.assert_array_equal(found[key], values.tolist())


@pytest.mark.parametrize(
    ("backend", "kind"),
    [
        ("pandas", pd.DataFrame),
        ("Polars", pl.DataFrame),
        (pl, pl.DataFrame),
        (pa, pa.Table),
        (nw.Implementation.PANDAS, pd.DataFrame),
    ],
)
def test_a_library_is_named_in_three_ways(backend: Any, kind: type) -> None:
    assert isinstance(to_frame(SCORES, backend=backend), kind)


def test_pandas_is_the_default() -> None:
    assert isinstance(to_frame(SCORES), pd.DataFrame)


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("language", ["en", "id"])
def test_every_column_has_a_label_of_its_own(name: str, language: str) -> None:
    columns = RESULTS[name]
    labels = list(cells(to_frame(columns, language=language)))
    assert len(set(labels)) == len(columns)
    rows = {row.key for row in EDITION}
    unlabelled = {f"column.{c}" for c in columns if c not in rows} - set(messages())
    assert {c.replace("column.", "gap.") for c in unlabelled} <= set(messages())


def written_columns() -> set[str]:
    """Return the names that methods of the library give to columns, read from its source."""
    source = Path(ii.__file__).parent
    methods = [
        node
        for room in ("analysis/robustness", "scoring", "table")
        for path in sorted((source / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.endswith("_columns")
    ]
    dicts = [d for m in methods for d in ast.walk(m) if isinstance(d, ast.Dict)]
    keys = [key.value for d in dicts for key in d.keys if isinstance(key, ast.Constant)]
    return {key for key in keys if isinstance(key, str)}


def test_every_column_that_the_library_writes_has_a_label() -> None:
    columns = written_columns()
    assert {"mean_shift", "total_error", "divisor"} <= columns
    assert {name for name in columns if f"column.{name}" not in messages()} == set()


def test_labels_in_two_languages() -> None:
    english = list(cells(to_frame(SCORES, language="en")))
    indonesian = list(cells(to_frame(SCORES, language="id")))
    assert english[:4] == ["Region", "Index", "Band", "Region part"]
    assert indonesian[:4] == ["Daerah", "Indeks", "Predikat", "Satuan Pemerintah Daerah"]


def test_two_labels_that_are_alike_give_way_to_field_names() -> None:
    columns = {"mean_maturity": np.zeros(1), "Mean maturity": np.ones(1)}
    assert list(cells(to_frame(columns, language="en"))) == list(columns)


def test_names_stand_for_codes() -> None:
    found = cells(to_frame(SCORES, "innovations", names=True))
    assert set(found["region"]) == {"Kota Contoh"}
    offices = {a.id: a.name for a in EXAMPLE.agencies}
    assert found["agency"] == [offices[i.agency] for i in EXAMPLE.innovations]
    assert found["innovation"] == [i.id for i in EXAMPLE.innovations]


def test_agencies_are_those_of_their_own_region() -> None:
    def region(code: str, office: str) -> ii.Submission:
        return ii.Submission(
            ii.Region(code, f"Kota {code}", "city"),
            2026,
            agencies=[ii.Agency("a", office)],
            innovations=[ii.Innovation("1", "Sapa", "a")],
        )

    scores = ii.score([region("1", "Dinas Satu"), region("2", "Dinas Dua")], EDITION)
    assert cells(to_frame(scores, "innovations", names=True))["agency"] == [
        "Dinas Satu",
        "Dinas Dua",
    ]


def test_names_of_indicators_affairs_and_causes() -> None:
    long = cells(to_frame(BARE, "levels", names=True))
    assert long["indicator"][:20] == [row.name for row in EDITION.innovation_indicators]
    assert long["affair"][:20] == [EDITION.affairs[0].name] * 20
    assert long["affair"][-1] == ""
    assert long["region"][0] == "63.71"  # no name is known
    wide = cells(to_frame(BARE, names=True, language="id"))
    rows = [row.name for row in EDITION.innovation_indicators]
    assert list(wide) == ["Daerah", "Urusan pemerintahan", *rows]
    gaps = cells(to_frame(GAPS, names=True, language="id"))
    assert set(gaps["Bagian"]) <= {
        "Satuan Pemerintah Daerah",
        "Rata-rata kematangan",
        "Jumlah inovasi",
    }
    assert "diisi tanpa data dukung" in gaps["Penyebab"]
    offices = {a.id: a.name for a in EXAMPLE.agencies}
    by_id = dict(zip(GAPS.to_columns()["agency"].tolist(), gaps["Perangkat daerah"], strict=True))
    assert all(name == offices.get(agency, "") for agency, name in by_id.items())


def test_kinds_have_names() -> None:
    assert "Puskesmas" in cells(to_frame(SCORES, "agencies", names=True, language="id"))["Jenis"]


def test_names_of_ones_own() -> None:
    names = {"unit": {"63.71": "Kota Banjarmasin"}}
    columns = {"unit": np.array(["63.71", "63.72"]), "score": np.array([1.0, 2.0])}
    found = cells(to_frame(columns, names=names))
    assert found == {"unit": ["Kota Banjarmasin", "63.72"], "score": [1.0, 2.0]}


def test_names_of_ones_own_win_over_those_of_agencies() -> None:
    mine = {"agency": {"pkm-melati": "Melati"}}
    shown = cells(to_frame(SCORES, "innovations", names=mine))["agency"]
    offices = {a.id: a.name for a in EXAMPLE.agencies} | mine["agency"]
    assert shown == [offices[i.agency] for i in EXAMPLE.innovations]


def test_texts_of_several_lines_stay_whole() -> None:
    columns = {"note": np.array(["one\ntwo", "three"])}
    found = cells(to_frame(columns, names={"note": {"three": "3"}}))
    assert found == {"note": ["one\ntwo", "3"]}


def test_an_edition_names_what_a_result_does_not_know() -> None:
    result = leave_one_out(_Linear(), np.array([3.0, 2.0]))
    for edition in ("iid-2026", EDITION):
        found = cells(to_frame(result, names=True, edition=edition))
        assert found["without"][0] == EDITION["regulation"].name


class _Linear:
    indicators = ("regulation", "replication")
    units = ("a", "b")
    n_units = 2

    def __call__(self, weights: Any) -> Any:
        return np.asarray(weights) @ np.array([[1.0, 0.0], [0.0, 1.0]])


def test_rows_of_a_data_set_make_a_frame() -> None:
    counts = national_counts()
    assert cells(to_frame(counts))["year"] == [row.year for row in counts]


@pytest.mark.parametrize(
    ("result", "what", "message"),
    [
        (SCORES, "cities", "give 'regions', 'innovations' or 'agencies'"),
        (BARE, "cities", "give 'innovations', 'levels' or 'regions'"),
        (GAPS, "regions", "Gaps is one table, and has none 'regions'"),
        (EXAMPLE, None, "an object of type Submission has no columns"),
        ("regions", None, "an object of type str has no columns"),
        ([], None, "rows of one data set"),
        ([EXAMPLE, EDITION], None, "rows of one data set"),
    ],
)
def test_what_has_no_columns_is_refused(result: Any, what: str | None, message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        to_frame(result, what)


def test_a_band_that_no_source_decides_is_refused_and_can_be_supplied() -> None:
    ahead = attrs.evolve(EXAMPLE, year=2027)
    edition = ii.load_edition("iid-2027")
    with pytest.raises(IncompleteEditionError, match=r"edition\.supply"):
        to_frame(ii.score(ahead, edition))
    bands = {"less_innovative": "0.01", "innovative": "40.01", "very_innovative": "65.01"}
    found = cells(to_frame(ii.score(ahead, edition.supply(bands=bands))))
    assert found["band"] == ["Inovatif"]


@pytest.mark.parametrize("backend", ["panda", "duckdb", np])
def test_an_unknown_library_is_refused(backend: Any) -> None:
    with pytest.raises(UnknownNameError, match="library of data frames"):
        to_frame(SCORES, backend=backend)


def test_a_library_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "modin", None)
    with pytest.raises(MissingExtraError, match="pip install modin"):
        to_frame(SCORES, backend="modin")


def test_without_narwhals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(MissingExtraError, match="inovasi_index\\[frames\\]"):
        to_frame(SCORES)


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_levels_are_handed_on_without_a_copy(library: str) -> None:
    columns = {row.key: BARE.to_columns()[row.key] for row in EDITION.innovation_indicators}
    frame = nw.from_native(to_frame(columns, backend=library), eager_only=True)
    assert all(np.shares_memory(frame[key].to_numpy(), BARE.columns) for key in columns)


def test_a_frame_that_is_changed_leaves_the_scores_alone() -> None:
    scores = ii.score(EXAMPLE, EDITION)
    before = {name: values.copy() for name, values in scores.to_columns().items()}
    frame = to_frame(scores)
    for name in frame.columns:
        frame.loc[0, name] = frame[name].iloc[0] * 2
    changed = to_frame(scores, backend="polars")
    changed[0, "divisor"] = 1
    for name, values in scores.to_columns().items():
        np.testing.assert_array_equal(values, before[name])


@pytest.mark.parametrize("basis", Basis)
def test_a_level_table_of_a_submission_as_a_frame(basis: Basis) -> None:
    table = ii.LevelTable.from_submissions([EXAMPLE], EDITION, basis=basis)
    found = cells(to_frame(table))
    assert found["innovation"] == [i.id for i in EXAMPLE.innovations]
    assert found["affair"] == [i.affair or "" for i in EXAMPLE.innovations]
    assert found["regulation"] == table.columns[0].tolist()
    long = cells(to_frame(table, "levels"))
    assert len(long["level"]) == 20 * len(EXAMPLE.innovations)
    assert long["level"][:20] == table.levels[0].tolist()
