"""Spark gives the library's number to the hundredth, whichever executor dies over it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
import troubled_frame
from generated_answers import EDITION, KEYS, Drawn, arrow_frame, spark_rows, why_no_spark

import inovasi_index as ii
from inovasi_index.analysis.robustness import Dirichlet, LinearScore, UncertainWeights, simulate
from inovasi_index.engines import spark_index, spark_workers

if TYPE_CHECKING:
    from pathlib import Path

if (why := why_no_spark()) is not None:
    pytest.skip(why, allow_module_level=True)

import pyarrow as pa


@pytest.mark.parametrize(("n", "n_regions", "partitions"), [(0, 1, 1), (3000, 60, 7)])
def test_spark_gives_the_same_hundredth(
    n: int, n_regions: int, partitions: int, session: Any
) -> None:
    drawn = Drawn.of(n, n_regions, seed=n)
    assert spark_rows(drawn, session, partitions) == drawn.expected()


@pytest.fixture
def frame(session: Any) -> Any:
    columns = troubled_frame.frame()
    table = pa.table(
        {k: pa.array(v, pa.int16() if k in KEYS else pa.string()) for k, v in columns.items()}
    )
    return session.createDataFrame(table)


def points(session: Any) -> Any:
    return session.createDataFrame(pa.table(troubled_frame.points()))


@pytest.mark.parametrize("partitions", [1, 5])
def test_troubled_rows_give_no_number_in_their_region_alone(
    partitions: int, session: Any, frame: Any
) -> None:
    found = spark_index(frame.repartition(partitions), EDITION, region_points=points(session))
    rows = [row.asDict() for row in found.collect()]
    assert {row.pop("region"): row for row in rows} == troubled_frame.expected()
    assert len(rows) == len(troubled_frame.expected())


def test_columns_may_be_called_otherwise(session: Any, frame: Any) -> None:
    odd = "kode.`pemda`"
    found = spark_index(
        frame.withColumnRenamed("region", odd).withColumnRenamed("affair", "urusan"),
        ii.load_edition("iid-2027"),
        region_points=points(session),
        columns={"region": odd, "affair": "urusan"},
    )
    good = found.where("region = 'good'").collect()[0]
    assert (good["faulty"], good["band"]) == (0, None)  # no source gives the bounds of 2027
    assert good["index_hundredths"] is not None


def test_an_edition_may_lack_a_largest_region_part(session: Any, frame: Any) -> None:
    from attrs import evolve

    edition = evolve(EDITION, formula=evolve(EDITION.formula, region_max_hundredths=None))
    most = session.createDataFrame(pa.table({"region": ["good"], "region_hundredths": [7000]}))
    found = spark_index(frame.where("region = 'good'"), edition, region_points=most)
    assert [row["index_hundredths"] for row in found.collect()] == [7240]


def test_what_cannot_be_is_refused(session: Any, frame: Any) -> None:
    with pytest.raises(ii.errors.BadValueError, match="whole hundredths"):
        spark_index(
            frame,
            EDITION,
            region_points=points(session).selectExpr("region", "50.25D AS region_hundredths"),
        )
    with pytest.raises(ii.errors.BadValueError, match="region of region_points is of bigint"):
        spark_index(
            frame, EDITION, region_points=session.range(2).withColumnRenamed("id", "region")
        )
    with pytest.raises(ii.errors.BadValueError, match="no column 'region'"):
        spark_index(frame, EDITION, region_points=session.range(2))
    with pytest.raises(ii.errors.FileFormatError, match="no column 'affair'"):
        spark_index(frame.drop("affair"), EDITION, region_points=points(session))
    text = frame.withColumn("benefits", frame["benefits"].cast("string"))
    with pytest.raises(Exception, match="the column is of string; whole numbers are needed"):
        spark_index(text, EDITION, region_points=points(session)).collect()


def test_without_spark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql.functions", None)
    with pytest.raises(ii.errors.MissingExtraError, match=r"inovasi_index\[spark\]"):
        spark_index(None, EDITION, region_points=None)


def test_java_is_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert "there is none in JAVA_HOME" in str(why_no_spark())
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    assert "Java 17 or later" in str(why_no_spark())
    java.write_text("#!/bin/sh\necho 'openjdk version \"21.0.2\"' >&2\n")
    assert why_no_spark() is None


# ------------------------------------------------------------------ a killed executor


def executor() -> Any:
    """Return a function that says which process is the executor of a task."""

    def number() -> int:
        import os
        from pathlib import Path

        # Python runs under a server that forks it, and that under the executor.
        process = os.getpid()
        while Path(f"/proc/{process}/comm").read_text() != "java\n":
            process = int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
        return process

    return number


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the executor in /proc")
def test_a_killed_executor_does_not_change_the_result(session: Any, tmp_path: Path) -> None:
    drawn = Drawn.of(5000, 60, seed=8)
    wait = troubled_frame.deadly(tmp_path, executor())

    def hold(batches: Any) -> Any:
        wait()
        yield from batches

    frame = session.createDataFrame(arrow_frame(drawn)).repartition(6)
    regions = pa.table({"region": drawn.codes, "region_hundredths": drawn.points})
    found = spark_index(
        frame.mapInArrow(hold, frame.schema),
        EDITION,
        region_points=session.createDataFrame(regions),
    )
    with troubled_frame.killing(tmp_path):
        rows = sorted((row["region"], row["index_hundredths"]) for row in found.collect())
    assert rows == [row[:2] for row in drawn.expected()]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the executor in /proc")
def test_a_simulation_goes_on_when_an_executor_is_killed(session: Any, tmp_path: Path) -> None:
    scenarios = UncertainWeights(
        LinearScore(100 * Drawn.of(30, 1).levels / 3), Dirichlet.flat(len(KEYS))
    )
    wait = troubled_frame.deadly(tmp_path, executor())

    def workers(work: Any, chunks: Any) -> Any:
        def held(chunk: Any) -> Any:
            wait()
            return work(chunk)

        return spark_workers(session)(held, chunks)

    with troubled_frame.killing(tmp_path):
        spread = simulate(scenarios, draws=20_000, seed=3, workers=workers, chunk_size=4096)
    assert spread == simulate(scenarios, draws=20_000, seed=3)
