"""Weights and answers that are drawn: distributions, bounds, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inovasi_index.analysis.robustness import (
    BoundedSimplex,
    Dirichlet,
    FixedWeights,
    InTurn,
    LinearScore,
    NoisyWeights,
    OffByOne,
    PartWeights,
    Survival,
    UncertainLevels,
    UncertainWeights,
    score_indices,
)
from inovasi_index.analysis.robustness.samplers import UniformSampler, WeightSampler
from inovasi_index.errors import BadValueError, FaultsError, InfeasibleError
from inovasi_index.weighting.scheme import Weights

if TYPE_CHECKING:
    from collections.abc import Callable


LEVELS = np.ones((2, 2), np.uint8)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(seed))


def test_flat_dirichlet_has_the_moments_of_the_simplex() -> None:
    n, draws = 5, 40_000
    drawn = Dirichlet.flat(n).draw(rng(), draws)
    np.testing.assert_allclose(drawn.sum(axis=1), 1)
    assert (drawn >= 0).all()
    # Dirichlet(1, …, 1): mean 1/n, variance (n - 1) / (n² (n + 1)).
    np.testing.assert_allclose(drawn.mean(axis=0), 1 / n, atol=0.004)
    np.testing.assert_allclose(drawn.var(axis=0), (n - 1) / (n**2 * (n + 1)), rtol=0.05)


def test_concentrated_dirichlet_has_its_mean_and_variance() -> None:
    mean = np.array([0.5, 0.3, 0.2, 0.0])
    sampler = Dirichlet.around(mean * 7, concentration=30)
    drawn = sampler.draw(rng(), 40_000)
    np.testing.assert_allclose(sampler.centre, mean)
    np.testing.assert_allclose(drawn.mean(axis=0), mean, atol=0.004)
    np.testing.assert_allclose(drawn.var(axis=0), mean * (1 - mean) / 31, rtol=0.05)
    assert (drawn[:, 3] == 0).all()


def test_tiny_concentration_still_sums_to_one() -> None:
    drawn = Dirichlet.around([0.2, 0.8], concentration=1e-3).draw(rng(), 2000)
    np.testing.assert_allclose(drawn.sum(axis=1), 1)


def test_exponentials_of_uniforms_draw_the_same_simplex() -> None:
    drawn = Dirichlet.flat(4).from_uniforms(rng().random((40_000, 4)))
    np.testing.assert_allclose(drawn.mean(axis=0), 1 / 4, atol=0.004)
    np.testing.assert_allclose(drawn.var(axis=0), 3 / 80, rtol=0.05)
    # The origin of the cube is a point of the sequence: it must not give NaN.
    np.testing.assert_allclose(Dirichlet.flat(4).from_uniforms(np.zeros((1, 4))), 1 / 4)
    with pytest.raises(BadValueError, match="flat Dirichlet"):
        Dirichlet([1, 2]).from_uniforms(np.zeros((1, 2)))


def test_noise_stays_within_its_factors() -> None:
    weights = np.array([0.5, 0.3, 0.2, 0.0])
    sampler = NoisyWeights(weights, relative=[0.5, 0.1, 0.0, 0.9])
    drawn = sampler.draw(rng(), 5000)
    np.testing.assert_allclose(drawn.sum(axis=1), 1)
    ratio = drawn[:, :2] / drawn[:, 2:3]
    assert ratio[:, 0].min() >= 0.5 / 0.2 * 0.5
    assert ratio[:, 0].max() <= 0.5 / 0.2 * 1.5
    assert ratio[:, 0].max() > 0.5 / 0.2 * 1.49
    assert (np.abs(ratio[:, 1] / 1.5 - 1) <= 0.1 + 1e-12).all()
    assert (drawn[:, 3] == 0).all()
    np.testing.assert_array_equal(sampler.from_uniforms(np.full((1, 4), 0.5)), weights[None])


def test_weights_of_a_scheme_serve_as_centre() -> None:
    weights = Weights(("a", "b"), [0.25, 0.75], scheme="fixed")
    assert FixedWeights(weights).centre.tolist() == [0.25, 0.75]
    assert NoisyWeights(weights, relative=0.1).centre.tolist() == [0.25, 0.75]


@pytest.mark.parametrize("from_above", [False, True])
def test_bounded_simplex_by_rejection_is_uniform(from_above: bool) -> None:
    # Both are triangles; the second fits its upper simplex, which is tried from above.
    if from_above:
        lower, upper = np.zeros(3), np.full(3, 0.4)
        vertices = 0.4 - 0.2 * np.eye(3)
    else:
        lower, upper = np.array([0.1, 0.2, 0.0]), np.ones(3)
        vertices = lower + 0.7 * np.eye(3)
    sampler = BoundedSimplex(lower, upper)
    assert sampler.is_exact
    assert "by rejection" in repr(sampler)
    drawn = sampler.draw(rng(), 20_000)
    assert (drawn >= lower - 1e-12).all()
    assert (drawn <= upper + 1e-12).all()
    np.testing.assert_allclose(drawn.sum(axis=1), 1)
    # Barycentric coordinates of uniform points of a triangle are Dirichlet(1, 1, 1).
    inner = drawn @ np.linalg.inv(vertices)
    np.testing.assert_allclose(inner.mean(axis=0), 1 / 3, atol=0.01)
    np.testing.assert_allclose(inner.var(axis=0), 1 / 18, rtol=0.05)


def test_the_walk_agrees_with_rejection() -> None:
    from inovasi_index.analysis.robustness.kernels.drawing import bounded_by_walk

    generator = np.random.default_rng(3)
    lower = generator.uniform(0, 0.08, 7)
    upper = lower + generator.uniform(0.1, 0.3, 7)
    exact = BoundedSimplex(lower, upper)
    assert exact.is_exact
    one = exact.draw(rng(1), 20_000)
    other = bounded_by_walk(rng(2), 20_000, lower, upper, sweeps=64)
    np.testing.assert_allclose(one.mean(axis=0), other.mean(axis=0), atol=0.002)
    np.testing.assert_allclose(np.cov(one.T), np.cov(other.T), atol=1e-4)
    for p in (0.05, 0.5, 0.95):
        np.testing.assert_allclose(
            np.quantile(one, p, axis=0), np.quantile(other, p, axis=0), atol=0.004
        )


def test_the_walk_lets_wide_ranges_among_narrow_ones_meet() -> None:
    # What one of the two wide ranges gains only the other can lose: they have to be paired.
    sampler = BoundedSimplex.around(np.r_[0.3, 0.3, np.full(34, 0.4 / 34)], relative=0.25)
    assert not sampler.is_exact
    generator = np.random.default_rng(0)
    lower, upper = sampler.lower, sampler.upper
    rest = 1 - generator.uniform(lower[2:], upper[2:], (50_000, 34)).sum(axis=1)
    least = np.maximum(lower[0], rest - upper[1])
    room = np.maximum(np.minimum(upper[0], rest - lower[1]) - least, 0)
    first = least + room * generator.random(len(room))
    mean = np.average(first, weights=room)
    deviation = np.sqrt(np.average((first - mean) ** 2, weights=room))
    for seed in range(16):
        drawn = sampler.draw(rng(seed), 1000)[:, 0]
        assert drawn.mean() == pytest.approx(mean, abs=0.15 * deviation)
        assert drawn.std() == pytest.approx(deviation, rel=0.1)


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(
            st.lists(st.floats(0.01, 1), min_size=n, max_size=n),
            st.floats(0, 1),
            st.floats(0, 1),
        )
    )
)
def test_any_feasible_bounds_are_kept(drawn: tuple[list[float], float, float]) -> None:
    weights, below, above = np.array(drawn[0]), drawn[1], drawn[2]
    shares = weights / weights.sum()
    lower, upper = shares * below, np.minimum(shares * (1 + 3 * above), 1)
    sampler = BoundedSimplex(lower, upper, sweeps=4)
    points = sampler.draw(rng(), 20)
    assert points.shape == (20, len(shares))
    np.testing.assert_allclose(points.sum(axis=1), 1)
    assert (points >= lower - 1e-9).all()
    assert (points <= upper + 1e-9).all()


def test_tight_bounds_on_forty_indicators_walk() -> None:
    shares = np.full(40, 1 / 40)
    sampler = BoundedSimplex.around(shares, relative=0.5)
    assert not sampler.is_exact
    assert "walk of 64 sweeps" in repr(sampler)
    points = sampler.draw(rng(), 300)
    np.testing.assert_allclose(points.sum(axis=1), 1)
    assert (np.abs(points * 40 - 1) <= 0.5 + 1e-9).all()
    np.testing.assert_allclose(sampler.centre, shares)


def test_bounds_of_one_point() -> None:
    sampler = BoundedSimplex([0.25, 0.75], [0.25, 0.75])
    np.testing.assert_allclose(sampler.draw(rng(), 3), [[0.25, 0.75]] * 3)
    np.testing.assert_allclose(sampler.centre, [0.25, 0.75])


def test_parts_keep_their_shares() -> None:
    parts = PartWeights([Dirichlet.flat(3), NoisyWeights([1, 1], relative=0.2)], shares=[3, 1])
    drawn = parts.draw(rng(), 50)
    np.testing.assert_allclose(drawn[:, :3].sum(axis=1), 0.75)
    np.testing.assert_allclose(drawn[:, 3:].sum(axis=1), 0.25)
    assert repr(parts).startswith("<PartWeights: 75.00% <Dirichlet")
    with pytest.raises(BadValueError, match="1 samplers and 2 shares"):
        PartWeights([Dirichlet.flat(3)], shares=[1, 2])


def test_samplers_follow_the_protocols() -> None:
    every: list[WeightSampler] = [
        Dirichlet.flat(2),
        FixedWeights([1, 1]),
        NoisyWeights([1, 1], relative=0.1),
        BoundedSimplex([0, 0], [1, 1]),
    ]
    assert all(isinstance(s, WeightSampler) for s in every)
    assert [isinstance(s, UniformSampler) for s in every] == [True, False, True, False]
    assert repr(every[1]) == "<FixedWeights: 2 indicators>"
    np.testing.assert_array_equal(every[1].draw(rng(), 2), np.full((2, 2), 0.5))
    assert repr(Dirichlet.around([1, 1], concentration=8)).endswith("concentration 8>")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Dirichlet([0, 0]), "0 everywhere"),
        (lambda: Dirichlet([]), "empty"),
        (lambda: Dirichlet.flat(0), "n_indicators: 0; allowed: whole"),
        (lambda: Dirichlet.around([1, 1], concentration=0), "concentration"),
        (lambda: FixedWeights([0, 0]), "sum to 0"),
        (lambda: FixedWeights([[1, 2]]), r"shape \(1, 2\)"),
        (lambda: FixedWeights(["a", "b"]), "weights: only numbers .*'a' at 0, 'b' at 1"),
        (lambda: FixedWeights([[1], [1, 2]]), "in rows of one length"),
        (lambda: NoisyWeights([1, 1], relative=1), "below 1"),
        (lambda: NoisyWeights([1, 1], relative=[0.1] * 3), "relative has shape"),
        (lambda: BoundedSimplex([0.1], [1, 1]), "1 lower bounds and 2 upper"),
        (lambda: BoundedSimplex.around([1, 1], relative=-1), "not be negative"),
        (lambda: BoundedSimplex([0, 0], [1, 1], sweeps=0), "sweeps: 0; allowed: whole"),
        (lambda: Survival(1.5), "probability is 1.5"),
        (lambda: Survival("x"), "probability: only numbers are allowed, not 'x'"),
        (lambda: Survival([0.5] * 3).draw(rng(), LEVELS), r"probability has shape \(3,\)"),
        (lambda: Survival([[[0.5]]]).draw(rng(), LEVELS), r"the levels have \(2, 2\)"),
        (
            lambda: OffByOne([0.5] * 3, top_levels=3).draw(rng(), LEVELS),
            r"probability has shape \(3,\)",
        ),
        (
            lambda: OffByOne(0.5, top_levels=[3, 3, 3]).draw(rng(), LEVELS),
            r"top_levels has shape \(3,\); the levels have \(2, 2\)",
        ),
        (lambda: OffByOne(0.5, top_levels=0), "top_levels"),
        (lambda: OffByOne(0.5, top_levels=2.5), "top_levels"),
        (lambda: OffByOne(0.5, top_levels=3, up=2), "up is 2"),
    ],
)
def test_refusals(make: Callable[[], object], message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        make()


def test_all_faults_of_weights_come_together() -> None:
    with pytest.raises(FaultsError) as caught:
        Dirichlet(Weights(("a", "b"), [1, 0], scheme="x").values - [0, 1])
    assert [(f.code, f.place) for f in caught.value.faults] == [("negative-weight", "1")]
    with pytest.raises(FaultsError) as caught:
        FixedWeights([np.nan, 1, np.inf])
    assert [(f.code, f.place) for f in caught.value.faults] == [
        ("not-finite", "0"),
        ("not-finite", "2"),
    ]
    with pytest.raises(FaultsError) as caught:
        Dirichlet([-1, np.nan, 2, -np.inf])
    assert [(f.code, f.place) for f in caught.value.faults] == [
        ("not-finite", "1"),
        ("not-finite", "3"),
        ("negative-weight", "0"),
    ]
    with pytest.raises(FaultsError) as caught:
        BoundedSimplex([0.5, 0.2], [0.4, 1.2])
    assert [f.code for f in caught.value.faults] == ["crossed-bounds", "bound-out-of-range"]


GIVEN = Weights(("a", "b"), [0.9, 0.1], scheme="given")
KEYED: dict[str, UniformSampler | WeightSampler] = {
    "fixed": FixedWeights(GIVEN),
    "noisy": NoisyWeights(GIVEN, relative=0.1),
    "dirichlet": Dirichlet.around(GIVEN, concentration=20),
    "parts": PartWeights(
        [FixedWeights(Weights((k,), [1.0], scheme="")) for k in "ab"], shares=GIVEN
    ),
}


@pytest.mark.parametrize("sampler", KEYED.values(), ids=KEYED)
def test_weights_are_not_taken_for_other_indicators(sampler: WeightSampler) -> None:
    fits = LinearScore([[1, 2]], indicators=["a", "b"])
    assert UncertainWeights(fits, sampler).nominal() == pytest.approx([1.1])
    turned = LinearScore([[2, 1]], indicators=["b", "a"])
    with pytest.raises(
        BadValueError, match="weights of a, b; the indicators of the score are b, a"
    ):
        UncertainWeights(turned, sampler)
    with pytest.raises(BadValueError, match="in the same order"):
        UncertainLevels(LEVELS, Survival(0.5), sampler, indicators=["b", "a"])
    if isinstance(sampler, UniformSampler) and not isinstance(sampler, Dirichlet):
        with pytest.raises(BadValueError, match="in the same order"):
            score_indices(turned, sampler, points=8, seed=1)


def test_infeasible_bounds_say_why() -> None:
    with pytest.raises(InfeasibleError, match=r"lower bounds sum to 1\.2, more than 1"):
        BoundedSimplex([0.6, 0.6], [1, 1])
    with pytest.raises(InfeasibleError, match=r"upper bounds sum to 0\.7, less than 1"):
        BoundedSimplex([0, 0], [0.3, 0.4])


# ------------------------------------------------------------------ answers


def test_off_by_one_moves_one_level_with_its_probability() -> None:
    levels = np.tile(np.array([0, 1, 2, 3], dtype=np.uint8), (20_000, 1))
    drawn = OffByOne([0.3, 0.3, 0.3, 0.2], top_levels=3, up=0.25).draw(rng(), levels)
    assert drawn.dtype == np.uint8
    step = drawn.astype(int) - levels
    assert (step[:, 0] == 0).all()  # not answered
    np.testing.assert_allclose((step != 0).mean(axis=0), [0, 0.3, 0.3, 0.2], atol=0.015)
    np.testing.assert_allclose((step == 1).mean(axis=0), [0, 0.075, 0.075, 0], atol=0.01)
    assert set(np.unique(step)) == {-1, 0, 1}
    assert drawn.max() == 3


def test_top_levels_may_differ_by_indicator() -> None:
    levels = np.array([[2, 2]], dtype=np.uint8)
    drawn = OffByOne(1, top_levels=[2, 3], up=1).draw(rng(), levels)
    assert drawn.tolist() == [[1, 3]]


def test_survival_by_row_and_indicator() -> None:
    levels = np.full((2, 3), 3, dtype=np.uint8)
    sure = np.array([[1, 0, 1], [0, 1, 0]])
    assert Survival(sure).draw(rng(), levels).tolist() == [[3, 0, 3], [0, 3, 0]]
    many = Survival(0.4).draw(rng(), np.full((10_000, 1), 2, dtype=np.uint8))
    assert abs((many == 2).mean() - 0.4) < 0.02


def test_in_turn_applies_all() -> None:
    levels = np.full((1, 2), 2, dtype=np.uint8)
    both = InTurn([OffByOne(1, top_levels=3, up=1), Survival([1, 0])])
    assert both.draw(rng(), levels).tolist() == [[3, 0]]
