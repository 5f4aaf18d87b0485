"""Nobody is shown a door of points behind which they are told that it is not for them."""

from __future__ import annotations

from itertools import product

from services.dashboard.pages.points.doors import DOORS, Door
from services.points.access import ACCESS
from shared.core.messages import Actor
from shared.core.roles import NAMES

# What the page behind each door reads first.
READS = {
    "/shop": "read_shops",
    "/shop/codes": "read_my_redemptions",
    "/counter": "read_shops",
    "/points/claim": "read_claimable",
    "/points/give": "read_reasons",
    "/points/claims": "read_claims",
    "/honours": "read_honour_wall",
    "/points/rules": "read_rules",
    "/points/outstanding": "read_outstanding",
}


def _opens(door: Door, role: str) -> bool:
    action = READS[door.path]
    if action in ACCESS.public:
        return True
    return any(role in grant.roles for grant in ACCESS.actions[action])


def test_a_door_is_shown_to_whom_it_opens() -> None:
    shut = [
        (door.path, role)
        for door, role in product(DOORS, NAMES)
        if role in door.roles and not _opens(door, role)
    ]
    assert shut == []


def test_who_gives_points_at_once_is_shown_where() -> None:
    [give] = [door for door in DOORS if door.path == "/points/give"]
    actor = Actor(id="x", roles=frozenset(NAMES), territory="d")
    assert actor.roles & give.roles == {
        role for grant in ACCESS.actions["earn_points"] for role in grant.roles
    }
