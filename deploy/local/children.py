"""The supervisor's children, and what ends a run: a signal, or a death."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TypeVar

from deploy.local.fault import Fault
from deploy.local.processes import Process
from deploy.local.state import STOP_SECONDS

T = TypeVar("T")


def when_gone(pid: int, call: Callable[[], None]) -> None:
    """Call this in the running event loop once that process, anyone's child, has ended."""
    loop = asyncio.get_running_loop()
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        loop.call_soon(call)
        return

    def gone() -> None:
        loop.remove_reader(handle)
        os.close(handle)
        call()

    loop.add_reader(handle, gone)


class StopAsked(Exception):
    """Someone asked the supervisor to stop."""


class Ending:
    """Waits for the first thing that ends the run; must be made inside the event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end: asyncio.Future[str | None] = self._loop.create_future()

    def at_signals(self) -> None:
        """End in order at SIGINT, SIGTERM and SIGHUP; an ignored SIGHUP (nohup) stays ignored."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                self._loop.add_signal_handler(number, self.at, None)

    def at_death_of(self, pid: int, reason: str) -> None:
        """End with `reason` when this process, which need not be our child, is gone."""
        when_gone(pid, lambda: self.at(reason))

    def at(self, reason: str | None) -> None:
        """End now: with a reason it is a fault, without one it was asked for."""
        if not self._end.done():
            self._end.set_result(reason)

    def check(self) -> None:
        """Raise StopAsked or Fault if the run is over."""
        if self._end.done():
            reason = self._end.result()
            raise Fault(reason) if reason else StopAsked

    async def unless(self, work: Coroutine[None, None, T]) -> T:
        """What `work` returns. Cancels it and raises StopAsked or Fault if the run ends first."""
        task = asyncio.ensure_future(work)
        await asyncio.wait((task, self._end), return_when=asyncio.FIRST_COMPLETED)
        if self._end.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self.check()
        return task.result()

    async def wait(self) -> None:
        """Return never: raise StopAsked or Fault once the run is over."""
        await asyncio.wait((self._end,))
        self.check()


class Child:
    """One process that we started; its output goes to a log file of its own."""

    def __init__(self, name: str, log: Path, process: asyncio.subprocess.Process) -> None:
        self.name = name
        self._log = log
        self._began = log.stat().st_size
        self._process = process
        self.identity = Process.of(process.pid)

    @classmethod
    async def spawn(
        cls, name: str, command: list[str], *, log: Path, env: dict[str, str]
    ) -> "Child":
        """Start it in a process group of its own: a Ctrl-C at the terminal reaches only us."""
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **env, "PYTHONUNBUFFERED": "1"},
                process_group=0,
            )
        return cls(name, log, process)

    async def succeed(self) -> None:
        """Wait for its end. Raises Fault with its last words unless it ends well."""
        if await self._process.wait() != 0:
            words = self._last_words()
            raise Fault(f"{self.name} failed: {words}" if words else self._death())

    async def report(self, ending: Ending) -> None:
        """Wait for its end and make that the end of the run."""
        await self._process.wait()
        ending.at(self._death())

    async def stop(self) -> None:
        """Ask it to end, wait, and kill it if it does not; nothing happens if it is gone."""
        if self.identity is not None:
            signals = (signal.SIGTERM, signal.SIGKILL)
            await asyncio.to_thread(self.identity.end, signals, seconds=STOP_SECONDS)
        await self._process.wait()

    def _death(self) -> str:
        code = self._process.returncode or 0
        how = f"stopped with exit code {code}" if code >= 0 else f"was ended by signal {-code}"
        return f"{self.name} {how}; see {self._log}"

    def _last_words(self) -> str:
        with self._log.open("rb") as log:
            log.seek(self._began)
            lines = log.read().decode(errors="replace").strip().splitlines()
        return lines[-1].strip()[:300] if lines else ""
