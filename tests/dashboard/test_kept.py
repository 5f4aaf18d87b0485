"""Answers that are kept: made once, for all who ask, until what they were made from has moved."""

from __future__ import annotations

import asyncio

import pytest

from services.dashboard.boards import Asked
from services.dashboard.kept import Kept
from services.dashboard.service import Dashboard
from shared.core.chain import Stretch
from shared.runtime.following.consuming import Consumer
from tests.dashboard.told import PARTITIONS, Log, raised

pytestmark = pytest.mark.anyio


class Maker:
    """Makes an answer when it is let to, and counts how often."""

    def __init__(self) -> None:
        self.made = 0
        self.fails = False
        self.let = asyncio.Event()

    async def __call__(self) -> int:
        self.made += 1
        number = self.made
        await asyncio.wait_for(self.let.wait(), 5)
        if self.fails:
            raise ValueError(number)
        return number


async def test_those_who_ask_at_once_wait_for_one_answer() -> None:
    kept, make = Kept[int](), Maker()
    asked = [asyncio.create_task(kept.get("board", 1, make)) for _ in range(5)]
    await asyncio.sleep(0)
    asked.pop(0).cancel()
    make.let.set()
    assert await asyncio.gather(*asked) == [1] * 4
    assert await kept.get("board", 1, make) == 1
    assert await kept.get("other", 1, make) == 2
    assert await kept.get("board", 2, make) == 3


async def test_a_failure_is_not_kept() -> None:
    kept, make = Kept[int](), Maker()
    make.let.set()
    make.fails = True
    with pytest.raises(ValueError, match="1"):
        await kept.get("board", 1, make)
    make.fails = False
    assert await kept.get("board", 1, make) == 2


async def test_only_the_latest_are_kept() -> None:
    kept, make = Kept[int](most=2), Maker()
    make.let.set()
    for name in ("a", "b", "a", "c"):
        await kept.get(name, 1, make)
    assert await kept.get("a", 1, make) == 1
    assert await kept.get("b", 1, make) == 4


@pytest.mark.postgres
async def test_a_board_is_kept_until_a_case_moves(service: Dashboard, consumer: Consumer) -> None:
    await service.map.read()
    log, asked = Log().tell(1, raised()), Asked(territory="d", at="2026-05-01")
    await log.reach(consumer)
    first = await service.boards.board(asked)
    moved = await service.reading.moved()
    async with service.pool.acquire() as connection:
        await connection.execute("update read.case_movements set filed = 7")
    assert (await service.boards.board(asked)).board is first.board
    after = log.head
    await consumer.take([one for one in log.tell(2, raised()).since(after) if one.events])
    assert await service.reading.moved() != moved, "one partition is enough"
    assert (await service.boards.board(asked)).board != first.board


@pytest.mark.postgres
async def test_a_watermark_moves_with_each_heartbeat(
    service: Dashboard, consumer: Consumer
) -> None:
    before = await service.reading.moved()
    assert (before.position, before.sum, before.at) == (0, 0, None)
    beaten = Log().tell(1, raised()).sent[0].recorded_at
    await consumer.take([Stretch(n, 0, 5, beaten) for n in range(PARTITIONS)])
    assert await service.reading.moved() == (5, 5 * PARTITIONS, beaten)
