"""Execute: one answer for every command, however often and wherever it is asked."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from shared.core.messages import Rejected
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.submission import KeyReused, Submission, Target, VersionChanged, single
from shared.store import read
from shared.store.load import Answer
from shared.store.pool import Connection
from shared.testkit.databases import TestDatabase
from tests.shared.toy.asking import (
    CLERK,
    LOG,
    NOON,
    asked,
    identity,
    opening,
    putting,
    taking,
    transferring,
)
from tests.shared.toy.commands import LookInside, PurseCommand
from tests.shared.toy.decider import purse

pytestmark = pytest.mark.postgres


async def _opened(executor: Executor, fen: int = 0) -> UUID:
    stream_id = uuid4()
    await executor.execute(asked(opening(), stream_id))
    if fen:
        await executor.execute(asked(putting(fen), stream_id))
    return stream_id


def _same(answer: Answer, first: Answer) -> bool:
    return answer._replace(repeated=False) == first._replace(repeated=False)


async def test_an_answer_names_the_versions_and_the_position(executor: Executor) -> None:
    stream_id = await _opened(executor)
    answer = await executor.execute(asked(putting(5, times=3), stream_id))
    assert answer.versions == ((stream_id, 2), (stream_id, 3), (stream_id, 4))
    assert answer.position == 4
    assert not answer.repeated


async def test_a_retry_gets_the_first_answer_though_the_rules_would_refuse_it_now(
    executor: Executor, log_database: TestDatabase
) -> None:
    stream_id = await _opened(executor, 7)
    command = asked(taking(7), stream_id)
    first = await executor.execute(command)
    await executor.execute(asked(putting(1), stream_id))
    again = await executor.execute(command)
    assert again.repeated
    assert _same(again, first)
    reopened = Executor(log_database.service, LOG, unguarded)
    assert _same(await reopened.execute(command), first)
    await reopened.aclose()


async def test_50_retries_at_once_get_one_answer(executor: Executor) -> None:
    stream_id = await _opened(executor, 7)
    command = single(Target(purse, stream_id, expected=2), taking(7), identity())
    answers = await asyncio.gather(*(executor.execute(command) for _ in range(50)))
    assert all(_same(answer, answers[0]) for answer in answers)
    assert [answer.repeated for answer in answers].count(False) == 1
    assert answers[0].versions == ((stream_id, 3),)


async def test_50_retries_of_a_fresh_command_at_once_make_one_stream(
    executor: Executor, connection: Connection
) -> None:
    known = identity()
    answers = await asyncio.gather(
        *(
            executor.execute(replace(asked(opening(), uuid4(), known), fresh=True))
            for _ in range(50)
        )
    )
    assert all(_same(answer, answers[0]) for answer in answers)
    assert await read.head(connection, LOG) == 1


async def test_retries_in_two_processes_at_once_get_one_answer(
    executor: Executor, log_database: TestDatabase, connection: Connection
) -> None:
    stream_id = await _opened(executor, 7)
    other = Executor(log_database.service, LOG, unguarded)
    command = asked(taking(7), stream_id)
    both = (executor, other) * 25
    answers = await asyncio.gather(*(one.execute(command) for one in both))
    assert all(_same(answer, answers[0]) for answer in answers)
    assert await read.head(connection, LOG) == 3
    await other.aclose()


async def test_a_command_without_events_gets_its_first_answer_too(
    executor: Executor, connection: Connection
) -> None:
    stream_id = await _opened(executor)
    command = asked(LookInside(at=NOON, actor=CLERK), stream_id)
    first = await executor.execute(command)
    again = await executor.execute(command)
    assert (first.versions, first.position) == ((), 0)
    assert again.repeated
    assert _same(again, first)
    assert await read.head(connection, LOG) == 1


@pytest.mark.parametrize("fresh", [True, False])
async def test_another_body_under_a_known_id_is_refused(
    executor: Executor, connection: Connection, fresh: bool
) -> None:
    command = asked(opening(), uuid4())
    await executor.execute(command)
    other = identity(command.identity.command_id, b"another body")
    with pytest.raises(KeyReused):
        await executor.execute(replace(asked(opening(), uuid4(), other), fresh=fresh))
    assert await read.head(connection, LOG) == 1


async def test_of_two_bodies_at_once_under_one_id_one_is_refused(executor: Executor) -> None:
    stream_id, known = await _opened(executor), uuid4()
    results = await asyncio.gather(
        executor.execute(asked(putting(1), stream_id, identity(known, b"one"))),
        executor.execute(asked(putting(2), stream_id, identity(known, b"two"))),
        return_exceptions=True,
    )
    assert {type(result) for result in results} == {Answer, KeyReused}


async def test_a_refusal_changes_nothing_and_is_not_remembered(
    executor: Executor, connection: Connection
) -> None:
    stream_id = await _opened(executor, 3)
    command = asked(taking(5), stream_id)
    with pytest.raises(Rejected, match="not_enough"):
        await executor.execute(command)
    assert await read.head(connection, LOG) == 2
    assert await executor.answers([command.identity.command_id]) == {}
    await executor.execute(asked(putting(2), stream_id))
    assert (await executor.execute(command)).position == 4


async def test_a_refused_command_does_not_stop_its_neighbours(executor: Executor) -> None:
    stream_id = await _opened(executor, 3)
    wanted: list[PurseCommand] = [taking(2), taking(2), putting(1), taking(2)]
    results = await asyncio.gather(
        *(executor.execute(asked(command, stream_id)) for command in wanted),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [Answer, Rejected, Answer, Answer]


async def test_a_stream_that_moved_on_since_it_was_read_is_said_so(executor: Executor) -> None:
    stream_id = await _opened(executor, 3)
    with pytest.raises(VersionChanged) as changed:
        await executor.execute(single(Target(purse, stream_id, expected=1), putting(1), identity()))
    assert changed.value.version == 2
    seen = single(Target(purse, stream_id, expected=2), putting(1), identity())
    assert (await executor.execute(seen)).versions == ((stream_id, 3),)


async def test_of_two_who_saw_the_same_version_one_is_told(executor: Executor) -> None:
    stream_id = await _opened(executor)
    seen = Target(purse, stream_id, expected=1)
    results = await asyncio.gather(
        *(executor.execute(single(seen, putting(1), identity())) for _ in range(2)),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [Answer, VersionChanged]


async def test_a_transfer_reaches_both_purses_or_none(
    executor: Executor, connection: Connection
) -> None:
    giver, taker = await _opened(executor, 10), await _opened(executor)
    answer = await executor.execute(transferring(4, [giver, taker]))
    assert answer.versions == ((giver, 3), (taker, 2))
    head = await read.head(connection, LOG)
    with pytest.raises(Rejected):
        await executor.execute(transferring(7, [giver, taker]))
    with pytest.raises(Rejected, match="purse_is_none"):
        await executor.execute(transferring(1, [giver, uuid4()]))
    assert await read.head(connection, LOG) == head


async def test_many_transfers_at_once_lose_no_fen(
    executor: Executor, connection: Connection
) -> None:
    streams = [await _opened(executor, 100) for _ in range(3)]
    pairs = [(streams[n % 3], streams[(n + 1 + n % 2) % 3]) for n in range(60)]
    await asyncio.gather(*(executor.execute(transferring(1, pair)) for pair in pairs))
    held = 0
    for stream_id in streams:
        rows = await read.stream(connection, stream_id)
        held += purse.fold(read.decode(purse.events, row).event for row in rows).fen
    assert held == 300
    assert await read.head(connection, LOG) == 6 + 120


async def test_what_caused_a_command_is_written_down_and_recorded_before_it(
    executor: Executor, connection: Connection
) -> None:
    cause, correlation, ahead = uuid4(), uuid4(), NOON + timedelta(days=36_500)
    submission: Submission = replace(
        asked(opening(), uuid4()),
        causation_id=cause, correlation_id=correlation, cause=ahead, origin="history",
    )  # fmt: skip
    answer = await executor.execute(submission)
    [row] = await read.page(connection, LOG, 0, 10)
    assert (row["causation_id"], row["correlation_id"]) == (cause, correlation)
    assert (row["origin"], row["actor"], row["territory"]) == ("history", "clerk", "d/s1")
    assert answer.recorded_at == row["recorded_at"] == ahead
