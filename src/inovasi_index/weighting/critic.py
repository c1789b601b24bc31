"""CRITIC: weights from spread and from conflict with the other indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from inovasi_index.errors import Choice
from inovasi_index.weighting.kernels import correlation as kernels
from inovasi_index.weighting.kernels import passes
from inovasi_index.weighting.table_checks import checked

if TYPE_CHECKING:
    from inovasi_index.weighting.scheme import Criteria, FloatArray, Weights

__all__ = ["Correlation", "Critic"]

# A correlation is known to about this much; less conflict than that is none.
_NO_CONFLICT = 1e-13


class Correlation(Choice):
    """How the agreement of two indicators is measured.

    ``PEARSON``: linear correlation of the values. ``SPEARMAN``: of their ranks, ties
    sharing their mean rank.
    """

    PEARSON = "Pearson"
    SPEARMAN = "Spearman"


@frozen
class Critic:
    """CRITIC: criteria importance through intercriteria correlation.

    Of min-max normalised values (reversed for a cost) with standard deviation σ and
    correlations r, ``Cⱼ = σⱼ Σ_k (1 - r_jk)`` and ``w ∝ C``. Whether σ divides by m or
    m - 1 makes no difference, nor does the unit of an indicator.

    A constant indicator gets 0 and takes no part in the conflict of the others. Indicators
    that all agree perfectly (or a single one) have no conflict and weigh the same.
    Details: ``"information"``, C with the population deviation, shape (n,);
    ``"correlation"``, shape (indicators that vary, ditto).

    Parameters
    ----------
    correlation : Correlation

    References
    ----------
    D. Diakoulaki, G. Mavrotas & L. Papayannakis (1995), Determining objective weights in
    multiple criteria problems: the CRITIC method, Computers & Operations Research 22(7),
    763-770 (C as above; the paper uses Pearson's and mentions rank correlation).

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Criteria, Critic
    >>> data = np.array([[0, 1, 0], [1, 0, 3], [2, 2, 0]])
    >>> Critic().weigh(Criteria.of(["a", "b", "c"]), data)
    <Weights CRITIC (Pearson): c 0.4612, b 0.3297, a 0.2090>
    """

    correlation: Correlation = field(default=Correlation.PEARSON, converter=Correlation)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n).

        Raises
        ------
        BadValueError
            Without data, and for values that are missing or infinite.
        """
        table = checked(f"CRITIC ({self.correlation})", criteria, data)
        covariances, varies = table.covariances()
        if not varies.any():
            return table.weigh(np.empty(0), of=varies, called="information")
        deviation = np.sqrt(np.diagonal(covariances)) / table.ranges[varies]
        if self.correlation is Correlation.SPEARMAN:
            ranks = kernels.ranks(table.columns(varies))
            middle = np.full(len(ranks), (len(table.values) - 1) / 2)
            covariances = passes.cross_products(ranks.T, middle)
        agreement = kernels.correlations(covariances)
        conflict = kernels.conflict(agreement, criteria.directions[varies].astype(np.float64))
        conflict[conflict < _NO_CONFLICT * len(conflict)] = 0.0
        return table.weigh(
            deviation * conflict,
            of=varies,
            called="information",
            details={"correlation": agreement},
        )
