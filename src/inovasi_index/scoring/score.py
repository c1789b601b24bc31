"""Scoring submissions and tables, and projecting an index from totals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from attrs import evolve

from inovasi_index.errors import BadValueError
from inovasi_index.records import Basis, Submission
from inovasi_index.rules import Edition, load_edition
from inovasi_index.scoring.region_score import Parts, RegionScore
from inovasi_index.scoring.scores import Scores, enough_affairs, maturity_hundredths
from inovasi_index.table import LevelTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from inovasi_index.scoring.weighted import WeightedScores
    from inovasi_index.weighting import WeightingScheme

__all__ = ["maturity", "project_index", "score"]

# What the index needs of the formula, besides the basic affairs.
_CONSTANTS = (
    "total_max_hundredths",
    "minimum_divisor",
    "count_cap",
    "points_per_innovation_hundredths",
)


@overload
def score(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = ...,
    region_points: object = ...,
) -> Scores: ...
@overload
def score(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = ...,
    region_points: object = ...,
    scheme: WeightingScheme,
    region_scheme: WeightingScheme | None = ...,
    shares: Sequence[float] | None = ...,
) -> WeightedScores: ...
@overload
def score(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = ...,
    region_points: object = ...,
    scheme: None = ...,
    region_scheme: WeightingScheme,
    shares: Sequence[float] | None = ...,
) -> WeightedScores: ...
@overload
def score(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = ...,
    region_points: object = ...,
    scheme: None = ...,
    region_scheme: None = ...,
    shares: Sequence[float],
) -> WeightedScores: ...
def score(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = Basis.DOCUMENTED,
    region_points: object = None,
    scheme: WeightingScheme | None = None,
    region_scheme: WeightingScheme | None = None,
    shares: Sequence[float] | None = None,
) -> Scores | WeightedScores:
    """Score one submission, several, or a level table.

    Parameters
    ----------
    submissions : Submission, iterable of Submission, or LevelTable
    edition : Edition or str
        The edition or its id; a table brings its own.
    basis : Basis, optional
        Which level of an answer counts; a table brings its own.
    region_points : number, optional
        Points of the region part of a single submission, in the place of its rows.
    scheme : WeightingScheme, optional
        Weights of the innovation rows for research; official and exact when not given.
    region_scheme : WeightingScheme, optional
        Weights of the region rows.
    shares : sequence of float, optional
        Shares of region part, mean maturity and count in the index, summing to 1.

    Returns
    -------
    Scores or WeightedScores
        `Scores`, exact; `WeightedScores` when other weights or shares are asked for.

    Raises
    ------
    SubmissionError
        With every fault of the submissions.
    IncompleteEditionError
        When the edition lacks what the score needs; says what, and how to supply it.
    BadValueError
        When no edition is given, or another than the table's; when `region_points` are no
        points, or not for one submission; for shares and schemes that do not fit.
    """
    if region_points is not None:
        given = () if isinstance(submissions, LevelTable) else _several(submissions)
        if len(given) != 1:
            raise BadValueError("region_points is for one submission; set it in each record")
        submissions = _with_points(given[0], region_points)
    table = _table(submissions, edition, basis)
    if scheme is not None or region_scheme is not None or shares is not None:
        from inovasi_index.scoring.weighted import weighted_score

        return weighted_score(table, scheme=scheme, region_scheme=region_scheme, shares=shares)
    scores = Scores.of(table)
    if len(scores):
        # Asked for now, so that an edition that cannot answer refuses here, all at once.
        table.edition.constants(*_CONSTANTS)
        _ = scores.index_hundredths
    return scores


def _table(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None,
    basis: Basis,
) -> LevelTable:
    found = None if edition is None else _edition(edition)
    if isinstance(submissions, LevelTable):
        if found not in (None, submissions.edition):
            raise BadValueError(
                f"the table was built for {submissions.edition.id}; build another for the "
                "other edition"
            )
        return submissions
    if found is None:
        raise BadValueError("give the edition that the submissions are scored by")
    return LevelTable.from_submissions(_several(submissions), found, basis=basis)


def _edition(given: Edition | str) -> Edition:
    return given if isinstance(given, Edition) else load_edition(given)


def _several(submissions: Submission | Iterable[Submission]) -> tuple[Submission, ...]:
    return (submissions,) if isinstance(submissions, Submission) else tuple(submissions)


def _with_points(submission: Submission, points: Any) -> Submission:
    """Put points of the region part in the place of its rows."""
    return evolve(submission, answers=(), region_points=points)


def maturity(
    submissions: Submission | Iterable[Submission] | LevelTable,
    edition: Edition | str | None = None,
    *,
    basis: Basis = Basis.DOCUMENTED,
) -> NDArray[np.float64]:
    """Return the maturity of every innovation, also where an edition has no formula.

    Parameters
    ----------
    submissions, edition, basis
        As for `score`.

    Returns
    -------
    ndarray of float64, shape (n_innovations,), in points

    Raises
    ------
    SubmissionError
        With every fault of the submissions, the region part aside.
    IncompleteEditionError
        When the edition lacks a weight of the innovation part.
    BadValueError
        When no edition is given, or another than the table's.
    """
    if not isinstance(submissions, LevelTable):
        # The region part plays no role here, so an edition that lacks it will do.
        submissions = [_with_points(one, 0) for one in _several(submissions)]
    return maturity_hundredths(_table(submissions, edition, basis)) / 100


def project_index(
    edition: Edition | str,
    *,
    region_points: object,
    mean_maturity: object,
    innovations: int,
    basic_affairs: int,
) -> RegionScore:
    """Return the index that totals lead to, for those who know no more than these.

    Parameters
    ----------
    edition : Edition or str
    region_points : number
        Points of the region part; int, str, Decimal or Fraction are exact, a float is taken
        as it prints.
    mean_maturity : number
        Mean maturity in points, as the formula has it: the sum over the divisor.
    innovations : int
        Number of reported innovations.
    basic_affairs : int
        How many of the basic affairs they cover.

    Returns
    -------
    RegionScore

    Raises
    ------
    BadValueError
        Naming what is out of range.
    IncompleteEditionError
        When the edition lacks a constant that matters.

    Examples
    --------
    Kabupaten Tegal 2024: the region part of 56 is fitted, not published.

    >>> import inovasi_index as ii
    >>> ii.project_index("iid-2024", region_points=56, mean_maturity="79.69",
    ...     innovations=89, basic_affairs=6).index
    Decimal('67.80')
    """
    edition = _edition(edition)
    formula = edition.formula
    region = _amount(region_points, "region_points", formula.region_max_hundredths)
    mean = _amount(mean_maturity, "mean_maturity", formula.maturity_max_hundredths)
    count = _count(innovations, "innovations", None)
    affairs = _count(basic_affairs, "basic_affairs", len(edition.basic_affairs) or None)
    if affairs > count:
        raise BadValueError(
            f"{count} innovations cannot cover {affairs} basic affairs; each has one main affair"
        )
    points = edition.constant("points_per_innovation_hundredths")
    counted = min(count, edition.constant("count_cap"))
    enough = bool(enough_affairs(edition, np.array([affairs]))[0])
    return RegionScore(
        edition=edition,
        basis=None,
        region=None,
        parts=Parts(region, mean, Fraction(counted * points * enough, 100)),
        innovations=count,
        # The mean is given, so an unknown floor of the divisor does not matter.
        divisor=max(count, formula.minimum_divisor or 1),
        basic_affairs=affairs,
    )


def _amount(given: object, what: str, most_hundredths: int | None) -> Fraction:
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal | Fraction):
        raise BadValueError(f"{what}: {given!r} is not a number")
    try:
        amount = Fraction(repr(given) if isinstance(given, float) else given)
    except (ValueError, OverflowError):
        raise BadValueError(f"{what}: {given!r} is not a number") from None
    most = None if most_hundredths is None else Fraction(most_hundredths, 100)
    if amount < 0 or (most is not None and amount > most):
        limit = f"0 to {float(most):g}" if most is not None else "not negative"
        raise BadValueError(f"{what} is {given}; allowed: {limit}")
    return amount


def _count(given: object, what: str, most: int | None) -> int:
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        raise BadValueError(f"{what}: {given!r} is not a whole number")
    if given < 0 or (most is not None and given > most):
        limit = f"0 to {most}" if most is not None else "not negative"
        raise BadValueError(f"{what} is {given}; allowed: {limit}")
    return int(given)
