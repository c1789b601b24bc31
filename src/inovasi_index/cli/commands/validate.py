"""``inovasi-index validate FILE``: every fault of a submission, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.cli.commands._arguments import add_edition, add_file, read

if TYPE_CHECKING:
    import argparse

    from inovasi_index.cli.output import Output
    from inovasi_index.language import Language

NAME = "validate"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declare the arguments."""
    add_file(parser, language)
    add_edition(parser, language)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Check a submission; innovations that are not eligible are named, but are no faults."""
    from inovasi_index.scoring import ineligibility

    submission, edition = read(arguments, checked=True)
    reasons = {i.id: ineligibility(i, edition) for i in submission.innovations}
    if output.as_json:
        ineligible = {
            name: [{"code": r.key, "text": r.to_text(output.language)} for r in found]
            for name, found in reasons.items()
            if found
        }
        output.json({"ok": True, "edition": edition.id, "faults": [], "ineligible": ineligible})
        return 0
    output.line(
        output.text("cli.valid", edition=edition.id, innovations=len(submission.innovations))
    )
    for name, found in reasons.items():
        if found:
            output.line(f"{name}: {output.text('word.not_eligible')}", indent=2)
        for reason in found:
            output.line(f"· {reason.to_text(output.language)}", indent=4)
    return 0
