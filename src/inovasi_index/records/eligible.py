"""Whether an innovation may be scored under an edition, and every reason why not.

Rules that the edition does not know are not applied. A field that a rule needs and that is
not given counts as not fulfilled, with a reason of its own, since the portal asks for it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from inovasi_index.records.levels import claimed_level
from inovasi_index.rules.edition import source_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from inovasi_index.records.submission import Innovation
    from inovasi_index.rules.edition import Edition, Eligibility

__all__ = ["Eligible", "Reason", "ReasonCode", "eligibility"]


class ReasonCode(StrEnum):
    """Why an innovation is not eligible; the parameters of each are in its `Reason`."""

    STAGE_NOT_GIVEN = "stage_not_given"
    STAGE_NOT_SCORED = "stage_not_scored"
    APPLICATION_NOT_GIVEN = "application_not_given"
    OUTSIDE_WINDOW = "outside_window"
    DESIGN_NOT_GIVEN = "design_not_given"
    DESIGN_TOO_SHORT = "design_too_short"
    MANDATORY_ROW_NOT_ANSWERED = "mandatory_row_not_answered"
    MANDATORY_ROW_WITHOUT_EVIDENCE = "mandatory_row_without_evidence"
    REPORTED_TOO_OFTEN = "reported_too_often"


_MESSAGES: Mapping[ReasonCode, str] = {
    ReasonCode.STAGE_NOT_GIVEN: "the stage is not given; scored: {scored}",
    ReasonCode.STAGE_NOT_SCORED: "stage {stage!r} is not scored; scored: {scored}",
    ReasonCode.APPLICATION_NOT_GIVEN: (
        "the date of first application is not given; the window is {start} to {end}"
    ),
    ReasonCode.OUTSIDE_WINDOW: (
        "first applied {application}, latest development {development}; "
        "the window is {start} to {end}"
    ),
    ReasonCode.DESIGN_NOT_GIVEN: "the design is not given; at least {required} words are required",
    ReasonCode.DESIGN_TOO_SHORT: "words of the design: {words}; at least {required} are required",
    ReasonCode.MANDATORY_ROW_NOT_ANSWERED: (
        "mandatory row {indicator!r} ({name}) is not answered with at least level 1"
    ),
    ReasonCode.MANDATORY_ROW_WITHOUT_EVIDENCE: (
        "mandatory row {indicator!r} ({name}) has no evidence attached"
    ),
    ReasonCode.REPORTED_TOO_OFTEN: "reported {times} times; at most {allowed} are allowed",
}


@frozen
class Reason:
    """One rule that an innovation does not fulfil.

    Attributes
    ----------
    code : ReasonCode
    params : tuple of (str, str or int)
        What the sentence says, by name, for texts in other languages: ``dict(params)``.
    citations : tuple of str
        Keys of the citations of the rule in the edition.
    """

    code: ReasonCode
    params: tuple[tuple[str, str | int], ...] = ()
    citations: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The reason as an English sentence."""
        return _MESSAGES[self.code].format(**dict(self.params))

    def __str__(self) -> str:
        return self.message


@frozen
class Eligible:
    """Whether an innovation is eligible, with all the reasons why not.

    Attributes
    ----------
    reasons : tuple of Reason
        Every rule that is not fulfilled: stage, window, design, mandatory rows in official
        order, reports. Empty for an eligible innovation.
    """

    reasons: tuple[Reason, ...] = ()

    @property
    def eligible(self) -> bool:
        """Whether every rule that the edition knows is fulfilled."""
        return not self.reasons


def eligibility(innovation: Innovation, edition: Edition) -> Eligible:
    """Return whether an innovation is eligible under an edition, and every reason why not.

    An innovation has to be at a scored stage; first applied inside the window or, where
    developments count and it was first applied before the window, developed inside it; have a
    design of enough words; have its mandatory rows filled; and not be reported too often.

    A mandatory row is filled when it claims at least level 1 and a file or a link is attached,
    whatever becomes of that evidence later. That is our reading: the sources name the
    mandatory rows, not what fills them.

    Parameters
    ----------
    innovation : Innovation
    edition : Edition

    Raises
    ------
    BadValueError
        When the answer to a mandatory row breaks the edition.

    References
    ----------
    For 2026: Surat Kepala BSKDN 400.10.11/1887/BSKDN, 29 April 2026, Lampiran I, IV.B (age of
    an innovation) and XIII (window). The edition cites each rule: ``Reason.citations``.

    Examples
    --------
    >>> from inovasi_index.records import Innovation
    >>> from inovasi_index.rules.edition import Edition, Eligibility
    >>> import datetime as dt
    >>> edition = Edition("mine", "A contest", dt.date(2026, 1, 1), dt.date(2026, 12, 31), (),
    ...     eligibility=Eligibility(stages=("application",), design_min_words=300))
    >>> idea = Innovation(id="1", name="Sapa", agency="dinkes", stage="trial", design="Short.")
    >>> for reason in eligibility(idea, edition).reasons:
    ...     print(reason)
    stage 'trial' is not scored; scored: application
    words of the design: 1; at least 300 are required
    """
    return Eligible(tuple(_reasons(innovation, edition)))


