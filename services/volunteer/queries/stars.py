"""Stars page by page: what was applied for, what is on public notice, what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

QUEUE = """
select s.*, {state} as state from star_standing s where {conditions} order by asked limit {limit}
"""
# What waits for whom: for the notice, for its end, for an answer, for the award.
STATE = """
case when s.upheld then 'upheld' when s.open_objections > 0 then 'objected'
     when s.application = 'applied' and s.notice_days > 0 then 'applied'
     when s.notice_until >= {today} then 'noticed' else 'ready' end
"""
DOUBTS = """
select s.*, a.served from star_standing s left join time_accounts a on a.person = s.person
where {conditions} order by s.person limit {limit}
"""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Which applications: of these places or of all, in this `state` on the day `today`, asked for
    after this position of the log."""

    today: str
    places: Places = None
    state: str | None = None
    after: int | None = None


class StarQueries:
    """Reads of stars."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def waiting(self, sought: Waiting, limit: int) -> list[Any]:
        """So many applications, the oldest first."""
        where = Conditions()
        state = STATE.format(today=where.mark(sought.today))
        where.add("s.application <> 'none'")
        where.given("s.territory = any({})", sought.places)
        where.given(f"{state} = {{}}", sought.state)
        where.given("s.asked > {}", sought.after)
        told = {"state": state, "limit": where.mark(limit), "conditions": where}
        return await ask(self._pool, QUEUE.format(**told), where.values)

    async def on_notice(self, sought: Waiting, limit: int) -> list[Any]:
        """So many of those that are on public notice today, the oldest first."""
        where = Conditions()
        where.add("s.application = 'noticed' and s.notice_until >= {}", sought.today)
        where.given("s.territory = any({})", sought.places)
        where.given("s.asked > {}", sought.after)
        told = {"state": "'noticed'", "limit": where.mark(limit), "conditions": where}
        return await ask(self._pool, QUEUE.format(**told), where.values)

    async def doubted(self, places: Places, after: UUID | None, limit: int) -> list[Any]:
        """So many stars that are in doubt, by person."""
        where = Conditions()
        where.add("s.in_doubt")
        where.given("s.territory = any({})", places)
        where.given("s.person > {}", after)
        told = {"limit": where.mark(limit), "conditions": where}
        return await ask(self._pool, DOUBTS.format(**told), where.values)

    async def noticed_as(self, number: int) -> UUID | None:
        """Whose application is on notice under this number; None for nobody's."""
        where = Conditions()
        where.add("s.application = 'noticed' and s.asked = {}", number)
        told = {"state": "'noticed'", "limit": where.mark(1), "conditions": where}
        rows = await ask(self._pool, QUEUE.format(**told), where.values)
        return UUID(str(rows[0]["person"])) if rows else None
