"""What the ministry's portal lets a region download, as innovations with their maturity.

The list of 2023, the list of 2025, the copies that local-government applications make of
them and the download of a single innovation are all read by the headings of their columns;
order, capitals, outer spaces and further columns do not matter.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from inovasi_index.errors import BadValueError, Fault
from inovasi_index.exact import EXACT
from inovasi_index.io.cells import day_of, number_of, text_of
from inovasi_index.io.columns import SPELLINGS, Table, heading_text
from inovasi_index.io.files import format_error
from inovasi_index.io.sheets import Cell, Row, Sheet, read_csv, read_xlsx
from inovasi_index.io.words import Words, folded
from inovasi_index.records.forms import FormError, Key, shown
from inovasi_index.records.submission import Agency, Innovation
from inovasi_index.scoring import project_index

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Callable, Iterable, Sequence

    from inovasi_index.rules.edition import Edition
    from inovasi_index.scoring import RegionScore

__all__ = ["MaturitySummary", "PortalExport", "PortalInnovation", "read_portal_export"]


@frozen
class PortalInnovation:
    """One innovation as the portal lists it; what it leaves empty is `None`.

    Attributes
    ----------
    row : int
        Row of the file. Titles repeat and are no keys, so the id is made from it.
    title : str
        Empty only when the title is missing, which is a fault.
    agency, account : str or None
        Name of the office, and the account that stands behind it in brackets.
    region : str or None
    registration : str or None
    stage, initiator, classification, kind, form, theme : str or None
        Keys of the edition's vocabularies; as written when the edition lists no words.
    initiator_name : str or None
    affair : str or None
        Key of the main government affair.
    intersecting_affairs : tuple of str
    asta_cita : str or None
        The sentence of the mission, as written.
    maturity : decimal.Decimal or None
        Points; `None` only when they could not be read, which is a fault.
    input_date, trial_date, application_date, development_date : datetime.date or None
    coordinates : str or None
        As written.
    latitude, longitude : decimal.Decimal or None
        Degrees, where the coordinates are plainly those of one point in Indonesia.
    video : str or None
    design, goals, benefits, results : str or None
        Only in the download of one innovation, as are the next two.
    budget, business_profile : str or None
    """

    row: int
    title: str
    agency: str | None = None
    account: str | None = None
    region: str | None = None
    registration: str | None = None
    stage: str | None = None
    initiator: str | None = None
    initiator_name: str | None = None
    classification: str | None = None
    kind: str | None = None
    form: str | None = None
    theme: str | None = None
    affair: str | None = None
    intersecting_affairs: tuple[str, ...] = ()
    asta_cita: str | None = None
    maturity: Decimal | None = None
    input_date: dt.date | None = None
    trial_date: dt.date | None = None
    application_date: dt.date | None = None
    development_date: dt.date | None = None
    coordinates: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    video: str | None = None
    design: str | None = None
    goals: str | None = None
    benefits: str | None = None
    results: str | None = None
    budget: str | None = None
    business_profile: str | None = None

    @property
    def id(self) -> str:
        """An id that is unique in the file."""
        return f"row-{self.row}"


@frozen
class MaturitySummary:
    """How many innovations a group has, and their maturity.

    Attributes
    ----------
    innovations : int
        Number of innovations of which the maturity is known.
    points : decimal.Decimal
        Sum of their maturities, in points.

    Examples
    --------
    >>> MaturitySummary(2, Decimal("181.50")).mean
    Fraction(363, 4)
    """

    innovations: int
    points: Decimal

    @property
    def mean(self) -> Fraction:
        """Mean maturity in points, exact."""
        return Fraction(self.points) / self.innovations


@frozen
class PortalExport:
    """A download of the portal.

    Attributes
    ----------
    rows : tuple of PortalInnovation
    faults : tuple of Fault
        What could not be read; empty unless faults were to be collected.
    unknown_columns : tuple of str
        Headings that were passed over.
    """

    rows: tuple[PortalInnovation, ...]
    faults: tuple[Fault, ...] = ()
    unknown_columns: tuple[str, ...] = ()

    def agencies(self) -> tuple[Agency, ...]:
        """Return the offices, in the order in which they first appear.

        An office is known by its name, since one office has other accounts in other years.
        """
        names: dict[str, str] = {}
        for row in self.rows:
            if row.agency is not None:
                names.setdefault(folded(row.agency), row.agency)
        return tuple(Agency(id=name, name=name) for name in names.values())

    @property
    def innovations(self) -> tuple[Innovation, ...]:
        """The rows as records without answers: the portal gives points, not levels."""
        ids = {folded(agency.name): agency.id for agency in self.agencies()}
        return tuple(_record(row, ids.get(folded(row.agency or ""))) for row in self.rows)

    def by_stage(self) -> dict[str | None, MaturitySummary]:
        """Return number and maturity of the innovations of each stage."""
        return _summaries((row.stage, row) for row in self.rows)

    def by_agency(self) -> dict[str | None, MaturitySummary]:
        """Return number and maturity of the innovations of each agency, by its id."""
        ids = {folded(agency.name): agency.id for agency in self.agencies()}
        return _summaries((ids.get(folded(row.agency or "")), row) for row in self.rows)

    def project(
        self,
        edition: Edition,
        *,
        region_points: float | str | Decimal | Fraction,
        only_stage: str | None = None,
    ) -> RegionScore:
        """Return the index that the maturities lead to, with a given region part.

        The sum of maturities is divided by the number of innovations, or by the edition's
        minimum divisor when that is larger. A basic affair is covered when it is the main
        affair of an innovation.

        Parameters
        ----------
        edition : Edition
        region_points : number
            Points of the region part.
        only_stage : str, optional
            Key of the stage (``"application"``) to which the innovations are restricted.

        Raises
        ------
        BadValueError
            When the maturity of an innovation is not known, or no innovation has the stage.
        IncompleteEditionError
            When the edition lacks a constant; it can be supplied.

        References
        ----------
        The formula of the edition; for 2026: Surat Kepala BSKDN 400.10.11/1887/BSKDN, 29 April
        2026, Lampiran I, XI.B.

        Examples
        --------
        Forty innovations that cover one basic affair earn no points for their number.

        >>> import inovasi_index as ii
        >>> rows = [PortalInnovation(n, "Sapa", affair="health", maturity=Decimal(90))
        ...     for n in range(2, 42)]
        >>> PortalExport(tuple(rows)).project(ii.load_edition("iid-2026"), region_points=51).index
        Decimal('56.40')
        """
        chosen = [row for row in self.rows if only_stage in {None, row.stage}]
        if not chosen and self.rows:
            stages = ", ".join(sorted({str(row.stage) for row in self.rows}))
            raise BadValueError(f"no innovation is at stage {only_stage!r}; there are: {stages}")
        unknown = [row.row for row in chosen if row.maturity is None]
        if unknown:
            rows = ", ".join(map(str, unknown[:10]))
            raise BadValueError(
                f"the maturity of {len(unknown)} innovations is unknown: row {rows}"
            )
        points = sum((Fraction(row.maturity or 0) for row in chosen), Fraction(0))
        basic = {affair.key for affair in edition.basic_affairs}
        return project_index(
            edition,
            region_points=region_points,
            mean_maturity=points / max(edition.constant("minimum_divisor"), len(chosen)),
            innovations=len(chosen),
            basic_affairs=len(basic & {row.affair for row in chosen}),
        )


def _record(row: PortalInnovation, agency: str | None) -> Innovation:
    return Innovation(
        id=row.id,
        name=row.title or row.id,
        agency=agency or "-",
        stage=row.stage,
        initiator=row.initiator,
        initiator_name=row.initiator_name,
        classification=row.classification,
        kind=row.kind,
        form=row.form,
        theme=row.theme,
        affair=row.affair,
        intersecting_affairs=row.intersecting_affairs,
        trial_date=row.trial_date,
        application_date=row.application_date,
        development_date=row.development_date,
        latitude=row.latitude,
        longitude=row.longitude,
        design=row.design,
        goals=row.goals,
        benefits=row.benefits,
        results=row.results,
    )


def _summaries(
    rows: Iterable[tuple[str | None, PortalInnovation]],
) -> dict[str | None, MaturitySummary]:
    groups: dict[str | None, MaturitySummary] = {}
    for group, row in rows:
        if row.maturity is not None:
            before = groups.get(group, MaturitySummary(0, Decimal(0)))
            groups[group] = MaturitySummary(
                before.innovations + 1, EXACT.add(before.points, row.maturity)
            )
    return groups


#: Without these a row tells nothing about the index; the lists of all years have them.
_NEEDED = ("name", "agency", "stage", "affair", "maturity")


def read_portal_export(
    path: str | os.PathLike[str],
    *,
    edition: Edition,
    errors: Literal["raise", "collect"] = "raise",
) -> PortalExport:
    """Read a list, or one innovation, that was downloaded from the ministry's portal.

    Parameters
    ----------
    path : str or path
        An ``.xlsx`` or ``.csv`` file; of several sheets the one called ``Data``, else the
        first.
    edition : Edition
        Whose words (stages, kinds, forms, affairs) stand in the file and whose maximum of
        maturity holds.
    errors : {"raise", "collect"}
        Whether cells that cannot be read are raised together, or collected in
        ``PortalExport.faults`` so that the other cells can be used. A column that is missing
        is raised in any case.

    Raises
    ------
    FileFormatError
        When the file is not what its name says, lacks a column, or has cells that cannot be
        read: an unknown word or affair, no date, a maturity out of range, a formula.
    MissingExtraError
        For an ``.xlsx`` file without openpyxl.
    OSError
        When the file cannot be opened.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> headings = "Judul Inovasi;Admin OPD;Tahapan Inovasi;Urusan Utama;Kematangan"
    >>> row = "Sapa Warga;Dinas Sosial (dinsos);Penerapan;sosial;85.00"
    >>> _ = Path("inovasi.csv").write_text(chr(10).join([headings, row]))
    >>> export = ii.read_portal_export("inovasi.csv", edition=ii.load_edition("iid-2025"))
    >>> export.by_agency()["Dinas Sosial"].mean
    Fraction(85, 1)
    """
    path = Path(path)
    if path.suffix.lower() == ".csv":
        sheet = read_csv(path)
    elif path.suffix.lower() == ".xlsx":
        (sheet,) = read_xlsx(path, _data_sheet).values()
    else:
        message = "the name must end in .xlsx or .csv"
        raise format_error(path, [Fault("unknown-suffix", "", message)])
    known = {folded(text): field for field, names in SPELLINGS.items() for text in names}
    table = Table(_in_columns(sheet), known, needed=_NEEDED, others_allowed=True)
    if table.faults:
        raise format_error(path, table.faults)
    reader = _Rows(table, edition)
    rows = tuple(reader.read(row) for row in table.rows)
    if table.faults and errors == "raise":
        raise format_error(path, table.faults)
    return PortalExport(rows, tuple(table.faults), tuple(table.unknown.values()))


def _data_sheet(names: Sequence[str]) -> list[str]:
    return [next((name for name in names if folded(name) == "data"), names[0])]


def _in_columns(sheet: Sheet) -> Sheet:
    """Turn the two columns of a single innovation into the columns of a list of one."""
    texts = [folded(heading_text(cell)) for cell in sheet.rows[0].cells.values()]
    if texts != ["data", "deskripsi"]:
        return sheet
    names, values = sheet.rows[0].cells
    headings = {n: row.cells[names] for n, row in enumerate(sheet.rows) if names in row.cells}
    cells = {n: row.cells[values] for n, row in enumerate(sheet.rows) if values in row.cells}
    number = sheet.rows[0].number
    body = {n: cell for n, cell in cells.items() if n and n in headings}
    del headings[0]
    return Sheet((Row(number, headings), Row(number + 1, body)), sheet.label)


_EMPTY = frozenset({"", "null", "tidak ada"})  # of "-" nothing is left when it is folded
_DAYS = ("input_date", "trial_date", "application_date", "development_date")
_TERMS = ("stage", "initiator", "classification", "kind", "form", "theme")
_OFFICE = re.compile(r"(?P<name>.*\S)\s*\((?P<account>[^()]*)\)")
_POINT = re.compile(r"(-?[0-9]{1,2}\.[0-9]+)\s*,\s*([0-9]{2,3}\.[0-9]+)")
# A box around Indonesia, in degrees.
_LATITUDES = (Decimal(-12), Decimal(7))
_LONGITUDES = (Decimal(94), Decimal(142))


class _Rows:
    """Reads the rows of a list."""

    def __init__(self, table: Table, edition: Edition) -> None:
        self._table = table
        self._words = Words(edition)
        self._most = edition.formula.maturity_max_hundredths

    def read(self, row: Row) -> PortalInnovation:
        """Return the innovation of a row; notes in the table what could not be read."""
        read = {field: self._value(row, field) for field in self._table.columns}
        title = read.pop("name") or ""
        affair = read.pop("affair") or []
        office = _OFFICE.fullmatch(read["agency"] or "")
        if office:
            read |= office.groupdict()
            read["agency"] = read.pop("name")
        latitude, longitude = _point(read.get("coordinates"))
        intersecting = [*affair[1:], *(read.pop("intersecting_affairs", None) or [])]
        return PortalInnovation(
            row=row.number,
            title=title,
            affair=affair[0] if affair else None,
            intersecting_affairs=tuple(dict.fromkeys(intersecting)),
            latitude=latitude,
            longitude=longitude,
            **read,
        )

    def _value(self, row: Row, field: str) -> Any:
        column = self._table.columns[field]
        cell = row.cells.get(column, "")
        if isinstance(cell, str) and folded(_printable(cell)) in _EMPTY:
            if field in _NEEDED:
                self._table.note(
                    "missing-value", "the cell is empty", row=row.number, column=column
                )
            return None
        return self._table.read(row, field, self._reading(field))

    def _reading(self, field: str) -> Callable[[Cell], Any]:
        if field in _TERMS and self._words.knows(field):
            return lambda cell: self._term(field, text_of(cell))
        if field in {"affair", "intersecting_affairs"}:
            return lambda cell: self._affairs(text_of(cell))
        if field in _DAYS:
            return day_of
        if field == "maturity":
            return self._maturity
        if field == "agency":
            return lambda cell: Key().read(_line(cell))
        return text_of if field in _LONG else _line

    def _term(self, vocabulary: str, text: str) -> str:
        key = self._words.term(vocabulary, text)
        if key is None:
            hint = self._words.near(vocabulary, text, self._table.hints)
            raise FormError(
                f"{shown(text)} is no {vocabulary} of the edition{hint}", "unknown-word"
            )
        return key

    def _affairs(self, text: str) -> list[str]:
        if not self._words.knows("affair"):
            return [text]
        keys, unknown = self._words.affairs(text)
        if unknown:
            names = ", ".join(
                f"{shown(name)}{self._words.near('affair', name, self._table.hints)}"
                for name in unknown[:_NAMED]
            )
            more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
            raise FormError(f"no government affair of the edition: {names}{more}", "unknown-affair")
        return keys

    def _maturity(self, cell: Cell) -> Decimal:
        maturity = number_of(cell)
        if maturity < 0 or (self._most is not None and Fraction(maturity) * 100 > self._most):
            most = "" if self._most is None else f" to {Fraction(self._most, 100)}"
            raise FormError(f"{maturity}; a maturity is 0{most} points", "out-of-range")
        return maturity


_NAMED = 5
_LONG = frozenset({"design", "goals", "benefits", "results", "budget", "business_profile"})


def _line(cell: Cell) -> str:
    """Return a text as one line of printable characters; copies carry invisible ones."""
    return _printable(" ".join(text_of(cell).split()))


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


def _point(coordinates: str | None) -> tuple[Decimal | None, Decimal | None]:
    """Return latitude and longitude, where a text plainly gives one point in Indonesia."""
    match = _POINT.fullmatch(re.sub(r"[()\[\]°]", "", coordinates or "").strip())
    if match is None:
        return None, None
    latitude, longitude = Decimal(match[1]), Decimal(match[2])
    inside = (
        _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
    )
    return (latitude, longitude) if inside else (None, None)
