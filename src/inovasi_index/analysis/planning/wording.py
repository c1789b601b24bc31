"""A plan in words."""

from __future__ import annotations

import textwrap
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from inovasi_index.analysis.planning.steps import Change, Step, StepKind
from inovasi_index.analysis.targets import index_and_band
from inovasi_index.language import Language, number, text
from inovasi_index.records import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inovasi_index.analysis.planning.plans import Plan
    from inovasi_index.rules import Edition

__all__ = ["plan_head", "plan_text", "step_text"]


def plan_text(plan: Plan, language: Language, *, width: int) -> str:
    """Return lines that a person can read."""
    width = max(width, 40)
    lines = [textwrap.fill(line, width) for line in plan_head(plan, language)]
    lines += _steps(plan, language, width)
    return "\n".join(lines)


def plan_head(plan: Plan, language: Language) -> Iterator[str]:
    """Yield what the plan is for, where it leads, what it costs, and whether it is proven."""
    if plan.target is not None:
        yield text("plan.head_target", language, target=plan.target.to_text(language))
    elif plan.budget is not None:
        yield text("plan.head_budget", language, budget=_amount(plan.budget, language))
    else:
        yield text("plan.head_best", language)
    yield text(
        "plan.way",
        language,
        basis=text(f"basis.{plan.basis}", language),
        before=index_and_band(plan.before, language),
        after=index_and_band(plan.after, language),
    )
    if not plan.steps and plan.target is not None:
        yield text("plan.reached", language)
        return
    yield text("plan.cost", language, steps=len(plan.steps), cost=_amount(plan.cost, language))
    if plan.proven_optimal:
        key = "plan.proven" if plan.highest is None else "plan.proven_index"
        yield text(key, language)
    elif plan.highest is not None and plan.highest > plan.after.index:
        yield text("plan.open_index", language, highest=number(plan.highest, language))
    else:
        yield text("plan.open", language, bound=_amount(plan.bound, language))


def _amount(value: Fraction, language: Language) -> str:
    return number(value, language, 0 if value.denominator == 1 else 2)


def _steps(plan: Plan, language: Language, width: int) -> Iterator[str]:
    """Yield the steps by innovation, each with its cost and its gain in front."""
    if not plan.steps:
        return
    edition = plan.before.edition
    yield ""
    yield text("plan.columns", language)
    for (owner, _), steps in groupby(plan.steps, key=_owner):
        many = [*steps]
        if owner is not None:
            agency = f" · {many[0].agency}" if many[0].agency else ""
            yield textwrap.fill(f"{many[0].name} [{owner}]{agency}", width)
        for (said, cost), alike in groupby(
            many,
            key=lambda s: (step_text(s, edition, basis=plan.basis, language=language), s.cost),
        ):
            some = [*alike]
            gain = sum(step.gain for step in some)
            times = f"{len(some)} × " if len(some) > 1 else ""
            amounts = (
                f"{_amount(cost * len(some), language):>7}"
                f"  {'+' if gain >= 0 else ''}{number(gain, language):<6}"
            )
            yield textwrap.fill(
                f"{times}{said}", width, initial_indent=f"{amounts} ", subsequent_indent=" " * 17
            )


def _owner(step: Step) -> tuple[str | None, bool]:
    """Return the innovation that a step belongs to; further ones stand together."""
    return (None if step.is_further else step.innovation), step.is_further


def step_text(step: Step, edition: Edition, *, basis: Basis, language: Language) -> str:
    """Return what is done in one step."""
    if step.is_further:
        maturity = sum((edition[key].weight_hundredths or 0) * n for key, n in step.levels)
        names = {affair.key: affair.name for affair in edition.affairs}
        return text(
            f"step.{step.kind}",
            language,
            name=f" “{step.name}”" if step.name else "",
            agency=f" ({step.agency})" if step.agency else "",
            maturity=number(Fraction(maturity, 100), language),
            affair=names.get(step.affair or "", ""),
        )
    if step.kind is StepKind.COMPLETE_INNOVATION:
        parts = [_row(change, edition) for change in step.changes]
        if step.design:
            words = edition.eligibility.design_min_words
            parts.insert(0, text("step.design", language, words=words))
        return text("step.complete_innovation", language, rows="; ".join(parts))
    change = step.changes[0]
    key = f"step.{step.kind}"
    if step.kind is StepKind.RAISE_LEVEL and basis is Basis.CLAIMED:
        key = "step.raise_claim"
    return text(
        key,
        language,
        row=_row(change, edition),
        level=change.to_level,
        cause=text(f"step.cause.{change.cause}", language),
    )


def _row(change: Change, edition: Edition) -> str:
    row = edition[change.indicator]
    return f"{row.name} [{row.key}] {change.from_level} → {change.to_level}"
