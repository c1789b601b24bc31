"""SECURITY.md, sentence by sentence, as far as other tests do not hold it."""

from __future__ import annotations

import ast
import html.parser
import re
import unicodedata
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from sandbox import watched

import inovasi_index as ii
from inovasi_index.cli import main
from inovasi_index.io import read_portal_export
from inovasi_index.reporting import html_report

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "inovasi_index"
EXAMPLE = ROOT / "examples" / "kota-contoh.toml"

#: What connects, starts, or runs what it is given.
FORBIDDEN = {
    "asyncio",
    "code",
    "ctypes",
    "ftplib",
    "http",
    "marshal",
    "multiprocessing",
    "pickle",
    "pty",
    "requests",
    "runpy",
    "shelve",
    "smtplib",
    "socket",
    "socketserver",
    "subprocess",
    "urllib",
    "webbrowser",
    "xmlrpc",
}
CALLS = {"eval", "exec", "compile", "__import__", "system", "popen", "literal_eval", "breakpoint"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def test_no_module_can_connect_or_start_anything() -> None:
    for where, tree in modules():
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            assert not FORBIDDEN & {name.split(".", 1)[0] for name in names}, where


def test_no_module_runs_text() -> None:
    for where, tree in modules():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", None)
            if isinstance(call.func, ast.Attribute):
                owner = getattr(call.func.value, "id", "")
                name = call.func.attr if owner in {"os", "builtins", "ast"} else None
            assert name not in CALLS, where


# --- text that people see -------------------------------------------------------------------------

EVIL = "\x1b]0;evil\x07\x1b[2J\u202egpj.exe\u2066<script>alert(1)</script>'\"&\x9b31m\r\x00"


def evil_city() -> ii.Submission:
    city = ii.read_submission(EXAMPLE)

    def evil(one: Any, **changes: Any) -> Any:
        return evolve(one, name=f"{one.name} {EVIL}", **changes)

    innovations = []
    for one in city.innovations:
        answers = [
            evolve(a, evidence=[evolve(e, title=EVIL, note=EVIL) for e in a.evidence])
            for a in one.answers
        ]
        innovations.append(evil(one, answers=answers, design=EVIL, goals=EVIL))
    return evolve(
        city,
        region=evil(city.region),
        agencies=[evil(one) for one in city.agencies],
        innovations=innovations,
    )


@pytest.fixture(scope="module")
def evil_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evil") / "kota.toml"
    ii.write_submission(evil_city(), path)
    assert ii.read_submission(path).region.name.endswith(EVIL)
    return path


COMMANDS = (
    "score {}",
    "validate {}",
    "explain {} --language id",
    "explain {} --innovation {id}",
    "gaps {}",
    "gaps {} --by agency",
    "rank {}",
    "select {}",
    "risk {} --pending 0.8",
    "plan {} --target 60 --time-limit 2",
    "compare {} {}",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_terminal_is_told_nothing_but_text(
    capsys: pytest.CaptureFixture[str], evil_file: Path, command: str
) -> None:
    first = ii.read_submission(evil_file).innovations[0].id
    words = [word.format(evil_file, id=first) for word in command.split()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = main(words)
    told = capsys.readouterr()
    assert code in {0, 1, 3}
    assert told.out
    for character in told.out + told.err:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}


def test_a_name_of_a_file_that_is_no_text_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for words in (
        ["score", f"{tmp_path}/\udcff.toml"],
        ["score", f"{tmp_path}/\udcff.toml", "--json"],
    ):
        assert main(words) == 1
        told = capsys.readouterr()
        (told.out + told.err).encode()


def test_faults_tell_a_terminal_nothing_but_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    evil = EVIL.replace("\x00", "").replace("\r", "").replace('"', "")
    region = f'region = {{ code = "{evil}", name = "K", kind = "{evil}", "{evil}" = 1 }}'
    escaped = re.sub("[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04x}", region)
    path = tmp_path / "kota.toml"
    path.write_text(f'year = 2026\n{escaped}\n"{EVIL[20:30]}" = 1\n', encoding="utf-8")
    for words in (["validate", str(path)], ["score", str(path), "--edition", "iid-\x1b[2J"]):
        assert main(words) == 1
        told = capsys.readouterr()
        for character in told.out + told.err:
            assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}


class Elements(html.parser.HTMLParser):
    """Collects what a document could do."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: set[str] = set()
        self.events: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.links |= {v or "" for k, v in attrs if k in {"href", "src", "action", "data"}}
        self.events |= {k for k, _ in attrs if k.startswith("on")}


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_report_loads_and_runs_nothing(language: str) -> None:
    written = html_report(evil_city(), "iid-2026", language=language)
    found = Elements()
    found.feed(written)
    assert not found.names & {"script", "iframe", "object", "embed", "form", "base", "link", "img"}
    assert all(link.startswith("#") for link in found.links)
    assert not found.events
    assert "default-src" in written
    for character in written:
        assert character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}
    assert "\u202e" not in written


# --- what is read ---------------------------------------------------------------------------------


def test_reading_touches_only_what_it_was_given(tmp_path: Path) -> None:
    city = ii.read_submission(EXAMPLE)
    for suffix in ("toml", "json", "csv", "xlsx"):
        ii.write_submission(city, tmp_path / f"kota.{suffix}")
    portal = "Judul Inovasi,Admin OPD,Tahapan Inovasi,Urusan Utama,Kematangan\n"
    (tmp_path / "portal.csv").write_text(f"{portal}Sapa,Dinas,Penerapan,sosial,85\n")
    with watched(tmp_path):
        for suffix in ("toml", "json", "csv", "xlsx"):
            submission = ii.read_submission(tmp_path / f"kota.{suffix}")
            ii.score(submission, "iid-2026")[city.region.code].explain().to_text("id")
        read_portal_export(tmp_path / "portal.csv", edition=ii.load_edition("iid-2026"))


def test_every_link_of_evidence_stays_text(tmp_path: Path) -> None:
    city = ii.read_submission(EXAMPLE)
    links = ["file:///etc/passwd", "http://169.254.169.254/", "\\\\host\\share", "javascript:1"]
    one = city.innovations[0]
    evidence = [ii.Evidence(url=link) for link in links]
    answer = evolve(one.answers[0], evidence=evidence)
    changed = evolve(city, innovations=[evolve(one, answers=[answer])])
    with watched(tmp_path):
        ii.score(changed, "iid-2026")
        ii.gaps(changed, "iid-2026")
    written = html_report(changed, "iid-2026")
    found = Elements()
    found.feed(written)
    assert all(link.startswith("#") for link in found.links)
