"""Regions by band and by year: who stands where, who moved, who is how many-th of which kind.

From scores, or from the published results. Of these only rows of a trusted status are used;
rows that contradict each other or themselves are used by nobody and are listed. What is not
known stays unknown: it counts in no band and moves nowhere.
"""

from __future__ import annotations

import math
from fractions import Fraction
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from inovasi_index.analysis.comparing import aligned
from inovasi_index.datasets import PublishedScore, published_scores
from inovasi_index.datasets.published import ScoreStatus
from inovasi_index.errors import BadValueError, IncompleteEditionError, UnknownNameError
from inovasi_index.exact import round_half_up
from inovasi_index.language import Language, number, text
from inovasi_index.records import Cluster, Region, RegionKind
from inovasi_index.rules import Edition, available_editions, load_edition
from inovasi_index.scoring import band_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from numpy.typing import NDArray

    from inovasi_index.scoring.scores import RegionScores

__all__ = [
    "REGIONS_FORMAT",
    "Movements",
    "RegionRank",
    "RegionYear",
    "RegionsByYear",
    "SetAside",
    "published_by_year",
    "regions_by_year",
]

REGIONS_FORMAT = "inovasi_index.regions/1"


@frozen
class RegionYear:
    """One region in one year.

    Attributes
    ----------
    region : Region
    year : int
    index : fractions.Fraction or None
        Before rounding where it was computed, as printed where it was published; before 2021
        a sum without upper limit.
    band : str or None
        Key of the band.
    read_off : bool
        Whether the band was not printed and is read off the printed index.
    rank, ranked_of : int or None
        As published.
    sources : tuple of str
        Where a published result stands.
    """

    region: Region
    year: int
    index: Fraction | None
    band: str | None
    read_off: bool = False
    rank: int | None = None
    ranked_of: int | None = None
    sources: tuple[str, ...] = ()


@frozen
class SetAside:
    """A published row that is not used, and why.

    Attributes
    ----------
    row : PublishedScore
    reason : str
        ``"status"``: not of a trusted status. ``"contradiction"``: trusted rows of the same
        region and year say different things. ``"misfit"``: its index and its band do not fit
        each other under the edition of the year.
    """

    row: PublishedScore
    reason: str


@frozen
class RegionRank:
    """The rank of one region: among all, within its kind and within each of its clusters.

    Attributes
    ----------
    region : Region
    index : fractions.Fraction
    rank, of : int
        Among all regions of the year.
    groups : tuple of (str, int, int)
        Kind or cluster, rank within it, and among how many.
    """

    region: Region
    index: Fraction
    rank: int
    of: int
    groups: tuple[tuple[str, int, int], ...]

    def within(self, group: RegionKind | Cluster | str) -> int:
        """Return the rank within the region's kind or one of its clusters."""
        for name, rank, _ in self.groups:
            if name == group:
                return rank
        known = [name for name, _, _ in self.groups]
        raise UnknownNameError.of(f"group of {self.region.name}", str(group), known)


