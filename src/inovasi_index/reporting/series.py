"""One column of a frame as an array: whole numbers, or codes of its distinct values.

Columns are read by whole arrays in the library that holds them; only distinct values are
looked at one by one. Bytes without empty cells are not copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import frozen

from inovasi_index.errors import BadValueError
from inovasi_index.exact import parse_decimal
from inovasi_index.records.forms import shown

if TYPE_CHECKING:
    import narwhals as nw
    from numpy.typing import NDArray

__all__ = [
    "MOST_SHOWN",
    "WholeNumbers",
    "codes_of",
    "factorized",
    "is_empty",
    "looked_up",
    "occurring",
    "whole_numbers",
]

#: Distinct values of a column that are named one by one when they are wrong.
MOST_SHOWN: Final = 20


@frozen(eq=False)
class WholeNumbers:
    """A column of whole numbers.

    Attributes
    ----------
    values : ndarray of int, shape (n_rows,)
        0 where a cell is empty or no whole number.
    empty : ndarray of intp
        Rows that are empty.
    strange : dict of str to ndarray of intp
        Rows of what is no whole number, by what is wrong.
    """

    values: NDArray[Any]
    empty: NDArray[np.intp]
    strange: dict[str, NDArray[np.intp]]


_NONE = np.empty(0, np.intp)
_BLOCK: Final = 1 << 16  # codes that are worked on at a time


def is_empty(value: object) -> bool:
    """Return whether a cell holds nothing: null, NaN or blanks."""
    if value is None or isinstance(value, str):
        return not (value and value.strip())
    try:
        return bool(value != value)  # noqa: PLR0124 - NaN
    except (TypeError, ValueError, ArithmeticError):  # an array, the NA of pandas, a signal NaN
        return type(value).__name__ == "NAType"


def whole_numbers(series: nw.Series[Any]) -> WholeNumbers:
    """Read a column of whole numbers of any type that can hold them, texts included."""
    dtype = series.dtype
    if dtype.is_integer():
        if not _may_be_empty(series):
            return WholeNumbers(series.to_numpy(), _NONE, {})
        empty = np.flatnonzero(series.is_null().to_numpy())
        return WholeNumbers(series.fill_null(0).to_numpy(), empty, {})
    if dtype.is_float():
        numbers = series.to_numpy().astype(np.float64)
        empty = np.flatnonzero(np.isnan(numbers))
        bad = np.isinf(numbers) | (~np.isnan(numbers) & (numbers != np.rint(numbers)))
        distinct = np.unique(numbers[bad]).tolist()
        strange = {
            f"{number:g} is not a whole number": np.flatnonzero(numbers == number)
            for number in distinct[:MOST_SHOWN]
        }
        if len(distinct) > MOST_SHOWN:
            rest = bad & ~np.isin(numbers, distinct[:MOST_SHOWN])
            strange[_more(len(distinct))] = np.flatnonzero(rest)
        return WholeNumbers(np.where(bad | np.isnan(numbers), 0, numbers), empty, strange)
    return _from_distinct(*factorized(series))


def _from_distinct(codes: NDArray[np.integer], distinct: list[Any]) -> WholeNumbers:
    numbers = np.zeros(len(distinct) + 1, np.int64)
    empty = np.zeros(len(distinct) + 1, np.bool_)
    empty[-1] = True  # code -1
    wrong: dict[int, str] = {}
    for n, value in enumerate(distinct):
        if is_empty(value):
            empty[n] = True
            continue
        try:
            numbers[n] = _whole(value)
        except BadValueError as error:
            wrong[n] = str(error)
    first = list(wrong)[:MOST_SHOWN]
    strange = {wrong[n]: np.flatnonzero(codes == n) for n in first}
    if len(wrong) > MOST_SHOWN:
        rest = np.isin(codes, list(wrong)) & ~np.isin(codes, first)
        strange[_more(len(wrong))] = np.flatnonzero(rest)
    return WholeNumbers(numbers[codes], np.flatnonzero(empty[codes]), strange)


def _more(n: int) -> str:
    return f"{n - MOST_SHOWN} more values are not whole numbers"


def _whole(value: object) -> int:
    if isinstance(value, bool | np.bool_):
        raise BadValueError(f"{value} is a truth value, not a whole number")
    try:
        number = parse_decimal(str(value))
    except BadValueError:
        raise BadValueError(f"{shown(value)} is not a whole number") from None
    if number != number.to_integral_value():
        raise BadValueError(f"{shown(value)} is not a whole number")
    if number.copy_abs() > 1 << 32:
        raise BadValueError(f"{shown(value)} is out of range")
    return int(number)


def _may_be_empty(series: nw.Series[Any]) -> bool:
    """Return whether a column has empty cells; integers of NumPy have none, by their type."""
    numpy = isinstance(getattr(series.to_native(), "dtype", None), np.dtype)
    return not (numpy and series.dtype.is_integer()) and series.null_count() > 0


def factorized(series: nw.Series[Any]) -> tuple[NDArray[np.integer], list[Any]]:
    """Return the code of each cell and the distinct values.

    An empty cell has the code -1 or that of a value that `is_empty`.

    Returns
    -------
    ndarray of int, shape (n_rows,)
        Index into the values.
    list
        Distinct values; some of them may not occur.
    """
    import narwhals as nw

    dtype, implementation, native = series.dtype, series.implementation, series.to_native()
    if dtype.is_integer() and not _may_be_empty(series):
        return codes_of(series.to_numpy())
    texts = dtype in (nw.String, nw.Categorical, nw.Enum)
    if texts and implementation.is_pandas_like():
        if hasattr(native, "cat"):
            return native.cat.codes.to_numpy(), list(native.cat.categories)
        codes, values = native.factorize()
        return codes, list(values)
    if texts and implementation.is_polars():
        return _factorized_polars(native, implementation.to_native_namespace())
    if texts and implementation.is_pyarrow():
        encoded = native.dictionary_encode().unify_dictionaries().combine_chunks()
        indices = encoded.indices.fill_null(-1) if encoded.null_count else encoded.indices
        return indices.to_numpy(), encoded.dictionary.to_pylist()
    return _factorized_one_by_one(series.to_list())


def _factorized_polars(native: Any, pl: Any) -> tuple[NDArray[np.integer], list[Any]]:
    physical = (native.cast(pl.Categorical) if native.dtype == pl.String else native).to_physical()
    if native.null_count():
        physical = physical.cast(pl.Int64).fill_null(-1)
    codes = physical.to_numpy()
    if codes.max(initial=0) > 4 * len(codes) + 1024:  # of very many texts elsewhere
        codes, _ = codes_of(codes)
    # Polars is asked for the text of one row of each code.
    row_of = _row_of_each(codes)
    occurs = np.flatnonzero(row_of >= 0)
    values: list[Any] = [None] * len(row_of)
    for code, text in zip(occurs.tolist(), native.gather(row_of[occurs]).to_list(), strict=True):
        values[code] = text
    return codes, values


def _row_of_each(codes: NDArray[np.integer]) -> NDArray[np.intp]:
    """Return a row in which each code does occur, mostly one of the first rows; -1 for others."""
    if not len(codes):
        return np.empty(0, np.intp)
    lowest, highest = max(int(codes.min()), 0), int(codes.max())
    row_of = np.full(highest + 2, -1, np.intp)  # the last for the code -1
    occurs = None
    start, stop = 0, 64 * len(row_of)
    while start < len(codes):
        part = codes[start:stop]
        row_of[part] = np.arange(start, start + len(part))
        row_of[-1] = -1
        if (row_of[lowest:-1] >= 0).all():
            break
        if occurs is None:  # some are rare, or do not occur at all
            occurs = occurring(codes, highest + 1)
        if (row_of[:-1][occurs] >= 0).all():
            break
        start, stop = stop, 8 * stop
    return row_of[:-1]


def occurring(codes: NDArray[np.integer], n: int) -> NDArray[np.bool_]:
    """Return whether each code from 0 to n - 1 occurs.

    Parameters
    ----------
    codes : ndarray of int, shape (n_rows,)
        -1 to n - 1.
    n : int

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    counts = np.zeros(n + 1, np.intp)
    for start in range(0, len(codes), _BLOCK):
        part = codes[start : start + _BLOCK].astype(np.intp)
        counts += np.bincount(part + 1, minlength=len(counts))
    return counts[1:] > 0


