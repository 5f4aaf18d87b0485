"""Promises page by page, those that are overdue, and what became of each occurrence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.volunteer.projections.promise_tracker import PromiseRow
from shared.core import births
from shared.runtime.commands.because import Because, caused_by
from shared.runtime.projections.map_copy import Places
from shared.store import crossings
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

LIST = "select * from promise_tracker where {conditions} order by position desc limit {limit}"
ONE = "select * from promise_tracker where series_id = $1"
DUE = """
select * from promise_tracker where promised and due_on < $1 order by due_on, series_id limit $2
"""
TIMES = """
select day, due, status, people, activity, moved_for, missed_at, told_at, late_reason
from occurrences where series_id = $1 order by day desc limit $2
"""
CASE = "select * from known_cases where case_id = $1"
TOTALS = """
select count(*) as promises, coalesce(sum(held), 0)::int as held,
  coalesce(sum(late), 0)::int as late, coalesce(sum(missed), 0)::int as missed
from promise_tracker where promised and ended_on is null
  and ($1::text[] is null or territory = any($1))
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which promises: of these places or of all, promised or only planned, over or not, missed at
    least once, before this position."""

    places: Places = None
    promised: bool | None = None
    running: bool | None = None
    missed: bool | None = None
    before: int | None = None


@dataclass(frozen=True)
class Cause:
    """A case that something answers: where it is, and the event that raised it."""

    territory: str
    raised: Because


class Promises:
    """Reads of what recurs."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, asked: Asked, limit: int) -> list[Any]:
        """So many of them, the latest first."""
        where = Conditions()
        where.given("territory = any({})", asked.places)
        where.given("promised = {}", asked.promised)
        where.given("(ended_on is null) = {}", asked.running)
        where.given("(missed > 0) = {}", asked.missed)
        where.given("position < {}", asked.before)
        statement = LIST.format(limit=where.mark(limit), conditions=where)
        return await ask(self._pool, statement, where.values)

    async def totals(self, places: Places) -> dict[str, Any]:
        """How many promises run, and how often they were kept and missed."""
        async with self._pool.acquire(timeout=10) as connection:
            [row] = await connection.fetch(TOTALS, places)
            return dict(row)

    async def one(self, series_id: UUID) -> PromiseRow | None:
        """This one."""
        async with self._pool.acquire(timeout=10) as connection:
            row = await connection.fetchrow(ONE, series_id)
        return PromiseRow(**row) if row else None

    async def times(self, series_id: UUID, limit: int) -> list[dict[str, Any]]:
        """What became of so many of its occurrences, the latest first."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(TIMES, series_id, limit)]

    async def overdue(self, today: str, limit: int) -> Sequence[PromiseRow]:
        """So many promises of which something was due before today and nothing is known, the
        longest overdue first."""
        async with self._pool.acquire(timeout=10) as connection:
            return [PromiseRow(**row) for row in await connection.fetch(DUE, today, limit)]

    async def cause(self, case_id: UUID, source: str) -> Cause | None:
        """The case of this id, as the log `source` has it; None where none is known."""
        async with self._pool.acquire(timeout=10) as connection:
            row = await connection.fetchrow(CASE, case_id)
            forks = await crossings.of(connection, "known_cases", source)
        if row is None:
            return None
        event = births.name(source, row["position"], births.birth(forks, row["position"]))
        raised = Because(caused_by(event), row["correlation_id"], row["known_at"])
        return Cause(row["territory"], raised)
