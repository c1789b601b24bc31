"""Plans: the cheapest steps to a band or an index, and the best index within a budget."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from fractions import Fraction
from itertools import repeat
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from inovasi_index.analysis.planning.constraints import read_constraints
from inovasi_index.analysis.planning.costs import Amount, Costs, Forbidden, Limit, exact_amount
from inovasi_index.analysis.planning.solving import Found, Search
from inovasi_index.analysis.planning.steps import (
    Step,
    StepKind,
    free_name,
    further_innovation,
    placeholder_ids,
    with_answers,
)
from inovasi_index.analysis.rescoring import rescored
from inovasi_index.analysis.targets import Target, index_and_band, read_target
from inovasi_index.errors import (
    BadValueError,
    InfeasibleError,
    InovasiIndexError,
    MissingExtraError,
)
from inovasi_index.exact import EXACT
from inovasi_index.language import Language
from inovasi_index.records import Agency, Basis, Submission
from inovasi_index.rules import Band, Edition, Part, load_edition
from inovasi_index.scoring import RegionScore, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from inovasi_index.analysis.planning.further import Template
    from inovasi_index.analysis.planning.model import Model
    from inovasi_index.analysis.planning.open_rows import Move, Row, Unit

__all__ = ["PLAN_FORMAT", "Plan", "UnreachableError", "plan"]

_ACCURACY = Fraction(2, 10**6)

PLAN_FORMAT = "inovasi_index.plan/1"


@frozen(eq=False)
class Plan:
    """Steps that reach a target at the least cost, or the best index within a budget.

    Attributes
    ----------
    basis : Basis
    target : Target or None
        `None` where only a budget was given.
    budget : fractions.Fraction or None
    steps : tuple of Step
        Rows of the region in official order, then innovation by innovation in the order of the
        submission, then further innovations.
    cost : fractions.Fraction
    bound : fractions.Fraction
        Where a target was given, no plan that reaches it costs less. It equals `cost` when
        the plan is proven optimal.
    before, after : RegionScore
        `after` is the score of the changed records, scored like any other.
    highest : decimal.Decimal or None
        Where no target was given, no plan within the budget reaches a higher index.
    interrupted : bool
        Whether the search was cut short by a time limit or the keyboard.

    Examples
    --------
    See `plan`.
    """

    basis: Basis
    target: Target | None
    budget: Fraction | None
    steps: tuple[Step, ...]
    cost: Fraction
    bound: Fraction
    before: RegionScore
    after: RegionScore
    highest: Decimal | None
    interrupted: bool

    @property
    def proven_optimal(self) -> bool:
        """Whether no better plan exists: none cheaper, none with a higher index.

        Costs that need more than six digits are compared to about a millionth, the accuracy
        of the solver.
        """
        furthest = self.highest is None or self.after.index >= self.highest
        return furthest and self.bound >= self.cost * (1 - _ACCURACY)

    @property
    def further_innovations(self) -> int:
        """Number of further innovations that the plan reports."""
        return sum(step.is_further for step in self.steps)

    def apply(self, submission: Submission) -> Submission:
        """Return the records after the steps.

        Papers, verdicts and further innovations that the steps assume are put in as
        placeholders (a file called ``planned.pdf``, an innovation called ``new-1``), and the
        length of a design that has to be written takes the place of its text. So the result
        is for scoring, not for submitting.

        Parameters
        ----------
        submission : Submission
            The one that was planned for.

        Raises
        ------
        UnknownNameError
            When it lacks an innovation of the plan.
        """
        return _applied(self.steps, submission, self.before.edition, self.basis)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold; exact amounts are strings."""
        return {
            "format": PLAN_FORMAT,
            "edition": self.before.edition.id,
            "basis": self.basis.value,
            "target": None if self.target is None else self.target.to_dict(),
            "budget": None if self.budget is None else str(self.budget),
            "before": {"index": str(self.before.index), "band": self.before.band_if_known},
            "after": {"index": str(self.after.index), "band": self.after.band_if_known},
            "cost": str(self.cost),
            "bound": str(self.bound),
            "highest": None if self.highest is None else str(self.highest),
            "proven_optimal": self.proven_optimal,
            "interrupted": self.interrupted,
            "further_innovations": self.further_innovations,
            "steps": [step.to_dict() for step in self.steps],
        }

    def to_text(self, language: Language | str = Language.ENGLISH, *, width: int = 88) -> str:
        """Return lines that a person can read.

        Parameters
        ----------
        language : Language or str
        width : int
            Columns of the terminal.
        """
        from inovasi_index.analysis.planning.wording import plan_text

        return plan_text(self, Language(language), width=width)

    def __str__(self) -> str:
        return self.to_text()


