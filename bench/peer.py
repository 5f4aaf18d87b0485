"""The leading Python library, PyPI `eventsourcing`, in its safe default on the same PostgreSQL."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench.figures import Figure, Sample
from bench.stage import Round, Stage, Window

THREADS = (1, 8, 16)
HISTORY = 10

App = Application[UUID]
Task = Callable[[], None]


class Petition(Aggregate):
    """One aggregate; beginning it is one event."""

    @event("Raised")
    def __init__(self, details: str) -> None:
        self.details = details
        self.notes = 0

    @event("Noted")
    def note(self, details: str) -> None:
        """One more event."""
        self.notes += 1


def appending(size: int) -> dict[str, Round]:
    """A contender for each number of threads: save a new aggregate, one event."""

    def tasks(app: App) -> Iterable[Task]:
        return repeat(lambda: _save(app, Petition("x" * size)))

    return _contenders(tasks)


def executing(size: int, streams: int) -> dict[str, Round]:
    """A contender for each number of threads: load an aggregate of 10 events, save one more."""

    def tasks(app: App) -> Iterable[Task]:
        begun = [_begun(app, size) for _ in range(streams)]
        return [_noting(app, petition, size) for petition in begun]

    return _contenders(tasks)


def figure(samples: dict[str, list[Sample]], unit: str = "events/s") -> Figure:
    """The best of the thread counts."""
    found = [
        Figure(
            f"eventsourcing 9.5.6, threads: {threads}", unit,
            "its safe default: table lock, no dedup, no hash", samples[f"peer-{threads}"],
        )
        for threads in THREADS
    ]  # fmt: skip
    return max(found, key=lambda one: one.rate)


def _save(app: App, petition: Petition) -> None:
    app.save(petition)


def _begun(app: App, size: int) -> UUID:
    petition = Petition("x" * size)
    for _ in range(HISTORY - 1):
        petition.note("x" * size)
    app.save(petition)
    return petition.id


def _noting(app: App, petition_id: UUID, size: int) -> Task:
    def task() -> None:
        petition: Petition = app.repository.get(petition_id)
        petition.note("x" * size)
        app.save(petition)

    return task


def _contenders(tasks: Callable[[App], Iterable[Task]]) -> dict[str, Round]:
    def contender(threads: int) -> Round:
        async def run(stage: Stage) -> Sample:
            async with stage.server.database("template_log") as database:
                with _application(database.owner, threads) as app:
                    ready = iter(tasks(app))
                    return await asyncio.to_thread(_timed, stage.window, threads, ready)

        return run

    return {f"peer-{threads}": contender(threads) for threads in THREADS}


def _timed(window: Window, threads: int, tasks: Iterator[Task]) -> Sample:
    """Tasks a second until the window ends or none is left; `next` of a list is one step."""
    begins = time.perf_counter() + window.warm
    ends = begins + window.seconds
    done: list[tuple[float, float]] = []

    def worker() -> None:
        for task in tasks:
            asked = time.perf_counter()
            if asked >= ends:
                return
            task()
            done.append((asked, time.perf_counter()))

    with ThreadPoolExecutor(threads) as pool:
        for future in [pool.submit(worker) for _ in range(threads)]:
            future.result()
    counted = [answered - asked for asked, answered in done if begins <= answered < ends]
    last = min(max(answered for _, answered in done), ends)
    return Sample.of(last - begins, counted)


@contextmanager
def _application(dsn: str, threads: int) -> Iterator[App]:
    parts = urlsplit(dsn)
    told = {key: values[0] for key, values in parse_qs(parts.query).items()}
    app = App(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": parts.path.removeprefix("/"),
            "POSTGRES_HOST": told["host"],
            "POSTGRES_PORT": told["port"],
            "POSTGRES_USER": parts.username or "",
            "POSTGRES_PASSWORD": "none",
            "POSTGRES_POOL_SIZE": str(threads),
        }
    )
    try:
        yield app
    finally:
        app.close()
