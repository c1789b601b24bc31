"""The JSON Schema of a submission as plain data, made from the forms of the records."""

from __future__ import annotations

from typing import Any

from inovasi_index.records.forms import Field, Many, Record, fields_of
from inovasi_index.records.submission import Submission

__all__ = ["submission_schema"]


def submission_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `Submission.from_dict` reads.

    A schema sees one value at a time: doubled ids, agencies that do not exist and whatever an
    edition asks for are found by `from_plain` and `check` only.

    Returns
    -------
    dict
        With one entry a record class under ``$defs``.

    Examples
    --------
    >>> schema = submission_schema()
    >>> schema["required"], schema["$defs"]["Verdict"]["properties"]["status"]
    (['region', 'year'], {'enum': ['accepted', 'rejected']})
    """
    definitions: dict[str, Any] = {}
    _define(Submission, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Submission",
        "description": "What one region reports for one year of the regional innovation index",
        **definitions.pop("Submission"),
        "$defs": definitions,
    }


def _define(cls: type, definitions: dict[str, Any]) -> None:
    fields = fields_of(cls)
    definitions[cls.__name__] = {
        "type": "object",
        "properties": {name: _property(field) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }
    if names := getattr(cls, "EXACTLY_ONE", ()):
        definitions[cls.__name__]["oneOf"] = [
            {"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in names
        ]
    for field in fields.values():
        form = field.form.item if isinstance(field.form, Many) else field.form
        if isinstance(form, Record) and form.cls.__name__ not in definitions:
            _define(form.cls, definitions)


def _property(field: Field) -> dict[str, Any]:
    schema = field.form.schema()
    return schema if field.required else {"anyOf": [schema, {"type": "null"}]}
