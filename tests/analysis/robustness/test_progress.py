"""Progress of whatever takes long: what is told, and what happens when the telling fails."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from inovasi_index.analysis.robustness import (
    Bands,
    Dirichlet,
    LinearScore,
    MethodGrid,
    NoisyWeights,
    Survival,
    UncertainLevels,
    UncertainWeights,
    band_intervals,
    confidence_factors,
    pair_intervals,
    score_indices,
    shift_indices,
    simulate,
    sobol_indices,
    tqdm_progress,
)
from inovasi_index.errors import BadValueError, FaultsError

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("scipy")

RNG = np.random.default_rng(4)
SCORE = LinearScore(RNG.random((5, 3)) * 100, units=list("ABCDE"))
NOISY = NoisyWeights([0.5, 0.3, 0.2], relative=0.3)
ANSWERS = UncertainLevels(RNG.integers(0, 4, (4, 3)), Survival(0.8), Dirichlet.flat(3))
CENTRAL = RNG.dirichlet(np.ones(3), 4)
GRID = MethodGrid(
    RNG.random((4, 3)),
    normalisations={"none": lambda x: x, "share": lambda x: x / x.sum(axis=0)},
    weightings={"equal": [1, 1, 1], "mean": lambda x: x.mean(axis=0)},
    aggregations={"sum": lambda x, w: x @ w, "least": lambda x, _: x.min(axis=1)},
    without=[("share", "mean", "sum")],
)


def simulated(threads: int, **how: Any) -> Any:
    scenarios = UncertainWeights(SCORE, NOISY)
    return simulate(scenarios, draws=9000, seed=1, threads=threads, **how)


#: What takes long, how much there is of it, and how much is done after the first step.
RUNS: dict[str, tuple[Callable[..., Any], int, int]] = {
    "simulate": (lambda **how: simulated(1, **how), 9000, 2048),
    "confidence_factors": (
        lambda **how: confidence_factors(ANSWERS, CENTRAL, draws=150, seed=1, **how),
        150,
        64,
    ),
    "sobol_indices": (
        lambda **how: sobol_indices(lambda u: u**2, 3, points=8, repeats=3, seed=1, **how),
        3 * 8 * (3 + 2),
        8,
    ),
    "score_indices": (
        lambda **how: score_indices(SCORE, NOISY, points=8, repeats=2, seed=1, **how),
        2 * 8 * (3 + 2),
        8,
    ),
    "shift_indices": (
        lambda **how: shift_indices(SCORE, NOISY, points=8, repeats=2, seed=1, **how),
        2 * 8 * (3 + 2),
        8,
    ),
    "MethodGrid.evaluate": (GRID.evaluate, 7, 1),
    "pair_intervals": (
        lambda **how: pair_intervals(SCORE, [1, 1, 1], [("A", "B"), ("C", "E")], **how),
        2,
        1,
    ),
    "pair_intervals of neighbours": (lambda **how: pair_intervals(SCORE, [1, 1, 1], **how), 4, 1),
    "band_intervals": (
        lambda **how: band_intervals(SCORE, [0.5, 0.3, 0.2], Bands(["low", "high"], [50]), **how),
        5,
        1,
    ),
}
#: Those that give no part of a result when they are interrupted.
WHOLE = [name for name in RUNS if name != "simulate"]


def content(result: Any) -> list[Any]:
    """Return everything that a result says, to the bit."""
    columns = {"": result} if isinstance(result, np.ndarray) else result.to_columns()
    return [(name, array.tolist()) for name, array in columns.items()]


@pytest.mark.parametrize("name", RUNS)
def test_progress_counts_up_to_the_total_in_the_calling_thread(name: str) -> None:
    run, total, first = RUNS[name]
    seen: list[tuple[int, int]] = []
    threads = set()

    def note(done: int, of: int) -> None:
        seen.append((done, of))
        threads.add(threading.current_thread())

    result = run(progress=note)
    done = [one for one, _ in seen]
    assert done == sorted(set(done))
    assert done[0] == first
    assert seen[-1] == (total, total)
    assert {of for _, of in seen} == {total}
    assert threads == {threading.current_thread()}
    assert content(result) == content(run())


class StopHereError(Exception):
    """What no one else raises."""


@pytest.mark.parametrize("error", [StopHereError, KeyboardInterrupt])
@pytest.mark.parametrize("name", WHOLE)
def test_what_the_callback_raises_comes_out_and_a_new_run_is_whole(
    name: str, error: type[BaseException]
) -> None:
    run, total, first = RUNS[name]
    before = content(run())
    for last in (first, total):

        def fail(done: int, of: int, last: int = last) -> None:
            if done >= last:
                raise error

        with pytest.raises(error):
            run(progress=fail)
        assert content(run()) == before


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("error", [StopHereError, KeyboardInterrupt])
def test_no_thread_of_a_simulation_outlives_a_callback_that_fails(
    threads: int, error: type[BaseException]
) -> None:
    running = threading.active_count()

    def fail(done: int, of: int) -> None:
        raise error

    if error is KeyboardInterrupt:
        part = simulated(threads, progress=fail)
        assert part.n_draws > 0
        assert simulated(threads, resume=part) == simulated(1)
    else:
        with pytest.raises(error):
            simulated(threads, progress=fail)
    assert threading.active_count() == running


@pytest.mark.parametrize("name", RUNS)
def test_a_progress_that_cannot_be_called_is_refused_before_anything_is_done(name: str) -> None:
    with pytest.raises(BadValueError, match="progress must be a function, not 'tqdm'"):
        RUNS[name][0](progress="tqdm")


@given(draws=st.integers(1, 300))
@examples(20)
def test_draws_of_confidence_factors_are_told_by_blocks(draws: int) -> None:
    seen: list[int] = []
    confidence_factors(
        ANSWERS, CENTRAL, draws=draws, seed=2, progress=lambda done, _: seen.append(done)
    )
    assert seen == [*range(64, draws, 64), draws]


def test_combinations_that_fail_are_done_as_well() -> None:
    seen: list[tuple[int, int]] = []
    grid = MethodGrid(
        [[1, 2], [3, 4]],
        normalisations={"none": lambda x: x, "infinite": lambda x: x / 0},
        weightings={"equal": [1, 1]},
        aggregations={"sum": lambda x, w: x @ w},
    )
    with pytest.raises(FaultsError, match="infinite × equal × sum"):
        grid.evaluate(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_what_evaluates_is_counted() -> None:
    points: list[int] = []
    seen: list[int] = []

    def square(u: np.ndarray) -> np.ndarray:
        points.append(len(u))
        return u**2

    found = sobol_indices(
        square, 2, points=4, repeats=2, seed=1, progress=lambda done, _: seen.append(done)
    )
    assert seen == np.cumsum(points).tolist()
    assert seen[-1] == found.n_evaluations


def test_a_bar_serves_one_run_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    bar = tqdm_progress("steps")

    def fail(done: int, total: int) -> None:
        bar(done, total)
        raise StopHereError

    with pytest.raises(StopHereError):
        GRID.evaluate(progress=fail)
    sobol_indices(lambda u: u, 1, points=4, repeats=2, seed=0, progress=bar)
    shown = capsys.readouterr().err
    assert "1/7" in shown
    assert "24/24" in shown
    assert "steps: 100%" in shown
