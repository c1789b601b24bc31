"""``inovasi-index portal FILE``: a download of the ministry's portal, and what it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import add_supply, decimal, edition_named
from inovasi_index.language import Language, number, text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from inovasi_index.cli.output import Output
    from inovasi_index.io import MaturitySummary

NAME = "portal"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", help=text("cli.portal_file", language))
    parser.add_argument(
        "--edition", metavar="EDITION", required=True, help=text("cli.portal_edition", language)
    )
    add_supply(parser, language)
    parser.add_argument("--region-points", metavar="N", help=text("cli.region_points", language))
    parser.add_argument("--stage", metavar="STAGE", help=text("cli.stage", language))


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Sum up a download by stage and agency, and project the index when asked."""
    from inovasi_index.io import read_portal_export

    edition = edition_named(arguments.edition, arguments.supply)
    export = read_portal_export(arguments.file, edition=edition, errors="collect")
    one = None
    if arguments.region_points is not None:
        one = export.project(
            edition,
            region_points=decimal("--region-points", arguments.region_points),
            only_stage=arguments.stage,
        )
    groups = {"stage": export.by_stage(), "agency": export.by_agency()}
    if output.as_json:
        from inovasi_index.scoring.documents import plain_score

        output.json(
            {
                "innovations": len(export.rows),
                "faults": [str(fault) for fault in export.faults],
                **{f"by_{name}": _plain(group) for name, group in groups.items()},
                "score": None if one is None else plain_score(one),
            }
        )
        return 1 if export.faults else 0
    names = {term.key: term.name for term in edition.vocabulary("stage")}
    for name, group in groups.items():
        output.table(
            [
                output.text(f"cli.{name}_word"),
                output.text("cli.innovations_word"),
                output.text("part.mean_maturity"),
            ],
            [
                [names.get(key or "", key or "–"), s.innovations, number(s.mean, output.language)]
                for key, s in group.items()
            ],
            right=[1, 2],
        )
        output.line()
    if one is not None:
        output.block(one.explain().to_text(output.language, width=output.width))
    for fault in export.faults:
        output.warn(str(fault))
    return 1 if export.faults else 0


def _plain(group: Mapping[str | None, MaturitySummary]) -> dict[str, dict[str, object]]:
    return {
        key or "": {"innovations": s.innovations, "mean_maturity": str(s.mean)}
        for key, s in group.items()
    }
