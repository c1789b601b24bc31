"""Arrays that people give: made into what the kernels take, or refused with the place."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import Enum
from fractions import Fraction
from numbers import Rational
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import numpy as np
from numpy.typing import ArrayLike

from inovasi_index.errors import BadValueError, Fault, FaultsError, UnknownNameError
from inovasi_index.weighting.scheme import Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inovasi_index.analysis.robustness.kernels.arrays import FloatArray, IntArray, NumberArray

__all__ = [
    "WeightsLike",
    "anything",
    "checked_names",
    "checked_numbers",
    "checked_probability",
    "checked_weights",
    "exact_fractions",
    "fingerprint",
    "names_given",
    "positions_of",
    "read_only",
    "whole",
]

WeightsLike: TypeAlias = ArrayLike | Sequence[Fraction] | Weights


def anything(given: Any) -> Any:
    """Return what is given: a field that takes any array_like and checks it later."""
    return given


def names_given(given: Iterable[str] | None) -> tuple[str, ...]:
    """Return names as a tuple, empty where none are given; a text is no list of names."""
    if isinstance(given, str):
        raise BadValueError(f"names must be a sequence of texts, not the one text {given!r}")
    return () if given is None else tuple(str(name) for name in given)


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


def whole(value: object, *, what: str, least: int, most: int | None = None) -> int:
    """Return a whole number within limits."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise BadValueError(f"{what} must be a whole number, not {value!r}")
    if value < least or (most is not None and value > most):
        limit = f"at least {least}" if most is None else f"{least} to {most}"
        raise BadValueError(f"{what} is {value}; allowed: {limit}")
    return int(value)


def checked_names(given: Iterable[str] | None, n: int, *, what: str) -> tuple[str, ...]:
    """Return `n` distinct names; numbers from 0 when none are given."""
    names = names_given(given) or tuple(map(str, range(n)))
    if len(names) != n:
        raise BadValueError(f"{len(names)} names of {what}s are given; there are {n}")
    if len(set(names)) < n:
        twice = sorted({name for name in names if names.count(name) > 1})
        raise BadValueError(f"names of {what}s must differ; more than once: {', '.join(twice)}")
    return names


def _as_numbers(given: object, *, what: str) -> NumberArray:
    """Return float64, or objects that are all fractions."""
    try:
        array = np.array(given)
    except ValueError as error:
        raise BadValueError(f"{what} is not an array of numbers: {error}") from None
    if array.dtype == object and all(isinstance(v, Rational) for v in array.flat):
        return exact_fractions(array)
    try:
        return array.astype(np.float64, casting="unsafe" if array.dtype == object else "same_kind")
    except (TypeError, ValueError):
        raise BadValueError(f"{what} has values that are not numbers ({array.dtype})") from None


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
        Naming every place that is not finite, or negative where that is not allowed.
    """
    array = _as_numbers(given, what=what)
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

    finite = np.ones(array.shape, np.bool_) if array.dtype == object else np.isfinite(array)
    faults = [
        Fault("not-finite", at(place), f"{array[tuple(place)]} is not a finite number")
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
        When one is outside 0 to 1 or no number.
    """
    array = _as_numbers(given, what=what).astype(np.float64)
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
        if name not in at:
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
