"""What people pass as data, directions and weights, made into arrays or refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from numbers import Rational
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from inovasi_index.composite.words import in_words, shown
from inovasi_index.errors import BadValueError, Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    CellRule: TypeAlias = tuple[npt.ArrayLike, str, str]

__all__ = [
    "BoolArray",
    "ByColumn",
    "FloatArray",
    "IntArray",
    "Table",
    "arithmetic_guard",
    "as_array",
    "as_number",
    "column_names",
    "is_number",
    "read_array",
    "read_count",
    "read_directions",
    "read_number",
    "read_table",
    "read_weights",
]

BoolArray: TypeAlias = npt.NDArray[np.bool_]
FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]


class _Named(Protocol):
    """`Weights`, a series of pandas."""

    def to_dict(self) -> Mapping[Any, float]: ...


#: One number a column, in their order or by their names.
ByColumn: TypeAlias = npt.ArrayLike | Mapping[str, float] | _Named

_MOST_FAULTS = 100
# NumPy reads a complex number and a masked one (like an array of one) as numbers, and warns.
_NO_NUMBERS = (str, bytes, complex, np.complexfloating, np.ma.MaskedArray)
_NOT_FINITE = ("not-finite", "only finite numbers and NaN (missing) are allowed")


@frozen(eq=False)
class Table:
    """Numbers in rows and named columns; NaN is a missing value, nothing is infinite.

    Attributes
    ----------
    values : ndarray of float64, shape (rows, columns)
    names : tuple of str
        Of the columns, for messages.
    is_flat : bool
        Whether one column was given as a plain sequence, and goes back as one.
    no_gaps : str or None
        Why no value may be missing, for messages; `None` where they may.
    has_gaps : bool
        Whether a value is missing.

    Raises
    ------
    FaultsError
        For infinite values and for missing ones that may not be, each by row and column.
    """

    values: FloatArray
    names: tuple[str, ...]
    is_flat: bool = False
    no_gaps: str | None = field(default=None, kw_only=True)
    has_gaps: bool = field(init=False)

    def __attrs_post_init__(self) -> None:
        # A sum meets whatever is not finite and needs no array of its own.
        with np.errstate(over="ignore", invalid="ignore"):
            suspect = not np.isfinite(np.add.reduce(self.values, axis=None))
        gaps = np.isnan(self.values) if suspect else np.False_
        if suspect:
            rules: list[CellRule] = [(np.isinf(self.values), *_NOT_FINITE)]
            if self.no_gaps is not None:
                rules.append((gaps, "missing", self.no_gaps))
            _refuse_cells(self.values, self.names, rules)
        object.__setattr__(self, "has_gaps", bool(gaps.any()))

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, by the name under which data frames have them."""
        return self.names

    def __array__(
        self,
        dtype: npt.DTypeLike | None = None,
        copy: bool | None = None,  # noqa: FBT001 (the protocol of NumPy)
    ) -> npt.NDArray[Any]:
        if copy is None:
            return np.asarray(self.values, dtype=dtype)
        return np.array(self.values, dtype=dtype, copy=copy)

    def as_given(self, values: FloatArray) -> FloatArray:
        """Return a result in the shape that the data had."""
        return values[:, 0] if self.is_flat else values

    def with_gaps(self, result: FloatArray) -> FloatArray:
        """Return a result, made NaN where a value is missing."""
        if self.has_gaps:
            np.copyto(result, np.nan, where=np.isnan(self.values))
        return result

    def refuse(self, bad: npt.ArrayLike, code: str, message: str) -> None:
        """Raise one fault for each cell that is `bad`, by row and column.

        Raises
        ------
        FaultsError
        """
        _refuse_cells(self.values, self.names, [(bad, code, message)])

    def require_complete(self, message: str) -> None:
        """Raise one fault for each missing value, and say why it is one.

        Raises
        ------
        FaultsError
        """
        if self.has_gaps:
            self.refuse(np.isnan(self.values), "missing", message)

    def refuse_columns(self, bad: BoolArray, code: str, message: str) -> None:
        """Raise one fault for each column that is `bad`.

        Raises
        ------
        FaultsError
        """
        if bad.any():
            names = [name for name, is_bad in zip(self.names, bad, strict=True) if is_bad]
            raise FaultsError("data", [Fault(code, name, message) for name in names])


