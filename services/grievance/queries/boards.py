"""The boards: figures of now from the live tables, of another time from tables built for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from services.grievance.projections.channel_mix import channel_mix
from services.grievance.projections.response_times import response_times
from services.grievance.projections.unit_backlog import unit_backlog
from services.grievance.queries import backlog, channels
from services.grievance.queries import response_times as responses
from services.grievance.queries.backlog import Load
from services.grievance.queries.channels import Mix
from shared.runtime.projections.building import Builder, When
from shared.runtime.projections.folding import Model
from shared.runtime.projections.map_copy import Places
from shared.runtime.projections.watermarks import Watermark, Watermarks
from shared.store.pool import Connection, Pool

NOW = When()


class Board(NamedTuple):
    """The lines of a board, and up to where they are true."""

    items: list[dict[str, Any]]
    watermark: Watermark


class Boards:
    """Figures about many cases. Each waits for `min_position` unless it is asked of another time:
    Problem (503) when the read model does not come that far."""

    def __init__(self, pool: Pool, watermarks: Watermarks, builder: Builder) -> None:
        self._pool = pool
        self._watermarks = watermarks
        self._builder = builder

    async def response_times(
        self, by: responses.By, places: Places = None, when: When = NOW, min_position: int = 0
    ) -> Board:
        """Days from filing to first reply, per group and for `all`."""
        async with self._open(response_times, when, min_position) as (connection, mark):
            return Board(await responses.read(connection, by, places), mark)

    async def backlog(self, load: Load, when: When = NOW, min_position: int = 0) -> Board:
        """What lies with each unit, as old as it is at the time that is asked about."""
        async with self._open(unit_backlog, when, min_position) as (connection, mark):
            return Board(await backlog.read(connection, load, when.at or when.known), mark)

    async def channels(self, mix: Mix, when: When = NOW, min_position: int = 0) -> Board:
        """How petitions came in, and how they ended."""
        async with self._open(channel_mix, when, min_position) as (connection, mark):
            return Board(await channels.read(connection, mix), mark)

    @asynccontextmanager
    async def _open(
        self, model: Model, when: When, min_position: int
    ) -> AsyncIterator[tuple[Connection, Watermark]]:
        if when == NOW:
            mark = await self._watermarks.reach(model.name, min_position)
            async with self._pool.acquire(timeout=10) as connection:
                yield connection, mark
        else:
            async with self._builder.built(model, when) as built:
                yield built
