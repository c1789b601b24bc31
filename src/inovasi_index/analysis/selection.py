"""Which of the innovations to report so that the index is highest.

Up to the floor of the divisor every innovation helps. Above it the sum of maturities is
divided by one more for each innovation, so a weak one lowers the mean, while it adds its
count points. Leaving an innovation out is a choice about what is reported for an index; it
says nothing about the work.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, frozen

from inovasi_index.analysis.kernels.selecting import best_subset
from inovasi_index.analysis.planning.further import affairs_needed
from inovasi_index.analysis.rescoring import rescored
from inovasi_index.analysis.targets import index_and_band
from inovasi_index.language import Language, number, text
from inovasi_index.records import Basis, Submission
from inovasi_index.rules import Edition, load_edition
from inovasi_index.scoring import RegionScore, score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inovasi_index.records import Innovation

__all__ = ["SELECTION_FORMAT", "LeftOut", "Selection", "select_innovations"]

SELECTION_FORMAT = "inovasi_index.selection/1"


@frozen
class LeftOut:
    """An innovation that is not reported, and what reporting it would cost.

    Attributes
    ----------
    innovation, name, agency : str
        Id and name of the innovation, id of its agency.
    maturity : fractions.Fraction
        In points.
    fall : fractions.Fraction
        By how much the index before rounding would fall if it were reported in addition;
        always positive.
    break_even : fractions.Fraction
        The maturity at which reporting it would leave the index as it is, in points.
    """

    innovation: str
    name: str
    agency: str
    maturity: Fraction
    fall: Fraction
    break_even: Fraction


@frozen(eq=False)
class Selection:
    """The innovations whose report gives the highest index.

    Attributes
    ----------
    basis : Basis
    reported : tuple of str
        Ids, in the order of the submission.
    left_out : tuple of LeftOut
        In the order of the submission.
    for_affairs : tuple of (str, str)
        Innovations that stay only because they cover a basic affair: id and affair.
    before, after : RegionScore
        Of all innovations, and of those that are reported.
    submission : Submission
        The records with the reported innovations only.
    """

    basis: Basis
    reported: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    for_affairs: tuple[tuple[str, str], ...]
    before: RegionScore
    after: RegionScore
    submission: Submission

    @property
    def gain(self) -> Fraction:
        """By how much the index before rounding grows."""
        return self.after.exact - self.before.exact

    def to_dict(self, language: Language | str = Language.ENGLISH) -> dict[str, Any]:
        """Return plain data that JSON can hold; exact amounts are strings."""
        return {
            "format": SELECTION_FORMAT,
            "edition": self.before.edition.id,
            "basis": self.basis.value,
            "before": {"index": str(self.before.index), "band": self.before.band_if_known},
            "after": {"index": str(self.after.index), "band": self.after.band_if_known},
            "gain": str(self.gain),
            "note": text("selection.note", language),
            "reported": list(self.reported),
            "for_affairs": [{"innovation": i, "affair": a} for i, a in self.for_affairs],
            "left_out": [
                {
                    "innovation": one.innovation,
                    "name": one.name,
                    "agency": one.agency,
                    "maturity": str(one.maturity),
                    "fall": str(one.fall),
                    "break_even": str(one.break_even),
                }
                for one in self.left_out
            ],
        }

    def to_text(self, language: Language | str = Language.ENGLISH, *, width: int = 88) -> str:
        """Return lines that a person can read.

        Parameters
        ----------
        language : Language or str
        width : int
            Columns of the terminal.
        """
        from textwrap import fill

        language = Language(language)
        lines = [
            text(
                "selection.head",
                language,
                reported=len(self.reported),
                innovations=len(self.reported) + len(self.left_out),
                before=number(self.before.index, language),
                after=index_and_band(self.after, language),
            )
        ]
        names = {affair.key: affair.name for affair in self.before.edition.affairs}
        lines += [
            text("selection.for_affair", language, innovation=i, affair=names[a])
            for i, a in self.for_affairs
        ]
        lines += [
            text(
                "selection.left_out",
                language,
                innovation=one.innovation,
                name=one.name,
                maturity=number(one.maturity, language),
                fall=number(one.fall, language, 4),
                break_even=number(one.break_even, language),
            )
            for one in self.left_out
        ]
        lines.append(text("selection.note" if self.left_out else "selection.all", language))
        return "\n".join(fill(line, max(width, 40), subsequent_indent="  ") for line in lines)

    def __str__(self) -> str:
        return self.to_text()


def select_innovations(
    submission: Submission, edition: Edition | str, *, basis: Basis = Basis.DOCUMENTED
) -> Selection:
    """Find which innovations to report so that the index before rounding is highest.

    Exact, and found in O(n log n): see `inovasi_index.analysis.kernels.selecting`. The basic
    affairs that count points ask for are covered where that pays. Of selections that are
    equally good the largest is taken, and of innovations that are equally mature those that
    come first. On ``VERIFIED`` innovations that are not eligible have maturity 0.

    Parameters
    ----------
    submission : Submission
    edition : Edition or str
    basis : Basis, optional

    Returns
    -------
    Selection

    Raises
    ------
    SubmissionError
        With every fault of the submission.
    IncompleteEditionError
        When the edition lacks what the score needs.

    Notes
    -----
    Where an edition does not say how many basic affairs are needed, all of them are covered,
    which is enough whatever the number is.

    References
    ----------
    For 2026: Surat Kepala BSKDN 400.10.11/1887/BSKDN, 29 April 2026, Lampiran I, XI.B (mean
    maturity over at least 12, 0.38 points for each of up to 200 innovations where at least 5
    of the 6 basic affairs are covered).

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.selection import select_innovations
    >>> best = [ii.Answer("quality_video", level=3), ii.Answer("regulation", level=3)]
    >>> levels = [best] * 14 + [[]] * 2
    >>> submission = ii.Submission(
    ...     ii.Region("63.71", "Kota Contoh", "city"), 2026, [ii.Agency("a", "Dinas")],
    ...     [ii.Innovation(str(n), f"Inovasi {n}", "a", answers=x) for n, x in enumerate(levels)])
    >>> found = select_innovations(submission, "iid-2026", basis=ii.Basis.CLAIMED)
    >>> len(found.reported), [one.innovation for one in found.left_out]
    (14, ['14', '15'])
    >>> found.before.index, found.after.index
    (Decimal('7.35'), Decimal('8.40'))
    """
    edition = edition if isinstance(edition, Edition) else load_edition(edition)
    basis = Basis(basis)
    scores = score(submission, edition, basis=basis)
    before = scores[submission.region.code]
    maturity = scores.maturity_hundredths
    position = {affair.key: n for n, affair in enumerate(edition.basic_affairs)}
    innovations = submission.innovations
    basic_of = np.array([position.get(i.affair or "", -1) for i in innovations], np.intp)
    chosen = best_subset(
        maturity,
        basic_of,
        floor=edition.constant("minimum_divisor"),
        cap=edition.constant("count_cap"),
        points=edition.constant("points_per_innovation_hundredths"),
        needed=affairs_needed(edition),
        covering=edition.formula.basic_affairs_needed is None,
    )
    kept = tuple(i for i, keep in zip(innovations, chosen, strict=True) if keep)
    reported = evolve(submission, innovations=kept)
    after = rescored(reported, edition, basis=basis)
    mature = {i.id: Fraction(int(m), 100) for i, m in zip(innovations, maturity, strict=True)}
    left = [i for i, keep in zip(innovations, chosen, strict=True) if not keep]
    uncovered = position.keys() - {i.affair for i in kept}
    return Selection(
        basis=basis,
        reported=tuple(i.id for i in kept),
        left_out=tuple(
            _left_out(i, mature[i.id], after, covers_more=i.affair in uncovered) for i in left
        ),
        for_affairs=_for_affairs(kept, left, mature, after),
        before=before,
        after=after,
        submission=reported,
    )


def _points_with(
    after: RegionScore, more: int, maturity: Fraction, *, covers: bool
) -> tuple[Fraction, int]:
    """Return mean maturity plus count points with one innovation more (1) or less (-1)."""
    edition = after.edition
    n = after.innovations + more
    divisor = max(n, edition.constant("minimum_divisor"))
    counted = min(n, edition.constant("count_cap")) * covers
    count = Fraction(counted * edition.constant("points_per_innovation_hundredths"), 100)
    whole = after.parts.mean_maturity * after.divisor + more * maturity
    return count + whole / divisor, divisor


def _left_out(
    innovation: Innovation, maturity: Fraction, after: RegionScore, *, covers_more: bool
) -> LeftOut:
    enough = after.basic_affairs + covers_more >= affairs_needed(after.edition)
    with_it, divisor = _points_with(after, 1, maturity, covers=enough)
    fall = after.parts.mean_maturity + after.parts.count_points - with_it
    on_index = Fraction(10_000, after.edition.constant("total_max_hundredths"))
    return LeftOut(
        innovation=innovation.id,
        name=innovation.name,
        agency=innovation.agency,
        maturity=maturity,
        fall=fall * on_index,
        break_even=maturity + fall * divisor,
    )


def _for_affairs(
    kept: Sequence[Innovation],
    left: Sequence[Innovation],
    mature: Mapping[str, Fraction],
    after: RegionScore,
) -> tuple[tuple[str, str], ...]:
    """Return the innovations that would be left out if no affair had to be covered."""
    best_left = max((mature[i.id] for i in left), default=None)
    here = after.parts.mean_maturity + after.parts.count_points
    found = []
    for affair in after.edition.basic_affairs if after.parts.count_points else ():
        mine = [i for i in kept if i.affair == affair.key]
        if len(mine) != 1:
            continue
        maturity = mature[mine[0].id]
        without, _ = _points_with(after, -1, maturity, covers=True)
        if without > here or (best_left is not None and best_left > maturity):
            found.append((mine[0].id, affair.key))
    return tuple(found)
