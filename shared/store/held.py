"""One connection that a loop holds on to, and gets back after the server was away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import asyncpg

from shared.store.pool import TRANSIENT, Connection, connect

T = TypeVar("T")

PATIENCE = 15.0
PAUSE = 0.1


class Unavailable(Exception):
    """PostgreSQL could not be reached for PATIENCE seconds."""


class HeldConnection:
    """Runs work on its connection, one at a time, again on a new one when the old broke.

    A break may come after the server has committed: the work must bear being done twice.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._turn = asyncio.Lock()
        self._connection: asyncpg.Connection[Any] | None = None

    async def run(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """The work's result. Raises Unavailable when the server stays away."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            try:
                return await self._attempt(work)
            except TRANSIENT as fault:
                if asyncio.get_running_loop().time() > deadline:
                    raise Unavailable from fault
                await asyncio.sleep(PAUSE)

    async def aclose(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            await self._connection.close(timeout=5)
            self._connection = None

    async def _attempt(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        async with self._turn:
            try:
                return await work(await self._open())
            except TRANSIENT:
                self._drop()
                raise

    async def _open(self) -> asyncpg.Connection[Any]:
        if self._connection is None or self._connection.is_closed():
            self._connection = await connect(self._dsn)
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None
