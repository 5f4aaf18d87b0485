"""Whoever sweeps is killed: the next one goes on, and everything ends once."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from services.points.settings import Settings
from tests.points.seasons import EVE, MIDNIGHT, Seasons

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
ROOT = Path(__file__).parents[2]
PEOPLE = 300
KILLS = int(os.environ.get("LINLI_FAULT_ROUNDS", "2"))
ENDED = "select count(*) from event where type = 'points-expired'"


@pytest.mark.timeout(180 + 30 * KILLS)
async def test_killed_at_any_point_the_next_one_goes_on(
    seasons: Seasons, settings: Settings
) -> None:
    await asyncio.gather(*(seasons.earned(who, 1, EVE) for who in range(PEOPLE)))
    killed = []
    for _ in range(KILLS):
        process, seen = await _started(settings, MIDNIGHT), await _count(seasons)
        async with asyncio.timeout(60):
            while await _count(seasons) == seen and process.returncode is None:
                pass
        if process.returncode is None:
            process.kill()
        await process.wait()
        killed.append(await _count(seasons))
    assert 0 < killed[0] < PEOPLE, "it was killed midway"
    assert await (await _started(settings, MIDNIGHT)).wait() == 0
    for who in range(PEOPLE):
        told = Counter(await seasons.told(who))
        assert (told["points-carried-over"], told["points-expired"]) == (1, 1)
        assert (await seasons.row(who)).ends_next == "2026-10-31"


async def _count(seasons: Seasons) -> int:
    async with seasons.service.pool.acquire() as connection:
        found: int = await connection.fetchval(ENDED)
        return found


async def _started(settings: Settings, moment: datetime) -> Process:
    assert settings.master_key is not None
    told = {
        "LINLI_POINTS__DSN": settings.points.dsn,
        "LINLI_POINTS__KEYS_DSN": settings.points.keys_dsn,
        "LINLI_MASTER_KEY": settings.master_key.get_secret_value(),
        "LINLI_JWKS_FILE": str(settings.jwks_file),
    }
    arguments = ("-m", "tests.points.sweeping", moment.isoformat())
    environment = {**os.environ, **told}
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env=environment
    )
