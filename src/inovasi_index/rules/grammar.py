"""What an edition file may hold, declared once for the reader and for the JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inovasi_index.rules.edition import (
    Affair,
    Band,
    Bound,
    Certainty,
    Citation,
    Completeness,
    Conflict,
    Direction,
    Edition,
    Eligibility,
    Formula,
    Indicator,
    Level,
    NumericRule,
    Part,
    Sourced,
    Term,
)
from inovasi_index.rules.nodes import (
    CITATION_KEY,
    KEY,
    Amount,
    Cites,
    Day,
    Field,
    Flag,
    Keyed,
    Many,
    Number,
    OneOf,
    Record,
    Text,
    Whole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

__all__ = ["AREAS", "COMPOSITION", "EDITION", "VOCABULARIES", "schema"]

AREAS = (
    "region_rows",
    "region_weights",
    "innovation_rows",
    "innovation_weights",
    "raw_values",
    "mandatory_rows",
    "evidence",
    "formula",
    "bands",
    "eligibility",
    "affairs",
    "vocabularies",
)
VOCABULARIES = ("stage", "initiator", "classification", "kind", "form", "pkpn", "theme")

# The largest amounts keep every sum of points far inside 64 bits.
MOST_POINTS = 1_000_000
MOST_POINTS_PER_LEVEL = 10_000
MOST_LEVELS = 9
MOST_ROWS = 200

KEY_TEXT = Text(KEY, most=60, form="a key of small letters, digits and underscores")
CITATION = Text(CITATION_KEY, most=20, form="the key of a citation")
NAME = Text(most=200)
PROSE = Text()
NAMES = Many(NAME, most=50, distinct=True)


def _bound(*, lower: Decimal | None = None, upper: Decimal | None = None) -> Bound:
    return Bound(lower, upper)


def _level(*, points_hundredths: int | None = None, text: str | None = None) -> Level:
    return Level(0, text, points_hundredths)


def _indicator(
    *,
    levels: tuple[Level, ...] = (),
    **values: Any,
) -> Indicator:
    numbered = tuple(Level(n, v.text, v.points_hundredths) for n, v in enumerate(levels, 1))
    return Indicator(levels=numbered, **values)


def _band(
    *,
    lower_hundredths: int | None = None,
    upper_hundredths: int | None = None,
    **values: Any,
) -> Band:
    return Band(lower_hundredths=lower_hundredths, upper_hundredths=upper_hundredths, **values)


def _reading(*, cite: tuple[str, ...], says: str) -> tuple[str, str]:
    return ", ".join(cite), says


def _completeness(**areas: Mapping[str, Any]) -> tuple[Completeness, ...]:
    return tuple(Completeness(area, **areas[area]) for area in AREAS if area in areas)


def _edition(
    *,
    period: Mapping[str, Any],
    region: tuple[Indicator, ...] = (),
    innovation: tuple[Indicator, ...] = (),
    vocabularies: Mapping[str, Any] | None = None,
    sources: tuple[Sourced, ...] = (),
    **values: Any,
) -> Edition:
    words = dict(vocabularies or {})
    sources += words.pop("sources", ())
    terms = tuple(term for found in words.values() for term in found)
    return Edition(indicators=region + innovation, terms=terms, sources=sources, **period, **values)


BOUND = Record(_bound, {"from": Field(Number(), "lower"), "to": Field(Number(), "upper")})

NUMERIC = Record(
    NumericRule,
    {
        "basis": Field(Text(r"[a-z]", most=1, form="one small letter")),
        "name": Field(NAME),
        "unit": Field(Text(most=60), required=True),
        "direction": Field(OneOf({str(d): d for d in Direction}), required=True),
        "whole": Field(Flag()),
        "domain": Field(BOUND),
        "bounds": Field(Many(BOUND, most=MOST_LEVELS, least=1), required=True),
        "texts": Field(Many(PROSE, most=MOST_LEVELS, least=1)),
    },
)

LEVEL = Record(
    _level,
    {
        "points": Field(Amount(MOST_POINTS), "points_hundredths"),
        "text": Field(PROSE),
    },
)

INDICATOR = Record(
    _indicator,
    {
        "code": Field(Text(r"[0-9A-Za-z][0-9A-Za-z.\-]*", most=12, form="a number"), cited=True),
        "variable": Field(NAME, cited=True),
        "name": Field(NAME, required=True, cited=True),
        "weight": Field(Amount(MOST_POINTS_PER_LEVEL), "weight_hundredths", cited=True),
        "mandatory": Field(Flag(), cited=True),
        "definition": Field(PROSE, cited=True),
        "levels": Field(Many(LEVEL, most=MOST_LEVELS, least=1), cited=True),
        "numeric": Field(Many(NUMERIC, most=26, least=1), cited=True),
        "evidence": Field(Many(PROSE, most=50, distinct=True), cited=True),
        "evidence_note": Field(PROSE, cited=True),
        "file_types": Field(
            Many(Text(r"[A-Z0-9]{1,6}", most=6, form="a file type in capitals"), 30, distinct=True),
            cited=True,
        ),
        "file_kinds": Field(NAMES, cited=True),
        "link_counts": Field(Flag()),
        "notes": Field(Many(PROSE, most=50)),
    },
    patchable=True,
)

BAND = Record(
    _band,
    {
        "name": Field(NAME, required=True, cited=True),
        "lower": Field(Amount(100), "lower_hundredths", cited=True),
        "upper": Field(Amount(100), "upper_hundredths", cited=True),
    },
    patchable=True,
)

_POINTS = Amount(MOST_POINTS)
FORMULA = Record(
    Formula,
    {
        "total_max": Field(_POINTS, "total_max_hundredths", cited=True),
        "region_max": Field(_POINTS, "region_max_hundredths", cited=True),
        "maturity_max": Field(_POINTS, "maturity_max_hundredths", cited=True),
        "count_max": Field(_POINTS, "count_max_hundredths", cited=True),
        "minimum_divisor": Field(Whole(1, 10**6), cited=True),
        "count_cap": Field(Whole(0, 10**6), cited=True),
        "points_per_innovation": Field(
            Amount(MOST_POINTS_PER_LEVEL), "points_per_innovation_hundredths", cited=True
        ),
        "basic_affairs_needed": Field(Whole(0, MOST_ROWS), cited=True),
        "decimals": Field(Whole(0, 2), cited=True),
    },
)

ELIGIBILITY = Record(
    Eligibility,
    {
        "stages": Field(Many(KEY_TEXT, most=20, least=1, distinct=True), cited=True),
        "window_start": Field(Day(), cited=True),
        "window_end": Field(Day(), cited=True),
        "development_counts": Field(Flag(), cited=True),
        "design_min_words": Field(Whole(1, 10**5), cited=True),
        "mandatory_rows": Field(Flag(), cited=True),
        "max_reports": Field(Whole(1, 100), cited=True),
    },
)

AFFAIR = Record(
    Affair,
    {
        "name": Field(NAME, required=True),
        "basic": Field(Flag(), required=True),
        "aliases": Field(NAMES),
    },
    patchable=True,
)
TERM = Record(Term, {"name": Field(NAME, required=True), "aliases": Field(NAMES)}, patchable=True)

CITATION_RECORD = Record(
    Citation,
    {
        "document": Field(Text(most=400), required=True),
        "number": Field(NAME),
        "date": Field(Day()),
        "part": Field(NAME),
        "transcribed_in": Field(Text(most=400)),
        "confidence": Field(Text(most=400), required=True),
    },
)

CONFLICT = Record(
    Conflict,
    {
        "field": Field(NAME, required=True),
        "readings": Field(
            Many(
                Record(
                    _reading,
                    {
                        "cite": Field(Many(CITATION, most=12, least=1), required=True),
                        "says": Field(PROSE, required=True),
                    },
                ),
                most=12,
                least=1,
            ),
            required=True,
        ),
        "resolution": Field(PROSE, required=True),
    },
)

_STATUSES = {str(c): c for c in Certainty}
COMPLETENESS = Record(
    _completeness,
    {
        area: Field(
            Record(
                dict,
                {
                    "status": Field(OneOf(_STATUSES), required=True),
                    "note": Field(PROSE, required=True),
                },
            )
        )
        for area in AREAS
    },
)

EDITION = Record(
    _edition,
    {
        "id": Field(Text(r"[a-z0-9][a-z0-9_.\-]*", most=60, form="an id"), required=True),
        "title": Field(NAME, required=True),
        "extends": Field(Text(most=400)),
        "notes": Field(Many(PROSE, most=100)),
        "period": Field(
            Record(
                dict,
                {"start": Field(Day(), required=True), "end": Field(Day(), required=True)},
            ),
            required=True,
            cited=True,
        ),
        "completeness": Field(COMPLETENESS),
        "formula": Field(FORMULA),
        "bands": Field(Keyed(BAND, most=20)),
        "eligibility": Field(ELIGIBILITY),
        "region": Field(Keyed(INDICATOR, most=MOST_ROWS, given={"part": Part.REGION})),
        "innovation": Field(Keyed(INDICATOR, most=MOST_ROWS, given={"part": Part.INNOVATION})),
        "vocabularies": Field(
            Record(
                dict,
                {
                    name: Field(Keyed(TERM, most=MOST_ROWS, given={"vocabulary": name}), cited=True)
                    for name in VOCABULARIES
                },
            )
        ),
        "affairs": Field(Keyed(AFFAIR, most=MOST_ROWS), cited=True),
        "conflicts": Field(Many(CONFLICT, most=100)),
        "citations": Field(Keyed(CITATION_RECORD, most=500, pattern=CITATION_KEY), required=True),
    },
)

# Keys that say how a file is put together; they are gone before `EDITION` is read.
COMPOSITION = {
    "without": Field(Many(Text(r"[A-Za-z0-9_*.]+", most=200, form="a path of keys"), 200)),
    "inherited": Field(
        Record(
            dict,
            {
                "certainty": Field(OneOf(_STATUSES), required=True),
                "note": Field(Text(most=300), required=True),
            },
        )
    ),
    "shared_sources": Field(
        Record(
            dict,
            {
                name: Field(Record(dict, {cited: Field(Cites()) for cited in record.cited}))
                for name, record in (
                    ("region", INDICATOR),
                    ("innovation", INDICATOR),
                    ("bands", BAND),
                )
            },
        )
    ),
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an edition file."""
    whole = Record(_edition, dict(EDITION.fields) | COMPOSITION).schema()
    for part in Part:
        whole["properties"][part]["additionalProperties"] = {"$ref": "#/$defs/row"}
    needed = [name for name, f in EDITION.fields.items() if f.required]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Edition of the regional innovation index",
        "description": "An edition file of inovasi_index; dates are TOML dates.",
        **whole,
        "required": ["id", "title", "period"],
        "anyOf": [{"required": ["extends"]}, {"required": needed}],
        "$defs": {"source": Cites().schema(), "row": INDICATOR.schema()},
    }
