"""What must hold inside an edition: sums, ladders, bounds, citations, completeness.

Each check reads an edition and yields faults; it says which part of the file it needs to
be whole, so that a row that cannot be read does not also report a wrong sum. Single values
that could not be read are `None`, as those that no source gives, and nothing is said of them.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from inovasi_index.errors import Fault, near_misses
from inovasi_index.exact import format_decimal
from inovasi_index.rules.composing import CERTAINTIES, worse
from inovasi_index.rules.edition import (
    Band,
    Bound,
    Certainty,
    Direction,
    Edition,
    Formula,
    Indicator,
    NumericRule,
    Part,
    Sourced,
    source_of,
)
from inovasi_index.rules.keys import PART_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal

__all__ = ["area_certainty", "band_faults", "cited_keys", "edition_faults", "sum_faults"]

_HUNDRED = Fraction(100)
_MOST_HINTS = 100  # comparing many names with many takes longer than all the rest
_MENTION = re.compile(r"\[([A-Z][A-Z0-9]*)\]")


def edition_faults(
    edition: Edition, *, own_citations: Iterable[str] = (), broken: Iterable[str] = ()
) -> Iterator[Fault]:
    """Yield everything that does not fit together in an edition.

    Parameters
    ----------
    edition : Edition
    own_citations : iterable of str
        Citations that the file declares itself, so that unused ones are reported.
    broken : iterable of str
        Places that have faults already; checks that need them whole are left out.
    """
    damaged = {whole for place in broken for whole in _around(place)}
    for row in edition.indicators:
        place = f"{row.part}.{row.key}"
        for needs, check_row in _ROW_CHECKS:
            if damaged.isdisjoint(f"{place}.{field}" for field in needs):
                yield from (fault.inside(place) for fault in check_row(row))
    for needs, check in _CHECKS:
        if damaged.isdisjoint(needs):
            yield from check(edition)
    if not damaged:
        yield from _unused(edition, own_citations)
        yield from _overstated(edition)


def _around(place: str) -> Iterator[str]:
    """Yield a place and those that it lies in, no deeper than the field of a row."""
    steps = re.split(r"[.\[]", place)[:3]
    yield from (".".join(steps[: n + 1]) for n in range(len(steps)))


# -- one row ---------------------------------------------------------------------------


def _key_faults(row: Indicator) -> Iterator[Fault]:
    part = PART_OF.get(row.key)
    if part is None:
        plain = row.key.replace("_", "")
        meant = next((k for k in PART_OF if k.replace("_", "") == plain), None)
        hint = f"; did you mean {meant!r}?" if meant else _slip(row.key)
        if hint:
            yield Fault("misspelt-key", "", f"{row.key!r} is almost a key of other editions{hint}")
    elif part is not row.part:
        yield Fault("moved-key", "", f"is a row of the {part} part in every other edition")


def _slip(key: str) -> str:
    # Letters swapped, doubled or dropped; "poverty_rate_rural" is a key of its own.
    alike = [k for k in PART_OF if abs(len(k) - len(key)) <= 1 and k[0] == key[0]]
    close = [k for k in alike if not (Counter(k) - Counter(key)) or not (Counter(key) - Counter(k))]
    return near_misses(key, close)


def _level_faults(row: Indicator) -> Iterator[Fault]:
    weight = row.weight_hundredths
    points = [level.points_hundredths for level in row.levels]
    for n, (level, found) in enumerate(zip(row.levels, points, strict=True), 1):
        if weight is not None and found is not None and found != weight * level.number:
            expected = format_decimal(weight * level.number / _HUNDRED)
            said = format_decimal(found / _HUNDRED)
            message = f"{said} points, but weight times level is {expected}"
            yield Fault("points-not-weight-times-level", f"levels[{n}].points", message)
    known = [p for p in points if p is not None]
    if any(lower >= higher for lower, higher in pairwise(known)):
        yield Fault("points-not-rising", "levels", "points must rise with the level")


def _numeric_faults(row: Indicator) -> Iterator[Fault]:
    bases = [rule.basis for rule in row.numeric]
    if len(set(bases)) < len(bases) or (len(bases) > 1 and None in bases):
        yield Fault("duplicate", "numeric", "several rules need a basis each, all different")
    for n, rule in enumerate(row.numeric, 1):
        yield from (f.inside(f"numeric[{n}]") for f in _rule_faults(rule, row.top_level))


def _rule_faults(rule: NumericRule, top_level: int) -> Iterator[Fault]:
    if len(rule.bounds) != top_level:
        message = f"{len(rule.bounds)} bounds for {top_level} levels"
        yield Fault("bounds-not-as-many-as-levels", "bounds", message)
    if rule.texts and len(rule.texts) != top_level:
        message = f"{len(rule.texts)} texts for {top_level} levels"
        yield Fault("texts-not-as-many-as-levels", "texts", message)
    for place, bound in (
        ("domain", rule.domain),
        *((f"bounds[{n}]", bound) for n, bound in enumerate(rule.bounds, 1)),
    ):
        yield from (f.inside(place) for f in _bound_faults(bound, rule))
    higher = rule.direction is Direction.HIGHER_IS_BETTER
    edges = [bound.lower if higher else bound.upper for bound in rule.bounds]
    for n, (before, after) in enumerate(pairwise(edges), 2):
        if after is None or (before is not None and not _beyond(after, before, higher=higher)):
            word = "from' must rise" if higher else "to' must fall"
            yield Fault("bounds-not-ordered", f"bounds[{n}]", f"'{word} with the level")


def _beyond(after: Decimal, before: Decimal, *, higher: bool) -> bool:
    return after > before if higher else after < before


def _bound_faults(bound: Bound, rule: NumericRule) -> Iterator[Fault]:
    low, high = bound.lower, bound.upper
    if bound is not rule.domain and low is None and high is None:
        yield Fault("bounds-not-ordered", "", "needs 'from' or 'to'")
    if low is not None and high is not None and low > high:
        yield Fault("bounds-not-ordered", "", f"'from' {low} lies above 'to' {high}")
    for name, end in (("from", low), ("to", high)):
        if end is None:
            continue
        if rule.whole and end != end.to_integral_value():
            yield Fault("bound-not-whole", name, f"{end}, but the value is a whole number")
        floor, ceiling = rule.domain.lower, rule.domain.upper
        if (floor is not None and end < floor) or (ceiling is not None and end > ceiling):
            yield Fault("bound-outside-domain", name, f"{end}: the domain is {rule.domain}")


# The fields that must have no fault of their own, as what is left of them would be misread.
_ROW_CHECKS: tuple[tuple[tuple[str, ...], Callable[[Indicator], Iterator[Fault]]], ...] = (
    ((), _key_faults),
    ((), _level_faults),
    (("levels", "numeric"), _numeric_faults),
)


# -- the whole -------------------------------------------------------------------------


def sum_faults(edition: Edition) -> Iterator[Fault]:
    """Yield the maxima that do not add up to what the edition declares, or to nothing."""
    formula = edition.formula
    declared = {
        Part.REGION: ("region_max", formula.region_max_hundredths),
        Part.INNOVATION: ("maturity_max", formula.maturity_max_hundredths),
    }
    for part, (name, expected) in declared.items():
        maxima = [row.max_hundredths for row in edition.part_indicators(part)]
        found = [m for m in maxima if m is not None]
        if expected is not None and maxima and len(found) == len(maxima):
            yield from _sum_fault(name, expected, sum(found), f"the rows of the {part} part")
    parts = (
        formula.region_max_hundredths,
        formula.maturity_max_hundredths,
        formula.count_max_hundredths,
    )
    total = formula.total_max_hundredths
    if total == 0:
        yield Fault("out-of-range", "formula.total_max", "must be more than 0")
    known = [p for p in parts if p is not None]
    if total is not None and len(known) == len(parts):
        yield from _sum_fault("total_max", total, sum(known), "the parts")
    cap, points = formula.count_cap, formula.points_per_innovation_hundredths
    if formula.count_max_hundredths is not None and cap is not None and points is not None:
        yield from _sum_fault("count_max", formula.count_max_hundredths, cap * points, "the cap")


def _sum_fault(name: str, declared: int, found: int, what: str) -> Iterator[Fault]:
    if declared != found:
        said, summed = format_decimal(declared / _HUNDRED), format_decimal(found / _HUNDRED)
        message = f"is {said}, but {what} add up to {summed}"
        yield Fault("sum-differs", f"formula.{name}", message)


def band_faults(bands: tuple[Band, ...]) -> Iterator[Fault]:
    """Yield the holes and overlaps of bands, as far as their bounds are known."""
    if not bands:
        return
    for band in bands:
        low, high = band.lower_hundredths, band.upper_hundredths
        if low is not None and high is not None and low > high:
            yield Fault("bands-not-ordered", f"bands.{band.key}", "'lower' lies above 'upper'")
    if bands[0].lower_hundredths not in (None, 0):
        yield Fault("bands-hole", f"bands.{bands[0].key}.lower", "the lowest band starts at 0")
    if bands[-1].upper_hundredths not in (None, 100_00):
        yield Fault("bands-hole", f"bands.{bands[-1].key}.upper", "the highest band ends at 100")
    for below, above in pairwise(bands):
        end, start = below.upper_hundredths, above.lower_hundredths
        if end is None or start is None or start == end + 1:
            continue
        code, word = ("bands-hole", "a hole") if start > end else ("bands-overlap", "an overlap")
        message = (
            f"{word}: {below.key} ends at {format_decimal(end / _HUNDRED)}, this one starts at "
            f"{format_decimal(start / _HUNDRED)}; bands are listed from the lowest and meet "
            "one hundredth apart"
        )
        yield Fault(code, f"bands.{above.key}.lower", message)


def _bands(edition: Edition) -> Iterator[Fault]:
    yield from band_faults(edition.bands)


def _duplicates(edition: Edition) -> Iterator[Fault]:
    rows = edition.indicators
    for key in _twice(row.key for row in rows):
        yield Fault("duplicate", f"innovation.{key}", "the region part has a row of this key")
    for code in _twice(row.code for row in rows if row.code):
        keys = [row.key for row in rows if row.code == code]
        first = next(row for row in rows if row.code == code)
        message = f"number {code} is given to {' and '.join(keys)}"
        yield Fault("duplicate", f"{first.part}.{first.key}.code", message)
    words = [("affairs", [(a.key, a.name, a.aliases) for a in edition.affairs])]
    for name in dict.fromkeys(t.vocabulary for t in edition.terms):
        terms = [(t.key, t.name, t.aliases) for t in edition.vocabulary(name)]
        words.append((f"vocabularies.{name}", terms))
    for place, entries in words:
        spellings = [s.casefold() for _, name, aliases in entries for s in (name, *aliases)]
        for spelling in _twice(spellings):
            yield Fault("duplicate", place, f"the spelling {spelling!r} occurs twice")


def _twice(items: Iterable[str]) -> list[str]:
    return [item for item, n in Counter(items).items() if n > 1]


def _dates(edition: Edition) -> Iterator[Fault]:
    if edition.start > edition.end:
        yield Fault("dates-not-ordered", "period", "'start' lies after 'end'")
    start, end = edition.eligibility.window_start, edition.eligibility.window_end
    if (start is None) is not (end is None):
        yield Fault("half-window", "eligibility", "a window needs its start and its end")
    elif start is not None and end is not None and start > end:
        yield Fault("dates-not-ordered", "eligibility", "'window_start' lies after 'window_end'")


def _stages(edition: Edition) -> Iterator[Fault]:
    known = [term.key for term in edition.vocabulary("stage")]
    for stage in edition.eligibility.stages:
        if known and stage not in known:
            hint = near_misses(stage, known) or f"; known: {', '.join(known)}"
            yield Fault("unknown-stage", "eligibility.stages", f"{stage!r} is no stage{hint}")


def _affairs(edition: Edition) -> Iterator[Fault]:
    basic = [affair.basic for affair in edition.affairs]
    if basic != sorted(basic, reverse=True):
        yield Fault("basic-affairs-not-first", "affairs", "basic affairs must come first")
    needed = edition.formula.basic_affairs_needed
    if needed is not None and edition.affairs and needed > sum(basic):
        message = f"{needed}, but only {sum(basic)} affairs are basic"
        yield Fault("out-of-range", "formula.basic_affairs_needed", message)


# -- sources ---------------------------------------------------------------------------


def _all_sources(edition: Edition) -> Iterator[tuple[str, Sourced]]:
    owners: list[tuple[str, tuple[Sourced, ...]]] = [
        ("", edition.sources),
        ("formula.", edition.formula.sources),
        ("eligibility.", edition.eligibility.sources),
        *((f"bands.{band.key}.", band.sources) for band in edition.bands),
        *((f"{row.part}.{row.key}.", row.sources) for row in edition.indicators),
    ]
    for place, sources in owners:
        for source in sources:
            yield f"{place}sources.{source.field}", source


def _prose(edition: Edition) -> Iterator[tuple[str, str]]:
    yield from (("notes", note) for note in edition.notes)
    yield from ((f"{r.part}.{r.key}.notes", note) for r in edition.indicators for note in r.notes)
    yield from ((f"completeness.{c.area}", c.note) for c in edition.completeness)
    yield from (("conflicts", conflict.resolution) for conflict in edition.conflicts)


def cited_keys(edition: Edition) -> dict[str, str]:
    """Return each citation key that is used, with the first place that uses it."""
    found: dict[str, str] = {}
    seen: set[int] = set()
    for place, source in _all_sources(edition):
        if id(source) not in seen:  # rows share most of their sources
            seen.add(id(source))
            for key in (*source.citations, *_MENTION.findall(source.note)):
                found.setdefault(key, place)
    for place, text in _prose(edition):
        for key in _MENTION.findall(text):
            found.setdefault(key, place)
    for conflict in edition.conflicts:
        for who, _ in conflict.readings:
            for key in who.split(", "):
                found.setdefault(key, f"conflicts.{conflict.field}")
    return found


def _unresolved(edition: Edition) -> Iterator[Fault]:
    known = {citation.key: None for citation in edition.citations}
    strange = ((key, place) for key, place in cited_keys(edition).items() if key not in known)
    for n, (key, place) in enumerate(strange):
        hint = near_misses(key, known) if n < _MOST_HINTS else ""
        yield Fault("unresolved-citation", place, f"cites {key!r}, which is not given{hint}")


def _unused(edition: Edition, own: Iterable[str]) -> Iterator[Fault]:
    used = cited_keys(edition)
    for key in own:
        if key not in used:
            yield Fault("unused-citation", f"citations.{key}", "is cited nowhere")


# -- completeness ----------------------------------------------------------------------


def area_certainty(edition: Edition, area: str) -> Certainty:
    """Return how sure the contents of one area are, by their weakest source.

    An area that scoring needs whole (weights, formula, bands) is missing when one of its
    values is; any other when it has none.
    """
    return _AREAS[area](edition)


def _of(sources: Iterable[Sourced]) -> Certainty:
    found = [s.certainty for s in sources if s.certainty is not Certainty.MISSING]
    return worse(*found) if found else Certainty.MISSING


def _any(rows: Iterable[Indicator], *fields: str) -> Certainty:
    return _of(s for row in rows for s in row.sources if s.field in fields)


def _all(owners: Iterable[Indicator | Band | Formula], *fields: str) -> Certainty:
    found = [source_of(owner, field) for owner in owners for field in fields]
    given = [source.certainty for source in found if source is not None]
    return worse(*given) if given and len(given) == len(found) else Certainty.MISSING


def _words(edition: Edition) -> Certainty:
    return _of(s for s in edition.sources if s.field not in {"affairs", "period"})


_NEEDED = (
    "total_max",
    "minimum_divisor",
    "count_cap",
    "points_per_innovation",
    "basic_affairs_needed",
)
_AREAS: Mapping[str, Callable[[Edition], Certainty]] = {
    "region_rows": lambda e: _any(e.region_indicators, "name", "levels"),
    "region_weights": lambda e: _all(e.region_indicators, "weight"),
    "innovation_rows": lambda e: _any(e.innovation_indicators, "name", "levels"),
    "innovation_weights": lambda e: _all(e.innovation_indicators, "weight"),
    "raw_values": lambda e: _any(e.indicators, "numeric"),
    "mandatory_rows": lambda e: _any(e.indicators, "mandatory"),
    "evidence": lambda e: _any(e.indicators, "evidence", "file_types", "file_kinds"),
    "formula": lambda e: _all((e.formula,), *_NEEDED),
    "bands": lambda e: _all(e.bands, "lower", "upper"),
    "eligibility": lambda e: _of(e.eligibility.sources),
    "affairs": lambda e: _of(s for s in e.sources if s.field == "affairs"),
    "vocabularies": _words,
}


def _overstated(edition: Edition) -> Iterator[Fault]:
    for said in edition.completeness:
        found = area_certainty(edition, said.area)
        if CERTAINTIES.index(said.status) < CERTAINTIES.index(found):
            message = f"is called {said.status}, but its contents are {found} at best"
            yield Fault("overstated", f"completeness.{said.area}.status", message)


# The tables that must have no fault of their own, likewise.
_CHECKS: tuple[tuple[tuple[str, ...], Callable[[Edition], Iterator[Fault]]], ...] = (
    (("eligibility",), _dates),
    ((), _duplicates),
    (("bands",), _bands),
    (("region", "innovation"), sum_faults),
    (("affairs",), _affairs),
    (("vocabularies",), _stages),
    (("citations",), _unresolved),
)
