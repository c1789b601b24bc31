"""Weights from a ranking of the indicators by importance."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from attrs import field, frozen

from inovasi_index.errors import Fault, FaultsError, near_misses
from inovasi_index.weighting.arguments import read_ranking
from inovasi_index.weighting.kernels import rank_orders
from inovasi_index.weighting.scheme import Weights, require_criteria

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inovasi_index.weighting.scheme import Criteria, FloatArray

__all__ = ["RankOrderCentroid", "RankReciprocal", "RankSum"]


def _places(given: Iterable[str | Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return read_ranking(given)


@frozen
class _RankWeights:
    """What weights from a ranking share: reading it, and handing out weights by place."""

    ranking: tuple[tuple[str, ...], ...] = field(converter=_places)

    _name: ClassVar[str]
    _of_places: ClassVar[staticmethod[[int], FloatArray]]

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:  # noqa: ARG002 -- protocol
        """Return the weights of the ranking.

        Raises
        ------
        FaultsError
            For keys that are unknown, missing or ranked twice, all together.
        """
        require_criteria(criteria)
        ranked = [key for place in self.ranking for key in place]
        faults = []
        for position, key in enumerate(ranked):
            if key not in criteria.keys:
                known = near_misses(key, criteria.keys)
                faults.append(Fault("unknown-indicator", key, f"no such indicator{known}"))
            elif key in ranked[:position]:
                faults.append(Fault("ranked-twice", key, "stands in the ranking more than once"))
        faults += [
            Fault("rank-missing", key, "does not stand in the ranking")
            for key in criteria.keys
            if key not in ranked
        ]
        if faults:
            raise FaultsError(f"{self._name} weights", tuple(faults))
        sizes = [len(place) for place in self.ranking if place]
        weights = rank_orders.mean_over_ties(self._of_places(len(ranked)), sizes)
        values = np.empty(len(criteria))
        values[[criteria.keys.index(key) for key in ranked]] = weights
        return Weights(criteria.keys, values, self._name)


@frozen
class RankOrderCentroid(_RankWeights):
    """Rank order centroid: the centre of all weights that agree with a ranking.

    ``w_r = (1/n) Σ_{k=r..n} 1/k``. Tied indicators share the mean of their places.

    Parameters
    ----------
    ranking : iterable of str, or of groups of str that are tied
        Most important first.

    References
    ----------
    F. H. Barron & B. E. Barrett (1996), Decision quality using ranked attribute weights,
    Management Science 42(11), 1515-1523, equation (3).

    Examples
    --------
    >>> from inovasi_index.weighting import Criteria, RankOrderCentroid
    >>> RankOrderCentroid(["b", "a", "c"]).weigh(Criteria.of(["a", "b", "c"]))
    <Weights rank order centroid: b 0.6111, a 0.2778, c 0.1111>
    """

    _name = "rank order centroid"
    _of_places = staticmethod(rank_orders.centroid)


@frozen
class RankSum(_RankWeights):
    """Rank sum weights: ``w_r = 2 (n + 1 - r) / (n (n + 1))``, falling in equal steps.

    Tied indicators share the mean of their places.

    Parameters
    ----------
    ranking : iterable of str, or of groups of str that are tied
        Most important first.

    References
    ----------
    W. G. Stillwell, D. A. Seaver & W. Edwards (1981), A comparison of weight approximation
    techniques in multiattribute utility decision making, Organizational Behavior and Human
    Performance 28(1), 62-77 (rank sum).

    Examples
    --------
    >>> from inovasi_index.weighting import Criteria, RankSum
    >>> RankSum(["b", "a", "c"]).weigh(Criteria.of(["a", "b", "c"]))
    <Weights rank sum: b 0.5000, a 0.3333, c 0.1667>
    """

    _name = "rank sum"
    _of_places = staticmethod(rank_orders.rank_sum)


@frozen
class RankReciprocal(_RankWeights):
    """Rank reciprocal weights: ``w_r = (1/r) / Σ_k 1/k``.

    Tied indicators share the mean of their places.

    Parameters
    ----------
    ranking : iterable of str, or of groups of str that are tied
        Most important first.

    References
    ----------
    W. G. Stillwell, D. A. Seaver & W. Edwards (1981), A comparison of weight approximation
    techniques in multiattribute utility decision making, Organizational Behavior and Human
    Performance 28(1), 62-77 (rank reciprocal).

    Examples
    --------
    >>> from inovasi_index.weighting import Criteria, RankReciprocal
    >>> RankReciprocal(["b", ("a", "c")]).weigh(Criteria.of(["a", "b", "c"]))
    <Weights rank reciprocal: b 0.5455, a 0.2273, c 0.2273>
    """

    _name = "rank reciprocal"
    _of_places = staticmethod(rank_orders.reciprocal)
