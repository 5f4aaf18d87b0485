"""Hours to be looked into, one select a rule over the records of some days: each line is a finding
with its `records`, a `figure` that says how bad it is, `by` whom, and the `territory` and `day` of
the first record. Records that were rejected or reversed are looked into no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import ask
from shared.store.pool import Pool

Kind = Literal[
    "overlap", "distance", "recorder_approves", "volunteer_approves", "bulk_late", "same_evidence",
    "too_fast",
]  # fmt: skip
STANDING = """
    select * from service_records r
    where status in ('logged', 'approved') and day between $1 and $2
      and ($3::text[] is null or territory = any($3::text[]))
      and $4::timestamptz < $5::timestamptz
"""
# $4 and $5 are the first moment of the first day, and the first after the last.
OVERLAP = f"""
with s as materialized ({STANDING} and since is not null)
select array[a.record_id, b.record_id] as records, a.territory, a.day, null as by,
    ceil(extract(epoch from least(a.until, b.until) - greatest(a.since, b.since)) / 60)::bigint
        as figure
from s a join s b on b.person = a.person and b.since < a.until and a.since < b.until
    and (a.since, a.record_id) < (b.since, b.record_id)
order by figure desc, a.record_id limit $6
"""
# Metres on a sphere, over the seconds between; within 500 metres a spot may be a poor one.
DISTANCE = f"""
with s as ({STANDING} and since is not null and lat is not null),
followed as (
    select record_id, person, territory, day, since, lat, lon,
        lag(record_id) over w as before, lag(until) over w as left_at,
        lag(lat) over w as lat0, lag(lon) over w as lon0
    from s window w as (partition by person order by since, record_id)),
moved as (
    select *, extract(epoch from since - left_at) as seconds,
        2 * 6371000 * asin(least(1, sqrt(
            sin(radians((lat - lat0) / 2e7)) ^ 2 + cos(radians(lat / 1e7))
            * cos(radians(lat0 / 1e7)) * sin(radians((lon - lon0) / 2e7)) ^ 2))) as metres
    from followed where before is not null and since >= left_at)
select array[before, record_id] as records, territory, day, null as by,
    round((metres / greatest(seconds, 60) * 3.6)::numeric)::bigint as figure
from moved where metres > 500 and metres / greatest(seconds, 60) > 60 / 3.6
order by figure desc, record_id limit $6
"""
RECORDER_APPROVES = f"""
select array[record_id] as records, territory, day, approver as by, minutes::bigint as figure
from ({STANDING} and approver = recorder) s order by figure desc, record_id limit $6
"""
VOLUNTEER_APPROVES = f"""
select array[record_id] as records, territory, day, approver as by, minutes::bigint as figure
from ({STANDING} and approver = person::text) s order by figure desc, record_id limit $6
"""
BULK_LATE = """
select (array_agg(record_id order by entered_at, record_id))[1:50] as records,
    min(territory) as territory, min(day) as day, recorder as by, count(*)::bigint as figure
from service_records
where entered_at >= $4 and entered_at < $5 and late is not null
  and status in ('logged', 'approved')
  and ($3::text[] is null or territory = any($3::text[])) and $1::text <= $2::text
group by recorder, (entered_at at time zone 'Asia/Shanghai')::date having count(*) >= 20
order by figure desc, by limit $6
"""
SAME_EVIDENCE = f"""
select array_agg(o.record_id order by o.entered_at, o.record_id) as records,
    min(o.territory) as territory, min(o.day) as day, null as by,
    count(distinct o.person)::bigint as figure
from (select distinct proof from ({STANDING} and proof is not null) s) shown
join service_records o on o.proof = shown.proof and o.status in ('logged', 'approved')
group by o.proof having count(distinct o.person) > 1
order by figure desc, day limit $6
"""
# Hours that were bought: credited within two minutes of being entered, with nothing behind them
# but words; or more minutes than there were between the helper's yes and the receiver's.
TOO_FAST = f"""
select array[r.record_id] as records, r.territory, r.day, r.approver as by,
    r.minutes::bigint as figure
from ({STANDING} and status = 'approved' and minutes >= 120) r
left join help_requests h on h.help_id = r.help
where (r.approved_at - r.entered_at <= interval '2 minutes' and r.help is null
       and (r.grade = 'c' or (r.proof is null and r.activity is null)))
   or r.until - r.since < r.minutes * interval '1 minute'
   or h.ended_at - h.accepted_known + interval '2 minutes' < r.minutes * interval '1 minute'
order by figure desc, r.record_id limit $6
"""
RULES: Mapping[Kind, str] = {
    "overlap": OVERLAP,
    "distance": DISTANCE,
    "recorder_approves": RECORDER_APPROVES,
    "volunteer_approves": VOLUNTEER_APPROVES,
    "bulk_late": BULK_LATE,
    "same_evidence": SAME_EVIDENCE,
    "too_fast": TOO_FAST,
}
RECORDS = """
select record_id, person, record, status, day, minutes, since, until, territory, service, evidence,
    recorder, approver
from service_records where record_id = any($1::uuid[])
"""


class Findings:
    """Reads of what is to be looked into."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def of(
        self,
        kind: Kind,
        places: Places,
        days: tuple[str, str],
        moments: tuple[datetime, datetime],
        limit: int,
    ) -> list[Any]:
        """So many findings of one rule on these days, both in, the worst first."""
        return await ask(self._pool, RULES[kind], [*days, places, *moments, limit])

    async def records(self, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        """These records by their ids."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(RECORDS, list(ids))
        return {row["record_id"]: dict(row) for row in rows}
