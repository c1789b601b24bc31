"""Budget allocation: several judges distribute points over the indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from inovasi_index.errors import BadValueError, FaultsError
from inovasi_index.weighting.arguments import read_mapping
from inovasi_index.weighting.given import named_amounts, shares_of
from inovasi_index.weighting.kernels import correlation, rank_orders
from inovasi_index.weighting.scheme import Weights, require_criteria

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inovasi_index.weighting.scheme import Criteria, FloatArray

__all__ = ["BudgetAllocation"]


def _copied(given: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    budgets = read_mapping(given, what="budget allocation", of="judges to their points by key")
    return {
        judge: read_mapping(points, what=f"budget allocation: {judge}", of="str to float")
        for judge, points in budgets.items()
    }


@frozen
class BudgetAllocation:
    """The mean of what several judges allocate, with how far they disagree.

    Each judge distributes a budget (100 points, or any other sum: each is scaled to 1).
    The weights are the means over the judges. ``details`` hold

    - ``"disagreement"``: coefficient of variation of each weight over the judges (sample
      deviation over mean; 0 with one judge or a weight of 0), ndarray, shape (n,);
    - ``"concordance"``: Kendall's W of the rankings that the budgets imply, corrected for
      ties, 0 to 1; NaN with one judge or one indicator, or when nobody makes a difference.

    Parameters
    ----------
    budgets : mapping of str to mapping of str to float
        Points by key, by judge.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 6.6 (budget
    allocation). M. G. Kendall & B. Babington Smith (1939), The problem of m rankings,
    Annals of Mathematical Statistics 10(3), 275-287 (coefficient of concordance).

    Examples
    --------
    >>> from inovasi_index.weighting import BudgetAllocation, Criteria
    >>> judges = {"Ani": {"a": 60, "b": 40}, "Budi": {"a": 80, "b": 20}}
    >>> weights = BudgetAllocation(judges).weigh(Criteria.of(["a", "b"]))
    >>> weights, weights.details["concordance"]
    (<Weights budget allocation of 2 judges: a 0.7000, b 0.3000>, 1.0)
    """

    budgets: Mapping[str, Mapping[str, float]] = field(converter=_copied, hash=False)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:  # noqa: ARG002 -- protocol
        """Return the mean allocation.

        Raises
        ------
        BadValueError
            When there is no judge.
        FaultsError
            For keys that are unknown or missing and for points that are negative or no
            finite numbers, of all judges together.
        """
        require_criteria(criteria)
        if not self.budgets:
            raise BadValueError("budget allocation: there is no judge")
        faults, rows = [], []
        for judge, points in self.budgets.items():
            try:
                rows.append(named_amounts("budget allocation", points, criteria.keys))
            except FaultsError as error:
                faults += [fault.inside(str(judge)) for fault in error.faults]
        if faults:
            raise FaultsError("budget allocation", tuple(faults))
        shares = shares_of(np.array(rows))
        values = shares.mean(axis=0)
        details: dict[str, object] = {
            "disagreement": np.zeros(len(values)),
            "concordance": float("nan"),
        }
        if len(shares) > 1:
            spread = shares.std(axis=0, ddof=1)
            details["disagreement"] = spread / np.where(values > 0, values, 1.0)
            details["concordance"] = rank_orders.concordance(correlation.ranks(shares.T).copy())
        judges = f"{len(rows)} judge{'s' if len(rows) > 1 else ''}"
        return Weights(criteria.keys, values, f"budget allocation of {judges}", details=details)
