"""Further innovations: the levels they would have, and what their number does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from inovasi_index.analysis.planning.model import Growth
from inovasi_index.analysis.planning.steps import StepKind
from inovasi_index.errors import BadValueError, UnknownNameError
from inovasi_index.rules import Edition, Part

if TYPE_CHECKING:
    from inovasi_index.analysis.planning.costs import Costs, Forbidden, NewInnovation
    from inovasi_index.rules import Indicator
    from inovasi_index.scoring import RegionScore

__all__ = ["Template", "affairs_needed", "growths", "reachable_maturities", "template_of"]


@frozen
class Template:
    """A further innovation with its levels worked out.

    Attributes
    ----------
    name : str
    agency : str or None
    levels : tuple of (str, int)
        Rows with at least level 1, in official order.
    maturity : int
        In hundredths.
    cost : fractions.Fraction
    most : int or None
    """

    name: str
    agency: str | None
    levels: tuple[tuple[str, int], ...]
    maturity: int
    cost: Fraction
    most: int | None


def template_of(given: NewInnovation, edition: Edition, costs: Costs) -> Template:
    """Work out the levels and the cost of a further innovation.

    Raises
    ------
    UnknownNameError
        For a row that the innovation part does not have.
    BadValueError
        For a level above the top of its row, a mandatory row that is left out, or a maturity
        that no levels reach.
    """
    levels = _levels_of(given, edition)
    maturity = sum((edition[key].weight_hundredths or 0) * n for key, n in levels.items())
    cost = given.cost
    if cost is None:
        rows = (
            costs.climb(edition[key], 0, n) * costs.factor(key, given.agency)
            for key, n in levels.items()
        )
        cost = costs.report * costs.factor(None, given.agency) + sum(rows, Fraction(0))
    return Template(given.name, given.agency, tuple(levels.items()), maturity, cost, given.most)


def _levels_of(given: NewInnovation, edition: Edition) -> dict[str, int]:
    rows = edition.innovation_indicators
    tops = {row.key: row.top_level for row in rows}
    if isinstance(given.levels, int):
        return {key: min(given.levels, top) for key, top in tops.items()}
    if isinstance(given.levels, Mapping):
        for key, level in given.levels.items():
            if key not in tops:
                raise UnknownNameError.of(f"row of the innovation part in {edition.id}", key, tops)
            if level > tops[key]:
                raise BadValueError(f"level {level} of {key!r}; allowed: 0 to {tops[key]}")
        empty = [r.key for r in rows if given.levels.get(r.key, 0) < _least_level(r, edition)]
        if empty:
            raise BadValueError(
                f"mandatory rows are left at 0, so it would not be eligible: {', '.join(empty)}"
            )
        return {key: given.levels[key] for key in tops if given.levels.get(key)}
    return _levels_for(given.maturity or Fraction(0), edition)


def _least_level(row: Indicator, edition: Edition) -> int:
    """Return the level that a row has in any innovation that is eligible."""
    return int(bool(edition.eligibility.mandatory_rows and row.mandatory))


def reachable_maturities(edition: Edition) -> list[int]:
    """Return what the first 0, 1, 2, … rows reach: bit n says that n hundredths can be.

    Mandatory rows have at least level 1 where an edition scores no other innovation.
    """
    reachable = [1]
    for row in edition.innovation_indicators:
        bits = 0
        for level in range(_least_level(row, edition), row.top_level + 1):
            bits |= reachable[-1] << level * (row.weight_hundredths or 0)
        reachable.append(bits)
    return reachable


def affairs_needed(edition: Edition) -> int:
    """Return how many basic affairs count points ask for; all where no source says."""
    needed = edition.formula.basic_affairs_needed
    return len(edition.basic_affairs) if needed is None else needed


def _levels_for(maturity: Fraction, edition: Edition) -> dict[str, int]:
    """Return levels that reach a maturity exactly, found over the sums that rows can reach."""
    rows = edition.innovation_indicators
    wanted = maturity * 100
    reachable = reachable_maturities(edition)
    most = reachable[-1].bit_length() - 1
    if wanted.denominator != 1 or wanted > most or not reachable[-1] >> int(wanted) & 1:
        below = reachable[-1] & ((1 << min(int(wanted), most) + 1) - 1)
        near = f"; the next below it is {(below.bit_length() - 1) / 100:g}" if below else ""
        raise BadValueError(
            f"no levels reach a maturity of {float(maturity):g} with the mandatory rows filled"
            f"{near}; allowed: up to {most / 100:g}"
        )
    left = int(wanted)
    levels_of: dict[str, int] = {}
    for row, others in zip(reversed(rows), reversed(reachable[:-1]), strict=True):
        weight = row.weight_hundredths or 0
        level = next(
            level
            for level in range(_least_level(row, edition), row.top_level + 1)
            if left >= level * weight and others >> (left - level * weight) & 1
        )
        levels_of[row.key] = level
        left -= level * weight
    return {row.key: levels_of[row.key] for row in rows if levels_of[row.key]}


def growths(
    base: RegionScore,
    covered: Sequence[str],
    *,
    most: int | None,
    templates: Sequence[Template],
    forbid: Sequence[Forbidden],
) -> tuple[Growth, ...]:
    """Return what each possible number of further innovations does to divisor and count points.

    Further innovations cover basic affairs first, in official order, as far as these are
    needed for count points.

    Parameters
    ----------
    base : RegionScore
    covered : sequence of str
        Basic affairs that are covered before.
    most : int or None
        Most further innovations; `None`: up to the number that earns count points, and as
        many as are needed to cover the basic affairs.
    templates : sequence of Template
    forbid : sequence of Forbidden
    """
    edition = base.edition
    cap = edition.constant("count_cap")
    basic = edition.basic_affairs
    lacking = max(0, affairs_needed(edition) - len(covered))
    can_cover = {"kind": StepKind.COVER_AFFAIR, "part": Part.INNOVATION}
    open_affairs = [
        affair.key
        for affair in basic
        if affair.key not in covered
        and not any(f.matches(**can_cover, affair=affair.key) for f in forbid)
    ]
    affairs = tuple(open_affairs[:lacking])
    if most is None:
        most = max(cap - base.innovations, lacking, 0)
    stocks = [template.most for template in templates]
    if None not in stocks:
        most = min(most, sum(stock for stock in stocks if stock is not None))
    numbers: Sequence[int] = range(most + 1)
    if any(f.matches(kind=StepKind.REPORT_INNOVATION, part=Part.INNOVATION) for f in forbid):
        numbers = [n for n in numbers if n == 0 or n == len(affairs) == lacking]
    found = []
    for number in numbers:
        n = base.innovations + number
        covers = number >= lacking == len(affairs)
        found.append(
            Growth(
                number,
                max(n, edition.constant("minimum_divisor")),
                min(n, cap) * edition.constant("points_per_innovation_hundredths") * covers,
                affairs if covers else (),
            )
        )
    return tuple(found)
