"""Whatever is given in the place of each parameter: taken, or refused by its name."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import inovasi_index as ii
from inovasi_index.analysis import robustness
from inovasi_index.analysis.robustness import (
    Bands,
    BoundedSimplex,
    Counting,
    Dirichlet,
    FixedWeights,
    IndexOfLevels,
    InTurn,
    LinearScore,
    MethodGrid,
    NoisyWeights,
    OffByOne,
    PartWeights,
    Scale,
    ScoreFunction,
    Span,
    Survival,
    UncertainLevels,
    UncertainMethods,
    UncertainWeights,
    band_intervals,
    confidence_factors,
    index_of_weights,
    leave_one_out,
    pair_intervals,
    ranking_intervals,
    score_indices,
    shift_indices,
    simulate,
    sobol_indices,
    top_intervals,
    weighted_sum,
)
from inovasi_index.errors import BadValueError, FaultsError, InovasiIndexError, UnknownNameError
from inovasi_index.rules import Part

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("scipy")


class Thing:
    """Nothing that anybody asks for."""

    def __repr__(self) -> str:
        return "<Thing>"


#: What comes in the place of a parameter by mistake.
THINGS: dict[str, Any] = {
    "none": None,
    "text": "x",
    "empty text": "",
    "bytes": b"x",
    "nan": np.nan,
    "infinite": np.inf,
    "negative": -1,
    "half": 1.5,
    "true": True,
    "complex": 1j,
    "too large for a float": 10**400,
    "empty": [],
    "empty array": np.empty((0, 0)),
    "three-dimensional": np.ones((2, 2, 2)),
    "ragged": [[1, 2], [3]],
    "nones": [None, None],
    "nans": [np.nan, np.nan],
    "texts": ["x", "y"],
    "text among objects": np.array(["1", 1.5], dtype=object),
    "dates": np.array(["2026-01-01", "2027-01-01"], dtype="datetime64[D]"),
    "masked": np.ma.masked_array([1.0, 2.0], mask=[False, True]),
    "large among small": [10**400, 1],
    "dict": {},
    "set": {1, 2},
    "thing": Thing(),
    "things": [Thing(), Thing()],
    "class": Thing,
    "class of the library": Dirichlet,
}
EDITION = ii.load_edition("iid-2026")
TABLE = ii.LevelTable.from_arrays(
    EDITION,
    np.random.default_rng(0).integers(0, 4, (12, 20)),
    region_of=np.arange(12) % 3,
    region_levels=np.full((3, 20), 2),
    affair_of=np.arange(12) % 6,
)
INDEX = IndexOfLevels.of(TABLE)
SCORE = LinearScore([[80, 20, 50], [40, 60, 50]], units=["A", "B"], indicators=["x", "y", "z"])
NOISY = NoisyWeights([0.5, 0.3, 0.2], relative=0.2)
SCENARIOS = UncertainWeights(SCORE, NOISY)
ANSWERS = UncertainLevels([[3, 1], [2, 3]], Survival(0.9), FixedWeights([1, 1]))
METHODS: dict[str, Any] = {
    "normalisations": {"none": lambda x: x},
    "weightings": {"equal": [1, 1]},
    "aggregations": {"sum": lambda x, w: x @ w},
}
GRID = MethodGrid([[1, 2], [3, 4]], **METHODS)
EVALUATED = GRID.evaluate()
COUNTING = Counting(rivals=["A", "B"])
RESULT = simulate(SCENARIOS, draws=20, seed=0, counting=COUNTING)
BANDS = Bands(["low", "high"], [50])
RNG = np.random.default_rng(0)
LEVELS = np.array([[3, 1], [2, 3]], np.uint8)
FAST = {"points": 4, "repeats": 2, "seed": 0}
WEIGHTS: dict[str, Any] = {"score": SCORE, "weights": [2, 1, 1]}


def wrong(given: object) -> Any:
    """Return what no type checker lets through."""
    return given


#: Of each public name: how it is called, and what is given.
CALLS: list[tuple[str, Callable[..., Any], dict[str, Any]]] = [
    ("Bands", Bands, {"names": ["l", "h"], "edges": [50]}),
    ("Bands.of_edition", Bands.of_edition, {"edition": EDITION}),
    ("BoundedSimplex", BoundedSimplex, {"lower": [0, 0], "upper": [1, 1], "sweeps": 2}),
    (
        "BoundedSimplex.around",
        BoundedSimplex.around,
        {"weights": [1, 1], "relative": 0.2, "sweeps": 2},
    ),
    ("BoundedSimplex.draw", BoundedSimplex([0, 0], [1, 1]).draw, {"rng": RNG, "n_draws": 2}),
    ("Counting", Counting, {"scale": Scale(0, 1), "rivals": ["A"], "n_top": 2}),
    ("Dirichlet", Dirichlet, {"alpha": [1, 1], "indicators": ["a", "b"]}),
    ("Dirichlet.flat", Dirichlet.flat, {"n_indicators": 2}),
    ("Dirichlet.around", Dirichlet.around, {"weights": [1, 1], "concentration": 3}),
    ("Dirichlet.draw", Dirichlet.flat(2).draw, {"rng": RNG, "n_draws": 2}),
    ("Dirichlet.from_uniforms", Dirichlet.flat(3).from_uniforms, {"uniforms": np.ones((2, 3)) / 2}),
    ("FixedWeights", FixedWeights, {"weights": [1, 1]}),
    ("FixedWeights.draw", lambda n_draws: FixedWeights([1]).draw(RNG, n_draws), {"n_draws": 2}),
    ("InTurn", InTurn, {"samplers": [Survival(0.5)]}),
    ("InTurn.draw", InTurn([Survival(0.5)]).draw, {"rng": RNG, "levels": LEVELS}),
    (
        "IndexOfLevels",
        IndexOfLevels,
        {
            "region_of": INDEX.region_of,
            "fixed": INDEX.fixed,
            "per_point": INDEX.per_point,
            "tops": INDEX.tops,
        },
    ),
    ("IndexOfLevels.of", IndexOfLevels.of, {"table": TABLE}),
    ("IndexOfLevels()", INDEX, {"levels": TABLE.levels, "weights": np.full(20, 1 / 20)}),
    (
        "LinearScore",
        LinearScore,
        {"values": [[1, 2]], "offset": 0, "units": ["a"], "indicators": ["x", "y"]},
    ),
    ("LinearScore()", SCORE, {"weights": np.ones((2, 3))}),
    (
        "MethodGrid",
        MethodGrid,
        {
            "data": [[1, 2], [3, 4]],
            "units": ["a", "b"],
            "indicators": ["x", "y"],
            "criteria": None,
            "without": (),
            **METHODS,
        },
    ),
    ("MethodGrid.normalised", GRID.normalised, {"name": "none"}),
    ("MethodGrid.weights", lambda name: GRID.weights(name, GRID.data), {"name": "equal"}),
    ("MethodGrid.scores", lambda name: GRID.scores(name, GRID.data, np.ones(2)), {"name": "sum"}),
    ("MethodsResult.top_shares", EVALUATED.top_shares, {"k": 1}),
    ("MethodsResult.mean_shifts", EVALUATED.mean_shifts, {"reference": EVALUATED.methods[0]}),
    (
        "MethodsResult.shares",
        lambda of, reference: (EVALUATED.shares(of), EVALUATED.shares("shift", reference)),
        {"of": "ranks", "reference": EVALUATED.methods[0]},
    ),
    ("NoisyWeights", NoisyWeights, {"weights": [1, 1], "relative": 0.2}),
    ("NoisyWeights.draw", NOISY.draw, {"rng": RNG, "n_draws": 2}),
    ("NoisyWeights.from_uniforms", NOISY.from_uniforms, {"uniforms": np.ones((2, 3)) / 2}),
    ("OffByOne", OffByOne, {"probability": 0.1, "top_levels": 3, "up": 0.5}),
    ("OffByOne.draw", OffByOne(0.1, top_levels=3).draw, {"rng": RNG, "levels": LEVELS}),
    ("PartWeights", PartWeights, {"samplers": [NOISY, NOISY], "shares": [1, 2]}),
    ("PartWeights.draw", PartWeights([NOISY], shares=[1]).draw, {"rng": RNG, "n_draws": 2}),
    ("Scale", Scale, {"lower": 0, "upper": 1, "decimals": 1}),
    ("Scale.step_of", lambda score: Scale(0, 1).step_of(score, what="score"), {"score": 0.5}),
    ("ScoreFunction", ScoreFunction, {"function": np.sum, "units": ["a"], "indicators": ["b"]}),
    (
        "ScoreFunction()",
        ScoreFunction(lambda w: w, ["a", "b", "c"], ["x", "y", "z"]),
        {"weights": np.ones((2, 3))},
    ),
    ("Span", Span, {"seed": 0, "start": 0, "stop": 1}),
    ("Survival", Survival, {"probability": 0.5}),
    ("Survival.draw", Survival(0.1).draw, {"rng": RNG, "levels": LEVELS}),
    (
        "UncertainLevels",
        UncertainLevels,
        {
            "levels": [[1, 2]],
            "answers": Survival(0.5),
            "weights": FixedWeights([1, 1]),
            "score": weighted_sum,
            "units": ["a"],
            "indicators": ["x", "y"],
        },
    ),
    ("UncertainMethods", UncertainMethods, {"grid": GRID, "relative": 0.1}),
    ("UncertainWeights", UncertainWeights, {"score": SCORE, "sampler": NOISY}),
    ("band_intervals", band_intervals, WEIGHTS | {"bands": BANDS, "decimals": 2}),
    (
        "confidence_factors",
        confidence_factors,
        {"scenarios": ANSWERS, "central_weights": [[1, 0], [0, 1]], "draws": 5, "seed": 0},
    ),
    ("index_of_weights", index_of_weights, {"table": TABLE, "parts": [Part.INNOVATION]}),
    ("leave_one_out", leave_one_out, WEIGHTS),
    ("pair_intervals", pair_intervals, WEIGHTS | {"pairs": [("A", "B")]}),
    ("ranking_intervals", ranking_intervals, WEIGHTS),
    ("top_intervals", top_intervals, WEIGHTS | {"k": 1}),
    (
        "WeightIntervals.interval",
        ranking_intervals(**WEIGHTS).interval,
        {"indicator": "y", "statement": "the ranking stays"},
    ),
    ("score_indices", score_indices, {"score": SCORE, "sampler": NOISY, **FAST}),
    ("shift_indices", shift_indices, {"score": SCORE, "sampler": NOISY, **FAST}),
    (
        "sobol_indices",
        sobol_indices,
        {"function": lambda u: u, "inputs": ["a", "b"], "outputs": ["c", "d"], **FAST},
    ),
    (
        "simulate",
        simulate,
        {
            "scenarios": SCENARIOS,
            "draws": 5,
            "seed": 0,
            "counting": COUNTING,
            "resume": None,
            "threads": 1,
            "workers": None,
            "chunk_size": 5,
        },
    ),
    ("weighted_sum", weighted_sum, {"levels": LEVELS, "weights": np.ones(2)}),
    (
        "RobustnessResult.merge",
        RESULT.merge,
        {"other": simulate(SCENARIOS, draws=5, seed=1, counting=COUNTING)},
    ),
    ("RobustnessResult.merged", RESULT.merged, {"results": [RESULT]}),
    ("RobustnessResult.rank_quantiles", RESULT.rank_quantiles, {"probabilities": [0.5]}),
    ("RobustnessResult.score_quantiles", RESULT.score_quantiles, {"probabilities": [0.5]}),
    ("RobustnessResult.rank_intervals", RESULT.rank_intervals, {"level": 0.9}),
    ("RobustnessResult.score_intervals", RESULT.score_intervals, {"level": 0.9}),
    ("RobustnessResult.to_columns", RESULT.to_columns, {"level": 0.9}),
    ("RobustnessResult.top_probabilities", RESULT.top_probabilities, {"k": 1}),
    ("RobustnessResult.kept_probability", RESULT.kept_probability, {"k": 1}),
    ("RobustnessResult.top_overlap", RESULT.top_overlap, {"k": 1}),
    ("RobustnessResult.band_probabilities", RESULT.band_probabilities, {"bands": BANDS}),
    ("RobustnessResult.beats", RESULT.beats, {"one": "A", "other": "B"}),
]
FUNCTIONS = {
    ("ScoreFunction", "function"),
    ("UncertainLevels", "score"),
    ("simulate", "workers"),
    ("sobol_indices", "function"),
}
PARAMETERS = [(name, parameter) for name, _, given in CALLS for parameter in given]

#: What a message calls a parameter where that is not its name.
WORDS = {
    "MethodGrid.normalised name": "normalisation",
    "MethodGrid.weights name": "weighting",
    "MethodGrid.scores name": "aggregation",
    "MethodsResult.shares of": "of is",
    "RobustnessResult.beats one": "rival",
    "RobustnessResult.beats other": "rival",
    "IndexOfLevels fixed": "per_point",  # another number of regions than before
    "PartWeights shares": "weights",
    "confidence_factors central_weights": "central weights",
    "index_of_weights parts": "part",
    "pair_intervals pairs": "unit",
    "Scale lower": "a scale",
    "Scale upper": "a scale",
}
#: What nothing but a function takes: a class can be called.
CLASSES = {"class", "class of the library"}
#: How much is asked for: there is no limit but memory and time.
AMOUNTS = {"n_draws", "n_indicators", "repeats"}
#: What nothing takes.
NEVER = {
    *("bytes", "complex", "ragged", "nones", "text among objects", "dates", "thing", "things"),
    *CLASSES,
}


def test_every_public_name_is_tried() -> None:
    protocols = {"AnswerSampler", "Scenarios", "ScoreOfWeights", "UniformSampler", "WeightSampler"}
    made_by_us = {"LeaveOneOut", "MethodsResult", "RobustnessResult", "SobolIndices"}
    rest = {"INDEX_SCALE", "WeightIntervals", "tqdm_progress"}
    tried = {name.split(".")[0].removesuffix("()") for name, _, _ in CALLS}
    assert set(robustness.__all__) - tried <= protocols | made_by_us | rest


def refused(call: Callable[..., Any], given: dict[str, Any]) -> str | None:
    """Return how the library refuses what is given, or None where it does not."""
    try:
        call(**given)
    except InovasiIndexError as error:
        return str(error)
    return None


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_whatever_is_given_is_taken_or_refused_by_name(name: str, parameter: str) -> None:
    _, call, given = next(one for one in CALLS if one[0] == name)
    call(**given)  # what is right is taken
    word = WORDS.get(f"{name} {parameter}", parameter)
    for kind, thing in THINGS.items():
        if kind in CLASSES and (name, parameter) in FUNCTIONS:
            continue
        if kind == "too large for a float" and parameter in AMOUNTS:
            continue
        refusal = refused(call, given | {parameter: thing})
        if refusal is None:
            assert kind not in NEVER, kind
        else:
            named = {word, parameter, parameter.rstrip("s")}
            assert any(one in refusal for one in named), (kind, refusal)
            assert len(refusal) < 400


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: NoisyWeights([1, 1], relative="0.2"),
            "relative: only numbers .*'0.2'",
        ),
        (lambda: NoisyWeights([1, 1], relative=True), "relative must be at least 0 and below 1"),
        (
            lambda: Dirichlet.around([1, 1], concentration=wrong(None)),
            "concentration: None is not a number",
        ),
        (lambda: Dirichlet([1, 1], indicators=["a"]), "1 names of indicators are given"),
        (lambda: FixedWeights(wrong([Fraction(10) ** 400, 1])), "0: too large for a float"),
        (
            lambda: FixedWeights(np.ma.masked_array([1, 2], mask=[False, True])),
            "1: nan is not a finite",
        ),
        (
            lambda: LinearScore([[1, 2]], units={"a"}),
            "units: several in order are needed; a set has",
        ),
        (
            lambda: LinearScore([[1, 2]], units=wrong(b"a")),
            "units: several in order are needed, not b'a'",
        ),
        (lambda: LinearScore([[1, 2], [3]]), "values: only numbers are allowed, in rows of one"),
        (lambda: LinearScore([[1, 2], [3, 4]], units=wrong([None, None])), "None is no text"),
        (lambda: SCORE(wrong([0.5, 0.5, 0.5])), r"shape \(n_draws, 3\), not \[0.5"),
        (lambda: SCORE(np.ones(3)), r"shape \(n_draws, 3\)"),
        (lambda: UncertainWeights(wrong(SCORE.__call__), NOISY), "score must be a ScoreOfWeights"),
        (
            lambda: UncertainWeights(wrong(NOISY), wrong(SCORE)),
            "score must be a ScoreOfWeights, not <NoisyWei",
        ),
        (
            lambda: UncertainLevels([[1]], wrong(FixedWeights([1])), FixedWeights([1])),
            "draws weights",
        ),
        (lambda: InTurn([Survival(0.5), wrong(FixedWeights([1]))]), "draws weights"),
        (
            lambda: PartWeights([wrong(Survival(0.5))], shares=[1]),
            "samplers must be a WeightSampler",
        ),
        (lambda: Survival([]), "probability is empty"),
        (
            lambda: IndexOfLevels(wrong([3]), INDEX.fixed, INDEX.per_point, INDEX.tops),
            "of the 3 regions",
        ),
        (lambda: Bands([], []), "names is empty"),
        (lambda: Scale(0, 1e308), "at most a million"),
        (lambda: Scale(0, 1).step_of(1e308, what="edge"), "edge is 1e"),
        (lambda: Span(0, 3, 2), "start is 3, after stop 2"),
        (lambda: ScoreFunction(SCORE, ["A", "A"], ["x"]), "more than once: A"),
        (lambda: ScoreFunction(SCORE, ["A"], []), "indicators is empty"),
        (
            lambda: ScoreFunction(lambda _: "no", ["A"], ["x"])(np.ones((1, 1))),
            "score function: only",
        ),
        (lambda: pair_intervals(SCORE, [1, 1, 1], wrong(["AB"])), "each pair: several in order"),
        (lambda: sobol_indices(lambda _: "no", 2, seed=0), "the answer of the function: only"),
        (
            lambda: sobol_indices(lambda u: u, 20_000, seed=0),
            "inputs: 20000; allowed: .* 1 to",
        ),
        (
            lambda: simulate(SCENARIOS, draws=9, seed=0, workers=lambda _, __: wrong(None)),
            "not None",
        ),
        (
            lambda: simulate(SCENARIOS, draws=9, seed=0, workers=lambda _, __: wrong([1])),
            "must be a Robust",
        ),
        (lambda: GRID.normalised("nonne"), "unknown normalisation 'nonne'; did you mean 'none'"),
        (
            lambda: MethodGrid([[1, 2]], **METHODS, without=wrong(["ab"])),
            "each of without: several in",
        ),
    ],
)
def test_refusals(make: Callable[[], object], message: str) -> None:
    with pytest.raises(InovasiIndexError, match=message):
        make()


def test_outputs_that_do_not_fit_are_refused_at_the_first_answer() -> None:
    asked: list[int] = []

    def function(u: np.ndarray) -> np.ndarray:
        asked.append(len(u))
        return u

    with pytest.raises(BadValueError, match="3 names of outputs are given; there are 2"):
        sobol_indices(function, 2, outputs=["a", "b", "c"], seed=0)
    assert len(asked) == 1
    with pytest.raises(BadValueError, match="more than once: a"):
        sobol_indices(function, 2, outputs=["a", "a"], seed=0)
    assert len(asked) == 1


def test_a_normalisation_that_changes_the_shape_fails_by_name() -> None:
    grid = MethodGrid([[1, 2], [3, 4]], **METHODS | {"normalisations": {"one": lambda x: x[:1]}})
    with pytest.raises(FaultsError, match=r"answer of normalisation 'one' has shape \(1, 2\)"):
        grid.evaluate()


def test_parts_are_held_against_those_of_the_index() -> None:
    with pytest.raises(
        UnknownNameError, match="unknown part 'inovation'; did you mean 'innovation'"
    ):
        index_of_weights(TABLE, wrong([Part.REGION, "inovation"]))
    assert index_of_weights(TABLE, wrong(["innovation"])).values.shape == (3, 20)


def test_names_that_are_whole_numbers_or_scalars_of_arrow_become_texts() -> None:
    pa = pytest.importorskip("pyarrow")
    assert LinearScore([[1], [2]], units=np.array([6371, 6372])).units == ("6371", "6372")
    assert LinearScore([[1], [2]], units=pa.array(["a", "b"])).units == ("a", "b")
