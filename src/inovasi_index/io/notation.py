r"""Evidence and verdicts in one cell of a table.

A cell of evidence holds items with ``|`` between them::

    sk-walikota.pdf [accepted] | Rekaman layanan <https://video.example/42> [rejected: buram]

An item is a file name or a link; or a title, then file name or link in angle brackets. The
status stands in square brackets, a remark of the verifier after a colon; without a status the
evidence is pending. What is a link is seen at its ``://``; ``<file:…>`` and ``<url:…>`` say it
outright. One of ``| < > [ ]`` that belongs to a text is written with a backslash before it.

A cell with a verdict holds the decision, the level that was accepted when it is lower than the
claim, and a remark: ``accepted``, ``accepted 2: belum ditandatangani``, ``rejected: kosong``.
The Indonesian words ``menunggu``, ``diterima`` and ``ditolak`` are read as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inovasi_index.errors import near_misses
from inovasi_index.records.forms import FormError, shown
from inovasi_index.records.submission import Evidence, EvidenceStatus, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["evidence_text", "read_evidence", "read_verdict", "verdict_text"]

# Nothing is given back (``*+``): a text that is wrong costs one pass and not one a character.
# Only of what cannot fail midway, which Python before 3.11.5 did not put back (cpython#106052):
# so targets are counted, one more than an item can have.
_TEXT = r"(?:\\[\\|<>\[\]]|[^|<>\[\]\\]|\\(?![\\|<>\[\]]))*+"
_ITEM = re.compile(
    rf"\s*+(?P<title>{_TEXT})(?P<targets>(?:<{_TEXT}>\s*+){{0,3}})"
    rf"(?:\[(?P<status>{_TEXT})\]\s*+)?(?P<end>\||\Z)"
)
_TARGET = re.compile(rf"<({_TEXT})>")
_ESCAPE = re.compile(r"\\([\\|<>\[\]])")
_SPECIAL = re.compile(r"[\\|<>\[\]]")
_VERDICT = re.compile(r"\s*([^\W\d]+)(?:\s+([0-9]{1,9}))?\s*(?::(.*))?", re.DOTALL)
_WORDS = {"menunggu": "pending", "diterima": "accepted", "ditolak": "rejected"}
_EXAMPLE = "as in: sk.pdf [accepted] | Foto <foto.jpg> [rejected: buram]"


def evidence_text(evidence: Iterable[Evidence]) -> str:
    """Return the items in the notation of one cell.

    Examples
    --------
    >>> evidence_text([Evidence(file="sk.pdf", status="accepted"), Evidence(title="Foto")])
    'sk.pdf [accepted] | Foto <>'
    """
    return " | ".join(map(_item, evidence))


def _item(evidence: Evidence) -> str:
    targets = [
        _marked(kind, text)
        for kind, text in (("file", evidence.file), ("url", evidence.url))
        if text is not None
    ]
    if len(targets) == 1 and not evidence.title:
        words = targets
    else:
        words = [_escaped(evidence.title.strip())] if evidence.title else []
        words += [f"<{target}>" for target in targets or [""]]
    if evidence.note:
        words.append(f"[{evidence.status}: {_escaped(evidence.note.strip())}]")
    elif evidence.status is not EvidenceStatus.PENDING:
        words.append(f"[{evidence.status}]")
    return " ".join(words)


def _marked(kind: str, text: str) -> str:
    seen, rest = _target(text)
    plain = (seen, rest) == (kind, text)
    return _escaped(text if plain else f"{kind}:{text}")


def _target(text: str) -> tuple[str, str]:
    for kind in ("file", "url"):
        if text.startswith(f"{kind}:"):
            return kind, text.removeprefix(f"{kind}:")
    return ("url" if "://" in text else "file"), text


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text).strip()


def read_evidence(text: str) -> list[dict[str, Any]]:
    """Read the items of one cell as plain dicts; an empty cell has none.

    Raises
    ------
    FormError
        When a bracket is missing, an item is empty, a status is unknown, or an item has two
        files or two links.

    Examples
    --------
    >>> read_evidence("sk.pdf [diterima]")
    [{'file': 'sk.pdf', 'status': 'accepted'}]
    """
    items: list[dict[str, Any]] = []
    position = 0
    while text.strip():
        match = _ITEM.match(text, position)
        if match is None:
            raise FormError(
                f"{shown(text[position:].strip())}: a bracket is missing or out of place; "
                f"write a file or link with its status, {_EXAMPLE}",
                "bad-evidence",
            )
        items.append(_plain_item(match))
        position = match.end()
        if not match["end"]:
            break
    return items


def _plain_item(match: re.Match[str]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    title = _unescaped(match["title"])
    targets = [_unescaped(found) for found in _TARGET.findall(match["targets"])]
    if not match["targets"]:
        title, targets = "", [title]
    if title:
        item["title"] = title
    for target in filter(None, targets):
        kind, rest = _target(target)
        if kind in item:
            raise FormError(f"{shown(rest)}: a second {kind} in one item", "bad-evidence")
        item[kind] = rest
    if match["status"] is not None:
        word, colon, note = match["status"].partition(":")
        item["status"] = _decision(word, {status.value for status in EvidenceStatus})
        if colon and note.strip():
            item["note"] = _unescaped(note)
    elif not (item or match["targets"]):
        raise FormError(f"an item of evidence is empty; write it {_EXAMPLE}", "bad-evidence")
    return item


def _decision(word: str, known: set[str]) -> str:
    decision = word.strip().casefold()
    decision = _WORDS.get(decision, decision)
    if decision not in known:
        allowed = [*sorted(known), *(word for word, means in _WORDS.items() if means in known)]
        hint = near_misses(decision, allowed)
        message = f"{shown(word.strip())} is not one of {', '.join(allowed)}{hint}"
        raise FormError(message, "unknown-choice")
    return decision


def verdict_text(verdict: Verdict) -> str:
    """Return a verdict in the notation of one cell.

    Examples
    --------
    >>> verdict_text(Verdict("accepted", level=2, note="tanpa tanda tangan"))
    'accepted 2: tanpa tanda tangan'
    """
    level = "" if verdict.level is None else f" {verdict.level}"
    return f"{verdict.status}{level}" + (f": {verdict.note}" if verdict.note else "")


def read_verdict(text: str) -> Mapping[str, Any]:
    """Read the verdict of one cell as a plain dict.

    Raises
    ------
    FormError
        When it is no verdict.

    Examples
    --------
    >>> read_verdict("ditolak: berkas kosong")
    {'status': 'rejected', 'note': 'berkas kosong'}
    """
    match = _VERDICT.fullmatch(text)
    if match is None:
        raise FormError(
            f"{shown(text)} is no verdict; write accepted, rejected or, when a lower level was "
            "accepted, accepted 2: why",
            "bad-verdict",
        )
    verdict: dict[str, Any] = {"status": _decision(match[1], {"accepted", "rejected"})}
    if match[2]:
        verdict["level"] = int(match[2])
    if match[3] and match[3].strip():
        verdict["note"] = match[3].strip()
    return verdict
