"""``inovasi-index score FILE``: the index on the three bases, with its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inovasi_index.cli.commands._arguments import add_edition, add_file, read
from inovasi_index.language import Language, number

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output
    from inovasi_index.scoring import RegionScore

NAME = "score"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    add_file(parser, language)
    add_edition(parser, language)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Score a submission on each basis and print the results side by side."""
    from inovasi_index.records import Basis
    from inovasi_index.scoring import ineligibility, score

    submission, edition = read(arguments)
    code = submission.region.code
    scores = {basis: score(submission, edition, basis=basis)[code] for basis in Basis}
    ineligible = sum(bool(ineligibility(i, edition)) for i in submission.innovations)
    if output.as_json:
        output.json(
            {
                "format": "inovasi_index.score/1",
                "edition": edition.id,
                "region": {"code": code, "name": submission.region.name},
                "innovations": len(submission.innovations),
                "ineligible": ineligible,
                "bases": {basis.value: plain_score(one) for basis, one in scores.items()},
            }
        )
        return 0
    output.line(f"{submission.region.name} ({code}) · {edition.title}")
    output.line()
    shown = output.language

    every = list(scores.values())
    output.table(
        ["", *(output.text(f"cli.{basis}") for basis in scores)],
        [
            [output.text(f"part.{part}"), *(number(getattr(s.parts, part), shown) for s in every)]
            for part in ("region_part", "mean_maturity", "count_points")
        ]
        + [
            [output.text("part.index"), *(number(s.index, shown) for s in every)],
            [output.text("word.band"), *(s.band_if_known or "?" for s in every)],
        ],
        right=[1, 2, 3],
    )
    output.line()
    if not all(s.band_if_known for s in every):
        output.line(f"? {output.text('how.no_band')}")
    one = every[0]
    output.line(
        output.text(
            "cli.score_facts",
            innovations=one.innovations,
            divisor=one.divisor,
            ineligible=ineligible,
            covered=one.basic_affairs,
            basic=len(edition.basic_affairs),
        )
    )
    return 0


def plain_score(one: RegionScore) -> dict[str, Any]:
    """Return a score as plain data for JSON; exact amounts are strings."""
    return {
        "index": str(one.index),
        "index_exact": str(one.exact),
        "band": one.band_if_known,
        "region_part": str(one.parts.region_part),
        "mean_maturity": str(one.parts.mean_maturity),
        "count_points": str(one.parts.count_points),
        "divisor": one.divisor,
        "empty_seats": one.empty_seats,
        "basic_affairs": one.basic_affairs,
    }
