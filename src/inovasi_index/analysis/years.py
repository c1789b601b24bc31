"""Two years compared: what the region did, what the rules changed, what came with the number.

The index is a function of three things: the levels that answers come to, the rules, and the
number of innovations with the basic affairs that they cover. Each may be taken from the
earlier or from the later year, which gives eight indices; two of them are the real ones and
six are hybrids. The Shapley value shares the change among the three: the mean, over the
orders in which they can change, of what each changes. The shares are fractions and add up to
the change, by part and by row as well.

A hybrid is defined so:

- *Levels* of one year are the mean level of each row over its innovations, and the level of
  each row of the region part. *Number* is how many innovations there are and how many basic
  affairs they cover; so the levels of one year can be held by the number of another. Which
  innovations are reported shows in the levels, how many in the number.
- Under the rules of the other year an answer is read again: a raw value by the other rule, a
  paper by the kinds that are accepted there. A level that was claimed stays that level, and so
  does a raw value that the other edition has no rule for.
- A row that only one edition asks says nothing about what the region did. Under the rules that
  ask it, it has the level of their own year, and the change that it makes is one of the rules.
- An innovation is held against the window of application of its own year, since windows move
  with the calendar; the other conditions of eligibility are rules.
- Where the rows of the region part are not known on both sides, its points stand for it. They
  are what the region did; where the maximum differs, they are carried over as a share of it.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from fractions import Fraction
from itertools import chain, combinations, permutations
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import evolve, field, frozen

from inovasi_index.analysis.comparing import PARTS, aligned, row_label, signed
from inovasi_index.analysis.shared_rows import shared_rows
from inovasi_index.errors import BadValueError, IncompleteEditionError
from inovasi_index.language import Language, number, text
from inovasi_index.records import Basis, Submission, claimed_level, eligibility, level_on
from inovasi_index.rules import Certainty, Edition, Part, load_edition
from inovasi_index.scoring import RegionScore, project_index, score
from inovasi_index.scoring.explanation import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from inovasi_index.records import Answer, Innovation

__all__ = [
    "YEARS_FORMAT",
    "ChangeCause",
    "YearChange",
    "YearComparison",
    "compare_totals",
    "compare_years",
]

YEARS_FORMAT = "inovasi_index.years/1"


class ChangeCause(StrEnum):
    """What an index changes with.

    ``levels``: what the region did. ``rules``: the edition. ``number``: how many innovations
    were reported and how many basic affairs they cover.
    """

    LEVELS = "levels"
    RULES = "rules"
    NUMBER = "number"


_Place = tuple[str, str | None]  # part, row
_Points = dict[_Place, Fraction]
_Causes = frozenset[ChangeCause]


@frozen
class YearChange:
    """What one cause changes at one place.

    Attributes
    ----------
    cause : ChangeCause
    part : str
        ``"region_part"``, ``"mean_maturity"`` or ``"count_points"``.
    indicator : str or None
        Key of the row; `None` where only the part is known.
    share : fractions.Fraction
        In points of the index; never 0.
    """

    cause: ChangeCause
    part: str
    indicator: str | None
    share: Fraction


@frozen(eq=False)
class YearComparison:
    """The change of an index from one year to another, split by cause without remainder.

    Attributes
    ----------
    before, after : RegionScore
    items : tuple of YearChange
        Part by part, the rows of the later edition in official order.
    hybrids : mapping of frozenset of ChangeCause to fractions.Fraction
        The eight exact indices, by the causes that are those of the later year.
    notes : tuple of Reason
        What had to be assumed, and what could not be told.
    """

    before: RegionScore
    after: RegionScore
    items: tuple[YearChange, ...]
    hybrids: Mapping[_Causes, Fraction]
    notes: tuple[Reason, ...] = field(converter=tuple[Reason, ...])

    @property
    def total(self) -> Fraction:
        """Exact index after less exact index before; the shares of the items add up to it."""
        return self.after.exact - self.before.exact

    def __iter__(self) -> Iterator[YearChange]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def _sums(self, names: Iterable[tuple[str, YearChange]]) -> dict[str, Fraction]:
        sums: dict[str, Fraction] = {}
        for name, item in names:
            sums[name] = sums.get(name, Fraction(0)) + item.share
        return sums

    def by_cause(self) -> dict[str, Fraction]:
        """Return what each cause changed; all three, and they add up to `total`."""
        found = self._sums((item.cause.value, item) for item in self.items)
        return {cause.value: found.get(cause.value, Fraction(0)) for cause in ChangeCause}

    def by_part(self, cause: ChangeCause | None = None) -> dict[str, Fraction]:
        """Return the change of each part, of one cause or of all."""
        chosen = [item for item in self.items if cause in {None, item.cause}]
        found = self._sums((item.part, item) for item in chosen)
        return {part: found.get(part, Fraction(0)) for part in PARTS}

    def by_indicator(self, cause: ChangeCause | None = None) -> dict[str, Fraction]:
        """Return the change of each row that changed, of one cause or of all.

        What is no row's stands under its part, so that the sums add up to the change.
        """
        chosen = [item for item in self.items if cause in {None, item.cause}]
        found = self._sums((item.indicator or item.part, item) for item in chosen)
        return {name: share for name, share in found.items() if share}

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row an item, as columns for any data frame."""
        return {
            "cause": np.array([item.cause.value for item in self.items], np.str_),
            "part": np.array([item.part for item in self.items], np.str_),
            "indicator": np.array([item.indicator or "" for item in self.items], np.str_),
            "share": np.array([float(item.share) for item in self.items], np.float64),
        }

    def to_dict(self, language: Language | str = Language.ENGLISH) -> dict[str, Any]:
        """Return plain data that JSON can hold; exact amounts are strings."""

        def plain(sums: Mapping[str, Fraction]) -> dict[str, str]:
            return {name: str(share) for name, share in sums.items()}

        return {
            "format": YEARS_FORMAT,
            **{
                name: {
                    "edition": one.edition.id,
                    "index": str(one.index),
                    "index_exact": str(one.exact),
                    "band": one.band_if_known,
                    "innovations": one.innovations,
                }
                for name, one in (("before", self.before), ("after", self.after))
            },
            "total": str(self.total),
            "by_cause": plain(self.by_cause()),
            "by_part": plain(self.by_part()),
            "by_indicator": plain(self.by_indicator()),
            "hybrids": [
                {"of_the_later_year": sorted(causes), "index_exact": str(index)}
                for causes, index in self.hybrids.items()
            ],
            "items": [
                {
                    "cause": item.cause.value,
                    "part": item.part,
                    "indicator": item.indicator,
                    "share": str(item.share),
                }
                for item in self.items
            ],
            "notes": [{"code": n.key, "text": n.to_text(language)} for n in self.notes],
        }

    def to_text(
        self, language: Language | str = Language.ENGLISH, *, width: int = 88, most: int = 5
    ) -> str:
        """Return the change by part and cause, the rows that changed most, and the notes.

        Parameters
        ----------
        language : Language or str
        width : int
            Columns of the terminal.
        most : int
            How many rows are shown.
        """
        head = " → ".join(
            f"{one.edition.id}: {number(one.index, language)} ({one.band_if_known or '?'})"
            for one in (self.before, self.after)
        )
        of_cause = {cause: self.by_part(cause) for cause in ChangeCause}
        table = [
            ["", *(text(f"years.{c}", language) for c in ChangeCause), text("years.all", language)]
        ]
        for part in PARTS:
            shares = [of_cause[cause][part] for cause in ChangeCause]
            shown = [signed(share, language) for share in (*shares, sum(shares, Fraction(0)))]
            table.append([text(f"part.{part}", language), *shown])
        sums = (*self.by_cause().values(), self.total)
        table.append([text("part.index", language), *(signed(s, language) for s in sums)])
        lines = [head, "", *aligned(table)]
        rows = sorted(self.by_indicator().items(), key=lambda pair: -abs(pair[1]))[:most]
        if rows:
            lines += ["", text("years.largest", language)]
        for key, share in rows:
            one = self.after if key in self.after.edition else self.before
            lines.append(f"{signed(share, language):>8}  {row_label(key, one, language)}")
        if self.notes:
            lines.append("")
        for note in self.notes:
            said = fill(f"· {note.to_text(language)}", max(width, 40), subsequent_indent="  ")
            lines.append(said)
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.to_text()


