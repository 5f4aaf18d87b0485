"""A map drawn without HTTP, for those who come by another door."""

from __future__ import annotations

from services.territory.map.commands import MapCommand
from services.territory.map.decider import district_map
from services.territory.map.stream import MAP
from services.territory.service import opened
from services.territory.settings import Settings
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Identity, Submission, Target


async def drawn(settings: Settings, command: MapCommand) -> None:
    """This change of the map, and the read models after it."""
    async with opened(settings) as service:
        target = Target(district_map, MAP)
        identity = Identity(uuid7(), bytes(32))
        await service.executor.execute(Submission(identity, command, (target,)))
        await service.projector.drain()
