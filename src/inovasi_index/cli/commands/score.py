"""``inovasi-index score FILE``: the index on the three bases, with its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import add_edition, add_file, read
from inovasi_index.language import Language, number

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output

NAME = "score"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    add_file(parser, language)
    add_edition(parser, language)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Score a submission on each basis and print the results side by side."""
    from inovasi_index.records import Basis
    from inovasi_index.scoring import ineligibility, score, score_document

    submission, edition = read(arguments)
    if output.as_json:
        output.json(score_document(submission, edition))
        return 0
    code = submission.region.code
    scores = {basis: score(submission, edition, basis=basis)[code] for basis in Basis}
    ineligible = sum(bool(ineligibility(i, edition)) for i in submission.innovations)
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
