"""Watermarks: up to where a read model is true, and waiting until it has come far enough."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.runtime.web.problems import Problem
from shared.store import cursors, parked
from shared.store.pool import Pool

PATIENCE = 2.0
PAUSE = 0.005
STILL = 30.0


class Watermark(BaseModel):
    """Up to where an answer is true. Of streams that are `parked`, what came last is not in it."""

    model_config = ConfigDict(frozen=True)

    position: int
    recorded_at: datetime | None
    parked: tuple[UUID, ...] = ()


class Moved(NamedTuple):
    """How far a read model has come: what is not equal has moved. `position` is that up to which
    it is true, `sum` that of the positions of all partitions, `at` the time of the one that is
    furthest ahead."""

    position: int
    sum: int
    at: datetime | None


class StandsStill(Exception):
    """The read models do not move: no worker runs."""


class Watermarks:
    """Where the read models of one log stand."""

    def __init__(self, pool: Pool, log: str) -> None:
        self._pool = pool
        self._log = log

    async def of(self, model: str) -> Watermark:
        """The model's watermark now."""
        async with self._pool.acquire(timeout=10) as connection:
            position, recorded_at = (await cursors.read(connection, [model], self._log))[model]
            blocked = await parked.blocked(connection, model, self._log)
        return Watermark(position=position, recorded_at=recorded_at, parked=blocked)

    async def moved(self, model: str) -> Moved:
        """How far the model has come, in one short query. Not what has been parked."""
        async with self._pool.acquire(timeout=10) as connection:
            return Moved(*await cursors.moved(connection, model, self._log))

    async def follow(self, models: Sequence[str], position: int) -> None:
        """Return when all of them have reached `position`, however long that takes.

        Raises StandsStill when none has moved for STILL seconds: nobody projects.
        """
        loop = asyncio.get_running_loop()
        best, since = -1, loop.time()
        while True:
            async with self._pool.acquire(timeout=10) as connection:
                marks = await cursors.read(connection, models, self._log)
            slowest = min(mark.position for mark in marks.values())
            if slowest >= position:
                return
            if slowest > best:
                best, since = slowest, loop.time()
            elif loop.time() - since > STILL:
                raise StandsStill(f"read models stand at {slowest} of {position}")
            await asyncio.sleep(PAUSE)

    async def reach(self, model: str, position: int, patience: float = PATIENCE) -> Watermark:
        """The watermark once it has reached `position`; people see what they wrote.

        Raises Problem (503) after `patience` seconds, naming how far the model has come.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + patience
        while (mark := await self.of(model)).position < position:
            if loop.time() > deadline:
                detail = f"{model} is true up to position {mark.position}, not yet {position}"
                raise Problem(503, "read_model_behind", detail, headers={"retry-after": "1"})
            await asyncio.sleep(PAUSE)
        return mark
