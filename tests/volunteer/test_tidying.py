"""What is cleared away: tries at codes whose time has passed, and no others."""

from __future__ import annotations

import asyncio

import pytest

from services.volunteer import tidying
from services.volunteer.service import Volunteers

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
LONG_AGO = "update attempt set began = now() - interval '16 minutes' where subject = 'old'"


async def test_tries_of_windows_that_have_ended_are_forgotten(service: Volunteers) -> None:
    for subject in ("old", "new"):
        await service.attempts.take(subject)
    async with service.pool.acquire() as connection:
        await connection.execute(LONG_AGO)
    stop = asyncio.Event()
    running = asyncio.create_task(tidying.run(service, stop))
    left = ["new", "old"]
    async with asyncio.timeout(10):
        while len(left) > 1:
            await asyncio.sleep(0.02)
            async with service.pool.acquire() as connection:
                left = [row["subject"] for row in await connection.fetch("table attempt")]
    stop.set()
    await running
    assert left == ["new"]
