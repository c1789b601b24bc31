"""What to do next: the distance to the next band, the cheapest way there, what to report."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from inovasi_index.analysis.planning import Step, StepKind
from inovasi_index.markup import Markup, escape
from inovasi_index.records import Basis
from inovasi_index.reporting.report.charts import meter
from inovasi_index.reporting.report.elements import BREAK, Child, element, joined, own_words
from inovasi_index.reporting.report.sections.missing import gap_table
from inovasi_index.reporting.report.voice import Column, official

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inovasi_index.analysis.distances import Distance, SingleStep
    from inovasi_index.analysis.planning import Plan
    from inovasi_index.analysis.planning.steps import Change
    from inovasi_index.reporting.report.findings import Findings
    from inovasi_index.reporting.report.voice import Voice

__all__ = ["next_steps"]

MOST_SINGLE_STEPS = 5
MOST_PLAN_STEPS = 25
MOST_GAPS = 10


def next_steps(found: Findings, voice: Voice) -> Iterator[Child]:
    """Yield the blocks of the section."""
    if found.distance is not None:
        yield from _distance(found, found.distance, voice)
    if found.plan is not None:
        yield from _plan(found, found.plan, voice)
    else:
        if found.plan_refusal:
            yield element("p", voice.say(f"next.{found.plan_refusal}"), class_="small")
        yield from _largest(found, voice)
    yield from _selection(found, voice)


def _distance(found: Findings, way: Distance, voice: Voice) -> Iterator[Child]:
    band = official(way.target.band.name if way.target.band else "")
    if way.reached:
        yield voice.paragraph("next.highest", index=voice.number(way.score.index), band=band)
        return
    total = Fraction(found.edition.constant("total_max_hundredths"), 100)
    yield voice.paragraph(
        "next.distance",
        band=band,
        index=voice.number(way.score.index),
        target=voice.number(way.target.index),
        missing=element("b", voice.number(way.missing)),
        points=voice.number(way.missing_points),
        total=voice.short(total),
    )
    if way.steps:
        yield voice.paragraph("next.one_step", n=len(way.steps), looked_at=way.looked_at)
    else:
        yield voice.paragraph("next.no_step", looked_at=way.looked_at)
    steps = way.steps[:MOST_SINGLE_STEPS] or (way.largest,)
    yield element("ul", *(element("li", _single(step, found, voice)) for step in steps))


def _single(step: SingleStep, found: Findings, voice: Voice) -> Markup:
    place: Markup | None = None
    if step.innovation is not None:
        place = own_words(found.submission.innovation(step.innovation).name)
    said = _said(step, found, voice)
    gain = voice.say(
        "next.to_index",
        gain=_signed(step.gain, voice),
        index=element("b", voice.number(step.index)),
    )
    return joined([joined(filter(None, [place, said]), ": "), " (", gain, ")"])


def _signed(gain: Fraction, voice: Voice) -> str:
    return f"{'+' if gain >= 0 else ''}{voice.number(gain)}"


def _said(step: Step | SingleStep, found: Findings, voice: Voice) -> Markup:
    """Return what is done in one step, in the words of plans."""
    edition = found.edition
    if step.kind in {StepKind.REPORT_INNOVATION, StepKind.COVER_AFFAIR}:
        names = {affair.key: affair.name for affair in edition.affairs}
        affairs = (step.affair,) if isinstance(step, Step) else step.affairs
        maturity = sum((edition[key].weight_hundredths or 0) * n for key, n in step.levels)
        return escape(
            voice.word(
                f"step.{step.kind}",
                name="",
                agency="",
                maturity=voice.number(Fraction(maturity, 100)),
                affair=" / ".join(names[key] for key in affairs if key),
            )
        )
    rows = [_moved(change, found, voice) for change in step.changes]
    if step.kind is StepKind.COMPLETE_INNOVATION:
        if step.design:
            words = edition.eligibility.design_min_words
            rows.insert(0, voice.word("step.design", words=words))
        return escape(voice.word("step.complete_innovation", rows="; ".join(rows)))
    key = f"step.{step.kind}"
    if step.kind is StepKind.RAISE_LEVEL and found.basis is Basis.CLAIMED:
        key = "step.raise_claim"
    change = step.changes[0]
    cause = voice.word(f"step.cause.{change.cause}")
    return escape(voice.word(key, row=rows[0], level=change.to_level, cause=cause))


def _moved(change: Change, found: Findings, voice: Voice) -> str:
    row = found.edition[change.indicator].title
    return voice.word("report.step.own", row=row, before=change.from_level, after=change.to_level)


def _plan(found: Findings, plan: Plan, voice: Voice) -> Iterator[Child]:
    yield voice.heading("next.plan")
    target = found.distance.target if found.distance else None
    if found.plan_refusal == "unreachable" and target is not None:
        yield voice.paragraph(
            "next.unreachable",
            target=voice.number(target.index),
            after=voice.number(plan.after.index),
            band=official(voice.band(plan.after)),
        )
    said = [
        voice.say(
            "next.plan_about",
            steps=len(plan.steps),
            cost=voice.short(plan.cost),
            after=element("b", voice.number(plan.after.index)),
            band=official(voice.band(plan.after)),
        )
    ]
    if plan.proven_optimal:
        said.append(voice.say("next.plan_proven"))
    else:
        said.append(voice.say("next.plan_open", bound=voice.short(plan.bound)))
    if found.basis is Basis.VERIFIED:
        said.append(escape(voice.word("plan.verified_note")))
    yield element("p", joined(said, " "))
    yield element("p", voice.say("next.plan_costs"), class_="small")
    yield element("h4", voice.say("next.plan_by_agency"))
    yield _by_agency(found, plan, voice)
    yield element("h4", voice.say("next.plan_steps"))
    yield _steps(found, plan, voice)


def _by_agency(found: Findings, plan: Plan, voice: Voice) -> Markup:
    """Sum up steps, cost and gain of each agency, the largest gain first."""
    steps_of: dict[Markup, list[Step]] = defaultdict(list)
    for step in plan.steps:
        steps_of[_whose(step, found, voice)].append(step)
    gains = {who: sum((s.gain for s in steps), Fraction(0)) for who, steps in steps_of.items()}
    largest = max(gains.values(), default=Fraction(0))
    rows = []
    for who, gain in sorted(gains.items(), key=lambda pair: -pair[1]):
        steps = steps_of[who]
        cost = sum((step.cost for step in steps), Fraction(0))
        drawn = meter(_signed(gain, voice), gain, of=largest)
        rows.append((who, str(len(steps)), voice.short(cost), drawn))
    columns = (
        Column("col.agency", "w"),
        Column("col.steps", "n"),
        Column("col.cost", "n"),
        Column("col.gain", "n b"),
    )
    return voice.table(columns, rows)


def _whose(step: Step, found: Findings, voice: Voice) -> Markup:
    """Return who takes a step: an agency, the region, or nobody yet."""
    if step.agency is not None:
        return own_words(found.agency_name(step.agency))
    return element("em", voice.say("no_agency" if step.is_further else "the_region"))


def _steps(found: Findings, plan: Plan, voice: Voice) -> Markup:
    steps = sorted(plan.steps, key=lambda step: -step.gain)
    rows: list[tuple[Child, ...]] = []
    for step in steps[:MOST_PLAN_STEPS]:
        place = whose = _whose(step, found, voice)
        if step.innovation is not None:
            name = own_words(step.name) if step.name else voice.say("further")
            place = joined([name, BREAK, element("small", whose)])
        said = _said(step, found, voice)
        rows.append((place, said, voice.short(step.cost), _signed(step.gain, voice)))
    foot = voice.more([step.gain for step in steps[MOST_PLAN_STEPS:]])
    columns = (
        Column("col.innovation", "t"),
        Column("col.step"),
        Column("col.cost", "n"),
        Column("col.gain", "n"),
    )
    return voice.table(columns, rows, foot=foot)


def _largest(found: Findings, voice: Voice) -> Iterator[Child]:
    if found.gaps is None:
        return
    largest = [gap for gap in found.gaps.largest(len(found.gaps)) if gap.indicator][:MOST_GAPS]
    if not largest:
        return
    yield voice.heading("next.largest")
    yield voice.paragraph("next.largest_about")
    yield gap_table(largest, found, voice)


def _selection(found: Findings, voice: Voice) -> Iterator[Child]:
    chosen = found.selection
    if chosen is None:
        return
    yield voice.heading("next.selection")
    if not chosen.left_out:
        yield voice.paragraph("next.selection_all")
        return
    yield voice.paragraph(
        "next.selection_some",
        reported=len(chosen.reported),
        innovations=len(found.submission.innovations),
        after=element("b", voice.number(chosen.after.index)),
        before=voice.number(chosen.before.index),
    )
    break_even = max(one.break_even for one in chosen.left_out)
    yield voice.paragraph("next.selection_better", break_even=voice.number(break_even))
    yield element("p", voice.word("selection.note"), class_="note")
