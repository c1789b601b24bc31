"""``inovasi-index report FILE``: a report for people, as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import (
    add_basis,
    add_edition,
    add_file,
    basis_of,
    read,
    refuse_input,
)
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output

NAME = "report"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    add_file(parser, language)
    add_edition(parser, language)
    add_basis(parser, language)
    parser.add_argument("-o", "--output", metavar="OUT.html", help=text("cli.output", language))


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Write the report and say where; ``-o -`` writes it to standard output."""
    from inovasi_index.reporting import html_report, write_report

    submission, edition = read(arguments)
    basis = basis_of(arguments)
    if arguments.output == "-":
        output.page(html_report(submission, edition, language=output.language, basis=basis))
        return 0
    target = arguments.output or Path(arguments.file).with_suffix(".html").name
    refuse_input(target, [arguments.file])
    path = write_report(
        target,
        submission,
        edition,
        language=output.language,
        basis=basis,
    )
    output.written(path, "inovasi_index.report/1")
    return 0
