"""What cells of a template offer, ask for and refuse, and the hidden sheet of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from inovasi_index.io.labels import coded, row_label
from inovasi_index.io.templates.draft import TEXT, Draft, clipped
from inovasi_index.io.workbooks import span
from inovasi_index.records.forms import Day, Form, Number, Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from inovasi_index.rules import Indicator

__all__ = ["Checks", "add_check"]

_SHEET: Final = "lists"
# The first day that a check of dates allows, 1980-01-01, as spreadsheet programs count.
_FIRST_DAY: Final = "29221"


class Checks:
    """Makes the checks of cells and collects their choices.

    Parameters
    ----------
    draft : Draft
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._ranges: dict[tuple[str, ...], str] = {}

    def add_lists(self) -> None:
        """Add the hidden sheet with all choices that were offered."""
        sheet = self._draft.book.create_sheet(_SHEET)
        for column, choices in enumerate(self._ranges, 1):
            for row, choice in enumerate(choices, 1):
                self._draft.put(sheet, (row, column), choice, TEXT)
        sheet.sheet_state = "hidden"

    def choice(self, choices: Sequence[str], *, title: str = "", prompt: str = "") -> Any:
        """Return a check that offers choices."""
        key = tuple(choices)
        column = len(self._ranges) + 1
        cells = span((1, column), (len(key), column), fixed=True)
        return self.of_range(
            self._ranges.setdefault(key, f"{_SHEET}!{cells}"), title=title, prompt=prompt
        )

    def of_range(self, cells: str, *, title: str, prompt: str) -> Any:
        """Return a check that offers what stands in a range."""
        wrong = self._draft.say("template.wrong")
        return self._check("list", title=title, prompt=prompt, wrong=wrong, formula1=f"={cells}")

    def hint(self, title: str, prompt: str) -> Any:
        """Return a check that refuses nothing and says what is asked for."""
        return self._check(None, title=title, prompt=prompt)

    def unique(self, title: str) -> Any:
        """Return a check of ids in column A, from row 2."""
        return self._check(
            "custom",
            title=title,
            prompt=self._draft.say("template.id"),
            wrong=self._draft.say("template.unique"),
            formula1="COUNTIF($A:$A,$A2)=1",
        )

    def of_form(self, form: Form, *, title: str, prompt: str = "") -> Any:
        """Return a check of dates or numbers; `None` for a form of another kind."""
        say = self._draft.say
        match form:
            case Day():
                wrong = say("template.date")
                bounds = {"operator": "greaterThanOrEqual", "formula1": _FIRST_DAY}
                return self._check("date", title=title, prompt=wrong, wrong=wrong, **bounds)
            case Whole(lowest=low, highest=high):
                wrong = say("template.whole", lowest=low, highest=high)
                bounds = {"operator": "between", "formula1": str(low), "formula2": str(high)}
                return self._check("whole", title=title, prompt=wrong, wrong=wrong, **bounds)
            case Number(lowest=lowest, highest=highest):
                return self._number(lowest, highest, title=title, prompt=prompt)
        return None

    def of_answer(self, indicator: Indicator, part: str) -> Any:
        """Return the check of one part of an answer; `None` where there is nothing to fill in."""
        title, say = row_label(indicator), self._draft.say
        match part:
            case "level":
                numbers = range(1, indicator.top_level + 1)
                levels = [coded(n, _level_text(indicator, n)) for n in numbers]
                return self.choice(levels, title=title, prompt=say("template.level"))
            case "measure":
                bases = [coded(rule.basis, rule.name) for rule in indicator.numeric if rule.basis]
                prompt = say("template.measure")
                return self.choice(bases, title=title, prompt=prompt) if bases else None
            case "value":
                return self._value(indicator, title) if indicator.numeric else None
        lines = (self._draft.guidance(indicator), say("template.evidence"))
        return self.hint(title, "\n".join(filter(None, lines)))

    def _value(self, indicator: Indicator, title: str) -> Any:
        rules = indicator.numeric
        units = " / ".join(dict.fromkeys(rule.unit for rule in rules))
        prompt = self._draft.say("template.value", unit=units)
        if len(rules) == 1:
            ranges = (coded(n, str(bound)) for n, bound in enumerate(rules[0].bounds, 1))
            prompt = "\n".join([prompt, *ranges])
        return self._number(
            _outermost(min, [rule.domain.lower for rule in rules]),
            _outermost(max, [rule.domain.upper for rule in rules]),
            title=title,
            prompt=prompt,
            whole=all(rule.whole for rule in rules),
        )

    def _number(
        self,
        lowest: Decimal | None,
        highest: Decimal | None,
        *,
        title: str,
        prompt: str,
        whole: bool = False,
    ) -> Any:
        wrong = self._draft.say(
            "template.wrong_number",
            lowest="…" if lowest is None else lowest,
            highest="…" if highest is None else highest,
        )
        return self._check(
            "whole" if whole else "decimal",
            title=title,
            prompt=prompt or wrong,
            wrong=wrong,
            operator="between",
            formula1="-1E+15" if lowest is None else str(lowest),
            formula2="1E+15" if highest is None else str(highest),
        )

    def _check(self, kind: Any, *, title: str, prompt: str, wrong: str = "", **rule: Any) -> Any:
        from openpyxl.worksheet.datavalidation import DataValidation

        return DataValidation(
            type=kind,
            allow_blank=True,
            showErrorMessage=True,
            showInputMessage=bool(prompt),
            errorTitle=clipped(self._draft.say("template.stop"), 32),
            error=clipped(wrong, 255),
            promptTitle=clipped(title, 32) or None,
            prompt=clipped(prompt, 255) or None,
            **rule,
        )


def add_check(sheet: Any, check: Any, cells: str) -> None:
    """Put a check on cells, if there is one."""
    if check is not None:
        check.add(cells)
        sheet.add_data_validation(check)


def _level_text(indicator: Indicator, level: int) -> str | None:
    """Return the text of a level; none where it depends on the basis of measurement."""
    if any(rule.basis and rule.texts for rule in indicator.numeric):
        return None
    return indicator.text_of(level)


def _outermost(
    choose: Callable[[list[Decimal]], Decimal], bounds: Sequence[Decimal | None]
) -> Decimal | None:
    known = [bound for bound in bounds if bound is not None]
    return choose(known) if len(known) == len(bounds) else None
