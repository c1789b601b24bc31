"""The form of a field: what may stand in it, how it is written plainly, its JSON Schema.

The annotation of a record's field declares its form: the type, or ``Annotated[type, form]``
where bounds matter. `checked` puts the form into the constructor; `inovasi_index.records.plain`
reads and writes by the same forms and `inovasi_index.records.schema` describes them. So there
is one place that says what a field may hold.
"""

from __future__ import annotations

import datetime as dt
import math
import numbers
import re
from collections.abc import Callable, Container, Iterable, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from enum import Enum, StrEnum
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import attrs
from attrs import frozen

from inovasi_index.errors import BadValueError, near_misses

__all__ = [
    "Choice",
    "Day",
    "Field",
    "Form",
    "FormError",
    "Key",
    "Many",
    "Number",
    "Record",
    "Share",
    "Text",
    "Title",
    "Whole",
    "checked",
    "fields_of",
    "require_exactly_one",
    "shown",
]


class FormError(BadValueError):
    """A value is not of the form of its field; `code` is that of the fault."""

    def __init__(self, message: str, code: str = "wrong-type") -> None:
        super().__init__(message)
        self.code = code


def require_exactly_one(cls: type, given: Container[str]) -> None:
    """Refuse both or neither of the fields that a class names in ``EXACTLY_ONE``.

    Raises
    ------
    FormError
    """
    names: tuple[str, ...] = getattr(cls, "EXACTLY_ONE", ())
    n = sum(name in given for name in names)
    if names and n != 1:
        message = f"give exactly one of {', '.join(names)}; {'both are' if n else 'none is'} given"
        raise FormError(message, "not-exactly-one")


def shown(value: object) -> str:
    """Return a short, harmless picture of whatever was given, for a message."""
    match value:
        case None:
            return "nothing"
        case Enum():
            return shown(value.value)
        case str():
            return repr(value if len(value) <= 60 else value[:59] + "…")
        case bool() | dt.date():
            return str(value)
        case int():
            return str(value) if value.bit_length() < 128 else "a very large whole number"
        case float():
            return f"{float(value)!r} (a float)"
        case Decimal():
            text = str(value)
            return text if len(text) <= 60 else text[:59] + "…"
        case Mapping():
            return "a table"
        case list() | tuple() | AbstractSet():
            return "a list"
        case _:
            return f"an object of type {type(value).__name__}"


class Form:
    """What one kind of field may hold."""

    def read(self, value: Any) -> Any:
        """Return the value as the record holds it.

        Raises
        ------
        FormError
            When it is not of this form.
        """
        raise NotImplementedError

    def plain(self, value: Any) -> Any:
        """Return the value as plain data holds it."""
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the plain value."""
        raise NotImplementedError


@frozen
class Text(Form):
    """Free text; any characters that UTF-8 can hold, at most `most` of them."""

    most: int = 100_000

    def read(self, value: object) -> str:
        """Return the text."""
        if not isinstance(value, str):
            quote = "; write it in quotes" if isinstance(value, int | float | Decimal) else ""
            raise FormError(f"expected text, not {shown(value)}{quote}")
        if len(value) > self.most:
            message = f"{len(value)} characters; at most {self.most} are allowed"
            raise FormError(message, "text-too-long")
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise FormError("holds half a character (a surrogate)", "not-unicode") from None
        return str(value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the plain value."""
        return {"type": "string", "maxLength": self.most}


