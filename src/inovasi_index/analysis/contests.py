"""Contests: innovations or agencies ranked by stated criteria, ties shown, never hidden.

Competition ranking: those who are alike in every criterion share a rank, and the next rank
is left out as often as they are many (1, 2, 2, 4). Everything is compared exactly, before any
rounding; names and the order of the file never decide.
"""

from __future__ import annotations

import warnings
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, field, frozen

from inovasi_index.errors import BadValueError, PeriodWarning, SubmissionError, UnknownNameError
from inovasi_index.language import Language, number, text
from inovasi_index.records import (
    Agency,
    AgencyKind,
    Basis,
    Innovation,
    Region,
    Submission,
    eligibility,
)
from inovasi_index.records.places import Hints, faults_in_order
from inovasi_index.records.structure import structural_findings
from inovasi_index.rules import Edition, Part, load_edition
from inovasi_index.scoring.scores import maturity_hundredths
from inovasi_index.table import LevelTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

__all__ = [
    "CRITERIA",
    "RANKING_FORMAT",
    "AgencyWithout",
    "Criterion",
    "Entrant",
    "Place",
    "Ranking",
    "Shortlist",
    "agencies_without_innovations",
    "rank_agencies",
    "rank_innovations",
]

RANKING_FORMAT = "inovasi_index.ranking/1"

Amount = int | Fraction | Decimal | float


class _Contest:
    """The levels of all innovations that take part, worked out basis by basis when asked for."""

    def __init__(self, submissions: Sequence[Submission], edition: Edition) -> None:
        # The region part plays no role, so an edition that lacks its weights will do.
        self._submissions = [evolve(s, answers=(), region_points=Decimal(0)) for s in submissions]
        self._edition = edition
        self._maturities: dict[Basis, list[int]] = {}
        # Faults and warnings of the records come here, before anything is ranked, and once.
        self._tables = {Basis.CLAIMED: self._table(Basis.CLAIMED)}

    def _table(self, basis: Basis) -> LevelTable:
        return LevelTable.from_submissions(self._submissions, self._edition, basis=basis)

    def table(self, basis: Basis) -> LevelTable:
        if basis not in self._tables:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", PeriodWarning)
                self._tables[basis] = self._table(basis)
        return self._tables[basis]

    def maturities(self, basis: Basis) -> list[int]:
        """Return the maturity of each innovation, in hundredths."""
        if basis not in self._maturities:
            self._maturities[basis] = maturity_hundredths(self.table(basis)).tolist()
        return self._maturities[basis]


@frozen(eq=False)
class Entrant:
    """What takes part in a contest: an innovation, or an agency with its innovations.

    Attributes
    ----------
    region : Region
    id, name : str
    agency : Agency
        The agency that reports the innovation, or the agency itself.
    innovations : tuple of Innovation
        One, or all of the agency.
    edition : Edition
    """

    region: Region
    id: str
    name: str
    agency: Agency
    innovations: tuple[Innovation, ...]
    edition: Edition
    _positions: tuple[int, ...] = field(alias="positions", repr=False)
    _contest: _Contest = field(alias="contest", repr=False)

    def maturities(self, basis: Basis) -> tuple[Fraction, ...]:
        """Return the maturity of each innovation on a basis, in points."""
        found = self._contest.maturities(basis)
        return tuple(Fraction(found[n], 100) for n in self._positions)

    def levels(self, indicator: str, basis: Basis) -> tuple[int, ...]:
        """Return the level of each innovation in one row, on a basis.

        Raises
        ------
        UnknownNameError
            For a row that the edition does not have.
        BadValueError
            For a row of the region part.
        """
        row = self.edition[indicator]
        if row.part is not Part.INNOVATION:
            raise BadValueError(f"{indicator} is a row of the region part; a contest is of others")
        column = self._contest.table(basis).columns[self.edition.innovation_indicators.index(row)]
        return tuple(int(column[n]) for n in self._positions)


def _sum(amounts: Iterable[Fraction]) -> Fraction:
    return sum(amounts, Fraction(0))


