"""Give one reader whatever libFuzzer makes up; started by ``run.py``.

python fuzz/harness.py READER [corpus folder …] [-option=value …]
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path[1:1] = [str(ROOT / "tests"), str(ROOT / "fuzz")]

with atheris.instrument_imports(include=["inovasi_index", "openpyxl", "tomllib", "json", "csv"]):
    import hostile_readers

import mutators  # noqa: E402 - after what is instrumented
import seeds  # noqa: E402


def main(reader: str, folder: Path, arguments: list[str]) -> None:
    """Fuzz one reader until libFuzzer's options say that it is enough."""

    def judge(data: bytes) -> None:
        hostile_readers.judge(reader, data, folder)

    # What is imported on first use is so before anything is watched.
    for seed in seeds.of(reader).values():
        judge(seed)
    atheris.Setup(
        [sys.argv[0], *arguments],
        judge,
        custom_mutator=mutators.of(reader),
        internal_libfuzzer=True,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
