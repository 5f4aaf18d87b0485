"""What nobody needs any more is cleared away: tries at site codes whose time has passed."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from services.volunteer.service import Volunteers
from shared.store.pool import TRANSIENT

PAUSE = 600.0  # seconds

log = structlog.get_logger()


async def run(service: Volunteers, stop: asyncio.Event) -> None:
    """Clear away every PAUSE seconds until told to stop."""
    while not stop.is_set():
        try:
            await service.attempts.sweep()
        except TRANSIENT as fault:
            log.warning("tidying.interrupted", fault=type(fault).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE)
