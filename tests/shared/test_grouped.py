"""Grouped calls: what waits together is called together, and nobody suffers for a neighbour."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from shared.runtime.commands.grouped import SMALL, Closed, Grouped, Overloaded


class Counter:
    """Answers each number with its double, as soon as the gate is open."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self._begun = asyncio.Event()
        self.groups: list[list[int]] = []
        self.most_at_once = 0
        self._at_once = 0

    async def __call__(self, items: Sequence[int]) -> Sequence[int | BaseException]:
        self.groups.append(list(items))
        self._begun.set()
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        await self.gate.wait()
        self._at_once -= 1
        return [item * 2 if item >= 0 else LookupError(item) for item in items]

    async def called(self, times: int) -> None:
        """Return once so many calls have begun."""
        async with asyncio.timeout(5):
            while len(self.groups) < times:
                self._begun.clear()
                await self._begun.wait()


@asynccontextmanager
async def _closing(grouped: Grouped[int, int]) -> AsyncIterator[Grouped[int, int]]:
    yield grouped
    async with asyncio.timeout(5):
        await grouped.aclose()


def _asked(grouped: Grouped[int, int], *items: int) -> list[asyncio.Task[int]]:
    async def ask(item: int) -> int:
        return await grouped(item)

    return [asyncio.create_task(ask(item)) for item in items]


async def test_what_waits_while_a_call_is_under_way_is_the_next_call() -> None:
    counter = Counter()
    async with _closing(Grouped(counter)) as grouped:
        tasks = _asked(grouped, 0)
        await counter.called(1)
        tasks += _asked(grouped, *range(1, 30))
        counter.gate.set()
        assert await asyncio.gather(*tasks) == [item * 2 for item in range(30)]
    assert counter.groups == [[0], list(range(1, 30))]


async def test_a_group_is_never_larger_than_the_cap() -> None:
    counter = Counter()
    counter.gate.set()
    async with _closing(Grouped(counter, cap=20)) as grouped:
        await asyncio.gather(*_asked(grouped, *range(50)))
    assert [len(group) for group in counter.groups] == [20, 20, 10]


async def test_two_lanes_share_what_waits_and_work_at_once() -> None:
    counter = Counter()
    async with _closing(Grouped(counter, lanes=2)) as grouped:
        tasks = _asked(grouped, *range(4 * SMALL))
        await counter.called(2)
        counter.gate.set()
        await asyncio.gather(*tasks)
    assert [len(group) for group in counter.groups] == [2 * SMALL, 2 * SMALL]
    assert counter.most_at_once == 2


async def test_one_lane_works_on_one_group_at_a_time() -> None:
    counter = Counter()
    async with _closing(Grouped(counter, cap=5)) as grouped:
        tasks = _asked(grouped, *range(20))
        await counter.called(1)
        counter.gate.set()
        await asyncio.gather(*tasks)
    assert counter.most_at_once == 1


async def test_a_cancelled_waiter_leaves_its_group_untouched() -> None:
    counter = Counter()
    async with _closing(Grouped(counter)) as grouped:
        gone, *kept = _asked(grouped, 1, 2, 3)
        await counter.called(1)
        gone.cancel()
        late, *also = _asked(grouped, 4, 5)
        await asyncio.sleep(0)
        late.cancel()
        counter.gate.set()
        assert await asyncio.gather(*kept, *also) == [4, 6, 10]
        with pytest.raises(asyncio.CancelledError):
            await gone
    assert counter.groups == [[1, 2, 3], [4, 5]]


async def test_beyond_the_bound_nothing_is_taken_on() -> None:
    counter = Counter()
    async with _closing(Grouped(counter, bound=2)) as grouped:
        tasks = _asked(grouped, 0)
        await counter.called(1)
        tasks += _asked(grouped, 1, 2)
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await grouped(3)
        counter.gate.set()
        assert await asyncio.gather(*tasks) == [0, 2, 4]
        assert await grouped(4) == 8
    assert counter.groups == [[0], [1, 2], [4]]


async def test_closing_finishes_what_waits_and_takes_nothing_more() -> None:
    counter = Counter()
    grouped = Grouped(counter)
    tasks = _asked(grouped, 0)
    await counter.called(1)
    tasks += _asked(grouped, 1, 2)
    await asyncio.sleep(0)
    closing = asyncio.create_task(grouped.aclose())
    await asyncio.sleep(0)
    with pytest.raises(Closed):
        await grouped(3)
    assert not closing.done()
    counter.gate.set()
    async with asyncio.timeout(5):
        await closing
    assert [task.result() for task in tasks] == [0, 2, 4]


async def test_what_is_not_ready_waits_for_a_later_group_and_keeps_its_place() -> None:
    counter, busy = Counter(), {1, 2}
    counter.gate.set()
    async with _closing(Grouped(counter, ready=lambda item: item not in busy)) as grouped:
        one, two, three = _asked(grouped, 1, 2, 3)
        assert await three == 6
        assert not one.done()
        busy.clear()
        four = _asked(grouped, 4)[0]
        await asyncio.sleep(0)
        grouped.wake()
        assert await asyncio.gather(*[one, two, four]) == [2, 4, 8]
    assert counter.groups == [[3], [1, 2, 4]]


async def test_closing_waits_for_what_is_not_ready_yet() -> None:
    counter, busy = Counter(), {1}
    counter.gate.set()
    grouped = Grouped(counter, ready=lambda item: item not in busy)
    [one] = _asked(grouped, 1)
    await asyncio.sleep(0)
    closing = asyncio.create_task(grouped.aclose())
    done, _ = await asyncio.wait({closing}, timeout=0.05)
    assert not done
    busy.clear()
    grouped.wake()
    async with asyncio.timeout(5):
        await closing
    assert one.result() == 2


async def test_an_error_answered_for_one_item_is_raised_for_it_alone() -> None:
    counter = Counter()
    counter.gate.set()
    async with _closing(Grouped(counter)) as grouped:
        answers = await asyncio.gather(*_asked(grouped, 1, -1, 2), return_exceptions=True)
    assert answers[0] == 2
    assert isinstance(answers[1], LookupError)
    assert answers[2] == 4


async def test_an_exception_of_the_call_reaches_all_of_its_group_and_no_other() -> None:
    async def call(items: Sequence[int]) -> Sequence[int | BaseException]:
        if 1 in items:
            raise ArithmeticError
        return list(items)

    async with _closing(Grouped(call)) as grouped:
        answers = await asyncio.gather(*_asked(grouped, 1, 2, 3), return_exceptions=True)
        assert [type(answer) for answer in answers] == [ArithmeticError] * 3
        assert await grouped(4) == 4
