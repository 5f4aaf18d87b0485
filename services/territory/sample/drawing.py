"""The map of the sample: what lies in the district, its blocks, the merger."""

from __future__ import annotations

from collections.abc import Iterator

from services.territory.map.commands import (
    AssignToBlock,
    MapCommand,
    MergeTerritories,
    RegisterTerritories,
)
from services.territory.map.decider import district_map
from services.territory.map.stream import MAP
from services.territory.sample.clerk import MEANT, day
from services.territory.sample.estates import MERGED, MERGED_AT, MERGER
from services.territory.sample.shape import Shape
from services.territory.sample.telling import Telling, told
from shared.runtime.commands.submission import Target

CHUNK = 2_000
BEGAN = day("2018-01-01")
BLOCKS_BEGAN = day("2018-03-01")


def tellings(district: Shape) -> Iterator[Telling]:
    """One after the other: each lies on the map that the one before leaves."""
    new, target = district.map(), Target(district_map, MAP)
    for number, start in enumerate(range(0, len(new), CHUNK)):
        chunk = tuple(new[start : start + CHUNK])
        drawn = RegisterTerritories(at=BEGAN, territories=chunk, **MEANT)
        yield told(f"map {number}", target, [drawn])
    yield told("map regrouped", target, [*_regrouped(district)])


def _regrouped(district: Shape) -> Iterator[MapCommand]:
    for code, block in district.members:
        yield AssignToBlock(at=BLOCKS_BEGAN, code=code, block=block, **MEANT)
    code, name = MERGER.code, MERGER.name
    yield MergeTerritories(at=MERGED_AT, codes=MERGED, code=code, name=name, **MEANT)
