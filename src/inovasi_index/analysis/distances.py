"""How far a band or an index is, in points and in single steps.

Every single step is looked at: a row that moves to a level, an innovation that is completed
so that it is eligible, one further innovation of the least maturity that suffices. Each is
scored by the kernel that scores everything, with the divisor and the count points that it
leads to.
"""

from __future__ import annotations

from fractions import Fraction
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, frozen

from inovasi_index.analysis.planning.costs import Costs, NewInnovation
from inovasi_index.analysis.planning.further import (
    affairs_needed,
    reachable_maturities,
    template_of,
)
from inovasi_index.analysis.planning.open_rows import open_units
from inovasi_index.analysis.planning.steps import (
    Change,
    StepKind,
    free_name,
    further_innovation,
    with_answers,
)
from inovasi_index.analysis.targets import Target, read_target
from inovasi_index.exact import EXACT
from inovasi_index.language import Language, number, text
from inovasi_index.records import Agency, Basis, Submission
from inovasi_index.rules import Band, Edition, Part, load_edition
from inovasi_index.scoring import RegionScore, band_of, score
from inovasi_index.scoring.kernels import index_hundredths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from numpy.typing import NDArray

    from inovasi_index.analysis.planning.open_rows import Unit

__all__ = ["DISTANCE_FORMAT", "Distance", "SingleStep", "distance"]

DISTANCE_FORMAT = "inovasi_index.distance/1"


@frozen
class SingleStep:
    """One step, and the index that it alone leads to.

    Attributes
    ----------
    kind : StepKind
    part : Part
        The part of the index that it belongs to.
    gain : fractions.Fraction
        Points of the index before rounding.
    index : decimal.Decimal
        The rounded index after the step.
    innovation, agency : str or None
        Ids; `None` for the region and for a further innovation.
    changes : tuple of Change
        Rows that move: one, or those of a completion; none of a further innovation.
    design : bool
        Whether the design has to be written or lengthened.
    affairs : tuple of str
        Basic affairs of which a further innovation covers one.
    levels : tuple of (str, int)
        Rows and levels of a further innovation: one way to reach its maturity.
    maturity : fractions.Fraction or None
        Maturity of a further innovation: the least that suffices, else the highest.
    """

    kind: StepKind
    part: Part
    gain: Fraction
    index: Decimal
    innovation: str | None = None
    agency: str | None = None
    changes: tuple[Change, ...] = ()
    design: bool = False
    affairs: tuple[str, ...] = ()
    levels: tuple[tuple[str, int], ...] = ()
    maturity: Fraction | None = None

    def apply(self, submission: Submission, edition: Edition, *, basis: Basis) -> Submission:
        """Return the records after the step, with placeholders for what it assumes.

        Parameters
        ----------
        submission : Submission
            The one that the distance was taken of.
        edition : Edition
        basis : Basis
        """
        levels = {change.indicator: change.to_level for change in self.changes}
        if self.maturity is not None:
            return _reported(self, submission, edition, basis)
        if self.innovation is None:
            return evolve(
                submission, answers=with_answers(submission, levels, edition, basis=basis)
            )
        changed = submission.innovation(self.innovation)
        after = evolve(changed, answers=with_answers(changed, levels, edition, basis=basis))
        if self.design:
            words = edition.eligibility.design_min_words
            after = evolve(after, design=None, design_words=words)
        return evolve(
            submission,
            innovations=[after if i is changed else i for i in submission.innovations],
        )

    def to_text(
        self, language: Language | str = Language.ENGLISH, *, edition: Edition | None = None
    ) -> str:
        """Return the step as a line that a person can read.

        Parameters
        ----------
        language : Language or str
        edition : Edition, optional
            Brings the official names of rows and affairs; keys stand in their place without.
        """

        def row(key: str) -> str:
            return f"{edition[key].code}. {edition[key].name}" if edition else key

        affairs = {a.key: a.name for a in edition.affairs} if edition else {}
        levels = ", ".join(
            f"{row(c.indicator)} {c.from_level} → {c.to_level}" for c in self.changes
        )
        said = text(
            f"distance.{self.kind}",
            language,
            place=" · ".join(filter(None, (self.innovation, levels))),
            maturity=number(self.maturity or 0, language),
            affairs=", ".join(affairs.get(a, a) for a in self.affairs),
        )
        gain = number(self.gain, language, 4)
        sign = "+" if self.gain >= 0 else ""
        return f"{sign}{gain} → {number(self.index, language)}  {said}"

    def __str__(self) -> str:
        return self.to_text()


