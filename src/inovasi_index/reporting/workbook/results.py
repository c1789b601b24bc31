"""Everything that a result workbook shows, computed once."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from attrs import frozen

from inovasi_index.analysis.gaps import gaps
from inovasi_index.errors import BadValueError, IncompleteEditionError, UnknownNameError
from inovasi_index.records import Basis, Region
from inovasi_index.scoring import ineligibility, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inovasi_index.analysis.gaps import Gap, GapCause
    from inovasi_index.analysis.planning import Plan
    from inovasi_index.records import Agency, Innovation, Submission
    from inovasi_index.rules import Edition
    from inovasi_index.scoring import RegionScore, Scores
    from inovasi_index.scoring.explanation import Reason

__all__ = ["MOST_ITEMS", "InnovationResult", "Missing", "Results"]

# Items that a sheet of an .xlsx file can hold below its headings.
MOST_ITEMS: Final = 1_048_575

_Key = TypeVar("_Key")


@frozen(eq=False)
class Missing:
    """Points of the index that are missing, by place; agencies and innovations by their region.

    Attributes
    ----------
    gaps : list of (int, Gap)
        Each gap with the position of its region, the largest first.
    cause, indicator : mapping to fractions.Fraction
        Sums over all regions.
    innovation, agency : mapping of (int, str) to fractions.Fraction
    """

    gaps: Sequence[tuple[int, Gap]]
    cause: Mapping[GapCause, Fraction]
    indicator: Mapping[str, Fraction]
    innovation: Mapping[tuple[int, str], Fraction]
    agency: Mapping[tuple[int, str], Fraction]

    @classmethod
    def of(cls, submissions: Sequence[Submission], edition: Edition, basis: Basis) -> Missing:
        """Account for what separates each region from 100.

        Raises
        ------
        IncompleteEditionError
            When the edition lacks what that needs.
        """
        found = [
            (n, gap) for n, s in enumerate(submissions) for gap in gaps(s, edition, basis=basis)
        ]
        found.sort(key=lambda one: -float(one[1].share))
        return cls(
            gaps=found,
            cause=_sums((gap.cause, gap.share) for _, gap in found),
            indicator=_sums((gap.indicator, gap.share) for _, gap in found if gap.indicator),
            innovation=_sums(
                ((n, gap.innovation), gap.share) for n, gap in found if gap.innovation is not None
            ),
            agency=_sums(
                ((n, gap.agency), gap.share) for n, gap in found if gap.agency is not None
            ),
        )


def _sums(shares: Iterable[tuple[_Key, Fraction]]) -> dict[_Key, Fraction]:
    """Add up the shares of each key; exact, with one addition of fractions a denominator."""
    found: dict[_Key, dict[int, int]] = {}
    for key, share in shares:
        numerators = found.setdefault(key, {})
        below = share.denominator
        numerators[below] = numerators.get(below, 0) + share.numerator
    return {
        key: sum((Fraction(n, below) for below, n in numerators.items()), Fraction(0))
        for key, numerators in found.items()
    }


class InnovationResult(NamedTuple):
    """An innovation, its place among the columns of the tables, and why it is not eligible."""

    place: int
    region: int
    innovation: Innovation
    reasons: tuple[Reason, ...]


@frozen(eq=False)
class Results:
    """What was found about the submissions of some regions under one edition.

    Attributes
    ----------
    submissions : tuple of Submission
    edition : Edition
    basis : Basis
        The basis whose gaps and levels are shown.
    scores : mapping of Basis to Scores
    missing : Missing or None
        `None` where the edition lacks what gaps need.
    lacking : str
        What could not be answered because the edition lacks something; mostly empty.
    plans : tuple of (int, Plan)
        Each plan with the position of its region.
    """

    submissions: tuple[Submission, ...]
    edition: Edition
    basis: Basis
    scores: Mapping[Basis, Scores]
    missing: Missing | None
    lacking: str
    plans: tuple[tuple[int, Plan], ...]

    @classmethod
    def of(
        cls,
        submissions: tuple[Submission, ...],
        edition: Edition,
        *,
        basis: Basis,
        plans: tuple[Plan, ...],
    ) -> Results:
        """Compute everything; gaps are left out where the edition cannot answer them.

        Raises
        ------
        BadValueError
            Without a submission, with more items than a sheet can hold, or for a plan by another
            edition.
        UnknownNameError
            For a plan of a region that is none of these.
        SubmissionError
            With every fault of the submissions.
        IncompleteEditionError
            When the edition lacks what the score itself needs.
        """
        if not submissions:
            raise BadValueError("there is no submission to write a workbook of")
        for items in ("innovations", "agencies"):
            n = sum(len(getattr(submission, items)) for submission in submissions)
            if n > MOST_ITEMS:
                raise BadValueError(
                    f"{n} {items} are more than the {MOST_ITEMS} that a sheet can hold; "
                    "write fewer regions into a file"
                )
        scores = {one: score(submissions, edition, basis=one) for one in Basis}
        missing, lacking = None, ""
        try:
            missing = Missing.of(submissions, edition, basis)
        except IncompleteEditionError as refusal:
            lacking = str(refusal)
        position = {s.region.code: n for n, s in enumerate(submissions)}
        placed = tuple((_position(plan, edition, position), plan) for plan in plans)
        return cls(submissions, edition, basis, scores, missing, lacking, placed)

    @property
    def several(self) -> bool:
        """Whether there is more than one region."""
        return len(self.submissions) > 1

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions, in the order of the submissions."""
        return tuple(s.region for s in self.submissions)

    @cached_property
    def of_regions(self) -> tuple[dict[Basis, RegionScore], ...]:
        """The scores of each region by basis."""
        every = zip(*self.scores.values(), strict=True)
        return tuple(dict(zip(self.scores, ones, strict=True)) for ones in every)

    @cached_property
    def innovations(self) -> tuple[InnovationResult, ...]:
        """The innovations in the order of the submissions, which is that of the tables."""
        reported = ((n, i) for n, s in enumerate(self.submissions) for i in s.innovations)
        return tuple(
            InnovationResult(place, n, innovation, ineligibility(innovation, self.edition))
            for place, (n, innovation) in enumerate(reported)
        )

    def agencies(self) -> Iterator[tuple[int, Agency, list[InnovationResult]]]:
        """Yield each agency with the position of its region and its innovations."""
        reported: dict[tuple[int, str], list[InnovationResult]] = defaultdict(list)
        for one in self.innovations:
            reported[one.region, one.innovation.agency].append(one)
        for n, submission in enumerate(self.submissions):
            for agency in submission.agencies:
                yield n, agency, reported[n, agency.id]

    @cached_property
    def agency_names(self) -> Mapping[tuple[int, str], str]:
        """Names of agencies by position of the region and id."""
        return {(n, a.id): a.name for n, s in enumerate(self.submissions) for a in s.agencies}

    @cached_property
    def innovation_names(self) -> Mapping[tuple[int, str], str]:
        """Names of innovations by position of the region and id."""
        return {(one.region, one.innovation.id): one.innovation.name for one in self.innovations}


def _position(plan: Plan, edition: Edition, position: Mapping[str, int]) -> int:
    """Return the position of the region that a plan is for."""
    region = plan.before.region
    code = region.code if isinstance(region, Region) else str(region)
    if plan.before.edition != edition:
        raise BadValueError(
            f"the plan is by {plan.before.edition.id}, the workbook by {edition.id}"
        )
    if code not in position:
        raise UnknownNameError.of("region of the plan", code, position)
    return position[code]
