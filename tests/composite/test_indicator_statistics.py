"""Correlation, reliability, components and importance, against definitions and libraries."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from inovasi_index.composite.statistics import (
    Correlation,
    Gaps,
    correlation,
    correlation_ratio,
    cronbach_alpha,
    linear_importance,
    principal_components,
)
from inovasi_index.errors import FaultsError, UnknownNameError

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAN = math.nan
numbers = st.integers(-4, 4).map(float)


def tables(*, gaps: bool = False, columns: int = 3) -> st.SearchStrategy[NDArray[np.float64]]:
    elements = st.one_of(numbers, numbers, numbers, st.just(NAN)) if gaps else numbers
    return arrays(np.float64, st.tuples(st.integers(2, 9), st.just(columns)), elements=elements)


# --- Correlation ----------------------------------------------------------------------------


@given(data=tables(), method=st.sampled_from(Correlation))
def test_correlations_agree_with_pandas(data: NDArray[np.float64], method: Correlation) -> None:
    expected = pd.DataFrame(data).corr(method=method.value).to_numpy().copy()
    # Where a column is constant, pandas has NaN and we have 0; on the diagonal 1.
    expected[np.isnan(expected)] = 0
    np.fill_diagonal(expected, 1)
    found = correlation(data, method=method)
    np.testing.assert_allclose(found, expected, atol=1e-9)
    assert (found == found.T).all()


@given(data=tables(gaps=True), method=st.sampled_from(Correlation))
def test_pairwise_correlations_agree_with_pandas(
    data: NDArray[np.float64], method: Correlation
) -> None:
    present = ~np.isnan(data)
    together = (present[:, :, None] & present[:, None, :]).sum(axis=0)
    off_diagonal = ~np.eye(3, dtype=bool)
    if (together[off_diagonal] < 2).any():
        with pytest.raises(FaultsError, match="fewer than two rows have both"):
            correlation(data, method=method, gaps="pairwise")
        return
    expected = pd.DataFrame(data).corr(method=method.value).to_numpy().copy()
    expected[np.isnan(expected)] = 0
    np.fill_diagonal(expected, 1)
    found = correlation(data, method=method, gaps=Gaps.PAIRWISE)
    np.testing.assert_allclose(found, expected, atol=1e-9)
    assert (found == found.T).all()


@given(
    data=tables(),
    slope=st.sampled_from([-3.0, -0.5, 2.0, 1e6]),
    shift=st.sampled_from([0.0, 7.0, -1e5]),
)
def test_correlations_do_not_depend_on_units(
    data: NDArray[np.float64], slope: float, shift: float
) -> None:
    moved = data.copy()
    moved[:, 0] = slope * data[:, 0] + shift
    expected = correlation(data)
    expected[0, 1:] *= np.sign(slope)
    expected[1:, 0] *= np.sign(slope)
    np.testing.assert_allclose(correlation(moved), expected, atol=1e-7)


def test_rows_that_are_dropped() -> None:
    data = np.array([[1.0, 2], [2, 1], [3, 7], [NAN, 100], [5, NAN]])
    expected = correlation(data[:3])
    np.testing.assert_allclose(correlation(data, gaps="drop-rows"), expected)
    with pytest.raises(FaultsError) as caught:
        correlation(data)
    assert [f.place for f in caught.value.faults] == ["row 3, column 0", "row 4, column 1"]


def test_a_constant_that_sums_inexactly_has_no_correlation() -> None:
    data = np.column_stack([np.full(7, 0.1), np.arange(7.0)])
    assert correlation(data).tolist() == [[1, 0], [0, 1]]
    assert principal_components(data).eigenvalues.tolist()[1] == 0


# --- Reliability ----------------------------------------------------------------------------


@given(data=tables(columns=4), is_standardised=st.booleans())
def test_cronbach_by_its_definition(data: NDArray[np.float64], is_standardised: bool) -> None:
    items = data - data.mean(axis=0)
    if is_standardised:
        deviation = items.std(axis=0)
        items = items / np.where(deviation > 1e-9, deviation, 1)

    def alpha(part: NDArray[np.float64]) -> float:
        k = part.shape[1]
        total = part.sum(axis=1).var()
        return k / (k - 1) * (1 - part.var(axis=0).sum() / total) if total > 1e-9 else 0.0

    found = cronbach_alpha(data, is_standardised=is_standardised)
    degenerate = items.sum(axis=1).var() < 1e-6
    if not degenerate:
        assert found.alpha == pytest.approx(alpha(items), abs=1e-7)
    for j in range(4):
        rest = np.delete(items, j, axis=1)
        total = rest.sum(axis=1)
        if total.var() < 1e-6:
            continue
        assert found.alpha_if_deleted[j] == pytest.approx(alpha(rest), abs=1e-6)
        own = items[:, j]
        expected = np.corrcoef(own, total)[0, 1] if own.std() > 1e-9 else 0.0
        assert found.item_total[j] == pytest.approx(expected, abs=1e-6)


def test_parallel_items_are_perfectly_reliable() -> None:
    data = np.outer([1.0, 2, 5, 9], [1, 10, 100])
    found = cronbach_alpha(data)
    assert found.alpha == pytest.approx(1)
    np.testing.assert_allclose(found.item_total, 1)
    two = cronbach_alpha(data[:, :2])
    assert np.isnan(two.alpha_if_deleted).all()
    # Opposite items cancel, and what rounding leaves of their sum is no variance.
    x = np.array([0.1, 0.7, 0.2, 0.4])
    assert cronbach_alpha(np.column_stack([x, 0.3 - x])).alpha == 0
    nothing = cronbach_alpha(np.ones((3, 3)))
    assert nothing.alpha == 0
    assert nothing.item_total.tolist() == [0, 0, 0]


# --- Principal components -------------------------------------------------------------------


@given(data=tables(columns=3))
def test_components_rebuild_the_correlations(data: NDArray[np.float64]) -> None:
    found = principal_components(data)
    varies = data.std(axis=0) > 0
    expected = correlation(data) * np.outer(varies, varies)
    np.testing.assert_allclose(found.loadings @ found.loadings.T, expected, atol=1e-9)
    np.testing.assert_allclose(found.eigenvalues.sum(), varies.sum(), atol=1e-9)
    assert (np.diff(found.eigenvalues) <= 1e-12).all()
    assert found.explained.sum() == pytest.approx(1.0 if varies.any() else 0.0)
    largest = np.abs(found.loadings).argmax(axis=0)
    assert (found.loadings[largest, range(3)] >= 0).all()


# --- Importance -----------------------------------------------------------------------------


@given(data=tables(gaps=True), scores=arrays(np.float64, 9, elements=numbers | st.just(NAN)))
def test_linear_importance_is_the_squared_correlation(
    data: NDArray[np.float64], scores: NDArray[np.float64]
) -> None:
    y = scores[: len(data)]
    found = linear_importance(data, y)
    for j, column in enumerate(data.T):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # older releases of pandas warn of constants
            r = pd.Series(column).corr(pd.Series(y))
        assert found[j] == pytest.approx(0 if math.isnan(r) else r**2, abs=1e-9)


@given(
    x=arrays(np.float64, 12, elements=st.integers(0, 3).map(float)),
    y=arrays(np.float64, 12, elements=numbers),
)
def test_the_ratio_of_few_levels_is_that_of_the_groups(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> None:
    # Handbook, box 7: dispersion of the means of the categories over the whole dispersion.
    found = correlation_ratio(x[:, None], y, n_bins=4)[0]
    total = ((y - y.mean()) ** 2).sum()
    between = sum((x == level).sum() * (y[x == level].mean() - y.mean()) ** 2 for level in set(x))
    assert found == pytest.approx(between / total if total > 0 else 0.0, abs=1e-12)
    assert found >= linear_importance(x[:, None], y)[0] - 1e-9


def test_ratio_of_an_additive_score_of_independent_indicators() -> None:
    # V(E(y | x_i)) / V(y) is then the share of w_i² V(x_i) in the sum of them.
    rng = np.random.default_rng(6)
    data = rng.uniform(size=(20_000, 3)) * [1, 1, 2]
    scores = data @ [3, 1, 0.5]
    expected = np.array([9, 1, 1]) / 11
    np.testing.assert_allclose(correlation_ratio(data, scores), expected, atol=0.02)
    np.testing.assert_allclose(linear_importance(data, scores), expected, atol=0.02)


def test_ratio_sees_what_a_line_does_not() -> None:
    x = np.linspace(-1, 1, 1000)
    noise = np.random.default_rng(9).normal(size=1000)
    data = np.column_stack([x, noise])
    assert linear_importance(data, x**2)[0] < 1e-9
    found = correlation_ratio(data, x**2)
    assert found[0] > 0.95
    # What has nothing to do with the score has (bins - 1) / (rows - 1) on average.
    assert found[1] < 0.03


def test_bins_hold_equal_values_together() -> None:
    x = np.repeat([0.0, 1, 2, 3, 4, 5], [50, 1, 1, 1, 1, 50])
    y = np.where(x == 0, 1.0, 0.0)
    assert correlation_ratio(x[:, None], y, n_bins=2)[0] == pytest.approx(1, abs=0.1)
    # All 50 zeros fall in one bin, whatever their order.
    order = np.random.default_rng(1).permutation(len(x))
    found = correlation_ratio(x[order, None], y[order], n_bins=3)
    assert found == pytest.approx(correlation_ratio(x[:, None], y, n_bins=3))


def test_importance_without_variation_or_rows() -> None:
    data = np.array([[1.0, 1.0, NAN], [1.0, 2.0, NAN], [1.0, 3.0, 2.0]])
    scores = [0.1, 0.1, 0.1]
    assert linear_importance(data, scores).tolist() == [0, 0, 0]
    assert correlation_ratio(data, scores).tolist() == [0, 0, 0]
    assert correlation_ratio(data, [1.0, 2.0, 3.0])[[0, 2]].tolist() == [0, 0]


# --- Refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: correlation([[1, 2]]), "1 complete rows; at least two"),
        (lambda: correlation([[1.0, 2], [NAN, 1]], gaps="drop-rows"), "1 complete rows"),
        (lambda: cronbach_alpha([[1], [2]]), "one column"),
        (lambda: cronbach_alpha([[1, 2], [2, 1]], gaps="pairwise"), "whole rows are needed"),
        (lambda: principal_components([[1, NAN], [2.0, 1]]), "row 0, column 1"),
        (lambda: linear_importance([[1], [2]], [1]), r"shape \(1,\); the data have 2 rows"),
        (lambda: correlation_ratio([[1], [2]], [1, math.inf]), "scores: only finite"),
        (lambda: correlation_ratio([[1], [2]], [1, 2], n_bins=1), "n_bins: 1"),
        (lambda: correlation_ratio([[1], [2]], [1, 2], n_bins=2.5), "n_bins: 2.5"),  # type: ignore[arg-type]
    ],
)
def test_what_is_refused(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_unknown_methods_offer_near_misses() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'spearman'"):
        correlation([[1, 2], [2, 1]], method="sperman")
    with pytest.raises(UnknownNameError, match="'drop-rows'"):
        correlation([[1, 2], [2, 1]], gaps="drop_rows")
