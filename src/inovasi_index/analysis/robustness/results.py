"""What a simulation has counted, and what can be read off the counts."""

from __future__ import annotations

from functools import cached_property, reduce
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from attrs import field, frozen

from inovasi_index.analysis.robustness.checking import (
    items_of,
    names_given,
    positions_of,
    read_only,
    require_kind,
)
from inovasi_index.analysis.robustness.kernels.counting import histogram_quantiles
from inovasi_index.composite.arrays import as_number, read_array, read_count
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError, IncompleteEditionError
from inovasi_index.rules.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inovasi_index.analysis.robustness.kernels.arrays import (
        CountArray,
        FloatArray,
        IntArray,
        NumberArray,
    )

__all__ = ["INDEX_SCALE", "Bands", "RobustnessResult", "Scale", "Span"]

# Most draws that one result can hold: its counters are 32 bits wide.
MOST_DRAWS = 2**32 - 1
# Weights are added up as whole multiples of this, so that sums do not depend on order.
WEIGHT_UNIT = 2.0**-30


def _lower(given: float) -> float:
    return as_number(given, what="lower")


def _upper(given: float) -> float:
    return as_number(given, what="upper")


@frozen
class Scale:
    """The scores that are possible, and the decimals that they are rounded to, halves up.

    Attributes
    ----------
    lower, upper : float
    decimals : int
        0 to 6; the scale has at most a million steps.

    Examples
    --------
    >>> Scale(0, 100, decimals=2).n_steps
    10001
    """

    lower: float = field(converter=_lower)
    upper: float = field(converter=_upper)
    decimals: int = field(default=2, kw_only=True)

    def __attrs_post_init__(self) -> None:
        read_count(self.decimals, what="decimals", least=0, most=6)
        if not -np.inf < self.lower < self.upper < np.inf:
            raise BadValueError(
                f"a scale needs finite ends in order, not {self.lower:g} and {self.upper:g}"
            )
        steps = (self.upper - self.lower) * self.steps_per_unit  # infinite where it overflows
        if not steps < 1_000_000.5:
            raise BadValueError(
                f"a scale from {self.lower:g} to {self.upper:g} with {self.decimals} decimals has "
                f"{steps + 1:.0f} steps; at most a million are counted: take fewer decimals"
            )
        self.step_of(self.lower, what="lower")

    @property
    def steps_per_unit(self) -> int:
        """Steps in one point of the score."""
        return int(10**self.decimals)

    @property
    def n_steps(self) -> int:
        """Number of different rounded scores."""
        return round((self.upper - self.lower) * self.steps_per_unit) + 1

    def step_of(self, score: float, *, what: str) -> int:
        """Return the number of the step that is exactly a score.

        Raises
        ------
        BadValueError
            When the score lies between two steps, or is no finite number.
        """
        score = as_number(score, what=what)
        steps = (score - self.lower) * self.steps_per_unit, score * self.steps_per_unit
        # From the lower end as well as from 0.
        if not all(isfinite(n) and abs(n - round(n)) <= 1e-6 for n in steps):
            raise BadValueError(
                f"{what} is {score}, which is no whole step of {self.decimals} decimals"
            )
        return round(steps[0])

    def scores_at(self, steps: IntArray) -> FloatArray:
        """Return the score of each step, rounded to the decimals of the scale."""
        first = round(self.lower * self.steps_per_unit)
        return np.asarray((read_array(steps, what="steps") + first) / self.steps_per_unit)


INDEX_SCALE = Scale(0, 100, decimals=2)


def _band_names(given: Iterable[str]) -> tuple[str, ...]:
    names = names_given(given, what="names")
    if not names:
        raise BadValueError("names is empty; there must be at least one band")
    return names


def _edges(given: Iterable[float]) -> tuple[float, ...]:
    return tuple(
        as_number(edge, what="each of the edges") for edge in items_of(given, what="edges")
    )


