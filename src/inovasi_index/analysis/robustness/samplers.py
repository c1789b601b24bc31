"""How weights and answers are drawn."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from attrs import Attribute, field, frozen
from attrs.validators import deep_iterable

from inovasi_index.analysis.robustness.checking import (
    WeightsLike,
    anything,
    checked_names,
    checked_numbers,
    checked_probability,
    indicator_names,
    is_kind,
    items_of,
    read_only,
    require_kind,
)
from inovasi_index.analysis.robustness.kernels import drawing
from inovasi_index.composite.arrays import as_array, as_number, read_array, read_count
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError, Fault, FaultsError, InfeasibleError
from inovasi_index.weighting.scheme import Weights

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

    from inovasi_index.analysis.robustness.kernels.arrays import FloatArray

__all__ = [
    "AnswerSampler",
    "BoundedSimplex",
    "Dirichlet",
    "FixedWeights",
    "InTurn",
    "NoisyWeights",
    "OffByOne",
    "PartWeights",
    "Survival",
    "UniformSampler",
    "WeightSampler",
]


@runtime_checkable
class WeightSampler(Protocol):
    """Anything that draws weights.

    A sampler takes all its randomness from the generator that it is given. One that knows
    which indicators it weighs may say so in ``indicators``, a tuple of their names; a score
    of others then refuses it.
    """

    @property
    def centre(self) -> FloatArray:
        """Weights that the draws lie around, float64 (n_indicators,)."""
        ...

    def draw(self, rng: np.random.Generator, n_draws: int) -> FloatArray:
        """Return weights that are not negative, float64 (n_draws, n_indicators)."""
        ...


@runtime_checkable
class UniformSampler(WeightSampler, Protocol):
    """A sampler that can also be driven by independent uniform numbers, as Sobol indices ask."""

    def from_uniforms(self, uniforms: FloatArray) -> FloatArray:
        """Return the weights that uniform numbers in [0, 1) stand for, one a weight."""
        ...


def _require_draws(rng: np.random.Generator, n_draws: int) -> None:
    require_kind(rng, np.random.Generator, what="rng")
    read_count(n_draws, what="n_draws", least=0)


def _require_uniforms(uniforms: FloatArray, n_indicators: int) -> None:
    if getattr(uniforms, "ndim", None) != 2 or uniforms.shape[1] != n_indicators:
        raise BadValueError(
            f"uniforms must be an array of shape (n_draws, {n_indicators}), not {shown(uniforms)}"
        )


def _vector(given: WeightsLike, *, what: str) -> FloatArray:
    """Return float64 (n_indicators,), not negative."""
    keys = given.keys if isinstance(given, Weights) else None
    values = given.values if isinstance(given, Weights) else given
    array = checked_numbers(values, (None,), what=what, axes=(keys,), negative=False)
    array = array.astype(np.float64)
    if array.size == 0:
        raise BadValueError(f"{what} is empty")
    return read_only(array)


def _keys(given: object) -> tuple[str, ...]:
    return given.keys if isinstance(given, Weights) else ()


def require_fit(sampler: WeightSampler, indicators: tuple[str, ...]) -> None:
    """Refuse a sampler of other weights than a score takes.

    Raises
    ------
    BadValueError
        For another number of weights, and for those of other indicators or in another order.
    """
    drawn = len(sampler.centre)
    if drawn != len(indicators):
        raise BadValueError(
            f"the sampler draws {drawn} weights; the score has {len(indicators)} indicators"
        )
    known = getattr(sampler, "indicators", ())
    if known and known != indicators:
        raise BadValueError(
            f"the sampler draws weights of {', '.join(known)}; the indicators of the score are "
            f"{', '.join(indicators)}: they must be the same, in the same order"
        )


def _alpha(given: WeightsLike) -> FloatArray:
    return _vector(given, what="alpha")


def _lower(given: WeightsLike) -> FloatArray:
    return _vector(given, what="lower")


def _upper(given: WeightsLike) -> FloatArray:
    return _vector(given, what="upper")


def _probability(given: ArrayLike) -> FloatArray:
    return checked_probability(given, what="probability")


def _up(given: float) -> float:
    up = as_number(given, what="up")
    checked_probability(up, what="up")
    return up


def _top_levels(given: ArrayLike) -> NDArray[np.uint8]:
    array = as_array(given, what="top_levels")
    if array.dtype.kind not in "iu" or ((array < 1) | (array > 255)).any():
        raise BadValueError(f"top_levels must be whole numbers from 1 to 255, not {shown(given)}")
    return read_only(array.astype(np.uint8))


def draws_answers(_: object, attribute: Attribute[Any], given: object) -> None:
    """Refuse what does not draw answers, and what draws weights: a validator of attrs."""
    require_kind(given, AnswerSampler, what=attribute.name)
    if isinstance(given, WeightSampler):
        raise BadValueError(f"{attribute.name} must be an AnswerSampler; {given!r} draws weights")


def _weight_samplers(given: Iterable[WeightSampler]) -> tuple[WeightSampler, ...]:
    return items_of(given, what="samplers")


def _answer_samplers(given: Iterable[AnswerSampler]) -> tuple[AnswerSampler, ...]:
    return items_of(given, what="samplers")


def _shares(given: WeightsLike) -> FloatArray:
    """Return weights scaled to sum to 1."""
    array = _vector(given, what="weights")
    if not array.sum() > 0:
        raise BadValueError("weights sum to 0; at least one must be positive")
    return read_only(array / array.sum())


def _weights(given: WeightsLike) -> Any:
    return given  # read by the class, which keeps the keys as well


@frozen(eq=False, repr=False)
class FixedWeights:
    """Always the same weights, scaled to sum to 1.

    Attributes
    ----------
    weights : ndarray of float64, shape (n_indicators,)
    indicators : tuple of str
        Their names where `Weights` were given, otherwise empty.
    """

    weights: FloatArray = field(converter=_weights)
    indicators: tuple[str, ...] = field(init=False, default=())

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "indicators", _keys(self.weights))
        object.__setattr__(self, "weights", _shares(self.weights))

    def __repr__(self) -> str:
        return f"<FixedWeights: {len(self.weights)} indicators>"

    @property
    def centre(self) -> FloatArray:
        """The weights, float64 (n_indicators,)."""
        return self.weights

    def draw(self, rng: np.random.Generator, n_draws: int) -> FloatArray:  # noqa: ARG002 - the protocol
        """Return the weights `n_draws` times, float64 (n_draws, n_indicators)."""
        read_count(n_draws, what="n_draws", least=0)
        return np.tile(self.weights, (n_draws, 1))


@frozen(eq=False, repr=False)
class Dirichlet:
    """Weights from a Dirichlet distribution on the simplex.

    Attributes
    ----------
    alpha : ndarray of float64, shape (n_indicators,)
        Parameters; an indicator with 0 always has weight 0.
    indicators : tuple of str
        Their names where they are known, otherwise empty.

    Raises
    ------
    BadValueError
        When all are 0 or the shape is wrong.
    FaultsError
        Naming what is negative or not finite.

    References
    ----------
    Butler, J., Jia, J., Dyer, J. (1997). Simulation techniques for the sensitivity analysis
    of multi-criteria decision models. EJOR 103:3, 531-546, random weights.

    Examples
    --------
    >>> Dirichlet.flat(3)
    <Dirichlet: 3 indicators, flat>
    >>> Dirichlet.around([0.5, 0.3, 0.2], concentration=50).centre
    array([0.5, 0.3, 0.2])
    """

    alpha: FloatArray = field(converter=_alpha)
    indicators: tuple[str, ...] = field(default=(), converter=indicator_names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.alpha.any():
            raise BadValueError("alpha is 0 everywhere; at least one must be positive")
        if self.indicators:
            checked_names(self.indicators, len(self.alpha), what="indicator")

    @classmethod
    def flat(cls, n_indicators: int) -> Dirichlet:
        """Return the uniform distribution on the simplex: nothing is known of the weights."""
        return cls(np.ones(read_count(n_indicators, what="n_indicators", least=1)))

    @classmethod
    def around(cls, weights: WeightsLike, *, concentration: float) -> Dirichlet:
        """Return a distribution with a given mean.

        Parameters
        ----------
        weights : array_like or Weights, shape (n_indicators,)
            The mean, scaled to sum to 1.
        concentration : float
            Sum of the parameters; a weight w has the variance ``w (1 - w) / (concentration + 1)``.
        """
        concentration = as_number(concentration, what="concentration")
        if not 0 < concentration < np.inf:
            raise BadValueError(f"concentration is {concentration:g}; it must be positive")
        return cls(_shares(weights) * concentration, indicators=_keys(weights))

    @property
    def is_flat(self) -> bool:
        """Whether all parameters are 1."""
        return bool((self.alpha == 1).all())

    def __repr__(self) -> str:
        kind = "flat" if self.is_flat else f"concentration {self.alpha.sum():g}"
        return f"<Dirichlet: {len(self.alpha)} indicators, {kind}>"

    @property
    def centre(self) -> FloatArray:
        """The mean, float64 (n_indicators,)."""
        return np.asarray(self.alpha / self.alpha.sum())

    def draw(self, rng: np.random.Generator, n_draws: int) -> FloatArray:
        """Return weights that sum to 1, float64 (n_draws, n_indicators)."""
        _require_draws(rng, n_draws)
        return drawing.dirichlet(rng, n_draws, self.alpha)

    def from_uniforms(self, uniforms: FloatArray) -> FloatArray:
        """Return weights from uniform numbers: scaled exponentials ``-log(1 - u)``.

        Raises
        ------
        BadValueError
            When the distribution is not flat; use `NoisyWeights` around given weights.
        """
        if not self.is_flat:
            raise BadValueError(
                "only a flat Dirichlet can be driven by one uniform number a weight; "
                "take NoisyWeights for weights around given ones"
            )
        _require_uniforms(uniforms, len(self.alpha))
        return drawing.exponentials_to_simplex(-np.log1p(-uniforms))


# Below this share of accepted tries a walk is faster than rejection.
_LEAST_ACCEPTANCE = 1 / 64
_PILOT = 8192


@frozen(eq=False, repr=False)
class BoundedSimplex:
    """Weights uniform on the part of the simplex between bounds on each share.

    Where at least one in 64 uniform points of the simplex above the lower bounds (or below
    the upper bounds, whichever fits better) keeps all bounds, points are drawn until enough
    do: exact. In tighter polytopes each draw is the end of a walk of its own: `sweeps`
    rounds in which the indicators are paired, in turn at random and by how much room their
    bounds leave, and each pair divides its sum anew, uniformly within the bounds. The walk
    has the uniform distribution as its limit; the rounds that are needed grow with the
    logarithm of the number of indicators. Which method serves is decided by 8192 fixed
    tries, so it is the same in every run.

    Attributes
    ----------
    lower, upper : ndarray of float64, shape (n_indicators,)
        Bounds on the shares, within 0 and 1.
    sweeps : int

    Raises
    ------
    InfeasibleError
        When no shares that sum to 1 keep the bounds.
    FaultsError
        Naming each indicator whose lower bound is above its upper one, and what is not
        finite or outside 0 to 1.

    References
    ----------
    Smith, R. L. (1984). Efficient Monte Carlo procedures for generating points uniformly
    distributed over bounded regions. Operations Research 32:6, 1296-1308 (rejection; walks).
    Smith, A. (2014). A Gibbs sampler on the n-simplex. Annals of Applied Probability 24:1,
    114-130: a walk of pairs mixes in the order of n log n steps; here n/2 pairs make one
    sweep.

    Examples
    --------
    >>> bounds = BoundedSimplex([0.1, 0.1, 0.1], [0.6, 0.6, 0.6])
    >>> bounds
    <BoundedSimplex: 3 indicators, by rejection>
    """

    lower: FloatArray = field(converter=_lower)
    upper: FloatArray = field(converter=_upper)
    sweeps: int = field(default=64, kw_only=True)

    def __attrs_post_init__(self) -> None:
        read_count(self.sweeps, what="sweeps", least=1)
        if self.lower.shape != self.upper.shape:
            raise BadValueError(
                f"{len(self.lower)} lower bounds and {len(self.upper)} upper bounds are given"
            )
        faults = [
            Fault("crossed-bounds", str(i), f"lower bound {low:g} is above upper bound {high:g}")
            for i, (low, high) in enumerate(zip(self.lower, self.upper, strict=True))
            if low > high
        ]
        faults += [
            Fault("bound-out-of-range", str(i), f"upper bound {high:g}; shares are at most 1")
            for i, high in enumerate(self.upper)
            if high > 1
        ]
        if faults:
            raise FaultsError("bounds", faults)
        slack = 1e-12
        if self.lower.sum() > 1 + slack:
            raise InfeasibleError(
                f"the lower bounds sum to {self.lower.sum():g}, more than 1: no shares keep them"
            )
        if self.upper.sum() < 1 - slack:
            raise InfeasibleError(
                f"the upper bounds sum to {self.upper.sum():g}, less than 1: no shares keep them"
            )

    @classmethod
    def around(cls, weights: WeightsLike, *, relative: float, sweeps: int = 64) -> BoundedSimplex:
        """Return bounds at a relative distance below and above given weights.

        Parameters
        ----------
        weights : array_like or Weights, shape (n_indicators,)
        relative : float
            0.25 for a quarter less to a quarter more.
        sweeps : int, optional
        """
        centre = _shares(weights)
        relative = as_number(relative, what="relative")
        if not 0 <= relative < np.inf:
            raise BadValueError(f"relative is {relative:g}; it must not be negative")
        lower, upper = (
            np.maximum(centre * (1 - relative), 0),
            np.minimum(centre * (1 + relative), 1),
        )
        return cls(lower, upper, sweeps=sweeps)

    def __repr__(self) -> str:
        how = "by rejection" if self.is_exact else f"by a walk of {self.sweeps} sweeps"
        return f"<BoundedSimplex: {len(self.lower)} indicators, {how}>"

    @property
    def centre(self) -> FloatArray:
        """The feasible point that divides every range in the same ratio."""
        return drawing.feasible_point(self.lower, self.upper)

    @cached_property
    def _acceptance(self) -> tuple[float, bool]:
        """Share of tries that keep all bounds, and whether to try from above."""
        shares = []
        for from_above in (False, True):
            rng = np.random.Generator(np.random.Philox(key=0))
            _, kept = drawing.bounded_by_rejection(
                rng, _PILOT, self.lower, self.upper, from_above=from_above
            )
            shares.append(float(kept.mean()))
        return max(shares), shares[1] > shares[0]

    @property
    def is_exact(self) -> bool:
        """Whether draws are exactly uniform (rejection) rather than the ends of walks."""
        return self._acceptance[0] >= _LEAST_ACCEPTANCE

    def draw(self, rng: np.random.Generator, n_draws: int) -> FloatArray:
        """Return weights that sum to 1, float64 (n_draws, n_indicators)."""
        _require_draws(rng, n_draws)
        if not self.is_exact:
            drawn = drawing.bounded_by_walk(
                rng, n_draws, self.lower, self.upper, sweeps=self.sweeps
            )
        else:
            acceptance, from_above = self._acceptance
            drawn = np.empty((0, len(self.lower)))
            while len(drawn) < n_draws:
                tries = int((n_draws - len(drawn)) / acceptance * 1.1) + 8
                points, kept = drawing.bounded_by_rejection(
                    rng, tries, self.lower, self.upper, from_above=from_above
                )
                drawn = np.concatenate([drawn, points[kept]])
        return drawn[:n_draws]


@frozen(eq=False, repr=False)
class NoisyWeights:
    """Given weights, each multiplied by a factor of its own and then scaled to sum to 1.

    Attributes
    ----------
    weights : ndarray of float64, shape (n_indicators,)
        Scaled to sum to 1.
    indicators : tuple of str
        Their names where `Weights` were given, otherwise empty.
    relative : ndarray of float64, shape (n_indicators,)
        The factor is uniform on ``1 ± relative``; 0 to below 1.

    Raises
    ------
    BadValueError
        When a relative noise is outside 0 to below 1.

    References
    ----------
    Saisana, M., Saltelli, A., Tarantola, S. (2005). Uncertainty and sensitivity analysis
    techniques as tools for the quality assessment of composite indicators. JRSS A 168:2,
    307-323, weights as uncertain input factors.

    Examples
    --------
    >>> NoisyWeights([0.5, 0.3, 0.2], relative=0.25)
    <NoisyWeights: 3 indicators, ± 25 %>
    """

    weights: FloatArray = field(converter=_weights)
    indicators: tuple[str, ...] = field(init=False, default=())
    relative: FloatArray = field(converter=anything, kw_only=True)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "indicators", _keys(self.weights))
        object.__setattr__(self, "weights", _shares(self.weights))
        given = read_array(self.relative, what="relative")
        if given.shape not in ((), self.weights.shape):
            raise BadValueError(
                f"relative has shape {given.shape}; one number or {len(self.weights)} are needed"
            )
        if not ((given >= 0) & (given < 1)).all():
            raise BadValueError(
                "relative must be at least 0 and below 1, so that weights stay positive"
            )
        spread = read_only(np.broadcast_to(given, self.weights.shape).copy())
        object.__setattr__(self, "relative", spread)

    def __repr__(self) -> str:
        return f"<NoisyWeights: {len(self.weights)} indicators, ± {100 * self.relative.max():g} %>"

    @property
    def centre(self) -> FloatArray:
        """The given weights, float64 (n_indicators,)."""
        return self.weights

    def draw(self, rng: np.random.Generator, n_draws: int) -> FloatArray:
        """Return weights that sum to 1, float64 (n_draws, n_indicators)."""
        _require_draws(rng, n_draws)
        return self.from_uniforms(rng.random((n_draws, len(self.weights))))

    def from_uniforms(self, uniforms: FloatArray) -> FloatArray:
        """Return weights from uniform numbers: the factor is ``1 + relative (2 u - 1)``."""
        _require_uniforms(uniforms, len(self.weights))
        return drawing.noisy(uniforms, self.weights, self.relative)


@frozen(eq=False, repr=False)
class PartWeights:
    """Weights of several parts, each drawn by its own sampler and holding its share.

    Attributes
    ----------
    samplers : tuple of WeightSampler
        One a part, in the order of the indicators.
    shares : ndarray of float64, shape (n_parts,)
        Scaled to sum to 1.

    Examples
    --------
    >>> parts = PartWeights([Dirichlet.flat(2), FixedWeights([1, 1])], shares=[1, 3])
    >>> parts.centre
    array([0.125, 0.125, 0.375, 0.375])
    """

    samplers: tuple[WeightSampler, ...] = field(
        converter=_weight_samplers, validator=deep_iterable(is_kind(WeightSampler))
    )
    shares: FloatArray = field(kw_only=True, converter=_shares)

    def __attrs_post_init__(self) -> None:
        if len(self.samplers) != len(self.shares):
            raise BadValueError(
                f"{len(self.samplers)} samplers and {len(self.shares)} shares are given"
            )

    def __repr__(self) -> str:
        parts = ", ".join(
            f"{share:.2%} {sampler!r}"
            for share, sampler in zip(self.shares, self.samplers, strict=True)
        )
        return f"<PartWeights: {parts}>"

    @property
    def indicators(self) -> tuple[str, ...]:
        """Names of the indicators where all parts know theirs, otherwise empty."""
        names = [getattr(sampler, "indicators", ()) for sampler in self.samplers]
        return tuple(chain.from_iterable(names)) if all(names) else ()

    @property
    def centre(self) -> FloatArray:
        """The centres of the parts, times their shares."""
        return np.concatenate(
            [share * s.centre for share, s in zip(self.shares, self.samplers, strict=True)]
        )

    def draw(self, rng: np.random.Generator, n_draws: int) -> FloatArray:
        """Return weights that sum to 1, float64 (n_draws, n_indicators)."""
        _require_draws(rng, n_draws)
        return np.concatenate(
            [
                share * sampler.draw(rng, n_draws)
                for share, sampler in zip(self.shares, self.samplers, strict=True)
            ],
            axis=1,
        )


@runtime_checkable
class AnswerSampler(Protocol):
    """Anything that draws what answers might have been."""

    def draw(self, rng: np.random.Generator, levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return other levels of the same shape, uint8 (n_rows, n_indicators)."""
        ...