@frozen
class Criterion:
    """What a contest is decided by.

    Attributes
    ----------
    name : str
        Key of a text (``"maturity"``), or words of one's own.
    measure : callable
        ``measure(entrant)`` returns a number, compared exactly, or `None`, which comes last.
    lowest_first : bool
        Whether less is better.

    Examples
    --------
    The innovation that was applied first wins a tie:

    >>> def applied(entrant):
    ...     day = entrant.innovations[0].application_date
    ...     return day and day.toordinal()
    >>> Criterion("first applied", applied, lowest_first=True).name
    'first applied'
    """

    name: str
    measure: Callable[[Entrant], Amount | None]
    lowest_first: bool = False

    @classmethod
    def maturity(cls, basis: Basis = Basis.DOCUMENTED) -> Criterion:
        """Measure the mean maturity of the innovations, in points."""

        def measure(entrant: Entrant) -> Fraction | None:
            found = entrant.maturities(basis)
            return _sum(found) / len(found) if found else None

        return cls("maturity", measure)

    @classmethod
    def total_maturity(cls, basis: Basis = Basis.DOCUMENTED) -> Criterion:
        """Measure the sum of the maturities of the innovations, in points."""
        return cls("total_maturity", lambda entrant: _sum(entrant.maturities(basis)))

    @classmethod
    def innovations(cls, basis: Basis = Basis.DOCUMENTED) -> Criterion:  # noqa: ARG003 - one form for all
        """Count the innovations."""
        return cls("innovations", lambda entrant: len(entrant.innovations))

    @classmethod
    def eligible_innovations(cls, basis: Basis = Basis.DOCUMENTED) -> Criterion:  # noqa: ARG003 - likewise
        """Count the innovations that are eligible."""

        def measure(entrant: Entrant) -> int:
            return sum(eligibility(i, entrant.edition).eligible for i in entrant.innovations)

        return cls("eligible_innovations", measure)

    @classmethod
    def documented_share(cls, basis: Basis = Basis.DOCUMENTED) -> Criterion:  # noqa: ARG003 - likewise
        """Measure how much of the claimed maturity is documented, 0 to 1."""

        def measure(entrant: Entrant) -> Fraction | None:
            claimed = _sum(entrant.maturities(Basis.CLAIMED))
            return _sum(entrant.maturities(Basis.DOCUMENTED)) / claimed if claimed else None

        return cls("documented_share", measure)

    @classmethod
    def level(cls, indicator: str, basis: Basis = Basis.DOCUMENTED) -> Criterion:
        """Measure the mean level of the innovations in one row; its key is the name."""

        def measure(entrant: Entrant) -> Fraction | None:
            levels = entrant.levels(indicator, basis)
            return Fraction(sum(levels), len(levels)) if levels else None

        return cls(indicator, measure)

    def title(self, edition: Edition, language: Language | str) -> str:
        """Return the heading of the criterion: of ours in the language, of a row officially."""
        if self.name in CRITERIA:
            return text(f"criterion.{self.name}", language)
        return edition[self.name].name if self.name in edition else self.name


#: The criteria that can be named, each built for a basis.
CRITERIA: dict[str, Callable[[Basis], Criterion]] = {
    "maturity": Criterion.maturity,
    "total_maturity": Criterion.total_maturity,
    "innovations": Criterion.innovations,
    "eligible_innovations": Criterion.eligible_innovations,
    "documented_share": Criterion.documented_share,
}


@frozen(eq=False)
class Place:
    """One entrant in a ranking.

    Attributes
    ----------
    rank : int
    entrant : Entrant
    values : tuple of (fractions.Fraction or None)
        What each criterion measures.
    tied : bool
        Whether others share the rank: no criterion tells them apart.
    decided_by : str or None
        The criterion that sets it below the rank above; `None` for the first rank.
    """

    rank: int
    entrant: Entrant
    values: tuple[Fraction | None, ...]
    tied: bool
    decided_by: str | None


@frozen
class AgencyWithout:
    """An agency that reports no innovation of its own.

    Attributes
    ----------
    region : Region
    agency : Agency
    below : int
        Innovations that the units below it report.
    units : int
        Units below it.
    """

    region: Region
    agency: Agency
    below: int
    units: int


