"""Where in a submission something is wrong: a trail of fields and positions, as text, in order.

A trail (``("innovations", 3, "answers", 0, "level")``) is cheap to make while walking; what a
person reads (``innovations[3] (id 'inn-4').answers[0].level``) and the order of the input are
worked out only when there are faults.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeAlias

import attrs
from attrs import frozen

from inovasi_index.errors import Fault, near_misses
from inovasi_index.records.forms import fields_of, shown

__all__ = ["Finding", "Hints", "Trail", "faults_in_order"]

Trail: TypeAlias = tuple[str | int, ...]


@frozen
class Finding:
    """A fault of which only the trail is known yet."""

    trail: Trail
    code: str
    message: str
    source: str = ""


class Hints:
    """Near misses for as many names as can be looked up soon; none for the rest.

    A file may hold a hundred thousand unknown names, and comparing each with all known ones
    would take longer than anything else.
    """

    def __init__(self, comparisons: int = 20_000) -> None:
        self._left = comparisons

    def near(self, name: object, known: Collection[str]) -> str:
        """Return ``"; did you mean 'x'?"`` or an empty string."""
        self._left -= len(known)
        return near_misses(name, known) if self._left >= 0 else ""

    def meant(self, name: str, known: Mapping[str, str]) -> str:
        """Return the hint with what to write for the names that come close, by folded name."""
        self._left -= len(known)
        close = self._left >= 0 and get_close_matches(name.casefold()[:200], known, cutoff=0.7)
        meant = dict.fromkeys(known[one] for one in close or ())
        return f"; did you mean {' or '.join(meant)}?" if meant else ""


def faults_in_order(
    root: object, findings: Iterable[Finding], *, place: str = ""
) -> tuple[Fault, ...]:
    """Return faults with their places as text, in the order of the input.

    Parameters
    ----------
    root : mapping or record
        What the trails lead through.
    findings : iterable of Finding
    place : str
        Where the root itself is (a file, a row); put before each place.
    """
    map_of = _Map()
    located = [(*map_of.locate(root, finding.trail), finding) for finding in findings]
    located.sort(key=lambda one: one[0])
    faults = (Fault(f.code, text, f.message, f.source) for _, text, f in located)
    return tuple(fault.inside(place) if place else fault for fault in faults)


class _Map:
    """Positions of the keys of each mapping, worked out once."""

    def __init__(self) -> None:
        self._positions: dict[int, dict[object, int]] = {}

    def locate(self, root: object, trail: Trail) -> tuple[tuple[int, ...], str]:
        """Return the position of a trail in the input and its text."""
        order, text, at = [], "", root
        for step in trail:
            if isinstance(step, int):
                order.append(step)
                at = at[step] if isinstance(at, Sequence) else None
                text += f"[{step}]"
                if "id" in self._keys(at):
                    text += f" (id {shown(_item(at, 'id'))})"
            else:
                order.append(self._keys(at).get(step, -1))  # what is missing stands before all
                at = _item(at, step)
                name = step if step.isidentifier() and len(step) <= 60 else shown(step)
                text += f".{name}" if text else name
        return tuple(order), text

    def _keys(self, holder: object) -> Mapping[object, int]:
        known = self._positions.get(id(holder))
        if known is None:
            names: Iterable[object] = ()
            cls: type = type(holder)
            if isinstance(holder, Mapping):
                names = holder
            elif attrs.has(cls):
                names = fields_of(cls)
            known = self._positions[id(holder)] = {name: n for n, name in enumerate(names)}
        return known


def _item(holder: object, name: str) -> object:
    if isinstance(holder, Mapping):
        return holder.get(name)
    return getattr(holder, name, None)
