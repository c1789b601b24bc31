"""``inovasi-index project``: the index that totals lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import add_supply, decimal, edition_named, whole
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

    one = project_index(
        edition_named(arguments.edition, arguments.supply),
        region_points=decimal("--region-points", arguments.region_points),
        mean_maturity=decimal("--mean-maturity", arguments.mean_maturity),
        innovations=whole("--innovations", arguments.innovations),
        basic_affairs=whole("--basic-affairs", arguments.basic_affairs),
    )
    if output.as_json:
        from inovasi_index.scoring.documents import plain_score

        output.json({"format": "inovasi_index.projection/1", **plain_score(one)})
    else:
        output.block(one.explain().to_text(output.language, width=output.width))
    return 0
