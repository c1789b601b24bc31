"""What steps cost, which are forbidden, and how much an agency can take on.

Costs are in the unit of the user: days, rupiah, points of effort. The defaults are a tariff
to begin with and no facts: they say that a paper costs half of a level, that growth or
poverty is far harder to move than an innovation, and that a further innovation costs what its
rows cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import field, fields_dict, frozen

from inovasi_index.analysis.planning.steps import StepKind
from inovasi_index.errors import BadValueError, Fault, FaultsError, UnknownNameError
from inovasi_index.exact import parse_decimal
from inovasi_index.records import Cause
from inovasi_index.rules import Part

if TYPE_CHECKING:
    from inovasi_index.rules import Indicator

__all__ = ["Amount", "Costs", "Forbidden", "Limit", "NewInnovation", "exact_amount"]

Amount = int | float | str | Decimal | Fraction

_DIGITS = 15


def exact_amount(given: object) -> Fraction:
    """Return a cost, a factor or a budget exactly; a float is taken as it prints.

    Raises
    ------
    BadValueError
        When it is missing, no number, negative, or has more digits than a plan can hold.

    Examples
    --------
    >>> exact_amount(0.1), exact_amount("2,5")
    (Fraction(1, 10), Fraction(5, 2))
    """
    if given is None:
        raise BadValueError("a number is missing; allowed: 0 or more")
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal | Fraction):
        raise BadValueError(f"{given!r} is not a number")
    if isinstance(given, float):
        given = Decimal(repr(given))
    elif isinstance(given, str):
        given = parse_decimal(given)
    if isinstance(given, Decimal) and not given.is_finite():
        raise BadValueError(f"{given} is not a finite number; to rule out a step, forbid it")
    if given < 0:
        raise BadValueError(f"{given} is negative; allowed: 0 or more")
    if isinstance(given, Decimal) and abs(given.adjusted()) > _DIGITS:
        raise BadValueError(f"{given} has more than {_DIGITS} digits; choose another unit")
    amount = Fraction(given)
    if max(amount.numerator, amount.denominator) > 10**_DIGITS:
        raise BadValueError(f"{given} has more than {_DIGITS} digits; choose another unit")
    return amount


def _optional_amount(given: object) -> Fraction | None:
    return None if given is None else exact_amount(given)


def _name(given: object) -> str:
    if not isinstance(given, str) or not given:
        raise BadValueError(f"{given!r} is not a name")
    return given


def _optional_name(given: object) -> str | None:
    return None if given is None else _name(given)


def _whole(given: object, *, lowest: int, highest: int) -> int:
    text = str(given)  # keys of a TOML table are text
    plain = isinstance(given, int | str) and not isinstance(given, bool)
    if not (plain and text.isascii() and text.isdigit() and len(text) < 10):
        raise BadValueError(f"{given!r} is not a whole number from {lowest} to {highest}")
    if not lowest <= int(text) <= highest:
        raise BadValueError(f"{given}; allowed: {lowest} to {highest}")
    return int(text)


def _level(given: object) -> int:
    return _whole(given, lowest=1, highest=9)


def _many(given: object) -> int | None:
    return None if given is None else _whole(given, lowest=0, highest=100_000)


def _cause(given: object) -> Cause:
    causes = [c.value for c in Cause if c not in {Cause.NOT_ANSWERED, Cause.ACCEPTED}]
    if given not in causes:
        raise UnknownNameError.of("cause", given, causes)
    return Cause(given)


def _one_of(enumeration: type[StepKind | Part]) -> Callable[[object], Any]:
    def read(given: object) -> StepKind | Part | None:
        values = [member.value for member in enumeration]
        if given is not None and given not in values:
            raise UnknownNameError.of(enumeration.__name__, given, values)
        return None if given is None else enumeration(given)

    return read


def _levels(given: object) -> int | dict[str, int] | None:
    if isinstance(given, Mapping):
        if not given:
            raise BadValueError("no row has a level; name at least one")
        rows = ((_name(key), _whole(level, lowest=0, highest=9)) for key, level in given.items())
        return {key: level for key, level in rows if level}
    return None if given is None else _level(given)


_T = TypeVar("_T")


class _Reading:
    """Puts checked values into a frozen record and gathers everything that is wrong."""

    def __init__(self, record: object) -> None:
        self.record = record
        self.faults: list[Fault] = []

    def value(self, place: str, given: object, read: Callable[[Any], _T]) -> _T | None:
        try:
            return read(given)
        except (BadValueError, UnknownNameError) as error:
            code = "missing-amount" if given is None else "bad-amount"
            if isinstance(error, UnknownNameError):
                code = "unknown-name"
            self.faults.append(Fault(code, place, str(error)))
            return None

    def field(self, name: str, read: Callable[[Any], object]) -> None:
        object.__setattr__(self.record, name, self.value(name, getattr(self.record, name), read))

    def table(self, name: str, key: Callable[[Any], Any], read: Callable[[Any], Any]) -> None:
        given = getattr(self.record, name)
        if not isinstance(given, Mapping):
            message = f"a table of names and numbers is needed, not {given!r}"
            self.faults.append(Fault("wrong-type", name, message))
            return
        found = {}
        for k, v in given.items():
            here = f"{name}.{k}"
            pair = self.value(here, k, key), self.value(here, v, read)
            if pair[0] is not None and pair[1] is not None:
                found[pair[0]] = pair[1]
        object.__setattr__(self.record, name, found)

    def finish(self, what: str) -> None:
        if self.faults:
            raise FaultsError(what, self.faults)


# These tell type checkers what callers may pass; `_Reading` reads all fields together.
def _amount(given: Amount) -> Fraction:
    return given  # type: ignore[return-value] # read after all fields are set


def _amount_or_none(given: Amount | None) -> Fraction | None:
    return given  # type: ignore[return-value] # likewise


def _as_given(given: Iterable[NewInnovation]) -> tuple[NewInnovation, ...]:
    return given  # type: ignore[return-value] # likewise


def _amounts(given: Mapping[Any, Amount]) -> Mapping[Any, Fraction]:
    return given  # type: ignore[return-value] # likewise


def _kind(given: StepKind | str | None) -> StepKind | None:
    return given  # type: ignore[return-value] # likewise


def _part(given: Part | str | None) -> Part | None:
    return given  # type: ignore[return-value] # likewise


@frozen
class NewInnovation:
    """An innovation that could be reported further, by the levels that it would reach.

    Exactly one of `levels` and `maturity` is given.

    Attributes
    ----------
    levels : int or mapping of str to int
        One level for every row (where a row has fewer, its highest), or levels by row.
    maturity : fractions.Fraction or None
        Points, where it does not matter by which rows they are reached.
    cost : fractions.Fraction or None
        `None`: what its rows cost when they are raised from 0, and the report of it.
    agency : str or None
        Id of the agency that would report it; limits of that agency apply.
    most : int or None
        How many such innovations there are.
    name : str
        For your own overview.

    Raises
    ------
    FaultsError
        With everything that is wrong.

    Examples
    --------
    >>> idea = NewInnovation(maturity=74, cost=30, most=2, agency="dinkes")
    >>> idea.maturity, idea.cost
    (Fraction(74, 1), Fraction(30, 1))
    """

    levels: int | Mapping[str, int] | None = None
    maturity: Fraction | None = field(default=None, converter=_amount_or_none)
    cost: Fraction | None = field(default=None, converter=_amount_or_none)
    agency: str | None = None
    most: int | None = None
    name: str = ""

    def __attrs_post_init__(self) -> None:
        reading = _Reading(self)
        reading.field("levels", _levels)
        reading.field("maturity", _optional_amount)
        reading.field("cost", _optional_amount)
        reading.field("agency", _optional_name)
        reading.field("most", _many)
        if not reading.faults and (self.levels is None) is (self.maturity is None):
            message = "give exactly one of levels and maturity"
            reading.faults.append(Fault("not-exactly-one", "", message))
        reading.finish("a further innovation")


_PLAIN_NEW = (NewInnovation(levels=1), NewInnovation(levels=2), NewInnovation(levels=3))


@frozen
class Costs:
    """What steps cost, in any unit. The defaults are a tariff to begin with, not facts.

    A step on one row costs ``(papers + levels) × factor of the row × factor of the agency``,
    where *papers* is the cost of the cause that is removed when a claimed level is made to
    count, and *levels* the sum over the levels that are climbed above the claim.

    Attributes
    ----------
    raise_level : fractions.Fraction
        One level up, its paper included; default 2.
    raise_measured : fractions.Fraction
        One level up in a row of the region part whose level follows from a measured value
        (growth, poverty, budget discipline), whichever the level; default 20.
    supply_paper : fractions.Fraction
        The paper for a level that is claimed; default 1.
    pass_verification : fractions.Fraction
        What it takes to bring a pending answer through verification; default 1.
    write_design : fractions.Fraction
        Writing or lengthening the design of an innovation; default 2.
    report : fractions.Fraction
        Reporting a further innovation, besides its rows: profile and design; default 5.
    level_costs : mapping of int to number
        Cost of the climb to a level from the one below it, instead of `raise_level`.
    cause_costs : mapping of Cause to number
        Cost of removing one cause, instead of `supply_paper` and `pass_verification`.
    indicator_factors : mapping of str to number
        By key of the row; 1 where not named.
    agency_factors : mapping of str to number
        By id of the agency; 1 where not named, and for the region.
    further : tuple of NewInnovation
        Innovations that could be reported further; by default one at level 1, 2 or 3
        throughout, as many as are needed.

    Raises
    ------
    FaultsError
        With every negative, missing or unreadable cost.

    Examples
    --------
    >>> costs = Costs(level_costs={3: 10}, indicator_factors={"quality_video": "1.5"})
    >>> costs.level_costs[3], costs.indicator_factors["quality_video"]
    (Fraction(10, 1), Fraction(3, 2))
    >>> Costs(raise_level=-1, supply_paper=float("nan"))
    Traceback (most recent call last):
    inovasi_index.errors.FaultsError: costs: 2 faults
      raise_level: -1 is negative; allowed: 0 or more [bad-amount]
      supply_paper: NaN is not a finite number; to rule out a step, forbid it [bad-amount]
    """

    raise_level: Fraction = field(default=Fraction(2), converter=_amount)
    raise_measured: Fraction = field(default=Fraction(20), converter=_amount)
    supply_paper: Fraction = field(default=Fraction(1), converter=_amount)
    pass_verification: Fraction = field(default=Fraction(1), converter=_amount)
    write_design: Fraction = field(default=Fraction(2), converter=_amount)
    report: Fraction = field(default=Fraction(5), converter=_amount)
    level_costs: Mapping[int, Fraction] = field(factory=dict, converter=_amounts)
    cause_costs: Mapping[Cause, Fraction] = field(factory=dict, converter=_amounts)
    indicator_factors: Mapping[str, Fraction] = field(factory=dict, converter=_amounts)
    agency_factors: Mapping[str, Fraction] = field(factory=dict, converter=_amounts)
    further: tuple[NewInnovation, ...] = field(default=_PLAIN_NEW, converter=_as_given)

    def __attrs_post_init__(self) -> None:
        reading = _Reading(self)
        for name in _TARIFF:
            reading.field(name, exact_amount)
        reading.table("level_costs", _level, exact_amount)
        reading.table("cause_costs", _cause, exact_amount)
        reading.table("indicator_factors", _name, exact_amount)
        reading.table("agency_factors", _name, exact_amount)
        reading.field("further", _further)
        reading.finish("costs")

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Costs:
        """Return costs from plain data, as a TOML file holds them.

        Raises
        ------
        FaultsError
            With every unknown field and every bad value.
        """
        known = fields_dict(cls)
        faults = []
        fields = dict(plain)
        for name in plain:
            if name not in known:
                message = str(UnknownNameError.of("field of costs", name, known))
                faults.append(Fault("unknown-name", str(name), message))
                del fields[name]
        if "further" in fields:
            fields["further"] = _from_tables(fields["further"], faults)
        try:
            costs = cls(**fields)
        except FaultsError as error:
            raise FaultsError("costs", [*faults, *error.faults]) from None
        if faults:
            raise FaultsError("costs", faults)
        return costs

    def climb(self, row: Indicator, below: int, level: int) -> Fraction:
        """Return the cost of the levels of a row from above `below` up to `level`."""
        levels = range(below + 1, level + 1)
        if row.part is Part.REGION and row.numeric:
            return self.raise_measured * len(levels)
        return sum((self.level_costs.get(n, self.raise_level) for n in levels), Fraction(0))

    def removal(self, cause: Cause) -> Fraction:
        """Return the cost of making a claimed level count that was lost for a cause."""
        plain = self.pass_verification if cause is Cause.PENDING else self.supply_paper
        return self.cause_costs.get(cause, plain)

    def factor(self, indicator: str | None, agency: str | None) -> Fraction:
        """Return the product of the factors of a row and an agency."""
        one = Fraction(1)
        row = one if indicator is None else self.indicator_factors.get(indicator, one)
        return row * (one if agency is None else self.agency_factors.get(agency, one))


_TARIFF = (
    "raise_level",
    "raise_measured",
    "supply_paper",
    "pass_verification",
    "write_design",
    "report",
)


def _further(given: object) -> tuple[NewInnovation, ...]:
    if not isinstance(given, Iterable):
        raise BadValueError(f"{given!r} is no list of further innovations")
    found = tuple(given)
    for one in found:
        if not isinstance(one, NewInnovation):
            raise BadValueError(f"{one!r} is not a NewInnovation")
    return found


def _from_tables(given: object, faults: list[Fault]) -> tuple[NewInnovation, ...]:
    known = fields_dict(NewInnovation)
    found = []
    tables = given if isinstance(given, list | tuple) else [given]
    for n, table in enumerate(tables):
        place = f"further[{n}]"
        if not isinstance(table, Mapping):
            faults.append(Fault("wrong-type", place, f"a table is needed, not {table!r}"))
            continue
        strangers = [name for name in table if name not in known]
        for name in strangers:
            message = str(UnknownNameError.of("field of a further innovation", name, known))
            faults.append(Fault("unknown-name", f"{place}.{name}", message))
        try:
            found.append(NewInnovation(**{k: v for k, v in table.items() if k in known}))
        except FaultsError as error:
            faults += [fault.inside(place) for fault in error.faults]
    return tuple(found)


@frozen
class Forbidden:
    """Steps that may not be taken: those that agree with every field that is given.

    Attributes
    ----------
    kind : StepKind or None
    part : Part or None
        ``"region"``: nothing of the region part moves.
    indicator : str or None
        Key of a row, also inside the completion of an innovation.
    innovation : str or None
        Id of a reported innovation.
    agency : str or None
    affair : str or None
        Key of a basic affair that cannot be covered.

    Raises
    ------
    FaultsError
        When no field is given, or one is not of its kind.

    Examples
    --------
    >>> Forbidden(kind="raise_level", agency="dinkes").agency
    'dinkes'
    """

    kind: StepKind | None = field(default=None, converter=_kind)
    part: Part | None = field(default=None, converter=_part)
    indicator: str | None = None
    innovation: str | None = None
    agency: str | None = None
    affair: str | None = None

    def __attrs_post_init__(self) -> None:
        reading = _Reading(self)
        reading.field("kind", _one_of(StepKind))
        reading.field("part", _one_of(Part))
        for name in ("indicator", "innovation", "agency", "affair"):
            reading.field(name, _optional_name)
        if not any(getattr(self, name) is not None for name in fields_dict(Forbidden)):
            message = "name at least one of kind, part, indicator, innovation, agency, affair"
            reading.faults.append(Fault("empty", "", message))
        owner = self.indicator or self.innovation or self.agency
        if self.affair is not None and owner is not None:
            message = "an affair is forbidden for the whole region; name it alone"
            reading.faults.append(Fault("affair-not-alone", "affair", message))
        reading.finish("a forbidden step")

    def matches(self, **facts: object) -> bool:
        """Return whether a step with these facts is forbidden; a fact not given is `None`."""
        return all(
            wanted is None or facts.get(name) == wanted
            for name in fields_dict(Forbidden)
            for wanted in [getattr(self, name)]
        )


@frozen
class Limit:
    """The most that one agency can take on.

    Attributes
    ----------
    steps : int or None
        Each row that moves, each design and each further innovation is one.
    cost : fractions.Fraction or None

    Examples
    --------
    >>> Limit(steps=3, cost="12.5").cost
    Fraction(25, 2)
    """

    steps: int | None = None
    cost: Fraction | None = field(default=None, converter=_amount_or_none)

    def __attrs_post_init__(self) -> None:
        reading = _Reading(self)
        reading.field("steps", _many)
        reading.field("cost", _optional_amount)
        reading.finish("a limit")
