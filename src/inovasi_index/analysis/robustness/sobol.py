"""Shares of the variance of a result that each uncertain input explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import define, frozen

from inovasi_index.analysis.robustness.checking import (
    checked_function,
    checked_names,
    names_given,
    require_kind,
)
from inovasi_index.analysis.robustness.kernels.counting import competition_ranks
from inovasi_index.analysis.robustness.kernels.variances import first_order_saltelli, total_jansen
from inovasi_index.analysis.robustness.progress import Done
from inovasi_index.analysis.robustness.samplers import UniformSampler, require_fit
from inovasi_index.analysis.robustness.scores import ScoreOfWeights
from inovasi_index.composite.arrays import read_array, read_count
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inovasi_index.analysis.robustness.kernels.arrays import FloatArray, NumberArray
    from inovasi_index.analysis.robustness.progress import Progress

__all__ = ["SobolIndices", "score_indices", "shift_indices", "sobol_indices"]


@frozen(eq=False, repr=False, kw_only=True)
class SobolIndices:
    """First-order and total indices, with their standard errors.

    Attributes
    ----------
    inputs, outputs : tuple of str
    first, total : ndarray of float64, shape (n_inputs, n_outputs)
        Share of the variance that an input explains alone, and with all its interactions. 0
        for an output that does not vary. Estimates: a small index can come out below 0.
    first_error, total_error : ndarray of float64, shape (n_inputs, n_outputs)
        Standard error, from the repeats.
    variance : ndarray of float64, shape (n_outputs,)
    n_evaluations : int
        How often the function was evaluated.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    first: FloatArray
    total: FloatArray
    first_error: FloatArray
    total_error: FloatArray
    variance: FloatArray
    n_evaluations: int

    def __repr__(self) -> str:
        most = int(np.argmax(self.total.mean(axis=1)))
        return (
            f"<SobolIndices: {len(self.inputs)} inputs, {len(self.outputs)} outputs; "
            f"{self.inputs[most]} matters most (total {self.total[most].mean():.2f})>"
        )

    def to_columns(self) -> dict[str, NumberArray]:
        """Return one row an input and output, as columns ready for any data frame."""
        n = len(self.outputs)
        return {
            "input": np.repeat(np.array(self.inputs, dtype=np.str_), n),
            "output": np.tile(np.array(self.outputs, dtype=np.str_), len(self.inputs)),
            "first": self.first.ravel(),
            "first_error": self.first_error.ravel(),
            "total": self.total.ravel(),
            "total_error": self.total_error.ravel(),
        }


def _input_names(given: Iterable[str] | int, *, most: int) -> tuple[str, ...]:
    if isinstance(given, int | np.integer):
        n = read_count(given, what="the number of inputs", least=1, most=most)
        return checked_names(None, n, what="input")
    names = names_given(given, what="inputs")
    if not names:
        raise BadValueError("there are no inputs")
    read_count(len(names), what="the number of inputs", least=1, most=most)
    return checked_names(names, len(names), what="input")


@define(eq=False)
class _Evaluated:
    """A function of points whose answers are held against what they must be."""

    function: Callable[[FloatArray], Any]
    points: int
    outputs: tuple[str, ...]
    done: Done

    def __call__(self, at: FloatArray) -> FloatArray:
        answer = read_array(self.function(at), what="the answer of the function")
        if answer.ndim != 2 or len(answer) != self.points or not answer.size:
            raise BadValueError(
                f"the function answered with shape {answer.shape}; "
                f"needed: ({self.points}, n_outputs)"
            )
        if not np.isfinite(answer).all():
            raise BadValueError("the function answered with values that are not finite")
        if len(self.outputs) != answer.shape[1]:
            self.outputs = checked_names(self.outputs, answer.shape[1], what="output")
        self.done.add(self.points)
        return answer


