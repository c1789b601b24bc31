"""Ranks and the likeness of rankings, against definitions, SciPy and published cases."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from inovasi_index.composite import (
    TieRule,
    average_rank_shift,
    drastic_ws_distance,
    frobenius_distance,
    kemeny_distance,
    kendall_tau,
    ranks,
    spearman,
    weighted_spearman,
    ws_similarity,
)
from inovasi_index.errors import BadValueError, FaultsError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Comparison = Callable[[Any, Any], NDArray[np.float64]]

stats = pytest.importorskip("scipy.stats")

# --- Ranks ----------------------------------------------------------------------------------

scores_2d = arrays(
    np.float64,
    st.tuples(st.integers(1, 5), st.integers(1, 9)),
    elements=st.integers(-3, 3).map(float),
)


@given(scores=scores_2d, ties=st.sampled_from(TieRule))
def test_ranks_are_counts_of_what_is_better(scores: NDArray[np.float64], ties: TieRule) -> None:
    found = ranks(scores, ties=ties)
    assert found.dtype == (np.float64 if ties is TieRule.AVERAGE else np.int64)
    for row, ranked in zip(scores, found, strict=True):
        for value, rank in zip(row, ranked, strict=True):
            better, equal = (row > value).sum(), (row == value).sum()
            expected = {
                "min": better + 1,
                "max": better + equal,
                "average": better + (equal + 1) / 2,
                "dense": len(set(row[row > value])) + 1,
            }
            assert rank == expected[ties]


def test_ranks_by_hand() -> None:
    scores = [5, 9, 9, 1, 9]
    assert ranks(scores).tolist() == [4, 1, 1, 5, 1]
    assert ranks(scores, ties="max").tolist() == [4, 3, 3, 5, 3]
    assert ranks(scores, ties="average").tolist() == [4, 2, 2, 5, 2]
    assert ranks(scores, ties="dense").tolist() == [2, 1, 1, 3, 1]


def test_ranks_of_any_shape_and_kind() -> None:
    cube = np.arange(24).reshape(2, 3, 4)
    assert ranks(cube).shape == (2, 3, 4)
    assert (ranks(cube) == [4, 3, 2, 1]).all()
    assert ranks(np.array([0, 255, 3], dtype=np.uint8)).tolist() == [3, 1, 2]
    assert ranks([True, False]).tolist() == [1, 2]
    assert ranks([math.inf, -math.inf, 0.0]).tolist() == [1, 3, 2]
    assert ranks([0.0, -0.0]).tolist() == [1, 1]
    assert ranks(np.zeros((0, 3))).shape == (0, 3)
    assert ranks(np.zeros((3, 0))).shape == (3, 0)


def test_large_integers_are_not_rounded() -> None:
    assert ranks([2**62, 2**62 + 1]).tolist() == [2, 1]


def test_masked_values_are_missing() -> None:
    masked = np.ma.MaskedArray([1, 9, 3], mask=[False, True, False])
    with pytest.raises(FaultsError, match="1: NaN cannot be ranked"):
        ranks(masked)
    with pytest.raises(FaultsError, match="1: nan: ranks are finite numbers"):
        spearman([1, 2, 3], masked)
    assert ranks(np.ma.MaskedArray([1, 9, 3])).tolist() == [3, 1, 2]


def test_ranks_in_many_pieces_agree_with_scipy() -> None:
    scores = np.random.default_rng(1).normal(size=(700, 120)).round(1)
    for ties in TieRule:
        expected = stats.rankdata(-scores, method=ties, axis=1)
        np.testing.assert_array_equal(ranks(scores, ties=ties), expected)


def test_scores_that_cannot_be_ranked() -> None:
    with pytest.raises(FaultsError) as caught:
        ranks([[1.0, math.nan], [math.nan, 2.0]])
    assert [f.place for f in caught.value.faults] == ["0, 1", "1, 0"]
    for bad in (["a", "b"], 3.0):
        with pytest.raises(BadValueError, match="array of numbers"):
            ranks(bad)
    with pytest.raises(UnknownNameError, match="did you mean 'dense'"):
        ranks([1, 2], ties="dens")


# --- Published cases ------------------------------------------------------------------------

# pymcdm, test/test_distances.py (MIT), by the papers that the functions cite.
DRASTIC = [
    ([1, 2, 3, 4, 5], 0.0),
    ([2, 1, 3, 4, 5], 0.7742),
    ([1, 3, 2, 4, 5], 0.3871),
    ([1, 2, 4, 3, 5], 0.1935),
    ([1, 2, 3, 5, 4], 0.0968),
    ([3, 2, 1, 4, 5], 0.6452),
    ([4, 2, 3, 1, 5], 0.5806),
    ([5, 2, 3, 4, 1], 0.5484),
]
OF_THREE = [
    ([1, 2, 3], 0.0, 0.0),
    ([1, 2.5, 2.5], 1.0, 1.4142),
    ([1, 3, 2], 2.0, 2.8284),
    ([1.5, 3, 1.5], 3.0, 3.1623),
    ([2, 3, 1], 4.0, 4.0),
    ([2.5, 2.5, 1], 5.0, 4.2426),
    ([3, 2, 1], 6.0, 4.899),
    ([3, 1.5, 1.5], 5.0, 4.2426),
    ([3, 1, 2], 4.0, 4.0),
    ([2.5, 1, 2.5], 3.0, 3.1623),
    ([2, 1, 3], 2.0, 2.8284),
    ([1.5, 1.5, 3], 1.0, 1.4142),
    ([2, 2, 2], 3.0, 2.4495),
]


def test_published_drastic_distances() -> None:
    rankings = [ranking for ranking, _ in DRASTIC]
    found = drastic_ws_distance([1, 2, 3, 4, 5], rankings)
    np.testing.assert_allclose(found, [distance for _, distance in DRASTIC], atol=5e-5)


def test_published_kemeny_and_frobenius_distances() -> None:
    rankings = np.array([ranking for ranking, _, _ in OF_THREE])
    found = kemeny_distance([1, 2, 3], rankings)
    assert found.tolist() == [distance for _, distance, _ in OF_THREE]
    found = frobenius_distance([1, 2, 3], rankings)
    np.testing.assert_allclose(found, [distance for *_, distance in OF_THREE], atol=5e-5)


def test_published_coefficients() -> None:
    # Paradowski, Bączkiewicz and Wątróbski (2021), Procedia Computer Science 192, 1347-1358.
    x = [7, 11, 2, 1, 4, 9, 6, 3, 5, 10, 8, 12]
    y = [7, 11, 3, 2, 4, 9, 6, 1, 5, 10, 8, 12]
    assert float(weighted_spearman(x, y)) == pytest.approx(0.96, abs=0.005)
    assert float(ws_similarity(x, y)) == pytest.approx(0.90, abs=0.005)
    # Sałabun and Urbaniak (2020), ICCS 2020, LNCS 12138, 632-645.
    assert float(spearman([1, 2, 3, 4, 5], [2, 1, 3, 4, 5])) == pytest.approx(0.9)


# --- Definitions ----------------------------------------------------------------------------

COMPARISONS: dict[str, Comparison] = {
    "spearman": spearman,
    "kendall": kendall_tau,
    "kemeny": kemeny_distance,
    "frobenius": frobenius_distance,
    "weighted": weighted_spearman,
    "ws": ws_similarity,
    "drastic": drastic_ws_distance,
    "shift": average_rank_shift,
}


@st.composite
def two_rankings(draw: st.DrawFn) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    n = draw(st.integers(2, 9))
    numbers = st.integers(1, draw(st.integers(1, n))).map(float)
    return draw(arrays(np.float64, n, elements=numbers)), draw(
        arrays(np.float64, n, elements=numbers)
    )


def sign(number: float) -> int:
    return int(number > 0) - int(number < 0)


@given(pair=two_rankings())
def test_comparisons_by_their_definitions(
    pair: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    x, y = pair
    n = len(x)
    pairs = [(sign(x[i] - x[j]), sign(y[i] - y[j])) for i, j in combinations(range(n), 2)]
    size = math.sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
    tau = sum(a * b for a, b in pairs) / size if size else 0.0
    assert float(kendall_tau(x, y)) == pytest.approx(tau)
    assert float(kemeny_distance(x, y)) == sum(abs(a - b) for a, b in pairs)
    frobenius = math.sqrt(2 * sum((a - b) ** 2 for a, b in pairs))
    assert float(frobenius_distance(x, y)) == pytest.approx(frobenius)
    weighted = sum((a - b) ** 2 * ((n - a + 1) + (n - b + 1)) for a, b in zip(x, y, strict=True))
    expected = 1 - 6 * weighted / (n**4 + n**3 - n**2 - n)
    assert float(weighted_spearman(x, y)) == pytest.approx(expected)
    ws = sum(2.0**-a * abs(a - b) / max(abs(1 - a), abs(n - a)) for a, b in zip(x, y, strict=True))
    assert float(ws_similarity(x, y)) == pytest.approx(1 - ws)
    drastic = sum(2.0**-a for a, b in zip(x, y, strict=True) if a != b) / (1 - 2.0**-n)
    assert float(drastic_ws_distance(x, y)) == pytest.approx(drastic)
    assert float(average_rank_shift(x, y)) == pytest.approx(np.abs(x - y).mean())
    if len(set(x)) > 1 and len(set(y)) > 1:
        assert float(spearman(x, y)) == pytest.approx(stats.spearmanr(x, y)[0])
        assert float(kendall_tau(x, y)) == pytest.approx(stats.kendalltau(x, y)[0])
    else:
        assert float(spearman(x, y)) == float(kendall_tau(x, y)) == 0


@given(data=st.data())
def test_many_rankings_at_once(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 7))
    numbers = st.integers(1, n).map(float)
    reference = data.draw(arrays(np.float64, n, elements=numbers))
    many = data.draw(arrays(np.float64, (2, 3, n), elements=numbers))
    for name, compare in COMPARISONS.items():
        found = compare(reference, many)
        assert found.shape == (2, 3), name
        for i, j in np.ndindex(2, 3):
            one = compare(reference, many[i, j])
            assert one.shape == ()
            assert float(one) == pytest.approx(float(found[i, j]), abs=1e-12), name
    assert kendall_tau(reference, many[:0]).shape == (0, 3)


@given(order=st.permutations(range(1, 8)))
def test_order_of_alternatives_does_not_matter(order: list[int]) -> None:
    reference, ranking = np.arange(1, 8), np.array([2, 1, 3, 4, 7, 6, 5])
    at = np.array(order) - 1
    for name, compare in COMPARISONS.items():
        found = compare(reference[at], ranking[at])
        assert float(found) == pytest.approx(float(compare(reference, ranking))), name


@given(order=st.permutations(range(1, 8)))
def test_identity_and_opposite(order: list[int]) -> None:
    opposite = [8 - rank for rank in order]
    expected = {
        "spearman": (1, -1),
        "kendall": (1, -1),
        "kemeny": (0, 42),
        "frobenius": (0, math.sqrt(168)),
        "weighted": (1, -1),
        "drastic": (0, 1 - 2.0**-4 / (1 - 2.0**-7)),
        "shift": (0, 24 / 7),
    }
    for name, (same, other) in expected.items():
        found = COMPARISONS[name](order, [order, opposite])
        np.testing.assert_allclose(found, [same, other], atol=1e-12, err_msg=name)
    assert float(ws_similarity(order, order)) == 1


def test_scores_serve_where_only_the_order_counts() -> None:
    x, y = [3.2, 9.9, 4.1], [100.0, 300.0, 50.0]
    for name in ("spearman", "kendall", "kemeny", "frobenius"):
        compare = COMPARISONS[name]
        assert compare(x, y) == pytest.approx(compare(ranks(x), ranks(y)))


def test_long_rankings_agree_with_scipy() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.integers(0, 300, 2_000), rng.integers(0, 50, 2_000)
    assert float(kendall_tau(x, y)) == pytest.approx(stats.kendalltau(x, y)[0])
    assert float(kendall_tau(rng.random(3000), rng.random(3000))) == pytest.approx(0, abs=0.05)


def test_many_draws_in_pieces_agree_with_scipy() -> None:
    rng = np.random.default_rng(8)
    draws = rng.integers(0, 40, size=(600, 100))
    found = kendall_tau(draws[0], draws)
    some = range(0, 600, 97)
    expected = [stats.kendalltau(draws[0], draws[i])[0] for i in some]
    np.testing.assert_allclose(found[some], expected)


@pytest.mark.parametrize(
    ("reference", "rankings", "message"),
    [
        ([1], [1], r"shape \(1,\); one ranking of at least two"),
        ([[1, 2]], [1, 2], r"shape \(1, 2\); one ranking"),
        ([1, 2], [1, 2, 3], r"shape \(3,\); the reference ranks 2"),
        ([1, 2], 3, r"shape \(\); the reference ranks 2"),
        ([1, 2], ["a", "b"], "only numbers"),
        ([1, math.nan], [1, 2], "reference: 1 fault\n  1: nan"),
        ([1, 2], [[1, 2], [math.inf, 2]], "rankings: 1 fault\n  1, 0: inf"),
    ],
)
def test_what_is_no_ranking(reference: Any, rankings: Any, message: str) -> None:
    for compare in COMPARISONS.values():
        with pytest.raises(ValueError, match=message):
            compare(reference, rankings)


def test_places_lie_between_one_and_n() -> None:
    for compare in (weighted_spearman, ws_similarity, drastic_ws_distance):
        with pytest.raises(FaultsError, match=r"rankings: 2 faults\n  0: 0: ranks are 1 to 3"):
            compare([1, 2, 3], [0, 4, 2])