def _reasons(innovation: Innovation, edition: Edition) -> Iterator[Reason]:
    rules = edition.eligibility
    if rules.stages and innovation.stage not in rules.stages:
        scored = ("scored", ", ".join(rules.stages))
        cited = _cited(rules, "stages")
        if innovation.stage is None:
            yield Reason(ReasonCode.STAGE_NOT_GIVEN, (scored,), cited)
        else:
            stage = ("stage", innovation.stage)
            yield Reason(ReasonCode.STAGE_NOT_SCORED, (stage, scored), cited)
    yield from _window_reasons(innovation, rules)
    if rules.design_min_words is not None:
        words = innovation.n_design_words
        required = ("required", rules.design_min_words)
        if words is None:
            cited = _cited(rules, "design_min_words")
            yield Reason(ReasonCode.DESIGN_NOT_GIVEN, (required,), cited)
        elif words < rules.design_min_words:
            cited = _cited(rules, "design_min_words")
            yield Reason(ReasonCode.DESIGN_TOO_SHORT, (("words", words), required), cited)
    if rules.mandatory_rows:
        yield from _mandatory_reasons(innovation, edition)
    times = innovation.times_reported
    if times is not None and rules.max_reports is not None and times > rules.max_reports:
        params = (("times", times), ("allowed", rules.max_reports))
        yield Reason(ReasonCode.REPORTED_TOO_OFTEN, params, _cited(rules, "max_reports"))


def _window_reasons(innovation: Innovation, rules: Eligibility) -> Iterator[Reason]:
    if rules.window_start is None and rules.window_end is None:
        return
    applied, developed = innovation.application_date, innovation.development_date
    if applied is not None:
        older = rules.window_start is not None and applied < rules.window_start
        revived = rules.development_counts and older and _inside(developed, rules)
        if _inside(applied, rules) or revived:
            return
    window = (
        ("start", rules.window_start.isoformat() if rules.window_start else "…"),
        ("end", rules.window_end.isoformat() if rules.window_end else "…"),
    )
    cited = _cited(rules, "window_start", "window_end", "development_counts")
    if applied is None:
        yield Reason(ReasonCode.APPLICATION_NOT_GIVEN, window, cited)
    else:
        params = (
            ("application", applied.isoformat()),
            ("development", developed.isoformat() if developed else "-"),
            *window,
        )
        yield Reason(ReasonCode.OUTSIDE_WINDOW, params, cited)


def _inside(day: dt.date | None, rules: Eligibility) -> bool:
    return (
        day is not None
        and (rules.window_start is None or day >= rules.window_start)
        and (rules.window_end is None or day <= rules.window_end)
    )


def _mandatory_reasons(innovation: Innovation, edition: Edition) -> Iterator[Reason]:
    answers = {answer.indicator: answer for answer in innovation.answers}
    for row in edition.innovation_indicators:
        if not row.mandatory:
            continue
        answer = answers.get(row.key)
        if answer is None or claimed_level(answer, row) < 1:
            code = ReasonCode.MANDATORY_ROW_NOT_ANSWERED
        elif not any(evidence.is_attached for evidence in answer.evidence):
            code = ReasonCode.MANDATORY_ROW_WITHOUT_EVIDENCE
        else:
            continue
        named = (("indicator", row.key), ("name", row.name))
        rule = source_of(row, "mandatory")
        own = () if rule is None else rule.citations
        general = _cited(edition.eligibility, "mandatory_rows")
        yield Reason(code, named, tuple(dict.fromkeys((*own, *general))))


def _cited(rules: Eligibility, *fields: str) -> tuple[str, ...]:
    """Return the citation keys of some fields, each once, in the order of the fields."""
    found = (source_of(rules, field) for field in fields)
    return tuple(dict.fromkeys(key for source in found if source for key in source.citations))
