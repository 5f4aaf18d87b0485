"""What nobody needs any more is cleared away: tries at codes whose time has passed, and photos that
no petition came for."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import structlog

from services.grievance.service import Grievance
from shared.store.pool import TRANSIENT

PAUSE = 600.0  # seconds

log = structlog.get_logger()


async def run(service: Grievance, stop: asyncio.Event) -> None:
    """Clear away every PAUSE seconds until told to stop."""
    while not stop.is_set():
        try:
            await tidy(service)
        except TRANSIENT as fault:
            log.warning("tidying.interrupted", fault=type(fault).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE)


async def tidy(service: Grievance) -> None:
    """Clear away once."""
    await service.attempts.sweep()
    if service.album is not None:
        gone = await asyncio.to_thread(service.album.sweep, datetime.now(UTC))
        if gone:
            log.info("tidying.photos_removed", photos=gone)
