"""Points that were given and used, and who took part: by part of what is asked, in one month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.dashboard.queries.movements import Where
from shared.store.pool import Connection

PART = "left join unnest($1::text[], $2::text[]) part(code, root) on one.territory = part.code"
# Where the whole district is asked for, what is not on the map is a part of its own.
GIVEN = f"""
select coalesce(part.root, one.territory) as root, sum(deeds)::bigint as deeds,
       sum(points)::bigint as points, sum(reversed)::bigint as reversed,
       sum(taken_back)::bigint as taken_back
from given_months one {PART}
where one.month = $3 and ($4 or part.code is not null) group by 1
"""
USED = f"""
select coalesce(part.root, one.territory) as root,
       coalesce(sum(redeemed) filter (where month = $3), 0)::bigint as redeemed,
       coalesce(sum(expired) filter (where month = $3), 0)::bigint as expired,
       coalesce(sum(handed_over) filter (where month = $3), 0)::bigint as handed_over,
       coalesce(sum(granted) filter (where month = $3), 0)::bigint as granted,
       sum(granted - withdrawn)::bigint as honours
from used_months one {PART}
where one.month <= $3 and ($4 or part.code is not null) group by 1
"""
# Nobody is counted twice within a part, nor in the whole: somebody may take part in many places.
TOOK_PART = f"""
select coalesce(part.root, one.territory) as root, count(distinct one.account_id) as active,
       count(distinct one.account_id) filter (where not exists (
           select from given_points before
           where before.account_id = one.account_id and before.month < $3 and before.standing
       )) as first_time
from given_points one {PART}
where one.month = $3 and one.standing and ($4 or part.code is not null)
group by grouping sets ((), (1))
"""
KNOWN = f"""
select coalesce(part.root, one.territory) as root, count(distinct one.account_id) as known
from given_points one {PART}
where one.month <= $3 and one.standing and ($4 or part.code is not null)
group by grouping sets ((), (1))
"""


@dataclass(frozen=True)
class Pointed:
    """Of a month: the `deeds` for which points were given, those `reversed` since; accounts that
    took part (`active`), those of them that never had before (`first_time`), and all that had by
    then (`known`); points that were spent and that ended, redemptions handed over, honours granted,
    and all `honours` held by its end."""

    deeds: int = 0
    points: int = 0
    reversed: int = 0
    taken_back: int = 0
    active: int = 0
    first_time: int = 0
    known: int = 0
    redeemed: int = 0
    expired: int = 0
    handed_over: int = 0
    granted: int = 0
    honours: int = 0

    @property
    def per_mille(self) -> int | None:
        """How many of all who ever took part did so this month, in thousandths; none of none."""
        return self.active * 1000 // self.known if self.known else None


@dataclass(frozen=True)
class Months:
    """A month of a territory, and of each of its parts. The accounts of the parts may add up to
    more than there are: who took part in two of them is one."""

    whole: Pointed
    parts: Mapping[str, Pointed]


async def read(connection: Connection, where: Where, month: str) -> Months:
    """The sums of a month, of one moment."""
    about = list(where.parts), list(where.parts.values()), month, where.whole
    whole, parts = Pointed(), {code: Pointed() for code in where.listed}
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        for statement in (GIVEN, USED):
            for row in await connection.fetch(statement, *about):
                found = _sums(row)
                parts[row["root"]] = replace(parts.get(row["root"], Pointed()), **found)
                whole = replace(
                    whole, **{name: getattr(whole, name) + one for name, one in found.items()}
                )
        for statement in (TOOK_PART, KNOWN):
            for row in await connection.fetch(statement, *about):
                if row["root"] is None:
                    whole = replace(whole, **_sums(row))
                else:
                    parts[row["root"]] = replace(parts.get(row["root"], Pointed()), **_sums(row))
    return Months(whole, parts)


def _sums(row: Any) -> dict[str, int]:
    return {name: value for name, value in dict(row).items() if name != "root"}
