"""The embedded broker of one run: started again whenever it dies, and when it is full."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from deploy.local.broker import EmbeddedBroker
from deploy.local.children import Ending, when_gone
from deploy.local.fault import Fault
from deploy.local.lockfile import NO_SUCH_PID
from deploy.local.processes import Process

PAUSE_SECONDS = 0.5
LOOK_SECONDS = 5.0
# It keeps every record, and the more it has the longer a fetch takes (decision 0011). An empty one
# costs its readers a look at the feed.
FULL = 96 * 2**20

log = structlog.get_logger()


class KeptBroker:
    """Its death ends nothing: it comes back on the same port, empty, as another cluster.

    So does one that is FULL. `changed` is called after every start. Only when it cannot start again
    does the run end.
    """

    def __init__(self, home: Path, ending: Ending, changed: Callable[[], None]) -> None:
        self._broker = EmbeddedBroker(home)
        self._ending = ending
        self._changed = changed
        self._stopping = False
        self._again: asyncio.Task[None] | None = None
        self._emptying: asyncio.Task[None] | None = None

    @property
    def bootstrap(self) -> str:
        """`127.0.0.1:port`, the same for the whole run."""
        return self._broker.bootstrap

    @property
    def identity(self) -> Process | None:
        """Its process while it runs."""
        pid = self._broker.pid
        return None if pid is None else Process.of(pid)

    async def start(self) -> None:
        """Return when it answers. Raises BrokerError."""
        await asyncio.to_thread(self._broker.start)
        when_gone(self._broker.pid or NO_SUCH_PID, self._died)
        self._changed()
        self._emptying = self._emptying or asyncio.create_task(self._empty_when_full())

    async def stop(self) -> None:
        """End it and wait; nothing happens when it is not running."""
        self._stopping = True
        if self._emptying is not None:
            self._emptying.cancel()
            await asyncio.wait([self._emptying])
        if self._again is not None:  # a start that has begun is not left alone
            await self._again
        await asyncio.to_thread(self._broker.stop)

    def _died(self) -> None:
        if not self._stopping:
            log.warning("broker.died", bootstrap=self.bootstrap)
            self._again = asyncio.create_task(self._start_again())

    async def _empty_when_full(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self._broker.resident > FULL:
                log.info("broker.full", bootstrap=self.bootstrap)
                await asyncio.to_thread(self._broker.stop)

    async def _start_again(self) -> None:
        await asyncio.sleep(PAUSE_SECONDS)  # one that dies at once must not keep us busy
        if self._stopping:
            return
        try:
            await self.start()
        except (Fault, OSError) as fault:
            self._ending.at(str(fault))
        else:
            log.warning("broker.started_again", bootstrap=self.bootstrap)