@frozen
class Bands:
    """Names of bands, lowest first, and the lowest score of each band but the lowest.

    Attributes
    ----------
    names : tuple of str
    edges : tuple of float
        Ascending; one fewer than the names. The score is held against them after it is
        rounded.

    Examples
    --------
    >>> Bands(["low", "high"], [50])
    Bands(names=('low', 'high'), edges=(50.0,))
    """

    names: tuple[str, ...] = field(converter=_band_names)
    edges: tuple[float, ...] = field(converter=_edges)

    def __attrs_post_init__(self) -> None:
        if len(self.edges) != len(self.names) - 1:
            raise BadValueError(
                f"{len(self.names)} bands have {len(self.names) - 1} edges between them, "
                f"not {len(self.edges)}"
            )
        if not all(a < b for a, b in pairwise(self.edges)) or not all(np.isfinite(self.edges)):
            raise BadValueError(f"edges must be finite and ascend: {self.edges}")

    @classmethod
    def of_edition(cls, edition: Edition) -> Bands:
        """Return the bands of an edition.

        Raises
        ------
        IncompleteEditionError
            When a bound between two bands was not found.

        Examples
        --------
        >>> import inovasi_index as ii
        >>> Bands.of_edition(ii.load_edition("iid-2026")).names[-1]
        'Sangat Inovatif'
        """
        require_kind(edition, Edition, what="edition")
        edges = []
        for band in edition.bands[1:]:
            if band.lower_hundredths is None:
                raise IncompleteEditionError(
                    f"{edition.id}: the lower bound of {band.name!r} was not found; supply it "
                    f"with edition.supply(bands={{{band.key!r}: …}})"
                )
            edges.append(band.lower_hundredths / 100)
        if not edition.bands:
            raise IncompleteEditionError(f"{edition.id}: no source gives the bands")
        return cls([band.name for band in edition.bands], edges)


