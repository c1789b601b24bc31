"""The command line, run in this process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inovasi_index.cli import main

if TYPE_CHECKING:
    import pytest

EXAMPLE = str(Path(__file__).parents[1] / "examples" / "kota-contoh.toml")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run a command; return its exit code, and what it printed on either stream."""
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err
