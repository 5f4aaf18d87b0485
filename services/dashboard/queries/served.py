"""Hours that count, and the people they are of: by part of what is asked, in one month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.dashboard.queries.movements import Where
from shared.store.pool import Connection

# Where the whole district is asked for, what is not on the map is a part of its own.
SUMS = """
select coalesce(part.root, served.territory), sum(served.records)::bigint,
       sum(served.minutes)::bigint, sum(served.reversed)::bigint, sum(served.taken_back)::bigint
from served_months served
left join unnest($1::text[], $2::text[]) part(code, root) on served.territory = part.code
where served.month = $3 and ($4 or part.code is not null)
group by 1
"""
# Nobody is counted twice within a part, nor in the whole: a person may serve in many places.
ACTIVE = """
select coalesce(part.root, active.territory) as root, count(distinct active.person)
from active_people active
left join unnest($1::text[], $2::text[]) part(code, root) on active.territory = part.code
where active.month = $3 and active.records > 0 and ($4 or part.code is not null)
group by grouping sets ((), (1))
"""
BEHIND = """
select active.person, active.territory, active.records, active.minutes, active.reversed,
       active.taken_back, active.line_id
from active_people active
where active.month = $1 and ($2::text[] is null or active.territory = any($2::text[]))
  and ($3::bigint is null or (active.minutes, active.line_id) < ($3::bigint, $4::uuid))
order by active.minutes desc, active.line_id desc
limit $5
"""
Mark = tuple[int, UUID]


@dataclass(frozen=True)
class Hours:
    """Of a month: the people with hours that count, their records and minutes; how many records
    were `reversed`, and how many minutes were `taken_back` with them."""

    active: int = 0
    records: int = 0
    minutes: int = 0
    reversed: int = 0
    taken_back: int = 0


@dataclass(frozen=True)
class Months:
    """A month of a territory, and of each of its parts. The active people of the parts may add up
    to more than there are: somebody who serves in two of them is one."""

    whole: Hours
    parts: Mapping[str, Hours]


@dataclass(frozen=True)
class Line:
    """What one person did in one territory."""

    person: UUID
    territory: str
    records: int
    minutes: int
    reversed: int
    taken_back: int
    line_id: UUID


async def read(connection: Connection, where: Where, month: str) -> Months:
    """The sums of a month, of one moment."""
    about = list(where.parts), list(where.parts.values()), month, where.whole
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        sums = await connection.fetch(SUMS, *about)
        people: dict[Any, int] = dict([*map(tuple, await connection.fetch(ACTIVE, *about))])
    whole = [sum(line[number] for line in sums) for number in range(1, 5)]
    listed = {code: Hours() for code in where.listed}
    parts = {root: Hours(people.get(root, 0), *line) for root, *line in sums}
    return Months(Hours(people.get(None, 0), *whole), listed | parts)


async def behind(
    connection: Connection,
    places: Sequence[str] | None,
    month: str,
    after: Mark | None = None,
    limit: int = 50,
) -> list[Line]:
    """The lines behind a month of these territories (None: all), most minutes first, past a
    mark."""
    mark = after or (None, None)
    rows = await connection.fetch(BEHIND, month, places, *mark, limit)
    return [Line(*row) for row in rows]
