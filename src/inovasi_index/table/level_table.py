"""Records become columns: one byte an answer, owners as integer codes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

import numpy as np
from attrs import frozen

from inovasi_index.errors import BadValueError, Fault, SubmissionError
from inovasi_index.exact import hundredths_of
from inovasi_index.records import Agency, Basis, Region, Submission
from inovasi_index.rules import Edition, Indicator, Part
from inovasi_index.table import kernels
from inovasi_index.table.region_points import points_hundredths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from inovasi_index.language import Language
    from inovasi_index.records import Answer, Innovation

__all__ = ["LevelTable", "reported_columns"]

T = TypeVar("T", bound=np.generic)


def _frozen_array(array: NDArray[T]) -> NDArray[T]:
    array.setflags(write=False)
    return array


@frozen(eq=False)
class LevelTable:
    """Levels of many innovations of many regions, ready to be scored.

    Build it with `from_submissions`, `from_arrays` or `from_columns`; the arrays are read-only.

    Attributes
    ----------
    edition : Edition
    basis : Basis or None
        The basis that the levels stand for; `None` when they came as bare arrays.
    regions : tuple of Region or of str
        The regions, or their codes where no more is known.
    columns : ndarray of uint8, shape (n_rows, n_innovations)
        Levels, one contiguous column an indicator, in official order; 0 is "not answered".
    region_of : ndarray of intp, shape (n_innovations,)
        Index into `regions`.
    region_hundredths : ndarray of int64, shape (n_regions,)
        Points of the region part, in hundredths.
    region_columns : ndarray of uint8, shape (n_region_rows, n_regions), or None
        Levels of the region rows; `None` when the region part came as points.
    covered : ndarray of bool, shape (n_regions, n_affairs)
        Affairs that the innovations of a region cover, in the order of the edition.
    affair_of : ndarray of int16, shape (n_innovations,)
        Main affair of each innovation: index into ``edition.affairs``, -1 unknown.
    agency_of : ndarray of intp, shape (n_innovations,), or None
        Index into `agencies`.
    agencies : tuple of (int, Agency)
        Region index and agency.
    submissions : tuple of Submission
        What the table was built from; empty when it came as arrays.
    """

    edition: Edition
    basis: Basis | None
    regions: tuple[Region | str, ...]
    columns: NDArray[np.uint8]
    region_of: NDArray[np.intp]
    region_hundredths: NDArray[np.int64]
    region_columns: NDArray[np.uint8] | None
    covered: NDArray[np.bool_]
    affair_of: NDArray[np.int16]
    agency_of: NDArray[np.intp] | None = None
    agencies: tuple[tuple[int, Agency], ...] = ()
    submissions: tuple[Submission, ...] = ()

    @cached_property
    def n_innovations_of(self) -> NDArray[np.int64]:
        """Number of innovations of each region, int64 (n_regions,)."""
        counts = np.bincount(self.region_of, minlength=len(self.regions))
        return _frozen_array(counts.astype(np.int64, copy=False))

    @property
    def region_rows_known(self) -> NDArray[np.bool_]:
        """Whether the region part came as rows, not as points, bool (n_regions,)."""
        if self.submissions:
            return np.array([s.region_points is None for s in self.submissions], np.bool_)
        return np.full(len(self.regions), self.region_columns is not None)

    def __len__(self) -> int:
        """Return the number of innovations."""
        return int(self.columns.shape[1])

    def __repr__(self) -> str:
        basis = f", {self.basis}" if self.basis else ""
        return (
            f"<LevelTable {self.edition.id}{basis}: {len(self)} innovations × "
            f"{self.columns.shape[0]} rows, {len(self.regions)} regions>"
        )

    def to_html(self, language: Language | str = "en") -> str:
        """Return how often each row has each level as HTML; any text in it stays text."""
        from inovasi_index.table.notebook import levels_html

        return levels_html(self, language)

    def _repr_html_(self) -> str:
        return self.to_html()

    @property
    def region_codes(self) -> tuple[str, ...]:
        """Codes of the regions, in order."""
        return tuple(r if isinstance(r, str) else r.code for r in self.regions)

    @property
    def levels(self) -> NDArray[np.uint8]:
        """Levels as a view, uint8 (n_innovations, n_rows), in official order."""
        return self.columns.T

    def to_columns(
        self, what: Literal["innovations", "levels", "regions"] = "innovations"
    ) -> dict[str, NDArray[Any]]:
        """Return the table as columns, ready for any data frame.

        Parameters
        ----------
        what : {"innovations", "levels", "regions"}
            ``"innovations"``: one row an innovation, one column an indicator; these columns
            are views, not copies. ``"levels"``: one row an innovation and indicator.
            ``"regions"``: one row a region with the levels of its rows, or its points where
            a region has no levels.

        Returns
        -------
        dict of str to ndarray
            One array a column, all of one length. Indicators stand by their keys.

        Raises
        ------
        BadValueError
            For another word.

        Examples
        --------
        >>> import numpy as np, inovasi_index as ii
        >>> table = ii.LevelTable.from_columns(
        ...     ii.load_edition("iid-2026"), np.ones((20, 3), np.uint8), region_of=[0, 0, 1],
        ...     region_points=[50, 51], affair_of=[0, 1, -1], regions=["63.71", "63.72"])
        >>> {name: column.tolist() for name, column in table.to_columns("regions").items()}
        {'region': ['63.71', '63.72'], 'region_points': [50.0, 51.0]}
        >>> [*table.to_columns()][:3], table.to_columns()["affair"].tolist()
        (['region', 'affair', 'regulation'], ['education', 'health', ''])
        """
        if what == "innovations":
            rows = self.edition.innovation_indicators
            return self._innovation_columns() | {
                row.key: levels for row, levels in zip(rows, self.columns, strict=True)
            }
        if what == "levels":
            rows = self.edition.innovation_indicators
            about = self._innovation_columns()
            about.setdefault("innovation", np.arange(len(self)))
            return {name: np.repeat(column, len(rows)) for name, column in about.items()} | {
                "indicator": np.tile(np.array([row.key for row in rows], np.str_), len(self)),
                "level": self.levels.ravel(),
            }
        if what == "regions":
            return self._region_columns()
        raise BadValueError(f"{what!r}: give 'innovations', 'levels' or 'regions'")

    def _innovation_columns(self) -> dict[str, NDArray[Any]]:
        """Return what is known of each innovation besides its levels."""
        # One key more, at the end, stands for the unknown affairs: index -1.
        affairs = np.array([*(a.key for a in self.edition.affairs), ""], np.str_)
        return reported_columns(self) | {"affair": affairs[self.affair_of]}

    def _region_columns(self) -> dict[str, NDArray[Any]]:
        columns: dict[str, NDArray[Any]] = {"region": np.array(self.region_codes, np.str_)}
        known = [r for r in self.regions if not isinstance(r, str)]
        if len(known) == len(self.regions):
            columns["name"] = np.array([r.name for r in known], np.str_)
            columns["kind"] = np.array([r.kind.value for r in known], np.str_)
        if self.region_columns is None or not self.region_rows_known.all():
            return columns | {"region_points": self.region_hundredths / 100}
        rows = self.edition.region_indicators
        return columns | {
            row.key: levels for row, levels in zip(rows, self.region_columns, strict=True)
        }

    @classmethod
    def from_arrays(
        cls,
        edition: Edition,
        levels: ArrayLike,
        *,
        region_of: ArrayLike,
        region_levels: ArrayLike | None = None,
        region_points: Sequence[object] | NDArray[Any] | None = None,
        affair_of: ArrayLike,
        regions: Sequence[Region | str] | None = None,
        basis: Basis | None = None,
    ) -> Self:
        """Build a table from arrays, rows in any order.

        Parameters
        ----------
        edition : Edition
        levels : array_like of int, shape (n_innovations, n_rows)
            Level of each row of the innovation part, in official order; 0 is "not answered".
        region_of : array_like of int, shape (n_innovations,)
            Region of each innovation, from 0.
        region_levels : array_like of int, shape (n_regions, n_region_rows)
            Levels of the region part. Give these or `region_points`.
        region_points : sequence of number, shape (n_regions,)
            Points of the region part, where its rows are not at hand.
        affair_of : array_like of int, shape (n_innovations,)
            Main affair of each innovation: index into ``edition.affairs``, -1 unknown.
        regions : sequence of Region or str, optional
            Regions or their codes; ``"0"``, ``"1"``, … when not given.
        basis : Basis, optional
            What the levels stand for, as a label.

        Raises
        ------
        BadValueError
            Naming the place of a wrong shape, a level that does not exist, or an index out
            of range.
        IncompleteEditionError
            When the edition lacks the region weights and only levels are given.

        Examples
        --------
        >>> import numpy as np, inovasi_index as ii
        >>> edition = ii.load_edition("iid-2026")
        >>> table = ii.LevelTable.from_arrays(
        ...     edition, np.full((200, 20), 3), region_of=np.zeros(200, int),
        ...     region_levels=np.full((1, 20), 3), affair_of=np.arange(200) % 6)
        >>> ii.score(table).index
        array([100.])
        """
        n_rows = len(edition.innovation_indicators)
        given = _whole_numbers(levels, "levels")
        if given.ndim != 2 or given.shape[1] != n_rows:
            raise BadValueError(
                f"levels has shape {given.shape}; {edition.id} needs (innovations, {n_rows})"
            )
        return cls._with_owners(
            edition,
            _level_columns(given, edition, Part.INNOVATION),
            region_of=region_of,
            region_levels=region_levels,
            region_points=region_points,
            affair_of=affair_of,
            regions=regions,
            basis=basis,
        )

    @classmethod
    def from_columns(
        cls,
        edition: Edition,
        columns: NDArray[Any] | Sequence[ArrayLike],
        *,
        region_of: ArrayLike,
        region_levels: ArrayLike | None = None,
        region_points: Sequence[object] | NDArray[Any] | None = None,
        affair_of: ArrayLike,
        regions: Sequence[Region | str] | None = None,
        basis: Basis | None = None,
    ) -> Self:
        """Build a table from one array an indicator, the layout of data frames.

        The table copies the levels once and holds no reference to what it was given.

        Parameters
        ----------
        edition : Edition
        columns : array_like of int, shape (n_rows, n_innovations), or sequence of such rows
            Level of each innovation in each row of the innovation part, in official order; 0
            is "not answered". Columns may differ in dtype.
        region_of, region_levels, region_points, affair_of, regions, basis
            As for `from_arrays`.

        Raises
        ------
        BadValueError
            Naming the place of a wrong shape, a level that does not exist, or an index out
            of range.
        IncompleteEditionError
            When the edition lacks the region weights and only levels are given.

        Examples
        --------
        >>> import numpy as np, inovasi_index as ii
        >>> table = ii.LevelTable.from_columns(
        ...     ii.load_edition("iid-2026"), [np.full(200, 3, np.uint8)] * 20,
        ...     region_of=np.zeros(200, int), region_points=[63], affair_of=np.arange(200) % 6)
        >>> ii.score(table).index
        array([100.])
        """
        return cls._with_owners(
            edition,
            _stacked_columns(columns, edition),
            region_of=region_of,
            region_levels=region_levels,
            region_points=region_points,
            affair_of=affair_of,
            regions=regions,
            basis=basis,
        )

    @classmethod
    def _with_owners(
        cls,
        edition: Edition,
        columns: NDArray[np.uint8],
        *,
        region_of: ArrayLike,
        region_levels: ArrayLike | None,
        region_points: Sequence[object] | NDArray[Any] | None,
        affair_of: ArrayLike,
        regions: Sequence[Region | str] | None,
        basis: Basis | None,
    ) -> Self:
        """Build a table from columns that are checked and its own."""
        n = columns.shape[1]
        region_columns, hundredths = _region_part(edition, region_levels, region_points)
        n_regions = len(hundredths)
        owner = _codes(region_of, "region_of", n, range(n_regions)).astype(np.intp)
        known = range(-1, len(edition.affairs))
        affairs = _codes(affair_of, "affair_of", n, known).astype(np.int16)
        names = tuple(regions) if regions is not None else tuple(map(str, range(n_regions)))
        if len(names) != n_regions:
            raise BadValueError(f"{len(names)} regions are named, the region part has {n_regions}")
        _require_distinct(names)
        return cls(
            edition=edition,
            basis=basis,
            regions=names,
            columns=_frozen_array(columns),
            region_of=_frozen_array(owner),
            region_hundredths=_frozen_array(hundredths),
            region_columns=region_columns,
            covered=_frozen_array(
                kernels.affairs_covered(affairs, owner, n_regions, n_affairs=len(edition.affairs))
            ),
            affair_of=_frozen_array(affairs),
        )

    @classmethod
    def from_submissions(
        cls, submissions: Iterable[Submission], edition: Edition, *, basis: Basis
    ) -> Self:
        """Build a table from the records of one or many regions.

        Parameters
        ----------
        submissions : iterable of Submission
            One a region.
        edition : Edition
        basis : Basis
            Which level of an answer counts. On ``VERIFIED`` an innovation that is not
            eligible counts with level 0 in every row and stays in the divisor.

        Raises
        ------
        SubmissionError
            With all faults of all submissions.
        IncompleteEditionError
            When a submission answers region rows whose weights are not known.

        Warns
        -----
        PeriodWarning
            When a submission is for a year that the edition is not for.
        """
        from inovasi_index.records import eligibility
        from inovasi_index.records.checking import require_all_valid

        given = tuple(submissions)
        basis = Basis(basis)
        _require_distinct(s.region for s in given)
        require_all_valid(given, edition)
        for submission in given:
            edition.check_year(submission.year)
        innovations = [(r, i) for r, s in enumerate(given) for i in s.innovations]
        columns = _answer_columns([i for _, i in innovations], edition.innovation_indicators, basis)
        if basis is Basis.VERIFIED:
            for n, (_, innovation) in enumerate(innovations):
                if not eligibility(innovation, edition).eligible:
                    columns[:, n] = 0
        region_columns = _answer_columns(given, edition.region_indicators, basis)
        agencies = tuple((r, a) for r, s in enumerate(given) for a in s.agencies)
        code = {(r, a.id): n for n, (r, a) in enumerate(agencies)}
        owner = np.array([r for r, _ in innovations], np.intp)
        affairs = np.array([edition.affair_index(i.affair) for _, i in innovations], np.int16)
        return cls(
            edition=edition,
            basis=basis,
            regions=tuple(s.region for s in given),
            columns=_frozen_array(columns),
            region_of=_frozen_array(owner),
            region_hundredths=_frozen_array(_submitted_points(given, region_columns, edition)),
            region_columns=_frozen_array(region_columns),
            covered=_frozen_array(
                kernels.affairs_covered(affairs, owner, len(given), n_affairs=len(edition.affairs))
            ),
            affair_of=_frozen_array(affairs),
            agency_of=_frozen_array(np.array([code[r, i.agency] for r, i in innovations], np.intp)),
            agencies=agencies,
            submissions=given,
        )


def reported_columns(table: LevelTable) -> dict[str, NDArray[Any]]:
    """Return the region of each innovation and, of submissions, its id, name and agency."""
    codes = np.array(table.region_codes, np.str_)
    columns: dict[str, NDArray[Any]] = {"region": codes[table.region_of]}
    if table.submissions:
        reported = [i for s in table.submissions for i in s.innovations]
        columns["innovation"] = np.array([i.id for i in reported], np.str_)
        columns["name"] = np.array([i.name for i in reported], np.str_)
        columns["agency"] = np.array([i.agency for i in reported], np.str_)
    return columns


def _answer_columns(
    owners: Sequence[Innovation | Submission], rows: Sequence[Indicator], basis: Basis
) -> NDArray[np.uint8]:
    from inovasi_index.records import level_on

    columns = np.zeros((len(rows), len(owners)), np.uint8)
    for n, owner in enumerate(owners):
        answers: dict[str, Answer] = {a.indicator: a for a in owner.answers}
        for m, row in enumerate(rows):
            answer = answers.get(row.key)
            if answer is not None:
                columns[m, n] = level_on(basis, answer, row)
    return columns


def _submitted_points(
    given: Sequence[Submission], region_columns: NDArray[np.uint8], edition: Edition
) -> NDArray[np.int64]:
    points = np.zeros(len(given), np.int64)
    by_rows = [n for n, s in enumerate(given) if s.region_points is None]
    if by_rows:
        points[by_rows] = _region_hundredths(region_columns[:, by_rows], edition)
    for n, submission in enumerate(given):
        if submission.region_points is not None:
            points[n] = hundredths_of(submission.region_points)  # found valid before
    return points


def _require_distinct(regions: Iterable[Region | str]) -> None:
    seen: set[str] = set()
    faults = []
    for n, region in enumerate(regions):
        code = region if isinstance(region, str) else region.code
        if code in seen:
            faults.append(Fault("duplicate-region", f"regions[{n}]", f"{code} occurs twice"))
        seen.add(code)
    if faults:
        raise SubmissionError("regions", faults)


def _whole_numbers(given: ArrayLike, what: str) -> NDArray[Any]:
    if isinstance(given, np.ma.MaskedArray) and np.ma.is_masked(given):
        # What is hidden would be read for what was left there.
        hidden = ", ".join(map(str, np.argwhere(np.ma.getmaskarray(given))[0]))
        raise BadValueError(f"{what}[{hidden}] is masked; whole numbers are needed")
    try:
        array = np.asarray(given)
    except ValueError as error:  # rows of different lengths
        raise BadValueError(f"{what}: {error}") from None
    if array.dtype.kind in "iu":
        return array
    if array.size == 0:
        return array.astype(np.uint8)
    if array.dtype.kind != "f":
        raise BadValueError(f"{what} has dtype {array.dtype}; whole numbers are needed")
    array = array.astype(np.float64, copy=False)
    # Beyond 2**53 floats leave out whole numbers.
    whole = (array == np.rint(array)) & (np.abs(array) <= 2**53)
    if not whole.all():
        place = np.argwhere(~whole)[0]
        at = ", ".join(map(str, place))
        raise BadValueError(f"{what}[{at}] is {array[tuple(place)]}; whole numbers are needed")
    return array.astype(np.int64)


def _level_columns(given: NDArray[Any], edition: Edition, part: Part) -> NDArray[np.uint8]:
    rows = edition.part_indicators(part)
    if given.dtype != np.uint8:
        bad = np.argwhere((given < 0) | (given > 255))
        if bad.size:
            n, m = bad[0]
            raise _no_such_level(given[n, m], int(n), rows[m])
        given = given.astype(np.uint8)
    return _checked_levels(kernels.as_columns(given), rows)


def _stacked_columns(
    given: NDArray[Any] | Sequence[ArrayLike], edition: Edition
) -> NDArray[np.uint8]:
    """Return one contiguous array of levels from a column an indicator, copied once."""
    rows = edition.innovation_indicators
    if isinstance(given, np.ndarray) and given.ndim != 2:
        raise BadValueError(
            f"columns has shape {given.shape}; {edition.id} needs ({len(rows)}, innovations)"
        )
    columns = [_whole_numbers(column, f"columns[{m}]") for m, column in enumerate(given)]
    if len(columns) != len(rows):
        raise BadValueError(f"{len(columns)} columns; {edition.id} needs {len(rows)}, one a row")
    if not all(c.ndim == 1 for c in columns) or len({len(c) for c in columns}) > 1:
        shapes = ", ".join(sorted({str(c.shape) for c in columns}))
        raise BadValueError(f"the columns must be of one length each; their shapes are {shapes}")
    stacked = np.empty((len(rows), len(columns[0]) if columns else 0), np.uint8)
    for row, column, levels in zip(rows, columns, stacked, strict=True):
        if column.dtype != np.uint8 and column.size and (column.min() < 0 or column.max() > 255):
            n = int(np.flatnonzero((column < 0) | (column > 255))[0])
            raise _no_such_level(column[n], n, row)
        np.copyto(levels, column, casting="unsafe")
    return _checked_levels(stacked, rows)


def _checked_levels(columns: NDArray[np.uint8], rows: Sequence[Indicator]) -> NDArray[np.uint8]:
    tops = np.array([i.top_level for i in rows], np.uint8)
    place = kernels.first_out_of_range(columns, tops)
    if place is not None:
        m, n = place
        raise _no_such_level(columns[m, n], n, rows[m])
    return columns


def _no_such_level(level: object, n: int, row: Indicator) -> BadValueError:
    return BadValueError(f"level {level} in row {n}, {row.key}; allowed: 0 to {row.top_level}")


def _region_part(
    edition: Edition,
    levels: ArrayLike | None,
    points: Sequence[object] | NDArray[Any] | None,
) -> tuple[NDArray[np.uint8] | None, NDArray[np.int64]]:
    """Return the columns of the region rows, if they are given, and the points of the part."""
    if points is not None:
        if levels is not None:
            raise BadValueError("give region_levels or region_points, not both")
        return None, points_hundredths(enumerate(points), edition)
    if levels is None:
        raise BadValueError("the region part is missing: give region_levels or region_points")
    given = _whole_numbers(levels, "region_levels")
    n_rows = len(edition.region_indicators)
    if given.ndim != 2 or given.shape[1] != n_rows:
        raise BadValueError(
            f"region_levels has shape {given.shape}; {edition.id} needs (regions, {n_rows})"
        )
    columns = _level_columns(given, edition, Part.REGION)
    return _frozen_array(columns), _region_hundredths(columns, edition)


def _codes(given: ArrayLike, what: str, n: int, allowed: range) -> NDArray[Any]:
    codes = _whole_numbers(given, what)
    if codes.shape != (n,):
        raise BadValueError(f"{what} has shape {codes.shape}; one an innovation is needed, ({n},)")
    if codes.size and (codes.min() < allowed.start or codes.max() >= allowed.stop):
        at = int(np.flatnonzero((codes < allowed.start) | (codes >= allowed.stop))[0])
        limits = f"{allowed.start} to {allowed.stop - 1}"
        raise BadValueError(f"{what}[{at}] is {codes[at]}; allowed: {limits}")
    return codes


def _region_hundredths(columns: NDArray[np.uint8], edition: Edition) -> NDArray[np.int64]:
    weights = np.array(edition.weights_hundredths(Part.REGION), np.int64)
    return weights @ columns.astype(np.int64)
