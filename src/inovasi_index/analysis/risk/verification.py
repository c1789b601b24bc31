"""What the index may come to when the answers that wait for a verdict are verified.

On the verified basis an answer counts at its level when it survives verification and at
level 0 when it does not. With a probability for each answer, and independence between them,
the index has an exact distribution: steps on whole numbers, convolved (no sampling). The
probabilities are the user's judgement; the rules know none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from inovasi_index.analysis.risk.distribution import OpenAnswer, RiskDistribution
from inovasi_index.analysis.risk.survival import Probability, Survival
from inovasi_index.errors import Fault, FaultsError, UnknownNameError
from inovasi_index.records import (
    Basis,
    Cause,
    Submission,
    assess,
    eligibility,
    require_valid,
)
from inovasi_index.rules import Edition, Part, load_edition
from inovasi_index.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from inovasi_index.records import Answer, Innovation

__all__ = ["risk"]


def risk(
    submission: Submission,
    edition: Edition | str,
    *,
    survival: Survival | Mapping[str, Any] | Probability | None = None,
    exact: bool = False,
) -> RiskDistribution:
    """Return the exact distribution of the index after verification.

    Each answer survives verification or not, independently of the others. If it does, it
    counts at its claimed level (a downgraded one at the level of its verdict), otherwise not
    at all. Innovations that are not eligible count nothing. The number of innovations and the
    basic affairs that they cover are certain.

    Parameters
    ----------
    submission : Submission
    edition : Edition or str
    survival : number, Survival or mapping, optional
        A number is the probability of each pending answer; `Survival` tells more cases apart.
        It may be left out only where every pending answer carries a probability of its own
        (``Answer.survival``): no default is assumed.
    exact : bool, optional
        Compute with fractions, for small cases and for checking.

    Returns
    -------
    RiskDistribution

    Raises
    ------
    FaultsError
        With everything that is no probability, unknown rows, and the pending answers for
        which none is given.
    SubmissionError
        With every fault of the submission.
    IncompleteEditionError
        When the edition lacks what the score needs.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.risk import risk
    >>> paper = [ii.Evidence(file="x.pdf")]
    >>> submission = ii.Submission(
    ...     ii.Region("63.71", "Kota Contoh", "city"), 2026,
    ...     answers=[ii.Answer("vision_mission", level=3, evidence=paper),
    ...              ii.Answer("audit_opinion", level=2, evidence=paper)])
    >>> found = risk(submission, "iid-2026", survival=0.5, exact=True)
    >>> [(int(x), str(p)) for x, p in zip(found.index_hundredths, found.probabilities)]
    [(0, '1/4'), (120, '1/2'), (240, '1/4')]
    >>> found.expected, found.quantile(0.5), found.probability_at_least("1.20")
    (Fraction(6, 5), Decimal('1.20'), Fraction(3, 4))
    """
    edition = edition if isinstance(edition, Edition) else load_edition(edition)
    chances = Survival.of(survival)
    strangers = [
        Fault("unknown-indicator", f"indicators.{key}", str(UnknownNameError.of("row", key, known)))
        for known in [[row.key for row in edition]]
        for key in chances.indicators
        if key not in known
    ]
    require_valid(submission, edition)
    # Divisor and count points depend on no answer of an innovation.
    bare = evolve(submission, innovations=[evolve(i, answers=()) for i in submission.innovations])
    frame = score(bare, edition, basis=Basis.CLAIMED)[submission.region.code]
    standing = [*_standing(submission, edition, chances)]
    silent = [one for one in standing if one[2] is None]
    if silent or strangers:
        raise FaultsError("survival", [*strangers, *([_ask(silent)] if silent else [])])
    certain = frame.divisor * frame.parts.count_points * 100
    opened = []
    n_pending = 0
    for answer, cause, chance in standing:
        n_pending += cause is Cause.PENDING
        if chance == 1:
            region = answer.indicator.part is Part.REGION
            certain += answer.hundredths * (frame.divisor if region else 1)
        elif chance and answer.hundredths:
            opened.append(answer)
    if submission.region_points is not None:
        certain += frame.divisor * frame.parts.region_part * 100
    return RiskDistribution(
        edition, submission, frame.divisor, int(certain), tuple(opened), n_pending, exact
    )


def _ask(silent: Sequence[tuple[OpenAnswer, Cause, float | Fraction | None]]) -> Fault:
    places = [
        f"{one.innovation.id}.{one.indicator.key}" if one.innovation else one.indicator.key
        for one, _, _ in silent
    ]
    first = ", ".join(places[:3]) + (", …" if len(places) > 3 else "")
    message = (
        f"{len(places)} answers wait for their verdict and have no probability ({first}); give "
        "one for all (survival=0.8), by row (Survival(indicators={…})), or with the answer"
    )
    return Fault("survival-missing", "pending", message)


def _standing(
    submission: Submission, edition: Edition, chances: Survival
) -> Iterator[tuple[OpenAnswer, Cause, float | Fraction | None]]:
    """Yield every answer that may count, how it stands, and its probability."""
    of_cause = {
        Cause.ACCEPTED: chances.accepted,
        Cause.DOWNGRADED: chances.downgraded,
        Cause.REJECTED: chances.rejected,
        Cause.EVIDENCE_REJECTED: chances.evidence_rejected,
        Cause.EVIDENCE_KIND: chances.evidence_kind,
        Cause.NO_EVIDENCE: chances.no_evidence,
    }
    rows = {row.key: row for row in edition}
    eligible = (i for i in submission.innovations if eligibility(i, edition).eligible)
    owners: list[tuple[Innovation | None, Sequence[Answer]]] = [(None, submission.answers)]
    owners += ((i, i.answers) for i in eligible)
    for innovation, answers in owners:
        for answer in answers:
            row = rows[answer.indicator]
            standing = assess(answer, row)
            cause = standing.cause
            level = standing.verified if cause is Cause.DOWNGRADED else standing.claimed
            if cause is Cause.NOT_ANSWERED or not level:
                continue
            chance: float | Fraction | None = of_cause.get(cause)
            if cause is Cause.PENDING:
                chance = answer.survival
                if chance is None:
                    chance = chances.indicators.get(row.key, chances.pending)
            yield OpenAnswer(innovation, row, level, chance or 0), cause, chance
