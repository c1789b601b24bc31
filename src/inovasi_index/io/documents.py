"""A submission as one TOML or JSON document, without loss."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from inovasi_index.errors import Fault, SubmissionError, near_misses
from inovasi_index.io.files import decode, format_error, read_bytes
from inovasi_index.io.limits import MAX_TOML_BYTES
from inovasi_index.io.toml_text import toml_text
from inovasi_index.records.forms import shown
from inovasi_index.records.plain import from_plain
from inovasi_index.records.submission import Submission
from inovasi_index.untrusted import parse_json, parse_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["FORMAT", "json_document", "read_document", "toml_document"]

#: Name and version of the form of a document; it changes when a reader has to.
FORMAT: Final = "inovasi_index.submission/1"


def read_document(path: Path) -> Submission:
    """Read a submission from a .toml or .json file.

    Raises
    ------
    OSError
        When the file cannot be opened.
    FileFormatError
        When it is not UTF-8, not TOML or JSON, or of another format or version.
    SubmissionError
        With every fault of form of the submission.
    """
    data = read_bytes(path)
    language = path.suffix.lstrip(".").upper()
    if language == "TOML" and len(data) > MAX_TOML_BYTES:
        most = f"the file is larger than {MAX_TOML_BYTES // 2**20} MiB; JSON may be larger"
        raise format_error(path, [Fault("file-too-large", "", most)])
    text = decode(data, path)
    parse = parse_toml if language == "TOML" else parse_json
    try:
        plain = parse(text)
    except RecursionError:
        message = "brackets are nested too deeply"
        raise format_error(path, [Fault(f"not-{language.lower()}", "", message)]) from None
    except ValueError as error:
        message = f"this is not {language}: {error}"
        raise format_error(path, [Fault(f"not-{language.lower()}", "", message)]) from None
    if not isinstance(plain, dict):
        message = "the document must be an object with the fields of a submission"
        raise format_error(path, [Fault("wrong-type", "", message)])
    form = plain.pop("format", FORMAT)
    if form != FORMAT:
        hint = near_misses(form, [FORMAT])
        message = f"the format is {shown(form)}; this version reads {FORMAT!r}{hint}"
        raise format_error(path, [Fault("unknown-format", "format", message)])
    try:
        return from_plain(Submission, plain)
    except SubmissionError as error:
        faults = format_error(path, error.faults).faults
        raise SubmissionError(str(path), faults) from None


def toml_document(submission: Submission) -> str:
    """Return a submission as TOML, one line an answer."""
    return toml_text(_document(submission), blocks=("innovations",))


def json_document(submission: Submission) -> str:
    """Return a submission as JSON; days are ISO texts."""
    document = _document(submission)
    return json.dumps(document, default=_json_value, ensure_ascii=False, indent=2) + "\n"


def _document(submission: Submission) -> dict[str, Any]:
    plain: Mapping[str, Any] = submission.to_dict()
    first = ("year", "region_points", "region", "agencies")
    ordered = {name: plain[name] for name in first if name in plain}
    return {"format": FORMAT, **ordered, **plain}


def _json_value(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        near = float(value)
        # Most numbers come back from a float digit by digit; the rest are safe as text.
        return near if Decimal(repr(near)) == value else f"{value:f}"
    raise TypeError(f"{value!r} has no form in JSON")  # pragma: no cover - no record holds such
