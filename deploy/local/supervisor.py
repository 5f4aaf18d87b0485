"""Keeps one home running: PostgreSQL, a broker, one web process, one worker process."""

import asyncio
import http.client
import os
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass

from deploy.local import service_token
from deploy.local.children import Child, Ending, StopAsked
from deploy.local.databases import create_databases
from deploy.local.environment import Addresses, environment, outside_broker, outside_databases
from deploy.local.fault import Fault
from deploy.local.home import Home
from deploy.local.kept_broker import KeptBroker
from deploy.local.lockfile import NO_SUCH_PID
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.processes import Process
from deploy.local.state import State, stop_leftovers
from shared.core.sample import Sample

ADDRESS = "127.0.0.1"
READY_SECONDS = 120.0
PROBE_SECONDS = 0.05


@dataclass(frozen=True)
class Programs:
    """The Python modules that the supervisor runs; the web program is given ``--port N``, the
    sample ``--seed N --scale X``."""

    migrate: tuple[str, ...] = ("deploy.local.once", "migrate")
    sample: tuple[str, ...] = ("deploy.local.once", "sample")
    web: tuple[str, ...] = ("deploy.local.web",)
    worker: tuple[str, ...] = ("deploy.local.workers",)


@dataclass(frozen=True)
class Run:
    """What one run is asked to do; port 0 takes any free one, and no sample loads none."""

    home: Home
    port: int
    sample: Sample | None = None
    programs: Programs = Programs()


async def supervise(run: Run, announce: Callable[[str], None]) -> None:
    """Bring everything up, announce the address, and stay until asked to stop.

    Returns when asked by a signal. Raises Fault when something cannot start or dies, and
    AlreadyRunning when the home is held. In each case nothing that was started is left.
    """
    run.home.prepare()
    with run.home.held():
        await asyncio.to_thread(stop_leftovers, run.home)
        supervisor = Supervisor(run)
        try:
            await supervisor.bring_up()
            announce(supervisor.url)
            await supervisor.ending.wait()
        except StopAsked:
            return
        finally:
            await supervisor.bring_down()


class Supervisor:
    """The steps of one run, and what they have started so far."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._port = free_port(run.port)
        self._postgres = None if outside_databases() else EmbeddedPostgres(run.home.path)
        self._children: list[Child] = []
        self._reports: list[asyncio.Task[None]] = []
        self._renewal: asyncio.Task[None] | None = None
        self._ready = False
        self.url = f"http://{ADDRESS}:{self._port}"
        self.ending = Ending()
        kept = KeptBroker(run.home.path, self.ending, self._record)
        self._broker = None if outside_broker() else kept

    async def bring_up(self) -> None:
        """Start everything in order. Raises Fault, or StopAsked when a signal comes first."""
        self.ending.at_signals()
        self._record()
        if self._postgres is not None:
            await self._start_postgres(self._postgres)
        if self._broker is not None:
            await self._broker.start()
            self.ending.check()
        service_token.write(self._run.home)
        self._renewal = asyncio.create_task(service_token.keep(self._run.home))
        shutil.rmtree(self._run.home.metrics)
        self._run.home.metrics.mkdir()
        await self._do("migrate", self._run.programs.migrate)
        await self._keep("web", (*self._run.programs.web, "--port", str(self._port)))
        await self._keep("worker", self._run.programs.worker)
        await self.ending.unless(self._await_ready())
        if self._run.sample is not None:
            await self._do("sample", (*self._run.programs.sample, *options(self._run.sample)))
        self._ready = True
        self._record()

    async def bring_down(self) -> None:
        """Stop what was started, each before what it stands on, and forget the run."""
        for child in self._children:
            await child.stop()
        await asyncio.gather(*self._reports)
        if self._renewal is not None:
            self._renewal.cancel()
        self._run.home.service_token.unlink(missing_ok=True)
        if self._broker is not None:
            await self._broker.stop()
        if self._postgres is not None:
            await asyncio.to_thread(self._postgres.stop)
        self._run.home.state.unlink(missing_ok=True)

    async def _start_postgres(self, postgres: EmbeddedPostgres) -> None:
        await asyncio.to_thread(postgres.start)
        self.ending.check()
        died = f"postgres stopped by itself; see {self._run.home.log('postgres')}"
        self.ending.at_death_of(postgres.pid or NO_SUCH_PID, died)
        await self.ending.unless(create_databases(postgres))

    async def _do(self, name: str, module: tuple[str, ...]) -> None:
        child = await self._spawn(name, module, owner=name == "migrate")
        await self.ending.unless(child.succeed())
        self._children.remove(child)

    async def _keep(self, name: str, module: tuple[str, ...]) -> None:
        child = await self._spawn(name, module)
        self._reports.append(asyncio.create_task(child.report(self.ending)))

    async def _spawn(self, name: str, module: tuple[str, ...], *, owner: bool = False) -> Child:
        self.ending.check()
        home = self._run.home
        at = Addresses(self.url, self._broker.bootstrap if self._broker else None)
        told = environment(home, owner=owner, at=at)
        command = [sys.executable, "-m", *module]
        child = await Child.spawn(name, command, log=home.log(name), env=told)
        self._children.append(child)
        self._record()
        return child

    async def _await_ready(self) -> None:
        deadline = asyncio.get_running_loop().time() + READY_SECONDS
        while not await asyncio.to_thread(answers_ready, self._port):
            if asyncio.get_running_loop().time() > deadline:
                log = self._run.home.log("web")
                raise Fault(
                    f"{self.url}/readyz is not ready after {READY_SECONDS:.0f} s; see {log}"
                )
            await asyncio.sleep(PROBE_SECONDS)

    def _record(self) -> None:
        supervisor = Process.of(os.getpid())
        assert supervisor is not None
        identities = {child.name: child.identity for child in self._children}
        identities["broker"] = self._broker.identity if self._broker else None
        children = {name: it for name, it in identities.items() if it is not None}
        broker = self._broker.bootstrap if self._broker else None
        State(
            url=self.url,
            broker=broker,
            supervisor=supervisor,
            children=children,
            ready=self._ready,
        ).write(self._run.home)


def options(sample: Sample) -> tuple[str, ...]:
    """The sample as a command line names it."""
    return ("--seed", str(sample.seed), "--scale", str(sample.scale))


def free_port(port: int) -> int:
    """The same port, or any free one for 0. Raises Fault when it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            why = error.strerror
            raise Fault(
                f"port {port} of {ADDRESS} cannot be used ({why}): set LINLI_PORT"
            ) from None
        return int(probe.getsockname()[1])


def answers_ready(port: int, path: str = "/readyz") -> bool:
    """Whether this path of the web process answers 200 now."""
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
