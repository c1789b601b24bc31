"""Every example of the README and the pages runs and shows what stands below it.

A ``python`` block runs in the page's own namespace; the ``text`` block that follows it is
what it prints. A ``sh`` block followed by a ``text`` block is a command line and its
output; the command is what comes after the last ``&&``. When the outputs are meant to
change, this writes them anew:

    python tests/test_docs_examples.py
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
import tempfile
from pathlib import Path
from typing import Any

import pytest
from generated_answers import why_no_dask, why_no_spark

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    {*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")}
    - set((ROOT / "docs").glob("_*/**/*.md"))
)
# What is not for everybody's machine.
NEEDS = {"clusters.md": (why_no_dask, why_no_spark)}
PLAIN_TERMINAL = {
    "COLUMNS": "80",
    "INOVASI_INDEX_LANGUAGE": "",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "PYTHONUTF8": "1",
}
EXAMPLE = re.compile(
    r"^```(?P<kind>python|sh)\n(?P<code>.*?)^```\n"
    r"(?:(?P<opening>\n*```text\n)(?P<shown>.*?)^```\n)?",
    flags=re.MULTILINE | re.DOTALL,
)


def run_python(code: str, namespace: dict[str, Any], where: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, where, "exec"), namespace)  # noqa: S102 - the examples are ours
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


def rendered(page: str, where: str) -> str:
    """Return a page with the outputs that its examples have now."""
    namespace: dict[str, Any] = {"__name__": "__main__"}

    def run(example: re.Match[str]) -> str:
        code, opening = example["code"], example["opening"]
        line = page.count("\n", 0, example.start("code"))
        if example["kind"] == "python":
            printed = run_python("\n" * line + code, namespace, where)
        else:
            printed = run_command(code) if opening else ""
        assert opening or not printed, f"{where}:{line + 1} prints what the page does not show"
        shown = f"{opening}{printed}```\n" if opening else ""
        return f"```{example['kind']}\n{code}```\n{shown}"

    return EXAMPLE.sub(run, page)


def rendered_in(folder: Path, path: Path) -> str:
    """Return a page as its examples show it when they run beside the example submission."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    with contextlib.chdir(folder):
        return rendered(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_page_shows_what_its_examples_print(path: Path, tmp_path: Path) -> None:
    if why := next(filter(None, (reason() for reason in NEEDS.get(path.name, ()))), None):
        pytest.skip(why)
    assert rendered_in(tmp_path, path) == path.read_text(encoding="utf-8")


def test_there_are_pages_with_examples() -> None:
    with_examples = {p.name for p in PAGES if EXAMPLE.search(p.read_text(encoding="utf-8"))}
    assert {"README.md", "README.id.md", "exactness.md", "command-line.md"} <= with_examples


def test_outputs_are_replaced_by_what_is_printed() -> None:
    example = "```python\nn = 1\nprint(n)\n```\n\n```text\n{}\n```\n"
    page = f"a\n{example}```sh\nls\n```\nb\n```text\nc\n```\n"
    assert rendered(page.format("2"), "page") == page.format("1")


def test_an_output_that_the_page_hides_is_an_error() -> None:
    with pytest.raises(AssertionError, match="page:2 prints"):
        rendered("```python\nprint(1)\n```\n", "page")


if __name__ == "__main__":
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            page.write_text(rendered_in(Path(folder), page), encoding="utf-8")
