"""Parquet files and Arrow data sets as a stream."""

from __future__ import annotations

import os
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inovasi_index.errors import BadValueError, Fault, FileFormatError
from inovasi_index.io.streams.counting import Batch, after, arrow
from inovasi_index.io.streams.layout import Layout
from inovasi_index.io.streams.running import Progress, Source, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow.dataset as pds

    from inovasi_index.rules import Edition
    from inovasi_index.scoring import Tally

__all__ = ["tally_parquet"]

# Innovations of a batch: the bytes of one stay in the second-level cache.
_BATCH = 1 << 17


def tally_parquet(
    data: str | os.PathLike[str] | pds.Dataset,
    edition: Edition,
    *,
    columns: Mapping[str, str] | None = None,
    levels: bool = False,
    progress: Progress | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    threads: int | None = None,
) -> Tally:
    """Count a Parquet file, a folder of them, or a data set of pyarrow, larger than memory.

    Parameters
    ----------
    data : path or pyarrow.dataset.Dataset
        A data set may be of any format that Arrow reads.
    edition, columns, levels, threads
        As for `tally_batches`.
    progress : callable, optional
        Called as ``progress(done, total)`` after each batch, in innovations.
    checkpoint : path, optional
        File that keeps the tally so far. When it exists, the row groups that it has counted
        are not read again. It is refused when a file of the data set has another name, size
        or time, the schema has changed, or the edition.

    Returns
    -------
    Tally

    Raises
    ------
    FileFormatError
        When it cannot be read, or lacks columns.
    SubmissionError
        When a batch has bad values; a fault for each column.
    MissingExtraError
        When pyarrow is not installed.
    BadValueError, IncompleteEditionError
        As for `tally_batches`.

    Examples
    --------
    >>> import pyarrow as pa, pyarrow.parquet as pq, inovasi_index as ii
    >>> edition = ii.load_edition("iid-2026")
    >>> columns = {row.key: pa.array([3] * 20) for row in edition.innovation_indicators}
    >>> columns |= {"region": ["63.71"] * 20, "affair": ["education"] * 20}
    >>> pq.write_table(pa.table(columns), "levels.parquet")
    >>> tally_parquet("levels.parquet", edition).score({"63.71": 50}).index
    array([64.4])
    """
    arrow("reading Parquet")
    import pyarrow.dataset as pds

    layout = Layout.of(edition, columns, levels=levels)
    given = isinstance(data, pds.Dataset)
    what = "the data set" if given else str(data)
    with _reading(what):
        dataset: Any = data if given else pds.dataset(os.fspath(Path(data)), format="parquet")
        layout.require(dataset.schema.names, what)
        source = Source(
            what=what,
            read=lambda rows: _batches(dataset, layout.names, rows, what=what),
            rows=dataset.count_rows(),
            fingerprint=_fingerprint(dataset, what) if checkpoint is not None else None,
        )
    return run(source, layout, progress=progress, checkpoint=checkpoint, threads=threads)


@contextmanager
def _reading(what: str) -> Iterator[None]:
    """Say of what fails in reading that the source is unreadable."""
    pa = arrow("reading Parquet")
    try:
        yield
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise FileFormatError(what, [Fault("unreadable", "", str(error))]) from error


def _fingerprint(dataset: Any, what: str) -> dict[str, Any]:
    """Return names, sizes and times of the files, and the schema."""
    files = getattr(dataset, "files", None)
    if not files:
        raise BadValueError(f"{what} is not of files; only files can be recognised again")
    found = dataset.filesystem.get_file_info(files)
    return {
        "files": [[info.path, info.size, info.mtime_ns] for info in found],
        "schema": str(dataset.schema.remove_metadata()),
    }


def _batches(dataset: Any, names: list[str], rows: int, *, what: str) -> Iterator[Batch]:
    """Yield the batches after a number of innovations, in the order of the files."""
    with _reading(what):
        if rows:
            dataset, rows = _rest(dataset, rows)
        scanner = dataset.scanner(
            columns=names, batch_size=_BATCH, fragment_scan_options=_scan(dataset)
        )
        yield from after(scanner.to_batches(), rows)


def _scan(dataset: Any) -> Any:
    """Return options under which memory does not grow with a file."""
    import pyarrow.dataset as pds

    if not isinstance(getattr(dataset, "format", None), pds.ParquetFileFormat):
        return None
    # Buffering ahead keeps the bytes of all the row groups that were read until the file ends.
    return pds.ParquetFragmentScanOptions(pre_buffer=False)


def _rest(dataset: Any, rows: int) -> tuple[Any, int]:
    """Return the part of a data set that is to be read, and what to leave out at its start."""
    import pyarrow.dataset as pds

    fragments = (
        # A fragment of one row group counts the rows of its whole file.
        [(g, sum(r.num_rows for r in g.row_groups)) for g in f.split_by_row_group()]
        if isinstance(f, pds.ParquetFileFragment)
        else [(f, f.count_rows())]
        for f in dataset.get_fragments()
    )
    kept: list[Any] = []
    for fragment, n in chain.from_iterable(fragments):
        if not kept and rows >= n:
            rows -= n
        else:
            kept.append(fragment)
    rest = pds.FileSystemDataset(kept, dataset.schema, dataset.format, dataset.filesystem)
    return rest, rows
