"""Arguments that several commands share, and what they stand for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inovasi_index.errors import BadValueError
from inovasi_index.exact import parse_decimal
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from inovasi_index.records import Basis, Submission
    from inovasi_index.rules import Edition

__all__ = [
    "add_basis",
    "add_edition",
    "add_file",
    "add_supply",
    "basis_of",
    "decimal",
    "edition_for",
    "edition_named",
    "read",
    "read_all",
    "refuse_input",
    "whole",
]


def add_file(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare FILE."""
    parser.add_argument("file", metavar="FILE", help=text("cli.file", language))


def add_edition(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare --edition."""
    parser.add_argument("--edition", metavar="EDITION", help=text("cli.edition", language))
    add_supply(parser, language)


def add_supply(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare --supply."""
    parser.add_argument(
        "--supply",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help=text("cli.supply", language),
    )


def add_basis(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare --basis."""
    parser.add_argument(
        "--basis",
        choices=["claimed", "documented", "verified"],
        default="documented",
        help=text("cli.basis", language),
    )


def edition_named(given: str, supply: Sequence[str] = ()) -> Edition:
    """Return an edition by its id or from a TOML file, its missing values supplied."""
    from inovasi_index.rules import load_edition

    return _supplied(load_edition(given), supply)


def _supplied(edition: Edition, pairs: Sequence[str]) -> Edition:
    """Fill in ``minimum_divisor=12``, ``bands.innovative=40.01`` or ``weights.KEY=2``."""
    found: dict[str, dict[str, str]] = {"bands": {}, "weights": {}}
    constants: dict[str, int] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        group, dot, key = name.partition(".")
        if not equals:
            raise BadValueError(f"--supply {pair}: write NAME=VALUE")
        if dot and group in found:
            found[group][key] = str(decimal(f"--supply {name}", value))
        else:
            constants[name] = whole(f"--supply {name}", value)
    if not pairs:
        return edition
    return edition.supply(weights=found["weights"], bands=found["bands"], **constants)


def edition_for(submission: Submission, given: str | None, supply: Sequence[str] = ()) -> Edition:
    """Return the edition asked for, or the one of the submission's year."""
    from inovasi_index.rules import available_editions

    if given is not None:
        return edition_named(given, supply)
    name = f"iid-{submission.year}"
    if name not in available_editions():
        raise BadValueError(
            f"there is no edition for {submission.year}; name one with --edition: "
            f"{', '.join(available_editions())}"
        )
    return edition_named(name, supply)


def decimal(option: str, given: str) -> Decimal:
    """Return the number that an option was given, with a decimal point or comma.

    Raises
    ------
    BadValueError
        When it is none.
    """
    try:
        return parse_decimal(given)
    except BadValueError as error:
        raise BadValueError(f"{option}: {error}") from None


def whole(option: str, given: str, *, lowest: int = 0) -> int:
    """Return the whole number that an option was given.

    Raises
    ------
    BadValueError
        When it is none, is below the lowest, or has more than nine digits.
    """
    if not (given.isascii() and given.isdigit() and len(given) < 10 and int(given) >= lowest):
        said = f"{given[:40]!r} is not a whole number from {lowest} to 999999999"
        raise BadValueError(f"{option}: {said}")
    return int(given)


def read(arguments: argparse.Namespace, *, checked: bool = False) -> tuple[Submission, Edition]:
    """Read FILE, perhaps `checked` against the edition, and the edition that it is scored by."""
    submissions, edition = read_all([arguments.file], arguments, checked=checked)
    return submissions[0], edition


def read_all(
    files: Iterable[str], arguments: argparse.Namespace, *, checked: bool = False
) -> tuple[list[Submission], Edition]:
    """Read files, and the edition that the first of them is scored by."""
    from inovasi_index.io import read_submission

    named = None if arguments.edition is None else edition_named(arguments.edition)
    submissions = [read_submission(path, edition=named, checked=checked) for path in files]
    return submissions, edition_for(submissions[0], arguments.edition, arguments.supply)


def refuse_input(output: str, files: Iterable[str | None]) -> None:
    """Refuse to write over a file that is read."""
    target = Path(output).resolve()
    for path in files:
        if path is not None and Path(path).resolve() == target:
            raise BadValueError(f"{output} is what is read; write to another file")


def basis_of(arguments: argparse.Namespace) -> Basis:
    """Return the basis asked for."""
    from inovasi_index.records import Basis

    return Basis(arguments.basis)