# --- the eight indices ------------------------------------------------------------------------


@frozen(eq=False)
class _Year:
    """What a year brings to a hybrid.

    `under` tells the points of each row under the rules of a year: those of the region part,
    and those of the mean over the innovations that there are. Where the mean is known as a
    total only, empty seats of the divisor are in it already.
    """

    score: RegionScore
    submission: Submission | None = None

    @property
    def edition(self) -> Edition:
        return self.score.edition

    @property
    def gives_region_rows(self) -> bool:
        return self.submission is not None and self.submission.region_points is None

    def affairs_under(self, rules: Edition) -> int:
        """Return how many of the basic affairs of some rules are covered."""
        basic = {affair.key for affair in rules.basic_affairs}
        if self.submission is None or not basic:
            most = len(basic) or self.score.basic_affairs
            return min(self.score.basic_affairs, most)
        return len(basic.intersection(i.affair for i in self.submission.innovations))

    def filled(self, rules: Edition) -> Fraction:
        """Return the share of the divisor's seats that the innovations fill."""
        n = self.score.innovations
        if self.submission is None:
            return Fraction(1)
        return Fraction(n, max(n, rules.constant("minimum_divisor")))


def _carried(points: Fraction, most: int | None, other_most: int | None) -> Fraction:
    """Return points on the scale of another maximum, as the same share of it."""
    return points * Fraction(other_most, most) if most and other_most else points


