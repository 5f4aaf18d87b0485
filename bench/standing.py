"""The read models of many streams as their events leave them, without a log: folded in memory and
written page by page, which takes minutes where the way through a log takes an hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from bench.living import Life
from shared.core.envelope import Recorded
from shared.store import tables, tallies
from shared.store.pool import Connection, Pool

PAGE = 30_000  # events, or a little more
Rows = dict[UUID, Any]
Sums = Counter[tuple[Any, str]]


@dataclass(frozen=True)
class Folded:
    """The read models of a log that are filled; `others` are made and left empty."""

    log: str
    models: Sequence[Any]
    others: Sequence[Any] = ()


class Page(NamedTuple):
    """The rows of some streams, model by model, and of how many events they are."""

    rows: tuple[Rows, ...]
    events: int


async def stand(pool: Pool, folded: Folded, lives: Iterable[Life]) -> int:
    """Make the tables, and fill them; of how many events that is."""
    await tables.make(pool, folded.log, [*folded.models, *folded.others])
    events, sums = 0, [Sums() for _ in folded.models]
    for page in _pages(folded, lives):
        events += page.events
        for model, rows, counted in zip(folded.models, page.rows, sums, strict=True):
            async with pool.acquire() as connection:
                await tables.write(connection, model, rows, before={})
            _count(model, rows, counted)
    async with pool.acquire() as connection:
        for model, counted in zip(folded.models, sums, strict=True):
            await _sum_up(connection, model, counted)
        await connection.execute("vacuum analyze", timeout=tables.PATIENCE)
    return events


def _pages(folded: Folded, lives: Iterable[Life]) -> Iterator[Page]:
    position = 0
    held, events = tuple[Rows, ...]({} for _ in folded.models), 0
    for number, life in enumerate(lives, start=1):
        for recorded in _recorded(folded.log, number, life, position):
            position, events = recorded.position, events + 1
            _fold(folded.models, held, recorded)
        if events >= PAGE:
            yield Page(held, events)
            held, events = tuple[Rows, ...]({} for _ in folded.models), 0
    if events:
        yield Page(held, events)


def _recorded(log: str, number: int, life: Life, before: int) -> Iterator[Recorded[Any]]:
    command = UUID(int=number)
    for version, event in enumerate(life.events, start=1):
        yield Recorded(
            log, before + version, life.stream, version, event.type, 1, life.place, "clerk-1",
            command, command, None, "history", event.at, event.at, event,
        )  # fmt: skip


def _fold(models: Sequence[Any], held: Sequence[Rows], recorded: Recorded[Any]) -> None:
    for model, rows in zip(models, held, strict=True):
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
