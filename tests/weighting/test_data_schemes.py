"""Schemes that weigh from data: properties, odd tables, formulas written out plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from inovasi_index.errors import BadValueError
from inovasi_index.weighting import (
    Angle,
    BestRows,
    Cilos,
    CoefficientOfVariation,
    Correlation,
    Criteria,
    Critic,
    Entropy,
    FactorWeights,
    Gini,
    Idocriw,
    Lopcow,
    Merec,
    PcaWeights,
    Scaling,
    StandardDeviation,
    Variance,
    WeightingScheme,
    Weights,
)
from inovasi_index.weighting.kernels.cilos import stationary_weights

Array: TypeAlias = Any  # float64; what NumPy answers with has too many types to spell

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMES: dict[str, WeightingScheme] = {
    "standard deviation": StandardDeviation(),
    "standard deviation, min-max": StandardDeviation(Scaling.RANGE),
    "variance": Variance(),
    "variance as given": Variance(Scaling.AS_GIVEN),
    "coefficient of variation": CoefficientOfVariation(),
    "entropy": Entropy(),
    "gini": Gini(),
    "angle": Angle(),
    "lopcow": Lopcow(),
    "lopcow, population": Lopcow(ddof=0),
    "critic": Critic(),
    "critic, spearman": Critic(Correlation.SPEARMAN),
    "merec": Merec(),
    "cilos": Cilos(),
    "idocriw": Idocriw(),
    "pca": PcaWeights(),
}
# Whose weights do not depend on the units of the indicators.
FREE_OF_UNITS = sorted(SCHEMES.keys() - {"standard deviation", "variance as given"})
# Whose weights do not depend on where the scale begins, either.
FREE_OF_ORIGIN = [
    "standard deviation",
    "standard deviation, min-max",
    "variance",
    "lopcow",
    "critic",
    "critic, spearman",
    "pca",
]
# Many schemes share these properties: fewer examples for each.
fewer = settings(max_examples=max(15, settings().max_examples // 4))
every_scheme = pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES.keys())

positive = st.integers(1, 40).map(lambda n: n / 4)
tables = st.tuples(st.integers(1, 12), st.integers(1, 5)).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=positive)
)


def criteria_for(data: Array, **given: Any) -> Criteria:
    return Criteria.of([f"c{j}" for j in range(data.shape[1])], **given)


def weigh(scheme: WeightingScheme, data: Array, **given: Any) -> Array:
    return scheme.weigh(criteria_for(data, **given), data).values


def columns_differ(data: Array) -> bool:
    """Return whether no two rankings or columns nearly coincide, nor any column is constant."""
    if len(data) < 3 or (data.std(axis=0) == 0).any():
        return False
    correlation = np.corrcoef(data.T).reshape(data.shape[1], -1)
    return bool((np.abs(correlation - np.eye(len(correlation))) < 0.999).all())


@every_scheme
class TestProperties:
    @fewer
    @given(data=tables)
    def test_weights_are_weights(self, scheme: WeightingScheme, data: Array) -> None:
        weights = scheme.weigh(criteria_for(data), data)
        assert abs(weights.values.sum() - 1) < 1e-12
        assert (weights.values >= 0).all()

    @fewer
    @given(data=tables)
    def test_constant_indicators_weigh_nothing_and_are_named(
        self, scheme: WeightingScheme, data: Array
    ) -> None:
        constant = np.ptp(data, axis=0) == 0
        weights = scheme.weigh(criteria_for(data), data)
        if constant.all():
            np.testing.assert_allclose(weights.values, 1 / data.shape[1])
            assert any("equal weights" in note for note in weights.notes)
        else:
            assert (weights.values[constant] == 0).all()
            named = [note for note in weights.notes if note.startswith("constant: ")]
            keys = ", ".join(f"c{j}" for j in np.flatnonzero(constant))
            assert named == ([f"constant: {keys} → weight 0"] if constant.any() else [])

    @fewer
    @given(data=tables.filter(columns_differ), seed=st.integers(0, 99))
    def test_order_of_rows_and_columns_does_not_matter(
        self, scheme: WeightingScheme, data: Array, seed: int
    ) -> None:
        rng = np.random.default_rng(seed)
        rows, columns = rng.permutation(len(data)), rng.permutation(data.shape[1])
        directions = rng.choice([-1, 1], data.shape[1])
        plain = weigh(scheme, data, directions=directions)
        moved = weigh(scheme, data[rows][:, columns], directions=directions[columns])
        np.testing.assert_allclose(moved, plain[columns], rtol=1e-6, atol=1e-9)

    @fewer
    @given(data=tables)
    def test_memory_order_and_integers_do_not_matter(
        self, scheme: WeightingScheme, data: Array
    ) -> None:
        whole = (4 * data).astype(np.uint8)
        expected = weigh(scheme, whole.astype(np.float64))
        np.testing.assert_allclose(weigh(scheme, whole), expected, rtol=1e-12, atol=1e-14)
        fortran = np.asfortranarray(whole)
        np.testing.assert_allclose(weigh(scheme, fortran), expected, rtol=1e-12, atol=1e-14)
        wide = np.zeros((2 * len(whole), 2 * whole.shape[1]), dtype=np.uint8)
        wide[::2, ::2] = whole
        np.testing.assert_allclose(weigh(scheme, wide[::2, ::2]), expected, rtol=1e-12, atol=1e-14)

    def test_data_are_left_alone(self, scheme: WeightingScheme) -> None:
        data = np.random.default_rng(0).uniform(1, 4, (50, 4))
        before = data.copy()
        data.setflags(write=False)
        weigh(scheme, data, directions=[1, -1, 1, -1])
        np.testing.assert_array_equal(data, before)

    def test_same_input_same_bits(self, scheme: WeightingScheme) -> None:
        data = np.random.default_rng(1).uniform(1, 4, (3000, 7))
        first, again = (scheme.weigh(criteria_for(data), data) for _ in range(2))
        assert first == again

    def test_says_what_it_did(self, scheme: WeightingScheme) -> None:
        data = np.random.default_rng(2).uniform(1, 4, (9, 3))
        weights = scheme.weigh(criteria_for(data), data)
        assert weights.scheme
        assert weights.details


@pytest.mark.parametrize("name", FREE_OF_UNITS)
@fewer
@example(  # the second eigenvalue of the correlations is 1
    data=np.array([[0.5, 7.75, 0.25], [0.25, 5.75, 0.5], [0.25, 9.75, 0.25]]), seed=1
)
@given(data=tables.filter(columns_differ), seed=st.integers(0, 99))
def test_units_do_not_matter(name: str, data: Array, seed: int) -> None:
    units = 10.0 ** np.random.default_rng(seed).integers(-6, 7, data.shape[1])
    scheme = SCHEMES[name]
    plain = weigh(scheme, data)
    np.testing.assert_allclose(weigh(scheme, data * units), plain, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", FREE_OF_ORIGIN)
@fewer
@given(data=tables.filter(columns_differ), seed=st.integers(0, 99))
def test_origin_does_not_matter(name: str, data: Array, seed: int) -> None:
    shift = np.random.default_rng(seed).integers(-50, 50, data.shape[1])
    scheme = SCHEMES[name]
    plain = weigh(scheme, data)
    np.testing.assert_allclose(weigh(scheme, data + shift), plain, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", ["standard deviation", "variance as given"])
def test_units_matter_where_values_are_taken_as_given(name: str) -> None:
    data = np.array([[1.0, 1.0], [2.0, 3.0]])
    assert weigh(SCHEMES[name], data)[1] < weigh(SCHEMES[name], data * (1, 10))[1]


# --- odd tables ---------------------------------------------------------------------------


@every_scheme
def test_single_row_weighs_equally(scheme: WeightingScheme) -> None:
    weights = scheme.weigh(Criteria.of("abc"), np.array([[1.0, 2.0, 3.0]]))
    np.testing.assert_allclose(weights.values, 1 / 3)
    assert weights.notes == ("there is one row → equal weights",)


@every_scheme
def test_single_indicator_has_all_weight(scheme: WeightingScheme) -> None:
    assert weigh(scheme, np.array([[1.0], [2.0], [4.0]])).tolist() == [1.0]
    assert weigh(scheme, np.array([[2.0], [2.0]])).tolist() == [1.0]


@every_scheme
def test_twins_weigh_the_same(scheme: WeightingScheme) -> None:
    column = np.array([1.0, 2.0, 4.0, 3.0])
    np.testing.assert_allclose(weigh(scheme, np.column_stack([column, column])), 0.5)


@every_scheme
def test_a_million_rows(scheme: WeightingScheme) -> None:
    # Repeating a table changes no share, mean, rank or extreme: the weights stay.
    few = np.random.default_rng(3).integers(1, 5, (1000, 3)).astype(np.float64)
    many = np.tile(few, (1000, 1))
    # But the deviation of LOPCOW divides by m - 1.
    tolerance = 2e-3 if scheme == Lopcow() else 1e-9
    np.testing.assert_allclose(weigh(scheme, many), weigh(scheme, few), rtol=tolerance)


ZEROS = np.array([[0.0, 0.0, 3.0], [1.0, 0.0, 0.0], [0.0, 0.0, 2.0], [3.0, 0.0, 1.0]])


@pytest.mark.parametrize("name", sorted(SCHEMES.keys() - {"merec"}))
def test_zeros_have_a_result(name: str) -> None:
    weights = weigh(SCHEMES[name], ZEROS)
    assert weights[1] == 0
    assert (weights[[0, 2]] > 0).all()
    assert weigh(SCHEMES[name], np.zeros((3, 2))).tolist() == [0.5, 0.5]


def test_merec_needs_an_offset_for_zeros() -> None:
    with pytest.raises(
        BadValueError, match=r"must be positive.* c0 is 0 in row 0, c1 is 0 in row 0"
    ):
        weigh(Merec(), ZEROS)
    np.testing.assert_allclose(weigh(Merec(offset=1), ZEROS), weigh(Merec(), ZEROS + 1))
    scheme = Merec(offset=1).weigh(criteria_for(ZEROS), ZEROS).scheme
    assert scheme == "MEREC (offset 1)"


def test_perfect_agreement_is_no_conflict() -> None:
    data = np.array([[1.0, 10.0, 7.0], [2.0, 30.0, 7.0], [3.0, 50.0, 7.0]])
    weights = Critic().weigh(criteria_for(data), data)
    assert weights.values.tolist() == [0.5, 0.5, 0.0]
    assert weights.notes == (
        "constant: c2 → weight 0",
        "every information is 0 → equal weights",
    )


@pytest.mark.parametrize("origin", [0.0, 1.0, 2.0, 30.0, 1e6])
def test_agreement_stays_perfect_in_long_tables(origin: float) -> None:
    # The products are sums of a hundred thousand; what rounds there must not pass for conflict.
    values = origin + np.random.default_rng(5).uniform(0, 4, 100_000)
    data = np.column_stack([values, 3 * values, 1 - 7 * values])
    criteria = Criteria.of("abc", directions=[1, 1, -1])
    weights = Critic().weigh(criteria, data)
    np.testing.assert_allclose(weights.values, 1 / 3)
    assert weights.notes == ("every information is 0 → equal weights",)


def test_opposite_directions_turn_agreement_into_conflict() -> None:
    data = np.array([[1.0, 1.0, 3.0], [2.0, 2.0, 1.0], [3.0, 3.0, 2.0]])
    together = weigh(Critic(), data)
    apart = weigh(Critic(), data, directions=[1, -1, 1])
    assert apart[0] > together[0]
    np.testing.assert_allclose(
        apart, weigh(Critic(), np.column_stack([data[:, 0], -data[:, 1], data[:, 2]]))
    )


@pytest.mark.parametrize(
    "scheme", [Critic(), StandardDeviation(), Variance(), Lopcow(), Angle(), PcaWeights()]
)
def test_spread_too_small_to_square_counts_as_constant(scheme: WeightingScheme) -> None:
    data = np.array([[1e-170, 1.0], [2e-170, 2.0], [3e-170, 5.0]])
    weights = scheme.weigh(criteria_for(data), data)
    assert weights.values.tolist() == [0.0, 1.0]
    assert weights.notes[0] == "constant: c0 → weight 0"


def test_variation_around_a_mean_of_zero() -> None:
    data = np.array([[-1.0, 1.0], [1.0, 2.0]])
    with pytest.raises(BadValueError, match="mean must not be 0 where values vary: c0"):
        weigh(CoefficientOfVariation(), data)
    # The angle to a constant is a right angle there.
    weights = Angle().weigh(criteria_for(data), data)
    assert weights.details["angle"][0] == pytest.approx(np.pi / 2)


@pytest.mark.parametrize("best_rows", BestRows)
def test_several_best_rows(best_rows: BestRows) -> None:
    data = np.array([[3.0, 1.0], [3.0, 3.0], [1.0, 4.0], [3.0, 2.0]])
    losses = Cilos(best_rows).weigh(criteria_for(data), data).details["losses"]
    elsewhere = {BestRows.MEAN: (1 + 3 + 2) / 3, BestRows.FIRST: 1.0}[best_rows]
    np.testing.assert_allclose(losses, [[0, 1 - elsewhere / 4], [1 - 1 / 3, 0]])


def test_first_best_row_is_found_in_a_later_block() -> None:
    data = np.ones((50_000, 2))
    data[-2] = 4.0, 2.0
    data[-1] = 1.0, 3.0
    for rows in BestRows:
        losses = Cilos(rows).weigh(criteria_for(data), data).details["losses"]
        np.testing.assert_allclose(losses, [[0, 1 / 3], [3 / 4, 0]])


def test_impact_losses_without_a_unique_solution() -> None:
    # Everything is best in the same row: nothing is lost anywhere.
    data = np.array([[3.0, 5.0, 9.0], [1.0, 2.0, 2.0]])
    weights = Cilos().weigh(criteria_for(data), data)
    np.testing.assert_allclose(weights.values, 1 / 3)
    assert weights.notes == ("the solution is not unique → projection of equal weights",)


@pytest.mark.parametrize("leak", [0.1, 1e-6, 1e-9, 1e-12])
def test_cilos_keeps_a_solution_that_is_hardly_unique(leak: float) -> None:
    # Without the leak from the second pair to the first each pair has a solution of its own.
    losses = np.array([[0, 0.5, leak, 0], [0.5, 0, 0, 0], [0, 0, 0, 0.2], [0, 0, 0.1, 0]])
    weights, solutions = stationary_weights(losses)
    assert solutions == 1
    np.testing.assert_allclose(weights, [0.5, 0.5, 0, 0], atol=1e-3 * leak**0.5)


def test_costs_of_cilos_must_be_positive() -> None:
    data = np.array([[0.0, 1.0], [1.0, 2.0]])
    assert weigh(Cilos(), data).sum() == pytest.approx(1)
    for scheme in (Cilos(), Idocriw()):
        with pytest.raises(
            BadValueError, match="those of a cost must be positive; c0 is 0 in row 0"
        ):
            weigh(scheme, data, directions=[-1, 1])


def test_idocriw_of_values_too_small_for_a_distribution() -> None:
    data = np.random.default_rng(8).uniform(1, 4, (20, 3))
    data[:, 0] *= 1e-300
    weights = Idocriw().weigh(Criteria.of("abc"), data)
    assert weights.notes == ("constant: a → weight 0",)
    assert weights["a"] == 0
    assert (weights.values[1:] > 0).all()
    assert weigh(Idocriw(), data * 1e-300) == pytest.approx(1 / 3)


@pytest.mark.parametrize("scheme", [Entropy(), Gini(), Cilos(), Idocriw()])
def test_negative_values_are_refused(scheme: WeightingScheme) -> None:
    data = np.array([[1.0, 1.0], [2.0, -0.5]])
    with pytest.raises(BadValueError, match=r"must not be negative.*c1 is -0\.5 in row 1"):
        weigh(scheme, data)
    for bad in ([[1.0, -1.0], [2.0, -3.0]], [[0.0, -1.0], [0.0, 1.0]], [[1.0, -1.0]]):
        with pytest.raises(BadValueError, match=r"must not be negative.*c1 is -"):
            weigh(scheme, np.array(bad))


def test_many_bad_columns_are_counted() -> None:
    with pytest.raises(BadValueError, match=r"c4 is -1 in row 0 and 3 more"):
        weigh(Entropy(), np.full((2, 8), -1.0))


# --- bad data -----------------------------------------------------------------------------

ALL = {**SCHEMES, "factors": FactorWeights()}


@pytest.mark.parametrize("scheme", ALL.values(), ids=ALL.keys())
class TestBadData:
    def test_no_data(self, scheme: WeightingScheme) -> None:
        with pytest.raises(
            BadValueError, match=r"weighs from data: give data of shape \(rows, 2\)"
        ):
            scheme.weigh(Criteria.of("ab"))

    @pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
    def test_values_that_are_not_finite_are_named(
        self, scheme: WeightingScheme, bad: float
    ) -> None:
        data = np.ones((40_000, 2))
        data[39_999, 1] = bad
        with pytest.raises(BadValueError, match=f"row 39999 of b \\({bad}\\)"):
            scheme.weigh(Criteria.of("ab"), data)

    @pytest.mark.parametrize("shape", [(2, 3), (2,), (0, 2), (1, 2, 2)])
    def test_wrong_shape(self, scheme: WeightingScheme, shape: tuple[int, ...]) -> None:
        with pytest.raises(BadValueError, match=r"shape \(rows, 2\).*not \("):
            scheme.weigh(Criteria.of("ab"), np.ones(shape))


def test_many_missing_values_are_counted() -> None:
    data = np.full((3, 3), np.nan)
    with pytest.raises(BadValueError, match=r"row 1 of b \(nan\) and 4 more"):
        Entropy().weigh(Criteria.of("abc"), data)


def test_missing_values_are_counted_over_all_blocks() -> None:
    data = np.ones((100_000, 2))
    data[[10, 50_000, 50_001, 50_002, 50_003, 50_004, 99_999], 0] = np.nan
    with pytest.raises(BadValueError, match=r"row 10 of a .*row 50003 of a \(nan\) and 2 more"):
        Entropy().weigh(Criteria.of("ab"), data)


def test_infinities_that_cancel_are_found() -> None:
    data = np.array([[np.inf, 1.0], [-np.inf, 2.0]])
    with pytest.raises(BadValueError, match=r"row 0 of a \(inf\), row 1 of a \(-inf\)"):
        Entropy().weigh(Criteria.of("ab"), data)


def test_masked_values_are_missing() -> None:
    data = np.ma.masked_equal(np.array([[1, 9], [2, 3]]), 9)
    with pytest.raises(BadValueError, match="row 0 of b"):
        Entropy().weigh(Criteria.of("ab"), data)
    whole = np.ma.masked_equal(np.array([[1.0, 2.0], [2.0, 2.5]]), 9)
    np.testing.assert_allclose(weigh(Entropy(), whole), weigh(Entropy(), whole.data))


@pytest.mark.parametrize("scheme", [Critic(), StandardDeviation(), Angle(), PcaWeights()])
def test_numbers_too_large_to_square(scheme: WeightingScheme) -> None:
    with pytest.raises(BadValueError, match="this large cannot be squared"):
        scheme.weigh(Criteria.of("ab"), np.array([[1e200, 1.0], [1.0, 2.0]]))


def test_numbers_too_large_to_sum() -> None:
    with pytest.raises(BadValueError, match="this large cannot be summed"):
        Entropy().weigh(Criteria.of("a"), np.array([[1.7e308], [1.7e308]]))
    with pytest.raises(BadValueError, match=r"row 1 of a \(inf\)"):
        Entropy().weigh(Criteria.of("a"), np.array([[1.7e308], [np.inf]]))


def test_numbers_too_far_apart_to_subtract() -> None:
    with pytest.raises(BadValueError, match="this large cannot be subtracted"):
        Cilos().weigh(Criteria.of("a"), np.array([[1.7e308], [-1.7e308]]))


def test_constant_column_of_numbers_that_are_not_exact() -> None:
    # A tenth has no exact sum: rounding spreads the deviations, which must not count.
    data = np.column_stack([np.full(100_000, 0.1), np.resize([1.0, 2.0], 100_000)])
    for scheme in SCHEMES.values():
        weights = scheme.weigh(criteria_for(data), data)
        assert weights.values.tolist() == [0.0, 1.0]
        assert weights.notes[0] == "constant: c0 → weight 0"


def test_entropy_of_columns_that_hardly_vary_keeps_its_digits() -> None:
    data = 1e6 + np.random.default_rng(1).random((6, 3)) * 1e-3
    # To second order the divergence is half the squared coefficient of variation.
    expected = data.var(axis=0) / data.mean(axis=0) ** 2
    for rows in (slice(None), slice(None, None, -1)):
        np.testing.assert_allclose(weigh(Entropy(), data[rows]), expected / expected.sum(), 1e-5)


def test_tiny_but_true_spread_counts() -> None:
    data = np.column_stack([1 + np.array([0.0, 0.0, 1e-12]), 1 + np.array([0.0, 0.0, 2e-12])])
    np.testing.assert_allclose(weigh(StandardDeviation(), data), [1 / 3, 2 / 3], rtol=1e-3)
    assert weigh(Entropy(), data)[0] + weigh(Entropy(), data)[1] == pytest.approx(1)


def test_text_and_ragged_rows() -> None:
    with pytest.raises(BadValueError, match="must be numbers"):
        Entropy().weigh(Criteria.of("ab"), np.array([["1", "x"]]))
    with pytest.raises(BadValueError, match="rows of one length"):
        Entropy().weigh(Criteria.of("ab"), [[1, 2], [3]])  # type: ignore[arg-type]


# --- the formulas, written out as they are printed ----------------------------------------


def scaled(data: Array, directions: Array) -> Array:
    width = np.ptp(data, axis=0)
    return np.where(directions > 0, data - data.min(axis=0), data.max(axis=0) - data) / width


def by_entropy(data: Array, _: Array) -> Array:
    share = data / data.sum(axis=0)
    return 1 + (share * np.log(share)).sum(axis=0) / np.log(len(data))


def by_gini(data: Array, _: Array) -> Array:
    pairs = np.array([np.abs(column[:, None] - column).sum() for column in data.T])
    return pairs / (2 * len(data) ** 2 * data.mean(axis=0))


def by_angle(data: Array, _: Array) -> Array:
    return np.arccos(data.sum(axis=0) / np.sqrt(len(data)) / np.linalg.norm(data, axis=0))


def by_lopcow(data: Array, directions: Array) -> Array:
    ratio = scaled(data, directions)
    return np.abs(100 * np.log(np.sqrt((ratio**2).mean(axis=0)) / ratio.std(axis=0, ddof=1)))


def by_critic(data: Array, directions: Array) -> Array:
    ratio = scaled(data, directions)
    return ratio.std(axis=0) * (1 - np.corrcoef(ratio.T)).sum(axis=0)


def by_critic_of_ranks(data: Array, directions: Array) -> Array:
    from scipy.stats import spearmanr

    ratio = scaled(data, directions)
    correlation = np.array([[spearmanr(a, b).statistic for a in ratio.T] for b in ratio.T])
    return ratio.std(axis=0) * (1 - correlation).sum(axis=0)


def by_merec(data: Array, directions: Array) -> Array:
    ratio = np.where(directions > 0, data.min(axis=0) / data, data / data.max(axis=0))
    n = data.shape[1]
    distance = np.abs(np.log(ratio))
    whole = np.log(1 + distance.sum(axis=1) / n)
    return np.array(
        [
            np.abs(np.log(1 + np.delete(distance, j, axis=1).sum(axis=1) / n) - whole).sum()
            for j in range(n)
        ]
    )


def by_cilos(data: Array, directions: Array) -> Array:
    from scipy.linalg import null_space

    benefit = np.where(directions > 0, data, data.min(axis=0) / data)
    best = benefit[benefit.argmax(axis=0)]
    loss = (np.diag(best) - best) / np.diag(best)
    solution = null_space(loss - np.diag(loss.sum(axis=0)))
    return np.abs(solution[:, 0])


@pytest.mark.parametrize(
    ("scheme", "formula"),
    [
        (StandardDeviation(), lambda data, _: data.std(axis=0, ddof=1)),
        (StandardDeviation(Scaling.RANGE), lambda data, d: scaled(data, d).std(axis=0)),
        (Variance(), lambda data, d: scaled(data, d).var(axis=0, ddof=1)),
        (CoefficientOfVariation(), lambda data, _: data.std(axis=0) / data.mean(axis=0)),
        (Entropy(), by_entropy),
        (Gini(), by_gini),
        (Angle(), by_angle),
        (Lopcow(), by_lopcow),
        (Critic(), by_critic),
        (Critic(Correlation.SPEARMAN), by_critic_of_ranks),
        (Merec(), by_merec),
        (Cilos(), by_cilos),
        (Idocriw(), lambda data, d: by_entropy(data, d) * by_cilos(data, d)),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, WeightingScheme) else "",
)
@pytest.mark.parametrize("shape", [(3, 2), (7, 4), (301, 37), (1500, 60)])
def test_formula(
    scheme: WeightingScheme, formula: Callable[[Array, Array], Array], shape: tuple[int, int]
) -> None:
    rng = np.random.default_rng(sum(shape))
    data = rng.uniform(0.5, 9.5, shape)
    directions = rng.choice([-1, 1], shape[1])
    amounts = formula(data, directions)
    np.testing.assert_allclose(
        weigh(scheme, data, directions=directions), amounts / amounts.sum(), rtol=1e-9
    )


def test_spearman_with_ties_is_the_correlation_of_mean_ranks() -> None:
    from scipy.stats import rankdata

    levels = np.random.default_rng(4).integers(0, 4, (200, 5)).astype(np.float64)
    found = Critic(Correlation.SPEARMAN).weigh(criteria_for(levels), levels)
    expected = np.corrcoef(rankdata(levels, axis=0).T)
    np.testing.assert_allclose(found.details["correlation"], expected, atol=1e-12)


def test_small_differences_keep_their_digits() -> None:
    # A spread of 1e-6 around 1: to the second order, 1 - e is half the squared variation.
    spread = np.array([-1.0, 0.0, 1.0]) * 1e-6
    data = np.column_stack([1 + spread, 1 + 2 * spread])
    np.testing.assert_allclose(weigh(Entropy(), data), [0.2, 0.8], rtol=1e-3)
    np.testing.assert_allclose(weigh(Angle(), data), [1 / 3, 2 / 3], rtol=1e-6)


def test_weights_of_levels_are_for_the_keys_of_the_criteria() -> None:
    data = np.array([[0, 3], [3, 3], [1, 2]], dtype=np.uint8)
    weights = Entropy().weigh(Criteria.of(["x", "y"]), data)  # type: ignore[arg-type]
    assert isinstance(weights, Weights)
    assert weights["x"] > weights["y"] > 0
