"""From a level table to points, index and band; exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, overload

import numpy as np
from attrs import evolve, field, frozen

from inovasi_index.errors import BadValueError, IncompleteEditionError, UnknownNameError
from inovasi_index.exact import round_half_up
from inovasi_index.records import Basis, Region, Submission
from inovasi_index.rules import Band, Edition, Part, load_edition
from inovasi_index.scoring import kernels
from inovasi_index.scoring.tally import Tally, maturity_scale
from inovasi_index.table import LevelTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from inovasi_index.scoring.explanation import Explanation
    from inovasi_index.scoring.weighted import WeightedScores
    from inovasi_index.weighting import WeightingScheme

__all__ = [
    "Parts",
    "RegionScore",
    "RegionScores",
    "Scores",
    "band_of",
    "maturity",
    "project_index",
    "score",
]


# What the index needs of the formula, besides the basic affairs.
_CONSTANTS = (
    "total_max_hundredths",
    "minimum_divisor",
    "count_cap",
    "points_per_innovation_hundredths",
)


@frozen
class Parts:
    """The three parts of the index, in points and exact.

    Attributes
    ----------
    region_part, mean_maturity, count_points : fractions.Fraction
    """

    region_part: Fraction
    mean_maturity: Fraction
    count_points: Fraction

    @property
    def total(self) -> Fraction:
        """Sum of the parts, in points."""
        return self.region_part + self.mean_maturity + self.count_points


@frozen
class RegionScore:
    """The score of one region.

    Attributes
    ----------
    edition : Edition
    basis : Basis or None
    region : Region or str or None
        The region, or its code where no more is known; `None` for a projection.
    parts : Parts
    innovations : int
        Number of reported innovations.
    divisor : int
        What the sum of maturities was divided by.
    basic_affairs : int
        Basic affairs that are covered.
    submission : Submission or None
        What it was scored from.
    maturity_hundredths : tuple of int
        Maturity of each innovation of the submission, in order, in hundredths of a point.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> one = ii.project_index(ii.load_edition("iid-2026"), region_points=51,
    ...     mean_maturity="90.91", innovations=137, basic_affairs=6)
    >>> one.index, one.exact, one.band
    (Decimal('77.59'), Fraction(19397, 250), 'Sangat Inovatif')
    """

    edition: Edition
    basis: Basis | None
    region: Region | str | None
    parts: Parts
    innovations: int
    divisor: int
    basic_affairs: int
    submission: Submission | None = None
    maturity_hundredths: tuple[int, ...] = ()

    @property
    def exact(self) -> Fraction:
        """The index before rounding."""
        total = Fraction(self.edition.constant("total_max_hundredths"), 100)
        return self.parts.total / total * 100

    @property
    def index(self) -> Decimal:
        """The index, rounded as the edition declares."""
        return round_half_up(self.exact, self.edition.formula.decimals)

    @property
    def index_hundredths(self) -> int:
        """The rounded index in hundredths."""
        return int(self.index * 100)

    @property
    def band(self) -> str:
        """Official name of the band (*predikat*)."""
        return band_of(self.edition, self.index_hundredths).name

    @property
    def band_if_known(self) -> str | None:
        """Official name of the band; `None` where the bound that decides was not found."""
        try:
            return self.band
        except IncompleteEditionError:
            return None

    @property
    def empty_seats(self) -> int:
        """Seats of the divisor that no innovation fills."""
        return self.divisor - self.innovations

    def explain(self, innovation: str | None = None, indicator: str | None = None) -> Explanation:
        """Return where the score comes from, down to the rule and its citation.

        Parameters
        ----------
        innovation : str, optional
            Id of one innovation, for its part alone.
        indicator : str, optional
            Key of one row, for that row alone.
        """
        from inovasi_index.scoring.explanation import explain_score

        return explain_score(self, innovation=innovation, indicator=indicator)

    def __str__(self) -> str:
        return f"{self.index} ({self.band_if_known or '?'})"


@frozen(eq=False)
class RegionScores:
    """The scores of regions, from the tally of their innovations.

    Arrays are computed when they are asked for.

    Attributes
    ----------
    tally : Tally
        What was counted, region by region in the order of `regions`.
    regions : tuple of Region or of str
        The regions, or their codes where no more is known.
    region_hundredths : ndarray of int64, shape (n_regions,)
        Points of the region part, in hundredths.
    basis : Basis or None
        The basis of the levels; `None` when they came as bare arrays.
    """

    tally: Tally
    regions: tuple[Region | str, ...]
    region_hundredths: NDArray[np.int64]
    basis: Basis | None = None

    @property
    def edition(self) -> Edition:
        """The edition that was applied."""
        return self.tally.edition

    @cached_property
    def weights(self) -> dict[str, Fraction]:
        """Points per level of each innovation row, as they were applied."""
        rows = self.edition.innovation_indicators
        given = self.edition.weights_hundredths(Part.INNOVATION)
        return {row.key: Fraction(w, 100) for row, w in zip(rows, given, strict=True)}

    @property
    def maturity_sum_hundredths(self) -> NDArray[np.int64]:
        """Sum of the maturities of each region in hundredths, int64 (n_regions,)."""
        return self.tally.maturity_hundredths

    @property
    def n_innovations(self) -> NDArray[np.int64]:
        """Reported innovations of each region, int64 (n_regions,)."""
        return self.tally.n_innovations

    @cached_property
    def divisor(self) -> NDArray[np.int64]:
        """What the sum of maturities is divided by, int64 (n_regions,)."""
        return np.maximum(self.n_innovations, self.edition.constant("minimum_divisor"))

    @property
    def empty_seats(self) -> NDArray[np.int64]:
        """Seats of the divisor that no innovation fills, int64 (n_regions,)."""
        return self.divisor - self.n_innovations

    @cached_property
    def basic_affairs(self) -> NDArray[np.int64]:
        """Basic affairs that each region covers, int64 (n_regions,)."""
        basic = np.array([a.basic for a in self.edition.affairs], np.bool_)
        covered: NDArray[np.int64] = self.tally.covered[:, basic].sum(axis=1, dtype=np.int64)
        return covered

    @cached_property
    def count_hundredths(self) -> NDArray[np.int64]:
        """Points for the number of innovations in hundredths, int64 (n_regions,)."""
        counted = np.minimum(self.n_innovations, self.edition.constant("count_cap"))
        points = counted * self.edition.constant("points_per_innovation_hundredths")
        return np.where(_enough_affairs(self.edition, self.basic_affairs), points, 0)

    @property
    def mean_maturity(self) -> NDArray[np.float64]:
        """Mean maturity of each region in points, float64 (n_regions,)."""
        return self.maturity_sum_hundredths / self.divisor / 100

    @cached_property
    def index_hundredths(self) -> NDArray[np.int64]:
        """The rounded index in hundredths, exact, int64 (n_regions,)."""
        return kernels.index_hundredths(
            self.region_hundredths + self.count_hundredths,
            self.maturity_sum_hundredths,
            self.divisor,
            total_hundredths=self.edition.constant("total_max_hundredths"),
            decimals=self.edition.formula.decimals,
        )

    @property
    def index(self) -> NDArray[np.float64]:
        """The index with two decimals, float64 (n_regions,)."""
        return self.index_hundredths / 100

    @cached_property
    def bands(self) -> NDArray[np.str_]:
        """Official name of the band of each region, str (n_regions,)."""
        return bands_of(self.edition, self.index_hundredths)

    def __len__(self) -> int:
        """Return the number of regions."""
        return len(self.regions)

    def __iter__(self) -> Iterator[RegionScore]:
        return (self._region(n) for n in range(len(self)))

    @cached_property
    def _position(self) -> dict[str, int]:
        return {code: n for n, code in enumerate(self.tally.codes)}

    def __getitem__(self, code: str) -> RegionScore:
        """Return the score of one region by its code."""
        try:
            return self._region(self._position[code])
        except (KeyError, TypeError):
            raise UnknownNameError.of("region", code, self._position) from None

    def _region(self, n: int) -> RegionScore:
        divisor = int(self.divisor[n])
        return RegionScore(
            edition=self.edition,
            basis=self.basis,
            region=self.regions[n],
            parts=Parts(
                Fraction(int(self.region_hundredths[n]), 100),
                Fraction(int(self.maturity_sum_hundredths[n]), 100 * divisor),
                Fraction(int(self.count_hundredths[n]), 100),
            ),
            innovations=int(self.n_innovations[n]),
            divisor=divisor,
            basic_affairs=int(self.basic_affairs[n]),
            **self._details(n),
        )

    def _details(self, n: int) -> dict[str, Any]:
        """Return what more is known of a region than its tally."""
        del n
        return {}

    def to_columns(self, what: Literal["regions"] = "regions") -> dict[str, NDArray[Any]]:
        """Return one row a region as columns, ready for any data frame.

        Parameters
        ----------
        what : {"regions"}

        Returns
        -------
        dict of str to ndarray
            One array a column, all of one length.

        Raises
        ------
        BadValueError
            For another word.
        """
        if what != "regions":
            raise BadValueError(f"{what!r}: merged tallies know their regions only")
        return {
            "region": np.array(self.tally.codes, np.str_),
            "index": self.index,
            "band": self.bands,
            "region_part": self.region_hundredths / 100,
            "mean_maturity": self.mean_maturity,
            "count_points": self.count_hundredths / 100,
            "innovations": self.n_innovations,
            "divisor": self.divisor,
            "empty_seats": self.empty_seats,
            "basic_affairs": self.basic_affairs,
        }

    def __repr__(self) -> str:
        many = int(self.n_innovations.sum())
        return f"<{type(self).__name__} {self.edition.id}: {len(self)} regions, {many} innovations>"


@frozen(eq=False)
class Scores(RegionScores):
    """The scores of a level table: those of its regions, and of each innovation and agency.

    Attributes
    ----------
    table : LevelTable
    """

    table: LevelTable = field(kw_only=True)

    @classmethod
    def of(cls, table: LevelTable, *, levels: bool = False) -> Self:
        """Score a table; `levels` counts levels too, for gaps."""
        return cls(
            tally=Tally.of(table, levels=levels),
            regions=table.regions,
            region_hundredths=table.region_hundredths,
            basis=table.basis,
            table=table,
        )

    @cached_property
    def maturity_hundredths(self) -> NDArray[np.int64]:
        """Maturity of each innovation in hundredths of a point, int64 (n_innovations,)."""
        return _maturity_hundredths(self.table)

    @property
    def maturity(self) -> NDArray[np.float64]:
        """Maturity of each innovation in points, float64 (n_innovations,)."""
        return self.maturity_hundredths / 100

    def _details(self, n: int) -> dict[str, Any]:
        if not self.table.submissions:
            return {}
        # Tables of submissions hold the innovations region by region.
        start, stop = np.searchsorted(self.table.region_of, [n, n + 1])
        return {
            "submission": self.table.submissions[n],
            "maturity_hundredths": tuple(self.maturity_hundredths[start:stop].tolist()),
        }

    def to_columns(
        self, what: Literal["regions", "innovations", "agencies"] = "regions"
    ) -> dict[str, NDArray[Any]]:
        """Return results as columns, ready for any data frame.

        Parameters
        ----------
        what : {"regions", "innovations", "agencies"}

        Returns
        -------
        dict of str to ndarray
            One array a column, all of one length.

        Raises
        ------
        BadValueError
            For agencies of a table that came as arrays, or another word.
        """
        if what == "regions":
            return super().to_columns()
        if what == "innovations":
            return self._innovation_columns()
        if what == "agencies":
            return self._agency_columns()
        raise BadValueError(f"{what!r}: give 'regions', 'innovations' or 'agencies'")

    def _innovation_columns(self) -> dict[str, NDArray[Any]]:
        codes = np.array(self.table.region_codes, np.str_)
        columns: dict[str, NDArray[Any]] = {"region": codes[self.table.region_of]}
        if self.table.submissions:
            reported = [i for s in self.table.submissions for i in s.innovations]
            columns["innovation"] = np.array([i.id for i in reported], np.str_)
            columns["name"] = np.array([i.name for i in reported], np.str_)
            columns["agency"] = np.array([i.agency for i in reported], np.str_)
        columns["maturity"] = self.maturity
        return columns

    def _agency_columns(self) -> dict[str, NDArray[Any]]:
        table = self.table
        if table.agency_of is None:
            raise BadValueError("the table came as arrays and knows no agencies")
        n = len(table.agencies)
        unit, weights, most = maturity_scale(self.edition)
        sums = unit * kernels.owner_sums(
            table.columns, weights, table.agency_of, n_owners=n, most=most
        )
        counts = np.bincount(table.agency_of, minlength=n)
        codes = np.array(table.region_codes, np.str_)
        return {
            "region": codes[np.array([r for r, _ in table.agencies], np.intp)],
            "agency": np.array([a.id for _, a in table.agencies], np.str_),
            "name": np.array([a.name for _, a in table.agencies], np.str_),
            "kind": np.array([a.kind.value for _, a in table.agencies], np.str_),
            "innovations": counts,
            # An agency without innovations has no mean; its sum says so: 0 over 0 innovations.
            "mean_maturity": sums / np.maximum(counts, 1) / 100,
        }


def _maturity_hundredths(table: LevelTable) -> NDArray[np.int64]:
    unit, weights, most = maturity_scale(table.edition)
    return kernels.maturity_units(table.columns, weights, most).astype(np.int64) * unit


def _enough_affairs(edition: Edition, covered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which regions cover the basic affairs that count points ask for."""
    needed = edition.formula.basic_affairs_needed
    if needed is None:
        # Whatever the number is, a region that covers them all meets it.
        if edition.basic_affairs and (covered == len(edition.basic_affairs)).all():
            return np.ones(len(covered), np.bool_)
        needed = edition.constant("basic_affairs_needed")
    return covered >= needed