@frozen(eq=False)
class Movements:
    """Who moved between bands from one year to another.

    Attributes
    ----------
    first, last : int
        The two years.
    bands : tuple of (str, str)
        Key and official name, from the lowest.
    pairs : mapping of (str, str) to tuple of Region
        Band in the first year, band in the last: the regions that went from one to the other.
    unknown : tuple of Region
        Regions whose band is not known in both years.
    """

    first: int
    last: int
    bands: tuple[tuple[str, str], ...]
    pairs: Mapping[tuple[str, str], tuple[Region, ...]]
    unknown: tuple[Region, ...]

    def _where(self, chosen: Callable[[int], bool]) -> tuple[Region, ...]:
        place = {key: n for n, (key, _) in enumerate(self.bands)}
        return tuple(
            region
            for (before, after), regions in self.pairs.items()
            if chosen(place[after] - place[before])
            for region in regions
        )

    @property
    def up(self) -> tuple[Region, ...]:
        """Regions in a higher band than before."""
        return self._where(lambda steps: steps > 0)

    @property
    def down(self) -> tuple[Region, ...]:
        """Regions in a lower band than before."""
        return self._where(lambda steps: steps < 0)

    @property
    def same(self) -> tuple[Region, ...]:
        """Regions in the same band as before."""
        return self._where(lambda steps: steps == 0)

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row a region whose band is known in both years."""
        rows = [(r, pair) for pair, regions in self.pairs.items() for r in regions]
        return {
            "region": np.array([r.code for r, _ in rows], np.str_),
            "name": np.array([r.name for r, _ in rows], np.str_),
            str(self.first): np.array([before for _, (before, _) in rows], np.str_),
            str(self.last): np.array([after for _, (_, after) in rows], np.str_),
        }

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold."""
        return {
            "first": self.first,
            "last": self.last,
            "pairs": [
                {"from": before, "to": after, "regions": [r.code for r in regions]}
                for (before, after), regions in self.pairs.items()
            ],
            "up": [r.code for r in self.up],
            "down": [r.code for r in self.down],
            "same": [r.code for r in self.same],
            "unknown": [r.code for r in self.unknown],
        }

    def to_text(self, language: Language | str = Language.ENGLISH) -> str:
        """Return who moved from where to where, as lines."""
        names = dict(self.bands)
        lines = [
            text(
                "regions.moved",
                language,
                first=self.first,
                last=self.last,
                up=len(self.up),
                down=len(self.down),
                same=len(self.same),
                unknown=len(self.unknown),
            )
        ]
        for (before, after), regions in self.pairs.items():
            who = ", ".join(region.name for region in regions)
            lines.append(f"  {names[before]} → {names[after]}: {who}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.to_text()


@frozen(eq=False)
class RegionsByYear:
    """A table of regions and years: index and band where they are known.

    Build it with `regions_by_year` or `published_by_year`.

    Attributes
    ----------
    regions : tuple of Region
    years : tuple of int
        Ascending.
    bands : tuple of (str, str)
        Key and official name of each band, from the lowest.
    known : mapping of (str, int) to RegionYear
        By code and year; nothing where nothing is known.
    set_aside : tuple of SetAside
        Published rows that are not used.
    """

    regions: tuple[Region, ...]
    years: tuple[int, ...]
    bands: tuple[tuple[str, str], ...]
    known: Mapping[tuple[str, int], RegionYear]
    set_aside: tuple[SetAside, ...] = ()

    def of(self, code: str, year: int) -> RegionYear | None:
        """Return what is known of a region in a year, or `None`.

        Raises
        ------
        UnknownNameError
            For a region or a year that the table does not have.
        """
        if code not in {region.code for region in self.regions}:
            raise UnknownNameError.of("region", code, [region.code for region in self.regions])
        self._check(year)
        return self.known.get((code, year))

    def _check(self, *years: int) -> None:
        for year in years:
            if year not in self.years:
                raise UnknownNameError.of("year", year, map(str, self.years))

    def _band(self, region: Region, year: int) -> str | None:
        found = self.known.get((region.code, year))
        return None if found is None else found.band

    def only(self, *groups: RegionKind | Cluster | str) -> RegionsByYear:
        """Return the table of the regions that are of some kinds or in some clusters.

        Parameters
        ----------
        *groups : RegionKind, Cluster or str

        Raises
        ------
        UnknownNameError
            For a group that there is not.
        """
        names = [group.value for group in (*RegionKind, *Cluster)]
        for group in groups:
            if group not in names:
                raise UnknownNameError.of("kind or cluster of regions", str(group), names)
        kept = tuple(r for r in self.regions if not set(_groups(r)).isdisjoint(groups))
        codes = {region.code for region in kept}
        return RegionsByYear(
            kept,
            self.years,
            self.bands,
            {place: one for place, one in self.known.items() if place[0] in codes},
            tuple(one for one in self.set_aside if one.row.region_code in codes),
        )

    def by_band(self, year: int) -> dict[str | None, tuple[Region, ...]]:
        """Return the regions of each band, from the lowest; ``None``: not known.

        Raises
        ------
        UnknownNameError
            For a year that the table does not have.
        """
        self._check(year)
        keys: tuple[str | None, ...] = (*(key for key, _ in self.bands), None)
        return {key: tuple(r for r in self.regions if self._band(r, year) == key) for key in keys}

    def shares(self, year: int) -> dict[str, Fraction]:
        """Return the share of each band among the regions whose band is known.

        Empty where none is known.
        """
        counts = {key: len(found) for key, found in self.by_band(year).items() if key is not None}
        n = sum(counts.values())
        return {key: Fraction(count, n) for key, count in counts.items()} if n else {}

    def movements(self, first: int, last: int) -> Movements:
        """Return who moved between bands from one year to another.

        Raises
        ------
        UnknownNameError
            For a year that the table does not have.
        """
        self._check(first, last)
        pairs: dict[tuple[str, str], list[Region]] = {}
        unknown = []
        for region in self.regions:
            before, after = self._band(region, first), self._band(region, last)
            if before is None or after is None:
                unknown.append(region)
            else:
                pairs.setdefault((before, after), []).append(region)
        found = {pair: tuple(regions) for pair, regions in pairs.items()}
        return Movements(first, last, self.bands, found, tuple(unknown))

    def ranks(self, year: int) -> tuple[RegionRank, ...]:
        """Rank the regions whose index is known, among all and within kinds and clusters.

        Competition ranking (1, 2, 2, 4) of the index before rounding, or as it was printed.

        Raises
        ------
        UnknownNameError
            For a year that the table does not have.
        """
        self._check(year)
        rows = [one for r in self.regions if (one := self.known.get((r.code, year)))]
        indices = {one.region.code: one.index for one in rows if one.index is not None}
        regions = [one.region for one in rows if one.index is not None]
        members: dict[str, list[Region]] = {}
        for region in regions:
            for group in _groups(region):
                members.setdefault(group, []).append(region)
        overall = _places(regions, indices)
        within = {group: _places(found, indices) for group, found in members.items()}
        placed = [
            RegionRank(
                region,
                indices[region.code],
                overall[region.code],
                len(regions),
                tuple(
                    (group, within[group][region.code], len(members[group]))
                    for group in _groups(region)
                ),
            )
            for region in regions
        ]
        return tuple(sorted(placed, key=lambda one: one.rank))

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row a region and year of which something is known."""
        rows = list(self.known.values())
        indices = [np.nan if one.index is None else float(one.index) for one in rows]
        published = [np.nan if one.rank is None else float(one.rank) for one in rows]
        return {
            "region": np.array([one.region.code for one in rows], np.str_),
            "name": np.array([one.region.name for one in rows], np.str_),
            "kind": np.array([one.region.kind.value for one in rows], np.str_),
            "year": np.array([one.year for one in rows], np.int64),
            "index": np.array(indices, np.float64),
            "band": np.array([one.band or "" for one in rows], np.str_),
            "read_off": np.array([one.read_off for one in rows], np.bool_),
            "published_rank": np.array(published, np.float64),
        }

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold; exact amounts are strings."""
        return {
            "format": REGIONS_FORMAT,
            "bands": dict(self.bands),
            "regions": [
                {
                    "code": r.code,
                    "name": r.name,
                    "kind": r.kind.value,
                    "clusters": sorted(c.value for c in r.clusters),
                }
                for r in self.regions
            ],
            "by_band": {
                str(year): {
                    key or "unknown": [r.code for r in found]
                    for key, found in self.by_band(year).items()
                }
                for year in self.years
            },
            "known": [
                {
                    "region": one.region.code,
                    "year": one.year,
                    "index": None if one.index is None else str(one.index),
                    "band": one.band,
                    "read_off": one.read_off,
                    "rank": one.rank,
                    "ranked_of": one.ranked_of,
                    "sources": list(one.sources),
                }
                for one in self.known.values()
            ],
            "set_aside": [
                {
                    "region": one.row.region_code,
                    "year": one.row.year,
                    "reason": one.reason,
                    "status": one.row.status.value,
                    "source": one.row.source,
                    "note": one.row.note,
                }
                for one in self.set_aside
            ],
        }

    def to_text(self, language: Language | str = Language.ENGLISH, *, width: int = 88) -> str:
        """Return the bands by year, then each region by year, as tables.

        Bands are shortened to their initials in the second table.

        Parameters
        ----------
        language : Language or str
        width : int
            Columns that the notes are folded to.
        """
        unknown = text("regions.unknown", language)
        rows = [["", *(name for _, name in self.bands), unknown]]
        for year in self.years:
            counts = (str(len(found)) for found in self.by_band(year).values())
            rows.append([str(year), *counts])
        lines = aligned(rows)
        short = {key: "".join(word[0] for word in name.split()) for key, name in self.bands}
        cells = [["", *map(str, self.years)]]
        for region in self.regions:
            shown = [self._cell(region, year, short, language) for year in self.years]
            cells.append([region.name, *shown])
        lines += ["", *aligned(cells)]
        legend = ", ".join(f"{short[key]} {name}" for key, name in self.bands)
        notes = [legend]
        if any(one.read_off for one in self.known.values()):
            notes.append(text("regions.read_off", language))
        if any(one.sources and one.year < 2021 and one.index for one in self.known.values()):
            notes.append(text("regions.unbounded", language))
        if self.set_aside:
            notes.append(text("regions.set_aside", language, rows=len(self.set_aside)))
        folded = (fill(note, max(width, 40), subsequent_indent="  ") for note in notes)
        return "\n".join([*lines, "", *folded])

    def _cell(
        self, region: Region, year: int, short: Mapping[str, str], language: Language | str
    ) -> str:
        one = self.known.get((region.code, year))
        if one is None:
            return "·"
        index = "" if one.index is None else number(one.index, language)
        band = "" if one.band is None else short[one.band] + "*" * one.read_off
        return " ".join(filter(None, (index, band))) or "·"

    def __str__(self) -> str:
        return self.to_text()


def _groups(region: Region) -> tuple[str, ...]:
    """Return the kind of a region and its clusters."""
    return region.kind.value, *sorted(cluster.value for cluster in region.clusters)


def _places(regions: Sequence[Region], indices: Mapping[str, Fraction]) -> dict[str, int]:
    """Return the competition rank of each region, from its exact index."""
    first: dict[Fraction, int] = {}
    for n, index in enumerate(sorted((indices[r.code] for r in regions), reverse=True), 1):
        first.setdefault(index, n)
    return {region.code: first[indices[region.code]] for region in regions}


# --- from scores ------------------------------------------------------------------------------


def regions_by_year(
    scores: Mapping[int, RegionScores], *, regions: Iterable[Region] = ()
) -> RegionsByYear:
    """Return the table of the regions that were scored, year by year.

    Parameters
    ----------
    scores : mapping of int to Scores
        By year, each with any number of regions.
    regions : iterable of Region, optional
        Names, kinds and clusters of regions that the scores know by their code only.

    Returns
    -------
    RegionsByYear

    Raises
    ------
    BadValueError
        When nothing is given, the editions name different bands, or a region is known by its
        code only and is not among `regions`.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.regions import regions_by_year
    >>> city = ii.read_submission("examples/kota-contoh.toml")
    >>> table = regions_by_year({2026: ii.score(city, "iid-2026")})
    >>> [region.name for region in table.by_band(2026)["innovative"]]
    ['Kota Contoh']
    """
    if not scores:
        raise BadValueError("give the scores of at least one year")
    named = {region.code: region for region in regions}
    years = tuple(sorted(scores))
    found: dict[str, Region] = {}
    known = {}
    for year in years:
        for one in scores[year]:
            region = one.region
            if not isinstance(region, Region):
                if region not in named:
                    raise BadValueError(
                        f"the scores know region {region!r} by its code only; name it in regions=…"
                    )
                region = named[region]
            found.setdefault(region.code, region)
            band = _key(one.edition, one.index_hundredths)
            known[region.code, year] = RegionYear(found[region.code], year, one.exact, band)
    ladder = _ladder([scores[year].edition for year in years])
    return RegionsByYear(tuple(found.values()), years, ladder, known)


def _key(edition: Edition, index_hundredths: int) -> str | None:
    try:
        return band_of(edition, index_hundredths).key
    except IncompleteEditionError:
        return None


def _ladder(editions: Sequence[Edition]) -> tuple[tuple[str, str], ...]:
    """Return the bands that all editions name."""
    first, *others = [edition for edition in editions if edition.bands] or editions[:1]
    keys = [band.key for band in first.bands]
    for other in others:
        if [band.key for band in other.bands] != keys:
            raise BadValueError(f"{first.id} and {other.id} name different bands")
    return tuple((band.key, band.name) for band in first.bands)


# --- from published results -------------------------------------------------------------------


def published_by_year(
    rows: Iterable[PublishedScore] | None = None,
    *,
    regions: Iterable[Region] | None = None,
    accept: Iterable[ScoreStatus | str] = (ScoreStatus.FINAL,),
) -> RegionsByYear:
    """Return the table of published results.

    A region and year is known when all trusted rows agree. A band that was not printed is
    read off the index, where the edition of the year has the bound that decides and the
    printed decimals leave no doubt.

    Parameters
    ----------
    rows : iterable of PublishedScore, optional
        The published scores of the package by default.
    regions : iterable of Region, optional
        Only these, whether anything was published of them or not; all that were published by
        default.
    accept : iterable of ScoreStatus or str, optional
        Statuses that are trusted.

    Returns
    -------
    RegionsByYear

    Raises
    ------
    UnknownNameError
        For a status, or a band of a row, that there is not.

    Examples
    --------
    >>> from inovasi_index.analysis.regions import published_by_year
    >>> from inovasi_index.datasets import regions_kalsel
    >>> kalsel = published_by_year(regions=regions_kalsel())
    >>> print(kalsel.movements(2022, 2023))
    2022 → 2023: 1 up, 0 down, 1 as before, 12 not known in one of the years
      Sangat Inovatif → Sangat Inovatif: Kabupaten Tabalong
      Inovatif → Sangat Inovatif: Kota Banjarmasin
    """
    given = tuple(published_scores() if rows is None else rows)
    trusted = {_status(status) for status in accept}
    ladder = _ladder([load_edition(available_editions()[-1])])
    keys = [key for key, _ in ladder]
    for row in given:
        if row.band is not None and row.band not in keys:
            raise UnknownNameError.of("band", row.band, keys)
    if regions is None:
        chosen = {row.region_code: Region(row.region_code, row.region, row.kind) for row in given}
    else:
        chosen = {region.code: region for region in regions}
    by_place: dict[tuple[str, int], list[PublishedScore]] = {}
    for row in given:
        if row.region_code in chosen:
            by_place.setdefault((row.region_code, row.year), []).append(row)
    known = {}
    aside: list[SetAside] = []
    for (code, year), found in by_place.items():
        used = [row for row in found if row.status in trusted]
        aside += [SetAside(row, "status") for row in found if row.status not in trusted]
        one = _agreed(chosen[code], year, used) if used else None
        if isinstance(one, RegionYear):
            known[code, year] = one
        elif one is not None:
            aside += [SetAside(row, one) for row in used]
    seen = {year for _, year in by_place} or {row.year for row in given}
    years = tuple(range(min(seen), max(seen) + 1)) if seen else ()
    places = ((code, year) for code in chosen for year in years)
    ordered = {place: known[place] for place in places if place in known}
    return RegionsByYear(tuple(chosen.values()), years, ladder, ordered, tuple(aside))


def _status(given: ScoreStatus | str) -> ScoreStatus:
    names = [status.value for status in ScoreStatus]
    if given not in names:
        raise UnknownNameError.of("status of a published row", given, names)
    return ScoreStatus(given)


def _agreed(region: Region, year: int, rows: Sequence[PublishedScore]) -> RegionYear | str:
    """Return what the rows of one region and year say together, or why they cannot be used."""
    scores = {row.score for row in rows if row.score is not None}
    bands = {row.band for row in rows if row.band is not None}
    ranked = {(row.rank, row.ranked_of) for row in rows if row.rank is not None}
    if len(scores) > 1 or len(bands) > 1:
        return "contradiction"
    score = next(iter(scores), None)
    band = next(iter(bands), None)
    possible = None if score is None else _possible_bands(score, year)
    if band is not None and possible is not None and band not in possible:
        return "misfit"
    read_off = band is None and possible is not None and len(possible) == 1
    rank, of = next(iter(ranked)) if len(ranked) == 1 else (None, None)
    return RegionYear(
        region=region,
        year=year,
        index=None if score is None else Fraction(score),
        band=next(iter(possible)) if read_off and possible else band,
        read_off=read_off,
        rank=rank,
        ranked_of=of,
        sources=tuple(dict.fromkeys(row.source for row in rows)),
    )


def _possible_bands(score: Decimal, year: int) -> set[str] | None:
    """Return the bands that a printed index may be in; `None` where the edition cannot tell.

    A number that was printed with fewer than two decimals stands for all that round to it.
    """
    name = f"iid-{year}"
    if name not in available_editions():
        return None
    edition = load_edition(name)
    exact = 100 * Fraction(score)
    exponent = score.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if decimals < 2:
        half = Fraction(50, 10**decimals)
        lowest, highest = math.ceil(exact - half), math.ceil(exact + half) - 1
    else:
        lowest = highest = int(100 * round_half_up(Fraction(score)))
    found = {_key(edition, min(10_000, max(0, n))) for n in (lowest, highest)}
    keys = {key for key in found if key is not None}
    return keys if len(keys) == len(found) else None
