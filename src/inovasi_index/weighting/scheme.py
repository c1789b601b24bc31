"""What is weighted, what a scheme answers with, and what makes an object a scheme."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from inovasi_index.composite.arrays import read_array
from inovasi_index.composite.words import in_words, shown
from inovasi_index.errors import BadValueError, UnknownNameError
from inovasi_index.weighting.arguments import read_keys, read_mapping, read_several

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from inovasi_index.rules.edition import Edition, Part

__all__ = ["Criteria", "FloatArray", "IntArray", "WeightingScheme", "Weights"]

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]

_SUM_TOLERANCE = 1e-9


def _read_only(values: npt.ArrayLike, *, what: str) -> FloatArray:
    # Adding zero copies, and turns -0.0 into 0.0 so that equal weights compare equal.
    array = read_array(values, what=what) + 0.0
    array.setflags(write=False)
    return array


def _official(values: npt.ArrayLike | None) -> FloatArray | None:
    return None if values is None else _read_only(values, what="official")


def _maxima(values: npt.ArrayLike | None) -> FloatArray | None:
    return None if values is None else _read_only(values, what="maxima")


def _values(values: npt.ArrayLike) -> FloatArray:
    return _read_only(values, what="weights")


def _directions(values: npt.ArrayLike) -> npt.NDArray[Any]:
    return read_array(values, what="directions")


def _signs(directions: npt.NDArray[Any]) -> IntArray:
    signs = directions.astype(np.int64)
    signs.setflags(write=False)
    return signs


def _keys(given: Iterable[str]) -> tuple[str, ...]:
    return read_keys(given, what="keys")


def _level_names(given: str | Iterable[str]) -> tuple[str, ...]:
    return read_keys((given,) if isinstance(given, str) else given, what="level names")


def _notes(given: str | Iterable[str]) -> tuple[str, ...]:
    return read_keys((given,) if isinstance(given, str) else given, what="notes")


def _paths(given: Iterable[str | Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    # The letters of a text are groups, as they are keys.
    paths = read_several(
        list(given) if isinstance(given, str) else given, what="groups", of="texts or paths"
    )
    return tuple(
        (path,) if isinstance(path, str) else read_keys(path, what=f"groups: path {at}")
        for at, path in enumerate(paths)
    )


def _details(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(read_mapping(given, what="details", of="str to object"))


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


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

    keys: tuple[str, ...] = field(converter=_keys)
    groups: tuple[tuple[str, ...], ...] = field(default=(), converter=_paths)
    level_names: tuple[str, ...] = field(default=(), converter=_level_names)
    official: FloatArray | None = field(default=None, converter=_official, eq=_by_value)
    directions: IntArray = field(
        factory=lambda: np.empty(0, dtype=np.int64), converter=_directions, eq=_by_value
    )
    maxima: FloatArray | None = field(default=None, converter=_maxima, eq=_by_value)
    what: str = "these indicators"

    def __attrs_post_init__(self) -> None:
        n = len(self.keys)
        if n == 0:
            raise BadValueError(f"{self.what}: there is nothing to weight")
        if not self.groups:
            object.__setattr__(self, "groups", ((),) * n)
        if self.directions.shape == (0,):
            object.__setattr__(self, "directions", np.ones(n))
        wrong = [*self._wrong_names(), *self._wrong_numbers()]
        if wrong:
            raise BadValueError(f"{self.what}: {'; '.join(wrong)}")
        object.__setattr__(self, "directions", _signs(self.directions))

    def _wrong_names(self) -> Iterator[str]:
        n, depth = len(self.keys), len(self.level_names)
        for what, names in (("keys", self.keys), ("level names", self.level_names)):
            doubles = _twice(names)
            if doubles:
                yield f"{what} occur twice: {', '.join(doubles)}"
        rule = (
            f"there must be one group path for each of the {n} keys, with one step for each of "
            f"the {depth} levels"
        )
        if len(self.groups) != n:
            yield f"{rule}, not {len(self.groups)} paths"
        elif any(len(path) != depth for path in self.groups):
            pairs = zip(self.keys, self.groups, strict=True)
            steps = (f"{key} ({len(path)})" for key, path in pairs if len(path) != depth)
            yield f"{rule}; not so: {in_words(steps)}"

    def _wrong_numbers(self) -> Iterator[str]:
        n = len(self.keys)
        amount = f"{n} finite numbers that are not negative"
        for name, rule in (
            ("official", amount),
            ("maxima", amount),
            ("directions", f"{n} times +1 (more is better) or -1 (less is better)"),
        ):
            values = getattr(self, name)
            if values is None:
                continue
            if values.shape != (n,):
                yield f"{name} must be {rule}, not an array of shape {values.shape}"
                continue
            is_sign = name == "directions"
            right = np.abs(values) == 1 if is_sign else np.isfinite(values) & (values >= 0)
            if not right.all():
                named = (f"{self.keys[i]} ({values[i]:g})" for i in np.flatnonzero(~right))
                yield f"{name} must be {rule}; not so: {in_words(named)}"

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
            For no keys at all, keys that occur twice or are no texts, arrays of another length,
            and for amounts and directions that are none, by key.

        Examples
        --------
        >>> criteria = Criteria.of(["a", "b", "c"], groups=["x", "x", "y"])
        >>> criteria.groups_at("group")
        {('x',): (0, 1), ('y',): (2,)}
        """
        paths = () if groups is None else _paths(groups)
        if level_names is None:
            depth = len(paths[0]) if paths else 0
            level_names = ["group"] if depth == 1 else [f"level {i + 1}" for i in range(depth)]
        return cls(
            keys=keys,
            groups=paths,
            level_names=level_names,
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
            When the edition has no such rows, or is none.
        UnknownChoiceError
            When there is no such part.

        Examples
        --------
        >>> import inovasi_index as ii
        >>> from inovasi_index.rules.edition import Part
        >>> criteria = Criteria.from_edition(ii.load_edition("iid-2026"), Part.INNOVATION)
        >>> len(criteria), criteria.level_names, float(criteria.maxima.max())
        (20, ('part', 'variable'), 3.0)
        """
        from inovasi_index.rules.edition import Edition, Part

        if not isinstance(edition, Edition):
            raise BadValueError(
                f"an edition is needed, not {shown(edition)}; load_edition(name) reads one"
            )
        part = None if part is None else Part(part)
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
        if not isinstance(level, str) or level not in self.level_names:
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
            From 0 on, each once.
        what : str, optional
            A name for messages.

        Raises
        ------
        BadValueError
            For what is no position, for one that is given twice, and for none at all.
        """
        at = read_array(positions, what="positions")
        if at.ndim != 1 or not np.isin(at, np.arange(len(self))).all():
            raise BadValueError(
                f"positions: whole numbers from 0 to {len(self) - 1} are needed, not "
                f"{shown(positions)}"
            )
        at = at.astype(np.int64).tolist()
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

    keys: tuple[str, ...] = field(converter=_keys)
    values: FloatArray = field(converter=_values, eq=_by_value)
    scheme: str
    notes: tuple[str, ...] = field(default=(), converter=_notes)
    details: Mapping[str, Any] = field(factory=dict, converter=_details, eq=False)

    def __attrs_post_init__(self) -> None:
        if len(set(self.keys)) < len(self.keys):
            raise BadValueError(f"{self.scheme}: keys occur twice: {', '.join(_twice(self.keys))}")
        if self.values.shape != (len(self.keys),):
            raise BadValueError(
                f"{self.scheme}: {len(self.keys)} keys need as many weights, "
                f"not an array of shape {self.values.shape}"
            )
        values = self.values.tolist()
        total = sum(values)  # what is no number is none in a sum either
        if min(values, default=0.0) >= 0 and abs(total - 1) <= _SUM_TOLERANCE:
            return
        named = zip(self.keys, values, strict=True)
        wrong = [f"{key} ({value:g})" for key, value in named if not 0 <= value <= 2]
        if wrong:
            raise BadValueError(
                f"{self.scheme}: weights must be numbers between 0 and 1; "
                f"wrong for {in_words(wrong)}"
            )
        raise BadValueError(f"{self.scheme}: weights must sum to 1, not to {total:.12g}")

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys)

    def __getitem__(self, key: str) -> float:
        """Return the weight of one indicator."""
        if not isinstance(key, str) or key not in self.keys:
            raise UnknownNameError.of("indicator", key, self.keys)
        return float(self.values[self.keys.index(key)])

    def __repr__(self) -> str:
        order = np.argsort(-self.values, kind="stable")
        first = ", ".join(f"{self.keys[i]} {self.values[i]:.4f}" for i in order[:6])
        rest = f", … {len(self) - 6} more" if len(self) > 6 else ""
        notes = f" ({'; '.join(self.notes)})" if self.notes else ""
        return f"<Weights {self.scheme}: {first}{rest}{notes}>"

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
        require_criteria(criteria)
        if criteria.keys != self.keys:
            raise BadValueError(f"these weights are for other indicators than {criteria.what}")
        groups = criteria.groups_at(level).items()
        return {path: float(self.values[list(positions)].sum()) for path, positions in groups}


def require_criteria(given: object) -> None:
    """Refuse what is no `Criteria`, such as an edition or the keys alone.

    Raises
    ------
    BadValueError
    """
    if not isinstance(given, Criteria):
        raise BadValueError(
            f"criteria are needed, not {shown(given)}; Criteria.of(keys) and "
            "Criteria.from_edition(edition) make them"
        )


def require_schemes(given: Iterable[object]) -> None:
    """Refuse what are no weighting schemes, all of them together.

    Raises
    ------
    BadValueError
    """
    wrong = [
        shown(one) for one in given if isinstance(one, type) or not isinstance(one, WeightingScheme)
    ]
    if wrong:
        raise BadValueError(
            f"{in_words(wrong)} {'are' if len(wrong) > 1 else 'is'} no weighting scheme; it needs "
            "a method weigh(criteria, data) (scheme_by_name gives the one of a name)"
        )


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
    require_schemes([scheme])
    weights = scheme.weigh(criteria, data)
    if not isinstance(weights, Weights):
        raise BadValueError(
            f"{shown(scheme)} must answer with Weights, not with {type(weights).__name__}"
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
