"""What the answers to a row look like, in the sheets of the region and of innovations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inovasi_index.io.sheets import column_letters
from inovasi_index.io.workbooks import DOUBTFUL, WRONG, colour_rule, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inovasi_index.rules import Indicator

__all__ = ["colour_answers", "parts_of"]


def parts_of(indicator: Indicator) -> tuple[str, ...]:
    """Return the parts of an answer that people give, evidence last.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> edition = ii.load_edition("iid-2026")
    >>> parts_of(edition["regulation"]), parts_of(edition["benefits"])
    (('level', 'evidence'), ('level', 'value', 'measure', 'evidence'))
    """
    value = ("value",) if indicator.numeric else ()
    measure = ("measure",) if any(rule.basis for rule in indicator.numeric) else ()
    return ("level", *value, *measure, "evidence")


def colour_answers(
    sheet: Any, parts: Sequence[str], *, first_column: int, rows: tuple[int, int]
) -> None:
    """Let answers with a level and a value, and those without evidence, change their colour.

    Parameters
    ----------
    sheet : openpyxl worksheet
    parts : sequence of str
        Parts of the answer, one column each, evidence last.
    first_column : int
    rows : tuple of int
        First and last row.
    """
    first, last = rows
    at = {p: f"${column_letters(first_column - 1 + n)}{first}" for n, p in enumerate(parts)}
    last_column = first_column + len(parts) - 1
    answered = f'{at["level"]}<>""'
    if "value" in at:
        both = colour_rule(WRONG, f'AND({answered},{at["value"]}<>"")')
        sheet.conditional_formatting.add(span((first, first_column), (last, last_column)), both)
        answered = f'OR({answered},{at["value"]}<>"")'
    unproved = colour_rule(DOUBTFUL, f'AND({answered},{at["evidence"]}="")')
    sheet.conditional_formatting.add(span((first, last_column), (last, last_column)), unproved)
