"""Sobol indices against closed forms and SciPy's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from inovasi_index.analysis.robustness import (
    BoundedSimplex,
    Dirichlet,
    LinearScore,
    NoisyWeights,
    score_indices,
    shift_indices,
    sobol_indices,
)
from inovasi_index.errors import BadValueError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

pytest.importorskip("scipy")


def ishigami(uniforms: NDArray[np.float64]) -> NDArray[np.float64]:
    x = np.pi * (2 * uniforms - 1)
    y = np.sin(x[:, 0]) * (1 + 0.1 * x[:, 2] ** 4) + 7 * np.sin(x[:, 1]) ** 2
    return np.asarray(y[:, None])


def test_ishigami_in_closed_form() -> None:
    # Ishigami & Homma 1990 with a = 7, b = 0.1: variances by integration.
    a, b, pi = 7, 0.1, np.pi
    total = a**2 / 8 + b * pi**4 / 5 + b**2 * pi**8 / 18 + 0.5
    first = np.array([0.5 * (1 + b * pi**4 / 5) ** 2, a**2 / 8, 0]) / total
    third = b**2 * pi**8 * (1 / 18 - 1 / 50) / total
    found = sobol_indices(ishigami, ["x1", "x2", "x3"], points=2048, repeats=8, seed=1)
    np.testing.assert_allclose(found.variance, [total], rtol=0.01)
    np.testing.assert_allclose(found.first[:, 0], first, atol=0.01)
    np.testing.assert_allclose(found.total[:, 0], first + np.array([third, 0, third]), atol=0.01)
    # The standard errors are honest, give or take.
    assert (np.abs(found.first[:, 0] - first) < 4 * found.first_error[:, 0] + 1e-4).all()
    assert (found.first_error < 0.01).all()
    assert found.n_evaluations == 8 * 2048 * 5
    assert "x1 matters most" in repr(found)
    assert found.to_columns()["input"].tolist() == ["x1", "x2", "x3"]


def test_agrees_with_scipy() -> None:
    from scipy import stats

    uniform: Any = stats.uniform()
    theirs = stats.sobol_indices(
        func=lambda x: ishigami(x.T).T, n=4096, dists=[uniform] * 3, random_state=3
    )
    ours = sobol_indices(ishigami, 3, points=4096, seed=3)
    np.testing.assert_allclose(ours.first[:, 0], np.ravel(theirs.first_order), atol=0.02)
    np.testing.assert_allclose(ours.total[:, 0], np.ravel(theirs.total_order), atol=0.02)


def test_shares_of_an_additive_function_add_up() -> None:
    weights = np.array([[1.0, 5.0], [2.0, 0.0], [3.0, 0.0]])
    found = sobol_indices(lambda u: u @ weights + 1e6, 3, seed=0)
    exact = weights**2 / (weights**2).sum(axis=0)
    np.testing.assert_allclose(found.first, exact, atol=5e-3)
    np.testing.assert_allclose(found.total, exact, atol=5e-3)


def test_an_output_that_does_not_vary_has_indices_of_zero() -> None:
    found = sobol_indices(lambda u: np.column_stack([u[:, 0], np.full(len(u), 0.3)]), 2, seed=0)
    assert found.first[:, 1].tolist() == [0, 0]
    assert found.total[:, 1].tolist() == [0, 0]
    np.testing.assert_allclose(found.first[:, 0], [1, 0], atol=5e-3)


def test_the_same_seed_gives_the_same_indices() -> None:
    one, same, other = (sobol_indices(ishigami, 3, points=64, seed=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(one.first, same.first)
    assert (one.first != other.first).any()


def test_scores_and_rank_shifts_under_noisy_weights() -> None:
    rng = np.random.default_rng(0)
    values = rng.random((20, 4)) * 100
    values[:, 3] = 50  # moves nothing but the scale
    score = LinearScore(values, indicators=["a", "b", "c", "d"])
    sampler = NoisyWeights([0.6, 0.2, 0.1, 0.1], relative=[0.5, 0.5, 0.5, 0])
    scores = score_indices(score, sampler, points=256, seed=1)
    assert scores.outputs == score.units
    assert scores.first.shape == (4, 20)
    np.testing.assert_allclose(scores.total[3], 0, atol=1e-12)
    assert scores.total[0].mean() > scores.total[1].mean() > scores.total[2].mean()
    shift = shift_indices(score, sampler, points=256, seed=1)
    assert shift.outputs == ("average shift in rank",)
    assert shift.total[0, 0] > shift.total[2, 0] > 0
    assert shift.total[3, 0] == 0
    flat = shift_indices(score, Dirichlet.flat(4), points=64, seed=1)
    assert np.isfinite(flat.total).all()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: sobol_indices(ishigami, 3, points=100, seed=0), "power of two"),
        (lambda: sobol_indices(ishigami, 3, points=1, seed=0), "points: 1; allowed: whole"),
        (lambda: sobol_indices(ishigami, 3, repeats=1, seed=0), "repeats: 1; allowed: whole"),
        (lambda: sobol_indices(ishigami, [], seed=0), "no inputs"),
        (lambda: sobol_indices(ishigami, ["a", "b", "a"], seed=0), "more than once: a"),
        (lambda: sobol_indices(ishigami, 3, seed=-1), "seed: -1; allowed"),
        (lambda: sobol_indices(lambda u: u[:, 0], 3, seed=0), "answered with shape"),
        (lambda: sobol_indices(lambda u: u * np.nan, 3, seed=0), "not finite"),
        (
            lambda: score_indices(LinearScore([[1, 2]]), BoundedSimplex([0, 0], [1, 1]), seed=0),  # type: ignore[arg-type]
            "cannot be driven",
        ),
        (
            lambda: shift_indices(LinearScore([[1, 2]]), Dirichlet.flat(3), seed=0),
            "draws 3 weights",
        ),
    ],
)
def test_refusals(make: Callable[[], object], message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        make()


def test_without_scipy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.stats.qmc", None)
    with pytest.raises(MissingExtraError, match=r"inovasi_index\[optimise\]"):
        sobol_indices(ishigami, 3, seed=0)
