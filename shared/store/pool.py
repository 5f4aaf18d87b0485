"""Connections: every wait has an end, and a role sees its read models by their plain names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection = asyncpg.Connection[Any] | PoolConnectionProxy[Any]
    Pool = asyncpg.Pool[Any]
else:  # generic for the type checker only
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool

COMMAND_TIMEOUT = 60.0
SETTINGS = {
    "search_path": "public, read",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
}
# For many short questions at a time that are answered from indexes in memory: each by one process,
# and by no plan that takes longer to make than to follow.
SHORT = {"max_parallel_workers_per_gather": "0", "random_page_cost": "1.1", "jit": "off"}
# A plain OSError, a server that starts or stops, a connection that broke under a call.
TRANSIENT = (
    OSError,
    TimeoutError,
    asyncpg.CannotConnectNowError,
    asyncpg.ConnectionDoesNotExistError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.DeadlockDetectedError,
    asyncpg.TooManyConnectionsError,
    asyncpg.SerializationError,
)


class _Pooled(asyncpg.Connection):
    """Nobody here sets, locks or listens to what outlives a transaction: going back to the pool
    costs no question to the server."""

    def get_reset_query(self) -> str:
        """None; a transaction that was left open is still rolled back."""
        return ""


async def open_pool(dsn: str, *, size: int = 4, planning: Mapping[str, str] = {}) -> Pool:
    """A pool whose calls time out after COMMAND_TIMEOUT seconds; `planning` is told to the server's
    planner."""
    return await asyncpg.create_pool(
        dsn, min_size=1, max_size=size, command_timeout=COMMAND_TIMEOUT,
        server_settings={**SETTINGS, **planning}, connection_class=_Pooled,
    )  # fmt: skip


async def connect(dsn: str) -> asyncpg.Connection[Any]:
    """One connection of its own, for a loop that holds it."""
    return await asyncpg.connect(
        dsn, timeout=10, command_timeout=COMMAND_TIMEOUT, server_settings=SETTINGS
    )