@frozen(order=True)
class Span:
    """Draws `start` to before `stop` of a seed."""

    seed: int
    start: int
    stop: int

    def __attrs_post_init__(self) -> None:
        read_count(self.seed, what="seed", least=0)
        read_count(self.start, what="start", least=0)
        read_count(self.stop, what="stop", least=0)
        if self.start > self.stop:
            raise BadValueError(f"start is {shown(self.start)}, after stop {self.stop}")

    def __len__(self) -> int:
        return self.stop - self.start


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, with those that touch made one.

    Raises
    ------
    BadValueError
        When two overlap, so that draws would count twice.
    """
    out: list[Span] = []
    for span in sorted(spans):
        if out and out[-1].seed == span.seed and out[-1].stop >= span.start:
            if out[-1].stop > span.start:
                raise BadValueError(
                    f"draws {span.start} to {min(out[-1].stop, span.stop) - 1} of seed "
                    f"{span.seed} are in both results; they would count twice"
                )
            out[-1] = Span(span.seed, out[-1].start, span.stop)
        else:
            out.append(span)
    return tuple(out)


def _by_content(array: NumberArray | None) -> object:
    return None if array is None else (array.dtype.str, array.shape, array.tobytes())


@frozen(repr=False, kw_only=True)
class RobustnessResult:
    """Counts over draws, and the probabilities, intervals and weights that they give.

    Everything is a whole number, so results add up to the same whatever the order, and
    equal results compare equal. Tied units share the best rank (1, 2, 2, 4).

    Attributes
    ----------
    units, indicators : tuple of str
    nominal : ndarray of float64, shape (n_units,)
        Scores without uncertainty.
    nominal_ranks : ndarray of int64, shape (n_units,)
    rank_counts : ndarray of uint32, shape (n_units, n_units)
        ``[unit, rank - 1]``.
    scale : Scale or None
    score_counts : ndarray of uint32, shape (n_units, n_steps), or None
        Draws by rounded score.
    kept_counts : ndarray of int64, shape (n_top,)
        Draws in which the first k units are those of the nominal ranking, k = 1 … n_top. Ties
        across the k-th place are broken for the nominal ranking.
    weight_sums : ndarray of int64, shape (n_units, n_indicators)
        Weights of the draws in which a unit is first, in units of 2**-30.
    rivals : tuple of str
        Units that are held against each other.
    win_counts : ndarray of uint32, shape (n_rivals, n_rivals)
        ``[a, b]``: draws in which a is ranked strictly before b.
    spans : tuple of Span
        Which draws of which seeds are in.
    digest : str
        Tells the scenarios and what is counted from others.
    notes : tuple of str

    References
    ----------
    Lahdelma, R., Salminen, P. (2001). SMAA-2: Stochastic multicriteria acceptability analysis
    for group decision making. Operations Research 49:3, 444-454: the rank acceptability index
    ``b_i^r`` and the central weight vector ``w_i^c``.
    Leskinen, P., Viitanen, J., Kangas, A., Kangas, J. (2006). Alternatives to incorporate
    uncertainty and risk attitude in multicriteria evaluation of forest plans. Forest Science
    52:3, 304-312 (pairwise winning index).
    """

    units: tuple[str, ...]
    indicators: tuple[str, ...]
    nominal: FloatArray = field(eq=_by_content)
    nominal_ranks: IntArray = field(eq=_by_content)
    rank_counts: CountArray = field(eq=_by_content)
    scale: Scale | None
    score_counts: CountArray | None = field(eq=_by_content)
    kept_counts: IntArray = field(eq=_by_content)
    weight_sums: IntArray = field(eq=_by_content)
    rivals: tuple[str, ...]
    win_counts: CountArray = field(eq=_by_content)
    spans: tuple[Span, ...]
    digest: str
    notes: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        for name in ("nominal", "nominal_ranks", "rank_counts", "score_counts", "kept_counts",
                     "weight_sums", "win_counts"):  # fmt: skip
            array = getattr(self, name)
            if array is not None:
                read_only(array)

    def __repr__(self) -> str:
        notes = f" ({'; '.join(self.notes)})" if self.notes else ""
        return f"<RobustnessResult: {len(self.units)} units, {self.n_draws} draws{notes}>"

    # ------------------------------------------------------------------ draws

    @property
    def n_draws(self) -> int:
        """Number of draws that are counted."""
        return sum(map(len, self.spans))

    def merge(self, other: RobustnessResult) -> RobustnessResult:
        """Return the counts of two results over different draws together.

        Raises
        ------
        BadValueError
            When they are not of the same scenarios, count different things, or share draws.
        """
        require_kind(other, RobustnessResult, what="other")
        if (self.digest, self.units, self.scale) != (other.digest, other.units, other.scale):
            raise BadValueError(
                "the results are not of the same scenarios, or count different things; "
                "they cannot be added"
            )
        spans = joined([*self.spans, *other.spans])
        if sum(map(len, spans)) > MOST_DRAWS:
            raise BadValueError(f"a result holds at most {MOST_DRAWS} draws")
        return attrs.evolve(
            self,
            rank_counts=self.rank_counts + other.rank_counts,
            score_counts=None
            if self.score_counts is None or other.score_counts is None
            else self.score_counts + other.score_counts,
            kept_counts=self.kept_counts + other.kept_counts,
            weight_sums=self.weight_sums + other.weight_sums,
            win_counts=self.win_counts + other.win_counts,
            spans=spans,
            notes=tuple(sorted({*self.notes, *other.notes})),
        )

    @staticmethod
    def merged(results: Iterable[RobustnessResult]) -> RobustnessResult:
        """Return the counts of several results together; as `merge`.

        Raises
        ------
        BadValueError
            When there are none, or they do not go together.
        """
        given = items_of(results, what="results")
        if not given:
            raise BadValueError("there are no results to merge")
        for result in given:
            require_kind(result, RobustnessResult, what="each of the results")
        return reduce(RobustnessResult.merge, given)

    @property
    def margin(self) -> float:
        """Half-width of the 95 % interval of a probability of one half: the sampling error.

        Every other probability is known better. 10,000 draws give 0.0098.

        References
        ----------
        Tervonen, T., Lahdelma, R. (2007). Implementing stochastic multicriteria acceptability
        analysis. EJOR 178:2, 500-513, accuracy of the computations: ``1.96 / (2 sqrt(K))``
        for K draws.
        """
        return float(1.959963984540054 / 2 / np.sqrt(self._draws))

    @property
    def _draws(self) -> int:
        if not self.n_draws:
            raise BadValueError("nothing has been drawn yet; resume the simulation first")
        return self.n_draws

    # ------------------------------------------------------------------ ranks

    @property
    def acceptability(self) -> FloatArray:
        """Probability of each rank, float64 (n_units, n_units): ``[unit, rank - 1]``."""
        return self.rank_counts / self._draws

    def rank_quantiles(self, probabilities: Iterable[float]) -> IntArray:
        """Return the least rank that is not exceeded with the given probability.

        Parameters
        ----------
        probabilities : iterable of float
            0 to 1; 0 is the best rank seen, 1 the worst.

        Returns
        -------
        ndarray of int64, shape (n_units, n_probabilities)
        """
        self._draws  # noqa: B018 - refuses when nothing was drawn
        return histogram_quantiles(self.rank_counts, _probabilities(probabilities)) + 1

    def rank_intervals(self, level: float = 0.9) -> IntArray:
        """Return the central interval of the rank, int64 (n_units, 2): best, worst."""
        return self.rank_quantiles(_tails(level))

    @property
    def mean_ranks(self) -> FloatArray:
        """Mean rank, float64 (n_units,)."""
        return self.acceptability @ np.arange(1.0, len(self.units) + 1)

    @property
    def mean_shifts(self) -> FloatArray:
        """Mean distance from the nominal rank, float64 (n_units,).

        Its mean over the units is the average shift in rank, averaged over the draws.

        References
        ----------
        Saisana, M., Saltelli, A., Tarantola, S. (2005). Uncertainty and sensitivity analysis
        techniques as tools for the quality assessment of composite indicators. JRSS A 168:2,
        307-323, the average shift in rank ``R_S = sum(|rank_ref - rank|) / M``.
        """
        ranks = np.arange(1, len(self.units) + 1)
        distance = np.abs(ranks - self.nominal_ranks[:, None])
        return np.asarray((self.acceptability * distance).sum(axis=1))

    # ------------------------------------------------------------------ top

    def top_probabilities(self, k: int) -> FloatArray:
        """Return the probability of being among the first `k` ranks, float64 (n_units,)."""
        k = read_count(k, what="k", least=1, most=len(self.units))
        return np.asarray(self.acceptability[:, :k].sum(axis=1))

    def kept_probability(self, k: int) -> float:
        """Return the probability that the first `k` units are those of the nominal ranking.

        Raises
        ------
        BadValueError
            When the simulation has not counted so far down; see `Counting.n_top`.
        """
        k = read_count(k, what="k", least=1, most=len(self.kept_counts))
        return float(self.kept_counts[k - 1] / self._draws)

    def top_overlap(self, k: int) -> float:
        """Return how many of the nominal first `k` are expected to stay there, as a share."""
        nominal = self.nominal_ranks <= read_count(k, what="k", least=1, most=len(self.units))
        return float(self.top_probabilities(k)[nominal].mean())

    # ------------------------------------------------------------------ scores

    @cached_property
    def _histogram(self) -> tuple[Scale, CountArray]:
        self._draws  # noqa: B018 - refuses when nothing was drawn
        if self.scale is None or self.score_counts is None:
            raise BadValueError("scores were not counted: give Counting a scale")
        return self.scale, self.score_counts

    def score_quantiles(self, probabilities: Iterable[float]) -> FloatArray:
        """Return the least rounded score that is not exceeded with the given probability.

        Exact for the draws that were made, on the steps of the scale.

        Parameters
        ----------
        probabilities : iterable of float
            0 to 1; 0 is the lowest score seen, 1 the highest.

        Returns
        -------
        ndarray of float64, shape (n_units, n_probabilities)
        """
        scale, counts = self._histogram
        return scale.scores_at(histogram_quantiles(counts, _probabilities(probabilities)))

    def score_intervals(self, level: float = 0.9) -> FloatArray:
        """Return the central interval of the score, float64 (n_units, 2): lowest, highest."""
        return self.score_quantiles(_tails(level))

    @property
    def mean_scores(self) -> FloatArray:
        """Mean of the rounded scores, float64 (n_units,)."""
        scale, counts = self._histogram
        return counts @ scale.scores_at(np.arange(scale.n_steps)) / self._draws

    def band_probabilities(self, bands: Bands) -> FloatArray:
        """Return the probability of each band, read off the rounded score.

        Parameters
        ----------
        bands : Bands

        Returns
        -------
        ndarray of float64, shape (n_units, n_bands)

        Raises
        ------
        BadValueError
            When an edge is no step of the scale, or scores were not counted.
        """
        require_kind(bands, Bands, what="bands")
        scale, counts = self._histogram
        cuts = [scale.step_of(edge, what="edge") for edge in bands.edges]
        starts = np.clip([0, *cuts, scale.n_steps], 0, scale.n_steps)
        parts = [counts[:, a:b].sum(axis=1) for a, b in pairwise(starts)]
        return np.column_stack(parts) / self._draws

    # ------------------------------------------------------------------ rivals

    @property
    def win_probabilities(self) -> FloatArray:
        """Probability that one rival is ranked strictly before another, (n_rivals, n_rivals)."""
        return self.win_counts / self._draws

    def beats(self, one: str, other: str) -> float:
        """Return the probability that one rival is ranked strictly before another.

        Raises
        ------
        UnknownNameError
            When they were not counted as rivals; see `Counting.rivals`.
        """
        a, b = positions_of([one, other], self.rivals, what="rival")
        return float(self.win_counts[a, b] / self._draws)

    # ------------------------------------------------------------------ weights

    @property
    def first_probabilities(self) -> FloatArray:
        """Probability of the first rank, float64 (n_units,)."""
        return self.acceptability[:, 0]

    @property
    def central_weights(self) -> FloatArray:
        """Mean weights of the draws in which a unit is first, float64 (n_units, n_indicators).

        A row of 0 for a unit that is never first: no weights speak for it.
        """
        first = np.maximum(self.rank_counts[:, :1].astype(np.float64), 1)
        return self.weight_sums * WEIGHT_UNIT / first

    # ------------------------------------------------------------------ columns

    def to_columns(self, level: float = 0.9) -> dict[str, NumberArray]:
        """Return one row a unit, as columns ready for any data frame.

        Parameters
        ----------
        level : float
            Of the central intervals of rank and score.
        """
        low, high = _tails(level)
        ranks = self.rank_quantiles([low, 0.5, high])
        columns: dict[str, Any] = {
            "unit": np.array(self.units, dtype=np.str_),
            "nominal_score": self.nominal,
            "nominal_rank": self.nominal_ranks,
            "mean_rank": self.mean_ranks,
            "rank_low": ranks[:, 0],
            "rank_median": ranks[:, 1],
            "rank_high": ranks[:, 2],
            "mean_shift": self.mean_shifts,
            "first_probability": self.first_probabilities,
        }
        if self.scale is not None:
            scores = self.score_quantiles([low, 0.5, high])
            columns |= {
                "mean_score": self.mean_scores,
                "score_low": scores[:, 0],
                "score_median": scores[:, 1],
                "score_high": scores[:, 2],
            }
        return columns


def _probabilities(given: Iterable[float]) -> FloatArray:
    each = given if isinstance(given, np.ndarray) else items_of(given, what="probabilities")
    array = read_array(each, what="probabilities")
    if array.ndim != 1 or not ((array >= 0) & (array <= 1)).all():
        raise BadValueError("probabilities must be numbers from 0 to 1")
    return array


def _tails(level: float) -> tuple[float, float]:
    level = as_number(level, what="level")
    if not 0 < level <= 1:
        raise BadValueError(f"level is {level:g}; allowed: above 0 to 1")
    return (1 - level) / 2, (1 + level) / 2
