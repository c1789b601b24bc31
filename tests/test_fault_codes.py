"""The documentation's table of fault codes knows every code that the library gives."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

import inovasi_index as ii
from inovasi_index.records import check

EXTENSION = Path(__file__).resolve().parents[1] / "docs" / "_ext" / "fault_codes.py"


def load() -> Any:
    spec = importlib.util.spec_from_file_location("fault_codes", EXTENSION)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES = load()


@pytest.fixture(scope="module")
def codes() -> list[str]:
    """The codes of the table, row by row."""
    return [line.split("`")[1] for line in PAGES.table().splitlines()[2:]]


SPECIMEN = """
class FormError(ValueError):
    def __init__(self, message: str, code: str = "wrong-type") -> None: ...

def note(row: int, *, code: str, message: str) -> None: ...

def read(bad: bool, what: str) -> None:
    message = "first"
    note(1, code="too-old", message=message)
    message = f"{what} is bad"
    code = "bad-name" if bad else "bad-number"
    note(1, code=code, message=message)

def both(bad: bool, what: str) -> None:
    code, word = ("hole-between", "a hole") if bad else ("overlap", "an overlap")
    Fault(code, "place", word)
    Fault(f"unknown-{what}", "", "there is " + what)
    raise FormError("no", "not-this")

def why() -> tuple[str, str]:
    return "quite-wrong", "it is"
"""


def test_codes_are_found_however_they_are_written() -> None:
    found = {u.code: u.message for u in PAGES.uses({"io.x": ast.parse(SPECIMEN)})}
    assert found == {
        "wrong-type": "",
        "too-old": "first",
        "bad-name": "… is bad",
        "bad-number": "… is bad",
        "hole-between": "a hole",
        "overlap": "a hole",
        "unknown-…": "there is …",
        "not-this": "no",
        "quite-wrong": "it is",
    }


def test_table_holds_codes_that_are_given(codes: list[str]) -> None:
    patterns = [re.compile(code.replace("…", "[a-z-]+")) for code in codes]
    edition = ii.load_edition("iid-2026")
    region = ii.Region(code="99.71", name="Kota Contoh", kind="city")
    bad = ii.Submission(
        region=region,
        year=2026,
        agencies=[ii.Agency(id="a", name="A", parent="b")],
        region_points=900,
        innovations=[
            ii.Innovation(
                id="1", name="S", agency="b", affair="x", stage="y",
                answers=[ii.Answer("regulation", level=9), ii.Answer("regulasion", level=1)],
            )
        ],
    )  # fmt: skip
    given = {fault.code for fault in check(bad, edition)}
    with pytest.raises(ii.errors.SubmissionError) as caught:
        ii.Submission.from_dict({"year": "x", "regio": 1, "innovations": [{"id": "1"}]})
    given |= {fault.code for fault in caught.value.faults}
    assert len(given) >= 7
    for code in given:
        assert any(p.fullmatch(code) for p in patterns), code


def test_no_code_with_a_hyphen_is_missed(codes: list[str]) -> None:
    """Whatever looks like a code and stands where a fault is made is in the table."""
    nodes = (node for tree in PAGES.sources().values() for node in ast.walk(tree))
    for call in (n for n in nodes if isinstance(n, ast.Call)):
        if PAGES.called(call) in {"Fault", "FormError", "Finding"}:
            for value in (*call.args, *(k.value for k in call.keywords)):
                if isinstance(value, ast.Constant) and re.fullmatch(
                    r"[a-z]+(-[a-z]+)+", str(value.value)
                ):
                    assert value.value in codes


def test_the_table_is_long(codes: list[str]) -> None:
    assert len(codes) > 100