@frozen
class Title(Text):
    """Free text that is not blank."""

    def read(self, value: object) -> str:
        """Return the text."""
        text = super().read(value)
        if not text or text.isspace():
            raise FormError("must not be empty", "empty")
        return text

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the plain value."""
        return super().schema() | {"minLength": 1}


@frozen
class Key(Title):
    """A key or an id: short, printable, without outer spaces."""

    most: int = 500

    def read(self, value: object) -> str:
        """Return the key."""
        key = super().read(value)
        if key != key.strip():
            raise FormError(f"{shown(key)} has spaces around it; leave them out", "outer-spaces")
        if not key.isprintable():
            raise FormError(f"{shown(key)} holds control characters", "control-characters")
        return key


@frozen
class Whole(Form):
    """A whole number from `lowest` to `highest`; `True` is none, nor is 2.0."""

    lowest: int
    highest: int

    def read(self, value: object) -> int:
        """Return the number as `int`, also where NumPy's was given."""
        if type(value) is not int:
            if isinstance(value, bool) or not isinstance(value, numbers.Integral):
                allowed = f"{self.lowest} to {self.highest}"
                raise FormError(f"expected a whole number, {allowed}, not {shown(value)}")
            value = int(value)
        if not self.lowest <= value <= self.highest:
            message = f"{shown(value)}; allowed: {self.lowest} to {self.highest}"
            raise FormError(message, "out-of-range")
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the plain value."""
        return {"type": "integer", "minimum": self.lowest, "maximum": self.highest}


_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_NUMBER_AND_UNIT = re.compile(
    r"\s*[+-]?[0-9][0-9.,]*\s*(?![eE][+-]?[0-9])([^\W\d_]|%).*", re.DOTALL
)
_DIGITS = 30


@frozen
class Number(Form):
    """An exact decimal number; floats are taken as they print.

    Text is read in plain notation only (``"87.5"``): the readers of files know decimal commas.
    At most 30 digits on either side of the point, so that exact arithmetic stays small.
    """

    lowest: Decimal | None = None
    highest: Decimal | None = None

    def read(self, value: object) -> Decimal:
        """Return the number as `Decimal`."""
        number = value if isinstance(value, Decimal) else self._converted(value)
        if not number.is_finite():
            raise FormError(f"expected a finite number, not {number}", "not-finite")
        exponent = number.as_tuple().exponent
        if number.adjusted() >= _DIGITS or (isinstance(exponent, int) and exponent < -_DIGITS):
            message = f"more than {_DIGITS} digits before or after the point"
            raise FormError(message, "too-many-digits")
        above = self.lowest is None or number >= self.lowest
        below = self.highest is None or number <= self.highest
        if not (above and below):
            raise FormError(f"{shown(number)}; allowed: {self._range()}", "out-of-range")
        return number

    def _converted(self, value: object) -> Decimal:
        if isinstance(value, str):
            if _PLAIN_NUMBER.fullmatch(value) and len(value) <= 2 * _DIGITS + 2:
                return Decimal(value)
            if _NUMBER_AND_UNIT.fullmatch(value[:200]):
                message = f"{shown(value)}: give the number alone, without its unit"
                raise FormError(message, "number-with-unit")
            comma = re.fullmatch(r"[+-]?\d+,\d+", value[:200])
            instead = f"; write {value[:60].replace(',', '.')}" if comma else ""
            raise FormError(f"{shown(value)} is not a number{instead}", "not-a-number")
        if isinstance(value, float):
            return Decimal(float.__repr__(value))
        if isinstance(value, bool) or not isinstance(value, numbers.Integral):
            raise FormError(f"expected a number, not {shown(value)}")
        if int(value).bit_length() > 4 * _DIGITS:
            raise FormError(f"{shown(value)} is too large", "too-many-digits")
        return Decimal(int(value))

    def _range(self) -> str:
        if self.highest is None:
            return f"{self.lowest} or more"
        return f"{'…' if self.lowest is None else self.lowest} to {self.highest}"

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the plain value: a number, or text in plain notation."""
        bounds = {"minimum": self.lowest, "maximum": self.highest}
        given = {name: int(bound) for name, bound in bounds.items() if bound is not None}
        return {"type": ["number", "string"], **given, "pattern": f"^{_PLAIN_NUMBER.pattern}$"}


