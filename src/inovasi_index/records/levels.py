"""How an answer counts: its level on each basis, and why a basis loses levels.

An answer is a chain of three links: a claim, evidence for the claim, a verifier's verdict on
it. Each basis trusts one link more than the one before, and the first link that fails is
*the* cause of what is lost, so causes exclude each other and losses by cause add up.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

from inovasi_index.errors import BadValueError, UnknownNameError
from inovasi_index.records.submission import (
    Answer,
    Basis,
    Evidence,
    EvidenceStatus,
    Innovation,
    Submission,
    VerdictStatus,
)
from inovasi_index.rules.edition import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inovasi_index.rules.edition import Edition, Indicator

__all__ = [
    "AnswerStanding",
    "Cause",
    "accepts",
    "assess",
    "claimed_level",
    "level_on",
    "standings",
]


class Cause(StrEnum):
    """The first link of the chain claim → evidence → verdict that fails, or none.

    ``not_answered``: no answer, or level 0 is claimed. ``no_evidence``: neither a file nor a
    link is attached. ``evidence_kind``: nothing that is attached is of an accepted kind.
    ``evidence_rejected``: all that is of an accepted kind was rejected. These, and a
    ``rejected`` answer, are not documented. ``pending``: documented, no verdict yet.
    ``downgraded``: accepted at a lower level than claimed. ``accepted``: as claimed.
    """

    NOT_ANSWERED = "not_answered"
    NO_EVIDENCE = "no_evidence"
    EVIDENCE_KIND = "evidence_kind"
    EVIDENCE_REJECTED = "evidence_rejected"
    PENDING = "pending"
    REJECTED = "rejected"
    DOWNGRADED = "downgraded"
    ACCEPTED = "accepted"


_DOCUMENTED = frozenset({Cause.PENDING, Cause.DOWNGRADED, Cause.ACCEPTED})


@frozen
class AnswerStanding:
    """The level of one answer on each basis; ``verified <= documented <= claimed``.

    Attributes
    ----------
    indicator : str
        Key of the indicator.
    claimed, documented, verified : int
    cause : Cause
        Why a basis loses levels; `Cause.ACCEPTED` when none does.
    """

    indicator: str
    claimed: int
    documented: int
    verified: int
    cause: Cause

    def on(self, basis: Basis) -> int:
        """Return the level on a basis."""
        return {
            Basis.CLAIMED: self.claimed,
            Basis.DOCUMENTED: self.documented,
            Basis.VERIFIED: self.verified,
        }[basis]


# The sheets of 2023 to 2025 name kinds of files in broad words ("Dokumen", "Foto", "Gambar")
# where those of 2026 name endings. Which endings a word means is our reading: what office
# programs and cameras write. What follows a word ("MP4 maks 100MB") is about the size of the
# file, which a record does not hold.
_PICTURES = frozenset({"JPG", "PNG", "GIF", "BMP", "WEBP", "HEIC", "TIF", "TIFF"})
_ENDINGS_OF_KINDS: Mapping[str, frozenset[str]] = {
    "DOKUMEN": frozenset({"PDF", "DOC", "DOCX", "ODT", "XLS", "XLSX", "ODS", "PPT", "PPTX", "ODP"}),
    "FOTO": _PICTURES,
    "GAMBAR": _PICTURES,
}
_SAME_ENDING: Mapping[str, str] = {"JPEG": "JPG"}


@lru_cache(maxsize=512)
def _accepted_endings(
    types: tuple[str, ...] | None, kinds: tuple[str, ...] | None
) -> frozenset[str] | None:
    """Return the endings that count, in capitals; `None` when nothing restricts them."""
    words = [(text.split()[0], True) for text in types or ()]
    words += [(text.split()[0], False) for text in kinds or ()]
    accepted: set[str] = set()
    for word, is_type in words:
        upper = word.upper()
        if upper in _ENDINGS_OF_KINDS:
            accepted |= _ENDINGS_OF_KINDS[upper]
        elif is_type or word == upper:
            accepted.add(_SAME_ENDING.get(upper, upper))
        else:
            return None  # a kind that no ending tells
    return frozenset(accepted) or None


def accepts(indicator: Indicator, evidence: Evidence) -> bool:
    """Return whether evidence is of a kind that an indicator accepts, whatever its status.

    A file counts by its ending, in any case, JPEG being JPG. A link counts where the edition
    says so or names no file types. Where no source names types or kinds, any file counts. A
    title alone, with neither file nor link, never does.

    Parameters
    ----------
    indicator : Indicator
    evidence : Evidence

    Examples
    --------
    >>> from inovasi_index.rules.edition import Indicator, Part
    >>> photo = Indicator("outreach", Part.INNOVATION, "Sosialisasi", file_types=("JPEG",))
    >>> accepts(photo, Evidence(file="booth.jpg")), accepts(photo, Evidence(file="booth.pdf"))
    (True, False)
    """
    if evidence.url and (indicator.link_counts or not indicator.file_types):
        return True
    if not evidence.file:
        return False
    endings = _accepted_endings(indicator.file_types, indicator.file_kinds)
    if endings is None:
        return True
    ending = evidence.file_type
    return ending is not None and _SAME_ENDING.get(ending, ending) in endings


def claimed_level(answer: Answer, indicator: Indicator) -> int:
    """Return the level that an answer claims, given or reached by its raw value.

    Raises
    ------
    BadValueError
        When the level is above the top one of the row, or the raw value reaches no defined
        level (`NumericRule.level_of`).
    """
    if answer.value is not None:
        return indicator.rule_for(answer.measure).level_of(answer.value)
    level = answer.level or 0
    if level > indicator.top_level:
        raise BadValueError(f"{indicator.key}: level {level}; allowed: 0 to {indicator.top_level}")
    return level


def _cause(answer: Answer, indicator: Indicator, claimed: int) -> Cause:
    if answer.level == 0:
        return Cause.NOT_ANSWERED
    attached = accepted = False
    for evidence in answer.evidence:
        if accepts(indicator, evidence):
            if evidence.status is not EvidenceStatus.REJECTED:
                break
            accepted = True
        attached = attached or evidence.is_attached
    else:
        if accepted:
            return Cause.EVIDENCE_REJECTED
        return Cause.EVIDENCE_KIND if attached else Cause.NO_EVIDENCE
    verdict = answer.verdict
    if verdict is None:
        return Cause.PENDING
    if verdict.status is VerdictStatus.REJECTED:
        return Cause.REJECTED
    if verdict.level is not None and verdict.level < claimed:
        return Cause.DOWNGRADED
    return Cause.ACCEPTED


def _verified(answer: Answer, claimed: int, cause: Cause) -> int:
    if cause is Cause.DOWNGRADED and answer.verdict is not None:
        return answer.verdict.level or 0
    return claimed if cause is Cause.ACCEPTED else 0


def assess(answer: Answer | None, indicator: Indicator) -> AnswerStanding:
    """Return the levels of an answer on each basis and the cause of what is lost.

    Parameters
    ----------
    answer : Answer or None
        `None` when the row was not answered.
    indicator : Indicator

    Raises
    ------
    BadValueError
        When the answer breaks the edition (`inovasi_index.records.checking.check` finds all
        such answers of a submission).

    Examples
    --------
    >>> from inovasi_index.rules.edition import Indicator, Part
    >>> row = Indicator("regulation", Part.INNOVATION, "Regulasi", file_types=("PDF",))
    >>> answer = Answer("regulation", level=2, evidence=[Evidence(file="decree.docx")])
    >>> standing = assess(answer, row)
    >>> standing.claimed, standing.documented, str(standing.cause)
    (2, 0, 'evidence_kind')
    """
    if answer is None:
        return AnswerStanding(indicator.key, 0, 0, 0, Cause.NOT_ANSWERED)
    claimed = claimed_level(answer, indicator)
    cause = _cause(answer, indicator, claimed)
    documented = claimed if cause in _DOCUMENTED else 0
    verified = _verified(answer, claimed, cause)
    return AnswerStanding(indicator.key, claimed, documented, verified, cause)


def level_on(basis: Basis, answer: Answer, indicator: Indicator) -> int:
    """Return the level of an answer on one basis: ``assess(…).on(basis)``, sooner.

    Raises
    ------
    BadValueError
        When the answer breaks the edition.
    """
    claimed = claimed_level(answer, indicator)
    if basis == Basis.CLAIMED or claimed == 0:
        return claimed
    cause = _cause(answer, indicator, claimed)
    if basis == Basis.DOCUMENTED:
        return claimed if cause in _DOCUMENTED else 0
    return _verified(answer, claimed, cause)


def standings(owner: Innovation | Submission, edition: Edition) -> tuple[AnswerStanding, ...]:
    """Return how each row stands, in official order.

    Parameters
    ----------
    owner : Innovation or Submission
        Rows of the innovation part for an innovation, of the region part for a submission.
    edition : Edition

    Raises
    ------
    UnknownNameError
        When an answer is to a row that the part does not have.
    BadValueError
        When a row is answered twice or an answer breaks the edition.
    """
    part = Part.REGION if isinstance(owner, Submission) else Part.INNOVATION
    rows = edition.part_indicators(part)
    answers = {answer.indicator: answer for answer in owner.answers}
    if len(answers) < len(owner.answers):
        raise BadValueError("a row is answered twice")
    found = tuple(assess(answers.pop(row.key, None), row) for row in rows)
    if answers:
        what = f"{part} row in {edition.id}"
        raise UnknownNameError.of(what, next(iter(answers)), (row.key for row in rows))
    return found
