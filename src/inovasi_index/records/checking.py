"""Whether a submission keeps to an edition: every fault at once, each with its source."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Self

from attrs import frozen

from inovasi_index.errors import BadValueError, Fault, SubmissionError, listing
from inovasi_index.exact import hundredths_of
from inovasi_index.records.forms import shown
from inovasi_index.records.levels import claimed_level
from inovasi_index.records.places import Finding, Hints, Trail, faults_in_order
from inovasi_index.records.structure import structural_findings
from inovasi_index.records.submission import Answer, Innovation, Submission, VerdictStatus
from inovasi_index.rules.edition import Part, source_of
from inovasi_index.rules.grammar import MOST_POINTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from inovasi_index.rules.edition import Affair, Edition, Indicator, Sourced, Term

__all__ = ["check", "require_all_valid", "require_valid"]

_VOCABULARIES = ("stage", "initiator", "classification", "kind", "form", "pkpn", "theme")


def check(submission: Submission, edition: Edition) -> tuple[Fault, ...]:
    """Return everything in a submission that an edition does not allow.

    What the edition does not know is not checked: without affairs any affair will do.
    Whether an innovation may be *scored* is another question, answered by `eligibility`.

    Parameters
    ----------
    submission : Submission
    edition : Edition

    Returns
    -------
    tuple of Fault
        In the order of the records; empty when there is none. ``source`` names the paper that
        a rule stands in.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.records.checking import check
    >>> submission = ii.Submission(
    ...     ii.Region(code="63.71", name="Kota Banjarmasin", kind="city"), 2026,
    ...     agencies=[ii.Agency("dinkes", "Dinas Kesehatan")],
    ...     innovations=[ii.Innovation("1", "Sapa", "dinkes", answers=[ii.Answer("16", level=2)])])
    >>> for fault in check(submission, ii.load_edition("iid-2026")):
    ...     print(fault.code, "|", fault.message)
    unknown-indicator | '16' is the official number of 'regulation'; write the key
    """
    hints = Hints()
    findings = [*structural_findings(submission, hints), *_findings(submission, edition, hints)]
    return faults_in_order(submission, findings)


def require_valid(submission: Submission, edition: Edition) -> None:
    """Refuse a submission that breaks an edition.

    Raises
    ------
    SubmissionError
        With every fault that `check` finds.
    """
    require_all_valid((submission,), edition)


def require_all_valid(submissions: Sequence[Submission], edition: Edition) -> None:
    """Refuse submissions of which one or more break an edition.

    Raises
    ------
    SubmissionError
        With every fault that `check` finds in any of them.
    """
    wrong = {n: faults for n, one in enumerate(submissions) if (faults := check(one, edition))}
    if len(wrong) == 1:
        ((n, faults),) = wrong.items()
        raise SubmissionError(
            f"submission of {submissions[n].region.code} for {edition.id}", faults
        )
    if wrong:
        places = {
            n: f"submissions[{n}] (region {shown(submissions[n].region.code)})" for n in wrong
        }
        raise SubmissionError(
            f"{len(wrong)} of {len(submissions)} submissions for {edition.id}",
            (fault.inside(places[n]) for n, faults in wrong.items() for fault in faults),
        )


def _findings(submission: Submission, edition: Edition, hints: Hints) -> Iterator[Finding]:
    yield from _region_findings(submission, edition)
    yield from _answer_findings(submission.answers, (), edition, part=Part.REGION, hints=hints)
    for n, innovation in enumerate(submission.innovations):
        trail: Trail = ("innovations", n)
        yield from _word_findings(innovation, trail, edition, hints=hints)
        yield from _date_findings(innovation, trail)
        yield from _answer_findings(
            innovation.answers, trail, edition, part=Part.INNOVATION, hints=hints
        )


def _region_findings(submission: Submission, edition: Edition) -> Iterator[Finding]:
    points = submission.region_points
    if points is None:
        return
    trail: Trail = ("region_points",)
    if submission.answers:
        message = "give either the points of the region part or answers to its rows, not both"
        yield Finding(trail, "points-and-rows", message)
    try:
        hundredths = hundredths_of(points, what="region points")
    except BadValueError as error:
        yield Finding(trail, "not-hundredths", str(error))
        return
    known = edition.formula.region_max_hundredths
    most = 100 * MOST_POINTS if known is None else known
    if hundredths > most:
        message = f"{points} points; the region part has at most {most / 100:.12g}"
        source = _cited(edition, source_of(edition.formula, "region_max"))
        yield Finding(trail, "points-out-of-range", message, source)


def _answer_findings(
    answers: Sequence[Answer], trail: Trail, edition: Edition, *, part: Part, hints: Hints
) -> Iterator[Finding]:
    rows = _rows(edition, part)
    for n, answer in enumerate(answers):
        row = rows.get(answer.indicator)
        here: Trail = (*trail, "answers", n)
        if row is None:
            code, message = _stranger(answer.indicator, edition, part=part, hints=hints)
            yield Finding((*here, "indicator"), code, message)
        else:
            yield from _level_findings(answer, row, here, edition)


@lru_cache(maxsize=32)
def _rows(edition: Edition, part: Part) -> Mapping[str, Indicator]:
    return {row.key: row for row in edition.part_indicators(part)}


def _stranger(key: str, edition: Edition, *, part: Part, hints: Hints) -> tuple[str, str]:
    rows = _rows(edition, part)
    if key in edition:
        other = edition[key].part
        return "wrong-part", f"{key!r} is a row of the {other} part; it is answered " + (
            "once, in the answers of the submission"
            if other is Part.REGION
            else "in the answers of each innovation"
        )
    if not rows:
        return "unknown-indicator", f"{edition.id} has no rows of the {part} part"
    folded = key.casefold()
    for row in rows.values():
        for what, official in (("number", row.code), ("name", row.name)):
            if official is not None and official.casefold() == folded:
                message = f"{shown(key)} is the official {what} of {row.key!r}; write the key"
                return "unknown-indicator", message
    message = f"{edition.id} has no row {shown(key)} in the {part} part{hints.near(key, rows)}"
    return "unknown-indicator", message


def _level_findings(
    answer: Answer, row: Indicator, trail: Trail, edition: Edition
) -> Iterator[Finding]:
    measured = _measure_finding(answer, row, trail, edition)
    if measured is not None:
        yield measured
    if answer.level is not None and answer.level > row.top_level:
        message = f"level {answer.level} of {row.key!r}; allowed: 0 to {row.top_level}"
        source = _cited(edition, source_of(row, "levels"))
        yield Finding((*trail, "level"), "level-out-of-range", message, source)
        return
    if answer.value is not None and not row.numeric:
        message = f"{row.key!r} has no rule for raw values; give a level"
        yield Finding((*trail, "value"), "value-without-rule", message)
        return
    if answer.value is not None and measured is not None:
        return
    try:
        claimed = claimed_level(answer, row)
    except BadValueError as error:
        source = _cited(edition, source_of(row, "numeric") or source_of(row, "levels"))
        yield Finding((*trail, "value"), "value-out-of-range", str(error), source)
        return
    verdict = answer.verdict
    if verdict is None or not verdict.level:
        return
    if verdict.status is VerdictStatus.REJECTED:
        message = "a rejected answer keeps no level; accept it with that level, or leave it out"
        yield Finding((*trail, "verdict", "level"), "rejected-with-level", message)
    elif verdict.level > claimed:
        message = f"level {verdict.level} is accepted where level {claimed} is claimed"
        yield Finding((*trail, "verdict", "level"), "verdict-above-claim", message)


def _measure_finding(
    answer: Answer, row: Indicator, trail: Trail, edition: Edition
) -> Finding | None:
    if answer.measure is None and answer.value is None:
        return None
    known = {rule.basis: rule.name for rule in row.numeric if rule.basis is not None}
    if answer.measure in known or (answer.measure is None and not known):
        return None
    here: Trail = (*trail, "measure")
    if not known:
        message = f"{row.key!r} has no bases of measurement; leave the measure out"
        return Finding(here, "measure-not-used", message)
    source = _cited(edition, source_of(row, "numeric"))
    choice = f"choose one of {', '.join(f'{basis} ({name})' for basis, name in known.items())}"
    if answer.measure is None:
        message = f"a value of {row.key!r} needs its basis of measurement; {choice}"
        return Finding(here, "measure-missing", message, source)
    message = f"{row.key!r} has no basis of measurement {shown(answer.measure)}; {choice}"
    return Finding(here, "measure-unknown", message, source)


def _word_findings(
    innovation: Innovation, trail: Trail, edition: Edition, *, hints: Hints
) -> Iterator[Finding]:
    known = _words(edition)
    for name in _VOCABULARIES:
        key = getattr(innovation, name)
        if key is not None and known[name].lacks(key):
            source = _cited(edition, source_of(edition, name))
            message = f"unknown {name} {known[name].instead_of(key, hints)}"
            yield Finding((*trail, name), "unknown-term", message, source)
    affairs = known["affairs"]
    for step, key in _affairs(innovation):
        if affairs.lacks(key):
            source = _cited(edition, source_of(edition, "affairs"))
            message = f"unknown affair {affairs.instead_of(key, hints)}"
            yield Finding((*trail, *step), "unknown-affair", message, source)


def _affairs(innovation: Innovation) -> Iterator[tuple[Trail, str]]:
    if innovation.affair is not None:
        yield ("affair",), innovation.affair
    for n, affair in enumerate(innovation.intersecting_affairs):
        yield ("intersecting_affairs", n), affair


@frozen
class _Words:
    """The allowed keys of a vocabulary, and what stands for each: official name, spellings.

    Worked out once, since a submission may hold very many words that are none of them. In
    forms people choose official names and have not seen the keys, so hints give both.
    """

    keys: frozenset[str]
    key_of: Mapping[str, str]  # by folded spelling
    said_of: Mapping[str, str]  # key and official name, by folded spelling
    listed: str

    @classmethod
    def of(cls, words: Sequence[Affair | Term]) -> Self:
        """Gather the words of an edition."""
        of = {
            spelling.casefold(): word
            for word in words
            for spelling in (word.key, word.name, *word.aliases)
        }
        return cls(
            keys=frozenset(word.key for word in words),
            key_of={spelling: word.key for spelling, word in of.items()},
            said_of={spelling: _said(word) for spelling, word in of.items()},
            listed=listing([f"{word.key} ({word.name})" for word in words]),
        )

    def lacks(self, key: str) -> bool:
        """Tell whether a key is none of those that are known; without any, each will do."""
        return bool(self.keys) and key not in self.keys

    def instead_of(self, key: str, hints: Hints) -> str:
        """Return the unknown key with what to write instead."""
        meant = self.key_of.get(key.casefold())
        if meant is not None:
            return f"{shown(key)}; write {meant!r}"
        return f"{shown(key)}{hints.meant(key, self.said_of) or self.listed}"


def _said(word: Affair | Term) -> str:
    same = word.name.casefold() == word.key.casefold()
    return shown(word.key) if same else f"{shown(word.key)} ({shown(word.name)})"


@lru_cache(maxsize=16)
def _words(edition: Edition) -> Mapping[str, _Words]:
    """Return the words that an edition allows, by vocabulary."""
    found = {name: _Words.of(edition.vocabulary(name)) for name in _VOCABULARIES}
    return found | {"affairs": _Words.of(edition.affairs)}


def _date_findings(innovation: Innovation, trail: Trail) -> Iterator[Finding]:
    trial, application = innovation.trial_date, innovation.application_date
    if trial is not None and application is not None and application < trial:
        message = f"first applied on {application}, before its trial on {trial}"
        yield Finding((*trail, "application_date"), "application-before-trial", message)


@lru_cache(maxsize=1024)
def _cited(edition: Edition, source: Sourced | None) -> str:
    keys = source.citations if source is not None else ()
    return "; ".join(str(edition.citation(key)) for key in keys)
