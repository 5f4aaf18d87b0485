"""Honours page by page: what waits, what is on public notice, what is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

QUEUE = """
select h.*, {state} as state from honour_wall h where {conditions} order by number limit {limit}
"""
# What waits for whom: for the notice, for its end, for an answer, for the grant.
STATE = """
case when h.status not in ('nominated', 'noticed') then h.status
     when h.upheld > 0 then 'upheld' when h.open_objections > 0 then 'objected'
     when h.status = 'nominated' and h.notice_days > 0 then 'nominated'
     when h.notice_until >= {today} then 'noticed' else 'ready' end
"""
WAITING = "h.status in ('nominated', 'noticed')"
WALL = """
select h.* from honour_wall h where {conditions} order by since desc, number desc limit {limit}
"""
KINDS = """
select code, kind, title, max(title_en) as title_en, count(*) as held from honour_wall h
where {conditions} group by code, kind, title order by held desc, title limit 100
"""
YEARS = """
select year, count(*) as held from honour_wall h where {conditions}
group by year order by year desc limit 100
"""


class After(NamedTuple):
    """The last line of the page before: its day and its number."""

    since: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Which nominations: of these places or of all, in this `state` on the day `today`, of this
    person, after this number."""

    today: str
    places: Places = None
    state: str | None = None
    person: UUID | None = None
    after: int | None = None


@dataclass(frozen=True, kw_only=True)
class Hung:
    """Which honours that are held: of these places or of all, of a year, a kind of holder, a
    title."""

    places: Places = None
    year: int | None = None
    kind: str | None = None
    code: str | None = None
    after: After | None = None


class HonourQueries:
    """Reads of honours."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def waiting(self, sought: Waiting, limit: int) -> list[Any]:
        """So many nominations, the oldest first; whatever became of those of one person."""
        where = Conditions()
        state = STATE.format(today=where.mark(sought.today))
        if sought.state is not None:
            where.add(f"{state} = {{}}", sought.state)
        elif sought.person is None:
            where.add(WAITING)
        where.given("h.territory = any({})", sought.places)
        where.given("h.person = {}", sought.person)
        where.given("h.number > {}", sought.after)
        told = {"state": state, "limit": where.mark(limit), "conditions": where}
        return await ask(self._pool, QUEUE.format(**told), where.values)

    async def on_notice(self, sought: Waiting, limit: int) -> list[Any]:
        """So many of those that are on public notice today, the oldest first."""
        where = Conditions()
        where.add("h.status = 'noticed' and h.notice_until >= {}", sought.today)
        where.given("h.territory = any({})", sought.places)
        where.given("h.number > {}", sought.after)
        told = {"state": "'noticed'", "limit": where.mark(limit), "conditions": where}
        return await ask(self._pool, QUEUE.format(**told), where.values)

    async def held(self, hung: Hung, limit: int) -> list[Any]:
        """So many of those that are held, the newest first."""
        where = _held(hung)
        where.given("h.year = {}", hung.year)
        where.given("h.kind = {}", hung.kind)
        where.given("h.code = {}", hung.code)
        if hung.after is not None:
            where.add("(h.since, h.number) < ({}, {}::bigint)", *hung.after)
        statement = WALL.format(limit=where.mark(limit), conditions=where)
        return await ask(self._pool, statement, where.values)

    async def kinds(self, hung: Hung) -> list[Any]:
        """The honours that are held in these places, and how many hold each."""
        where = _held(hung)
        return await ask(self._pool, KINDS.format(conditions=where), where.values)

    async def years(self, hung: Hung) -> list[Any]:
        """The years for which there are honours in these places, and how many of each."""
        where = _held(hung)
        return await ask(self._pool, YEARS.format(conditions=where), where.values)


def _held(hung: Hung) -> Conditions:
    where = Conditions()
    where.add("h.status = 'held'")
    where.given("h.territory = any({})", hung.places)
    return where
