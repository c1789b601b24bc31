"""The sheets with one row a region, innovation, agency, indicator or gap."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from inovasi_index.io.labels import row_label
from inovasi_index.io.workbooks import (
    DOUBTFUL,
    GROUND,
    MISSING,
    WRONG,
    Look,
    bar_rule,
    scale_rule,
)
from inovasi_index.records import Basis
from inovasi_index.reporting.colours import band_tint, kind_of
from inovasi_index.reporting.workbook.pages import COUNT, POINTS, Column
from inovasi_index.rules import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from inovasi_index.analysis.gaps import Gap
    from inovasi_index.io.workbooks import Value
    from inovasi_index.reporting.workbook.pages import Book
    from inovasi_index.reporting.workbook.results import InnovationResult, Results
    from inovasi_index.rules import Edition

__all__ = [
    "MOST_GAPS",
    "add_agencies",
    "add_gaps",
    "add_indicators",
    "add_innovations",
    "add_levels",
    "add_regions",
    "band_grounds",
    "region_cells",
    "region_columns",
]

#: Single gaps that are listed, the largest.
MOST_GAPS: Final = 5_000

_CENTRE: Final = Look(align="center", rule=True)

_Key = TypeVar("_Key")


def region_columns(book: Book, found: Results) -> list[Column]:
    """Return the columns that say whose a row is, where there are several regions."""
    if not found.several:
        return []
    return [Column(book.say("column.region_code"), 11), Column(book.say("column.region"), 26)]


def region_cells(found: Results, n: int) -> list[Value]:
    """Return the cells of `region_columns`, by the position of the region."""
    region = found.regions[n]
    return [region.code, region.name] if found.several else []


def band_grounds(edition: Edition) -> dict[str | int, str]:
    """Return the ground of each band by its name."""
    n = len(edition.bands)
    return {band.name: band_tint(place, n).lstrip("#") for place, band in enumerate(edition.bands)}


def _basis_columns(book: Book, key: str, width: float, rules: tuple[Any, ...]) -> list[Column]:
    """Return a column of points for each basis."""
    heads = (book.say(key, basis=book.say(f"report.{basis}")) for basis in Basis)
    return [Column(head, width, POINTS, rules) for head in heads]


def _missing_column(book: Book, shares: Mapping[_Key, Fraction] | None, key: str) -> list[Column]:
    """Return the column of missing points, as far as they are known."""
    if shares is None:
        return []
    largest = float(max(shares.values(), default=0)) or 1
    return [Column(book.say(key), 13, POINTS, (bar_rule(largest),))]


def _missing_cell(shares: Mapping[_Key, Fraction] | None, key: _Key) -> list[Value]:
    """Return the cell of `_missing_column`."""
    return [] if shares is None else [shares.get(key, 0)]


def add_regions(book: Book, found: Results) -> None:
    """Add one row a region."""
    formula = found.edition.formula
    columns = [
        Column(book.say("column.region_code"), 11),
        Column(book.say("column.region"), 30),
        Column(book.say("column.kind"), 11),
        *_basis_columns(book, "workbook.index_on", 12, (bar_rule(100),)),
        Column(book.say("workbook.band"), 18, grounds=band_grounds(found.edition)),
        *(
            Column(book.say(f"workbook.{part}"), 16, POINTS, _bars(most))
            for part, most in (
                ("region_part", formula.region_max_hundredths),
                ("mean_maturity_part", formula.maturity_max_hundredths),
                ("count_points", formula.count_max_hundredths),
            )
        ),
        Column(book.say("column.innovations"), 11, COUNT),
        Column(book.say("workbook.eligible"), 12, COUNT),
        Column(book.say("column.empty_seats"), 9, COUNT),
        Column(book.say("column.basic_affairs"), 16, COUNT),
        Column(book.say("workbook.lost_papers"), 13, POINTS),
        Column(book.say("workbook.lost_verification"), 13, POINTS),
    ]
    book.add_list("regions", columns, _region_rows(book, found), fixed=2)


def _bars(most_hundredths: int | None) -> tuple[Any, ...]:
    return () if most_hundredths is None else (bar_rule(most_hundredths / 100),)


def _region_rows(book: Book, found: Results) -> Iterator[list[Value]]:
    eligible = np.bincount(
        [one.region for one in found.innovations if not one.reasons],
        minlength=len(found.submissions),
    )
    for n, (region, scores) in enumerate(zip(found.regions, found.of_regions, strict=True)):
        claimed, documented, verified = scores.values()
        one = scores[found.basis]
        yield [
            region.code,
            region.name,
            book.say(f"kind.{region.kind}"),
            *(score.index for score in scores.values()),
            one.band_if_known or "?",
            one.parts.region_part,
            one.parts.mean_maturity,
            one.parts.count_points,
            one.innovations,
            int(eligible[n]),
            one.empty_seats,
            one.basic_affairs,
            claimed.exact - documented.exact,
            documented.exact - verified.exact,
        ]


def add_innovations(book: Book, found: Results) -> None:
    """Add one row an innovation: whose, how mature, and whether it is eligible."""
    most = found.edition.formula.maturity_max_hundredths
    no = book.say("workbook.no")
    missing = found.missing.innovation if found.missing else None
    columns = [
        *_profile_columns(book, found),
        Column(book.say("innovations.affair"), 26),
        Column(book.say("innovations.stage"), 13),
        *_basis_columns(book, "workbook.maturity", 13, _bars(most)),
        *_missing_column(book, missing, "workbook.missing"),
        Column(book.say("workbook.is_eligible"), 11, _CENTRE, grounds={no: WRONG}),
        Column(book.say("workbook.reasons"), 50),
    ]
    fixed = 4 if found.several else 2
    book.add_list("innovations", columns, _innovation_rows(book, found), fixed=fixed)


def _profile_columns(book: Book, found: Results) -> list[Column]:
    return [
        *region_columns(book, found),
        Column(book.say("innovations.id"), 18),
        Column(book.say("innovations.name"), 38),
        Column(book.say("workbook.agency"), 32),
    ]


def _profile_cells(found: Results, one: InnovationResult) -> list[Value]:
    n, innovation = one.region, one.innovation
    agency = found.agency_names.get((n, innovation.agency), innovation.agency)
    return [*region_cells(found, n), innovation.id, innovation.name, agency]


def add_levels(book: Book, found: Results) -> None:
    """Add one row an innovation, one column an indicator: the levels that count."""
    levels = found.scores[found.basis].table.levels.tolist()
    columns = [
        *_profile_columns(book, found),
        *(
            Column(row_label(row), 4.5, COUNT, (scale_rule(0, row.top_level),), turned=True)
            for row in found.edition.innovation_indicators
        ),
    ]
    rows = ([*_profile_cells(found, one), *levels[one.place]] for one in found.innovations)
    book.add_list("levels", columns, rows, fixed=4 if found.several else 2)


def _innovation_rows(book: Book, found: Results) -> Iterator[list[Value]]:
    affairs = {affair.key: affair.name for affair in found.edition.affairs}
    stages = {term.key: term.name for term in found.edition.vocabulary("stage")}
    maturity = [scores.maturity_hundredths.tolist() for scores in found.scores.values()]
    yes, no = book.say("workbook.yes"), book.say("workbook.no")
    missing = found.missing.innovation if found.missing else None
    for one in found.innovations:
        innovation = one.innovation
        yield [
            *_profile_cells(found, one),
            affairs.get(innovation.affair or "", innovation.affair),
            stages.get(innovation.stage or "", innovation.stage),
            *(of_basis[one.place] / 100 for of_basis in maturity),
            *_missing_cell(missing, (one.region, innovation.id)),
            no if one.reasons else yes,
            "\n".join(reason.to_text(book.language) for reason in one.reasons),
        ]


def add_agencies(book: Book, found: Results) -> None:
    """Add one row an agency, those without an innovation as well."""
    most = found.edition.formula.maturity_max_hundredths
    whose = region_columns(book, found)
    missing = found.missing.agency if found.missing else None
    columns = [
        *whose,
        Column(book.say("workbook.agency"), 46),
        Column(book.say("workbook.kind"), 20),
        Column(book.say("workbook.innovations"), 11, COUNT, grounds={0: MISSING}),
        Column(book.say("workbook.eligible"), 13, COUNT),
        *_basis_columns(book, "workbook.mean_maturity", 15, _bars(most)),
        *_missing_column(book, missing, "workbook.missing"),
    ]
    book.add_list("agencies", columns, _agency_rows(book, found), fixed=len(whose) + 1)


def _agency_rows(book: Book, found: Results) -> Iterator[list[Value]]:
    maturity = [scores.maturity_hundredths for scores in found.scores.values()]
    missing = found.missing.agency if found.missing else None
    for n, agency, reported in found.agencies():
        yield [
            *region_cells(found, n),
            agency.name,
            book.say(f"kind.{agency.kind}"),
            len(reported),
            sum(not one.reasons for one in reported),
            *(_mean(of_basis, reported) for of_basis in maturity),
            *_missing_cell(missing, (n, agency.id)),
        ]


def _mean(hundredths: NDArray[np.int64], reported: Sequence[InnovationResult]) -> Fraction | None:
    """Return the mean maturity in points; none of an agency without innovations."""
    if not reported:
        return None
    return Fraction(sum(int(hundredths[one.place]) for one in reported), 100 * len(reported))


def add_indicators(book: Book, found: Results) -> None:
    """Add one row an indicator: its weight, the mean level on each basis, what it misses."""
    missing = _missing_by_indicator(found)
    top = max((row.top_level for row in found.edition), default=1)
    key = "workbook.missing_mean" if found.several else "workbook.missing"
    columns = [
        Column(book.say("notebook.number"), 6),
        Column(book.say("workbook.indicator"), 52),
        Column(book.say("workbook.part"), 24),
        Column(book.say("notebook.mandatory"), 11, _CENTRE),
        Column(book.say("notebook.per_level"), 10, POINTS),
        Column(book.say("workbook.top_level"), 10, COUNT),
        *_basis_columns(book, "workbook.mean_level", 13, (scale_rule(0, top),)),
        *_missing_column(book, missing, key),
    ]
    book.add_list("indicators", columns, _indicator_rows(book, found, missing), fixed=2)


def _missing_by_indicator(found: Results) -> dict[str, Fraction] | None:
    """Return the missing points of each row, the mean of the regions."""
    if found.missing is None:
        return None
    return {key: share / len(found.submissions) for key, share in found.missing.indicator.items()}


def _indicator_rows(
    book: Book, found: Results, missing: Mapping[str, Fraction] | None
) -> Iterator[list[Value]]:
    for part in Part:
        means = [_mean_levels(found, basis, part) for basis in Basis]
        for place, row in enumerate(found.edition.part_indicators(part)):
            weight = row.weight_hundredths
            yield [
                row.code or "–",
                row.name,
                book.say("part.region_part" if part is Part.REGION else "part.mean_maturity"),
                book.say("workbook.yes") if row.mandatory else None,
                None if weight is None else weight / 100,
                row.top_level,
                *(of_basis[place] for of_basis in means),
                *_missing_cell(missing, row.key),
            ]


def _mean_levels(found: Results, basis: Basis, part: Part) -> list[float | None]:
    """Return the mean level of each row over those who could answer it; none where nobody."""
    table = found.scores[basis].table
    levels: NDArray[np.uint8] | None = table.columns
    if part is Part.REGION:
        known = table.region_rows_known
        levels = None if table.region_columns is None else table.region_columns[:, known]
    if levels is None or not levels.shape[1]:
        return [None] * len(found.edition.part_indicators(part))
    means: list[float | None] = levels.mean(axis=1).tolist()
    return means


_KINDS: Final = {
    "papers": DOUBTFUL,
    "verification": "EEE3F1",
    "claims": GROUND,
    "number": "ECEEF0",
}


def add_gaps(book: Book, found: Results) -> None:
    """Add one row a gap, the largest first."""
    if found.missing is None:
        return
    gaps = found.missing.gaps[:MOST_GAPS]
    largest = float(gaps[0][1].share) if gaps else 1
    columns = [
        *region_columns(book, found),
        Column(book.say("workbook.agency"), 30),
        Column(book.say("workbook.innovation"), 38),
        Column(book.say("workbook.indicator"), 44),
        Column(book.say("workbook.cause"), 30),
        Column(book.say("workbook.levels"), 9, COUNT),
        Column(book.say("column.share"), 13, POINTS, (bar_rule(largest),)),
    ]
    looks = {name: Look(wrap=True, rule=True, ground=ground) for name, ground in _KINDS.items()}
    book.add_list("gaps", columns, _gap_rows(book, found, gaps, looks), fixed=0)


def _gap_rows(
    book: Book, found: Results, gaps: Iterable[tuple[int, Gap]], looks: dict[str, Look]
) -> Iterator[list[Any]]:
    labels = {row.key: row_label(row) for row in found.edition}
    nobody = book.say("report.the_region")
    for n, gap in gaps:
        yield [
            *region_cells(found, n),
            nobody if gap.agency is None else found.agency_names.get((n, gap.agency), gap.agency),
            found.innovation_names.get((n, gap.innovation or "")),
            labels.get(gap.indicator or ""),
            (book.say(f"gap.{gap.cause}"), looks[kind_of(gap.cause).name]),
            gap.levels or None,
            gap.share,
        ]
