"""Hours of a territory by month, service and team; and in which years there were any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.runtime.projections.map_copy import Places
from shared.store.pool import Pool

MEASURES = ("records", "minutes", "waiting", "reversed")
SUMS = f"""
select month, service, team, {", ".join(f"sum({one})::bigint as {one}" for one in MEASURES)}
from hours_cube
where ($1::text[] is null or territory = any($1)) and month between $2 and $3
group by grouping sets ((), (month), (service), (team))
"""
YEARS = """
select left(month, 4)::int as year, team
from hours_cube
where ($1::text[] is null or territory = any($1)) and records > 0
group by 1, 2
"""
NONE = dict.fromkeys(MEASURES, 0)


@dataclass(frozen=True)
class Years:
    """In which years a team has hours; under None, whoever has."""

    of: Mapping[str | None, Sequence[int]]

    def first(self, team: str | None) -> int | None:
        """The first year with any."""
        return min(self.of.get(team, ()), default=None)

    def streak(self, team: str | None, year: int) -> int:
        """For how many years in a row up to this one, or the one before while it has none yet."""
        known, count = set(self.of.get(team, ())), 0
        last = year if year in known else year - 1
        while last - count in known:
            count += 1
        return count


@dataclass(frozen=True)
class Found:
    """The sums of the whole, and by month, service and team."""

    total: Mapping[str, int]
    months: Mapping[str, Mapping[str, int]]
    services: Mapping[str, Mapping[str, int]]
    teams: Mapping[str, Mapping[str, int]]
    years: Years


async def read(pool: Pool, places: Places, since: str, until: str) -> Found:
    """The hours of these places from one month to another, both in."""
    async with (
        pool.acquire(timeout=10) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        rows = await connection.fetch(SUMS, places, since, until)
        years = _years(await connection.fetch(YEARS, places))
    total: Mapping[str, int] = NONE
    by: dict[str, dict[str, Mapping[str, int]]] = {"month": {}, "service": {}, "team": {}}
    for row in rows:
        sums = {name: row[name] or 0 for name in MEASURES}
        kind = next((name for name in by if row[name] is not None), None)
        if kind is None:
            total = sums
        else:
            by[kind][row[kind]] = sums
    return Found(total, by["month"], by["service"], by["team"], years)


def _years(rows: Sequence[Any]) -> Years:
    of: dict[str | None, set[int]] = defaultdict(set)
    for row in rows:
        of[row["team"]].add(row["year"])
        of[None].add(row["year"])
    return Years({team: sorted(years) for team, years in of.items()})
