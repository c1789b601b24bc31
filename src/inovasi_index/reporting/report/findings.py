"""Everything that a report says about a submission, computed once."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from attrs import frozen

from inovasi_index.analysis.distances import Distance, distance
from inovasi_index.analysis.gaps import PAPER_CAUSES, Gap, Gaps, gaps
from inovasi_index.analysis.planning import Plan, UnreachableError, plan
from inovasi_index.analysis.selection import Selection, select_innovations
from inovasi_index.errors import (
    BadValueError,
    IncompleteEditionError,
    MissingExtraError,
)
from inovasi_index.records import Basis
from inovasi_index.scoring import RegionScore, ineligibility, score

if TYPE_CHECKING:
    from collections.abc import Callable

    from inovasi_index.records import Agency, Innovation, Submission
    from inovasi_index.rules import Edition
    from inovasi_index.scoring.explanation import Reason

__all__ = ["AgencyFinding", "Findings", "InnovationFinding"]

# What the plan of a report may take, in seconds.
_PATIENCE = 0.8

_Found = TypeVar("_Found")


class InnovationFinding(NamedTuple):
    """An innovation, its maturity on each basis in points, and why it is not eligible."""

    innovation: Innovation
    maturity: dict[Basis, Fraction]
    reasons: tuple[Reason, ...]


class AgencyFinding(NamedTuple):
    """An agency, its innovations, their mean maturity and what the index misses in them."""

    agency: Agency
    n_innovations: int
    mean: Fraction
    missing: Fraction


@frozen(eq=False)
class Findings:
    """What is found about one submission under one edition.

    Attributes
    ----------
    submission : Submission
    edition : Edition
    basis : Basis
        The basis that the report explains.
    scores : dict of Basis to RegionScore
    innovations : tuple of InnovationFinding
        The most mature on the basis first; equals in the order of the submission.
    gaps : Gaps or None
        On the basis; `None` where the edition lacks what they need.
    papers : tuple of Gap or None
        Claims that fail for want of evidence, the most valuable first, whatever the basis;
        `None` where the edition lacks what gaps need.
    distance : Distance or None
    plan : Plan or None
        The cheapest plan to the target of the distance, or the one that comes nearest.
    plan_refusal : str
        Why there is no plan: ``"unreachable"``, ``"no_solver"``, ``"no_plan"`` or empty.
    selection : Selection or None
    lacking : tuple of str
        What could not be answered, because the edition lacks something.
    """

    submission: Submission
    edition: Edition
    basis: Basis
    scores: dict[Basis, RegionScore]
    innovations: tuple[InnovationFinding, ...]
    gaps: Gaps | None
    papers: tuple[Gap, ...] | None
    distance: Distance | None
    plan: Plan | None
    plan_refusal: str
    selection: Selection | None
    lacking: tuple[str, ...]

    @classmethod
    def of(cls, submission: Submission, edition: Edition, basis: Basis) -> Findings:
        """Compute everything; what an edition cannot answer is left out and named.

        Raises
        ------
        SubmissionError
            With every fault of the submission.
        IncompleteEditionError
            When the edition lacks what the score itself needs.
        """
        code = submission.region.code
        scores = {b: score(submission, edition, basis=b)[code] for b in Basis}
        lacking: list[str] = []

        def answered(question: Callable[[], _Found]) -> _Found | None:
            try:
                return question()
            except IncompleteEditionError as refusal:
                lacking.append(str(refusal))
                return None

        missing = answered(lambda: gaps(submission, edition, basis=basis))
        documented = (
            missing
            if basis is Basis.DOCUMENTED
            else answered(lambda: gaps(submission, edition, basis=Basis.DOCUMENTED))
        )
        way = answered(lambda: distance(submission, edition, basis=basis))
        found, refusal = (None, "")
        if way is not None and not way.reached:
            found, refusal = _planned(submission, edition, way)
        return cls(
            submission=submission,
            edition=edition,
            basis=basis,
            scores=scores,
            innovations=_innovations(submission, edition, scores, basis),
            gaps=missing,
            papers=None if documented is None else _papers(documented),
            distance=way,
            plan=found,
            plan_refusal=refusal,
            selection=answered(lambda: select_innovations(submission, edition, basis=basis))
            if submission.innovations
            else None,
            lacking=tuple(dict.fromkeys(lacking)),
        )

    @property
    def score(self) -> RegionScore:
        """The score on the basis of the report."""
        return self.scores[self.basis]

    @property
    def point(self) -> Fraction:
        """Points of the index for one point in the sum of the parts."""
        return Fraction(10_000, self.edition.constant("total_max_hundredths"))

    @property
    def ineligible(self) -> tuple[InnovationFinding, ...]:
        """Innovations that may not be scored, in the order of the submission."""
        order = {i.id: n for n, i in enumerate(self.submission.innovations)}
        out = [one for one in self.innovations if one.reasons]
        return tuple(sorted(out, key=lambda one: order[one.innovation.id]))

    @property
    def agencies(self) -> tuple[AgencyFinding, ...]:
        """Agencies with innovations, those with most missing points first."""
        maturity: dict[str, list[Fraction]] = defaultdict(list)
        for one in self.innovations:
            maturity[one.innovation.agency].append(one.maturity[self.basis])
        missing = self.gaps.by_agency() if self.gaps else {}
        found = [
            AgencyFinding(
                agency,
                len(maturity[agency.id]),
                sum(maturity[agency.id], Fraction(0)) / len(maturity[agency.id]),
                missing.get(agency.id, Fraction(0)),
            )
            for agency in self.submission.agencies
            if agency.id in maturity
        ]
        return tuple(sorted(found, key=lambda one: -one.missing))

    @property
    def silent_agencies(self) -> tuple[Agency, ...]:
        """Agencies that report no innovation."""
        heard = {i.agency for i in self.submission.innovations}
        return tuple(a for a in self.submission.agencies if a.id not in heard)

    def agency_name(self, agency_id: str | None) -> str:
        """Return the name of an agency by its id; empty for `None`."""
        return next(
            (a.name for a in self.submission.agencies if a.id == agency_id), agency_id or ""
        )


def _planned(submission: Submission, edition: Edition, way: Distance) -> tuple[Plan | None, str]:
    try:
        found = plan(
            submission, edition, target=way.target.index, basis=way.basis, time_limit=_PATIENCE
        )
    except UnreachableError as refusal:
        return refusal.best, "unreachable"
    except MissingExtraError:
        return None, "no_solver"
    except BadValueError:  # nothing was found within the time limit
        return None, "no_plan"
    return found, ""


def _innovations(
    submission: Submission, edition: Edition, scores: dict[Basis, RegionScore], basis: Basis
) -> tuple[InnovationFinding, ...]:
    found = [
        InnovationFinding(
            innovation,
            {b: Fraction(one.maturity_hundredths[n], 100) for b, one in scores.items()},
            ineligibility(innovation, edition),
        )
        for n, innovation in enumerate(submission.innovations)
    ]
    return tuple(sorted(found, key=lambda one: -one.maturity[basis]))


def _papers(documented: Gaps) -> tuple[Gap, ...]:
    found = [gap for gap in documented if gap.cause in PAPER_CAUSES]
    return tuple(sorted(found, key=lambda gap: -gap.share))
