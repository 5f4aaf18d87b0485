"""The timer: it notes what ran out, once, in whatever order it and others come, and catches up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.grievance import timekeeping
from services.grievance.case.decider import case
from services.grievance.case.events import DeadlineMissed
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.service import Grievance
from shared.runtime import timer
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Identity, Target, single
from shared.store import turn
from tests.grievance.cases import past, raise_it
from tests.grievance.front_desk import FrontDesk, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
MODEL = "case_clocks"
FILED = datetime(2026, 3, 1, tzinfo=UTC)
LATER = FILED + timedelta(hours=30)  # dispatch, of 24 hours, has run out, and nothing else


@asynccontextmanager
async def projecting(service: Grievance) -> AsyncIterator[None]:
    """The read models are kept up meanwhile."""
    stop = asyncio.Event()
    task = asyncio.create_task(service.projector.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def _file(service: Grievance, number: int, **changes: Any) -> list[UUID]:
    command = replace(raise_it, at=FILED, book=BOOK, **changes)
    ids = [uuid7() for _ in range(number)]
    await asyncio.gather(
        *(
            service.executor.execute(
                single(Target(case, one), command, Identity(uuid7(), b"filed"), fresh=True)
            )
            for one in ids
        )
    )
    return ids


async def _missed(service: Grievance, case_id: UUID) -> list[tuple[str, datetime]]:
    history = await service.archive.history(case_id)
    events = [one.event for one in history]
    return [(e.clock, e.at) for e in events if isinstance(e, DeadlineMissed)]


async def test_what_ran_out_is_noted_at_the_time_at_which_it_did(service: Grievance) -> None:
    ids = await _file(service, 3)
    async with projecting(service):
        await service.watermarks.follow([MODEL], await service.head())
        assert await timekeeping.note(service, FILED + timedelta(hours=24)) == 0
        assert await timekeeping.note(service, LATER) == 3
    for one in ids:
        assert await _missed(service, one) == [("dispatch", FILED + timedelta(hours=24))]


async def test_it_is_noted_once_whoever_notes_and_however_often(service: Grievance) -> None:
    ids = await _file(service, 40)
    async with projecting(service):
        await service.watermarks.follow([MODEL], await service.head())
        await asyncio.gather(*(timekeeping.note(service, LATER) for _ in range(5)))
        assert await timekeeping.note(service, LATER) == 0
    for one in ids:
        assert len(await _missed(service, one)) == 1


async def test_after_a_stop_of_years_it_catches_up_with_all_of_it(service: Grievance) -> None:
    [one] = await _file(service, 1)
    async with projecting(service):
        await service.watermarks.follow([MODEL], await service.head())
        await timekeeping.note(service, FILED + timedelta(days=3_000))
    assert [clock for clock, _ in await _missed(service, one)] == ["dispatch", "answer", "handle"]
    assert [due for _, due in await _missed(service, one)] == [
        BOOK.due(limit, FILED) for limit in ("24h", "7d", "15d")
    ]


async def test_whoever_has_the_page_open_is_not_turned_away_by_the_timer(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    async with projecting(service):
        await service.watermarks.follow([MODEL], await service.head())
        assert await timekeeping.note(service, datetime.now(UTC) + timedelta(days=2)) == 1
    answer = await desk.step(filed["id"], "accept", filed["version"])
    assert (answer.status_code, answer.json()["version"]) == (200, 3)
    refused(await desk.step(filed["id"], "decline", filed["version"]), 412, "version_changed")


async def test_what_was_imported_of_the_past_is_never_missed(service: Grievance) -> None:
    ids = [uuid7() for _ in range(5)]
    for one in ids:
        submission = single(Target(case, one), past, Identity(uuid7(), b"past"), fresh=True)
        await service.executor.execute(replace(submission, origin="history"))
    async with projecting(service):
        await service.watermarks.follow([MODEL], await service.head())
        assert await timekeeping.note(service, FILED + timedelta(days=3_000)) == 0
    assert [await _missed(service, one) for one in ids] == [[]] * 5


async def test_the_worker_notes_by_itself(service: Grievance) -> None:
    [one] = await _file(service, 1)
    stop = asyncio.Event()
    running = asyncio.create_task(timekeeping.run(service, stop))
    async with projecting(service), asyncio.timeout(20):
        await service.watermarks.follow([MODEL], 4)  # filed, and three misses
    stop.set()
    await running
    assert len(await _missed(service, one)) == 3


async def test_it_stands_still_while_another_has_its_turn(service: Grievance) -> None:
    [one] = await _file(service, 1)
    stop = asyncio.Event()
    async with service.pool.acquire() as connection, connection.transaction():
        assert await turn.taken(connection, timer.TURN)
        running = asyncio.create_task(timekeeping.run(service, stop))
        async with projecting(service):
            await service.watermarks.follow([MODEL], 1)
            await asyncio.sleep(2 * timer.TICK)
        stop.set()
        await running
    assert await _missed(service, one) == []


def test_the_timer_is_no_part_of_the_rules() -> None:
    sources = Path(timekeeping.__file__).parent.joinpath("case").glob("*.py")
    assert all("timekeeping" not in source.read_text() for source in sources)
