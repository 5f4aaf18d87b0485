"""The sample district into the log. Loading it again adds nothing: each step is a command with an
id of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from services.territory.map.commands import (
    AssignToBlock,
    MapCommand,
    MergeTerritories,
    RegisterTerritories,
)
from services.territory.map.decider import district_map
from services.territory.map.stream import MAP
from services.territory.sample.estates import DISTRICT, MERGED, MERGER
from services.territory.sample.shape import Shape, shape
from services.territory.service import Territory
from shared.core.messages import Actor
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Target, single

CHUNK = 2_000
BEGAN = datetime(2017, 12, 31, 16, tzinfo=UTC)  # the first minute of 2018 in Beijing
BLOCKS_BEGAN = datetime(2018, 2, 28, 16, tzinfo=UTC)
MERGED_AT = datetime(2025, 5, 31, 16, tzinfo=UTC)
CLERK = Actor(id="sample", roles=frozenset({"administrator"}), territory=DISTRICT)
MEANT: dict[str, Any] = {"actor": CLERK, "late_reason": "migration"}


async def load(service: Territory, seed: int = 1, scale: float = 1.0) -> None:
    """Load what is not there yet. Each step sees the one before: raises StandsStill without a
    worker."""
    district = shape(seed, scale)
    for number, command in enumerate(_commands(district)):
        command_id = derived("sample-map", str(seed), str(scale), str(number))
        identity = Identity(command_id, service.fingerprints.of(command_id.bytes))
        if not await service.executor.answers([command_id]):
            await service.map.follow(await service.head())
            await service.executor.execute(single(Target(district_map, MAP), command, identity))


def _commands(district: Shape) -> Iterator[MapCommand]:
    new = district.map()
    for start in range(0, len(new), CHUNK):
        chunk = tuple(new[start : start + CHUNK])
        yield RegisterTerritories(at=BEGAN, territories=chunk, **MEANT)
    for code, block in district.members:
        yield AssignToBlock(at=BLOCKS_BEGAN, code=code, block=block, **MEANT)
    yield MergeTerritories(at=MERGED_AT, codes=MERGED, code=MERGER.code, name=MERGER.name, **MEANT)
