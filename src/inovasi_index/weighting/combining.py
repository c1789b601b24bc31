"""Schemes made of schemes: nested in the tree, multiplied, mixed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from inovasi_index.composite.arrays import as_number
from inovasi_index.composite.words import in_words
from inovasi_index.errors import BadValueError, UnknownNameError, near_misses
from inovasi_index.weighting.arguments import read_several
from inovasi_index.weighting.given import shares_of
from inovasi_index.weighting.scheme import (
    Criteria,
    Weights,
    require_criteria,
    require_schemes,
    weights_by,
)
from inovasi_index.weighting.table_checks import shaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inovasi_index.weighting.kernels.passes import Table
    from inovasi_index.weighting.scheme import FloatArray, WeightingScheme

__all__ = ["Mixture", "Nested", "Product"]


@frozen(hash=False)
class Nested:
    """One scheme between the groups of a level, another inside each of them.

    The weight of an indicator is that of its group times its weight inside. Nest again for
    more levels: the scheme inside may be `Nested` at a finer level.

    A scheme between groups sees each group as one criterion: its key is the last step of
    the path (the whole path where that is ambiguous), its official weight the sum of those
    inside. If it weighs from data, the data of a group are the means of its members'
    values, weighted as inside and put on one scale first: value over maximum where the
    criteria have maxima, otherwise min-max; less is better turned round.

    Parameters
    ----------
    level : str
        A level of the criteria.
    between : WeightingScheme
    inside : WeightingScheme, or mapping of str to WeightingScheme
        For every group, or by the key of the group (judgements differ by group).

    Raises
    ------
    BadValueError
        For what are no schemes, all together.

    Examples
    --------
    >>> from inovasi_index.weighting import Criteria, Equal, Fixed, Nested, RankSum
    >>> criteria = Criteria.of(["a", "b", "c"], groups=["x", "x", "y"])
    >>> scheme = Nested("group", between=Fixed({"x": 1, "y": 3}), inside=Equal())
    >>> scheme.weigh(criteria)
    <Weights fixed between groups, equal inside: c 0.7500, a 0.1250, b 0.1250>
    """

    level: str
    between: WeightingScheme = field(kw_only=True)
    inside: WeightingScheme | Mapping[str, WeightingScheme] = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        inside = self.inside.values() if isinstance(self.inside, Mapping) else (self.inside,)
        require_schemes([self.between, *inside])

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return the products of the weights between and inside the groups.

        Raises
        ------
        UnknownNameError
            When the criteria have no such level, a group has no scheme, or a scheme no group.
        InovasiIndexError
            What the schemes raise.
        """
        require_criteria(criteria)
        groups = criteria.groups_at(self.level)
        keys = _group_keys(groups)
        self._require_schemes_of(keys)
        table = None if data is None else shaped("nested", criteria, data)
        inner: dict[str, Weights] = {}
        columns = []
        for key, positions in zip(keys, groups.values(), strict=True):
            at = list(positions)
            members = criteria.select(at, what=f"{criteria.what}, {key}")
            values = None if table is None else table[:, at]
            scheme = self.inside[key] if isinstance(self.inside, Mapping) else self.inside
            inner[key] = weights_by(scheme, members, values)
            if values is not None:
                columns.append(_on_one_scale(members, values) @ inner[key].values)
        outer = weights_by(
            self.between,
            _group_criteria(criteria, self.level, keys),
            np.column_stack(columns) if columns else None,
        )
        product = np.empty(len(criteria))
        for key, positions in zip(keys, groups.values(), strict=True):
            product[list(positions)] = outer[key] * inner[key].values
        schemes = sorted({weights.scheme for weights in inner.values()})
        notes = [f"between: {note}" for note in outer.notes]
        notes += [f"{key}: {note}" for key, weights in inner.items() for note in weights.notes]
        return Weights(
            criteria.keys,
            product / product.sum(),
            f"{outer.scheme} between {self.level}s, {' / '.join(schemes)} inside",
            notes=tuple(notes),
            details={"between": outer, "inside": inner},
        )

    def _require_schemes_of(self, keys: tuple[str, ...]) -> None:
        if not isinstance(self.inside, Mapping):
            return
        without = [repr(key) for key in keys if key not in self.inside]
        wrong = [
            f"unknown {self.level} {key!r}{near_misses(key, keys) or f'; known: {in_words(keys)}'}"
            for key in self.inside
            if key not in keys
        ]
        if without:
            has = "have" if len(without) > 1 else "has"
            wrong.append(f"{self.level} {in_words(without)} {has} no scheme inside")
        if wrong:
            raise UnknownNameError("; ".join(wrong))


