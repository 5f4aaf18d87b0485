"""What a running house uses: memory of each process, connections to PostgreSQL, tasks."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import NamedTuple

import asyncpg
import httpx

from tests.faults.house import House

CONNECTIONS = "select count(*) from pg_stat_activity where backend_type = 'client backend'"
TASKS = re.compile(r"^linli_tasks\S* ([0-9.]+)$", re.MULTILINE)
PAGE = os.sysconf("SC_PAGE_SIZE")


class Reading(NamedTuple):
    """One look: `mib` of resident memory by process, tasks of all event loops together."""

    minute: float
    mib: dict[str, float]
    connections: int
    tasks: int


class Gauges:
    """Reads what a house uses."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._began = time.monotonic()

    async def read(self, client: httpx.AsyncClient) -> Reading:
        """Everything now."""
        house = self._house
        processes = {"web": house.web, "worker": house.worker}
        page = await client.get(f"{house.root}/metrics")
        return Reading(
            minute=(time.monotonic() - self._began) / 60,
            mib={name: _resident(one.pid) for name, one in processes.items() if one is not None},
            connections=await self._connections(),
            tasks=sum(int(float(number)) for number in TASKS.findall(page.text)),
        )

    async def _connections(self) -> int:
        connection = await asyncpg.connect(self._house.postgres.dsn("postgres"), timeout=10)
        try:
            number: int = await connection.fetchval(CONNECTIONS)
            return number
        finally:
            await connection.close(timeout=10)


def _resident(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 2**20
