"""Weighting schemes beside scikit-criteria, pymcdm, pyrepo-mcda and the arithmetic itself.

``python -m pytest benchmarks/bench_weighting.py`` measures with pytest-benchmark, one
group a scheme; ``BENCH_SIZE`` chooses smoke (the default), small, shared or large.

``python benchmarks/bench_weighting.py [--cpu] [size …]`` prints one table a size: medians
of interleaved runs on the same data in one process, so that the ratios can be compared.
``--cpu`` counts processor time instead of time on the wall, for a machine that is busy with
other things; set OPENBLAS_NUM_THREADS=1 with it, as threads of BLAS burn time in waiting.

Ours is the whole call (`scheme.weigh`: checks, kernel, `Weights`), the others are the bare
functions of their packages. The *limit* is the arithmetic that the formula cannot do
without and nothing else: from the data to the weights in the fewest and fastest calls of
NumPy, for positive numbers without constants or gaps, which it does not look for, and with
the digits that it happens to keep. `test_the_limit_is_the_formula` holds it to that. What a
call of ours costs beside the arithmetic (checks, `Weights`, some thirty calls of NumPy,
whatever the size) shows on small tables only.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pytest

from inovasi_index.weighting import (
    Angle,
    Cilos,
    CoefficientOfVariation,
    Correlation,
    Criteria,
    Critic,
    Entropy,
    Gini,
    Idocriw,
    Lopcow,
    Merec,
    StandardDeviation,
    Variance,
    WeightingScheme,
)

FloatArray: TypeAlias = npt.NDArray[np.float64]
Contender: TypeAlias = Callable[[], object]

SIZES = {
    "smoke": (60, 6),
    "small": (1_000, 20),
    "shared": (10_000, 36),
    "large": (1_000_000, 20),
}
SCHEMES: dict[str, WeightingScheme] = {
    "standard deviation": StandardDeviation(),
    "variance": Variance(),
    "coefficient of variation": CoefficientOfVariation(),
    "entropy": Entropy(),
    "angle": Angle(),
    "lopcow": Lopcow(),
    "critic": Critic(),
    "critic, spearman": Critic(Correlation.SPEARMAN),
    "merec": Merec(),
    "gini": Gini(),
    "cilos": Cilos(),
    "idocriw": Idocriw(),
}


def table_of(size: str) -> FloatArray:
    """Return positive random values, shape (rows, columns)."""
    rows, columns = SIZES[size]
    return np.random.default_rng(2026).uniform(1.0, 4.0, (rows, columns))


# Numbers up to which a copy is quicker than none, as the caches of one core or of all hold it.
_NEAR, _CACHED = 2**16, 2**21


def moments(data: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the mean and the population deviation of each column."""
    ones, m = np.ones(len(data)), len(data)
    near = data.size < _NEAR
    squares = ones @ (data * data) if near else np.einsum("ij,ij->j", data, data)
    mean = (ones @ data) / m
    return mean, np.sqrt(squares / m - mean * mean)


def extremes(data: FloatArray) -> tuple[FloatArray, FloatArray]:
    if data.size < _CACHED:
        upright = np.ascontiguousarray(data.T)
        return upright.min(axis=1), upright.max(axis=1)
    return data.min(axis=0), data.max(axis=0)


