"""The index with other weights: research scores, in floating point."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from inovasi_index.errors import BadValueError
from inovasi_index.rules import Edition, Part
from inovasi_index.scoring.bands import bands_of
from inovasi_index.scoring.scores import Scores
from inovasi_index.weighting import Criteria, WeightingScheme, Weights
from inovasi_index.weighting.scheme import weights_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from inovasi_index.table import LevelTable

__all__ = ["WeightedScores", "weighted_score"]

# Rows whose levels are widened to floats at a time; keeps the memory small.
_BLOCK = 1 << 15

_PARTS = ("region", "maturity", "count")


@frozen(eq=False)
class WeightedScores:
    """Scores under other weights, with the structure of the official formula.

    The shares of the parts, the divisor and the count points stay official unless `shares`
    says otherwise; a scheme moves weight between the rows of a part. Nothing is rounded;
    bands are read off the index rounded to hundredths.

    Attributes
    ----------
    table : LevelTable
    weights : Weights
        Weights of the innovation rows, as shares of the maximum of a maturity.
    region_weights : Weights or None
        Weights of the region rows; `None` when the region part stayed official.
    shares : tuple of float or None
        Shares of region part, mean maturity and count in the index; `None` is official.

    References
    ----------
    .. [1] OECD/JRC (2008). *Handbook on Constructing Composite Indicators*, step 6, weighting
       and aggregation.
    """

    table: LevelTable
    weights: Weights
    region_weights: Weights | None = None
    shares: tuple[float, float, float] | None = None

    @property
    def edition(self) -> Edition:
        """The edition whose structure was kept."""
        return self.table.edition

    @cached_property
    def _official(self) -> Scores:
        return Scores.of(self.table)

    @cached_property
    def maturity(self) -> NDArray[np.float64]:
        """Maturity of each innovation in points, float64 (n_innovations,)."""
        most = self.edition.constant("maturity_max_hundredths") / 100
        return _weighted_sum(self.table.columns, _per_level(self, Part.INNOVATION) * most)

    @property
    def mean_maturity(self) -> NDArray[np.float64]:
        """Mean maturity of each region in points, float64 (n_regions,)."""
        n = len(self.table.regions)
        sums = np.bincount(self.table.region_of, weights=self.maturity, minlength=n)
        return sums / self._official.divisor

    @property
    def region_part(self) -> NDArray[np.float64]:
        """Points of the region part, float64 (n_regions,)."""
        if self.region_weights is None:
            return self.table.region_hundredths / 100
        if self.table.region_columns is None:
            raise BadValueError(
                "the region part came as points; its rows cannot be weighted otherwise"
            )
        most = self.edition.constant("region_max_hundredths") / 100
        return _weighted_sum(self.table.region_columns, _per_level(self, Part.REGION) * most)

    @cached_property
    def index(self) -> NDArray[np.float64]:
        """The index, not rounded, float64 (n_regions,)."""
        parts = np.stack(
            [self.region_part, self.mean_maturity, self._official.count_hundredths / 100]
        )
        most = _most_points(self.edition)
        shares = most / most.sum() if self.shares is None else np.array(self.shares)
        # A part of no points has no share.
        each = np.divide(shares, most, out=np.zeros(len(_PARTS)), where=most > 0)
        index: NDArray[np.float64] = 100 * each @ parts
        return index

    @property
    def index_hundredths(self) -> NDArray[np.int64]:
        """The index rounded half up to hundredths, int64 (n_regions,)."""
        # Sums of floats end a hair beside a half now and then: nine decimals settle it.
        return np.floor(np.round(self.index * 100, 7) + 0.5).astype(np.int64)

    @property
    def bands(self) -> NDArray[np.str_]:
        """Official name of the band of each region, str (n_regions,)."""
        return bands_of(self.edition, self.index_hundredths)

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row a region, ready for any data frame."""
        return {
            "region": np.array(self.table.region_codes, np.str_),
            "index": self.index,
            "band": self.bands,
            "region_part": self.region_part,
            "mean_maturity": self.mean_maturity,
            "count_points": self._official.count_hundredths / 100,
        }

    def __len__(self) -> int:
        """Return the number of regions."""
        return len(self.table.regions)

    def __repr__(self) -> str:
        return f"<WeightedScores {self.edition.id}: {len(self)} regions, {self.weights.scheme}>"


def _most_points(edition: Edition) -> NDArray[np.float64]:
    """Return the points of each part at most, in the order of the shares."""
    names = (f"{part}_max_hundredths" for part in _PARTS)
    return np.array(edition.constants(*names)) / 100


def _per_level(scores: WeightedScores, part: Part) -> NDArray[np.float64]:
    """Return the share of a part's maximum that one level of each row is worth."""
    weights = scores.weights if part is Part.INNOVATION else scores.region_weights
    tops = [row.top_level for row in scores.edition.part_indicators(part)]
    return (weights.values if weights is not None else np.zeros(len(tops))) / tops


def _weighted_sum(columns: NDArray[np.uint8], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    total = np.empty(columns.shape[1])
    for start in range(0, len(total), _BLOCK):
        block = slice(start, start + _BLOCK)
        np.matmul(weights, columns[:, block].astype(np.float64), out=total[block])
    return total


def weighted_score(
    table: LevelTable,
    *,
    scheme: WeightingScheme | None,
    region_scheme: WeightingScheme | None = None,
    shares: Sequence[float] | None = None,
) -> WeightedScores:
    """Score a table with the weights of a scheme; see `score`."""
    from inovasi_index.weighting import Official

    return WeightedScores(
        table=table,
        weights=_weigh(scheme or Official(), table, Part.INNOVATION),
        region_weights=None if region_scheme is None else _weigh(region_scheme, table, Part.REGION),
        shares=None if shares is None else _checked_shares(shares, table.edition),
    )


def _weigh(scheme: WeightingScheme, table: LevelTable, part: Part) -> Weights:
    columns = table.columns if part is Part.INNOVATION else table.region_columns
    if columns is None:
        raise BadValueError("the region part came as points; its rows cannot be weighted otherwise")
    criteria = Criteria.from_edition(table.edition, part)
    return weights_by(scheme, criteria, columns.T.astype(np.float64))


def _checked_shares(shares: Sequence[float], edition: Edition) -> tuple[float, float, float]:
    given = tuple(float(s) for s in shares)
    if len(given) != 3 or not all(0 <= s <= 1 for s in given) or abs(sum(given) - 1) > 1e-9:
        raise BadValueError(
            "shares are three numbers that are not negative and sum to 1 "
            f"(region part, mean maturity, count), not {shares!r}"
        )
    for part, share, most in zip(_PARTS, given, _most_points(edition), strict=True):
        if share and not most:
            raise BadValueError(f"{part} has no points in {edition.id}, so it can have no share")
    return given[0], given[1], given[2]