@frozen
class Share(Form):
    """A probability: a float from 0 to 1."""

    def read(self, value: object) -> float:
        """Return the probability as `float`."""
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise FormError(f"expected a probability, 0 to 1, not {shown(value)}")
        if isinstance(value, Decimal):
            nan = value.is_nan()
        else:
            nan = isinstance(value, float) and math.isnan(value)
        if nan:
            raise FormError("expected a probability, 0 to 1, not NaN", "not-finite")
        if not 0 <= value <= 1:
            raise FormError(f"{shown(value)}; allowed: 0 to 1", "out-of-range")
        return float(value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the plain value."""
        return {"type": "number", "minimum": 0, "maximum": 1}


_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@frozen
class Day(Form):
    """A calendar day, as `datetime.date` or as ISO text (``"2025-01-31"``)."""

    def read(self, value: object) -> dt.date:
        """Return the day."""
        if isinstance(value, dt.datetime):
            raise FormError(f"expected a day without a time, not {value}")
        if isinstance(value, dt.date):
            return value
        if not isinstance(value, str):
            raise FormError(f"expected a date, not {shown(value)}")
        if not _ISO_DAY.fullmatch(value):
            raise FormError(f"{shown(value)} is not a date as yyyy-mm-dd", "bad-date")
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise FormError(f"{value} is not a day of the calendar", "impossible-date") from None

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the plain value."""
        return {"type": "string", "format": "date", "pattern": f"^{_ISO_DAY.pattern}$"}


@frozen
class Choice(Form):
    """One member of an enumeration, plainly its value."""

    members: type[StrEnum]

    def read(self, value: object) -> StrEnum:
        """Return the member."""
        if isinstance(value, self.members):
            return value
        values = [member.value for member in self.members]
        if not isinstance(value, str):
            raise FormError(f"expected one of {', '.join(values)}, not {shown(value)}")
        if value not in values:
            hint = near_misses(value, values)
            message = f"{shown(value)} is not one of {', '.join(values)}{hint}"
            raise FormError(message, "unknown-choice")
        return self.members(value)

    def plain(self, value: StrEnum) -> str:
        """Return the value of the member."""
        return value.value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the plain value."""
        return {"enum": [member.value for member in self.members]}


@frozen
class Record(Form):
    """A record inside another one."""

    cls: type

    def read(self, value: object) -> object:
        """Return the record."""
        if not isinstance(value, self.cls):
            raise FormError(f"expected {self.cls.__name__}, not {shown(value)}")
        return value

    def plain(self, value: object) -> dict[str, Any]:
        """Return the fields by name, without those that have their default."""
        given = ((f, getattr(value, name)) for name, f in fields_of(self.cls).items())
        return {f.name: f.form.plain(one) for f, one in given if one != f.default}

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the plain value: a reference."""
        return {"$ref": f"#/$defs/{self.cls.__name__}"}


@frozen
class Many(Form):
    """Several of one form: a tuple, in the given order, or a frozenset."""

    item: Form
    container: type
    most: int = 10_000

    def read(self, value: object) -> Any:
        """Return the tuple or frozenset."""
        given = self.container(self.item.read(one) for one in self.each(value))
        self.require_few(len(given))
        return given

    def each(self, value: object) -> Iterable[object]:
        """Return what holds the items.

        Raises
        ------
        FormError
            When it is no list: text and tables are none, nor is a set where order counts.
        """
        unordered = isinstance(value, AbstractSet) and self.container is tuple
        if unordered or isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
            raise FormError(f"expected a list, not {shown(value)}")
        return value

    def require_few(self, n: int) -> None:
        """Refuse more items than the limit."""
        if n > self.most:
            raise FormError(f"{n} of them; at most {self.most} are allowed", "too-many")

    def plain(self, value: Iterable[Any]) -> list[Any]:
        """Return a list; a frozenset is sorted, so that equal records are written alike."""
        items = [self.item.plain(one) for one in value]
        return sorted(items) if self.container is frozenset else items

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the plain value."""
        return {"type": "array", "items": self.item.schema(), "maxItems": self.most}


@frozen
class Field:
    """A field of a record: its form, and its default when it may be left out."""

    name: str
    form: Form
    default: Any
    required: bool
    nullable: bool


_FORMS: Mapping[Any, Form] = {str: Text(), float: Share(), dt.date: Day(), Decimal: Number()}


def _form_of(kind: Any) -> Form:
    origin = get_origin(kind)
    if origin is Annotated:
        form: Form = kind.__metadata__[0]
        return form
    if origin in (tuple, frozenset):
        return Many(_form_of(get_args(kind)[0]), origin)
    if attrs.has(kind):
        return Record(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Choice(kind)
    return _FORMS[kind]


def _field_of(attribute: attrs.Attribute[Any]) -> Field:
    kind: Any = attribute.type
    nullable = get_origin(kind) in (Union, UnionType)
    if nullable:
        (kind,) = (k for k in get_args(kind) if k is not type(None))
    required = attribute.default is attrs.NOTHING
    return Field(attribute.name, _form_of(kind), attribute.default, required, nullable)


@lru_cache(maxsize=64)
def fields_of(cls: type[Any]) -> Mapping[str, Field]:
    """Return the fields of a record class by name, in order."""
    return {a.name: _field_of(a) for a in attrs.fields(cls)}


def _converter(place: str, field: Field) -> Callable[[object], object]:
    read, nullable = field.form.read, field.nullable

    def convert(value: object) -> object:
        if value is None and nullable:
            return None
        try:
            return read(value)
        except FormError as error:
            raise FormError(f"{place}: {error}", error.code) from None

    return convert


def checked(cls: type, attributes: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Let the constructor read each field by its form (a field transformer of attrs).

    What a class says in ``converter=`` tells type checkers what callers may pass; the form,
    which is stricter and names the field in its error, takes its place.
    """
    return [
        a.evolve(converter=_converter(f"{cls.__name__}.{a.name}", _field_of(a))) for a in attributes
    ]