def _group_keys(paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    paths = tuple(paths)
    names = [path[-1] for path in paths]
    if len(set(names)) == len(names):
        return tuple(names)
    return tuple(" / ".join(path) for path in paths)


def _group_criteria(criteria: Criteria, level: str, keys: tuple[str, ...]) -> Criteria:
    groups = criteria.groups_at(level)
    official = criteria.official
    depth = criteria.level_names.index(level)
    return Criteria(
        keys=keys,
        groups=tuple(path[:depth] for path in groups),
        level_names=criteria.level_names[:depth],
        official=None
        if official is None
        else np.array([official[list(positions)].sum() for positions in groups.values()]),
        maxima=np.ones(len(keys)),
        what=f"{criteria.what}, by {level}",
    )


def _on_one_scale(criteria: Criteria, values: Table) -> FloatArray:
    """Scale columns to 0 … 1, more is better; missing values stay missing."""
    # What is infinite becomes NaN, which the scheme between the groups names.
    with np.errstate(invalid="ignore", over="ignore"):
        if criteria.maxima is None:
            low = np.fmin.reduce(values, axis=0)
            width = np.fmax.reduce(values, axis=0) - low
        else:
            low, width = np.zeros(len(criteria)), criteria.maxima
        scaled = (values - low) / np.where(width > 0, width, 1.0)
    upwards: FloatArray = np.where(criteria.directions > 0, scaled, 1.0 - scaled)
    return upwards


def _schemes(given: Iterable[WeightingScheme]) -> tuple[WeightingScheme, ...]:
    schemes = read_several(given, what="schemes", of="several, as in a list,")
    require_schemes(schemes)
    return schemes


def _shares(given: Iterable[float] | None) -> tuple[float, ...] | None:
    if given is None:
        return None
    shares = read_several(given, what="shares", of="numbers, one for each scheme,")
    return tuple(as_number(share, what=f"share {at}") for at, share in enumerate(shares))


@frozen(hash=False)
class Product:
    """The product of the weights of several schemes, scaled to sum 1.

    What one scheme gives 0 gets 0. When that leaves nothing, the weights are equal, with a
    note.

    Parameters
    ----------
    schemes : iterable of WeightingScheme
        For example official weights and entropy, so that official importance and what tells
        regions apart count together.

    Raises
    ------
    BadValueError
        For what are no schemes, all together.

    References
    ----------
    C. L. Hwang & K. Yoon (1981), Multiple Attribute Decision Making, Springer (entropy
    method with a priori weights: ``w ∝ λ d``).

    Examples
    --------
    >>> from inovasi_index.weighting import Criteria, Fixed, Product
    >>> schemes = [Fixed({"a": 1, "b": 3}), Fixed({"a": 2, "b": 1})]
    >>> Product(schemes).weigh(Criteria.of(["a", "b"]))
    <Weights product of fixed, fixed: b 0.6000, a 0.4000>
    """

    schemes: tuple[WeightingScheme, ...] = field(converter=_schemes)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return the product of the weights.

        Raises
        ------
        BadValueError
            When there is no scheme.
        InovasiIndexError
            What the schemes raise.
        """
        parts = _weigh_all("product", self.schemes, criteria, data)
        notes = [note for part in parts for note in part.notes]
        values = np.ones(len(criteria))
        for part in parts:
            values = values * part.values
            # Scaled at every step, so that many factors do not vanish.
            values = values / (values.max() or 1.0)
        if not values.any():
            values = np.ones(len(criteria))
            notes.append("no indicator has weight in every scheme → equal weights")
        return Weights(
            criteria.keys,
            values / values.sum(),
            f"product of {', '.join(part.scheme for part in parts)}",
            notes=tuple(notes),
            details={"parts": parts},
        )


@frozen(hash=False)
class Mixture:
    """The mean of the weights of several schemes.

    Parameters
    ----------
    schemes : iterable of WeightingScheme
    shares : sequence of float, optional
        How much each scheme counts, in any unit; equally when omitted.

    Raises
    ------
    BadValueError
        For what are no schemes, all together, and for a share that is no number.

    Examples
    --------
    >>> from inovasi_index.weighting import Criteria, Equal, Fixed, Mixture
    >>> Mixture([Equal(), Fixed({"a": 1, "b": 0})], shares=[3, 1]).weigh(Criteria.of(["a", "b"]))
    <Weights mixture of 75 % equal, 25 % fixed: a 0.6250, b 0.3750>
    """

    schemes: tuple[WeightingScheme, ...] = field(converter=_schemes)
    shares: tuple[float, ...] | None = field(default=None, converter=_shares)

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return the mean of the weights.

        Raises
        ------
        BadValueError
            When there is no scheme, and for shares that are not one for each, negative, no
            finite numbers or all 0.
        InovasiIndexError
            What the schemes raise.
        """
        parts = _weigh_all("mixture", self.schemes, criteria, data)
        shares = self._shares_of(parts)
        named = ", ".join(
            f"{100 * share:.3g} % {part.scheme}" for share, part in zip(shares, parts, strict=True)
        )
        return Weights(
            criteria.keys,
            shares @ np.array([part.values for part in parts]),
            f"mixture of {named}",
            notes=tuple(note for part in parts for note in part.notes),
            details={"parts": parts},
        )

    def _shares_of(self, parts: tuple[Weights, ...]) -> FloatArray:
        shares = np.ones(len(parts)) if self.shares is None else np.array(self.shares)
        rule = f"mixture: {len(parts)} schemes need as many shares, finite and not negative"
        if shares.shape != (len(parts),):
            raise BadValueError(f"{rule}, not {len(shares)}")
        wrong = np.flatnonzero(~(np.isfinite(shares) & (shares >= 0))).tolist()
        if wrong:
            raise BadValueError(
                f"{rule}; not so: {in_words(f'{shares[i]:g} at {i}' for i in wrong)}"
            )
        if not shares.any():
            raise BadValueError("mixture: one share at least must be more than 0")
        return shares_of(shares)


def _weigh_all(
    what: str,
    schemes: tuple[WeightingScheme, ...],
    criteria: Criteria,
    data: FloatArray | None,
) -> tuple[Weights, ...]:
    require_criteria(criteria)
    if not schemes:
        raise BadValueError(f"{what}: there is no scheme")
    return tuple(weights_by(scheme, criteria, data) for scheme in schemes)