def _refuse_cells(values: FloatArray, names: Sequence[str], rules: Sequence[CellRule]) -> None:
    """Raise one fault for each cell that breaks a rule, by row and column.

    Parameters
    ----------
    values : ndarray of float64, shape (rows, columns)
    names : sequence of str
        Of the columns.
    rules : sequence of (ndarray of bool, str, str)
        Which cells break the rule, its code and its words. A cell breaks one of them at most.

    Raises
    ------
    FaultsError
    """
    if not any(np.any(bad) for bad, _, _ in rules):
        return
    codes = np.zeros(values.shape, dtype=np.int8)
    for number, (bad, _, _) in enumerate(rules, start=1):
        codes[np.broadcast_to(bad, values.shape)] = number
    cells = np.argwhere(codes)
    faults = []
    for i, j in cells[:_MOST_FAULTS].tolist():
        _, code, message = rules[int(codes[i, j]) - 1]
        faults.append(Fault(code, f"row {i}, {names[j]}", f"{values[i, j]:g}: {message}"))
    unnamed = codes[tuple(cells[_MOST_FAULTS:].T)]
    for number, (_, code, message) in enumerate(rules, start=1):
        many = np.count_nonzero(unnamed == number)
        if many:
            faults.append(Fault(code, "", f"{many} more values: {message}"))
    raise FaultsError("data", faults)


def read_array(given: object, *, what: str) -> FloatArray:
    """Read numbers of any shape as float64; a masked value is NaN.

    Raises
    ------
    BadValueError
        When it holds what is no number, by its place.
    """
    if type(given) is np.ndarray and given.dtype == np.float64:
        return given
    try:
        array = given if isinstance(given, np.ma.MaskedArray) else np.asarray(given)
        # NumPy would read the texts among objects as numbers.
        if array.dtype.kind in "biuf" or (
            array.dtype.kind == "O" and not any(isinstance(v, str | bytes) for v in array.flat)
        ):
            floats: FloatArray = np.ma.filled(array.astype(np.float64, copy=False), np.nan)
            return floats
    except (TypeError, ValueError, OverflowError) as error:
        named = _no_numbers(given) or f" ({error})"
        raise BadValueError(f"{what}: only numbers are allowed{named}") from None
    named = _no_numbers(given) or f", not {array.dtype}"
    raise BadValueError(f"{what}: only numbers are allowed{named}")


def _no_numbers(given: Any) -> str:
    """Return which cells of an array hold no number of the size of a float64, as words."""
    try:
        array = np.asarray(given, dtype=np.object_)
    except ValueError:
        return ", in rows of one length"
    if not array.ndim:
        return f", not {shown(given)}"
    cells = [
        (at, value)
        for at, value in np.ndenumerate(array)
        if value is not None and not is_number(value)  # None is a missing value
    ]
    if any(isinstance(value, list | tuple | np.ndarray) for _, value in cells):
        return ", in rows of one length"
    names = _names_of(given, array.shape[1]) if array.ndim == 2 else ()

    def place(at: tuple[int, ...]) -> str:
        return f"row {at[0]}, {names[at[1]]}" if names else ", ".join(map(str, at))

    named = (f"{shown(value)} at {place(at)}" for at, value in cells)
    return f"; not so: {in_words(named)}" if cells else ""


def as_array(given: object, *, what: str) -> npt.NDArray[Any]:
    """Return an array of anything, perhaps the one that was given; a masked value is NaN.

    Raises
    ------
    BadValueError
        For rows of different lengths.
    """
    if np.ma.is_masked(given):
        return read_array(given, what=what)
    try:
        return np.asarray(given)
    except (TypeError, ValueError):
        return read_array(given, what=what)  # which says what is wrong


