"""The relay: a log of cases into its topic, beside a producer that sends the same messages."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

from bench import bare_producer, brokers, copying, histories
from bench.bare_producer import Send
from bench.brokers import Broker
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import Round, Stage, load, rounds
from services.grievance.app import PUBLICATION
from shared.contracts.source import Source
from shared.runtime.publishing.relay import Relay
from shared.store.pool import Pool, open_pool

MOST = 100_000
LOOK = 0.01
PATIENCE = 120.0
POSITION = "select position from cursor where subscription = 'relay'"
INCLUDES = (
    "the log read, checked, turned into contracts, chained and sent, acks=all; the cursors moved "
    "after every page"
)
BARE = "the same keys, headers and values from memory, acks=all, every page acknowledged"


def measure(stage: Stage) -> list[Measure]:
    """On both brokers, beside the better and the worse way of a bare producer."""
    asyncio.run(histories.prepare(stage))
    return brokers.on_each(stage, _measure)


def _measure(stage: Stage, broker: Broker) -> list[Measure]:
    before = load()
    ways = {"send_batch": bare_producer.batches, "send": bare_producer.singly}
    bare = {name: producing(broker, send) for name, send in ways.items()}
    once = replace(stage, window=replace(stage.window, rounds=1))
    rounds(once, {"warm-up": bare["send"]})  # a Java machine is slow at first
    samples = rounds(stage, {"ours": relaying(broker), **bare})
    producer = "idempotent" if broker.kafka.idempotent else "not idempotent"
    limits = [
        Figure(f"bare aiokafka, {name}, {broker.name}", "events/s", BARE, samples[name])
        for name in ways
    ]
    limits.sort(key=lambda limit: limit.rate, reverse=True)
    ours = Figure(f"relay, {broker.name}", "events/s", f"{INCLUDES}; {producer}", samples["ours"])
    return [Measure(ours, Bar(share=0.5), limits, before)]


def relaying(broker: Broker) -> Round:
    """A round in which the log, or MOST of it, is relayed to a new topic."""

    async def run(stage: Stage) -> Sample:
        async with broker.passing_topic() as source:
            return await relayed(stage, broker, source, histories.TEMPLATE)

    return run


def producing(broker: Broker, send: Send) -> Round:
    """A round in which as many messages are sent from memory."""

    async def run(stage: Stage) -> Sample:
        given = await bare_producer.records(stage, broker.kafka.partitions)
        number = _number(stage)
        async with broker.passing_topic() as source:
            seconds = await bare_producer.produce(broker, source.topic, given, number, send)
        return Sample(number / seconds)

    return run


async def relayed(stage: Stage, broker: Broker, source: Source, template: str) -> Sample:
    """Relay a clone of the template to this topic: all of it, or at least MOST."""
    async with stage.server.database(template) as database:
        pool = await open_pool(database.service)
        relay = Relay(pool, replace(PUBLICATION, source=source), broker.kafka)
        stop = asyncio.Event()
        working = asyncio.create_task(relay.run(stop))
        try:
            return await asyncio.wait_for(_watched(pool, _number(stage)), PATIENCE)
        finally:
            stop.set()
            await working
            await pool.close()


def _number(stage: Stage) -> int:
    return min(MOST, stage.window.streams * copying.PER_CASE)


async def _watched(pool: Pool, until: int) -> Sample:
    """Events a second, from the relay's first page on."""
    began: tuple[int, float] | None = None
    while True:
        position, now = await pool.fetchval(POSITION) or 0, time.perf_counter()
        if began is None and position:
            began = position, now
        if began is not None and position >= until:
            return Sample((position - began[0]) / (now - began[1]))
        await asyncio.sleep(LOOK)
