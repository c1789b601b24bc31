"""What people submit: regions, agencies, innovations, answers and their evidence.

Records are immutable and compared by value. They hold what was said, in the words of one
vocabulary (English keys; the official wording is data of the edition), and know nothing
of an edition: `inovasi_index.records.checking` holds them against one.

A constructor reads every field by its form (`inovasi_index.records.forms`) and raises
`BadValueError` for the first that is not of it: so no record holds ``True`` for a level, a
raw value that is NaN, or a date that is a time. What concerns several records at once
(duplicates, agencies that do not exist) is found by `from_dict` and by ``check``, all
together. To change a record, ``attrs.evolve(answer, level=3)``; the form is read again.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from attrs import converters, field, frozen

from inovasi_index.errors import Choice, UnknownNameError
from inovasi_index.records.forms import Key, Number, Title, Whole, checked, require_exactly_one

# Annotations are real objects here (no future import): they declare the forms.

__all__ = [
    "Agency",
    "AgencyKind",
    "Answer",
    "Basis",
    "Cluster",
    "Evidence",
    "EvidenceStatus",
    "Innovation",
    "Region",
    "RegionKind",
    "Submission",
    "Verdict",
    "VerdictStatus",
]


_Key = Annotated[str, Key()]
_Title = Annotated[str, Title()]
_Level = Annotated[int, Whole(0, 9)]


class Basis(Choice):
    """Which level of an answer counts.

    ``CLAIMED``: what the agency claims. ``DOCUMENTED``: the claim, where evidence of an
    accepted kind is attached and not rejected. ``VERIFIED``: what a verifier accepted, and
    nothing for an innovation that is not eligible.
    """

    CLAIMED = "claimed"
    DOCUMENTED = "documented"
    VERIFIED = "verified"


class RegionKind(StrEnum):
    """Kind of a local government: *provinsi*, *kabupaten*, *kota*."""

    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"


class Cluster(StrEnum):
    """Award clusters that a region may belong to besides its kind."""

    UNDERDEVELOPED = "underdeveloped"
    BORDER = "border"
    PAPUA = "papua"


class AgencyKind(StrEnum):
    """Kind of an agency: *SKPD/OPD*, *Puskesmas*, school, village, other."""

    SKPD = "skpd"
    PUSKESMAS = "puskesmas"
    SCHOOL = "school"
    VILLAGE = "village"
    OTHER = "other"


class EvidenceStatus(StrEnum):
    """What became of one piece of evidence."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class VerdictStatus(StrEnum):
    """A verifier's verdict on an answer."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


def _clusters(given: Iterable[Cluster | str]) -> frozenset[Cluster]:
    """Tell type checkers that values will do; the form reads them."""
    return frozenset(map(Cluster, given))  # pragma: no cover


@frozen(field_transformer=checked)
class Region:
    """A local government.

    Attributes
    ----------
    code : str
        Code of the Ministry of Home Affairs (``"63.71"``).
    name : str
    kind : RegionKind
    clusters : frozenset of Cluster
    """

    code: _Key
    name: _Title
    kind: RegionKind = field(converter=RegionKind)
    clusters: frozenset[Cluster] = field(default=frozenset[Cluster](), converter=_clusters)


@frozen(field_transformer=checked)
class Agency:
    """A unit of a region that brings innovations; `parent` is the id of the unit above it."""

    id: _Key
    name: _Title
    kind: AgencyKind = field(default=AgencyKind.SKPD, converter=AgencyKind)
    parent: _Key | None = None


@frozen(field_transformer=checked)
class Evidence:
    """One document, picture, video or link.

    Attributes
    ----------
    title : str
        What it is, in the words of the person who attached it.
    file : str or None
        File name; its ending tells the file type.
    url : str or None
    status : EvidenceStatus
    note : str
        A verifier's remark.
    """

    title: str = ""
    file: str | None = None
    url: str | None = None
    status: EvidenceStatus = field(default=EvidenceStatus.PENDING, converter=EvidenceStatus)
    note: str = ""

    @property
    def file_type(self) -> str | None:
        """Ending of the file name in capitals (``"PDF"``); `None` without one."""
        _, point, ending = (self.file or "").strip().rpartition(".")
        return ending.upper() if point and ending else None

    @property
    def is_attached(self) -> bool:
        """Whether there is a file or a link at all, and not a title only."""
        return bool(self.file or self.url)


@frozen(field_transformer=checked)
class Verdict:
    """What a verifier decided; `level` may be lower than the claim (a downgrade)."""

    status: VerdictStatus = field(converter=VerdictStatus)
    level: _Level | None = None
    note: str = ""


@frozen(field_transformer=checked)
class Answer:
    """The answer to one row: a level or a raw value, its evidence and its verdict.

    Attributes
    ----------
    indicator : str
        Key of the indicator.
    level : int or None
        The level that is claimed. Exactly one of `level` and `value` is given.
    value : decimal.Decimal or None
        A raw value; the edition's rule turns it into a level.
    measure : str or None
        Basis of measurement, where an indicator has several (``"a"`` … ``"f"``).
    evidence : tuple of Evidence
    verdict : Verdict or None
        `None` while no verifier has decided.
    survival : float or None
        Probability that the answer survives verification, for the analysis of risk.
    """

    EXACTLY_ONE: ClassVar[tuple[str, str]] = ("level", "value")

    indicator: _Key
    level: _Level | None = None
    value: Decimal | None = field(default=None, converter=converters.optional(Decimal))
    measure: _Key | None = None
    evidence: tuple[Evidence, ...] = field(default=(), converter=tuple[Evidence, ...])
    verdict: Verdict | None = None
    survival: float | None = None

    def __attrs_post_init__(self) -> None:
        if (self.level is None) is (self.value is None):
            require_exactly_one(Answer, () if self.level is None else self.EXACTLY_ONE)


@frozen(field_transformer=checked)
class Innovation:
    """One reported innovation, with the fields of the official profile.

    Attributes
    ----------
    id : str
        Unique in the submission.
    name : str
    agency : str
        Id of the agency that reports it.
    stage, initiator, classification, kind, form : str or None
        Keys of the edition's vocabularies (``"application"``, ``"digital"``, …).
    initiator_name : str or None
    affair : str or None
        Key of the main government affair.
    intersecting_affairs : tuple of str
    asta_cita : int or None
        1 … 8.
    pkpn, theme : str or None
        PKPN cluster (2026), theme (2023 and 2024).
    trial_date, application_date, development_date : datetime.date or None
        First trial, first application, latest development.
    latitude, longitude : decimal.Decimal or None
        Degrees.
    design : str or None
        Text of the design (*rancang bangun*).
    design_words : int or None
        Number of words of the design, where the text itself is not at hand.
    goals, benefits, results : str or None
    times_reported : int or None
        How often it was entered, this time included.
    answers : tuple of Answer
    """

    id: _Key
    name: _Title
    agency: _Key
    stage: _Key | None = None
    initiator: _Key | None = None
    initiator_name: str | None = None
    classification: _Key | None = None
    kind: _Key | None = None
    form: _Key | None = None
    affair: _Key | None = None
    intersecting_affairs: tuple[_Key, ...] = field(default=(), converter=tuple[_Key, ...])
    asta_cita: Annotated[int, Whole(1, 8)] | None = None
    pkpn: _Key | None = None
    theme: _Key | None = None
    trial_date: dt.date | None = None
    application_date: dt.date | None = None
    development_date: dt.date | None = None
    latitude: Annotated[Decimal, Number(Decimal(-90), Decimal(90))] | None = field(
        default=None, converter=converters.optional(Decimal)
    )
    longitude: Annotated[Decimal, Number(Decimal(-180), Decimal(180))] | None = field(
        default=None, converter=converters.optional(Decimal)
    )
    design: str | None = None
    design_words: Annotated[int, Whole(0, 1_000_000)] | None = None
    goals: str | None = None
    benefits: str | None = None
    results: str | None = None
    times_reported: Annotated[int, Whole(1, 1_000)] | None = None
    answers: tuple[Answer, ...] = field(default=(), converter=tuple[Answer, ...])

    @property
    def n_design_words(self) -> int | None:
        """Words of the design: counted in the text, else the number that was given."""
        return len(self.design.split()) if self.design is not None else self.design_words

    def answer(self, indicator: str) -> Answer | None:
        """Return the answer to a row, or `None` when it was not answered."""
        return next((a for a in self.answers if a.indicator == indicator), None)


@frozen(field_transformer=checked)
class Submission:
    """What one region reports for one year.

    Attributes
    ----------
    region : Region
    year : int
        Year of the index that it is meant for.
    agencies : tuple of Agency
    innovations : tuple of Innovation
    answers : tuple of Answer
        Answers to the rows of the region part.
    region_points : decimal.Decimal or None
        Points of the region part, where its rows are not at hand.
    """

    region: Region
    year: Annotated[int, Whole(1000, 9999)]
    agencies: tuple[Agency, ...] = field(default=(), converter=tuple[Agency, ...])
    innovations: tuple[Innovation, ...] = field(default=(), converter=tuple[Innovation, ...])
    answers: tuple[Answer, ...] = field(default=(), converter=tuple[Answer, ...])
    region_points: Annotated[Decimal, Number(Decimal(0))] | None = field(
        default=None, converter=converters.optional(Decimal)
    )

    def innovation(self, innovation_id: str) -> Innovation:
        """Return an innovation by its id."""
        for innovation in self.innovations:
            if innovation.id == innovation_id:
                return innovation
        known = [i.id for i in self.innovations]
        raise UnknownNameError.of("innovation", innovation_id, known)

    def answer(self, indicator: str) -> Answer | None:
        """Return the answer to a row of the region part, or `None`."""
        return next((a for a in self.answers if a.indicator == indicator), None)

    def to_dict(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings, numbers and dates; without empty fields."""
        from inovasi_index.records.plain import to_plain

        return to_plain(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """Return the submission that `to_dict` wrote.

        Raises
        ------
        SubmissionError
            With every fault of form at once: unknown or missing fields, wrong types,
            impossible dates, duplicate ids or answers, agencies that do not exist.
        """
        from inovasi_index.records.plain import from_plain

        return from_plain(cls, plain)
