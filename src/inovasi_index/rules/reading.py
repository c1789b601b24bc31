"""Edition files in, editions out: reading, composing, checking, with all faults at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from inovasi_index.errors import EditionFileError, Fault, near_misses
from inovasi_index.rules.checking import area_certainty, cited_keys, edition_faults
from inovasi_index.rules.composing import inherited, overlaid, pruned, with_shared_sources
from inovasi_index.rules.edition import Completeness, Edition
from inovasi_index.rules.grammar import AREAS, COMPOSITION, EDITION
from inovasi_index.rules.loading import DATA, available_editions
from inovasi_index.rules.nodes import said
from inovasi_index.untrusted import listed, parse_toml, read_start

if TYPE_CHECKING:
    import os

__all__ = ["read_edition"]

MOST_BYTES = 1_000_000
MOST_PARENTS = 20  # of an edition that extends one that extends one …
SHIPPED = Path(DATA)

Tree = dict[str, Any]


def read_edition(file: str | os.PathLike[str]) -> Edition:
    """Read an edition from a TOML file, put over what it extends.

    Raises
    ------
    EditionFileError
        With every fault at once: of the file itself, or of the one that it extends.
    """
    return _loaded(Path(file), ())[0]


def _loaded(file: Path, below: tuple[Path, ...]) -> tuple[Edition, Tree]:
    """Read a file; return the edition and its composed tables. `below` extend this file."""
    own = _parsed(file)
    faults: list[Fault] = []
    tree = _composed(own, file, below, faults)
    edition = EDITION.read(tree, "", faults)
    if any(fault.place == "extends" for fault in faults):
        # What the file leaves to the edition that it extends cannot be judged.
        faults = [fault for fault in faults if fault.code != "missing-key"]
    elif edition is not None:
        faults += edition_faults(
            edition,
            own_citations=own.get("citations", ()),
            broken=[fault.place for fault in faults],
        )
        if edition.id in available_editions() and file.resolve().parent != SHIPPED.resolve():
            message = f"{edition.id!r} is shipped; give an edition of your own another id"
            faults.append(Fault("id-taken", "id", message))
    if faults or edition is None:
        raise EditionFileError(str(file), listed(faults))
    used = cited_keys(edition)
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
        content = read_start(file, MOST_BYTES + 1)
    except OSError as error:
        raise _bad(file, "unreadable-file", "", error.strerror or "cannot be read") from None
    except ValueError as error:
        raise _bad(file, "unreadable-file", "", str(error)) from None
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
        return parse_toml(text)
    except RecursionError:
        raise _bad(file, "too-deep", "", "arrays or tables are nested too deeply") from None
    except ValueError as error:
        message, _, place = str(error).partition(" (at ")
        raise _bad(file, "toml-syntax", place.removesuffix(")"), message) from None


def _bad(file: Path, code: str, place: str, message: str) -> EditionFileError:
    return EditionFileError(str(file), [Fault(code, place, message)])


def _composed(file_tree: Tree, file: Path, below: tuple[Path, ...], faults: list[Fault]) -> Tree:
    """Return the tables of a file put over those of the edition that it extends."""
    how: Tree = {
        name: field.node.read(file_tree[name], name, faults) or {}
        for name, field in COMPOSITION.items()
        if name in file_tree
    }
    own = {name: value for name, value in file_tree.items() if name not in COMPOSITION}
    own = with_shared_sources(own, how.get("shared_sources", {}))
    if "extends" not in own:
        misplaced = [name for name in ("without", "inherited") if name in how]
        faults += [Fault("not-allowed", name, "only with 'extends'") for name in misplaced]
        return own
    parent = _parent(own["extends"], file, (*below, file.resolve()), faults)
    if parent is None:
        return own
    for path in how.get("without", ()):
        found = pruned(parent, path)
        if found is None:
            message = f"nothing stands at {path!r} in {own['extends']!r}"
            faults.append(Fault("nothing-there", "without", message))
        parent = found or parent
    if lowered := how.get("inherited"):
        parent = inherited(parent, lowered["certainty"], lowered["note"])
    # An edition has a name and a period of its own.
    kept = {name: v for name, v in parent.items() if name not in {"id", "title", "period"}}
    return overlaid(kept, own)


def _parent(
    extends: object, file: Path, chain: tuple[Path, ...], faults: list[Fault]
) -> Tree | None:
    """Return the tables of the edition that a file extends; `None` when there is none."""
    shipped = available_editions()
    if not isinstance(extends, str) or not (extends in shipped or extends.endswith(".toml")):
        hint = near_misses(extends, shipped) or f"; shipped: {', '.join(shipped)}"
        message = f"{said(extends)} is neither a shipped edition nor the path of a .toml file{hint}"
        faults.append(Fault("unknown-edition", "extends", message))
        return None
    if extends in shipped:
        target = SHIPPED / f"{extends}.toml"
    elif Path(extends).name != extends or "\0" in extends:
        # Who reads a file that others wrote must not read what else they name.
        message = f"{said(extends)} is not the name of a file beside this one"
        faults.append(Fault("not-beside", "extends", message))
        return None
    else:
        target = file.parent / extends
    if target.resolve() in chain:
        names = " → ".join(p.name for p in (*chain, target))
        faults.append(Fault("extends-cycle", "extends", f"comes back to itself: {names}"))
        return None
    if len(chain) > MOST_PARENTS:
        message = f"more than {MOST_PARENTS} editions, each extending the next"
        faults.append(Fault("too-deep", "extends", message))
        return None
    return _loaded(target, chain)[1]
