"""Alembic's entry: plain SQL revisions over asyncpg, one migrating process at a time."""

from __future__ import annotations

import asyncio

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

# One number for all databases: advisory locks are per database, so it only meets its own kind.
MIGRATING = 7_026_001


def _upgrade(connection: Connection) -> None:
    connection.execute(text(f"select pg_advisory_lock({MIGRATING})"))
    connection.commit()
    context.configure(connection=connection, transaction_per_migration=True)
    context.config.attributes["new"] = not context.get_context().get_current_heads()
    with context.begin_transaction():
        context.run_migrations()


async def _main() -> None:
    engine = create_async_engine(context.config.attributes["url"], poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


asyncio.run(_main())
