"""Sums of the tally of the cases, by period and by part of what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.dashboard.measures.ledger import MOVEMENTS, Sums
from shared.store.pool import Connection

EARLIEST = "select min(period) from case_movements"
# Of the whole district also what is not on the map, because that has not come so far: each its own.
SUMS = """
select coalesce(part.root, territory) as root, period, {sums}
from unnest($1::text[], $2::text[]) part(code, root)
{join} join (
    select * from case_movements where period = any($3::text[])
    union all
    select * from case_movements where period between $4 and $5 and length(period) = 10
) moved on territory = part.code
where {which}
group by coalesce(part.root, territory), period
"""
WHOLE = {"join": "right", "which": "true"}
PART = {"join": "inner", "which": "territory = any($1::text[])"}
ALL = ", ".join(f"sum({one})::bigint" for one in MOVEMENTS)


class Periods(NamedTuple):
    """Some months, and the days from `first` to `last`, both included."""

    months: list[str]
    first: str
    last: str


@dataclass(frozen=True)
class Where:
    """`parts` says of each territory in which part of what is asked for it lies; `whole` that the
    whole district is asked for. Parts that are `listed` have a line though nothing moved there."""

    parts: Mapping[str, str]
    whole: bool
    listed: Sequence[str] = ()


async def earliest(connection: Connection) -> str | None:
    """The first month with anything in it, such as `2026-05`."""
    period: str | None = await connection.fetchval(EARLIEST)
    return period and period[:7]


async def read(
    connection: Connection, where: Where, periods: Periods
) -> dict[str, dict[str, Sequence[int]]]:
    """Of each part, by period, all movements in the order of MOVEMENTS; of most there are none."""
    statement = SUMS.format(sums=ALL, **(WHOLE if where.whole else PART))
    about = (list(where.parts), list(where.parts.values()), *periods)
    found: dict[str, dict[str, Sequence[int]]] = {}
    for root, period, *line in await connection.fetch(statement, *about):
        found.setdefault(root, {})[period] = line
    return found


def total(parts: Mapping[str, Sums]) -> dict[str, Sequence[int]]:
    """The sums of all parts together."""
    sums: dict[str, Sequence[int]] = {}
    for one in parts.values():
        for period, line in one.items():
            before = sums.get(period)
            sums[period] = (
                line if before is None else [a + b for a, b in zip(before, line, strict=True)]
            )
    return sums