def _band_edges(edition: Edition, lowest_index: int) -> tuple[NDArray[np.int64], list[Band]]:
    """Return lower bounds and bands, lowest first, as far down as an index needs them."""
    if not edition.bands:
        raise IncompleteEditionError(
            f"{edition.id}: no source gives the bands; the index itself is available"
        )
    lowest: list[int] = []
    for band in reversed(edition.bands):
        if band.lower_hundredths is None:
            raise IncompleteEditionError(
                f"{edition.id}: an index of {lowest_index / 100:.2f} cannot be classified: the "
                f"lower bound of {band.name!r} was not found; supply it with "
                f"edition.supply(bands={{{band.key!r}: …}})"
            )
        lowest.insert(0, band.lower_hundredths)
        if band.lower_hundredths <= lowest_index:
            break
    return np.array(lowest, np.int64), list(edition.bands[-len(lowest) :])


def bands_of(edition: Edition, index_hundredths: NDArray[np.int64]) -> NDArray[np.str_]:
    """Return the official name of the band of each rounded index, str, one an index."""
    lowest, bands = _band_edges(edition, int(index_hundredths.min(initial=10_000)))
    names = np.array([b.name for b in bands], np.str_)
    return names[np.searchsorted(lowest, index_hundredths, side="right") - 1]


