"""A server of its own for one test, and a way to ask it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from deploy.local.postgres import EmbeddedPostgres


@contextmanager
def server(home: Path) -> Iterator[EmbeddedPostgres]:
    postgres = EmbeddedPostgres(home)
    try:
        postgres.start()
        yield postgres
    finally:
        postgres.purge()


def ask(postgres: EmbeddedPostgres, sql: str) -> object:
    async def once() -> object:
        connection = await asyncpg.connect(postgres.dsn("postgres"))
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return asyncio.run(once())
