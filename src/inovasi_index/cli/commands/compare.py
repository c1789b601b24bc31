"""``inovasi-index compare FILE [OTHER]``: other editions, or another year and its causes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import (
    add_basis,
    add_edition,
    add_file,
    basis_of,
    edition_named,
    read,
)
from inovasi_index.errors import BadValueError
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    from inovasi_index.cli.output import Output

NAME = "compare"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    add_file(parser, language)
    parser.add_argument("other", metavar="OTHER", nargs="?", help=text("cli.other", language))
    add_edition(parser, language)
    for name, key, metavar in (
        ("--under", "cli.under", "EDITION"),
        ("--other-supply", "cli.other_supply", "NAME=VALUE"),
    ):
        parser.add_argument(
            name, metavar=metavar, action="append", default=[], help=text(key, language)
        )
    parser.add_argument(
        "--other-edition", metavar="EDITION", help=text("cli.other_edition", language)
    )
    add_basis(parser, language)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Compare with another year, or with the same report under other editions."""
    if (arguments.other is None) is not bool(arguments.under):
        raise BadValueError("give another submission, or other editions with --under, not both")
    if arguments.other is None:
        _compare_editions(arguments, output)
    else:
        _compare_years(arguments, output)
    return 0


def _compare_editions(arguments: argparse.Namespace, output: Output) -> None:
    from inovasi_index.analysis import compare_scores, what_if

    submission, edition = read(arguments)
    now = what_if(submission, edition, basis=basis_of(arguments))
    others = [now.under(edition_named(name)) for name in dict.fromkeys(arguments.under)]
    editions = [edition.id, *(other.edition.id for other in others)]
    found = compare_scores(now.before, *(other.score for other in others), names=editions)
    if output.as_json:
        output.json(found.to_dict())
        return
    output.line(f"{submission.region.name} ({submission.region.code})")
    output.line(output.text(f"basis.{now.basis}"))
    output.line()
    output.block(found.to_text(output.language))


def _compare_years(arguments: argparse.Namespace, output: Output) -> None:
    from inovasi_index.analysis import compare_years

    before, edition_before = read(arguments)
    after, edition_after = read(
        argparse.Namespace(
            file=arguments.other, edition=arguments.other_edition, supply=arguments.other_supply
        )
    )
    basis = basis_of(arguments)
    found = compare_years(before, edition_before, after, edition_after, basis=basis)
    if output.as_json:
        output.json(found.to_dict(output.language))
        return
    names = dict.fromkeys(f"{s.region.name} ({s.region.code})" for s in (before, after))
    output.line(" → ".join(names))
    output.line(output.text(f"basis.{basis}"))
    output.line()
    output.block(found.to_text(output.language, width=output.width))
