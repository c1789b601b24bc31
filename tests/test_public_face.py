"""What the package shows to those outside: the contract, the snapshot, a light import.

A changed public name or signature is a decision. When it is meant, write the snapshot anew:

    python tests/test_public_face.py > tests/public_names.txt
"""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, get_origin

import pytest

import inovasi_index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SNAPSHOT = Path(__file__).with_name("public_names.txt")
REFERENCE = Path(__file__).parents[1] / "docs" / "reference"

CONTRACT = [
    *("available_editions", "load_edition", "editions.compare"),
    *("Region", "Agency", "Evidence", "Answer", "Innovation", "Submission"),
    "gaps",
    *("Basis.CLAIMED", "Basis.DOCUMENTED", "Basis.VERIFIED"),
    *("read_submission", "score", "project_index"),
    *("LevelTable.from_submissions", "LevelTable.from_arrays"),
    *("datasets.published_scores", "datasets.national_counts"),
    *("weighting.WeightingScheme", "errors.InovasiIndexError"),
]


def shown_modules() -> set[str]:
    """Return the modules whose names the pages of the reference show."""
    pages = (page.read_text(encoding="utf-8") for page in REFERENCE.glob("*.md"))
    return {name for page in pages for name in re.findall(r"automodule:: (\S+)\n +:members:", page)}


def public_modules() -> Iterator[ModuleType]:
    """Yield the package, the modules right inside it, and those that the reference shows."""
    yield inovasi_index
    inside = {f"inovasi_index.{found.name}" for found in iter_modules(inovasi_index.__path__)}
    for name in sorted(inside | shown_modules()):
        if not name.startswith("inovasi_index._"):
            yield import_module(name)


def default(value: object) -> str:
    if isinstance(value, Enum):
        return str(value)
    return repr(value) if isinstance(value, str | int | float | None) else "…"


def signature(called: Any) -> str:
    """Return the parameters of a callable, in a form that no Python version changes."""
    shown = []
    parameters = list(inspect.signature(called).parameters.values())
    keyword_only = False
    for p in parameters:
        keyword_only |= p.kind is p.VAR_POSITIONAL
        if p.kind is p.KEYWORD_ONLY and not keyword_only:
            shown.append("*")
            keyword_only = True
        star = "*" if p.kind is p.VAR_POSITIONAL else "**" if p.kind is p.VAR_KEYWORD else ""
        shown.append(star + p.name + ("" if p.default is p.empty else f"={default(p.default)}"))
        if p.kind is p.POSITIONAL_ONLY:
            shown.append("/")
    return f"({', '.join(shown)})"


def described(name: str, thing: object) -> Iterator[str]:
    """Yield a line for a public name and, of a class, one for each public member."""
    if inspect.isclass(thing) and issubclass(thing, Enum):
        yield f"{name}: {', '.join(f'{m.name}={m.value!r}' for m in thing)}"
    elif inspect.isclass(thing):
        bases = ", ".join(b.__name__ for b in thing.__bases__ if b is not object)
        is_attrs = "__attrs_attrs__" in vars(thing)
        yield f"{name}{signature(thing) if is_attrs else ''}{f' is {bases}' if bases else ''}"
        for member, value in sorted(vars(thing).items()):
            if member.startswith("_"):
                continue
            if isinstance(value, classmethod | staticmethod):
                yield f"{name}.{member}{signature(value.__func__)} {type(value).__name__}"
            elif inspect.isfunction(value):
                yield f"{name}.{member}{signature(value)}"
            elif not inspect.ismemberdescriptor(value):
                yield f"{name}.{member}"
    elif callable(thing) and get_origin(thing) is None:
        yield f"{name}{signature(thing)}"
    else:
        yield name


def snapshot() -> list[str]:
    """Return a sorted line for every public name of every public module."""
    return sorted(
        {
            f"{module.__name__}: {line}"
            for module in public_modules()
            for name in getattr(module, "__all__", ())
            for line in described(name, getattr(module, name))
        }
    )


def test_public_names_are_those_of_the_snapshot() -> None:
    assert snapshot() == SNAPSHOT.read_text(encoding="utf-8").splitlines()


def test_modules_that_are_public_names_have_a_page() -> None:
    for module in public_modules():
        things = (getattr(module, name) for name in getattr(module, "__all__", ()))
        for thing in filter(inspect.ismodule, things):
            assert thing.__name__ in shown_modules(), thing


@pytest.mark.parametrize("path", CONTRACT)
def test_promised_name_exists(path: str) -> None:
    thing: Any = inovasi_index
    for name in path.split("."):
        thing = getattr(thing, name)
    assert callable(thing) or isinstance(thing, str)


def test_listed_names_exist_once_and_are_documented() -> None:
    for module in public_modules():
        names = list(getattr(module, "__all__", ()))
        assert len(names) == len(set(names)), module
        for name in names:
            thing = getattr(module, name)
            if inspect.isclass(thing) or inspect.isfunction(thing):
                assert inspect.getdoc(thing), f"{module.__name__}.{name}"


IMPORT = """
import json, sys
import numpy, attrs
before = set(sys.modules)
import inovasi_index
print(json.dumps(sorted(set(sys.modules) - before)))
"""

HEAVY = {
    "argparse", "asyncio", "email", "html", "http", "importlib.metadata", "multiprocessing",
    "sqlite3", "tomllib", "unittest", "urllib.request", "xml", "zipfile",
}  # fmt: skip


def test_import_stays_light() -> None:
    """Nothing but attrs and numpy, and no slow corner of the standard library."""
    ran = subprocess.run([sys.executable, "-c", IMPORT], check=True, capture_output=True, text=True)
    loaded = set(json.loads(ran.stdout))
    assert "inovasi_index" in loaded
    assert not loaded & HEAVY
    foreign = {m.partition(".")[0] for m in loaded} - sys.stdlib_module_names
    assert foreign <= {"inovasi_index", "numpy", "attr", "attrs"}


if __name__ == "__main__":
    sys.stdout.buffer.write(("\n".join(snapshot()) + "\n").encode())
