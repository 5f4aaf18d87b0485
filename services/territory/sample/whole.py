"""The whole of the sample, part after part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from services.territory.sample import (
    dispatch,
    drawing,
    facilities,
    posts,
    profiles,
    rosters,
    units,
)
from services.territory.sample.homes import Home, homes_of
from services.territory.sample.loading import Loading
from services.territory.sample.shape import Shape, shape
from services.territory.sample.telling import Telling
from services.territory.service import Territory
from shared.core.sample import Sample

# Another part gives this another name, and so what is there is looked through once more.
WHOLE = "the whole: map rosters units posts facilities profiles catalogue residents"


async def ground(service: Territory, sample: Sample) -> None:
    """Load what is not there yet of all but people.

    Raises StandsStill without a worker, Unsuited where the map holds anything else.
    """
    loading = Loading(service, sample)
    if await loading.known(WHOLE):
        return
    await loading.suited()
    district = shape(sample)
    for drawn in drawing.tellings(district):
        await loading.tell("map", [drawn])
        await loading.seen()
    for part, tellings in parts(district, sample.seed):
        await loading.tell(part, tellings)


async def rest(service: Territory, sample: Sample) -> None:
    """Load who of the residents is not there yet."""
    loading = Loading(service, sample)
    if await loading.known(WHOLE):
        return
    await loading.seen()
    await loading.settle("residents", buildings(shape(sample)))
    await loading.note(WHOLE)


def parts(district: Shape, seed: int) -> Iterator[tuple[str, Iterable[Telling]]]:
    """What is told once the map is drawn, each part on what those before it leave."""
    yield "rosters", rosters.tellings(district, seed)
    for wave in units.waves(district, seed):
        yield "units", wave
    yield "posts", posts.tellings(district, seed)
    yield "facilities", facilities.tellings(district, seed)
    yield "profiles", profiles.tellings(district, seed)
    yield "catalogue", dispatch.tellings(district)


def buildings(district: Shape) -> Iterator[Sequence[Home]]:
    """Every home of the district, building by building."""
    for estate in district.estates:
        yield from homes_of(estate)