@frozen(eq=False)
class Ranking:
    """Entrants by rank.

    Attributes
    ----------
    edition : Edition
    basis : Basis
    criteria : tuple of Criterion
        In the order in which they decide.
    places : tuple of Place
        From the first rank to the last; within a rank in the order of the input.
    without : tuple of AgencyWithout
        Agencies that take no part for want of an innovation; empty for innovations.
    """

    edition: Edition
    basis: Basis
    criteria: tuple[Criterion, ...]
    places: tuple[Place, ...]
    without: tuple[AgencyWithout, ...] = ()

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def ties(self) -> tuple[tuple[Place, ...], ...]:
        """Places that share a rank, rank by rank."""
        by_rank: dict[int, list[Place]] = {}
        for place in self.places:
            by_rank.setdefault(place.rank, []).append(place)
        return tuple(tuple(group) for group in by_rank.values() if len(group) > 1)

    def shortlist(self, k: int) -> Shortlist:
        """Return the first `k`, for prizes or a further round.

        Raises
        ------
        BadValueError
            When `k` is not a positive whole number.
        """
        if isinstance(k, bool) or not isinstance(k, int) or k < 1:
            raise BadValueError(f"a shortlist of {k!r}; allowed: 1 or more")
        return Shortlist(self, k)

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row a place, as columns for any data frame.

        What a criterion cannot measure is NaN.
        """
        places = self.places
        columns: dict[str, NDArray[Any]] = {
            "rank": np.array([p.rank for p in places], np.int64),
            "region": np.array([p.entrant.region.code for p in places], np.str_),
            "id": np.array([p.entrant.id for p in places], np.str_),
            "name": np.array([p.entrant.name for p in places], np.str_),
            "agency": np.array([p.entrant.agency.id for p in places], np.str_),
        }
        for n, criterion in enumerate(self.criteria):
            values = [p.values[n] for p in places]
            measured = [np.nan if v is None else float(v) for v in values]
            columns[criterion.name] = np.array(measured, np.float64)
        columns["tied"] = np.array([p.tied for p in places], np.bool_)
        columns["decided_by"] = np.array([p.decided_by or "" for p in places], np.str_)
        return columns

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold; exact amounts are strings."""
        return {
            "format": RANKING_FORMAT,
            "edition": self.edition.id,
            "basis": self.basis.value,
            "criteria": [criterion.name for criterion in self.criteria],
            "places": [
                {
                    "rank": p.rank,
                    "region": p.entrant.region.code,
                    "id": p.entrant.id,
                    "name": p.entrant.name,
                    "agency": p.entrant.agency.id,
                    "values": [None if v is None else str(v) for v in p.values],
                    "tied": p.tied,
                    "decided_by": p.decided_by,
                }
                for p in self.places
            ],
            "without": [
                {
                    "region": one.region.code,
                    "agency": one.agency.id,
                    "name": one.agency.name,
                    "below": one.below,
                    "units": one.units,
                }
                for one in self.without
            ],
        }

    def to_text(
        self,
        language: Language | str = Language.ENGLISH,
        *,
        first: int | None = None,
        width: int = 88,
    ) -> str:
        """Return the ranking, its ties and who takes no part, as lines.

        Parameters
        ----------
        language : Language or str
        first : int, optional
            Only the shortlist of so many.
        width : int
            Columns of the terminal.
        """
        shortlist = None if first is None else self.shortlist(first)
        places = self.places if shortlist is None else shortlist.places
        titles = [criterion.title(self.edition, language) for criterion in self.criteria]
        lines = [text("contest.by", language, criteria=", ".join(titles))]
        several = len({p.entrant.region.code for p in places}) > 1
        for place in places:
            values = " · ".join("–" if v is None else _shown(v, language) for v in place.values)
            where = f" ({place.entrant.region.name})" if several else ""
            sign = "=" if place.tied else " "
            lines.append(f"{place.rank:>4}{sign} {place.entrant.name}{where}: {values}")
        if any(place.tied for place in places):
            lines.append(text("contest.tied", language))
        if shortlist is not None and shortlist.tied_on_edge:
            lines.append(
                text(
                    "contest.edge",
                    language,
                    k=shortlist.k,
                    places=len(shortlist.places),
                    rank=shortlist.places[-1].rank,
                    tied=len(shortlist.tied_on_edge),
                    seats=shortlist.seats_on_edge,
                )
            )
        if self.without:
            lines.append(text("contest.without", language, agencies=len(self.without)))
            for one in self.without:
                key = "contest.units" if one.units else "contest.nothing"
                below = text(key, language, below=one.below, units=one.units)
                where = f" ({one.region.name})" if several else ""
                lines.append(f"      {one.agency.name}{where}: {below}")
        return "\n".join(fill(line, max(width, 40), subsequent_indent="      ") for line in lines)

    def __str__(self) -> str:
        return self.to_text()


