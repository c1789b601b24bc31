"""``inovasi-index plan FILE``: the cheapest steps to a band, or the most for a budget."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inovasi_index.cli.commands._arguments import (
    add_basis,
    add_edition,
    add_file,
    basis_of,
    read,
    whole,
)
from inovasi_index.errors import BadValueError, Fault, FileFormatError
from inovasi_index.io.files import decode, read_bytes
from inovasi_index.language import Language, text
from inovasi_index.untrusted import parse_toml

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from inovasi_index.analysis.planning import Forbidden, Plan
    from inovasi_index.cli.output import Output

NAME = "plan"

_WORDS = ("kind", "part", "indicator", "innovation", "agency", "affair")
_COSTS = (
    "raise_level",
    "raise_measured",
    "supply_paper",
    "pass_verification",
    "write_design",
    "report",
    "level_costs",
    "cause_costs",
    "indicator_factors",
    "agency_factors",
    "further",
)
_PATIENCE = 3.0  # seconds before progress is shown


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    add_file(parser, language)
    add_edition(parser, language)
    add_basis(parser, language)

    def add(name: str, metavar: str, *, many: bool = False, **params: str) -> None:
        parser.add_argument(
            f"--{name}",
            metavar=metavar,
            action="append" if many else "store",
            default=[] if many else None,
            help=text(f"cli.{name.replace('-', '_')}", language, **params),
        )

    add("target", "TARGET")
    add("budget", "N")
    add("costs", "FILE", fields=", ".join(_COSTS))
    add("forbid", "WORD=NAME", many=True, words=", ".join(_WORDS))
    add("limit", "AGENCY=N", many=True)
    add("max-new", "N")
    add("time-limit", "SECONDS")


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Plan and print the steps; the nearest plan when the target cannot be reached."""
    from inovasi_index.analysis.planning import UnreachableError, plan

    submission, edition = read(arguments)
    try:
        found = plan(
            submission,
            edition,
            target=arguments.target,
            budget=arguments.budget,
            basis=basis_of(arguments),
            costs=None if arguments.costs is None else _costs(arguments.costs),
            forbid=[_forbidden(given) for given in arguments.forbid],
            limits=dict(_limit(given) for given in arguments.limit),
            max_new_innovations=(
                None if arguments.max_new is None else whole("--max-new", arguments.max_new)
            ),
            time_limit=arguments.time_limit,
            progress=_progress(output),
        )
    except UnreachableError as refusal:
        _print(refusal.best, output, refusal=str(refusal))
        return 3 if output.as_json else output.fail(str(refusal), code=3)
    _print(found, output)
    return 0


def _print(found: Plan, output: Output, *, refusal: str | None = None) -> None:
    if output.as_json:
        plain = found.to_dict()
        if refusal is not None:
            fault = {"code": "unreachable", "place": "", "message": refusal, "source": ""}
            plain = {"ok": False, "faults": [fault], "best": plain}
        output.json(plain)
        return
    output.block(found.to_text(output.language, width=output.width))
    output.line()
    if found.basis == "verified":
        output.line(output.text("plan.verified_note"))
    output.line(output.text("plan.costs_note"))


def _costs(path: str) -> dict[str, Any]:
    file = Path(path)
    text = decode(read_bytes(file), file)
    try:
        return parse_toml(text)
    except (ValueError, RecursionError) as error:
        raise FileFormatError(path, [Fault("bad-toml", "", str(error))]) from None


def _pairs(option: str, given: str) -> list[tuple[str, str]]:
    pairs = []
    for word in given.split(","):
        name, equals, value = word.partition("=")
        if not (name.strip() and equals and value.strip()):
            raise BadValueError(f"{option} {given!r}: write NAME=VALUE, several with commas")
        pairs.append((name.strip(), value.strip()))
    return pairs


def _forbidden(given: str) -> Forbidden:
    from inovasi_index.analysis.planning import Forbidden
    from inovasi_index.errors import UnknownNameError

    facts = dict(_pairs("--forbid", given))
    for name in facts:
        if name not in _WORDS:
            raise UnknownNameError.of("word of --forbid", name, _WORDS)
    return Forbidden(**facts)


def _limit(given: str) -> tuple[str, int]:
    pairs = _pairs("--limit", given)
    if len(pairs) > 1:
        raise BadValueError(f"--limit {given!r}: one agency each; repeat the option")
    agency, most = pairs[0]
    return agency, whole("--limit", most)


def _progress(output: Output) -> Callable[[int, int], None]:
    """Return a callback that says on a terminal how far a long search is."""
    start = time.monotonic()

    def show(done: int, total: int) -> None:
        seconds = time.monotonic() - start
        if seconds > _PATIENCE and sys.stderr.isatty():
            said = output.text("cli.searching", done=done, total=total, seconds=f"{seconds:.0f}")
            print(f"\r{said}", end="" if done < total else "\n", file=sys.stderr, flush=True)

    return show
