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
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa
    from numpy.typing import NDArray

    from inovasi_index.io.streams.layout import Layout

__all__ = ["Batch", "after", "arrow", "faulty_rows", "pieces", "tally_of"]

#: What a stream may be made of: see `tally_batches`.
Batch = Any


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
        for name, column in batch.items():
            if np.ma.is_masked(column):  # what is hidden would be read for what was left there
                row = int(np.ma.getmaskarray(column).argmax())
                raise BadValueError(f"column {name!r} of a batch is masked, first in row {row}")
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


def after(batches: Iterable[Batch], rows: int) -> Iterator[Batch]:
    """Yield what comes after a number of innovations.

    Raises
    ------
    BadValueError
        When they end inside a `LevelTable` or before, or a batch is nothing that a stream may
        be made of.
    """
    for batch in batches:
        if not rows:
            yield batch
            continue
        for piece, n in pieces(batch):
            if rows < n:
                yield _tail(piece, rows)
            rows = max(0, rows - n)
    if rows:
        raise BadValueError("the batches end before the checkpoint does: they are not the same")


def _tail(piece: Batch, rows: int) -> Batch:
    if rows == 0:
        return piece
    if isinstance(piece, LevelTable):
        # Checkpoints are written between pieces, and a table is one: this is another stream.
        raise BadValueError("the checkpoint ends inside a table: the batches are not the same")
    if isinstance(piece, dict):
        return {name: column[rows:] for name, column in piece.items()}
    return piece.slice(rows)


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
        With a fault for each column and kind of bad value.
    FileFormatError
        When columns are missing.
    """
    if isinstance(batch, LevelTable):
        if batch.edition != layout.edition:
            raise BadValueError(
                f"{what}: a table is of {batch.edition.id}, the tally of {layout.edition.id}"
            )
        return Tally.of(batch, levels=layout.counts_levels)
    read = _read(batch, layout, what)
    if read.faults:
        raise SubmissionError(what, [fault.located(first_row) for fault in read.faults])
    return _counted(read, layout)


def faulty_rows(batch: Batch, layout: Layout, *, what: str) -> NDArray[np.bool_]:
    """Return which rows of a piece `tally_of` refuses, shape (n_innovations,).

    Parameters
    ----------
    batch : dict of ndarray, or pyarrow.RecordBatch
    layout, what
        As for `tally_of`.

    Raises
    ------
    SubmissionError
        When a column as a whole is at fault: no row of it could be left out.
    FileFormatError
        When columns are missing.
    """
    faults = _read(batch, layout, what).faults
    whole = [fault.located(0) for fault in faults if fault.rows is None]
    if whole:
        raise SubmissionError(what, whole)
    wrong = np.zeros(len(_column(batch, layout.region)), np.bool_)
    for rows in (fault.rows for fault in faults if fault.rows is not None):
        wrong |= rows
    return wrong


@frozen(eq=False)
class _Fault:
    """What is wrong in a column of a batch.

    Attributes
    ----------
    column, code, message : str
        The message is that of the first row.
    rows : ndarray of bool, shape (n_innovations,), or None
        Where it is wrong; `None` when the column as a whole is.
    """

    column: str
    code: str
    message: str
    rows: NDArray[np.bool_] | None = None

    def located(self, first_row: int) -> Fault:
        """Return the fault with its row in the source."""
        row, many = 0, 1
        if self.rows is not None:
            row, many = int(self.rows.argmax()), int(np.count_nonzero(self.rows))
        more = f" (and {many - 1} more rows of this batch)" if many > 1 else ""
        return Fault(self.code, f"row {first_row + row}, {self.column}", self.message + more)


@frozen(eq=False)
class _Read:
    """The columns of a batch as arrays, which can be counted when there are no faults.

    Attributes
    ----------
    levels : list of ndarray of uint8, shape (n_innovations,)
    owners : Coded
    affairs : ndarray of int, shape (n_innovations,)
        -1 where unknown.
    faults : list of _Fault
    """

    levels: list[NDArray[np.uint8]]
    owners: Coded
    affairs: NDArray[np.integer]
    faults: list[_Fault]


def _read(batch: Batch, layout: Layout, what: str) -> _Read:
    layout.require(batch if isinstance(batch, dict) else batch.schema.names, what)
    faults: list[_Fault] = []
    return _Read(
        levels=[
            _levels(batch, name, top, faults)
            for name, top in zip(layout.levels, layout.tops, strict=True)
        ],
        owners=_regions(batch, layout.region, faults),
        affairs=_affairs(batch, layout, faults),
        faults=faults,
    )


def _counted(read: _Read, layout: Layout) -> Tally:
    unit, weights, most = layout.scale
    n = len(read.owners.values)
    owner_of = read.owners.codes.astype(np.intp, copy=False)
    by_affair = counts_by_affair(
        owner_of, read.affairs, n_owners=n, n_affairs=len(layout.edition.affairs)
    )
    n_innovations = by_affair.sum(axis=1)
    sums = owner_sums(read.levels, weights, owner_of, n_owners=n, most=most)
    counts = None
    if layout.counts_levels:
        counts = level_counts(read.levels, owner_of, n_owners=n, n_levels=1 + max(layout.tops))
    # A dictionary may list regions that do not occur; those have not been counted.
    there = np.flatnonzero(n_innovations)
    return Tally(
        edition=layout.edition,
        codes=tuple(read.owners.values[k] for k in there),
        n_innovations=n_innovations[there],
        maturity_hundredths=sums[there] * unit,
        covered=by_affair[there, 1:] > 0,
        level_counts=None if counts is None else counts[:, there],
    )


def _note(
    faults: list[_Fault],
    column: str,
    rows: NDArray[np.bool_],
    *,
    code: str,
    say: Callable[[int], str],
) -> None:
    """Note what is wrong in rows of a column, if there are any."""
    if rows.any():
        faults.append(_Fault(column, code, say(int(rows.argmax())), rows))


def _column(batch: Batch, name: str) -> Any:
    return batch[name] if isinstance(batch, dict) else batch.column(name)


def _levels(batch: Batch, name: str, top: int, faults: list[_Fault]) -> NDArray[np.uint8]:
    column = _column(batch, name)
    if not isinstance(column, np.ndarray):
        column = _without_nulls(column, name, faults)
    if not _is_whole(column):
        of = column.dtype if isinstance(column, np.ndarray) else column.type
        said = f"the column is of {of}; whole numbers are needed"
        faults.append(_Fault(name, "not-whole-numbers", said))
        return np.zeros(0, np.uint8)
    levels = _integers(column)
    if levels.size and (levels.max() > top or (levels.dtype.kind == "i" and levels.min() < 0)):
        _note(
            faults,
            name,
            (levels > top) | (levels < 0),
            code="level-out-of-range",
            say=lambda row: f"level {levels[row]}; allowed: 0 to {top}",
        )
    return levels.astype(np.uint8, copy=False)


def _without_nulls(column: pa.Array, name: str, faults: list[_Fault]) -> pa.Array:
    """Return a column of levels in which those that are missing, which is a fault, are 0."""
    pa = arrow("reading batches of Arrow data")
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_null(column.type):  # a column without any value has no type of its own
        column = column.cast(pa.uint8())
    if not column.null_count:
        return column
    said = "a level is missing; write 0 where nothing was answered"
    missing = np.asarray(column.is_null())
    _note(faults, name, missing, code="missing-level", say=lambda _: said)
    return column.fill_null(0) if _is_whole(column) else column


def _is_whole(column: Any) -> bool:
    if isinstance(column, np.ndarray):
        return bool(column.dtype.kind in "iu")
    return bool(arrow("reading batches of Arrow data").types.is_integer(column.type))


def _integers(column: Any) -> NDArray[np.integer]:
    """Return a column of whole numbers, of which none is missing, without a copy."""
    if isinstance(column, np.ndarray):
        return column
    found: NDArray[np.integer] = column.to_numpy(zero_copy_only=True)
    return found


def _regions(batch: Batch, name: str, faults: list[_Fault]) -> Coded:
    coded = _coded(batch, name, faults, "region codes are text (a number loses the last zero)")
    if coded is None:
        return Coded([], np.zeros(0, np.intp))
    nameless = [k for k, value in enumerate(coded.values) if value is None or value == ""]
    if nameless or coded.codes.min(initial=0) < 0:
        missing = np.isin(coded.codes, [-1, *nameless])
        _note(faults, name, missing, code="missing-region", say=lambda _: "the region is missing")
    unfit = {k: say for k, value in enumerate(coded.values) if (say := _unfit(value))}
    if unfit:
        wrong = np.isin(coded.codes, [*unfit])
        _note(faults, name, wrong, code="bad-region", say=lambda row: unfit[int(coded.codes[row])])
    values = [str(value) for value in coded.values]
    if len(set(values)) == len(values):
        return Coded(values, coded.codes)
    first = {value: k for k, value in reversed([*enumerate(values)])}
    same = np.array([first[value] for value in values], np.intp)
    return Coded(values, same[coded.codes])


def _unfit(value: object) -> str:
    """Return why a value is no code of a region; nothing when it is one, or missing."""
    if value is None or value == "":
        return ""
    try:
        Key().read(str(value))
    except FormError as error:
        return str(error)
    return ""


def _affairs(batch: Batch, layout: Layout, faults: list[_Fault]) -> NDArray[np.integer]:
    column = _column(batch, layout.affair)
    if _is_whole(column):
        return _places(column, layout, faults)
    coded = _coded(batch, layout.affair, faults, "affairs are keys, or positions from -1")
    if coded is None:
        return np.zeros(0, np.intp)
    # One place more, at the end, is for rows without a value: code -1.
    place = np.array([layout.affair_places.get(v, -2) for v in coded.values] + [-1], np.intp)
    found: NDArray[np.integer] = place[coded.codes]
    if (place == -2).any():
        known = [affair.key for affair in layout.edition.affairs]
        _note(
            faults,
            layout.affair,
            found == -2,
            code="unknown-affair",
            say=lambda row: str(
                UnknownNameError.of("affair", coded.values[coded.codes[row]], known)
            ),
        )
    return found


def _places(column: Any, layout: Layout, faults: list[_Fault]) -> NDArray[np.integer]:
    """Return a column of positions of affairs; those that are missing are unknown, -1."""
    n, missing = len(layout.edition.affairs), None
    if not isinstance(column, np.ndarray) and column.null_count:
        missing, column = np.asarray(column.is_null()), column.fill_null(0)
    places = _integers(column)
    wrong = (places < -1) | (places >= n) if places.dtype.kind == "i" else places >= n
    _note(
        faults,
        layout.affair,
        wrong,
        code="unknown-affair",
        say=lambda row: f"affair {places[row]}; allowed: -1 to {n - 1}",
    )
    if missing is not None:
        return np.where(missing, -1, places.astype(np.intp))
    # Unsigned numbers of 64 bits do not add to signed ones.
    return places.astype(np.intp, copy=False) if places.dtype == np.uint64 else places


def _coded(batch: Batch, name: str, faults: list[_Fault], needed: str) -> Coded | None:
    """Return a column of text (or whole numbers) by codes; a fault for any other type."""
    column = _column(batch, name)
    try:
        found = _coded_array(column) if isinstance(column, np.ndarray) else _coded_arrow(column)
    except UnicodeDecodeError:  # Arrow takes any bytes for text until they are looked at
        said = "the column holds text that is not UTF-8"
        faults.append(_Fault(name, "not-unicode", said))
        return None
    if found is None:
        of = column.dtype if isinstance(column, np.ndarray) else column.type
        faults.append(_Fault(name, "not-text", f"the column is of {of}; {needed}"))
    return found


def _coded_array(column: NDArray[Any]) -> Coded | None:
    if column.dtype.kind == "T":
        column = column.astype(object)  # NumPy cannot sort it where a text is missing
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
    if column.dtype.kind not in "iuU":
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
