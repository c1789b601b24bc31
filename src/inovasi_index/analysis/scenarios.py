"""What if: change answers, report more or less, apply another edition, and compare.

A `WhatIf` is immutable; each change returns another one, so that several futures can start
from the same present.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from inovasi_index.analysis.comparing import ScoreComparison
from inovasi_index.analysis.planning.costs import Costs, NewInnovation
from inovasi_index.analysis.planning.further import template_of
from inovasi_index.analysis.planning.steps import (
    free_name,
    further_innovation,
    moved,
    placeholder_ids,
)
from inovasi_index.analysis.rescoring import rescored
from inovasi_index.analysis.shared_rows import shared_rows
from inovasi_index.errors import BadValueError
from inovasi_index.exact import EXACT, hundredths_of
from inovasi_index.language import Language, text
from inovasi_index.records import Agency, Answer, Basis, Innovation, Submission, require_valid
from inovasi_index.rules import Edition, Part, load_edition
from inovasi_index.scoring import RegionScore, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

__all__ = ["WhatIf", "what_if"]


@frozen(eq=False)
class WhatIf:
    """A submission as it could be, under an edition that could apply.

    Build it with `what_if`.

    Attributes
    ----------
    submission : Submission
        The changed records; papers, verdicts and innovations that a change assumes are
        placeholders, so it is for scoring, not for submitting.
    edition : Edition
    basis : Basis
    before : RegionScore
        The score that it started from.
    """

    submission: Submission
    edition: Edition
    basis: Basis
    before: RegionScore

    @cached_property
    def score(self) -> RegionScore:
        """The score after all changes."""
        return rescored(self.submission, self.edition, basis=self.basis)

    @cached_property
    def comparison(self) -> ScoreComparison:
        """The score that it started from and the score after all changes, side by side."""
        return ScoreComparison((self.before, self.score), ("before", "after"))

    def with_level(self, indicator: str, level: int, *, innovation: str | None = None) -> WhatIf:
        """Let a row count with a level, with the paper and the verdict that the basis asks for.

        Parameters
        ----------
        indicator : str
            Key of the row.
        level : int
            0 leaves the row unanswered.
        innovation : str, optional
            Id of the innovation; a row of the region part without.

        Raises
        ------
        UnknownNameError
            For a row or an innovation that does not exist.
        BadValueError
            For a level that the row does not have, or a row of the other part.
        """
        row = self.edition[indicator]
        if isinstance(level, bool) or not isinstance(level, int) or not 0 <= level <= row.top_level:
            raise BadValueError(f"level {level!r} of {indicator!r}; allowed: 0 to {row.top_level}")
        answer = moved(None, row, level, basis=self.basis) if level else None
        return self._answered(indicator, answer, innovation)

    def with_answer(self, answer: Answer, *, innovation: str | None = None) -> WhatIf:
        """Let a row be answered as given, evidence and verdict included.

        Parameters
        ----------
        answer : Answer
        innovation : str, optional
            Id of the innovation; a row of the region part without.

        Raises
        ------
        UnknownNameError
            For a row or an innovation that does not exist.
        BadValueError
            For a row of the other part.
        """
        return self._answered(answer.indicator, answer, innovation)

    def _answered(self, key: str, answer: Answer | None, innovation: str | None) -> WhatIf:
        part = self.edition[key].part
        if (part is Part.REGION) is not (innovation is None):
            advice = "name an innovation" if innovation is None else "leave the innovation out"
            raise BadValueError(f"{key} is a row of the {part} part; {advice}")
        if innovation is None:
            if self.submission.region_points is not None:
                raise BadValueError(
                    "the region part is given as points; change them with with_region_points(…)"
                )
            answers = _replaced(self.submission.answers, key, answer)
            return self._changed(answers=answers)
        changed = self.submission.innovation(innovation)
        after = evolve(changed, answers=_replaced(changed.answers, key, answer))
        return self._changed(
            innovations=[after if i is changed else i for i in self.submission.innovations]
        )

    def _changed(self, **fields: Any) -> WhatIf:
        return evolve(self, submission=evolve(self.submission, **fields))

    def with_region_points(self, points: object) -> WhatIf:
        """Let the region part have some points, in the place of its rows.

        Raises
        ------
        BadValueError
            When they are no whole number of hundredths.
        """
        hundredths = hundredths_of(points, what="the points of the region part")
        return self._changed(answers=(), region_points=EXACT.scaleb(hundredths, -2))

    def reporting(self, *innovations: Innovation, agencies: Iterable[Agency] = ()) -> WhatIf:
        """Report further innovations, with the agencies that are not known yet.

        Parameters
        ----------
        *innovations : Innovation
        agencies : iterable of Agency, optional
        """
        return self._changed(
            innovations=(*self.submission.innovations, *innovations),
            agencies=(*self.submission.agencies, *agencies),
        )

    def reporting_more(
        self,
        number: int,
        *,
        maturity: object = None,
        levels: int | Mapping[str, int] | None = None,
        affair: str | None = None,
        agency: str | None = None,
    ) -> WhatIf:
        """Report some further innovations that are alike.

        Parameters
        ----------
        number : int
        maturity : number, optional
            Points of each. Give this or `levels`.
        levels : int or mapping of str to int, optional
            One level for every row, or levels by row.
        affair : str, optional
            Key of the government affair of each.
        agency : str, optional
            Id of the agency that reports them.

        Raises
        ------
        BadValueError
            For a number that is not positive, and a maturity or levels that are not possible.
        UnknownNameError
            For a row that the innovation part does not have.
        FaultsError
            For a maturity or levels that cannot be read, or both or neither of them.
        """
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise BadValueError(
                f"the number of further innovations is {number!r}; allowed: 1 or more"
            )
        each = NewInnovation(levels=levels, maturity=maturity, agency=agency)  # type: ignore[arg-type] # read by the record
        template = template_of(each, self.edition, Costs())
        unassigned = free_name("new", (a.id for a in self.submission.agencies))
        return self.reporting(
            *(
                further_innovation(
                    name,
                    name,
                    agency=agency or unassigned,
                    levels=dict(template.levels),
                    affair=affair,
                    edition=self.edition,
                    basis=self.basis,
                )
                for name in islice(placeholder_ids(self.submission), number)
            ),
            agencies=() if agency else (Agency(unassigned, "–"),),
        )

    def without(self, *ids: str) -> WhatIf:
        """Leave innovations out.

        Parameters
        ----------
        *ids : str

        Raises
        ------
        UnknownNameError
            For an id that is not there.
        """
        dropped = {id(self.submission.innovation(i)) for i in ids}
        kept = [i for i in self.submission.innovations if id(i) not in dropped]
        return self._changed(innovations=kept)

    def under(self, edition: Edition | str) -> WhatIf:
        """Apply another edition, as if the submission were one of its year.

        Parameters
        ----------
        edition : Edition or str

        Raises
        ------
        BadValueError
            When the editions share no rows.
        SubmissionError
            With every answer that the other edition does not allow.

        Notes
        -----
        Dates stay as they are; where the other edition has a window of application of its
        own, innovations may fall out of it on ``VERIFIED``.
        """
        edition = edition if isinstance(edition, Edition) else load_edition(edition)
        shared_rows(self.edition, edition)
        year = min(max(self.submission.year, edition.start.year), edition.end.year)
        submission = evolve(self.submission, year=year)
        require_valid(submission, edition)
        return evolve(self, submission=submission, edition=edition)

    def on(self, basis: Basis) -> WhatIf:
        """Let the levels of another basis count."""
        return evolve(self, basis=Basis(basis))

    def changed(self, change: Callable[[Submission], Submission]) -> WhatIf:
        """Change the records by a function of one's own."""
        return evolve(self, submission=change(self.submission))

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return the score before and after, one row each."""
        return self.comparison.to_columns()

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain data that JSON can hold."""
        return self.comparison.to_dict()

    def to_text(self, language: Language | str = Language.ENGLISH, *, most: int = 5) -> str:
        """Return the scores before and after, and what differs most, as lines."""
        names = (text("what_if.before", language), text("what_if.after", language))
        return evolve(self.comparison, names=names).to_text(language, most=most)

    def __str__(self) -> str:
        return self.to_text()


