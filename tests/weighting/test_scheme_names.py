"""Schemes by name, also from other packages: a real one is put on the path."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from inovasi_index.errors import BadValueError, FaultsError, UnknownNameError
from inovasi_index.weighting import (
    Criteria,
    Entropy,
    WeightingScheme,
    load_schemes,
    registry,
    scheme_by_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MODULE = """
from inovasi_index.weighting import Weights

class LastOnly:
    def weigh(self, criteria, data=None):
        n = len(criteria)
        return Weights(criteria.keys, [0.0] * (n - 1) + [1.0], "last only")

last = LastOnly()
nothing = object()

class NeedsArguments:
    def __init__(self, x): ...
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    monkeypatch.syspath_prepend(str(tmp_path))

    def put(package: str, **points: str) -> None:
        (tmp_path / f"{package}.py").write_text(MODULE)
        info = tmp_path / f"{package}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        lines = [f"{name} = {package}:{thing}" for name, thing in points.items()]
        (info / "entry_points.txt").write_text(
            "\n".join([f"[{registry.ENTRY_POINT_GROUP}]", *lines, ""])
        )
        importlib.invalidate_caches()

    yield put
    for package in ("weighing_aa", "weighing_bb"):
        sys.modules.pop(package, None)


def test_our_own() -> None:
    assert scheme_by_name("entropy") == Entropy()
    schemes = load_schemes()
    assert {"official", "equal", "critic", "merec", "pca"} <= set(schemes)
    assert all(isinstance(scheme, WeightingScheme) for scheme in schemes.values())


@pytest.mark.parametrize("thing", ["LastOnly", "last"])
def test_of_another_package(install: Callable[..., None], thing: str) -> None:
    install("weighing_aa", last=thing)
    criteria = Criteria.of("abc")
    assert scheme_by_name("last").weigh(criteria).to_dict() == {"a": 0, "b": 0, "c": 1}
    assert load_schemes()["last"].weigh(criteria, np.ones((2, 3)))["c"] == 1


def test_only_what_is_asked_for_is_loaded(install: Callable[..., None]) -> None:
    install("weighing_aa", last="last", broken="absent")
    assert scheme_by_name("last").weigh(Criteria.of("a"))["a"] == 1


def test_unknown_name_offers_near_misses(install: Callable[..., None]) -> None:
    install("weighing_aa", last="last")
    with pytest.raises(UnknownNameError, match="did you mean 'entropy'"):
        scheme_by_name("entropi")
    with pytest.raises(UnknownNameError, match="did you mean 'last'"):
        scheme_by_name("lasts")


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        ("absent", "weighing_aa:absent cannot be loaded"),
        ("NeedsArguments", "weighing_aa:NeedsArguments cannot be loaded"),
        ("nothing", "weighing_aa:nothing has no method weigh"),
    ],
)
def test_what_cannot_be_used(install: Callable[..., None], thing: str, message: str) -> None:
    install("weighing_aa", odd=thing)
    with pytest.raises(BadValueError, match=message):
        scheme_by_name("odd")


def test_all_that_cannot_be_used_together(install: Callable[..., None]) -> None:
    install("weighing_aa", last="last", odd="nothing", broken="absent", entropy="last")
    with pytest.raises(FaultsError) as error:
        load_schemes()
    assert sorted((fault.code, fault.place) for fault in error.value.faults) == [
        ("scheme-name-taken", "entropy"),
        ("scheme-not-loaded", "broken"),
        ("scheme-not-loaded", "odd"),
    ]
    # Our own cannot be displaced.
    assert scheme_by_name("entropy") == Entropy()


def test_name_offered_twice(install: Callable[..., None]) -> None:
    install("weighing_aa", last="last")
    install("weighing_bb", last="LastOnly")
    with pytest.raises(BadValueError, match="offered more than once: weighing_"):
        scheme_by_name("last")
    with pytest.raises(FaultsError, match="the name is taken"):
        load_schemes()