class _Reader:
    """Reads the answers of two years under the rules of either."""

    def __init__(self, years: tuple[_Year, _Year], basis: Basis | None) -> None:
        self.years = years
        self.basis = basis
        self.kept = 0  # raw values and levels that the other edition cannot read
        first, second = (year.edition for year in years)
        self.shared = shared_rows(first, second) if basis is not None else frozenset[str]()
        shared_region = any(first[key].part is Part.REGION for key in self.shared)
        self.by_region_rows = shared_region and all(year.gives_region_rows for year in years)

    def points(self, levels_of: int, rules_of: int) -> _Points:
        """Return the points of each row that is asked in both: levels and rules of a year."""
        year, rules = self.years[levels_of], self.years[rules_of].edition
        found: _Points = {}
        if self.by_region_rows and year.submission is not None:
            found |= self._region_points(year.submission, year.edition, rules)
        else:
            part = year.score.parts.region_part
            most = year.edition.formula.region_max_hundredths
            carried = _carried(part, most, rules.formula.region_max_hundredths)
            found["region_part", None] = carried
        if year.submission is not None:
            found |= self._mean_points(year.submission, year.edition, rules)
        else:
            part = year.score.parts.mean_maturity
            most = year.edition.formula.maturity_max_hundredths
            carried = _carried(part, most, rules.formula.maturity_max_hundredths)
            found["mean_maturity", None] = carried
        return found

    def _region_points(self, submission: Submission, own: Edition, rules: Edition) -> _Points:
        answers = self._restated(submission.answers, own, rules)
        return {
            ("region_part", row.key): self._level(answers.get(row.key), rules)
            * Fraction(row.weight_hundredths or 0, 100)
            for row in rules.region_indicators
            if own is rules or row.key in self.shared
        }

    def _mean_points(self, submission: Submission, own: Edition, rules: Edition) -> _Points:
        held = self._held(own, rules)
        sums: Counter[str] = Counter()
        for innovation in submission.innovations:
            answers = self._restated(innovation.answers, own, rules)
            if self.basis is Basis.VERIFIED and not _eligible(innovation, answers, held):
                continue
            for key, answer in answers.items():
                sums[key] += self._level(answer, rules)
        n = max(1, len(submission.innovations))
        return {
            ("mean_maturity", row.key): Fraction(
                sums[row.key] * (row.weight_hundredths or 0), 100 * n
            )
            for row in rules.innovation_indicators
            if own is rules or row.key in self.shared
        }

    def _held(self, own: Edition, rules: Edition) -> Edition:
        """Return the rules of eligibility with the window of a submission's own year."""
        if own is rules:
            return own
        window = own.eligibility
        moved = evolve(
            rules.eligibility,
            window_start=window.window_start,
            window_end=window.window_end,
            development_counts=window.development_counts,
        )
        rows = tuple(row for row in rules.indicators if row.key in self.shared)
        return evolve(rules, indicators=rows, eligibility=moved)

    def _restated(
        self, answers: Iterable[Answer], own: Edition, rules: Edition
    ) -> dict[str, Answer]:
        """Return the answers to rows that the rules ask, each so that the rules can read it."""
        if own is rules:
            return {answer.indicator: answer for answer in answers}
        found = {}
        for answer in answers:
            key = answer.indicator
            if key not in self.shared:
                continue
            try:
                claimed_level(answer, rules[key])
            except BadValueError:
                self.kept += 1
                level = min(claimed_level(answer, own[key]), rules[key].top_level)
                answer = evolve(answer, level=level, value=None, measure=None)  # noqa: PLW2901
            found[key] = answer
        return found

    def _level(self, answer: Answer | None, rules: Edition) -> int:
        if answer is None or self.basis is None:
            return 0
        return level_on(self.basis, answer, rules[answer.indicator])


