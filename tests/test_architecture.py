"""The law of docs/explanation/architecture.md, held by reading every import in src."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "inovasi_index"
SOURCE = ROOT / "src" / PACKAGE

KERNEL_IMPORTS = {"numpy", "scipy", "math", "__future__", "typing", "collections.abc"}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "base", "manager", "common", "misc"}


class Import(NamedTuple):
    """One imported module, and where and when it is imported."""

    target: str
    line: int
    at_import: bool  # runs when the importing module is imported


def rooms() -> dict[str, int]:
    """Read the order of the rooms from the table of the page that states the law."""
    page = (ROOT / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+`) \|", page, flags=re.MULTILINE)
    return {name: rank for rank, row in enumerate(rows) for name in re.findall(r"`(\w+)`", row)}


def modules() -> dict[str, Path]:
    """Return every module of the package by its dotted name inside the package."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()
ROOMS = rooms()


def imports(source: str, module: str, *, is_package: bool) -> Iterator[Import]:
    """Yield every import of a module, also those inside functions and `TYPE_CHECKING`."""
    home = [PACKAGE, *filter(None, module.split("."))]
    package = home if is_package else home[:-1]

    def walk(node: ast.AST, *, at_import: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, at_import)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                is_module = f"{origin}.{alias.name}".removeprefix(f"{PACKAGE}.") in MODULES
                yield Import(
                    f"{origin}.{alias.name}" if is_module else origin, node.lineno, at_import
                )
        for field, value in ast.iter_fields(node):
            deferred = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or (
                isinstance(node, ast.If)
                and field == "body"
                and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
            )
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from walk(child, at_import=at_import and not deferred)

    yield from walk(ast.parse(source), at_import=True)


@cache
def imports_of(module: str) -> list[Import]:
    path = MODULES[module]
    source = path.read_text(encoding="utf-8")
    return list(imports(source, module, is_package=path.name == "__init__.py"))


def room_of(module: str) -> str:
    first = module.split(".", maxsplit=1)[0]
    return "cli" if first == "__main__" else first


def is_kernel(module: str) -> bool:
    return "kernels" in module.split(".")


def inside(target: str) -> str | None:
    """Return the name inside the package, or `None` for a foreign module."""
    if target == PACKAGE:
        return ""
    return target.removeprefix(f"{PACKAGE}.") if target.startswith(f"{PACKAGE}.") else None


def distributions(table: dict[str, list[str]]) -> set[str]:
    return {re.split(r"[^\w.-]", d)[0] for group in table.values() for d in group}


def test_the_page_names_the_rooms_in_order() -> None:
    assert list(ROOMS)[:6] == ["errors", "later", "exact", "language", "markup", "untrusted"]
    assert list(ROOMS)[6:8] == ["rules", "records"]
    assert ROOMS["errors"] == ROOMS["language"] < ROOMS["rules"] < ROOMS["records"]
    assert list(ROOMS)[-1] == "cli"


@pytest.mark.parametrize("module", [m for m in MODULES if m])
def test_module_has_a_room(module: str) -> None:
    assert room_of(module) in ROOMS, f"{module} stands in no room of architecture.md"


@pytest.mark.parametrize("module", MODULES)
def test_module_has_a_telling_name(module: str) -> None:
    assert not BANNED_NAMES.intersection(part.strip("_") for part in module.split("."))


@pytest.mark.parametrize("module", [m for m in MODULES if m and room_of(m) != "cli"])
def test_module_imports_only_from_rooms_above(module: str) -> None:
    own = ROOMS[room_of(module)]
    for target, line, _ in imports_of(module):
        name = inside(target)
        if name is None:
            continue
        where = f"{module}:{line} imports {target}"
        assert name, f"{where}: the face of the package is for those outside"
        assert ROOMS[room_of(name)] <= own, f"{where}: {room_of(name)} stands below"


@pytest.mark.parametrize("module", MODULES)
def test_module_needs_only_attrs_and_numpy_to_be_imported(module: str) -> None:
    for target, line, at_import in imports_of(module):
        top = target.split(".")[0]
        if at_import and top not in sys.stdlib_module_names | {PACKAGE}:
            assert top in {"attrs", "numpy"}, f"{module}:{line} imports {target}"


@pytest.mark.parametrize("module", MODULES)
def test_module_uses_only_declared_dependencies(module: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = distributions({"": project["dependencies"], **project["optional-dependencies"]})
    for target, line, _ in imports_of(module):
        top = target.split(".")[0]
        if top not in sys.stdlib_module_names | {PACKAGE}:
            assert top in declared, f"{module}:{line} imports {target}"


KERNELS = [m for m in MODULES if is_kernel(m)]


@pytest.mark.parametrize("module", KERNELS)
def test_kernel_imports_nothing_but_arrays(module: str) -> None:
    for target, line, _ in imports_of(module):
        name = inside(target)
        where = f"{module}:{line} imports {target}"
        if name is not None:
            assert is_kernel(name), where
        else:
            assert KERNEL_IMPORTS & {target, target.split(".")[0]}, where


@pytest.mark.parametrize("module", KERNELS)
def test_kernel_has_no_classes(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    assert [n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef)] == []


SPECIMEN = """
from __future__ import annotations
import numpy as np
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from inovasi_index.cli import main
else:
    import json
from . import edition
from ..records import Region
class A:
    import attrs
    def f(self):
        from inovasi_index import errors, score
        import scipy.optimize
"""


def test_the_reader_sees_every_kind_of_import(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict.fromkeys(["errors", "rules.edition", "records", "cli"], SOURCE)
    monkeypatch.setattr(sys.modules[__name__], "MODULES", known)
    found = {(i.target, i.at_import) for i in imports(SPECIMEN, "rules", is_package=True)}
    assert found == {
        ("__future__", True),
        ("numpy", True),
        ("typing", True),
        ("inovasi_index.cli", False),
        ("json", True),
        ("inovasi_index.rules.edition", True),
        ("inovasi_index.records", True),
        ("attrs", True),
        ("inovasi_index.errors", False),
        ("inovasi_index", False),
        ("scipy.optimize", False),
    }


def test_relative_imports_start_from_the_package_of_a_plain_module(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "MODULES", {"rules.edition": SOURCE})
    source = "from . import edition\nfrom ..errors import Fault\n"
    found = [i.target for i in imports(source, "rules.loading", is_package=False)]
    assert found == ["inovasi_index.rules.edition", "inovasi_index.errors"]
