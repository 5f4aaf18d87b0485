"""A district with its buildings and their households, as templates to clone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from uuid import UUID

import asyncpg

from bench.histories import EXISTS
from bench.stage import Stage
from services.territory.households.rosters import household_of, stream_of
from services.territory.log import EVENTS, LOG
from services.territory.map.events import TerritoryMoved, TerritoryRegistered
from services.territory.map.stream import MAP
from services.territory.roster.events import (
    HouseholdAmended,
    HouseholdClosed,
    HouseholdRegistered,
    RosterEvent,
)
from services.territory.service import MODELS
from shared.core.atlas.atlas import New
from shared.core.canonical import Facts
from shared.core.messages import Event
from shared.runtime.commands.ids import uuid7
from shared.runtime.projections.projecting import Projector
from shared.store.append import Check, Decided, append
from shared.store.pool import Connection, open_pool
from shared.testkit.databases import ROLE

DRAWN, SETTLED = "template_estates", "template_households"
DISTRICT = "gaoxin"
STREETS, COMMUNITIES, ESTATES, BUILDINGS, DOORS = 8, 10, 6, 10, 50
BEGAN = datetime(2010, 1, 1, tzinfo=UTC)
DAYS = 5_000  # over which households come, change and go
MOVES = 50
GROUP = 40


def places(streets: int) -> Iterator[New]:
    """The map from the district down: what lies in a street comes before the next street."""
    yield New(DISTRICT, "district", "高新区", None)
    for s in range(streets):
        yield New(f"s{s}", "subdistrict", f"{s}街道", DISTRICT)
        for c in range(COMMUNITIES):
            yield New(f"s{s}-{c}", "community", f"{c}社区", f"s{s}")
            for e in range(ESTATES):
                estate = f"s{s}-{c}-{e}"
                yield New(estate, "neighbourhood", f"{e}小区", f"s{s}-{c}")
                for b in range(BUILDINGS):
                    yield New(f"{estate}-{b}", "building", f"{b}栋", estate)


def streets(stage: Stage) -> int:
    """All of them with 240,000 households; a fifth of that in a short run."""
    return max(STREETS * stage.window.streams // 20_000, 1)


def buildings(number: int) -> list[str]:
    """The codes of the buildings of so many streets."""
    return [new.code for new in places(number) if new.kind == "building"]


async def draw(stage: Stage) -> None:
    """The template DRAWN: the map alone, and read models that hold it."""
    if await _made(stage, DRAWN, "template_log"):
        connection = await asyncpg.connect(stage.postgres.dsn(DRAWN))
        events = [*_registered(streets(stage)), *_moved(streets(stage))]
        for start in range(0, len(events), 200):
            part = events[start : start + 200]
            await append(connection, LOG, [_decided(MAP, start, part, DISTRICT)])
        await connection.close()
        await _project(stage, DRAWN)


def _registered(number: int) -> Iterator[Event]:
    for new in places(number):
        told = {"code": new.code, "kind": new.kind, "name": new.name, "parent": new.parent}
        yield TerritoryRegistered(at=BEGAN, **told)


def _moved(number: int) -> Iterator[Event]:
    """Buildings that come to another neighbourhood, so that no year has the boundaries of the one
    before."""
    random, codes = Random(2), buildings(number)
    for move, code in enumerate(random.sample(codes, MOVES), start=1):
        parent = random.choice(codes).rpartition("-")[0]
        yield TerritoryMoved(at=_on(move * DAYS // MOVES), code=code, parent=parent)


async def settle(stage: Stage) -> None:
    """The template SETTLED: the same, and households that came, changed and went in ten years."""
    await draw(stage)
    if await _made(stage, SETTLED, DRAWN):
        connection = await asyncpg.connect(stage.postgres.dsn(SETTLED))
        random, codes = Random(1), iter(buildings(streets(stage)))
        while group := list(islice(codes, GROUP)):
            await append(
                connection,
                LOG,
                [_decided(stream_of(code), 0, _lived(code, random), code) for code in group],
            )
        await connection.close()
        await _project(stage, SETTLED)


def _lived(code: str, random: Random) -> Sequence[RosterEvent]:
    """Most households of a building come on one day; some later, some change, some go."""
    day = random.randrange(DAYS // 2)
    events: list[RosterEvent] = []
    for door in range(DOORS):
        name, area = f"{door // 4 + 1}0{door % 4 + 1}", random.randrange(4_000, 16_000)
        household = household_of(code, name)
        at = _on(day if random.random() < 0.95 else random.randrange(DAYS))
        events.append(
            HouseholdRegistered(at=at, household=household, building=code, door=name, area_dm2=area)
        )
        later, chance = at + timedelta(days=random.randrange(1, DAYS // 2)), random.random()
        if chance < 0.03:
            events.append(HouseholdClosed(at=later, household=household))
        elif chance < 0.06:
            events.append(HouseholdAmended(at=later, household=household, area_dm2=area + 100))
    return events


def _on(day: int) -> datetime:
    return BEGAN + timedelta(days=day)


def _decided(stream: UUID, before: int, events: Sequence[Event], territory: str) -> Decided:
    command = uuid7()
    facts = tuple(
        Facts(
            LOG, stream, version, event.type, 1, territory, "registrar", command, command, None,
            "history", event.at, EVENTS.encode(event),
        )
        for version, event in enumerate(events, start=before + 1)
    )  # fmt: skip
    return Decided(command, bytes(32), (Check(stream, before),), facts)


async def _made(stage: Stage, template: str, source: str) -> bool:
    """Whether the template had to be made."""
    admin: Connection = await asyncpg.connect(stage.postgres.dsn("postgres"))
    new = not await admin.fetchval(EXISTS, template)
    if new:
        await admin.execute(f"create database {template} template {source}")
    await admin.close()
    return new


async def _project(stage: Stage, template: str) -> None:
    pool = await open_pool(stage.postgres.dsn(template, ROLE))
    projector = Projector(pool, LOG, EVENTS, MODELS)
    await projector.prepare()
    await projector.drain()
    await projector.aclose()
    await pool.close()
    connection = await asyncpg.connect(stage.postgres.dsn(template))
    await connection.execute("vacuum analyze")
    await connection.close()
