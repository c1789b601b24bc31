"""What the report rests on: who is not eligible and why, how sure the rules are, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.language.rule_notes import area_name, field_name
from inovasi_index.reporting.report.elements import BREAK, Child, element, joined, own_words
from inovasi_index.reporting.report.voice import Column, official
from inovasi_index.rules import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inovasi_index.markup import Markup
    from inovasi_index.reporting.report.findings import Findings
    from inovasi_index.reporting.report.voice import Voice
    from inovasi_index.rules import Citation, Conflict, Edition, Sourced

__all__ = ["certainty", "glossary", "ineligible", "sources"]


def ineligible(found: Findings, voice: Voice) -> Iterator[Child]:
    """Yield who is not eligible, with every reason."""
    out = found.ineligible
    if not out:
        yield voice.paragraph("ineligible.none")
        return
    yield voice.paragraph(
        "ineligible.about", n=len(out), innovations=len(found.submission.innovations)
    )
    rows = [
        (
            joined(
                [
                    own_words(one.innovation.name),
                    BREAK,
                    element("small", own_words(found.agency_name(one.innovation.agency))),
                ]
            ),
            element(
                "ul", *(element("li", reason.to_text(voice.language)) for reason in one.reasons)
            ),
        )
        for one in out
    ]
    yield voice.table((Column("col.innovation"), Column("col.reasons")), rows)


def certainty(found: Findings, voice: Voice) -> Iterator[Child]:
    """Yield how complete and how sure the rules are, and our readings of them."""
    edition = found.edition
    if found.lacking:
        yield voice.paragraph("certainty.lacking")
        yield element("ul", *(element("li", said, lang="en") for said in found.lacking))
    yield voice.paragraph("certainty.about")
    if not edition.completeness:
        yield voice.paragraph("certainty.not_stated")
    else:
        yield _areas(edition, voice)
    yield from _readings(edition, voice)
    if edition.conflicts:
        yield voice.heading("certainty.conflicts")
        items = (_conflict(conflict, voice) for conflict in edition.conflicts)
        yield element("ul", *items, class_="small")


def _conflict(conflict: Conflict, voice: Voice) -> Markup:
    said: list[Child] = []
    for who, words in conflict.readings:
        said += ["; " if said else None, who, ": ", voice.note(words)]
    trusted = voice.say("certainty.trusted", resolution=voice.note(conflict.resolution))
    field = element("b", voice.note(conflict.field))
    return element("li", field, ". ", *said, ". ", element("i", trusted), ".")


def _areas(edition: Edition, voice: Voice) -> Markup:
    found = {area.status for area in edition.completeness}
    legend = [
        element(
            "li",
            element("b", voice.word(f"certainty.{status}")),
            ": ",
            voice.say(f"certainty.{status}"),
        )
        for status in Certainty
        if status in found
    ]
    rows = [
        (
            area_name(area.area, voice.language),
            element("b", voice.word(f"certainty.{area.status}")),
            voice.note(area.note),
        )
        for area in edition.completeness
    ]
    columns = (Column("col.area", "t"), Column("col.certainty", "k"), Column("col.note"))
    return joined([element("ul", *legend, class_="small"), voice.table(columns, rows)])


def _readings(edition: Edition, voice: Voice) -> Iterator[Child]:
    """Yield what is not official in the formula, the bands and the eligibility, with its note."""
    of_bands = (source for band in edition.bands for source in band.sources)
    found: dict[str, Sourced] = {}
    for source in (*edition.formula.sources, *edition.eligibility.sources, *of_bands):
        if source.note and source.certainty is not Certainty.OFFICIAL:
            found.setdefault(source.note, source)
    if not found:
        return
    yield voice.heading("certainty.readings")
    yield voice.paragraph("certainty.readings_about")
    yield element(
        "ul",
        *(
            element(
                "li",
                element("b", field_name(source.field, voice.language)),
                f" ({voice.word(f'certainty.{source.certainty}')}): ",
                voice.note(source.note),
            )
            for source in found.values()
        ),
        class_="small",
    )


def sources(found: Findings, voice: Voice) -> Iterator[Child]:
    """Yield the papers that the rules were taken from."""
    yield element(
        "dl",
        *(_source(citation, voice) for citation in found.edition.citations),
        class_="sources",
    )


def _source(citation: Citation, voice: Voice) -> Markup:
    said: list[Child] = [element("dt", citation.key)]
    where = (
        voice.say("sources.read_in", place=citation.transcribed_in)
        if citation.transcribed_in
        else None
    )
    said.append(
        element(
            "dd",
            str(citation),
            BREAK if where else None,
            element("small", where) if where else None,
        )
    )
    return element("div", *said)


_WORDS = (
    "index",
    "band",
    "region_part",
    "maturity",
    "row",
    "level",
    "weight",
    "evidence",
    "verification",
    "agency",
    "affair",
    "seat",
    "eligible",
    "edition",
)


def glossary(found: Findings, voice: Voice) -> Iterator[Child]:
    """Yield the words that a reader from outside the field meets in the report."""
    edition = found.edition
    params: dict[str, dict[str, Child | int]] = {
        "band": {"bands": official(", ".join(band.name for band in reversed(edition.bands)))},
        "affair": {"affairs": official("; ".join(a.name for a in edition.basic_affairs))},
        "seat": {"divisor": edition.constant("minimum_divisor")},
    }
    left_out = {
        word
        for word, known in (("band", edition.bands), ("affair", edition.basic_affairs))
        if not known
    }
    yield element(
        "dl",
        *(
            element(
                "div",
                element("dt", voice.word(f"report.word.{word}")),
                element("dd", voice.say(f"word.{word}.is", **params.get(word, {}))),
            )
            for word in _WORDS
            if word not in left_out
        ),
    )
