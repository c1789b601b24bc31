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
    from inovasi_index.records import eligibility, require_valid

    submission, edition = read(arguments)
    require_valid(submission, edition)
    reasons = {
        i.id: [f"ineligible.{r.code}" for r in found.reasons]
        for i in submission.innovations
        if not (found := eligibility(i, edition)).eligible
    }
    if output.as_json:
        output.json({"ok": True, "edition": edition.id, "faults": [], "ineligible": reasons})
        return 0
    output.line(
        output.text("cli.valid", edition=edition.id, innovations=len(submission.innovations))
    )
    for innovation in submission.innovations:
        for reason in eligibility(innovation, edition).reasons:
            said = output.text(f"ineligible.{reason.code}", **dict(reason.params))
            output.line(f"{innovation.id}: {output.text('word.not_eligible')}: {said}", indent=2)
    return 0
