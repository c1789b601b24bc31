"""The sheet of a plan: what to do, whose it is, what it costs and what it brings."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from inovasi_index.analysis.planning import StepKind
from inovasi_index.analysis.planning.wording import plan_head, step_text
from inovasi_index.io.labels import row_label
from inovasi_index.io.workbooks import Look, bar_rule
from inovasi_index.records import Basis
from inovasi_index.reporting.workbook.lists import region_cells, region_columns
from inovasi_index.reporting.workbook.pages import COUNT, POINTS, Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inovasi_index.analysis.planning import Plan, Step
    from inovasi_index.reporting.workbook.pages import Book, Page
    from inovasi_index.reporting.workbook.results import Results

__all__ = ["add_plan", "note_plans"]


def note_plans(page: Page, found: Results) -> None:
    """Put what each plan is for, where it leads and what it costs."""
    if not found.plans:
        return
    say = page.book.say
    page.section(say("sheet.plan"))
    for n, plan in found.plans:
        name = f"{found.regions[n].name}. " if found.several else ""
        said = [f"{line.rstrip('.')}." for line in plan_head(plan, page.book.language)]
        page.note(name + " ".join(said), Look(wrap=True))
    if any(plan.basis is Basis.VERIFIED for _, plan in found.plans):
        page.note(say("plan.verified_note"))
    page.note(say("plan.costs_note"))


def add_plan(book: Book, found: Results) -> None:
    """Add one row a step, in the order of the plans."""
    if not found.plans:
        return
    gains = [step.gain for _, plan in found.plans for step in plan.steps]
    highest = float(max(gains, default=Fraction(1))) or 1.0
    columns = [
        *region_columns(book, found),
        Column(book.say("workbook.agency"), 28),
        Column(book.say("workbook.innovation"), 34),
        Column(book.say("workbook.indicator"), 34),
        Column(book.say("workbook.step"), 50),
        Column(book.say("column.from_level"), 11, COUNT),
        Column(book.say("column.to_level"), 11, COUNT),
        Column(book.say("report.col.cost"), 10, Look(number="General", rule=True)),
        Column(book.say("column.gain"), 12, POINTS, (bar_rule(max(highest, 0.01)),)),
    ]
    book.add_list("plan", columns, _rows(book, found), fixed=0)


def _rows(book: Book, found: Results) -> Iterator[list[Any]]:
    for n, plan in found.plans:
        for step in plan.steps:
            one = step.changes[0] if len(step.changes) == 1 else None
            yield [
                *region_cells(found, n),
                _whose(book, found, n, step),
                step.name if step.innovation is not None else None,
                None if one is None else row_label(found.edition[one.indicator]),
                _said(book, plan, step),
                None if one is None else one.from_level,
                None if one is None else one.to_level,
                step.cost,
                step.gain,
            ]


def _whose(book: Book, found: Results, n: int, step: Step) -> str:
    """Return who takes a step: an agency, the region, or nobody yet."""
    if step.agency is not None:
        return found.agency_names.get((n, step.agency), step.agency)
    return book.say("report.no_agency" if step.is_further else "report.the_region")


def _said(book: Book, plan: Plan, step: Step) -> str:
    if len(step.changes) != 1 or step.kind is StepKind.COMPLETE_INNOVATION:
        said = step_text(step, plan.before.edition, basis=plan.basis, language=book.language)
        return said[:1].upper() + said[1:]
    claims = step.kind is StepKind.RAISE_LEVEL and plan.basis is Basis.CLAIMED
    cause = book.say(f"step.cause.{step.changes[0].cause}")
    return book.say("workbook.raise_claim" if claims else f"workbook.{step.kind}", cause=cause)
