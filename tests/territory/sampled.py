"""The sample as its rules take it, without a log: every command decided, in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import fields
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.territory import founding
from services.territory.map.commands import RegisterTerritories
from services.territory.map.decider import district_map
from services.territory.map.stream import MAP
from services.territory.sample import drawing, residents
from services.territory.sample.clerk import MEANT
from services.territory.sample.families import family
from services.territory.sample.shape import Shape, shape
from services.territory.sample.telling import Telling, submission
from services.territory.sample.whole import buildings, parts
from services.territory.service import Territory
from services.territory.settings import Settings
from shared.core.atlas.atlas import New
from shared.core.messages import Command, Event
from shared.core.sample import Sample
from shared.core.sealed import Sealed
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.submission import Identity

NOBODY = Identity(UUID(int=0), b"")
DISTRICT = New("shili", "district", "示例区", None)


class Decided:
    """What became of each stream, and every event."""

    def __init__(self) -> None:
        founded = RegisterTerritories(at=founding.BEGAN, territories=(DISTRICT,), **MEANT)
        began = district_map.decide(founded, district_map.initial)
        self.events: list[Event] = [*began]
        self.states: dict[UUID, Any] = {MAP: district_map.fold(began)}
        self.names: list[str] = []

    def take(self, telling: Telling) -> None:
        """Decide this, on what was decided before. Raises Rejected."""
        asked = submission(telling, NOBODY, unguarded)
        self.names.append(telling.name)
        states = [
            self.states.get(target.stream_id, target.decider.initial) for target in asked.targets
        ]
        for target, state, events in zip(
            asked.targets, states, asked.decisions(states), strict=True
        ):
            for event in events:
                state = target.decider.evolve(state, event)
            self.states[target.stream_id] = state
            self.events += events

    def of(self, kind: type[Event]) -> list[Any]:
        """The events of this kind."""
        return [event for event in self.events if isinstance(event, kind)]


def organised(district: Shape, seed: int = 1) -> Iterator[Telling]:
    """All but the people."""
    yield from drawing.tellings(district)
    for _, tellings in parts(district, seed):
        yield from tellings


def people(district: Shape, seed: int = 1) -> Iterator[Telling]:
    """Every family, with boxes that no key opens."""
    for homes in buildings(district):
        families = [family(home, seed) for home in homes]
        boxes = {
            person.id: {
                field: Sealed(subject=person.id, field=field, box=text)
                for field, text in residents.personal(person).items()
            }
            for one in families
            for person in one.people
        }
        yield residents.telling(families, boxes)


def decided(sample: Sample, *, with_people: bool = False) -> Decided:
    """The sample, taken by its rules."""
    district, taken = shape(sample), Decided()
    for telling in organised(district, sample.seed):
        taken.take(telling)
    if with_people:
        for telling in people(district, sample.seed):
            taken.take(telling)
    return taken


def digest(sample: Sample) -> str:
    """Of all that is told: names, streams, and every field of every command."""
    district, found = shape(sample), sha256()
    for telling in (*organised(district, sample.seed), *people(district, sample.seed)):
        found.update(telling.name.encode())
        for part in telling.parts:
            found.update(part.target.stream_id.bytes)
            for command in part.commands:
                found.update(repr(_told(command)).encode())
    return found.hexdigest()


def _told(command: Command) -> list[Any]:
    named = [field.name for field in fields(command) if field.name != "actor"]
    return [type(command).__name__, *(repr(getattr(command, name)) for name in named)]


@asynccontextmanager
async def projecting(service: Territory, settings: Settings) -> AsyncIterator[None]:
    """The district founded, and a worker that keeps the read models."""
    stop = asyncio.Event()
    working = asyncio.create_task(service.projector.run(stop))
    try:
        await founding.found(service, *settings.named_district())
        yield
    finally:
        stop.set()
        await working
