"""What a process of the case service holds: its log, its keys, its read models."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from services.grievance.access import ACCESS
from services.grievance.archive import Archive
from services.grievance.files.choosing import store_of
from services.grievance.log import EVENTS, LOG, LOOK_LOG, LOOKS
from services.grievance.looking.noting import Looks
from services.grievance.photos.album import PAPER, PHOTO, Album
from services.grievance.policies import when_a_case_moves_then_owe_a_notice
from services.grievance.projections.campaign_results import campaign_results
from services.grievance.projections.case_clocks import case_clocks
from services.grievance.projections.case_ends import case_ends
from services.grievance.projections.case_files import case_files
from services.grievance.projections.case_register import case_register
from services.grievance.projections.case_rounds import case_rounds
from services.grievance.projections.case_timeline import case_timeline
from services.grievance.projections.case_words import WORDED, case_words
from services.grievance.projections.channel_mix import channel_mix
from services.grievance.projections.dispatch_catalogue import dispatch_catalogue
from services.grievance.projections.erased_persons import erased_persons
from services.grievance.projections.known_residents import known_residents
from services.grievance.projections.known_units import known_units
from services.grievance.projections.looks import looks
from services.grievance.projections.map_history import map_history
from services.grievance.projections.missed_deadlines import missed_deadlines
from services.grievance.projections.notice_log import notice_log
from services.grievance.projections.response_times import response_times
from services.grievance.projections.rule_books import rule_books
from services.grievance.projections.unit_backlog import unit_backlog
from services.grievance.projections.unit_scores import unit_scores
from services.grievance.projections.whistle_turnout import whistle_turnout
from services.grievance.projections.whistles import whistles
from services.grievance.queries.boards import Boards
from services.grievance.queries.campaigns import Campaigns
from services.grievance.queries.clocks import Clocks
from services.grievance.queries.files import Files
from services.grievance.queries.looks import LookList
from services.grievance.queries.notices import Notices
from services.grievance.queries.register import Queries
from services.grievance.queries.retention import Retention
from services.grievance.queries.rounds import Rounds
from services.grievance.queries.whistles import Whistles
from services.grievance.rules.book import RuleBook
from services.grievance.rules_copy import RulesCopy
from services.grievance.settings import Public, Settings
from services.grievance.telling.settings import Telling
from shared.contracts.territory import TERRITORY
from shared.ops.settings import Seals
from shared.runtime.commands.erasing import Eraser
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import guarded, unguarded
from shared.runtime.commands.sealing import Sealer
from shared.runtime.policies.own_log import OwnLog
from shared.runtime.projections.building import Builder
from shared.runtime.projections.catalogue_copy import CatalogueCopy
from shared.runtime.projections.log_past import LogPast
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.projections.projecting import Projector
from shared.runtime.projections.watermarks import Watermarks
from shared.runtime.projections.wording import Wording
from shared.runtime.web.allowance import Allowance
from shared.runtime.web.requests import Fingerprints
from shared.store import read, tables
from shared.store.attempts import Attempts
from shared.store.key_store import KeyStore
from shared.store.pool import Pool, open_pool

# Each holds a whole picture, or a paper as large as two, in memory, some as it comes and goes.
UPLOADS_AT_ONCE, PAPERS_AT_ONCE, OPEN_AT_ONCE = 16, 8, 8
MODELS = (
    campaign_results, case_clocks, case_ends, case_files, case_register, case_rounds, case_timeline,
    channel_mix, erased_persons, missed_deadlines, notice_log, response_times, rule_books,
    unit_backlog, unit_scores, whistle_turnout, whistles,
)  # fmt: skip
# Kept apart: its events have to be opened first.
SEARCHED = (case_words,)
# Of the access log.
LOOKED = (looks,)
FOLLOWED = (map_history, known_residents, known_units, dispatch_catalogue)


class Allowances:
    """How much of what needs no token this process takes."""

    def __init__(self, public: Public) -> None:
        self.filings = Allowance(public.filings)
        self.looks = Allowance(public.looks)
        self.uploads = Allowance(public.uploads)


@dataclass(frozen=True)
class Grievance:
    """The parts, opened and ready."""

    pool: Pool
    executor: Executor
    sealer: Sealer
    eraser: Eraser
    projector: Projector
    wording: Wording
    searched: Projector
    looks: Looks
    looked: Projector
    look_list: LookList
    look_marks: Watermarks
    queries: Queries
    rounds: Rounds
    clocks: Clocks
    whistles: Whistles
    campaigns: Campaigns
    boards: Boards
    archive: Archive
    watermarks: Watermarks
    map: MapCopy
    catalogues: CatalogueCopy
    fingerprints: Fingerprints
    attempts: Attempts
    allowances: Allowances
    rules: RulesCopy
    files: Files
    notices: Notices
    retention: Retention
    owing: OwnLog
    telling: Telling
    seals: Seals | None
    album: Album | None
    papers: Album | None
    uploading: asyncio.Semaphore
    handing_in: asyncio.Semaphore
    opening: asyncio.Semaphore

    def book(self, territory: str, moment: datetime | None = None) -> RuleBook:
        """The rule book in force in this territory, now or at another moment, as the books were
        last read: `await rules.fresh()` before a decision."""
        known = self.map.atlas.get(territory) is not None
        above = self.map.boundaries(moment).above(territory) if known else [territory]
        return self.rules.in_force(above, moment or datetime.now(UTC))

    async def head(self, log: str = LOG) -> int:
        """The last position of a log, of that of cases where not said."""
        async with self.pool.acquire(timeout=10) as connection:
            return await read.head(connection, log)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Grievance]:
    """The service's parts; erasures in the log are replayed on the keys before anything else."""
    databases = settings.grievance
    pool = await open_pool(databases.dsn, size=8)
    key_pool = await open_pool(databases.keys_dsn, size=4)
    keys = KeyStore(key_pool, settings.masters)
    root = await keys.root()
    sealer, watermarks, map_copy = Sealer(keys), Watermarks(pool, LOG), MapCopy(pool)
    eraser = Eraser(pool, LOG, keys)
    wording = Wording(sealer, eraser, root, WORDED)
    executor = Executor(databases.dsn, LOG, guarded(ACCESS, map_copy.within))
    parts = Grievance(
        pool=pool,
        executor=executor,
        sealer=sealer,
        eraser=eraser,
        projector=Projector(pool, LOG, EVENTS, MODELS),
        wording=wording,
        searched=Projector(pool, LOG, EVENTS, SEARCHED, wording),
        looks=Looks(Executor(databases.dsn, LOOK_LOG, unguarded)),
        looked=Projector(pool, LOOK_LOG, LOOKS, LOOKED),
        look_list=LookList(pool),
        look_marks=Watermarks(pool, LOOK_LOG),
        queries=Queries(pool),
        rounds=Rounds(pool),
        clocks=Clocks(pool),
        whistles=Whistles(pool),
        campaigns=Campaigns(pool),
        boards=Boards(pool, watermarks, Builder(pool, LogPast(LOG, EVENTS))),
        archive=Archive(pool, sealer),
        watermarks=watermarks,
        map=map_copy,
        catalogues=CatalogueCopy(pool),
        fingerprints=Fingerprints(root),
        attempts=Attempts(pool),
        allowances=Allowances(settings.public),
        rules=RulesCopy(pool),
        files=Files(pool),
        seals=settings.seals,
        album=_album(settings, "photos", PHOTO),
        papers=_album(settings, "papers", PAPER),
        notices=Notices(pool),
        retention=Retention(pool),
        owing=OwnLog(executor, when_a_case_moves_then_owe_a_notice, EVENTS, pool),
        telling=settings.telling,
        uploading=asyncio.Semaphore(UPLOADS_AT_ONCE),
        handing_in=asyncio.Semaphore(PAPERS_AT_ONCE),
        opening=asyncio.Semaphore(OPEN_AT_ONCE),
    )
    try:
        await parts.eraser.catch_up()
        await parts.projector.prepare()
        await parts.searched.prepare()
        await parts.looked.prepare()
        await parts.owing.prepare()
        await tables.make(pool, TERRITORY.log, FOLLOWED)
        await map_copy.read()
        await parts.rules.fresh()
        yield parts
    finally:
        await asyncio.shield(_close(parts, key_pool))


def _album(settings: Settings, kind: str, bound: bytes) -> Album | None:
    store = store_of(settings, kind)
    return Album(store, bound) if store else None


async def _close(parts: Grievance, key_pool: Pool) -> None:
    await parts.executor.aclose()
    await parts.looks.aclose()
    await parts.rules.aclose()
    await parts.sealer.aclose()
    await parts.pool.close()
    await key_pool.close()
