"""What changed between two editions, by key: never by number, which moves from year to year."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from inovasi_index.exact import format_decimal
from inovasi_index.rules.edition import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inovasi_index.rules.edition import Edition, Indicator

__all__ = ["Change", "EditionComparison", "compared"]

Facts = dict[str, str]
_PARTS = frozenset(str(part) for part in Part)


@frozen
class Change:
    """One difference: where, and how it was and is; `None` where there was or is nothing.

    Examples
    --------
    >>> print(Change("formula.minimum_divisor", "12", "14"))
    formula.minimum_divisor: 12 → 14
    """

    place: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        before = "(none)" if self.before is None else self.before
        after = "(none)" if self.after is None else self.after
        return f"{self.place}: {before} → {after}"


@frozen
class EditionComparison:
    """All differences between two editions, those of the first one's places first.

    Attributes
    ----------
    before, after : str
        Ids of the editions.
    changes : tuple of Change
    """

    before: str
    after: str
    changes: tuple[Change, ...]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def under(self, place: str) -> tuple[Change, ...]:
        """Return the changes at a place and below it (``"innovation.regulation"``)."""
        return tuple(c for c in self.changes if f"{c.place}.".startswith(f"{place}."))

    @property
    def added(self) -> tuple[str, ...]:
        """Keys of the rows that only the second edition has."""
        return tuple(_row_key(c) for c in self.changes if _is_row(c) and c.before is None)

    @property
    def removed(self) -> tuple[str, ...]:
        """Keys of the rows that only the first edition has."""
        return tuple(_row_key(c) for c in self.changes if _is_row(c) and c.after is None)

    def __str__(self) -> str:
        n = len(self.changes)
        many = "no changes" if not n else f"{n} changes" if n > 1 else "1 change"
        return "\n  ".join([f"{self.before} → {self.after}: {many}", *map(str, self.changes)])


def _is_row(change: Change) -> bool:
    part, _, key = change.place.partition(".")
    return part in _PARTS and "." not in key


def _row_key(change: Change) -> str:
    return change.place.partition(".")[2]


def compared(before: Edition, after: Edition) -> EditionComparison:
    """Return what differs between two editions."""
    old, new = _facts(before), _facts(after)
    changes = []
    only_once = {row.key for row in before.indicators} ^ {row.key for row in after.indicators}
    for place in old | new:
        part, _, inner = place.partition(".")
        key, _, field = inner.partition(".")
        # A row of one edition is one change; a row of both is compared field by field.
        if part in _PARTS and (key in only_once) is bool(field):
            continue
        if old.get(place) != new.get(place):
            changes.append(Change(place, old.get(place), new.get(place)))
    return EditionComparison(before.id, after.id, tuple(changes))


def _facts(edition: Edition) -> Facts:
    """Return everything that is compared, as text by place; what is unknown is left out."""
    found: dict[str, object] = {}
    formula, eligibility = edition.formula, edition.eligibility
    for name in ("total_max", "region_max", "maturity_max", "count_max", "points_per_innovation"):
        found[f"formula.{name}"] = _points(getattr(formula, f"{name}_hundredths"))
    for name in ("minimum_divisor", "count_cap", "basic_affairs_needed", "decimals"):
        found[f"formula.{name}"] = getattr(formula, name)
    for band in edition.bands:
        found[f"bands.{band.key}.name"] = band.name
        found[f"bands.{band.key}.lower"] = _points(band.lower_hundredths)
        found[f"bands.{band.key}.upper"] = _points(band.upper_hundredths)
    found["eligibility.stages"] = ", ".join(eligibility.stages) or None
    for name in (
        "window_start",
        "window_end",
        "development_counts",
        "design_min_words",
        "mandatory_rows",
        "max_reports",
    ):
        found[f"eligibility.{name}"] = getattr(eligibility, name)
    for row in edition.indicators:
        found |= {f"{row.part}.{row.key}{field}": said for field, said in _row_facts(row)}
    return {place: str(value) for place, value in found.items() if value is not None}


def _row_facts(row: Indicator) -> Iterator[tuple[str, object]]:
    yield "", row.name
    yield ".code", row.code
    yield ".variable", row.variable
    yield ".name", row.name
    yield ".weight", _points(row.weight_hundredths)
    yield ".mandatory", row.mandatory
    for level in row.levels:
        yield f".levels[{level.number}]", level.text
    for rule in row.numeric:
        place = f".numeric.{rule.basis}" if rule.basis else ".numeric"
        yield f"{place}.unit", rule.unit
        for n, bound in enumerate(rule.bounds, 1):
            yield f"{place}.bounds[{n}]", bound
    yield ".definition", row.definition
    yield ".evidence", None if row.evidence is None else "; ".join(row.evidence)
    yield ".file_types", None if row.file_types is None else ", ".join(sorted(row.file_types))


def _points(hundredths: int | None) -> str | None:
    return None if hundredths is None else format_decimal(Fraction(hundredths, 100))
