"""How an edition file is put together before it is read: shared sources and inheritance.

Everything here works on the plain tables that the TOML reader returns and leaves them as
they were. Values of a wrong type pass through untouched; the reader reports them.
"""

from __future__ import annotations

from typing import Any

from inovasi_index.rules.edition import Certainty

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


def with_shared_sources(tree: Tree) -> Tree:
    """Give each row and band the sources that its part shares, unless it has its own.

    A shared source of certainty ``missing`` goes to the rows without the value, any other
    to the rows with it.
    """
    shared = tree.get("shared_sources")
    if not isinstance(shared, dict):
        return tree
    composed = {name: value for name, value in tree.items() if name != "shared_sources"}
    for part, sources in shared.items():
        rows = composed.get(part)
        if isinstance(rows, dict) and isinstance(sources, dict):
            composed[part] = {key: _with_sources(row, sources) for key, row in rows.items()}
    return composed


def _with_sources(row: object, shared: Tree) -> object:
    if not isinstance(row, dict) or not isinstance(row.get("sources", {}), dict):
        return row
    fitting = {
        name: source
        for name, source in shared.items()
        if (name in row) is not (_certainty(source) == Certainty.MISSING)
    }
    return row | {"sources": fitting | row.get("sources", {})}


def _certainty(source: object) -> object:
    return source.get("certainty") if isinstance(source, dict) else None


def pruned(tree: Tree, path: str) -> Tree | None:
    """Return the tree without what stands at a path, and without its source.

    A step ``*`` stands for every key. Returns `None` when nothing stands there.
    """
    step, _, rest = path.partition(".")
    keys = [k for k in tree if k != "sources"] if step == "*" else [step] if step in tree else []
    found = dict(tree)
    hit = False
    for key in keys:
        if not rest:
            del found[key]
            if isinstance(tree.get("sources"), dict):
                found["sources"] = {n: s for n, s in tree["sources"].items() if n != key}
            hit = True
        elif isinstance(tree[key], dict) and (inner := pruned(tree[key], rest)) is not None:
            found[key] = inner
            hit = True
    return found if hit else None


def inherited(tree: Tree, certainty: Certainty, note: str) -> Tree:
    """Return the tree with every source and status at most as sure as `certainty`."""
    composed: Tree = {}
    for name, value in tree.items():
        if name == "sources":
            composed[name] = {n: _lowered(s, certainty, note) for n, s in value.items()}
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


def _lowered(source: Any, certainty: Certainty, note: str) -> Tree:  # noqa: ANN401 - a TOML value
    source = dict(source) if isinstance(source, dict) else {"cite": source}
    known = Certainty(source.get("certainty", Certainty.OFFICIAL))
    if known is Certainty.MISSING:
        return source
    notes = [source["note"], note] if source.get("note") else [note]
    return source | {"certainty": str(worse(known, certainty)), "note": "; ".join(notes)}


def overlaid(parent: Tree, child: Tree) -> Tree:
    """Return the parent's tables with the child's values put over them.

    Tables are joined key by key, everything else is replaced. A replaced value loses the
    source that the parent gave it: whoever changes a value has to say where it is from.
    """
    composed = dict(parent)
    for name, value in child.items():
        old = composed.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            composed[name] = overlaid(old, value)
        else:
            composed[name] = value
    sources = parent.get("sources")
    if isinstance(sources, dict):
        own = child.get("sources")
        kept = {n: s for n, s in sources.items() if n not in child}
        composed["sources"] = kept | own if isinstance(own, dict) else kept
    return composed
