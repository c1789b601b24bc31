"""One batch of a stream becomes a tally."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from inovasi_index.errors import (
    BadValueError,
    Fault,
    MissingExtraError,
    SubmissionError,
    UnknownNameError,
)
from inovasi_index.io.streams.kernels import counts_by_affair
from inovasi_index.records.forms import FormError, Key
from inovasi_index.scoring import Tally
from inovasi_index.scoring.kernels import owner_sums
from inovasi_index.table import LevelTable
from inovasi_index.table.kernels import level_counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from inovasi_index.io.streams.layout import Layout

__all__ = ["Batch", "arrow", "pieces", "tally_of"]

#: What a stream may be made of: see `tally_batches`.
Batch = Any

_NOTHING_IS_ZERO = "a level is missing; write 0 where nothing was answered"


@frozen(eq=False)
class Coded:
    """Values of a column as positions in a list of the different ones.

    Attributes
    ----------
    values : list
        May hold values that do not occur, and one value twice.
    codes : ndarray of int, shape (n_innovations,)
        -1 where there is no value.
    """

    values: list[Any]
    codes: NDArray[np.integer]


def arrow(what: str) -> Any:
    """Return pyarrow.

    Raises
    ------
    MissingExtraError
        When it is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError.of(what, "arrow") from None
    return pa


def pieces(batch: Batch) -> Iterator[tuple[Batch, int]]:
    """Yield what one batch consists of, each piece with its number of innovations.

    Raises
    ------
    BadValueError
        When it is nothing that a stream may be made of.
    """
    if isinstance(batch, LevelTable):
        yield batch, len(batch)
    elif isinstance(batch, Mapping):
        try:
            arrays = {name: np.asarray(column) for name, column in batch.items()}
        except ValueError as error:
            raise BadValueError(f"a column of a batch is no array: {error}") from None
        shapes = sorted({str(a.shape) for a in arrays.values()})
        if len(shapes) != 1 or next(iter(arrays.values())).ndim != 1:
            raise BadValueError(
                f"the columns of a batch must be of one length; their shapes are {shapes}"
            )
        yield arrays, len(next(iter(arrays.values())))
    elif hasattr(batch, "__arrow_c_array__") or hasattr(batch, "__arrow_c_stream__"):
        pa = arrow("reading batches of Arrow data")
        if isinstance(batch, pa.RecordBatch):
            yield batch, batch.num_rows
        else:
            whole = batch if isinstance(batch, pa.Table) else pa.table(batch)
            yield from ((piece, piece.num_rows) for piece in whole.to_batches())
    else:
        raise BadValueError(
            f"a batch is a {type(batch).__name__}; give LevelTables, dicts of arrays, or Arrow data"
        )


def tally_of(batch: Batch, layout: Layout, *, what: str, first_row: int = 0) -> Tally:
    """Count one piece of a batch.

    Parameters
    ----------
    batch : LevelTable, dict of ndarray, or pyarrow.RecordBatch
    layout : Layout
    what : str
        Name of the source, for errors.
    first_row : int
        Rows of the source before the batch, for errors.

    Raises
    ------
    SubmissionError
        With a fault for each column that has a bad value.
    FileFormatError
        When columns are missing.
    """
    if isinstance(batch, LevelTable):
        if batch.edition != layout.edition:
            raise BadValueError(
                f"{what}: a table is of {batch.edition.id}, the tally of {layout.edition.id}"
            )
        return Tally.of(batch, levels=layout.counts_levels)
    layout.require(batch if isinstance(batch, dict) else batch.schema.names, what)
    faults: list[tuple[str, int, int, str, str]] = []  # column, row, how many, code, message
    columns = [
        _levels(batch, name, top, faults)
        for name, top in zip(layout.levels, layout.tops, strict=True)
    ]
    owners = _regions(batch, layout.region, faults)
    affairs = _affairs(batch, layout, faults)
    if faults:
        raise SubmissionError(
            what,
            [
                Fault(
                    code,
                    f"row {first_row + row}, {name}",
                    message + (f" (and {many - 1} more rows of this batch)" if many > 1 else ""),
                )
                for name, row, many, code, message in faults
            ],
        )
    return _counted(columns, owners, affairs, layout)


