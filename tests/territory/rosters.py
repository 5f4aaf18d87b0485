"""Rosters for tests: a few households, and random lives of many."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.territory.households.rosters import household_of, stream_of
from services.territory.log import EVENTS, LOG
from services.territory.roster.commands import (
    AmendHousehold,
    CloseHousehold,
    EnrolHouseholds,
    Entry,
    RegisterHouseholds,
    ReturnHousehold,
    RosterCommand,
    VacateHousehold,
)
from services.territory.roster.decider import building_roster
from services.territory.roster.events import RosterEvent
from shared.core.canonical import Facts
from shared.core.messages import Actor, Rejected
from shared.store.append import Check, Decided, append
from shared.store.pool import Connection
from tests.territory.maps import DAY, START

REGISTRAR = Actor(id="registrar", roles=frozenset({"registrar"}), territory="gaoxin")
BUILDING = "wenhua-1"
Lives = defaultdict[str, list[RosterEvent]]


def entry(door: str, area_dm2: int = 8937, at: datetime | None = None, building: str = BUILDING
          ) -> Entry:  # fmt: skip
    return Entry(household_of(building, door), door, area_dm2, at)


def register(*entries: Entry, at: datetime = START, building: str = BUILDING, **about: Any
             ) -> RegisterHouseholds:  # fmt: skip
    return RegisterHouseholds(at=at, actor=REGISTRAR, building=building, entries=entries, **about)


def enrol(*entries: Entry, at: datetime = START, building: str = BUILDING) -> EnrolHouseholds:
    return EnrolHouseholds(at=at, actor=REGISTRAR, building=building, entries=entries)


def about(command: type[Any], door: str, at: datetime, building: str = BUILDING, **told: Any
          ) -> Any:  # fmt: skip
    """A command about the household behind a door."""
    household = household_of(building, door)
    return command(at=at, actor=REGISTRAR, building=building, household=household, **told)


async def live_at_random(
    connection: Connection, seed: int, lives: Lives, steps: int = 150, buildings: int = 3
) -> None:
    """So many commands to the rosters of a few buildings, those that are refused left out."""
    random = Random(seed)
    for _ in range(steps):
        building = f"b{random.randrange(buildings)}"
        command = _command(random, building, lives[building])
        before = lives[building]
        try:
            events = list(building_roster.decide(command, building_roster.fold(before)))
        except Rejected:
            continue
        if events:
            await append(connection, LOG, [_decided(building, len(before), events)])
            before += events


def _command(random: Random, building: str, before: list[RosterEvent]) -> RosterCommand:
    last = max((event.at for event in before), default=START)
    at = last + random.choice((0, 0, 1, 1, 9)) * DAY + timedelta(minutes=random.randrange(99))
    door, area = str(random.randrange(1, 6)), random.randrange(3_000, 20_000)
    kind = random.choice(
        (RegisterHouseholds, EnrolHouseholds, AmendHousehold, VacateHousehold, ReturnHousehold,
         CloseHousehold)
    )  # fmt: skip
    if kind is RegisterHouseholds:
        return register(entry(door, area, building=building), at=at, building=building)
    if kind is EnrolHouseholds:
        rows = [entry(str(n), area + n, at - DAY, building) for n in range(int(door), 8)]
        return enrol(*rows, at=at, building=building)
    told = {"area_dm2": area} if kind is AmendHousehold else {}
    command: RosterCommand = about(kind, door, at, building, **told)
    return command


def _decided(building: str, version: int, events: list[RosterEvent]) -> Decided:
    command, stream = uuid4(), stream_of(building)
    facts = tuple(
        Facts(
            LOG, stream, number, event.type, event.schema_version, building, "registrar", command,
            command, None, "live", event.at, EVENTS.encode(event),
        )
        for number, event in enumerate(events, start=version + 1)
    )  # fmt: skip
    return Decided(command, command.bytes, (Check(stream, version),), facts)


def ids(*doors: str, building: str = BUILDING) -> list[UUID]:
    """The households behind these doors."""
    return [household_of(building, door) for door in doors]
