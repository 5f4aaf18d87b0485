"""Hours of a period, summed by person, team, month, service or territory; read as they come."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from shared.runtime.projections.map_copy import Places
from shared.store import cursors, parked
from shared.store.conditions import Conditions
from shared.store.pool import Connection, Pool

AT_ONCE = 1_000
SUMMED = {
    "person": "person::text",
    "team": "coalesce(team::text, '')",
    "month": "left(day, 7)",
    "service": "service",
    "territory": "territory",
}
MEASURES = (
    "minutes", "records", "waiting", "waiting_minutes", "rejected", "reversed",
    "reversed_minutes", "grade_a", "grade_b", "grade_c",
)  # fmt: skip
LINES = """
select {keys},
       coalesce(sum(minutes) filter (where status = 'approved'), 0)::bigint as minutes,
       count(*) filter (where status = 'approved') as records,
       count(*) filter (where status = 'logged') as waiting,
       coalesce(sum(minutes) filter (where status = 'logged'), 0)::bigint as waiting_minutes,
       count(*) filter (where status = 'rejected') as rejected,
       count(*) filter (where status = 'reversed') as reversed,
       coalesce(sum(minutes) filter (where status = 'reversed'), 0)::bigint as reversed_minutes,
       coalesce(sum(minutes) filter (where status = 'approved' and grade = 'a'), 0)::bigint
           as grade_a,
       coalesce(sum(minutes) filter (where status = 'approved' and grade = 'b'), 0)::bigint
           as grade_b,
       coalesce(sum(minutes) filter (where status = 'approved' and grade = 'c'), 0)::bigint
           as grade_c
from service_records where {conditions} group by {groups} order by {groups}
"""


@dataclass(frozen=True, kw_only=True)
class Summed:
    """Which hours: of these places or of all, on these days; summed by these keys."""

    keys: Sequence[str]
    places: Places = None
    first: str | None = None
    last: str | None = None


class Stood(NamedTuple):
    """Up to where the sums are true."""

    position: int
    recorded_at: Any
    parked: Sequence[Any]


async def lines(
    pool: Pool, about: Summed, log: str
) -> AsyncGenerator[Stood | list[tuple[Any, ...]], None]:
    """Up to where it is true, of the same moment as all the lines; then the lines, some at a
    time."""
    conditions = Conditions()
    conditions.given("territory = any({})", about.places)
    conditions.given("day >= {}", about.first)
    conditions.given("day <= {}", about.last)
    statement = LINES.format(
        keys=", ".join(f"{SUMMED[key]} as {key}" for key in about.keys),
        conditions=conditions,
        groups=", ".join(str(place) for place in range(1, len(about.keys) + 1)),
    )
    async with (
        pool.acquire(timeout=10) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        yield await _stood(connection, log)
        found = await connection.cursor(statement, *conditions.values)
        while rows := await found.fetch(AT_ONCE):
            yield [tuple(row) for row in rows]


async def _stood(connection: Connection, log: str) -> Stood:
    mark = (await cursors.read(connection, ["service_records"], log))["service_records"]
    return Stood(*mark[:2], await parked.blocked(connection, "service_records", log))
