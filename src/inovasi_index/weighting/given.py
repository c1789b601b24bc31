"""Weights that are given: official, equal, fixed by the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import is_number
from inovasi_index.composite.words import shown
from inovasi_index.errors import (
    Fault,
    FaultsError,
    IncompleteEditionError,
    near_misses,
)
from inovasi_index.weighting.arguments import read_mapping
from inovasi_index.weighting.scheme import Weights, require_criteria

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inovasi_index.weighting.scheme import Criteria, FloatArray

__all__ = ["Equal", "Fixed", "Official"]

_LARGE = 1e300  # a sum of larger amounts may overflow


@frozen
class Official:
    """The weights of the edition: the share of each indicator in the greatest sum of points.

    Examples
    --------
    >>> from inovasi_index.weighting import Criteria, Official
    >>> Official().weigh(Criteria.of(["a", "b"], official=[150, 50]))
    <Weights official: a 0.7500, b 0.2500>
    """

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:  # noqa: ARG002 -- protocol
        """Return the official weights, scaled to sum to 1.

        Raises
        ------
        IncompleteEditionError
            When the criteria have none, or they are all 0.
        """
        require_criteria(criteria)
        if criteria.official is None or not criteria.official.any():
            raise IncompleteEditionError(
                f"{criteria.what}: no official weights; choose another scheme, or supply them "
                "(an edition: edition.supply(weights=…); criteria: Criteria.of(…, official=…))"
            )
        return Weights(criteria.keys, shares_of(criteria.official), "official")


@frozen(init=False)
class Equal:
    """Equal weights: of all indicators, or of the groups of some levels and then inside them.

    Parameters
    ----------
    *levels : str
        Names of levels of the criteria. ``Equal("variable")`` gives each variable the same
        weight and divides it equally inside; ``Equal("part", "variable")`` first gives each
        part the same weight. Without any, all indicators weigh the same.

    References
    ----------
    OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 6.1 (equal
    weighting): equal weights of indicators give a dimension with more indicators more weight.

    Examples
    --------
    >>> from inovasi_index.weighting import Criteria, Equal
    >>> criteria = Criteria.of(["a", "b", "c"], groups=["x", "x", "y"])
    >>> Equal("group").weigh(criteria)
    <Weights equal by group: c 0.5000, a 0.2500, b 0.2500>
    """

    levels: tuple[str, ...]

    def __init__(self, *levels: str) -> None:
        object.__setattr__(self, "levels", levels)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:  # noqa: ARG002 -- protocol
        """Return equal weights.

        Raises
        ------
        UnknownNameError
            When the criteria have no such level.
        """
        require_criteria(criteria)
        groupings = {level: tuple(criteria.groups_at(level).values()) for level in self.levels}
        values = np.ones(len(criteria))
        blocks = [tuple(range(len(criteria)))]
        for level in sorted(self.levels, key=criteria.level_names.index):
            finer: list[tuple[int, ...]] = []
            for block in blocks:
                inside = [group for group in groupings[level] if group[0] in block]
                for group in inside:
                    values[list(group)] /= len(inside)
                finer += inside
            blocks = finer
        for block in blocks:
            values[list(block)] /= len(block)
        by = f" by {', '.join(self.levels)}" if self.levels else ""
        return Weights(criteria.keys, values, f"equal{by}")


def _weights(given: Mapping[str, float]) -> dict[str, float]:
    return read_mapping(given, what="fixed weights", of="str to float")


@frozen
class Fixed:
    """Weights that the caller gives, scaled to sum to 1.

    Parameters
    ----------
    weights : mapping of str to float
        One for each key, in any unit; not negative, not all 0.

    Examples
    --------
    >>> from inovasi_index.weighting import Criteria, Fixed
    >>> Fixed({"a": 1, "b": 3}).weigh(Criteria.of(["a", "b"]))
    <Weights fixed: b 0.7500, a 0.2500>
    """

    weights: Mapping[str, float] = field(converter=_weights, hash=False)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:  # noqa: ARG002 -- protocol
        """Return the given weights.

        Raises
        ------
        FaultsError
            For keys that are unknown or missing and for weights that are negative or no
            finite numbers, all together; or when the weights sum to 0.
        """
        require_criteria(criteria)
        values = named_amounts("fixed weights", self.weights, criteria.keys)
        return Weights(criteria.keys, shares_of(values), "fixed")


def shares_of(amounts: FloatArray) -> FloatArray:
    """Divide amounts by their sum, also where that would overflow, shape (..., n)."""
    if amounts.max() > _LARGE:
        amounts = amounts / amounts.max(axis=-1, keepdims=True)
    shares: FloatArray = amounts / amounts.sum(axis=-1, keepdims=True)
    return shares


def named_amounts(
    what: str,
    amounts: Mapping[str, float],
    keys: tuple[str, ...],
    *,
    all_zero: bool = False,
    item: str = "indicator",
    lacking: str | None = None,
) -> FloatArray:
    """Put amounts by key into the order of `keys`, each once, not negative.

    Parameters
    ----------
    what : str
        What the amounts are, for messages.
    amounts : mapping of str to float
    keys : tuple of str
    all_zero : bool
        Whether all may be 0.
    item, lacking : str
        What has an amount, and what is said where it has none.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    FaultsError
        All that is wrong, in the order of the amounts, then of the keys.
    """
    faults = []
    for key, amount in amounts.items():
        if key not in keys:
            known = near_misses(key, keys)
            faults.append(Fault("unknown-indicator", str(key), f"no such {item}{known}"))
        elif not _is_amount(amount):
            rule = f"must be a finite number that is not negative, not {shown(amount)}"
            faults.append(Fault("weight-not-allowed", key, rule))
    rule = "has no weight; give 0 to leave it out" if lacking is None else lacking
    faults += [Fault("weight-missing", key, rule) for key in keys if key not in amounts]
    if not (faults or all_zero or any(float(amount) for amount in amounts.values())):
        faults.append(Fault("weights-all-zero", "", "one weight at least must be more than 0"))
    if faults:
        raise FaultsError(what, tuple(faults))
    return np.array([float(amounts[key]) for key in keys])


def _is_amount(amount: Any) -> bool:
    if isinstance(amount, str):  # of digits will do
        try:
            amount = float(amount)
        except ValueError:
            return False
    return is_number(amount) and 0 <= float(amount) < float("inf")