def _replaced(answers: Iterable[Answer], key: str, answer: Answer | None) -> tuple[Answer, ...]:
    """Return answers with one replaced in its place, added at the end, or taken away."""
    kept = [answer if a.indicator == key else a for a in answers]
    if answer is not None and answer not in kept:
        kept.append(answer)
    return tuple(a for a in kept if a is not None)


def what_if(
    submission: Submission, edition: Edition | str, *, basis: Basis = Basis.DOCUMENTED
) -> WhatIf:
    """Start from a submission as it is, to change it and see what becomes of its index.

    Parameters
    ----------
    submission : Submission
    edition : Edition or str
    basis : Basis, optional
        Which level of an answer counts.

    Returns
    -------
    WhatIf

    Raises
    ------
    SubmissionError
        With every fault of the submission.
    IncompleteEditionError
        When the edition lacks what the score needs.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.scenarios import what_if
    >>> city = ii.read_submission("examples/kota-contoh.toml")
    >>> now = what_if(city, "iid-2026")
    >>> more = now.with_level("regulation", 3, innovation="jemput-sehat").reporting_more(
    ...     5, maturity=80, affair="housing")
    >>> print(now.score, "→", more.score)
    53.21 (Inovatif) → 54.47 (Inovatif)
    >>> print(more.under("iid-2027").score)
    54.47 (?)
    """
    edition = edition if isinstance(edition, Edition) else load_edition(edition)
    basis = Basis(basis)
    before = score(submission, edition, basis=basis)[submission.region.code]
    return WhatIf(submission, edition, basis, before)
