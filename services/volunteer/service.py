"""What a process of the volunteer service holds: its log, its keys, its read models."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.volunteer import informing
from services.volunteer.access import ACCESS
from services.volunteer.activities.site_codes import SiteCodes
from services.volunteer.kinship import Register
from services.volunteer.log import EVENTS, LOG
from services.volunteer.policies import (
    when_a_duty_shift_is_served_then_log_its_hours,
    when_an_activity_is_held_then_log_its_hours,
    when_an_activity_of_a_series_is_held_then_note_its_occurrence,
    when_hours_are_reversed_then_look_at_the_stars,
)
from services.volunteer.projections.activities import activities
from services.volunteer.projections.activity_people import activity_people
from services.volunteer.projections.beneficiary_coverage import beneficiary_coverage
from services.volunteer.projections.cadre_assessment import cadre_assessment
from services.volunteer.projections.cadre_checkin_board import cadre_checkin_board
from services.volunteer.projections.certificates import certificates
from services.volunteer.projections.clearing_positions import clearing_positions
from services.volunteer.projections.duty_notes import duty_notes
from services.volunteer.projections.help_requests import help_requests
from services.volunteer.projections.known_cases import known_cases
from services.volunteer.projections.known_residents import known_residents
from services.volunteer.projections.map_history import map_history
from services.volunteer.projections.occurrences import occurrences
from services.volunteer.projections.promise_tracker import promise_tracker
from services.volunteer.projections.service_records import service_records
from services.volunteer.projections.star_standing import star_standing
from services.volunteer.projections.team_members import team_members
from services.volunteer.projections.teams import teams
from services.volunteer.projections.time_accounts import time_accounts
from services.volunteer.projections.time_entries import time_entries
from services.volunteer.projections.time_pools import time_pools
from services.volunteer.projections.volunteers import volunteers
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.rules_copy import RulesCopy, rules_copy
from services.volunteer.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.territory import TERRITORY
from shared.core.policy import Policy, Reaction
from shared.core.projection import ReadModel
from shared.ops.settings import Seals
from shared.runtime.commands.erasing import Eraser
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import guarded
from shared.runtime.commands.sealing import Sealer
from shared.runtime.policies.own_log import OwnLog
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.projecting import Projector
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.web.allowance import Allowance
from shared.runtime.web.requests import Fingerprints
from shared.store import read, tables
from shared.store.attempts import Attempts
from shared.store.key_store import KeyStore
from shared.store.pool import Pool, open_pool

MODELS: tuple[ReadModel[Any, Any], ...] = (
    service_records,
    time_accounts,
    time_entries,
    time_pools,
    volunteers,
    teams,
    team_members,
    activities,
    activity_people,
    star_standing,
    help_requests,
    clearing_positions,
    beneficiary_coverage,
    promise_tracker,
    occurrences,
    cadre_checkin_board,
    cadre_assessment,
    duty_notes,
    certificates,
)
# What follows here from what happened here.
POLICIES: tuple[Policy[Any], ...] = (
    when_an_activity_is_held_then_log_its_hours,
    when_hours_are_reversed_then_look_at_the_stars,
    when_a_duty_shift_is_served_then_log_its_hours,
    when_an_activity_of_a_series_is_held_then_note_its_occurrence,
)
FOLLOWED = (map_history, known_residents)
FOLLOWED_CASES = (known_cases,)
PAPERS_AT_ONCE = 2


@dataclass(frozen=True)
class Volunteers:
    """The parts, opened and ready."""

    pool: Pool
    executor: Executor
    sealer: Sealer
    eraser: Eraser
    projector: Projector
    watermarks: Watermarks
    map: MapCopy
    fingerprints: Fingerprints
    reacting: tuple[OwnLog, ...]
    register: Register
    site_codes: SiteCodes
    attempts: Attempts
    books: RulesCopy
    checks: Allowance
    drawing: asyncio.Semaphore
    importing: asyncio.Lock
    seals: Seals | None
    site: str

    async def rules(self, territory: str, moment: datetime | None = None) -> VolunteerRules:
        """The rules in force in this territory, now or at another moment: those of the narrowest
        scope, the district's where the map does not know it."""
        await self.map.fresh()
        shelf = await self.books.fresh()
        return shelf.in_force(self.above(territory), moment or datetime.now(UTC))

    def above(self, territory: str) -> Sequence[str]:
        """This territory and what it lies in, the narrowest first, as the map was last read."""
        if not territory:
            return ()
        known = self.map.atlas.get(territory) is not None
        return self.map.boundaries().above(territory) if known else (territory,)

    async def head(self) -> int:
        """The last position of the log."""
        async with self.pool.acquire(timeout=10) as connection:
            return await read.head(connection, LOG)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Volunteers]:
    """The service's parts; erasures in the log are replayed on the keys before anything else."""
    databases = settings.volunteer
    pool = await open_pool(databases.dsn, size=8)
    key_pool = await open_pool(databases.keys_dsn, size=4)
    keys = KeyStore(key_pool, settings.masters)
    root = await keys.root()
    map_copy = MapCopy(pool)
    executor = Executor(databases.dsn, LOG, guarded(ACCESS, map_copy.within))

    async def informed(reaction: Reaction) -> Reaction:
        return await informing.completed(parts.rules, reaction)

    parts = Volunteers(
        pool=pool,
        executor=executor,
        sealer=Sealer(keys),
        eraser=Eraser(pool, LOG, keys),
        projector=Projector(pool, LOG, EVENTS, MODELS),
        watermarks=Watermarks(pool, LOG),
        map=map_copy,
        fingerprints=Fingerprints(root),
        reacting=tuple(OwnLog(executor, one, EVENTS, pool, informed) for one in POLICIES),
        site_codes=SiteCodes(root),
        attempts=Attempts(pool),
        books=rules_copy(pool),
        register=Register(settings),
        checks=Allowance(settings.public.checks),
        drawing=asyncio.Semaphore(PAPERS_AT_ONCE),
        importing=asyncio.Lock(),
        seals=settings.seals,
        site=settings.site.rstrip("/"),
    )
    try:
        await parts.eraser.catch_up()
        await parts.projector.prepare()
        for one in parts.reacting:
            await one.prepare()
        await tables.make(pool, TERRITORY.log, FOLLOWED)
        await tables.make(pool, GRIEVANCE.log, FOLLOWED_CASES)
        await map_copy.read()
        yield parts
    finally:
        await asyncio.shield(_close(parts, key_pool))


async def _close(parts: Volunteers, key_pool: Pool) -> None:
    await parts.executor.aclose()
    await parts.books.aclose()
    await parts.sealer.aclose()
    await parts.register.aclose()
    await parts.pool.close()
    await key_pool.close()
