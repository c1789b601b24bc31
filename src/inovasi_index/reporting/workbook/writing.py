"""Scores as an .xlsx file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from inovasi_index.analysis.planning import Plan
from inovasi_index.errors import BadValueError
from inovasi_index.io.files import write_all
from inovasi_index.io.workbooks import new_workbook
from inovasi_index.language import Language
from inovasi_index.records import Basis, Submission
from inovasi_index.reporting.workbook.lists import (
    add_agencies,
    add_gaps,
    add_indicators,
    add_innovations,
    add_levels,
    add_regions,
)
from inovasi_index.reporting.workbook.pages import Book
from inovasi_index.reporting.workbook.plans import add_plan
from inovasi_index.reporting.workbook.results import Results
from inovasi_index.reporting.workbook.summary import add_summary
from inovasi_index.rules import Edition, load_edition

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

__all__ = ["result_workbook", "write_result_workbook"]


def write_result_workbook(
    path: str | os.PathLike[str],
    submissions: Submission | Iterable[Submission],
    edition: Edition | str,
    *,
    language: Language | str = Language.ENGLISH,
    basis: Basis | str = Basis.DOCUMENTED,
    plan: Plan | Iterable[Plan] = (),
) -> Path:
    """Write the scores of one region or of several as an .xlsx file for people.

    The sheets are a summary (the index on the three bases, its parts, what is missing by
    cause, how sure the edition is, its sources), the regions where there are several, the
    innovations with their maturity, their levels, the agencies, the indicators, the largest
    single gaps, and the steps of a plan. Lists have headings that stay in sight and filter;
    every sheet prints on A4. Text is text, whatever it begins with and holds.

    Parameters
    ----------
    path : str or os.PathLike
        Ends in ``.xlsx``; an old file is replaced as a whole or not at all.
    submissions : Submission or iterable of Submission
    edition : Edition or str
        The edition or its id.
    language : Language or str
        Of what is ours; official wording stays as it is.
    basis : Basis or str, optional
        Whose levels and gaps are shown; indices stand on all three.
    plan : Plan or iterable of Plan, optional
        What to do next, from `inovasi_index.plan`; with several regions one for each.

    Returns
    -------
    pathlib.Path
        Where it was written.

    Raises
    ------
    BadValueError
        For another ending of the name, no submission, or a plan by another edition.
    UnknownNameError
        For a plan of another region.
    SubmissionError
        With every fault of the submissions.
    IncompleteEditionError
        When the edition lacks what the score needs. What else it lacks is left out, and the
        summary says so.
    MissingExtraError
        Without openpyxl.
    OSError
        When the file cannot be written; an old file stays as it was.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.reporting import write_result_workbook
    >>> city = ii.read_submission("examples/kota-contoh.toml")
    >>> write_result_workbook("hasil.xlsx", city, "iid-2026", language="id").name
    'hasil.xlsx'
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise BadValueError(f"{path.name}: the name of a workbook must end in .xlsx")
    data = result_workbook(submissions, edition, language=language, basis=basis, plan=plan)
    write_all({path: data})
    return path


def result_workbook(
    submissions: Submission | Iterable[Submission],
    edition: Edition | str,
    *,
    language: Language | str = Language.ENGLISH,
    basis: Basis | str = Basis.DOCUMENTED,
    plan: Plan | Iterable[Plan] = (),
) -> bytes:
    """Return the workbook of `write_result_workbook` as bytes, for an application to send.

    Parameters
    ----------
    submissions, edition, language, basis, plan
        As for `write_result_workbook`.

    Returns
    -------
    bytes
        An .xlsx file.

    Raises
    ------
    BadValueError, UnknownNameError, SubmissionError, IncompleteEditionError, MissingExtraError
        As for `write_result_workbook`.
    """
    edition = load_edition(edition) if isinstance(edition, str) else edition
    book = Book(new_workbook("writing a workbook", for_rows=True), Language(language))
    found = Results.of(
        (submissions,) if isinstance(submissions, Submission) else tuple(submissions),
        edition,
        basis=Basis(basis),
        plans=(plan,) if isinstance(plan, Plan) else tuple(plan),
    )
    add_summary(book, found)
    if found.several:
        add_regions(book, found)
    add_innovations(book, found)
    add_levels(book, found)
    add_agencies(book, found)
    add_indicators(book, found)
    add_gaps(book, found)
    add_plan(book, found)
    data = io.BytesIO()
    book.workbook.save(data)
    return data.getvalue()
