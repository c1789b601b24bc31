"""Servers and clusters for the tests, where they can be had."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from generated_answers import (
    dask_client,
    mariadb_server,
    postgresql_programs,
    postgresql_server,
    spark_session,
    why_no_mariadb,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgres: needs the programs of a PostgreSQL server")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Yield how to connect to an empty server that nobody else uses."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if os.name != "posix" or postgresql_programs() is None:
        pytest.skip("no PostgreSQL server is installed (apt install postgresql)")
    with postgresql_server() as where:
        yield where


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str]:
    """Yield the socket of an empty server of MariaDB that nobody else uses."""
    if (why := why_no_mariadb()) is not None:
        pytest.skip(why)
    with mariadb_server() as where:
        yield where


@pytest.fixture(scope="session")
def client() -> Iterator[Any]:
    """Yield a client of a Dask cluster with two workers that are processes."""
    with dask_client() as client:
        yield client


# Ends with its module: there can be one session of Spark at a time, and pages have theirs.
@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Yield a session of Spark with two executors that are processes."""
    with spark_session() as session:
        yield session
