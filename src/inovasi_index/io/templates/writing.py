"""Forms that people fill in, as .xlsx files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from inovasi_index.errors import BadValueError
from inovasi_index.io.files import write_all
from inovasi_index.io.from_sheets import REGION_ITEMS
from inovasi_index.io.templates.agencies import add_agencies
from inovasi_index.io.templates.checks import Checks
from inovasi_index.io.templates.draft import Draft
from inovasi_index.io.templates.guide import add_guide
from inovasi_index.io.templates.innovations import add_innovations
from inovasi_index.io.templates.region import add_region
from inovasi_index.io.workbooks import new_workbook
from inovasi_index.language import Language
from inovasi_index.rules import Edition, load_edition

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from inovasi_index.records import Agency, Region

__all__ = ["write_template"]


def write_template(
    edition: Edition | str,
    path: str | os.PathLike[str],
    *,
    agencies: Iterable[Agency] = (),
    region: Region | None = None,
    year: int | None = None,
    language: Language | str = Language.ENGLISH,
) -> None:
    """Write the form of an edition as an .xlsx file that people fill in.

    Levels are chosen from lists with their official texts, stages, affairs and agencies from
    lists, too; what evidence is asked for stands beside each cell. `read_submission` reads
    the file back; with ``checked=True`` it names everything that is wrong by sheet and cell.

    Parameters
    ----------
    edition : Edition or str
    path : str or path
        Ends in ``.xlsx``.
    agencies : iterable of Agency, optional
        Those that are already in the list.
    region : Region, optional
        The region that is already filled in.
    year : int, optional
        Year of the index; by default that in which the edition begins.
    language : Language or str
        Language of headings and guidance; official texts stay as they are.

    Raises
    ------
    BadValueError
        When the name of the file has another ending, or the year is none.
    MissingExtraError
        Without openpyxl.
    OSError
        When the file cannot be written.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.io import write_template
    >>> write_template("iid-2026", "formulir.xlsx", agencies=[ii.Agency("dinkes", "Dinkes")],
    ...     region=ii.Region("99.71", "Kota Contoh", "city"), language="id")
    >>> empty = ii.read_submission("formulir.xlsx", checked=True)
    >>> empty.region.name, empty.agencies[0].name, empty.innovations
    ('Kota Contoh', 'Dinkes', ())
    """
    edition = load_edition(edition) if isinstance(edition, str) else edition
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise BadValueError(f"{path.name}: the name of a template must end in .xlsx")
    of_year: int = REGION_ITEMS["year"].form.read(edition.start.year if year is None else year)
    draft = Draft(edition, Language(language), new_workbook("writing a template"))
    checks = Checks(draft)
    add_guide(draft)
    add_agencies(draft, checks, tuple(agencies))
    add_region(draft, checks, region, of_year)
    add_innovations(draft, checks)
    checks.add_lists()
    data = io.BytesIO()
    draft.book.save(data)
    write_all({path: data.getvalue()})
