"""What might have been: other weights, other answers, and the scores that follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from attrs import field, frozen
from numpy.typing import ArrayLike, NDArray

from inovasi_index.analysis.robustness.checking import (
    checked_names,
    indicator_names,
    is_function,
    is_kind,
    read_only,
    unit_names,
)
from inovasi_index.analysis.robustness.kernels.arrays import FloatArray
from inovasi_index.analysis.robustness.samplers import (
    AnswerSampler,
    WeightSampler,
    draws_answers,
    require_fit,
)
from inovasi_index.analysis.robustness.scores import ScoreOfWeights
from inovasi_index.analysis.robustness.streams import Purpose
from inovasi_index.composite.arrays import as_array, read_array
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError, Fault, FaultsError

if TYPE_CHECKING:
    from inovasi_index.analysis.robustness.streams import Streams

__all__ = ["Scenarios", "UncertainLevels", "UncertainWeights", "weighted_sum"]

LevelScore = Callable[[NDArray[np.uint8], FloatArray], Any]


@runtime_checkable
class Scenarios(Protocol):
    """Anything that draws scores.

    A class of attrs is told from others by the values of its fields, so that a result is
    never resumed with other scenarios.
    """

    @property
    def units(self) -> tuple[str, ...]:
        """Names of what is scored."""
        ...

    @property
    def indicators(self) -> tuple[str, ...]:
        """Names of the weights that are drawn; empty when none are."""
        ...

    @property
    def block_size(self) -> int:
        """Draws in one block: as many as are best scored together."""
        ...

    def nominal(self) -> FloatArray:
        """Return the scores without uncertainty, float64 (n_units,)."""
        ...

    def draw(self, streams: Streams, n_draws: int) -> tuple[FloatArray, FloatArray]:
        """Return the scores and the weights of one block of draws.

        Parameters
        ----------
        streams : Streams
            The only source of randomness.
        n_draws : int
            The size of a block.

        Returns
        -------
        scores : ndarray of float64, shape (n_draws, n_units)
        weights : ndarray of float64, shape (n_draws, n_indicators)
        """
        ...


@frozen(repr=False)
class UncertainWeights:
    """Scores under weights that are drawn.

    Attributes
    ----------
    score : ScoreOfWeights
    sampler : WeightSampler
        In the order of the score's indicators.

    Raises
    ------
    BadValueError
        When the sampler draws another number of weights than the score takes, or those of
        other indicators.

    Examples
    --------
    >>> from inovasi_index.analysis.robustness import Dirichlet, LinearScore
    >>> UncertainWeights(LinearScore([[80, 20], [40, 60]]), Dirichlet.flat(2))
    <UncertainWeights: 2 units, <Dirichlet: 2 indicators, flat>>
    """

    score: ScoreOfWeights = field(validator=is_kind(ScoreOfWeights))
    sampler: WeightSampler = field(validator=is_kind(WeightSampler))

    def __attrs_post_init__(self) -> None:
        require_fit(self.sampler, self.score.indicators)

    def __repr__(self) -> str:
        return f"<UncertainWeights: {len(self.units)} units, {self.sampler!r}>"

    @property
    def units(self) -> tuple[str, ...]:
        """Names of what is scored."""
        return self.score.units

    @property
    def indicators(self) -> tuple[str, ...]:
        """Names of what is weighted."""
        return self.score.indicators

    @property
    def block_size(self) -> int:
        """2048: one matrix product serves them all."""
        return 2048

    def nominal(self) -> FloatArray:
        """Return the scores at the centre of the sampler, float64 (n_units,)."""
        return np.asarray(self.score(self.sampler.centre[None, :])[0])

    def draw(self, streams: Streams, n_draws: int) -> tuple[FloatArray, FloatArray]:
        """Return scores and weights; as `Scenarios.draw`."""
        weights = self.sampler.draw(streams.generator(Purpose.WEIGHTS), n_draws)
        return self.score(weights), weights


def weighted_sum(levels: NDArray[np.uint8], weights: FloatArray) -> FloatArray:
    """Return ``levels @ weights``: the score where each row of levels is a unit.

    Parameters
    ----------
    levels : ndarray of uint8, shape (n_units, n_indicators)
    weights : ndarray of float64, shape (n_indicators,)
        Points per level.

    Raises
    ------
    BadValueError
        For arrays that do not fit each other.
    """
    try:
        scores: FloatArray = levels @ weights
    except (TypeError, ValueError, OverflowError):
        raise BadValueError(
            "levels and weights must be arrays of shapes (n_units, n_indicators) and "
            f"(n_indicators,), not {shown(levels)} and {shown(weights)}"
        ) from None
    return scores


def _levels(given: ArrayLike) -> NDArray[np.uint8]:
    array = as_array(given, what="levels")
    if array.ndim != 2 or 0 in array.shape or array.dtype.kind not in "iu":
        raise BadValueError(
            f"levels must be whole numbers of shape (rows, indicators), not {array.dtype} of "
            f"shape {array.shape}"
        )
    wrong = np.argwhere((array < 0) | (array > 255))
    if wrong.size:
        raise FaultsError(
            "levels",
            [
                Fault("level-out-of-range", f"{n}, {m}", f"level {array[n, m]}; allowed: 0 to 255")
                for n, m in wrong
            ],
        )
    return read_only(array.astype(np.uint8))


@frozen(repr=False, eq=False)
class UncertainLevels:
    """Scores under answers that are drawn, and weights that are fixed or drawn as well.

    Attributes
    ----------
    levels : ndarray of uint8, shape (n_rows, n_indicators)
        The answers as they are given. A row is a unit, or a part of one that `score` knows
        how to put together (an innovation of a region).
    answers : AnswerSampler
    weights : WeightSampler
        `FixedWeights` where only the answers are uncertain.
    score : callable
        ``score(levels, weights)``: one set of levels and one of weights, float64
        (n_indicators,), to scores, float64 (n_units,). `weighted_sum` when not given.
    units, indicators : tuple of str
        Numbers when not given.

    Raises
    ------
    BadValueError
        For wrong shapes.
    FaultsError
        Naming the row and indicator of each level that is no byte.
    """

    levels: NDArray[np.uint8] = field(converter=_levels)
    answers: AnswerSampler = field(validator=draws_answers)
    weights: WeightSampler = field(validator=is_kind(WeightSampler))
    score: LevelScore = field(default=weighted_sum, kw_only=True, validator=is_function)
    units: tuple[str, ...] = field(default=(), converter=unit_names, kw_only=True)
    indicators: tuple[str, ...] = field(default=(), converter=indicator_names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        n_weights = len(self.weights.centre)
        if self.score is weighted_sum and n_weights != self.levels.shape[1]:
            raise BadValueError(
                f"the sampler draws {n_weights} weights; the levels have "
                f"{self.levels.shape[1]} indicators"
            )
        scores = read_array(
            self.score(self.levels, self.weights.centre), what="the answer of the score"
        )
        if scores.ndim != 1 or not scores.size:
            raise BadValueError(
                f"score(levels, weights) answered with shape {scores.shape}; needed: (n_units,)"
            )
        units = checked_names(self.units, len(scores), what="unit")
        indicators = checked_names(self.indicators, n_weights, what="indicator")
        if self.indicators:
            require_fit(self.weights, indicators)
        object.__setattr__(self, "units", units)
        object.__setattr__(self, "indicators", indicators)

    def __repr__(self) -> str:
        return (
            f"<UncertainLevels: {len(self.units)} units, {self.levels.shape[0]} rows × "
            f"{self.levels.shape[1]} indicators>"
        )

    @property
    def block_size(self) -> int:
        """64: draws are scored one by one."""
        return 64

    def nominal(self) -> FloatArray:
        """Return the scores of the given answers at the centre of the weights."""
        return np.asarray(self.score(self.levels, self.weights.centre), dtype=np.float64)

    def draw(self, streams: Streams, n_draws: int) -> tuple[FloatArray, FloatArray]:
        """Return scores and weights; as `Scenarios.draw`."""
        weights = self.weights.draw(streams.generator(Purpose.WEIGHTS), n_draws)
        rng = streams.generator(Purpose.LEVELS)
        scores = np.empty((n_draws, len(self.units)))
        for row, weight in zip(scores, weights, strict=True):
            row[:] = self.score(self.answers.draw(rng, self.levels), weight)
        return scores, weights
