"""Edition files in, editions out: reading, composing, checking, with all faults at once."""

from __future__ import annotations

import os
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from attrs import evolve

from inovasi_index.errors import EditionFileError, Fault, UnknownNameError
from inovasi_index.rules.checking import area_certainty, cited_keys, edition_faults
from inovasi_index.rules.composing import inherited, overlaid, pruned, with_shared_sources
from inovasi_index.rules.edition import Certainty, Completeness, Edition
from inovasi_index.rules.grammar import AREAS, COMPOSITION, EDITION

__all__ = ["available_editions", "load_edition"]

MOST_BYTES = 1_000_000
DATA = Path(__file__).with_name("data")

Tree = dict[str, Any]


def available_editions() -> tuple[str, ...]:
    """Return the ids of the editions that are shipped, the oldest first.

    Examples
    --------
    >>> available_editions()[0], available_editions()[-1]
    ('iid-2021', 'iid-2029')
    """
    return tuple(sorted(file.stem for file in DATA.glob("*.toml")))


def load_edition(name_or_path: str | os.PathLike[str]) -> Edition:
    """Return a shipped edition, or the one in a file of your own.

    Parameters
    ----------
    name_or_path : str or path
        Id of a shipped edition (``"iid-2026"``), which is read once, or the path of a TOML
        file.

    Raises
    ------
    UnknownNameError
        When it is neither.
    EditionFileError
        With every fault of the file at once.

    Examples
    --------
    >>> edition = load_edition("iid-2026")
    >>> edition
    <Edition iid-2026: 20 region rows, 20 innovation rows>
    >>> edition["regulation"].name
    'Regulasi Inovasi Daerah'
    """
    name = os.fspath(name_or_path)
    shipped = available_editions()
    if isinstance(name_or_path, str) and name in shipped:
        return _shipped(name)
    if isinstance(name_or_path, str) and not name.endswith(".toml") and not Path(name).is_file():
        raise UnknownNameError.of("edition", name, shipped)
    return _loaded(Path(name), ())[0]


@cache
def _shipped(name: str) -> Edition:
    return _loaded(DATA / f"{name}.toml", ())[0]


def _loaded(file: Path, below: tuple[Path, ...]) -> tuple[Edition, Tree]:
    """Read a file; return the edition and its composed tables. `below` extend this file."""
    own = _parsed(file)
    faults: list[Fault] = []
    tree = with_shared_sources(_composed(own, file, below, faults))
    edition = EDITION.read({k: v for k, v in tree.items() if k not in COMPOSITION}, "", faults)
    citations = own.get("citations")
    if edition is not None:
        broken = [fault.place for fault in faults]
        own_keys = citations if isinstance(citations, dict) else ()
        faults += edition_faults(edition, own_citations=own_keys, broken=broken)
        if edition.id in available_editions() and file.resolve().parent != DATA.resolve():
            message = f"{edition.id!r} is shipped; give an edition of your own another id"
            faults.append(Fault("id-taken", "id", message))
    if faults or edition is None:
        raise EditionFileError(str(file), faults)
    used = {key for _, key in cited_keys(edition)}
    return evolve(
        edition,
        citations=tuple(c for c in edition.citations if c.key in used),
        completeness=_completed(edition),
    ), tree


def _completed(edition: Edition) -> tuple[Completeness, ...]:
    said = {c.area: c for c in edition.completeness}
    return tuple(
        said.get(area)
        or Completeness(area, area_certainty(edition, area), "by the sources of its values")
        for area in AREAS
    )


def _parsed(file: Path) -> Tree:
    try:
        # One byte more than allowed tells a file that is too large without reading it.
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise _bad(file, "unreadable-file", "", error.strerror or "cannot be read") from None
    if len(content) > MOST_BYTES:
        raise _bad(file, "too-large", "", f"more than {MOST_BYTES:_} bytes")
    if content.startswith(b"\xef\xbb\xbf"):
        raise _bad(file, "byte-order-mark", "byte 0", "save the file as UTF-8 without a BOM")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        place = f"byte {error.start}"
        raise _bad(file, "not-utf-8", place, "is not UTF-8; save the file as UTF-8") from None
    if not text.strip():
        raise _bad(file, "empty-file", "", "the file is empty")
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError:
        raise _bad(file, "too-deep", "", "arrays or tables are nested too deeply") from None
    except (ValueError, ArithmeticError) as error:
        message, _, place = str(error).partition(" (at ")
        raise _bad(file, "toml-syntax", place.rstrip(")"), message) from None


def _bad(file: Path, code: str, place: str, message: str) -> EditionFileError:
    return EditionFileError(str(file), [Fault(code, place, message)])


def _composed(own: Tree, file: Path, below: tuple[Path, ...], faults: list[Fault]) -> Tree:
    """Return the tables of a file put over those of the edition that it extends."""
    composition: Tree = {
        name: field.node.read(own[name], name, faults)
        for name, field in COMPOSITION.items()
        if name in own
    }
    own = with_shared_sources(own)
    extends = own.get("extends")
    if not isinstance(extends, str):
        for name in ("without", "inherited"):
            if name in own:
                faults.append(Fault("not-allowed", name, "only with 'extends'"))
        return own
    parent = _parent(extends, file, (*below, file.resolve()), faults)
    for path in composition.get("without") or ():
        found = pruned(parent, path)
        if found is None and parent:
            message = f"nothing stands at {path!r} in {extends!r}"
            faults.append(Fault("nothing-there", "without", message))
        parent = found or parent
    if lowered := composition.get("inherited"):
        parent = inherited(parent, Certainty(lowered["certainty"]), lowered["note"])
    missing = [name for name in ("id", "title", "period") if name not in own]
    faults += [Fault("missing-key", name, "must not be inherited") for name in missing]
    parent = {name: value for name, value in parent.items() if name not in missing}
    return overlaid(parent, own)


def _parent(extends: str, file: Path, chain: tuple[Path, ...], faults: list[Fault]) -> Tree:
    shipped = available_editions()
    if not (extends in shipped or extends.endswith(".toml")):
        error = UnknownNameError.of("edition", extends, shipped)
        faults.append(Fault("unknown-edition", "extends", f"{error}, or the path of a .toml file"))
        return {}
    target = DATA / f"{extends}.toml" if extends in shipped else file.parent / extends
    if target.resolve() in chain:
        names = [p.name for p in (*chain, target)]
        faults.append(Fault("extends-cycle", "extends", " → ".join(names)))
        return {}
    try:
        return _loaded(target, chain)[1]
    except EditionFileError as error:
        faults.extend(fault.inside(target.name) for fault in error.faults)
        return {}
