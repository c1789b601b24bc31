"""``inovasi-index select FILE``: which innovations to report for the highest index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import add_basis, add_edition, add_file, basis_of, read

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output
    from inovasi_index.language import Language

NAME = "select"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    add_file(parser, language)
    add_edition(parser, language)
    add_basis(parser, language)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Select innovations and say what each that is left out would cost."""
    from inovasi_index.analysis.selection import select_innovations

    submission, edition = read(arguments)
    found = select_innovations(submission, edition, basis=basis_of(arguments))
    if output.as_json:
        output.json(found.to_dict(output.language))
    else:
        output.block(found.to_text(output.language, width=output.width))
    return 0
