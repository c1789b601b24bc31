"""The published JSON Schema is the grammar, and every shipped edition follows it."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from inovasi_index.rules import available_editions, editions, load_edition, reading


def plain(value: Any) -> Any:
    """Return what a TOML file holds in the words of JSON."""
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = editions.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def tree_of(name: str) -> dict[str, Any]:
    text = (reading.SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    found = plain(tomllib.loads(text))
    assert isinstance(found, dict)
    return found


def test_the_shipped_schema_is_the_generated_one() -> None:
    text = (reading.SHIPPED / "edition.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == editions.schema()
    assert text == json.dumps(editions.schema(), indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", available_editions())
def test_shipped_editions_follow_the_schema(
    name: str, validator: jsonschema.Draft202012Validator
) -> None:
    assert [error.message for error in validator.iter_errors(tree_of(name))] == []


def _set(*path: str, to: Any) -> Any:
    def change(tree: dict[str, Any]) -> None:
        for step in path[:-1]:
            tree = tree[step]
        tree[path[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("colour", to="red"),
        _set("id", to="Big Id"),
        _set("period", "start", to="2026-13-45"),
        _set("formula", "total_max", to=10**7),
        _set("formula", "minimum_divisor", to=0),
        _set("formula", "minimum_divisor", to="12"),
        _set("formula", "sources", "minimum_divisor", to=5),
        _set("bands", "innovative", "lower", to=101),
        _set("innovation", "regulation", "weight", to=-1),
        _set("innovation", "regulation", "mandatory", to="yes"),
        _set("innovation", "regulation", "levels", to=[{"points": 1}] * 10),
        _set("innovation", "Regulation", to={}),
        _set("region", "licensing_growth", "numeric", to=[{"unit": "persen"}]),
        _set("completeness", "formula", "status", to="certain"),
        _set("citations", "A", to={"document": "x"}),
        _set("citations", "lower", to={"document": "x", "confidence": "y"}),
        _set("affairs", "health", "basic", to=1),
        _set("eligibility", "stages", to=["application", "application"]),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(
    change: Any, validator: jsonschema.Draft202012Validator
) -> None:
    tree = tree_of("iid-2026")
    change(tree)
    assert not validator.is_valid(tree)


def test_an_extending_file_may_leave_out_what_it_takes_over(
    validator: jsonschema.Draft202012Validator,
) -> None:
    tree = {"id": "x", "title": "X", "period": {"start": "2027-01-01", "end": "2027-12-31"}}
    assert not validator.is_valid(tree)
    assert validator.is_valid(tree | {"extends": "iid-2026"})


def test_the_schema_is_json() -> None:
    def kinds(value: Any) -> set[type]:
        if isinstance(value, dict):
            return {type(key) for key in value}.union(*map(kinds, value.values()), {dict})
        if isinstance(value, list):
            return set().union(*map(kinds, value), {list})
        return {type(value)}

    found = kinds(json.loads(json.dumps(editions.schema())))
    assert Decimal not in found
    assert found <= {dict, list, str, int, bool}


def test_the_example_of_the_reference_is_an_edition(
    tmp_path: Path, validator: jsonschema.Draft202012Validator
) -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "edition-format.md"
    if not page.exists():
        pytest.skip("the documentation is not part of this tree")
    example = page.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
    file = tmp_path / "contest.toml"
    file.write_text(example, encoding="utf-8")
    edition = load_edition(file)
    assert edition["replication"].rule_for().level_of(5) == 3
    assert validator.is_valid(plain(tomllib.loads(example)))
