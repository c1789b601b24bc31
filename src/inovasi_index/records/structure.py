"""What concerns several records of a submission: ids, the agencies they name, doubled answers.

The same holds for records and for input that could be read in part only, so the functions
ask for nothing but attributes; what could not be read is `None` and is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from inovasi_index.records.forms import shown
from inovasi_index.records.places import Finding, Hints, Trail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["doubled_answers", "structural_findings"]

_Numbered: TypeAlias = list[tuple[int, Any]]


def structural_findings(submission: Any, hints: Hints) -> Iterator[Finding]:
    """Yield doubled ids and answers, agencies that do not exist and circles of parents.

    Parameters
    ----------
    submission : Submission, or what could be read of one
    hints : Hints
    """
    agencies = _readable(submission.agencies)
    innovations = _readable(submission.innovations)
    yield from _doubled("agencies", agencies, "id")
    parents = {a.id: a.parent for _, a in reversed(agencies)}
    yield from _circles(agencies, parents)
    if all(a is not None and a.id is not None for a in submission.agencies or ()):
        yield from _strangers("agencies", agencies, "parent", known=parents, hints=hints)
        yield from _strangers("innovations", innovations, "agency", known=parents, hints=hints)
    yield from _doubled("innovations", innovations, "id")
    for n, innovation in innovations:
        yield from doubled_answers(innovation, ("innovations", n))
    yield from doubled_answers(submission)


def doubled_answers(owner: Any, trail: Trail = ()) -> Iterator[Finding]:
    """Yield each answer of an innovation or a submission to a row that was answered before.

    Parameters
    ----------
    owner : Innovation or Submission, or what could be read of one
    trail : tuple of str or int
        Where the owner is.
    """
    yield from _doubled("answers", _readable(owner.answers), "indicator", inside=trail)


def _doubled(name: str, records: _Numbered, field: str, *, inside: Trail = ()) -> Iterator[Finding]:
    """Yield each record whose `field` an earlier one has too."""
    first: dict[object, int] = {}
    for n, record in records:
        value = getattr(record, field)
        if value is None:
            continue
        before = first.setdefault(value, n)
        if before != n:
            message = f"{field} {shown(value)} was used before, in {name}[{before}]"
            yield Finding((*inside, name, n, field), f"duplicate-{field}", message)


def _strangers(
    name: str, records: _Numbered, field: str, *, known: Mapping[str, object], hints: Hints
) -> Iterator[Finding]:
    for n, record in records:
        agency = getattr(record, field)
        if agency is not None and agency not in known:
            message = f"there is no agency {shown(agency)}{hints.near(agency, known)}"
            yield Finding((name, n, field), "unknown-agency", message)


def _circles(agencies: _Numbered, parents: Mapping[str, str | None]) -> Iterator[Finding]:
    position = {a.id: n for n, a in reversed(agencies)}
    followed: set[str] = set()
    for _, agency in agencies:
        path: dict[str, None] = {}
        at: str | None = agency.id
        while at is not None and at in parents and at not in followed and at not in path:
            path[at] = None
            at = parents[at]
        followed.update(path)
        if at in path:
            ids = list(path)
            circle = ids[ids.index(at) :]
            start = min(circle, key=position.__getitem__)
            message = f"is above itself: {' → '.join(map(shown, [*circle[:10], at]))}"
            yield Finding(("agencies", position[start], "parent"), "parent-circle", message)


def _readable(records: Sequence[Any] | None) -> _Numbered:
    return [(n, record) for n, record in enumerate(records or ()) if record is not None]
