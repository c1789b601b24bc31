"""The regional innovation index as a function of weights, and of levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from inovasi_index.analysis.robustness.checking import (
    checked_numbers,
    exact_fractions,
    items_of,
    require_kind,
)
from inovasi_index.analysis.robustness.scores import LinearScore
from inovasi_index.composite.arrays import as_array
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError, UnknownChoiceError
from inovasi_index.rules.edition import Part
from inovasi_index.scoring.scores import Scores
from inovasi_index.table import LevelTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from inovasi_index.analysis.robustness.kernels.arrays import FloatArray, IntArray

__all__ = ["IndexOfLevels", "index_of_weights"]


def _level_sums(table: LevelTable) -> IntArray:
    """Return the sum of the levels of each region in each row, int64 (n_regions, n_rows)."""
    n = len(table.regions)
    sums = [np.bincount(table.region_of, weights=column, minlength=n) for column in table.columns]
    return np.array(sums, dtype=np.int64).T


def index_of_weights(
    table: LevelTable,
    parts: Iterable[Part] = (Part.REGION, Part.INNOVATION),
    *,
    exact: bool = False,
) -> LinearScore:
    """Return the index before rounding, as a linear function of the weights of the rows.

    The structure of the official formula stays: the divisor, the points for the number of
    innovations, and the sum of points of the parts that are weighted. A weight is a share
    of that sum; the weights of all rows sum to 1. The official weights are those of
    `inovasi_index.weighting.Official`; to keep the share of each part, draw them with
    `PartWeights`.

    Parameters
    ----------
    table : LevelTable
    parts : iterable of Part
        What is weighted; the points of the other part stay as they are.
    exact : bool
        Whether the values are exact fractions, for exact weight intervals.

    Returns
    -------
    LinearScore
        With one unit a region, 0 to 100.

    Raises
    ------
    BadValueError
        When the region part came as points and is to be weighted.
    UnknownChoiceError
        For a part that is none.
    IncompleteEditionError
        When the edition lacks a constant of the formula.

    References
    ----------
    The formula of the edition: ``index = (region part + mean maturity + count) / total × 100``.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.rules import Part
    >>> edition = ii.load_edition("iid-2026")
    >>> table = ii.LevelTable.from_arrays(
    ...     edition, np.full((200, 20), 3), region_of=np.zeros(200, int),
    ...     region_levels=np.full((1, 20), 2), affair_of=np.arange(200) % 6)
    >>> score = index_of_weights(table, [Part.INNOVATION])
    >>> score(np.full((1, 20), 1 / 20)).round(2), ii.score(table).index
    (array([[91.6]]), array([91.6]))
    """
    require_kind(table, LevelTable, what="table")
    given = items_of(parts, what="parts")
    for part in given:
        if not isinstance(part, str) or part not in set(Part):
            raise UnknownChoiceError.of("part", part, [known.value for known in Part])
    scores = Scores.of(table)
    edition = table.edition
    weighted = [part for part in Part if part in given]
    if not weighted:
        raise BadValueError("there is no part to weight")
    number = exact_fractions if exact else lambda array: np.asarray(array, dtype=np.float64)
    total = number(np.array(edition.constant("total_max_hundredths")))
    divisor = number(scores.divisor)
    points = {
        Part.REGION: number(scores.region_hundredths),
        Part.INNOVATION: number(scores.maturity_sum_hundredths) / divisor,
    }
    names = {
        Part.REGION: "region_max_hundredths",
        Part.INNOVATION: "maturity_max_hundredths",
    }
    most = sum(edition.constant(names[part]) for part in weighted)
    columns = []
    for part in weighted:
        tops = number(np.array([row.top_level for row in edition.part_indicators(part)]))
        if part is Part.INNOVATION:
            levels = number(_level_sums(table)) / divisor[:, None]
        elif table.region_columns is None:
            raise BadValueError(
                "the region part came as points; its rows cannot be weighted otherwise"
            )
        else:
            levels = number(table.region_columns.T)
        columns.append(levels / tops)
    fixed = number(scores.count_hundredths)
    for part in points.keys() - set(weighted):
        fixed = fixed + points[part]
    return LinearScore(
        np.concatenate(columns, axis=1) * (most * 100) / total,
        offset=fixed * 100 / total,
        units=table.region_codes,
        indicators=[row.key for part in weighted for row in edition.part_indicators(part)],
    )


@frozen(eq=False, repr=False)
class IndexOfLevels:
    """The index before rounding, as a function of the levels of all innovations.

    For `UncertainLevels`: the divisor, the count points and the region part stay.

    Attributes
    ----------
    region_of : ndarray of intp, shape (n_innovations,)
    fixed : ndarray of float64, shape (n_regions,)
        Region part and count points, in points of the index.
    per_point : ndarray of float64, shape (n_regions,)
        Points of the index for a maturity of one innovation at its greatest.
    tops : ndarray of float64, shape (n_rows,)
        Top level of each row.

    Raises
    ------
    BadValueError
        For arrays that do not fit each other, regions that are none, and tops that are not
        positive.
    FaultsError
        Naming every value that is not finite.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.robustness import FixedWeights, Survival, UncertainLevels
    >>> from inovasi_index.rules import Part
    >>> edition = ii.load_edition("iid-2026")
    >>> table = ii.LevelTable.from_arrays(
    ...     edition, np.full((200, 20), 3), region_of=np.zeros(200, int),
    ...     region_levels=np.full((1, 20), 3), affair_of=np.arange(200) % 6)
    >>> weights = FixedWeights(edition.weights_hundredths(Part.INNOVATION))
    >>> UncertainLevels(
    ...     table.levels, Survival(0.9), weights, score=IndexOfLevels.of(table),
    ...     units=table.region_codes,
    ... ).nominal()
    array([100.])
    """

    region_of: IntArray
    fixed: FloatArray
    per_point: FloatArray
    tops: FloatArray

    def __attrs_post_init__(self) -> None:
        fixed = checked_numbers(self.fixed, (None,), what="fixed", axes=(None,))
        per_point = checked_numbers(self.per_point, fixed.shape, what="per_point", axes=(None,))
        tops = checked_numbers(self.tops, (None,), what="tops", axes=(None,))
        if not (tops.size and (tops > 0).all()):
            raise BadValueError("tops must be positive, one a row")
        region_of = as_array(self.region_of, what="region_of")
        if region_of.ndim != 1 or region_of.dtype.kind not in "iu":
            raise BadValueError("region_of must be whole numbers, one an innovation")
        if region_of.size and not (region_of.min() >= 0 and region_of.max() < len(fixed)):
            raise BadValueError(f"region_of must be positions of the {len(fixed)} regions")
        for name, value in (("fixed", fixed), ("per_point", per_point), ("tops", tops)):
            object.__setattr__(self, name, value.astype(np.float64, copy=False))
        object.__setattr__(self, "region_of", region_of)

    @classmethod
    def of(cls, table: LevelTable) -> IndexOfLevels:
        """Return the function for a table.

        Raises
        ------
        IncompleteEditionError
            When the edition lacks a constant of the formula.
        """
        require_kind(table, LevelTable, what="table")
        scores = Scores.of(table)
        edition = table.edition
        total = edition.constant("total_max_hundredths")
        most = edition.constant("maturity_max_hundredths")
        return cls(
            region_of=table.region_of,
            fixed=(scores.region_hundredths + scores.count_hundredths) * 100 / total,
            per_point=100 * most / total / scores.divisor,
            tops=np.array([row.top_level for row in edition.innovation_indicators], np.float64),
        )

    def __call__(self, levels: NDArray[np.uint8], weights: FloatArray) -> FloatArray:
        """Return the index of each region.

        Parameters
        ----------
        levels : ndarray of uint8, shape (n_innovations, n_rows)
        weights : ndarray of float64, shape (n_rows,)
            Shares of the greatest maturity that the top level of each row is worth.

        Returns
        -------
        ndarray of float64, shape (n_regions,)

        Raises
        ------
        BadValueError
            For arrays of other shapes.
        """
        shape = len(self.region_of), len(self.tops)
        if getattr(levels, "shape", None) != shape or getattr(weights, "shape", None) != shape[1:]:
            raise BadValueError(
                f"levels and weights must be arrays of shapes {shape} and {shape[1:]}, not "
                f"{shown(levels)} and {shown(weights)}"
            )
        maturity = levels @ (weights / self.tops)
        sums = np.bincount(self.region_of, weights=maturity, minlength=len(self.fixed))
        return np.asarray(self.fixed + self.per_point * sums)
