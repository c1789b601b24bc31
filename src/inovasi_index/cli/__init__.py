"""The command line: ``inovasi-index COMMAND …``.

Exit codes: 0 all is well; 1 the input has faults, all of which are printed; 2 the command
was called wrongly; 3 the input is fine but the answer cannot be given (an edition lacks what
is needed, a target cannot be reached, an extra is not installed); 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import warnings
from typing import TYPE_CHECKING

from inovasi_index.cli.commands import COMMANDS
from inovasi_index.cli.output import Output
from inovasi_index.errors import (
    IncompleteEditionError,
    InfeasibleError,
    InovasiIndexError,
    MissingExtraError,
)
from inovasi_index.language import Language, text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_REFUSALS = (IncompleteEditionError, InfeasibleError, MissingExtraError)


def _language(argv: Sequence[str]) -> Language:
    """Return the language asked for on the command line or in the environment."""
    given = ""
    for n, word in enumerate(argv):
        if word == "--language" and n + 1 < len(argv):
            given = argv[n + 1]
        elif word.startswith("--language="):
            given = word.partition("=")[2]
    if not given:
        given = os.environ.get("INOVASI_INDEX_LANGUAGE", "")[:2]
    if not given:
        locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
        given = locale[:2]
    return Language.INDONESIAN if given == "id" else Language.ENGLISH


def _parser(language: Language) -> argparse.ArgumentParser:
    from inovasi_index import __version__

    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help=text("cli.json", language))
    for_language = argparse.ArgumentParser(add_help=False)
    for_language.add_argument(
        "--language", choices=[x.value for x in Language], help=text("cli.language", language)
    )
    parser = argparse.ArgumentParser(
        prog="inovasi-index",
        description=text("cli.description", language),
        parents=[for_language],
    )
    parser.add_argument("--version", action="version", version=f"inovasi-index {__version__}")
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", title=text("cli.commands", language)
    )
    for command in COMMANDS:
        about = text(f"cli.{command.NAME}", language)
        sub = commands.add_parser(
            command.NAME, parents=[shared, for_language], help=about, description=about
        )
        command.add_arguments(sub, language)
        sub.set_defaults(run=command.run)
    return parser


def _reader_left() -> int:
    """Leave quietly when the reader of our output has gone (``| head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Files and pipes of Windows are in a code page, which lacks the lines of tables.
        sys.stdout.reconfigure(errors="replace")
    given = list(sys.argv[1:] if argv is None else argv)
    language = _language(given)
    arguments = _parser(language).parse_args(given)
    output = Output(language, as_json=arguments.json)
    try:
        with warnings.catch_warnings():
            if not sys.warnoptions:  # ``python -W error`` is obeyed
                warnings.simplefilter("default")
            warnings.showwarning = lambda message, *_, **__: output.warn(str(message))
            return int(arguments.run(arguments, output))
    except _REFUSALS as refusal:
        return output.fail(str(refusal), code=3)
    except BrokenPipeError:
        return _reader_left()
    except OSError as fault:
        said = f"{fault.filename}: {fault.strerror}" if fault.filename else str(fault)
        return output.fail(said, code=1, fault=fault)
    except InovasiIndexError as fault:
        return output.fail(str(fault), code=1, fault=fault)
    except KeyboardInterrupt:
        return 130
