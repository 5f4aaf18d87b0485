"""Response times: how long first replies took."""

from __future__ import annotations

from typing import Any, Literal

from shared.runtime.projections.map_copy import Places
from shared.store.pool import Connection

By = Literal["year", "area"]

# Days are seconds / 86,400, percentiles linear. A case without a reply counts among the cases,
# never in a percentile, and as not answered within 15 days.
RESPONSES = """
with one as (
    select {group} as grp, extract(epoch from replied_at - raised_at)::float8 / 86400 as days
    from response_times
    where $1::text[] is null or territory = any($1)
)
select case when grouping(grp) = 1 then 'all' else grp end as "group", count(*) as cases,
       percentile_cont(0.5) within group (order by days) as median_days,
       percentile_cont(0.9) within group (order by days) as p90_days,
       coalesce(count(*) filter (where days <= 15)::float8 / nullif(count(*), 0), 0)
           as within_15_days
from one group by grouping sets ((grp), ())
order by grouping(grp) desc, grp
"""
GROUPS = {
    "year": "to_char(raised_at at time zone 'Asia/Shanghai', 'YYYY')",
    "area": "area",
}


async def read(connection: Connection, by: By, places: Places) -> list[dict[str, Any]]:
    """Per group and for all: cases, median and 90th percentile in days, share within 15."""
    statement = RESPONSES.format(group=GROUPS[by])
    return [dict(row) for row in await connection.fetch(statement, places)]
