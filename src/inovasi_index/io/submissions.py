"""Submissions in files: TOML and JSON without loss, CSV and .xlsx for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inovasi_index.errors import BadValueError, Fault, near_misses
from inovasi_index.io.columns import perhaps
from inovasi_index.io.documents import json_document, read_document, toml_document
from inovasi_index.io.files import format_error, write_all
from inovasi_index.io.from_sheets import edition_for, submission_from
from inovasi_index.io.labels import spellings_of
from inovasi_index.io.sheets import Sheet, csv_text, read_csv, read_xlsx, xlsx_bytes
from inovasi_index.io.to_sheets import sheets_of
from inovasi_index.io.words import folded
from inovasi_index.records.checking import require_valid
from inovasi_index.records.forms import shown

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from inovasi_index.records.submission import Submission
    from inovasi_index.rules.edition import Edition

__all__ = ["SUFFIXES", "read_submission", "write_submission"]

#: Endings of the files that are read and written.
SUFFIXES = (".toml", ".json", ".csv", ".xlsx")


def read_submission(
    path: str | os.PathLike[str],
    *,
    edition: Edition | None = None,
    region: str | os.PathLike[str] | None = None,
    checked: bool = False,
) -> Submission:
    """Read a submission from a file; the ending of its name tells the format.

    Parameters
    ----------
    path : str or path
        A ``.toml`` or ``.json`` document, an ``.xlsx`` file with the sheets ``innovations``,
        ``region`` and perhaps ``agencies``, or a ``.csv`` file of innovations. Beside
        ``name.csv`` stand ``name.region.csv`` and perhaps ``name.agencies.csv``. The columns
        are described in `inovasi_index.io.from_sheets`, the notation of evidence and verdicts
        in `inovasi_index.io.notation`.
    edition : Edition, optional
        Whose official numbers and words are understood in ``.csv`` and ``.xlsx`` files; by
        default that of the submission's year.
    region : str or path, optional
        For a ``.csv`` file, where the region's rows are when not beside it.
    checked : bool, optional
        Whether the submission has to keep to the edition as well (see
        `inovasi_index.records.check`). What does not is named where it stands in the file: by
        sheet and cell in an ``.xlsx`` file.

    Raises
    ------
    FileFormatError
        When a file is not what its name says, or with every cell that cannot be read.
    SubmissionError
        With every fault of form of a document, or all that its edition does not allow.
    MissingExtraError
        For an ``.xlsx`` file without openpyxl.
    OSError
        When a file cannot be opened.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> submission = ii.read_submission("examples/kota-contoh.toml")
    >>> submission.region.name, len(submission.innovations)
    ('Kota Contoh', 33)
    >>> submission == ii.read_submission("examples/kota-contoh.csv")
    True
    """
    path = Path(path)
    suffix = _suffix(path)
    if region is not None and suffix != ".csv":
        raise BadValueError(f"region: a {suffix} file holds the region itself")
    if suffix in {".toml", ".json"}:
        document = read_document(path)
        rules = edition or edition_for(document.year)
        if checked and rules is not None:
            require_valid(document, rules)
        return document
    sheets = _xlsx_sheets(path) if suffix == ".xlsx" else _csv_sheets(path, region)
    submission, faults = submission_from(sheets, edition, checked=checked)
    if submission is None:
        raise format_error(path, faults)
    return submission


def write_submission(
    submission: Submission, path: str | os.PathLike[str], *, edition: Edition | None = None
) -> None:
    """Write a submission to a file; the ending of its name tells the format.

    ``.toml`` and ``.json`` lose nothing. ``.csv`` (three files, see `read_submission`) and
    ``.xlsx`` hold every field, too, but blanks around a text are not kept, nor is the order of
    the answers, and an empty text is as good as none. Each file is afterwards the old one or
    the whole new one.

    Parameters
    ----------
    submission : Submission
    path : str or path
    edition : Edition, optional
        Whose order the columns of ``.csv`` and ``.xlsx`` files take; by default that of the
        submission's year.

    Raises
    ------
    BadValueError
        For a text that the format cannot hold.
    FileFormatError
        When the name of the file has another ending.
    MissingExtraError
        For an ``.xlsx`` file without openpyxl.
    OSError
        When a file cannot be written.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> submission = ii.read_submission("examples/kota-contoh.csv")
    >>> ii.write_submission(submission, "kota.json")
    >>> ii.read_submission("kota.json") == submission
    True
    """
    path = Path(path)
    suffix = _suffix(path)
    if suffix == ".toml":
        write_all({path: toml_document(submission)})
    elif suffix == ".json":
        write_all({path: json_document(submission)})
    else:
        sheets = sheets_of(submission, edition)
        if suffix == ".xlsx":
            write_all({path: xlsx_bytes(sheets)})
        else:
            places = {"innovations": path, **_companions(path)}
            write_all({places[name]: csv_text(lines) for name, lines in sheets.items()})


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        message = f"the name must end in {', '.join(SUFFIXES)}{near_misses(suffix, SUFFIXES)}"
        raise format_error(path, [Fault("unknown-suffix", "", message)])
    return suffix


def _companions(path: Path) -> dict[str, Path]:
    return {name: path.with_suffix(f".{name}.csv") for name in ("region", "agencies")}


def _csv_sheets(path: Path, region: str | os.PathLike[str] | None) -> dict[str, Sheet]:
    beside = _companions(path)
    rows = Path(region) if region is not None else beside["region"]
    innovations = read_csv(path)
    if region is None and not rows.exists():
        message = (
            f"the rows of the region are missing: put them into {rows.name} beside this file or "
            "say where they are (region=…)"
        )
        raise format_error(path, [Fault("missing-region", "", message)])
    sheets = {"region": read_csv(rows, label=rows.name), "innovations": innovations}
    if beside["agencies"].exists():
        sheets["agencies"] = read_csv(beside["agencies"], label=beside["agencies"].name)
    return sheets


_SHEETS = ("innovations", "region", "agencies")


def _xlsx_sheets(path: Path) -> dict[str, Sheet]:
    known = {name: name for name in _SHEETS} | spellings_of("sheet", _SHEETS)

    def choose(names: Sequence[str]) -> list[str]:
        found: dict[str, str] = {}
        faults = []
        for name in names:
            sheet = known.get(folded(name), "")
            if sheet and found.setdefault(sheet, name) != name:
                message = f"sheets {shown(found[sheet])} and {shown(name)} hold the same; keep one"
                faults.append(Fault("doubled-sheet", "", message))
        others = sorted({folded(name) for name in names} - known.keys())
        for name in _SHEETS:
            hint = perhaps([text for text, means in known.items() if means == name], others)
            if name not in found and (name != "agencies" or hint):
                faults.append(Fault("missing-sheet", "", f"there is no sheet {name!r}{hint}"))
        if faults:
            raise format_error(path, faults)
        return list(found.values())

    return {known[folded(name)]: sheet for name, sheet in read_xlsx(path, choose).items()}
