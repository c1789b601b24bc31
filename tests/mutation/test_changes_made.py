"""The changes that mutation testing makes: every sort, and nothing that no test should hold."""

from __future__ import annotations

import ast

import pytest
from mutation.changes import changes


def made(source: str) -> list[str]:
    """Return the module after each change, as its last line."""
    n = len(list(changes(ast.parse(source), source)))
    found = []
    for k in range(n):
        tree = ast.parse(source)
        list(changes(tree, source))[k].apply()
        found.append(ast.unparse(tree).splitlines()[-1].strip())
    return found


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("a < b", ["pass", "a <= b"]),
        ("x = a + b", ["x = a - b"]),
        ("x = a and b", ["x = a or b", "x = not a and b", "x = a and (not b)"]),
        ("x = not a", ["x = a"]),
        ("x = 5", ["x = 6"]),
        ("x = True", ["x = False"]),
        ("x = 'key'", ["x = 'XXkeyXX'"]),
        ("x = a if b else c", ["x = a", "x = c"]),
        ("x = f(a, b=c)", ["x = f(a)"]),
        ("x = min(a)", ["x = max(a)"]),
        ("x = [a for a in b if c]", ["x = [a for a in b]"]),
        ("x += a", ["x -= a", "x = a"]),
        ("x[a] = b", ["pass"]),
        ("x: int = 1", ["x: int = 2"]),
        ("for a in b: f", ["f", "f"]),
        ("if a: pass", ["pass"]),
    ],
)
def test_what_is_changed(source: str, after: list[str]) -> None:
    if source.startswith("for"):
        assert len(made(source)) == 2  # no round, and no statement
    elif source.startswith("if"):
        (change,) = changes(ast.parse(source), source)
        assert change.what == "if a: pass  →  if not a: pass"
    else:
        assert made(source) == after


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""',
        "x = 'words for people'",
        "x = f'words {a}'",
        "__all__ = ['a']",
        "def f(a: 'A') -> 'B': ...",
        "if TYPE_CHECKING:\n    x = 1",
        "@overload\ndef f(a=1): ...",
        "@cache(size=5)\ndef f(): ...",
        "raise NotImplementedError",
        "x = a  # pragma: no cover",
        "T = TypeVar('T', bound=1)",
        "import a",
    ],
)
def test_what_is_left_alone(source: str) -> None:
    assert made(source) == []


def test_the_function_that_runs_the_code_is_known() -> None:
    lines = ["class A:", " x = 1", " @b", " def f(self, y=2):", "  def g():", "   return 3"]
    source = "\n".join(lines)
    found = {change.what: change.function for change in changes(ast.parse(source), source)}
    assert found == {
        "1  →  2": None,
        "2  →  3": None,
        "return 3  →  return None": ("A.f", 3),
        "3  →  4": ("A.f", 3),
    }
