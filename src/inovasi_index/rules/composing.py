"""How an edition file is put together before it is read: shared sources and inheritance.

Everything here works on the tables that the TOML reader returns and leaves them as they
were. Values of a wrong type pass through untouched; the reader reports them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from inovasi_index.rules.edition import Certainty, Sourced
from inovasi_index.rules.nodes import Cites

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CERTAINTIES", "inherited", "overlaid", "pruned", "with_shared_sources", "worse"]

Tree = dict[str, Any]

# From the surest to the least sure.
CERTAINTIES = (
    Certainty.OFFICIAL,
    Certainty.INFERRED,
    Certainty.CANDIDATE,
    Certainty.ASSUMED,
    Certainty.MISSING,
)


def worse(*certainties: Certainty) -> Certainty:
    """Return the least sure of several certainties; official when there is none.

    Examples
    --------
    >>> print(worse(Certainty.INFERRED, Certainty.OFFICIAL))
    inferred
    """
    return max(certainties, key=CERTAINTIES.index, default=Certainty.OFFICIAL)


def with_shared_sources(tree: Tree, shared: Mapping[str, Mapping[str, Sourced]]) -> Tree:
    """Give each row and band the sources that its part shares, unless it has its own.

    A shared source of certainty ``missing`` goes to the rows without the value, any other
    to the rows with it.
    """
    composed = dict(tree)
    for part, sources in shared.items():
        rows = composed.get(part)
        if isinstance(rows, dict):
            composed[part] = {key: _with_sources(row, sources) for key, row in rows.items()}
    return composed


def _with_sources(row: object, shared: Mapping[str, Sourced]) -> object:
    if not isinstance(row, dict) or not isinstance(row.get("sources", {}), dict):
        return row
    fitting = {
        name: source
        for name, source in shared.items()
        if (name in row) is not (source.certainty is Certainty.MISSING)
    }
    return row | {"sources": fitting | row.get("sources", {})}


def pruned(tree: Tree, path: str) -> Tree | None:
    """Return the tree without what stands at a path, and without its source.

    A step ``*`` stands for every key. Returns `None` when nothing stands there.
    """
    step, _, rest = path.partition(".")
    keys = [k for k in tree if k != "sources"] if step == "*" else [step] if step in tree else []
    found = dict(tree)
    for key in keys:
        if rest:
            inner = pruned(tree[key], rest) if isinstance(tree[key], dict) else None
            found[key] = tree[key] if inner is None else inner
        else:
            del found[key]
    if "sources" in tree and not rest:
        found["sources"] = {name: s for name, s in tree["sources"].items() if name not in keys}
    return None if found == tree else found


def inherited(tree: Tree, certainty: Certainty, note: str) -> Tree:
    """Return the tree with every source and status at most as sure as `certainty`."""
    composed: Tree = {}
    for name, value in tree.items():
        if name == "sources":
            composed[name] = {n: _lowered(n, s, certainty, note) for n, s in value.items()}
        elif name == "completeness":
            composed[name] = {
                area: said | {"status": str(worse(Certainty(said["status"]), certainty))}
                for area, said in value.items()
            }
        elif isinstance(value, dict):
            composed[name] = inherited(value, certainty, note)
        else:
            composed[name] = value
    return composed


def _lowered(name: str, source: object, certainty: Certainty, note: str) -> Sourced | None:
    read = Cites().read(source, name, [])
    if read is None or read.certainty is Certainty.MISSING:
        return read
    notes = "; ".join(filter(None, (read.note, note)))
    return evolve(read, certainty=worse(read.certainty, certainty), note=notes)


def overlaid(parent: Tree, child: Tree) -> Tree:
    """Return the parent's tables with the child's values put over them.

    Tables are joined key by key, everything else is replaced. A replaced value loses the
    source that the parent gave it: whoever changes a value has to say where it is from.
    """
    composed: Tree = dict(parent)
    for name, value in child.items():
        old = composed.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            value = overlaid(old, value)  # noqa: PLW2901 - the joined tables
        composed[name] = value
    own = child.get("sources", {})
    if "sources" in parent and isinstance(own, dict):
        kept = {name: s for name, s in parent["sources"].items() if name not in child}
        composed["sources"] = kept | own
    return composed
