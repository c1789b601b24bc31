"""Where a program runs changes no result: hash seed, locale, time zone, decimals, threads."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import every_output
import numpy as np
import pytest

import inovasi_index as ii
from inovasi_index.io.streams import tally_csv
from inovasi_index.scoring import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = Path(every_output.__file__)
ROOT = PROGRAM.parents[1]
# Measuring coverage makes many threads five times as slow, and finds nothing new.
UNMEASURED = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the locales of Turkey, where I is not i, and of Indonesia."""
    folder = tmp_path_factory.mktemp("locales")
    if shutil.which("localedef") is None:
        pytest.skip("localedef (of glibc) makes the locales")
    for name in ("tr_TR", "id_ID"):
        made = subprocess.run(
            ["localedef", "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")],
            capture_output=True,
            check=False,
        )
        if made.returncode:
            pytest.skip(f"the system has no source of the locale {name}")
    return folder


def digests(
    folder: Path, *changes: str, options: tuple[str, ...] = (), **environment: str
) -> dict[str, str]:
    """What the program prints in a process of its own."""
    clean = {k: v for k, v in UNMEASURED.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, *options, str(PROGRAM), str(folder), *changes],
        env={**clean, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("plain")
    return digests(folder, PYTHONHASHSEED="0", LC_ALL="C.UTF-8", TZ="UTC")


def test_outputs_are_many_and_differ(plain: dict[str, str]) -> None:
    assert len(plain) >= 18
    assert len(set(plain.values())) == len(plain)


ENVIRONMENTS: dict[str, dict[str, Any]] = {
    "no locale, ASCII": {
        "PYTHONHASHSEED": "1",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "Asia/Jakarta",
        "options": ("-O",),
    },
    "development": {
        "PYTHONHASHSEED": "2",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "TZ": "America/St_Johns",
        "options": ("-X", "dev", "-W", "error", "-X", "int_max_str_digits=640"),
    },
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_environment_changes_nothing(tmp_path: Path, plain: dict[str, str], name: str) -> None:
    assert digests(tmp_path, **ENVIRONMENTS[name]) == plain


@pytest.mark.parametrize(
    ("language", "options", "zone"),
    [
        ("tr_TR", ("-OO",), "Pacific/Kiritimati"),
        ("id_ID", ("-X", "int_max_str_digits=0"), "Asia/Makassar"),
    ],
)
def test_the_locale_changes_nothing(
    tmp_path: Path,
    plain: dict[str, str],
    locales: Path,
    language: str,
    options: tuple[str, ...],
    zone: str,
) -> None:
    found = digests(
        tmp_path,
        "locale",
        options=options,
        LOCPATH=str(locales),
        LC_ALL=f"{language}.UTF-8",
        TZ=zone,
        PYTHONHASHSEED="random",
    )
    assert found == plain


def test_the_context_of_decimals_changes_nothing(tmp_path: Path, plain: dict[str, str]) -> None:
    """An application may round its own money as it likes."""
    assert digests(tmp_path, "decimals", LC_ALL="C.UTF-8", TZ="UTC") == plain


# --- ends of lines --------------------------------------------------------------------------------

EXAMPLES = ROOT / "examples"


@pytest.mark.parametrize("suffix", ["toml", "json", "csv"])
def test_ends_of_lines_change_no_score(tmp_path: Path, suffix: str) -> None:
    city = ii.read_submission(EXAMPLES / "kota-contoh.toml")
    path = tmp_path / f"kota.{suffix}"
    ii.write_submission(city, path)
    expected = ii.score(city, "iid-2026")[city.region.code]
    for ends in (b"\n", b"\r\n"):
        for file in tmp_path.iterdir():
            file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", ends))
        again = ii.read_submission(path)
        assert again.innovations == city.innovations or suffix == "csv"
        assert ii.score(again, "iid-2026")[city.region.code].parts == expected.parts


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_ends_of_lines_change_no_tally(tmp_path: Path, ends: str) -> None:
    edition = ii.load_edition("iid-2026")
    keys = [row.key for row in edition.innovation_indicators]
    lines = [",".join(["region", "affair", *keys]), "63.71,health" + ",3" * 20, ""]
    path = tmp_path / "levels.csv"
    path.write_bytes(ends.join(lines).encode())
    assert tally_csv(path, edition).n_innovations.tolist() == [1]


def test_an_edition_is_the_same_with_other_ends_of_lines(tmp_path: Path) -> None:
    source = Path(ii.rules.__file__).parent / "data" / "iid-2026.toml"
    text = source.read_bytes().replace(b'id = "iid-2026"', b'id = "own"', 1)
    found = []
    for name, ends in (("unix", b"\n"), ("windows", b"\r\n")):
        path = tmp_path / f"{name}.toml"
        path.write_bytes(text.replace(b"\r\n", b"\n").replace(b"\n", ends))
        found.append(ii.load_edition(path))
    assert found[0] == found[1]


# --- threads --------------------------------------------------------------------------------------


@pytest.fixture
def eager_switching() -> Iterator[None]:
    """Threads change as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def together(work: Callable[[int], Any], n: int = 8) -> list[Any]:
    """Let threads begin at the same moment."""
    start = threading.Barrier(n)

    def begin(k: int) -> Any:
        start.wait()
        return work(k)

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(begin, range(n)))


@pytest.mark.usefixtures("eager_switching")
def test_every_output_is_the_same_from_many_threads(tmp_path: Path) -> None:
    shared = every_output.city()
    skipped = {"command"}  # it changes where the process prints

    def made(k: int) -> dict[str, bytes]:
        folder = tmp_path / str(k)
        folder.mkdir()
        work = every_output.outputs(folder, shared)
        order = sorted(work.keys() - skipped, key=lambda name: hash((name, k)))
        return {name: work[name]() for name in order}

    alone = made(99)
    assert together(made, 4) == [alone] * 4


@pytest.mark.usefixtures("eager_switching")
def test_tallies_that_threads_share_add_up() -> None:
    edition = ii.load_edition("iid-2026")

    def tally(k: int) -> Tally:
        rng = np.random.default_rng(k)
        n = 200
        table = ii.LevelTable.from_arrays(
            edition,
            rng.integers(0, 4, (n, 20)),
            region_of=rng.integers(0, 5, n),
            region_points=[50] * 5,
            affair_of=rng.integers(-1, 8, n),
            regions=[f"63.{k % 3 + i}" for i in range(5)],
        )
        return Tally.of(table, levels=True)

    shared = [tally(k) for k in range(16)]
    whole = Tally.merged(shared, edition, levels=True)
    before = [one.to_dict() for one in shared]

    def merged(k: int) -> Tally:
        order = np.random.default_rng(k).permutation(16)
        return Tally.merged([shared[n] for n in order], edition, levels=True)

    assert together(merged) == [whole] * 8
    assert [one.to_dict() for one in shared] == before
    points = dict.fromkeys(whole.codes, 40)
    alone = whole.score(points).index_hundredths.tolist()
    found = together(lambda _: whole.score(points).index_hundredths.tolist())
    assert found == [alone] * 8


FIRST_USE = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
sys.setswitchinterval(1e-6)
import inovasi_index as ii
start = threading.Barrier(12)
def first(k):
    start.wait()
    names = ii.available_editions()[-5:]
    names = names[k % 5:] + names[:k % 5]
    editions = {name: ii.load_edition(name) for name in names}
    city = ii.read_submission(sys.argv[1])
    score = ii.score(city, "iid-2026")[city.region.code]
    said = score.explain().to_text(("en", "id")[k % 2])
    gaps = ii.gaps(city, editions["iid-2026"])
    weights = ii.weighting.Entropy
    return editions, score.exact, len(gaps), bool(said), weights
with ThreadPoolExecutor(12) as pool:
    found = list(pool.map(first, range(12)))
for editions, *rest in found:
    assert tuple(rest) == found[0][1:], rest
    assert all(edition is found[0][0][name] for name, edition in editions.items())
print("same")
"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_first_use_by_many_threads_at_once(seed: int) -> None:
    """Modules are imported and editions read when they are first asked for: here, all at once."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST_USE, str(EXAMPLES / "kota-contoh.toml")],
        env={**UNMEASURED, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout == "same\n", done.stderr[-3000:]
