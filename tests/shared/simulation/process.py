"""Processes: killed, stopped and woken between any two calls to another machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar, copy_context
from typing import Any

from tests.shared.simulation.weather import Weather

Work = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
HERE: ContextVar[Process] = ContextVar("HERE")


class Process:
    """Runs `work`, which is made anew for each start."""

    def __init__(self, name: str, weather: Weather, work: Callable[[], Work]) -> None:
        self.name = name
        self.weather = weather
        self._work = work
        self._awake = asyncio.Event()
        self._stop = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether it was started and has neither ended nor been killed."""
        return self.task is not None and not self.task.done()

    def start(self) -> None:
        """Begin from nothing but what others have kept."""
        self._awake, self._stop = asyncio.Event(), asyncio.Event()
        self._awake.set()
        context = copy_context()
        context.run(HERE.set, self)
        work = self._work()(self._stop)
        self.task = asyncio.get_running_loop().create_task(work, context=context)

    def start_again(self) -> None:
        """Begin anew where it does not run. Raises what it should not have died of."""
        self.verdict()
        if not self.is_running:
            self.start()

    def verdict(self) -> None:
        """Raises what it died of, unless it was killed or has ended as it was asked to."""
        if self.task is not None and self.task.done() and not self.task.cancelled():
            self.task.result()

    def kill(self) -> None:
        """Signal 9: nothing it would still do reaches anyone."""
        if self.task is not None:
            self.task.cancel()

    def retire(self) -> None:
        """Signal 15."""
        self._stop.set()

    def halt(self) -> None:
        """Signal 19: it stands still and does not know."""
        self._awake.clear()

    def wake(self) -> None:
        """Signal 18."""
        self._awake.set()

    async def call(self) -> None:
        """What any call takes; a process that stands still does not come back from it."""
        await self.weather.pass_by()
        await self._awake.wait()


async def call(fault: type[Exception]) -> None:
    """What any call to another machine takes. Raises `fault` when it does not come through."""
    here = HERE.get()
    await here.call()
    if here.weather.strikes():
        raise fault(f"{here.name} was not heard")
