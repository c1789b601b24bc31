"""Data frames in the place of arrays: their columns go by their names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from inovasi_index.analysis.robustness import LinearScore, MethodGrid
from inovasi_index.errors import UnknownNameError
from inovasi_index.weighting import Criteria

COLUMNS = {"b": [1.0, 2.0], "a": [10.0, 40.0]}
METHODS: dict[str, Any] = {
    "normalisations": {"none": lambda x: x},
    "weightings": {"a more": [3, 1]},
    "aggregations": {"mean": lambda x, w: x @ w},
}
FRAMES: list[Any] = [pd.DataFrame(COLUMNS), pl.DataFrame(COLUMNS)]


@pytest.mark.parametrize("frame", FRAMES, ids=["pandas", "polars"])
def test_columns_go_by_the_names_of_the_indicators(frame: Any) -> None:
    score = LinearScore(frame, indicators=["a", "b"])
    assert score(np.eye(2)).tolist() == [[10.0, 40.0], [1.0, 2.0]]
    for named in ({"indicators": ["a", "b"]}, {"criteria": Criteria.of(["a", "b"])}):
        grid = MethodGrid(frame, **METHODS, **named)
        np.testing.assert_allclose(grid.evaluate().scores, [[7.75, 30.5]])


@pytest.mark.parametrize("frame", FRAMES, ids=["pandas", "polars"])
def test_columns_name_the_indicators(frame: Any) -> None:
    assert LinearScore(frame).indicators == ("b", "a")
    grid = MethodGrid(frame, **METHODS)
    assert grid.indicators == ("b", "a")
    np.testing.assert_allclose(grid.evaluate().scores, [[3.25, 11.5]])


def test_a_column_that_lacks_is_named() -> None:
    with pytest.raises(UnknownNameError, match="'c'"):
        LinearScore(FRAMES[0], indicators=["a", "c"])
    with pytest.raises(UnknownNameError, match="'c'"):
        MethodGrid(FRAMES[0], **METHODS, indicators=["a", "c"])
