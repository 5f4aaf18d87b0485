"""Fixtures only; the server is real, the databases are thrown away."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.local.postgres import SUPERUSER, EmbeddedPostgres
from shared.testkit.databases import TestDatabase, TestServer

pytest_plugins = ("tests.brokers", "tests.tokens")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Tests run on the event loop that production runs on."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """One PostgreSQL server for the whole run."""
    home = Path(tempfile.mkdtemp(prefix="linli-tests-"))
    home.chmod(0o755)
    server = EmbeddedPostgres(home, {"fsync": "off"})  # nobody kills this one; hundreds are made
    server.start()
    try:
        yield server
    finally:
        server.purge()
        shutil.rmtree(home)


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> TestServer:
    """The server with its migrated templates.

    LINLI_TEST_SERVER, such as `postgresql://{user}@/{database}?host=/run/pg`, names another one,
    empty, with a superuser `linli`: the same tests on another version of PostgreSQL.
    """
    elsewhere = os.environ.get("LINLI_TEST_SERVER")
    if elsewhere:
        made = TestServer(lambda db, user: elsewhere.format(database=db, user=user), SUPERUSER)
    else:
        made = TestServer(request.getfixturevalue("postgres").dsn, SUPERUSER)
    asyncio.run(made.prepare())
    made.migrate_all()
    return made


@pytest.fixture
async def log_database(server: TestServer) -> AsyncIterator[TestDatabase]:
    """An empty log."""
    async with server.database("template_log") as database:
        yield database


@pytest.fixture
async def key_database(server: TestServer) -> AsyncIterator[TestDatabase]:
    """An empty key store."""
    async with server.database("template_keys") as database:
        yield database
