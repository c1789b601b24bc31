"""What docs/how-to/in-an-application.md promises about threads, processes and codes."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs.exceptions import FrozenInstanceError

import inovasi_index as ii
from inovasi_index.errors import Fault, FaultsError

CITY = ii.read_submission(Path(__file__).resolve().parents[1] / "examples" / "kota-contoh.toml")
EDITION = ii.load_edition("iid-2026")


def results() -> dict[str, Any]:
    scores = ii.score(CITY, EDITION, basis=ii.Basis.VERIFIED)
    return {
        "edition": EDITION,
        "submission": CITY,
        "table": scores.table,
        "scores": scores,
        "one": scores["99.71"],
        "explanation": scores["99.71"].explain(),
        "gaps": ii.gaps(CITY, EDITION),
    }


@pytest.mark.parametrize("name", results())
def test_results_travel_to_other_processes(name: str) -> None:
    there = pickle.loads(pickle.dumps(results()[name]))  # noqa: S301 - our own bytes
    if name == "scores":
        assert there["99.71"] == results()[name]["99.71"]
    elif name == "table":
        assert np.array_equal(there.levels, results()[name].levels)
    else:
        assert there == results()[name]


@pytest.mark.parametrize("name", results())
def test_results_cannot_be_changed(name: str) -> None:
    thing = results()[name]
    with pytest.raises(FrozenInstanceError):
        thing.edition = 3


def test_arrays_are_closed_or_the_callers_own() -> None:
    scores = ii.score(CITY, EDITION)
    for thing in (scores, scores.table):
        for name in dir(type(thing)):
            value = getattr(thing, name) if not name.startswith("_") else None
            if isinstance(value, np.ndarray) and value.flags.writeable:
                assert not np.shares_memory(getattr(thing, name), value), name
    with pytest.raises(ValueError, match="read-only"):
        scores.index_hundredths[0] = 0


def test_an_edition_is_read_once() -> None:
    assert ii.load_edition("iid-2026") is EDITION


def test_threads_get_the_same_results() -> None:
    shared = ii.score(CITY, EDITION, basis=ii.Basis.VERIFIED)

    def ask(n: int) -> tuple[object, ...]:
        own = ii.score(CITY, EDITION, basis=ii.Basis.VERIFIED)["99.71"]
        text = shared["99.71"].explain().to_text(("en", "id")[n % 2])
        return own.exact, own.band, text

    alone = [ask(0), ask(1)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(16))) == alone * 8


def test_errors_take_what_python_and_clusters_note_on_them() -> None:
    error = FaultsError("a form", [Fault("missing", "year", "is missing")])
    error.add_note("in the run of the night")
    error.__suppress_context__ = True
    assert error.__notes__ == ["in the run of the night"]
    assert str(error) == "a form: 1 fault\n  year: is missing [missing]"
