"""Write one page an edition from the data that the library scores with.

The pages go to ``_generated/editions`` before Sphinx looks for sources, so the law and
its page cannot differ.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import fields_dict

from inovasi_index.exact import format_decimal
from inovasi_index.rules import Formula, Part, available_editions, load_edition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from inovasi_index.rules import Edition, Indicator, Sourced

PART_TITLES = {
    Part.REGION: "Region part (Satuan Pemerintah Daerah)",
    Part.INNOVATION: "Innovation part (Satuan Inovasi Daerah)",
}


def text(value: object) -> str:
    """Return official words so that Markdown shows them as they are, on one line."""
    if value is None:
        return "not found"
    return re.sub(r"([\\`*_{}\[\]<>#+\-.!|$~^&])", r"\\\1", " ".join(str(value).split()))


def points(hundredths: int | None) -> str:
    return "not found" if hundredths is None else format_decimal(Fraction(hundredths, 100))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a Markdown table; nothing at all without rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if lines:
        head = list(head)
        yield f"| {' | '.join(head)} |"
        yield "|---" * len(head) + "|"
        yield from lines
        yield ""


def listed(items: Iterable[object]) -> Iterator[str]:
    lines = [f"- {text(item)}" for item in items]
    if lines:
        yield from [*lines, ""]


def sources(found: Iterable[Sourced], *, of: str = "") -> Iterator[str]:
    """Yield one list item for all fields that share sources, certainty and note."""
    fields_by_source: dict[tuple[tuple[str, ...], str, str], list[str]] = {}
    for s in found:
        fields_by_source.setdefault((s.citations, s.certainty, s.note), []).append(f"`{s.field}`")
    for (citations, certainty, note), fields in fields_by_source.items():
        said = "; ".join(filter(None, [", ".join(citations), certainty, text(note)]))
        yield f"- {of}{', '.join(fields)}: {said}"
    if fields_by_source and not of:
        yield ""


def formula(edition: Edition) -> Iterator[str]:
    yield "## Formula"
    yield ""
    yield "`index = (region part + mean maturity + count points) / total × 100`"
    yield ""
    by_field = {s.field: s for s in edition.formula.sources}
    rows = []
    for field in fields_dict(Formula):
        if field == "sources":
            continue
        value = getattr(edition.formula, field)
        name = field.removesuffix("_hundredths")
        source = by_field.get(name)
        rows.append(
            (
                name.replace("_", " "),
                text(value) if name == field else points(value),
                source.certainty if source else "",
                ", ".join(source.citations) if source else "",
                text(source.note) if source else "",
            )
        )
    yield from table(("Constant", "Value", "Certainty", "Sources", "Note"), rows)


def bands(edition: Edition) -> Iterator[str]:
    if not edition.bands:
        return
    yield "## Bands"
    yield ""
    yield from table(
        ("Band", "Key", "From", "To"),
        (
            (text(b.name), f"`{b.key}`", points(b.lower_hundredths), points(b.upper_hundredths))
            for b in reversed(edition.bands)
        ),
    )
    for band in reversed(edition.bands):
        yield from sources(band.sources, of=f"{text(band.name)}, ")
    yield ""


def eligibility(edition: Edition) -> Iterator[str]:
    rules = edition.eligibility
    yield "## Eligibility"
    yield ""
    yield from table(
        ("Rule", "Value"),
        (
            (name.replace("_", " "), text(", ".join(v) if isinstance(v, tuple) else v))
            for name in fields_dict(type(rules))
            if name != "sources" and (v := getattr(rules, name)) not in (None, ())
        ),
    )
    yield from sources(rules.sources)


def indicator(edition: Edition, row: Indicator) -> Iterator[str]:
    yield f"({edition.id}-{row.key})="
    yield f"### {text(row.code)} · {text(row.name)}" if row.code else f"### {text(row.name)}"
    yield ""
    mandatory = {True: "mandatory", False: "not mandatory", None: "mandatory: not found"}
    yield (
        f"`{row.key}` · {points(row.weight_hundredths)} points a level · "
        f"{mandatory[row.mandatory]}" + (f" · {text(row.variable)}" if row.variable else "")
    )
    yield ""
    if row.definition:
        yield text(row.definition)
        yield ""
    yield from table(
        ("Level", "Official text", "Points"),
        (
            (str(level.number), text(level.text), points(level.points_hundredths))
            for level in row.levels
        ),
    )
    for rule in row.numeric:
        basis = f"Basis {rule.basis}: {text(rule.name)}. " if rule.basis else ""
        ranges = "; ".join(
            f"level {number}: {text(bound)}" for number, bound in enumerate(rule.bounds, start=1)
        )
        yield f"- {basis}Raw value in {text(rule.unit)}, {rule.direction} is better. {ranges}"
    if row.numeric:
        yield ""
    if row.evidence or row.file_types or row.evidence_note:
        kinds = list(row.file_types or ()) + ["a link"] * row.link_counts
        yield "Evidence" + (f" ({text(', '.join(kinds))})" if row.file_types else "") + ":"
        yield ""
        yield from listed([*(row.evidence or ()), *filter(None, [row.evidence_note])])
    yield from listed(row.notes)
    yield from sources(row.sources)


def part_rows(edition: Edition, part: Part) -> Iterator[str]:
    rows = edition.part_indicators(part)
    if not rows:
        return
    yield f"## {PART_TITLES[part]}"
    yield ""
    yield from table(
        ("No.", "Key", "Indicator", "Points a level", "At most"),
        (
            (
                text(row.code or ""),
                f"[`{row.key}`](#{edition.id}-{row.key})",
                text(row.name),
                points(row.weight_hundredths),
                points(row.max_hundredths),
            )
            for row in rows
        ),
    )
    for row in rows:
        yield from indicator(edition, row)


def words(edition: Edition) -> Iterator[str]:
    if edition.affairs:
        yield "## Government affairs"
        yield ""
    yield from table(
        ("Key", "Urusan", "Basic service"),
        ((f"`{a.key}`", text(a.name), "yes" if a.basic else "") for a in edition.affairs),
    )
    if edition.terms:
        yield "## Words of the descriptive fields"
        yield ""
    yield from table(
        ("Field", "Key", "Official name", "Also seen"),
        (
            (t.vocabulary, f"`{t.key}`", text(t.name), text("; ".join(t.aliases)))
            for t in edition.terms
        ),
    )


def remarks(edition: Edition) -> Iterator[str]:
    if edition.conflicts:
        yield "## Where sources disagree"
        yield ""
    for conflict in edition.conflicts:
        readings = "; ".join(f"{text(who)}: {text(says)}" for who, says in conflict.readings)
        yield f"- **{text(conflict.field)}**. {readings}. Our reading: {text(conflict.resolution)}"
    yield ""
    if edition.notes:
        yield "## Notes"
        yield ""
        yield from listed(edition.notes)


def page(edition: Edition) -> str:
    """Return the Markdown page of an edition."""

    def lines() -> Iterator[str]:
        yield f"({edition.id})="
        yield f"# {edition.id}"
        yield ""
        extends = (
            f" It extends [{edition.extends}]({edition.extends}.md)." if edition.extends else ""
        )
        yield f"{text(edition.title)}. For {edition.start} to {edition.end}.{extends}"
        yield ""
        yield "## How complete and how sure"
        yield ""
        yield from table(
            ("Area", "Status", "Note"),
            (
                (text(c.area.replace("_", " ")), f"**{c.status}**", text(c.note))
                for c in edition.completeness
            ),
        )
        yield from formula(edition)
        yield from bands(edition)
        yield from eligibility(edition)
        for part in Part:
            yield from part_rows(edition, part)
        yield from words(edition)
        yield from remarks(edition)
        yield "## Sources"
        yield ""
        yield from table(
            ("Key", "Source", "Read in", "Confidence"),
            (
                (c.key, text(c), text(c.transcribed_in or ""), text(c.confidence))
                for c in edition.citations
            ),
        )

    return "\n".join(lines())


def write_pages(app: Sphinx) -> None:
    """Write the page of every edition that the package ships, touching only what changed."""
    folder = Path(app.srcdir) / "_generated" / "editions"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {folder / f"{name}.md": page(load_edition(name)) for name in available_editions()}
    for path in set(folder.iterdir()) - set(wanted):
        path.unlink()
    for path, content in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