def _eligible(innovation: Innovation, answers: Mapping[str, Answer], held: Edition) -> bool:
    return eligibility(evolve(innovation, answers=tuple(answers.values())), held).eligible


def _hybrids(reader: _Reader) -> dict[_Causes, tuple[Fraction, _Points]]:
    """Return the index of each hybrid and its shares by place, exact."""
    years = reader.years
    read = {(of, by): reader.points(of, by) for of in (0, 1) for by in (0, 1)}
    # A row that the levels' own year does not ask stays as the year of the rules has it.
    points = {(of, by): read[by, by] | read[of, by] for of, by in read}
    subsets = chain.from_iterable(combinations(ChangeCause, k) for k in range(4))
    found = {}
    for causes in map(frozenset, subsets):
        levels, rules, many = (int(cause in causes) for cause in ChangeCause)
        edition, counted = years[rules].edition, years[many]
        scale = Fraction(10_000, edition.constant("total_max_hundredths"))
        filled = counted.filled(edition)
        parts = {
            place: share * (filled if place[0] == "mean_maturity" else 1)
            for place, share in points[levels, rules].items()
        }
        one = project_index(
            edition,
            region_points=_sum_of(parts, "region_part"),
            mean_maturity=_sum_of(parts, "mean_maturity"),
            innovations=counted.score.innovations,
            basic_affairs=counted.affairs_under(edition),
        )
        parts["count_points", None] = one.parts.count_points
        found[causes] = one.exact, {place: share * scale for place, share in parts.items()}
    return found


def _sum_of(points: _Points, part: str) -> Fraction:
    return sum((share for place, share in points.items() if place[0] == part), Fraction(0))


def _shapley(hybrids: Mapping[_Causes, tuple[Fraction, _Points]]) -> Iterator[YearChange]:
    """Share the change at each place among the causes: the mean over all their orders."""
    places: dict[_Place, None] = {}
    for part in PARTS:
        for _, points in list(hybrids.values())[::-1]:  # the later year first
            places |= {place: None for place in points if place[0] == part}
    orders = list(permutations(ChangeCause))
    for place in places:
        for cause in ChangeCause:
            share = Fraction(0)
            for order in orders:
                here = order.index(cause)
                before, after = frozenset(order[:here]), frozenset(order[: here + 1])
                share += hybrids[after][1].get(place, Fraction(0))
                share -= hybrids[before][1].get(place, Fraction(0))
            if share:
                yield YearChange(cause, *place, share / len(orders))


def _compared(reader: _Reader) -> YearComparison:
    before, after = reader.years
    hybrids = _hybrids(reader)
    return YearComparison(
        before=before.score,
        after=after.score,
        items=tuple(_shapley(hybrids)),
        hybrids={causes: index for causes, (index, _) in hybrids.items()},
        notes=_notes(reader),
    )


# --- what has to be said beside it ------------------------------------------------------------


def _notes(reader: _Reader) -> Iterator[Reason]:
    editions = [year.edition for year in reader.years]
    if reader.basis is None:
        yield Reason.of("years.note.totals")
    else:
        yield from _reading_notes(reader, *editions)
    for edition in dict.fromkeys(editions):
        if assumed := _assumed(edition):
            yield Reason.of("years.note.assumed", edition=edition.id, values=", ".join(assumed))
    for year in reader.years:
        if year.score.band_if_known is None:
            yield Reason.of("years.note.no_band", edition=year.edition.id, index=year.score.index)


def _reading_notes(reader: _Reader, before: Edition, after: Edition) -> Iterator[Reason]:
    if not reader.by_region_rows:
        yield Reason.of("years.note.region_points")
    for edition, other in ((before, after), (after, before)):
        rows = edition.indicators if reader.by_region_rows else edition.innovation_indicators
        alone = ", ".join(row.key for row in rows if row.key not in reader.shared)
        if alone:
            yield Reason.of("years.note.alone", edition=edition.id, other=other.id, rows=alone)
    if reader.kept:
        yield Reason.of("years.note.kept", answers=reader.kept)
    if reader.basis is Basis.VERIFIED and before.eligibility != after.eligibility:
        yield Reason.of("years.note.window")


