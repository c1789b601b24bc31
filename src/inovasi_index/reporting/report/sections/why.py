"""Why: the parts of the index, the rows of the region, the innovations, the agencies."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import astuple

from inovasi_index.records import Basis, Cause, standings
from inovasi_index.reporting.colours import PARTS
from inovasi_index.reporting.report.charts import chip, meter, stacked
from inovasi_index.reporting.report.elements import BREAK, Child, element, joined, own_words
from inovasi_index.reporting.report.voice import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inovasi_index.markup import Markup
    from inovasi_index.records import Answer, AnswerStanding
    from inovasi_index.reporting.report.findings import Findings
    from inovasi_index.reporting.report.voice import Voice
    from inovasi_index.scoring import RegionScore

__all__ = ["why"]


def why(found: Findings, voice: Voice) -> Iterator[Child]:
    """Yield the blocks of the section."""
    one = found.score
    total = Fraction(found.edition.constant("total_max_hundredths"), 100)
    yield voice.paragraph(
        "why.formula",
        total=voice.short(total),
        region=voice.number(one.parts.region_part),
        mean=voice.number(one.parts.mean_maturity),
        count=voice.number(one.parts.count_points),
        index=element("b", voice.number(one.index)),
    )
    yield element("p", voice.say("why.rounded"), class_="small")
    yield voice.heading("why.parts")
    yield _parts_picture(found, voice)
    yield _parts_table(found, voice)
    if found.submission.region_points is None and found.edition.region_indicators:
        yield voice.heading("why.region_rows")
        yield voice.paragraph("why.region_rows_about")
        yield _region_rows(found, voice)
    yield voice.heading("why.innovations")
    if not found.innovations:
        yield voice.paragraph("why.no_innovations")
        return
    most = _most_maturity(found)
    rows = len(found.edition.innovation_indicators)
    yield voice.paragraph("why.innovations_about", rows=rows, most=voice.short(most))
    yield _innovations(found, voice, most)
    yield voice.heading("why.agencies")
    yield voice.paragraph("why.agencies_about")
    yield _agencies(found, voice, most)
    silent = found.silent_agencies
    if silent:
        names = joined([own_words(agency.name) for agency in silent], "; ")
        yield voice.paragraph("why.silent", n=len(silent), names=names)


def _most_maturity(found: Findings) -> Fraction:
    rows = found.edition.innovation_indicators
    return Fraction(sum(row.max_hundredths or 0 for row in rows), 100)


def _parts_picture(found: Findings, voice: Voice) -> Markup:
    rows = []
    for basis, one in found.scores.items():
        shares = [points * found.point for points in astuple(one.parts)]
        name = voice.word(f"report.{basis}")
        rows.append(
            element(
                "div",
                element("p", name, " ", element("b", voice.number(one.index))),
                stacked(shares, label=f"{name}: {voice.number(one.index)}"),
                class_="row",
            )
        )
    legend = [
        element("span", chip(colour), " ", voice.word(f"part.{part}")) for part, _, colour in PARTS
    ]
    return element(
        "figure",
        element("figcaption", joined(legend, " "), class_="legend"),
        *rows,
    )


def _parts_table(found: Findings, voice: Voice) -> Markup:
    one = found.score
    about = (_about_region(found, voice), _about_mean(one, voice), _about_count(one, voice))
    rows = []
    for (part, most, _), said in zip(PARTS, about, strict=True):
        points: Fraction = getattr(one.parts, part)
        hundredths = getattr(found.edition.formula, most)
        written = voice.number(points)
        if hundredths is not None:
            at_most = voice.number(Fraction(hundredths, 100))
            written = voice.say("why.points_of", points=written, most=at_most)
        name = voice.word(f"part.{part}")
        rows.append((name, written, voice.number(points * found.point), said))
    columns = (
        Column("col.part"),
        Column("col.points", "n"),
        Column("col.share", "n"),
        Column("col.note"),
    )
    return voice.table(columns, rows)


def _about_region(found: Findings, voice: Voice) -> Markup:
    if found.submission.region_points is not None:
        return voice.say("why.part_region_points")
    return voice.say("why.part_region", rows=len(found.edition.region_indicators))


def _about_mean(one: RegionScore, voice: Voice) -> Markup:
    said = voice.say(
        "why.part_mean",
        innovations=one.innovations,
        sum=voice.short(one.parts.mean_maturity * one.divisor),
        divisor=one.divisor,
    )
    if not one.empty_seats:
        return said
    seats = voice.say("why.part_seats", divisor=one.divisor, empty=one.empty_seats)
    return joined([said, seats], "; ")


def _about_count(one: RegionScore, voice: Voice) -> Markup:
    edition = one.edition
    if not one.innovations:
        return voice.say("why.part_count_none")
    basic, needed = len(edition.basic_affairs), edition.formula.basic_affairs_needed
    params: dict[str, Child | int] = {
        "covered": one.basic_affairs,
        "basic": basic,
        "needed": f"≤ {basic}" if needed is None else needed,
    }
    if not one.parts.count_points:
        return voice.say("why.part_count_zero", **params)
    each = Fraction(edition.constant("points_per_innovation_hundredths"), 100)
    counted = min(one.innovations, edition.constant("count_cap"))
    return voice.say("why.part_count", points=voice.number(each), counted=counted, **params)


def _region_rows(found: Findings, voice: Voice) -> Markup:
    rows: list[tuple[Child, ...]] = []
    standing_of = {s.indicator: s for s in standings(found.submission, found.edition)}
    for row in found.edition.region_indicators:
        standing = standing_of[row.key]
        level = standing.on(found.basis)
        weight = Fraction(row.weight_hundredths or 0, 100)
        claimed = {} if level == standing.claimed else {"claimed": standing.claimed}
        key = "level_claimed" if claimed else "level_of"
        points = weight * level
        rows.append(
            (
                voice.row(row),
                voice.say(key, level=level, top=row.top_level, **claimed),
                meter(voice.number(points), points, of=weight * row.top_level),
                _state(standing, found.submission.answer(row.key), voice),
            )
        )
    columns = (
        Column("col.row", "w"),
        Column("col.level", "k"),
        Column("col.points", "n b"),
        Column("col.state"),
    )
    return voice.table(columns, rows)


def _state(standing: AnswerStanding, answer: Answer | None, voice: Voice) -> Markup:
    """Say how an answer stands, with what verifiers remarked."""
    if standing.cause is Cause.DOWNGRADED:
        said = voice.word("cause.downgraded", level=standing.verified)
    else:
        said = voice.word(f"step.cause.{standing.cause}")
    notes = [] if answer is None else [evidence.note for evidence in answer.evidence]
    if answer is not None and answer.verdict is not None:
        notes.append(answer.verdict.note)
    remarks = (joined([BREAK, element("small", own_words(n))]) for n in notes if n)
    return joined([said, *remarks])


def _innovations(found: Findings, voice: Voice, most: Fraction) -> Markup:
    rows: list[tuple[Child, ...]] = []
    for one in found.innovations:
        name = own_words(one.innovation.name)
        if one.reasons:
            mark = element("em", voice.say("not_eligible"), class_="mark")
            name = joined([name, " ", mark])
        rows.append(
            (
                name,
                own_words(found.agency_name(one.innovation.agency)),
                *(
                    meter(voice.short(points), points, of=most)
                    if basis is found.basis
                    else voice.short(points)
                    for basis, points in one.maturity.items()
                ),
            )
        )
    columns = (
        Column("col.innovation", "t"),
        Column("col.agency"),
        *(Column(str(basis), "n b" if basis is found.basis else "n") for basis in Basis),
    )
    return voice.table(columns, rows)


def _agencies(found: Findings, voice: Voice, most: Fraction) -> Markup:
    rows = [
        (
            own_words(one.agency.name),
            str(one.n_innovations),
            meter(voice.number(one.mean), one.mean, of=most),
            voice.number(one.missing),
        )
        for one in found.agencies
    ]
    columns = (
        Column("col.agency", "w"),
        Column("col.innovations", "n"),
        Column("col.mean", "n b"),
        Column("col.missing", "n"),
    )
    return voice.table(columns, rows)
