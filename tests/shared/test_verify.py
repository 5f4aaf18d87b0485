"""Whoever holds the database may change it; verify says so, and where."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

import pytest

from shared.store import verify as verifying
from shared.store.pool import Connection
from shared.store.verify import Broken, verify
from shared.store.verify_stream import Chain, verify_stream
from tests.shared.toy.asking import LOG
from tests.shared.toy.pasts import record_at_random

pytestmark = pytest.mark.postgres

TOUCHED = {
    "a payload": "update event set payload = payload || ' ' where position = $1",
    "an actor": "update event set actor = 'nobody' where position = $1",
    "a territory": "update event set territory = 'd/s9' where position = $1",
    "a type": "update event set type = 'money-taken-back' where position = $1",
    "its day": "update event set occurred_at = occurred_at - interval '1 d' where position = $1",
    "a cause": "update event set causation_id = command_id where position = $1",
    "an origin": "update event set origin = 'history' where position = $1",
    "a command": "update event set command_id = stream_id where position = $1",
    "a digest": "update event set digest = hash where position = $1",
    "a hash": "update event set hash = digest where position = $1",
    "its time": "update event set recorded_at = recorded_at + interval '1 us' where position = $1",
    "its stream": "update event set stream_id = command_id, version = 1 where position = $1",
    "a removal": "delete from event where position = $1",
    "an answer": "delete from command using event e where e.position = $1 and id = e.command_id",
}
HEADS = """
select distinct on (stream_id) stream_id, version, hash from event
order by stream_id, version desc limit 20
"""
NEXT = "select position from event where stream_id = $1 and version = $2 + 1"


async def _first_broken(connection: Connection) -> Broken | None:
    pages = [page async for page in verify(connection, LOG)]
    return pages[-1].broken


@pytest.fixture
async def past(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> int:
    """Some history, read in small pages; how many events it has."""
    monkeypatch.setattr(verifying, "PAGE", 17)
    await record_at_random(connection, seed=5)
    head: int = await connection.fetchval("select max(position) from event")
    return head


@pytest.mark.usefixtures("past")
async def test_an_untouched_log_holds(connection: Connection) -> None:
    assert await _first_broken(connection) is None


@pytest.mark.parametrize("touched", TOUCHED)
async def test_what_was_touched_is_found_where_it_is(
    owner: Connection, past: int, touched: str
) -> None:
    for place in Random(touched).sample(range(1, past), 3):
        async with _undone(owner):
            await owner.execute(TOUCHED[touched], place)
            broken = await _first_broken(owner)
            assert broken is not None, f"{touched} at {place}"
            assert broken.position == place, broken


async def test_a_stream_holds_by_itself(connection: Connection, past: int) -> None:
    for stream, events, head in await connection.fetch(HEADS):
        assert await verify_stream(connection, stream) == Chain(events, head)
    assert await verify_stream(connection, UUID(int=1)) == Chain(0)


@pytest.mark.parametrize("touched", [name for name in TOUCHED if name != "its stream"])
async def test_what_was_touched_is_found_in_its_stream(
    owner: Connection, past: int, touched: str
) -> None:
    for place in Random(touched).sample(range(1, past), 3):
        [about] = await owner.fetch("select * from event where position = $1", place)
        followed = await owner.fetchval(NEXT, about["stream_id"], about["version"])
        async with _undone(owner):
            await owner.execute(TOUCHED[touched], place)
            chain = await verify_stream(owner, about["stream_id"])
        if touched == "a removal" and followed is None:
            continue  # only a checkpoint kept elsewhere can show what is cut off at the end
        assert chain.events == about["version"] - 1, touched
        assert chain.broken is not None, f"{touched} at {place}"
        assert chain.broken.position == (followed if touched == "a removal" else place)


async def test_two_events_that_change_places_are_found(owner: Connection, past: int) -> None:
    for place in Random(1).sample(range(1, past - 1), 5):
        async with _undone(owner):
            swap = "update event set position = $2 where position = $1"
            for before, after in ((place, -1), (place + 1, place), (-1, place + 1)):
                await owner.execute(swap, before, after)
            broken = await _first_broken(owner)
            assert broken is not None
            assert broken.position == place


async def test_a_history_written_anew_by_someone_without_the_function_is_found(
    owner: Connection, past: int
) -> None:
    async with _undone(owner):
        await owner.execute(
            "update event set payload = '{}', digest = sha256('{}') where position = $1", past // 2
        )
        broken = await _first_broken(owner)
        assert broken is not None
        assert broken.position == past // 2


class _undone:  # noqa: N801 - reads as a word
    """What is done within is rolled back."""

    def __init__(self, connection: Any) -> None:
        self._transaction = connection.transaction()

    async def __aenter__(self) -> None:
        await self._transaction.start()

    async def __aexit__(self, *_: object) -> None:
        await self._transaction.rollback()
