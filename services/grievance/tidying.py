"""What nobody needs any more is cleared away: tries at codes whose time has passed, files that no
event came for, and those that nobody can open any more, their person erased."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import structlog

from services.grievance.files.store import StoreAway
from services.grievance.photos.album import Album
from services.grievance.service import Grievance
from shared.runtime.web.problems import Problem
from shared.store.pool import TRANSIENT

PAUSE = 600.0  # seconds
MODEL = "case_files"

log = structlog.get_logger()


async def run(service: Grievance, stop: asyncio.Event) -> None:
    """Clear away every PAUSE seconds until told to stop. What was erased is gone through from the
    start of the log by every new process."""
    erased = 0
    while not stop.is_set():
        try:
            erased = await tidy(service, erased)
        except (*TRANSIENT, StoreAway) as fault:
            log.warning("tidying.interrupted", fault=type(fault).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE)


async def tidy(service: Grievance, erased: int = 0) -> int:
    """Clear away once; up to which position erasures were followed, if they were up to `erased`.
    Files are left alone while it is not known which of them are named. Raises StoreAway."""
    await service.attempts.sweep()
    albums = [one for one in (service.album, service.papers) if one is not None]
    head = await service.head()
    if not await _known(service, head):
        log.warning("tidying.files_left", model=MODEL)
        return erased
    for album in albums:
        if gone := await album.sweep(datetime.now(UTC), service.files.named):
            log.info("tidying.files_removed", files=gone)
    return await _forget(service, albums, erased, head)


async def _known(service: Grievance, position: int) -> bool:
    """Whether all files are known that were named up to a position."""
    try:
        return not (await service.watermarks.reach(MODEL, position)).parked
    except Problem:
        return False


async def _forget(service: Grievance, albums: list[Album], after: int, until: int) -> int:
    """Remove the files of everyone who was erased past one position and up to another; the position
    of the last of them."""
    while page := await service.archive.erased(after, until):
        files = await service.files.of([one.event.subject for one in page])
        for album in albums:
            await album.remove(files)
        if files:
            log.info("tidying.files_forgotten", files=len(files))
        after = page[-1].position
    return after
