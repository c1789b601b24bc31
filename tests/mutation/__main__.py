"""Change the code in small ways and see whether a test fails: ``.ci/mutants [ROOM …]``."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from mutation.running import SOURCE, Limits, Mutant, Outcome, mutants_of, run

#: The modules of a room, and the tests that are run against their mutants.
ROOMS = {
    "rules": (["rules"], ["tests/rules", "tests/test_edition_pages.py"]),
    "records": (["records"], ["tests/records"]),
    "table": (
        ["table"],
        ["tests/table", "tests/scoring/test_score_arrays.py", "tests/test_markup.py"],
    ),
    # The soak is left out: it holds everything, and takes longer than all the rest.
    "scoring": (
        ["scoring"],
        ["tests/scoring", "tests/test_markup.py", "--ignore=tests/scoring/test_soak_briefly.py"],
    ),
    "gaps": (
        ["analysis/gaps.py"],
        [
            "tests/analysis/test_gaps_add_up.py",
            "tests/scoring/test_tallies_merge.py",
            "tests/test_markup.py",
        ],
    ),
}
#: Names handed on, and results as HTML, which ``tests/test_markup.py`` looks at.
NOT_CHANGED = {"__init__.py", "notebook.py"}


def main() -> int:
    """Run the mutants of the rooms that are named, or of all."""
    parser = argparse.ArgumentParser(prog=".ci/mutants", description=__doc__)
    parser.add_argument("room", nargs="*", choices=[[], *ROOMS], default=[])
    parser.add_argument("--jobs", type=int, default=1, help="processes at a time")
    parser.add_argument(
        "--seconds", type=float, default=8, help="of tests that a mutant has to survive"
    )
    parser.add_argument("--sample", type=int, help="so many mutants a room, drawn at random")
    parser.add_argument(
        "--imported",
        type=int,
        help="so many, drawn at random, of those that are run at import, which take longest",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="mutants whose name holds this text")
    parser.add_argument("--again", action="store_true", help="only those that the report has alive")
    parser.add_argument("--report", type=Path, default=Path(tempfile.gettempdir()) / "mutants.json")
    given = parser.parse_args()

    report = Report(given.report)
    for room in given.room or ROOMS:
        mutants = _mutants_of_room(room)
        if given.again:
            mutants = [m for m in mutants if report.is_alive(m)]
        mutants = [m for m in mutants if given.only in m.name]
        imported = [m for m in mutants if m.change.function is None]
        mutants = [m for m in mutants if m.change.function is not None]
        mutants += _drawn(imported, given.imported, given.seed)
        mutants = _drawn(mutants, given.sample, given.seed)
        _run_room(room, mutants, report, limits=Limits(given.jobs, given.seconds))
    return 0


def _drawn(mutants: list[Mutant], n: int | None, seed: int) -> list[Mutant]:
    return mutants if n is None or n >= len(mutants) else random.Random(seed).sample(mutants, n)


class Report:
    """What became of each mutant, kept in a file as it comes."""

    alive = frozenset({"survived", "unreached"})

    def __init__(self, file: Path) -> None:
        self.file = file
        self.known: dict[str, list[str]] = {}
        if file.exists():
            self.known = dict(map(json.loads, file.read_text(encoding="utf-8").splitlines()))

    def is_alive(self, mutant: Mutant) -> bool:
        """Tell whether a mutant was not killed before, or was not run."""
        return self.known.get(mutant.name, ["unreached"])[0] in self.alive

    def add(self, outcome: Outcome) -> None:
        """Write down what became of one."""
        line = [outcome.name, [outcome.status, outcome.by]]
        with self.file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _mutants_of_room(room: str) -> list[Mutant]:
    files: list[Path] = []
    for name in ROOMS[room][0]:
        path = SOURCE / "inovasi_index" / name
        files += [path] if path.suffix else sorted(path.glob("*.py"))
    return [m for path in files if path.name not in NOT_CHANGED for m in mutants_of(path)]


def _run_room(room: str, mutants: list[Mutant], report: Report, *, limits: Limits) -> None:
    counts: Counter[str] = Counter()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        for outcome in run(mutants, ROOMS[room][1], limits=limits, scratch=Path(scratch)):
            report.add(outcome)
            counts[outcome.status] += 1
            if outcome.status in report.alive:
                _say(f"{outcome.status}: {outcome.name}")
    alive, total = counts["survived"] + counts["unreached"], counts.total()
    killed = total - alive
    _say(f"== {room}: {killed} of {total} killed ({100 * killed / max(total, 1):.1f} %), of them")
    _say(f"   {counts['timeout']} by time; {alive} alive, {counts['unreached']} of them in code")
    _say(f"   that no test reaches; {time.monotonic() - start:.0f} s")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    sys.exit(main())
