"""Fixtures only: an empty log, seen by its owner, by its service, and through the kernel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from shared.runtime.execute import Executor
from shared.store.pool import Pool, connect, open_pool
from shared.testkit.databases import TestDatabase
from tests.shared.toy.asking import LOG


@pytest.fixture
async def owner(log_database: TestDatabase) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection that may do anything."""
    connection = await connect(log_database.owner)
    yield connection
    await connection.close()


@pytest.fixture
async def connection(log_database: TestDatabase) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection of the service's role."""
    made = await connect(log_database.service)
    yield made
    await made.close()


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of the service's role."""
    made = await open_pool(log_database.service)
    yield made
    await made.close()


@pytest.fixture
async def key_pool(key_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections to the key store."""
    made = await open_pool(key_database.service)
    yield made
    await made.close()


@pytest.fixture
async def executor(log_database: TestDatabase) -> AsyncIterator[Executor]:
    """The command path of one process."""
    made = Executor(log_database.service, LOG)
    yield made
    await made.aclose()
