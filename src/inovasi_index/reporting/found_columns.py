"""The columns of a frame by what they hold, and all that is wrong in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from inovasi_index.errors import BadValueError, Choice, Fault, FrameError, listing, near_misses
from inovasi_index.io.labels import row_label
from inovasi_index.records.forms import shown
from inovasi_index.reporting.frames import narwhals
from inovasi_index.reporting.headings import fold, row_spellings, spellings
from inovasi_index.reporting.series import (
    MOST_SHOWN,
    factorized,
    is_empty,
    looked_up,
    occurring,
    whole_numbers,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from narwhals import DataFrame, Series
    from numpy.typing import NDArray

    from inovasi_index.rules import Indicator

__all__ = ["AMBIGUOUS", "Empty", "FoundColumns", "frame_of"]

#: Position of a name that several things have.
AMBIGUOUS: Final = -2

_PASSENGERS = ("name", "agency")  # may be there, and are not read of innovations


class Empty(Choice):
    """What an empty cell of a level is: a fault, or level 0, "not answered"."""

    REFUSE = "refuse"
    ZERO = "zero"


def frame_of(given: Any, what: str) -> DataFrame[Any]:
    """Return a frame as narwhals sees it.

    Raises
    ------
    BadValueError
        When it is no frame.
    FrameError
        When two of its columns have one heading.
    MissingExtraError
        Without narwhals.
    """
    nw = narwhals()
    try:
        frame: DataFrame[Any] = nw.from_native(given, eager_only=True)
        _ = frame.columns
    except TypeError:
        kind = type(given).__name__
        message = f"{what} is a {kind}; give a frame of pandas, Polars or PyArrow"
        if kind == "LazyFrame":
            message += "; collect() the lazy frame first"
        raise BadValueError(message) from None
    except nw.exceptions.DuplicateError as error:
        message = " ".join(str(error).split())
        raise FrameError(what, [Fault("doubled-column", "", message)]) from None
    return frame


class FoundColumns:
    """A frame whose columns were found by their headings; collects what is wrong in it.

    Parameters
    ----------
    frame : narwhals.DataFrame
    label : str
        How the frame is called in a fault; empty for the one that matters most.
    fields : sequence of str
        What columns may hold, besides indicators.
    rows : sequence of Indicator
    renamed : mapping of str to str
        What columns are called, where it is something else: field or key → heading.

    Attributes
    ----------
    targets : list of str
        What columns may hold: fields and keys of indicators.
    headings : dict of str to str
        Heading of a column by what it holds.
    unexpected : list of str
        Headings that mean nothing here.
    """

    def __init__(
        self,
        frame: DataFrame[Any],
        *,
        label: str,
        fields: Sequence[str],
        rows: Sequence[Indicator],
        renamed: Mapping[str, str],
    ) -> None:
        self._label = label
        self._frame = frame
        self._known = row_spellings(rows) | spellings(fields)
        self._faults: list[tuple[int, int, Fault]] = []
        self._positions: dict[Any, int] = {h: n for n, h in enumerate(frame.columns)}
        self.targets = [*fields, *(row.key for row in rows)]
        self._names = [*self.targets, *(row.name for row in rows)]
        self.headings: dict[str, Any] = {}
        self.unexpected: list[Any] = []
        meant = {heading: name for name, heading in renamed.items() if name in self.targets}
        named = {meant[heading] for heading in self._positions if heading in meant}
        for heading in self._positions:
            target = meant.get(heading) or self._known.get(fold(str(heading)))
            if target is None or (target in named and heading not in meant):
                self.unexpected.append(heading)
            elif target not in self.headings:
                self.headings[target] = heading
            elif target not in _PASSENGERS:
                message = f"it holds {target!r}, and so does column {self.headings[target]!r}"
                self.note("doubled-column", message, column=heading)

    def __len__(self) -> int:
        return len(self._frame)

    def __contains__(self, target: str) -> bool:
        return target in self.headings

    @property
    def all_headings(self) -> list[Any]:
        """Every heading of the frame."""
        return list(self._positions)

    def series(self, target: str) -> Series[Any]:
        """Return the column that holds something."""
        return self._frame.get_column(self.headings[target])

    def require(self, target: str, *, row: Indicator | None = None, instead: str = "") -> bool:
        """Return whether there is a column for something; note a fault when there is none."""
        if target in self.headings:
            return True
        about = f" ({row_label(row)})" if row else instead
        names = [target, *([row.name] if row else [])]
        hints = (near_misses(name, map(str, self.unexpected)) for name in names)
        hint = next(filter(None, hints), "").replace("did you mean", "is it")
        self.note("missing-column", f"there is no column {target!r}{about}{hint}")
        return False

    def note_unexpected(self) -> None:
        """Note a fault for each column that is not expected."""
        for heading in self.unexpected:
            hint = near_misses(str(heading), self._names)
            message = f"it is not expected{hint}; drop it or pass unexpected='ignore'"
            self.note("unknown-column", message, column=heading)

    def note_not_unicode(self) -> None:
        """Note a fault for each column of texts that cannot be read."""
        for target, heading in self.headings.items():
            try:
                factorized(self.series(target))
            except UnicodeDecodeError:
                said = "the column holds text that is not UTF-8"
                self.note("not-unicode", said, column=heading)

    def note(
        self,
        code: str,
        message: str,
        *,
        column: object = None,
        rows: NDArray[np.intp] | None = None,
    ) -> None:
        """Note a fault of the frame, of a column, or of rows of it."""
        position = self._positions.get(column, -1)
        first, places = -1, [self._label]
        if column is not None:
            places.append(f"column {shown(column)}")
        if rows is not None:
            first = int(rows[0])
            places.append(_row_numbers(rows))
        fault = Fault(code, ", ".join(filter(None, places)), message)
        self._faults.append((position, first, fault))

    def note_cells(self, code: str, message: str, target: str, rows: NDArray[np.intp]) -> None:
        """Note a fault of some cells, if there are any, of the column that holds something."""
        if len(rows):
            self.note(code, message, column=self.headings[target], rows=rows)

    @property
    def faults(self) -> list[Fault]:
        """The faults: of the frame, then column by column."""
        return [fault for _, _, fault in sorted(self._faults, key=lambda found: found[:2])]

    def levels(self, target: str, top: int, policy: Empty) -> NDArray[Any]:
        """Return the levels that a column holds, as whole numbers of its own type."""
        read = whole_numbers(self.series(target))
        if policy is Empty.REFUSE:
            message = "the level is empty; write 0 for 'not answered' or pass empty='zero'"
            self.note_cells("empty-level", message, target, read.empty)
        for message, rows in read.strange.items():
            self.note_cells("wrong-type", message, target, rows)
        values = read.values
        lowest = 0 if values.dtype.kind == "u" else values.min(initial=0)
        if lowest >= 0 and values.max(initial=0) <= top:
            return values
        bad = (values < 0) | (values > top)
        for level in np.unique(values[bad])[:MOST_SHOWN].tolist():
            message = f"level {level:.0f}; allowed: 0 to {top}"
            self.note_cells("level-out-of-range", message, target, np.flatnonzero(values == level))
        return np.where(bad, 0, values)

    def texts(self, target: str) -> list[str]:
        """Return the cells of a column as texts without outer blanks."""
        series = self.series(target)
        if self._refuses_decimals(target, series):
            return [str(n) for n in range(len(series))]
        return ["" if is_empty(cell) else str(cell).strip() for cell in series.to_list()]

    def positions(
        self,
        target: str,
        called: Mapping[str, int],
        *,
        names: Collection[str],
        may_be_empty: bool = False,
    ) -> NDArray[np.signedinteger]:
        """Return the position of what each cell of a column names; -1 where it names nothing.

        Parameters
        ----------
        target : str
        called : mapping of str to int
            Positions by code as it is and by folded name.
        names : collection of str
            Known names, for a hint.
        may_be_empty : bool
            Whether an empty cell is no fault.
        """
        series = self.series(target)
        if self._refuses_decimals(target, series):
            return np.zeros(len(series), np.int16)
        codes, distinct = factorized(series)
        found = np.full(len(distinct), -1)
        wrong: list[int] = []
        for n, value in enumerate(distinct):
            if is_empty(value):
                continue
            code = str(value).strip()
            position = called[code] if code in called else called.get(fold(code), _UNKNOWN)
            if position >= 0:
                found[n] = position
            else:
                wrong.append(n)
        if wrong:  # a category that does not occur is no fault
            occurs = occurring(codes, len(distinct))
            wrong = [n for n in wrong if occurs[n]]
        for n in wrong[:MOST_SHOWN]:
            name = shown(str(distinct[n]))
            if called.get(fold(str(distinct[n]))) == AMBIGUOUS:
                kind, message = "ambiguous", f"{name} is the name of several; write the code"
            else:
                hint = near_misses(str(distinct[n]), names) or listing(tuple(names))
                kind, message = "unknown", f"unknown {target} {name}{hint}"
            self.note_cells(f"{kind}-{target}", message, target, np.flatnonzero(codes == n))
        positions = looked_up(found, codes)
        if len(wrong) > MOST_SHOWN:
            message = f"{len(wrong) - MOST_SHOWN} more {target}s are unknown"
            rows = np.flatnonzero(np.isin(codes, wrong[MOST_SHOWN:]))
            self.note_cells(f"unknown-{target}", message, target, rows)
        if not may_be_empty and positions.min(initial=0) < 0:
            empty = np.flatnonzero((positions < 0) & ~np.isin(codes, wrong))
            self.note_cells(f"empty-{target}", f"the {target} is empty", target, empty)
        return positions

    def _refuses_decimals(self, target: str, series: Series[Any]) -> bool:
        decimals = series.dtype.is_float() and not series.is_nan().all()
        if decimals:
            message = "numbers cannot be codes here: 63.10 and 63.1 would be one; "
            column = self.headings[target]
            self.note("wrong-type", f"{message}read the column as text", column=column)
        return decimals


_UNKNOWN = -3


def _row_numbers(rows: NDArray[np.intp]) -> str:
    first = ", ".join(str(n) for n in rows[:3])
    more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
    return f"row{'s' if len(rows) > 1 else ''} {first}{more}"
