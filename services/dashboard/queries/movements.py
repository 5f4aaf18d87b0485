"""Sums of the tally of the cases, by part of what is asked and by what each period is read for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.dashboard.measures import days
from services.dashboard.measures.ledger import MOVEMENTS, Sums
from shared.store.pool import Connection

EARLIEST = "select min(period) from case_movements"
# Of the whole district also what is not on the map, because that has not come so far: each its own.
# Days in a row are read as a stretch of the index, which the planner knows to be one of the table.
SUMS = """
select coalesce(part.root, {elsewhere}) as root, label, {sums}
from (
    select asked.label, one.*
    from unnest($3::text[], $4::text[]) asked(period, label)
    join case_movements one on one.period = asked.period
    union all
    select period, * from case_movements where period between $5 and $6 and length(period) = 10
) moved
{join} join unnest($1::text[], $2::text[]) part(code, root) on moved.territory = part.code
where {which}
group by coalesce(part.root, {elsewhere}), label
"""
WHOLE = {"join": "left", "which": "true"}
PART = {"join": "inner", "which": "moved.territory = any($1::text[])"}
# A sum of integers is an integer; one of bigints would be a numeric, at twice the price.
ALL = ", ".join(f"sum(moved.{one}::int)" for one in MOVEMENTS)
OWN, NOWHERE = "moved.territory", "''"


@dataclass(frozen=True)
class Where:
    """`parts` says of each territory in which part of what is asked for it lies; `whole` that the
    whole district is asked for. Then what is not on the map is a part of its own, or in NOWHERE.
    Parts that are `listed` have a line though nothing moved there."""

    parts: Mapping[str, str]
    whole: bool
    listed: Sequence[str] = ()
    elsewhere: str = OWN


@dataclass(frozen=True)
class Asked:
    """Which periods, each with the label that it is summed up under; and the days from `first` to
    `last`, both included, each under itself."""

    labels: Mapping[str, str]
    first: int = 0
    last: int = -1

    def told(self) -> tuple[list[str], list[str], str, str]:
        """$3 to $6 of SUMS."""
        ends = days.text_of(self.first), days.text_of(self.last)
        return list(self.labels), list(self.labels.values()), *ends


async def earliest(connection: Connection) -> int | None:
    """The first day of the first year with anything in it."""
    period: str | None = await connection.fetchval(EARLIEST)
    return None if period is None else days.parse(f"{period[:4]}-01-01")


async def read(
    connection: Connection, where: Where, asked: Asked
) -> dict[str, dict[str, Sequence[int]]]:
    """Of each part, by label, all movements in the order of MOVEMENTS; of most there are none."""
    wide = WHOLE if where.whole else PART
    statement = SUMS.format(sums=ALL, elsewhere=where.elsewhere, **wide)
    about = (list(where.parts), list(where.parts.values()), *asked.told())
    found: dict[str, dict[str, Sequence[int]]] = {}
    for root, label, *line in await connection.fetch(statement, *about):
        found.setdefault(root, {})[label] = line
    return found


def total(parts: Mapping[str, Sums]) -> dict[str, Sequence[int]]:
    """The sums of all parts together."""
    lines: dict[str, list[Sequence[int]]] = {}
    for one in parts.values():
        for label, line in one.items():
            lines.setdefault(label, []).append(line)
    return {label: [*map(sum, zip(*found, strict=True))] for label, found in lines.items()}
