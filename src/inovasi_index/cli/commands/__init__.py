"""One module a command: `NAME`, `add_arguments(parser, language)` and `run(arguments, output)`.

The library is imported where a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from inovasi_index.cli.commands import (
    compare,
    editions,
    explain,
    gaps,
    plan,
    portal,
    project,
    rank,
    report,
    risk,
    score,
    select,
    template,
    validate,
    workbook,
)

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output
    from inovasi_index.language import Language

__all__ = ["COMMANDS", "Command"]


class Command(Protocol):
    """What a module of this package holds."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of the module
        """Name on the command line."""
        ...

    def add_arguments(self, parser: argparse.ArgumentParser, language: Language) -> None:
        """Declare the arguments of the command."""
        ...

    def run(self, arguments: argparse.Namespace, output: Output) -> int:
        """Do it and return the exit code."""
        ...


COMMANDS: tuple[Command, ...] = (
    score,
    explain,
    validate,
    gaps,
    plan,
    select,
    risk,
    compare,
    rank,
    report,
    workbook,
    template,
    project,
    portal,
    editions,
)
