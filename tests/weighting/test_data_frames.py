"""Schemes that weigh the columns of a data frame."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from inovasi_index.errors import UnknownNameError
from inovasi_index.weighting import Criteria, Entropy, Equal, Nested


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_columns_of_a_data_frame_go_by_their_names(kind: str) -> None:
    columns = {"name": ["x", "y"], "b": [1.0, 1.0], "a": [1.0, 9.0]}
    frame: Any = {
        "pandas": pd.DataFrame,
        "polars": pl.DataFrame,
        "pyarrow": pa.table,
    }[kind](columns)
    for scheme in (Entropy(), Nested("group", between=Equal(), inside=Entropy())):
        weights = scheme.weigh(Criteria.of("ab", groups=["x", "x"]), frame)
        assert weights.to_dict() == {"a": 1.0, "b": 0.0}
    with pytest.raises(UnknownNameError, match=r"unknown column \(entropy\) 'c'"):
        Entropy().weigh(Criteria.of("abc"), frame)


def test_columns_of_a_data_frame_with_other_names_go_by_their_order() -> None:
    frame: Any = pd.DataFrame({"first": [1.0, 9.0], "second": [1.0, 1.0]})
    assert Entropy().weigh(Criteria.of("ab"), frame).to_dict() == {"a": 1.0, "b": 0.0}
