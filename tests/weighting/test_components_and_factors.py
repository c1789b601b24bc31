"""Weights from rotated components and factors."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inovasi_index.errors import BadValueError
from inovasi_index.weighting import Criteria, FactorWeights, PcaWeights, Retention
from inovasi_index.weighting.kernels.factors import varimax

Array: TypeAlias = Any
KEYS = [f"c{j}" for j in range(6)]


def two_blocks(rows: int = 400, *, noise: float = 0.4) -> Array:
    """Return six indicators, three of each of two independent factors."""
    rng = np.random.default_rng(10)
    factors = np.repeat(rng.standard_normal((rows, 2)), 3, axis=1)
    return factors + noise * rng.standard_normal((rows, 6))


@pytest.mark.parametrize("scheme", [PcaWeights(), FactorWeights()])
def test_blocks_are_found(scheme: PcaWeights | FactorWeights) -> None:
    weights = scheme.weigh(Criteria.of(KEYS), two_blocks())
    factor_of = weights.details["component_of"]
    assert len(set(factor_of[:3])) == len(set(factor_of[3:])) == 1
    assert factor_of[0] != factor_of[3]
    assert "2 " in weights.scheme
    np.testing.assert_allclose(weights.values, 1 / 6, atol=0.01)


def test_weights_are_greatest_squared_loadings() -> None:
    weights = PcaWeights(3).weigh(Criteria.of(KEYS), two_blocks())
    greatest = (weights.details["loadings"] ** 2).max(axis=1)
    np.testing.assert_allclose(weights.values, greatest / greatest.sum())
    np.testing.assert_allclose(weights.details["squared_loading"], greatest)


def test_rotation_keeps_communalities_and_total_variance() -> None:
    details = PcaWeights(3).weigh(Criteria.of(KEYS), two_blocks()).details
    assert details["explained"].sum() == pytest.approx(details["eigenvalues"][:3].sum())
    everything = PcaWeights(6).weigh(Criteria.of(KEYS), two_blocks()).details["loadings"]
    correlation = np.corrcoef(two_blocks().T)
    np.testing.assert_allclose(everything @ everything.T, correlation, atol=1e-10)


def test_likelihood_recovers_the_model() -> None:
    # With noise 0.4 the correlation inside a block is 1 / 1.16.
    weights = FactorWeights(2).weigh(Criteria.of(KEYS), two_blocks(20_000))
    own = weights.details["loadings"].max(axis=1) ** 2
    np.testing.assert_allclose(
        np.abs(weights.details["loadings"]).max(axis=1) ** 2, 1 / 1.16, atol=0.01
    )
    assert own.shape == (6,)


def test_one_factor_has_nothing_to_rotate() -> None:
    scheme = PcaWeights(1).weigh(Criteria.of(KEYS), two_blocks()).scheme
    assert scheme == "PCA (1 component)"
    assert FactorWeights(1).weigh(Criteria.of(KEYS), two_blocks()).scheme == (
        "factor analysis (1 factor)"
    )


@given(angle=st.floats(0.1, 3.0))
def test_varimax_undoes_a_rotation(angle: float) -> None:
    simple = np.array([[0.9, 0.0], [0.8, 0.0], [0.0, 0.7], [0.0, 0.95]])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    for row_scaled in (True, False):
        found = np.abs(varimax(simple @ turn, row_scaled=row_scaled))
        if found[0, 1] > found[0, 0]:
            found = found[:, ::-1]
        np.testing.assert_allclose(found, simple, atol=1e-6)


def test_loadings_in_every_direction_are_left_alone() -> None:
    angles = np.pi / 8 * np.arange(8)
    star = np.column_stack([np.cos(angles), np.sin(angles)])
    np.testing.assert_array_equal(varimax(star, row_scaled=False), star)


def test_each_sweep_raises_the_criterion() -> None:
    def criterion(loadings: Array) -> float:
        return float((loadings**2).var(axis=0).sum())

    loadings = np.random.default_rng(11).uniform(-1, 1, (12, 4))
    found = [
        criterion(varimax(loadings, row_scaled=False, most_sweeps=sweeps)) for sweeps in range(6)
    ]
    assert found[0] == pytest.approx(criterion(loadings))
    assert found == sorted(found)
    # No small turn of two factors is better still.
    best = varimax(loadings, row_scaled=False)
    for angle in (-0.01, 0.01):
        turned = best.copy()
        turned[:, 0] = np.cos(angle) * best[:, 0] + np.sin(angle) * best[:, 1]
        turned[:, 1] = np.cos(angle) * best[:, 1] - np.sin(angle) * best[:, 0]
        assert criterion(turned) < criterion(best)


def test_rows_without_loadings_do_not_disturb_varimax() -> None:
    loadings = np.array([[0.9, 0.1], [0.1, 0.8], [0.0, 0.0]])
    assert varimax(loadings, row_scaled=True)[2].tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("keep", "kept"), [(Retention.KAISER, 2), (Retention.TENTH, 2), (3, 3), (1, 1)]
)
def test_retention(keep: Retention | int, kept: int) -> None:
    details = PcaWeights(keep).weigh(Criteria.of(KEYS), two_blocks()).details
    assert details["loadings"].shape == (6, kept)


def test_one_component_is_always_kept() -> None:
    # Two indicators without correlation: both eigenvalues are 1, none is above.
    data = np.array([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]])
    # Neither comes first, so both are kept; with some correlation it is one.
    assert PcaWeights().weigh(Criteria.of("ab"), data).details["loadings"].shape == (2, 2)
    data[0] = 2
    assert PcaWeights().weigh(Criteria.of("ab"), data).details["loadings"].shape == (2, 1)


@pytest.mark.parametrize("keep", [0, 7])
def test_bad_number(keep: int) -> None:
    with pytest.raises(BadValueError, match=f"1 to 6 components can be kept, not {keep}"):
        PcaWeights(keep).weigh(Criteria.of(KEYS), two_blocks())


def test_constant_indicator_is_left_out() -> None:
    data = two_blocks()
    data[:, 1] = 3
    for scheme in (PcaWeights(2), FactorWeights(2)):
        weights = scheme.weigh(Criteria.of(KEYS), data)
        assert weights["c1"] == 0
        assert weights.details["loadings"].shape == (5, 2)


def test_nothing_varies() -> None:
    weights = FactorWeights().weigh(Criteria.of("ab"), np.ones((4, 2)))
    assert weights.values.tolist() == [0.5, 0.5]
    assert weights.scheme == "factor analysis"


@pytest.mark.parametrize(("kept", "noted"), [(1, False), (3, False), (4, True), (6, True)])
def test_factors_that_the_indicators_do_not_determine_are_noted(kept: int, noted: bool) -> None:
    weights = FactorWeights(kept).weigh(Criteria.of(KEYS), two_blocks())
    note = f"6 indicators do not determine {kept} factors → one of many solutions"
    assert weights.notes == ((note,) if noted else ())
    assert PcaWeights(kept).weigh(Criteria.of(KEYS), two_blocks()).notes == ()
    assert FactorWeights(1).weigh(Criteria.of("a"), two_blocks()[:, :1]).notes == ()


def test_factors_of_singular_correlations_are_noted() -> None:
    data = two_blocks()
    data[:, 5] = data[:, 0] - data[:, 4]
    weights = FactorWeights(2).weigh(Criteria.of(KEYS), data)
    assert weights.notes == ("the correlations are singular → one of many solutions",)


@pytest.mark.parametrize("keep", Retention)
def test_no_indicator_comes_first_where_none_correlate(keep: Retention) -> None:
    # The columns of a Hadamard matrix: all eigenvalues are 1.
    signs = np.array([[1.0]])
    for _ in range(4):
        signs = np.block([[signs, signs], [signs, -signs]])
    for n in (2, 15):
        criteria = Criteria.of([f"c{j}" for j in range(n)])
        for scheme in (PcaWeights(keep), FactorWeights(keep)):
            weights = scheme.weigh(criteria, signs[:, 1 : n + 1])
            np.testing.assert_allclose(weights.values, 1 / n)
