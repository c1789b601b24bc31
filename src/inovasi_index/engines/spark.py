"""The index of regions from a frame of Apache Spark, and simulations on its workers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from inovasi_index.engines.sums import (
    check_points,
    covering_columns,
    is_code,
    region_sums,
    sum_columns,
)
from inovasi_index.engines.terms import Terms
from inovasi_index.errors import MissingExtraError
from inovasi_index.io.streams.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pyarrow as pa
    from pyspark.sql import Column, DataFrame, SparkSession

    from inovasi_index.rules import Edition

__all__ = ["spark_index", "spark_workers"]

Given = TypeVar("Given")
Made = TypeVar("Made")

#: What comes out, in this order.
_COLUMNS = (
    "region",
    "region_hundredths",
    "innovations",
    "divisor",
    "maturity_sum_hundredths",
    "basic_affairs",
    "count_hundredths",
    "index_hundredths",
    "band",
    "faulty",
)


def spark_index(
    frame: DataFrame,
    edition: Edition,
    *,
    region_points: DataFrame,
    columns: Mapping[str, str] | None = None,
) -> DataFrame:
    """Return the index and the band of each region of a frame, when it is computed.

    The executors turn batches into sums of whole numbers (``mapInArrow``); Spark adds them up
    by region and finishes the index with expressions of its own. So the result is the same
    however the frame is cut and whichever executor does a part. Executors need this library
    installed.

    Parameters
    ----------
    frame : pyspark.sql.DataFrame
        One row an innovation: ``region``, ``affair``, and a column of levels for each
        indicator of the innovation part, called by its key; as for `tally_batches`.
    edition : Edition
    region_points : pyspark.sql.DataFrame
        One row a region: ``region``, text, and ``region_hundredths``, whole numbers.
    columns : mapping of str to str, optional
        Names of columns of `frame` that are called otherwise.

    Returns
    -------
    pyspark.sql.DataFrame
        One row a region of either frame: ``region``, ``region_hundredths``, ``innovations``,
        ``divisor``, ``maturity_sum_hundredths``, ``basic_affairs``, ``count_hundredths``,
        ``index_hundredths`` (bigint), ``band`` and ``faulty``, the number of innovations that
        the library would refuse. A number that these would decide is null; so is the index
        without good points.

    Raises
    ------
    MissingExtraError
        When PySpark is not installed.
    FileFormatError
        When the frame lacks columns; a column of the wrong type is an error of the job.
    BadValueError
        When the points lack a column, or are not in whole hundredths.
    IncompleteEditionError
        When the edition lacks a weight or a constant of the formula.

    Examples
    --------
    >>> import pyarrow as pa, inovasi_index as ii
    >>> from pyspark.sql import SparkSession
    >>> session = SparkSession.builder.master("local[2]").getOrCreate()
    >>> edition = ii.load_edition("iid-2026")
    >>> levels = {row.key: [3] * 12 for row in edition.innovation_indicators}
    >>> frame = pa.table({"region": ["63.71"] * 12, "affair": ["health"] * 12} | levels)
    >>> points = pa.table({"region": ["63.71"], "region_hundredths": [5000]})
    >>> found = spark_index(
    ...     session.createDataFrame(frame), edition, region_points=session.createDataFrame(points)
    ... )
    >>> found.select("region", "index_hundredths", "band").collect()
    [Row(region='63.71', index_hundredths=6440, band='Inovatif')]
    >>> session.stop()
    """
    try:
        import pyspark.sql.functions as sql
    except ImportError:
        raise MissingExtraError.of("an index from Spark", "spark") from None
    terms, layout, given = Terms.of(edition), Layout.of(edition), Layout.of(edition, columns)
    given.require(frame.columns, "the frame")
    check_points(
        dict(region_points.dtypes),
        is_text=lambda kind: kind == "string",
        is_whole=lambda kind: kind in {"tinyint", "smallint", "int", "bigint"},
    )

    def parts(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return (region_sums(batch, layout) for batch in batches)

    names = sum_columns(edition)
    schema = ", ".join(["region string", *(f"{name} bigint" for name in names)])
    sums = (
        # Plain names: Spark cannot hand over columns whose names have dots.
        frame.select(
            *[
                sql.col(_quoted(name)).alias(plain)
                for name, plain in zip(given.names, layout.names, strict=True)
            ]
        )
        .mapInArrow(parts, schema)
        .groupBy("region")
        .agg(*[sql.sum(name).alias(name) for name in names])
    )
    hundredths = sql.max("region_hundredths").cast("bigint")
    fits = sql.udf(is_code, "boolean", useArrow=False)  # or Spark guesses from type hints
    good = (sql.count("*") == 1) & (hundredths >= 0) & fits("region")
    if terms.region_most is not None:
        good &= hundredths <= terms.region_most
    points = (
        region_points.where("region IS NOT NULL")
        .groupBy("region")
        .agg(sql.when(good, hundredths).alias("region_hundredths"))
    )
    both = sums.join(points, on="region", how="full_outer").fillna(0, subset=names)
    return _finished(both, terms, covering_columns(edition))


def _quoted(name: str) -> str:
    """Return the name of a column so that Spark takes dots for a part of it."""
    return f"`{name.replace('`', '``')}`"


def _finished(both: DataFrame, terms: Terms, covering: Iterable[str]) -> DataFrame:
    """Return the index of each region from all its sums and its points."""
    import pyspark.sql.functions as sql

    def sound(column: Column) -> Column:
        return sql.when(sql.col("faulty") == 0, column)

    n = sql.col("innovations")
    basic = sum((sql.when(sql.col(name) > 0, 1).otherwise(0) for name in covering), sql.lit(0))
    enough = sql.col("basic_affairs") >= terms.needed
    count = sql.least(n, sql.lit(terms.count_cap)) * terms.points_hundredths
    before, after = terms.half_up
    points = sql.col("region_hundredths") + sql.col("count_hundredths")
    total = sql.col("divisor") * terms.total_hundredths
    above = (points * sql.col("divisor") + sql.col("maturity_sum_hundredths")) * before + total
    band = sql.lit(None).cast("string")
    for low, name in reversed(terms.bands):
        band = sql.when(sql.col("index_hundredths") >= low, sql.lit(name)).otherwise(band)
    return (
        both.withColumns(
            {
                "divisor": sql.greatest(n, sql.lit(terms.minimum_divisor)),
                "maturity_sum_hundredths": sound(sql.col("maturity_sum_hundredths")),
                "basic_affairs": sound(basic.cast("bigint")),
            }
        )
        .withColumn("count_hundredths", sound(sql.when(enough, count).otherwise(0)))
        .withColumn("index_hundredths", sql.call_function("div", above, total * 2) * after)
        .withColumn("band", band)
        .select(*_COLUMNS)
    )


def spark_workers(session: SparkSession) -> Callable[..., Iterator[Any]]:
    """Return what `simulate` takes as `workers`: chunks are drawn and counted by executors.

    Each chunk is a job of one task, as many at a time as the executors have cores, so that
    progress is told and counters are added up as they come.

    Parameters
    ----------
    session : pyspark.sql.SparkSession
        Of a cluster, not of Spark Connect; its executors need this library installed.

    Returns
    -------
    callable

    Examples
    --------
    >>> from inovasi_index.analysis.robustness import (
    ...     Dirichlet, LinearScore, UncertainWeights, simulate)
    >>> from pyspark.sql import SparkSession
    >>> scenarios = UncertainWeights(LinearScore([[80, 20], [40, 60]]), Dirichlet.flat(2))
    >>> session = SparkSession.builder.master("local[2]").getOrCreate()
    >>> spread = simulate(scenarios, draws=9000, seed=1, workers=spark_workers(session))
    >>> spread == simulate(scenarios, draws=9000, seed=1)
    True
    >>> session.stop()
    """
    context = session.sparkContext

    def run(function: Callable[[Given], Made], chunks: Iterable[Given]) -> Iterator[Made]:
        def made(chunk: Given) -> Made:
            found: list[Made] = context.parallelize([chunk], 1).map(function).collect()
            return found[0]

        with ThreadPoolExecutor(context.defaultParallelism) as pool:
            yield from pool.map(made, chunks)

    return run
