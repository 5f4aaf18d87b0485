"""Shown: from a petition's filing until the board's own page shows it to whoever watches."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx

from bench import brokers, freshness, histories, serving
from bench.brokers import Broker
from bench.figures import Bar, Figure, Measure, Sample
from bench.freshness import petition
from bench.opened import Arrivals, open_loop
from bench.stage import Round, Stage, load, rounds
from deploy.local.environment import environment
from deploy.local.supervisor import ADDRESS
from services.dashboard.pages.live import MOVED
from services.grievance.case.decider import case
from services.grievance.log import LOG
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Target

A_SECOND = 200
BOARD = f"/board/{serving.DISTRICT}"
SERIES = re.compile(r"data-series='([^']*)'")
INCLUDES = (
    f"{A_SECOND} petitions a second, at their times whatever is answered: from the time of the "
    "n-th until the page of the district's board says that n were filed today; the page is told "
    "that figures have moved and asks for them again, as in a browser; one process commands and "
    "watches, one relays, projects and subscribes, one serves pages"
)


def measure(stage: Stage) -> list[Measure]:
    """Through the embedded broker, and Apache Kafka where that can run."""
    asyncio.run(histories.prepare(stage))
    return brokers.on_each(stage, _measure)


def _measure(stage: Stage, broker: Broker) -> list[Measure]:
    with freshness.working(stage, broker) as port:
        before = load()
        samples = rounds(stage, {"ours": shown(port)})
    ours = Figure(f"petition to page, {broker.name}", "petitions/s", INCLUDES, samples["ours"])
    return [Measure(ours, Bar(p99=250), [], before)]


def shown(port: int) -> Round:
    """A round of petitions."""

    async def run(stage: Stage) -> Sample:
        executor = Executor(environment(stage.home)["LINLI_GRIEVANCE__DSN"], LOG, unguarded)
        arrivals = Arrivals()
        about = {"authorization": f"Bearer {serving.token(stage.home)}", "hx-request": "true"}
        base = f"http://{ADDRESS}:{port}"
        async with httpx.AsyncClient(base_url=base, headers=about, trust_env=False) as client:
            filed = await _filed(client)

            async def act(asked: float) -> None:
                nonlocal filed
                filed += 1
                arrivals.expect(0, filed, asked)
                await executor.execute(petition(Target(case, uuid7())))

            async with _watching(client, arrivals):
                await freshness.settled(act, arrivals)
                sample = await open_loop(stage.window, A_SECOND, act, arrivals)
        await executor.aclose()
        return sample

    return run


@asynccontextmanager
async def _watching(client: httpx.AsyncClient, arrivals: Arrivals) -> AsyncIterator[None]:
    """A browser that shows the board: at each piece of news it asks again, one at a time."""
    news = asyncio.Event()

    async def listen() -> None:
        async with client.stream("GET", "/live", timeout=None) as stream:
            async for piece in stream.aiter_bytes():
                if MOVED in piece:
                    news.set()

    async def show() -> None:
        while True:
            await news.wait()
            news.clear()
            arrivals.reached(0, await _filed(client))

    tasks = [asyncio.create_task(listen()), asyncio.create_task(show())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _filed(client: httpx.AsyncClient) -> int:
    """How many were filed today, as the page has it."""
    answer = await client.get(BOARD)
    answer.raise_for_status()
    [series] = SERIES.findall(answer.text)
    _, filed, _ = json.loads(html.unescape(series))
    return int(filed[-1])
