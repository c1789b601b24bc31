"""Records become columns: one byte an answer, owners as integer codes."""

from inovasi_index.table.level_table import LevelTable

__all__ = ["LevelTable"]
