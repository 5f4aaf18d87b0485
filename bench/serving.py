"""The real web process, and a bare one of the same make, each in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from joserfc.jwk import OKPKey

from bench.stage import Stage
from deploy.local import service_token
from deploy.local.broker import EmbeddedBroker
from deploy.local.databases import create_databases
from deploy.local.environment import Addresses, environment
from deploy.local.home import Home
from deploy.local.issuer import TokenRequest, sign
from deploy.local.supervisor import ADDRESS, answers_ready, free_port
from shared.store.pool import open_pool
from shared.testkit import maps

DISTRICT = "shili"
READY_SECONDS = 60.0
PAUSE = 0.02


@contextmanager
def web(stage: Stage, told: Mapping[str, str] = {}) -> Iterator[int]:
    """The web process of all services; its port. The databases are empty, but for those that
    `told` names elsewhere."""
    asyncio.run(create_databases(stage.postgres))
    owner = environment(stage.home, owner=True)
    subprocess.run(
        [sys.executable, "-m", "deploy.local.once", "migrate"],
        env={**os.environ, **owner}, check=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    port = free_port(0)
    known = {**environment(stage.home, at=Addresses(f"http://{ADDRESS}:{port}", None)), **told}
    with running("deploy.local.web", "--port", str(port), told=known):
        _await(port, "/livez")
        for name in ("GRIEVANCE", "DASHBOARD"):
            asyncio.run(_lay(known[f"LINLI_{name}__DSN"]))
        yield port


async def _lay(dsn: str) -> None:
    """The map that a service would get from the topic: it takes no petition without one, and has no
    board."""
    pool = await open_pool(dsn)
    try:
        await maps.lay(pool, [DISTRICT])
    finally:
        await pool.close()


@contextmanager
def workers(stage: Stage, port: int) -> Iterator[EmbeddedBroker]:
    """The worker process of all services beside the web process at this port, and its broker."""
    broker = EmbeddedBroker(stage.home.path)
    broker.start()
    try:
        service_token.write(stage.home)
        at = Addresses(f"http://{ADDRESS}:{port}", broker.bootstrap)
        with running("deploy.local.workers", told=environment(stage.home, at=at)):
            yield broker
    finally:
        broker.stop()


@contextmanager
def bare(*arguments: str) -> Iterator[int]:
    """A server that checks the same form and does nothing, or streams the file; its port."""
    port = free_port(0)
    with running("bench.bare_web", str(port), *arguments, told={}):
        _await(port, "/readyz")
        yield port


@contextmanager
def running(module: str, *arguments: str, told: Mapping[str, str]) -> Iterator[None]:
    """A Python program of ours, ended afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, **told},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def token(home: Home) -> str:
    """A token of someone who may file petitions anywhere."""
    key = OKPKey.import_key(json.loads(home.issuer_key.read_text()))
    return sign(TokenRequest(id="bench-1", roles=["dispatcher"], territory=DISTRICT), key)


def _await(port: int, path: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not answers_ready(port, path):
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing is ready on port {port}")
        time.sleep(PAUSE)