def band_of(edition: Edition, index_hundredths: int) -> Band:
    """Return the band of a rounded index.

    Parameters
    ----------
    edition : Edition
    index_hundredths : int
        0 … 10000.

    Raises
    ------
    IncompleteEditionError
        When the bound that decides was not found.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> ii.scoring.band_of(ii.load_edition("iid-2026"), 6500).name
    'Inovatif'
    """
    return _band_edges(edition, index_hundredths)[1][0]


@overload
def score(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = ...,
    region_points: object = ...,
) -> Scores: ...
@overload
def score(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = ...,
    region_points: object = ...,
    scheme: WeightingScheme,
    region_scheme: WeightingScheme | None = ...,
    shares: Sequence[float] | None = ...,
) -> WeightedScores: ...
@overload
def score(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = ...,
    region_points: object = ...,
    scheme: None = ...,
    region_scheme: WeightingScheme,
    shares: Sequence[float] | None = ...,
) -> WeightedScores: ...
@overload
def score(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = ...,
    region_points: object = ...,
    scheme: None = ...,
    region_scheme: None = ...,
    shares: Sequence[float],
) -> WeightedScores: ...
def score(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = Basis.DOCUMENTED,
    region_points: object = None,
    scheme: WeightingScheme | None = None,
    region_scheme: WeightingScheme | None = None,
    shares: Sequence[float] | None = None,
) -> Scores | WeightedScores:
    """Score one submission, several, or a level table.

    Parameters
    ----------
    submissions : Submission, iterable of Submission, or LevelTable
    edition : Edition or str
        The edition or its id; a table brings its own.
    basis : Basis, optional
        Which level of an answer counts; a table brings its own.
    region_points : number, optional
        Points of the region part of a single submission, in the place of its rows.
    scheme : WeightingScheme, optional
        Weights of the innovation rows for research; official and exact when not given.
    region_scheme : WeightingScheme, optional
        Weights of the region rows.
    shares : sequence of float, optional
        Shares of region part, mean maturity and count in the index, summing to 1.

    Returns
    -------
    Scores or WeightedScores
        `Scores`, exact; `WeightedScores` when other weights or shares are asked for.

    Raises
    ------
    SubmissionError
        With every fault of the submissions.
    IncompleteEditionError
        When the edition lacks what the score needs; says what, and how to supply it.
    BadValueError
        When no edition is given, or another than the table's.
    """
    if isinstance(submissions, LevelTable):
        if edition is not None and _edition(edition) != submissions.edition:
            raise BadValueError(
                f"the table was built for {submissions.edition.id}; build another for the "
                "other edition"
            )
        table = submissions
    else:
        if edition is None:
            raise BadValueError("give the edition that the submissions are scored by")
        given = (submissions,) if isinstance(submissions, Submission) else tuple(submissions)
        if region_points is not None:
            if len(given) != 1:
                raise BadValueError("region_points is for one submission; set it in each record")
            given = (evolve(given[0], answers=(), region_points=Decimal(str(region_points))),)
        table = LevelTable.from_submissions(given, _edition(edition), basis=basis)
    if scheme is not None or region_scheme is not None or shares is not None:
        from inovasi_index.scoring.weighted import weighted_score

        return weighted_score(table, scheme=scheme, region_scheme=region_scheme, shares=shares)
    scores = Scores.of(table)
    if len(scores):
        # Asked for now, so that an edition that cannot answer refuses here, all at once.
        table.edition.constants(*_CONSTANTS)
        _ = scores.index_hundredths
    return scores