@frozen(eq=False)
class Distance:
    """How far an index is from a target, and which single steps reach it.

    Attributes
    ----------
    basis : Basis
    score : RegionScore
    target : Target
    least : fractions.Fraction
        The lowest index before rounding that reaches the target when it is rounded.
    steps : tuple of SingleStep
        The single steps that reach the target, the smallest gain first.
    largest : SingleStep
        The step with the largest gain of all, whether it suffices or not.
    looked_at : int
        How many single steps there are.
    """

    basis: Basis
    score: RegionScore
    target: Target
    least: Fraction
    steps: tuple[SingleStep, ...]
    largest: SingleStep
    looked_at: int

    @property
    def reached(self) -> bool:
        """Whether the target is reached as it is."""
        return self.score.index_hundredths >= self.target.hundredths

    @property
    def missing(self) -> Fraction:
        """Points of the index that are missing before rounding, exact; 0 when reached."""
        return max(Fraction(0), self.least - self.score.exact)

    @property
    def missing_points(self) -> Fraction:
        """The same on the scale of the sum of the parts (250 points in 2026)."""
        return self.missing * self.score.edition.constant("total_max_hundredths") / 10_000

    @property
    def missing_hundredths(self) -> int:
        """Hundredths between the rounded index and the target; 0 when reached."""
        return max(0, self.target.hundredths - self.score.index_hundredths)

    @property
    def one_step_suffices(self) -> bool:
        """Whether some single step reaches the target."""
        return bool(self.steps)

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row a step that suffices, as columns for any data frame."""
        first = [step.changes[0] if step.changes else None for step in self.steps]
        return {
            "kind": np.array([step.kind.value for step in self.steps], np.str_),
            "innovation": np.array([step.innovation or "" for step in self.steps], np.str_),
            "agency": np.array([step.agency or "" for step in self.steps], np.str_),
            "indicator": np.array([c.indicator if c else "" for c in first], np.str_),
            "from_level": np.array([c.from_level if c else 0 for c in first], np.int64),
            "to_level": np.array([c.to_level if c else 0 for c in first], np.int64),
            "maturity": np.array(
                [np.nan if s.maturity is None else float(s.maturity) for s in self.steps],
                np.float64,
            ),
            "gain": np.array([float(step.gain) for step in self.steps], np.float64),
            "index": np.array([float(step.index) for step in self.steps], np.float64),
        }

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold; exact amounts are strings."""
        return {
            "format": DISTANCE_FORMAT,
            "edition": self.score.edition.id,
            "basis": self.basis.value,
            "index": str(self.score.index),
            "index_exact": str(self.score.exact),
            "band": self.score.band_if_known,
            "target": self.target.to_dict(),
            "reached": self.reached,
            "least": str(self.least),
            "missing": str(self.missing),
            "missing_points": str(self.missing_points),
            "missing_hundredths": self.missing_hundredths,
            "looked_at": self.looked_at,
            "steps": [_plain(step) for step in self.steps],
            "largest": _plain(self.largest),
        }

    def to_text(
        self, language: Language | str = Language.ENGLISH, *, width: int = 88, most: int = 5
    ) -> str:
        """Return lines that a person can read.

        Parameters
        ----------
        language : Language or str
        width : int
            Columns of the terminal.
        most : int
            How many steps are shown.
        """
        shown = {
            "index": number(self.score.index, language),
            "band": self.score.band_if_known or "?",
            "target": self.target.to_text(language),
            "missing": number(self.missing, language, 4),
            "points": number(self.missing_points, language, 4),
            "total": number(
                Fraction(self.score.edition.constant("total_max_hundredths"), 100), language
            ),
            "looked_at": self.looked_at,
            "steps": len(self.steps),
        }
        if self.reached:
            lines = [text("distance.reached", language, **shown)]
        else:
            lines = [text("distance.head", language, **shown)]
            key = "distance.some" if self.steps else "distance.none"
            lines.append(text(key, language, **shown))
            for step in self.steps[:most] or [self.largest]:
                lines.append(f"  {step.to_text(language, edition=self.score.edition)}")
        return "\n".join(fill(line, max(width, 40), subsequent_indent="    ") for line in lines)

    def __str__(self) -> str:
        return self.to_text()