def sobol_indices(
    function: Callable[[FloatArray], Any],
    inputs: Iterable[str] | int,
    *,
    points: int = 1024,
    repeats: int = 4,
    seed: int,
    outputs: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> SobolIndices:
    """Estimate Sobol indices of a function of independent uniform inputs.

    The points are scrambled Sobol sequences, a new scrambling for each repeat; the spread of
    the repeats gives the standard errors. First-order indices take the estimator of
    Saltelli et al. 2010, total ones that of Jansen 1999. Only one design of points is held
    at a time, however many outputs there are.

    A `KeyboardInterrupt` comes out, and nothing is kept: standard errors need whole repeats. A
    new run starts anew, and the same seed gives the same result.

    Parameters
    ----------
    function : callable
        ``function(u)``: float64 (n_points, n_inputs) in [0, 1), to float64 (n_points,
        n_outputs).
    inputs : iterable of str or int
        Names of the inputs, or their number.
    points : int
        A power of two.
    repeats : int
        At least 2. The function is evaluated at ``repeats × points × (n_inputs + 2)`` points.
    seed : int
    outputs : iterable of str, optional
        Names; numbers when not given.
    progress : callable, optional
        ``progress(done, total)``, in points at which the function is evaluated, called in the
        calling thread each time that it has answered; see `tqdm_progress`.

    Returns
    -------
    SobolIndices

    Raises
    ------
    MissingExtraError
        When SciPy is not installed.
    BadValueError
        For numbers out of range, and a function that answers with another shape or with
        values that are not finite.

    References
    ----------
    Sobol', I. M. (2001). Global sensitivity indices for nonlinear mathematical models and
    their Monte Carlo estimates. Mathematics and Computers in Simulation 55, 271-280.
    Jansen, M. J. W. (1999). Analysis of variance designs for model output. Computer Physics
    Communications 117, 35-43.
    Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M., Tarantola, S. (2010).
    Variance based sensitivity analysis of model output. Computer Physics Communications
    181, 259-270, table 2 (b) and (f).

    Examples
    --------
    >>> indices = sobol_indices(lambda u: u @ np.array([[3.0], [4.0]]), ["x", "y"], seed=1)
    >>> indices.first.round(2).ravel().tolist()
    [0.36, 0.64]
    """
    try:
        from scipy.stats.qmc import Sobol
    except ImportError:
        raise MissingExtraError.of("Sobol indices", "optimise") from None
    checked_function(function, what="function")
    names = _input_names(inputs, most=Sobol.MAXDIM // 2)
    n = len(names)
    read_count(points, what="points", least=2, most=2**30)
    if points & (points - 1):
        raise BadValueError(f"points is {points}; a power of two is needed (1024, 2048, …)")
    read_count(repeats, what="repeats", least=2)
    seed = read_count(seed, what="seed")
    done = Done(progress, total=repeats * points * (n + 2))
    given = names_given(outputs, what="outputs")
    evaluate = _Evaluated(function, points, checked_names(given, len(given), what="output"), done)
    firsts, totals, variances, largest = [], [], [], []
    for stream in np.random.SeedSequence(seed).spawn(repeats):
        rng = np.random.Generator(np.random.Philox(stream))
        # SciPy 1.15 prefers the name rng; both are taken.
        sequence = Sobol(2 * n, scramble=True, seed=rng)  # pyright: ignore[reportCallIssue]
        design = sequence.random(points)
        a, b = design[:, :n], design[:, n:]
        at_a, at_b = evaluate(a.copy()), evaluate(b.copy())
        # Indices do not depend on the mean; taking it off lessens the error.
        mean = (at_a + at_b).mean(axis=0) / 2
        at_a, at_b = at_a - mean, at_b - mean
        first, total = np.empty((2, n, at_a.shape[1]))
        for i in range(n):
            mixed = a.copy()
            mixed[:, i] = b[:, i]
            at_mixed = evaluate(mixed) - mean
            first[i] = first_order_saltelli(at_a, at_b, at_mixed)
            total[i] = total_jansen(at_a, at_mixed)
        firsts.append(first)
        totals.append(total)
        largest.append(np.abs([at_a + mean, at_b + mean]).max(axis=(0, 1)))
        variances.append((np.mean(at_a**2, axis=0) + np.mean(at_b**2, axis=0)) / 2)
    variance = np.mean(variances, axis=0)
    # What varies by rounding alone does not vary.
    varies = variance > (1e-12 * np.max(largest, axis=0)) ** 2
    scale = np.where(varies, variance, np.inf)
    shares = [np.array(part) / scale for part in (firsts, totals)]
    errors = [s.std(axis=0, ddof=1) / np.sqrt(repeats) for s in shares]
    return SobolIndices(
        inputs=names,
        outputs=evaluate.outputs,
        first=shares[0].mean(axis=0),
        total=shares[1].mean(axis=0),
        first_error=errors[0],
        total_error=errors[1],
        variance=variance,
        n_evaluations=done.total,
    )


def _checked_sampler(score: ScoreOfWeights, sampler: UniformSampler) -> None:
    require_kind(score, ScoreOfWeights, what="score")
    if isinstance(sampler, type) or not isinstance(sampler, UniformSampler):
        raise BadValueError(
            f"sampler {shown(sampler)} cannot be driven by independent uniform numbers; "
            "take NoisyWeights or Dirichlet.flat"
        )
    require_fit(sampler, score.indicators)


def score_indices(
    score: ScoreOfWeights,
    sampler: UniformSampler,
    *,
    points: int = 1024,
    repeats: int = 4,
    seed: int,
    progress: Progress | None = None,
) -> SobolIndices:
    """Estimate how much of the variance of each unit's score each weight explains.

    Weights that sum to 1 depend on each other. The inputs are what drives them: the factor
    of a weight before all are scaled to sum to 1.

    Parameters
    ----------
    score : ScoreOfWeights
    sampler : UniformSampler
        `NoisyWeights` or a flat `Dirichlet`.
    points, repeats, seed, progress
        As for `sobol_indices`.

    Returns
    -------
    SobolIndices
        One output a unit.

    Examples
    --------
    >>> from inovasi_index.analysis.robustness import LinearScore, NoisyWeights
    >>> score = LinearScore([[80, 20, 50], [40, 60, 50]], indicators=["x", "y", "z"])
    >>> score_indices(score, NoisyWeights([0.5, 0.4, 0.1], relative=0.2), seed=1)
    <SobolIndices: 3 inputs, 2 outputs; x matters most (total 0.51)>
    """
    _checked_sampler(score, sampler)
    return sobol_indices(
        lambda u: score(sampler.from_uniforms(u)),
        score.indicators,
        points=points,
        repeats=repeats,
        seed=seed,
        outputs=score.units,
        progress=progress,
    )


def shift_indices(
    score: ScoreOfWeights,
    sampler: UniformSampler,
    *,
    points: int = 1024,
    repeats: int = 4,
    seed: int,
    progress: Progress | None = None,
) -> SobolIndices:
    """Estimate how much of the variance of the average shift in rank each weight explains.

    Parameters
    ----------
    score, sampler, points, repeats, seed, progress
        As for `score_indices`. The shift is counted from the ranks at the centre of the
        sampler.

    Returns
    -------
    SobolIndices
        With one output.

    References
    ----------
    Saisana, M., Saltelli, A., Tarantola, S. (2005). JRSS A 168:2, 307-323: the average
    shift in rank ``R_S`` and its sensitivity indices.
    """
    _checked_sampler(score, sampler)
    nominal = competition_ranks(score(sampler.centre[None, :]))

    def shift(uniforms: FloatArray) -> FloatArray:
        ranks = competition_ranks(score(sampler.from_uniforms(uniforms)))
        return np.asarray(np.abs(ranks - nominal).mean(axis=1, keepdims=True))

    return sobol_indices(
        shift,
        score.indicators,
        points=points,
        repeats=repeats,
        seed=seed,
        outputs=["average shift in rank"],
        progress=progress,
    )
