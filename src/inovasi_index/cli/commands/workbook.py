"""``inovasi-index workbook FILE … -o OUT.xlsx``: the scores as a workbook for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import (
    add_basis,
    add_edition,
    basis_of,
    read_all,
    refuse_input,
)
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output

NAME = "workbook"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help=text("cli.workbook_files", language)
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT.xlsx",
        required=True,
        help=text("cli.output_xlsx", language),
    )
    add_edition(parser, language)
    add_basis(parser, language)
    parser.add_argument("--target", metavar="TARGET", help=text("cli.workbook_target", language))


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Write the workbook and say where; with a target, a plan to it stands in it."""
    from inovasi_index.analysis import plan
    from inovasi_index.reporting import write_result_workbook

    refuse_input(arguments.output, arguments.files)
    submissions, edition = read_all(arguments.files, arguments)
    basis = basis_of(arguments)
    plans = [
        plan(submission, edition, target=arguments.target, basis=basis)
        for submission in (submissions if arguments.target is not None else ())
    ]
    path = write_result_workbook(
        arguments.output, submissions, edition, language=output.language, basis=basis, plan=plans
    )
    output.written(path, "inovasi_index.workbook/1")
    return 0