def distance(
    submission: Submission,
    edition: Edition | str,
    *,
    target: Band | str | Decimal | Fraction | float | None = None,
    basis: Basis = Basis.DOCUMENTED,
) -> Distance:
    """Measure how far a band or an index is, in points and in single steps.

    Parameters
    ----------
    submission : Submission
    edition : Edition or str
    target : Band, str or number, optional
        A band, its key or official name, or an index. By default the next band up; from the
        highest band that band itself, which is reached.
    basis : Basis, optional
        Which level of an answer counts, and so what a step means: on ``CLAIMED`` a level is
        claimed; on ``DOCUMENTED`` also its paper is attached; on ``VERIFIED`` a verifier has
        also accepted it, which is an assumption.

    Returns
    -------
    Distance

    Raises
    ------
    UnknownNameError, BadValueError
        For a target that is no band and no index, or out of range.
    SubmissionError
        With every fault of the submission.
    IncompleteEditionError
        When the edition lacks what the score or the band needs.

    Notes
    -----
    A further innovation has its mandatory rows at least at level 1 where an edition scores
    no other. It covers a basic affair where exactly one is lacking for the count points.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.distances import distance
    >>> submission = ii.Submission(
    ...     ii.Region("99.71", "Kota Contoh", "city"), 2026, region_points="60")
    >>> found = distance(submission, "iid-2026", target="24.40")
    >>> found.score.index, found.missing, found.one_step_suffices
    (Decimal('24.00'), Fraction(79, 200), True)
    >>> print(found.steps[0])
    +0.4667 → 24.47  report a further innovation with a maturity of 14.00
    """
    edition = edition if isinstance(edition, Edition) else load_edition(edition)
    basis = Basis(basis)
    before = score(submission, edition, basis=basis)[submission.region.code]
    wanted = _next_band(before) if target is None else read_target(target, edition)
    least = _least(wanted, edition)
    steps = [*_row_steps(submission, before), *_further_steps(submission, before, least)]
    scored = _scored(steps, before)
    reached = before.index >= wanted.index
    sufficing = [] if reached else [step for step in scored if step.index >= wanted.index]
    return Distance(
        basis=basis,
        score=before,
        target=wanted,
        least=least,
        steps=tuple(sorted(sufficing, key=lambda step: step.gain)),
        largest=max(scored, key=lambda step: step.gain),
        looked_at=len(scored),
    )


def _next_band(one: RegionScore) -> Target:
    bands = one.edition.bands
    place = bands.index(band_of(one.edition, one.index_hundredths))
    return read_target(bands[min(place + 1, len(bands) - 1)], one.edition)


