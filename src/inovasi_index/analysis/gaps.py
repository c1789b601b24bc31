"""Where the points are that separate an index from 100, by cause and without remainder.

Each level that does not count is lost for one cause, the first link of the chain that
fails: the row is not answered; it is answered below its top level; the answer has no
evidence that counts; the verifier has not accepted it; the innovation is not eligible.
Seats of the divisor that no innovation fills, basic affairs that are missing and a count
below the cap make up the rest. All shares are fractions and add up to 100 − index exactly.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from attrs import frozen

from inovasi_index.errors import BadValueError
from inovasi_index.language import Language, number, text
from inovasi_index.records import (
    AnswerStanding,
    Basis,
    Cause,
    Innovation,
    Submission,
    eligibility,
    standings,
)
from inovasi_index.rules import Edition, Indicator, Part
from inovasi_index.scoring import RegionScore, RegionScores, Scores, score
from inovasi_index.table import LevelTable
from inovasi_index.table.kernels import level_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

__all__ = ["Gap", "GapCause", "GapTable", "Gaps", "gaps"]


class GapCause(StrEnum):
    """Why points are missing; the causes exclude each other.

    The first eight are links of an answer's chain (see `inovasi_index.records.Cause`).
    ``mandatory_row_empty`` is ``not_answered`` of a row that must be answered;
    ``below_top`` is what a higher level would add to the claim.
    """

    NOT_ANSWERED = "not_answered"
    MANDATORY_ROW_EMPTY = "mandatory_row_empty"
    BELOW_TOP = "below_top"
    NO_EVIDENCE = "no_evidence"
    EVIDENCE_KIND = "evidence_kind"
    EVIDENCE_REJECTED = "evidence_rejected"
    REJECTED = "rejected"
    PENDING = "pending"
    DOWNGRADED = "downgraded"
    NOT_ELIGIBLE = "not_eligible"
    EMPTY_SEATS = "empty_seats"
    BASIC_AFFAIR_MISSING = "basic_affair_missing"
    COUNT_BELOW_CAP = "count_below_cap"
    REGION_POINTS = "region_points"


#: Causes that papers would cure: together they are claimed less documented index.
PAPER_CAUSES = (
    GapCause.NO_EVIDENCE,
    GapCause.EVIDENCE_KIND,
    GapCause.EVIDENCE_REJECTED,
    GapCause.REJECTED,
)
#: Causes that a verifier decides: together they are documented less verified index.
VERIFICATION_CAUSES = (GapCause.PENDING, GapCause.DOWNGRADED, GapCause.NOT_ELIGIBLE)


@frozen
class Gap:
    """Points of the index that are missing at one place for one cause.

    Attributes
    ----------
    cause : GapCause
    part : str
        ``"region_part"``, ``"mean_maturity"`` or ``"count_points"``.
    share : fractions.Fraction
        Points of the index (0 … 100).
    levels : int
        Levels that are missing; 0 where the gap is not one of levels.
    indicator, innovation, agency : str or None
    detail : str
        Why an innovation is not eligible (the code of its first reason); else empty.
    """

    cause: GapCause
    part: str
    share: Fraction
    levels: int = 0
    indicator: str | None = None
    innovation: str | None = None
    agency: str | None = None
    detail: str = ""


@frozen
class Gaps:
    """All that separates the index of one region from 100.

    Attributes
    ----------
    score : RegionScore
    items : tuple of Gap
        In official order: region rows, innovations with their rows, seats, count.
    """

    score: RegionScore
    items: tuple[Gap, ...]

    @property
    def total(self) -> Fraction:
        """100 less the exact index; the shares of the items add up to it."""
        return 100 - self.score.exact

    def __iter__(self) -> Iterator[Gap]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def _sums(self, key: Callable[[Gap], str | None]) -> dict[str, Fraction]:
        sums: dict[str, Fraction] = {}
        for gap in self.items:
            name = key(gap)
            if name is not None:
                sums[name] = sums.get(name, Fraction(0)) + gap.share
        return dict(sorted(sums.items(), key=lambda pair: -pair[1]))

    def by_cause(self) -> dict[str, Fraction]:
        """Return the sum of each cause, largest first."""
        return self._sums(lambda gap: gap.cause.value)

    def by_part(self) -> dict[str, Fraction]:
        """Return the sum of each part of the index, largest first."""
        return self._sums(lambda gap: gap.part)

    def by_indicator(self) -> dict[str, Fraction]:
        """Return the sum of each row, largest first.

        What is no row's stands under its cause (``"empty_seats"``, …), so that the sums
        add up to `total`.
        """
        return self._sums(lambda gap: gap.indicator or gap.cause.value)

    def by_innovation(self) -> dict[str, Fraction]:
        """Return the sum of each innovation, largest first; the rest under its part or cause."""
        return self._sums(lambda gap: gap.innovation or _elsewhere(gap))

    def by_agency(self) -> dict[str, Fraction]:
        """Return the sum of each agency, largest first; the rest under its part or cause."""
        return self._sums(lambda gap: gap.agency or _elsewhere(gap))

    def of(self, *causes: GapCause) -> Fraction:
        """Return the sum of some causes."""
        return sum((gap.share for gap in self.items if gap.cause in causes), Fraction(0))

    @property
    def missing_papers(self) -> Fraction:
        """What missing, unfit and rejected papers cost: claimed less documented index."""
        return self.of(*PAPER_CAUSES)

    @property
    def verification(self) -> Fraction:
        """What verification has taken or not yet given: documented less verified index."""
        return self.of(*VERIFICATION_CAUSES)

    def largest(self, k: int) -> tuple[Gap, ...]:
        """Return the `k` largest single gaps; ties in official order."""
        return tuple(sorted(self.items, key=lambda gap: -gap.share)[:k])

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row a gap, as columns for any data frame."""
        names = ("cause", "part", "indicator", "innovation", "agency", "detail")
        columns: dict[str, NDArray[Any]] = {
            name: np.array([getattr(gap, name) or "" for gap in self.items], np.str_)
            for name in names
        }
        columns["levels"] = np.array([gap.levels for gap in self.items], np.int64)
        columns["share"] = np.array([float(gap.share) for gap in self.items], np.float64)
        return columns

    def to_dict(self) -> dict[str, Any]:
        """Return sums and items as plain data for JSON; exact amounts are strings."""

        def plain(sums: Mapping[str, Fraction]) -> dict[str, str]:
            return {name: str(share) for name, share in sums.items()}

        return {
            "format": "inovasi_index.gaps/1",
            "index": str(self.score.index),
            "basis": self.score.basis,
            "total": str(self.total),
            "by_cause": plain(self.by_cause()),
            "by_part": plain(self.by_part()),
            "by_indicator": plain(self.by_indicator()),
            "by_innovation": plain(self.by_innovation()),
            "by_agency": plain(self.by_agency()),
            "items": [
                {
                    "cause": gap.cause.value,
                    "part": gap.part,
                    "indicator": gap.indicator,
                    "innovation": gap.innovation,
                    "agency": gap.agency,
                    "detail": gap.detail,
                    "levels": gap.levels,
                    "share": str(gap.share),
                }
                for gap in self.items
            ],
        }

    def to_text(self, language: Language | str = Language.ENGLISH) -> str:
        """Return the causes, largest first, as lines that a person can read."""
        total = text("gap.total", language, total=number(self.total, language))
        lines = [
            f"{number(share, language):>7}  {text(f'gap.{cause}', language)}"
            for cause, share in self.by_cause().items()
        ]
        return "\n".join([total, *lines])

    def to_html(self, language: Language | str = Language.ENGLISH) -> str:
        """Return the causes, largest first, as HTML; any text in it stays text."""
        from inovasi_index.analysis.notebook import gaps_html

        return gaps_html(self, language)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return self.to_text()


