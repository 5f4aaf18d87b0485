"""Rounds that are not over: those on a desk, and how many there are of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

DESK = """
select r.*, c.due, c.stage from (
    select case_id, due, stage from case_rounds where is_open and {conditions}
    order by due, case_id limit {limit}
) c join case_register r using (case_id) order by c.due, c.case_id
"""
HELPED = """
select r.*, c.due, c.stage from case_register r join case_rounds c using (case_id)
where r.assists <> '' and strpos(r.assists, {unit}) > 0 and c.is_open and {conditions}
order by c.due, c.case_id limit {limit}
"""
UNDECIDED = """
select r.*, case when c.is_open then c.due end as due, c.stage
from case_register r join case_rounds c using (case_id)
where (r.asks_extension or r.asks_exclusion) and {conditions}
order by r.raised_at, r.case_id limit {limit}
"""
# Cases of no unit are counted under ''.
COUNTED = """
select stage, unit = {unit} as own, sum(cases)::bigint as cases,
       coalesce(sum(cases) filter (where due < {today}), 0)::bigint as overdue
from round_count where {conditions} group by 1, 2
"""
TURN = "(stage = any({}) or case when unit = {} then stage = any({}) else stage = any({}) end)"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Which open cases: of these places, at stages that count with any unit (`anyones`), only with
    the unit (`own`), or only with another one or none (`others`)."""

    places: Places = None
    unit: str | None = None
    anyones: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


class Rounds:
    """Reads of the rounds that are not over."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def desk(
        self, claim: Claim, limit: int, after: tuple[str, UUID] | None = None
    ) -> list[Any]:
        """Lines of the register with `due` and `stage`, what is due first first."""
        met = _met(claim)
        if after is not None:
            met.add("(due, case_id) > ({}, {})", *after)
        conditions, mark = str(met), met.mark(limit)
        return await ask(self._pool, DESK.format(conditions=conditions, limit=mark), met.values)

    async def helped(self, unit: str, places: Places, limit: int) -> list[Any]:
        """Lines of the register of what another unit has and this one helps with, with `due` and
        `stage`; what is due first first."""
        met = Conditions()
        met.given("r.territory = any({})", places)
        told = {"unit": met.mark(f",{unit},"), "limit": met.mark(limit)}
        return await ask(self._pool, HELPED.format(conditions=met, **told), met.values)

    async def undecided(self, places: Places, limit: int) -> list[Any]:
        """Lines of the register of what waits for somebody's decision, the oldest case first."""
        met = Conditions()
        met.given("r.territory = any({})", places)
        told = {"limit": met.mark(limit)}
        return await ask(self._pool, UNDECIDED.format(conditions=met, **told), met.values)

    async def counted(self, claim: Claim, today: str) -> list[Any]:
        """Per stage, and whether it is with the unit: how many, and how many of them overdue."""
        met = _met(claim)
        conditions = str(met)
        told = {"unit": met.mark(claim.unit or ""), "today": met.mark(today)}
        return await ask(self._pool, COUNTED.format(conditions=conditions, **told), met.values)


def _met(claim: Claim) -> Conditions:
    met = Conditions()
    met.given("territory = any({})", claim.places)
    anyones, own, others = map(sorted, (claim.anyones, claim.own, claim.others))
    if not anyones and not others:
        met.add("unit = {} and stage = any({})", claim.unit, own)
    elif not own and not others:
        met.add("stage = any({})", anyones)
    else:
        met.add(TURN, anyones, claim.unit or "", own, others)
    return met
