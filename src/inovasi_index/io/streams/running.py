"""A stream is counted batch by batch: in threads, with progress, and from a checkpoint on."""

from __future__ import annotations

import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define, frozen

from inovasi_index.errors import BadValueError, Fault, FileFormatError
from inovasi_index.io.files import decode, read_bytes, write_all
from inovasi_index.io.limits import MAX_REGIONS
from inovasi_index.io.streams.counting import Batch, pieces, tally_of
from inovasi_index.scoring import Tally
from inovasi_index.untrusted import parse_json

if TYPE_CHECKING:
    from inovasi_index.io.streams.layout import Layout

__all__ = ["CHECKPOINT_FORMAT", "Checkpoint", "Progress", "Source", "run"]

#: ``progress(innovations done, innovations in all)``; the second is `None` when not known.
Progress = Callable[[int, int | None], object]

CHECKPOINT_FORMAT = "inovasi_index.checkpoint/1"

# Seconds between two checkpoints: what is lost at most, besides the batch at hand.
_EVERY = 5.0


@frozen(eq=False)
class Source:
    """Where batches come from.

    Attributes
    ----------
    what : str
        Its name, for errors.
    read : callable
        Takes a number of innovations, and returns the batches that come after them.
    rows : int or None
        Innovations in all, where it is known.
    fingerprint : object
        Plain data that differs when the source does.
    """

    what: str
    read: Callable[[int], Iterable[Batch]]
    rows: int | None = None
    fingerprint: object = None


@define(eq=False)
class Checkpoint:
    """A file with the tally so far, and how far that is.

    Attributes
    ----------
    path : Path
    made_of : dict
        What the tally depends on; a file that was made of something else is refused.
    """

    path: Path
    made_of: dict[str, Any]
    written: float = 0.0

    def load(self, layout: Layout) -> tuple[Tally, int]:
        """Return the tally and the number of innovations it counts; nothing if there is no file.

        Raises
        ------
        BadValueError
            When the file is damaged, or was made of something else.
        """
        self.written = time.monotonic()
        try:
            plain = parse_json(decode(read_bytes(self.path), self.path))
        except FileNotFoundError:
            return Tally.empty(layout.edition, levels=layout.counts_levels), 0
        except (ValueError, RecursionError) as error:
            raise BadValueError(f"{self.path} is no checkpoint: {error}") from None
        if not isinstance(plain, dict) or plain.get("format") != CHECKPOINT_FORMAT:
            raise BadValueError(f"{self.path} is no checkpoint of this library")
        made_of = plain.get("made_of")
        other = [
            name
            for name, value in self.made_of.items()
            if not isinstance(made_of, dict) or made_of.get(name) != value
        ]
        if other:
            raise BadValueError(
                f"{self.path} was written for another {' and '.join(other)}; remove it to "
                "start anew"
            )
        tally = Tally.from_dict(plain.get("tally"), layout.edition)  # type: ignore[arg-type] # checked there
        rows = int(tally.n_innovations.sum())
        if plain.get("rows") != rows or (tally.level_counts is None) == layout.counts_levels:
            raise BadValueError(f"{self.path} is damaged: its tally is not of what it says")
        return tally, rows

    def save(self, tally: Tally, rows: int) -> None:
        """Write the file so that a kill in the middle leaves the old one."""
        plain = {
            "format": CHECKPOINT_FORMAT,
            "made_of": self.made_of,
            "rows": rows,
            "tally": tally.to_dict(),
        }
        write_all({self.path: json.dumps(plain)})
        self.written = time.monotonic()

    @property
    def due(self) -> bool:
        """Whether the last one was written long enough ago."""
        return time.monotonic() - self.written >= _EVERY


def run(
    source: Source,
    layout: Layout,
    *,
    progress: Progress | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    threads: int | None = None,
) -> Tally:
    """Count a source; see `tally_batches`."""
    if threads is not None and threads < 1:
        raise BadValueError(f"threads is {threads}; at least 1 is needed")
    saved = None
    tally, done = Tally.empty(layout.edition, levels=layout.counts_levels), 0
    if checkpoint is not None:
        if source.fingerprint is None:
            raise BadValueError(
                f"{source.what} cannot be recognised again, so no checkpoint can be trusted; "
                "give it a name with source=…"
            )
        made_of = {"source": source.fingerprint, **layout.fingerprint()}
        # As JSON gives them back: tuples are lists there.
        saved = Checkpoint(Path(checkpoint), json.loads(json.dumps(made_of)))
        tally, done = saved.load(layout)
    before = done
    try:
        for part, rows in _tallies(source, layout, start=done, threads=threads or _threads()):
            tally += part
            done += rows
            if len(tally) > MAX_REGIONS:
                fault = Fault("too-many-regions", "", f"more than {MAX_REGIONS} regions")
                raise FileFormatError(source.what, [fault])
            if saved is not None and saved.due:
                saved.save(tally, done)
                before = done
            if progress is not None:
                progress(done, source.rows)
    finally:
        # An interrupt or a bad batch later on costs nothing of what was counted.
        if saved is not None and done > before:
            saved.save(tally, done)
    return tally


def _threads() -> int:
    return min(4, os.cpu_count() or 1)


def _tallies(
    source: Source, layout: Layout, *, start: int, threads: int
) -> Iterator[tuple[Tally, int]]:
    """Yield the tally of each piece in order; a few are in work at a time."""
    waiting: deque[tuple[Future[Tally], int]] = deque()
    row = start
    with _pool(threads) as pool:
        for batch in source.read(start):
            for piece, rows in pieces(batch):
                work = pool.submit(tally_of, piece, layout, what=source.what, first_row=row)
                waiting.append((work, rows))
                row += rows
                while len(waiting) > 2 * threads or (waiting and waiting[0][0].done()):
                    found, rows_done = waiting.popleft()
                    yield found.result(), rows_done
        while waiting:
            found, rows_done = waiting.popleft()
            yield found.result(), rows_done


@contextmanager
def _pool(threads: int) -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(threads, thread_name_prefix="tally")
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
