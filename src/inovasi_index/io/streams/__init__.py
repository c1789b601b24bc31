"""Tallies of data that do not fit in memory: batches, Parquet, CSV, and tallies as files."""

from inovasi_index.io.streams.batches import tally_batches
from inovasi_index.io.streams.csv_files import tally_csv
from inovasi_index.io.streams.parquet import tally_parquet
from inovasi_index.io.streams.running import Progress
from inovasi_index.io.streams.stored import read_tally, write_tally

__all__ = [
    "Progress",
    "read_tally",
    "tally_batches",
    "tally_csv",
    "tally_parquet",
    "write_tally",
]
