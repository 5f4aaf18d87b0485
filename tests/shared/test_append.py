"""Appending: a verdict for each command of a group, and a log without holes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.core.messages import Event
from shared.store import read
from shared.store.append import Decided, Outcome, append
from shared.store.load import load
from shared.store.pool import Connection
from tests.shared.toy.appending import On, decided, puts
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.events import MoneyPut

pytestmark = pytest.mark.postgres

NOTHING: Sequence[Event] = ()


def _verdicts(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.verdict for outcome in outcomes]


async def _whole_log(connection: Connection) -> list[tuple[int, UUID, int]]:
    rows = await read.page(connection, LOG, 0, 10_000)
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    times = [row["recorded_at"] for row in rows]
    assert times == sorted(times)
    return [(row["position"], row["stream_id"], row["version"]) for row in rows]


async def test_winners_get_the_next_positions_in_order(connection: Connection) -> None:
    one, two = uuid4(), uuid4()
    group = [puts(one, 0, times=2), puts(two, 0), puts(one, 2)]
    outcomes = await append(connection, LOG, group)
    places = [(o.verdict, o.first_position, o.last_position) for o in outcomes]
    assert places == [("appended", 1, 2), ("appended", 3, 3), ("appended", 4, 4)]
    assert await _whole_log(connection) == [(1, one, 1), (2, one, 2), (3, two, 1), (4, one, 3)]


async def test_a_known_command_is_a_duplicate_and_appends_nothing(connection: Connection) -> None:
    first = puts(uuid4(), 0)
    await append(connection, LOG, [first])
    again = puts(uuid4(), 0, command_id=first.command_id)
    [outcome] = await append(connection, LOG, [again])
    assert outcome.verdict == "duplicate"
    assert len(await _whole_log(connection)) == 1


async def test_a_wrong_version_is_a_conflict(connection: Connection) -> None:
    known = uuid4()
    await append(connection, LOG, [puts(known, 0, times=3)])
    for wrong in (puts(known, 2), puts(known, 4), puts(known, 0), puts(uuid4(), 1)):
        assert _verdicts(await append(connection, LOG, [wrong])) == ["conflict"]
    assert _verdicts(await append(connection, LOG, [puts(known, 3)])) == ["appended"]
    assert await read.head(connection, LOG) == 4


async def test_what_was_decided_after_a_loser_loses_too_and_the_neighbours_win(
    connection: Connection,
) -> None:
    late, hot, cold = uuid4(), uuid4(), uuid4()
    known = puts(uuid4(), 0)
    await append(connection, LOG, [puts(late, 0), known])
    group = [
        puts(late, 0),  # the version has moved on
        puts(cold, 0),
        puts(late, 1),  # fits the log, but follows a loser of its own group
        puts(hot, 0, command_id=known.command_id),
        puts(hot, 1),  # follows a duplicate
        puts(hot, 2),
        puts(cold, 1, times=2),
    ]
    outcomes = await append(connection, LOG, group)
    assert _verdicts(outcomes) == [
        "conflict", "appended", "conflict", "duplicate", "conflict", "conflict", "appended",
    ]  # fmt: skip
    assert [o.last_position for o in outcomes if o.verdict == "appended"] == [3, 5]
    assert [(p, s) for p, s, _ in await _whole_log(connection)][2:] == [
        (3, cold), (4, cold), (5, cold),
    ]  # fmt: skip


async def test_a_conflict_travels_along_a_command_over_two_streams(connection: Connection) -> None:
    bad, good, other = uuid4(), uuid4(), uuid4()
    group = [puts(bad, 7), decided(On(bad, 8), On(good, 0)), puts(good, 1), puts(other, 0)]
    outcomes = await append(connection, LOG, group)
    assert _verdicts(outcomes) == ["conflict", "conflict", "conflict", "appended"]
    assert await _whole_log(connection) == [(1, other, 1)]


async def test_a_command_over_two_streams_appends_to_both_or_to_none(
    connection: Connection,
) -> None:
    one, two = uuid4(), uuid4()
    await append(connection, LOG, [puts(two, 0)])
    [refused] = await append(connection, LOG, [decided(On(one, 0), On(two, 0))])
    assert refused.verdict == "conflict"
    assert len(await _whole_log(connection)) == 1
    group = [decided(On(one, 0), On(two, 1)), puts(one, 1), puts(two, 2)]
    assert _verdicts(await append(connection, LOG, group)) == ["appended"] * 3
    assert await _whole_log(connection) == [
        (1, two, 1), (2, one, 1), (3, two, 2), (4, one, 2), (5, two, 3),
    ]  # fmt: skip


async def test_a_command_over_many_streams_moves_each_by_its_own_events(
    connection: Connection,
) -> None:
    streams = [uuid4() for _ in range(20)]
    money = [MoneyPut(at=NOON, fen=1)]
    many = decided(*(On(one, 0, money * (n % 3)) for n, one in enumerate(streams)))
    after = [puts(one, n % 3) for n, one in enumerate(streams)]
    stale = puts(streams[1], 0)
    verdicts = _verdicts(await append(connection, LOG, [many, *after, stale]))
    assert verdicts == ["appended"] * 21 + ["conflict"]
    stored = await _whole_log(connection)
    for n, one in enumerate(streams):
        assert [version for _, stream, version in stored if stream == one] == [*range(1, n % 3 + 2)]


async def test_a_stream_that_was_only_looked_at_is_checked_too(connection: Connection) -> None:
    seen, changed = uuid4(), uuid4()
    await append(connection, LOG, [puts(seen, 0)])
    stale = decided(On(seen, 0, NOTHING), On(changed, 0))
    fresh = decided(On(seen, 1, NOTHING), On(changed, 0))
    assert _verdicts(await append(connection, LOG, [stale])) == ["conflict"]
    assert _verdicts(await append(connection, LOG, [fresh])) == ["appended"]


async def test_a_command_without_events_is_remembered(connection: Connection) -> None:
    nothing = decided(On(uuid4(), 0, NOTHING))
    before = puts(uuid4(), 0)
    outcomes = await append(connection, LOG, [before, nothing, puts(uuid4(), 0)])
    assert [(o.verdict, o.first_position, o.last_position) for o in outcomes] == [
        ("appended", 1, 1), ("appended", 0, 0), ("appended", 2, 2),
    ]  # fmt: skip
    assert _verdicts(await append(connection, LOG, [nothing])) == ["duplicate"]
    answers = (await load(connection, [], [nothing.command_id])).answers
    assert answers[nothing.command_id].versions == ()
    assert answers[nothing.command_id].fingerprint == nothing.fingerprint


async def test_an_empty_group_is_nothing(connection: Connection) -> None:
    assert await append(connection, LOG, []) == []
    assert await read.head(connection, LOG) == 0


async def test_a_cause_in_the_future_lifts_the_time_for_all_that_follows(
    connection: Connection,
) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=1)
    await append(connection, LOG, [puts(uuid4(), 0)])
    [caused] = await append(connection, LOG, [puts(uuid4(), 0, cause=ahead)])
    [after] = await append(connection, LOG, [puts(uuid4(), 0, cause=ahead - timedelta(minutes=1))])
    assert caused.recorded_at == ahead
    assert after.recorded_at == ahead
    await _whole_log(connection)


async def test_300_commands_of_one_stream_fit_into_one_group(connection: Connection) -> None:
    hot = uuid4()
    group: list[Decided] = [puts(hot, version) for version in range(300)]
    outcomes = await append(connection, LOG, group)
    assert [o.last_position for o in outcomes] == list(range(1, 301))
    assert await _whole_log(connection) == [(n, hot, n) for n in range(1, 301)]


async def test_the_facts_are_stored_as_they_were_written(connection: Connection) -> None:
    cause, when = uuid4(), datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    command = puts(uuid4(), 0, causation_id=cause, origin="history", occurred_at=when)
    await append(connection, LOG, [command])
    [row] = await read.page(connection, LOG, 0, 10)
    [facts] = command.events
    assert {name: row[name] for name in facts._fields} == facts._asdict()


@pytest.mark.parametrize("table", ["event", "command"])
@pytest.mark.parametrize("statement", ["update {} set log = log", "delete from {}", "truncate {}"])
async def test_the_service_cannot_rewrite_what_is_on_record(
    connection: Connection, table: str, statement: str
) -> None:
    await append(connection, LOG, [puts(uuid4(), 0)])
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(statement.format(table))
    assert await read.head(connection, LOG) == 1
