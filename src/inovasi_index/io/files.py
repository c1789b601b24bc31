"""Bytes in and out: sizes, encodings, and writing that leaves the old file or the new one."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from typing import TYPE_CHECKING

from inovasi_index.errors import BadValueError, Fault, FileFormatError
from inovasi_index.io.limits import MAX_FILE_BYTES
from inovasi_index.untrusted import listed, read_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["decode", "format_error", "read_bytes", "write_all"]


def format_error(path: Path, faults: Iterable[Fault]) -> FileFormatError:
    """Return the error for a file, its faults cut after the first thousand."""
    return FileFormatError(str(path), listed(faults))


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    OSError
        When the file cannot be opened.
    FileFormatError
        When it is no regular file, too large or empty.
    """
    try:
        data = read_start(path, MAX_FILE_BYTES + 1)
    except BadValueError as error:
        raise format_error(path, [Fault("not-a-file", "", str(error))]) from None
    if len(data) > MAX_FILE_BYTES:
        most = f"the file is larger than {MAX_FILE_BYTES // 2**20} MiB"
        raise format_error(path, [Fault("file-too-large", "", most)])
    if not data.strip(b"\0\t\n\r \xef\xbb\xbf"):
        raise format_error(path, [Fault("empty-file", "", "the file is empty")])
    return data


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

    All of them are written beside their places first and only then renamed. Who may read a file
    that was there may read the new one, and nobody else.

    Raises
    ------
    OSError
        When a file cannot be written, called as it was given; then none has changed.
    BadValueError
        When a text holds half a surrogate pair, which UTF-8 cannot hold.
    """
    try:
        encoded = {p: d.encode() if isinstance(d, str) else d for p, d in files.items()}
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise BadValueError(f"{character!r} is half a character; UTF-8 cannot hold it") from None
    for path in files:
        if path.is_dir():  # seen only when renaming, when others have changed already
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if path.exists() and not path.is_file():  # a device would become a file for everybody
            raise FileExistsError(errno.EEXIST, "this is not a regular file", str(path))
    written: dict[Path, Path] = {}
    try:
        for path, data in encoded.items():
            beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
            try:
                with beside.open("xb") as file:
                    written[path] = beside
                    with contextlib.suppress(FileNotFoundError):
                        beside.chmod(stat.S_IMODE(path.stat().st_mode))
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError as error:
                error.filename = str(path)  # nobody asked for the other one
                raise
        for path, beside in written.items():
            beside.replace(path)
    finally:
        for beside in written.values():
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
