"""The seats there are: how many may hold one at a time, and in what it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Seating = Literal[
    "grid_worker", "building_head", "lane_head", "party_secretary", "party_instructor", "mediator",
    "specialist", "spokesperson", "council_member",
]  # fmt: skip


@dataclass(frozen=True)
class Seat:
    """`single`: one holder at a time. It is in a territory of one of these `kinds`, or, where
    `in_unit`, in a unit of one of them."""

    single: bool
    kinds: frozenset[str]
    in_unit: bool = False


ESTATES = frozenset({"neighbourhood", "community"})
STREETS = frozenset({"community", "subdistrict", "district"})

# S0: 17 grid workers and 63 heads of buildings and lanes in a community of 17,000. S4: a party
# instructor for each neighbourhood. S2: specialists posted to blocks. S1: mediators, a council.
SEATS: Mapping[Seating, Seat] = {
    "grid_worker": Seat(single=True, kinds=frozenset({"grid"})),
    "building_head": Seat(single=True, kinds=frozenset({"building"})),
    "lane_head": Seat(single=True, kinds=frozenset({"lane"})),
    "party_secretary": Seat(single=True, kinds=frozenset({"party_organisation"}), in_unit=True),
    "party_instructor": Seat(single=True, kinds=ESTATES),
    "mediator": Seat(single=False, kinds=ESTATES | STREETS),
    "specialist": Seat(single=False, kinds=STREETS | {"block"}),
    "spokesperson": Seat(single=False, kinds=frozenset({"neighbourhood"})),
    "council_member": Seat(single=False, kinds=ESTATES),
}
