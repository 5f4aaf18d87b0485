"""Tables of sums: signed differences are added, set by set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.core.projection import Tally, TallyKey
from shared.store.pool import Connection

# Microseconds of now, and always more than before: no two stamps of a key are the same, not even
# those of a table that was built anew.
STAMP = """
insert into {table} as t
select key, (extract(epoch from clock_timestamp()) * 1000000)::bigint from unnest($1::text[]) key
on conflict ({key}) do update set stamp = greatest(t.stamp + 1, excluded.stamp)
"""


async def create(connection: Connection, tally: Tally[Any], schema: str) -> None:
    """Create the tally's table in `schema` where it does not exist."""
    keys = [f"{key} text not null" for key in tally.keys]
    measures = [f"{measure} bigint not null" for measure in tally.measures]
    await connection.execute(
        f"create table if not exists {schema}.{tally.name} "
        f"({', '.join(keys + measures)}, primary key ({', '.join(tally.keys)}))"
    )
    for stamps in tally.tables[1:]:
        await connection.execute(
            f"create table if not exists {schema}.{stamps} "
            f"({tally.keys[0]} text primary key, stamp bigint not null)"
        )


async def add(
    connection: Connection,
    tally: Tally[Any],
    differences: Mapping[TallyKey, Mapping[str, int]],
    schema: str,
) -> None:
    """Add the differences to the sums; a key whose sums are all 0 has no row."""
    changed = sorted(key for key, sums in differences.items() if any(sums.values()))
    if not changed:
        return
    width = len(tally.keys)
    arrays = [f"${n}::text[]" for n in range(1, width + 1)]
    amounts = [f"${width + n}::bigint[]" for n in range(1, len(tally.measures) + 1)]
    assigned = ", ".join(f"{m} = t.{m} + excluded.{m}" for m in tally.measures)
    keys = ", ".join(tally.keys)
    values: Sequence[Sequence[Any]] = [
        *zip(*changed, strict=True),
        *([differences[key].get(measure, 0) for key in changed] for measure in tally.measures),
    ]
    await connection.execute(
        f"insert into {schema}.{tally.name} as t ({keys}, {', '.join(tally.measures)}) "
        f"select * from unnest({', '.join(arrays + amounts)}) "
        f"on conflict ({keys}) do update set {assigned}",
        *values,
    )
    zero = " and ".join(f"{measure} = 0" for measure in tally.measures)
    await connection.execute(
        f"delete from {schema}.{tally.name} where {zero} "
        f"and ({keys}) in (select * from unnest({', '.join(arrays)}))",
        *values[:width],
    )
    for stamps in tally.tables[1:]:
        stamp = STAMP.format(table=f"{schema}.{stamps}", key=tally.keys[0])
        await connection.execute(stamp, sorted({key for key, *_ in changed}))
