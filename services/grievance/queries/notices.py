"""Notices: those that are due, those of a case, those that stayed here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.grievance.log import EVENTS
from services.grievance.notice.decider import Notice, notice
from shared.runtime.projections.map_copy import Places
from shared.store import read
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

# How urgent a case is, is what is known of it now. What is parked is not known to be owed still.
DUE = """
select n.notice_id from notice_log n
where n.next_try <= $1 and ($2::text[] is null or exists (
    select from case_register c where c.case_id = n.case_id and c.urgency = any($2)))
and not exists (
    select from parked p where p.subscription = 'notice_log' and p.stream_id = n.notice_id)
order by n.next_try, n.notice_id limit $3
"""
OF_CASE = """
select notice_id, case_version, step, status, owed_at, tries, port, reason, next_try, ended_at
from notice_log where case_id = $1 order by case_version
"""
OUTBOX = """
select n.notice_id, n.case_id, n.case_version, n.step, n.owed_at, n.ended_at
from notice_log n join case_register c using (case_id)
where n.port = 'outbox' and n.status = 'delivered' and {conditions}
order by n.ended_at desc, n.notice_id desc limit {limit}
"""


class Notices:
    """Reads of notices."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def due(
        self, moment: datetime, limit: int, urgencies: Sequence[str] | None = None
    ) -> list[UUID]:
        """So many of those whose time has come, the oldest first; of cases that are so urgent
        only, where that is said."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await connection.fetch(DUE, moment, urgencies, limit)
        return [row["notice_id"] for row in rows]

    async def stands(self, notice_id: UUID) -> Notice:
        """Where a notice stands by the log itself."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await read.stream(connection, notice_id)
        return notice.fold(read.decode(EVENTS, row).event for row in rows)

    async def of_case(self, case_id: UUID) -> list[dict[str, Any]]:
        """All of a case, in the order of what they are about."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(OF_CASE, case_id)]

    async def outbox(
        self, places: Places, limit: int, after: tuple[datetime, UUID] | None = None
    ) -> list[Any]:
        """Those of these places that stayed here, the latest first."""
        met = Conditions()
        met.given("c.territory = any({})", places)
        if after is not None:
            met.add("(n.ended_at, n.notice_id) < ({}, {})", *after)
        conditions, mark = str(met), met.mark(limit)
        return await ask(self._pool, OUTBOX.format(conditions=conditions, limit=mark), met.values)
