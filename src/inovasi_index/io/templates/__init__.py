"""Forms for an edition that people fill in, and that `read_submission` reads back.

Three sheets are filled in, with the headings and choices that `inovasi_index.io.from_sheets`
understands in either language; one sheet explains, and a hidden one holds the lists.
"""

from inovasi_index.io.templates.writing import write_template

__all__ = ["write_template"]
