"""Fuzz the readers of files and say how far it went.

    python fuzz/run.py toml xlsx --minutes 30

runs each of the readers that are named (all of them when none is) for so long, one after
another. What was found worth keeping stands afterwards in ``fuzz/work/READER``: ``corpus``
for the next run, ``findings`` with every input that broke a promise. Ends with 1 if there are
any.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[1:1] = [str(HERE.parent / "tests")]

import seeds  # noqa: E402 - needs the path
from hostile_readers import READERS  # noqa: E402 - needs the path

WORK = HERE / "work"
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
    place = WORK / reader
    corpus, findings = place / "corpus", place / "findings"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for name, data in seeds.of(reader).items():
        (corpus / f"seed-{name}").write_bytes(data)
    (place / "words.dict").write_text(seeds.dictionary(reader))
    start, cpu, executions = time.monotonic(), _cpu_seconds(), 0
    before = set(findings.iterdir())
    while (left := seconds - (time.monotonic() - start)) > 1:
        command = [sys.executable, str(HERE / "harness.py"), reader, str(corpus)]
        command += [f"-artifact_prefix={findings}/", f"-max_total_time={int(left) or 1}"]
        command += [f"-dict={place / 'words.dict'}", *_LIMITS, "-print_final_stats=1"]
        log = place / "log.txt"
        with log.open("w") as out:
            subprocess.run(  # noqa: S603 - our own harness
                command,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PYTHONWARNINGS": "ignore"},
                check=False,
            )
        said = log.read_text(errors="replace")
        counts = re.findall(r"number_of_executed_units: (\d+)|^#(\d+)\t", said, re.MULTILINE)
        executions += int(max(counts[-1])) if counts else 0
        new = set(findings.iterdir()) - before
        if len(new) > 20:
            break
        if "ERROR" not in said and "Done" not in said:
            print(said[-2000:])  # it could not start
            return 1
    found = sorted(set(findings.iterdir()) - before)
    cpu = _cpu_seconds() - cpu
    print(
        f"{reader}: {executions:_} executions, {cpu:.0f} CPU s, {len(found)} findings", flush=True
    )
    for path in found:
        print(f"  {path}", flush=True)
    with (WORK / "runs.csv").open("a", newline="") as log_of_runs:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        csv.writer(log_of_runs).writerow([now, reader, executions, round(cpu), len(found)])
    return len(found)


def _cpu_seconds() -> float:
    used = os.times()
    return used.children_user + used.children_system


if __name__ == "__main__":
    raise SystemExit(main())
