"""Batches of a frame become sums by region that add up: what the workers of a cluster do.

All sums are whole numbers, so any engine that groups by region and adds gives the same
result, however it cuts the frame, in whatever order, and however often it does a part again.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from inovasi_index.errors import BadValueError, SubmissionError
from inovasi_index.io.streams.counting import arrow, faulty_rows, tally_of
from inovasi_index.records.forms import FormError, Key
from inovasi_index.scoring import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    from inovasi_index.io.streams.layout import Layout
    from inovasi_index.rules import Edition

__all__ = ["check_points", "covering_columns", "is_code", "region_sums", "sum_columns"]


def check_points(
    types: Mapping[str, Any], *, is_text: Callable[[Any], bool], is_whole: Callable[[Any], bool]
) -> None:
    """Refuse a frame of region points whose columns are not what they must be.

    Parameters
    ----------
    types : mapping
        What the engine calls the type of each column, by name.
    is_text, is_whole : callable
        Whether a type is text, or holds whole numbers.

    Raises
    ------
    BadValueError
    """
    for name, fits, needed in (
        ("region", is_text, "text is needed (a number loses the last zero)"),
        ("region_hundredths", is_whole, "whole hundredths are needed"),
    ):
        if name not in types:
            raise BadValueError(f"region_points has no column {name!r}")
        if not fits(types[name]):
            raise BadValueError(f"{name} of region_points is of {types[name]}; {needed}")


def is_code(region: str) -> bool:
    """Return whether a text can be the code of a region; points under another are not good."""
    try:
        Key().read(region)
    except FormError:
        return False
    return True


def covering_columns(edition: Edition) -> list[str]:
    """Return the names of the sums that are above 0 where a basic affair is covered."""
    return [f"affair_{place}" for place, affair in enumerate(edition.affairs) if affair.basic]


def sum_columns(edition: Edition) -> list[str]:
    """Return the names of all sums, int64; ``region`` stands before them."""
    return ["innovations", "maturity_sum_hundredths", "faulty", *covering_columns(edition)]


def region_sums(batch: pa.RecordBatch, layout: Layout) -> pa.RecordBatch:
    """Return sums of a batch, to be added by region.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        One row an innovation.
    layout : Layout

    Returns
    -------
    pyarrow.RecordBatch
        ``region``, text, null where it is missing, and the `sum_columns`. ``innovations``
        counts all rows; ``faulty`` those that a stream would refuse, and the other sums leave
        these out. A region may stand twice.

    Raises
    ------
    SubmissionError
        When a column is of the wrong type.
    FileFormatError
        When columns are missing.
    """
    pa, what = arrow("sums by region"), "the frame"
    faulty: Counter[str | None] = Counter()
    try:
        # The columns of no rows at all may have no type yet.
        tally = tally_of(batch, layout, what=what) if len(batch) else Tally.empty(layout.edition)
    except SubmissionError:
        wrong = faulty_rows(batch, layout, what=what)
        regions = batch.column(layout.region).filter(pa.array(wrong)).to_pylist()
        faulty.update(None if region in {None, ""} else str(region) for region in regions)
        tally = tally_of(batch.filter(pa.array(~wrong)), layout, what=what)
    basic = [affair.basic for affair in layout.edition.affairs]
    n = np.array([*faulty.values()], np.int64)
    zero = np.zeros_like(n)
    sums = {
        "innovations": (tally.n_innovations, n),
        "maturity_sum_hundredths": (tally.maturity_hundredths, zero),
        "faulty": (np.zeros(len(tally), np.int64), n),
    }
    covered = tally.covered[:, basic].T.astype(np.int64)
    sums |= {
        name: (column, zero)
        for name, column in zip(covering_columns(layout.edition), covered, strict=True)
    }
    return pa.RecordBatch.from_pydict(
        {"region": pa.array([*tally.codes, *faulty], pa.string())}
        | {name: np.concatenate(parts) for name, parts in sums.items()}
    )
