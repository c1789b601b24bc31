"""Tallies are a commutative monoid, and score like the whole they were cut from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import inovasi_index as ii
from inovasi_index.scoring import Tally

if TYPE_CHECKING:
    from pathlib import Path

EDITION = ii.load_edition("iid-2026")
CODES = ("63.01", "63.02", "63.71")


@st.composite
def tables(draw: st.DrawFn) -> ii.LevelTable:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.sampled_from([0, 1, 5, 60]))
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True))
    return ii.LevelTable.from_arrays(
        EDITION,
        rng.integers(0, 4, (n, 20)),
        region_of=rng.integers(0, len(codes), n),
        region_points=[50] * len(codes),
        affair_of=rng.integers(-1, 8, n),
        regions=codes,
    )


def tallies(levels: bool = True) -> st.SearchStrategy[Tally]:
    return tables().map(lambda table: Tally.of(table, levels=levels))


@given(tallies(), tallies(), tallies())
def test_addition_is_associative_and_commutative(a: Tally, b: Tally, c: Tally) -> None:
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a


@given(tallies())
def test_nothing_is_neutral(a: Tally) -> None:
    nothing = Tally.empty(EDITION, levels=True)
    assert a + nothing == a == nothing + a
    assert len(nothing) == 0


@given(tables())
def test_tallies_with_levels_and_without_are_kept_apart(table: ii.LevelTable) -> None:
    levels, none = Tally.of(table, levels=True), Tally.of(table)
    assert levels != none
    assert none != levels


@given(tallies(), tallies())
def test_tallies_that_differ_are_not_equal(a: Tally, b: Tally) -> None:
    same = sorted(a.codes) == sorted(b.codes) and all(
        int(a.n_innovations[a.codes.index(c)]) == int(b.n_innovations[b.codes.index(c)])
        for c in a.codes
    )
    if not same:
        assert a != b
    assert a != "a tally"


@given(st.integers(0, 2**32 - 1), st.integers(1, 7))
def test_any_cut_scores_like_the_whole(seed: int, pieces: int) -> None:
    rng = np.random.default_rng(seed)
    n = 150
    whole: dict[str, Any] = {
        "levels": rng.integers(0, 4, (n, 20)),
        "region_of": rng.integers(0, 3, n),
        "affair_of": rng.integers(-1, 8, n),
    }
    points = dict(zip(CODES, (50, 41.25, "63"), strict=True))

    def table(rows: Any) -> ii.LevelTable:
        cut = {name: column[rows] for name, column in whole.items()}
        return ii.LevelTable.from_arrays(
            EDITION, **cut, region_points=list(points.values()), regions=CODES
        )

    piece_of = rng.integers(0, pieces, n)
    parts = [Tally.of(table(piece_of == k), levels=True) for k in rng.permutation(pieces)]
    merged = Tally.merged(parts, EDITION, levels=True)
    expected = ii.score(table(np.arange(n)))
    assert merged == Tally.of(expected.table, levels=True)
    scores = merged.score(points)
    assert scores.index.tobytes() == expected.index.tobytes()
    assert scores.bands.tolist() == expected.bands.tolist()
    assert [one.exact for one in scores] == [one.exact for one in expected]
    gaps = ii.analysis.GapTable(scores)
    whole_gaps = ii.gaps(expected.table)
    assert (gaps.numerators == whole_gaps.numerators).all()
    assert gaps.by_indicator().keys() == whole_gaps.by_indicator().keys()


@given(tallies())
def test_a_tally_survives_the_journey_through_json(a: Tally) -> None:
    assert Tally.from_dict(json.loads(json.dumps(a.to_dict()))) == a


def test_regions_that_were_not_counted_have_no_innovations() -> None:
    scores = Tally.empty(EDITION).score({"63.71": 63})
    assert scores["63.71"].innovations == 0
    assert scores.index.tolist() == [25.2]
    with pytest.raises(ii.errors.BadValueError, match="know their regions only"):
        scores.to_columns("innovations")  # type: ignore[arg-type]
    assert "1 regions, 0 innovations" in repr(scores)


def table_of_one(n: int = 3) -> ii.LevelTable:
    return ii.LevelTable.from_arrays(
        EDITION,
        np.ones((n, 20), int),
        region_of=np.zeros(n, int),
        region_points=[50],
        affair_of=np.arange(n),
        regions=["63.71"],
    )


def test_what_does_not_add_up_is_refused() -> None:
    one = Tally.of(table_of_one())
    other = ii.load_edition("iid-2027")
    with pytest.raises(ii.errors.BadValueError, match="do not add up"):
        _ = one + Tally.empty(other)
    with pytest.raises(ii.errors.BadValueError, match="counted levels"):
        _ = one + Tally.empty(EDITION, levels=True)
    with pytest.raises(TypeError):
        _ = one + 1  # type: ignore[operator]
    with pytest.raises(ii.errors.BadValueError, match=r"lacks 1 counted regions: 63\.71"):
        one.score({"63.01": 1})
    with pytest.raises(ii.errors.BadValueError, match="not a number"):
        one.score({"63.71": "many"})
    with pytest.raises(ii.errors.BadValueError, match="were not counted"):
        _ = ii.analysis.GapTable(one.score({"63.71": 1})).shares
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "other"}, "this is no tally"),
        ({"edition": "iid-1999"}, "not shipped"),
        ({"codes": ["63.71", "63.72"]}, "damaged"),
        ({"codes": None}, "damaged"),
        ({"n_innovations": [-1]}, "from 0 to"),
        ({"n_innovations": ["x"]}, "damaged"),
        ({"maturity_hundredths": [10**6]}, r"63\.71. cannot be"),
        ({"covered": [[99]]}, "damaged"),
        ({"covered": [[0, 1, 2, 3]]}, "cannot be"),
        ({"level_counts": [[[1]]]}, "shape"),
        ({"level_counts": [[[0, 0, 0, 3]]] * 20}, "cannot be"),
        ({"level_counts": [[[3, 0, 0, 0, 0]]] * 20}, "shape"),
        ({"level_counts": [[[3.0, 0, 0, 0]]] * 20}, "whole numbers"),
        ({"n_innovations": [3.7]}, "whole numbers"),
        ({"n_innovations": ["3"]}, "whole numbers"),
        ({"n_innovations": [True]}, "whole numbers"),
        ({"n_innovations": [2**62]}, "from 0 to"),
        ({"n_innovations": [2**70]}, "whole numbers"),
        ({"maturity_hundredths": [float("nan")]}, "whole numbers"),
        ({"maturity_hundredths": [[3]]}, "shape"),
        ({"covered": [[-1]]}, "from 0 to"),
        ({"covered": [[1.0]]}, "whole numbers"),
        ({"covered": [3]}, "damaged"),
        ({"covered": []}, "damaged"),
        ({"codes": "6"}, "different texts"),
        ({"codes": ["63.71", "63.71"]}, "different texts"),
        ({"codes": [6371]}, "expected text"),
        ({"codes": ["63.71 "]}, "spaces"),
        ({"edition": "../iid-2026.toml"}, "not shipped"),
        ({"edition": ["iid-2026"]}, "not shipped"),
        ({"level_counts": [[[9, 0, 0, 0]]] * 20}, "cannot be"),
        ({"level_counts": None, "maturity_hundredths": [101]}, "cannot be"),
        ({"level_counts": None, "maturity_hundredths": [10**6]}, "cannot be"),
    ],
)
def test_damaged_tallies_are_refused(change: dict[str, Any], said: str) -> None:
    plain = Tally.of(table_of_one(), levels=True).to_dict() | change
    with pytest.raises(ii.errors.InovasiIndexError, match=said):
        Tally.from_dict(plain)


def test_nobody_writes_into_a_tally() -> None:
    tally = Tally.of(table_of_one(), levels=True)
    again = Tally.from_dict(tally.to_dict())
    assert Tally.of(table_of_one()).level_counts is None
    for one in (tally, again, tally + again, tally.reordered(CODES)):
        assert one.level_counts is not None
        for array in (one.n_innovations, one.maturity_hundredths, one.covered, one.level_counts):
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0


def test_a_tally_belongs_to_its_edition() -> None:
    plain = Tally.of(table_of_one()).to_dict()
    with pytest.raises(ii.errors.BadValueError, match="is of 'iid-2026', not of iid-2027"):
        Tally.from_dict(plain, ii.load_edition("iid-2027"))
    with pytest.raises(ii.errors.BadValueError, match="no tally"):
        Tally.from_dict([])  # type: ignore[arg-type]


def test_a_tally_without_its_parts_is_refused() -> None:
    plain = Tally.of(table_of_one()).to_dict()
    for name in ("codes", "n_innovations", "maturity_hundredths", "covered"):
        with pytest.raises(ii.errors.BadValueError, match=f"{name}.*missing"):
            Tally.from_dict({key: value for key, value in plain.items() if key != name})


@pytest.mark.parametrize("levels", [True, False])
def test_a_tally_of_nothing_is_read_again(levels: bool) -> None:
    nothing = Tally.empty(EDITION, levels=levels)
    again = Tally.from_dict(nothing.to_dict())
    assert again == nothing
    one = Tally.of(table_of_one(), levels=levels)
    assert again + one == one


def test_a_tally_names_no_file_to_be_read(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.touch()
    plain = Tally.empty(EDITION).to_dict() | {"edition": str(own)}
    with pytest.raises(ii.errors.BadValueError, match="not shipped"):
        Tally.from_dict(plain)
