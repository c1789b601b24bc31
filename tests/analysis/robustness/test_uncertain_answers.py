"""Answers that are drawn, confidence factors, and the index as a function of both."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest

import inovasi_index as ii
from inovasi_index.analysis.robustness import (
    Bands,
    Dirichlet,
    FixedWeights,
    IndexOfLevels,
    OffByOne,
    PartWeights,
    Scale,
    Survival,
    UncertainLevels,
    UncertainWeights,
    confidence_factors,
    index_of_weights,
    ranking_intervals,
    simulate,
    weighted_sum,
)
from inovasi_index.analysis.robustness.simulation import Counting
from inovasi_index.errors import BadValueError, FaultsError, IncompleteEditionError
from inovasi_index.rules import Edition, Part
from inovasi_index.weighting import Criteria

if TYPE_CHECKING:
    from collections.abc import Callable

    from inovasi_index.table import LevelTable


def table(n_regions: int = 7, n_innovations: int = 600) -> LevelTable:
    rng = np.random.default_rng(5)
    edition = ii.load_edition("iid-2026")
    return ii.LevelTable.from_arrays(
        edition,
        rng.integers(0, 4, (n_innovations, 20)),
        region_of=rng.integers(0, n_regions, n_innovations),
        region_levels=rng.integers(0, 4, (n_regions, 20)),
        affair_of=np.arange(n_innovations) % 6,
        regions=[f"R{i}" for i in range(n_regions)],
    )


def official(edition: Edition, *parts: Part) -> np.ndarray:
    points = np.concatenate([Criteria.from_edition(edition, p).official for p in parts])
    return np.asarray(points / points.sum())


# ------------------------------------------------------------------ answers


def test_survival_has_the_binomial_distribution() -> None:
    # Ten answers at level 1 with equal weights: the score counts the survivors.
    levels = np.vstack([np.ones((1, 10), int), np.zeros((1, 10), int)])
    scenarios = UncertainLevels(levels, Survival(0.8), FixedWeights(np.ones(10)), units=["A", "B"])
    result = simulate(scenarios, draws=5000, seed=3, counting=Counting(Scale(0, 1, decimals=1)))
    assert result.mean_scores[0] == pytest.approx(0.8, abs=0.01)
    assert result.score_counts is not None
    binomial = [
        0.8**k * 0.2 ** (10 - k) * np.prod(range(k + 1, 11)) / np.prod(range(1, 11 - k))
        for k in range(11)
    ]
    np.testing.assert_allclose(result.score_counts[0] / 5000, binomial, atol=2 * result.margin)
    assert result.nominal.tolist() == [1, 0]
    assert result.indicators == tuple(map(str, range(10)))


def test_answers_and_weights_that_are_both_drawn() -> None:
    levels = [[3, 0], [0, 3], [2, 2]]
    scenarios = UncertainLevels(levels, OffByOne(0.2, top_levels=3), Dirichlet.flat(2))
    counting = Counting(Scale(0, 3))
    one = simulate(scenarios, draws=1000, seed=3, counting=counting)
    again = simulate(scenarios, draws=1000, seed=3, counting=counting, threads=3, chunk_size=64)
    assert one == again
    sure = UncertainLevels(levels, OffByOne(0, top_levels=3), Dirichlet.flat(2))
    weights_alone = simulate(sure, draws=1000, seed=3, counting=counting)
    # C is first where neither weight is above two thirds.
    assert abs(weights_alone.first_probabilities[2] - 1 / 3) < 2 * one.margin
    assert weights_alone != one
    assert repr(scenarios) == "<UncertainLevels: 3 units, 3 rows × 2 indicators>"
    np.testing.assert_array_equal(weighted_sum(np.eye(2, dtype=np.uint8), np.ones(2)), [1, 1])


def test_confidence_factors_in_closed_form() -> None:
    # A is sure of 2; B has 3 with probability 0.7, else 0. C is never first.
    levels = [[2, 0], [0, 3], [1, 1]]
    survival = np.array([[1, 1], [1, 0.7], [1, 1]])
    scenarios = UncertainLevels(levels, Survival(survival), FixedWeights([1, 1]))
    central = np.array([[0.9, 0.1], [0.2, 0.8], [0, 0]])
    factors = confidence_factors(scenarios, central, draws=4000, seed=1)
    assert factors[0] == 1
    assert factors[1] == pytest.approx(0.7, abs=0.03)
    assert factors[2] == 0
    same = confidence_factors(scenarios, central, draws=4000, seed=1)
    np.testing.assert_array_equal(factors, same)
    assert confidence_factors(scenarios, np.zeros((3, 2)), seed=1).tolist() == [0, 0, 0]
    with pytest.raises(BadValueError, match="central weights has shape"):
        confidence_factors(scenarios, [[1, 0]], seed=1)
    with pytest.raises(FaultsError, match=r"0, 1: -0\.1; must not be negative"):
        confidence_factors(scenarios, [[1.1, -0.1], [0.0, 1.0], [0.0, 0.0]], seed=1)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: UncertainLevels([1, 2], Survival(1), FixedWeights([1])), "of shape"),
        (lambda: UncertainLevels([[0.5]], Survival(1), FixedWeights([1])), "whole numbers"),
        (lambda: UncertainLevels([[1, 2]], Survival(1), FixedWeights([1])), "draws 1 weights"),
        (
            lambda: UncertainLevels(
                [[1, 2]], Survival(1), FixedWeights([1, 1]), score=lambda _, __: 3.0
            ),
            r"answered with shape \(\)",
        ),
    ],
)
def test_refusals(make: Callable[[], object], message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        make()


def test_levels_that_are_no_bytes_are_named() -> None:
    with pytest.raises(FaultsError) as caught:
        UncertainLevels([[1, -2], [300, 0]], Survival(1), FixedWeights([1, 1]))
    assert [f.place for f in caught.value.faults] == ["0, 1", "1, 0"]


# ------------------------------------------------------------------ the index


@pytest.mark.parametrize(
    "parts", [(Part.REGION, Part.INNOVATION), (Part.INNOVATION,), (Part.REGION,)]
)
def test_official_weights_give_the_official_index_exactly(parts: tuple[Part, ...]) -> None:
    levels = table()
    scores = ii.score(levels)
    model = index_of_weights(levels, parts, exact=True)
    points = np.concatenate([Criteria.from_edition(levels.edition, p).official for p in parts])
    weights = [Fraction(int(p), int(points.sum())) for p in points]
    exact = model.offset + model.values @ np.array(weights, dtype=object)
    assert exact.tolist() == [scores[code].exact for code in levels.region_codes]
    rough = index_of_weights(levels, parts)
    assert rough.units == levels.region_codes
    np.testing.assert_allclose(
        rough(official(levels.edition, *parts)[None])[0], exact.astype(float)
    )


def test_bands_of_regions_under_uncertain_weights() -> None:
    levels = table()
    edition = levels.edition
    # Official weights and no noise: every region is in its official band.
    sure = simulate(
        UncertainWeights(
            index_of_weights(levels), FixedWeights(official(edition, Part.REGION, Part.INNOVATION))
        ),
        draws=1,
        seed=0,
    )
    bands = Bands.of_edition(edition)
    names = np.array(bands.names)[sure.band_probabilities(bands).argmax(axis=1)]
    assert names.tolist() == ii.score(levels).bands.tolist()
    # The shares of the parts stay.
    shares = [edition.constant(f"{p}_max_hundredths") for p in ("region", "maturity")]
    parts = PartWeights([Dirichlet.flat(20), Dirichlet.flat(20)], shares=shares)
    result = simulate(UncertainWeights(index_of_weights(levels), parts), draws=500, seed=0)
    assert result.units == levels.region_codes
    np.testing.assert_allclose(result.band_probabilities(bands).sum(axis=1), 1)
    assert ranking_intervals(
        index_of_weights(levels), official(edition, Part.REGION, Part.INNOVATION)
    ).lower.shape == (1, 40)


def test_the_index_of_levels_is_the_official_one() -> None:
    levels = table()
    weights = FixedWeights(official(levels.edition, Part.INNOVATION))
    index = IndexOfLevels.of(levels)
    np.testing.assert_allclose(
        index(levels.levels, weights.centre),
        [float(s.exact) for s in ii.score(levels)],
    )
    scenarios = UncertainLevels(
        levels.levels, Survival(0.9), weights, score=index, units=levels.region_codes
    )
    result = simulate(scenarios, draws=128, seed=1)
    # What is expected to survive of the maturity is nine tenths.
    fixed = index.fixed
    np.testing.assert_allclose(result.mean_scores, fixed + 0.9 * (result.nominal - fixed), atol=0.5)


def test_what_the_index_model_refuses() -> None:
    levels = table()
    with pytest.raises(BadValueError, match="no part"):
        index_of_weights(levels, [])
    points = ii.LevelTable.from_arrays(
        levels.edition,
        levels.levels,
        region_of=levels.region_of,
        region_points=[30] * 7,
        affair_of=np.zeros(600, int),
    )
    with pytest.raises(BadValueError, match="came as points"):
        index_of_weights(points)
    assert index_of_weights(points, [Part.INNOVATION]).values.shape == (7, 20)


def test_bands_of_an_edition_that_lacks_them() -> None:
    edition = ii.load_edition("iid-2026")
    from attrs import evolve

    with pytest.raises(IncompleteEditionError, match="no source gives the bands"):
        Bands.of_edition(evolve(edition, bands=()))
    top = evolve(edition.bands[-1], lower_hundredths=None)
    with pytest.raises(IncompleteEditionError, match=r"supply it\s+with edition.supply"):
        Bands.of_edition(evolve(edition, bands=(*edition.bands[:-1], top)))
