"""Every example in a docstring runs and prints what it shows."""

from __future__ import annotations

import doctest
import shutil
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from generated_answers import why_no_dask, why_no_spark

import inovasi_index

NEEDS = {"inovasi_index.engines.dask": why_no_dask, "inovasi_index.engines.spark": why_no_spark}
MODULES = [
    found.name
    for found in walk_packages(inovasi_index.__path__, "inovasi_index.")
    if not found.name.endswith("__main__")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty folder but for the example submission, for examples to work in."""
    folder = tmp_path_factory.mktemp("docstrings")
    shutil.copytree(Path(__file__).resolve().parents[1] / "examples", folder / "examples")
    return folder


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if name in NEEDS and (why := NEEDS[name]()) is not None:
        pytest.skip(why)
    monkeypatch.chdir(folder)
    assert doctest.testmod(import_module(name)).failed == 0


def test_examples_are_found() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = {
        t.name
        for n in ("exact", "datasets.published")
        for t in finder.find(import_module(f"inovasi_index.{n}"))
        if t.examples
    }
    assert {
        "inovasi_index.exact.round_half_up",
        "inovasi_index.datasets.published.published_scores",
        "inovasi_index.datasets.published.PublishedScore.to_columns",
    } <= found