@frozen(eq=False, slots=False)
class UnreachableError(InfeasibleError):
    """A target that no plan reaches.

    Attributes
    ----------
    message : str
    best : Plan
        The plan with the highest index that can be reached under the same constraints, at
        the least cost.
    """

    message: str
    best: Plan

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.message, self.best)


def plan(  # noqa: PLR0913 - one question with many sides; all but two have defaults
    submission: Submission,
    edition: Edition | str,
    *,
    target: Band | str | Amount | None = None,
    budget: Amount | None = None,
    basis: Basis = Basis.DOCUMENTED,
    costs: Costs | Mapping[str, Any] | None = None,
    forbid: Sequence[Forbidden] = (),
    limits: Mapping[str, Limit | int] | None = None,
    max_new_innovations: int | None = None,
    time_limit: float | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Plan:
    """Find the cheapest steps to a band or an index, or the best index within a budget.

    The plan is proven optimal by a mixed-integer solver: a multiple-choice knapsack over the
    rows, solved anew for each number of further innovations, since these change the divisor.
    Costs and gains are whole numbers throughout; the plan is applied to the records, scored
    again, and has to come to the same index exactly. Of plans that cost the same any may be
    found, always the same one.

    What a step means depends on the basis. On ``CLAIMED`` a level is claimed; on
    ``DOCUMENTED`` also its paper is attached; on ``VERIFIED`` a verifier has also accepted
    it, which is an assumption. On ``VERIFIED`` an innovation that is not eligible counts
    nothing until its mandatory rows and its design are completed; other reasons (stage,
    window, number of reports) cannot be planned away, and such innovations stay as they are.

    Parameters
    ----------
    submission : Submission
    edition : Edition or str
    target : Band, str or number, optional
        A band, its key or official name, or an index. The rounded index has to reach it.
    budget : number, optional
        Most cost. Without a target: the highest rounded index within it, and of the plans
        that reach this index the cheapest. Give a target, a budget, or both.
    basis : Basis, optional
    costs : Costs or mapping, optional
        What steps cost; a mapping as `Costs.from_dict` reads it. See `Costs` for the tariff
        that is used otherwise.
    forbid : sequence of Forbidden, optional
        Steps that may not be taken.
    limits : mapping of str to Limit or int, optional
        By id of the agency; a number is one of steps.
    max_new_innovations : int, optional
        By default up to the number that earns count points.
    time_limit : float, optional
        Seconds, after which the best plan so far is returned, with the bound that is proven.
    progress : callable, optional
        ``progress(done, total)`` over the numbers of further innovations, at least after
        every slice of the solver (2 s at first, then twice as long each time).

    Returns
    -------
    Plan
        Without steps where the target is reached already. When interrupted from the
        keyboard: the best plan so far.

    Raises
    ------
    UnreachableError
        When no plan reaches the target; its `best` is the plan that comes nearest.
    UnknownNameError, BadValueError
        For a target that is no band and no index, or out of range; for a bad budget; when
        the time limit was over before any plan was found.
    FaultsError
        With everything that is wrong with costs, forbidden steps and limits.
    SubmissionError
        With every fault of the submission.
    IncompleteEditionError
        When the edition lacks what the score needs.
    MissingExtraError
        When SciPy is not installed.

    References
    ----------
    Kellerer, H., Pferschy, U., Pisinger, D. (2004). Knapsack Problems, chapter 11 (the
    multiple-choice knapsack problem).

    Examples
    --------
    An innovation without the papers for what it claims:

    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.planning import Forbidden, plan
    >>> claims = [ii.Answer("regulation", level=2), ii.Answer("quality_video", level=1)]
    >>> submission = ii.Submission(
    ...     ii.Region("63.71", "Kota Contoh", "city"), 2026, [ii.Agency("dinkes", "Dinkes")],
    ...     [ii.Innovation("sapa", "Sapa", "dinkes", answers=claims)])
    >>> no_region = [Forbidden(part="region")]
    >>> found = plan(submission, "iid-2026", target="0.33", forbid=no_region)
    >>> for step in found.steps:
    ...     print(step.kind, step.place, "cost", step.cost, "gain", step.gain)
    supply_paper sapa.regulation cost 1 gain 1/5
    supply_paper sapa.quality_video cost 1 gain 2/15
    >>> found.cost, found.after.index, found.proven_optimal
    (Fraction(2, 1), Decimal('0.33'), True)
    >>> plan(submission, "iid-2026", budget=100, forbid=no_region).after.index
    Decimal('3.73')
    """
    try:
        import scipy.optimize  # noqa: F401 - whether it is there
    except ImportError:
        raise MissingExtraError.of("planning", "optimise") from None
    edition = edition if isinstance(edition, Edition) else load_edition(edition)
    if target is None and budget is None:
        raise BadValueError("give a target (a band or an index), a budget, or both")
    wanted = None if target is None else read_target(target, edition)
    spend = None if budget is None else _amount("the budget", budget)
    seconds = math.inf if time_limit is None else float(_amount("the time limit", time_limit))
    before = score(submission, edition, basis=Basis(basis))[submission.region.code]
    constraints = read_constraints(
        submission,
        edition,
        costs=costs,
        forbid=forbid,
        limits=limits,
        max_new_innovations=max_new_innovations,
    )
    model = constraints.model(submission, before)
    search = Search(
        model,
        budget=None if spend is None else int(spend // model.cost_unit),
        deadline=time.monotonic() + seconds,
        progress=progress,
    )
    return _answer(submission, search, wanted, spend)


def _amount(what: str, given: object) -> Fraction:
    try:
        return exact_amount(given)
    except BadValueError as error:
        raise BadValueError(f"{what}: {error}") from None


def _answer(
    submission: Submission, search: Search, target: Target | None, budget: Fraction | None
) -> Plan:
    """Run the search and make the plan of what it finds."""
    highest: int | None = None
    reached = target is not None
    interrupted = False
    try:
        if target is not None:
            search.cheapest(target.hundredths)
            reached = search.best is not None
            if not reached and search.bound < math.inf:
                raise BadValueError(
                    f"no plan that reaches {target} was found within the time limit; "
                    "give it more time"
                )
        if not reached:
            search.furthest()
            highest = int(search.bound)
            search.cheapest(search.index_hundredths)
    except KeyboardInterrupt:
        if search.best is None:
            raise
        interrupted = True
        highest = None if reached else int(highest if highest is not None else search.bound)
    found = _plan(submission, search, target if reached else None, budget, highest=highest)
    late = not found.proven_optimal and time.monotonic() > search.deadline
    found = evolve(found, interrupted=interrupted or late)
    if target is None or reached:
        return found
    within = "" if budget is None else f" within a budget of {float(budget):g}"
    raise UnreachableError(
        f"{target} cannot be reached{within}; the best that can be reached is "
        f"{index_and_band(found.after)}, at a cost of {float(found.cost):g}",
        found,
    )


def _plan(
    submission: Submission,
    search: Search,
    target: Target | None,
    budget: Fraction | None,
    *,
    highest: int | None,
) -> Plan:
    model, found = search.model, search.best
    if found is None:  # pragma: no cover - there is always the plan that does nothing
        raise InovasiIndexError("there is no plan")
    basis = model.base.basis or Basis.CLAIMED
    steps = tuple(_steps(submission, model, found))
    changed = _applied(steps, submission, model.base.edition, basis)
    after = rescored(changed, model.base.edition, basis=basis)
    if after.exact != model.exact_index(found.growth, found.gain):
        raise InovasiIndexError(
            f"the plan says {float(model.exact_index(found.growth, found.gain))}, its score is "
            f"{float(after.exact)}; this is a fault of the library, please report it"
        )
    cost = found.cost * model.cost_unit
    bound = 0 if highest is not None and highest > after.index_hundredths else search.bound
    return Plan(
        basis=basis,
        target=target,
        budget=budget,
        steps=steps,
        cost=cost,
        bound=min(cost, max(0, math.ceil(bound)) * model.cost_unit),
        before=model.base,
        after=after,
        highest=None if highest is None else EXACT.scaleb(highest, -2),
        interrupted=False,
    )


def _steps(submission: Submission, model: Model, found: Found) -> Iterator[Step]:
    edition = model.base.edition
    pick = model.pick(found.x)
    on_region = Fraction(100, model.total)
    on_innovation = on_region / found.growth.divisor
    moves_of: dict[str | None, list[tuple[Row, Move]]] = defaultdict(list)
    for row, move in pick.moves:
        moves_of[row.innovation.id if row.innovation else None].append((row, move))
    place = {row.key: n for n, row in enumerate(edition)}
    for moves in moves_of.values():
        moves.sort(key=lambda pair: place[pair[0].indicator.key])
    units = {unit.innovation.id: unit for unit in pick.completed if unit.innovation}
    for row, move in moves_of[None]:
        yield _row_step(row, move, on_region)
    for innovation in submission.innovations:
        moves = moves_of[innovation.id]
        if innovation.id in units:
            yield _completion(units[innovation.id], moves, on_innovation)
        yield from (_row_step(r, m, on_innovation) for r, m in moves if not r.required)
    number = found.growth.number
    if number:
        together = model.exact_index(found.growth, 0) - model.base.exact
        affairs = (*found.growth.affairs, *repeat(None, number))
        ids = placeholder_ids(submission)
        for template, affair, name in zip(pick.further, affairs, ids, strict=False):
            gain = template.maturity * on_innovation + together / number
            yield _further_step(template, name, affair, gain)


def _row_step(row: Row, move: Move, worth: Fraction) -> Step:
    innovation = row.innovation
    return Step(
        kind=move.kind,
        part=row.indicator.part,
        innovation=innovation.id if innovation else None,
        name=innovation.name if innovation else row.indicator.name,
        agency=innovation.agency if innovation else None,
        changes=(row.change(move),),
        cost=move.cost,
        gain=row.gain(move) * worth,
    )


def _completion(unit: Unit, moves: Sequence[tuple[Row, Move]], worth: Fraction) -> Step:
    required = [(row, move) for row, move in moves if row.required]
    cost = (unit.design_cost or Fraction(0)) + sum(move.cost for _, move in required)
    return Step(
        kind=StepKind.COMPLETE_INNOVATION,
        part=Part.INNOVATION,
        innovation=unit.innovation.id if unit.innovation else None,
        name=unit.innovation.name if unit.innovation else "",
        agency=unit.agency,
        changes=tuple(row.change(move) for row, move in required),
        cost=cost,
        gain=unit.gain(required) * worth,
        design=unit.design_cost is not None,
    )


def _further_step(template: Template, name: str, affair: str | None, gain: Fraction) -> Step:
    return Step(
        kind=StepKind.REPORT_INNOVATION if affair is None else StepKind.COVER_AFFAIR,
        part=Part.INNOVATION,
        innovation=name,
        name=template.name,
        agency=template.agency,
        changes=(),
        cost=template.cost,
        gain=gain,
        affair=affair,
        levels=template.levels,
    )


def _applied(
    steps: Sequence[Step], submission: Submission, edition: Edition, basis: Basis
) -> Submission:
    levels_of: dict[str | None, dict[str, int]] = defaultdict(dict)
    designs = {step.innovation for step in steps if step.design}
    new = [step for step in steps if step.is_further]
    for step in steps:
        levels_of[step.innovation] |= {c.indicator: c.to_level for c in step.changes}
        if step.innovation is not None and not step.is_further:
            submission.innovation(step.innovation)
    agencies = submission.agencies
    unassigned = free_name("new", (agency.id for agency in agencies))
    if any(step.agency is None for step in new):
        agencies = (*agencies, Agency(unassigned, "–"))
    innovations = []
    for innovation in submission.innovations:
        if innovation.id in designs:
            words = edition.eligibility.design_min_words
            innovation = evolve(innovation, design=None, design_words=words)  # noqa: PLW2901
        levels = levels_of[innovation.id]
        answers = with_answers(innovation, levels, edition, basis=basis)
        innovations.append(evolve(innovation, answers=answers) if levels else innovation)
    innovations += [
        further_innovation(
            step.innovation or "",
            step.name or step.innovation or "",
            agency=step.agency or unassigned,
            levels=dict(step.levels),
            affair=step.affair,
            edition=edition,
            basis=basis,
        )
        for step in new
    ]
    return evolve(
        submission,
        agencies=agencies,
        innovations=innovations,
        answers=with_answers(submission, levels_of[None], edition, basis=basis),
    )
