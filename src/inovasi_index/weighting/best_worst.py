"""Best-worst method: two rows of comparisons instead of a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import is_number
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError, Fault, FaultsError, MissingExtraError, near_misses
from inovasi_index.weighting.arguments import read_keys, read_mapping
from inovasi_index.weighting.kernels import programs
from inovasi_index.weighting.scheme import Weights, require_criteria

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inovasi_index.weighting.scheme import Criteria, FloatArray

__all__ = ["BestWorst"]


def _from_best(given: Mapping[str, float]) -> dict[str, float]:
    return read_mapping(given, what="best to others", of="str to float")


def _to_worst(given: Mapping[str, float]) -> dict[str, float]:
    return read_mapping(given, what="others to worst", of="str to float")


@frozen
class BestWorst:
    """Best-worst method, linear model.

    The judge names the best and the worst indicator and compares the best with all
    (``a_Bj``) and all with the worst (``a_jW``), from 1 (the same) to 9. The weights minimise
    the greatest of ``|w_B - a_Bj w_j|`` and ``|w_j - a_jW w_W|``. Needs the extra
    ``optimise`` (scipy). Details:

    - ``"deviation"``: ξ, that greatest deviation, 0 when consistent;
    - ``"input_ratio"``: ``max_j |a_Bj a_jW - a_BW| / (a_BW² - a_BW)``, the input-based
      consistency ratio, 0 (consistent) to 1.

    Parameters
    ----------
    best, worst : str
    best_to_others : mapping of str to float
        How many times more the best matters than each; 1 for the best itself may be left out.
    others_to_worst : mapping of str to float
        How many times more each matters than the worst; 1 for the worst itself may be left
        out.

    References
    ----------
    J. Rezaei (2016), Best-worst multi-criteria decision-making method: some properties and a
    linear model, Omega 64, 126-130 (the linear model). F. Liang, M. Brunelli & J. Rezaei
    (2020), Consistency issues in the best worst method: measurements and thresholds, Omega
    96, 102175 (input-based consistency ratio).

    Examples
    --------
    >>> from inovasi_index.weighting import BestWorst, Criteria
    >>> to_others, to_worst = {"b": 2, "c": 6}, {"a": 6, "b": 3}
    >>> scheme = BestWorst("a", "c", best_to_others=to_others, others_to_worst=to_worst)
    >>> scheme.weigh(Criteria.of(["a", "b", "c"]))
    <Weights best-worst: a 0.6000, b 0.3000, c 0.1000>
    """

    best: str
    worst: str
    best_to_others: Mapping[str, float] = field(converter=_from_best, hash=False, kw_only=True)
    others_to_worst: Mapping[str, float] = field(converter=_to_worst, hash=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        read_keys((self.best, self.worst), what="best and worst")

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:  # noqa: ARG002 -- protocol
        """Return the weights.

        Raises
        ------
        FaultsError
            For indicators that are unknown or not compared, comparisons below 1, and a best
            to worst that differs between the two rows, all together.
        BadValueError
            When best and worst are the same although there are others, and for comparisons
            that are too far apart for the solver (1e15).
        MissingExtraError
            Without scipy.
        """
        require_criteria(criteria)
        keys = criteria.keys
        if self.best == self.worst and len(keys) > 1:
            raise BadValueError(f"best-worst: {self.best!r} cannot be both best and worst")
        from_best = {self.best: 1.0, **self.best_to_others}
        to_worst = {self.worst: 1.0, **self.others_to_worst}
        faults = [
            *_faults("best to others", from_best, own=self.best, keys=keys),
            *_faults("others to worst", to_worst, own=self.worst, keys=keys),
        ]
        if not faults and from_best[self.worst] != to_worst[self.best]:
            rule = (
                f"best to worst is {from_best[self.worst]:g} in one row and "
                f"{to_worst[self.best]:g} in the other"
            )
            faults.append(Fault("best-to-worst-differs", self.best, rule))
        if faults:
            raise FaultsError("best-worst comparisons", tuple(faults))
        a_best = np.array([float(from_best[key]) for key in keys])
        a_worst = np.array([float(to_worst[key]) for key in keys])
        best, worst = keys.index(self.best), keys.index(self.worst)
        try:
            values, deviation = programs.best_worst_weights(a_best, a_worst, best=best, worst=worst)
        except ImportError:
            raise MissingExtraError.of("the best-worst method", "optimise") from None
        except ArithmeticError as error:
            raise BadValueError(
                f"best-worst: comparisons up to {max(a_best.max(), a_worst.max()):g} are too far "
                f"apart to be solved ({error})"
            ) from None
        extreme = a_best[worst]
        gap = float(np.abs(a_best * a_worst - extreme).max())
        ratio = gap / (extreme**2 - extreme) if extreme > 1 else 0.0
        details = {"deviation": deviation, "input_ratio": float(ratio)}
        return Weights(keys, values, "best-worst", details=details)


def _is_ratio(given: Any) -> bool:
    return is_number(given) and 1 <= float(given) < float("inf")


def _faults(
    row: str, comparisons: Mapping[str, float], *, own: str, keys: tuple[str, ...]
) -> Iterable[Fault]:
    for key, ratio in comparisons.items():
        if key not in keys:
            yield Fault("unknown-indicator", row, f"no indicator {key!r}{near_misses(key, keys)}")
        elif not _is_ratio(ratio):
            yield Fault(
                "comparison-below-one",
                f"{row}.{key}",
                f"must be 1 or more, not {shown(ratio)}",
            )
        elif key == own and ratio != 1:
            rule = f"an item compared with itself must give 1, not {ratio!r}"
            yield Fault("comparison-with-itself", f"{row}.{key}", rule)
    for key in keys:
        if key not in comparisons:
            yield Fault("comparison-missing", f"{row}.{key}", "is not compared")
