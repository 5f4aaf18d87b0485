"""Where benches run: an embedded PostgreSQL of their own, default durability, thrown away after."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.figures import Sample
from deploy.local.home import Home
from deploy.local.postgres import SUPERUSER, EmbeddedPostgres
from shared.testkit.databases import TestServer


@dataclass(frozen=True)
class Window:
    """How long is measured, in seconds, after how much warm-up, and how often."""

    seconds: float = 4.0
    warm: float = 1.0
    rounds: int = 5
    streams: int = 20_000


EVENTS = 200_000
SHORT = Window(seconds=1.0, warm=0.5, rounds=1, streams=4_000)


@dataclass(frozen=True)
class Stage:
    """A running server, its empty templates, a home with keys, and the window of this run; so many
    `events` stand behind the boards."""

    home: Home
    postgres: EmbeddedPostgres
    server: TestServer
    window: Window
    events: int


Round = Callable[[Stage], Awaitable[Sample]]


@contextmanager
def staged(window: Window, events: int = EVENTS) -> Iterator[Stage]:
    """A stage; server and data are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    folder.chmod(0o755)
    home, postgres = Home(folder), EmbeddedPostgres(folder)
    home.prepare()
    postgres.start()
    try:
        server = TestServer(postgres.dsn, SUPERUSER)
        asyncio.run(server.prepare())
        server.migrate_all()
        yield Stage(home, postgres, server, window, events)
    finally:
        postgres.purge()
        shutil.rmtree(folder)


def rounds(stage: Stage, contenders: Mapping[str, Round]) -> dict[str, list[Sample]]:
    """The samples of each, taken in turn, so that a noisy minute falls on all alike."""
    samples: dict[str, list[Sample]] = {name: [] for name in contenders}
    for _ in range(stage.window.rounds):
        for name, contender in contenders.items():
            samples[name].append(uvloop.run(_one(contender, stage)))
    return samples


def load() -> float:
    """The machine's load average over the last minute."""
    return os.getloadavg()[0]


async def _one(contender: Round, stage: Stage) -> Sample:
    return await contender(stage)
