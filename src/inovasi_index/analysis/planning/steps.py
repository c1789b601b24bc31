"""Steps: what they are, what they do to the records, how a row can move.

What a step means depends on the basis, for each basis trusts one link more:

``CLAIMED``
    The agency claims the level, and that is all.
``DOCUMENTED``
    The level is claimed and a paper of an accepted kind is attached. A higher level needs a
    paper of its own, so raising a level includes it.
``VERIFIED``
    The paper is attached and the verifier accepts it. That he will is an assumption of every
    step on this basis. An innovation that is not eligible counts nothing until it is complete.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from inovasi_index.records import (
    Answer,
    AnswerStanding,
    Basis,
    Cause,
    Evidence,
    EvidenceStatus,
    Innovation,
    Submission,
    Verdict,
    VerdictStatus,
    accepts,
    assess,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from inovasi_index.rules import Edition, Indicator, Part

__all__ = [
    "Change",
    "Step",
    "StepKind",
    "free_name",
    "further_innovation",
    "moved",
    "moves",
    "placeholder_ids",
    "with_answers",
]


class StepKind(StrEnum):
    """What is done.

    ``raise_level``: a level above the one that is claimed is reached, with its paper.
    ``supply_paper``: a level that is claimed gets the paper that makes it count (instead of
    a missing, unsuitable or rejected one, or after a downgrade). ``pass_verification``: an
    answer that waits for its verdict is accepted. ``complete_innovation``: the mandatory rows
    and the design of an innovation are completed so that it is eligible.
    ``report_innovation``: a further innovation is reported. ``cover_affair``: one that brings
    a basic affair which no innovation covers yet.
    """

    RAISE_LEVEL = "raise_level"
    SUPPLY_PAPER = "supply_paper"
    PASS_VERIFICATION = "pass_verification"  # noqa: S105 - nobody's password
    COMPLETE_INNOVATION = "complete_innovation"
    REPORT_INNOVATION = "report_innovation"
    COVER_AFFAIR = "cover_affair"


@frozen
class Change:
    """One row that moves.

    Attributes
    ----------
    indicator : str
        Key of the row.
    from_level, to_level : int
        The level that counts on the basis of the plan, before and after.
    cause : Cause
        How the answer stood before.
    """

    indicator: str
    from_level: int
    to_level: int
    cause: Cause

    def to_plain(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "indicator": self.indicator,
            "from": self.from_level,
            "to": self.to_level,
            "cause": self.cause.value,
        }


@frozen
class Step:
    """One step of a plan.

    Attributes
    ----------
    kind : StepKind
    part : Part
        The part of the index that it belongs to.
    innovation : str or None
        Id of the innovation, also of a further one; `None` for rows of the region.
    name : str
        Name of the innovation or of the row.
    agency : str or None
        Id of the agency; `None` for the region and for a further innovation that is not
        assigned to an agency.
    changes : tuple of Change
        Rows that move: one, or the mandatory rows of a completion; none of a further
        innovation.
    cost : fractions.Fraction
        In the unit of the costs.
    gain : fractions.Fraction
        Points of the index that it brings as part of the plan; the gains of a plan add up to
        the change of the exact index. What a changed divisor and the count points bring is
        shared equally by the further innovations.
    design : bool
        Whether the design has to be written or lengthened.
    affair : str or None
        Key of the basic affair that is covered.
    levels : tuple of (str, int)
        Rows and levels of a further innovation.
    """

    kind: StepKind
    part: Part
    innovation: str | None
    name: str
    agency: str | None
    changes: tuple[Change, ...]
    cost: Fraction
    gain: Fraction
    design: bool = False
    affair: str | None = None
    levels: tuple[tuple[str, int], ...] = ()

    @property
    def is_further(self) -> bool:
        """Whether a further innovation is reported."""
        return self.kind in {StepKind.REPORT_INNOVATION, StepKind.COVER_AFFAIR}

    @property
    def place(self) -> str:
        """Where: row, innovation, or row of an innovation."""
        rows = [c.indicator for c in self.changes] if len(self.changes) == 1 else []
        if self.kind is StepKind.COMPLETE_INNOVATION:
            rows = []
        return ".".join(filter(None, [self.innovation, *rows]))

    def to_dict(self) -> dict[str, Any]:
        """Return plain data; exact amounts are strings."""
        plain: dict[str, Any] = {
            "kind": self.kind.value,
            "part": self.part.value,
            "place": self.place,
            "name": self.name,
            "cost": str(self.cost),
            "gain": str(self.gain),
        }
        for name in ("innovation", "agency", "affair"):
            if (value := getattr(self, name)) is not None:
                plain[name] = value
        if self.changes:
            plain["changes"] = [change.to_plain() for change in self.changes]
        if self.design:
            plain["design"] = True
        if self.is_further:
            plain["levels"] = dict(self.levels)
        return plain


def moves(
    standing: AnswerStanding, row: Indicator, basis: Basis
) -> tuple[tuple[int, StepKind], ...]:
    """Return the levels that a row can move to, and by which kind of step."""
    found = []
    if standing.on(basis) < standing.claimed:
        pending = standing.cause is Cause.PENDING
        kind = StepKind.PASS_VERIFICATION if pending else StepKind.SUPPLY_PAPER
        found.append((standing.claimed, kind))
    above = range(standing.claimed + 1, row.top_level + 1)
    return (*found, *((level, StepKind.RAISE_LEVEL) for level in above))


def _paper(row: Indicator, basis: Basis) -> Evidence:
    """Return the paper that a step attaches; it stands for one that is yet to be made."""
    status = EvidenceStatus.ACCEPTED if basis is Basis.VERIFIED else EvidenceStatus.PENDING
    first_words = (words[0].lower() for t in row.file_types or () if (words := t.split()))
    files = (f"planned.{ending}" for ending in ("pdf", "jpg", "mp4", *first_words))
    papers = (Evidence("planned", file=file, status=status) for file in files)
    link = Evidence("planned", url="https://example.invalid/planned", status=status)
    return next((paper for paper in papers if accepts(row, paper)), link)


def moved(answer: Answer | None, row: Indicator, level: int, *, basis: Basis) -> Answer:
    """Return an answer after a step.

    Parameters
    ----------
    answer : Answer or None
        `None` where the row was not answered.
    row : Indicator
    level : int
        The level that counts on the basis afterwards.
    basis : Basis
    """
    standing = assess(answer, row)
    if answer is None:
        answer = Answer(row.key, level=level)
    verdict = answer.verdict
    raised = standing.claimed < level
    if raised:
        answer = evolve(answer, level=level, value=None)
        if (
            verdict is not None
            and verdict.status is VerdictStatus.ACCEPTED
            and verdict.level is None
        ):
            verdict = evolve(verdict, level=standing.claimed)  # he accepted no more than that
    if basis is not Basis.CLAIMED and (raised or standing.cause is not Cause.PENDING):
        answer = evolve(answer, evidence=(*answer.evidence, _paper(row, basis)))
        if verdict is not None and verdict.status is VerdictStatus.REJECTED:
            verdict = None
    if basis is Basis.VERIFIED:
        verdict = Verdict(VerdictStatus.ACCEPTED)
    return evolve(answer, verdict=verdict)


def further_innovation(
    innovation_id: str,
    name: str,
    *,
    agency: str,
    levels: Mapping[str, int],
    affair: str | None,
    edition: Edition,
    basis: Basis,
) -> Innovation:
    """Return the record of a further innovation; eligible as far as its rows allow."""
    rules = edition.eligibility
    answers = (moved(None, edition[key], level, basis=basis) for key, level in levels.items())
    return Innovation(
        innovation_id,
        name,
        agency,
        stage=rules.stages[0] if rules.stages else None,
        application_date=rules.window_end or rules.window_start,
        design_words=rules.design_min_words,
        affair=affair,
        answers=tuple(answers),
    )


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return a name that is not taken: the given one, with as many dashes as that needs."""
    known = set(taken)
    while name in known:
        name += "-"
    return name


def placeholder_ids(submission: Submission) -> Iterator[str]:
    """Yield ids for further innovations: ``new-1``, ``new-2``, … that are not taken."""
    taken = {innovation.id for innovation in submission.innovations}
    return (name for n in count(1) if (name := f"new-{n}") not in taken)


def with_answers(
    owner: Innovation | Submission, levels: Mapping[str, int], edition: Edition, *, basis: Basis
) -> tuple[Answer, ...]:
    """Return the answers of an innovation or a region after steps, in their order."""
    left = dict(levels)
    answers = [
        moved(a, edition[a.indicator], left.pop(a.indicator), basis=basis)
        if a.indicator in left
        else a
        for a in owner.answers
    ]
    new = (moved(None, edition[key], level, basis=basis) for key, level in left.items())
    return (*answers, *new)
