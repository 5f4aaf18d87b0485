"""The feed of a real web process into the dashboard's read model, beside the same bytes streamed
by a bare one and read by a bare client."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import httpx

from bench import histories, serving
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import SHORT, Round, Stage, load, rounds
from deploy.local import service_token
from deploy.local.supervisor import ADDRESS
from services.dashboard.projections.case_lives import case_lives
from shared.contracts.grievance import GRIEVANCE
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.store.pool import open_pool
from shared.testkit.databases import ROLE

PARTITIONS = 4
PATIENCE = 60.0
INTO = (
    "into the dashboard's case_lives: read, checked, folded to a row a case and a tally, written "
    "with the cursors"
)
ORDERS = {
    histories.INTERLEAVED: f"{histories.OPEN:,} cases open at any time",
    histories.TEMPLATE: "every case's 10 events in a row",
}
BARE = "the same lines from a file, the same server and client library, lines counted"


def measure(stage: Stage) -> list[Measure]:
    """Both orders of the log; only the first one in a short run."""
    asyncio.run(histories.prepare(stage))
    asyncio.run(histories.prepare_interleaved(stage))
    service_token.write(stage.home)
    orders = [*ORDERS][:1] if stage.window == SHORT else ORDERS
    return [_measure(stage, template) for template in orders]


def _measure(stage: Stage, template: str) -> Measure:
    before = load()
    token = stage.home.service_token.read_text().strip()
    file = stage.home.path / f"{template}.ndjson"
    with _serving(stage, template) as feed:
        asyncio.run(_download(f"{feed}/contracts", token, file))
        with serving.bare(str(file)) as port:
            bare = f"http://{ADDRESS}:{port}/contracts"
            samples = rounds(stage, {"ours": following(feed, token), "bare": streaming(bare)})
    limit = Figure("bare stream of the feed", "events/s", BARE, samples["bare"])
    name = "feed to read model" + (", interleaved" if template == histories.INTERLEAVED else "")
    ours = Figure(name, "events/s", f"{ORDERS[template]}; {INTO}; two processes", samples["ours"])
    return Measure(ours, Bar(rate=40_000), [limit], before)


def following(feed: str, token: str) -> Round:
    """A round in which new tables catch up with the whole feed."""

    async def run(stage: Stage) -> Sample:
        async with (
            stage.server.database("template_log") as database,
            aclosing(FeedClient(feed, lambda: token)) as client,
        ):
            pool = await open_pool(database.service)
            consumer = Consumer(pool, case_lives, GRIEVANCE, client, PARTITIONS)
            await consumer.prepare()
            number = await client.head()
            began = time.perf_counter()
            await consumer.catch_up()
            seconds = time.perf_counter() - began
            await pool.close()
        return Sample(number / seconds)

    return run


def streaming(url: str) -> Round:
    """A round in which the lines are counted."""

    async def run(_: Stage) -> Sample:
        number, began = 0, time.perf_counter()
        async with _stream(url) as answer:
            async for part in answer.aiter_raw():
                number += part.count(b"\n")
        return Sample(number / (time.perf_counter() - began))

    return run


@contextmanager
def _serving(stage: Stage, template: str) -> Iterator[str]:
    """The web process on a clone of this template; the address of the case service's API."""
    name = f"{template}_served"
    asyncio.run(_clone(stage, template, name))
    with serving.web(stage, {"LINLI_GRIEVANCE__DSN": stage.postgres.dsn(name, ROLE)}) as port:
        yield f"http://{ADDRESS}:{port}/api/grievance/v1"


async def _clone(stage: Stage, template: str, name: str) -> None:
    admin = await asyncpg.connect(stage.postgres.dsn("postgres"))
    await admin.execute(f"create database {name} template {template}")
    await admin.close()


async def _download(url: str, token: str, file: Path) -> None:
    with file.open("wb") as kept:
        async with _stream(url, authorization=f"Bearer {token}") as answer:
            answer.raise_for_status()
            async for part in answer.aiter_raw():
                kept.write(part)


@asynccontextmanager
async def _stream(url: str, **headers: str) -> AsyncIterator[httpx.Response]:
    async with (
        httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client,
        client.stream("GET", url, headers=headers) as answer,
    ):
        yield answer
