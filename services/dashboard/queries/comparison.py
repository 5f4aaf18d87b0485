"""Territories side by side: what moved in each over a period, and what was open at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.dashboard.measures import days
from services.dashboard.measures.ledger import MOVEMENTS
from services.dashboard.queries import movements
from shared.store.pool import Connection

REST = ""
# Months before that of the last day; its days; the days of a month of which only a part is asked.
SUMS = """
select coalesce(part.place, '') as place, {came}, {stood}
from unnest($1::text[], $2::text[]) part(code, place)
{join} join (
    select m.*, true as stood, period >= $4 as came
    from case_movements m where period = any($3::text[])
    union all
    select m.*, true, period >= $5
    from case_movements m where period between $6 and $7 and length(period) = 10
    union all
    select m.*, false, true
    from case_movements m where period between $5 and $8 and length(period) = 10
) moved on territory = part.code
where {which}
group by coalesce(part.place, '')
"""
CAME = ", ".join(f"coalesce(sum({one}) filter (where came), 0)::bigint" for one in MOVEMENTS)
STOOD = ", ".join(f"coalesce(sum({one}) filter (where stood), 0)::bigint" for one in MOVEMENTS)


@dataclass(frozen=True)
class Places:
    """Which of the territories that are compared everything lies in, REST where in none of them;
    `whole` that the whole district is asked for."""

    of: Mapping[str, str]
    whole: bool


@dataclass(frozen=True)
class Stretch:
    """The days from `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class Moved:
    """What moved in a place over the stretch, and all that had moved by its end."""

    came: Mapping[str, int]
    stood: Mapping[str, int]


NOTHING = Moved({one: 0 for one in MOVEMENTS}, {one: 0 for one in MOVEMENTS})


async def read(connection: Connection, places: Places, stretch: Stretch) -> dict[str, Moved]:
    """The movements of each place with any, in one statement."""
    early = await movements.earliest(connection)
    if early is None:
        return {}
    wide = movements.WHOLE if places.whole else movements.PART
    statement = SUMS.format(came=CAME, stood=STOOD, **wide)
    about = (list(places.of), list(places.of.values()), *_periods(early, stretch))
    rows = await connection.fetch(statement, *about)
    width = len(MOVEMENTS)
    return {
        place: Moved(
            dict(zip(MOVEMENTS, sums[:width], strict=True)),
            dict(zip(MOVEMENTS, sums[width:], strict=True)),
        )
        for place, *sums in rows
    }


def _periods(early: str, stretch: Stretch) -> tuple[list[str], str, str, str, str, str]:
    """$3 to $8 of SUMS."""
    first, last = stretch.first, stretch.last
    months, begun = list(days.months(early, last)), days.first_of_month(last)
    whole = days.first_of_month(first)
    torn_until = first - 1
    if first > whole and whole < begun:
        torn_until = days.first_of_month(whole + 31) - 1
        whole = torn_until + 1
    return (
        months,
        days.text_of(whole)[:7],
        days.text_of(first),
        days.text_of(begun),
        days.text_of(last),
        days.text_of(torn_until),
    )
