"""Boards and comparisons from a real web process while cases move, over an open load."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from urllib.parse import quote

import asyncpg
import uvloop

from bench import lives, serving
from bench.figures import Bar, Figure, Measure
from bench.questions import asking
from bench.stage import Stage, load, rounds
from deploy.local.supervisor import ADDRESS
from services.dashboard.projections.case_lives import case_lives
from shared.contracts.grievance import GRIEVANCE
from shared.runtime.following import arriving
from shared.runtime.following.consuming import Consumer
from shared.store.pool import Pool, open_pool
from shared.testkit import maps
from shared.testkit.databases import ROLE

DATABASE = "boards"
PARTITIONS = 4
A_SECOND = 50
MOVING, STEP = 20, 0.2  # events a second, seconds between looks
# How often which level is asked for: the district, a street, a community, an estate.
MIX = (1, 3, 4, 2)
# What is compared in each of them.
LEVELS = ("community", "community", "neighbourhood")
# A month, two, this year: what people ask for.
SINCE = (
    lives.NOW.date() - timedelta(days=29),
    (lives.NOW.date() - timedelta(days=40)).replace(day=1),
    lives.NOW.date().replace(month=1, day=1),
)
MEASURES = "response_rate,resolution_rate,satisfaction_rate,open,overdue"


def measure(stage: Stage) -> list[Measure]:
    """`stage.events` behind the boards."""
    feed = lives.Told(stage.events)
    seconds = asyncio.run(filled(stage, feed))
    told = {"LINLI_DASHBOARD__DSN": stage.postgres.dsn(DATABASE, ROLE)}
    token = serving.token(stage.home)
    before = load()
    with serving.web(stage, told) as port, _moving(stage, feed):
        api = f"http://{ADDRESS}:{port}/api/dashboard/v1"
        contenders = {
            "ours": asking(token, lambda random: f"{api}{anything(random)}", A_SECOND),
            "bare": asking(token, lambda _: f"{api}/measures", A_SECOND),
        }
        samples = rounds(stage, contenders)
    includes = (
        f"{stage.events:,} events, loaded through the feed at {stage.events / seconds:,.0f}/s; "
        f"{A_SECOND} requests a second at their times; one in ten the district, three a street, "
        "the others below; one in five a comparison of what lies there; most of today; "
        f"{MOVING} events a second arrive meanwhile from a process of their own, and no answer is "
        "kept past one"
    )
    limit = Figure("the rule book, the same load", "requests/s",
                   "token, form and answer, no figures", samples["bare"])  # fmt: skip
    ours = Figure("boards and comparisons", "requests/s", includes, samples["ours"])
    return [Measure(ours, Bar(p95=50), [limit], before)]


def anything(random: Random) -> str:
    """A board or a comparison."""
    depth = random.choices(range(4), MIX)[0]
    place = random.choice([code for code in lives.places() if code.count("/") == depth])
    if depth < len(LEVELS) and random.random() < 0.25:
        since = random.choice(SINCE)
        about = f"territory={quote(place, safe='')}&level={LEVELS[depth]}&measures={MEASURES}"
        return f"/comparison?{about}&from={since}"
    some_day = lives.NOW.date() - timedelta(days=random.randrange(1, 400))
    return f"/boards/{quote(place)}" + (f"?at={some_day}" if random.random() < 0.2 else "")


@contextmanager
def _moving(stage: Stage, feed: lives.Told) -> Iterator[None]:
    """Further events arrive meanwhile. The process is forked, so it goes on where the feed is."""
    worker = multiprocessing.get_context("fork").Process(target=_move, args=(stage, feed))
    worker.start()
    try:
        yield
    finally:
        worker.terminate()
        worker.join()


def _move(stage: Stage, feed: lives.Told) -> None:
    uvloop.run(_told(stage, feed))


async def _told(stage: Stage, feed: lives.Told) -> None:
    pool = await open_pool(stage.postgres.dsn(DATABASE, ROLE), size=2)
    consumer = Consumer(pool, case_lives, GRIEVANCE, feed, PARTITIONS)
    while True:
        piece = feed.further(feed.number, int(MOVING * STEP))
        parts = arriving.of_whole(GRIEVANCE, PARTITIONS, feed.number, piece)
        feed.number = piece.through
        await consumer.take(parts)
        await asyncio.sleep(STEP)


async def filled(stage: Stage, feed: lives.Told) -> float:
    """The dashboard's own database with the map and all the cases; the seconds that took."""
    admin = await asyncpg.connect(stage.postgres.dsn("postgres"))
    await admin.execute(f"create database {DATABASE} template template_log")
    await admin.close()
    pool = await open_pool(stage.postgres.dsn(DATABASE, ROLE))
    await maps.lay(pool, list(lives.places()))
    seconds = await _loaded(pool, feed)
    await pool.close()
    owner = await asyncpg.connect(stage.postgres.dsn(DATABASE))
    await owner.execute("vacuum analyze")
    await owner.close()
    return seconds


async def _loaded(pool: Pool, feed: lives.Told) -> float:
    consumer = Consumer(pool, case_lives, GRIEVANCE, feed, PARTITIONS)
    await consumer.prepare()
    began = time.perf_counter()
    await consumer.catch_up()
    return time.perf_counter() - began
