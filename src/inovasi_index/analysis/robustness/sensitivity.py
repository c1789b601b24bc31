"""What a ranking depends on: indicators left out, and how far each weight may move."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import field, frozen

from inovasi_index.analysis.robustness.checking import (
    WeightsLike,
    checked_weights,
    items_of,
    positions_of,
    require_kind,
)
from inovasi_index.analysis.robustness.kernels import lines
from inovasi_index.analysis.robustness.kernels.counting import competition_ranks
from inovasi_index.analysis.robustness.progress import Done
from inovasi_index.analysis.robustness.results import Bands
from inovasi_index.analysis.robustness.scores import LinearScore, ScoreOfWeights
from inovasi_index.composite.arrays import read_count
from inovasi_index.errors import BadValueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inovasi_index.analysis.robustness.kernels.arrays import (
        BoolArray,
        FloatArray,
        IntArray,
        NumberArray,
    )
    from inovasi_index.analysis.robustness.progress import Progress

__all__ = [
    "LeaveOneOut",
    "WeightIntervals",
    "band_intervals",
    "leave_one_out",
    "pair_intervals",
    "ranking_intervals",
    "top_intervals",
]

# Floats that differ by less than this share of the largest number at hand are equal.
_TOLERANCE = 2.0**-40


@frozen(eq=False, repr=False, kw_only=True)
class LeaveOneOut:
    """Scores and ranks with each indicator left out in turn.

    Attributes
    ----------
    units, indicators : tuple of str
    nominal : ndarray of float64, shape (n_units,)
        Scores with all indicators.
    nominal_ranks : ndarray of int64, shape (n_units,)
    scores : ndarray of float64, shape (n_indicators, n_units)
    ranks : ndarray of int64, shape (n_indicators, n_units)
        Tied units share the best rank.
    """

    units: tuple[str, ...]
    indicators: tuple[str, ...]
    nominal: FloatArray
    nominal_ranks: IntArray
    scores: FloatArray
    ranks: IntArray

    def __repr__(self) -> str:
        most = int(np.argmax(self.mean_shifts))
        return (
            f"<LeaveOneOut: {len(self.units)} units, {len(self.indicators)} indicators; without "
            f"{self.indicators[most]} ranks shift by {self.mean_shifts[most]:.2f} on average>"
        )

    @property
    def shifts(self) -> IntArray:
        """Rank without the indicator minus rank with it, int64 (n_indicators, n_units)."""
        return self.ranks - self.nominal_ranks

    @property
    def mean_shifts(self) -> FloatArray:
        """Average shift in rank without each indicator, float64 (n_indicators,).

        References
        ----------
        Saisana, M., Saltelli, A., Tarantola, S. (2005). JRSS A 168:2, 307-323: the
        average shift in rank ``R_S = sum(|rank_ref - rank|) / M``.
        """
        return np.asarray(np.abs(self.shifts).mean(axis=1))

    def to_columns(self) -> dict[str, NumberArray]:
        """Return one row an indicator and unit, as columns ready for any data frame."""
        n = len(self.units)
        return {
            "without": np.repeat(np.array(self.indicators, dtype=np.str_), n),
            "unit": np.tile(np.array(self.units, dtype=np.str_), len(self.indicators)),
            "score": self.scores.ravel(),
            "rank": self.ranks.ravel(),
            "shift": self.shifts.ravel(),
        }


def leave_one_out(score: ScoreOfWeights, weights: WeightsLike) -> LeaveOneOut:
    """Score with each indicator left out and the other weights scaled to the same sum.

    Parameters
    ----------
    score : ScoreOfWeights
    weights : array_like or Weights, shape (n_indicators,)

    Returns
    -------
    LeaveOneOut

    Raises
    ------
    BadValueError
        When an indicator carries all the weight, so that nothing is left without it.

    References
    ----------
    OECD/JRC (2008). Handbook on Constructing Composite Indicators, step 7 (inclusion and
    exclusion of indicators).

    Examples
    --------
    >>> from inovasi_index.analysis.robustness import LinearScore
    >>> score = LinearScore([[80, 20, 50], [40, 60, 50]], indicators=["x", "y", "z"])
    >>> leave_one_out(score, [0.5, 0.25, 0.25])
    <LeaveOneOut: 2 units, 3 indicators; without x ranks shift by 1.00 on average>
    """
    require_kind(score, ScoreOfWeights, what="score")
    given = checked_weights(weights, score.indicators).astype(np.float64)
    total = given.sum()
    alone = np.flatnonzero(given >= total)
    if alone.size:
        raise BadValueError(
            f"{score.indicators[alone[0]]} carries all the weight; nothing is left without it"
        )
    without = np.tile(given, (len(given), 1))
    np.fill_diagonal(without, 0)
    without *= (total / without.sum(axis=1))[:, None]
    scores = score(np.vstack([given, without]))
    ranks = competition_ranks(scores)
    return LeaveOneOut(
        units=score.units,
        indicators=score.indicators,
        nominal=scores[0],
        nominal_ranks=ranks[0],
        scores=scores[1:],
        ranks=ranks[1:],
    )


@frozen(eq=False, repr=False, kw_only=True)
class WeightIntervals:
    """How far each weight can move, the others in proportion, before a statement fails.

    Between the ends the statement holds; at an inner end two scores meet (or a score meets
    the edge of a band), and beyond it the statement fails.

    Attributes
    ----------
    statements : tuple of str
        What has to stay.
    indicators : tuple of str
    weights : ndarray, shape (n_indicators,)
    lower, upper : ndarray, shape (n_statements, n_indicators)
        In the unit of the weights, from 0 to their sum. Exact fractions when the score and the
        weights are, else float64.
    lower_change, upper_change : ndarray of str, shape (n_statements, n_indicators)
        What changes beyond that end; empty where the weight can go all the way.

    References
    ----------
    Triantaphyllou, E., Sánchez, A. (1997). A sensitivity analysis approach for some
    deterministic multi-criteria decision making methods. Decision Sciences 28:1, 151-194,
    theorem 1 (the change of one weight that reverses two alternatives).
    """

    statements: tuple[str, ...]
    indicators: tuple[str, ...]
    weights: NumberArray
    lower: NumberArray
    upper: NumberArray
    lower_change: NumberArray
    upper_change: NumberArray

    def __repr__(self) -> str:
        what = (
            self.statements[0]
            if len(self.statements) == 1
            else f"{len(self.statements)} statements"
        )
        tightest = int(np.argmin((self.upper - self.lower).astype(np.float64).min(axis=0)))
        return (
            f"<WeightIntervals: {what}, {len(self.indicators)} indicators; "
            f"{self.indicators[tightest]} has the least room>"
        )

    def interval(self, indicator: str, statement: str | None = None) -> tuple[Any, Any]:
        """Return the two ends for one indicator.

        Parameters
        ----------
        indicator : str
        statement : str, optional
            The first when not given.
        """
        m = positions_of([indicator], self.indicators, what="indicator")[0]
        n = (
            0
            if statement is None
            else positions_of([statement], self.statements, what="statement")[0]
        )
        return self.lower[n, m], self.upper[n, m]

    @property
    def criticality(self) -> FloatArray:
        """Least change of each weight alone that makes the statement fail, in percent of it.

        The changed weights are scaled to the old sum afterwards. Infinite where no change
        does it, and for a weight of 0 that can grow. Float64 (n_statements, n_indicators).

        References
        ----------
        Triantaphyllou, Sánchez 1997, definitions 1 and 4 (criticality degree); its
        reciprocal is their sensitivity coefficient (definition 5).
        """
        weights = self.weights.astype(np.float64)
        total = weights.sum()
        out = np.full(self.lower.shape, np.inf)
        for ends, change in ((self.lower, self.lower_change), (self.upper, self.upper_change)):
            end = ends.astype(np.float64)
            with np.errstate(divide="ignore", invalid="ignore"):
                # The share t after scaling is (w - d) / (W - d); solved for the change d.
                percent = 100 * np.abs(total * (weights - end) / (total - end)) / weights
            reached = (change != "") & np.isfinite(percent)
            out = np.minimum(out, np.where(reached, percent, np.inf))
        return out

    def to_columns(self) -> dict[str, NumberArray]:
        """Return one row a statement and indicator, as columns ready for any data frame."""
        n, m = self.lower.shape
        return {
            "statement": np.repeat(np.array(self.statements, dtype=np.str_), m),
            "indicator": np.tile(np.array(self.indicators, dtype=np.str_), n),
            "weight": np.tile(self.weights.astype(np.float64), n),
            "lower": self.lower.astype(np.float64).ravel(),
            "upper": self.upper.astype(np.float64).ravel(),
            "lower_change": self.lower_change.ravel(),
            "upper_change": self.upper_change.ravel(),
        }


@frozen(eq=False)
class _Lines:
    """Scores at the given weights and their slopes in each weight."""

    score: LinearScore
    weights: NumberArray
    scores: NumberArray = field(init=False)
    slopes: NumberArray = field(init=False)
    tolerance: Any = field(init=False)

    def __attrs_post_init__(self) -> None:
        values, offset, weights = self.score.values, self.score.offset, self.weights
        if not (self.score.is_exact and weights.dtype == object):
            values, offset, weights = (a.astype(np.float64) for a in (values, offset, weights))
        scores = offset + values @ weights
        slopes = lines.slopes(values, weights)
        tolerance: Any = 0
        if weights.dtype != object:
            largest = max(np.abs(values).max() * weights.sum(), np.abs(offset).max())
            tolerance = _TOLERANCE * largest
        for name, value in (
            ("weights", weights),
            ("scores", scores),
            ("slopes", slopes),
            ("tolerance", tolerance),
        ):
            object.__setattr__(self, name, value)

    def intervals(
        self,
        gaps: NumberArray,
        gap_slopes: NumberArray,
        *,
        both_ways: BoolArray | None = None,
    ) -> tuple[NumberArray, NumberArray, IntArray, IntArray]:
        """Return the ends for gaps that must not close; as `lines.intervals`."""
        small = abs(gaps) <= self.tolerance
        gaps = np.where(small, 0 * gaps, gaps)
        # A slope that is nothing but rounding must not move an end.
        unit = self.tolerance / self.weights.sum() if self.tolerance else 0
        gap_slopes = np.where(abs(gap_slopes) <= unit, 0 * gap_slopes, gap_slopes)
        ties = small if both_ways is None else small & both_ways
        lower, upper, lower_gap, upper_gap = lines.intervals(
            gaps, gap_slopes, self.weights, ties=ties
        )
        # A weight beside which all others are 0 cannot move: nothing takes up the change.
        stuck = self.weights == self.weights.sum()
        lower[stuck], upper[stuck] = self.weights[stuck], self.weights[stuck]
        return lower, upper, lower_gap, upper_gap

    def differences(
        self, better: Sequence[int] | IntArray, worse: Sequence[int] | IntArray
    ) -> tuple[NumberArray, NumberArray]:
        """Return the gaps between pairs and their slopes."""
        better, worse = np.asarray(better, np.int64), np.asarray(worse, np.int64)
        return (
            self.scores[better] - self.scores[worse],
            self.slopes[:, better] - self.slopes[:, worse],
        )

    @property
    def order(self) -> list[int]:
        """Units from the best to the worst."""
        return sorted(range(len(self.scores)), key=lambda n: -self.scores[n])


def _lines(score: LinearScore, weights: WeightsLike) -> _Lines:
    require_kind(score, LinearScore, what="score")
    given: Any = weights
    if score.is_exact:
        whole_numbers = np.asarray(getattr(weights, "values", weights))
        if whole_numbers.dtype.kind in "iu":
            given = [Fraction(int(w)) for w in whole_numbers]
    return _Lines(score, checked_weights(given, score.indicators))


def _texts(gaps: IntArray, texts: Sequence[str]) -> NumberArray:
    return np.array([texts[g] if g >= 0 else "" for g in gaps], dtype=np.str_)


def _swap(units: tuple[str, ...], better: Any, worse: Any) -> str:
    return f"{units[worse]} overtakes {units[better]}"


def _collected(
    at: _Lines, statements: Sequence[str], rows: Iterable[tuple[Any, Any, Any, Any]]
) -> WeightIntervals:
    lower, upper, lower_change, upper_change = (np.array(part) for part in zip(*rows, strict=True))
    return WeightIntervals(
        statements=tuple(statements),
        indicators=at.score.indicators,
        weights=at.weights,
        lower=lower,
        upper=upper,
        lower_change=lower_change,
        upper_change=upper_change,
    )


def ranking_intervals(score: LinearScore, weights: WeightsLike) -> WeightIntervals:
    """Return the interval of each weight in which the whole ranking stays as it is.

    One weight moves at a time and the others keep their proportions and the sum. Scores are
    then straight lines, so that neighbours of the ranking are all that has to be watched.
    Units that are tied have to stay tied: unless their lines are the same, the interval is
    the weight itself.

    Parameters
    ----------
    score : LinearScore
    weights : array_like or Weights, shape (n_indicators,)
        Exact fractions, or whole numbers, with an exact score give exact ends.

    Returns
    -------
    WeightIntervals
        With one statement.

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> from inovasi_index.analysis.robustness import LinearScore
    >>> score = LinearScore([[F(80), F(20)], [F(40), F(60)]], units=["A", "B"])
    >>> intervals = ranking_intervals(score, [F(3, 4), F(1, 4)])
    >>> intervals.interval("0"), str(intervals.lower_change[0, 0])
    ((Fraction(1, 2), Fraction(1, 1)), 'B overtakes A')
    """
    at = _lines(score, weights)
    better, worse = at.order[:-1], at.order[1:]
    swaps = [_swap(score.units, a, b) for a, b in zip(better, worse, strict=True)]
    lower, upper, low, high = at.intervals(*at.differences(better, worse))
    return _collected(
        at, ["the ranking stays"], [(lower, upper, _texts(low, swaps), _texts(high, swaps))]
    )


def pair_intervals(
    score: LinearScore,
    weights: WeightsLike,
    pairs: Iterable[tuple[str, str]] | None = None,
    *,
    progress: Progress | None = None,
) -> WeightIntervals:
    """Return the interval of each weight in which two units keep their order.

    Parameters
    ----------
    score : LinearScore
    weights : array_like or Weights, shape (n_indicators,)
        As for `ranking_intervals`.
    pairs : iterable of (str, str), optional
        Names of units; neighbours of the ranking when not given.
    progress : callable, optional
        ``progress(done, total)``, in pairs, called in the calling thread after each of them;
        see `tqdm_progress`.

    Returns
    -------
    WeightIntervals
        One statement a pair, the better unit first: ``"A before B"``, or ``"A level with B"``.

    Raises
    ------
    UnknownNameError
        For a name that is no unit.
    """
    at = _lines(score, weights)
    if pairs is None:
        firsts, seconds = at.order[:-1], at.order[1:]
    else:
        given = [items_of(pair, what="each pair") for pair in items_of(pairs, what="pairs")]
        if any(len(pair) != 2 for pair in given):
            raise BadValueError("pairs must be pairs of names of units")
        firsts = positions_of([a for a, _ in given], score.units, what="unit").tolist()
        seconds = positions_of([b for _, b in given], score.units, what="unit").tolist()
    done = Done(progress, total=len(firsts))
    statements, rows = [], []
    for one, other in zip(firsts, seconds, strict=True):
        better, worse = (one, other) if at.scores[one] >= at.scores[other] else (other, one)
        gaps, gap_slopes = at.differences([better], [worse])
        lower, upper, low, high = at.intervals(gaps, gap_slopes)
        names = score.units[better], score.units[worse]
        tied = abs(gaps[0]) <= at.tolerance
        statements.append(f"{names[0]} {'level with' if tied else 'before'} {names[1]}")
        swap = ["they part" if tied else _swap(score.units, better, worse)]
        rows.append((lower, upper, _texts(low, swap), _texts(high, swap)))
        done.add(1)
    if not rows:
        raise BadValueError("there are no pairs")
    return _collected(at, statements, rows)


def top_intervals(score: LinearScore, weights: WeightsLike, k: int) -> WeightIntervals:
    """Return the interval of each weight in which the first `k` units stay the first `k`.

    Parameters
    ----------
    score : LinearScore
    weights : array_like or Weights, shape (n_indicators,)
        As for `ranking_intervals`.
    k : int
        1 to one fewer than the units.

    Returns
    -------
    WeightIntervals
        With one statement.

    Raises
    ------
    BadValueError
        When places k and k + 1 are tied, so that there is no first `k`.
    """
    at = _lines(score, weights)
    k = read_count(k, what="k", least=1, most=len(score.units) - 1)
    order = at.order
    if at.scores[order[k - 1]] - at.scores[order[k]] <= at.tolerance:
        raise BadValueError(
            f"{score.units[order[k - 1]]} and {score.units[order[k]]} are tied across place {k}; "
            f"there is no first {k}"
        )
    inside, outside = np.repeat(order[:k], len(order) - k), np.tile(order[k:], k)
    lower, upper, low, high = at.intervals(*at.differences(inside, outside))
    low_change, high_change = (
        np.array([_swap(score.units, inside[g], outside[g]) if g >= 0 else "" for g in gaps])
        for gaps in (low, high)
    )
    return _collected(at, [f"the first {k} stay"], [(lower, upper, low_change, high_change)])


def band_intervals(
    score: LinearScore,
    weights: WeightsLike,
    bands: Bands,
    *,
    decimals: int | None = 2,
    progress: Progress | None = None,
) -> WeightIntervals:
    """Return the interval of each weight in which a unit stays in its band.

    Parameters
    ----------
    score : LinearScore
    weights : array_like or Weights, shape (n_indicators,)
        As for `ranking_intervals`.
    bands : Bands
    decimals : int or None
        The score is rounded to these, halves up, before it is classified; `None` for not at
        all. 0 to 100. The lower end of a band belongs to it.
    progress : callable, optional
        ``progress(done, total)``, in units, called in the calling thread after each of them;
        see `tqdm_progress`.

    Returns
    -------
    WeightIntervals
        One statement a unit: ``"A stays Inovatif"``.
    """
    at = _lines(score, weights)
    require_kind(bands, Bands, what="bands")
    step = (
        Fraction(0)
        if decimals is None
        else Fraction(1, 2 * 10 ** read_count(decimals, what="decimals", least=0, most=100))
    )
    cuts: list[Any] = [Fraction(str(edge)) - step for edge in bands.edges]
    if at.weights.dtype != object:
        cuts = [float(cut) for cut in cuts]
    done = Done(progress, total=len(score.units))
    statements, rows = [], []
    for n, unit in enumerate(score.units):
        # A score that misses the edge by rounding of floats alone has reached it.
        band = sum(bool(at.scores[n] >= cut - at.tolerance) for cut in cuts)
        gaps: list[Any] = []
        slopes: list[Any] = []
        texts = []
        if band > 0:
            gaps.append(at.scores[n] - cuts[band - 1])
            slopes.append(at.slopes[:, n])
            texts.append(f"falls to {bands.names[band - 1]}")
        if band < len(cuts):
            gaps.append(cuts[band] - at.scores[n])
            slopes.append(-at.slopes[:, n])
            texts.append(f"rises to {bands.names[band + 1]}")
        dtype = at.weights.dtype
        lower, upper, low, high = at.intervals(
            np.array(gaps, dtype=dtype),
            np.array(slopes, dtype=dtype).reshape(len(gaps), len(at.weights)).T,
            both_ways=np.zeros(len(gaps), np.bool_),
        )
        statements.append(f"{unit} stays {bands.names[band]}")
        rows.append((lower, upper, _texts(low, texts), _texts(high, texts)))
        done.add(1)
    return _collected(at, statements, rows)
