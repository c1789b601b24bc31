"""The index inside engines that hold the data already: databases, data frames and clusters."""

from inovasi_index.engines.dask import dask_index
from inovasi_index.engines.polars import PolarsExpressions, polars_expressions
from inovasi_index.engines.spark import spark_index, spark_workers
from inovasi_index.engines.sql import Dialect, Tables, sql_tables, sql_view

__all__ = [
    "Dialect",
    "PolarsExpressions",
    "Tables",
    "dask_index",
    "polars_expressions",
    "spark_index",
    "spark_workers",
    "sql_tables",
    "sql_view",
]