def codes_of(values: NDArray[Any]) -> tuple[NDArray[np.integer], list[int]]:
    """Return codes of whole numbers and the distinct numbers, which are sorted.

    Parameters
    ----------
    values : ndarray of int, shape (n_rows,)

    Returns
    -------
    ndarray of int, shape (n_rows,)
    list of int
    """
    if not len(values):
        return np.empty(0, np.intp), []
    lowest, highest = int(values.min()), int(values.max())
    if highest - lowest > 4 * len(values) + 1024:
        distinct, codes = np.unique(values, return_inverse=True)
        return codes, distinct.tolist()
    offsets = values if lowest == 0 else values.astype(np.intp) - lowest
    occurs = np.zeros(highest - lowest + 1, np.bool_)
    occurs[offsets] = True
    code_of = np.cumsum(occurs) - 1
    return looked_up(code_of, offsets), (np.flatnonzero(occurs) + lowest).tolist()


def looked_up(entries: NDArray[np.integer], codes: NDArray[Any]) -> NDArray[np.signedinteger]:
    """Return the entry of each code, -1 for the code -1, in the smallest type that will do.

    Parameters
    ----------
    entries : ndarray of int, shape (n_codes,)
    codes : ndarray of int, shape (n_rows,)

    Returns
    -------
    ndarray of int16 or intp, shape (n_rows,)
    """
    dtype = np.int16 if max(entries.max(initial=0), -entries.min(initial=0)) < 1 << 15 else np.intp
    entry_of = np.append(entries, -1).astype(dtype)
    found: NDArray[np.signedinteger] = np.empty(len(codes), dtype)
    # NumPy takes by wide indices only: block by block they stay in the cache.
    for start in range(0, len(codes), _BLOCK):
        block = slice(start, start + _BLOCK)
        np.take(entry_of, codes[block], out=found[block], mode="wrap")
    return found


def _factorized_one_by_one(cells: list[Any]) -> tuple[NDArray[np.integer], list[Any]]:
    code_of: dict[tuple[type, str], int] = {}
    values: list[Any] = []
    codes = np.empty(len(cells), np.intp)
    for n, cell in enumerate(cells):
        if is_empty(cell):
            codes[n] = -1
            continue
        code = code_of.setdefault((type(cell), str(cell)), len(values))
        if code == len(values):
            values.append(cell)
        codes[n] = code
    return codes, values
