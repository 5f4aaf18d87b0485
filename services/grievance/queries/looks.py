"""Who looked: at a case, for some words, what somebody looked at, in which stretch of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

LISTED = """
select position, at, actor, roles, unit, territory, type, case_id, shown, part, fields, words,
       cases, of_actor, redacted, petitioner, reason
from looks where {conditions} order by position desc limit {limit}
"""
OF_CASE = "(case_id = {} or string_to_array(cases, ',') @> array[{}]::text[])"


class Wanted(NamedTuple):
    """Which looks, all conditions together, both ends included: of a case, or in these places;
    for all of these fingerprints of words; before this position."""

    case_id: UUID | None = None
    places: Places = None
    words: Sequence[str] = ()
    actor: str | None = None
    glass: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


class LookList:
    """Reads of looks."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, wanted: Wanted, limit: int) -> list[dict[str, Any]]:
        """So many of them, the latest first."""
        met = Conditions()
        if wanted.case_id is not None:
            met.add(OF_CASE, wanted.case_id, str(wanted.case_id))
        met.given("territory = any({})", wanted.places)
        if wanted.words:
            met.add("string_to_array(words, ',') @> {}::text[]", list(wanted.words))
        met.given("actor = {}", wanted.actor)
        met.given("(type = 'glass-broken') = {}", wanted.glass)
        met.given("at >= {}", wanted.since)
        met.given("at <= {}", wanted.until)
        met.given("position < {}", wanted.before)
        conditions, mark = str(met), met.mark(limit)
        rows = await ask(self._pool, LISTED.format(conditions=conditions, limit=mark), met.values)
        return [dict(row) for row in rows]
