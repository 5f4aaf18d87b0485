"""Shops, items and redemptions as the log has them: steps are checked by that, not by a copy."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from services.points.log import EVENTS
from shared.core.decider import Decider
from shared.runtime.web.problems import Problem
from shared.store import read
from shared.store.pool import Pool

S = TypeVar("S")


async def state_of(pool: Pool, decider: Decider[Any, S, Any], stream_id: UUID) -> S:
    """The state of an aggregate; the first of all where there is none of this kind by this id."""
    async with pool.acquire(timeout=10) as connection:
        rows = await read.stream(connection, stream_id)
    if any(row["type"] not in decider.events.classes for row in rows):
        return decider.initial
    return decider.fold(read.decode(EVENTS, row).event for row in rows)


def no_such(what: str, one: UUID) -> Problem:
    """The same answer for one that is not there and for one that is not theirs to see."""
    return Problem(404, f"no_such_{what}", f"there is no {what} {one} that you may see")
