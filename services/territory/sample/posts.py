"""Who holds which post: everybody lives in the community the post is of, as far as anybody does.

Who they are is invented, and how many in which role, but for the largest community (S0: 17 grid
workers, 63 heads of buildings and lanes) and the specialists (S2: 12 in four blocks).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from services.territory.post.commands import FillPost
from services.territory.post.decider import post
from services.territory.post.seats import Seating
from services.territory.sample import party
from services.territory.sample.clerk import MEANT, day
from services.territory.sample.estates import BLOCKS, MERGED_AT, MERGER
from services.territory.sample.homes import Home, homes
from services.territory.sample.shape import Shape
from services.territory.sample.telling import Telling, told
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Target

POSTED = day("2020-06-01")
SPECIALISTS = 12
STARTED_BLOCKS = 4  # S2: those that were begun first
MEDIATORS = 2
ESTATE_ROLES: tuple[Seating, ...] = ("party_instructor", "spokesperson")
HEADS: dict[str, Seating] = {
    "grid": "grid_worker", "building": "building_head", "lane": "lane_head",
}  # fmt: skip


class Neighbours:
    """The homes of each community, and whose turn it is to take a post."""

    def __init__(self, district: Shape, seed: int) -> None:
        self._seed = seed
        self._homes: dict[str, list[Home]] = defaultdict(list)
        self._turns: dict[str, int] = defaultdict(int)
        self._own: dict[str, Home] = {}
        for estate in district.estates:
            for building, doors in estate.doors():
                self._homes[estate.community] += homes(building, min(doors, 8))[1:]
                if doors:
                    self._own[building] = homes(building, 1)[0]

    def of(self, community: str) -> UUID:
        """The next one of a community; of any other where nobody lives there."""
        homes_there = self._homes.get(community) or [*self._own.values()]
        turn = self._turns[community]
        self._turns[community] += 1
        return homes_there[turn % len(homes_there)].resident(self._seed, 0)

    def head(self, building: str, community: str) -> UUID:
        """One who lives in this building, if anybody does."""
        own = self._own.get(building)
        return own.resident(self._seed, 0) if own else self.of(community)


def tellings(district: Shape, seed: int) -> Iterator[Telling]:
    """One for each seat. Where fewer live than there are to be, fewer hold it."""
    seats: dict[tuple[str, str], dict[UUID, FillPost]] = defaultdict(dict)
    for command in _filled(district, Neighbours(district, seed)):
        seats[command.role, command.place][command.holder] = command
    for (role, place), commands in seats.items():
        target = Target(post, derived(post.category, role, place))
        yield told(f"post {role} {place}", target, [*commands.values()])


def _filled(district: Shape, neighbours: Neighbours) -> Iterator[FillPost]:
    for estate in district.estates:
        for new in estate.inside():
            role = HEADS.get(new.kind)
            if role is not None:
                holder = neighbours.head(new.code, estate.community)
                yield _post(role, new.code, new.kind, holder)
    for one in district.communities:
        place = party.organisation(one.code)
        holder = neighbours.of(one.code)
        yield FillPost(
            at=POSTED, role="party_secretary", place=place, territory=one.code,
            kind="party_organisation", holder=holder, **MEANT,
        )  # fmt: skip
        for _ in range(MEDIATORS):
            yield _post("mediator", one.code, "community", neighbours.of(one.code))
    yield from _posted(district, neighbours)


def _posted(district: Shape, neighbours: Neighbours) -> Iterator[FillPost]:
    """S4: an instructor for the merged estate; S3: spokespersons; S1: a council of neighbours; S2:
    specialists in blocks."""
    for role in ESTATE_ROLES:
        holder = neighbours.of(MERGER.parent)
        yield _post(role, MERGER.code, "neighbourhood", holder, MERGED_AT)
        yield _post(role, "litai", "neighbourhood", neighbours.of("chezhan"))
    for _ in range(5):
        yield _post("council_member", "xincun", "community", neighbours.of("xincun"))
    communities = [one.code for one in district.communities]
    for number in range(SPECIALISTS):
        block = BLOCKS[number % STARTED_BLOCKS].code
        holder = neighbours.of(communities[number])
        yield _post("specialist", block, "block", holder, day("2018-03-01"))


def _post(role: Seating, place: str, kind: str, holder: UUID, at: datetime = POSTED) -> FillPost:
    return FillPost(
        at=at, role=role, place=place, territory=place, kind=kind, holder=holder, **MEANT
    )