def scaled_moments(data: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return mean and deviation of min-max normalised values."""
    (mean, deviation), (low, high) = moments(data), extremes(data)
    return (mean - low) / (high - low), deviation / (high - low)


def divergence(data: FloatArray) -> FloatArray:
    ones, m = np.ones(len(data)), len(data)
    total, logarithms = ones @ data, np.log(data)
    logarithms *= data
    amounts: FloatArray = 1 + (ones @ logarithms / total - np.log(total)) / np.log(m)
    return amounts


def conflict(products: FloatArray) -> FloatArray:
    length = np.sqrt(np.diagonal(products))
    amounts: FloatArray = len(products) - (products / length / length[:, None]).sum(axis=0)
    return amounts


def information(data: FloatArray) -> FloatArray:
    (mean, deviation), (low, high) = moments(data), extremes(data)
    covariances = data.T @ data / len(data) - np.outer(mean, mean)
    return deviation / (high - low) * conflict(covariances)


def information_of_ranks(data: FloatArray) -> FloatArray:
    """Return CRITIC's amounts from ranks; of values without ties."""
    _, deviation = scaled_moments(data)
    order = np.argsort(np.ascontiguousarray(data.T), axis=1)
    ranks = np.empty(order.shape)
    np.put_along_axis(ranks, order, np.arange(len(data)) - (len(data) - 1) / 2, axis=1)
    return deviation * conflict(ranks @ ranks.T)


def removal_effects(data: FloatArray) -> FloatArray:
    n = data.shape[1]
    away = np.log(data)
    away -= np.log(extremes(data)[0])
    away /= -(n + away @ np.ones(n))[:, None]
    amounts: FloatArray = -(np.ones(len(data)) @ np.log1p(away, out=away))
    return amounts


def gini(data: FloatArray) -> FloatArray:
    m = len(data)
    upright = np.array(data.T, order="C")
    upright.sort(axis=1)
    return (upright @ np.arange(1.0 - m, m, 2)) / (upright @ np.ones(m))


def impact(data: FloatArray) -> FloatArray:
    """Return CILOS's amounts, with the mean over all best rows as `Cilos()` takes it."""
    n = data.shape[1]
    best = data[data.argmax(axis=0), np.arange(n)]
    rows, columns = np.divmod(np.flatnonzero(data == best), n)
    chosen = (columns == np.arange(n)[:, None]).astype(np.float64)
    kept = chosen @ data[rows] / (chosen @ np.ones(len(rows)))[:, None]
    losses = 1 - kept / best
    return np.linalg.solve(np.diag(losses.sum(axis=0)) - losses + 1, np.ones(n))


def spread_angles(data: FloatArray) -> FloatArray:
    mean, deviation = moments(data)
    return np.arctan2(deviation, mean)


def variation(data: FloatArray) -> FloatArray:
    mean, deviation = moments(data)
    amounts: FloatArray = deviation / mean
    return amounts


def logarithmic_change(data: FloatArray) -> FloatArray:
    mean, deviation = scaled_moments(data)
    sample = deviation * np.sqrt(len(data) / (len(data) - 1))
    amounts: FloatArray = np.log(np.sqrt(mean * mean + deviation * deviation) / sample)
    return amounts


#: By scheme, the bare formula: amounts in proportion to the weights.
FORMULAS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "standard deviation": lambda data: moments(data)[1],
    "variance": lambda data: scaled_moments(data)[1] ** 2,
    "coefficient of variation": variation,
    "entropy": divergence,
    "angle": spread_angles,
    "lopcow": logarithmic_change,
    "critic": information,
    "critic, spearman": information_of_ranks,
    "merec": removal_effects,
    "gini": gini,
    "cilos": impact,
    "idocriw": lambda data: divergence(data) * impact(data),
}


def bare_weights(name: str, data: FloatArray) -> FloatArray:
    amounts = FORMULAS[name](data)
    weights: FloatArray = amounts / amounts.sum()
    return weights


def of_scikit_criteria(data: FloatArray, types: npt.NDArray[np.int_]) -> dict[str, Contender]:
    from skcriteria.preprocessing import weighters

    return {
        "standard deviation": lambda: weighters.std_weights(data),
        "entropy": lambda: weighters.entropy_weights(data),
        "critic": lambda: weighters.critic_weights(data, types),
        "critic, spearman": lambda: weighters.critic_weights(data, types, correlation="spearman"),
        "merec": lambda: weighters.merec_weights(data, types),
        "gini": lambda: weighters.gini_weights(data),
    }


def of_pymcdm(data: FloatArray, types: npt.NDArray[np.int_]) -> dict[str, Contender]:
    from pymcdm import weights

    return {
        "standard deviation": lambda: weights.standard_deviation_weights(data),
        "variance": lambda: weights.variance_weights(data),
        "entropy": lambda: weights.entropy_weights(data),
        "angle": lambda: weights.angle_weights(data),
        "lopcow": lambda: weights.lopcow_weights(data, types),
        "critic": lambda: weights.critic_weights(data),
        "merec": lambda: weights.merec_weights(data, types),
        "gini": lambda: weights.gini_weights(data),
        "cilos": lambda: weights.cilos_weights(data, types),
        "idocriw": lambda: weights.idocriw_weights(data, types),
    }


def of_pyrepo_mcda(data: FloatArray, types: npt.NDArray[np.int_]) -> dict[str, Contender]:
    from pyrepo_mcda import weighting_methods as weights

    return {
        "standard deviation": lambda: weights.std_weighting(data),
        "variance": lambda: weights.stat_var_weighting(data),
        "coefficient of variation": lambda: weights.coeff_var_weighting(data),
        "entropy": lambda: weights.entropy_weighting(data),
        "angle": lambda: weights.angle_weighting(data, types),
        "critic": lambda: weights.critic_weighting(data),
        "merec": lambda: weights.merec_weighting(data, types),
        "gini": lambda: weights.gini_weighting(data),
        "cilos": lambda: weights.cilos_weighting(data, types),
        "idocriw": lambda: weights.idocriw_weighting(data, types),
    }


