"""Leave one indicator out."""

from __future__ import annotations

import numpy as np
import pytest

from inovasi_index.analysis.robustness import LinearScore, ScoreFunction, leave_one_out
from inovasi_index.errors import BadValueError


def test_against_scoring_without_the_column() -> None:
    rng = np.random.default_rng(2)
    values, weights = rng.random((15, 6)) * 100, rng.dirichlet(np.ones(6))
    found = leave_one_out(LinearScore(values), weights)
    np.testing.assert_allclose(found.nominal, values @ weights)
    for j in range(6):
        rest = np.delete(weights, j)
        scores = np.delete(values, j, axis=1) @ (rest / rest.sum())
        np.testing.assert_allclose(found.scores[j], scores)
        ranks = 1 + (scores[None, :] > scores[:, None]).sum(axis=1)
        np.testing.assert_array_equal(found.ranks[j], ranks)
        np.testing.assert_array_equal(found.shifts[j], ranks - found.nominal_ranks)
        assert found.mean_shifts[j] == np.abs(ranks - found.nominal_ranks).mean()
    columns = found.to_columns()
    assert {len(c) for c in columns.values()} == {90}
    assert columns["score"].tolist() == found.scores.ravel().tolist()
    assert columns["without"][15] == "1"


def test_the_sum_of_the_weights_is_kept() -> None:
    found = leave_one_out(LinearScore([[1, 1, 1]]), [2, 3, 5])
    np.testing.assert_allclose(found.scores, 10)


def test_an_indicator_without_weight_changes_nothing() -> None:
    found = leave_one_out(LinearScore([[1, 9, 4], [2, 0, 3]]), [1, 0, 1])
    np.testing.assert_allclose(found.scores[1], found.nominal)
    assert found.mean_shifts[1] == 0


def test_a_score_that_is_not_linear() -> None:
    values = np.array([[80.0, 20.0], [40.0, 60.0]])
    score = ScoreFunction(lambda w: np.exp(w @ np.log(values.T)), ["A", "B"], ["x", "y"])
    found = leave_one_out(score, [0.5, 0.5])
    np.testing.assert_allclose(found.scores, [[20, 60], [80, 40]])


def test_an_indicator_that_carries_all_the_weight() -> None:
    with pytest.raises(BadValueError, match="y carries all the weight"):
        leave_one_out(LinearScore([[1, 2], [2, 1]], indicators=["x", "y"]), [0, 1])
