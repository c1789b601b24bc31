"""What was published about the index from 2018 to 2025, row by row with its source.

The full lists stand in annexes of decrees that were not found, so these are the rows
that ministries, regions and the press printed. Rows that contradict each other stay and
are marked. Region codes and names follow Kepmendagri 300.2.2-2138 Tahun 2025.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import numpy as np
from attrs import fields, frozen
from numpy.typing import NDArray

from inovasi_index.records.submission import Region, RegionKind

__all__ = [
    "NationalCount",
    "PublishedScore",
    "ScoreStatus",
    "national_counts",
    "published_scores",
    "regions_kalsel",
]

_Record = TypeVar("_Record", "PublishedScore", "NationalCount")


class ScoreStatus(StrEnum):
    """How a published row may be used.

    ``final`` is a result as decreed or reported after the decree, ``interim`` was printed
    before it, ``conflict`` contradicts another row or itself, ``derived`` follows from
    other printed figures, ``year inferred`` has a year that the source does not state
    beyond doubt, ``award list`` names a region without a score.
    """

    FINAL = "final"
    INTERIM = "interim"
    CONFLICT = "conflict"
    DERIVED = "derived"
    YEAR_INFERRED = "year inferred"
    AWARD_LIST = "award list"


@frozen
class PublishedScore:
    """A score, a rank or a band of one region in one year, as one source printed it.

    Attributes
    ----------
    region_code : str
        Code of the Ministry of Home Affairs (``"63.71"``).
    region : str
    kind : RegionKind
    year : int
        Year of the index.
    score : decimal.Decimal or None
        The index with the decimals that were printed; 0 to 100 from 2021, before that an
        unbounded sum over all innovations.
    band : str or None
        Key of the band (``"very_innovative"``, ``"innovative"``, ``"less_innovative"``,
        ``"not_assessable"``).
    rank, ranked_of : int or None
        Rank, and among how many.
    status : ScoreStatus
    source : str
        Address of the page that prints it.
    note : str
    """

    region_code: str
    region: str
    kind: RegionKind
    year: int
    score: Decimal | None
    band: str | None
    rank: int | None
    ranked_of: int | None
    status: ScoreStatus
    source: str
    note: str

    @classmethod
    def to_columns(cls, rows: Iterable["PublishedScore"]) -> dict[str, NDArray[Any]]:
        """Return the rows as one array a field, each of shape (rows,).

        Numbers that may be absent are float64 with NaN where they are, `year` is int64,
        everything else is text with ``""`` where absent.

        Examples
        --------
        >>> final = [row for row in published_scores() if row.status == "final"]
        >>> columns = PublishedScore.to_columns(final)
        >>> columns["score"].shape, columns["kind"][0].item()
        ((172,), 'regency')
        """
        return _columns(cls, rows)


@frozen
class NationalCount:
    """Counts over the nation in one year: participants, innovations, regions per band.

    Attributes
    ----------
    year : int
    kind : RegionKind or None
        The kind of region that the row counts; `None` counts all of them.
    participants : int or None
        Regions that reported.
    provinces, regencies, cities : int or None
        Participants by kind.
    innovations : int or None
        Innovations that were reported.
    very_innovative, innovative, less_innovative, not_assessable : int or None
        Regions in each band.
    source : str
        Addresses of the pages that print the counts, with a semicolon between them.
    note : str
    """

    year: int
    kind: RegionKind | None
    participants: int | None
    provinces: int | None
    regencies: int | None
    cities: int | None
    innovations: int | None
    very_innovative: int | None
    innovative: int | None
    less_innovative: int | None
    not_assessable: int | None
    source: str
    note: str

    @classmethod
    def to_columns(cls, rows: Iterable["NationalCount"]) -> dict[str, NDArray[Any]]:
        """Return the rows as one array a field, each of shape (rows,).

        Counts are float64 with NaN where absent, `year` is int64, everything else is text
        with ``""`` where absent.

        Examples
        --------
        >>> nation = [row for row in national_counts() if row.kind is None]
        >>> columns = NationalCount.to_columns(nation)
        >>> columns["innovations"][-1].item()
        36742.0
        """
        return _columns(cls, rows)


@cache
def published_scores() -> tuple[PublishedScore, ...]:
    """Return 234 published scores, ranks and bands from 2018 to 2025.

    Ordered by year, then kind, then region code. One region and year may have several
    rows, where sources differ or an interim score was printed as well.

    References
    ----------
    Each row names its source. Codes: Kepmendagri 300.2.2-2138 Tahun 2025.

    Examples
    --------
    >>> for row in published_scores():
    ...     if row.region == "Kota Banjarmasin" and row.score is not None:
    ...         print(row.year, row.score, row.band)
    2022 58.55 innovative
    2023 60.72 very_innovative
    2024 58.41 innovative
    """
    return _read("published_scores.csv", PublishedScore)


@cache
def national_counts() -> tuple[NationalCount, ...]:
    """Return national counts of participants, innovations and bands from 2018 to 2025.

    References
    ----------
    Each row names its sources.

    Examples
    --------
    >>> [row.participants for row in national_counts() if row.kind is None][-1]
    531
    """
    return _read("national_counts.csv", NationalCount)


@cache
def regions_kalsel() -> tuple[Region, ...]:
    """Return Kalimantan Selatan with its eleven regencies and two cities, by code.

    References
    ----------
    Kepmendagri 300.2.2-2138 Tahun 2025, as transcribed in github.com/cahyadsn/wilayah at
    b7ad440, ``db/wilayah.sql``.

    Examples
    --------
    >>> [region.name for region in regions_kalsel() if region.kind == "city"]
    ['Kota Banjarmasin', 'Kota Banjarbaru']
    """
    return tuple(Region(**row) for row in _rows("regions_kalsel.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    from importlib.resources import files  # slow to import, and few need the data

    text = files("inovasi_index.datasets").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


# One entry a declared type: how a cell is read. An empty cell of an optional field is None.
_CELLS: Mapping[Any, Callable[[str], Any]] = {
    str: str,
    str | None: str,
    int: int,
    int | None: int,
    Decimal | None: Decimal,
    RegionKind: RegionKind,
    RegionKind | None: RegionKind,
    ScoreStatus: ScoreStatus,
}

_DTYPES: Mapping[Any, type[np.generic]] = {
    int: np.int64,
    int | None: np.float64,
    Decimal | None: np.float64,
}


def _read(name: str, record: type[_Record]) -> tuple[_Record, ...]:
    types = {f.name: f.type for f in fields(record)}

    def value(column: str, cell: str) -> Any:
        return _CELLS[types[column]](cell) if cell or types[column] is str else None

    return tuple(record(**{c: value(c, cell) for c, cell in row.items()}) for row in _rows(name))


def _columns(record: type[_Record], rows: Iterable[_Record]) -> dict[str, NDArray[Any]]:
    rows = tuple(rows)
    columns = {}
    for field in fields(record):
        dtype = _DTYPES.get(field.type, np.str_)
        absent = "" if dtype is np.str_ else np.nan
        cells = [getattr(row, field.name) for row in rows]
        columns[field.name] = np.array([absent if c is None else c for c in cells], dtype=dtype)
    return columns
