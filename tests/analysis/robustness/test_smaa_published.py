"""Acceptabilities, central weights and confidence factors of another program's SMAA-2 analysis.

Two treatments, heparin and enoxaparin, by three criteria: the shares of patients with a
proximal and with a distal thrombosis and with a major bleeding, each a beta distribution of
events and others in one trial, valued linearly over a range, fewer is better. The data are
`examples/thrombolytics.json` and the results those of `R/test/thrombo.R` (10,000 draws of the
R package smaa) in drugis/mcda-elicitation-web. The method is that of R. Lahdelma & P. Salminen
(2001), SMAA-2: stochastic multicriteria acceptability analysis for group decision making,
Operations Research 49(3), 444-454.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from inovasi_index.analysis.robustness import (
    Dirichlet,
    FixedWeights,
    UncertainLevels,
    WeightSampler,
    confidence_factors,
    simulate,
)

EVENTS = np.array([[20, 40, 1], [8, 32, 5]])
OTHERS = np.array([[116, 96, 135], [121, 97, 124]])
BEST, WORST = np.array([0, 0.15, 0]), np.array([0.25, 0.4, 0.1])
# Both samples are of 10,000 draws: the bounds are about four standard errors.
ACCEPTABILITY, WEIGHT, CONFIDENCE = 0.027, 0.02, 0.04


class Measured:
    """Draws the shares of patients and values them in whole per cent, as levels are whole."""

    def draw(self, rng: np.random.Generator, levels: Any) -> Any:
        shares = rng.beta(EVENTS, OTHERS, size=levels.shape)
        values = np.clip((WORST - shares) / (WORST - BEST), 0, 1)
        return np.rint(100 * values).astype(np.uint8)


def treatments(weights: WeightSampler) -> UncertainLevels:
    return UncertainLevels(
        np.zeros((2, 3), np.uint8),
        Measured(),
        weights,
        units=["heparin", "enoxaparin"],
        indicators=["proximal", "distal", "bleeding"],
    )


def test_without_preferences() -> None:
    scenarios = treatments(Dirichlet.flat(3))
    result = simulate(scenarios, draws=10_000, seed=1)
    np.testing.assert_allclose(
        result.acceptability, [[0.3381, 0.6619], [0.6619, 0.3381]], atol=ACCEPTABILITY
    )
    np.testing.assert_allclose(
        result.central_weights,
        [[0.1976, 0.2780, 0.5244], [0.4118, 0.3578, 0.2304]],
        atol=WEIGHT,
    )
    factors = confidence_factors(scenarios, result.central_weights, draws=10_000, seed=2)
    np.testing.assert_allclose(factors, [0.6389, 0.8925], atol=CONFIDENCE)


def test_at_swing_weights() -> None:
    result = simulate(treatments(FixedWeights([4, 1, 2])), draws=10_000, seed=3)
    assert result.acceptability[:, 0] == pytest.approx([0.1049, 0.8951], abs=ACCEPTABILITY)
