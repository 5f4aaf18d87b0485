"""Which star everybody's approved minutes reach under a ladder, and what another ladder would
change. One statement over all accounts: nobody is folded anew, and no award is touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.volunteer.rules.book import VolunteerRules
from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions, ask
from shared.store.pool import Pool

# Every account with the star that its minutes reach: `becomes` under one ladder, `was` under the
# other. `width_bucket` counts the rungs that are not above the minutes.
JUDGED = """
select a.person, a.territory, {now} as minutes, coalesce(s.star, 0) as awarded,
       coalesce(s.in_doubt, false) as in_doubt,
       width_bucket({before}, {rungs_before}::bigint[]) as was,
       width_bucket({now}, {rungs}::bigint[]) as becomes
from time_accounts a left join star_standing s on s.person = a.person {years}
where {conditions}
"""
YEAR = """
left join (select person, sum(minutes)::bigint as minutes from service_records
           where status = 'approved' and day between {first} and {last} group by person) {name}
on {name}.person = a.person
"""
COUNTS = """
select awarded::int, was, becomes, count(*)::bigint as people from ({judged}) j
group by awarded, was, becomes order by awarded, was, becomes
"""
PEOPLE = """
select person, territory, minutes, awarded::int, in_doubt, was, becomes from ({judged}) j
where {chosen} and ({after}::uuid is null or person > {after}) order by person limit {limit}
"""
MOVED = "was <> becomes"
ABOVE = "becomes > awarded"


@dataclass(frozen=True)
class Ladder:
    """From the lowest rung up, in minutes; of the calendar `year` alone, or of a whole life."""

    rungs: tuple[int, ...]
    year: str | None = None

    @classmethod
    def of(cls, rules: VolunteerRules, day: str) -> Ladder:
        """The ladder of these rules; `day` is in the year that counts, where one does."""
        year = day[:4] if rules.window == "calendar_year" else None
        return cls(tuple(rung.minutes for rung in rules.ladder), year)


@dataclass(frozen=True, kw_only=True)
class Judging:
    """Whom: the accounts at home in these places, or all; by which ladder, after which other."""

    now: Ladder
    before: Ladder
    places: Places = None


async def counts(pool: Pool, judging: Judging) -> list[dict[str, Any]]:
    """How many people of which awarded star reach which star: `was` before, `becomes` now."""
    where = Conditions()
    statement = COUNTS.format(judged=_judged(judging, where))
    return [dict(row) for row in await ask(pool, statement, where.values)]


async def people(
    pool: Pool, judging: Judging, chosen: str, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """So many of those who are `MOVED` between the ladders, or `ABOVE` their award, by id."""
    where = Conditions()
    judged = _judged(judging, where)
    asked = {"after": where.mark(after), "limit": where.mark(limit)}
    statement = PEOPLE.format(judged=judged, chosen=chosen, **asked)
    return [dict(row) for row in await ask(pool, statement, where.values)]


def _judged(judging: Judging, where: Conditions) -> str:
    where.given("a.territory = any({})", judging.places)
    now, joined = _minutes(judging.now, "y", where)
    if judging.before.year == judging.now.year:
        before, also = now, ""
    else:
        before, also = _minutes(judging.before, "z", where)
    return JUDGED.format(
        now=now,
        before=before,
        rungs=where.mark(list(judging.now.rungs)),
        rungs_before=where.mark(list(judging.before.rungs)),
        years=joined + also,
        conditions=where,
    )


def _minutes(ladder: Ladder, name: str, where: Conditions) -> tuple[str, str]:
    """What counts for a ladder, and what has to be joined for it."""
    if ladder.year is None:
        return "a.served", ""
    first, last = where.mark(f"{ladder.year}-01-01"), where.mark(f"{ladder.year}-12-31")
    return f"coalesce({name}.minutes, 0)", YEAR.format(name=name, first=first, last=last)
