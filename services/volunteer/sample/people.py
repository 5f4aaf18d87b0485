"""Who serves in the sample district: grown-ups of it, by the ids that the register gave them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.volunteer.service import Volunteers
from shared.core.derived import derived
from shared.core.sample import Sample
from shared.runtime.residents import Head, grown_up, here

# S0's community with eight teams; S1's with the women's team that has served since 1991.
LARGEST, OLDEST = "huolongjing", "xincun"
SERVING, ELSEWHERE = 120, 4  # people in the largest community and the oldest team, and in others
FEWEST = 24  # of the first, however small the sample
# S0: 68 years old, more than 1,200 hours, three stars. Lives there in the sample of seed 1.
VETERAN = UUID("f74200a6-c2fa-8214-bbf2-0d1021428828")
# Who patrols there after work.
NEIGHBOUR = UUID("39e8bf97-cfc9-86df-bef8-9bff36252a6d")
# A grown-up lives behind each of these doors of a building that has any households.
DOORS = ("1-101", "1-102", "1-103", "1-104")


@dataclass(frozen=True)
class Community:
    """A community, and those of its people who serve, always in the same order."""

    code: str
    people: Sequence[UUID]


async def serving(service: Volunteers, sample: Sample, head: Head) -> list[Community]:
    """The communities with who serves there, once the residents are known; `head` is the last
    position of the territory service. Raises StandsStill without a worker."""
    wanted = {code: [*_wanted(service, sample, code)] for code in _communities(service)}
    everyone = [one for people in wanted.values() for one in people]
    living = await here(service.pool, everyone, head)
    return [
        Community(code, [one for one in people if one in living][: _most(code, sample)])
        for code, people in wanted.items()
    ]


def team_of(code: str) -> UUID:
    """The id of the team that the register calls so."""
    return derived("sample-team", code)


def teams(code: str) -> Sequence[UUID]:
    """The teams of a community."""
    count = {LARGEST: 8, OLDEST: 2}.get(code, 1)
    return [team_of(f"{code}-team-{number}") for number in range(1, count + 1)]


def team_number(code: str, place: int) -> int | None:
    """In which of a community's teams the person in this place is; one in twelve is in none."""
    return None if place % 12 == 11 else place % len(teams(code))


def _communities(service: Volunteers) -> list[str]:
    everywhere = service.map.atlas.territories.values()
    return sorted(one.code for one in everywhere if one.kind == "community" and one.until is None)


def _most(code: str, sample: Sample) -> int:
    """How many serve in this community: fewer in a small sample, but enough for its teams."""
    whole, fewest = (SERVING, FEWEST) if code in (LARGEST, OLDEST) else (ELSEWHERE, 1)
    return max(fewest, round(whole * min(1.0, sample.scale)))


def _wanted(service: Volunteers, sample: Sample, community: str) -> Iterator[UUID]:
    if community == LARGEST:
        yield VETERAN
    territories = service.map.atlas.territories
    inside = sorted(service.map.below(community) or ())
    buildings = [code for code in inside if territories[code].kind == "building"]
    for building in buildings[: SERVING if community in (LARGEST, OLDEST) else ELSEWHERE]:
        for door in DOORS:
            yield grown_up(sample, building, door)
