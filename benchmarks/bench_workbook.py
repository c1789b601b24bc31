"""The result workbook of 10,000 innovations, against openpyxl writing the same cells bare.

``python benchmarks/bench_workbook.py`` prints processor time: of the whole (scoring on three
bases, gaps, eligibility, styles, writing), of openpyxl's row-by-row mode for the same values
without styles, and their ratio; it fails when the whole takes twenty seconds or more.
``pytest benchmarks/bench_workbook.py`` measures the whole with pytest-benchmark;
``BENCH_SIZE=smoke`` makes it small.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from large_city import large_city
from openpyxl import Workbook, load_workbook

import inovasi_index as ii
from inovasi_index.reporting import write_result_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

SMOKE = os.environ.get("BENCH_SIZE") == "smoke"
N = 100 if SMOKE else 10_000
LIMIT = 20.0  # seconds
EDITION = ii.load_edition("iid-2026")
REGION = large_city(N, answered=0.7)


def whole(path: Path) -> None:
    write_result_workbook(path, REGION, EDITION, language="id")


def cells(path: Path) -> list[list[tuple[Any, ...]]]:
    """Return the values of each sheet of a workbook."""
    book = load_workbook(path, read_only=True)
    found = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    book.close()
    return found


def bare(path: Path, sheets: list[list[tuple[Any, ...]]]) -> None:
    book = Workbook(write_only=True)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)


def test_workbook(benchmark: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    benchmark(whole, path)
    assert sum(len(rows) == N + 1 for rows in cells(path)) == 2


def seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder) / "whole.xlsx", Path(folder) / "bare.xlsx"
        whole(path)  # so that imports are not measured
        sheets = cells(path)
        times = [
            (seconds(lambda: whole(path)), seconds(lambda: bare(other, sheets))) for _ in range(3)
        ]
    mine, theirs = (statistics.median(one) for one in zip(*times, strict=True))
    n_cells = sum(value is not None for rows in sheets for row in rows for value in row)
    print(f"{N} innovations, {sum(map(len, sheets))} rows, {n_cells} cells")
    print(f"whole {mine:.1f} s, allowed {LIMIT:.0f} s")
    print(f"the same cells bare {theirs:.1f} s: {mine / theirs:.1f} ×")
    return int(mine >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