def _least(target: Target, edition: Edition) -> Fraction:
    """Return the lowest index that, rounded half up as the edition declares, is high enough."""
    unit = Fraction(1, 10**edition.formula.decimals)
    wanted = -(-Fraction(target.hundredths, 100) // unit) * unit
    return wanted - unit / 2 if target.hundredths else Fraction(0)


@frozen
class _Outcome:
    """The facts of a step, and the integers that the index is computed from after it."""

    facts: Mapping[str, Any]
    fixed: int
    maturity: int
    divisor: int


def _whole(amount: Fraction) -> int:
    return amount.numerator // amount.denominator


def _start(one: RegionScore) -> tuple[int, int]:
    """Return the fixed points and the sum of maturities of a score, in hundredths."""
    parts = one.parts
    fixed = 100 * (parts.region_part + parts.count_points)
    return _whole(fixed), _whole(100 * parts.mean_maturity * one.divisor)


def _row_steps(submission: Submission, before: RegionScore) -> Iterator[_Outcome]:
    """Yield every move of a row and every completion of an innovation."""
    fixed, maturity = _start(before)
    basis = before.basis or Basis.CLAIMED
    for unit in open_units(submission, before.edition, basis, costs=Costs(), forbid=()):
        if unit.innovation is not None:
            facts, gain = _completion(unit)
            yield _Outcome(facts, fixed, maturity + gain, before.divisor)
            continue
        for row in unit.rows:
            inside = row.innovation is not None
            for move in row.moves:
                facts = {
                    "kind": move.kind,
                    "part": row.indicator.part,
                    "innovation": row.innovation.id if row.innovation else None,
                    "agency": row.innovation.agency if row.innovation else None,
                    "changes": (row.change(move),),
                }
                gain = row.gain(move)
                moved = (fixed, maturity + gain) if inside else (fixed + gain, maturity)
                yield _Outcome(facts, *moved, before.divisor)


def _completion(unit: Unit) -> tuple[dict[str, Any], int]:
    """Complete an innovation with the least that makes it eligible; return facts and gain."""
    required = [(row, row.moves[0]) for row in unit.rows if row.required]
    facts = {
        "kind": StepKind.COMPLETE_INNOVATION,
        "part": Part.INNOVATION,
        "innovation": unit.innovation.id if unit.innovation else None,
        "agency": unit.agency,
        "changes": tuple(row.change(move) for row, move in required),
        "design": unit.design_cost is not None,
    }
    return facts, unit.gain(required)


def _further_steps(
    submission: Submission, before: RegionScore, least: Fraction
) -> Iterator[_Outcome]:
    """Yield one further innovation, and one that covers the basic affair that is lacking."""
    edition = before.edition
    basic = [affair.key for affair in edition.basic_affairs]
    covered = {innovation.affair for innovation in submission.innovations}
    lacking = affairs_needed(edition) - len(covered.intersection(basic))
    n = before.innovations + 1
    counted = min(n, edition.constant("count_cap"))
    count_points = counted * edition.constant("points_per_innovation_hundredths")
    yield _further(before, least, count_points if lacking <= 0 else 0)
    if lacking == 1:
        uncovered = tuple(key for key in basic if key not in covered)
        yield _further(before, least, count_points, affairs=uncovered)


def _further(
    before: RegionScore, least: Fraction, count_points: int, *, affairs: tuple[str, ...] = ()
) -> _Outcome:
    edition = before.edition
    divisor = max(before.innovations + 1, edition.constant("minimum_divisor"))
    fixed = _whole(100 * before.parts.region_part) + count_points
    maturity = _start(before)[1]
    total = edition.constant("total_max_hundredths")
    needed = (least * total / 100 - fixed) * divisor - maturity
    own = _reachable_maturity(edition, needed)
    new = NewInnovation(maturity=Fraction(own, 100))
    facts = {
        "kind": StepKind.COVER_AFFAIR if affairs else StepKind.REPORT_INNOVATION,
        "part": Part.INNOVATION,
        "affairs": affairs,
        "levels": template_of(new, edition, Costs()).levels,
        "maturity": Fraction(own, 100),
    }
    return _Outcome(facts, fixed, maturity + own, divisor)


def _reachable_maturity(edition: Edition, needed: Fraction) -> int:
    """Return the least maturity of at least `needed` that levels reach, else the highest."""
    reachable = reachable_maturities(edition)[-1]
    lowest_wanted = max(0, -(-needed.numerator // needed.denominator))
    enough = reachable >> lowest_wanted
    if not enough:
        return reachable.bit_length() - 1
    return lowest_wanted + (enough & -enough).bit_length() - 1


def _scored(outcomes: list[_Outcome], before: RegionScore) -> list[SingleStep]:
    """Score every outcome by the kernel of the index."""
    total = before.edition.constant("total_max_hundredths")
    columns = np.array([(o.fixed, o.maturity, o.divisor) for o in outcomes], np.int64)
    indices = index_hundredths(
        *columns.T, total_hundredths=total, decimals=before.edition.formula.decimals
    )
    start = before.exact
    return [
        SingleStep(
            gain=Fraction(100 * (o.fixed * o.divisor + o.maturity), o.divisor * total) - start,
            index=EXACT.scaleb(index, -2),
            **o.facts,
        )
        for o, index in zip(outcomes, indices.tolist(), strict=True)
    ]


def _reported(
    step: SingleStep, submission: Submission, edition: Edition, basis: Basis
) -> Submission:
    ids = [*(i.id for i in submission.innovations), *(a.id for a in submission.agencies)]
    name = free_name("new", ids)
    new = further_innovation(
        name,
        name,
        agency=name,
        levels=dict(step.levels),
        affair=step.affairs[0] if step.affairs else None,
        edition=edition,
        basis=basis,
    )
    return evolve(
        submission,
        agencies=(*submission.agencies, Agency(name, name)),
        innovations=(*submission.innovations, new),
    )


def _plain(step: SingleStep) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "kind": step.kind.value,
        "part": step.part.value,
        "gain": str(step.gain),
        "index": str(step.index),
    }
    for name in ("innovation", "agency"):
        if (value := getattr(step, name)) is not None:
            plain[name] = value
    if step.changes:
        plain["changes"] = [change.to_plain() for change in step.changes]
    if step.design:
        plain["design"] = True
    if step.affairs:
        plain["affairs"] = list(step.affairs)
    if step.maturity is not None:
        plain |= {"maturity": str(step.maturity), "levels": dict(step.levels)}
    return plain
