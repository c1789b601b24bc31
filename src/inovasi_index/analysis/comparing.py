"""Scores side by side, and where each difference stands, by part and by row.

Each difference is one of shares: what a part or a row contributes to one index less what it
contributes to the other. Shares are exact and add up to the index, so their differences add
up to the difference. *Why* a row contributes more (its levels, the rules, the divisor) is
the question of `inovasi_index.analysis.years`.
"""

from __future__ import annotations

import warnings
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen

from inovasi_index.errors import BadValueError, PeriodWarning, UnknownNameError
from inovasi_index.language import Language, number, text
from inovasi_index.rules import Part
from inovasi_index.scoring import RegionScore
from inovasi_index.table import LevelTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = [
    "PARTS",
    "Difference",
    "ScoreComparison",
    "aligned",
    "compare_scores",
    "part_shares",
    "row_label",
    "signed",
]

COMPARISON_FORMAT = "inovasi_index.comparison/1"

#: Names of the parts of the index, in official order.
PARTS = ("region_part", "mean_maturity", "count_points")


def signed(value: Fraction, language: Language | str, decimals: int = 2) -> str:
    """Write a difference with its sign."""
    return f"{'+' if value > 0 else ''}{number(value, language, decimals)}"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines whose first column is set flush left and the others flush right."""
    first, *others = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join([row[0].ljust(first), *map(str.rjust, row[1:], others)]).rstrip() for row in rows
    ]


def part_shares(one: RegionScore) -> dict[str, Fraction]:
    """Return what each part contributes to the index, in points of the index; exact."""
    total = Fraction(one.edition.constant("total_max_hundredths"), 10_000)
    return {name: getattr(one.parts, name) / total for name in PARTS}


def _row_shares(one: RegionScore) -> dict[str, dict[str, Fraction]]:
    """Return what each row contributes, by part; a part whose rows are not known is left out."""
    if one.submission is None or one.basis is None:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PeriodWarning)  # it was given for the score
        table = LevelTable.from_submissions((one.submission,), one.edition, basis=one.basis)
    total = one.edition.constant("total_max_hundredths")
    found = {"mean_maturity": _shares(table.columns, one, Part.INNOVATION, one.divisor * total)}
    if one.submission.region_points is None and table.region_columns is not None:
        found["region_part"] = _shares(table.region_columns, one, Part.REGION, total)
    return found


def _shares(
    columns: NDArray[np.uint8], one: RegionScore, part: Part, whole: int
) -> dict[str, Fraction]:
    rows = one.edition.part_indicators(part)
    sums = columns.sum(axis=1, dtype=np.int64).tolist()
    return {
        row.key: Fraction(100 * (row.weight_hundredths or 0) * levels, whole)
        for row, levels in zip(rows, sums, strict=True)
    }


@frozen(eq=False)
class Difference:
    """How one score differs from another, exactly.

    Attributes
    ----------
    before, after : RegionScore
    """

    before: RegionScore
    after: RegionScore

    @property
    def total(self) -> Fraction:
        """Exact index after less exact index before."""
        return self.after.exact - self.before.exact

    def by_part(self) -> dict[str, Fraction]:
        """Return the difference of each part, in points of the index; they sum to `total`."""
        before, after = part_shares(self.before), part_shares(self.after)
        return {name: after[name] - before[name] for name in PARTS}

    @cached_property
    def _by_row(self) -> tuple[tuple[str, str, Fraction], ...]:
        """Part, row and difference; the part stands for its rows where these are not known."""
        before, after = _row_shares(self.before), _row_shares(self.after)
        found = []
        for part, whole in self.by_part().items():
            if part in before and part in after:
                old, new = before[part], after[part]
                nothing = Fraction(0)
                found += [
                    (part, key, new.get(key, nothing) - old.get(key, nothing)) for key in new | old
                ]
            else:
                found.append((part, part, whole))
        return tuple(found)

    def by_row(self) -> dict[str, Fraction]:
        """Return the rows that differ, in official order; they sum to `total`.

        The points for the number of innovations stand under ``"count_points"``; so does a
        part under its own name where its rows are not known on both sides.
        """
        return {key: share for _, key, share in self._by_row if share}

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row a row of the index, as columns for any data frame."""
        return {
            "part": np.array([part for part, _, _ in self._by_row], np.str_),
            "row": np.array([key for _, key, _ in self._by_row], np.str_),
            "difference": np.array([float(share) for _, _, share in self._by_row], np.float64),
        }

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold; exact amounts are strings."""
        return {
            "total": str(self.total),
            "by_part": {name: str(share) for name, share in self.by_part().items()},
            "by_row": {name: str(share) for name, share in self.by_row().items()},
        }


@frozen(eq=False)
class ScoreComparison:
    """Scores side by side; each differs from the first.

    Attributes
    ----------
    scores : tuple of RegionScore
        At least two.
    names : tuple of str
        A heading for each.
    """

    scores: tuple[RegionScore, ...] = field(converter=tuple[RegionScore, ...])
    names: tuple[str, ...] = field(converter=tuple[str, ...])

    def __attrs_post_init__(self) -> None:
        if len(self.scores) < 2:
            raise BadValueError("a comparison needs at least two scores")
        if len(self.names) != len(self.scores) or len(set(self.names)) < len(self.names):
            raise BadValueError(
                f"{len(self.scores)} scores need as many different names, not {self.names!r}"
            )

    @cached_property
    def differences(self) -> Mapping[str, Difference]:
        """The difference of each score from the first, by name."""
        first = self.scores[0]
        pairs = zip(self.names[1:], self.scores[1:], strict=True)
        return {name: Difference(first, other) for name, other in pairs}

    def __getitem__(self, name: str) -> Difference:
        """Return the difference of one score from the first."""
        try:
            return self.differences[name]
        except (KeyError, TypeError):
            raise UnknownNameError.of("score to compare", name, self.names[1:]) from None

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.differences.values())

    def __len__(self) -> int:
        """Return the number of scores."""
        return len(self.scores)

    def to_columns(self) -> dict[str, NDArray[Any]]:
        """Return one row a score, as columns for any data frame."""
        scores = self.scores
        columns: dict[str, NDArray[Any]] = {
            "name": np.array(self.names, np.str_),
            "edition": np.array([s.edition.id for s in scores], np.str_),
            "basis": np.array([s.basis or "" for s in scores], np.str_),
            "index": np.array([float(s.index) for s in scores], np.float64),
            "band": np.array([s.band_if_known or "" for s in scores], np.str_),
        }
        for part in PARTS:
            points = [float(getattr(s.parts, part)) for s in scores]
            columns[part] = np.array(points, np.float64)
        for name in ("innovations", "divisor", "basic_affairs"):
            columns[name] = np.array([getattr(s, name) for s in scores], np.int64)
        first = scores[0].exact
        columns["difference"] = np.array([float(s.exact - first) for s in scores], np.float64)
        return columns

    def to_dict(self) -> dict[str, Any]:
        """Return plain data that JSON can hold; exact amounts are strings."""
        return {
            "format": COMPARISON_FORMAT,
            "scores": [
                {
                    "name": name,
                    "edition": one.edition.id,
                    "basis": one.basis.value if one.basis else None,
                    "index": str(one.index),
                    "index_exact": str(one.exact),
                    "band": one.band_if_known,
                    **{part: str(getattr(one.parts, part)) for part in PARTS},
                    "innovations": one.innovations,
                    "divisor": one.divisor,
                    "basic_affairs": one.basic_affairs,
                }
                for name, one in zip(self.names, self.scores, strict=True)
            ],
            "differences": {name: d.to_dict() for name, d in self.differences.items()},
        }

    def to_text(self, language: Language | str = Language.ENGLISH, *, most: int = 5) -> str:
        """Return the scores side by side and what differs most, as lines.

        Parameters
        ----------
        language : Language or str
        most : int
            How many rows of each difference are shown.
        """
        scores = self.scores
        rows = [["", *self.names]]
        rows += [
            [
                text(f"part.{part}", language),
                *(number(getattr(s.parts, part), language) for s in scores),
            ]
            for part in PARTS
        ]
        rows.append([text("part.index", language), *(number(s.index, language) for s in scores)])
        rows.append([text("word.band", language), *(s.band_if_known or "?" for s in scores)])
        changes = [signed(difference.total, language) for difference in self]
        rows.append([text("compare.difference", language), "", *changes])
        lines = aligned(rows)
        for name, difference in self.differences.items():
            lines += _largest(name, difference, language, most)
        if not all(s.band_if_known for s in scores):
            lines += ["", f"? {text('how.no_band', language)}"]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.to_text()


def _largest(
    name: str, difference: Difference, language: Language | str, most: int
) -> Iterator[str]:
    rows = sorted(difference.by_row().items(), key=lambda pair: -abs(pair[1]))[:most]
    if not rows:
        return
    yield ""
    yield text("compare.largest", language, name=name)
    for key, share in rows:
        yield f"{signed(share, language):>8}  {row_label(key, difference.after, language)}"


def row_label(key: str, one: RegionScore, language: Language | str) -> str:
    """Return the official number and name of a row, or the name of a part."""
    if key in PARTS:
        return text(f"part.{key}", language)
    if key not in one.edition:
        return key
    return one.edition[key].title


def compare_scores(*scores: RegionScore, names: Sequence[str] | None = None) -> ScoreComparison:
    """Set scores side by side and explain how each differs from the first.

    Parameters
    ----------
    *scores : RegionScore
        At least two, of any regions, bases and editions.
    names : sequence of str, optional
        A heading for each; by default the editions, or else the bases, where these differ
        (``"totals"`` for a score of which only the parts are known).

    Returns
    -------
    ScoreComparison

    Raises
    ------
    BadValueError
        For fewer than two scores, or names that do not fit.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.analysis.comparing import compare_scores
    >>> totals = {"region_points": 51, "mean_maturity": 90, "basic_affairs": 6}
    >>> few, many = (
    ...     ii.project_index("iid-2026", innovations=n, **totals) for n in (100, 137))
    >>> found = compare_scores(few, many, names=["100", "137"])
    >>> found["137"].by_part()["count_points"], found["137"].total
    (Fraction(703, 125), Fraction(703, 125))
    """
    if names is None:
        editions = [one.edition.id for one in scores]
        bases = [one.basis.value if one.basis else "totals" for one in scores]
        numbers = [str(n) for n in range(1, len(scores) + 1)]
        names = next(
            (given for given in (editions, bases) if len(set(given)) == len(scores)), numbers
        )
    return ScoreComparison(scores, names)