def _assumed(edition: Edition) -> list[str]:
    """Return the names of the values that the user supplied."""
    owners = [("", edition.formula.sources)]
    owners += [(f"{row.key}.", row.sources) for row in edition]
    owners += [(f"{band.key}.", band.sources) for band in edition.bands]
    return [
        f"{name}{source.field}".replace("_", " ")
        for name, sources in owners
        for source in sources
        if source.certainty is Certainty.ASSUMED
    ]


# --- the two questions ------------------------------------------------------------------------


def compare_years(
    before: Submission,
    edition_before: Edition | str,
    after: Submission,
    edition_after: Edition | str,
    *,
    basis: Basis = Basis.DOCUMENTED,
) -> YearComparison:
    """Split the change of an index into what the region did, the rules, and the number.

    Parameters
    ----------
    before : Submission
    edition_before : Edition or str
        Missing values can be supplied (`Edition.supply`); the comparison names them.
    after : Submission
    edition_after : Edition or str
    basis : Basis, optional
        Which level of an answer counts, in both years.

    Returns
    -------
    YearComparison

    Raises
    ------
    BadValueError
        When the editions share no row of the innovation part.
    SubmissionError
        With every fault of a submission.
    IncompleteEditionError
        When an edition lacks what a score or a hybrid needs; names what both lack.

    See Also
    --------
    compare_totals : When only the parts of the two indices are known.

    Notes
    -----
    The module's text defines the hybrids: how levels of one year are read under the rules of
    the other, and what becomes of rows that only one edition asks.

    References
    ----------
    .. [1] Shapley, L. S. (1953), A value for n-person games, in: Contributions to the Theory
       of Games II, Princeton University Press, 307-317.
    .. [2] Shorrocks, A. F. (2013), Decomposition procedures for distributional analysis: a
       unified framework based on the Shapley value, Journal of Economic Inequality 11, 99-126.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from attrs import evolve
    >>> from inovasi_index.analysis.years import compare_years
    >>> city = ii.read_submission("examples/kota-contoh.toml")
    >>> few = evolve(city, innovations=city.innovations[:10])
    >>> found = compare_years(few, "iid-2026", evolve(few, year=2027), "iid-2027")
    >>> {cause: round(float(share), 2) for cause, share in found.by_cause().items()}
    {'levels': 0.0, 'rules': -3.56, 'number': 0.0}
    """
    years = []
    missing = []
    basis = Basis(basis)
    for submission, given in ((before, edition_before), (after, edition_after)):
        edition = given if isinstance(given, Edition) else load_edition(given)
        try:
            one = score(submission, edition, basis=basis)[submission.region.code]
        except IncompleteEditionError as error:
            missing.append(str(error))
        else:
            years.append(_Year(one, submission))
    if missing:
        raise IncompleteEditionError("; ".join(dict.fromkeys(missing)))
    return _compared(_Reader((years[0], years[1]), basis))


def compare_totals(before: RegionScore, after: RegionScore) -> YearComparison:
    """Split the change between two indices of which only the parts are known.

    Parameters
    ----------
    before, after : RegionScore
        Of `project_index`, or any other; only their parts, number of innovations and basic
        affairs are used.

    Returns
    -------
    YearComparison
        Region part and mean maturity are what the region did; what the divisor does to the
        mean cannot be told apart.

    Raises
    ------
    IncompleteEditionError
        When an edition lacks what a hybrid needs.

    Examples
    --------
    Kabupaten Tegal, 2024 and 2025; the region parts of 56 and 51 are fitted, not published.

    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.years import compare_totals
    >>> before = ii.project_index(
    ...     "iid-2024", region_points=56, mean_maturity="79.69", innovations=89, basic_affairs=6)
    >>> after = ii.project_index(
    ...     "iid-2025", region_points=51, mean_maturity="90.91", innovations=137, basic_affairs=6)
    >>> for part, share in compare_totals(before, after).by_part().items():
    ...     print(part, float(share))
    region_part -2.0
    mean_maturity 4.488
    count_points 7.296
    """
    return _compared(_Reader((_Year(before), _Year(after)), None))
