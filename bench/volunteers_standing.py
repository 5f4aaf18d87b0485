"""The read models of a district's volunteers as their events leave them, without a log: folded in
memory and written page by page, which takes minutes where the way through a log takes an hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from bench.volunteered import Size, community, lived, person, shares
from services.volunteer.account.stream import account_of
from services.volunteer.log import LOG
from services.volunteer.projections.service_records import service_records
from services.volunteer.projections.time_accounts import time_accounts
from services.volunteer.projections.time_entries import time_entries
from shared.core.envelope import Recorded
from shared.store import tables, tallies
from shared.store.pool import Connection, Pool

FOLDED: Sequence[Any] = (service_records, time_accounts, time_entries)
PAGE = 30_000  # events, or a little more
Rows = dict[UUID, Any]
Sums = Counter[tuple[Any, str]]


class Page(NamedTuple):
    """The rows of some accounts, model by model, and of how many events they are."""

    rows: tuple[Rows, ...]
    events: int


async def stand(pool: Pool, size: Size, others: Sequence[Any] = ()) -> int:
    """Make the tables, and fill them with so many people; of how many events that is. `others` are
    made and left empty."""
    await tables.make(pool, LOG, [*FOLDED, *others])
    events, sums = 0, [Sums() for _ in FOLDED]
    for page in _pages(size):
        events += page.events
        for model, rows, counted in zip(FOLDED, page.rows, sums, strict=True):
            async with pool.acquire() as connection:
                await tables.write(connection, model, rows, before={})
            _count(model, rows, counted)
    async with pool.acquire() as connection:
        for model, counted in zip(FOLDED, sums, strict=True):
            await _sum_up(connection, model, counted)
        await connection.execute("vacuum analyze", timeout=tables.PATIENCE)
    return events


def _pages(size: Size) -> Iterator[Page]:
    random, position = Random(9), 0
    held, events = tuple[Rows, ...]({} for _ in FOLDED), 0
    for number, records in shares(size):
        for recorded in _recorded(random, number, records, position):
            position, events = recorded.position, events + 1
            _fold(held, recorded)
        if events >= PAGE:
            yield Page(held, events)
            held, events = tuple[Rows, ...]({} for _ in FOLDED), 0
    if events:
        yield Page(held, events)


def _recorded(random: Random, number: int, records: int, before: int) -> Iterator[Recorded[Any]]:
    stream, command, place = account_of(person(number)), UUID(int=number + 1), community(number)
    for version, event in enumerate(lived(random, number, records), start=1):
        yield Recorded(
            LOG, before + version, stream, version, event.type, 1, place, "clerk-1", command,
            command, None, "history", event.at, event.at, event,
        )  # fmt: skip


def _fold(held: Sequence[Rows], recorded: Recorded[Any]) -> None:
    for model, rows in zip(FOLDED, held, strict=True):
        key = model.row_of(recorded)
        if key is not None:
            rows[key] = model.fold(rows.get(key), recorded)


def _count(model: Any, rows: Rows, sums: Sums) -> None:
    if model.tally is None:
        return
    for row in rows.values():
        for key, amounts in model.tally.count(row).items():
            for name, amount in amounts.items():
                sums[key, name] += amount


async def _sum_up(connection: Connection, model: Any, sums: Sums) -> None:
    if model.tally is None:
        return
    added: dict[Any, dict[str, int]] = {}
    for (key, name), amount in sums.items():
        added.setdefault(key, {})[name] = amount
    await tallies.add(connection, model.tally, added, tables.LIVE)
