"""The JSON Schema says what `from_plain` does, as far as a schema can."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import given
from strategies import SMALL, submissions, submissions_of_any_form

from inovasi_index.errors import SubmissionError
from inovasi_index.records import Submission, submission_schema

VALIDATOR = jsonschema.Draft202012Validator(submission_schema())
GOOD: dict[str, Any] = {
    "region": {"code": "63.71", "name": "Kota Banjarmasin", "kind": "city"},
    "year": 2026,
    "agencies": [{"id": "dinkes", "name": "Dinas Kesehatan"}],
    "innovations": [
        {
            "id": "1",
            "name": "Sapa",
            "agency": "dinkes",
            "latitude": -3.3,
            "trial_date": "2024-05-01",
            "answers": [{"indicator": "regulation", "level": 2, "value": None}],
        }
    ],
}


def as_json(submission: Submission) -> Any:
    def written(value: object) -> object:
        return float(value) if isinstance(value, Decimal) else str(value)

    return json.loads(json.dumps(submission.to_dict(), default=written))


def test_schema_is_one_and_is_json() -> None:
    schema = submission_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
    assert set(schema["$defs"]) == {
        "Region",
        "Agency",
        "Evidence",
        "Verdict",
        "Answer",
        "Innovation",
    }


@given(submissions(SMALL))
def test_what_is_written_is_valid(submission: Submission) -> None:
    VALIDATOR.validate(as_json(submission))


@given(submissions_of_any_form())
def test_records_of_any_form_are_valid(submission: Submission) -> None:
    VALIDATOR.validate(as_json(submission))


def put(path: tuple[Any, ...], value: object) -> dict[str, Any]:
    changed = copy.deepcopy(GOOD)
    at: Any = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return changed


INNOVATION = ("innovations", 0)
ANSWER = (*INNOVATION, "answers", 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("region", "kind"), "town"),
        (("region", "code"), ""),
        (("region", "clusters"), ["x"]),
        (("region",), None),
        (("regio",), 1),
        (("year",), "2026"),
        (("year",), True),
        (("region_points",), -1),
        (("region_points",), "51,5"),
        (("agencies",), {"id": "x"}),
        ((*INNOVATION, "asta_cita"), 9),
        ((*INNOVATION, "latitude"), 91),
        ((*INNOVATION, "trial_date"), "1 May 2024"),
        ((*INNOVATION, "times_reported"), 0),
        ((*INNOVATION, "goals"), 7),
        ((*ANSWER, "level"), 2.5),
        ((*ANSWER, "level"), -1),
        ((*ANSWER, "level"), None),
        ((*ANSWER, "value"), 3),
        ((*ANSWER, "survival"), 1.5),
        ((*ANSWER, "verdict"), {"status": "maybe"}),
        ((*ANSWER, "evidence"), [{"status": "pending", "kind": "PDF"}]),
    ],
)
def test_schema_refuses_what_the_reader_refuses(path: tuple[Any, ...], value: object) -> None:
    VALIDATOR.validate(GOOD)
    Submission.from_dict(GOOD)
    changed = put(path, value)
    assert not VALIDATOR.is_valid(changed)
    with pytest.raises(SubmissionError):
        Submission.from_dict(changed)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("innovations",), None),
        (("region_points",), "51.5"),
        ((*INNOVATION, "goals"), None),
        ((*ANSWER, "verdict"), {"status": "accepted", "level": None}),
    ],
)
def test_schema_allows_what_the_reader_allows(path: tuple[Any, ...], value: object) -> None:
    VALIDATOR.validate(put(path, value))
    Submission.from_dict(put(path, value))
