"""What a value in a TOML file may be: small nodes that read it and describe themselves.

A node turns what stands in a file into what the library works with, adds a fault for
everything that is wrong, and never stops at the first one. The same node writes its part
of the JSON Schema, so that the schema cannot say anything else than the reader.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from attrs import frozen

from inovasi_index.errors import Fault, near_misses
from inovasi_index.rules.edition import Certainty, Sourced
from inovasi_index.untrusted import MOST_FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = [
    "CITATION_KEY",
    "KEY",
    "Amount",
    "Cites",
    "Day",
    "Field",
    "Flag",
    "Keyed",
    "Many",
    "Node",
    "Number",
    "OneOf",
    "Record",
    "Text",
    "Whole",
    "said",
    "wrong",
]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, Any]

KEY = r"[a-z][a-z0-9_]{0,59}"
CITATION_KEY = r"[A-Z][A-Z0-9]{0,19}"


class Node(Protocol[T_co]):
    """Something that reads one value of a file and knows its schema."""

    def read(self, value: object, place: str, faults: list[Fault]) -> T_co | None:
        """Return the value, or `None` after adding what is wrong to `faults`."""

    def schema(self) -> Schema:
        """Return the JSON Schema of the value."""
        ...


def said(value: object) -> str:
    """Return how a message names a value of a TOML file, never at great length."""
    match value:
        case bool():
            return f"the boolean {str(value).lower()}"
        case str():
            return repr(value if len(value) <= 60 else value[:57] + "...")
        case int() if abs(value) >= 10**30:
            return "a number of more than 30 digits"
        case int() | Decimal():
            return f"the number {str(value)[:40]}"
        case list():
            return f"an array of {len(value)}"
        case dict():
            return "a table"
        case _:
            return f"the {type(value).__name__} {value}"


def wrong(place: str, value: object, allowed: str, code: str = "wrong-type") -> Fault:
    """Return the fault of a value that is not what is allowed."""
    return Fault(code, place, f"must be {allowed}, not {said(value)}")


def _hint(name: object, known: Iterable[str], faults: list[Fault]) -> str:
    """Return the near misses of a name, which take long, as long as faults are listed."""
    return near_misses(name, known) if len(faults) < MOST_FAULTS else ""


@frozen(eq=False, repr=False)
class Text:
    """A text, trimmed and not empty, perhaps of a given form."""

    pattern: str | None = None
    most: int = 2000
    form: str = "a text"

    def read(self, value: object, place: str, faults: list[Fault]) -> str | None:
        """Return the text."""
        if not isinstance(value, str):
            faults.append(wrong(place, value, self.form))
        elif not value.strip() or value != value.strip():
            faults.append(
                wrong(place, value, f"{self.form} without outer spaces, not empty", "bad-text")
            )
        elif len(value) > self.most:
            faults.append(
                Fault("too-long", place, f"{len(value)} characters; at most {self.most} allowed")
            )
        elif self.pattern and not re.fullmatch(self.pattern, value):
            faults.append(wrong(place, value, self.form, "bad-text"))
        else:
            return value
        return None

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        found: Schema = {"type": "string", "minLength": 1, "maxLength": self.most}
        return found | ({"pattern": f"^{self.pattern}$"} if self.pattern else {})


@frozen(eq=False, repr=False)
class Flag:
    """True or false."""

    def read(self, value: object, place: str, faults: list[Fault]) -> bool | None:
        """Return the boolean."""
        if isinstance(value, bool):
            return value
        faults.append(wrong(place, value, "true or false"))
        return None

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"type": "boolean"}


@frozen(eq=False, repr=False)
class Day:
    """A date without a time."""

    def read(self, value: object, place: str, faults: list[Fault]) -> dt.date | None:
        """Return the date."""
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        faults.append(wrong(place, value, "a date such as 2026-04-29, without quotes"))
        return None

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"type": "string", "format": "date"}


@frozen(eq=False, repr=False)
class Number:
    """A finite number between two bounds, exact as it is written."""

    lowest: int = -(10**9)
    highest: int = 10**9

    def read(self, value: object, place: str, faults: list[Fault]) -> Decimal | None:
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            faults.append(wrong(place, value, "a number"))
            return None
        finite = isinstance(value, int) or value.is_finite()
        if not finite or not self.lowest <= value <= self.highest:
            allowed = f"a number from {self.lowest} to {self.highest}"
            faults.append(wrong(place, value, allowed, "out-of-range"))
            return None
        exact = Decimal(value)
        # As fractions: arithmetic of decimals follows a context that the application may set. A
        # tiny number would be one of very many digits.
        tiny = exact != 0 and exact.adjusted() < -9
        if tiny or (Fraction(exact) * 10**9).denominator != 1:
            faults.append(wrong(place, value, "a number of at most 9 decimals", "too-precise"))
            return None
        return exact

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"type": "number", "minimum": self.lowest, "maximum": self.highest}


@frozen(eq=False, repr=False)
class Whole:
    """A whole number between two bounds."""

    lowest: int
    highest: int

    def read(self, value: object, place: str, faults: list[Fault]) -> int | None:
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int):
            faults.append(wrong(place, value, "a whole number"))
        elif not self.lowest <= value <= self.highest:
            allowed = f"a whole number from {self.lowest} to {self.highest}"
            faults.append(wrong(place, value, allowed, "out-of-range"))
        else:
            return value
        return None

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"type": "integer", "minimum": self.lowest, "maximum": self.highest}


@frozen(eq=False, repr=False)
class Amount:
    """A number of points from 0, of at most two decimals, read as whole hundredths."""

    most: int

    def read(self, value: object, place: str, faults: list[Fault]) -> int | None:
        """Return the hundredths."""
        exact = Number(0, self.most).read(value, place, faults)
        if exact is None:
            return None
        hundredths = Fraction(exact) * 100
        if hundredths.denominator != 1:
            faults.append(wrong(place, value, "a number of at most two decimals", "too-precise"))
            return None
        return hundredths.numerator

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return Number(0, self.most).schema()


@frozen(eq=False, repr=False)
class OneOf(Generic[T]):
    """One of a few words, read as what it stands for."""

    words: Mapping[str, T]

    def read(self, value: object, place: str, faults: list[Fault]) -> T | None:
        """Return what the word stands for."""
        if isinstance(value, str) and value in self.words:
            return self.words[value]
        allowed = "one of " + ", ".join(self.words)
        fault = wrong(place, value, allowed, "not-allowed")
        hint = _hint(value, self.words, faults)
        faults.append(Fault(fault.code, place, fault.message + hint))
        return None

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"enum": list(self.words)}


@frozen(eq=False, repr=False)
class Many(Generic[T]):
    """An array whose items are of one kind and, if asked, differ from each other."""

    item: Node[T]
    most: int
    least: int = 0
    distinct: bool = False

    def read(self, value: object, place: str, faults: list[Fault]) -> tuple[T, ...] | None:
        """Return the items that are as they should be; `None` when one is not."""
        if not isinstance(value, list):
            faults.append(wrong(place, value, "an array"))
            return None
        if not self.least <= len(value) <= self.most:
            allowed = f"an array of {self.least} to {self.most}"
            faults.append(wrong(place, value, allowed, "out-of-range"))
            return None
        items = [self.item.read(v, f"{place}[{n}]", faults) for n, v in enumerate(value, 1)]
        found = tuple(item for item in items if item is not None)
        if len(found) < len(items):
            return None
        if self.distinct and len(set(found)) < len(found):
            faults.append(Fault("duplicate", place, "holds the same item twice"))
            return None
        return found

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        found: Schema = {"type": "array", "items": self.item.schema(), "maxItems": self.most}
        if self.least:
            found["minItems"] = self.least
        return found | ({"uniqueItems": True} if self.distinct else {})


@frozen(eq=False, repr=False)
class Cites:
    """The sources of one field: an array of citation keys, or a table that says more.

    A source that was read already, as those that rows share, passes as it is.
    """

    def read(self, value: object, place: str, faults: list[Fault]) -> Sourced | None:
        """Return the source; the name of the field is the last step of its place."""
        if isinstance(value, Sourced):
            return value
        if not isinstance(value, dict):
            value = {"cite": value}
        found = _SOURCED.read(value, place, faults, field=place.rpartition(".")[2])
        if found and not value.get("cite") and found.certainty is not Certainty.MISSING:
            faults.append(Fault("missing-citation", place, 'cites nothing; give cite = ["…"]'))
        return found

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {"anyOf": [_SOURCED.fields["cite"].node.schema(), _SOURCED.schema()]}


@frozen(eq=False, repr=False)
class Field:
    """One key of a table: what it holds, the attribute it becomes, whether it may be absent.

    The value of a `cited` field must have a source in the table ``sources`` beside it.
    """

    node: Node[Any]
    attribute: str | None = None
    required: bool = False
    cited: bool = False


@frozen(eq=False, repr=False)
class Record(Generic[T]):
    """A table with known keys.

    Attributes
    ----------
    build : callable
        Takes the values by attribute name.
    fields : mapping of str to Field
    patchable : bool
        Whether an edition that extends another may give the table in part.
    """

    build: Callable[..., T]
    fields: Mapping[str, Field]
    patchable: bool = False

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The fields whose values must have a source."""
        return tuple(name for name, f in self.fields.items() if f.cited)

    def read(self, value: object, place: str, faults: list[Fault], **given: Any) -> T | None:
        """Return what `build` makes of the table and what is `given` besides."""
        if not isinstance(value, dict):
            faults.append(wrong(place, value, "a table"))
            return None
        inside = f"{place}." if place else ""
        values = dict(given)
        known = (*self.fields, *(("sources",) if self.cited else ()))
        for name, content in value.items():
            if name == "sources" and self.cited:
                continue
            if name not in self.fields:
                hint = _hint(name, known, faults) or f"; known: {', '.join(known)}"
                message = f"unknown key{hint}"
                faults.append(Fault("unknown-key", inside + str(name), message))
                continue
            found = self.fields[name].node.read(content, inside + name, faults)
            if found is not None:
                values[self.fields[name].attribute or name] = found
        absent = [n for n, f in self.fields.items() if f.required and n not in value]
        faults += [Fault("missing-key", inside + n, "is required here") for n in absent]
        if self.cited:
            values["sources"] = self._sources(value, inside, faults)
        complete = all(
            (f.attribute or name) in values for name, f in self.fields.items() if f.required
        )
        return self.build(**values) if complete else None

    def _sources(
        self, table: Mapping[str, object], inside: str, faults: list[Fault]
    ) -> tuple[Sourced, ...]:
        given = table.get("sources", {})
        if not isinstance(given, dict):
            faults.append(wrong(f"{inside}sources", given, "a table"))
            return ()
        found = []
        for name, content in given.items():
            place = f"{inside}sources.{name}"
            if name not in self.cited:
                message = f"unknown key{_hint(name, self.cited, faults)}"
                faults.append(Fault("unknown-key", place, message))
            elif source := _CITES.read(content, place, faults):
                found.append(source)
                if (name in table) is (source.certainty is Certainty.MISSING):
                    what = "a value that is called missing" if name in table else "no value"
                    faults.append(Fault("contradiction", place, f"is the source of {what}"))
        bare = [name for name in self.cited if name in table and name not in given]
        message = "has a value but no source"
        faults += [Fault("missing-citation", inside + name, message) for name in bare]
        return tuple(found)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        properties = {name: f.node.schema() for name, f in self.fields.items()}
        if self.cited:
            properties["sources"] = {
                "type": "object",
                "properties": {name: {"$ref": "#/$defs/source"} for name in self.cited},
                "additionalProperties": False,
            }
        required = [n for n, f in self.fields.items() if f.required and not self.patchable]
        found: Schema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        return found | ({"required": required} if required else {})


