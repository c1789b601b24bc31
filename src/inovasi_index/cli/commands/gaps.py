"""``inovasi-index gaps FILE``: what separates the index from 100, and how far a band is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import (
    add_basis,
    add_edition,
    add_file,
    basis_of,
    read,
    whole,
)
from inovasi_index.errors import IncompleteEditionError
from inovasi_index.language import Language, number, text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from fractions import Fraction

    from inovasi_index.analysis import Distance, Gap, Gaps
    from inovasi_index.cli.output import Output
    from inovasi_index.records import Agency, Innovation

NAME = "gaps"

_BY = ("cause", "part", "indicator", "innovation", "agency")


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    add_file(parser, language)
    add_edition(parser, language)
    add_basis(parser, language)
    parser.add_argument("--by", choices=_BY, default="cause", help=text("cli.gaps_by", language))
    parser.add_argument(
        "--largest", metavar="K", default="5", help=text("cli.gaps_largest", language)
    )
    parser.add_argument("--target", metavar="TARGET", help=text("cli.gaps_target", language))


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Account for the gaps and measure the distance to a band."""
    from inovasi_index.analysis import distance, gaps

    largest = whole("--largest", arguments.largest)
    submission, edition = read(arguments)
    basis = basis_of(arguments)
    found = gaps(submission, edition, basis=basis)
    unknown = ""
    far: Distance | None = None
    try:
        far = distance(submission, edition, target=arguments.target, basis=basis)
    except IncompleteEditionError as refusal:
        if arguments.target is not None:
            raise
        unknown = str(refusal)
    if output.as_json:
        output.json({**found.to_dict(), "distance": None if far is None else far.to_dict()})
        return 0
    output.line(f"{submission.region.name} ({submission.region.code}) · {edition.title}")
    output.line(output.text(f"basis.{basis}"))
    output.line()
    _print_sums(found, arguments.by, output)
    _print_papers(found, output)
    _print_largest(found, largest, output)
    output.line()
    if far is None:
        output.line(unknown)
    else:
        output.block(far.to_text(output.language, width=output.width))
    return 0


def _print_sums(found: Gaps, by: str, output: Output) -> None:
    if by == "cause":
        output.block(found.to_text(output.language))
        return
    sums: Mapping[str, Fraction] = getattr(found, f"by_{by}")()
    output.line(output.text("gap.total", total=number(found.total, output.language)))
    titles = _titles(found, by)
    output.table(
        [output.text("word.points"), output.text(f"cli.by_{by}")],
        [
            [number(share, output.language), titles.get(name) or _elsewhere(name, output)]
            for name, share in sums.items()
        ],
        right=[0],
    )


def _titles(found: Gaps, by: str) -> dict[str, str]:
    """Return official or given names by the key of a row, or the id of who has the gaps."""
    submission = found.score.submission
    if by == "indicator" or submission is None:
        return {row.key: row.title for row in found.score.edition}
    named: dict[str, tuple[Agency | Innovation, ...]] = {
        "agency": submission.agencies,
        "innovation": submission.innovations,
    }
    return {one.id: f"{one.name} [{one.id}]" for one in named.get(by, ())}


def _elsewhere(name: str, output: Output) -> str:
    """Return the name of a part or of a cause."""
    parts = {"region_part", "mean_maturity", "count_points"}
    return output.text(f"part.{name}" if name in parts else f"gap.{name}")


def _print_papers(found: Gaps, output: Output) -> None:
    for name in ("missing_papers", "verification"):
        points: Fraction = getattr(found, name)
        if points:
            output.line()
            output.line(output.text(f"cli.{name}", points=number(points, output.language)))


def _print_largest(found: Gaps, k: int, output: Output) -> None:
    if not k:
        return
    output.line()
    output.line(output.text("cli.largest_gaps", gaps=len(found)))
    output.table(
        [output.text(f"cli.{name}") for name in ("points_word", "cause_word", "where_word")],
        [
            [
                number(gap.share, output.language),
                output.text(f"gap.{gap.cause}"),
                _where(found, gap, output),
            ]
            for gap in found.largest(k)
        ],
        right=[0],
    )


def _where(found: Gaps, gap: Gap, output: Output) -> str:
    row = found.score.edition[gap.indicator] if gap.indicator else None
    places = [gap.innovation, row.title if row else None]
    return " · ".join(filter(None, places)) or output.text(f"part.{gap.part}")
