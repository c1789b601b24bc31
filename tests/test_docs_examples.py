"""Every example of the README and the pages runs and shows what stands below it.

A ``python`` block runs in the page's own namespace; the ``text`` block that follows it is
what it prints. A ``sh`` block followed by a ``text`` block is a command line and its
output; the command is what comes after the last ``&&``.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    {*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")}
    - set((ROOT / "docs").glob("_*/**/*.md"))
)
PLAIN_TERMINAL = {
    "COLUMNS": "80",
    "INOVASI_INDEX_LANGUAGE": "",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "PYTHONUTF8": "1",
}
FENCE = re.compile(r"^```(\w+)\n(.*?)^```\n", flags=re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A block that runs, and what it is said to print (`None`: not said)."""

    kind: str
    code: str
    line: int
    shown: str | None


def examples(page: str) -> list[Example]:
    blocks = list(FENCE.finditer(page))
    found = []
    for n, block in enumerate(blocks):
        following = blocks[n + 1] if n + 1 < len(blocks) else None
        shown = None
        if (
            following
            and following[1] == "text"
            and not page[block.end() : following.start()].strip()
        ):
            shown = following[2]
        found.append(Example(block[1], block[2], page.count("\n", 0, block.start()) + 2, shown))
    return found


def run_python(example: Example, namespace: dict[str, Any], page: str) -> str:
    printed = io.StringIO()
    code = compile("\n" * (example.line - 1) + example.code, page, "exec")
    with contextlib.redirect_stdout(printed):
        exec(code, namespace)  # noqa: S102 - the examples are ours
    return printed.getvalue()


def run_command(line: str) -> str:
    """Run the installed command by its module and return what it prints."""
    program, *arguments = shlex.split(line.replace("\\\n", " ").rsplit("&&", 1)[-1])
    assert Path(program).name == "inovasi-index", f"do not know how to run {program}"
    ran = subprocess.run(
        [sys.executable, "-m", "inovasi_index", *arguments],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, **PLAIN_TERMINAL},
    )
    return ran.stdout


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_of_the_page_run(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for example in examples(path.read_text(encoding="utf-8")):
        where = f"{path.relative_to(ROOT)}:{example.line}"
        if example.kind == "python":
            assert run_python(example, namespace, where) == (example.shown or ""), where
        elif example.kind == "sh" and example.shown is not None:
            assert run_command(example.code) == example.shown, where


def test_there_are_pages_with_examples() -> None:
    names = {path.name for path in PAGES}
    assert {"README.md", "exactness.md", "published-results.md"} <= names
    kinds = [e.kind for p in PAGES for e in examples(p.read_text(encoding="utf-8"))]
    assert kinds.count("python") >= 4


def test_a_page_is_read_as_it_is_meant() -> None:
    page = "a\n```python\nprint(1)\n```\n\n```text\n1\n```\nb\n```sh\nls\n```\nc\n```text\nd\n```\n"
    assert examples(page) == [
        Example("python", "print(1)\n", 3, "1\n"),
        Example("text", "1\n", 7, None),
        Example("sh", "ls\n", 11, None),
        Example("text", "d\n", 15, None),
    ]
