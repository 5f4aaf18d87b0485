"""One whistle from its own stream, so an answer is never behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from services.grievance.access import ACCESS
from services.grievance.projections.whistle_turnout import TurnoutRow, whistle_turnout
from services.grievance.projections.whistles import WhistleRow, whistles
from services.grievance.service import Grievance
from services.grievance.whistle.decider import whistle as decider
from services.grievance.whistle.state import Whistle
from shared.core.access import Thing
from shared.core.envelope import Recorded
from shared.core.messages import Actor
from shared.runtime.web.problems import Problem


@dataclass(frozen=True)
class WhistleFile:
    """A whistle as it stands: its line, its units, and as its rules see it."""

    row: WhistleRow
    units: Sequence[TurnoutRow]
    state: Whistle
    version: int

    def thing(self, actor: Actor) -> Thing:
        """What it is to this actor: every unit that was called or came has it."""
        unit = actor.unit if actor.unit in self.state.units else None
        return Thing((self.row.territory,), unit, self.row.blown_by)


async def opened(service: Grievance, whistle_id: UUID) -> WhistleFile | None:
    """The whistle; None when there is none."""
    row: WhistleRow | None = None
    units: dict[UUID, TurnoutRow] = {}
    history = cast("Sequence[Recorded[Any]]", await service.archive.history(whistle_id))
    for recorded in history:
        if whistles.row_of(recorded):
            row = whistles.fold(row, recorded)
        if key := whistle_turnout.row_of(recorded):
            after = whistle_turnout.fold(units.get(key), recorded)
            units |= {key: after} if after else {}
    if row is None:
        return None
    state = decider.fold(recorded.event for recorded in history)
    return WhistleFile(row, [*units.values()], state, len(history))


async def readable(service: Grievance, whistle_id: UUID, actor: Actor) -> WhistleFile:
    """The whistle, for whoever may read it. Raises Problem (404)."""
    file = await opened(service, whistle_id)
    await service.map.fresh()
    if file is None or not may_read(service, file, actor):
        raise no_such_whistle(whistle_id)
    return file


def may_read(service: Grievance, file: WhistleFile, actor: Actor) -> bool:
    """Whether this actor may read it."""
    return ACCESS.allows(actor, "read_whistle", file.thing(actor), service.map.within)


def no_such_whistle(whistle_id: UUID) -> Problem:
    """The same answer for one that is not there and for one that is not theirs to see."""
    return Problem(404, "no_such_whistle", f"there is no whistle {whistle_id} that you may see")
