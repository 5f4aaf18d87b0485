"""Many at once: on one stream, from two processes, over connections that break."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from random import Random
from uuid import UUID, uuid4

import pytest

from shared.ops import metrics
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.submission import Submission
from shared.store import read
from shared.store.load import Answer
from shared.store.pool import Connection
from shared.testkit.databases import TestDatabase
from tests.shared.toy.asking import LOG, asked, opening, putting, taking
from tests.shared.toy.decider import purse

pytestmark = pytest.mark.postgres

TRANSACTIONS = "select count(distinct xmin::text) from event"
TERMINATE = """
select count(pg_terminate_backend(pid)) from pg_stat_activity
where usename = 'service' and datname = current_database()
"""


@pytest.fixture
async def other(log_database: TestDatabase) -> AsyncIterator[Executor]:
    """The command path of another process."""
    made = Executor(log_database.service, LOG, unguarded)
    yield made
    await made.aclose()


async def _opened(executor: Executor) -> UUID:
    stream_id = uuid4()
    await executor.execute(asked(opening(), stream_id))
    return stream_id


def _appends() -> float:
    samples = next(iter(metrics.GROUP_SIZE.collect())).samples
    return next(sample.value for sample in samples if sample.name.endswith("_count"))


async def _fen(connection: Connection, stream_id: UUID) -> int:
    rows = await read.stream(connection, stream_id)
    assert [row["version"] for row in rows] == list(range(1, len(rows) + 1))
    return purse.fold(read.decode(purse.events, row).event for row in rows).fen


async def _assert_once(
    connection: Connection, submissions: Sequence[Submission], answers: Sequence[Answer]
) -> None:
    """Every command is in the log once, at the place its answer names."""
    rows = await read.page(connection, LOG, 0, 100_000)
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    places = {row["command_id"]: row["position"] for row in rows}
    assert max(Counter(row["command_id"] for row in rows).values()) == 1
    for submission, answer in zip(submissions, answers, strict=True):
        assert places[submission.identity.command_id] == answer.position


async def test_500_commands_on_one_stream_succeed_in_order_in_a_few_appends(
    executor: Executor, connection: Connection
) -> None:
    stream_id = await _opened(executor)
    before = _appends()
    submissions = [asked(putting(1), stream_id) for _ in range(500)]
    answers = await asyncio.gather(*map(executor.execute, submissions))
    assert [answer.versions for answer in answers] == [((stream_id, n),) for n in range(2, 502)]
    assert await _fen(connection, stream_id) == 500
    assert await connection.fetchval(TRANSACTIONS) <= 6
    assert _appends() - before <= 6


async def test_a_hot_stream_does_not_hold_up_its_neighbours(executor: Executor) -> None:
    hot, cold = await _opened(executor), await _opened(executor)
    order: list[str] = []

    async def put(name: str, stream_id: UUID) -> None:
        await executor.execute(asked(putting(1), stream_id))
        order.append(name)

    async with asyncio.TaskGroup() as group:
        for _ in range(300):
            group.create_task(put("hot", hot))
        await asyncio.sleep(0)
        for _ in range(300):
            group.create_task(put("hot", hot))
        group.create_task(put("cold", cold))
    assert order.index("cold") < 600


async def test_two_processes_on_one_stream_lose_nothing(
    executor: Executor, other: Executor, connection: Connection
) -> None:
    stream_id = await _opened(executor)

    async def clerk(process: Executor) -> None:
        for _ in range(10):
            await process.execute(asked(putting(1), stream_id))

    await asyncio.gather(*(clerk(process) for process in (executor, other) * 10))
    assert await _fen(connection, stream_id) == 200


async def test_two_processes_cannot_both_take_the_last_fen(
    executor: Executor, other: Executor, connection: Connection
) -> None:
    stream_id = await _opened(executor)
    await executor.execute(asked(putting(10), stream_id))
    results = await asyncio.gather(
        *(process.execute(asked(taking(1), stream_id)) for process in (executor, other) * 10),
        return_exceptions=True,
    )
    assert sum(isinstance(result, Answer) for result in results) == 10
    assert await _fen(connection, stream_id) == 0


@pytest.mark.parametrize("seed", range(5))
async def test_a_cancelled_caller_never_wedges_its_stream(
    executor: Executor, connection: Connection, seed: int
) -> None:
    random, stream_id = Random(seed), await _opened(executor)
    submissions = [asked(putting(1), stream_id) for _ in range(100)]
    tasks = [asyncio.create_task(executor.execute(submission)) for submission in submissions]
    for task in random.sample(tasks, 60):
        task.cancel()
        for _ in range(random.randrange(6)):
            await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await asyncio.gather(*tasks, return_exceptions=True)
        # Who went away without an answer asks again; nothing is doubled.
        answers = await asyncio.gather(*map(executor.execute, submissions))
    await _assert_once(connection, submissions, answers)
    assert await _fen(connection, stream_id) == 100


async def test_connections_that_break_under_load_lose_and_double_nothing(
    executor: Executor, owner: Connection
) -> None:
    streams = [await _opened(executor) for _ in range(5)]
    submissions = [asked(putting(1), streams[n % 5]) for n in range(600)]
    answers: dict[UUID, Answer] = {}

    async def clerk(part: Sequence[Submission]) -> None:
        for submission in part:
            answers[submission.identity.command_id] = await executor.execute(submission)

    async def saboteur() -> int:
        broken = 0
        while True:
            reached = len(answers) + 60
            while len(answers) < reached:
                if len(answers) == len(submissions):
                    return broken
                await asyncio.sleep(0.001)
            broken += await owner.fetchval(TERMINATE)

    saboteurs = asyncio.create_task(saboteur())
    await asyncio.gather(*(clerk(submissions[n::30]) for n in range(30)))
    assert await saboteurs > 3
    await _assert_once(owner, submissions, [answers[s.identity.command_id] for s in submissions])
    assert sum([await _fen(owner, stream_id) for stream_id in streams]) == 600
