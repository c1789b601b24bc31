"""Arrays that people give: made into what the kernels take, or refused with the place."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction
from numbers import Rational
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import attrs
import numpy as np
from numpy.typing import ArrayLike

from inovasi_index.composite.arrays import as_array, column_names, read_array
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError, Fault, FaultsError, UnknownNameError
from inovasi_index.weighting.arguments import read_several
from inovasi_index.weighting.scheme import Weights
from inovasi_index.weighting.table_checks import by_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from inovasi_index.analysis.robustness.kernels.arrays import FloatArray, IntArray, NumberArray

__all__ = [
    "WeightsLike",
    "anything",
    "as_numbers",
    "checked_function",
    "checked_names",
    "checked_numbers",
    "checked_probability",
    "checked_table",
    "checked_weights",
    "exact_fractions",
    "fingerprint",
    "indicator_names",
    "is_function",
    "is_kind",
    "items_of",
    "names_given",
    "positions_of",
    "read_only",
    "require_kind",
    "unit_names",
]

WeightsLike: TypeAlias = ArrayLike | Sequence[Fraction] | Weights

T = TypeVar("T")

# The largest fraction that has a float.
_LARGEST = Fraction(sys.float_info.max)


def anything(given: Any) -> Any:
    """Return what is given: a field that takes any array_like and checks it later."""
    return given


def require_kind(given: object, kind: type, *, what: str) -> None:
    """Refuse an object of another kind; a class is never one of its own objects."""
    if isinstance(given, type) or not isinstance(given, kind):
        article = "an" if kind.__name__[0] in "AEIOU" else "a"
        raise BadValueError(f"{what} must be {article} {kind.__name__}, not {shown(given)}")


def is_kind(kind: type, *, optional: bool = False) -> Callable[[Any, Any, Any], None]:
    """Return a validator of attrs that refuses objects of another kind."""

    def validate(_: object, attribute: attrs.Attribute[Any], given: object) -> None:
        if given is not None or not optional:
            require_kind(given, kind, what=attribute.name)

    return validate


def checked_function(given: T, *, what: str) -> T:
    """Return what can be called, or refuse it."""
    if not callable(given):
        raise BadValueError(f"{what} must be a function, not {shown(given)}")
    return given


def is_function(_: object, attribute: attrs.Attribute[Any], given: object) -> None:
    """Refuse what cannot be called: a validator of attrs."""
    checked_function(given, what=attribute.name)


def items_of(given: Iterable[T], *, what: str) -> tuple[T, ...]:
    """Return several things as a tuple; a text is one thing, and a set has no order."""
    if isinstance(given, set | frozenset):
        raise BadValueError(f"{what}: several in order are needed; a set has no order")
    return read_several(given, what=what, of="several in order")


def _name(given: Any, *, what: str) -> str:
    given = given.as_py() if hasattr(given, "as_py") else given  # a scalar of PyArrow
    if isinstance(given, bool) or not isinstance(given, str | int | np.integer):
        raise BadValueError(f"{what} must be texts; {shown(given)} is no text")
    return str(given)


def names_given(given: Iterable[str] | None, *, what: str = "names") -> tuple[str, ...]:
    """Return names as a tuple, empty where none are given; whole numbers become texts."""
    each = () if given is None else items_of(given, what=what)
    return tuple(_name(name, what=what) for name in each)


def unit_names(given: Iterable[str] | None) -> tuple[str, ...]:
    """Return names of units; as `names_given`."""
    return names_given(given, what="units")


def indicator_names(given: Iterable[str] | None) -> tuple[str, ...]:
    """Return names of indicators; as `names_given`."""
    return names_given(given, what="indicators")


def exact_fractions(array: NumberArray) -> NumberArray:
    """Return an array of exact fractions, object (same shape)."""
    out = np.empty(array.size, dtype=object)
    # Integers of NumPy would run over inside a fraction.
    out[:] = [Fraction(int(v.numerator), int(v.denominator)) for v in array.flat]
    return out.reshape(array.shape)


def read_only(array: NumberArray) -> NumberArray:
    """Return the array after locking it."""
    array.setflags(write=False)
    return array


def checked_names(given: Iterable[str] | None, n: int, *, what: str) -> tuple[str, ...]:
    """Return `n` distinct names; numbers from 0 when none are given."""
    names = names_given(given) or tuple(map(str, range(n)))
    if len(names) != n:
        raise BadValueError(f"{len(names)} names of {what}s are given; there are {n}")
    if len(set(names)) < n:
        twice = sorted({name for name in names if names.count(name) > 1})
        raise BadValueError(f"names of {what}s must differ; more than once: {', '.join(twice)}")
    return names


def as_numbers(given: object, *, what: str) -> NumberArray:
    """Return float64, or objects that are all fractions; perhaps the array that was given.

    Raises
    ------
    BadValueError
        For what is no number, by its place.
    """
    array = as_array(given, what=what)
    if array.dtype == object and all(isinstance(v, Rational) for v in array.flat):
        return exact_fractions(array)
    return read_array(array if array.dtype.kind in "biuf" else given, what=what)


def _finite(array: NumberArray) -> NumberArray:
    if array.dtype != object:
        return np.isfinite(array)
    try:
        array.astype(np.float64)
    except OverflowError:
        return np.asarray(np.abs(array) <= _LARGEST, dtype=np.bool_)
    return np.ones(array.shape, np.bool_)


def checked_numbers(
    given: object,
    shape: tuple[int | None, ...],
    *,
    what: str,
    axes: tuple[Iterable[str] | None, ...],
    negative: bool = True,
) -> NumberArray:
    """Return a finite array of a given shape, locked.

    Parameters
    ----------
    given : array_like
        Numbers, or exact fractions, which stay exact.
    shape : tuple of int or None
        `None` where any length will do.
    what : str
        Name of the array.
    axes : tuple of iterable of str or None
        Names along each axis, for the places of faults; numbers where `None`.
    negative : bool
        Whether numbers below 0 are allowed.

    Raises
    ------
    BadValueError
        When it has another shape or no numbers.
    FaultsError
        Naming every place that is not finite (or too large for a float), or negative where
        that is not allowed.
    """
    array = as_numbers(given, what=what).copy()
    fits = array.ndim == len(shape) and all(
        n in (None, m) for n, m in zip(shape, array.shape, strict=True)
    )
    if not fits:
        wanted = ", ".join("any" if n is None else str(n) for n in shape)
        raise BadValueError(f"{what} has shape {array.shape}; needed: ({wanted})")
    names = [None if axis is None else tuple(axis) for axis in axes]

    def at(place: IntArray) -> str:
        each = zip(place, names, strict=True)
        return ", ".join(str(i) if axis is None else axis[i] for i, axis in each)

    finite = _finite(array)
    # A fraction that is not finite as a float is too long to be shown.
    why = "too large for a float" if array.dtype == object else "{} is not a finite number"
    faults = [
        Fault("not-finite", at(place), why.format(array[tuple(place)]))
        for place in np.argwhere(~finite)
    ]
    if not negative:
        faults += [
            Fault("negative-weight", at(place), f"{array[tuple(place)]}; must not be negative")
            for place in np.argwhere(finite & (array < 0))
        ]
    if faults:
        raise FaultsError(what, faults)
    return read_only(array)


def checked_table(
    given: object,
    *,
    units: tuple[str, ...],
    indicators: tuple[str, ...],
    who: str,
    what: str,
) -> tuple[NumberArray, tuple[str, ...], tuple[str, ...]]:
    """Return a table of finite numbers, locked, with the names of its rows and columns.

    Parameters
    ----------
    given : array_like or data frame, shape (n_units, n_indicators)
        Of a data frame the columns are taken by the names of the indicators.
    units, indicators : tuple of str
        Empty where none are given: then numbers, or the columns of the data frame.
    who : str
        Who asks for the columns.
    what : str
        Name of the table.

    Raises
    ------
    BadValueError
        For another shape, no rows or columns, and names that do not fit.
    FaultsError
        Naming the unit and indicator of every value that is not finite.
    """
    frame = by_name(who, indicators, given)
    array = as_array(frame, what=what)
    shape = array.shape
    if len(shape) != 2 or 0 in shape:
        raise BadValueError(
            f"{what} has shape {shape}; needed: (units, indicators), at least one of each"
        )
    units = checked_names(units, shape[0], what="unit")
    indicators = checked_names(indicators or column_names(frame), shape[1], what="indicator")
    return checked_numbers(array, shape, what=what, axes=(units, indicators)), units, indicators


def checked_weights(
    given: WeightsLike, indicators: tuple[str, ...], *, what: str = "weights"
) -> NumberArray:
    """Return weights in the order of the indicators, as they are given: not negative, not all 0.

    Parameters
    ----------
    given : array_like or Weights
        `Weights` are put in order by their keys; exact fractions stay exact.
    indicators : tuple of str
    what : str

    Raises
    ------
    BadValueError
        For a wrong shape, or weights that sum to 0.
    UnknownNameError
        When the keys of `Weights` are not the indicators.
    FaultsError
        Naming every weight that is negative or not finite.
    """
    if isinstance(given, Weights):
        unknown = [key for key in given.keys if key not in indicators]
        if unknown:
            raise UnknownNameError.of("indicator", unknown[0], indicators)
        if len(given) < len(indicators):
            missing = [key for key in indicators if key not in given.keys]
            raise BadValueError(f"{what}: no weight for {', '.join(missing)}")
        given = given.values[[given.keys.index(key) for key in indicators]]
    array = checked_numbers(
        given, (len(indicators),), what=what, axes=(indicators,), negative=False
    )
    if not array.sum() > 0:
        raise BadValueError(f"{what} sum to 0; at least one must be positive")
    return array


def checked_probability(given: object, *, what: str) -> FloatArray:
    """Return probabilities as float64 of any shape, locked.

    Raises
    ------
    BadValueError
        When there is none, or one is outside 0 to 1 or no number.
    """
    array = read_array(given, what=what).copy()
    if not array.size:
        raise BadValueError(f"{what} is empty")
    if not ((array >= 0) & (array <= 1)).all():
        wrong = array.ravel()[~((array.ravel() >= 0) & (array.ravel() <= 1))][0]
        raise BadValueError(f"{what} is {wrong:g}; allowed: 0 to 1")
    return read_only(array)


def positions_of(names: Iterable[str], known: tuple[str, ...], *, what: str) -> IntArray:
    """Return the position of each name.

    Raises
    ------
    UnknownNameError
        For a name that is not known.
    """
    at = {name: n for n, name in enumerate(known)}
    out = []
    for name in (names,) if isinstance(names, str) else names:
        if not isinstance(name, str) or name not in at:
            raise UnknownNameError.of(what, name, known)
        out.append(at[name])
    return np.array(out, dtype=np.int64)


def fingerprint(*parts: object) -> str:
    """Return a digest of values, arrays, classes of attrs and the names of functions.

    Two simulations with the same digest draw the same scenarios, so their counts may be
    added. What a function does cannot be seen, only its name.
    """
    digest = hashlib.sha256()
    for part in parts:
        _feed(digest.update, part)
    return digest.hexdigest()[:16]


def _feed(update: Callable[[bytes], None], part: Any) -> None:
    if isinstance(part, np.ndarray):
        content = repr(part.tolist()).encode() if part.dtype == object else part.tobytes()
        update(f"{part.dtype.str}{part.shape}".encode() + content)
    elif isinstance(part, tuple | list):
        update(f"({len(part)}".encode())
        for item in part:
            _feed(update, item)
    elif isinstance(part, dict):
        _feed(update, list(part.items()))
    elif attrs.has(type(part)):
        _feed(update, type(part).__qualname__)
        for a in attrs.fields(type(part)):
            if a.init:
                _feed(update, (a.name, getattr(part, a.name)))
    elif part is None or isinstance(part, str | bytes | int | float | Rational | Enum):
        update(f"{type(part).__name__}:{part!r};".encode())
    else:
        name = getattr(part, "__qualname__", type(part).__qualname__)
        update(f"{getattr(part, '__module__', '')}.{name};".encode())
