"""One honour from its own stream, so an answer is never behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.points.access import ACCESS
from services.points.honour.decider import honour as honour_decider
from services.points.honour.events import HonourNominated, HonourRecorded
from services.points.honour.state import Honour
from services.points.projections.honour_wall import HonourRow, honour_wall
from services.points.service import PointsService
from shared.core.access import Thing
from shared.core.envelope import Recorded
from shared.core.messages import Actor
from shared.runtime.web.problems import Problem
from shared.store import read


@dataclass(frozen=True)
class HonourFile:
    """An honour as it stands, its line, and what has happened to it."""

    honour: Honour
    told: HonourNominated | HonourRecorded
    row: HonourRow
    history: Sequence[Recorded[Any]]

    def thing(self) -> Thing:
        """What it is to an actor: of its place, and the holder's own."""
        return Thing((self.told.territory,), owner=self.honour.owner)


async def opened(service: PointsService, honour_id: UUID) -> HonourFile | None:
    """What there is of this honour; None where there is none."""
    async with service.pool.acquire(timeout=10) as connection:
        rows = await read.stream(connection, honour_id)
    if not rows or any(row["type"] not in honour_decider.events.classes for row in rows):
        return None
    history = [read.decode(honour_decider.events, row) for row in rows]
    row: HonourRow | None = None
    for recorded in history:
        row = honour_wall.fold(row, recorded)
    state = honour_decider.fold(recorded.event for recorded in history)
    assert row is not None
    assert state.told is not None
    return HonourFile(state, state.told, row, history)


async def readable(service: PointsService, honour_id: UUID, actor: Actor) -> HonourFile:
    """The same, for whoever may read it. Raises Problem (404)."""
    file = await opened(service, honour_id)
    await service.map.fresh()
    if file is None or not ACCESS.allows(actor, "read_honour", file.thing(), service.map.within):
        raise no_such_honour(honour_id)
    return file


def no_such_honour(honour_id: UUID) -> Problem:
    """The same answer for one that is not there and for one that is not theirs to see."""
    return Problem(404, "no_such_honour", f"there is no honour {honour_id} that you may see")
