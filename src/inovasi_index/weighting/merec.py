"""MEREC: weights from what the removal of an indicator changes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from inovasi_index.composite.arrays import as_number
from inovasi_index.errors import BadValueError
from inovasi_index.weighting.kernels import merec as kernels
from inovasi_index.weighting.table_checks import checked

if TYPE_CHECKING:
    from inovasi_index.weighting.scheme import Criteria, FloatArray, Weights

__all__ = ["Merec"]


@frozen
class Merec:
    """MEREC: method based on the removal effects of criteria.

    Normalised values are ``min / x`` for a benefit and ``x / max`` for a cost. The
    performance of a row is ``S = ln(1 + Σⱼ |ln xⱼ| / n)``, and S'ⱼ the same sum without
    indicator j; ``E = Σ |S' - S|`` over the rows and ``w ∝ E``. The unit of an indicator
    makes no difference.

    Values must be positive. For levels, which include 0, choose an offset: MEREC then
    measures ``x + offset``, and its weights depend on the choice. A constant indicator has
    no effect and gets 0. Details: ``"effect"``, E of each indicator, shape (n,).

    Parameters
    ----------
    offset : float
        Added to every value.

    Raises
    ------
    BadValueError
        For an offset that is no finite number.

    References
    ----------
    M. Keshavarz-Ghorabaee, M. Amiri, E. K. Zavadskas, Z. Turskis & J. Antucheviciene (2021),
    Determination of objective weights using a new method based on the removal effects of
    criteria (MEREC), Symmetry 13(4), 525 (steps 2 to 6).

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import Criteria, Merec
    >>> Merec().weigh(Criteria.of(["a", "b"]), np.array([[1, 2], [2, 2], [1, 3]]))
    <Weights MEREC: a 0.6171, b 0.3829>
    """

    offset: float = 0.0

    def __attrs_post_init__(self) -> None:
        if not math.isfinite(as_number(self.offset, what="MEREC: offset")):
            raise BadValueError(f"MEREC: the offset must be a finite number, not {self.offset!r}")

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return weights from `data`, shape (rows, n), positive with the offset.

        Raises
        ------
        BadValueError
            Without data, and for values that are missing, infinite or not positive.
        """
        offset = float(self.offset)
        table = checked(f"MEREC (offset {offset:g})" if offset else "MEREC", criteria, data)
        low, high = table.extremes
        table.require(
            low + offset > 0,
            "values must be positive, for their logarithms; levels may be shifted: Merec(offset=1)",
        )
        reference = np.where(criteria.directions > 0, low, high) + offset
        costs = bool((criteria.directions < 0).any())
        effects = kernels.removal_effects(table.values, reference, costs=costs, offset=offset)
        varies = low < high
        return table.weigh(effects[varies], of=varies, called="effect")
