"""``inovasi-index template EDITION -o FILE.xlsx``: a form that people fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import edition_named, refuse_input
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output

NAME = "template"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    parser.add_argument("edition", metavar="EDITION", help=text("cli.template_edition", language))
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT.xlsx",
        required=True,
        help=text("cli.output_xlsx", language),
    )
    parser.add_argument("--from", dest="source", metavar="FILE", help=text("cli.from", language))
    parser.add_argument("--year", metavar="YEAR", type=int, help=text("cli.year", language))


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Write the form and say where; region and agencies of a submission may stand in it."""
    from inovasi_index.io import read_submission, write_template

    edition = edition_named(arguments.edition)
    refuse_input(arguments.output, [arguments.source])
    known = None if arguments.source is None else read_submission(arguments.source)
    write_template(
        edition,
        arguments.output,
        agencies=() if known is None else known.agencies,
        region=None if known is None else known.region,
        year=arguments.year,
        language=output.language,
    )
    output.written(arguments.output, "inovasi_index.template/1")
    return 0
