"""Duty posts page by page, those whose turn is over, and what is told of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.volunteer.projections.cadre_checkin_board import DutyRow
from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

LIST = "select * from cadre_checkin_board where {conditions} order by position desc limit {limit}"
ONE = "select * from cadre_checkin_board where duty_id = $1"
DUE = """
select * from cadre_checkin_board where due_on < $1 order by due_on, duty_id limit $2
"""
NOTES = """
select number, what, turn, late, words, case_id, pledge, kept, minutes, at
from duty_notes where duty_id = $1 order by position desc limit $2
"""
PERIODS = """
select period, performance, masses, published_at from cadre_assessment
where duty_id = $1 order by period desc
"""
KNOWN = "select exists (select from known_cases where case_id = $1)"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which posts: of these places or of all, of this holder, held now or not, before this
    position."""

    places: Places = None
    holder: UUID | None = None
    held: bool | None = None
    before: int | None = None


class Duties:
    """Reads of duty posts."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, asked: Asked, limit: int) -> list[Any]:
        """So many of them, the latest first."""
        where = Conditions()
        where.given("territory = any({})", asked.places)
        where.given("holder = {}", asked.holder)
        where.given("(ended_on is null) = {}", asked.held)
        where.given("position < {}", asked.before)
        statement = LIST.format(limit=where.mark(limit), conditions=where)
        return await ask(self._pool, statement, where.values)

    async def one(self, duty_id: UUID) -> DutyRow | None:
        """This one."""
        async with self._pool.acquire(timeout=10) as connection:
            row = await connection.fetchrow(ONE, duty_id)
        return DutyRow(**row) if row else None

    async def notes(self, duty_id: UUID, limit: int) -> list[dict[str, Any]]:
        """So many lines of it, the latest first; `words` are sealed."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(NOTES, duty_id, limit)]

    async def periods(self, duty_id: UUID) -> list[dict[str, Any]]:
        """How its holder was judged, the latest period first."""
        async with self._pool.acquire(timeout=10) as connection:
            return [dict(row) for row in await connection.fetch(PERIODS, duty_id)]

    async def overdue(self, today: str, limit: int) -> Sequence[DutyRow]:
        """So many posts with a turn that was over before today and of which nothing is known, the
        longest overdue first."""
        async with self._pool.acquire(timeout=10) as connection:
            return [DutyRow(**row) for row in await connection.fetch(DUE, today, limit)]

    async def knows(self, case_id: UUID) -> bool:
        """Whether there is such a case."""
        async with self._pool.acquire(timeout=10) as connection:
            return bool(await connection.fetchval(KNOWN, case_id))
