"""One home with real processes: PostgreSQL, broker, web process, worker; each can be killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from joserfc.jwk import OKPKey

from deploy.local import service_token
from deploy.local.databases import create_databases
from deploy.local.environment import EMBEDDED, Addresses, environment
from deploy.local.home import Home
from deploy.local.issuer import TokenRequest, sign
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.supervisor import ADDRESS, answers_ready, free_port
from tests.brokers import OwnBroker

ROOT = Path(__file__).parents[2]
API = "/api/grievance/v1"
DISTRICT = "shili"
READY_SECONDS = 60.0
PROBE_SECONDS = 0.02


@dataclass
class House:
    """Everything one installation runs, started and ended by process id."""

    home: Home
    broker: OwnBroker
    port: int = field(default_factory=lambda: free_port(0))
    web: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None

    @property
    def postgres(self) -> EmbeddedPostgres:
        """The server; kept while everything else comes and goes."""
        return EmbeddedPostgres(self.home.path)

    @property
    def root(self) -> str:
        """Where the web process answers."""
        return f"http://{ADDRESS}:{self.port}"

    @property
    def url(self) -> str:
        """Where the case service answers."""
        return f"{self.root}{API}"

    def open(self) -> None:
        """Make databases and tables and start everything; return once it works."""
        self.home.prepare()
        self.postgres.start()
        asyncio.run(create_databases(self.postgres))
        self.broker.start()
        service_token.write(self.home)
        migration = self._python("migrate", ("deploy.local.once", "migrate"), owner=True)
        assert migration.wait(READY_SECONDS) == 0, self.log("migrate")
        self.start_worker()
        self.start_web()
        self._await_worker()

    def close(self) -> None:
        """End everything and remove the data."""
        for process in (self.web, self.worker):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
        self.broker.kill()
        self.postgres.purge()

    def start_web(self) -> None:
        """Return when the web process says it is ready; at first it needs the worker for that."""
        self.web = self._python("web", ("deploy.local.web", "--port", str(self.port)))
        deadline = time.monotonic() + READY_SECONDS
        while not answers_ready(self.port):
            assert self.web.poll() is None, self.log("web")
            assert time.monotonic() < deadline, "the web process is never ready"
            time.sleep(PROBE_SECONDS)

    def kill_web(self) -> None:
        """`kill -9`, then start again on the same port."""
        assert self.web is not None
        self.web.kill()
        self.web.wait()
        self.start_web()

    def start_worker(self) -> None:
        """Return at once; what it does is seen in the read models."""
        self.worker = self._python("worker", ("deploy.local.workers",))

    def _await_worker(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while "relay.leads" not in self.log("worker"):
            assert self.worker is not None
            assert self.worker.poll() is None, self.log("worker")
            assert time.monotonic() < deadline, "the worker never leads"
            time.sleep(PROBE_SECONDS)

    def kill_worker(self) -> None:
        """`kill -9`, then start again: relay, projections and subscriptions all at once."""
        assert self.worker is not None
        assert self.worker.poll() is None, self.log("worker")
        self.worker.kill()
        self.worker.wait()
        self.start_worker()

    def kill_broker(self) -> None:
        """`kill -9`, and an empty one with another cluster id on the same port."""
        self.broker.kill()
        self.broker.start()

    def kill_postgres(self) -> None:
        """`kill -9` of the postmaster, then start again: PostgreSQL recovers from its log."""
        pid = self.postgres.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        while self.postgres.pid == pid:
            time.sleep(PROBE_SECONDS)
        self.postgres.start()

    def stop_worker(self) -> None:
        """Ask the worker to stop; it must still be there, and end in order."""
        assert self.worker is not None
        assert self.worker.poll() is None, self.log("worker")
        self.worker.terminate()
        assert self.worker.wait(READY_SECONDS) == 0, self.log("worker")

    def token(self, person: str, roles: Sequence[str], unit: str | None = None) -> str:
        """A token for the whole district."""
        key = OKPKey.import_key(json.loads(self.home.issuer_key.read_text()))
        wanted = TokenRequest(id=person, roles=list(roles), territory=DISTRICT, unit=unit)
        return sign(wanted, key)

    def log(self, name: str) -> str:
        """What a process has written."""
        return self.home.log(name).read_text()

    def _python(
        self, name: str, module: Sequence[str], *, owner: bool = False
    ) -> subprocess.Popen[bytes]:
        at = Addresses(self.root, self.broker.bootstrap)
        told = environment(self.home, owner=owner, at=at)
        if self.broker.kind == "apache":
            told = {name: value for name, value in told.items() if name not in EMBEDDED}
        with self.home.log(name).open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=ROOT,
                env={**os.environ, **told},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
