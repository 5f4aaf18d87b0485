"""On what it was measured."""

from __future__ import annotations

import asyncio
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import asyncpg

from bench.stage import Stage

SETTINGS = (
    "server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_level",
    "wal_sync_method", "shared_buffers", "max_wal_size", "data_checksums",
)  # fmt: skip
LIBRARIES = ("asyncpg", "uvloop", "pydantic", "fastapi", "uvicorn", "eventsourcing")


def facts(stage: Stage) -> dict[str, Any]:
    """Cores, versions, settings, date."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "postgresql": asyncio.run(_settings(stage)),
        "window": {
            "seconds": stage.window.seconds,
            "warm_up": stage.window.warm,
            "rounds": stage.window.rounds,
        },
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")


async def _settings(stage: Stage) -> dict[str, str]:
    connection = await asyncpg.connect(stage.postgres.dsn("postgres"))
    try:
        return {name: await connection.fetchval(f"show {name}") for name in SETTINGS}
    finally:
        await connection.close()
