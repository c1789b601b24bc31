"""Fuzz the readers of files and say how far it went.

    python fuzz/run.py toml xlsx --minutes 30

runs each of the readers that are named (all of them when none is) for so long, one after
another. What was found worth keeping stands afterwards in ``fuzz/kept/READER``: ``corpus``
for the next run, ``findings`` with every input that broke a promise. Ends with 1 if there are
any.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import datetime as dt
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[1:1] = [str(HERE.parent / "tests")]

import seeds  # noqa: E402 - needs the path
from hostile_readers import READERS  # noqa: E402 - needs the path

KEPT = HERE / "kept"
MOST_FINDINGS = 20
_LIMITS = (
    "-rss_limit_mb=2048",
    "-malloc_limit_mb=1024",
    "-timeout=60",
    "-report_slow_units=30",
    "-max_len=65536",
)


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    parser.add_argument("--minutes", type=float, default=5, help="for each reader (%(default)s)")
    given = parser.parse_args()
    for name in given.readers:
        if name not in READERS:
            parser.error(f"there is no reader {name!r}; the readers are {', '.join(READERS)}")
    found = [fuzzed(name, given.minutes * 60) for name in given.readers or READERS]
    return int(any(found))


def fuzzed(reader: str, seconds: float) -> int:
    """Fuzz one reader; return the number of inputs that broke a promise."""
    place = KEPT / reader
    corpus, findings = place / "corpus", place / "findings"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for name, data in seeds.of(reader).items():
        (corpus / f"seed-{name}").write_bytes(data)
    (place / "words.dict").write_text(seeds.dictionary(reader))
    start, cpu, executions = time.monotonic(), _cpu_seconds(), 0
    before = set(findings.iterdir())
    found: list[Path] = []
    # What breaks a promise ends the fuzzer, which starts again with what it has learned.
    while (left := seconds - (time.monotonic() - start)) > 1 and len(found) <= MOST_FINDINGS:
        said = _run(reader, left)
        counts = re.findall(r"number_of_executed_units: (\d+)|^#(\d+)\t", said, re.MULTILINE)
        if not counts:
            print(said[-2000:])  # it could not start
            return 1
        executions += int("".join(counts[-1]))
        found = sorted(set(findings.iterdir()) - before)
    cpu = _cpu_seconds() - cpu
    said = f"{executions:_} executions, {cpu:.0f} CPU s, {len(found)} findings"
    print(f"{reader}: {said}", *found, sep="\n  ", flush=True)
    with (KEPT / "runs.csv").open("a", newline="") as runs:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        csv.writer(runs).writerow([now, reader, executions, round(cpu), len(found)])
    return len(found)


def _run(reader: str, seconds: float) -> str:
    """Run libFuzzer once; return what it said."""
    place = KEPT / reader
    log = place / "log.txt"
    # In memory where there is such a place: a file is written for every execution.
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    with (
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as scratch,
        log.open("w") as out,
        # Threads in C may lock each other out while libFuzzer ends the process.
        contextlib.suppress(subprocess.TimeoutExpired),
    ):
        subprocess.run(  # noqa: S603 - our own harness
            [
                *(sys.executable, str(HERE / "harness.py"), reader, scratch, str(place / "corpus")),
                *(f"-artifact_prefix={place / 'findings'}/", f"-dict={place / 'words.dict'}"),
                *(f"-max_total_time={max(1, int(seconds))}", "-print_final_stats=1", *_LIMITS),
            ],
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONWARNINGS": "ignore"},
            check=False,
            timeout=seconds + 120,
        )
    return log.read_text(errors="replace")


def _cpu_seconds() -> float:
    used = os.times()
    return used.children_user + used.children_system


if __name__ == "__main__":
    raise SystemExit(main())
