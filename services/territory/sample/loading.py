"""The sample district into the log. Loading it again adds nothing: each step is a command with an
id of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

from services.territory.households.rosters import stream_of
from services.territory.map.commands import (
    AssignToBlock,
    MapCommand,
    MergeTerritories,
    RegisterTerritories,
)
from services.territory.map.decider import district_map
from services.territory.map.stream import MAP
from services.territory.profile.decider import profile
from services.territory.roster.decider import building_roster
from services.territory.sample import profiles, rosters
from services.territory.sample.clerk import MEANT
from services.territory.sample.estates import MERGED, MERGER
from services.territory.sample.shape import Shape, shape
from services.territory.service import Territory
from shared.core.messages import Command
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Target, single

CHUNK = 2_000
BEGAN = datetime(2017, 12, 31, 16, tzinfo=UTC)  # the first minute of 2018 in Beijing
BLOCKS_BEGAN = datetime(2018, 2, 28, 16, tzinfo=UTC)
MERGED_AT = datetime(2025, 5, 31, 16, tzinfo=UTC)
AT_ONCE = 32


async def load(service: Territory, seed: int = 1, scale: float = 1.0) -> None:
    """Load what is not there yet. Each change of the map sees the one before: raises StandsStill
    without a worker."""
    district, name = shape(seed, scale), f"{seed} {scale}"
    for number, command in enumerate(_commands(district)):
        await _map(service, f"map {name} {number}", command)
    await service.map.follow(await service.head())
    turns = asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as group:
        for roster in rosters.registrations(district, seed):
            target = Target(building_roster, stream_of(roster.building))
            asked = f"roster {name} {roster.building}"
            group.create_task(_in_turn(turns, service, asked, target, roster))
    for number, told in enumerate(profiles.told()):
        target = Target(profile, derived(profile.category, told.territory))
        await _once(service, f"profile {name} {number}", target, told)


async def _map(service: Territory, asked: str, command: MapCommand) -> None:
    await service.map.follow(await service.head())
    await _once(service, asked, Target(district_map, MAP), command)


async def _in_turn(
    turns: asyncio.Semaphore, service: Territory, asked: str, target: Target, command: Command
) -> None:
    async with turns:
        await _once(service, asked, target, command)


async def _once(service: Territory, asked: str, target: Target, command: Command) -> None:
    command_id = derived("sample", asked)
    identity = Identity(command_id, service.fingerprints.of(command_id.bytes))
    await service.executor.execute(single(target, command, identity))


def _commands(district: Shape) -> Iterator[MapCommand]:
    new = district.map()
    for start in range(0, len(new), CHUNK):
        chunk = tuple(new[start : start + CHUNK])
        yield RegisterTerritories(at=BEGAN, territories=chunk, **MEANT)
    for code, block in district.members:
        yield AssignToBlock(at=BLOCKS_BEGAN, code=code, block=block, **MEANT)
    yield MergeTerritories(at=MERGED_AT, codes=MERGED, code=MERGER.code, name=MERGER.name, **MEANT)
