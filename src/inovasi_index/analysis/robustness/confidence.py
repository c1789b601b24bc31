"""Whether the answers are known well enough to act on a central weight vector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inovasi_index.analysis.robustness.checking import checked_numbers, require_kind
from inovasi_index.analysis.robustness.kernels.counting import competition_ranks
from inovasi_index.analysis.robustness.progress import Done
from inovasi_index.analysis.robustness.results import MOST_DRAWS
from inovasi_index.analysis.robustness.scenarios import UncertainLevels
from inovasi_index.analysis.robustness.streams import Purpose, Streams
from inovasi_index.composite.arrays import read_count

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from inovasi_index.analysis.robustness.kernels.arrays import FloatArray
    from inovasi_index.analysis.robustness.progress import Progress

__all__ = ["confidence_factors"]


def confidence_factors(
    scenarios: UncertainLevels,
    central_weights: ArrayLike,
    *,
    draws: int = 1000,
    seed: int,
    progress: Progress | None = None,
) -> FloatArray:
    """Return the probability that each unit is first at its own central weights.

    With certain answers and a linear score it is 1 for every unit that is ever first; what
    is missing from 1 is what the answers leave open.

    A `KeyboardInterrupt` comes out, and nothing is kept: a new run starts anew, and the same
    seed gives the same result.

    Parameters
    ----------
    scenarios : UncertainLevels
        Its answers are drawn; its weights are not used.
    central_weights : array_like, shape (n_units, n_indicators)
        As `RobustnessResult.central_weights` gives them. A row of 0 is a unit without any.
    draws : int
    seed : int
    progress : callable, optional
        ``progress(done, total)``, in draws, called in the calling thread after each block of
        them; see `tqdm_progress`.

    Returns
    -------
    ndarray of float64, shape (n_units,)
        0 for units without central weights.

    Raises
    ------
    BadValueError
        For numbers out of range, and weights of another shape.
    FaultsError
        Naming every weight that is negative or not finite.

    References
    ----------
    Lahdelma, R., Salminen, P. (2001). SMAA-2: Stochastic multicriteria acceptability analysis
    for group decision making. Operations Research 49:3, 444-454: the confidence factor
    ``p_i^c``.

    Examples
    --------
    >>> from inovasi_index.analysis.robustness import FixedWeights, Survival, UncertainLevels
    >>> levels = [[3, 1], [2, 3]]
    >>> scenarios = UncertainLevels(levels, Survival(0.9), FixedWeights([1, 1]))
    >>> factors = confidence_factors(scenarios, [[1, 0], [0, 1]], seed=1)
    >>> bool((abs(factors - 0.9) < 0.05).all())
    True
    """
    require_kind(scenarios, UncertainLevels, what="scenarios")
    units = scenarios.units
    weights = checked_numbers(
        central_weights,
        (len(units), len(scenarios.indicators)),
        what="central weights",
        axes=(units, scenarios.indicators),
        negative=False,
    ).astype(np.float64)
    read_count(draws, what="draws", least=1, most=MOST_DRAWS)
    seed = read_count(seed, what="seed")
    block = scenarios.block_size
    done = Done(progress, total=draws)
    active = np.flatnonzero(weights.any(axis=1))
    first = np.zeros(len(units), np.int64)
    scores = np.empty((len(active), len(units)))
    for start in range(0, draws if active.size else 0, block):
        rng = Streams(seed, start // block).generator(Purpose.LEVELS)
        n_draws = min(block, draws - start)
        for _ in range(n_draws):
            levels = scenarios.answers.draw(rng, scenarios.levels)
            for row, unit in zip(scores, active, strict=True):
                row[:] = scenarios.score(levels, weights[unit])
            own = competition_ranks(scores)[np.arange(len(active)), active]
            first[active] += own == 1
        done.add(n_draws)
    return first / draws
