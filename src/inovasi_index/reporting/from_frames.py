"""Level tables and indices out of data frames: wide or long, by keys, numbers or names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import frozen

from inovasi_index.errors import Choice, Fault, FrameError, IncompleteEditionError, near_misses
from inovasi_index.io.streams.kernels import counts_by_affair
from inovasi_index.records import Basis, Region
from inovasi_index.records.forms import shown
from inovasi_index.reporting.found_columns import Empty, FoundColumns, frame_of
from inovasi_index.reporting.frames import narwhals
from inovasi_index.reporting.headings import affair_positions, row_spellings
from inovasi_index.reporting.region_parts import (
    REGION_FIELDS,
    RegionParts,
    read_region_parts,
    read_regions,
)
from inovasi_index.reporting.series import codes_of, factorized, is_empty
from inovasi_index.rules import Edition, load_edition
from inovasi_index.scoring import RegionScores, Tally
from inovasi_index.scoring.kernels import owner_sums
from inovasi_index.scoring.tally import maturity_scale
from inovasi_index.table import LevelTable
from inovasi_index.untrusted import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals import DataFrame
    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Empty", "Unexpected", "scores_from_frame", "table_from_frame"]

#: What a frame of innovations may hold besides the rows of the innovation part.
_FIELDS = ("region", "innovation", "affair", "indicator", "level", "name", "agency")


class Unexpected(Choice):
    """What becomes of a column that is not expected: it is a fault, or it is passed over."""

    REFUSE = "refuse"
    IGNORE = "ignore"


def table_from_frame(
    frame: IntoDataFrame,
    edition: Edition | str,
    *,
    regions: IntoDataFrame | Mapping[str, ArrayLike],
    columns: Mapping[str, str] | None = None,
    empty: Empty | str = Empty.REFUSE,
    unexpected: Unexpected | str = Unexpected.REFUSE,
    basis: Basis | str | None = None,
) -> LevelTable:
    """Return the level table that a data frame of pandas, Polars or PyArrow holds.

    A wide frame has one row an innovation, with the columns ``region``, ``affair`` and one
    for each row of the innovation part: its key, official number or official name. A long
    frame has one row an innovation and indicator, with the columns ``region``,
    ``innovation``, ``affair``, ``indicator`` and ``level``; its innovations come in the order
    in which they first occur, and a row that is not there is not answered. Labels in English
    and Indonesian are understood, too. Columns ``innovation``, ``name`` and ``agency`` may be
    there.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame, pyarrow.Table
        Regions by code or name, affairs by key or official name (an empty one is not known);
        levels as whole numbers of any type, 0 is "not answered".
    edition : Edition or str
    regions : frame or mapping of columns
        One row a region: ``region`` (its code), perhaps ``name`` and ``kind``, and either
        ``region_points`` or one column for each row of the region part.
    columns : mapping of str to str, optional
        What the columns are called in the frames, where it is something else: field name or
        indicator key → heading.
    empty : Empty, optional
        What an empty level means.
    unexpected : Unexpected, optional
        What becomes of further columns.
    basis : Basis, optional
        What the levels stand for, as a label.

    Returns
    -------
    LevelTable

    Raises
    ------
    FrameError
        With every fault at once: columns that are missing or unknown, cells that are empty,
        no level, no region or no affair; rows count from 0.
    IncompleteEditionError
        When the edition lacks the weights of the region rows that are given, or the rows of an
        innovation.
    MissingExtraError
        Without narwhals.
    BadValueError
        When `frame` is no data frame.

    Examples
    --------
    >>> import polars as pl, inovasi_index as ii
    >>> from inovasi_index.reporting import table_from_frame
    >>> edition = ii.load_edition("iid-2026")
    >>> frame = pl.DataFrame(
    ...     {"Daerah": ["Kota Contoh"] * 30, "Urusan": ["Kesehatan", "Sosial"] * 15}
    ...     | {row.code: [2] * 30 for row in edition.innovation_indicators})
    >>> table = table_from_frame(frame, edition, regions={
    ...     "region": ["99.71"], "name": ["Kota Contoh"], "region_points": [51]})
    >>> table, table.regions
    (<LevelTable iid-2026: 30 innovations × 20 rows, 1 regions>, ('99.71',))
    """
    found = _read(frame, edition, regions, columns, Empty(empty), Unexpected(unexpected))
    return found.table(found.cells, basis)


def scores_from_frame(
    frame: IntoDataFrame,
    edition: Edition | str,
    *,
    regions: IntoDataFrame | Mapping[str, ArrayLike],
    columns: Mapping[str, str] | None = None,
    empty: Empty | str = Empty.REFUSE,
    unexpected: Unexpected | str = Unexpected.REFUSE,
    basis: Basis | str | None = None,
) -> RegionScores:
    """Return the scores of the regions of a data frame of pandas, Polars or PyArrow.

    The same numbers as ``score(table_from_frame(…))``, in one pass over the columns where they
    are: bytes are not copied. Only regions are scored; for gaps, robustness or the maturity of
    each innovation build the table.

    Parameters
    ----------
    frame, edition, regions, columns, empty, unexpected, basis
        As for `table_from_frame`.

    Returns
    -------
    RegionScores

    Raises
    ------
    FrameError, IncompleteEditionError, MissingExtraError, BadValueError
        As for `table_from_frame` and `inovasi_index.score`.

    Examples
    --------
    >>> import pandas as pd, inovasi_index as ii
    >>> from inovasi_index.reporting import scores_from_frame
    >>> edition = ii.load_edition("iid-2026")
    >>> frame = pd.DataFrame(
    ...     {"region": "99.71", "affair": ["Kesehatan", "Sosial"] * 15}
    ...     | {row.key: [2] * 30 for row in edition.innovation_indicators})
    >>> regions = {"region": ["99.71"], "region_points": [51]}
    >>> scores_from_frame(frame, edition, regions=regions).index
    array([50.])
    """
    found = _read(frame, edition, regions, columns, Empty(empty), Unexpected(unexpected))
    around = found.table(found.cells.none, basis)
    scores = RegionScores(
        tally=_counted(found.cells, found.edition, around.region_codes),
        regions=around.regions,
        region_hundredths=around.region_hundredths,
        basis=around.basis,
    )
    if len(scores):
        _ = scores.index_hundredths  # so that an edition that cannot answer refuses here
    return scores


# Innovations that are counted at a time; their numbers stay in the cache.
_BLOCK: Final = 1 << 16


def _counted(cells: _Cells, edition: Edition, codes: tuple[str, ...]) -> Tally:
    """Count what the index needs of the innovations."""
    unit, weights, most = maturity_scale(edition)
    n, n_affairs = len(codes), len(edition.affairs)
    sums = np.zeros(n, np.int64)
    by_affair = np.zeros((n, n_affairs + 1), np.int64)
    columns = [column.astype(np.uint8, copy=False) for column in cells.columns]
    for start in range(0, len(cells.region_of), _BLOCK):
        block = slice(start, start + _BLOCK)
        owner = cells.region_of[block].astype(np.intp)
        affair = cells.affair_of[block]
        by_affair += counts_by_affair(owner, affair, n_owners=n, n_affairs=n_affairs)
        levels = [column[block] for column in columns]
        sums += owner_sums(levels, weights, owner, n_owners=n, most=most)
    return Tally(
        edition=edition,
        codes=codes,
        n_innovations=by_affair.sum(axis=1),
        maturity_hundredths=sums * unit,
        covered=by_affair[:, 1:] > 0,
    )


@frozen(eq=False)
class _Found:
    """What a frame of innovations and one of regions hold, without a fault."""

    edition: Edition
    cells: _Cells
    regions: tuple[Region | str, ...]
    parts: RegionParts

    def table(self, cells: _Cells, basis: Basis | str | None) -> LevelTable:
        """Return the table of the regions with some innovations."""
        return LevelTable.from_columns(
            self.edition,
            cells.columns,
            region_of=cells.region_of,
            affair_of=cells.affair_of,
            region_levels=self.parts.levels,
            region_points=self.parts.points,
            regions=self.regions,
            basis=None if basis is None else Basis(basis),
        )


def _read(
    frame: IntoDataFrame,
    edition: Edition | str,
    regions: IntoDataFrame | Mapping[str, ArrayLike],
    columns: Mapping[str, str] | None,
    policy: Empty,
    others: Unexpected,
) -> _Found:
    edition = load_edition(edition) if isinstance(edition, str) else edition
    if not edition.innovation_indicators:
        raise IncompleteEditionError(f"{edition.id}: no rows of the innovation part were found")
    given = frame_of(frame, "frame")
    if isinstance(regions, Mapping):
        regions = _framed(regions, like=given)
    renamed = columns or {}
    innovations = FoundColumns(
        given, label="", fields=_FIELDS, rows=edition.innovation_indicators, renamed=renamed
    )
    around = FoundColumns(
        frame_of(regions, "regions"),
        label="regions",
        fields=REGION_FIELDS,
        rows=edition.region_indicators,
        renamed=renamed,
    )
    _check_renamed(renamed, innovations, around)
    frames, what = (innovations, around), f"frame for {edition.id}"
    try:
        known, called = read_regions(around)
        parts = read_region_parts(around, edition, policy)
        is_long = "indicator" in innovations and "level" in innovations
        cells = (_read_long if is_long else _read_wide)(
            innovations, edition, policy, *_owners(innovations, edition, known, called)
        )
    except UnicodeDecodeError:  # Arrow takes any bytes for text until they are looked at
        for one in frames:
            one.note_not_unicode()
        raise FrameError(what, listed(fault for one in frames for fault in one.faults)) from None
    if others is Unexpected.REFUSE:
        for one in frames:
            one.note_unexpected()
    faults = listed(fault for one in frames for fault in one.faults)
    if faults:
        raise FrameError(what, faults)
    return _Found(edition, cells, known, parts)


def _framed(columns: Mapping[str, ArrayLike], *, like: DataFrame[Any]) -> DataFrame[Any]:
    """Return columns as a frame of the same library as another.

    Raises
    ------
    FrameError
        When they are of different lengths, or hold what the library cannot.
    """
    nw = narwhals()
    try:
        arrays = {name: np.asarray(values) for name, values in columns.items()}
        frame: DataFrame[Any] = nw.from_dict(arrays, backend=like.implementation)
    except Exception as error:  # noqa: BLE001 - each library has errors of its own
        message = f"these columns make no frame: {' '.join(str(error).split())[:200]}"
        raise FrameError("regions", [Fault("no-frame", "", message)]) from None
    return frame


def _check_renamed(renamed: Mapping[str, str], *frames: FoundColumns) -> None:
    known = dict.fromkeys(name for frame in frames for name in frame.targets)
    headings = [heading for frame in frames for heading in frame.all_headings]
    for target, heading in renamed.items():
        if target not in known:
            message = f"columns: there is nothing called {shown(target)}"
            frames[0].note("unknown-name", message + near_misses(target, known))
        elif heading not in headings:
            message = f"columns: there is no column {shown(heading)}, which should hold {target!r}"
            frames[0].note("missing-column", message + near_misses(heading, map(str, headings)))


def _owners(
    frame: FoundColumns,
    edition: Edition,
    regions: Sequence[Region | str],
    called: Mapping[str, int],
) -> tuple[NDArray[np.signedinteger], NDArray[np.signedinteger]]:
    """Return the position of the region and of the affair of each row."""
    region_of: NDArray[np.signedinteger]
    affair_of: NDArray[np.signedinteger]
    if frame.require("region") and called:
        names = [r if isinstance(r, str) else r.code for r in regions]
        region_of = frame.positions("region", called, names=names)
    else:
        region_of = np.zeros(len(frame), np.int16)
    if edition.affairs and frame.require("affair"):
        official = [affair.name for affair in edition.affairs]
        affair_of = frame.positions(
            "affair", affair_positions(edition), names=official, may_be_empty=True
        )
    else:
        affair_of = np.full(len(frame), -1, np.int16)
    return region_of, affair_of


@frozen(eq=False)
class _Cells:
    """What a table is built from: levels by column, and the owners of each innovation."""

    columns: NDArray[Any] | Sequence[NDArray[Any]]
    region_of: NDArray[np.signedinteger]
    affair_of: NDArray[np.signedinteger]

    @property
    def none(self) -> _Cells:
        """The same columns without an innovation."""
        columns = [column[:0] for column in self.columns]
        return _Cells(columns, self.region_of[:0], self.affair_of[:0])


def _read_wide(
    frame: FoundColumns,
    edition: Edition,
    policy: Empty,
    region_of: NDArray[np.signedinteger],
    affair_of: NDArray[np.signedinteger],
) -> _Cells:
    columns = [
        frame.levels(row.key, row.top_level, policy)
        for row in edition.innovation_indicators
        if frame.require(row.key, row=row)
    ]
    return _Cells(columns, region_of, affair_of)


def _read_long(
    frame: FoundColumns,
    edition: Edition,
    policy: Empty,
    region_of: NDArray[np.signedinteger],
    affair_of: NDArray[np.signedinteger],
) -> _Cells:
    row_of, levels = _answers(frame, edition, policy)
    if not frame.require("innovation"):
        return _Cells((), region_of, affair_of)
    codes, distinct = factorized(frame.series("innovation"))
    nameless = [-1, *(n for n, value in enumerate(distinct) if is_empty(value))]
    message = "the innovation is empty"
    bad = np.flatnonzero(np.isin(codes, nameless))
    frame.note_cells("empty-innovation", message, "innovation", bad)
    # An id is unique inside a region only.
    which, first = _numbered(region_of.astype(np.intp) * (len(distinct) + 1) + codes + 1)
    n, m = len(first), len(edition.innovation_indicators)
    cell = row_of.astype(np.intp) * n + which
    answered = row_of >= 0
    doubled = np.bincount(cell[answered], minlength=m * n) > 1
    bad = np.flatnonzero(answered & doubled[cell])
    message = "an innovation answers an indicator twice"
    frame.note_cells("duplicate-answer", message, "indicator", bad)
    if "affair" in frame:
        bad = np.flatnonzero(affair_of != affair_of[first][which])
        message = "the innovation has another affair in another row"
        frame.note_cells("contradicting-affair", message, "affair", bad)
    columns = np.zeros((m, n), np.uint8)
    columns.ravel()[cell[answered]] = levels[answered]
    return _Cells(columns, region_of[first], affair_of[first])


def _answers(
    frame: FoundColumns, edition: Edition, policy: Empty
) -> tuple[NDArray[np.signedinteger], NDArray[Any]]:
    """Return the position of the indicator and the level of each row of a long frame."""
    rows = edition.innovation_indicators
    place_of = {row.key: n for n, row in enumerate(rows)}
    called = {spelling: place_of[key] for spelling, key in row_spellings(rows).items()}
    row_of = frame.positions("indicator", called, names=place_of)
    tops = np.array([row.top_level for row in rows])
    levels = frame.levels("level", int(tops.max()), policy)
    above = (row_of >= 0) & (levels > tops[row_of])
    for n in np.unique(row_of[above]).tolist():
        message = f"the level is above the top of {rows[n].key!r}; allowed: 0 to {tops[n]}"
        bad = np.flatnonzero(above & (row_of == n))
        frame.note_cells("level-out-of-range", message, "level", bad)
    return row_of, levels


def _numbered(keys: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return numbers for keys, by their first occurrence, and where each first occurs.

    Returns
    -------
    ndarray of intp, shape (n_rows,)
        Number of each key.
    ndarray of intp, shape (n_distinct,)
        Row in which each number first occurs.
    """
    codes, distinct = codes_of(keys)
    first = np.empty(len(distinct), np.intp)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    order = np.argsort(first)
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    return number[codes], first[order]
