"""What is missing: from the index to 100 by cause and by row, and the papers that are lacking."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from inovasi_index.analysis.gaps import GapCause
from inovasi_index.reporting.colours import GAP_KINDS, kind_of
from inovasi_index.reporting.report.charts import bar, chip, meter
from inovasi_index.reporting.report.elements import BREAK, Child, element, joined, own_words
from inovasi_index.reporting.report.voice import Column, official

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inovasi_index.analysis.gaps import Gap, Gaps
    from inovasi_index.markup import Markup
    from inovasi_index.reporting.report.findings import Findings
    from inovasi_index.reporting.report.voice import Voice
    from inovasi_index.rules import Indicator

__all__ = ["gap_table", "missing"]

MOST_ROWS = 10
MOST_PAPERS = 20


def missing(found: Findings, voice: Voice) -> Iterator[Child]:
    """Yield the blocks of the section."""
    if found.gaps is not None:
        if not found.gaps.total:
            yield voice.paragraph("missing.nothing")
        else:
            yield voice.paragraph(
                "missing.head",
                total=element("b", voice.number(found.gaps.total)),
                index=voice.number(found.score.index),
            )
            yield voice.heading("missing.by_cause")
            yield from _by_cause(found, found.gaps, voice)
            yield from _by_row(found, found.gaps, voice)
    if found.papers is not None:
        yield voice.heading("missing.papers")
        yield from _papers(found.papers, found, voice)


def _by_cause(found: Findings, gaps: Gaps, voice: Voice) -> Iterator[Child]:
    causes = [(GapCause(cause), share) for cause, share in gaps.by_cause().items() if share]
    legend = [
        element("span", chip(kind.colour), " ", voice.word(f"picture.kind_{kind.name}"))
        for kind in GAP_KINDS
        if any(cause in kind.causes for cause, _ in causes)
    ]
    yield element("p", joined(legend, " "), class_="legend")
    start = gaps.score.exact
    rows: list[tuple[Child, ...]] = []
    for cause, share in causes:
        name = voice.word(f"gap.{cause}")
        about = voice.say(f"cause.{cause}", **_params(cause, found))
        rows.append(
            (
                joined([element("b", _sentence_case(name)), BREAK, about]),
                voice.number(share),
                bar(share, start=start, colour=kind_of(cause).colour),
            )
        )
        start += share
    columns = (Column("col.cause"), Column("col.share", "n"), Column("col.to_100", "b"))
    yield voice.table(columns, rows)


def _params(cause: GapCause, found: Findings) -> dict[str, Child | int]:
    if cause is not GapCause.COUNT_BELOW_CAP:
        return {}
    return {"cap": found.edition.constant("count_cap")}


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def _by_row(found: Findings, gaps: Gaps, voice: Voice) -> Iterator[Child]:
    shares = [(key, share) for key, share in gaps.by_indicator().items() if key in found.edition]
    if not shares:
        return
    yield voice.heading("missing.by_row")
    yield voice.paragraph("missing.by_row_about")
    largest = shares[0][1]
    rows = [
        (voice.row(found.edition[key]), meter(voice.number(share), share, of=largest))
        for key, share in shares[:MOST_ROWS]
    ]
    yield voice.table((Column("col.row"), Column("col.missing", "n b")), rows)


def _papers(papers: tuple[Gap, ...], found: Findings, voice: Voice) -> Iterator[Child]:
    if not papers:
        yield voice.paragraph("missing.no_papers")
        return
    total = sum((gap.share for gap in papers), Fraction(0))
    yield voice.paragraph("missing.papers_about", n=len(papers), share=voice.number(total))
    rest = voice.more([gap.share for gap in papers[MOST_PAPERS:]])
    yield gap_table(papers[:MOST_PAPERS], found, voice, foot=rest)
    yield from _asked_for(papers, found, voice)


def gap_table(gaps: Iterable[Gap], found: Findings, voice: Voice, *, foot: Child = None) -> Markup:
    """Return gaps of rows as a table: where, which row, why, and what it costs."""
    rows = [
        (
            _place(gap, found, voice),
            voice.row(found.edition[gap.indicator or ""]),
            voice.word(f"gap.{gap.cause}"),
            voice.number(gap.share),
        )
        for gap in gaps
    ]
    columns = (
        Column("col.innovation", "t"),
        Column("col.row", "t"),
        Column("col.cause"),
        Column("col.share", "n"),
    )
    return voice.table(columns, rows, foot=foot)


def _place(gap: Gap, found: Findings, voice: Voice) -> Markup:
    """Return the innovation of a gap and its agency, or that it is the region's."""
    if gap.innovation is None:
        return element("em", voice.say("the_region"))
    name = found.submission.innovation(gap.innovation).name
    agency = element("small", own_words(found.agency_name(gap.agency)))
    return joined([own_words(name), BREAK, agency])


def _asked_for(papers: tuple[Gap, ...], found: Findings, voice: Voice) -> Iterator[Child]:
    """Yield what the rows ask for in which papers are missing, in official order."""
    short = {gap.indicator for gap in papers}
    asked = [row for row in found.edition if row.key in short and (row.evidence or row.file_types)]
    if not asked:
        return
    yield voice.heading("missing.asked")
    rows = [(voice.row(row), _evidence(row, voice)) for row in asked]
    yield voice.table((Column("col.row", "t"), Column("col.papers")), rows)


def _evidence(row: Indicator, voice: Voice) -> Markup:
    said: list[Child] = [official("; ".join(row.evidence))] if row.evidence else []
    kinds = [*(row.file_types or ())]
    if kinds and row.link_counts:
        kinds.append(voice.word("report.missing.link"))
    if kinds:
        shown = voice.say("missing.asked_kinds", kinds=", ".join(kinds))
        said.append(element("small", shown))
    return joined(said, BREAK)