def _elsewhere(gap: Gap) -> str:
    return gap.part if gap.part == "region_part" else gap.cause.value


@frozen(eq=False)
class GapTable:
    """Gaps of all regions of a level table.

    Levels alone tell which rows are empty and which are below their top, and no more about
    the causes; build `Gaps` from a submission for these.

    Attributes
    ----------
    scores : RegionScores
        With levels counted in their tally.
    causes : tuple of GapCause
        Names of the columns of `shares`.
    """

    scores: RegionScores
    causes: tuple[GapCause, ...] = (
        GapCause.NOT_ANSWERED,
        GapCause.BELOW_TOP,
        GapCause.REGION_POINTS,
        GapCause.EMPTY_SEATS,
        GapCause.BASIC_AFFAIR_MISSING,
        GapCause.COUNT_BELOW_CAP,
    )

    @cached_property
    def _row_hundredths(self) -> NDArray[np.int64]:
        """Missing points of each innovation row, int64 (2, n_rows, n_regions): empty, below."""
        counts = self.scores.tally.level_counts
        if counts is None:
            raise BadValueError("the levels were not counted: Tally.of(table, levels=True)")
        return _missing(counts, self.scores.edition, Part.INNOVATION)

    @cached_property
    def _region_row_hundredths(self) -> NDArray[np.int64] | None:
        """The same of the region rows; `None` where the region part came as points."""
        table = self.scores.table if isinstance(self.scores, Scores) else None
        if table is None or table.region_columns is None or not table.region_rows_known.any():
            return None
        n = len(table.regions)
        n_levels = 1 + max(row.top_level for row in table.edition.region_indicators)
        counts = level_counts(table.region_columns, np.arange(n), n_owners=n, n_levels=n_levels)
        return _missing(counts, table.edition, Part.REGION) * table.region_rows_known

    @cached_property
    def numerators(self) -> NDArray[np.int64]:
        """Missing points times divisor, in hundredths, int64 (n_regions, n_causes).

        ``numerators / (divisor × total)`` is the share; the sum of a row is
        ``divisor × total`` times (1 − index / 100), exactly.
        """
        scores, edition = self.scores, self.scores.edition
        divisor = scores.divisor
        empty, below = self._row_hundredths.sum(axis=1)
        rows = self._region_row_hundredths
        region_empty, region_below = (
            np.zeros((2, len(scores)), np.int64) if rows is None else rows.sum(axis=1)
        )
        region_most = edition.constant("region_max_hundredths")
        elsewhere = region_most - scores.region_hundredths - region_empty - region_below
        seats = scores.empty_seats * edition.constant("maturity_max_hundredths")
        counted = np.minimum(scores.n_innovations, edition.constant("count_cap"))
        counted *= edition.constant("points_per_innovation_hundredths")
        no_affairs = counted - scores.count_hundredths
        short = edition.constant("count_max_hundredths") - counted
        return np.stack(
            [
                empty + region_empty * divisor,
                below + region_below * divisor,
                elsewhere * divisor,
                seats,
                no_affairs * divisor,
                short * divisor,
            ],
            axis=1,
        )

    @property
    def shares(self) -> NDArray[np.float64]:
        """Missing points of the index by region and cause, float64 (n_regions, n_causes)."""
        total = self.scores.divisor * self.scores.edition.constant("total_max_hundredths")
        return self.numerators / total[:, None] * 100

    def by_indicator(self) -> dict[str, NDArray[np.float64]]:
        """Return the missing points of the index of each row, float64 (n_regions,)."""
        scores, edition = self.scores, self.scores.edition
        total = edition.constant("total_max_hundredths") / 100
        inside = self._row_hundredths.sum(axis=0) / scores.divisor / total
        columns = {
            row.key: missing
            for row, missing in zip(edition.innovation_indicators, inside, strict=True)
        }
        if self._region_row_hundredths is not None:
            outside = self._region_row_hundredths.sum(axis=0) / total
            columns |= dict(
                zip((row.key for row in edition.region_indicators), outside, strict=True)
            )
        return columns

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row a region, one column a cause."""
        columns: dict[str, NDArray[Any]] = {
            "region": np.array(self.scores.tally.codes, np.str_),
            "index": self.scores.index,
        }
        return columns | {
            cause.value: share for cause, share in zip(self.causes, self.shares.T, strict=True)
        }

    def to_html(self, language: Language | str = Language.ENGLISH) -> str:
        """Return one row a region as HTML; any text in it stays text."""
        from inovasi_index.analysis.notebook import gap_table_html

        return gap_table_html(self, language)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __len__(self) -> int:
        """Return the number of regions."""
        return len(self.scores)


def _missing(counts: NDArray[np.int64], edition: Edition, part: Part) -> NDArray[np.int64]:
    """Return hundredths that empty rows and levels below the top miss, (2, n_rows, n_owners)."""
    rows = edition.part_indicators(part)
    tops = np.array([row.top_level for row in rows], np.int64)
    weights = np.array(edition.weights_hundredths(part), np.int64)
    n_levels = counts.shape[2]
    missing = np.maximum(tops[:, None] - np.arange(n_levels), 0) * weights[:, None]
    empty = counts[:, :, 0] * missing[:, :1]
    below = np.einsum("mrl,ml->mr", counts[:, :, 1:], missing[:, 1:])
    return np.stack([empty, below])


@overload
def gaps(given: LevelTable) -> GapTable: ...
@overload
def gaps(given: Submission, edition: Edition | str, *, basis: Basis = ...) -> Gaps: ...
def gaps(
    given: Submission | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = Basis.DOCUMENTED,
) -> Gaps | GapTable:
    """Account for every hundredth that separates the index from 100.

    Parameters
    ----------
    given : Submission or LevelTable
    edition : Edition or str
        The edition or its id; a table brings its own.
    basis : Basis, optional
        Which level of an answer counts; a table brings its own.

    Returns
    -------
    Gaps or GapTable
        `Gaps` of a submission; `GapTable` of a table.

    Raises
    ------
    SubmissionError
        With every fault of the submission.
    IncompleteEditionError
        When the edition lacks a maximum or a weight.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> empty = ii.Submission(ii.Region("99.71", "Kota Contoh", "city"), 2026)
    >>> {cause: float(share) for cause, share in ii.gaps(empty, "iid-2026").by_cause().items()}
    {'empty_seats': 44.4, 'count_below_cap': 30.4, 'mandatory_row_empty': 15.6, 'not_answered': 9.6}
    """
    if isinstance(given, LevelTable):
        return GapTable(Scores.of(given, levels=True))
    one = score(given, edition, basis=basis)[given.region.code]
    return Gaps(one, tuple(_items(given, one, basis)))


def _items(submission: Submission, one: RegionScore, basis: Basis) -> Iterator[Gap]:
    edition = one.edition
    point = Fraction(10_000, edition.constant("total_max_hundredths"))  # of the index, a point
    if submission.region_points is not None:
        most = Fraction(edition.constant("region_max_hundredths"), 100)
        share = (most - one.parts.region_part) * point
        if share:
            yield Gap(GapCause.REGION_POINTS, "region_part", share)
    else:
        found = {s.indicator: s for s in standings(submission, edition)}
        for row in edition.region_indicators:
            for cause, levels in _lost(row, found[row.key], basis):
                share = _share(row, levels, point)
                yield Gap(cause, "region_part", share, levels, indicator=row.key)
    for innovation in submission.innovations:
        yield from _innovation_items(innovation, edition, basis, point / one.divisor)
    if one.empty_seats:
        most = Fraction(edition.constant("maturity_max_hundredths"), 100)
        share = most * one.empty_seats * point / one.divisor
        yield Gap(GapCause.EMPTY_SEATS, "mean_maturity", share)
    each = Fraction(edition.constant("points_per_innovation_hundredths"), 100) * point
    counted = min(one.innovations, edition.constant("count_cap"))
    if counted and not one.parts.count_points:
        yield Gap(GapCause.BASIC_AFFAIR_MISSING, "count_points", counted * each)
    most = Fraction(edition.constant("count_max_hundredths"), 100) * point
    if most > counted * each:
        yield Gap(GapCause.COUNT_BELOW_CAP, "count_points", most - counted * each)


def _innovation_items(
    innovation: Innovation, edition: Edition, basis: Basis, point: Fraction
) -> Iterator[Gap]:
    reasons = eligibility(innovation, edition).reasons if basis is Basis.VERIFIED else ()
    found = {s.indicator: s for s in standings(innovation, edition)}
    place = {"innovation": innovation.id, "agency": innovation.agency}
    for row in edition.innovation_indicators:
        standing = found[row.key]
        for cause, levels in _lost(row, standing, basis):
            share = _share(row, levels, point)
            yield Gap(cause, "mean_maturity", share, levels, indicator=row.key, **place)
        if reasons and standing.verified:
            yield Gap(
                GapCause.NOT_ELIGIBLE,
                "mean_maturity",
                _share(row, standing.verified, point),
                standing.verified,
                indicator=row.key,
                detail=str(reasons[0].code),
                **place,
            )


def _share(row: Indicator, levels: int, point: Fraction) -> Fraction:
    return Fraction(levels * (row.weight_hundredths or 0), 100) * point


def _lost(row: Indicator, standing: AnswerStanding, basis: Basis) -> Iterator[tuple[GapCause, int]]:
    """Yield the levels of one row that each link of the chain loses."""
    if standing.claimed < row.top_level:
        if standing.claimed:
            cause = GapCause.BELOW_TOP
        else:
            cause = GapCause.MANDATORY_ROW_EMPTY if row.mandatory else GapCause.NOT_ANSWERED
        yield cause, row.top_level - standing.claimed
    lost = standing.claimed - standing.on(basis)
    if lost:
        yield GapCause(Cause(standing.cause).value), lost
