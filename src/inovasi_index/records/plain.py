"""Records as plain dicts, lists, strings, numbers and dates, and back, without loss.

Fields that are empty or have their default are left out. Decimals stay `decimal.Decimal` and
days stay `datetime.date`; a writer of JSON turns them into what JSON has.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, TypeVar

from inovasi_index.errors import SubmissionError
from inovasi_index.records.forms import (
    Form,
    FormError,
    Many,
    Record,
    fields_of,
    require_exactly_one,
    shown,
)
from inovasi_index.records.places import Finding, Hints, Trail, faults_in_order
from inovasi_index.records.structure import doubled_answers, structural_findings
from inovasi_index.records.submission import Innovation, Submission

__all__ = ["from_plain", "to_plain"]

R = TypeVar("R")


def to_plain(record: object) -> dict[str, Any]:
    """Return a record as plain data, without empty fields and defaults.

    Parameters
    ----------
    record : Submission or any other record

    Returns
    -------
    dict
        What `from_plain` reads back into an equal record.

    Examples
    --------
    >>> from inovasi_index.records import Evidence, Verdict
    >>> to_plain(Evidence(file="decree.pdf", status="accepted"))
    {'file': 'decree.pdf', 'status': 'accepted'}
    >>> to_plain(Verdict("accepted"))
    {'status': 'accepted'}
    """
    return Record(type(record)).plain(record)


def from_plain(cls: type[R], mapping: Mapping[str, Any], place: str = "") -> R:
    """Return the record that plain data describes.

    Parameters
    ----------
    cls : type
        `Submission` or any other record class.
    mapping : mapping
        Fields by name. Days may be `datetime.date` or ISO text, exact numbers `int`,
        `Decimal`, text in plain notation or a float as it prints, enumerations their values.
        `None` stands for an optional field that is not given.
    place : str
        Where the data stand (a file, a row), put before the place of each fault.

    Raises
    ------
    SubmissionError
        With every fault of form, in the order of the input: unknown and missing fields, wrong
        types, values out of range, impossible dates, both or neither of level and value; and
        of a submission also doubled ids and answers, agencies that do not exist, circles of
        parents.

    Examples
    --------
    >>> from inovasi_index.records import Answer
    >>> from_plain(Answer, {"indicator": "regulation", "level": 3}).level
    3
    >>> from_plain(Answer, {"indicater": "regulation", "level": True}, "row 7")
    Traceback (most recent call last):
        ...
    inovasi_index.errors.SubmissionError: answer: 3 faults
      row 7.indicator: is missing [missing-field]
      row 7.indicater: there is no such field; did you mean 'indicator'? [unknown-field]
      row 7.level: expected a whole number, 0 to 9, not True [wrong-type]
    """
    reader = _Reader()
    record = reader.record(cls, mapping, ())
    if cls is Submission and record is not None:
        reader.findings.extend(structural_findings(record, reader.hints))
    elif cls is Innovation and record is not None:
        reader.findings.extend(doubled_answers(record))
    if reader.findings or not isinstance(record, cls):
        faults = faults_in_order(mapping, reader.findings, place=place)
        raise SubmissionError(cls.__name__.lower(), faults)
    return record


class _Reader:
    """Reads plain data by the forms and collects what is wrong.

    What cannot be read whole becomes a namespace of the fields that can, so that one fault
    does not hide others.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.hints = Hints()

    def record(self, cls: type, given: object, trail: Trail) -> Any:
        """Return a record, or a namespace when fields are missing or wrong, or `None`."""
        if not isinstance(given, Mapping):
            self._find(trail, "wrong-type", f"expected a table of fields, not {shown(given)}")
            return None
        before = len(self.findings)
        fields = fields_of(cls)
        values: dict[str, Any] = {}
        for name, value in given.items():
            if name not in fields:
                hint = self.hints.near(name, fields)
                message = f"there is no such field{hint or '; known: ' + ', '.join(fields)}"
                step = name if isinstance(name, str) else shown(name)
                self._find((*trail, step), "unknown-field", message)
            elif value is not None:
                values[name] = self._value(fields[name].form, value, (*trail, name))
        for name, field in fields.items():
            if field.required and name not in values:
                self._find((*trail, name), "missing-field", "is missing")
        try:
            require_exactly_one(cls, values)
        except FormError as error:
            self._find(trail, error.code, str(error))
        if len(self.findings) == before:
            return cls(**values)
        return SimpleNamespace(**{name: values.get(name) for name in fields})

    def _value(self, form: Form, value: object, trail: Trail) -> Any:
        try:
            if isinstance(form, Record):
                return self.record(form.cls, value, trail)
            if isinstance(form, Many):
                given = list(form.each(value))
                form.require_few(len(given))
                return [self._value(form.item, one, (*trail, n)) for n, one in enumerate(given)]
            return form.read(value)
        except FormError as error:
            self._find(trail, error.code, str(error))
            return None

    def _find(self, trail: Trail, code: str, message: str) -> None:
        self.findings.append(Finding(trail, code, message))
