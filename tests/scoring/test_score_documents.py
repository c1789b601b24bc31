"""Scores and explanations keep to their schemas, and the schemas refuse anything else."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import given
from strategies import examples, submissions

import inovasi_index as ii
from inovasi_index.scoring import explanation_schema, score_document, score_schema

EDITION = ii.load_edition("iid-2026")
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "kota-contoh.toml"
SCORE = jsonschema.Draft202012Validator(score_schema())
EXPLANATION = jsonschema.Draft202012Validator(explanation_schema())


def city() -> ii.Submission:
    return ii.read_submission(EXAMPLE)


@pytest.mark.parametrize("schema", [score_schema(), explanation_schema()])
def test_schemas_are_schemas_and_json(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


def test_document_says_what_the_score_says() -> None:
    document = score_document(city(), EDITION)
    for basis in ii.Basis:
        one = ii.score(city(), EDITION, basis=basis)["99.71"]
        plain = document["bases"][basis.value]
        assert (plain["index"], plain["index_exact"]) == (str(one.index), str(one.exact))
        assert plain["band"] == one.band
    assert (document["innovations"], document["ineligible"]) == (33, 4)


@given(submissions(EDITION))
@examples(20)
def test_any_score_and_explanation_is_valid(submission: ii.Submission) -> None:
    document = json.loads(json.dumps(score_document(submission, EDITION)))
    SCORE.validate(document)
    one = ii.score(submission, EDITION, basis=ii.Basis.VERIFIED)[submission.region.code]
    for language in ("en", "id"):
        EXPLANATION.validate(json.loads(one.explain().to_json(language)))


def test_every_node_of_the_example_explains_itself_validly() -> None:
    one = ii.score(city(), EDITION, basis=ii.Basis.VERIFIED)["99.71"]
    kinds = set()
    for node in one.explain():
        if node.kind != "row" or node.subject == "regulation":
            EXPLANATION.validate(node.to_dict())
        kinds.add(node.kind)
    assert kinds == set(explanation_schema()["$defs"]["Node"]["properties"]["kind"]["enum"])


def test_an_index_that_cannot_be_classified_has_no_band() -> None:
    edition = ii.load_edition("iid-2027")
    region = ii.Region(code="99.71", name="Kota Contoh", kind="city")
    document = score_document(ii.Submission(region=region, year=2027, region_points=51), edition)
    SCORE.validate(document)
    assert document["bases"]["claimed"]["band"] is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "inovasi_index.score/2"),
        (("region",), {"code": "99.71"}),
        (("innovations",), -1),
        (("bases", "claimed", "index"), 65.64),
        (("bases", "claimed", "index_exact"), "1/0"),
        (("bases", "claimed", "band"), 3),
        (("bases", "guessed"), {}),
        (("more",), 1),
    ],
)
def test_score_schema_refuses(path: tuple[str, ...], value: object) -> None:
    changed = copy.deepcopy(score_document(city(), EDITION))
    SCORE.validate(changed)
    at: Any = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert not SCORE.is_valid(changed)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "part"),
        ("points_exact", "1.5"),
        ("citations", [{"key": "A", "words": "x", "certainty": "perhaps"}]),
        ("children", [{"kind": "row"}]),
        ("remark", "x"),
    ],
)
def test_explanation_schema_refuses(name: str, value: object) -> None:
    one = ii.score(city(), EDITION)["99.71"]
    plain = one.explain(indicator="audit_opinion").to_dict()
    EXPLANATION.validate(plain)
    assert not EXPLANATION.is_valid({**plain, name: value})
