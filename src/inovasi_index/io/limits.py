"""How much of a file is read: the one place for every limit.

The largest submission that can earn points has 200 innovations, the largest download seen
679 rows. The limits leave room for many times that and keep a hostile file from filling the
memory.
"""

from __future__ import annotations

from typing import Final

from inovasi_index.untrusted import MOST_FAULTS

__all__ = [
    "MAX_CELLS",
    "MAX_CELL_CHARACTERS",
    "MAX_COLUMNS",
    "MAX_DESCRIPTION_BYTES",
    "MAX_FAULTS",
    "MAX_FILE_BYTES",
    "MAX_FILLED_CELLS",
    "MAX_NOTED_FAULTS",
    "MAX_PARTS",
    "MAX_REGIONS",
    "MAX_ROWS",
    "MAX_ROW_NUMBER",
    "MAX_STREAM_COLUMNS",
    "MAX_TOML_BYTES",
    "MAX_UNPACKED_BYTES",
    "MAX_UNPACKED_RATIO",
    "MAX_WIDTH",
]

#: Bytes of one file.
MAX_FILE_BYTES: Final = 32 * 2**20

#: Bytes of a .toml file: the parser of the standard library takes more than a second and up to
#: sixty times the memory for each MiB.
MAX_TOML_BYTES: Final = 16 * 2**20

#: Bytes that the parts of an .xlsx file may unpack to, together.
MAX_UNPACKED_BYTES: Final = 128 * 2**20

#: Bytes that one packed byte of an .xlsx file may unpack to, in parts of more than a MiB.
MAX_UNPACKED_RATIO: Final = 200

#: Parts of an .xlsx file: sheets, styles, pictures.
MAX_PARTS: Final = 2_000

#: Bytes that a part of an .xlsx file may unpack to when it is neither a sheet nor its texts:
#: styles, names, relations. Reading a MiB of them takes seconds.
MAX_DESCRIPTION_BYTES: Final = 4 * 2**20

#: Rows of one sheet that are not empty, headings included.
MAX_ROWS: Final = 50_000

#: Rows of one sheet, empty ones included; a spreadsheet program has no more.
MAX_ROW_NUMBER: Final = 1_048_576

#: Columns of one row, empty ones included; a spreadsheet program has no more.
MAX_WIDTH: Final = 16_384

#: Columns of one sheet that have a heading.
MAX_COLUMNS: Final = 1_000

#: Cells of one sheet, the empty ones before the last of each row included.
MAX_CELLS: Final = 10_000_000

#: Cells of one sheet that hold something: ten thousand innovations with every column filled.
MAX_FILLED_CELLS: Final = 2_000_000

#: Characters of one cell; a spreadsheet program holds no more.
MAX_CELL_CHARACTERS: Final = 32_767

#: Faults of one file that are listed; a last one says how many more there are.
MAX_FAULTS: Final = MOST_FAULTS

#: Faults of one sheet that are counted.
MAX_NOTED_FAULTS: Final = 100_000

#: Columns of a file that is read as a stream.
MAX_STREAM_COLUMNS: Final = 10_000

#: Regions of a stream: what is kept of each is all that a stream needs of memory.
MAX_REGIONS: Final = 1_000_000
