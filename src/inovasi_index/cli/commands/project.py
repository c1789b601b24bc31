"""``inovasi-index project``: the index that totals lead to, or a portal download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import add_supply, edition_named
from inovasi_index.exact import parse_decimal
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output

NAME = "project"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    for name in ("region-points", "mean-maturity", "innovations", "basic-affairs"):
        key = f"cli.{name.replace('-', '_')}"
        parser.add_argument(f"--{name}", metavar="N", required=True, help=text(key, language))
    parser.add_argument(
        "--edition", metavar="EDITION", required=True, help=text("cli.edition", language)
    )
    add_supply(parser, language)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Project an index from totals."""
    from inovasi_index.scoring import project_index

    def whole(given: str) -> int | str:
        return int(given) if given.isascii() and given.isdigit() else given

    one = project_index(
        edition_named(arguments.edition, arguments.supply),
        region_points=parse_decimal(arguments.region_points),
        mean_maturity=parse_decimal(arguments.mean_maturity),
        innovations=whole(arguments.innovations),  # type: ignore[arg-type] # refused by name
        basic_affairs=whole(arguments.basic_affairs),  # type: ignore[arg-type]
    )
    if output.as_json:
        from inovasi_index.scoring.documents import plain_score

        output.json({"format": "inovasi_index.projection/1", **plain_score(one)})
    else:
        output.block(one.explain().to_text(output.language, width=output.width))
    return 0
