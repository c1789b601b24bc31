"""Simulations: against brute force, analytic cases, and the algebra of their results."""

from __future__ import annotations

import itertools
import multiprocessing
import pickle
import signal
import sys
import threading
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from inovasi_index.analysis.robustness import (
    Bands,
    Counting,
    Dirichlet,
    FixedWeights,
    LinearScore,
    NoisyWeights,
    RobustnessResult,
    Scale,
    ScoreFunction,
    Span,
    UncertainWeights,
    simulate,
    tqdm_progress,
)
from inovasi_index.analysis.robustness.results import joined
from inovasi_index.analysis.robustness.streams import Streams
from inovasi_index.errors import (
    BadValueError,
    FaultsError,
    MissingExtraError,
    UnknownNameError,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def model(n: int = 9, m: int = 4, seed: int = 3) -> UncertainWeights:
    rng = np.random.default_rng(seed)
    # Whole numbers, one equal pair: ties and rounding get their share.
    values = rng.integers(0, 101, (n, m)).astype(float)
    values[n // 2] = values[0]
    units = [f"u{i}" for i in range(n)]
    return UncertainWeights(
        LinearScore(values, units=units, indicators=list("abcdefghij"[:m])), Dirichlet.flat(m)
    )


def drawn(scenarios: UncertainWeights, seed: int, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Return all scores and weights of a simulation at once."""
    size = scenarios.block_size
    blocks = [scenarios.draw(Streams(seed, b), size) for b in range(-(-draws // size))]
    scores, weights = (np.concatenate(part) for part in zip(*blocks, strict=True))
    return scores[:draws], weights[:draws]


# ------------------------------------------------------------------ brute force


def test_everything_against_brute_force() -> None:
    scenarios = model()
    n, draws = 9, 5000
    names = scenarios.units
    result = simulate(
        scenarios, draws=draws, seed=11, counting=Counting(rivals=names[2:6], n_top=9)
    )
    scores, weights = drawn(scenarios, 11, draws)
    # The pair is equal to the last bit, so plain comparison ranks without a tolerance.
    np.testing.assert_array_equal(scores[:, 0], scores[:, 4])
    ranks = 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    assert result.n_draws == draws
    expected = [[(ranks[:, u] == r).sum() for r in range(1, n + 1)] for u in range(n)]
    assert result.rank_counts.tolist() == expected
    np.testing.assert_allclose(result.acceptability.sum(axis=1), 1)
    np.testing.assert_allclose(result.mean_ranks, ranks.mean(axis=0))
    nominal = np.asarray(scenarios.nominal())
    nominal_ranks = 1 + (nominal[None, :] > nominal[:, None]).sum(axis=1)
    assert result.nominal_ranks.tolist() == nominal_ranks.tolist()
    np.testing.assert_allclose(result.mean_shifts, np.abs(ranks - nominal_ranks).mean(axis=0))

    rounded = np.floor(scores * 100 + 0.5) / 100
    np.testing.assert_allclose(result.mean_scores, rounded.mean(axis=0))
    for p in (0, 0.05, 0.5, 0.9, 1):
        np.testing.assert_allclose(
            result.score_quantiles([p])[:, 0],
            np.quantile(rounded, p, axis=0, method="inverted_cdf"),
        )
        np.testing.assert_array_equal(
            result.rank_quantiles([p])[:, 0],
            np.quantile(ranks, p, axis=0, method="inverted_cdf"),
        )
    bands = Bands(["low", "mid", "high"], [45.25, 60])
    found = result.band_probabilities(bands)
    np.testing.assert_allclose(found[:, 0], (rounded < 45.25).mean(axis=0))
    np.testing.assert_allclose(found[:, 2], (rounded >= 60).mean(axis=0))
    np.testing.assert_allclose(found.sum(axis=1), 1)

    rivals = scores[:, 2:6]
    np.testing.assert_allclose(
        result.win_probabilities, (rivals[:, :, None] > rivals[:, None, :]).mean(axis=0)
    )
    assert result.beats("u2", "u3") == pytest.approx((scores[:, 2] > scores[:, 3]).mean())
    for k in range(1, n + 1):
        np.testing.assert_allclose(result.top_probabilities(k), (ranks <= k).mean(axis=0))
        top = set(np.argsort(nominal_ranks, kind="stable")[:k])
        # A set is kept when it is one of the sets that ties leave open.
        held = [
            min(row[sorted(top)]) >= max((row[u] for u in range(n) if u not in top), default=-1)
            for row in scores
        ]
        assert result.kept_probability(k) == pytest.approx(np.mean(held))
    inside = nominal_ranks <= 3
    assert result.top_overlap(3) == pytest.approx((ranks <= 3)[:, inside].mean())

    for u in range(n):
        first = ranks[:, u] == 1
        expected_weights = weights[first].mean(axis=0) if first.any() else np.zeros(4)
        np.testing.assert_allclose(result.central_weights[u], expected_weights, atol=1e-9)
    np.testing.assert_allclose(result.first_probabilities, (ranks == 1).mean(axis=0))
    low, high = result.rank_intervals(0.9).T
    assert ((low <= high) & (low >= 1) & (high <= n)).all()
    assert (result.score_intervals(0.5)[:, 0] <= result.score_intervals(0.9)[:, 1]).all()


def test_columns_hold_what_the_properties_say() -> None:
    result = simulate(model(), draws=700, seed=1)
    columns = result.to_columns(0.5)
    assert {len(c) for c in columns.values()} == {9}
    assert columns["unit"].tolist() == list(result.units)
    np.testing.assert_array_equal(columns["rank_low"], result.rank_intervals(0.5)[:, 0])
    np.testing.assert_array_equal(columns["score_high"], result.score_intervals(0.5)[:, 1])
    bare = simulate(model(), draws=700, seed=1, counting=Counting(None))
    assert "mean_score" not in bare.to_columns()
    np.testing.assert_array_equal(bare.rank_counts, result.rank_counts)
    with pytest.raises(BadValueError, match="give Counting a scale"):
        bare.score_intervals()


# ------------------------------------------------------------------ analytic cases


@pytest.mark.parametrize("gap", [(30.0, 10.0), (5.0, 45.0), (20.0, 20.0)])
def test_acceptability_is_a_length_on_the_simplex(gap: tuple[float, float]) -> None:
    # A leads by gap[0] in x, B by gap[1] in y: A is first where w_x > gap[1] / sum(gap).
    values = [[50 + gap[0], 50], [50, 50 + gap[1]]]
    scenarios = UncertainWeights(LinearScore(values, units=["A", "B"]), Dirichlet.flat(2))
    result = simulate(scenarios, draws=40_000, seed=5, counting=Counting(rivals=["A", "B"]))
    exact = gap[0] / sum(gap)
    assert abs(result.first_probabilities[0] - exact) < 1.5 * result.margin
    assert result.beats("A", "B") == result.first_probabilities[0]
    # The central weight of A is the middle of its segment.
    middle = (1 + gap[1] / sum(gap)) / 2
    assert result.central_weights[0, 0] == pytest.approx(middle, abs=0.005)
    # Scores of A are uniform between its two values.
    np.testing.assert_allclose(
        result.score_quantiles([0.1, 0.9])[0], 50 + np.array([0.1, 0.9]) * gap[0], atol=0.5
    )


def test_three_units_that_share_the_simplex_equally() -> None:
    result = simulate(
        UncertainWeights(LinearScore(100 * np.eye(3)), Dirichlet.flat(3)), draws=40_000, seed=2
    )
    np.testing.assert_allclose(result.acceptability, 1 / 3, atol=1.5 * result.margin)
    # The mean of the largest of three shares is 11/18 (broken-stick).
    np.testing.assert_allclose(np.diag(result.central_weights), 11 / 18, atol=0.006)


def test_weights_without_noise_give_the_nominal_ranking() -> None:
    score = LinearScore([[3, 0], [0, 3], [1, 1]], units=["A", "B", "C"])
    result = simulate(UncertainWeights(score, FixedWeights([1, 1])), draws=10, seed=0)
    # A and B are tied: they share the first rank.
    assert result.nominal_ranks.tolist() == [1, 1, 3]
    assert result.rank_counts.tolist() == [[10, 0, 0], [10, 0, 0], [0, 0, 10]]
    assert result.kept_probability(1) == 1
    np.testing.assert_allclose(result.central_weights[:2], 0.5)
    np.testing.assert_array_equal(result.central_weights[2], 0)


def test_margin_shrinks_with_the_root_of_the_draws() -> None:
    result = simulate(model(), draws=10_000, seed=0)
    assert result.margin == pytest.approx(0.0098, abs=1e-5)


# ------------------------------------------------------------------ same seed, same result


def test_chunks_and_threads_do_not_change_the_result() -> None:
    scenarios = model(30, 5)
    counting = Counting(rivals=scenarios.units[:3])
    plain = simulate(scenarios, draws=9000, seed=4, counting=counting)
    for threads, chunk_size in [(1, 1), (2, 2048), (3, 100_000), (8, 4096)]:
        again = simulate(
            scenarios, draws=9000, seed=4, counting=counting, threads=threads, chunk_size=chunk_size
        )
        assert again == plain
    assert simulate(scenarios, draws=9000, seed=5, counting=counting) != plain
    assert pickle.loads(pickle.dumps(plain)) == plain  # noqa: S301 - our own


def test_the_first_draws_do_not_depend_on_how_many_follow() -> None:
    scenarios = model()
    few = simulate(scenarios, draws=300, seed=4)
    many = simulate(scenarios, draws=5000, seed=4)
    assert (few.rank_counts <= many.rank_counts).all()
    assert simulate(scenarios, draws=5000, seed=4, resume=few) == many


def test_a_seed_of_any_size() -> None:
    assert simulate(model(), draws=10, seed=2**200).spans == (Span(2**200, 0, 10),)


# ------------------------------------------------------------------ merging


@pytest.fixture(scope="module")
def parts() -> list[RobustnessResult]:
    return [simulate(model(), draws=100 + 30 * s, seed=s) for s in range(4)]


@given(order=st.permutations(range(4)), at=st.integers(1, 3))
@examples(15)
def test_merging_is_associative_and_commutative(
    parts: list[RobustnessResult], order: list[int], at: int
) -> None:
    plain = RobustnessResult.merged(parts)
    some = [parts[i] for i in order]
    left, right = RobustnessResult.merged(some[:at]), RobustnessResult.merged(some[at:])
    assert left.merge(right) == right.merge(left) == plain
    assert plain.n_draws == sum(p.n_draws for p in parts)


def test_draws_never_count_twice(parts: list[RobustnessResult]) -> None:
    with pytest.raises(BadValueError, match="draws 0 to 99 of seed 0"):
        parts[0].merge(parts[0])
    other = simulate(model(), draws=10, seed=9, counting=Counting(Scale(0, 100, decimals=1)))
    with pytest.raises(BadValueError, match="not of the same scenarios"):
        parts[0].merge(other)
    with pytest.raises(BadValueError, match="no results"):
        RobustnessResult.merged([])
    bare = [simulate(model(), draws=10, seed=s, counting=Counting(None)) for s in (0, 1)]
    assert RobustnessResult.merged(bare).score_counts is None


def test_spans_are_joined_in_order() -> None:
    spans = [Span(1, 5, 9), Span(0, 0, 3), Span(1, 0, 5), Span(1, 12, 13)]
    for order in itertools.permutations(spans):
        assert joined(order) == (Span(0, 0, 3), Span(1, 0, 9), Span(1, 12, 13))


def test_too_many_draws_for_the_counters(parts: list[RobustnessResult]) -> None:
    large = attrs.evolve(parts[0], spans=(Span(7, 0, 2**32 - 50),))
    with pytest.raises(BadValueError, match="at most 4294967295 draws"):
        large.merge(parts[1])


# ------------------------------------------------------------------ interruption


@pytest.mark.parametrize("threads", [1, 2])
def test_interrupted_and_resumed_is_the_same(threads: int) -> None:
    scenarios = model(20, 4)
    whole = simulate(scenarios, draws=20_000, seed=6)

    def interrupt(done: int, total: int) -> None:
        assert total == 20_000
        if done >= 6000:
            raise KeyboardInterrupt

    part = simulate(scenarios, draws=20_000, seed=6, threads=threads, progress=interrupt)
    assert 6000 <= part.n_draws < 20_000
    assert part.notes == (f"interrupted after {part.n_draws} of 20000 draws",)
    assert "interrupted" in repr(part)
    part.to_columns()  # what is done so far can be read
    seen: list[int] = []
    stored = pickle.loads(pickle.dumps(part))  # noqa: S301 - our own
    rest = simulate(
        scenarios,
        draws=20_000,
        seed=6,
        resume=stored,
        threads=threads,
        progress=lambda done, _: seen.append(done),
    )
    assert rest == whole
    assert seen[0] > part.n_draws
    assert seen[-1] == 20_000
    # Nothing is left to do.
    assert simulate(scenarios, draws=20_000, seed=6, resume=rest) == whole
    assert simulate(scenarios, draws=50, seed=6, resume=rest) == whole


def test_a_keyboard_interrupt_that_comes_from_outside() -> None:
    import _thread

    # Slow enough that the interrupt comes while blocks are drawn.
    started = threading.Event()
    calm = threading.Event()

    def slow(weights: np.ndarray) -> np.ndarray:
        if len(weights) > 1:
            started.set()
            calm.wait(0.02)
        return weights * 100

    scenarios = UncertainWeights(ScoreFunction(slow, ["A", "B"], ["a", "b"]), Dirichlet.flat(2))

    def interrupt() -> None:
        started.wait(5)
        _thread.interrupt_main()

    # A shell that starts us in the background has us ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Thread(target=interrupt).start()
        part = simulate(scenarios, draws=2048 * 500, seed=6)
    finally:
        signal.signal(signal.SIGINT, before)
    assert 0 <= part.n_draws < 2048 * 500
    assert part.n_draws % 2048 == 0
    assert part.notes


def test_interrupted_before_anything_is_done() -> None:
    nothing = simulate(model(), draws=10, seed=0)
    nothing = attrs.evolve(
        nothing, spans=(), rank_counts=nothing.rank_counts * 0, score_counts=None, scale=None
    )
    for read in ("acceptability", "margin"):
        with pytest.raises(BadValueError, match="nothing has been drawn"):
            getattr(nothing, read)
    with pytest.raises(BadValueError, match="nothing has been drawn"):
        nothing.rank_intervals()


def test_spans_with_holes_are_filled() -> None:
    scenarios = model(12, 3)
    whole = simulate(scenarios, draws=9000, seed=1)
    first, second = simulate(scenarios, draws=3000, seed=1), simulate(scenarios, draws=7000, seed=1)
    # What is between 3000 and 7000 alone.
    hole = attrs.evolve(
        second,
        rank_counts=second.rank_counts - first.rank_counts,
        score_counts=np.subtract(second.score_counts, first.score_counts),  # type: ignore[arg-type]
        kept_counts=second.kept_counts - first.kept_counts,
        weight_sums=second.weight_sums - first.weight_sums,
        spans=(Span(1, 3000, 7000),),
    )
    assert simulate(scenarios, draws=9000, seed=1, resume=hole) == whole
    assert simulate(scenarios, draws=5000, seed=1, resume=hole) == second
    other = simulate(scenarios, draws=50, seed=2)
    both = simulate(scenarios, draws=9000, seed=1, resume=hole.merge(other))
    assert both == whole.merge(other)


def test_resuming_something_else_is_refused() -> None:
    result = simulate(model(), draws=10, seed=0)
    score = model().score
    for other, counting in [
        (model(seed=4), None),
        (UncertainWeights(score, NoisyWeights([1, 1, 1, 1], relative=0.5)), None),
        (model(), Counting(n_top=3)),
    ]:
        with pytest.raises(BadValueError, match="to resume is not of these"):
            simulate(other, draws=20, seed=0, counting=counting, resume=result)


def test_an_error_in_the_callback_or_the_score_comes_out() -> None:
    def fail(done: int, total: int) -> None:
        raise RuntimeError("stop here")

    with pytest.raises(RuntimeError, match="stop here"):
        simulate(model(), draws=10_000, seed=0, progress=fail)

    def wrong(weights: np.ndarray) -> np.ndarray:
        if len(weights) > 1:
            raise IndexError("in the score")
        return weights

    scenarios = UncertainWeights(ScoreFunction(wrong, ["A", "B"], ["a", "b"]), Dirichlet.flat(2))
    with pytest.raises(IndexError, match="in the score"):
        simulate(scenarios, draws=100_000, seed=0, threads=3)


# ------------------------------------------------------------------ spread over workers


def test_workers_do_not_change_the_result() -> None:
    scenarios = model(30, 5)
    counting = Counting(rivals=scenarios.units[:3])
    plain = simulate(scenarios, draws=9000, seed=4, counting=counting)
    spread = partial(simulate, scenarios, draws=9000, seed=4, counting=counting)
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        assert spread(workers=pool.map) == plain
        few = simulate(scenarios, draws=3000, seed=4, counting=counting)
        assert spread(workers=pool.map, resume=few, chunk_size=4096) == plain
        assert spread(workers=pool.map, resume=plain) == plain
    # In any order, and some of them put together on the way.
    assert spread(workers=lambda work, chunks: map(work, reversed(chunks))) == plain
    merged = RobustnessResult.merged
    assert spread(workers=lambda work, chunks: [merged(map(work, chunks))]) == plain


def test_workers_tell_of_progress_and_can_be_interrupted() -> None:
    seen: list[int] = []

    def note(done: int, total: int) -> None:
        seen.append(done)
        if done > 6000:
            raise KeyboardInterrupt

    scenarios = model()
    part = simulate(scenarios, draws=20_000, seed=6, workers=map, progress=note)
    assert seen == [2048, 4096, 6144]
    assert part.notes == ("interrupted after 6144 of 20000 draws",)
    rest = simulate(scenarios, draws=20_000, seed=6, workers=map, resume=part)
    assert rest == simulate(scenarios, draws=20_000, seed=6)


def test_workers_that_lose_or_repeat_chunks_are_found_out() -> None:
    with pytest.raises(BadValueError, match="all but 1904 of the draws"):
        simulate(model(), draws=6000, seed=1, workers=lambda work, chunks: map(work, chunks[:-1]))
    with pytest.raises(BadValueError, match="count twice"):
        simulate(model(), draws=6000, seed=1, workers=lambda work, chunks: map(work, chunks * 2))
    with pytest.raises(BadValueError, match="one of the two"):
        simulate(model(), draws=10, seed=1, workers=map, threads=2)


# ------------------------------------------------------------------ progress and memory


def test_progress_counts_up_to_the_total() -> None:
    seen: list[tuple[int, int]] = []
    simulate(
        model(),
        draws=10_000,
        seed=0,
        threads=2,
        chunk_size=2048,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert [t for _, t in seen] == [10_000] * 5
    assert sorted(d for d, _ in seen) == [d for d, _ in seen]
    assert seen[-1][0] == 10_000


def test_tqdm_shows_the_draws(capsys: pytest.CaptureFixture[str]) -> None:
    simulate(model(), draws=4096, seed=0, progress=tqdm_progress("weights"))
    shown = capsys.readouterr().err
    assert "weights: 100%" in shown
    assert "4096/4096" in shown


def test_without_tqdm_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(MissingExtraError, match=r"inovasi_index\[progress\]"):
        tqdm_progress()


def test_memory_does_not_grow_with_the_draws() -> None:
    rng = np.random.default_rng(0)
    scenarios = UncertainWeights(LinearScore(rng.random((100, 20)) * 100), Dirichlet.flat(20))

    def peak(draws: int) -> int:
        tracemalloc.start()
        simulate(scenarios, draws=draws, seed=0)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(2048)
    assert peak(40_960) < 1.1 * peak(4096)


# ------------------------------------------------------------------ scores and scales


def test_a_function_that_is_not_linear() -> None:
    values = np.array([[80.0, 20.0], [40.0, 45.0]])
    geometric = ScoreFunction(lambda w: np.exp(w @ np.log(values.T)), ["A", "B"], ["x", "y"])
    result = simulate(UncertainWeights(geometric, Dirichlet.flat(2)), draws=20_000, seed=3)
    # A is first where w log 2 > (1 - w) log(45/20).
    exact = 1 - np.log(2.25) / (np.log(2) + np.log(2.25))
    assert abs(result.first_probabilities[0] - exact) < 1.5 * result.margin
    assert repr(geometric) == "<ScoreFunction <lambda>: 2 units × 2 indicators>"
    assert "2 units" in repr(UncertainWeights(geometric, Dirichlet.flat(2)))


def test_an_offset_moves_scores_but_not_weights() -> None:
    plain = LinearScore([[30, 10], [20, 25]])
    moved = LinearScore([[30, 10], [20, 25]], offset=[40, 30])
    weights = np.array([[0.5, 0.5]])
    np.testing.assert_allclose(moved(weights), plain(weights) + np.array([40, 30]))
    np.testing.assert_allclose(LinearScore([[1, 2]], offset=5)(weights), [[6.5]])


def test_exact_values_become_floats_in_simulations() -> None:
    exact = LinearScore([[Fraction(200, 3), 10], [Fraction(1, 3), 70]], offset=Fraction(1, 2))
    assert exact.is_exact
    assert repr(exact).endswith("exact>")
    assert exact.offset.tolist() == [Fraction(1, 2)] * 2
    rough = LinearScore([[Fraction(200, 3), 10], [Fraction(1, 3), 70]], offset=[0.5, 0.5])
    assert not rough.is_exact
    sampler = Dirichlet.flat(2)
    one = simulate(UncertainWeights(exact, sampler), draws=100, seed=0)
    other = simulate(UncertainWeights(rough, sampler), draws=100, seed=0)
    np.testing.assert_array_equal(one.rank_counts, other.rank_counts)


def test_scales() -> None:
    scenarios = UncertainWeights(LinearScore([[-5, 1], [2, -1]]), Dirichlet.flat(2))
    with pytest.raises(BadValueError, match=r"draw \d+: the score of . is .*outside the scale 0"):
        simulate(scenarios, draws=1000, seed=0)
    result = simulate(scenarios, draws=1000, seed=0, counting=Counting(Scale(-5, 2, decimals=1)))
    scores, _ = drawn(scenarios, 0, 1000)
    np.testing.assert_allclose(
        result.mean_scores, (np.floor(scores * 10 + 0.5) / 10).mean(axis=0), atol=1e-9
    )
    bands = Bands(["a", "b"], [-0.5])
    rounded = np.floor(scores * 10 + 0.5) / 10
    np.testing.assert_allclose(
        result.band_probabilities(bands)[:, 0], (rounded < -0.5).mean(axis=0)
    )
    with pytest.raises(BadValueError, match=r"edge is 0\.25, which is no whole step"):
        result.band_probabilities(Bands(["a", "b"], [0.25]))
    # Bands beyond the scale are empty.
    assert result.band_probabilities(Bands(["a", "b", "c"], [-7, 5])).tolist() == [[0, 1, 0]] * 2


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Scale(1, 1), "finite ends in order"),
        (lambda: Scale(0, np.inf), "finite ends"),
        (lambda: Scale(0, 100, decimals=7), "decimals: 7; allowed: whole"),
        (lambda: Scale(0, 100_000, decimals=2), "at most a million"),
        (lambda: Scale(0.5, 100, decimals=0), "lower is 0.5"),
        (lambda: Bands(["a", "b"], []), "2 bands have 1 edges"),
        (lambda: Bands(["a", "b", "c"], [5, 5]), "ascend"),
        (lambda: Bands(["a", "b"], [np.nan]), "finite"),
        (lambda: LinearScore([1, 2]), r"shape \(2,\)"),
        (lambda: LinearScore(np.zeros((0, 3))), r"shape \(0, 3\)"),
        (
            lambda: LinearScore([[1, 2]], units=["a", "b"]),
            "2 names of units are given",
        ),
        (lambda: LinearScore([[1], [2]], units=["a", "a"]), "more than once: a"),
        (lambda: LinearScore([[1], [2]], units="ab"), "several in order are needed, not 'ab'"),
        (lambda: LinearScore([[1], [2]], offset=[1, 2, 3]), "offset has shape"),
        (lambda: LinearScore([["x"]]), "values: only numbers are allowed.*'x'"),
        (lambda: UncertainWeights(LinearScore([[1, 2]]), Dirichlet.flat(3)), "draws 3 weights"),
        (lambda: simulate(model(), draws=0, seed=0), "draws: 0; allowed: whole"),
        (lambda: simulate(model(), draws=True, seed=0), "draws: True; allowed"),
        (lambda: simulate(model(), draws=5, seed=-1), "seed: -1; allowed: whole numbers from 0 on"),
        (lambda: simulate(model(), draws=5, seed=True), "seed: True; allowed"),
        (lambda: simulate(model(), draws=5, seed=0, threads=0), "threads: 0; allowed: whole"),
        (lambda: simulate(model(), draws=5, seed=0, chunk_size=0), "chunk_size: 0; allowed: whole"),
        (
            lambda: simulate(model(), draws=5, seed=0, counting=Counting(n_top=0)),
            "n_top: 0; allowed",
        ),
    ],
)
def test_refusals(make: Callable[[], object], message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        make()


def test_values_that_are_not_finite_are_named_by_unit_and_indicator() -> None:
    values = [[1, np.nan], [np.inf, 2]]
    with pytest.raises(FaultsError) as caught:
        LinearScore(values, units=["A", "B"], indicators=["x", "y"])
    assert [(f.code, f.place) for f in caught.value.faults] == [
        ("not-finite", "A, y"),
        ("not-finite", "B, x"),
    ]


def test_unknown_names_offer_near_misses() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'u1'"):
        simulate(model(), draws=5, seed=0, counting=Counting(rivals=["u1x"]))
    result = simulate(model(), draws=5, seed=0, counting=Counting(rivals=["u1", "u2"]))
    with pytest.raises(UnknownNameError, match="unknown rival 'u3'"):
        result.beats("u1", "u3")
    with pytest.raises(UnknownNameError, match="unknown rival 'u3'"):
        result.beats("u3", "u1")


def test_questions_out_of_range() -> None:
    result = simulate(model(), draws=5, seed=0, counting=Counting(n_top=4))
    with pytest.raises(BadValueError, match="k: 5; allowed: whole numbers from 1 to 4"):
        result.kept_probability(5)
    with pytest.raises(BadValueError, match="level is 0"):
        result.rank_intervals(0)
    with pytest.raises(BadValueError, match="probabilities"):
        result.rank_quantiles([1.5])


def test_scores_that_are_not_finite_or_of_another_shape() -> None:
    names = {"units": ["A", "B"], "indicators": ["a", "b"]}

    def infinite(weights: np.ndarray) -> np.ndarray:
        scores = weights.copy()
        if len(weights) > 1:
            scores[5, 1] = np.nan
        return scores

    scenarios = UncertainWeights(ScoreFunction(infinite, **names), Dirichlet.flat(2))
    with pytest.raises(BadValueError, match="draw 5: the score of B is nan, not a finite"):
        simulate(scenarios, draws=100, seed=0)
    scenarios = UncertainWeights(ScoreFunction(lambda w: w[:, :1], **names), Dirichlet.flat(2))
    with pytest.raises(BadValueError, match=r"shape \(1, 1\); needed: \(1, 2\)"):
        simulate(scenarios, draws=100, seed=0)
    scenarios = UncertainWeights(ScoreFunction(lambda w: w * np.nan, **names), Dirichlet.flat(2))
    with pytest.raises(FaultsError, match="nominal scores: 2 faults"):
        simulate(scenarios, draws=100, seed=0)
