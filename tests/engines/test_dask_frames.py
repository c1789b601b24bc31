"""Dask gives the library's number to the hundredth, however a frame is cut, come what may."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
import troubled_frame
from generated_answers import EDITION, KEYS, Drawn, arrow_frame, dask_rows, why_no_dask

import inovasi_index as ii
from inovasi_index.analysis.robustness import Dirichlet, LinearScore, UncertainWeights, simulate
from inovasi_index.engines import dask_index

if TYPE_CHECKING:
    from pathlib import Path

if (why := why_no_dask()) is not None:
    pytest.skip(why, allow_module_level=True)

import dask.dataframe as dd
import pandas as pd


def troubled(kind: str = "string") -> Any:
    # Without a type that knows missing numbers, pandas makes them all floats.
    kinds = {"region": kind, "affair": kind} | dict.fromkeys(KEYS.tolist(), "Int64")
    return pd.DataFrame(troubled_frame.frame()).astype(kinds)


def scored(partitions: int = 1, **changes: Any) -> Any:
    frame = dd.from_pandas(troubled(), npartitions=partitions)
    points = pd.DataFrame(troubled_frame.points() | changes)
    return dask_index(frame, EDITION, region_points=points)


@pytest.mark.parametrize(
    ("n", "n_regions", "partitions"),
    [(0, 1, 1), (1, 1, 3), (12, 2, 1), (700, 3, 40), (3000, 60, 7)],
)
def test_dask_gives_the_same_hundredth(n: int, n_regions: int, partitions: int) -> None:
    drawn = Drawn.of(n, n_regions, seed=n)
    assert dask_rows(drawn, partitions) == drawn.expected()


@pytest.mark.parametrize("partitions", [1, 2, 50])
@pytest.mark.parametrize("kind", ["object", "string"])
def test_troubled_rows_give_no_number_in_their_region_alone(partitions: int, kind: str) -> None:
    frame = dd.from_pandas(troubled(kind), npartitions=partitions)
    points = pd.DataFrame(troubled_frame.points()).astype({"region_hundredths": "Int64"})
    found = dask_index(frame, EDITION, region_points=dd.from_pandas(points, npartitions=3))
    rows = found.compute().astype(object).to_dict("records")
    plain = [{k: None if pd.isna(v) else v for k, v in row.items()} for row in rows]
    assert {row.pop("region"): row for row in plain} == troubled_frame.expected()
    assert len(rows) == len(troubled_frame.expected())


def test_it_says_beforehand_what_it_gives() -> None:
    found = scored(3, region_hundredths=5000)
    assert found.npartitions == 1
    assert found.dtypes.to_dict() == found.compute().dtypes.to_dict()
    assert found.dtypes["index_hundredths"] == "Int64"


def test_columns_may_be_called_otherwise() -> None:
    drawn = Drawn.of(300, 4)
    frame = arrow_frame(drawn).to_pandas().rename(columns={"region": "kode", "benefits": "b"})
    points = pd.DataFrame({"region": drawn.codes, "region_hundredths": drawn.points})
    found = dask_index(
        dd.from_pandas(frame.assign(other=1.5), npartitions=2),
        EDITION,
        region_points=points,
        columns={"region": "kode", "benefits": "b"},
    )
    assert found.compute()["index_hundredths"].tolist() == [row[1] for row in drawn.expected()]


def test_bands_whose_bounds_are_unknown_are_missing() -> None:
    frame = dd.from_pandas(troubled().iloc[:12], npartitions=1)
    points = pd.DataFrame({"region": ["good"], "region_hundredths": [5000]})
    found = dask_index(frame, ii.load_edition("iid-2027"), region_points=points).compute()
    assert found["index_hundredths"].notna().all()
    assert found["band"].isna().all()


def test_an_edition_may_lack_a_largest_region_part() -> None:
    from attrs import evolve

    edition = evolve(EDITION, formula=evolve(EDITION.formula, region_max_hundredths=None))
    frame = dd.from_pandas(troubled().iloc[:12], npartitions=1)
    points = pd.DataFrame({"region": ["good"], "region_hundredths": [7000]})
    found = dask_index(frame, edition, region_points=points).compute()
    assert found["index_hundredths"].tolist() == [7240]


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ii.errors.BadValueError, match="whole hundredths"):
        scored(region_hundredths=50.25)
    with pytest.raises(ii.errors.BadValueError, match="region of region_points is of float64"):
        scored(region=63.7)
    frame = dd.from_pandas(troubled(), npartitions=1)
    with pytest.raises(ii.errors.BadValueError, match="no column 'region_hundredths'"):
        dask_index(frame, EDITION, region_points=pd.DataFrame({"region": ["a"]}))
    frame = dd.from_pandas(pd.DataFrame({"region": ["63.71"], "afair": ["health"]}), npartitions=1)
    points = pd.DataFrame(troubled_frame.points())
    with pytest.raises(ii.errors.FileFormatError, match="no column 'affair'; did you mean 'afair'"):
        dask_index(frame, EDITION, region_points=points)
    numbers = dd.from_pandas(
        arrow_frame(Drawn.of(5, 1)).to_pandas().assign(region=63.7), npartitions=1
    )
    with pytest.raises(ii.errors.SubmissionError, match="a number loses the last zero"):
        dask_index(
            numbers, EDITION, region_points=points.astype({"region_hundredths": "Int64"})
        ).compute()


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask.dataframe", None)
    with pytest.raises(ii.errors.MissingExtraError, match=r"inovasi_index\[dask\]"):
        dask_index(None, EDITION, region_points=None)


# ------------------------------------------------------------------ a cluster


def test_a_killed_worker_does_not_change_the_result(client: Any, tmp_path: Path) -> None:
    drawn = Drawn.of(5000, 60, seed=8)
    wait = troubled_frame.deadly(tmp_path, os.getpid)

    def hold(part: Any) -> Any:
        wait()
        return part

    frame = dd.from_pandas(arrow_frame(drawn).to_pandas(), npartitions=8)
    frame = frame.map_partitions(hold, meta=frame._meta)
    points = pd.DataFrame({"region": drawn.codes, "region_hundredths": drawn.points})
    workers = set(client.scheduler_info()["workers"])
    with troubled_frame.killing(tmp_path):
        found = dask_index(frame, EDITION, region_points=points).compute()
    assert found["index_hundredths"].tolist() == [row[1] for row in drawn.expected()]
    client.wait_for_workers(2, timeout=60)
    assert set(client.scheduler_info()["workers"]) != workers


def test_a_simulation_goes_on_when_a_worker_is_killed(client: Any, tmp_path: Path) -> None:
    scenarios = UncertainWeights(
        LinearScore(100 * Drawn.of(30, 1).levels / 3), Dirichlet.flat(len(KEYS))
    )
    wait = troubled_frame.deadly(tmp_path, os.getpid)
    client.wait_for_workers(2, timeout=60)

    def workers(work: Any, chunks: Any) -> Any:
        def held(chunk: Any) -> Any:
            wait()
            return work(chunk)

        return client.get_executor().map(held, chunks)

    seen: list[int] = []
    with troubled_frame.killing(tmp_path):
        spread = simulate(
            scenarios,
            draws=20_000,
            seed=3,
            workers=workers,
            chunk_size=4096,
            progress=lambda done, _: seen.append(done),
        )
    assert spread == simulate(scenarios, draws=20_000, seed=3)
    assert len(seen) == 5
    # As it stands in the documentation.
    assert simulate(scenarios, draws=9000, seed=3, workers=client.get_executor().map) == simulate(
        scenarios, draws=9000, seed=3
    )
