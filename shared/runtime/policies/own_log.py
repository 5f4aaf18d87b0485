"""The policy runner for a service's own log: what happens here leads to commands here.

The cursor moves once all commands of a page are answered. A command's id follows from the event
and the policy, so what is asked again after a crash is answered as the first time. What a policy
asks for comes back to it by the same log: `of` says what it is about, or it would have no end.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID

import structlog

from shared.core.catalogue import Catalogue
from shared.core.policy import Policy
from shared.ops import metrics
from shared.runtime.commands.execute import Executor
from shared.runtime.policies.asking import Asker, Informed
from shared.runtime.projections import applying, paging
from shared.store import cursors, parked, read
from shared.store.cursors import Reading
from shared.store.pool import Pool

PAGE = 500
BUSY_PAUSE = 0.02
IDLE_PAUSE = 0.2
FAULT_PAUSE = 1.0

log = structlog.get_logger()


class OwnLog:
    """Asks this service for what one policy says of its own events. `informed`: see Asker."""

    def __init__(
        self,
        executor: Executor,
        policy: Policy[Any],
        catalogue: Catalogue[Any],
        pool: Pool,
        informed: Informed | None = None,
    ) -> None:
        self._log = executor.log
        self._policy = policy
        self._catalogue = catalogue
        self._pool = pool
        self._asker = Asker(executor, policy, informed)

    @property
    def name(self) -> str:
        """What its cursor and its lines on the lists are called by."""
        return self._policy.name

    async def prepare(self) -> None:
        """Create the cursor if there is none; a policy that starts now begins where the log ends
        today."""
        async with self._pool.acquire(timeout=10) as connection:
            head = await read.head(connection, self._log) if self._policy.starts == "now" else 0
            await cursors.begin(connection, [self.name], self._log, head)

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the log until told to stop; a fault is logged and tried again."""
        while not stop.is_set():
            try:
                moved = await self.step()
                pause = 0.0 if moved >= PAGE else BUSY_PAUSE if moved else IDLE_PAUSE
            except applying.PASSING as fault:
                log.warning("policy.interrupted", policy=self.name, fault=type(fault).__name__)
                pause = FAULT_PAUSE
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause or 0.000_1)

    async def drain(self) -> None:
        """Step until nothing is left to react to."""
        while await self.step():
            pass

    async def step(self) -> int:
        """Ask for what the next page leads to; how many events that was.

        Raises CursorMoved when another runner was faster; what was asked is then asked twice,
        under the same ids. Raises what passes of what the executor raises.
        """
        async with self._pool.acquire(timeout=10) as connection:
            standing = await cursors.read(connection, [self.name], self._log)
            before = standing[self.name].position
            page = await paging.page(connection, self._catalogue, self._log, before, PAGE)
            if page is None:
                return 0
            ready, waiting = await self._asker.sort_out(connection, self._log, page.entries)
        answered = await self._asker.ask(ready)
        answered.waiting.extend(waiting)
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await cursors.move(connection, [self.name], self._log, (before, page.mark))
            await self._asker.keep(connection, self._log, answered)
        metrics.POSITION.labels(self.name).set(page.mark.position)
        return len(page.entries)

    async def replay(self, stream_id: UUID) -> int:
        """Ask for what the parked events of a stream lead to; how many still wait."""
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            await cursors.places(connection, Reading(self.name, self._log, 1, ""), hold=True)
            rows = await read.stream(connection, stream_id)
            entries = {row["position"]: paging.entry(self._catalogue, row) for row in rows}
            lines = [line.position for line in await parked.of(connection, self.name, stream_id)]
            answered = await self._asker.ask([entries[one] for one in lines if one in entries])
            await parked.drop(connection, self.name, self._log, stream_id, lines)
            await self._asker.keep(connection, self._log, answered)
        return len(answered.waiting)