def _edition(given: Edition | str) -> Edition:
    return given if isinstance(given, Edition) else load_edition(given)


def maturity(
    submissions: Submission | Sequence[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = Basis.DOCUMENTED,
) -> NDArray[np.float64]:
    """Return the maturity of every innovation, also where an edition has no formula.

    Parameters
    ----------
    submissions, edition, basis
        As for `score`.

    Returns
    -------
    ndarray of float64, shape (n_innovations,), in points
    """
    if isinstance(submissions, LevelTable):
        return _maturity_hundredths(submissions) / 100
    if edition is None:
        raise BadValueError("give the edition that the submissions are scored by")
    given = (submissions,) if isinstance(submissions, Submission) else tuple(submissions)
    # The region part plays no role here, so an edition that lacks it will do.
    bare = [evolve(s, answers=(), region_points=Decimal(0)) for s in given]
    return (
        _maturity_hundredths(LevelTable.from_submissions(bare, _edition(edition), basis=basis))
        / 100
    )


def project_index(
    edition: Edition | str,
    *,
    region_points: object,
    mean_maturity: object,
    innovations: int,
    basic_affairs: int,
) -> RegionScore:
    """Return the index that totals lead to, for those who know no more than these.

    Parameters
    ----------
    edition : Edition or str
    region_points : number
        Points of the region part; int, str, Decimal or Fraction are exact, a float is taken
        as it prints.
    mean_maturity : number
        Mean maturity in points, as the formula has it: the sum over the divisor.
    innovations : int
        Number of reported innovations.
    basic_affairs : int
        How many of the basic affairs they cover.

    Returns
    -------
    RegionScore

    Raises
    ------
    BadValueError
        Naming what is out of range.
    IncompleteEditionError
        When the edition lacks a constant that matters.

    Examples
    --------
    Kabupaten Tegal 2024: the region part of 56 is fitted, not published.

    >>> import inovasi_index as ii
    >>> ii.project_index("iid-2024", region_points=56, mean_maturity="79.69",
    ...     innovations=89, basic_affairs=6).index
    Decimal('67.80')
    """
    edition = _edition(edition)
    formula = edition.formula
    region = _amount(region_points, "region_points", formula.region_max_hundredths)
    mean = _amount(mean_maturity, "mean_maturity", formula.maturity_max_hundredths)
    count = _count(innovations, "innovations", None)
    affairs = _count(basic_affairs, "basic_affairs", len(edition.basic_affairs) or None)
    if affairs > count:
        raise BadValueError(
            f"{count} innovations cannot cover {affairs} basic affairs; each has one main affair"
        )
    points = edition.constant("points_per_innovation_hundredths")
    counted = min(count, edition.constant("count_cap"))
    enough = bool(_enough_affairs(edition, np.array([affairs]))[0])
    return RegionScore(
        edition=edition,
        basis=None,
        region=None,
        parts=Parts(region, mean, Fraction(counted * points * enough, 100)),
        innovations=count,
        # The mean is given, so an unknown floor of the divisor does not matter.
        divisor=max(count, formula.minimum_divisor or 1),
        basic_affairs=affairs,
    )


def _amount(given: object, what: str, most_hundredths: int | None) -> Fraction:
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal | Fraction):
        raise BadValueError(f"{what}: {given!r} is not a number")
    try:
        amount = Fraction(repr(given) if isinstance(given, float) else given)
    except (ValueError, OverflowError):
        raise BadValueError(f"{what}: {given!r} is not a number") from None
    most = None if most_hundredths is None else Fraction(most_hundredths, 100)
    if amount < 0 or (most is not None and amount > most):
        limit = f"0 to {float(most):g}" if most is not None else "not negative"
        raise BadValueError(f"{what} is {given}; allowed: {limit}")
    return amount


def _count(given: object, what: str, most: int | None) -> int:
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        raise BadValueError(f"{what}: {given!r} is not a whole number")
    if given < 0 or (most is not None and given > most):
        limit = f"0 to {most}" if most is not None else "not negative"
        raise BadValueError(f"{what} is {given}; allowed: {limit}")
    return int(given)