def column_names(data: object) -> tuple[str, ...]:
    """Return the names of the columns of a data frame that are texts; none of an array."""
    # PyArrow has the one, pandas and Polars have the other.
    names = getattr(data, "column_names", getattr(data, "columns", ()))
    return tuple(name for name in names if isinstance(name, str))


def _names_of(data: object, n_columns: int) -> tuple[str, ...]:
    names = column_names(data)
    return names if len(names) == n_columns else _numbered(n_columns)


def _numbered(n_columns: int) -> tuple[str, ...]:
    return tuple(f"column {j}" for j in range(n_columns))


def _in_order(given: Any, names: Sequence[str], *, what: str) -> Any:
    """Return what is given by the names of columns in their order, anything else as it is.

    By names are mappings, `Weights` and the series of pandas. Where the columns have no names of
    their own, the order counts.
    """
    if getattr(given, "ndim", 1) != 1 or not hasattr(given, "to_dict"):
        found = given
    else:
        found = given.to_dict()
    if not isinstance(found, Mapping):
        return given
    if tuple(names) == _numbered(len(names)) or not any(isinstance(label, str) for label in found):
        return list(found.values())
    faults = [Fault("unknown-column", str(n), "no such column") for n in found if n not in names]
    faults += [
        Fault("missing-column", n, f"nothing in the {what}") for n in names if n not in found
    ]
    if faults:
        raise FaultsError(what, faults)
    return [found[name] for name in names]


def read_table(data: object, *, what: str = "data", no_gaps: str | None = None) -> Table:
    """Read rows and columns of numbers; NaN (and a masked value) is a missing value.

    Parameters
    ----------
    data : array_like, shape (rows, columns) or (rows,)
        Also data frames, whose column names are used in messages.
    what : str
        Name of the data in messages.
    no_gaps : str, optional
        Why no value may be missing, for messages; they may when omitted.

    Raises
    ------
    BadValueError
        When it holds no numbers, has another number of dimensions, no row or no column.
    FaultsError
        For infinite values and for missing ones that may not be, each by row and column.

    Examples
    --------
    >>> read_table([[1, 2], [3, float("nan")]]).values
    array([[ 1.,  2.],
           [ 3., nan]])
    """
    if isinstance(data, Table):
        if no_gaps is not None:
            data.require_complete(no_gaps)
        return data
    array = read_array(data, what=what)
    is_flat = array.ndim == 1
    values = array[:, None] if is_flat else array
    if values.ndim != 2:
        raise BadValueError(f"{what}: {array.ndim} dimensions; allowed: rows and columns")
    if 0 in values.shape:
        raise BadValueError(f"{what}: no {'columns' if values.shape[0] else 'rows'}")
    return Table(values, _names_of(data, values.shape[1]), is_flat, no_gaps=no_gaps)


def is_number(value: Any) -> bool:
    """Tell whether a value is a number of the size of a float, also NaN or infinite."""
    n_dimensions: int = getattr(value, "ndim", 0)
    if n_dimensions or isinstance(value, _NO_NUMBERS):
        return False
    try:
        float(value)
    except (TypeError, ValueError, OverflowError):
        return False
    return True


def as_number(value: Any, *, what: str) -> float:
    """Return a number of any size, also an infinite one, as a float.

    Raises
    ------
    BadValueError
    """
    if is_number(value):
        return float(value)
    if isinstance(value, Rational):
        raise BadValueError(f"{what}: the number is too large for a float")
    raise BadValueError(f"{what}: {shown(value)} is not a number")


def read_number(
    value: Any, *, what: str, above: float | None = None, least: float | None = None
) -> float:
    """Read one finite number within limits.

    Raises
    ------
    BadValueError
    """
    number = as_number(value, what=what)
    if not np.isfinite(number):
        raise BadValueError(f"{what}: {number} is not finite")
    if above is not None and not number > above:
        raise BadValueError(f"{what}: {number:g}; allowed: more than {above:g}")
    if least is not None and not number >= least:
        raise BadValueError(f"{what}: {number:g}; allowed: at least {least:g}")
    return number


