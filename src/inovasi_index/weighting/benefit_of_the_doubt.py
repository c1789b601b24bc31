"""Benefit of the doubt: each row is seen with the weights that suit it best."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import as_number
from inovasi_index.errors import (
    BadValueError,
    Choice,
    FaultsError,
    InfeasibleError,
    MissingExtraError,
)
from inovasi_index.weighting.arguments import read_mapping
from inovasi_index.weighting.given import named_amounts
from inovasi_index.weighting.kernels import programs
from inovasi_index.weighting.scheme import Weights
from inovasi_index.weighting.table_checks import checked

if TYPE_CHECKING:
    from inovasi_index.weighting.scheme import Criteria, FloatArray

__all__ = ["BenefitOfTheDoubt", "SharesOf", "UnitWeights"]


class SharesOf(Choice):
    """What the bounds of `BenefitOfTheDoubt` bound.

    ``WEIGHTS``: each weight as a share of the sum of weights (OECD/JRC handbook).
    ``CONTRIBUTIONS``: each weight times value as a share of the score, which does not depend
    on the units (Wong & Beasley; Cherchye et al.).
    """

    WEIGHTS = "weights"
    CONTRIBUTIONS = "contributions"


@frozen(repr=False)
class UnitWeights:
    """Scores and weights of each row, each seen in the best light.

    Attributes
    ----------
    keys : tuple of str
    scores : ndarray of float64, shape (rows,)
        0 to 1; 1 for a row that no other beats with these weights.
    weights : ndarray of float64, shape (rows, n)
        ``scores[c] = weights[c] @ values[c]``; not scaled. Those of a row with score 1 are
        often not unique.
    contributions : ndarray of float64, shape (rows, n)
        Weight times value.
    """

    keys: tuple[str, ...]
    scores: FloatArray = field(eq=lambda a: a.tobytes())
    weights: FloatArray = field(eq=lambda a: a.tobytes())
    contributions: FloatArray = field(eq=lambda a: a.tobytes())

    def __repr__(self) -> str:
        best = int((self.scores >= 1 - 1e-9).sum())
        return f"<UnitWeights of {len(self.scores)} rows, {best} with score 1>"

    def weight_shares(self) -> FloatArray:
        """Return the weights of each row scaled to sum 1, shape (rows, n); 0 for a score of 0."""
        return _shares(self.weights)

    def contribution_shares(self) -> FloatArray:
        """Return what each indicator adds to the score, as a share, shape (rows, n)."""
        return _shares(self.contributions)


def _shares(amounts: FloatArray) -> FloatArray:
    total = amounts.sum(axis=1, keepdims=True)
    return amounts / np.where(total > 0, total, 1.0)


def _lower(given: float | Mapping[str, float]) -> float | dict[str, float]:
    return _bound(given, what="lower bounds")


def _upper(given: float | Mapping[str, float]) -> float | dict[str, float]:
    return _bound(given, what="upper bounds")


def _bound(given: float | Mapping[str, float], *, what: str) -> float | dict[str, float]:
    if isinstance(given, Mapping) or hasattr(given, "to_dict"):
        return read_mapping(given, what=what, of="str to float")
    return as_number(given, what=what)


@frozen
class BenefitOfTheDoubt:
    """Benefit of the doubt: weights by row, from data envelopment analysis.

    Row c gets ``max Σ w_j y_cj`` such that no row scores more than 1 with its weights,
    ``w ≥ 0``, and the shares keep to the bounds. Values must not be negative, and more must
    be better: normalise first. A row of zeros scores 0; so does a row with 0 where
    contributions have a positive lower bound. Needs the extra ``optimise`` (scipy).

    Parameters
    ----------
    lower, upper : float or mapping of str to float
        Bounds of the shares, of all indicators or by key; 0 and 1 leave them free.
    shares_of : SharesOf
        What the shares are shares of.

    References
    ----------
    W. Melyn & W. Moesen (1991), Towards a synthetic indicator of macroeconomic performance,
    Public Economics Research Paper 17, KU Leuven. OECD/JRC (2008), Handbook on Constructing
    Composite Indicators, section 6.2 (benefit of the doubt), table 19 and endnote 29 (each
    weight between 10 % and 15 % of the sum of weights). L. Cherchye, W. Moesen, N. Rogge &
    T. Van Puyenbroeck (2007), An introduction to 'benefit of the doubt' composite
    indicators, Social Indicators Research 82(1), 111-145 (bounds of the contributions).

    Examples
    --------
    >>> import numpy as np
    >>> from inovasi_index.weighting import BenefitOfTheDoubt, Criteria
    >>> values = np.array([[1.0, 0.2], [0.4, 1.0], [0.5, 0.5]])
    >>> units = BenefitOfTheDoubt().by_unit(Criteria.of(["a", "b"]), values)
    >>> units.scores.round(3).tolist()
    [1.0, 1.0, 0.761]
    """

    lower: float | Mapping[str, float] = field(default=0.0, converter=_lower, hash=False)
    upper: float | Mapping[str, float] = field(default=1.0, converter=_upper, hash=False)
    shares_of: SharesOf = field(default=SharesOf.WEIGHTS, converter=SharesOf)

    def by_unit(self, criteria: Criteria, data: FloatArray | None) -> UnitWeights:
        """Return scores and weights of each row of `data`, shape (rows, n).

        Raises
        ------
        BadValueError
            Without data, for values that are missing, infinite or negative, for criteria of
            which less is better, and when an indicator is 0 in every row.
        FaultsError
            For bounds that are no amounts, and keys without one or unknown, all together.
        InfeasibleError
            When no shares keep to the bounds.
        MissingExtraError
            Without scipy.
        """
        scheme = "benefit of the doubt"
        table = checked(scheme, criteria, data)
        low, high = table.extremes
        table.require(low >= 0, "values must not be negative; normalise them first")
        if (criteria.directions < 0).any():
            costs = [k for k, d in zip(criteria.keys, criteria.directions, strict=True) if d < 0]
            raise BadValueError(
                f"{scheme}: more must be better; turn round first: {', '.join(costs)}"
            )
        empty = [criteria.keys[j] for j in np.flatnonzero(high == 0)]
        if empty:
            raise BadValueError(f"{scheme}: 0 in every row: {', '.join(empty)}; leave it out")
        lower, upper = self._bounds(criteria)
        values = np.asarray(table.values, dtype=np.float64)
        try:
            with np.errstate(over="raise"):
                scores, weights = programs.benefit_of_the_doubt(
                    values,
                    lower=lower,
                    upper=upper,
                    on_contributions=self.shares_of is SharesOf.CONTRIBUTIONS,
                )
        except ImportError:
            raise MissingExtraError.of(scheme, "optimise") from None
        except FloatingPointError:
            raise BadValueError(
                f"{scheme}: the values are too small for their weights to be numbers; "
                "multiply the data first"
            ) from None
        return UnitWeights(criteria.keys, scores, weights, weights * values)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return one set of weights: the mean of the rows' weights, each scaled to sum 1.

        A summary of ours, for use as a scheme; the method itself has no common weights.

        Raises
        ------
        BadValueError, InfeasibleError, MissingExtraError
            As `by_unit`; and when every row scores 0.
        """
        units = self.by_unit(criteria, data)
        shares = units.weight_shares()[units.scores > 0]
        if not len(shares):
            raise BadValueError(
                "benefit of the doubt: every row scores 0, so none has weights; each has a 0 "
                "where contributions have a positive lower bound"
            )
        many = int((units.scores >= 1 - 1e-9).sum())
        return Weights(
            criteria.keys,
            shares.mean(axis=0),
            f"benefit of the doubt (mean over {len(shares)} rows)",
            notes=(f"{many} rows score 1; their weights may not be unique",),
            details={"units": units},
        )

    def _bounds(self, criteria: Criteria) -> tuple[FloatArray, FloatArray]:
        faults, bounds = [], []
        for what, bound in (("lower bounds", self.lower), ("upper bounds", self.upper)):
            try:
                bounds.append(_by_key(what, bound, criteria))
            except FaultsError as error:
                faults += [fault.inside(what) for fault in error.faults]
        if faults:
            raise FaultsError("benefit of the doubt", faults)
        lower, upper = bounds
        crossed = [
            f"{key} ({low:g} to {high:g})"
            for key, low, high in zip(criteria.keys, lower, upper, strict=True)
            if low > high
        ]
        if crossed:
            raise InfeasibleError(f"lower bounds above upper ones: {', '.join(crossed)}")
        if lower.sum() > 1 + 1e-12 or upper.sum() < 1 - 1e-12:
            raise InfeasibleError(
                f"shares sum to 1, but the lower bounds sum to {lower.sum():g} and the upper "
                f"ones to {upper.sum():g}"
            )
        return lower, upper


def _by_key(what: str, bound: float | Mapping[str, float], criteria: Criteria) -> FloatArray:
    if isinstance(bound, int | float):
        bound = dict.fromkeys(criteria.keys, bound)
    return named_amounts(what, bound, criteria.keys, all_zero=True, lacking="has no bound")
