"""What took place in a month, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.store.pool import Connection

SUMS = """
select coalesce(sum(activities), 0)::bigint, coalesce(sum(came), 0)::bigint,
       coalesce(sum(served), 0)::bigint, coalesce(sum(rubbish_kg), 0)::bigint
from held_months where month = $1 and ($2::text[] is null or territory = any($2))
"""
BEHIND = """
select activity_id, territory, day, kind, came, served, rubbish_kg from held_activities
where day between $1 || '-01' and $1 || '-31' and ($2::text[] is null or territory = any($2))
order by day desc, activity_id limit $3
"""


@dataclass(frozen=True)
class Effect:
    """So many activities, and beside them what came of them."""

    activities: int
    came: int
    served: int
    rubbish_kg: int


@dataclass(frozen=True)
class Held:
    """One of them."""

    activity_id: UUID
    territory: str
    day: str
    kind: str
    came: int
    served: int
    rubbish_kg: int


async def effect(connection: Connection, places: Sequence[str] | None, month: str) -> Effect:
    """The sums of a month in these territories, in all where that is None."""
    [row] = await connection.fetch(SUMS, month, places)
    return Effect(*row)


async def behind(
    connection: Connection, places: Sequence[str] | None, month: str, limit: int
) -> list[Held]:
    """The latest activities behind a month."""
    return [Held(*row) for row in await connection.fetch(BEHIND, month, places, limit)]
