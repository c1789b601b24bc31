"""Any iterator of tables as a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inovasi_index.io.streams.counting import Batch, after
from inovasi_index.io.streams.layout import Layout
from inovasi_index.io.streams.running import Progress, Source, run

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from inovasi_index.rules import Edition
    from inovasi_index.scoring import Tally

__all__ = ["tally_batches"]


def tally_batches(
    batches: Iterable[Batch],
    edition: Edition,
    *,
    columns: Mapping[str, str] | None = None,
    levels: bool = False,
    progress: Progress | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    source: str | None = None,
    threads: int | None = None,
) -> Tally:
    """Count batches one after another, in memory that does not grow with their number.

    Parameters
    ----------
    batches : iterable
        Each a `LevelTable`, a dict of NumPy arrays, or Arrow data (a record batch or a table
        of pyarrow; a frame of Polars, pandas or DuckDB). One row an innovation: a column of
        whole numbers for each indicator of the innovation part, called by its key; ``region``,
        the code as text; ``affair``, the key as text or the position in ``edition.affairs``
        (empty, missing or -1 is unknown). Text may be dictionary-encoded.
    edition : Edition
    columns : mapping of str to str, optional
        Names of columns that are called otherwise.
    levels : bool
        Whether to count levels too, for gaps.
    progress : callable, optional
        Called as ``progress(done, None)`` after each batch, with the innovations so far.
    checkpoint : path, optional
        File that keeps the tally so far. When it exists, counting goes on after what it has
        counted, so the iterable must start at the same place again and give the same batches.
        Written every few seconds, at the end and when anything interrupts.
    source : str, optional
        What the batches are; needed with a checkpoint, which is refused for another source.
    threads : int, optional
        Batches that are counted at a time; as many as there are cores, at most 4.

    Returns
    -------
    Tally

    Raises
    ------
    SubmissionError
        When a batch has bad values; a fault for each column.
    FileFormatError
        When a batch lacks columns.
    BadValueError
        When a batch is something else, or the checkpoint is not of this work.
    IncompleteEditionError
        When the edition lacks a weight.

    Examples
    --------
    >>> import numpy as np, inovasi_index as ii
    >>> edition = ii.load_edition("iid-2026")
    >>> keys = [row.key for row in edition.innovation_indicators]
    >>> def batch(n):
    ...     levels = {key: np.full(n, 3, np.uint8) for key in keys}
    ...     return levels | {"region": np.full(n, "63.71"), "affair": np.arange(n)}
    >>> tally = tally_batches((batch(n) for n in (12, 8)), edition)
    >>> tally.score({"63.71": 50}).index
    array([67.44])
    """
    given = Source("the batches", lambda rows: after(batches, rows), fingerprint=source)
    layout = Layout.of(edition, columns, levels=levels)
    return run(given, layout, progress=progress, checkpoint=checkpoint, threads=threads)
