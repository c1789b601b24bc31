"""Notes what a reader has no business doing: other files, the network, processes, running input.

Python tells a hook of every file that it opens, every connection, process and piece of code
that it runs (PEP 578). `watched` listens while a reader works. Code in C that does not tell, as
PyArrow's, is not seen.
"""

from __future__ import annotations

import mimetypes
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SandboxError", "watched"]

# What is imported on first use comes from here.
_LIBRARIES: tuple[str, ...] = tuple(
    {
        str(Path(place).resolve())
        for place in (sys.prefix, sys.base_prefix, str(Path(os.__file__).parent), *sys.path[1:])
        if Path(place).is_dir()
    }
    | {str(Path(__file__).resolve().parents[1] / "src"), "/usr/share/zoneinfo"}
    | {str(name) for name in mimetypes.knownfiles}
)
_NEVER = (
    "socket.",
    "subprocess.",
    "urllib.",
    "ftplib.",
    "http.",
    "smtplib.",
    "webbrowser.",
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "os.startfile",
    "os.fork",
    "pty.spawn",
    "pickle.find_class",
    "shutil.",
)
_PLACES = ("open", "os.listdir", "os.scandir", "os.chdir", "os.mkdir", "os.remove", "os.rename")


class SandboxError(AssertionError):
    """A reader did what none may do."""


class _Watch:
    """What is forbidden at the moment, and what was done in spite of it."""

    folder: str | None = None
    done: list[str]

    def __init__(self) -> None:
        self.done = []
        sys.addaudithook(self.hear)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.folder is None:
            return
        if event.startswith(_NEVER) or (
            (event in _PLACES and not self._may_open(event, arguments))
            or (event in {"exec", "compile"} and not _is_import(arguments))
        ):
            said = f"{event} {str(arguments)[:300]}"
            self.done.append(said)
            raise SandboxError(said)

    def _may_open(self, event: str, arguments: tuple[Any, ...]) -> bool:
        name = arguments[0]
        if name is None or isinstance(name, int):
            return True
        place = os.path.abspath(os.fsdecode(name))  # noqa: PTH100 - a hook has to be quick
        if place.startswith(self.folder or "\0"):
            return True
        reading = event != "open" or not arguments[2] & (os.O_WRONLY | os.O_RDWR)
        # Compiled modules are written beside their sources when they are first imported.
        return place.startswith(_LIBRARIES) and (reading or "__pycache__" in place)


def _is_import(arguments: tuple[Any, ...]) -> bool:
    """Return whether code is run because a module is imported."""
    code = arguments[0]
    if isinstance(code, CodeType) and code.co_filename.startswith((*_LIBRARIES, "<frozen")):
        return True
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename != "<frozen importlib._bootstrap>":
        frame = frame.f_back
    return frame is not None


_WATCH = _Watch()


@contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Forbid all but reading files of a folder and importing modules.

    Raises
    ------
    SandboxError
        At the end, when something else was done, even if whoever did it caught the error.
    """
    _WATCH.done.clear()
    _WATCH.folder = str(folder.resolve())
    try:
        yield
    finally:
        _WATCH.folder = None
    if _WATCH.done:
        raise SandboxError("; ".join(_WATCH.done))