@frozen(eq=False, repr=False)
class Keyed(Generic[T]):
    """A table of tables, each under a key of our own choice; their order counts."""

    record: Record[T]
    most: int
    pattern: str = KEY
    given: Mapping[str, object] = {}

    def read(self, value: object, place: str, faults: list[Fault]) -> tuple[T, ...] | None:
        """Return what the tables hold, in the order of the file."""
        if not isinstance(value, dict):
            faults.append(wrong(place, value, "a table of tables"))
            return None
        if len(value) > self.most:
            faults.append(
                Fault("out-of-range", place, f"{len(value)} entries; at most {self.most} allowed")
            )
            return None
        found = []
        for key, content in value.items():
            inside = f"{place}.{key}"
            if key == "sources" or not re.fullmatch(self.pattern, key):
                message = f"a key must match {self.pattern} and not be 'sources'"
                faults.append(Fault("bad-key", inside, message))
                continue
            found.append(self.record.read(content, inside, faults, key=key, **self.given))
        return tuple(f for f in found if f is not None)

    def schema(self) -> Schema:
        """Return the JSON Schema."""
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^{self.pattern}$"},
            "additionalProperties": self.record.schema(),
            "maxProperties": self.most,
        }


def _sourced(
    *,
    field: str,
    cite: tuple[str, ...] = (),
    certainty: Certainty = Certainty.OFFICIAL,
    note: str = "",
) -> Sourced:
    return Sourced(field, cite, certainty, note)


_SOURCED: Record[Sourced] = Record(
    _sourced,
    {
        "cite": Field(
            Many(Text(CITATION_KEY, most=20, form="the key of a citation"), 12, distinct=True)
        ),
        "certainty": Field(OneOf({str(c): c for c in Certainty})),
        "note": Field(Text(most=600)),
    },
)
_CITES = Cites()