def _counted(
    columns: Sequence[NDArray[np.uint8]],
    owners: Coded,
    affairs: NDArray[np.integer],
    layout: Layout,
) -> Tally:
    unit, weights, most = layout.scale
    n = len(owners.values)
    owner_of = owners.codes.astype(np.intp, copy=False)
    by_affair = counts_by_affair(
        owner_of, affairs, n_owners=n, n_affairs=len(layout.edition.affairs)
    )
    n_innovations = by_affair.sum(axis=1)
    sums = owner_sums(columns, weights, owner_of, n_owners=n, most=most)
    counts = None
    if layout.counts_levels:
        counts = level_counts(columns, owner_of, n_owners=n, n_levels=1 + max(layout.tops))
    # A dictionary may list regions that do not occur; those have not been counted.
    there = np.flatnonzero(n_innovations)
    return Tally(
        edition=layout.edition,
        codes=tuple(owners.values[k] for k in there),
        n_innovations=n_innovations[there],
        maturity_hundredths=sums[there] * unit,
        covered=by_affair[there, 1:] > 0,
        level_counts=None if counts is None else counts[:, there],
    )


_Faults = list[tuple[str, int, int, str, str]]


def _fault(faults: _Faults, name: str, wrong: NDArray[np.bool_], *, code: str, say: Any) -> None:
    rows = np.flatnonzero(wrong)
    row = int(rows[0])
    faults.append((name, row, len(rows), code, say(row)))


def _levels(batch: Batch, name: str, top: int, faults: _Faults) -> NDArray[np.uint8]:
    levels = _integers(batch, name, faults)
    if levels is None:
        return np.zeros(0, np.uint8)
    if levels.size and (levels.max() > top or (levels.dtype.kind == "i" and levels.min() < 0)):
        _fault(
            faults,
            name,
            (levels > top) | (levels < 0),
            code="level-out-of-range",
            say=lambda row: f"level {levels[row]}; allowed: 0 to {top}",
        )
        return np.zeros(0, np.uint8)
    return levels.astype(np.uint8, copy=False)


def _integers(batch: Batch, name: str, faults: _Faults) -> NDArray[np.integer] | None:
    """Return a column of whole numbers, without a copy where there is a way."""
    column: Any = batch[name] if isinstance(batch, dict) else batch.column(name)
    if isinstance(column, np.ndarray):
        if column.dtype.kind in "iu":
            return column
        said = f"the column is of {column.dtype}; whole numbers are needed"
    else:
        pa = arrow("reading batches of Arrow data")
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if column.null_count:
            missing = np.asarray(column.is_null())
            _fault(faults, name, missing, code="missing-level", say=lambda _: _NOTHING_IS_ZERO)
            return None
        if pa.types.is_integer(column.type):
            whole: NDArray[np.integer] = column.to_numpy(zero_copy_only=True)
            return whole
        said = f"the column is of {column.type}; whole numbers are needed"
    faults.append((name, 0, 1, "not-whole-numbers", said))
    return None


def _regions(batch: Batch, name: str, faults: _Faults) -> Coded:
    coded = _coded(batch, name, faults, "region codes are text (a number loses the last zero)")
    if coded is None:
        return Coded([], np.zeros(0, np.intp))
    nameless = [k for k, value in enumerate(coded.values) if value is None or value == ""]
    if nameless or coded.codes.min(initial=0) < 0:
        missing = np.isin(coded.codes, [-1, *nameless])
        if missing.any():
            say = "the region is missing"
            _fault(faults, name, missing, code="missing-region", say=lambda _: say)
    unfit = {k: say for k, value in enumerate(coded.values) if (say := _unfit(value))}
    if unfit and (wrong := np.isin(coded.codes, [*unfit])).any():
        _fault(faults, name, wrong, code="bad-region", say=lambda row: unfit[int(coded.codes[row])])
    values = [str(value) for value in coded.values]
    if len(set(values)) == len(values):
        return Coded(values, coded.codes)
    first = {value: k for k, value in reversed([*enumerate(values)])}
    same = np.array([first[value] for value in values], np.intp)
    return Coded(values, same[coded.codes])


