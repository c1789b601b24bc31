"""Arguments that several commands share, and what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.errors import BadValueError
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    import argparse

    from inovasi_index.records import Basis, Submission
    from inovasi_index.rules import Edition

__all__ = ["add_basis", "add_edition", "add_file", "edition_for", "edition_named", "read"]


def add_file(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare FILE."""
    parser.add_argument("file", metavar="FILE", help=text("cli.file", language))


def add_edition(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare --edition."""
    parser.add_argument("--edition", metavar="EDITION", help=text("cli.edition", language))


def add_basis(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare --basis."""
    parser.add_argument(
        "--basis",
        choices=["claimed", "documented", "verified"],
        default="documented",
        help=text("cli.basis", language),
    )


def edition_named(given: str) -> Edition:
    """Return an edition by its id or from a TOML file."""
    from inovasi_index.rules import load_edition

    return load_edition(given)


def edition_for(submission: Submission, given: str | None) -> Edition:
    """Return the edition asked for, or the one of the submission's year."""
    from inovasi_index.rules import available_editions, load_edition

    if given is not None:
        return load_edition(given)
    name = f"iid-{submission.year}"
    if name not in available_editions():
        raise BadValueError(
            f"there is no edition for {submission.year}; name one with --edition: "
            f"{', '.join(available_editions())}"
        )
    return load_edition(name)


def read(arguments: argparse.Namespace) -> tuple[Submission, Edition]:
    """Read FILE and the edition that it is scored by."""
    from inovasi_index.io import read_submission

    named = arguments.edition
    submission = read_submission(
        arguments.file, edition=None if named is None else edition_named(named)
    )
    return submission, edition_for(submission, named)


def basis_of(arguments: argparse.Namespace) -> Basis:
    """Return the basis asked for."""
    from inovasi_index.records import Basis

    return Basis(arguments.basis)
