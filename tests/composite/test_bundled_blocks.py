"""Steps over bundles of rows are the same steps over the rows, wherever a block ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pytest

from inovasi_index.composite.kernels.bundles import (
    across,
    blocks_and_results,
    blocks_and_rooms,
    down,
    down_products,
    row_blocks,
    widen,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Array: TypeAlias = Any

# One row, less than a bundle, a bundle and its neighbours, a block and its neighbours, several
# blocks, one column, more columns than a bundle is wide.
SHAPES = [
    *[(rows, 20) for rows in (1, 7, 50, 51, 52, 3263, 3264, 3265, 10_007)],
    *[(rows, 3) for rows in (340, 341, 342, 21_823, 21_824, 50_000)],
    *[(1, 1), (70_001, 1), (3, 1024), (5, 1025), (40, 5000)],
]
ORDERS: dict[str, Callable[[Array], Array]] = {
    "by row": np.ascontiguousarray,
    "by column": np.asfortranarray,
    "every other row": lambda table: np.repeat(table, 2, axis=0)[::2],
}


def table_of(shape: tuple[int, int]) -> Array:
    return np.random.default_rng(shape).integers(-50, 50, shape).astype(np.float64)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_reductions(shape: tuple[int, int], order: str) -> None:
    table = table_of(shape)
    total, squares, lows = np.zeros(shape[1]), np.zeros(shape[1]), []
    for block in row_blocks(ORDERS[order](table)):
        assert block.flags.c_contiguous
        total += down(block)
        squares += down_products(block, block)
        lows.append(down(block, np.minimum))
    # Sums of whole numbers are exact in any order.
    np.testing.assert_array_equal(total, table.sum(axis=0))
    np.testing.assert_array_equal(squares, (table**2).sum(axis=0))
    np.testing.assert_array_equal(np.min(lows, axis=0), table.min(axis=0))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_steps_with_one_value_a_column(shape: tuple[int, int], order: str) -> None:
    table = table_of(shape)
    given = ORDERS[order](table)
    values = np.arange(1.0, shape[1] + 1)
    wide, result = widen(values), np.empty(shape)
    for block, piece in blocks_and_results(given, result):
        across(np.subtract, block, wide, out=piece)
        across(np.multiply, piece, wide, out=piece)
    np.testing.assert_array_equal(result, (table - values) * values)
    np.testing.assert_array_equal(given, table)


def test_rooms_are_the_same_memory_for_every_block() -> None:
    rooms = [rooms for _, rooms in blocks_and_rooms(table_of((10_007, 20)), 2)]
    assert len(rooms) > 2
    for one, other in rooms:
        assert np.shares_memory(one, rooms[0][0])
        assert not np.shares_memory(one, other)
    assert sum(len(one) for one, _ in rooms) == 10_007


def test_whole_numbers_are_read_as_floats() -> None:
    blocks = list(row_blocks(np.ones((5, 2), dtype=np.uint8)))
    assert [block.dtype for block in blocks] == [np.float64]
