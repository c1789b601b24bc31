"""The first sheet: the score on the three bases, what is missing, how sure the rules are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from inovasi_index.io.workbooks import DOUBTFUL, GROUND, HEAD, MISSING, MUTED, Look, bar_rule
from inovasi_index.language.rule_notes import area_name, note
from inovasi_index.records import Basis
from inovasi_index.reporting.workbook.lists import MOST_GAPS, band_grounds
from inovasi_index.reporting.workbook.pages import POINTS, TEXT, colour_rules
from inovasi_index.reporting.workbook.plans import note_plans
from inovasi_index.rules import Certainty

if TYPE_CHECKING:
    from decimal import Decimal

    from inovasi_index.io.workbooks import Value
    from inovasi_index.reporting.workbook.pages import Book, Page
    from inovasi_index.reporting.workbook.results import Results

__all__ = ["add_summary"]

_WIDTHS: Final = (54, 17, 17, 17, 12)
_HEAD: Final = Look(bold=True, ground=GROUND, wrap=True, rule=True, align="right")
_TOTAL: Final = Look(bold=True, number="0.00", rule=True)
_INDEX: Final = Look(bold=True, size=14, number="0.00", rule=True)
_RIGHT: Final = Look(align="right", wrap=True, rule=True)
_WHOLE: Final = Look(number="0", rule=True)
_SMALL: Final = Look(ink=MUTED, wrap=True, size=9)
_STATUS: Final = {
    Certainty.OFFICIAL: "DDEFE6",
    Certainty.INFERRED: GROUND,
    Certainty.CANDIDATE: DOUBTFUL,
    Certainty.ASSUMED: DOUBTFUL,
    Certainty.MISSING: MISSING,
}


def add_summary(book: Book, found: Results) -> None:
    """Add the summary of one region or of several."""
    page = book.add_page("summary", _WIDTHS)
    _head(page, found)
    (_bases_of_several if found.several else _bases_of_one)(page, found)
    _bands(page, found)
    _causes(page, found)
    note_plans(page, found)
    _certainty(page, found)
    _sources(page, found)


def _head(page: Page, found: Results) -> None:
    say, edition = page.book.say, found.edition
    page.note(say("workbook.title"))
    if found.several:
        page.title(say("workbook.regions", n=len(found.submissions)))
    else:
        page.title(found.regions[0].name)
    years = sorted({submission.year for submission in found.submissions})
    page.fact(say("column.edition"), edition.title)
    page.fact(say("column.year"), ", ".join(map(str, years)))
    about = say(f"report.about.{found.basis}")
    page.fact(say("workbook.shown_basis"), f"{say(f'report.{found.basis}')} ({about})")
    page.note(say("report.unofficial"))
    first, last = edition.start.year, edition.end.year
    if years[0] < first or years[-1] > last:
        period = str(first) if first == last else f"{first}–{last}"
        other = ", ".join(str(year) for year in years if not first <= year <= last)
        page.note(say("report.other_year", period=period, year=other))


def _head_line(page: Page, first: str, *, most: str = "") -> None:
    say = page.book.say
    heads = [(say(f"report.{basis}"), _HEAD) for basis in Basis]
    page.line((first, HEAD), *heads, (most, _HEAD))


def _points(hundredths: int | None) -> Value:
    return "?" if hundredths is None else hundredths / 100


def _bases_of_one(page: Page, found: Results) -> None:
    """Put the score of one region on each basis, with its parts."""
    say, formula = page.book.say, found.edition.formula
    scores = found.of_regions[0].values()
    page.line()
    _head_line(page, say("column.basis"), most=say("workbook.most"))
    name = Look(bold=True, size=14, rule=True)
    page.line((say("workbook.index"), name), *((s.index, _INDEX) for s in scores), (100, _INDEX))
    bands = ((s.band_if_known or "?", _RIGHT) for s in scores)
    page.line((say("workbook.band"), TEXT), *bands, ("", TEXT))
    for rule in colour_rules(band_grounds(found.edition), f"B{page.row}"):
        page.colour((page.row, 2), (page.row, 4), rule)
    for part, key, most in (
        ("region_part", "region_part", formula.region_max_hundredths),
        ("mean_maturity", "mean_maturity_part", formula.maturity_max_hundredths),
        ("count_points", "count_points", formula.count_max_hundredths),
    ):
        points = ((getattr(s.parts, part), POINTS) for s in scores)
        page.line((say(f"workbook.{key}"), TEXT), *points, (_points(most), POINTS))
    page.note(say("workbook.rounding", decimals=formula.decimals), _SMALL)
    if not all(s.band_if_known for s in scores):
        page.note(f"? {say('how.no_band')}", _SMALL)
    page.line()
    claimed, documented, verified = scores
    for key, lost in (
        ("papers", claimed.exact - documented.exact),
        ("verification", documented.exact - verified.exact),
    ):
        page.line((say(f"workbook.{key}"), TEXT), (lost, POINTS))
    one = found.of_regions[0][found.basis]
    eligible = sum(not one.reasons for one in found.innovations)
    for key, count, most in (
        ("innovations", one.innovations, None),
        ("eligible", eligible, one.innovations),
        ("divisor", one.divisor, None),
        ("empty_seats", one.empty_seats, None),
        ("basic_affairs", one.basic_affairs, len(found.edition.basic_affairs) or None),
    ):
        of = None if most is None else f"{say('word.of')} {most}"
        page.line((say(f"workbook.{key}"), TEXT), (count, _WHOLE), (of, _SMALL))


def _bases_of_several(page: Page, found: Results) -> None:
    """Put how many regions are in each band, and mean, lowest and highest index."""
    say, edition = page.book.say, found.edition
    page.line()
    _head_line(page, say("column.basis"))
    every = [[scores[basis].index for scores in found.of_regions] for basis in Basis]
    for key, of in (("mean", _mean), ("lowest", min), ("highest", max)):
        cells = ((of(indices), POINTS) for indices in every)
        page.line((say(f"workbook.index_{key}"), TEXT), *cells, ("", TEXT))
    page.line()
    _head_line(page, say("workbook.regions_in_band"))
    bands = [[scores[basis].band_if_known for scores in found.of_regions] for basis in Basis]
    for band in reversed(edition.bands):
        counts = ((names.count(band.name), _WHOLE) for names in bands)
        page.line((band.name, TEXT), *counts, ("", TEXT))
        for rule in colour_rules(band_grounds(edition), f"$A{page.row}"):
            page.colour((page.row, 1), (page.row, 1), rule)
    if any(None in names for names in bands):
        page.line(("?", TEXT), *((names.count(None), _WHOLE) for names in bands), ("", TEXT))
        page.note(f"? {say('how.no_band')}", _SMALL)
    page.note(say("workbook.rounding", decimals=edition.formula.decimals), _SMALL)


def _mean(indices: list[Decimal]) -> Fraction:
    return sum(map(Fraction, indices), Fraction(0)) / len(indices)


def _bands(page: Page, found: Results) -> None:
    say, edition = page.book.say, found.edition
    if not edition.bands:
        return
    page.section(say("notebook.bands"))
    for band in reversed(edition.bands):
        low, high = map(_points, (band.lower_hundredths, band.upper_hundredths))
        look = Look(number="0.00", align="right", rule=True)
        page.line((band.name, TEXT), (low, look), (high, look))
        for rule in colour_rules(band_grounds(edition), f"$A{page.row}"):
            page.colour((page.row, 1), (page.row, 1), rule)


def _causes(page: Page, found: Results) -> None:
    """Put the missing points by cause, the largest first."""
    say, missing = page.book.say, found.missing
    if missing is None:
        return
    key = "workbook.missing_mean" if found.several else "workbook.missing"
    page.section(f"{say(key)}: {say('workbook.by_cause').lower()}")
    shares = sorted(missing.cause.items(), key=lambda pair: -pair[1])
    n = len(found.submissions)
    first = page.row + 1
    for cause, share in shares:
        page.line((say(f"gap.{cause}"), TEXT), (share / n, POINTS))
    if shares:
        page.colour((first, 2), (page.row, 2), bar_rule(float(shares[0][1] / n)))
    total = sum(missing.cause.values(), Fraction(0)) / n
    page.line((say("workbook.all"), Look(bold=True, rule=True)), (total, _TOTAL))
    if len(missing.gaps) > MOST_GAPS:
        cut = say("workbook.largest", shown=MOST_GAPS, all=len(missing.gaps))
        page.note(f"{say('sheet.gaps')}: {cut}", _SMALL)


def _certainty(page: Page, found: Results) -> None:
    """Put how sure the rules are, area by area, and what they could not answer."""
    say = page.book.say
    page.section(say("workbook.certainty"))
    page.note(say("report.certainty.about"), _SMALL)
    if found.lacking:
        page.note(say("report.certainty.lacking"), _SMALL)
        page.note(found.lacking, _SMALL)
    if not found.edition.completeness:
        page.note(say("report.certainty.not_stated"), _SMALL)
    first = page.row + 1
    for area in found.edition.completeness:
        name = area_name(area.area, page.book.language)
        status = say(f"certainty.{area.status}")
        said, _ = note(area.note, page.book.language)
        page.line((name, TEXT), (status, TEXT), (said, TEXT), merged=2)
    grounds = {say(f"certainty.{status}"): ground for status, ground in _STATUS.items()}
    if page.row >= first:
        for rule in colour_rules(grounds, f"B{first}"):
            page.colour((first, 2), (page.row, 2), rule)


def _sources(page: Page, found: Results) -> None:
    from importlib.metadata import version

    say = page.book.say
    page.section(say("word.sources"))
    for citation in found.edition.citations:
        page.fact(f"[{citation.key}]", str(citation))
    page.note(say("workbook.written", version=version("inovasi_index")), _SMALL)
