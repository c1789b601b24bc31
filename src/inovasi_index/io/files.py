"""Bytes in and out: sizes, encodings, and writing that leaves the old file or the new one."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from typing import TYPE_CHECKING

from inovasi_index.errors import BadValueError, Fault, FileFormatError
from inovasi_index.io.limits import MAX_FAULTS, MAX_FILE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["decode", "format_error", "read_bytes", "write_all"]


def format_error(path: Path, faults: Iterable[Fault]) -> FileFormatError:
    """Return the error for a file, its faults cut after the first thousand."""
    listed = list(faults)
    if len(listed) > MAX_FAULTS:
        more = f"{len(listed) - MAX_FAULTS} more faults are not listed"
        listed[MAX_FAULTS:] = [Fault("more-faults", "", more)]
    return FileFormatError(str(path), listed)


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    OSError
        When the file cannot be opened.
    FileFormatError
        When it is no regular file, too large or empty.
    """
    with open(path, "rb", opener=_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise format_error(path, [Fault("not-a-file", "", "this is not a regular file")])
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        most = f"the file is larger than {MAX_FILE_BYTES // 2**20} MiB"
        raise format_error(path, [Fault("file-too-large", "", most)])
    if not data.strip(b"\0\t\n\r \xef\xbb\xbf"):
        raise format_error(path, [Fault("empty-file", "", "the file is empty")])
    return data


def _without_waiting(name: str, flags: int) -> int:
    # A named pipe without a writer would block for ever before it could be refused.
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def decode(data: bytes, path: Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Raises
    ------
    FileFormatError
        When it is not UTF-8; the message says where.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = "the file is UTF-16; save it as UTF-8 ('CSV UTF-8' in spreadsheet programs)"
        raise format_error(path, [Fault("wrong-encoding", "", found)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = (
            f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8 "
            "('CSV UTF-8' in spreadsheet programs)"
        )
        raise format_error(path, [Fault("wrong-encoding", f"line {line}", found)]) from None


def write_all(files: Mapping[Path, bytes | str]) -> None:
    """Write files so that each is afterwards the old one or the whole new one.

    All of them are written beside their places first and only then renamed.

    Raises
    ------
    OSError
        When a file cannot be written; then none has changed.
    BadValueError
        When a text holds half a surrogate pair, which UTF-8 cannot hold.
    """
    try:
        encoded = {p: d.encode() if isinstance(d, str) else d for p, d in files.items()}
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise BadValueError(f"{character!r} is half a character; UTF-8 cannot hold it") from None
    written: dict[Path, Path] = {}
    try:
        for path, data in encoded.items():
            beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
            with beside.open("xb") as file:
                written[path] = beside
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for path, beside in written.items():
            beside.replace(path)
    finally:
        for beside in written.values():
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