def _require_levels(rng: np.random.Generator, levels: NDArray[np.uint8]) -> None:
    require_kind(rng, np.random.Generator, what="rng")
    if not isinstance(levels, np.ndarray) or levels.dtype.kind not in "iu":
        raise BadValueError(f"levels must be an array of whole numbers, not {shown(levels)}")


def _require_shape(what: str, given: NDArray[Any], levels: NDArray[np.uint8]) -> None:
    sizes = zip(reversed(given.shape), reversed(levels.shape), strict=False)
    if given.ndim > levels.ndim or any(one not in (1, other) for one, other in sizes):
        raise BadValueError(
            f"{what} has shape {given.shape}; the levels have {levels.shape}: one number, one "
            "an indicator or one a level is needed"
        )


@frozen(eq=False)
class OffByOne:
    """An answer is one level too high or too low, with a given probability.

    An answer at the top can only be too high, so it falls; level 0 is "not answered" and
    stays.

    Attributes
    ----------
    probability : ndarray of float64, shape (), (n_indicators,) or (n_rows, n_indicators)
    top_levels : ndarray of uint8, shape () or (n_indicators,)
    up : float
        Share of the moves that go up, where both are possible.

    Examples
    --------
    >>> levels = np.array([[3, 0, 2]], dtype=np.uint8)
    >>> OffByOne(1.0, top_levels=3, up=1.0).draw(np.random.default_rng(0), levels)
    array([[2, 0, 3]], dtype=uint8)
    """

    probability: FloatArray = field(converter=_probability)
    top_levels: NDArray[np.uint8] = field(kw_only=True, converter=_top_levels)
    up: float = field(default=0.5, kw_only=True, converter=_up)

    def draw(self, rng: np.random.Generator, levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the levels after errors, uint8 (n_rows, n_indicators)."""
        _require_levels(rng, levels)
        _require_shape("probability", self.probability, levels)
        _require_shape("top_levels", self.top_levels, levels)
        moves = (rng.random(levels.shape) < self.probability) & (levels > 0)
        up = (rng.random(levels.shape) < self.up) & (levels < self.top_levels)
        # A byte that wraps round from 0 to 255 is one down.
        step = np.where(up, np.uint8(1), np.uint8(255))
        return np.asarray(levels + step * moves, dtype=np.uint8)


@frozen(eq=False)
class Survival:
    """Each answer survives verification with a given probability; otherwise it counts 0.

    Attributes
    ----------
    probability : ndarray of float64, shape (), (n_indicators,) or (n_rows, n_indicators)

    Examples
    --------
    >>> levels = np.array([[3, 1, 2]], dtype=np.uint8)
    >>> Survival([1.0, 0.0, 1.0]).draw(np.random.default_rng(0), levels)
    array([[3, 0, 2]], dtype=uint8)
    """

    probability: FloatArray = field(converter=_probability)

    def draw(self, rng: np.random.Generator, levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the levels after verification, uint8 (n_rows, n_indicators)."""
        _require_levels(rng, levels)
        _require_shape("probability", self.probability, levels)
        kept = rng.random(levels.shape) < self.probability
        return np.asarray(levels * kept, dtype=np.uint8)


@frozen
class InTurn:
    """Several samplers of answers, one after the other.

    Attributes
    ----------
    samplers : tuple of AnswerSampler

    Examples
    --------
    >>> levels = np.array([[3, 1]], dtype=np.uint8)
    >>> both = InTurn([OffByOne(1.0, top_levels=3, up=0.0), Survival([1.0, 0.0])])
    >>> both.draw(np.random.default_rng(0), levels)
    array([[2, 0]], dtype=uint8)
    """

    samplers: tuple[AnswerSampler, ...] = field(
        converter=_answer_samplers, validator=deep_iterable(draws_answers)
    )

    def draw(self, rng: np.random.Generator, levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the levels after all of them, uint8 (n_rows, n_indicators)."""
        _require_levels(rng, levels)
        for sampler in self.samplers:
            levels = sampler.draw(rng, levels)
        return levels
