"""The web service of the examples, asked by its own client."""

from __future__ import annotations

import json
import warnings
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest
from example_apps import EXAMPLES, load

import inovasi_index as ii

pytest.importorskip("fastapi", reason="the group 'examples' is not installed")
pytest.importorskip("httpx", reason="the group 'examples' is not installed")

with warnings.catch_warnings():
    # Which client Starlette prefers is its own affair.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

APP = load("web_service")
CLIENT = TestClient(APP.app, raise_server_exceptions=True)


@pytest.fixture(scope="module")
def city() -> dict[str, Any]:
    submission = ii.read_submission(EXAMPLES / "kota-contoh.toml")

    def written(value: object) -> object:
        return float(value) if isinstance(value, Decimal) else str(value)

    plain: dict[str, Any] = json.loads(json.dumps(submission.to_dict(), default=written))
    return plain


def test_editions_are_listed_with_their_completeness() -> None:
    listed = CLIENT.get("/editions").json()
    assert [e["id"] for e in listed] == list(ii.available_editions())
    assert set(listed[5]["completeness"].values()) <= {"official", "inferred"}


def test_score_and_explanation_keep_to_the_schemas_that_are_handed_out(
    city: dict[str, Any],
) -> None:
    jsonschema.validate(city, CLIENT.get("/schema/submission").json())
    answer = CLIENT.post("/score?basis=verified", json=city)
    assert answer.status_code == 200
    body = answer.json()
    jsonschema.validate(body["score"], CLIENT.get("/schema/score").json())
    jsonschema.validate(body["explanation"], CLIENT.get("/schema/explanation").json())
    assert body["score"]["bases"]["verified"]["index"] == "34.10"
    assert body["explanation"]["share_exact"] == body["score"]["bases"]["verified"]["index_exact"]


@pytest.mark.parametrize(
    ("language", "sentence"), [("id", "rancang bangun"), ("en", "the design has 27 words")]
)
def test_validation_says_what_would_not_be_scored(
    city: dict[str, Any], language: str, sentence: str
) -> None:
    body = CLIENT.post(f"/validate?language={language}", json=city).json()
    assert body["ok"]
    assert body["edition"] == "iid-2026"
    assert len(body["ineligible"]) == 4
    assert sentence in body["ineligible"]["kebun-sains"][0]["text"]


@pytest.mark.parametrize("path", ["/validate", "/score"])
def test_all_faults_come_at_once_with_codes(city: dict[str, Any], path: str) -> None:
    city = json.loads(json.dumps(city))
    city["innovations"][0]["affair"] = "helth"
    city["innovations"][1]["answers"][0]["indicator"] = "regulasion"
    city["innovations"][2]["agency"] = "nobody"
    answer = CLIENT.post(path, json=city)
    assert answer.status_code == 422
    faults = answer.json()["faults"]
    assert "unknown-agency" in {f["code"] for f in faults}
    assert all(f["place"] and f["message"] for f in faults)
    city["innovations"][2]["agency"] = city["innovations"][1]["agency"]
    faults = CLIENT.post(path, json=city).json()["faults"]
    assert [f["code"] for f in faults] == ["unknown-affair", "unknown-indicator"]
    assert "did you mean 'health'" in faults[0]["message"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"\xff", "not-json"),
        (b'{"year": 1e99999999999999999999}', "not-json"),
        (b'{"year": 2026, "year": 2025}', "not-json"),
        (b'{"year": ' + b"9" * 6000 + b"}", "not-json"),
        (b"[]", "wrong-type"),
    ],
)
def test_a_body_that_is_no_submission(body: bytes, code: str) -> None:
    answer = CLIENT.post("/score", content=body)
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["code"] == code


def test_deep_nesting_and_large_bodies_are_refused() -> None:
    assert CLIENT.post("/score", content=b"[" * 200_000).status_code == 422
    assert CLIENT.post("/score", content=b" " * (APP.LARGEST_BODY + 1)).status_code == 413


def test_only_editions_by_name_are_opened(city: dict[str, Any]) -> None:
    for name in ("iid-1999", "/etc/passwd", "../iid-2026.toml"):
        answer = CLIENT.post("/score", params={"edition": name}, json=city)
        assert answer.status_code == 404
    assert "iid-2026" in CLIENT.post("/score?edition=iid-206", json=city).json()["error"]
    assert CLIENT.get("/schema/nothing").status_code == 404


def test_an_edition_that_lacks_the_formula_says_so(city: dict[str, Any]) -> None:
    bare = {"region": city["region"], "year": 2021}
    answer = CLIENT.post("/score", json=bare)
    assert answer.status_code == 409
    assert "region_points=" in answer.json()["error"]


def test_answers_do_not_depend_on_who_asks_at_the_same_time(city: dict[str, Any]) -> None:
    alone = CLIENT.post("/score", json=city).json()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: CLIENT.post("/score", json=city).json(), range(16)))
    assert all(answer == alone for answer in answers)
