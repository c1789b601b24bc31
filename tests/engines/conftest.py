"""A PostgreSQL server for the tests, where one can be had."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from generated_answers import postgresql_programs, postgresql_server

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
