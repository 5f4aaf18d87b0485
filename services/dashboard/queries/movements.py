"""Sums of the tally of the cases, by part of what is asked and by period."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.dashboard.measures import days
from services.dashboard.measures.ledger import MOVEMENTS, Sums
from services.dashboard.queries.sheets import Sheet, Sheets
from shared.store.pool import Connection

EARLIEST = "select min(period) from case_movements"
# Of the whole district also what is not on the map, because that has not come so far: each its own.
# Only periods with another stamp than the known one are summed up, each by itself: a period is a
# stretch of the index. What is left of a period without a line is its stamp.
SUMS = """
select asked.period, stamps.stamp, part.*
from unnest($3::text[], $4::bigint[]) asked(period, stamp)
left join case_movements_stamps stamps using (period)
left join lateral (
    select coalesce(part.root, {elsewhere}) as root, {sums}
    from case_movements moved
    {join} join unnest($1::text[], $2::text[]) part(code, root) on moved.territory = part.code
    where moved.period = asked.period and {which}
    group by coalesce(part.root, {elsewhere})
) part on true
where stamps.stamp is distinct from asked.stamp
"""
WHOLE = {"join": "left", "which": "true"}
PART = {"join": "inner", "which": "moved.territory = any($1::text[])"}
# A sum of integers is an integer; one of bigints would be a numeric, at twice the price.
ALL = ", ".join(f"sum(moved.{one}::int)" for one in MOVEMENTS)
OWN, NOWHERE = "moved.territory", "''"
# The stamp of a period of which nothing is known: no period has it.
UNKNOWN = -1


@dataclass(frozen=True)
class Where:
    """`parts` says of each territory in which part of what is asked for it lies; `whole` that the
    whole district is asked for. Then what is not on the map is a part of its own, or in NOWHERE.
    Parts that are `listed` have a line though nothing moved there."""

    parts: Mapping[str, str]
    whole: bool
    listed: Sequence[str] = ()
    elsewhere: str = OWN

    @property
    def name(self) -> Hashable:
        """What has the same name has the same sums."""
        return frozenset(self.parts.items()), self.whole, self.elsewhere


async def earliest(connection: Connection) -> int | None:
    """The first day of the first year with anything in it."""
    period: str | None = await connection.fetchval(EARLIEST)
    return None if period is None else days.parse(f"{period[:4]}-01-01")


async def read(
    connection: Connection, where: Where, labels: Mapping[str, str], sheets: Sheets | None = None
) -> dict[str, Sums]:
    """Of each part all movements in the order of MOVEMENTS, those of periods with the same label
    summed up under it; of most there are none. All are of one moment, though what has not moved
    since is taken from the `sheets`."""
    if sheets is None:
        return _labelled(await _moved(connection, where, labels, {}), labels)
    name = where.name
    known = sheets.of(name, labels)
    moved = await _moved(connection, where, labels, known)
    sheets.keep(name, moved)
    return _labelled({**known, **moved}, labels)


async def _moved(
    connection: Connection, where: Where, periods: Collection[str], known: Mapping[str, Sheet]
) -> dict[str, Sheet]:
    """The periods that have moved since what is known of them."""
    wide = WHOLE if where.whole else PART
    statement = SUMS.format(sums=ALL, elsewhere=where.elsewhere, **wide)
    stamps = [known[period].stamp if period in known else UNKNOWN for period in periods]
    about = list(where.parts), list(where.parts.values()), list(periods), stamps
    found: dict[str, Sheet] = {}
    for period, stamp, root, *line in await connection.fetch(statement, *about):
        sheet = found.setdefault(period, Sheet(stamp, {}))
        if root is not None:
            sheet.lines[root] = line
    return found


def _labelled(found: Mapping[str, Sheet], labels: Mapping[str, str]) -> dict[str, Sums]:
    gathered: dict[str, dict[str, list[Sequence[int]]]] = {}
    for period, sheet in found.items():
        label = labels[period]
        for root, line in sheet.lines.items():
            gathered.setdefault(root, {}).setdefault(label, []).append(line)
    return {root: _added(lines) for root, lines in gathered.items()}


def total(parts: Iterable[Sums]) -> Sums:
    """The sums of all parts together."""
    lines: dict[str, list[Sequence[int]]] = {}
    for one in parts:
        for label, line in one.items():
            lines.setdefault(label, []).append(line)
    return _added(lines)


def _added(lines: Mapping[str, Sequence[Sequence[int]]]) -> Sums:
    return {
        label: found[0] if len(found) == 1 else [*map(sum, zip(*found, strict=True))]
        for label, found in lines.items()
    }
