"""A frame in which each region has another trouble, and a worker that dies over a frame."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import inovasi_index as ii

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EDITION = ii.load_edition("iid-2026")
KEYS = [row.key for row in EDITION.innovation_indicators]

# Twelve innovations at level 3 of one basic affair, and 50 points: the worked example of the
# page on databases.
_GOOD = dict.fromkeys(KEYS, 3) | {"affair": "health"}
_INDEX = 6440

#: What is changed in the third innovation of a region, and how many are faulty then.
ROWS: dict[str | None, tuple[dict[str, Any], int]] = {
    "good": ({}, 0),
    "level above": ({"benefits": 4}, 1),
    "level below": ({"benefits": -1}, 1),
    "no level": ({"networks": None}, 1),
    "unknown affair": ({"affair": "helth"}, 1),
    "two faults": ({"affair": "helth", "benefits": 9}, 1),
    "blank affair": ({"affair": ""}, 0),
    "no affair": ({"affair": None}, 0),
    None: ({}, 12),
    "blanks around ": ({}, 12),
}
#: Texts that are no code, and stand in the points alone.
NO_CODES = ["", "  ", " blanks before", "control\ncharacter", "x" * 501]
#: Points of regions whose innovations are all good; `None` twice is a region that is missing.
POINTS: dict[str, list[int | None]] = {
    "no points": [None],
    "below": [-1],
    "above": [6301],
    "twice": [5000, 5000],
    "missing": [],
}


def frame() -> dict[str, list[Any]]:
    """Columns of one row an innovation."""
    rows = []
    for region, (change, _) in [*ROWS.items(), *((code, ({}, 0)) for code in POINTS)]:
        rows += [{"region": region} | _GOOD | (change if n == 2 else {}) for n in range(12)]
    return {name: [row[name] for row in rows] for name in ["region", "affair", *KEYS]}


def points() -> dict[str, list[Any]]:
    """Columns of one row a region; one has no innovations."""
    rows: list[tuple[str, int | None]]
    rows = [(code, 5000) for code in [*ROWS, "empty", *NO_CODES] if code is not None]
    rows += [(code, value) for code, values in POINTS.items() for value in values]
    return {"region": [row[0] for row in rows], "region_hundredths": [row[1] for row in rows]}


def expected() -> dict[str | None, dict[str, Any]]:
    """What comes out, by region."""
    sound = {
        "region_hundredths": 5000,
        "innovations": 12,
        "divisor": 12,
        "maturity_sum_hundredths": 12 * 11100,
        "basic_affairs": 1,
        "count_hundredths": 0,
        "index_hundredths": _INDEX,
        "band": "Inovatif",
        "faulty": 0,
    }
    decided = ["maturity_sum_hundredths", "basic_affairs", "count_hundredths"]
    gone = ["index_hundredths", "band"]
    out = {}
    for region, (_, faulty) in ROWS.items():
        lost = [*decided, *gone] if faulty else []
        out[region] = sound | {"faulty": faulty} | dict.fromkeys(lost)
    for code in (None, "blanks around "):
        out[code]["region_hundredths"] = None
    for code in POINTS:
        out[code] = sound | dict.fromkeys(["region_hundredths", *gone])
    out["empty"] = {
        "region_hundredths": 5000,
        "innovations": 0,
        "divisor": EDITION.constants("minimum_divisor")[0],
        "maturity_sum_hundredths": 0,
        "basic_affairs": 0,
        "count_hundredths": 0,
        "index_hundredths": 2000,
        "band": "Kurang Inovatif",
        "faulty": 0,
    }
    for code in NO_CODES:
        out[code] = out["empty"] | dict.fromkeys(["region_hundredths", *gone])
    return out


def deadly(folder: Path, worker: Callable[[], int]) -> Callable[[], None]:
    """Return what the first task waits in until its worker is killed.

    Parameters
    ----------
    folder : Path
        Where the task leaves the number of its process.
    worker : callable
        Returns the number of the process to kill.
    """
    said, killed = str(folder / "said"), str(folder / "killed")

    # Sent to the worker as it is: it may use nothing of this module.
    def wait() -> None:
        try:
            file = os.open(said, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:  # another task is the one, or this is the second time
            return
        os.write(file, f"{worker()}.".encode())
        end = time.monotonic() + 120
        while not os.path.exists(killed):  # noqa: PTH110 - as above
            if time.monotonic() > end:
                raise RuntimeError("nobody killed this worker")
            time.sleep(0.05)

    return wait


@contextmanager
def killing(folder: Path) -> Iterator[None]:
    """Kill the worker of the task that waits in `deadly`, while the work goes on."""
    said = folder / "said"

    def kill() -> None:
        end = time.monotonic() + 120
        while not (said.exists() and said.read_text().endswith(".")):
            if time.monotonic() > end:
                return
            time.sleep(0.05)
        os.kill(int(said.read_text()[:-1]), signal.SIGKILL)
        (folder / "killed").touch()

    killer = threading.Thread(target=kill)
    killer.start()
    yield
    killer.join()
    assert (folder / "killed").exists(), "no worker was killed"
