"""A log has one district from its first day: what everything else lies in."""

from __future__ import annotations

from datetime import UTC, datetime

from services.territory.map.commands import RegisterTerritories
from services.territory.map.decider import district_map
from services.territory.map.stream import MAP
from services.territory.service import Territory
from shared.core.atlas.atlas import New
from shared.core.messages import Actor, Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Target, single

# Before anything that can be put on record here.
BEGAN = datetime(1900, 1, 1, tzinfo=UTC)


async def found(service: Territory, code: str, name: str) -> None:
    """Put the district onto an empty map; a map that has one is left as it is."""
    founder = Actor(id="founding", roles=frozenset({"administrator"}), territory=code)
    command = RegisterTerritories(
        at=BEGAN,
        actor=founder,
        late_reason="migration",
        territories=(New(code, "district", name, None),),
    )
    command_id = derived("district", code)
    identity = Identity(command_id, service.fingerprints.of(command_id.bytes))
    try:
        await service.executor.execute(single(Target(district_map, MAP), command, identity))
    except Rejected as no:
        if no.code not in ("code_taken", "parent_missing"):
            raise