def _unfit(value: object) -> str:
    """Return why a value is no code of a region; nothing when it is one, or missing."""
    try:
        return "" if value is None or value == "" else Key().read(str(value)) and ""
    except FormError as error:
        return str(error)


def _affairs(batch: Batch, layout: Layout, faults: _Faults) -> NDArray[np.integer]:
    name, n = layout.affair, len(layout.edition.affairs)
    column = batch[name] if isinstance(batch, dict) else batch.column(name)
    if _is_whole(column):
        places = _integers(batch, name, faults)
        if places is None:
            return np.zeros(0, np.intp)
        wrong = (places < -1) | (places >= n) if places.dtype.kind == "i" else places >= n
        if wrong.any():
            say = f"allowed: -1 to {n - 1}"
            _fault(
                faults,
                name,
                wrong,
                code="unknown-affair",
                say=lambda row: f"affair {places[row]}; {say}",
            )
        # Unsigned numbers of 64 bits do not add to signed ones.
        return places.astype(np.intp, copy=False) if places.dtype == np.uint64 else places
    coded = _coded(batch, name, faults, "affairs are keys, or positions from -1")
    if coded is None:
        return np.zeros(0, np.intp)
    # One place more, at the end, is for rows without a value: code -1.
    place = np.array([layout.affair_places.get(v, -2) for v in coded.values] + [-1], np.intp)
    found: NDArray[np.integer] = place[coded.codes]
    if (place == -2).any() and (unknown := found == -2).any():
        known = [affair.key for affair in layout.edition.affairs]
        _fault(
            faults,
            name,
            unknown,
            code="unknown-affair",
            say=lambda row: str(
                UnknownNameError.of("affair", coded.values[coded.codes[row]], known)
            ),
        )
    return found


def _is_whole(column: Any) -> bool:
    if isinstance(column, np.ndarray):
        return bool(column.dtype.kind in "iu")
    return bool(arrow("reading batches of Arrow data").types.is_integer(column.type))


def _coded(batch: Batch, name: str, faults: _Faults, needed: str) -> Coded | None:
    """Return a column of text (or whole numbers) by codes; a fault for any other type."""
    column = batch[name] if isinstance(batch, dict) else batch.column(name)
    found = _coded_array(column) if isinstance(column, np.ndarray) else _coded_arrow(column)
    if found is None:
        of = column.dtype if isinstance(column, np.ndarray) else column.type
        faults.append((name, 0, 1, "not-text", f"the column is of {of}; {needed}"))
    return found


def _coded_array(column: NDArray[Any]) -> Coded | None:
    if column.dtype.kind == "O":
        # Objects need not be sortable; what is no text is found by the codes.
        place: dict[Any, int] = {}
        try:
            each = (place.setdefault(v, len(place)) for v in column)
            codes = np.fromiter(each, np.intp, len(column))
        except TypeError:
            return None  # what has no hash is no text
        texts = all(isinstance(v, str) or v is None for v in place)
        return Coded(list(place), codes) if texts else None
    if column.dtype.kind not in "iuUT":
        return None
    values, codes = np.unique(column, return_inverse=True)
    return Coded(values.tolist(), codes)


def _coded_arrow(column: pa.Array) -> Coded | None:
    pa = arrow("reading batches of Arrow data")
    if pa.types.is_null(column.type):  # a column without any value has no type of its own
        column = column.cast(pa.string())
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    view = not text and pa.types.is_string_view(kind)
    if not (text or view or pa.types.is_integer(kind)):
        return None
    if not pa.types.is_dictionary(column.type):
        column = (column.cast(pa.string()) if view else column).dictionary_encode()
    codes = column.indices
    if codes.null_count:
        codes = codes.cast(pa.int64()).fill_null(-1)
    return Coded(column.dictionary.to_pylist(), codes.to_numpy(zero_copy_only=True))
