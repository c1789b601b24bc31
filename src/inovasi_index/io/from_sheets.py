"""A submission out of sheets: one row an innovation, an agency, a row of the region part.

The sheet of innovations has a column for each field of the profile and for each row of the
innovation part: its key or official number alone holds the level, ``key.value`` a raw value,
``key.measure`` its basis of measurement, ``key.evidence`` and ``key.verdict`` what
`inovasi_index.io.notation` describes, ``key.survival`` a probability. Where a field and an
indicator have the same name (``benefits``), the column of the field is ``profile.benefits``.

The sheet of the region has the columns ``item``, ``value``, ``level``, ``measure``,
``evidence``, ``verdict`` and ``survival``. Items are ``region.code``, ``region.name``,
``region.kind``, ``region.clusters``, ``year`` and ``region_points``, which have a value only,
and the keys or numbers of the region part.

Headings, items and choices may also be labelled in English or Indonesian, as in the template
(see `inovasi_index.io.labels`); an indicator may be called by its number and name, a level by
its official text (``2 · Peraturan Kepala Daerah``), an agency by its name.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import frozen

from inovasi_index.errors import Fault, SubmissionError, near_misses
from inovasi_index.io.cells import degrees_of, text_of, value_of
from inovasi_index.io.columns import SPELLINGS, Table, heading_text
from inovasi_index.io.labels import (
    SEPARATOR,
    answer_spellings,
    choice_words,
    item_spellings,
    row_label,
    spellings_of,
)
from inovasi_index.io.notation import read_evidence, read_verdict
from inovasi_index.io.words import Words, folded
from inovasi_index.records.checking import check
from inovasi_index.records.forms import Choice, Field, FormError, Many, fields_of, shown
from inovasi_index.records.plain import from_plain
from inovasi_index.records.submission import Agency, Answer, Innovation, Region, Submission
from inovasi_index.rules.edition import Part
from inovasi_index.rules.loading import available_editions, load_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping
    from enum import StrEnum

    from inovasi_index.io.sheets import Cell, Row, Sheet
    from inovasi_index.rules.edition import Edition, Indicator

__all__ = ["ANSWER_PARTS", "REGION_ITEMS", "edition_for", "profile_headings", "submission_from"]

#: What an answer may consist of, in the order of the columns.
ANSWER_PARTS = ("level", "value", "measure", "evidence", "verdict", "survival")

#: Items of the region's sheet that are not rows of the region part, with their fields.
REGION_ITEMS: Mapping[str, Field] = {
    "year": fields_of(Submission)["year"],
    **{f"region.{name}": field for name, field in fields_of(Region).items()},
    "region_points": fields_of(Submission)["region_points"],
}

_PROFILE = {name: field for name, field in fields_of(Innovation).items() if name != "answers"}
# Keys of indicators that are also fields of the profile, in every edition.
_CLASHES = frozenset({"benefits"})


def edition_for(year: object) -> Edition | None:
    """Return the shipped edition of a year, if there is one."""
    name = f"iid-{year}"
    return load_edition(name) if name in available_editions() else None


def profile_headings(edition: Edition | None) -> dict[str, str]:
    """Return the heading of each field of the profile, in order."""
    clashes = _CLASHES | {indicator.key for indicator in edition or ()}
    return {name: f"profile.{name}" if name in clashes else name for name in _PROFILE}


def submission_from(
    sheets: Mapping[str, Sheet], edition: Edition | None, *, checked: bool = False
) -> tuple[Submission | None, list[Fault]]:
    """Return the submission that sheets hold, or `None` and every fault.

    Parameters
    ----------
    sheets : mapping of str to Sheet
        By ``"region"``, ``"innovations"`` and, when there is one, ``"agencies"``. Without it
        the agencies are those that the innovations name.
    edition : Edition or None
        Whose numbers and official words are understood; by default that of the year, when
        one is shipped.
    checked : bool
        Whether to note what the edition does not allow as well.
    """
    region = _RegionSheet(sheets["region"])
    edition = edition or edition_for(region.plain.get("year"))
    region.read_answers(edition)
    innovations = _InnovationsSheet(sheets["innovations"], edition)
    if edition is None:
        innovations.note_cause(region.plain.get("year"))
    plain = {**region.plain, "answers": region.records, "innovations": innovations.records}
    parts: dict[str, _Records] = {"answers": region, "innovations": innovations}
    if "agencies" in sheets:
        agencies = _AgenciesSheet(sheets["agencies"])
        parts = {"answers": region, "agencies": agencies, **parts}
        plain["agencies"] = agencies.records
        agencies.replace_names(agencies.records, "parent")
        agencies.replace_names(innovations.records, "agency")
    else:
        named = dict.fromkeys(i["agency"] for i in innovations.records if "agency" in i)
        plain["agencies"] = [{"id": name, "name": name} for name in named]
    for part in parts.values():
        part.rows_at_fault = part.table.rows_at_fault
    submission = None
    try:
        submission = from_plain(Submission, plain)
    except SubmissionError as error:
        found = error.faults
    else:
        found = check(submission, edition) if checked and edition else ()
    for fault in found:
        _locate(fault, parts, region)
    faults = [fault for part in parts.values() for fault in part.table.faults]
    return (None if faults else submission), faults


# Ids are written by people and may look like any part of a place.
_ID = re.compile(r""" \(id (?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\)""")
_ONE_OF_A_LIST = re.compile(r"(agencies|innovations|answers)\[(\d+)\]")
_BEFORE = re.compile(rf"{_ONE_OF_A_LIST.pattern}\Z")


def _locate(fault: Fault, parts: Mapping[str, _Records], region: _RegionSheet) -> None:
    """Note a fault of a record at the row and column from which it was read."""
    place = _ID.sub("", fault.place)
    one = _ONE_OF_A_LIST.match(place)
    part = parts.get(one[1] if one else fault.place)
    if one is None or part is None:
        table = (part or region).table
        if fault.place not in region.items_at_fault:
            message = fault.message if part else f"{fault.place}: {fault.message}"
            table.note(fault.code, message, row=table.headings.number)
        return
    n = int(one[2])
    origin = part.origins[n]
    target = _target(place, origin, part.table.columns)
    column = part.table.columns.get(target)
    if fault.code == "missing-field" and (column is None or origin.row in part.rows_at_fault):
        return  # it is missing because its column is, or because it could not be read
    said = _said(fault, parts, part.records[n].get(target))
    part.table.note(fault.code, said, row=origin.row, column=column)


def _target(place: str, origin: _Origin, columns: Container[str]) -> str:
    """Return which of the columns a place inside a record was read from."""
    answer = re.search(r"\.answers\[(\d+)\](?:\.(\w+))?", place)
    if answer is None:
        field = re.search(r"\.(\w+)(?:\[\d+\])?$", place)
        return field[1] if field else ""
    first = origin.answers[int(answer[1])]
    exact = f"{first.partition('.')[0]}.{answer[2]}"
    return exact if exact in columns else first


def _said(fault: Fault, parts: Mapping[str, _Records], given: object) -> str:
    """Return the message of a fault in the words of sheets: rows, and names of agencies."""
    said = fault.message
    if fault.code.startswith("duplicate-"):
        said = _BEFORE.sub(lambda at: f"row {parts[at[1]].origins[int(at[2])].row}", said)
    if fault.source:
        said += f" ({fault.source})"
    agencies = parts.get("agencies")
    if (
        fault.code == "unknown-agency"
        and "did you mean" not in said
        and isinstance(agencies, _AgenciesSheet)
    ):
        said += agencies.meant(given)
    return said


@frozen
class _Origin:
    """Where a record was read: its row, and the column of each of its answers."""

    row: int
    answers: tuple[str, ...] = ()


class _Records:
    """The plain records of a sheet, each with its origin."""

    table: Table

    def __init__(self) -> None:
        self.rows_at_fault: set[int] = set()
        self.records: list[dict[str, Any]] = []
        self.origins: list[_Origin] = []

    def add(self, row: Row, plain: Mapping[str, Any], answers: tuple[str, ...] = ()) -> None:
        """Add a record without its empty fields."""
        self.records.append({name: value for name, value in plain.items() if value is not None})
        self.origins.append(_Origin(row.number, answers))

    def answer(
        self, row: Row, key: str, columns: Mapping[str, str], indicator: Indicator | None
    ) -> dict[str, Any] | None:
        """Return the plain answer to a row; `None` when there is none or it is at fault."""
        given = [part for part, column in columns.items() if self.table.has(row, column)]
        read = {
            part: self.table.read(
                row,
                columns[part],
                partial(_level, indicator=indicator) if part == "level" else _ANSWER_READERS[part],
            )
            for part in given
        }
        if not given or None in read.values():
            return None
        return {"indicator": key, **read}


class _AgenciesSheet(_Records):
    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        fields = fields_of(Agency)
        known = {name: name for name in fields} | spellings_of("agencies", fields)
        self.table = Table(sheet, known, needed=("id", "name"))
        for row in self.table.rows:
            self.add(row, {n: self.table.read(row, n, _reader(n, f)) for n, f in fields.items()})
        self._ids = {record["id"] for record in self.records if "id" in record}
        self._named: dict[str, list[str]] = {}  # ids by folded name
        self._spelled: dict[str, str] = {}
        for record in self.records:
            if {"id", "name"} <= record.keys():
                name = folded(record["name"])
                self._named.setdefault(name, []).append(record["id"])
                self._spelled[name] = shown(record["name"])

    def replace_names(self, records: Iterable[dict[str, Any]], field: str) -> None:
        """Put the id of an agency where its name stands, if one agency only has it."""
        for record in records:
            given = record.get(field)
            if given is not None and given not in self._ids:
                ids = self._named.get(folded(given), ())
                record[field] = ids[0] if len(ids) == 1 else given

    def meant(self, given: object) -> str:
        """Return a hint with the agencies that have the name, or names that come close."""
        if ids := self._named.get(folded(str(given))):
            listed = " or ".join(map(shown, ids[:9]))
            return f"; several have this name: write the id, {listed}"
        return self.table.hints.meant(str(given), self._spelled)


class _RegionSheet(_Records):
    """The region's sheet; `plain` holds the items that are no rows of the region part."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        known = {name: name for name in ("item", *ANSWER_PARTS)}
        known |= spellings_of("region", ("item",)) | spellings_of("answer", ANSWER_PARTS)
        self.table = Table(sheet, known, needed=("item", "value"))
        self._items = item_spellings(REGION_ITEMS)
        self.plain: dict[str, Any] = {"region": {}}
        # Without one of its columns nothing more can be said of any item.
        complete = {"item", "value"} <= self.table.columns.keys()
        self.items_at_fault: set[str] = set() if complete else {"region", *REGION_ITEMS}
        seen: set[str] = set()
        for row in self.table.rows:
            item = self._item(row)
            if item in REGION_ITEMS:
                self._read_item(item, row, doubled=item in seen)
                seen.add(item)

    def _item(self, row: Row) -> str:
        text = heading_text(row.cells.get(self.table.columns.get("item", -1)))
        return self._items.get(folded(text), text.casefold())

    def _read_item(self, item: str, row: Row, *, doubled: bool) -> None:
        if doubled:
            self.table.note("doubled-item", f"a second row for {item!r}", row=row.number)
        for part in ANSWER_PARTS:
            if part != "value" and self.table.has(row, part):
                message = f"{item!r} has a value and nothing else"
                column = self.table.columns[part]
                self.table.note("no-answer", message, row=row.number, column=column)
        value = self.table.read(row, "value", _reader(item, REGION_ITEMS[item]))
        section, _, name = item.rpartition(".")
        if value is not None:
            (self.plain["region"] if section else self.plain)[name] = value
        elif self.table.has(row, "value"):
            self.items_at_fault.add(item)

    def read_answers(self, edition: Edition | None) -> None:
        """Read the rows of the region part."""
        keys = _keys(edition, Part.REGION)
        for row in self.table.rows:
            item = self._item(row)
            key = keys.get(folded(item)) if edition else item
            if item in REGION_ITEMS:
                continue
            if key:
                indicator = edition[key] if edition else None
                plain = self.answer(row, key, {part: part for part in ANSWER_PARTS}, indicator)
                if plain:
                    self.add(row, plain)
            elif item:
                hint = self.table.hints.near(folded(item), [*self._items, *keys])
                message = f"{shown(item)} is no row of the region part{hint}"
                column = self.table.columns["item"]
                self.table.note("unknown-item", message, row=row.number, column=column)
            elif "item" in self.table.columns:
                self.table.note("missing-item", "the item is missing", row=row.number)


class _InnovationsSheet(_Records):
    def __init__(self, sheet: Sheet, edition: Edition | None) -> None:
        super().__init__()
        known = {
            folded(text): name
            for name, heading in profile_headings(edition).items()
            for text in (*SPELLINGS.get(name, ()), f"profile.{name}", heading)
        }
        known |= spellings_of("innovations", _PROFILE)
        keys = _keys(edition, Part.INNOVATION) if edition else _keys_among(sheet, known)
        for spelling, key in keys.items():
            known |= {f"{spelling}.{part}": f"{key}.{part}" for part in ANSWER_PARTS}
            known[spelling] = f"{key}.level"
        for indicator in edition.innovation_indicators if edition else ():
            parts = answer_spellings(indicator, ANSWER_PARTS)
            known |= {spelling: f"{indicator.key}.{part}" for spelling, part in parts.items()}
        self.table = Table(sheet, known, needed=("id", "name", "agency"))
        words = Words(edition) if edition else None
        readers = {name: _reader(name, field, words) for name, field in _PROFILE.items()}
        columns = {
            key: {part: f"{key}.{part}" for part in ANSWER_PARTS}
            for key in dict.fromkeys(keys.values())
            if any(f"{key}.{part}" in self.table.columns for part in ANSWER_PARTS)
        }
        for row in self.table.rows:
            plain = {name: self.table.read(row, name, read) for name, read in readers.items()}
            answers = {
                key: self.answer(row, key, parts, edition[key] if edition else None)
                for key, parts in columns.items()
            }
            given = {key: answer for key, answer in answers.items() if answer}
            plain["answers"] = list(given.values())
            self.add(row, plain, tuple(self._column_of(key) for key in given))

    def note_cause(self, year: int | None) -> None:
        """Note why columns are unknown, where the year has no edition."""
        if year is not None and "unknown-column" in {fault.code for fault in self.table.faults}:
            message = f"no edition is shipped for {year}, so only keys are known; give the edition"
            self.table.note("no-edition", message, row=self.table.headings.number)

    def _column_of(self, key: str) -> str:
        parts = (f"{key}.{part}" for part in ANSWER_PARTS)
        return next(part for part in parts if part in self.table.columns)


def _keys(edition: Edition | None, part: Part) -> dict[str, str]:
    """Return the keys of the rows of a part, by folded key, official number, and both names."""
    rows = edition.part_indicators(part) if edition else ()
    numbers = {folded(row.code): row.key for row in rows if row.code}
    labels = {folded(row_label(row)): row.key for row in rows}
    return labels | numbers | {folded(row.key): row.key for row in rows}


_ANSWER_HEADING = re.compile(rf"([a-z][a-z0-9_]*)(?:\.(?:{'|'.join(ANSWER_PARTS)}))?")


def _keys_among(sheet: Sheet, known: Mapping[str, str]) -> dict[str, str]:
    """Return what must be keys among the headings, where no edition can tell."""
    texts = (heading_text(cell) for cell in sheet.rows[0].cells.values())
    matches = (_ANSWER_HEADING.fullmatch(text) for text in texts if folded(text) not in known)
    return {folded(match[1]): match[1] for match in matches if match}


def _reader(name: str, field: Field, words: Words | None = None) -> Callable[[Cell], Any]:
    """Return how the cells of a field are read."""
    form = field.form
    if isinstance(form, Many):
        affairs = words if words is not None and words.knows("affair") else None
        return lambda cell: _several(text_of(cell), form, affairs)
    if words is not None and words.knows(name):
        return lambda cell: _word(name, text_of(cell), words)
    if isinstance(form, Choice):
        return lambda cell: _choice(form, text_of(cell))
    if name in {"latitude", "longitude"}:
        return lambda cell: form.read(degrees_of(cell))
    return lambda cell: value_of(form, cell)


def _several(text: str, form: Many, affairs: Words | None) -> list[Any]:
    if affairs is not None:
        keys, unknown = affairs.affairs(text)
        return [*keys, *unknown]
    items = (item.strip() for item in text.split("|") if item.strip())
    one = form.item
    return [_choice(one, item) if isinstance(one, Choice) else one.read(item) for item in items]


def _choice(form: Choice, text: str) -> StrEnum:
    """Return the member that a value or a label means."""
    known = choice_words(form.members)
    if folded(text) not in known:
        message = f"{shown(text)} is not one of {', '.join(known)}{near_misses(text, known)}"
        raise FormError(message, "unknown-choice")
    return form.read(known[folded(text)])


def _word(name: str, text: str, words: Words) -> str:
    """Return the key of an official word; another word stays for the check to name."""
    if name != "affair":
        return words.term(name, text) or text
    keys, unknown = words.affairs(text)
    return keys[0] if len(keys) == 1 and not unknown else text


def _level(cell: Cell, indicator: Indicator | None) -> int:
    """Return a level: its number, its official text, or both."""
    if isinstance(cell, str) and indicator is not None and not cell[:1].isdigit():
        texts = {folded(level.text): level.number for level in indicator.levels if level.text}
        if cell[:1].isalpha() and folded(cell) not in texts:
            message = (
                f"{shown(cell)} is no level of {row_label(indicator)!r}; write its number, 0 to "
                f"{indicator.top_level}, or its official text"
            )
            raise FormError(message, "level-text")
        cell = Decimal(texts[folded(cell)]) if folded(cell) in texts else cell
    elif isinstance(cell, str) and SEPARATOR in cell:
        number, _, words = cell.partition(SEPARATOR)
        known = indicator is not None and re.fullmatch(r"[0-9]{1,3}", number)
        official = indicator.text_of(int(number)) if indicator and known else None
        if indicator is not None and folded(words) != folded(official or ""):
            message = (
                f"{shown(cell)}: that is no level of {row_label(indicator)!r}; its text is "
                f"{official!r}"
                if official
                else f"{shown(cell)} is no level of {row_label(indicator)!r}"
            )
            raise FormError(message, "level-text")
        cell = number
    try:
        level: int = value_of(fields_of(Answer)["level"].form, cell)
    except FormError as error:
        if error.code not in {"out-of-range", "not-a-number", "wrong-type"}:
            raise
        message = f"{error}; a raw value belongs into the column of values"
        raise FormError(message, error.code) from None
    return level


def _measure(cell: Cell) -> str:
    """Return a basis of measurement, whose text may follow."""
    code: str = value_of(fields_of(Answer)["measure"].form, cell)
    return code.partition(SEPARATOR)[0]


_ANSWER_READERS: Mapping[str, Callable[[Cell], Any]] = {
    "measure": _measure,
    "evidence": lambda cell: read_evidence(text_of(cell)),
    "verdict": lambda cell: read_verdict(text_of(cell)),
    **{n: _reader(n, fields_of(Answer)[n]) for n in ("value", "survival")},
}
