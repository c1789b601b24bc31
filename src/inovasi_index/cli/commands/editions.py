"""``inovasi-index editions [EDITION]``: which editions there are and how sure they are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import edition_named
from inovasi_index.exact import format_decimal
from inovasi_index.language import Language, text
from inovasi_index.language.rule_notes import area_name, note

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output
    from inovasi_index.rules import Edition

NAME = "editions"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "edition", metavar="EDITION", nargs="?", help=text("cli.edition_shown", language)
    )
    parser.add_argument("--compare", metavar="EDITION", help=text("cli.compare_editions", language))


def run(arguments: argparse.Namespace, output: Output) -> int:
    """List the editions, show one, or list what changed between two."""
    if arguments.edition is None:
        _list(output)
    elif arguments.compare is None:
        _show(edition_named(arguments.edition), output)
    else:
        _compare(edition_named(arguments.edition), edition_named(arguments.compare), output)
    return 0


def _list(output: Output) -> None:
    from inovasi_index.rules import Certainty, available_editions

    found = [edition_named(name) for name in available_editions()]
    if output.as_json:
        output.json(
            [
                {
                    "id": e.id,
                    "title": e.title,
                    "completeness": {c.area: c.status.value for c in e.completeness},
                }
                for e in found
            ]
        )
        return
    signs = dict(zip(Certainty, "●◐○+–", strict=True))
    areas = list(dict.fromkeys(c.area for e in found for c in e.completeness))
    status = [{c.area: c.status for c in e.completeness} for e in found]
    output.table(
        ["", *(e.id.removeprefix("iid-") for e in found)],
        [
            [
                area_name(area, output.language),
                *(signs[s.get(area, Certainty.MISSING)] for s in status),
            ]
            for area in areas
        ],
        right=range(1, len(found) + 1),
    )
    output.line()
    output.line("   ".join(f"{sign} {output.text(f'certainty.{c}')}" for c, sign in signs.items()))


def _compare(before: Edition, after: Edition, output: Output) -> None:
    from inovasi_index.rules import editions

    changes = editions.compare(before, after)
    if output.as_json:
        output.json(
            [{"place": c.place, "before": str(c.before), "after": str(c.after)} for c in changes]
        )
    else:
        output.line(str(changes))


def _show(edition: Edition, output: Output) -> None:
    rows = [
        [
            i.code or "–",
            i.key,
            i.name,
            "–"
            if i.weight_hundredths is None
            else format_decimal(Fraction(i.weight_hundredths, 100)),
            "✓" if i.mandatory else "",
        ]
        for i in edition
    ]
    if output.as_json:
        output.json(
            {
                "id": edition.id,
                "title": edition.title,
                "indicators": [
                    dict(zip(("code", "key", "name", "weight", "mandatory"), row, strict=True))
                    for row in rows
                ],
                "bands": [
                    {
                        "key": b.key,
                        "name": b.name,
                        "lower": b.lower_hundredths,
                        "upper": b.upper_hundredths,
                    }
                    for b in edition.bands
                ],
                "completeness": {c.area: [c.status.value, c.note] for c in edition.completeness},
            }
        )
        return
    output.line(f"{edition.id} · {edition.title} ({edition.start} … {edition.end})")
    output.line()
    output.table(
        [
            output.text("cli.code"),
            output.text("cli.key"),
            output.text("cli.name"),
            output.text("word.weight"),
            output.text("cli.mandatory"),
        ],
        rows,
        right=[3],
    )
    output.line()
    for band in edition.bands:
        ends = [
            "?" if end is None else format_decimal(Fraction(end, 100))
            for end in (band.lower_hundredths, band.upper_hundredths)
        ]
        output.line(f"{band.name}: {ends[0]} … {ends[1]}")
    output.line()
    for part in edition.completeness:
        area = area_name(part.area, output.language)
        said, _ = note(part.note, output.language)
        output.line(f"{area}: {output.text(f'certainty.{part.status}')}. {said}")
