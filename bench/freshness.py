"""Freshness: from a command's submission until a reader of another service's database can see what
it did, through the worker process of `linli up`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import asyncpg

from bench import bare_messages, brokers, histories, serving
from bench.brokers import Broker
from bench.figures import Bar, Figure, Measure, Sample
from bench.histories import sealed
from bench.opened import Act, Arrivals, clock, open_loop
from bench.stage import Round, Stage, load, rounds
from deploy.local import service_token
from deploy.local.environment import Addresses, environment
from deploy.local.supervisor import ADDRESS
from services.grievance.case.commands import RaisePetition
from services.grievance.case.decider import case
from services.grievance.log import LOG
from shared.contracts.partitions import partition_of
from shared.core.messages import Actor
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Identity, Submission, Target, single

A_SECOND = 500
LOOK = 0.002
JOINED = 60.0  # seconds a worker may take to begin
QUICK, AT_ONCE = 20, 0.2
ACTOR = Actor(id="clerk-1", roles=frozenset({"dispatcher"}), territory="d")
CURSOR = "select partition, position from cursor where subscription = 'case_lives'"
INCLUDES = (
    f"{A_SECOND} petitions a second, at their times whatever is answered: from the time of one "
    f"until the dashboard's cursor, committed with the row and looked up every {LOOK * 1e3:g} ms, "
    "has passed it; one process commands and looks, one relays, projects and subscribes"
)


def measure(stage: Stage) -> list[Measure]:
    """On both brokers, beside a bare producer and consumer."""
    asyncio.run(histories.prepare(stage))
    return brokers.on_each(stage, _measure)


def _measure(stage: Stage, broker: Broker) -> list[Measure]:
    with working(stage, broker):
        before = load()
        contenders = {"ours": seen(broker), "bare": bare_messages.received(broker, A_SECOND)}
        samples = rounds(stage, contenders)
    limit = Figure(f"bare aiokafka message, {broker.name}", "events/s", bare_messages.INCLUDES,
                   samples["bare"])  # fmt: skip
    ours = Figure(f"command to row, {broker.name}", "events/s", INCLUDES, samples["ours"])
    return [Measure(ours, Bar(p50=30, p99=150), [limit], before)]


def seen(broker: Broker) -> Round:
    """A round of petitions."""

    async def run(stage: Stage) -> Sample:
        told = environment(stage.home)
        executor = Executor(told["LINLI_GRIEVANCE__DSN"], LOG, unguarded)
        dashboard = await asyncpg.connect(told["LINLI_DASHBOARD__DSN"])
        arrivals = Arrivals()

        async def act(asked: float) -> None:
            case_id = uuid7()
            answer = await executor.execute(petition(Target(case, case_id)))
            number = partition_of(case_id, broker.kafka.partitions)
            arrivals.expect(number, answer.position, asked)

        async def look() -> None:
            while True:
                for number, position in await dashboard.fetch(CURSOR):
                    arrivals.reached(number, position)
                await asyncio.sleep(LOOK)

        looking = asyncio.create_task(look())
        try:
            await settled(act, arrivals)
            return await open_loop(stage.window, A_SECOND, act, arrivals)
        finally:
            looking.cancel()
            await asyncio.wait([looking])
            await dashboard.close()
            await executor.aclose()

    return run


async def settled(act: Act, arrivals: Arrivals) -> None:
    """Return when the worker reads the topic: until then it is the feed that tells it, at times."""
    quick, begun = 0, clock()
    while quick < QUICK:
        asked = clock()
        if asked > begun + JOINED:
            raise TimeoutError("the worker does not keep up with one petition at a time")
        await act(asked)
        await arrivals.all_seen(JOINED)
        quick = quick + 1 if clock() < asked + AT_ONCE else 0


@contextmanager
def working(stage: Stage, broker: Broker) -> Iterator[int]:
    """The web process and the worker process, on this broker; the port of the former."""
    with serving.web(stage) as port:
        service_token.write(stage.home)
        at = Addresses(f"http://{ADDRESS}:{port}", broker.kafka.bootstrap)
        told = {
            **environment(stage.home, at=at),
            "LINLI_KAFKA__FETCH_WAIT_MS": str(broker.kafka.fetch_wait_ms),
            "LINLI_KAFKA__IDEMPOTENT": str(broker.kafka.idempotent).lower(),
        }
        with serving.running("deploy.local.workers", told=told):
            yield port


def petition(target: Target) -> Submission:
    """Someone's first."""
    person = uuid7()
    command = RaisePetition(
        at=datetime.now(UTC), actor=ACTOR, petitioner=person, territory="d/s1/c1", area="unknown",
        channel="online", case_type="repair", subject=sealed(person, "subject", 60),
        details=sealed(person, "details", 500), name=sealed(person, "name", 9),
        phone=sealed(person, "phone", 11),
    )  # fmt: skip
    return single(target, command, Identity(uuid7(), bytes(32)), fresh=True)
