"""Cursors: how far a subscription has come, moved in the transaction of its effect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from shared.store.pool import Connection

READ = """
select s.name, coalesce(c.position, 0) as position, c.recorded_at
from unnest($1::text[]) s(name) left join cursor c on c.subscription = s.name and c.log = $2
"""
BEGIN = """
insert into cursor (subscription, log, position) select unnest($1::text[]), $2, 0
on conflict do nothing
"""
MOVE = """
update cursor set position = $4, recorded_at = $5
where subscription = any($1::text[]) and log = $2 and position = $3
"""
FORGET = "delete from cursor where subscription = $1 and log = $2"


class Watermark(NamedTuple):
    """The position and the time up to which an answer is true."""

    position: int
    recorded_at: datetime | None


class CursorMoved(Exception):
    """Another runner moved the cursor: this page must not be written."""


async def read(connection: Connection, names: Sequence[str], log: str) -> dict[str, Watermark]:
    """Where each subscription stands; 0 for one that has not begun."""
    rows = await connection.fetch(READ, names, log)
    return {row["name"]: Watermark(row["position"], row["recorded_at"]) for row in rows}


async def begin(connection: Connection, names: Sequence[str], log: str) -> None:
    """Make the cursors that do not exist yet, at 0."""
    await connection.execute(BEGIN, names, log)


async def move(
    connection: Connection, names: Sequence[str], log: str, steps: tuple[int, Watermark]
) -> None:
    """Move all of them from one position to the next. Raises CursorMoved when one was not there."""
    before, after = steps
    done = await connection.execute(MOVE, names, log, before, after.position, after.recorded_at)
    if done != f"UPDATE {len(names)}":
        raise CursorMoved


async def forget(connection: Connection, name: str, log: str) -> None:
    """Drop the cursor: the subscription will begin again at 0."""
    await connection.execute(FORGET, name, log)
