"""What a visitor may spend: the accounts they keep, as the points service tells them."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple
from uuid import UUID

from services.dashboard.pages.neighbours import Neighbours
from services.dashboard.pages.visitor import SignedIn
from shared.runtime.web.problems import Problem

OWN = frozenset({"volunteer", "resident"})
Kind = Literal["person", "household"]


class Purse(NamedTuple):
    """An account from which somebody chooses: `free` may be spent today, once `missing` more were
    earned; both null where that is not told."""

    kind: Kind
    holder: str
    free: int | None = None
    missing: int | None = None


def own(visitor: SignedIn) -> str | None:
    """The person the visitor is; None for an office, which has no points."""
    if not visitor.roles & OWN:
        return None
    try:
        return str(UUID(visitor.actor.id))
    except ValueError:
        return None


async def purses(neighbours: Neighbours, visitor: SignedIn, fresh: int) -> list[Purse]:
    """The visitor's own first, then that of their household, if it is they who keep it."""
    person = own(visitor)
    if person is None:
        return []
    path = f"/people/{person}/accounts"
    kept = await _told(neighbours, path, visitor.token, fresh)
    if kept is None:
        return [Purse("person", person)]
    lines = [one for one in kept["items"] if str(one["keeper"]) == person]
    return [await _purse(neighbours, line, visitor.token, fresh) for line in lines]


async def _purse(neighbours: Neighbours, line: dict[str, Any], token: str, fresh: int) -> Purse:
    path = f"/accounts/{line['kind']}/{line['holder']}"
    whole = await _told(neighbours, path, token, fresh) or {}
    return Purse(line["kind"], str(line["holder"]), line["free"], whole.get("missing"))


async def _told(neighbours: Neighbours, path: str, token: str, fresh: int) -> Any | None:
    """None where there is nothing of the kind to be read."""
    try:
        return await neighbours.read("points", path, token, min_position=fresh or None)
    except Problem as problem:
        if problem.status != 404:
            raise
        return None
