"""The index inside engines that hold the data already: databases and data frames."""

from inovasi_index.engines.polars import PolarsExpressions, polars_expressions
from inovasi_index.engines.sql import Dialect, Tables, sql_tables, sql_view

__all__ = [
    "Dialect",
    "PolarsExpressions",
    "Tables",
    "polars_expressions",
    "sql_tables",
    "sql_view",
]
