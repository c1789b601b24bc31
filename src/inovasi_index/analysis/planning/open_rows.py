"""Which rows can move, at what cost, and what has to be completed before they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from inovasi_index.analysis.planning.steps import Change, StepKind, moves
from inovasi_index.records import Basis, Cause, ReasonCode, Submission, eligibility, standings
from inovasi_index.rules import Edition, Indicator, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from inovasi_index.analysis.planning.costs import Costs, Forbidden
    from inovasi_index.records import AnswerStanding, Innovation

__all__ = ["Move", "Row", "Unit", "open_units"]

_MANDATORY = {ReasonCode.MANDATORY_ROW_NOT_ANSWERED, ReasonCode.MANDATORY_ROW_WITHOUT_EVIDENCE}
_DESIGN = {ReasonCode.DESIGN_NOT_GIVEN, ReasonCode.DESIGN_TOO_SHORT}


@frozen
class Move:
    """A level that a row can move to."""

    level: int
    kind: StepKind
    cost: Fraction


@frozen(eq=False)
class Row:
    """A row that can move, of one innovation or, without one, of the region.

    `required` rows have to move when their innovation is completed.
    """

    innovation: Innovation | None
    indicator: Indicator
    counted: int
    cause: Cause
    moves: tuple[Move, ...]
    required: bool

    def gain(self, move: Move) -> int:
        """Return hundredths of a point that a move adds to the region part or the maturity."""
        return (self.indicator.weight_hundredths or 0) * (move.level - self.counted)

    def change(self, move: Move) -> Change:
        """Return what a move changes."""
        return Change(self.indicator.key, self.counted, move.level, self.cause)


@frozen(eq=False)
class Unit:
    """Rows that are open together: those of one innovation that is not eligible, or all others.

    Attributes
    ----------
    rows : tuple of Row
    innovation : Innovation or None
        What has to be completed before its rows count; `None` where nothing has to.
    design_cost : fractions.Fraction or None
        Cost of the design, where the completion needs one.
    released : int
        Hundredths of maturity that count at once when it is complete.
    """

    rows: tuple[Row, ...]
    innovation: Innovation | None = None
    design_cost: Fraction | None = None
    released: int = 0

    @property
    def agency(self) -> str | None:
        """Agency of the innovation."""
        return self.innovation.agency if self.innovation else None

    def gain(self, moves: Iterable[tuple[Row, Move]]) -> int:
        """Return hundredths of maturity that completing it adds, by moves of required rows."""
        return self.released + sum(row.gain(move) for row, move in moves)


@frozen
class _Terms:
    """On what terms rows move: the basis, the costs and what is forbidden."""

    edition: Edition
    basis: Basis
    costs: Costs
    forbid: Sequence[Forbidden]

    def allowed(self, **facts: object) -> bool:
        return not any(f.matches(**facts) for f in self.forbid)

    def row(
        self,
        indicator: Indicator,
        standing: AnswerStanding,
        innovation: Innovation | None = None,
        *,
        required: bool = False,
    ) -> Row:
        agency = innovation.agency if innovation else None
        factor = self.costs.factor(indicator.key, agency)
        found = []
        for level, kind in moves(standing, indicator, self.basis):
            if kind is StepKind.RAISE_LEVEL:
                work = self.costs.climb(indicator, standing.claimed, level)
            else:
                work = self.costs.removal(standing.cause)
            if self.allowed(
                kind=StepKind.COMPLETE_INNOVATION if required else kind,
                part=indicator.part,
                indicator=indicator.key,
                innovation=innovation.id if innovation else None,
                agency=agency,
            ):
                found.append(Move(level, kind, work * factor))
        counted = standing.on(self.basis)
        return Row(innovation, indicator, counted, standing.cause, tuple(found), required)

    def rows(self, owner: Submission | Innovation) -> Iterator[Row]:
        """Yield the rows of the region part or of an innovation that can move and gain."""
        innovation = None if isinstance(owner, Submission) else owner
        part = Part.REGION if innovation is None else Part.INNOVATION
        standing_of = standings(owner, self.edition)
        for indicator, standing in zip(
            self.edition.part_indicators(part), standing_of, strict=True
        ):
            row = self.row(indicator, standing, innovation)
            if row.moves and indicator.weight_hundredths:
                yield row

    def completion(self, innovation: Innovation) -> Unit | None:
        """Return what makes an innovation eligible; `None` when no steps can."""
        reasons = eligibility(innovation, self.edition).reasons
        if any(r.code not in _MANDATORY | _DESIGN for r in reasons) or not self.allowed(
            kind=StepKind.COMPLETE_INNOVATION,
            part=Part.INNOVATION,
            innovation=innovation.id,
            agency=innovation.agency,
        ):
            return None
        unfilled = {dict(r.params)["indicator"] for r in reasons if r.code in _MANDATORY}
        rows = []
        released = 0
        pairs = zip(
            self.edition.innovation_indicators, standings(innovation, self.edition), strict=True
        )
        for indicator, standing in pairs:
            required = indicator.key in unfilled
            row = self.row(indicator, standing, innovation, required=required)
            if required and not row.moves:
                return None
            if row.moves and (required or indicator.weight_hundredths):
                rows.append(row)
            released += (indicator.weight_hundredths or 0) * standing.verified
        design_cost = None
        if any(r.code in _DESIGN for r in reasons):
            design_cost = self.costs.write_design * self.costs.factor(None, innovation.agency)
        return Unit(tuple(rows), innovation, design_cost, released)


def open_units(
    submission: Submission,
    edition: Edition,
    basis: Basis,
    *,
    costs: Costs,
    forbid: Sequence[Forbidden],
) -> tuple[Unit, ...]:
    """Return the rows that can move: first all that count, then unit by unit what may.

    Parameters
    ----------
    submission : Submission
        Valid under the edition.
    edition : Edition
    basis : Basis
    costs : Costs
    forbid : sequence of Forbidden
    """
    terms = _Terms(edition, basis, costs, forbid)
    rows = [] if submission.region_points is not None else [*terms.rows(submission)]
    units = []
    for innovation in submission.innovations:
        if basis is not Basis.VERIFIED or eligibility(innovation, edition).eligible:
            rows += terms.rows(innovation)
        elif (unit := terms.completion(innovation)) is not None:
            units.append(unit)
    return (Unit(tuple(rows)), *units)
