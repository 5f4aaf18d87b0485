"""Throwaway databases on a real server: migrated once, cloned for each test."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg

from shared.store.migrate import migrate
from shared.store.pool import Connection

ROLE = "service"


@dataclass(frozen=True)
class TestDatabase:
    """A clone of a migrated template: `owner` may do anything, `service` what a service may."""

    __test__ = False

    name: str
    owner: str
    service: str


class TestServer:
    """A server for tests. `dsn(database, user)` gives addresses on it."""

    __test__ = False

    def __init__(self, dsn: Callable[[str, str], str], superuser: str) -> None:
        self._dsn = dsn
        self._superuser = superuser

    async def prepare(self) -> None:
        """Make the service role and the two empty templates; migrate them with `migrate_all`."""
        connection = await asyncpg.connect(self._dsn("postgres", self._superuser))
        try:
            await connection.execute(f"create role {ROLE} login")
            for template in ("template_log", "template_keys"):
                await connection.execute(f"create database {template}")
        finally:
            await connection.close()

    def migrate_all(self) -> None:
        """Bring the templates to today's tables; outside any event loop."""
        migrate(self._dsn("template_log", self._superuser), tables="log", role=ROLE)
        migrate(self._dsn("template_keys", self._superuser), tables="keys", role=ROLE)

    @asynccontextmanager
    async def database(self, template: str) -> AsyncIterator[TestDatabase]:
        """A clone of `template_log` or `template_keys`, dropped afterwards."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        connection = await asyncpg.connect(self._dsn("postgres", self._superuser))
        try:
            await connection.execute(f"create database {name} template {template}")
            yield TestDatabase(name, self._dsn(name, self._superuser), self._dsn(name, ROLE))
            await connection.execute(f"drop database {name} with (force)")
        finally:
            await connection.close()


async def everything(
    connection: Connection, table: str, columns: Sequence[str]
) -> list[tuple[Any, ...]]:
    """All that a read model's table or its tally holds, in the order of these columns."""
    rows = await connection.fetch(f"select {', '.join(columns)} from read.{table}")
    return [tuple(row) for row in rows]
