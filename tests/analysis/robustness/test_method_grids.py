"""Normalisation × weights × aggregation: every combination, and random ones."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from inovasi_index.analysis.robustness import (
    Counting,
    MethodGrid,
    UncertainMethods,
    simulate,
)
from inovasi_index.errors import BadValueError, FaultsError
from inovasi_index.weighting.scheme import Criteria, Weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

DATA = np.random.default_rng(12).random((8, 3)) * [1, 10, 100]


class MinMax:
    def apply(self, data: NDArray[np.float64]) -> NDArray[np.float64]:
        low, high = data.min(axis=0), data.max(axis=0)
        return np.asarray((data - low) / (high - low))


class BySpread:
    def weigh(self, criteria: Criteria, data: NDArray[np.float64] | None = None) -> Weights:
        assert data is not None
        spread = data.std(axis=0)
        return Weights(criteria.keys, spread / spread.sum(), scheme="spread")


class Power:
    def aggregate(
        self, data: NDArray[np.float64], weights: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        return np.asarray(np.sqrt((data**2) @ weights))


CHOICES: dict[str, Any] = {
    "normalisations": {"none": lambda x: x},
    "weightings": {"equal": [1, 1]},
    "aggregations": {"sum": lambda x, w: x @ w},
}


def grid(**changes: Any) -> MethodGrid:
    chosen: dict[str, Any] = {
        "normalisations": {"minmax": MinMax(), "share": lambda x: x / x.sum(axis=0)},
        "weightings": {
            "equal": [1, 1, 1],
            "spread": BySpread(),
            "mean": lambda x: x.mean(axis=0),
            "fixed": Weights(("z", "y", "x"), [0.2, 0.2, 0.6], scheme="fixed"),
        },
        "aggregations": {"sum": lambda x, w: x @ w, "power": Power()},
        "units": [f"u{i}" for i in range(8)],
        "indicators": ["x", "y", "z"],
    }
    return MethodGrid(DATA, **(chosen | changes))


def test_every_combination_by_hand() -> None:
    result = grid().evaluate()
    assert len(result.methods) == 16
    assert result.methods[0] == ("minmax", "equal", "sum")
    normalised = {"minmax": MinMax().apply(DATA), "share": DATA / DATA.sum(axis=0)}
    for (norm, weighting, aggregation), scores, ranks in zip(
        result.methods, result.scores, result.ranks, strict=True
    ):
        x = normalised[norm]
        w = {
            "equal": np.full(3, 1 / 3),
            "spread": x.std(axis=0) / x.std(axis=0).sum(),
            "mean": x.mean(axis=0) / x.mean(axis=0).sum(),
            "fixed": np.array([0.6, 0.2, 0.2]),
        }[weighting]
        expected = x @ w if aggregation == "sum" else np.sqrt(x**2 @ w)
        np.testing.assert_allclose(scores, expected)
        np.testing.assert_array_equal(
            ranks, 1 + (expected[None, :] > expected[:, None]).sum(axis=1)
        )
    np.testing.assert_array_equal(result.rank_ranges[:, 0], result.ranks.min(axis=0))
    np.testing.assert_array_equal(result.rank_ranges[:, 1], result.ranks.max(axis=0))
    np.testing.assert_array_equal(result.median_ranks, np.median(result.ranks, axis=0))
    np.testing.assert_allclose(result.top_shares(3), (result.ranks <= 3).mean(axis=0))
    columns = result.to_columns()
    assert {len(c) for c in columns.values()} == {16 * 8}
    assert columns["rank"].tolist() == result.ranks.ravel().tolist()
    shift = np.abs(result.ranks - result.ranks[5]).mean(axis=1)
    np.testing.assert_allclose(result.mean_shifts(result.methods[5]), shift)
    assert result.mean_shifts()[0] == 0
    assert repr(grid()).startswith("<MethodGrid: 8 units, 2 normalisations × 4 weightings × 2")


def anova(outputs: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """Return first-order and total shares of a full (a, b, c) table by the definitions."""
    variance = outputs.var()
    first = [
        outputs.mean(axis=tuple(k for k in range(3) if k != i)).var() / variance for i in range(3)
    ]
    total = [outputs.var(axis=i).mean() / variance for i in range(3)]
    return first, total


def test_shares_are_the_sobol_indices_of_the_choices() -> None:
    result = grid().evaluate()
    assert result.is_complete
    shares = result.shares()
    table = result.ranks.reshape(2, 4, 2, 8).astype(float)
    for n, unit in enumerate(result.units):
        at = shares["unit"] == unit
        if table[..., n].var() == 0:
            assert (shares["total"][at] == 0).all()
            continue
        first, total = anova(table[..., n])
        np.testing.assert_allclose(shares["first"][at], first, atol=1e-12)
        np.testing.assert_allclose(shares["total"][at], total, atol=1e-12)
    shift = result.shares("shift")
    assert shift["choice"].tolist() == ["normalisation", "weighting", "aggregation"]
    first, total = anova(result.mean_shifts().reshape(2, 4, 2))
    np.testing.assert_allclose(shift["first"], first)
    np.testing.assert_allclose(shift["total"], total)
    assert ((shift["total"] >= shift["first"] - 1e-12) & (shift["total"] <= 1)).all()


def test_choices_that_change_nothing_explain_nothing() -> None:
    same = grid(
        normalisations={"a": MinMax(), "b": MinMax()},
        weightings={"equal": [1, 1, 1]},
        aggregations={"sum": lambda x, w: x @ w},
    ).evaluate()
    assert (same.shares()["total"] == 0).all()


def test_combinations_that_fail_are_named_together_and_can_be_left_out() -> None:
    def geometric(x: NDArray[np.float64], w: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.exp(np.log(x) @ w))

    def picky(x: NDArray[np.float64]) -> NDArray[np.float64]:
        raise ValueError("no such weights")

    choices = {
        "weightings": {"equal": [1, 1, 1], "picky": picky},
        "aggregations": {"sum": lambda x, w: x @ w, "geometric": geometric},
        "normalisations": {"shifted": lambda x: x - x.mean(axis=0), "none": lambda x: x},
    }
    with pytest.raises(FaultsError) as caught:
        grid(**choices).evaluate()
    faults = caught.value.faults
    assert [f.place for f in faults] == [
        "shifted × equal × geometric",
        "shifted × picky × sum",
        "shifted × picky × geometric",
        "none × picky × sum",
        "none × picky × geometric",
    ]
    assert {f.code for f in faults} == {"method-fails"}
    assert "not a finite number" in faults[0].message
    assert faults[1].message == "no such weights"
    without = [tuple(f.place.split(" × ")) for f in faults]
    result = grid(**choices, without=without).evaluate()
    assert not result.is_complete
    assert len(result.methods) == 3
    assert np.isfinite(result.shares()["first"]).all()


def test_random_combinations_visit_them_all() -> None:
    scenarios = UncertainMethods(grid())
    counting = Counting(None)
    result = simulate(scenarios, draws=3000, seed=1, counting=counting)
    every = grid().evaluate()
    expected = (every.ranks[:, :, None] == np.arange(1, 9)).mean(axis=0)
    np.testing.assert_allclose(result.acceptability, expected, atol=2 * result.margin)
    np.testing.assert_array_equal(result.nominal_ranks, every.ranks[0])
    assert result == simulate(
        scenarios, draws=3000, seed=1, counting=counting, threads=2, chunk_size=500
    )
    noisy = UncertainMethods(grid(), relative=0.5)
    assert "weights ± 50 %" in repr(noisy)
    varied = simulate(noisy, draws=500, seed=1, counting=counting)
    assert varied.n_draws == 500
    with pytest.raises(BadValueError, match="to resume"):
        simulate(noisy, draws=500, seed=1, counting=counting, resume=result)


def test_noise_alone_is_noise_around_the_weights() -> None:
    one = grid(weightings={"equal": [1, 1, 1]}, aggregations={"sum": lambda x, w: x @ w})
    scenarios = UncertainMethods(one, relative=0.3)
    from inovasi_index.analysis.robustness.streams import Streams

    _, weights = scenarios.draw(Streams(0, 0), 64)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    assert weights.min() >= 0.7 / (0.7 + 2 * 1.3)
    assert weights.max() <= 1.3 / (1.3 + 2 * 0.7)
    assert weights.std() > 0.02


def test_criteria_name_the_indicators() -> None:
    criteria = Criteria.of(["x", "y", "z"])
    assert grid(indicators=None, criteria=criteria).indicators == ("x", "y", "z")


def test_normalisations_of_the_library_serve() -> None:
    from inovasi_index.composite import normalisation

    result = grid(
        normalisations={"minmax": normalisation.MinMax(), "rank": normalisation.Percentile()},
    ).evaluate()
    assert [m[0] for m in result.methods] == ["minmax"] * 8 + ["rank"] * 8


def test_less_is_better_where_the_criteria_say_so() -> None:
    from inovasi_index.composite import Arithmetic, normalisation
    from inovasi_index.weighting import Lopcow

    chosen: dict[str, Any] = {
        "weightings": {"equal": [1, 1], "lopcow": Lopcow()},
        "aggregations": {"mean": Arithmetic()},
        "indicators": ["x", "y"],
        "units": None,
    }
    # What is turned round by hand and what the criteria turn round are the same.
    data = DATA[:, :2]
    found = MethodGrid(
        data,
        normalisations={"minmax": normalisation.MinMax(), "turned": lambda x: x * [1, -1]},
        criteria=Criteria.of(["x", "y"], directions=[1, -1]),
        **chosen,
    ).evaluate()
    by_hand = MethodGrid(
        data * [1, -1],
        normalisations={"minmax": normalisation.MinMax(), "turned": lambda x: x},
        **chosen,
    ).evaluate()
    np.testing.assert_allclose(found.scores, by_hand.scores)


def test_a_normalisation_that_cannot_be_told_of_directions_fails_by_name() -> None:
    criteria = Criteria.of(["x", "y", "z"], directions=[1, 1, -1])
    with pytest.raises(FaultsError, match=r"minmax × equal × sum: .* positional argument") as error:
        grid(criteria=criteria).evaluate()
    assert len(error.value.faults) == 8


def bad(**changes: Any) -> Callable[[], object]:
    return lambda: grid(**changes)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (bad(normalisations={}), "normalisations is empty"),
        (bad(normalisations={"a": 3}), "no methods: normalisation 'a'"),
        (bad(aggregations={"a": None}), "no methods: aggregation 'a'"),
        (bad(without=[("a", "b", "c")]), "no combination of the grid"),
        (
            bad(
                without=list(
                    product(
                        ["minmax", "share"], ["equal", "spread", "mean", "fixed"], ["sum", "power"]
                    )
                )
            ),
            "leaves no combination",
        ),
        (bad(criteria=Criteria.of(["z", "y", "x"])), "z, y, x; the indicators are x, y, z"),
        (lambda: MethodGrid([1, 2], **CHOICES), r"data has shape \(2,\)"),
        (lambda: UncertainMethods(grid(), relative=1), "relative is 1"),
        (lambda: grid().evaluate().shares("x"), "'ranks' or 'shift'"),  # type: ignore[arg-type]
        (lambda: grid().evaluate().mean_shifts(("a", "b", "c")), "no combination"),
        (lambda: grid().evaluate().top_shares(9), "k: 9; allowed: whole numbers from 1 to 8"),
    ],
)
def test_refusals(make: Callable[[], object], message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        make()


def test_data_that_is_not_finite_is_named() -> None:
    with pytest.raises(FaultsError, match="b, y: nan is not a finite number"):
        MethodGrid(
            [[1, 2], [3, np.nan]],
            normalisations={"none": lambda x: x},
            weightings={"equal": [1, 1]},
            aggregations={"sum": lambda x, w: x @ w},
            units=["a", "b"],
            indicators=["x", "y"],
        )


def test_what_combinations_share_is_made_once_and_locked() -> None:
    made: list[str] = []

    def same(data: Any) -> Any:
        made.append("normalised")
        return data.copy()

    def equal(normalised: Any) -> Any:
        made.append("weighed")
        return np.ones(normalised.shape[1])

    def spoils(normalised: Any, weights: Any) -> Any:
        normalised[:] = 0
        return normalised @ weights

    def total(normalised: Any, weights: Any) -> Any:
        return normalised @ weights

    choices: dict[str, Any] = {"normalisations": {"same": same}, "weightings": {"equal": equal}}
    data = np.arange(6.0).reshape(3, 2)
    grid = MethodGrid(data, **choices, aggregations={"one": total, "other": total})
    result = grid.evaluate()
    assert made == ["normalised", "weighed"]
    np.testing.assert_array_equal(result.scores, [data.mean(axis=1)] * 2)
    grid = MethodGrid(data, **choices, aggregations={"spoils": spoils, "total": total})
    with pytest.raises(FaultsError, match=r"same × equal × spoils: .*read-only"):
        grid.evaluate()
