"""A submission as sheets, in the layout that `inovasi_index.io.from_sheets` reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from inovasi_index.io.from_sheets import (
    ANSWER_PARTS,
    REGION_ITEMS,
    edition_for,
    profile_headings,
)
from inovasi_index.io.notation import evidence_text, verdict_text
from inovasi_index.records.forms import fields_of
from inovasi_index.records.submission import Agency, Answer, Innovation, Submission
from inovasi_index.rules.edition import Part

if TYPE_CHECKING:
    from inovasi_index.rules.edition import Edition

__all__ = ["sheets_of"]

Line: TypeAlias = Sequence[str | Decimal | None]


def sheets_of(submission: Submission, edition: Edition | None) -> dict[str, list[Line]]:
    """Return the lines of the sheets ``innovations``, ``region`` and ``agencies``.

    Columns that no innovation uses are left out; indicators stand in the order of the
    edition, by default that of the year, and those that it does not have after them.
    """
    edition = edition or edition_for(submission.year)
    return {
        "innovations": _innovations(submission.innovations, edition),
        "region": _region(submission, edition),
        "agencies": _agencies(submission.agencies),
    }


def _innovations(innovations: Sequence[Innovation], edition: Edition | None) -> list[Line]:
    columns: dict[str, list[str | Decimal | None]] = {}
    for name, heading in profile_headings(edition).items():
        cells = [_cell(getattr(one, name)) for one in innovations]
        if fields_of(Innovation)[name].required or any(cell is not None for cell in cells):
            columns[heading] = cells
    answers = [{answer.indicator: answer for answer in one.answers} for one in innovations]
    for key in _in_order((key for one in answers for key in one), edition, Part.INNOVATION):
        for part in ANSWER_PARTS:
            cells = [_part(one.get(key), part) for one in answers]
            if any(cell is not None for cell in cells):
                columns[key if part == "level" else f"{key}.{part}"] = cells
    return [list(columns), *(list(line) for line in zip(*columns.values(), strict=True))]


def _region(submission: Submission, edition: Edition | None) -> list[Line]:
    lines: list[Line] = [["item", *ANSWER_PARTS]]
    for item in REGION_ITEMS:
        section, _, name = item.rpartition(".")
        value = _cell(getattr(submission.region if section else submission, name))
        if value is not None:
            lines.append([item, None, value, *[None] * (len(ANSWER_PARTS) - 2)])
    answers = {answer.indicator: answer for answer in submission.answers}
    rows = _in_order(answers, edition, Part.REGION)
    return [*lines, *([key, *(_part(answers[key], part) for part in ANSWER_PARTS)] for key in rows)]


def _agencies(agencies: Sequence[Agency]) -> list[Line]:
    names = list(fields_of(Agency))
    return [names, *([_cell(getattr(agency, name)) for name in names] for agency in agencies)]


def _in_order(keys: Iterable[str], edition: Edition | None, part: Part) -> list[str]:
    given = dict.fromkeys(keys)
    official = [i.key for i in (edition.part_indicators(part) if edition else ())]
    return [key for key in official if key in given] + [k for k in given if k not in official]


def _part(answer: Answer | None, part: str) -> str | Decimal | None:
    if answer is None:
        return None
    if part == "evidence":
        return evidence_text(answer.evidence) or None
    if part == "verdict":
        return None if answer.verdict is None else verdict_text(answer.verdict)
    return _cell(getattr(answer, part))


def _cell(value: Any) -> str | Decimal | None:
    match value:
        case None | Decimal():
            return value
        case int():
            return Decimal(value)
        case float():
            return Decimal(repr(value)) if value > 1e-20 else repr(value)
        case dt.date():
            return value.isoformat()
        case str():
            return str(value) or None
        case _:
            return " | ".join(sorted(value) if isinstance(value, frozenset) else value) or None
