"""What PostgreSQL answers to the statements of the kernel's store, found by their text there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.core.births import FIRST
from shared.runtime.publishing import outbox
from shared.store import cursors, epochs, leader, parked, quiet, read
from tests.shared.simulation.log import Row

if TYPE_CHECKING:
    from tests.shared.simulation.database import Connection

Line = dict[str, Any]
Reading = tuple[str, str, int, str]


async def where(c: Connection, names: Sequence[str], log: str) -> list[Line]:
    """Where subscriptions to the own log stand."""
    marks = [c.get("cursor", name, log, 1, "", 0) or (0, None) for name in names]
    return [
        {"name": name, "position": position, "recorded_at": at}
        for name, (position, at) in zip(names, marks, strict=True)
    ]


async def begin(c: Connection, names: Sequence[str], log: str, position: int = 0) -> None:
    for name in names:
        await _begin(c, ("cursor", name, log, 1, "", 0), position)


async def begin_partitions(c: Connection, *reading: Any) -> None:
    *known, partitions, position = reading
    for number in range(partitions):
        await _begin(c, ("cursor", *known, number), position)


async def move(c: Connection, names: Sequence[str], log: str, *steps: Any) -> str:
    expected, position, at = steps
    return await _update(c, [(("cursor", n, log, 1, "", 0), expected, position, at) for n in names])


async def places(c: Connection, *reading: Any) -> list[Line]:
    found: list[Line] = []
    for number in count():
        mark = c.get("cursor", *reading, number)
        if mark is None:
            return found
        found.append({"partition": number, "position": mark[0], "recorded_at": mark[1]})
    raise AssertionError


async def hold_places(c: Connection, *reading: Any) -> list[Line]:
    for line in await places(c, *reading):
        await c.lock("cursor", *reading, line["partition"])
    return await places(c, *reading)


async def standing(c: Connection, name: str, log: str, topic: str) -> list[Line]:
    """Nothing is restored here: every cursor is of the first epoch."""
    return [{**line, "epoch": FIRST} for line in await places(c, name, log, FIRST, topic)]


async def hold_standing(c: Connection, name: str, log: str, topic: str) -> list[Line]:
    await hold_places(c, name, log, FIRST, topic)
    return await standing(c, name, log, topic)


async def life(c: Connection, log: str) -> Sequence[Any]:
    return (log, FIRST, UUID(int=1), 0, c.database.weather.now(), "")


async def advance(c: Connection, *given: Any) -> str:
    *reading, numbers, expected, positions, ats = given
    steps = zip(numbers, expected, positions, ats, strict=True)
    return await _update(c, [(("cursor", *reading, n), *step) for n, *step in steps])


async def _begin(c: Connection, key: tuple[Any, ...], position: int) -> None:
    if c.get(*key) is None:
        await c.lock(*key)  # whoever inserts the same row at the same time comes first or second
        if c.get(*key) is None:
            c.put((position, None), *key)


async def _update(c: Connection, wanted: Sequence[tuple[Any, ...]]) -> str:
    done = 0
    for key, expected, position, at in wanted:
        await c.lock(*key)
        mark = c.get(*key)
        if mark is not None and mark[0] == expected:
            c.put((position, at), *key)
            done += 1
    return f"UPDATE {done}"


async def take(c: Connection, log: str, holder: UUID, lease: timedelta) -> int | None:
    await c.lock("leader", log)
    known, now = c.get("leader", log), c.database.weather.now()
    if known is not None and known[0] != holder and known[2] >= now:
        return None
    term = 1 if known is None else known[1] + 1
    c.put((holder, term, now + lease), "leader", log)
    return term


async def keep(c: Connection, log: str, holder: UUID, term: int, lease: timedelta) -> str:
    await c.lock("leader", log)
    if (c.get("leader", log) or ())[:2] != (holder, term):
        return "UPDATE 0"
    c.put((holder, term, c.database.weather.now() + lease), "leader", log)
    return "UPDATE 1"


async def leave(c: Connection, log: str, holder: UUID, term: int) -> str:
    return await keep(c, log, holder, term, timedelta(0))


async def complete(c: Connection, log: str) -> datetime | None:
    return c.database.weather.now() if c.share_log() else None


async def head(c: Connection, log: str) -> int:
    return c.database.log.head


async def page(c: Connection, log: str, after: int, limit: int) -> Sequence[Row]:
    return c.database.log.rows[after : after + limit]


async def lightly(c: Connection) -> None:
    c.is_light = True


async def none(c: Connection, *_: Any) -> Sequence[Row]:
    return []


ANSWERS: Mapping[str, Callable[..., Awaitable[Any]]] = {
    cursors.READ: where,
    cursors.BEGIN: begin,
    cursors.MOVE: move,
    cursors.BEGIN_PARTITIONS: begin_partitions,
    cursors.PLACES: places,
    cursors.PLACES + " for update": hold_places,
    cursors.STANDING: standing,
    cursors.STANDING + " for update": hold_standing,
    cursors.ADVANCE: advance,
    epochs.BEGIN: none,
    epochs.CURRENT: life,
    leader.TAKE: take,
    leader.KEEP: keep,
    leader.LEAVE: leave,
    quiet.QUIET: complete,
    read.HEAD: head,
    read.QUICK: page,
    parked.ANY: none,
    outbox.LIGHTLY: lightly,
}
