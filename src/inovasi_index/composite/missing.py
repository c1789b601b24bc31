"""What a node of an index does about missing values. There is no default: one has to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import Table, read_number
from inovasi_index.errors import BadValueError, Choice

if TYPE_CHECKING:
    from inovasi_index.composite.arrays import BoolArray, FloatArray

__all__ = ["Completed", "MissingRule", "Refuse", "Renormalise", "Share", "Zero"]


@frozen(eq=False)
class Completed:
    """Values that an aggregation can take, and what was done to get them.

    Attributes
    ----------
    values : ndarray of float64, shape (rows, k)
        Without NaN. What stands in a place that does not count does not matter.
    weights : ndarray of float64, shape (k,) or (rows, k)
    changed : ndarray of bool, shape (rows,)
        Rows that had missing values and have a result all the same.
    unscored : ndarray of bool, shape (rows,)
        Rows whose result is missing.
    """

    values: FloatArray
    weights: FloatArray
    changed: BoolArray
    unscored: BoolArray


@runtime_checkable
class MissingRule(Protocol):
    """Anything that can decide about missing values.

    Attributes
    ----------
    weighs_rows : bool
        Whether weights may come to differ by row, which not every aggregation can use.
    """

    weighs_rows: ClassVar[bool]

    def complete(self, table: Table, weights: FloatArray) -> Completed:
        """Return values without NaN, with their weights.

        Parameters
        ----------
        table : Table
            With NaN in at least one place.
        weights : ndarray of float64, shape (k,)
        """
        ...


@frozen
class Refuse:
    """Missing values are an error that names each of them.

    Examples
    --------
    >>> from inovasi_index.composite import Arithmetic, CompositeIndex, Node
    >>> root = Node("r", children=[Node("a")], aggregation=Arithmetic(), missing=Refuse())
    >>> CompositeIndex(root).compute({"a": [1.0, float("nan")]})
    Traceback (most recent call last):
        ...
    inovasi_index.errors.FaultsError: r: 1 fault
      row 1, a: nan: a value is missing, and the rule is to refuse that [missing]
    """

    weighs_rows: ClassVar[bool] = False

    def complete(self, table: Table, weights: FloatArray) -> Completed:
        """Raise an error.

        Raises
        ------
        FaultsError
            For each missing value, by row and column.
        """
        gaps = np.isnan(table.values)
        table.require_complete("a value is missing, and the rule is to refuse that")
        none = np.zeros(len(gaps), dtype=np.bool_)
        return Completed(table.values, weights, none, none)


@frozen
class Zero:
    """A missing value counts as 0, after normalisation.

    This is how a region that reports nothing earns nothing.
    """

    weighs_rows: ClassVar[bool] = False

    def complete(self, table: Table, weights: FloatArray) -> Completed:
        """Return the values with 0 in place of NaN."""
        gaps = np.isnan(table.values)
        none = np.zeros(len(gaps), dtype=np.bool_)
        return Completed(
            np.where(gaps, 0.0, table.values), weights, np.asarray(gaps.any(axis=1)), none
        )


class Share(Choice):
    """What a share of the values present is a share of: the weights, or the count."""

    WEIGHT = "weight"
    COUNT = "count"


@frozen
class Renormalise:
    """The values present stand for the missing ones, if there are enough of them.

    The weights of the values present are raised in proportion, so that their sum stays the
    same. A row in which fewer are present than the threshold asks for, or none with a
    weight, has no result, and is then a missing value of the node above.

    Attributes
    ----------
    threshold : float
        The share that must be present, above 0 and up to 1.
    of : Share
        Whether the share is one of the weights or of the number of values.

    Examples
    --------
    >>> from inovasi_index.composite import Arithmetic, CompositeIndex, Node
    >>> leaves = [Node("a"), Node("b"), Node("c")]
    >>> rule = Renormalise(0.5)
    >>> root = Node("r", children=leaves, aggregation=Arithmetic(), missing=rule)
    >>> nan = float("nan")
    >>> result = CompositeIndex(root).compute({"a": [1, 1], "b": [3, nan], "c": [nan, nan]})
    >>> result.scores["r"]
    array([ 2., nan])
    """

    threshold: float
    of: Share = field(default=Share.WEIGHT, converter=Share, kw_only=True)

    weighs_rows: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        threshold = read_number(self.threshold, what="threshold", above=0)
        if threshold > 1:
            raise BadValueError(f"threshold: {threshold:g}; a share is at most 1")
        object.__setattr__(self, "threshold", threshold)

    def complete(self, table: Table, weights: FloatArray) -> Completed:
        """Return the values with weights by row, 0 where a value is missing."""
        gaps = np.isnan(table.values)
        present = np.where(gaps, 0.0, weights)
        total = weights.sum()
        left = present.sum(axis=1)
        if self.of is Share.WEIGHT:
            share = left / total
        else:
            share = (present > 0).sum(axis=1) / (weights > 0).sum()
        # A share may miss the threshold that it reaches by the rounding of a sum.
        unscored = (share < self.threshold - 1e-12) | (left == 0)
        changed = gaps.any(axis=1) & ~unscored
        by_row = np.where(
            unscored[:, None], weights, present * (total / np.where(left == 0, 1.0, left))[:, None]
        )
        return Completed(
            np.where(gaps | unscored[:, None], 1.0, table.values), by_row, changed, unscored
        )
