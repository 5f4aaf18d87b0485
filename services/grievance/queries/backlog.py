"""The backlog, unit by unit: what waits, for what, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.runtime.projections.map_copy import Places
from shared.store.pool import Connection

# The cases of no unit are counted under ''. How old a case is, is asked here and never stored.
BACKLOG = """
with counted as (
    select unit, sum(open)::bigint as open, sum(dispatched)::bigint as dispatched,
           sum(signed)::bigint as signed, sum(replied)::bigint as replied,
           sum(closed)::bigint as closed
    from backlog_count
    where ($1::text[] is null or territory = any($1))
      and ($2::text is null or unit = $2)
    group by unit
), aged as (
    select coalesce(unit, '') as unit, min(since) as oldest_since, min(raised_at) as oldest_raised,
           count(*) filter (where since < coalesce($3, now()) - make_interval(days => $4))
               as overdue
    from unit_backlog
    where is_open and ($1::text[] is null or territory = any($1))
      and ($2::text is null or unit = $2)
    group by 1
)
select nullif(unit, '') as unit, open, dispatched, signed, replied, closed,
       coalesce(overdue, 0) as overdue, oldest_since, oldest_raised
from counted left join aged using (unit)
order by open desc, unit
"""


@dataclass(frozen=True, kw_only=True)
class Load:
    """Whose backlog: of some places, of one unit or of all. An open case is overdue that has lain
    where it lies for more than `overdue_after` days."""

    places: Places = None
    unit: str | None = None
    overdue_after: int = 15


async def read(connection: Connection, load: Load, moment: datetime | None) -> list[dict[str, Any]]:
    """A line a unit, the longest backlog first; the line of no unit has None. Ages are those at
    `moment`, now where not given."""
    about = (load.places, load.unit, moment, load.overdue_after)
    return [dict(row) for row in await connection.fetch(BACKLOG, *about)]
