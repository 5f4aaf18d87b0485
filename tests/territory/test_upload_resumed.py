"""A file that was broken off half-way, however, is brought again: nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from dataclasses import astuple
from pathlib import Path

import pytest

from services.territory.log import LOG
from services.territory.service import Territory
from services.territory.settings import Settings
from shared.sheets.rejects import Reject
from shared.store import read
from tests.territory.enrols import enrolled
from tests.territory.office import Office
from tests.territory.rolls import blocks_of_flats, flats, text

BUILDINGS, DOORS = 60, 20
BAD = 3


@pytest.fixture
async def file(office: Office, tmp_path: Path) -> Path:
    """A file of many buildings, its rows far apart, three of them bad; the map has them all."""
    places = blocks_of_flats(BUILDINGS)
    await office.draw(places, days_ago=400)
    rows = list(flats([new.code for new in places if new.kind == "building"], DOORS))
    for number in range(BAD):
        rows[number * 400][2] = "?"
    mixed = [row for first in range(DOORS) for row in rows[first::DOORS]]
    path = tmp_path / "households.csv"
    path.write_text(text(mixed))
    return path


async def households(service: Territory) -> Counter[tuple[str, bytes]]:
    """What the log has registered, by stream and content."""
    async with service.pool.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 1_000_000)
    found = [row for row in rows if row["type"] == "household-registered"]
    return Counter((str(row["stream_id"]), row["payload"]) for row in found)


async def whole(service: Territory, file: Path) -> None:
    """After another run everything is there, once, and every row has its verdict."""
    before = sum((await households(service)).values())
    faults: list[Reject] = []
    rows, registered, known, refused, _ = astuple(await enrolled(service, file, faults))
    every = BUILDINGS * DOORS
    assert (rows, registered + known, refused) == (every, every - BAD, BAD)
    assert known >= before  # what was under way when it was broken off may be there too
    assert len(faults) == BAD
    stored = await households(service)
    assert len(stored) == every - BAD
    assert set(stored.values()) == {1}
    per_building = Counter(stream for stream, _ in stored)
    assert all(number >= DOORS - BAD for number in per_building.values())


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05, 0.1])
async def test_cancelled_at_any_point(office: Office, file: Path, seconds: float) -> None:
    running = asyncio.create_task(enrolled(office.service, file, []))
    await asyncio.sleep(seconds)
    running.cancel()
    await asyncio.wait([running])
    for number in Counter(s for s, _ in await households(office.service)).values():
        assert number >= DOORS - BAD, "a building is there with all its rows or not at all"
    await whole(office.service, file)


async def test_two_at_once(office: Office, file: Path) -> None:
    both = await asyncio.gather(*(enrolled(office.service, file, []) for _ in range(2)))
    assert sum(one.registered for one in both) == BUILDINGS * DOORS - BAD
    assert all(one.rows == BUILDINGS * DOORS for one in both)
    await whole(office.service, file)


@pytest.mark.system
async def test_killed_in_the_middle(
    office: Office, file: Path, settings: Settings, tmp_path: Path
) -> None:
    for after in (1, 200, 600):
        await _killed(office, file, settings, after)
    await whole(office.service, file)


async def _killed(office: Office, file: Path, settings: Settings, after: int) -> None:
    """SIGKILL once so many events are in the log, or none came any more."""
    assert settings.master_key is not None
    told = {
        "LINLI_TERRITORY__DSN": settings.territory.dsn,
        "LINLI_TERRITORY__KEYS_DSN": settings.territory.keys_dsn,
        "LINLI_MASTER_KEY": settings.master_key.get_secret_value(),
        "LINLI_JWKS_FILE": str(settings.jwks_file),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.territory.enrols", str(file), env={**os.environ, **told}
    )
    begun = await office.service.head()
    while process.returncode is None:
        if await office.service.head() >= begun + after:
            process.kill()
            break
        await asyncio.sleep(0.001)
    await process.wait()
