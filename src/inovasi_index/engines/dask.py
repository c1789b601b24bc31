"""The index of regions from a data frame of Dask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.engines.sums import check_points, covering_columns, is_code, region_sums
from inovasi_index.engines.terms import Terms
from inovasi_index.errors import MissingExtraError
from inovasi_index.io.streams.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from dask.dataframe import DataFrame

    from inovasi_index.rules import Edition

__all__ = ["dask_index"]


def dask_index(
    frame: DataFrame,
    edition: Edition,
    *,
    region_points: DataFrame | pd.DataFrame,
    columns: Mapping[str, str] | None = None,
) -> DataFrame:
    """Return the index and the band of each region of a frame, when it is computed.

    The partitions become sums of whole numbers, a group of each region, which Dask adds up as
    a tree. So the result is the same however the frame is cut and wherever it is computed:
    threads, processes or a cluster, whose workers need this library installed.

    Parameters
    ----------
    frame : dask.dataframe.DataFrame
        One row an innovation: ``region``, ``affair``, and a column of levels for each
        indicator of the innovation part, called by its key; as for `tally_batches`.
    edition : Edition
    region_points : dask.dataframe.DataFrame or pandas.DataFrame
        One row a region: ``region``, text, and ``region_hundredths``, whole numbers.
    columns : mapping of str to str, optional
        Names of columns of `frame` that are called otherwise.

    Returns
    -------
    dask.dataframe.DataFrame
        One partition, one row a region of either frame, in order: ``region``,
        ``region_hundredths``, ``innovations``, ``divisor``, ``maturity_sum_hundredths``,
        ``basic_affairs``, ``count_hundredths``, ``index_hundredths`` (Int64), ``band`` and
        ``faulty``, the number of innovations that the library would refuse. A number that
        these would decide is missing; so is the index without good points.

    Raises
    ------
    MissingExtraError
        When Dask is not installed.
    FileFormatError
        When the frame lacks columns; a column of the wrong type is a `SubmissionError` when
        it is computed.
    BadValueError
        When the points lack a column, or are not in whole hundredths.
    IncompleteEditionError
        When the edition lacks a weight or a constant of the formula.

    Examples
    --------
    >>> import pandas as pd, dask.dataframe as dd, inovasi_index as ii
    >>> edition = ii.load_edition("iid-2026")
    >>> levels = {row.key: [3] * 12 for row in edition.innovation_indicators}
    >>> frame = pd.DataFrame({"region": ["63.71"] * 12, "affair": ["health"] * 12} | levels)
    >>> points = pd.DataFrame({"region": ["63.71"], "region_hundredths": [5000]})
    >>> found = dask_index(dd.from_pandas(frame, npartitions=3), edition, region_points=points)
    >>> row = found.compute().iloc[0]
    >>> int(row["index_hundredths"]), row["band"]
    (6440, 'Inovatif')
    """
    try:
        import dask.dataframe as dd
        import pandas as pd
    except ImportError:
        raise MissingExtraError.of("an index from Dask", "dask") from None
    terms, layout = Terms.of(edition), Layout.of(edition, columns)
    layout.require(frame.columns, "the frame")
    check_points(
        dict(region_points.dtypes),
        is_text=lambda kind: kind.kind not in "biufcmM",
        is_whole=lambda kind: kind.kind in "iu",
    )
    points = region_points[["region", "region_hundredths"]]
    if isinstance(points, pd.DataFrame):
        points = dd.from_pandas(points, npartitions=1)
    meta = _sums(frame[layout.names]._meta, layout)  # noqa: SLF001 - the type of a frame of Dask
    sums = frame[layout.names].map_partitions(_sums, layout, meta=meta)
    return (
        sums.groupby("region", dropna=False)
        .sum(split_out=1)  # regions are few: one partition
        .reset_index()
        .map_partitions(
            _finished,
            points.repartition(npartitions=1),
            terms=terms,
            covering=covering_columns(edition),
            meta=_finished(meta, points._meta, terms=terms, covering=covering_columns(edition)),  # noqa: SLF001 - as above
        )
    )


def _sums(part: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Return the sums of one partition."""
    import pyarrow as pa

    whole = pa.Table.from_pandas(part, preserve_index=False)
    # Text of pandas may be in pieces, of which there are none where there are no rows.
    batches = whole.to_batches() or [pa.RecordBatch.from_pylist([], schema=whole.schema)]
    sums: pd.DataFrame = pa.Table.from_batches(
        [region_sums(batch, layout) for batch in batches]
    ).to_pandas()
    return sums.astype({"region": "string"})


def _finished(
    sums: pd.DataFrame, points: pd.DataFrame, *, terms: Terms, covering: list[str]
) -> pd.DataFrame:
    """Return the index of each region from all its sums and its points."""
    import pandas as pd

    by_region = points.astype({"region": "string"}).groupby("region")["region_hundredths"]
    hundredths = by_region.max().astype("Int64")
    codes = [is_code(region) for region in hundredths.index]
    good = (by_region.size() == 1) & (hundredths >= 0) & np.array(codes, np.bool_)
    if terms.region_most is not None:
        good &= hundredths <= terms.region_most
    of_region = hundredths.where(good).reset_index()
    both = sums.merge(of_region, on="region", how="outer")
    whole = both.drop(columns="region").astype("Int64")
    given, whole = whole["region_hundredths"], whole.fillna(0)
    sound = whole["faulty"] == 0
    n = whole["innovations"]
    divisor = n.clip(lower=terms.minimum_divisor)
    maturity = whole["maturity_sum_hundredths"].where(sound)
    basic = (whole[covering] > 0).sum(axis=1).astype("Int64").where(sound)
    count = (
        (n.clip(upper=terms.count_cap) * terms.points_hundredths)
        .where(basic >= terms.needed, 0)
        .where(sound)
    )
    before, after = terms.half_up
    below = terms.total_hundredths * divisor
    index = (((given + count) * divisor + maturity) * before + below) // (2 * below) * after
    band = pd.Series(pd.NA, index=both.index, dtype="string")
    for low, name in reversed(terms.bands):
        band = band.mask((index >= low).fillna(value=False), name)
    return pd.DataFrame(
        {
            "region": both["region"],
            "region_hundredths": given,
            "innovations": n,
            "divisor": divisor,
            "maturity_sum_hundredths": maturity,
            "basic_affairs": basic,
            "count_hundredths": count,
            "index_hundredths": index,
            "band": band,
            "faulty": whole["faulty"],
        }
    )