def read_count(value: Any, *, what: str, least: int = 0, most: int | None = None) -> int:
    """Read one whole number within limits; what is true or false is none.

    Raises
    ------
    BadValueError
    """
    is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not is_whole or value < least or (most is not None and value > most):
        span = f"from {least} on" if most is None else f"from {least} to {most}"
        raise BadValueError(f"{what}: {shown(value)}; allowed: whole numbers {span}")
    return int(value)


def read_directions(directions: ByColumn | None, names: Sequence[str]) -> BoolArray:
    """Return in which columns less is better.

    Parameters
    ----------
    directions : array_like of int, shape (columns,) or (), optional
        1 where more is better (also when omitted), -1 where less is. By column, too.
    names : sequence of str
        Of the columns.

    Raises
    ------
    BadValueError
        For another number of directions.
    FaultsError
        For a direction that is neither 1 nor -1, and names that are not those of the columns.
    """
    if directions is None:
        return np.zeros(len(names), dtype=np.bool_)
    signs = read_array(_in_order(directions, names, what="directions"), what="directions")
    if signs.ndim == 0:
        signs = np.full(len(names), signs)
    if signs.shape != (len(names),):
        raise BadValueError(f"directions: shape {signs.shape}; there are {len(names)} columns")
    wrong = np.flatnonzero(np.abs(signs) != 1)
    if wrong.size:
        message = "a direction is 1 (more is better) or -1 (less is better)"
        faults = [
            Fault("bad-direction", names[j], f"{signs[j]:g}: {message}") for j in wrong.tolist()
        ]
        raise FaultsError("directions", faults)
    return np.asarray(signs < 0)


def read_weights(
    weights: ByColumn | None, names: Sequence[str], *, n_rows: int | None = None
) -> FloatArray:
    """Return weights that are finite, not negative and not all zero, as they are given.

    Parameters
    ----------
    weights : array_like, shape (columns,) or (rows, columns), optional
        1 each when omitted. By column, too, in any order.
    names : sequence of str
        Of the columns.
    n_rows : int, optional
        The number of rows, where weights may differ by row.

    Raises
    ------
    BadValueError
        For another shape, or weights that sum to zero.
    FaultsError
        For weights that are negative or not finite, and names that are not those of the columns.
    """
    if weights is None:
        return np.ones(len(names))
    array = read_array(_in_order(weights, names, what="weights"), what="weights")
    allowed = [(len(names),)] if n_rows is None else [(len(names),), (n_rows, len(names))]
    if array.shape not in allowed:
        raise BadValueError(f"weights: shape {array.shape}; allowed: {allowed[-1]}")
    wrong = np.argwhere(~(np.isfinite(array) & (array >= 0)))
    if len(wrong):
        message = "a weight is a finite number that is not negative"
        faults = []
        for cell in wrong[:_MOST_FAULTS]:
            name = names[int(cell[-1])]
            place = name if len(cell) == 1 else f"row {cell[0]}, {name}"
            faults.append(Fault("bad-weight", place, f"{array[tuple(cell)]:g}: {message}"))
        raise FaultsError("weights", faults)
    empty = np.flatnonzero(~array.any(axis=-1))
    if empty.size:
        where = f" in row {in_words(empty)}" if array.ndim == 2 else ""
        raise BadValueError(f"weights: they sum to zero{where}; at least one must be positive")
    return array


@contextmanager
def arithmetic_guard() -> Iterator[None]:
    """Turn an overflow of float64 into an error that says so.

    Raises
    ------
    BadValueError
    """
    try:
        with np.errstate(over="raise", invalid="ignore", divide="ignore", under="ignore"):
            yield
    except FloatingPointError:
        raise BadValueError("data: the numbers are too large for float64 arithmetic") from None
