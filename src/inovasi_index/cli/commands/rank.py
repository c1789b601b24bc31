"""``inovasi-index rank FILE …``: innovations, agencies or regions by rank, with their ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inovasi_index.cli.commands._arguments import (
    add_basis,
    add_edition,
    basis_of,
    edition_for,
    read_all,
    whole,
)
from inovasi_index.errors import BadValueError
from inovasi_index.language import Language, number, text

if TYPE_CHECKING:
    import argparse

    from inovasi_index.analysis import Ranking
    from inovasi_index.cli.output import Output
    from inovasi_index.records import Submission
    from inovasi_index.rules import Edition

NAME = "rank"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", help=text("cli.rank_files", language))
    add_edition(parser, language)
    add_basis(parser, language)
    parser.add_argument(
        "--what",
        choices=["innovations", "agencies", "regions"],
        default="innovations",
        help=text("cli.rank_what", language),
    )
    parser.add_argument("--by", metavar="NAME,…", help=text("cli.rank_by", language))
    parser.add_argument("--take", metavar="K", help=text("cli.rank_take", language))
    parser.add_argument("--kinds", metavar="KIND,…", help=text("cli.rank_kinds", language))
    for name in ("with-units", "eligible-only"):
        key = f"cli.rank_{name.replace('-', '_')}"
        parser.add_argument(f"--{name}", action="store_true", help=text(key, language))


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Rank and print; ties are shown, and agencies without an innovation named."""
    _check(arguments)
    take = None if arguments.take is None else whole("--take", arguments.take, lowest=1)
    submissions, edition = read_all(arguments.files, arguments)
    if arguments.what == "regions":
        _rank_regions(submissions, arguments, output)
        return 0
    found = _ranked(submissions, edition, arguments)
    if output.as_json:
        output.json((found if take is None else found.shortlist(take)).to_dict())
        return 0
    output.block(found.to_text(output.language, first=take, width=output.width))
    return 0


_ONLY_FOR = {
    "by": ("innovations", "agencies"),
    "take": ("innovations", "agencies"),
    "kinds": ("agencies",),
    "with_units": ("agencies",),
    "eligible_only": ("innovations",),
}


def _check(arguments: argparse.Namespace) -> None:
    """Refuse options that the ranking asked for would not heed."""
    for name, used_for in _ONLY_FOR.items():
        if getattr(arguments, name) and arguments.what not in used_for:
            option = name.replace("_", "-")
            raise BadValueError(f"--{option} is for --what {' or '.join(used_for)}")


def _ranked(
    submissions: list[Submission], edition: Edition, arguments: argparse.Namespace
) -> Ranking:
    from inovasi_index.analysis import rank_agencies, rank_innovations

    options: dict[str, Any] = {"basis": basis_of(arguments)}
    if arguments.by is not None:
        options["by"] = _names("--by", arguments.by)
    if arguments.what == "innovations":
        options["eligible_only"] = arguments.eligible_only
        return rank_innovations(submissions, edition, **options)
    if arguments.kinds is not None:
        options["kinds"] = _names("--kinds", arguments.kinds)
    return rank_agencies(submissions, edition, with_units=arguments.with_units, **options)


def _names(option: str, given: str) -> list[str]:
    names = [name.strip() for name in given.split(",") if name.strip()]
    if not names:
        raise BadValueError(f"{option}: name at least one, several with commas")
    return names


def _rank_regions(
    submissions: list[Submission], arguments: argparse.Namespace, output: Output
) -> None:
    from inovasi_index.analysis import regions_by_year
    from inovasi_index.scoring import score

    by_year: dict[int, list[Submission]] = {}
    for submission in submissions:
        by_year.setdefault(submission.year, []).append(submission)
    basis = basis_of(arguments)
    table = regions_by_year(
        {
            year: score(
                found,
                edition_for(found[0], arguments.edition, arguments.supply),
                basis=basis,
            )
            for year, found in by_year.items()
        }
    )
    ranks = {year: table.ranks(year) for year in table.years}
    if output.as_json:
        output.json(
            {
                **table.to_dict(),
                "ranks": {
                    str(year): [
                        {
                            "region": one.region.code,
                            "rank": one.rank,
                            "of": one.of,
                            "groups": [list(group) for group in one.groups],
                        }
                        for one in found
                    ]
                    for year, found in ranks.items()
                },
            }
        )
        return
    output.block(table.to_text(output.language, width=output.width))
    for year, found in ranks.items():
        output.line()
        head = (output.text(key) for key in ("cli.name", "part.index", "cli.groups"))
        output.table(
            [str(year), *head],
            [
                [
                    one.rank,
                    one.region.name,
                    number(one.index, output.language),
                    ", ".join(
                        f"{output.text(f'regions.{group}')} {rank}/{of}"
                        for group, rank, of in one.groups
                    ),
                ]
                for one in found
            ],
            right=[0, 2],
        )
