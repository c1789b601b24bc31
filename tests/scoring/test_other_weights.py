"""Other weights keep the structure of the formula; the index is one of many trees."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import inovasi_index as ii
from inovasi_index.scoring.tree import index_tree, tree_columns
from inovasi_index.weighting import Criteria, Equal, Official, Weights

EDITION = ii.load_edition("iid-2026")


def table(seed: int = 1, n: int = 90, n_regions: int = 7) -> ii.LevelTable:
    rng = np.random.default_rng(seed)
    return ii.LevelTable.from_arrays(
        EDITION,
        rng.integers(0, 4, (n, 20)),
        region_of=rng.integers(0, n_regions, n),
        region_levels=rng.integers(0, 4, (n_regions, 20)),
        affair_of=rng.integers(-1, 7, n),
    )


class OneRow:
    """A scheme from elsewhere: everything on one row."""

    def __init__(self, key: str) -> None:
        self.key = key

    def weigh(self, criteria: Criteria, data: Any = None) -> Weights:
        assert data.shape[1] == len(criteria)
        return Weights(criteria.keys, [float(k == self.key) for k in criteria.keys], scheme="one")


@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 5, 90, 300]))
def test_official_weights_give_the_official_index(seed: int, n: int) -> None:
    given_ = table(seed, n)
    exact = ii.score(given_)
    weighted = ii.score(given_, scheme=Official(), region_scheme=Official())
    np.testing.assert_allclose(weighted.index, [float(one.exact) for one in exact], rtol=1e-12)
    np.testing.assert_allclose(weighted.maturity, exact.maturity, rtol=1e-12, atol=1e-12)
    assert (weighted.index_hundredths == exact.index_hundredths).all()
    assert (weighted.bands == exact.bands).all()


@given(st.integers(0, 2**32 - 1))
def test_the_tree_gives_the_official_index(seed: int) -> None:
    scores = ii.score(table(seed))
    result = index_tree(EDITION).compute(tree_columns(scores))
    np.testing.assert_allclose(result.root, [float(one.exact) for one in scores], rtol=1e-12)


def test_a_scheme_of_ones_own_moves_weight_inside_its_part() -> None:
    given_ = table()
    weighted = ii.score(given_, scheme=OneRow("replication"))
    column = [i.key for i in EDITION.innovation_indicators].index("replication")
    np.testing.assert_allclose(weighted.maturity, given_.levels[:, column] * 37.0)
    assert weighted.weights["replication"] == 1
    official = ii.score(given_)
    np.testing.assert_allclose(weighted.region_part, official.region_hundredths / 100)


def test_equal_weights_value_every_row_alike() -> None:
    full = ii.LevelTable.from_arrays(
        EDITION,
        np.full((200, 20), 3),
        region_of=np.zeros(200, int),
        region_levels=np.full((1, 20), 3),
        affair_of=np.arange(200) % 6,
    )
    scores = ii.score(full, scheme=Equal(), region_scheme=Equal())
    assert scores.index[0] == pytest.approx(100)
    assert scores.bands.tolist() == ["Sangat Inovatif"]
    assert scores.region_weights is not None
    assert scores.region_weights.values == pytest.approx(np.full(20, 0.05))
    assert len(scores) == 1
    assert list(scores.to_columns()) == [
        "region",
        "index",
        "band",
        "region_part",
        "mean_maturity",
        "count_points",
    ]


def test_shares_of_the_parts_can_be_told() -> None:
    given_ = table()
    only_maturity = ii.score(given_, shares=(0, 1, 0))
    official = ii.score(given_)
    np.testing.assert_allclose(only_maturity.index, official.mean_maturity / 111 * 100)
    same = ii.score(given_, shares=(63 / 250, 111 / 250, 76 / 250))
    np.testing.assert_allclose(same.index, [float(one.exact) for one in official])


@pytest.mark.parametrize("shares", [(1, 0), (0.5, 0.6, 0.1), (-0.5, 1, 0.5), (1, 1, 1)])
def test_bad_shares_are_refused(shares: Any) -> None:
    with pytest.raises(ii.errors.BadValueError, match="three numbers"):
        ii.score(table(), shares=shares)


def test_what_is_no_scheme_is_refused() -> None:
    with pytest.raises(ii.errors.BadValueError, match="no weighting scheme"):
        ii.score(table(), scheme="entropy")  # type: ignore[call-overload]

    class Other:
        def weigh(self, criteria: Criteria, data: Any = None) -> Weights:
            del criteria, data
            return Weights(("a",), [1.0], scheme="other")

    with pytest.raises(ii.errors.BadValueError, match="weights for other rows"):
        ii.score(table(), scheme=Other())


def test_region_points_have_no_rows_to_weigh() -> None:
    by_points = ii.LevelTable.from_arrays(
        EDITION,
        np.ones((3, 20), int),
        region_of=[0, 0, 0],
        region_points=[Decimal("48.25")],
        affair_of=[0, 1, 2],
    )
    with pytest.raises(ii.errors.BadValueError, match="came as points"):
        ii.score(by_points, region_scheme=Equal())
    with pytest.raises(ii.errors.BadValueError, match="came as points"):
        tree_columns(ii.score(by_points))
    assert ii.score(by_points, scheme=Equal()).region_part.tolist() == [48.25]
