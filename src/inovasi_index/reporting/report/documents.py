"""The report as one HTML file: for screen, phone and paper, without scripts or network."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from inovasi_index.language import Language
from inovasi_index.markup import Markup
from inovasi_index.records import Basis, Submission
from inovasi_index.reporting.report.elements import Child, element, joined, own_words, void
from inovasi_index.reporting.report.findings import Findings
from inovasi_index.reporting.report.sections.grounds import (
    certainty,
    glossary,
    ineligible,
    sources,
)
from inovasi_index.reporting.report.sections.missing import missing
from inovasi_index.reporting.report.sections.next_steps import next_steps
from inovasi_index.reporting.report.sections.summary import summary
from inovasi_index.reporting.report.sections.why import why
from inovasi_index.reporting.report.voice import Voice, official
from inovasi_index.rules import Edition, load_edition

if TYPE_CHECKING:
    import os

__all__ = ["html_report", "write_report"]

_SECTIONS = {
    "summary": summary,
    "why": why,
    "missing": missing,
    "next": next_steps,
    "ineligible": ineligible,
    "certainty": certainty,
    "sources": sources,
    "glossary": glossary,
}


def html_report(
    submission: Submission,
    edition: Edition | str,
    *,
    language: Language | str = Language.ENGLISH,
    basis: Basis = Basis.DOCUMENTED,
) -> str:
    """Write a report on a submission that a person outside the field can follow.

    One HTML document with its style and pictures inside: it loads nothing, runs nothing, and
    prints on A4. It says what the score is on the three bases, why, what is missing, what to
    do next, who is not eligible, how sure the rules are, and where they come from. The same
    arguments give the same document, but for a plan that its time limit cuts short.

    Parameters
    ----------
    submission : Submission
    edition : Edition or str
        The edition or its id.
    language : Language or str
    basis : Basis, optional
        The basis that is explained; the other two stand beside it.

    Returns
    -------
    str
        Only characters that HTML may hold, whatever the names in the submission are.

    Raises
    ------
    SubmissionError
        With every fault of the submission.
    IncompleteEditionError
        When the edition lacks what the score needs. What else it lacks is left out, and the
        report says so.

    Notes
    -----
    The way to the next band is planned where SciPy is installed, within 0.8 seconds.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.reporting import html_report
    >>> submission = ii.read_submission("examples/kota-contoh.toml")
    >>> page = html_report(submission, "iid-2026", language="id")
    >>> page[:15], "53,21" in page
    ('<!doctype html>', True)
    """
    edition = edition if isinstance(edition, Edition) else load_edition(edition)
    voice = Voice(Language(language))
    found = Findings.of(submission, edition, Basis(basis))
    body = [_head(found, voice), _contents(voice)]
    for name, blocks in _SECTIONS.items():
        heading = element("h2", voice.say(f"section.{name}"))
        body.append(element("section", heading, *blocks(found, voice), id=name))
    return _page(found, voice, body)


def _head(found: Findings, voice: Voice) -> Markup:
    edition, submission = found.edition, found.submission
    said: list[Child] = [
        element("p", voice.say("kicker"), class_="kicker"),
        element("h1", own_words(submission.region.name)),
        element(
            "p",
            voice.say(
                "head",
                edition=official(edition.title),
                year=submission.year,
                basis=voice.word(f"report.about.{found.basis}"),
            ),
        ),
        element("p", voice.say("unofficial"), class_="note"),
    ]
    first, last = edition.start.year, edition.end.year
    if not first <= submission.year <= last:
        period = str(first) if first == last else f"{first}–{last}"
        other = voice.say("other_year", period=period, year=submission.year)
        said.append(element("p", other, class_="note"))
    return element("header", *said)


def _contents(voice: Voice) -> Markup:
    links = (
        element("li", element("a", voice.say(f"section.{name}"), href=f"#{name}"))
        for name in _SECTIONS
    )
    return element("nav", element("ol", *links), aria_label=voice.word("report.contents"))


@cache
def _style() -> tuple[Markup, str]:
    """Return the style sheet and the hash by which the document allows it and no other."""
    css = files("inovasi_index.reporting.report").joinpath("style.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii")
    return Markup(css), f"sha256-{digest}"


def _page(found: Findings, voice: Voice, body: list[Markup]) -> str:
    from importlib.metadata import version

    css, digest = _style()
    policy = f"default-src 'none'; style-src '{digest}'; base-uri 'none'; form-action 'none'"
    title = voice.say("title", region=found.submission.region.name)
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="referrer", content="no-referrer"),
        void("meta", name="color-scheme", content="light"),
        element("title", title),
        element("style", css),
    )
    foot = element("footer", element("p", voice.say("foot", version=version("inovasi_index"))))
    main = element("main", *body)
    whole = element("html", head, element("body", main, foot), lang=voice.language.value)
    return joined([Markup("<!doctype html>\n"), whole, Markup("\n")])


def write_report(
    path: str | os.PathLike[str],
    submission: Submission,
    edition: Edition | str,
    *,
    language: Language | str = Language.ENGLISH,
    basis: Basis = Basis.DOCUMENTED,
) -> Path:
    """Write the report of `html_report` to a file, as a whole or not at all.

    Parameters
    ----------
    path : str or os.PathLike
        The file to write or to replace.
    submission, edition, language, basis
        As for `html_report`.

    Returns
    -------
    pathlib.Path
        Where it was written.

    Raises
    ------
    OSError
        When the file cannot be written; an old file stays as it was.
    SubmissionError, IncompleteEditionError
        As for `html_report`.
    """
    from inovasi_index.io.files import write_all

    path = Path(path)
    write_all({path: html_report(submission, edition, language=language, basis=basis)})
    return path
