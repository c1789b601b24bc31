"""CILOS and IDOCRIW: weights from what is lost elsewhere where an indicator is best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from inovasi_index.errors import Choice
from inovasi_index.weighting.kernels import cilos as kernels
from inovasi_index.weighting.spreads import divergence_of
from inovasi_index.weighting.table_checks import CheckedTable, checked

if TYPE_CHECKING:
    from inovasi_index.weighting.kernels.passes import BoolArray
    from inovasi_index.weighting.scheme import Criteria, FloatArray, Weights

__all__ = ["BestRows", "Cilos", "Idocriw"]


class BestRows(Choice):
    """Which row counts when an indicator is best in several.

    ``MEAN``: the mean over all of them, so that the order of the rows does not matter.
    ``FIRST``: the first. The literature has no rule: its examples have one best row.
    """

    MEAN = "mean of best rows"
    FIRST = "first best row"


@frozen
class Cilos:
    """CILOS: criterion impact loss.

    A cost is turned into a benefit, ``min / x``. In the row where indicator i is best,
    indicator j loses ``pᵢⱼ = (xⱼⱼ - xᵢⱼ) / xⱼⱼ`` of its own best. With
    ``F = P - diag(Σᵢ pᵢⱼ)``, the weights solve ``F q = 0``: the less others' best rows cost
    an indicator, the more it weighs. The unit of an indicator makes no difference.

    A constant indicator never loses anything and would take all weight; it is left out and
    gets 0, with a note. Where the solution is not unique the projection of equal weights on
    all solutions is taken, with a note. Details: ``"impact"``, q, shape (n,); ``"losses"``,
    P of the indicators that vary.

    Parameters
    ----------
    best_rows : BestRows
        Tie rule.

    References
    ----------
    E. K. Zavadskas & V. Podvezko (2016), Integrated determination of objective criteria
    weights in MCDM, International Journal of Information Technology & Decision Making 15(2),
    267-283 (criterion impact loss).

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Cilos, Criteria
    >>> Cilos().weigh(Criteria.of(["a", "b"]), np.array([[4, 1], [1, 2]]))
    <Weights CILOS (mean of best rows): b 0.6000, a 0.4000>
    """

    best_rows: BestRows = field(default=BestRows.MEAN, converter=BestRows)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n): benefits not negative, costs positive.

        Raises
        ------
        BadValueError
            Without data, and for values that are missing, infinite or out of the range.
        """
        table = checked(f"CILOS ({self.best_rows})", criteria, data)
        impact, varies, notes, losses = _impact(table, self.best_rows)
        return table.weigh(
            impact, of=varies, called="impact", notes=notes, details={"losses": losses}
        )


@frozen
class Idocriw:
    """IDOCRIW: entropy weights times CILOS weights, ``w ∝ w_entropy q``.

    Entropy prefers what varies, CILOS what does not suffer from others; the product takes
    both. A constant indicator gets 0. Details: ``"product"``, shape (n,).

    Parameters
    ----------
    best_rows : BestRows
        Tie rule of CILOS.

    References
    ----------
    E. K. Zavadskas & V. Podvezko (2016), Integrated determination of objective criteria
    weights in MCDM, International Journal of Information Technology & Decision Making 15(2),
    267-283 (integrated determination of objective criteria weights).

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Criteria, Idocriw
    >>> Idocriw().weigh(Criteria.of(["a", "b"]), np.array([[4, 1], [1, 2]]))
    <Weights IDOCRIW (mean of best rows): a 0.6941, b 0.3059>
    """

    best_rows: BestRows = field(default=BestRows.MEAN, converter=BestRows)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n): benefits not negative, costs positive.

        Raises
        ------
        BadValueError
            Without data, and for values that are missing, infinite or out of the range.
        """
        table = checked(f"IDOCRIW ({self.best_rows})", criteria, data)
        impact, varies, notes, _ = _impact(table, self.best_rows)
        divergence, uneven = divergence_of(table)
        impact = impact[uneven[varies]]  # some vary, but are too small for a distribution
        # Both are scaled first, so that a product of small numbers does not vanish.
        largest = float(divergence.max(initial=0.0)) or 1.0
        return table.weigh(
            impact * (divergence / largest), of=uneven, called="product", notes=notes
        )


def _impact(
    table: CheckedTable, best_rows: BestRows
) -> tuple[FloatArray, BoolArray, tuple[str, ...], FloatArray]:
    costs = table.criteria.directions < 0
    low, high = table.extremes
    table.require(
        np.where(costs, low > 0, low >= 0),
        "values must not be negative, and those of a cost must be positive",
    )
    varies = table.varies
    if not varies.any():
        return np.empty(0), varies, (), np.empty((0, 0))
    best = np.where(costs, low, high)[varies]
    losses = kernels.impact_losses(
        table.columns(varies), best, costs[varies], first_only=best_rows is BestRows.FIRST
    )
    impact, solutions = kernels.stationary_weights(losses)
    notes = ("the solution is not unique → projection of equal weights",) if solutions > 1 else ()
    return impact, varies, notes, losses
