"""A table from columns is the table from rows, whatever the columns are made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import inovasi_index as ii
from inovasi_index.errors import BadValueError
from inovasi_index.table import kernels

EXAMPLE = Path(__file__).parents[2] / "examples" / "kota-contoh.toml"
EDITION = ii.load_edition("iid-2026")
N_AFFAIRS = len(EDITION.affairs)
ARRAYS = ("columns", "region_of", "region_hundredths", "covered", "affair_of")


def owners(n: int, n_regions: int, seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    return {
        "region_of": rng.integers(0, n_regions, n),
        "region_levels": rng.integers(0, 4, (n_regions, 20)),
        "affair_of": rng.integers(-1, N_AFFAIRS, n),
    }


DTYPES = st.sampled_from(["u1", "i1", "u2", "i4", "i8", "f4", "f8"])


@given(n=st.integers(0, 30), dtypes=st.lists(DTYPES, min_size=20, max_size=20))
def test_columns_and_rows_make_the_same_table(n: int, dtypes: list[str]) -> None:
    levels = np.random.default_rng(n).integers(0, 4, (n, 20), dtype=np.uint8)
    others = owners(n, 3, n)
    by_row = ii.LevelTable.from_arrays(EDITION, levels, **others)
    columns = [column.astype(dtype) for column, dtype in zip(levels.T, dtypes, strict=True)]
    for given_columns in (columns, levels.T, levels.T.tolist()):
        by_column = ii.LevelTable.from_columns(EDITION, given_columns, **others)
        for name in ARRAYS:
            np.testing.assert_array_equal(getattr(by_column, name), getattr(by_row, name))
            assert getattr(by_column, name).dtype == getattr(by_row, name).dtype
        assert by_column.columns.flags.c_contiguous
        assert not by_column.columns.flags.writeable


def test_the_table_owns_its_levels() -> None:
    columns = np.ones((20, 5), np.uint8)
    table = ii.LevelTable.from_columns(EDITION, columns, **owners(5, 2, 0))
    columns[:] = 3
    assert (table.columns == 1).all()


def test_the_affairs_are_kept() -> None:
    others = owners(50, 2, 1)
    table = ii.LevelTable.from_columns(EDITION, np.zeros((20, 50), np.uint8), **others)
    np.testing.assert_array_equal(table.affair_of, others["affair_of"])


def test_the_affairs_of_submissions_are_kept() -> None:
    submission = ii.read_submission(EXAMPLE)
    table = ii.LevelTable.from_submissions([submission], EDITION, basis=ii.Basis.CLAIMED)
    assert [EDITION.affairs[n].key if n >= 0 else None for n in table.affair_of] == [
        i.affair for i in submission.innovations
    ]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (np.zeros((19, 2), int), "19 columns; iid-2026 needs 20"),
        (np.zeros(20, int), "needs \\(20, innovations\\)"),
        ([[0]] * 19 + [[0, 0]], "of one length each; their shapes are \\(1,\\), \\(2,\\)"),
        ([[[0]]] * 20, "of one length each; their shapes are \\(1, 1\\)"),
        ([[0]] * 19 + [[4]], "level 4 in row 0, quality_video; allowed: 0 to 3"),
        ([[0, -1]] * 20, "level -1 in row 1, regulation; allowed: 0 to 3"),
        ([[0, 256]] * 20, "level 256 in row 1, regulation"),
        ([[0]] * 19 + [[0.5]], "columns\\[19\\]\\[0\\] is 0.5"),
        ([[0]] * 19 + [["x"]], "columns\\[19\\] has dtype <U1"),
        ([[True]] * 20, "columns\\[0\\] has dtype bool"),
    ],
)
def test_bad_columns_are_refused(columns: Any, message: str) -> None:
    n = len(columns[0]) if np.ndim(columns[0]) else 0
    with pytest.raises(BadValueError, match=message):
        ii.LevelTable.from_columns(EDITION, columns, **owners(n, 1, 0))


@given(n=st.integers(0, 200), n_regions=st.integers(1, 4), block=st.integers(1, 64))
def test_affairs_covered_are_those_that_occur(n: int, n_regions: int, block: int) -> None:
    rng = np.random.default_rng(n)
    affair_of = rng.integers(-1, 5, n)
    region_of = rng.integers(0, n_regions, n)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "_CELLS", block)
        covered = kernels.affairs_covered(affair_of, region_of, n_regions, n_affairs=5)
    pairs = {(r, a) for r, a in zip(region_of.tolist(), affair_of.tolist(), strict=True) if a >= 0}
    assert set(zip(*map(np.ndarray.tolist, np.nonzero(covered)), strict=True)) == pairs
