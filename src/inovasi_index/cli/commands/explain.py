"""``inovasi-index explain FILE``: where the index comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import add_basis, add_edition, add_file, basis_of, read
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output

NAME = "explain"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    add_file(parser, language)
    add_edition(parser, language)
    add_basis(parser, language)
    parser.add_argument("--innovation", metavar="ID", help=text("cli.innovation", language))
    parser.add_argument("--indicator", metavar="KEY", help=text("cli.indicator", language))


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Explain a region, one innovation or one row."""
    from inovasi_index.scoring import score

    submission, edition = read(arguments)
    one = score(submission, edition, basis=basis_of(arguments))[submission.region.code]
    explanation = one.explain(arguments.innovation, arguments.indicator)
    if output.as_json:
        output.json(explanation.to_dict(output.language))
    else:
        output.block(explanation.to_text(output.language, width=output.width))
    return 0
