"""What a worker does for the proof of its logs: seal them, and check them round after round."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

import structlog

from shared.ops.settings import KernelSettings, Seals
from shared.runtime.seals.announcing import Announcer
from shared.runtime.seals.checking import Checker
from shared.runtime.seals.sealing import LogSealer
from shared.runtime.seals.witnessing import Witnessing
from shared.store.pool import Pool

log = structlog.get_logger()


async def keep(
    pool: Pool, logs: Sequence[str], settings: KernelSettings, stop: asyncio.Event
) -> None:
    """Seal these logs of one database until told to stop; without LINLI_SEALS__… nothing is."""
    if settings.seals is None:
        log.warning("seals.off", logs=list(logs))
        return
    async with asyncio.TaskGroup() as group:
        for name in logs:
            group.create_task(_seal(pool, name, settings.seals, settings, stop))
            group.create_task(Checker(pool, name, settings.seals).run(stop))
            group.create_task(Witnessing(pool, name, settings.seals).run(stop))


async def _seal(
    pool: Pool, name: str, known: Seals, settings: KernelSettings, stop: asyncio.Event
) -> None:
    async with aclosing(Announcer(settings.kafka, name)) as announcer:
        await LogSealer(pool, name, known, announcer.announce).run(stop)
