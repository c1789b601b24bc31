"""CSV files as a stream, gzip included."""

from __future__ import annotations

import csv
import gzip
import io
import stat
import zlib
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from inovasi_index.errors import BadValueError, Fault, FileFormatError, MissingExtraError
from inovasi_index.io.limits import MAX_STREAM_COLUMNS
from inovasi_index.io.streams.counting import Batch, after, arrow
from inovasi_index.io.streams.layout import Layout
from inovasi_index.io.streams.running import Progress, Source, run

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping

    from inovasi_index.rules import Edition
    from inovasi_index.scoring import Tally

__all__ = ["tally_csv"]

# Bytes of text that are read at a time; no line may be longer.
_BLOCK = 1 << 23
# Lines that are read at a time by the standard library.
_LINES = 1 << 16
_GZIP = b"\x1f\x8b"


class _Levels(dict[str, int]):
    """Levels by their digits; blanks around them and zeros before them are allowed."""

    def __missing__(self, cell: str) -> int:
        text = cell.strip(" \t")
        level = self.get(text.lstrip("0") or text[:1])
        if level is None:
            raise KeyError(cell)
        return level


_LEVELS = _Levels({str(level): level for level in range(256)})


def tally_csv(
    path: str | os.PathLike[str],
    edition: Edition,
    *,
    columns: Mapping[str, str] | None = None,
    levels: bool = False,
    delimiter: str = ",",
    progress: Progress | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    threads: int | None = None,
) -> Tally:
    r"""Count a CSV file larger than memory, packed by gzip or not.

    The first line names the columns. PyArrow reads it where it is installed, else the
    standard library, which takes many times as long and refuses hexadecimal levels (``0x3``),
    which PyArrow takes.

    Parameters
    ----------
    path : path
        UTF-8; gzip is told by the first bytes.
    edition, columns, levels, threads
        As for `tally_batches`.
    delimiter : str
        One character.
    progress : callable, optional
        Called as ``progress(done, None)`` after each batch, with the innovations so far.
    checkpoint : path, optional
        As for `tally_parquet`; the lines that were counted are read again and passed over.

    Returns
    -------
    Tally

    Raises
    ------
    FileFormatError
        When it cannot be read as CSV, or lacks columns.
    SubmissionError, BadValueError, IncompleteEditionError
        As for `tally_batches`.
    OSError
        When the file cannot be opened.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from pathlib import Path
    >>> edition = ii.load_edition("iid-2026")
    >>> keys = [row.key for row in edition.innovation_indicators]
    >>> lines = [",".join(["region", "affair", *keys])] + ["63.71,health" + ",3" * 20] * 20
    >>> _ = Path("levels.csv").write_text("\n".join(lines))
    >>> tally_csv("levels.csv", edition).score({"63.71": 50}).index
    array([64.4])
    """
    path = Path(path)
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n':
        raise BadValueError(f"delimiter is {delimiter!r}; one character is needed, no quote")
    layout = Layout.of(edition, columns, levels=levels)
    found = path.stat()
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        # A named pipe would block for ever, and cannot be read from its start again.
        fault = Fault("not-a-file", "", "this is not a regular file")
        raise FileFormatError(str(path), [fault])
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    try:
        headings = _headings(path, delimiter, packed=packed)
        layout.require(headings, str(path))
        read = _with_arrow if _has_arrow() else _with_csv
        source = Source(
            what=str(path),
            read=lambda rows: after(read(path, layout, delimiter, packed=packed), rows),
            fingerprint=[path.name, found.st_size, found.st_mtime_ns, delimiter, headings],
        )
        return run(source, layout, progress=progress, checkpoint=checkpoint, threads=threads)
    except (EOFError, gzip.BadGzipFile, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise FileFormatError(str(path), [Fault("unreadable", "", str(error))]) from error


def _has_arrow() -> bool:
    try:
        arrow("reading CSV fast")
    except MissingExtraError:
        return False
    return True


def _lines(path: Path, *, packed: bool) -> Iterator[str]:
    """Yield lines, none longer than a block."""
    with gzip.open(path, "rb") if packed else path.open("rb") as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        while line := text.readline(_BLOCK):
            if len(line) == _BLOCK:
                raise csv.Error(f"a line is longer than {_BLOCK // 2**20} MiB")
            yield line


def _headings(path: Path, delimiter: str, *, packed: bool) -> list[str]:
    lines = _with_few_columns(_lines(path, packed=packed), delimiter)
    return next(csv.reader(lines, delimiter=delimiter, strict=True), [])


def _with_few_columns(lines: Iterator[str], delimiter: str) -> Iterator[str]:
    for line in lines:
        if line.count(delimiter) >= MAX_STREAM_COLUMNS:
            raise csv.Error(f"a line has more than {MAX_STREAM_COLUMNS} columns")
        yield line


def _with_arrow(path: Path, layout: Layout, delimiter: str, *, packed: bool) -> Iterator[Batch]:
    pa = arrow("reading CSV fast")
    import pyarrow.csv as arrow_csv

    text = pa.dictionary(pa.int32(), pa.string())
    types = dict.fromkeys(layout.levels, pa.uint8()) | {layout.region: text, layout.affair: text}
    try:
        with (
            pa.input_stream(str(path), compression="gzip" if packed else None) as file,
            arrow_csv.open_csv(
                file,
                read_options=arrow_csv.ReadOptions(block_size=_BLOCK),
                parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
                convert_options=arrow_csv.ConvertOptions(
                    include_columns=layout.names, column_types=types, null_values=[""]
                ),
            ) as reader,
        ):
            yield from reader
    except (pa.ArrowException, OSError) as error:
        raise FileFormatError(str(path), [Fault("unreadable", "", str(error))]) from error


def _with_csv(path: Path, layout: Layout, delimiter: str, *, packed: bool) -> Iterator[Batch]:
    rows = csv.reader(_lines(path, packed=packed), delimiter=delimiter, strict=True)
    headings = next(rows)
    place = {name: headings.index(name) for name in layout.names}
    done = 0
    while lines := [line for line in islice(rows, _LINES) if line]:
        wrong = next((n for n, line in enumerate(lines) if len(line) != len(headings)), None)
        if wrong is not None:
            said = f"{len(lines[wrong])} cells; the headings are {len(headings)}"
            raise FileFormatError(str(path), [Fault("unreadable", f"row {done + wrong}", said)])
        cells = dict(enumerate(zip(*lines, strict=True)))
        batch: dict[str, Any] = {
            name: np.array(cells[place[name]], object) for name in (layout.region, layout.affair)
        }
        for name in layout.levels:
            batch[name] = _level_cells(cells[place[name]], path, name, done)
        yield batch
        done += len(lines)


def _level_cells(cells: tuple[str, ...], path: Path, name: str, done: int) -> Any:
    try:
        return np.array([_LEVELS[cell] for cell in cells], np.uint8)
    except KeyError as unknown:
        n = cells.index(unknown.args[0])
        said = f"{unknown.args[0][:64]!r} is no level; write 0 where nothing was answered"
        raise FileFormatError(
            str(path), [Fault("unreadable", f"row {done + n}, {name}", said)]
        ) from None
