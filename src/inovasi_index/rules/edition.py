"""The regulation as data: what an edition of the index consists of.

Everything here is immutable, hashable, compared by value and picklable. Amounts are
exact: points are whole hundredths (`int`), bounds of raw values are `Decimal`.
A value that no source gives is `None`, never a guess.
"""

from __future__ import annotations

import warnings
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from inovasi_index.errors import (
    BadValueError,
    Choice,
    IncompleteEditionError,
    PeriodWarning,
    UnknownNameError,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from inovasi_index.language import Language

__all__ = [
    "Affair",
    "Band",
    "Bound",
    "Certainty",
    "Citation",
    "Completeness",
    "Conflict",
    "Direction",
    "Edition",
    "Eligibility",
    "Formula",
    "Indicator",
    "Level",
    "NumericRule",
    "Part",
    "Sourced",
    "Term",
    "source_of",
]


class Certainty(StrEnum):
    """How sure we are of a value.

    ``official`` is printed by an official paper or a transcription of one, ``inferred``
    follows from such papers by arithmetic, ``candidate`` fits every published score but
    was never seen printed, ``assumed`` was supplied by the user, ``missing`` was not found.
    """

    OFFICIAL = "official"
    INFERRED = "inferred"
    CANDIDATE = "candidate"
    ASSUMED = "assumed"
    MISSING = "missing"


class Part(Choice):
    """The two parts of the index: *Satuan Pemerintah Daerah* and *Satuan Inovasi Daerah*."""

    REGION = "region"
    INNOVATION = "innovation"


class Direction(StrEnum):
    """Whether a larger raw value reaches a higher level."""

    HIGHER_IS_BETTER = "higher"
    LOWER_IS_BETTER = "lower"


@frozen
class Citation:
    """A source, as precisely as it is known.

    Attributes
    ----------
    key : str
        Short name by which values of the edition refer to it.
    document : str
        What the source is or transcribes.
    number : str or None
        Number of the official paper.
    date : datetime.date or None
        Date of the official paper.
    part : str or None
        Annex, section, slide.
    transcribed_in : str or None
        Where it was read.
    confidence : str
        How sure we are, in words.
    """

    key: str
    document: str
    number: str | None = None
    date: dt.date | None = None
    part: str | None = None
    transcribed_in: str | None = None
    confidence: str = ""

    def __str__(self) -> str:
        parts = [self.document]
        if self.number and self.number not in self.document:
            parts.append(self.number)
        if self.date:
            parts.append(self.date.isoformat())
        if self.part:
            parts.append(self.part)
        return ", ".join(parts)


@frozen
class Sourced:
    """Where one field comes from: citation keys, certainty, and what to know about it."""

    field: str
    citations: tuple[str, ...]
    certainty: Certainty = Certainty.OFFICIAL
    note: str = ""


class _HasSources(Protocol):
    @property
    def sources(self) -> tuple[Sourced, ...]: ...


def source_of(owner: _HasSources, name: str) -> Sourced | None:
    """Return where the field `name` of an indicator, formula, … comes from.

    Fields are named as in the edition file (``"weight"``, ``"total_max"``); the name of the
    attribute that holds hundredths (``"weight_hundredths"``) is understood too.
    """
    name = name.removesuffix("_hundredths")
    return next((s for s in owner.sources if s.field == name), None)


@frozen
class Level:
    """One level of an indicator: its number (1 is the lowest), official text and points."""

    number: int
    text: str | None
    points_hundredths: int | None


@frozen
class Bound:
    """The printed range of one level; `None` is unbounded. Both ends are inclusive."""

    lower: Decimal | None
    upper: Decimal | None

    def __str__(self) -> str:
        if self.lower is None:
            return f"≤ {self.upper}"
        if self.upper is None:
            return f"≥ {self.lower}"
        return f"{self.lower} … {self.upper}"


@frozen
class NumericRule:
    """How a raw value becomes a level.

    Levels are tested from the highest down, by the bound that a level has to reach (its
    lower end when higher is better, its upper end when lower is better). So a value in
    two printed ranges takes the higher level and a value between two ranges takes the
    lower one. That is our reading; the letters print no tie rule.

    Attributes
    ----------
    unit : str
        Unit of the raw value, as the guideline names it (``"orang"``, ``"persen"``).
    direction : Direction
    bounds : tuple of Bound
        Printed range of level 1, 2, 3, …
    basis : str or None
        Basis of measurement, for an indicator that has several (``"a"`` … ``"f"``).
    name : str
        Official name of the basis.
    texts : tuple of str
        Official level texts of the basis; empty when they are those of the indicator.
    whole : bool
        Whether only whole numbers make sense (a count).
    domain : Bound
        What the quantity can be at all (a ratio: 0 … 100).
    """

    unit: str
    direction: Direction
    bounds: tuple[Bound, ...]
    basis: str | None = None
    name: str = ""
    texts: tuple[str, ...] = ()
    whole: bool = False
    domain: Bound = Bound(None, None)

    def level_of(self, value: Decimal | int) -> int:
        """Return the level that a raw value reaches; 0 when it reaches none.

        Parameters
        ----------
        value : decimal.Decimal or int
            In `unit`.

        Raises
        ------
        BadValueError
            When the value is outside `domain`, not whole where it must be, not finite, or
            beyond the last printed bound of the top level.

        Examples
        --------
        >>> from decimal import Decimal as D
        >>> people = NumericRule("orang", Direction.HIGHER_IS_BETTER,
        ...     (Bound(D(1), D(10)), Bound(D(11), D(30)), Bound(D(31), None)), whole=True)
        >>> people.level_of(27), people.level_of(0)
        (2, 0)
        """
        value = Decimal(value)
        if not value.is_finite():
            raise BadValueError(f"the value must be a finite number, not {value}")
        if self.whole and value != value.to_integral_value():
            raise BadValueError(f"{value} {self.unit}: only whole numbers are allowed")
        low, high = self.domain.lower, self.domain.upper
        if (low is not None and value < low) or (high is not None and value > high):
            raise BadValueError(f"{value} {self.unit}: outside the possible {self.domain}")
        up = self.direction is Direction.HIGHER_IS_BETTER
        top = self.bounds[-1]
        beyond = top.upper if up else top.lower
        if beyond is not None and (value > beyond if up else value < beyond):
            raise BadValueError(
                f"{value} {self.unit}: the guideline prints no level beyond {beyond}; "
                "give the level instead of the value"
            )
        for number in range(len(self.bounds), 0, -1):
            bound = self.bounds[number - 1]
            edge = bound.lower if up else bound.upper
            if edge is None or (value >= edge if up else value <= edge):
                return number
        return 0


@frozen
class Indicator:
    """One row of the official table.

    Attributes
    ----------
    key : str
        Our stable name, the same in every edition.
    code : str or None
        Official number of that year (``"16"``, ``"5a"``).
    part : Part
    variable : str or None
        Official name of the variable that the row belongs to.
    name : str
        Official name.
    weight_hundredths : int or None
        Hundredths of a point per level.
    levels : tuple of Level
        Level 1 upwards; empty when no source prints them.
    mandatory : bool or None
    definition : str or None
    evidence : tuple of str or None
        Documents that are asked for, in official words.
    file_types : tuple of str or None
        File types that count (``"PDF"``); `None` when not found, then any counts.
    file_kinds : tuple of str or None
        Kinds of files in official words (``"Foto"``), where the source prints kinds instead
        of types. They restrict nothing by themselves.
    link_counts : bool
        Whether a link counts as evidence where file types are restricted.
    evidence_note : str or None
    numeric : tuple of NumericRule
        How raw values become levels; several when there are several bases.
    sources : tuple of Sourced
    notes : tuple of str
    """

    key: str
    part: Part
    name: str
    code: str | None = None
    variable: str | None = None
    weight_hundredths: int | None = None
    levels: tuple[Level, ...] = ()
    mandatory: bool | None = None
    definition: str | None = None
    evidence: tuple[str, ...] | None = None
    file_types: tuple[str, ...] | None = None
    file_kinds: tuple[str, ...] | None = None
    link_counts: bool = False
    evidence_note: str | None = None
    numeric: tuple[NumericRule, ...] = ()
    sources: tuple[Sourced, ...] = ()
    notes: tuple[str, ...] = ()

    def to_html(self, language: Language | str = "en") -> str:
        """Return the levels as HTML; any text in it stays text."""
        from inovasi_index.rules.notebook import indicator_html

        return indicator_html(self, language)

    def _repr_html_(self) -> str:
        return self.to_html()

    @property
    def title(self) -> str:
        """Official number and name (``"16. Regulasi Inovasi Daerah"``)."""
        return f"{self.code}. {self.name}" if self.code else self.name

    @property
    def top_level(self) -> int:
        """The highest level; 3 where the texts are missing, as in every known year."""
        return len(self.levels) or 3

    @property
    def max_hundredths(self) -> int | None:
        """Points at the highest level, in hundredths."""
        weight = self.weight_hundredths
        return None if weight is None else weight * self.top_level

    def text_of(self, level: int, basis: str | None = None) -> str | None:
        """Return the official text of a level, of one basis where there are several."""
        if not 1 <= level <= self.top_level:
            return None
        for rule in self.numeric:
            if rule.basis is not None and rule.basis == basis and rule.texts:
                return rule.texts[level - 1]
        return self.levels[level - 1].text if self.levels else None

    def rule_for(self, basis: str | None = None) -> NumericRule:
        """Return the rule that turns a raw value into a level.

        Raises
        ------
        BadValueError
            When the indicator has none, or `basis` is missing or unknown.
        """
        if not self.numeric:
            raise BadValueError(f"{self.key}: levels are not numeric, give a level")
        for rule in self.numeric:
            if rule.basis == basis:
                return rule
        bases = ", ".join(str(r.basis) for r in self.numeric if r.basis)
        if not bases:
            raise BadValueError(f"{self.key}: has no basis {basis!r}")
        raise BadValueError(f"{self.key}: basis {basis!r} is not one of {bases}")


@frozen
class Band:
    """A band (*predikat*): official name and bounds of the index, in hundredths, inclusive.

    A bound that no source gives is `None`, and an index that it would decide is not
    classified.
    """

    key: str
    name: str
    lower_hundredths: int | None
    upper_hundredths: int | None
    sources: tuple[Sourced, ...] = ()


@frozen
class Formula:
    """The constants of ``index = (region part + mean maturity + count) / total * 100``.

    All amounts are hundredths of a point. A constant that no source gives is `None`.

    Attributes
    ----------
    total_max_hundredths, region_max_hundredths : int or None
    maturity_max_hundredths, count_max_hundredths : int or None
    minimum_divisor : int or None
        The sum of maturities is divided by at least this number of innovations.
    count_cap : int or None
        Innovations beyond this number earn no further count points.
    points_per_innovation_hundredths : int or None
    basic_affairs_needed : int or None
        Basic affairs that must be covered for count points.
    decimals : int
        Decimals that the index is rounded to, half up, before it is classified.
    """

    total_max_hundredths: int | None = None
    region_max_hundredths: int | None = None
    maturity_max_hundredths: int | None = None
    count_max_hundredths: int | None = None
    minimum_divisor: int | None = None
    count_cap: int | None = None
    points_per_innovation_hundredths: int | None = None
    basic_affairs_needed: int | None = None
    decimals: int = 2
    sources: tuple[Sourced, ...] = ()


@frozen
class Eligibility:
    """What an innovation must be to be scored; `None` or empty where no source says."""

    stages: tuple[str, ...] = ()
    window_start: dt.date | None = None
    window_end: dt.date | None = None
    development_counts: bool | None = None
    design_min_words: int | None = None
    mandatory_rows: bool | None = None
    max_reports: int | None = None
    sources: tuple[Sourced, ...] = ()


@frozen
class Affair:
    """A government affair (*urusan pemerintahan*); `basic` marks the basic services."""

    key: str
    name: str
    basic: bool
    aliases: tuple[str, ...] = ()


@frozen
class Term:
    """One allowed value of a descriptive field, with its official name and spellings seen."""

    vocabulary: str
    key: str
    name: str
    aliases: tuple[str, ...] = ()


@frozen
class Conflict:
    """Sources that disagree: the field, what each says, and what we trust and why."""

    field: str
    readings: tuple[tuple[str, str], ...]
    resolution: str


@frozen
class Completeness:
    """How complete one area of the edition is."""

    area: str
    status: Certainty
    note: str


@frozen(cache_hash=True)
class Edition:
    """The index of one year: indicators, formula, bands, eligibility, words and sources.

    Attributes
    ----------
    id : str
        ``"iid-2026"``.
    title : str
    start, end : datetime.date
        The period that the edition is for.
    indicators : tuple of Indicator
        All rows in official order, those of the region part first.
    formula : Formula
    bands : tuple of Band
        From the lowest to the highest.
    eligibility : Eligibility
    affairs : tuple of Affair
        The basic ones first, in official order.
    terms : tuple of Term
        Allowed values of descriptive fields (stage, initiator, kind, …).
    citations : tuple of Citation
    conflicts : tuple of Conflict
    completeness : tuple of Completeness
    notes : tuple of str
    extends : str or None
        The edition that this one changes.
    sources : tuple of Sourced
        Where the period, the affairs and each vocabulary (``"stage"``) come from.
    """

    id: str
    title: str
    start: dt.date
    end: dt.date
    indicators: tuple[Indicator, ...]
    formula: Formula = Formula()
    bands: tuple[Band, ...] = ()
    eligibility: Eligibility = Eligibility()
    affairs: tuple[Affair, ...] = ()
    terms: tuple[Term, ...] = ()
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    completeness: tuple[Completeness, ...] = ()
    notes: tuple[str, ...] = ()
    extends: str | None = None
    sources: tuple[Sourced, ...] = ()

    def __repr__(self) -> str:
        return (
            f"<Edition {self.id}: {len(self.region_indicators)} region rows, "
            f"{len(self.innovation_indicators)} innovation rows>"
        )

    def to_html(self, language: Language | str = "en") -> str:
        """Return the rows, bands and certainty as HTML; any text in it stays text."""
        from inovasi_index.rules.notebook import edition_html

        return edition_html(self, language)

    def _repr_html_(self) -> str:
        return self.to_html()

    @cached_property
    def _by_key(self) -> Mapping[str, Indicator]:
        return {i.key: i for i in self.indicators}

    @cached_property
    def region_indicators(self) -> tuple[Indicator, ...]:
        """The rows of the region part, in official order."""
        return tuple(i for i in self.indicators if i.part is Part.REGION)

    @cached_property
    def innovation_indicators(self) -> tuple[Indicator, ...]:
        """The rows of the innovation part, in official order."""
        return tuple(i for i in self.indicators if i.part is Part.INNOVATION)

    def part_indicators(self, part: Part) -> tuple[Indicator, ...]:
        """Return the rows of one part, in official order.

        Raises
        ------
        UnknownChoiceError
            When there is no such part.
        """
        if Part(part) is Part.REGION:
            return self.region_indicators
        return self.innovation_indicators

    def __getitem__(self, key: str) -> Indicator:
        """Return an indicator by its key."""
        try:
            return self._by_key[key]
        except (KeyError, TypeError):
            raise UnknownNameError.of(f"indicator in {self.id}", key, self._by_key) from None

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators)

    def __len__(self) -> int:
        return len(self.indicators)

    def by_code(self, code: str) -> Indicator:
        """Return an indicator by its official number of this edition."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        known = [i.code for i in self.indicators if i.code]
        raise UnknownNameError.of(f"indicator number in {self.id}", code, known)

    def citation(self, key: str) -> Citation:
        """Return a citation by its key."""
        for citation in self.citations:
            if citation.key == key:
                return citation
        raise UnknownNameError.of(f"citation in {self.id}", key, [c.key for c in self.citations])

    @cached_property
    def basic_affairs(self) -> tuple[Affair, ...]:
        """The basic-service affairs (*urusan wajib pelayanan dasar*)."""
        return tuple(a for a in self.affairs if a.basic)

    def affair_index(self, key: str | None) -> int:
        """Return the position of an affair in `affairs`; -1 when unknown or `None`."""
        return self._affair_positions.get(key, -1) if key is not None else -1

    @cached_property
    def _affair_positions(self) -> Mapping[str, int]:
        return {affair.key: n for n, affair in enumerate(self.affairs)}

    def vocabulary(self, name: str) -> tuple[Term, ...]:
        """Return the allowed values of a descriptive field; empty when none is known."""
        return tuple(t for t in self.terms if t.vocabulary == name)

    def weights_hundredths(self, part: Part) -> tuple[int, ...]:
        """Return hundredths of a point per level for each row of a part, in official order.

        Raises
        ------
        UnknownChoiceError
            When there is no such part.
        IncompleteEditionError
            When a weight was not found, or the part has no rows in this edition.
        """
        part = Part(part)
        rows = self.part_indicators(part)
        weights = tuple(i.weight_hundredths for i in rows if i.weight_hundredths is not None)
        if len(weights) < len(rows) or not rows:
            missing = [i.key for i in rows if i.weight_hundredths is None]
            what = (
                f"the weights of {len(missing)} rows of the {part} part were not found "
                f"({', '.join(missing[:3])}{', …' if len(missing) > 3 else ''})"
                if rows
                else f"no rows of the {part} part were found"
            )
            supply = (
                "give the region part as points: region_points=…"
                if part is Part.REGION
                else "give them with edition.supply(weights={key: points per level})"
            )
            raise IncompleteEditionError(f"{self.id}: {what}; {supply}")
        return weights

    def constant(self, name: str) -> int:
        """Return a constant of the formula; see `constants`."""
        return self.constants(name)[0]

    def constants(self, *names: str) -> tuple[int, ...]:
        """Return constants of the formula.

        Parameters
        ----------
        *names : str
            Names of fields of `Formula`.

        Raises
        ------
        IncompleteEditionError
            When no source gives one; the message names all that are missing and says how to
            supply them.
        """
        found = tuple(getattr(self.formula, name) for name in names)
        missing = [name for name, value in zip(names, found, strict=True) if value is None]
        if missing:
            raise IncompleteEditionError(
                f"{self.id}: no source gives {', '.join(n.replace('_', ' ') for n in missing)}; "
                f"supply with edition.supply({', '.join(f'{name}=…' for name in missing)})"
            )
        return found

    def check_year(self, year: int) -> None:
        """Warn when the edition is used for a year that it was not written for.

        Warns
        -----
        PeriodWarning
            A warning that ``warnings.simplefilter("error", PeriodWarning)`` makes an error.

        Examples
        --------
        >>> import inovasi_index as ii
        >>> ii.load_edition("iid-2026").check_year(2026)
        """
        first, last = self.start.year, self.end.year
        if not first <= year <= last:
            period = str(first) if first == last else f"{first} to {last}"
            message = f"{self.id} is the edition of {period}; it is used for {year}"
            warnings.warn(message, PeriodWarning, stacklevel=2)

    def supply(
        self,
        *,
        weights: Mapping[str, object] | None = None,
        bands: Mapping[str, object] | None = None,
        **constants: int,
    ) -> Edition:
        """Return a copy in which missing values are filled in, each marked as assumed.

        Parameters
        ----------
        weights : mapping of str to number, optional
            Points per level by indicator key, as `int`, `str` or `Decimal` ("0.75").
        bands : mapping of str to number, optional
            Lower bound of the index by band key ("40.01").
        **constants : int
            Fields of `Formula` (``minimum_divisor=12``).

        Raises
        ------
        SupplyError
            With every fault at once: a name that the edition does not have, a negative,
            inexact or disordered value, one that contradicts a value already known. It is an
            `UnknownNameError` and a `BadValueError`.

        Examples
        --------
        >>> import inovasi_index as ii
        >>> edition = ii.load_edition("iid-2025").supply(minimum_divisor=12)
        >>> edition.constant("minimum_divisor")
        12
        """
        from inovasi_index.rules.supplying import supplied

        return supplied(self, weights or {}, bands or {}, constants)
