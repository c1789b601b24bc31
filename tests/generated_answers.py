"""Answers drawn at random, as arrays and as the rows of the database layout.

``python tests/generated_answers.py 60000`` compares Polars, DuckDB, SQLite and PostgreSQL
with the library on so many innovations, up to twenty answers each; names that follow
(``sqlite postgresql``) choose among them, and among ``mariadb``, ``dask`` and ``spark``, which
are only compared when they are named.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

import inovasi_index as ii
from inovasi_index.engines import (
    dask_index,
    polars_expressions,
    spark_index,
    sql_tables,
    sql_view,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EDITION = ii.load_edition("iid-2026")
KEYS = np.array([row.key for row in EDITION.innovation_indicators])
AFFAIRS = np.array([affair.key for affair in EDITION.affairs])

#: Programs that a server of MariaDB is started with.
MARIADB = ("mariadb-install-db", "mariadbd")
INSTALL = "(pip install --group clusters)"

#: Columns of the index view that are compared, with their names in the library.
INDEX = "SELECT region, index_hundredths, band, innovations, basic_affairs FROM {} ORDER BY region"


@frozen(eq=False)
class Drawn:
    """Innovations of regions of very different size; some regions have none."""

    levels: Any
    region_of: Any
    affair_of: Any
    points: Any
    codes: tuple[str, ...]

    @classmethod
    def of(cls, n: int, n_regions: int, *, seed: int = 1) -> Drawn:
        rng = np.random.default_rng(seed)
        sizes = rng.dirichlet(np.full(n_regions, 0.3)) if n_regions else np.zeros(0)
        # Each region has a taste for affairs and levels, so that all bands occur.
        good = rng.random(n_regions)
        region_of = rng.choice(n_regions, n, p=sizes)
        levels = rng.binomial(3, np.sqrt(good)[region_of, None], (n, len(KEYS)))
        few = rng.integers(1, len(AFFAIRS), n_regions)
        affair_of = rng.integers(-1, few[region_of], n)
        return cls(
            levels=levels.astype(np.uint8),
            region_of=region_of,
            affair_of=affair_of,
            points=(good * 6300).astype(np.int64),
            codes=tuple(f"{11 + k // 90}.{k % 90 + 10}" for k in range(n_regions)),
        )

    def table(self) -> ii.LevelTable:
        return ii.LevelTable.from_arrays(
            EDITION,
            self.levels,
            region_of=self.region_of,
            region_points=[f"{p // 100}.{p % 100:02d}" for p in self.points.tolist()],
            affair_of=self.affair_of,
            regions=self.codes,
        )

    def expected(self) -> list[tuple[Any, ...]]:
        """What the library says, as the rows of `INDEX`."""
        scores = ii.score(self.table())
        columns = (
            scores.index_hundredths,
            scores.bands,
            scores.n_innovations,
            scores.basic_affairs,
        )
        rows = zip(self.codes, *(column.tolist() for column in columns), strict=True)
        return sorted(rows)

    def regions(self) -> list[tuple[str, int]]:
        return list(zip(self.codes, self.points.tolist(), strict=True))

    def innovations(self) -> Iterator[tuple[str, str, str | None]]:
        for k, (region, affair) in enumerate(zip(self.region_of, self.affair_of, strict=True)):
            yield self.codes[region], f"i{k}", None if affair < 0 else str(AFFAIRS[affair])

    def answers(self) -> Iterator[tuple[str, str, str, int]]:
        """One row a level above 0: a missing answer is level 0."""
        keys = KEYS.tolist()
        codes = self.codes
        for k, (region, levels) in enumerate(
            zip(self.region_of.tolist(), self.levels.tolist(), strict=True)
        ):
            for key, level in zip(keys, levels, strict=True):
                if level:
                    yield codes[region], f"i{k}", key, level


def fill(database: Any, drawn: Drawn, mark: str = "?") -> None:
    """Insert through the Python database interface."""
    for name, rows, n in (
        ("region_points", drawn.regions(), 2),
        ("innovations", drawn.innovations(), 3),
        ("answers", drawn.answers(), 4),
    ):
        marks = ", ".join([mark] * n)
        given = rows if isinstance(database, sqlite3.Connection) else list(rows)
        if given:  # DuckDB refuses to insert nothing
            database.executemany(f"INSERT INTO {name} VALUES ({marks})", given)  # noqa: S608 - ours


def sqlite_rows(drawn: Drawn) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        database.executescript(sql_tables(EDITION, "sqlite") + sql_view(EDITION, "sqlite"))
        fill(database, drawn)
        return database.execute(INDEX.format("iid_2026_index")).fetchall()


def duckdb_rows(drawn: Drawn) -> list[tuple[Any, ...]]:
    import duckdb
    import pyarrow as pa

    with contextlib.closing(duckdb.connect()) as database:
        database.execute(sql_tables(EDITION, "duckdb") + sql_view(EDITION, "duckdb"))
        regions = pa.table({"r": drawn.codes, "p": drawn.points})
        region = pa.array(drawn.codes).take(pa.array(drawn.region_of))
        names = pa.array([f"i{k}" for k in range(len(drawn.region_of))])
        affair = pa.array(
            [None if a < 0 else str(AFFAIRS[a]) for a in drawn.affair_of], pa.string()
        )
        innovations = pa.table({"r": region, "i": names, "a": affair})
        row, column = np.nonzero(drawn.levels)
        answers = pa.table(
            {
                "r": region.take(pa.array(row)),
                "i": names.take(pa.array(row)),
                "k": pa.array(KEYS.tolist()).take(pa.array(column)),
                "l": drawn.levels[row, column],
            }
        )
        for name, frame in (
            ("region_points", regions), ("innovations", innovations), ("answers", answers),
        ):  # fmt: skip
            database.register("given", frame)
            database.execute(f"INSERT INTO {name} SELECT * FROM given")  # noqa: S608 - ours
            database.unregister("given")
        return database.execute(INDEX.format("iid_2026_index")).fetchall()


def postgresql_rows(drawn: Drawn, where: str) -> list[tuple[Any, ...]]:
    import psycopg

    with psycopg.connect(where, autocommit=True) as database:
        database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")  # a server of our own
        database.execute(sql_tables(EDITION, "postgresql") + sql_view(EDITION, "postgresql"))
        for name, rows in (
            ("region_points", drawn.regions()),
            ("innovations", drawn.innovations()),
            ("answers", drawn.answers()),
        ):
            with database.cursor().copy(f"COPY {name} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        database.execute("ANALYZE")
        return database.execute(INDEX.format("iid_2026_index")).fetchall()


@contextlib.contextmanager
def mariadb_connection(where: str) -> Iterator[Any]:
    """Connect to an empty data base that compares texts byte by byte."""
    import pymysql

    def script(sql: str) -> Any:
        cursor = connection.cursor()
        cursor.execute(sql)
        while cursor.nextset():
            pass
        return cursor

    with contextlib.closing(
        pymysql.connect(
            unix_socket=where,
            user="root",
            autocommit=True,
            local_infile=True,
            client_flag=pymysql.constants.CLIENT.MULTI_STATEMENTS,
        )
    ) as connection:
        script("DROP DATABASE IF EXISTS drawn")
        script("CREATE DATABASE drawn CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; USE drawn")
        connection.execute = script
        yield connection


def mariadb_rows(drawn: Drawn, where: str) -> list[tuple[Any, ...]]:
    with mariadb_connection(where) as database:
        database.execute(sql_tables(EDITION, "mysql") + sql_view(EDITION, "mysql"))
        for name, rows in (
            ("region_points", drawn.regions()),
            ("innovations", drawn.innovations()),
            ("answers", drawn.answers()),
        ):
            with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
                for row in rows:
                    print(*(r"\N" if v is None else v for v in row), sep="\t", file=file)
                file.flush()
                database.execute(f"LOAD DATA LOCAL INFILE '{file.name}' INTO TABLE {name}")
        return list(database.execute(INDEX.format("iid_2026_index")).fetchall())


def polars_rows(drawn: Drawn) -> list[tuple[Any, ...]]:
    import polars as pl

    e = polars_expressions(EDITION)
    region = pl.Series("region", drawn.codes, pl.String)
    affair = pl.Series("affair", [*AFFAIRS.tolist(), None], pl.String)
    frame = pl.DataFrame(
        {"region": region.gather(drawn.region_of), "affair": affair.gather(drawn.affair_of)}
        | {key: drawn.levels[:, m] for m, key in enumerate(KEYS.tolist())}
    )
    sums = frame.lazy().group_by("region").agg(*e.aggregates)
    points = pl.DataFrame({"region": region, "region_hundredths": drawn.points})
    found = (
        sums.join(points.lazy(), on="region")
        .with_columns(e.index)
        .with_columns(e.band)
        .select("region", "index_hundredths", "band", "innovations", "basic_affairs")
        .sort("region")
    )
    return found.collect().rows()


def arrow_frame(drawn: Drawn) -> Any:
    """The innovations as a table of pyarrow, one column an indicator."""
    import pyarrow as pa

    affairs = pa.array([*AFFAIRS.tolist(), None], pa.string())
    return pa.table(
        {
            "region": pa.array(drawn.codes, pa.string()).take(pa.array(drawn.region_of)),
            "affair": affairs.take(pa.array(drawn.affair_of % len(affairs))),
        }
        # Spark has no unsigned bytes.
        | {key: drawn.levels[:, m].astype(np.int8) for m, key in enumerate(KEYS.tolist())}
    )


def dask_rows(drawn: Drawn, partitions: int = 7) -> list[tuple[Any, ...]]:
    """Score a frame of Dask, on the cluster of the client that is there, or in threads."""
    import dask.dataframe as dd
    import pandas as pd

    frame = dd.from_pandas(arrow_frame(drawn).to_pandas(), npartitions=partitions)
    points = pd.DataFrame({"region": drawn.codes, "region_hundredths": drawn.points})
    found = dask_index(frame, EDITION, region_points=points).compute()
    assert not found["faulty"].any()
    compared = found[["region", "index_hundredths", "band", "innovations", "basic_affairs"]]
    return list(compared.itertuples(index=False, name=None))


def spark_rows(drawn: Drawn, session: Any, partitions: int = 7) -> list[tuple[Any, ...]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(arrow_frame(drawn), f"{folder}/levels.parquet")
        frame = session.read.parquet(f"{folder}/levels.parquet").repartition(partitions)
        points = session.createDataFrame(
            pa.table({"region": drawn.codes, "region_hundredths": drawn.points})
        )
        found = spark_index(frame, EDITION, region_points=points)
        compared = found.select(
            "region", "index_hundredths", "band", "innovations", "basic_affairs"
        )
        return sorted(map(tuple, compared.collect()))


def why_no_dask() -> str | None:
    """Return why Dask cannot run here, if it cannot."""
    return None if find_spec("distributed") else f"Dask is not installed {INSTALL}"


def why_no_spark() -> str | None:
    """Return why Spark cannot run here, if it cannot; or say to it which Python to use."""
    if not find_spec("pyspark"):
        return f"Spark is not installed {INSTALL}"
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if java is None:
        where = f"in JAVA_HOME ({home})" if home else "on the PATH"
        return f"Spark needs Java, and there is none {where} (apt install default-jre-headless)"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 17:
        return f"Spark needs Java 17 or later, and {java} is not"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    return None


@contextlib.contextmanager
def spark_session(master: str = "local-cluster[2,1,1024]") -> Iterator[Any]:
    """Start Spark with two executors, each a process of its own, and stop it at the end."""
    from pyspark.sql import SparkSession

    quiet = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.log.level": "ERROR",
        # A killed executor is one failure; what always fails shall not take long to.
        "spark.task.maxFailures": "2",
        # Short jobs: what the second compiler of Java gains takes longer than they do.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }
    session = SparkSession.builder.master(master).config(map=quiet).getOrCreate()
    try:
        yield session
    finally:
        session.stop()


@contextlib.contextmanager
def dask_client(workers: int = 2) -> Iterator[Any]:
    """Start a cluster of Dask with workers that are processes, and stop it at the end."""
    from dask.distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        yield client


def postgresql_programs() -> Path | None:
    """Return the folder of the server's programs, if there is one."""
    found = [shutil.which("initdb"), *map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    for program in filter(None, found):
        folder = Path(program).resolve().parent
        if (folder / "pg_ctl").exists():
            return folder
    return None


@contextlib.contextmanager
def postgresql_server() -> Iterator[str]:
    """Run a server of our own in a temporary folder, and yield how to connect to it."""
    programs = postgresql_programs()
    assert programs is not None
    as_user: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:  # sockets need short paths
        if os.geteuid() == 0:  # the server refuses to run as root
            as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")

        def run(*command: object) -> None:
            words = [str(word) for word in command]
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user)

        data = f"{folder}/data"
        run(programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "-N")
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        control = [programs / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log"]
        run(*control, "-o", settings, "start")
        try:
            yield f"host={folder} user=tester dbname=postgres"
        finally:
            run(*control, "-m", "immediate", "stop")


def why_no_mariadb() -> str | None:
    """Return why a server of MariaDB cannot run here, if it cannot."""
    if not find_spec("pymysql"):
        return "PyMySQL is not installed"
    if os.name != "posix" or None in map(shutil.which, MARIADB):
        return "no MariaDB server is installed (apt install mariadb-server)"
    return None


@contextlib.contextmanager
def mariadb_server() -> Iterator[str]:
    """Run a server of our own in a temporary folder, and yield its socket."""
    install, server = map(shutil.which, MARIADB)
    with tempfile.TemporaryDirectory(prefix="my", dir="/tmp") as folder:  # sockets need short paths
        user = [f"--user={getpass.getuser()}"]
        if os.geteuid() == 0:  # the server refuses to run as root
            user = ["--user=mysql"]
            shutil.chown(folder, "mysql", "mysql")
        at = ["--no-defaults", *user, f"--datadir={folder}/data"]
        subprocess.run(
            [str(install), *at, "--auth-root-authentication-method=normal", "--skip-test-db"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        where = f"{folder}/socket"
        with Path(folder, "log").open("w", encoding="utf-8") as log:
            own = ["--skip-networking", "--skip-grant-tables", f"--pid-file={folder}/pid"]
            running = subprocess.Popen([str(server), *at, f"--socket={where}", *own], stderr=log)
            try:
                for _ in range(600):
                    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as knock:
                        knock.connect(where)
                        break
                    time.sleep(0.1)
                yield where
            finally:
                running.terminate()
                running.wait()


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    drawn = Drawn.of(n, 546)
    expected = drawn.expected()
    bands = sorted({row[2] for row in expected})
    print(f"{n:,} innovations, {np.count_nonzero(drawn.levels):,} answers; bands: {bands}")  # noqa: T201 - a command
    counted = [row for row in expected if row[3]]

    def compare(name: str, work: Callable[[Drawn], list[tuple[Any, ...]]], want: Any) -> None:
        start = time.perf_counter()
        same = work(drawn) == want
        took = time.perf_counter() - start
        said = "equal" if same else "DIFFERENT"
        print(f"{name:12} {took:7.1f} s  {said}", flush=True)  # noqa: T201 - a command

    wanted = {name.casefold() for name in sys.argv[2:]} or set(USUAL)
    for name, work in WORKS.items():
        if name.casefold() in wanted:
            # Regions without innovations are no group of a frame.
            compare(name, work, counted if name == "Polars" else expected)


def _postgresql_rows(drawn: Drawn) -> list[tuple[Any, ...]]:
    with postgresql_server() as where:
        return postgresql_rows(drawn, where)


def _mariadb_rows(drawn: Drawn) -> list[tuple[Any, ...]]:
    with mariadb_server() as where:
        return mariadb_rows(drawn, where)


def _dask_rows(drawn: Drawn) -> list[tuple[Any, ...]]:
    with dask_client():
        return dask_rows(drawn)


def _spark_rows(drawn: Drawn) -> list[tuple[Any, ...]]:
    assert why_no_spark() is None, why_no_spark()
    with spark_session() as session:
        return spark_rows(drawn, session)


USUAL = ["polars", "duckdb", "sqlite", "postgresql"]
WORKS: dict[str, Callable[[Drawn], list[tuple[Any, ...]]]] = {
    "Polars": polars_rows,
    "DuckDB": duckdb_rows,
    "SQLite": sqlite_rows,
    "PostgreSQL": _postgresql_rows,
    "MariaDB": _mariadb_rows,
    "Dask": _dask_rows,
    "Spark": _spark_rows,
}


if __name__ == "__main__":
    main()