PEERS = {
    "scikit-criteria": of_scikit_criteria,
    "pymcdm": of_pymcdm,
    "pyrepo-mcda": of_pyrepo_mcda,
}


def peers(data: FloatArray) -> dict[str, dict[str, Contender]]:
    """Return what the other packages have, by scheme and package; absent packages have none."""
    types = np.ones(data.shape[1], dtype=int)
    found: dict[str, dict[str, Contender]] = {name: {} for name in SCHEMES}
    for package, calls_of in PEERS.items():
        with warnings.catch_warnings(), contextlib.suppress(ImportError):
            warnings.simplefilter("ignore")
            for name, call in calls_of(data, types).items():
                found[name][package] = call
    return found


def _call(function: Callable[..., object], *arguments: Any) -> Contender:
    return lambda: function(*arguments)


def contenders(size: str) -> dict[str, dict[str, Contender]]:
    """Return by scheme: ours, the limit, and the packages.

    Not the packages for the large size: several loop in Python over pairs of rows.
    """
    data = table_of(size)
    criteria = Criteria.of([f"c{j}" for j in range(data.shape[1])])
    others = peers(data) if size != "large" else {name: {} for name in SCHEMES}
    return {
        name: {
            "ours": _call(scheme.weigh, criteria, data),
            "limit": _call(bare_weights, name, data),
            **others[name],
        }
        for name, scheme in SCHEMES.items()
    }


SIZE = os.environ.get("BENCH_SIZE", "smoke")
_CASES = [
    pytest.param(call, id=f"{name}-{who}", marks=pytest.mark.benchmark(group=name))
    for name, calls in (contenders(SIZE).items() if "pytest" in sys.modules else ())
    for who, call in calls.items()
]


@pytest.mark.filterwarnings("ignore")  # of the other packages
@pytest.mark.parametrize("call", _CASES)
def test_weighting(benchmark: Any, call: Contender) -> None:
    assert benchmark(call) is not None


@pytest.mark.parametrize("name", SCHEMES)
def test_the_limit_is_the_formula(name: str) -> None:
    data = table_of("small")
    ours = SCHEMES[name].weigh(Criteria.of(map(str, range(data.shape[1]))), data)
    np.testing.assert_allclose(bare_weights(name, data), ours.values, rtol=1e-9)


_TURN = 0.005  # [s]
clock = time.process_time if "--cpu" in sys.argv else time.perf_counter


def interleaved(calls: dict[str, Contender], *, seconds: float = 3.0) -> dict[str, float]:
    """Return the median time of each contender [s]; slow ones run once, after a warm-up.

    A turn is a few milliseconds of the same call, so that quick ones are not measured with
    what others left in the caches.
    """
    times: dict[str, list[float]] = {name: [] for name in calls}
    start = time.perf_counter()
    for turn in range(101):
        for name, call in calls.items():
            if turn and times[name][0] > seconds / 4:
                continue
            many = max(1, int(_TURN / times[name][0])) if turn else 1
            before = clock()
            for _ in range(many):
                call()
            times[name].append((clock() - before) / many)
        if turn >= 3 and time.perf_counter() - start > seconds:
            break
    return {name: statistics.median(spent[1:] or spent) for name, spent in times.items()}


def product_time(size: str) -> float:
    """Return the time of the matrix product that other times are held against [s]."""
    data = table_of(size)
    return interleaved({"product": lambda: data.T @ data})["product"]


def main(sizes: list[str]) -> None:
    warnings.simplefilter("ignore")
    for size in sizes:
        rows, columns = SIZES[size]
        print(f"\n{rows} x {columns}: ours [ms], then how many times longer the others take")
        heads = ("ours ms", "/ limit", *PEERS)
        print(f"{'':26}" + "".join(f"{head:>17}" for head in heads))
        for name, calls in contenders(size).items():
            spent = interleaved(calls)
            ours = spent["ours"]
            cells = [f"{1000 * ours:.3f}", f"{ours / spent['limit']:.2f}"]
            cells += [f"{spent[p] / ours:.1f}" if p in spent else "-" for p in PEERS]
            print(f"{name:26}" + "".join(f"{cell:>17}" for cell in cells))
        print(f"X.T @ X: {1000 * product_time(size):.3f} ms")


if __name__ == "__main__":
    main([size for size in sys.argv[1:] if size != "--cpu"] or ["small", "shared"])
