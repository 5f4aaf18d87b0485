"""Who has points in the sample district: grown-ups, by the ids that the register gave them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.points.service import PointsService
from shared.core.sample import Sample
from shared.runtime.residents import Head, grown_up, here

# The communities with a shop: S0's, and S1's.
LARGEST, OLDEST = "huolongjing", "xincun"
SHOPS = (LARGEST, OLDEST)
EARNING, ELSEWHERE = 100, 3  # people in each community with a shop, and in others
FEWEST = 12  # of the first, however small the sample
# People of seed 1 whom the pages let one be: the volunteer of many years, who patrols after work,
# and who is old and lives alone.
VETERAN = UUID("f74200a6-c2fa-8214-bbf2-0d1021428828")
NEIGHBOUR = UUID("39e8bf97-cfc9-86df-bef8-9bff36252a6d")
ALONE = UUID("31c64978-f23d-880d-b5bc-93e40442097b")
KNOWN = (VETERAN, NEIGHBOUR, ALONE)
DOORS = ("1-101", "1-102", "1-103")


@dataclass(frozen=True)
class Community:
    """A community, and those of its people who have points, always in the same order."""

    code: str
    people: Sequence[UUID]


async def earning(service: PointsService, sample: Sample, head: Head) -> list[Community]:
    """The communities with who has points there, once the residents are known; `head` is the last
    position of the territory service. Raises StandsStill without a worker."""
    wanted = {code: [*_wanted(service, sample, code)] for code in _communities(service)}
    everyone = [one for people in wanted.values() for one in people]
    living = await here(service.pool, everyone, head)
    return [
        Community(code, [one for one in people if one in living][: _most(code, sample)])
        for code, people in wanted.items()
    ]


def _communities(service: PointsService) -> list[str]:
    everywhere = service.map.atlas.territories.values()
    return sorted(one.code for one in everywhere if one.kind == "community" and one.until is None)


def _most(code: str, sample: Sample) -> int:
    whole, fewest = (EARNING, FEWEST) if code in SHOPS else (ELSEWHERE, 1)
    return max(fewest, round(whole * min(1.0, sample.scale)))


def _wanted(service: PointsService, sample: Sample, community: str) -> Iterator[UUID]:
    known = KNOWN if community == LARGEST else ()
    yield from known
    territories = service.map.atlas.territories
    inside = sorted(service.map.below(community) or ())
    buildings = [code for code in inside if territories[code].kind == "building"]
    for building in buildings[: EARNING if community in SHOPS else ELSEWHERE]:
        for door in DOORS:
            if (one := grown_up(sample, building, door)) not in known:
                yield one