@frozen(eq=False)
class Shortlist:
    """The first `k` of a ranking, and all who are tied with the last of them.

    Attributes
    ----------
    ranking : Ranking
        The whole ranking.
    k : int
        How many were asked for.
    """

    ranking: Ranking
    k: int

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of the list; more than `k` where a tie lies across the edge."""
        return tuple(place for place in self.ranking.places if place.rank <= self.k)

    @property
    def tied_on_edge(self) -> tuple[Place, ...]:
        """Those who share the last rank when there are more of them than seats.

        The criteria do not decide among them, and neither do we.
        """
        places = self.places
        if len(places) <= self.k:
            return ()
        return tuple(place for place in places if place.rank == places[-1].rank)

    @property
    def seats_on_edge(self) -> int:
        """How many of `tied_on_edge` fit; 0 without a tie."""
        tied = len(self.tied_on_edge)
        return self.k - len(self.places) + tied if tied else 0

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row a place; see `Ranking.to_columns`."""
        return evolve(self.ranking, places=self.places).to_columns()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold; see `Ranking.to_dict`."""
        return {
            **evolve(self.ranking, places=self.places).to_dict(),
            "k": self.k,
            "tied_on_edge": [place.entrant.id for place in self.tied_on_edge],
            "seats_on_edge": self.seats_on_edge,
        }

    def to_text(self, language: Language | str = Language.ENGLISH, *, width: int = 88) -> str:
        """Return the list, and the tie across its edge, as lines; see `Ranking.to_text`."""
        return self.ranking.to_text(language, first=self.k, width=width)

    def __str__(self) -> str:
        return self.to_text()


def _shown(value: Fraction, language: Language | str) -> str:
    return number(value, language, 0 if value.denominator == 1 else 4)


def rank_innovations(
    submissions: Submission | Iterable[Submission],
    edition: Edition | str,
    *,
    by: Sequence[Criterion | str] = ("maturity", "documented_share"),
    basis: Basis = Basis.DOCUMENTED,
    eligible_only: bool = False,
) -> Ranking:
    """Rank the innovations of one region or of several.

    Parameters
    ----------
    submissions : Submission or iterable of Submission
    edition : Edition or str
    by : sequence of Criterion or str
        Criteria in the order in which they decide: one breaks the ties of those before it. A
        name is one of `CRITERIA`, or the key of a row for its level.
    basis : Basis, optional
        For the criteria that are given by name.
    eligible_only : bool
        Whether innovations that are not eligible take no part.

    Returns
    -------
    Ranking

    Raises
    ------
    UnknownNameError
        For a criterion or an edition that does not exist.
    BadValueError
        Without criteria, or when one measures what is no number.
    SubmissionError
        With every fault of the submissions.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.contests import rank_innovations
    >>> city = ii.read_submission("examples/kota-contoh.toml")
    >>> found = rank_innovations(city, "iid-2026", by=["maturity", "quality_video"])
    >>> for place in found.shortlist(3):
    ...     print(place.rank, place.entrant.id, *place.values)
    1 jemput-sehat 95 3
    2 siap-lapor 94 3
    3 duta-tb 93 3
    3 pustaka-ketinting 93 3
    """
    given, edition = _read(submissions, edition)
    contest = _Contest(given, edition)
    agencies = [{agency.id: agency for agency in s.agencies} for s in given]
    numbered = [(r, i) for r, s in enumerate(given) for i in s.innovations]
    entrants = [
        Entrant(
            region=given[r].region,
            id=innovation.id,
            name=innovation.name,
            agency=agencies[r][innovation.agency],
            innovations=(innovation,),
            edition=edition,
            positions=(n,),
            contest=contest,
        )
        for n, (r, innovation) in enumerate(numbered)
        if not eligible_only or eligibility(innovation, edition).eligible
    ]
    return _ranking(entrants, by, edition, Basis(basis))


def rank_agencies(
    submissions: Submission | Iterable[Submission],
    edition: Edition | str,
    *,
    by: Sequence[Criterion | str] = ("innovations", "maturity", "documented_share"),
    basis: Basis = Basis.DOCUMENTED,
    kinds: Iterable[AgencyKind | str] | None = None,
    with_units: bool = False,
) -> Ranking:
    """Rank the agencies of one region or of several by their innovations.

    Parameters
    ----------
    submissions : Submission or iterable of Submission
    edition : Edition or str
    by : sequence of Criterion or str
        Criteria in the order in which they decide; see `rank_innovations`.
    basis : Basis, optional
        For the criteria that are given by name.
    kinds : iterable of AgencyKind or str, optional
        Only agencies of these kinds (``["puskesmas"]``).
    with_units : bool
        Whether the innovations of units count for the agency at their top, and only such
        agencies take part.

    Returns
    -------
    Ranking
        Agencies without any innovation take no part; they are in `Ranking.without`.

    Raises
    ------
    UnknownNameError, BadValueError, SubmissionError
        See `rank_innovations`.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.contests import rank_agencies
    >>> city = ii.read_submission("examples/kota-contoh.toml")
    >>> found = rank_agencies(city, "iid-2026", by=["innovations"], with_units=True)
    >>> [(place.rank, place.entrant.id, place.tied) for place in found.shortlist(2)]
    [(1, 'dinkes', False), (2, 'disdik', False)]
    >>> [one.agency.id for one in found.without]
    ['perkim']
    """
    given, edition = _read(submissions, edition)
    chosen = set(AgencyKind) if kinds is None else {_kind(kind) for kind in kinds}
    contest = _Contest(given, edition)
    entrants = []
    start = 0
    for submission in given:
        parents = {agency.id: agency.parent for agency in submission.agencies}
        owned: dict[str, list[int]] = {agency.id: [] for agency in submission.agencies}
        for n, innovation in enumerate(submission.innovations):
            owner = _top(innovation.agency, parents) if with_units else innovation.agency
            owned[owner].append(n)
        entrants += [
            Entrant(
                region=submission.region,
                id=agency.id,
                name=agency.name,
                agency=agency,
                innovations=tuple(submission.innovations[n] for n in owned[agency.id]),
                edition=edition,
                positions=tuple(start + n for n in owned[agency.id]),
                contest=contest,
            )
            for agency in submission.agencies
            if owned[agency.id] and agency.kind in chosen
        ]
        start += len(submission.innovations)
    without = tuple(
        one
        for one in _without(given)
        if one.agency.kind in chosen
        and not (with_units and (one.below or one.agency.parent is not None))
    )
    return evolve(_ranking(entrants, by, edition, Basis(basis)), without=without)


def agencies_without_innovations(
    submissions: Submission | Iterable[Submission],
) -> tuple[AgencyWithout, ...]:
    """Return the agencies that report no innovation of their own, in the order of the input.

    Each should bring at least one. For an agency with units below it the innovations of these
    are counted, since they may be all of its work.

    Parameters
    ----------
    submissions : Submission or iterable of Submission

    Raises
    ------
    SubmissionError
        For agencies that do not exist, are above themselves or have the id of another.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.contests import agencies_without_innovations
    >>> city = ii.read_submission("examples/kota-contoh.toml")
    >>> [(one.agency.id, one.below) for one in agencies_without_innovations(city)]
    [('perkim', 0)]
    """
    given = (submissions,) if isinstance(submissions, Submission) else tuple(submissions)
    for submission in given:
        if findings := [*structural_findings(submission, Hints())]:
            faults = faults_in_order(submission, findings)
            raise SubmissionError(f"submission of {submission.region.code}", faults)
    return tuple(_without(given))


def _without(submissions: Iterable[Submission]) -> Iterator[AgencyWithout]:
    """Yield the agencies that report no innovation of their own."""
    for submission in submissions:
        own = dict.fromkeys((agency.id for agency in submission.agencies), 0)
        for innovation in submission.innovations:
            own[innovation.agency] += 1
        parents = {agency.id: agency.parent for agency in submission.agencies}
        below = dict.fromkeys(own, 0)
        units = dict.fromkeys(own, 0)
        for name, count in own.items():
            for above in _above(name, parents):
                below[above] += count
                units[above] += 1
        for agency in submission.agencies:
            if not own[agency.id]:
                yield AgencyWithout(submission.region, agency, below[agency.id], units[agency.id])


def _above(agency: str, parents: dict[str, str | None]) -> Iterator[str]:
    """Yield the agencies above one, the nearest first."""
    at = parents[agency]
    while at is not None:
        yield at
        at = parents[at]


def _top(agency: str, parents: dict[str, str | None]) -> str:
    return [agency, *_above(agency, parents)][-1]


def _read(
    submissions: Submission | Iterable[Submission], edition: Edition | str
) -> tuple[tuple[Submission, ...], Edition]:
    given = (submissions,) if isinstance(submissions, Submission) else tuple(submissions)
    return given, edition if isinstance(edition, Edition) else load_edition(edition)


def _kind(given: AgencyKind | str) -> AgencyKind:
    known = [kind.value for kind in AgencyKind]
    if given not in known:
        raise UnknownNameError.of("kind of agency", given, known)
    return AgencyKind(given)


def _criterion(given: Criterion | str, edition: Edition, basis: Basis) -> Criterion:
    if isinstance(given, Criterion):
        return given
    if given in CRITERIA:
        return CRITERIA[given](basis)
    rows = {row.key for row in edition.innovation_indicators}
    if given in rows:
        return Criterion.level(given, basis)
    raise UnknownNameError.of("criterion", given, (*CRITERIA, *sorted(rows)))


def _measured(criterion: Criterion, entrant: Entrant) -> Fraction | None:
    value = criterion.measure(entrant)
    if value is None:
        return None
    try:
        return Fraction(value)
    except (TypeError, ValueError, OverflowError):
        raise BadValueError(
            f"criterion {criterion.name!r} measures {value!r} for {entrant.id}; "
            "a number is needed, or None"
        ) from None


def _ranking(
    entrants: Sequence[Entrant], by: Sequence[Criterion | str], edition: Edition, basis: Basis
) -> Ranking:
    criteria = tuple(_criterion(given, edition, basis) for given in by)
    if not criteria:
        known = ", ".join(CRITERIA)
        raise BadValueError(f"name at least one criterion: {known}, or the key of a row")
    rows = [(e, tuple(_measured(c, e) for c in criteria)) for e in entrants]

    def key(values: tuple[Fraction | None, ...]) -> tuple[tuple[bool, Fraction], ...]:
        """Order by worth: what is not measured is least, and comes last."""
        pairs = zip(criteria, values, strict=True)
        return tuple(
            (v is not None, Fraction(0) if v is None else -v if c.lowest_first else v)
            for c, v in pairs
        )

    rows.sort(key=lambda row: key(row[1]), reverse=True)
    sizes: dict[tuple[Fraction | None, ...], int] = {}
    for _, values in rows:
        sizes[values] = sizes.get(values, 0) + 1
    places: list[Place] = []
    for n, (entrant, values) in enumerate(rows):
        above = places[-1] if places else None
        if above is not None and above.values == values:
            rank, decided = above.rank, above.decided_by
        else:
            rank = n + 1
            pairs = [] if above is None else zip(criteria, values, above.values, strict=True)
            decided = next((c.name for c, mine, other in pairs if mine != other), None)
        places.append(Place(rank, entrant, values, sizes[values] > 1, decided))
    return Ranking(edition, basis, criteria, tuple(places))
