"""Grouped calls: what is queued when the previous call returns is the next call.

No timer. A lone caller waits for nobody; under load the groups grow by themselves.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

# A group of this size is not worth splitting between lanes.
SMALL = 16

T = TypeVar("T")
R = TypeVar("R")


class Overloaded(Exception):
    """Too much is waiting already: nothing was taken on, try again later."""


class Closed(Exception):
    """The process is stopping: nothing was taken on."""


class Grouped(Generic[T, R]):
    """Turns single calls into grouped ones. `call` answers each item with a result or an error.

    With several lanes as many calls are under way at once, and share evenly what waits: one is
    prepared here while the server works on another.
    An item that is not `ready` waits for a later group; `wake` says that this may have changed.
    A caller that is cancelled leaves its group untouched: the item is still worked on.
    """

    def __init__(
        self,
        call: Callable[[Sequence[T]], Awaitable[Sequence[R | BaseException]]],
        *,
        ready: Callable[[T], bool] = lambda _: True,
        lanes: int = 1,
        cap: int = 500,
        bound: int = 10_000,
    ) -> None:
        self._call = call
        self._ready = ready
        self._lanes = lanes
        self._under_way: set[asyncio.Task[None]] = set()
        self._cap = cap
        self._bound = bound
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._something = asyncio.Event()
        self._closing = False
        self._task = asyncio.create_task(self._run())

    async def __call__(self, item: T) -> R:
        """The result for this item. Raises Overloaded, Closed, or what `call` answered."""
        if self._closing:
            raise Closed
        if len(self._waiting) >= self._bound:
            raise Overloaded
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        self._something.set()
        return await future

    def wake(self) -> None:
        """Look again at what waits."""
        self._something.set()

    async def aclose(self) -> None:
        """Take nothing more, finish what waits."""
        self._closing = True
        self._something.set()
        await self._task

    async def _run(self) -> None:
        while not (self._closing and not self._waiting):
            await self._something.wait()
            self._something.clear()
            # One turn of the loop, so that all who were woken together join the same group.
            await asyncio.sleep(0)
            while taken := self._take(self._lanes - len(self._under_way)):
                self._start(taken)
        if self._under_way:
            await asyncio.wait(self._under_way)

    def _start(self, taken: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        task = asyncio.create_task(self._work(taken))
        self._under_way.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._something.set()

    def _take(self, free: int) -> list[tuple[T, asyncio.Future[R]]]:
        if not free:
            return []
        share = max(-(-len(self._waiting) // free), SMALL)
        taken: list[tuple[T, asyncio.Future[R]]] = []
        left: list[tuple[T, asyncio.Future[R]]] = []
        while self._waiting and len(taken) < min(self._cap, share):
            entry = self._waiting.popleft()
            (taken if self._ready(entry[0]) else left).append(entry)
        self._waiting.extendleft(reversed(left))
        return taken

    async def _work(self, taken: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        results: Sequence[R | BaseException]
        try:
            results = await self._call([item for item, _ in taken])
        except Exception as fault:
            results = [fault] * len(taken)
        for (_, future), result in zip(taken, results, strict=True):
            with suppress(asyncio.InvalidStateError):  # its caller has gone
                _settle(future, result)


def _settle(future: asyncio.Future[R], result: R | BaseException) -> None:
    if isinstance(result, BaseException):
        future.set_exception(result)
    else:
        future.set_result(result)
