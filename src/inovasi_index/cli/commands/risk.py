"""``inovasi-index risk FILE``: what verification may do to the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inovasi_index.cli.commands._arguments import add_edition, add_file, decimal, read
from inovasi_index.errors import BadValueError
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    import argparse
    from decimal import Decimal

    from inovasi_index.cli.output import Output

NAME = "risk"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    add_file(parser, language)
    add_edition(parser, language)
    parser.add_argument("--pending", metavar="P", help=text("cli.pending", language))
    parser.add_argument(
        "--row",
        metavar="KEY=P",
        action="append",
        default=[],
        help=text("cli.row_survival", language),
    )
    parser.add_argument("--target", metavar="TARGET", help=text("cli.target", language))
    parser.add_argument(
        "--most", metavar="N", type=int, default=10, help=text("cli.most", language)
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print the distribution of the index and what it hangs on."""
    from inovasi_index.analysis.risk import risk

    submission, edition = read(arguments)
    survival: dict[str, Any] = {"indicators": dict(_row(given) for given in arguments.row)}
    if arguments.pending is not None:
        survival["pending"] = decimal("--pending", arguments.pending)
    found = risk(submission, edition, survival=survival)
    most = max(0, arguments.most)
    if output.as_json:
        output.json(found.to_dict(target=arguments.target, most=most))
        return 0
    output.block(
        found.to_text(output.language, target=arguments.target, most=most, width=output.width)
    )
    return 0


def _row(given: str) -> tuple[str, Decimal]:
    key, equals, value = given.partition("=")
    if not (key and equals and value):
        raise BadValueError(f"--row {given!r}: write KEY=PROBABILITY")
    return key.strip(), decimal(f"--row {key}", value)
