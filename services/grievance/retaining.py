"""Nobody is kept for longer than the rule says: petitioners all of whose cases ended so many years
ago are erased without being asked for it (LINLI_RETENTION__YEARS; without it, nobody is).

Personal data is kept for the shortest time that its purpose needs, and erased when that is over
(Personal Information Protection Law of the PRC, articles 19 and 47).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from services.grievance.service import Grievance
from services.grievance.settings import Keeping
from shared.contracts.territory import TERRITORY
from shared.core.messages import Actor
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person as decider
from shared.core.person.stream import stream_of
from shared.runtime.commands.grouped import Overloaded
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Contended, Identity, Target, single
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.web.problems import Problem
from shared.store import turn
from shared.store.held import Unavailable
from shared.store.pool import TRANSIENT

PAUSE = 3_600.0  # seconds
# Keys are destroyed by writing their table anew: seldom, and many at a time.
AT_ONCE = 5_000
TURN = "retaining"
MODELS, RESIDENTS = ("case_ends", "erased_persons"), "known_residents"
STALE = timedelta(hours=1)

log = structlog.get_logger()


async def run(service: Grievance, keeping: Keeping, stop: asyncio.Event) -> None:
    """Erase whom the rule says every PAUSE seconds until told to stop; one process at a time."""
    while keeping.years is not None and not stop.is_set():
        try:
            async with service.pool.acquire(timeout=10) as connection, connection.transaction():
                if await turn.taken(connection, TURN):
                    await sweep(service, keeping.years, datetime.now(UTC))
        except (*TRANSIENT, Contended, Overloaded, Unavailable) as fault:
            log.warning("retention.interrupted", fault=type(fault).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE)


async def sweep(service: Grievance, years: int, moment: datetime) -> int:
    """Erase those whom the rule says at this moment, AT_ONCE of them at most; how many these were.

    Nobody, while it is not known what every case has come to and who is a resident.
    """
    if not (await _knows_cases(service) and await _knows_residents(service, moment)):
        log.warning("retention.nobody_looked_at", models=[*MODELS, RESIDENTS])
        return 0
    due = await service.retention.due(before(moment, years), AT_ONCE)
    if due:
        await _erase(service, due, moment)
        log.info("retention.erased", persons=len(due), years=years)
    return len(due)


def before(moment: datetime, years: int) -> datetime:
    """The same day and time so many years earlier; the last of February for a leap day."""
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return moment.replace(year=moment.year - years, day=28)


async def _erase(service: Grievance, persons: Sequence[UUID], moment: datetime) -> None:
    atlas = await service.map.fresh()
    actor = Actor(id="service", roles=frozenset({"service"}), territory=atlas.district)
    submissions = [
        single(
            Target(decider, stream_of(one)),
            EraseSubject(at=moment, actor=actor, subject=one, reason="retention"),
            Identity(derived("retention", str(one)), b"retention"),
        )
        for one in persons
    ]
    await asyncio.gather(*map(service.executor.execute, submissions))


async def _knows_cases(service: Grievance) -> bool:
    """Whether all that has happened to any case or person is in the read models."""
    head = await service.head()
    try:
        return not any([(await service.watermarks.reach(one, head)).parked for one in MODELS])
    except Problem:
        return False


async def _knows_residents(service: Grievance, moment: datetime) -> bool:
    """Whether the copy of the register of residents is up to date, by its last heartbeat."""
    mark = await Watermarks(service.pool, TERRITORY.log).of(RESIDENTS)
    known = mark.recorded_at is not None and mark.recorded_at > moment - STALE
    return known and not mark.parked
