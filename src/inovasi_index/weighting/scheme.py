"""What is weighted, what a scheme answers with, and what makes an object a scheme."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from inovasi_index.errors import BadValueError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from inovasi_index.rules.edition import Edition, Part

__all__ = ["Criteria", "FloatArray", "IntArray", "WeightingScheme", "Weights"]

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]

_SUM_TOLERANCE = 1e-9


def _read_only(values: npt.ArrayLike) -> FloatArray:
    # Adding zero copies, and turns -0.0 into 0.0 so that equal weights compare equal.
    array = np.asarray(values, dtype=np.float64) + 0.0
    array.setflags(write=False)
    return array


def _read_only_or_none(values: npt.ArrayLike | None) -> FloatArray | None:
    return None if values is None else _read_only(values)


def _signs(values: npt.ArrayLike) -> IntArray:
    array = np.array(values)
    if not np.isin(array, (-1, 1)).all():
        raise BadValueError("directions must be +1 (more is better) or -1 (less is better)")
    array = array.astype(np.int64)
    array.setflags(write=False)
    return array


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


def _details(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(given))


def _by_value(values: npt.NDArray[Any] | None) -> Hashable:
    return None if values is None else (values.shape, values.tobytes())


@frozen
class Criteria:
    """What is weighted: indicators, their place in the tree, and what is known of them.

    Attributes
    ----------
    keys : tuple of str
        One key per indicator, each once; the order of every array.
    groups : tuple of tuple of str
        Path of each indicator from the coarsest group to the finest, all of one length;
        empty paths when there are no groups.
    level_names : tuple of str
        What the steps of the paths are called, coarse to fine (``("part", "variable")``).
    official : ndarray of float64, shape (n,), or None
        Official weights in any unit, before they are scaled to sum to 1.
    directions : ndarray of int64, shape (n,)
        +1 where more is better, -1 where less is.
    maxima : ndarray of float64, shape (n,), or None
        The highest value that each indicator can have (its top level), if there is one.
    what : str
        A name for messages (``"iid-2026, innovation part"``).

    Examples
    --------
    >>> criteria = Criteria.of(["price", "speed"], directions=[-1, 1])
    >>> criteria.directions.tolist(), len(criteria)
    ([-1, 1], 2)
    """

    keys: tuple[str, ...] = field(converter=_names)
    groups: tuple[tuple[str, ...], ...] = ()
    level_names: tuple[str, ...] = ()
    official: FloatArray | None = field(default=None, converter=_read_only_or_none, eq=_by_value)
    directions: IntArray = field(factory=lambda: _signs(()), converter=_signs, eq=_by_value)
    maxima: FloatArray | None = field(default=None, converter=_read_only_or_none, eq=_by_value)
    what: str = "these indicators"

    def __attrs_post_init__(self) -> None:
        n = len(self.keys)
        if n == 0:
            raise BadValueError(f"{self.what}: there is nothing to weight")
        doubles = sorted({k for k in self.keys if self.keys.count(k) > 1})
        if doubles:
            raise BadValueError(f"{self.what}: keys occur twice: {', '.join(doubles)}")
        if not self.groups:
            object.__setattr__(self, "groups", ((),) * n)
        if len(self.groups) != n or any(len(g) != len(self.level_names) for g in self.groups):
            raise BadValueError(
                f"{self.what}: there must be one group path for each of the {n} keys, with one "
                f"step for each of the {len(self.level_names)} levels"
            )
        if not self.directions.size:
            object.__setattr__(self, "directions", _signs(np.ones(n)))
        if self.directions.shape != (n,):
            raise BadValueError(f"{self.what}: there must be {n} directions, one for each key")
        self._check_amounts()

    def _check_amounts(self) -> None:
        n = len(self.keys)
        for name in ("official", "maxima"):
            values = getattr(self, name)
            if values is None:
                continue
            rule = f"{self.what}: {name} must be {n} finite numbers that are not negative"
            if values.shape != (n,):
                raise BadValueError(f"{rule}, not an array of shape {values.shape}")
            wrong = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))
            if wrong.size:
                named = ", ".join(f"{self.keys[i]} ({values[i]:g})" for i in wrong)
                raise BadValueError(f"{rule}; not so: {named}")

    @classmethod
    def of(
        cls,
        keys: Iterable[str],
        *,
        groups: Sequence[str | Sequence[str]] | None = None,
        level_names: Sequence[str] | None = None,
        directions: npt.ArrayLike | None = None,
        official: npt.ArrayLike | None = None,
        maxima: npt.ArrayLike | None = None,
        what: str = "these indicators",
    ) -> Criteria:
        """Describe the indicators of any index.

        Parameters
        ----------
        keys : iterable of str
        groups : sequence of str or of sequences of str, optional
            The group of each key, or its path from the coarsest group to the finest.
        level_names : sequence of str, optional
            Names of the steps of the paths; ``("group",)`` for one step, otherwise
            ``("level 1", "level 2", …)``.
        directions, official, maxima : array_like, shape (n,), optional
        what : str
            A name for messages.

        Raises
        ------
        BadValueError
            For keys that occur twice, no keys at all, and arrays of another length.

        Examples
        --------
        >>> criteria = Criteria.of(["a", "b", "c"], groups=["x", "x", "y"])
        >>> criteria.groups_at("group")
        {('x',): (0, 1), ('y',): (2,)}
        """
        paths = tuple((g,) if isinstance(g, str) else tuple(g) for g in groups or ())
        if level_names is None:
            depth = len(paths[0]) if paths else 0
            names = ("group",) if depth == 1 else tuple(f"level {i + 1}" for i in range(depth))
        else:
            names = tuple(level_names)
        return cls(
            keys=tuple(keys),
            groups=paths,
            level_names=names,
            official=official,
            directions=() if directions is None else directions,
            maxima=maxima,
            what=what,
        )

    @classmethod
    def from_edition(cls, edition: Edition, part: Part | None = None) -> Criteria:
        """Describe the rows of an edition, in official order.

        The official weight of a row is its points at the top level, so a weight is the
        share of the greatest sum of points. Paths are (part, variable), and (part,) alone
        when the edition does not name the variable of every row.

        Parameters
        ----------
        edition : Edition
        part : Part, optional
            The rows of one part; both when omitted.

        Raises
        ------
        BadValueError
            When the edition has no such rows.

        Examples
        --------
        >>> import inovasi_index as ii
        >>> from inovasi_index.rules.edition import Part
        >>> criteria = Criteria.from_edition(ii.load_edition("iid-2026"), Part.INNOVATION)
        >>> len(criteria), criteria.level_names, float(criteria.maxima.max())
        (20, ('part', 'variable'), 3.0)
        """
        rows = edition.indicators if part is None else edition.part_indicators(part)
        points = [row.max_hundredths for row in rows]
        variables = [row.variable for row in rows]
        named = all(variables)
        return cls(
            keys=tuple(row.key for row in rows),
            groups=tuple(
                (str(row.part), str(row.variable)) if named else (str(row.part),) for row in rows
            ),
            level_names=("part", "variable") if named else ("part",),
            official=None if None in points else np.array(points, dtype=np.float64),
            maxima=np.array([row.top_level for row in rows], dtype=np.float64),
            what=edition.id if part is None else f"{edition.id}, {part} part",
        )

    def __len__(self) -> int:
        return len(self.keys)

    def __repr__(self) -> str:
        levels = f", levels {' > '.join(self.level_names)}" if self.level_names else ""
        return f"<Criteria of {self.what}: {len(self)} indicators{levels}>"

    def groups_at(self, level: str) -> dict[tuple[str, ...], tuple[int, ...]]:
        """Return the positions of the indicators in each group, groups in order of appearance.

        Parameters
        ----------
        level : str
            One of `level_names`.

        Returns
        -------
        dict of tuple of str to tuple of int
            By the path down to that level.

        Raises
        ------
        UnknownNameError
            When there is no such level.
        """
        if level not in self.level_names:
            raise UnknownNameError.of(f"level of {self.what}", level, self.level_names)
        depth = self.level_names.index(level) + 1
        groups: dict[tuple[str, ...], list[int]] = {}
        for position, path in enumerate(self.groups):
            groups.setdefault(path[:depth], []).append(position)
        return {path: tuple(positions) for path, positions in groups.items()}

    def select(self, positions: Sequence[int], *, what: str | None = None) -> Criteria:
        """Return some of the indicators, in the given order.

        Parameters
        ----------
        positions : sequence of int
        what : str, optional
            A name for messages.
        """
        at = list(positions)
        return evolve(
            self,
            keys=tuple(self.keys[i] for i in at),
            groups=tuple(self.groups[i] for i in at),
            official=None if self.official is None else self.official[at],
            directions=self.directions[at],
            maxima=None if self.maxima is None else self.maxima[at],
            what=self.what if what is None else what,
        )


@frozen(repr=False)
class Weights:
    """Weights that sum to 1, and where they come from.

    Attributes
    ----------
    keys : tuple of str
    values : ndarray of float64, shape (n,), read-only
        Not negative; they sum to 1.
    scheme : str
        Which scheme, with its parameters.
    notes : tuple of str
        What a reader has to know (``"constant: x → weight 0"``).
    details : mapping of str to object
        Diagnostics of the scheme (consistency ratio, entropies, …); not compared.

    Examples
    --------
    >>> weights = Weights(("a", "b"), [0.25, 0.75], scheme="fixed")
    >>> weights["b"], weights.to_dict()
    (0.75, {'a': 0.25, 'b': 0.75})
    >>> weights
    <Weights fixed: b 0.7500, a 0.2500>
    """

    keys: tuple[str, ...] = field(converter=_names)
    values: FloatArray = field(converter=_read_only, eq=_by_value)
    scheme: str
    notes: tuple[str, ...] = field(default=(), converter=_names)
    details: Mapping[str, Any] = field(factory=dict, converter=_details, eq=False)

    def __attrs_post_init__(self) -> None:
        if self.values.shape != (len(self.keys),):
            raise BadValueError(
                f"{self.scheme}: {len(self.keys)} keys need as many weights, "
                f"not an array of shape {self.values.shape}"
            )
        values = self.values.tolist()
        total = sum(values)  # what is no number is none in a sum either
        if min(values, default=0.0) >= 0 and abs(total - 1) <= _SUM_TOLERANCE:
            return
        wrong = [k for k, v in zip(self.keys, values, strict=True) if not 0 <= v <= 2]
        if wrong:
            raise BadValueError(
                f"{self.scheme}: weights must be numbers between 0 and 1; "
                f"wrong for {', '.join(wrong)}"
            )
        raise BadValueError(f"{self.scheme}: weights must sum to 1, not to {total:.12g}")

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys)

    def __getitem__(self, key: str) -> float:
        """Return the weight of one indicator."""
        if key not in self.keys:
            raise UnknownNameError.of("indicator", key, self.keys)
        return float(self.values[self.keys.index(key)])

    def __repr__(self) -> str:
        order = np.argsort(-self.values, kind="stable")
        shown = ", ".join(f"{self.keys[i]} {self.values[i]:.4f}" for i in order[:6])
        rest = f", … {len(self) - 6} more" if len(self) > 6 else ""
        notes = f" ({'; '.join(self.notes)})" if self.notes else ""
        return f"<Weights {self.scheme}: {shown}{rest}{notes}>"

    def __reduce__(self) -> tuple[object, ...]:
        # A mapping proxy cannot be pickled, and the array has to come back read-only.
        state = (self.keys, self.values, self.scheme, self.notes, dict(self.details))
        return type(self), state

    def to_dict(self) -> dict[str, float]:
        """Return the weights by key."""
        return dict(zip(self.keys, self.values.tolist(), strict=True))

    def totals(self, criteria: Criteria, level: str) -> dict[tuple[str, ...], float]:
        """Return the weight of each group.

        Parameters
        ----------
        criteria : Criteria
            What the weights were made for.
        level : str
            One of its levels.

        Raises
        ------
        BadValueError
            When the criteria have other keys.
        UnknownNameError
            When there is no such level.
        """
        if criteria.keys != self.keys:
            raise BadValueError(f"these weights are for other indicators than {criteria.what}")
        groups = criteria.groups_at(level).items()
        return {path: float(self.values[list(positions)].sum()) for path, positions in groups}


def weights_by(
    scheme: WeightingScheme, criteria: Criteria, data: FloatArray | None = None
) -> Weights:
    """Weigh by a scheme of whatever origin, and hold what it answers against the criteria.

    Raises
    ------
    BadValueError
        When the scheme is none, or does not answer with the weights of these criteria.
    InovasiIndexError
        What the scheme raises.
    """
    if isinstance(scheme, type) or not isinstance(scheme, WeightingScheme):
        raise BadValueError(
            f"{scheme!r} is no weighting scheme; it needs a method weigh(criteria, data) "
            "(scheme_by_name gives the one of a name)"
        )
    weights = scheme.weigh(criteria, data)
    if not isinstance(weights, Weights):
        raise BadValueError(
            f"{scheme!r} must answer with Weights, not with {type(weights).__name__}"
        )
    if weights.keys != criteria.keys:
        raise BadValueError(
            f"{weights.scheme} answered with weights for other rows than those of {criteria.what}"
        )
    return weights


@runtime_checkable
class WeightingScheme(Protocol):
    """Anything that can weigh: from the indicators alone, from data, or from judgements."""

    def weigh(self, criteria: Criteria, data: FloatArray | None = None) -> Weights:
        """Return the weights of `criteria`, in their order.

        Parameters
        ----------
        criteria : Criteria
        data : ndarray of float64, shape (rows, n), optional
            One column per indicator (levels or any values). Schemes that need none ignore it;
            those of this package also take a data frame, by the names of its columns.

        Raises
        ------
        BadValueError
            When data is needed and missing, or has values that the scheme cannot take.
        """
        ...
