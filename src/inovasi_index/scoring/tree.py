"""The official index as a tree of nodes, for those who want to change its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.composite import CompositeIndex, Node, Refuse, WeightedSum
from inovasi_index.errors import BadValueError
from inovasi_index.rules import Part
from inovasi_index.table.kernels import level_counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from inovasi_index.rules import Edition
    from inovasi_index.scoring.scores import Scores

__all__ = ["index_tree", "tree_columns"]

_PART_NAMES = {Part.REGION: "region_part", Part.INNOVATION: "mean_maturity"}


def index_tree(edition: Edition) -> CompositeIndex:
    """Return the index of an edition as a tree: index → part → variable → row.

    A row of the innovation part holds the sum of its levels over the divisor, so that the
    tree computes what the formula says; `tree_columns` prepares the columns.

    Parameters
    ----------
    edition : Edition

    Raises
    ------
    IncompleteEditionError
        When a weight or the maximum was not found.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> tree = index_tree(ii.load_edition("iid-2026"))
    >>> [node.name for node in tree.root.children]
    ['region_part', 'mean_maturity', 'count_points']
    """
    point = 10_000 / edition.constant("total_max_hundredths")  # of the index, for a point
    parts = [_part(edition, part, point) for part in Part]
    count = Node("count_points", weight=point)
    return CompositeIndex(
        Node(
            "index",
            children=[*parts, count],
            aggregation=WeightedSum(),
            missing=Refuse(),
        )
    )


def _part(edition: Edition, part: Part, point: float) -> Node:
    rows = edition.part_indicators(part)
    weights = edition.weights_hundredths(part)
    leaves: dict[str, list[Node]] = {}
    for row, weight in zip(rows, weights, strict=True):
        variable = row.variable or "without variable"
        leaves.setdefault(variable, []).append(Node(row.key, weight=weight / 100))
    variables = [
        Node(
            f"{part.value}: {variable}",
            children=below,
            aggregation=WeightedSum(),
            missing=Refuse(),
        )
        for variable, below in leaves.items()
    ]
    return Node(
        _PART_NAMES[part],
        children=variables,
        weight=point,
        aggregation=WeightedSum(),
        missing=Refuse(),
    )


def tree_columns(scores: Scores) -> dict[str, NDArray[np.float64]]:
    """Return the columns that `index_tree` computes with, one value a region.

    Parameters
    ----------
    scores : Scores

    Returns
    -------
    dict of str to ndarray of float64, shape (n_regions,)
        Levels of the region rows; sums of levels over the divisor of the innovation rows;
        count points.

    Raises
    ------
    BadValueError
        When the region part came as points.
    """
    table, edition = scores.table, scores.edition
    if table.region_columns is None or not table.region_rows_known.all():
        raise BadValueError("the region part came as points; its rows are not known")
    tops = [row.top_level for row in edition.innovation_indicators]
    counts = level_counts(
        table.columns, table.region_of, n_owners=len(scores), n_levels=max(tops) + 1
    )
    mean_levels = counts @ np.arange(max(tops) + 1) / scores.divisor
    columns = dict(zip((r.key for r in edition.innovation_indicators), mean_levels, strict=True))
    for row, levels in zip(edition.region_indicators, table.region_columns, strict=True):
        columns[row.key] = levels.astype(np.float64)
    return columns | {"count_points": scores.count_hundredths / 100}
