"""What the choice of methods does: normalisation × weights × aggregation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from attrs import evolve, field, frozen

from inovasi_index.analysis.robustness.checking import (
    WeightsLike,
    anything,
    checked_numbers,
    checked_table,
    checked_weights,
    indicator_names,
    is_kind,
    items_of,
    read_only,
    unit_names,
)
from inovasi_index.analysis.robustness.kernels.counting import competition_ranks
from inovasi_index.analysis.robustness.kernels.drawing import noisy
from inovasi_index.analysis.robustness.kernels.variances import explained_by
from inovasi_index.analysis.robustness.progress import Done
from inovasi_index.analysis.robustness.streams import Purpose, Streams
from inovasi_index.composite.arrays import as_number, read_array, read_count
from inovasi_index.composite.words import shown
from inovasi_index.errors import (
    BadValueError,
    Fault,
    FaultsError,
    InovasiIndexError,
    UnknownNameError,
)
from inovasi_index.weighting.scheme import Criteria, Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inovasi_index.analysis.robustness.kernels.arrays import FloatArray, IntArray, NumberArray
    from inovasi_index.analysis.robustness.progress import Progress

__all__ = ["MethodGrid", "MethodsResult", "UncertainMethods"]

Method = tuple[str, str, str]
CHOICES = ("normalisation", "weighting", "aggregation")


def _function(given: Any, *methods: str) -> Callable[..., Any] | None:
    """Return the first of some methods that an object has, or the object if it can be called."""
    for name in methods:
        bound = getattr(given, name, None)
        if callable(bound):
            return bound  # type: ignore[no-any-return]
    return given if callable(given) else None


def _named(given: Mapping[str, Any], *, what: str) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise BadValueError(f"{what} must be a dict of names to methods, not {shown(given)}")
    if not given:
        raise BadValueError(f"{what} is empty; give at least one")
    return {str(name): value for name, value in given.items()}


def _normalisations(given: Mapping[str, Any]) -> dict[str, Any]:
    return _named(given, what="normalisations")


def _weightings(given: Mapping[str, Any]) -> dict[str, Any]:
    return _named(given, what="weightings")


def _aggregations(given: Mapping[str, Any]) -> dict[str, Any]:
    return _named(given, what="aggregations")


def _method(given: Iterable[str], *, what: str) -> Method:
    names = items_of(given, what=what)
    if len(names) != len(CHOICES):
        raise BadValueError(
            f"{what} must be a normalisation, a weighting and an aggregation, not {shown(given)}"
        )
    return str(names[0]), str(names[1]), str(names[2])


def _methods(given: Iterable[Method]) -> frozenset[Method]:
    # The order does not matter here, so a set will do as well.
    each = given if isinstance(given, set | frozenset) else items_of(given, what="without")
    return frozenset(_method(method, what="each of without") for method in each)


def _chosen(choices: Mapping[str, Any], name: object, *, what: str) -> Any:
    if not isinstance(name, str) or name not in choices:
        raise UnknownNameError.of(what, name, choices)
    return choices[name]


@frozen(eq=False, repr=False)
class MethodGrid:
    """Every combination of some normalisations, weights and aggregations of the same data.

    Attributes
    ----------
    data : ndarray of float64, shape (n_units, n_indicators)
        Of a data frame the columns are taken by the names of the indicators.
    normalisations : dict of str to object
        Objects with ``apply(data)``, or functions of the data, that answer with an array of
        the same shape in which more is better. Where less of an indicator is better by the
        criteria, objects are told (``apply(data, directions)``); functions have to know.
    weightings : dict of str to object
        Schemes (``weigh(criteria, data)``), functions of the normalised data, `Weights`, or
        arrays (n_indicators,). They are scaled to sum to 1.
    aggregations : dict of str to object
        Objects with ``aggregate(data, weights)``, or functions of both, that answer with one
        score a unit; the larger is the better.
    units, indicators : tuple of str
        Numbers when not given; indicators are those of the criteria, or the columns of a
        data frame.
    criteria : Criteria or None
        What schemes are told about the indicators; their names alone when not given. Of
        directions only normalisations are told: after them more is better.
    without : frozenset of (str, str, str)
        Combinations to leave out, because a method does not take what another gives.

    Raises
    ------
    BadValueError
        For an empty choice, a thing that is no method, or shapes that do not fit.
    FaultsError
        Naming the unit and indicator of every value that is not finite.

    Examples
    --------
    >>> grid = MethodGrid(
    ...     [[80, 20], [40, 60], [50, 45]],
    ...     normalisations={"none": lambda x: x, "share": lambda x: x / x.max(axis=0)},
    ...     weightings={"equal": [1, 1], "first": [2, 1]},
    ...     aggregations={"mean": lambda x, w: x @ w, "least": lambda x, w: x.min(axis=1)},
    ...     units=["A", "B", "C"],
    ... )
    >>> result = grid.evaluate()
    >>> result
    <MethodsResult: 3 units, 8 combinations>
    >>> result.rank_ranges.tolist()
    [[1, 3], [1, 3], [1, 3]]
    """

    data: FloatArray = field(converter=anything)
    normalisations: Mapping[str, Any] = field(converter=_normalisations, kw_only=True)
    weightings: Mapping[str, Any] = field(converter=_weightings, kw_only=True)
    aggregations: Mapping[str, Any] = field(converter=_aggregations, kw_only=True)
    units: tuple[str, ...] = field(default=(), converter=unit_names, kw_only=True)
    indicators: tuple[str, ...] = field(default=(), converter=indicator_names, kw_only=True)
    criteria: Criteria | None = field(
        default=None, kw_only=True, validator=is_kind(Criteria, optional=True)
    )
    without: frozenset[Method] = field(default=frozenset(), converter=_methods, kw_only=True)

    def __attrs_post_init__(self) -> None:
        data, units, indicators = checked_table(
            self.data,
            units=self.units,
            indicators=self.indicators or (self.criteria.keys if self.criteria else ()),
            who="method grid",
            what="data",
        )
        if self.criteria is not None and self.criteria.keys != indicators:
            raise BadValueError(
                f"the criteria are {', '.join(self.criteria.keys)}; the indicators are "
                f"{', '.join(indicators)}: they must be the same, in the same order"
            )
        for name, value in (
            ("data", data.astype(np.float64)),
            ("units", units),
            ("indicators", indicators),
        ):
            object.__setattr__(self, name, value)
        wrong = [
            f"{kind} {name!r}"
            for kind, name, found in [
                *(
                    ("normalisation", n, _function(m, "apply"))
                    for n, m in self.normalisations.items()
                ),
                *(
                    ("aggregation", n, _function(m, "aggregate"))
                    for n, m in self.aggregations.items()
                ),
            ]
            if found is None
        ]
        if wrong:
            raise BadValueError(f"these are no methods: {', '.join(wrong)}")
        unknown = self.without - set(
            product(self.normalisations, self.weightings, self.aggregations)
        )
        if unknown:
            raise BadValueError(f"without: {min(unknown)} is no combination of the grid")
        if not self.methods:
            raise BadValueError("without leaves no combination")

    def __repr__(self) -> str:
        return (
            f"<MethodGrid: {len(self.units)} units, {len(self.normalisations)} normalisations × "
            f"{len(self.weightings)} weightings × {len(self.aggregations)} aggregations>"
        )

    @cached_property
    def methods(self) -> tuple[Method, ...]:
        """The combinations, in the order of the choices."""
        every = product(self.normalisations, self.weightings, self.aggregations)
        return tuple(m for m in every if m not in self.without)

    def normalised(self, name: str) -> FloatArray:
        """Return the data after one normalisation, float64 (n_units, n_indicators).

        Raises
        ------
        UnknownNameError
            For a name that is none of the normalisations.
        BadValueError
            When the normalisation answers with another shape, or with no numbers.
        """
        given = _chosen(self.normalisations, name, what="normalisation")
        apply = _function(given, "apply")
        told: tuple[IntArray, ...] = ()
        if self.criteria is not None and (self.criteria.directions < 0).any():
            told = (self.criteria.directions,) if hasattr(given, "apply") else ()
        what = f"the answer of normalisation {name!r}"
        answer = read_array(apply(self.data, *told), what=what)  # type: ignore[misc]
        if answer.shape != self.data.shape:
            raise BadValueError(f"{what} has shape {answer.shape}; needed: {self.data.shape}")
        return answer

    def weights(self, name: str, normalised: FloatArray) -> FloatArray:
        """Return the weights of one weighting, scaled to sum to 1, float64 (n_indicators,).

        Raises
        ------
        UnknownNameError
            For a name that is none of the weightings.
        BadValueError
            When the weighting does not answer with weights.
        """
        given = _chosen(self.weightings, name, what="weighting")
        weigh = _function(given, "weigh")
        if hasattr(given, "weigh") and weigh is not None:
            criteria = self.criteria or Criteria.of(self.indicators)
            criteria = evolve(criteria, directions=np.ones(len(criteria)))
            answer: WeightsLike = weigh(criteria, normalised)
        elif weigh is not None and not isinstance(given, Weights):
            answer = weigh(normalised)
        else:
            answer = given
        array = checked_weights(answer, self.indicators, what=f"weighting {name!r}")
        return np.asarray(array / array.sum(), dtype=np.float64)

    def scores(self, name: str, normalised: FloatArray, weights: FloatArray) -> FloatArray:
        """Return the scores of one aggregation, float64 (n_units,).

        Raises
        ------
        UnknownNameError
            For a name that is none of the aggregations.
        FaultsError
            Naming every unit whose score is not finite.
        """
        aggregate = _function(_chosen(self.aggregations, name, what="aggregation"), "aggregate")
        answer = aggregate(normalised, weights)  # type: ignore[misc]
        return checked_numbers(
            answer, (len(self.units),), what=f"scores of {name!r}", axes=(self.units,)
        ).astype(np.float64)

    def evaluate(self, *, progress: Progress | None = None) -> MethodsResult:
        """Score and rank by every combination.

        A `KeyboardInterrupt` comes out, and nothing is kept; a new run starts anew.

        Parameters
        ----------
        progress : callable, optional
            ``progress(done, total)``, in combinations, called in the calling thread after each
            of them; see `tqdm_progress`.

        Returns
        -------
        MethodsResult

        Raises
        ------
        FaultsError
            With every combination that fails, and why; leave those out by `without`.
        """
        done = Done(progress, total=len(self.methods))
        # What several combinations share is made once, and locked so that it stays the same.
        normalised = cache(lambda name: read_only(self.normalised(name).copy()))
        weights = cache(lambda name, of: self.weights(name, normalised(of)))
        faults, scores = [], []
        for first, second, third in self.methods:
            try:
                # A method that does not fit announces itself by infinities, which are refused.
                with np.errstate(all="ignore"):
                    given = normalised(first), weights(second, first)
                    scores.append(self.scores(third, *given))
            except (InovasiIndexError, ValueError, ArithmeticError, TypeError) as error:
                method = f"{first} × {second} × {third}"
                faults.append(Fault("method-fails", method, str(error)))
            done.add(1)
        if faults:
            raise FaultsError("combinations of methods", faults)
        every = np.array(scores)
        return MethodsResult(
            units=self.units,
            methods=self.methods,
            scores=every,
            ranks=competition_ranks(every),
        )


@frozen(eq=False, repr=False, kw_only=True)
class MethodsResult:
    """Scores and ranks under every combination of methods.

    Attributes
    ----------
    units : tuple of str
    methods : tuple of (str, str, str)
        Normalisation, weighting, aggregation.
    scores : ndarray of float64, shape (n_methods, n_units)
        On the scale of each method.
    ranks : ndarray of int64, shape (n_methods, n_units)

    References
    ----------
    Saisana, M., Saltelli, A., Tarantola, S. (2005). Uncertainty and sensitivity analysis
    techniques as tools for the quality assessment of composite indicators. JRSS A 168:2,
    307-323: choices of method as input factors, the average shift in rank ``R_S``, and shares
    of its variance.
    """

    units: tuple[str, ...]
    methods: tuple[Method, ...]
    scores: FloatArray
    ranks: IntArray

    def __repr__(self) -> str:
        return f"<MethodsResult: {len(self.units)} units, {len(self.methods)} combinations>"

    @property
    def rank_ranges(self) -> IntArray:
        """Best and worst rank, int64 (n_units, 2)."""
        return np.column_stack([self.ranks.min(axis=0), self.ranks.max(axis=0)])

    @property
    def median_ranks(self) -> FloatArray:
        """Median rank, float64 (n_units,)."""
        return np.asarray(np.median(self.ranks, axis=0))

    def top_shares(self, k: int) -> FloatArray:
        """Return the share of combinations that put a unit among the first `k`."""
        k = read_count(k, what="k", least=1, most=len(self.units))
        return np.asarray((self.ranks <= k).mean(axis=0))

    def mean_shifts(self, reference: Method | None = None) -> FloatArray:
        """Return the average shift in rank of each combination, float64 (n_methods,).

        Parameters
        ----------
        reference : (str, str, str), optional
            The combination that the shift is counted from; the first when not given.

        References
        ----------
        Saisana, Saltelli, Tarantola 2005, ``R_S = sum(|rank_ref - rank|) / M``.
        """
        at = 0 if reference is None else self._position(reference)
        return np.asarray(np.abs(self.ranks - self.ranks[at]).mean(axis=1))

    def _position(self, method: Method) -> int:
        given = _method(method, what="reference")
        if given not in self.methods:
            raise BadValueError(f"{given} is no combination of the grid")
        return self.methods.index(given)

    @property
    def is_complete(self) -> bool:
        """Whether every normalisation stands with every weighting and aggregation."""
        sizes = [len({m[i] for m in self.methods}) for i in range(3)]
        return int(np.prod(sizes)) == len(self.methods)

    def shares(
        self, of: Literal["ranks", "shift"] = "ranks", reference: Method | None = None
    ) -> dict[str, NumberArray]:
        """Return how much of the variance each choice explains, alone and at all.

        Combinations are equally likely and all are there, so these are the Sobol indices
        themselves, not estimates. Where some were left out the choices depend on each
        other: the shares are still those of the conditional means, but need not add up.

        Parameters
        ----------
        of : {"ranks", "shift"}
            Of the rank of each unit, or of the average shift in rank.
        reference : (str, str, str), optional
            For the shift.

        Returns
        -------
        dict of str to ndarray
            ``choice`` (str), ``unit`` (str; with ``of="ranks"``), ``first`` and ``total``
            (float64), one row a choice (and unit). 0 where nothing varies.
        """
        if not isinstance(of, str) or of not in ("ranks", "shift"):
            raise BadValueError(f"of is {shown(of)}: give 'ranks' or 'shift'")
        if of == "ranks":
            outputs = self.ranks.astype(np.float64)
        else:
            outputs = self.mean_shifts(reference)[:, None]
        variance = outputs.var(axis=0)
        scale = np.where(variance > 0, variance, 1)
        first, total = np.zeros((2, 3, outputs.shape[1]))
        for i in range(3):
            alone = _codes([(m[i],) for m in self.methods])
            others = _codes([m[:i] + m[i + 1 :] for m in self.methods])
            first[i] = explained_by(outputs, alone) / scale
            total[i] = np.maximum(variance - explained_by(outputs, others), 0) / scale
        columns: dict[str, Any] = {"choice": np.repeat(np.array(CHOICES), outputs.shape[1])}
        if of == "ranks":
            columns["unit"] = np.tile(np.array(self.units, dtype=np.str_), 3)
        return columns | {"first": first.ravel(), "total": total.ravel()}

    def to_columns(self) -> dict[str, NumberArray]:
        """Return one row a unit and combination, as columns ready for any data frame."""
        n = len(self.units)
        columns: dict[str, Any] = {
            choice: np.repeat(np.array([m[i] for m in self.methods], dtype=np.str_), n)
            for i, choice in enumerate(CHOICES)
        }
        return columns | {
            "unit": np.tile(np.array(self.units, dtype=np.str_), len(self.methods)),
            "score": self.scores.ravel(),
            "rank": self.ranks.ravel(),
        }


def _codes(keys: list[tuple[str, ...]]) -> IntArray:
    code = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    return np.array([code[key] for key in keys])


def _relative(given: float) -> float:
    value = as_number(given, what="relative")
    if not 0 <= value < 1:
        raise BadValueError(f"relative is {value:g}; allowed: 0 to below 1")
    return value


@frozen(repr=False)
class UncertainMethods:
    """Scenarios that choose a combination at random and disturb its weights.

    The scores of different methods have different scales, so count without one:
    ``Counting(scale=None)``.

    Attributes
    ----------
    grid : MethodGrid
        Its first combination is the nominal one.
    relative : float
        Weights are multiplied by factors uniform on ``1 ± relative``, then scaled to sum to 1.

    References
    ----------
    Saisana, M., Saltelli, A., Tarantola, S. (2005). JRSS A 168:2, 307-323.
    """

    grid: MethodGrid = field(validator=is_kind(MethodGrid))
    relative: float = field(default=0.0, kw_only=True, converter=_relative)
    # Each method is prepared once: the normalised data and the weights before the noise.
    _prepared: dict[Method, tuple[FloatArray, FloatArray]] = field(
        factory=dict, init=False, eq=False
    )

    def __attrs_post_init__(self) -> None:
        self.grid.evaluate()  # refuses combinations that fail before anything is drawn
        data = {name: self.grid.normalised(name) for name in self.grid.normalisations}
        for method in self.grid.methods:
            normalised = data[method[0]]
            self._prepared[method] = normalised, self.grid.weights(method[1], normalised)

    def __repr__(self) -> str:
        return f"<UncertainMethods: {self.grid!r}, weights ± {100 * self.relative:g} %>"

    @property
    def units(self) -> tuple[str, ...]:
        """Names of what is scored."""
        return self.grid.units

    @property
    def indicators(self) -> tuple[str, ...]:
        """Names of what is weighted."""
        return self.grid.indicators

    @property
    def block_size(self) -> int:
        """64: draws are scored one by one."""
        return 64

    def nominal(self) -> FloatArray:
        """Return the scores of the first combination, float64 (n_units,)."""
        method = self.grid.methods[0]
        return self.grid.scores(method[2], *self._prepared[method])

    def draw(self, streams: Streams, n_draws: int) -> tuple[FloatArray, FloatArray]:
        """Return scores and weights; as `Scenarios.draw`."""
        methods = self.grid.methods
        chosen = streams.generator(Purpose.METHODS).integers(len(methods), size=n_draws)
        uniforms = streams.generator(Purpose.WEIGHTS).random((n_draws, len(self.indicators)))
        relative = np.full(len(self.indicators), self.relative)
        scores = np.empty((n_draws, len(self.units)))
        weights = np.empty((n_draws, len(self.indicators)))
        for i, at in enumerate(chosen):
            normalised, nominal = self._prepared[methods[at]]
            weights[i] = noisy(uniforms[i : i + 1], nominal, relative)[0]
            scores[i] = self.grid.scores(methods[at][2], normalised, weights[i])
        return scores, weights
