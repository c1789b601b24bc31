"""Draw, rank, count: many scenarios in constant memory."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import pairwise
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from attrs import define, evolve, field, frozen

from inovasi_index.analysis.robustness.checking import (
    checked_function,
    checked_numbers,
    fingerprint,
    is_kind,
    names_given,
    positions_of,
    require_kind,
)
from inovasi_index.analysis.robustness.kernels import counting
from inovasi_index.analysis.robustness.progress import Done
from inovasi_index.analysis.robustness.results import (
    INDEX_SCALE,
    MOST_DRAWS,
    WEIGHT_UNIT,
    RobustnessResult,
    Scale,
    Span,
    joined,
)
from inovasi_index.analysis.robustness.scenarios import Scenarios
from inovasi_index.analysis.robustness.streams import Streams
from inovasi_index.composite.arrays import read_count
from inovasi_index.composite.words import shown
from inovasi_index.errors import BadValueError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inovasi_index.analysis.robustness.kernels.arrays import FloatArray, IntArray
    from inovasi_index.analysis.robustness.progress import Progress

__all__ = ["Counting", "Workers", "simulate"]

#: ``workers(function, chunks)`` gives what the function makes of each chunk, in any order.
Workers: TypeAlias = Callable[
    [Callable[[list[Span]], RobustnessResult], list[list[Span]]], Iterable[RobustnessResult]
]

# How far below a half step a score may fall by rounding of floats and still count as the half.
_HALF_SLACK = 1e-6
# Draws that are ranked and counted at a time: their arrays fit the second-level cache.
_SLICE = 256
# How far, in steps, a score may leave its scale by rounding of floats.
_SCALE_SLACK = 1e-3


def _rivals(given: Iterable[str] | None) -> tuple[str, ...]:
    return names_given(given, what="rivals")


@frozen
class Counting:
    """What a simulation counts besides ranks and central weights.

    Attributes
    ----------
    scale : Scale or None
        Of the scores, for intervals and bands; 0 to 100 in hundredths when not given. `None`
        where scores are not to be counted.
    rivals : tuple of str
        Units of which every two are held against each other. All 546 regions against each
        other take some four times as long as the rest.
    n_top : int
        Down to which place it is counted whether the first k units stay the same.
    """

    scale: Scale | None = field(default=INDEX_SCALE, validator=is_kind(Scale, optional=True))
    rivals: tuple[str, ...] = field(default=(), converter=_rivals, kw_only=True)
    n_top: int = field(default=20, kw_only=True)

    def __attrs_post_init__(self) -> None:
        read_count(self.n_top, what="n_top", least=1)


@define(eq=False)
class _Tally:
    """Counters that blocks are added to, one at a time. Units stand in nominal order."""

    scenarios: Scenarios
    counting: Counting
    position: IntArray
    rivals: IntArray
    ranks: np.ndarray = field(init=False)
    scores: np.ndarray | None = field(init=False)
    kept: IntArray = field(init=False)
    weights: IntArray = field(init=False)
    wins: np.ndarray = field(init=False)
    spans: list[Span] = field(init=False, factory=list)
    lock: threading.Lock = field(init=False, factory=threading.Lock)

    def __attrs_post_init__(self) -> None:
        n = len(self.position)
        scale = self.counting.scale
        self.ranks = np.zeros((n, n), np.uint32)
        self.scores = None if scale is None else np.zeros((n, scale.n_steps), np.uint32)
        self.kept = np.zeros(min(self.counting.n_top, n), np.int64)
        self.weights = np.zeros((n, len(self.scenarios.indicators)), np.int64)
        self.wins = np.zeros((len(self.rivals), len(self.rivals)), np.uint32)

    def count(self, span: Span) -> None:
        """Draw one block and add the draws of a span of it."""
        size = self.scenarios.block_size
        block = span.start // size
        # Always the whole block, so that a draw does not depend on how many are asked for.
        scores, weights = self.scenarios.draw(Streams(span.seed, block), size)
        for start in range(span.start - block * size, span.stop - block * size, _SLICE):
            rows = slice(start, min(start + _SLICE, span.stop - block * size))
            self._add(scores[rows], weights[rows], block * size + start)
        with self.lock:
            self.spans.append(span)

    def _add(self, scores: FloatArray, weights: FloatArray, first_draw: int) -> None:
        lowest, highest = scores.min(axis=1), scores.max(axis=1)
        self._require_on_scale(scores, float(lowest.min()), float(highest.max()), first_draw)
        order, ranks = counting.places(scores, self.position, lowest, highest)
        steps = self._steps(scores)
        kept = counting.kept_sets(order, len(self.kept))
        fixed = np.rint(weights / WEIGHT_UNIT).astype(np.int64)
        wins = None
        if self.rivals.size:
            wins = counting.win_counts(counting.ranks_of(order, ranks)[:, self.rivals])
        with self.lock:
            if self.scores is not None:
                counting.count_steps(self.scores, steps)
            self.kept += kept
            if fixed.shape[1]:
                counting.first_weight_sums(self.weights, fixed, order, ranks)
            if wins is not None:
                self.wins += wins.astype(np.uint32)
            counting.count_places(self.ranks, order, ranks)

    def _steps(self, scores: FloatArray) -> IntArray:
        scale = self.counting.scale
        if scale is None:
            return np.empty((0, 0), np.int64)
        return counting.score_bins(
            scores, lower=scale.lower, steps_per_unit=scale.steps_per_unit, slack=_HALF_SLACK
        )

    def _require_on_scale(
        self, scores: FloatArray, lowest: float, highest: float, start: int
    ) -> None:
        """Refuse scores that are not finite or outside the scale."""
        if not np.isfinite(lowest + highest):
            draw, unit = np.argwhere(~np.isfinite(scores))[0]
            raise BadValueError(
                f"draw {start + draw}: the score of {self.scenarios.units[unit]} is "
                f"{scores[draw, unit]}, not a finite number"
            )
        scale = self.counting.scale
        if scale is None:
            return
        slack = _SCALE_SLACK / scale.steps_per_unit
        if lowest < scale.lower - slack or highest > scale.upper + slack:
            outside = (scores < scale.lower - slack) | (scores > scale.upper + slack)
            draw, unit = np.argwhere(outside)[0]
            raise BadValueError(
                f"draw {start + draw}: the score of {self.scenarios.units[unit]} is "
                f"{scores[draw, unit]:g}, outside the scale {scale.lower:g} to {scale.upper:g}; "
                "give Counting another scale, or None"
            )

    def result(self, digest: str, nominal: FloatArray, nominal_ranks: IntArray) -> RobustnessResult:
        """Return what was counted, with the units in their own order."""
        return RobustnessResult(
            units=self.scenarios.units,
            indicators=self.scenarios.indicators,
            nominal=nominal,
            nominal_ranks=nominal_ranks,
            rank_counts=np.ascontiguousarray(self.ranks.T[self.position]),
            scale=self.counting.scale,
            score_counts=self.scores,
            kept_counts=self.kept,
            weight_sums=self.weights[self.position],
            rivals=self.counting.rivals,
            win_counts=self.wins,
            spans=joined(self.spans),
            digest=digest,
        )


@frozen(eq=False)
class _Chunks:
    """Counts chunks of blocks wherever it is sent: it keeps nothing of one for the next."""

    scenarios: Scenarios
    counting: Counting
    position: IntArray
    rivals: IntArray
    digest: str
    nominal: FloatArray
    nominal_ranks: IntArray

    def __call__(self, spans: list[Span]) -> RobustnessResult:
        tally = _Tally(self.scenarios, self.counting, self.position, self.rivals)
        for span in spans:
            tally.count(span)
        return tally.result(self.digest, self.nominal, self.nominal_ranks)


def _ranked(scores: FloatArray, position: IntArray) -> tuple[IntArray, IntArray]:
    """Return the order of one set of scores as positions, and the rank of each position."""
    order, ranks = counting.places(
        scores[None, :], position, scores[None, :].min(axis=1), scores[None, :].max(axis=1)
    )
    return order[0].astype(np.int64), counting.ranks_of(order, ranks)[0]


def _pieces(spans: list[Span], *, block_size: int, chunk_size: int) -> Iterator[list[Span]]:
    """Cut spans into chunks of blocks, each block or part of a block one span."""
    blocks_a_chunk = -(-chunk_size // block_size)
    for span in spans:
        borders = range((span.start // block_size + 1) * block_size, span.stop, block_size)
        edges = [span.start, *borders, span.stop]
        blocks = [Span(span.seed, a, b) for a, b in pairwise(edges)]
        for first in range(0, len(blocks), blocks_a_chunk):
            yield blocks[first : first + blocks_a_chunk]


def _missing(done: tuple[Span, ...], seed: int, draws: int) -> list[Span]:
    """Return the spans of a seed below `draws` that are not done."""
    out, start = [], 0
    for span in done:
        if span.seed == seed:
            if start < span.start:
                out.append(Span(seed, start, min(span.start, draws)))
            start = max(start, span.stop)
        if start >= draws:
            return [s for s in out if len(s) > 0]
    return [s for s in [*out, Span(seed, start, draws)] if len(s) > 0]


def simulate(  # noqa: PLR0913 - one subject, each with a default
    scenarios: Scenarios,
    *,
    draws: int = 10_000,
    seed: int,
    counting: Counting | None = None,
    resume: RobustnessResult | None = None,
    threads: int = 1,
    workers: Workers | None = None,
    chunk_size: int = 2048,
    progress: Progress | None = None,
) -> RobustnessResult:
    """Draw scenarios and count ranks, scores, wins and the weights of winners.

    The same seed gives the same result whatever the chunk size and the number of threads:
    draw number i is the same always, and what is counted is whole numbers. (The last bits
    of scores are those of the linear algebra library at hand; scores closer than 2**-32 of
    the largest score of the draw are tied, so that they do not matter.) Memory does not
    grow with the number of draws: counters of n_units × (n_units + steps of the scale), 23 MB
    for 546 regions on 0 to 100 in hundredths, and some 15 MB a thread.

    A `KeyboardInterrupt` ends the simulation after the blocks under way; what is done so
    far comes back as a result, and `resume` goes on from it.

    Parameters
    ----------
    scenarios : Scenarios
        `UncertainWeights`, `UncertainLevels`, `UncertainMethods`, or any object like them.
    draws : int
        Draws 0 to ``draws - 1`` of the seed are wanted.
    seed : int
        Not negative.
    counting : Counting, optional
        What is counted.
    resume : RobustnessResult, optional
        A result of the same scenarios; draws that it has are not made again. Its draws of
        other seeds count as well.
    threads : int
        Threads that draw and count.
    workers : callable, optional
        ``workers(function, chunks)`` calls the function with each chunk, on other processes or
        machines, and gives back what comes of each, in any order: the ``map`` of a
        `ProcessPoolExecutor` or of Dask's ``Client.get_executor()``, or `spark_workers`. What
        comes back of a chunk are whole counters, so few large chunks are best; scenarios are
        pickled.
    chunk_size : int
        Draws between two calls of `progress`, and of one task of the workers; rounded up to
        whole blocks.
    progress : callable, optional
        ``progress(done, total)``, called in the calling thread; see `tqdm_progress`.

    Returns
    -------
    RobustnessResult

    Raises
    ------
    BadValueError
        For numbers out of range, a result of other scenarios, a score that is not finite or
        outside the scale (naming unit and draw), threads besides workers, and workers that
        lose chunks.
    UnknownNameError
        For a rival that is no unit.

    References
    ----------
    Lahdelma, R., Salminen, P. (2001). SMAA-2. Operations Research 49:3, 444-454.
    Butler, J., Jia, J., Dyer, J. (1997). EJOR 103:3, 531-546.
    Saisana, M., Saltelli, A., Tarantola, S. (2005). JRSS A 168:2, 307-323.

    Examples
    --------
    A is first wherever the first weight is above one half.

    >>> from inovasi_index.analysis.robustness import Dirichlet, LinearScore, UncertainWeights
    >>> score = LinearScore([[80, 20], [40, 60]], units=["A", "B"])
    >>> result = simulate(UncertainWeights(score, Dirichlet.flat(2)), draws=1000, seed=1)
    >>> result
    <RobustnessResult: 2 units, 1000 draws>
    >>> bool(abs(result.first_probabilities[0] - 0.5) < result.margin)
    True
    """
    require_kind(scenarios, Scenarios, what="scenarios")
    counting_ = Counting() if counting is None else counting
    require_kind(counting_, Counting, what="counting")
    if resume is not None:
        require_kind(resume, RobustnessResult, what="resume")
    read_count(draws, what="draws", least=1, most=MOST_DRAWS)
    read_count(threads, what="threads", least=1)
    read_count(chunk_size, what="chunk_size", least=1)
    if workers is not None:
        checked_function(workers, what="workers")
        if threads > 1:
            raise BadValueError(
                f"threads is {threads}, but workers do the work; give one of the two"
            )
    seed = read_count(seed, what="seed")
    units = scenarios.units
    rivals = positions_of(counting_.rivals, units, what="unit")
    nominal = checked_numbers(
        scenarios.nominal(), (len(units),), what="nominal scores", axes=(units,)
    )
    # The best unit has position 0; among equals, the first.
    as_given = np.arange(len(units))
    order, nominal_ranks = _ranked(nominal, as_given)
    position = np.empty_like(order)
    position[order] = as_given
    digest = fingerprint(scenarios, counting_)
    tally = _Tally(scenarios, counting_, position, position[rivals])
    if resume is not None and resume.digest != digest:
        raise BadValueError(
            "the result to resume is not of these scenarios, or counts different things"
        )
    missing = _missing(() if resume is None else resume.spans, seed, draws)
    pieces = list(_pieces(missing, block_size=scenarios.block_size, chunk_size=chunk_size))
    done = Done(progress, total=draws, done=draws - sum(map(len, missing)))
    if workers is None:
        interrupted = _run(tally, deque(pieces), threads=threads, done=done)
        result = tally.result(digest, nominal, nominal_ranks + 1)
    else:
        count = _Chunks(
            scenarios, counting_, position, position[rivals], digest, nominal, nominal_ranks + 1
        )
        result, interrupted = _spread(count, pieces, workers=workers, done=done)
    if resume is not None:
        result = evolve(resume, notes=()).merge(result)
    if interrupted:
        made = sum(len(s) for s in result.spans if s.seed == seed)
        result = evolve(result, notes=(f"interrupted after {made} of {draws} draws",))
    return result


def _next(pieces: deque[list[Span]]) -> list[Span]:
    try:
        return pieces.popleft()
    except IndexError:  # another thread took the last one
        return []


def _work(
    tally: _Tally,
    pieces: deque[list[Span]],
    stop: threading.Event,
    finished: SimpleQueue[int | None],
) -> None:
    """Count pieces until there are none or it is told to stop; tell of each, and of the end."""
    try:
        while not stop.is_set() and (piece := _next(pieces)):
            for span in piece:
                if stop.is_set():
                    return
                tally.count(span)
            finished.put(sum(map(len, piece)))
    except BaseException:
        stop.set()
        raise
    finally:
        finished.put(None)


def _run(tally: _Tally, pieces: deque[list[Span]], *, threads: int, done: Done) -> bool:
    """Count all pieces; return whether it was interrupted.

    All counting is done in threads of its own, even when there is one: only the calling
    thread can be interrupted, so that no block is ever counted by halves.
    """
    threads = min(threads, max(len(pieces), 1))
    stop = threading.Event()
    finished: SimpleQueue[int | None] = SimpleQueue()
    workers: list[Future[None]] = []
    interrupted = False
    try:
        with ThreadPoolExecutor(threads) as pool:
            try:
                # One by one: an interrupt must find those that already run.
                workers.extend(
                    pool.submit(_work, tally, pieces, stop, finished) for _ in range(threads)
                )
                running = threads
                while running:
                    made = finished.get()
                    if made is None:
                        running -= 1
                    else:
                        done.add(made)
            finally:
                stop.set()
    except KeyboardInterrupt:
        interrupted = True
        wait(workers)  # also where a second interrupt broke off the wait above
    for worker in workers:
        worker.result()
    return interrupted


def _spread(
    count: _Chunks,
    pieces: list[list[Span]],
    *,
    workers: Workers,
    done: Done,
) -> tuple[RobustnessResult, bool]:
    """Have all pieces counted elsewhere; return the sum, and whether it was interrupted."""
    result = count([])
    try:
        parts = workers(count, pieces) if pieces else ()
        if not isinstance(parts, Iterable):
            raise BadValueError(f"workers must give back the results, not {shown(parts)}")
        for part in parts:
            result = result.merge(part)
            done.add(part.n_draws)
    except KeyboardInterrupt:
        return result, True
    if done.done < done.total:
        lost = done.total - done.done
        raise BadValueError(f"the workers gave back all but {lost} of the draws")
    return result, False
