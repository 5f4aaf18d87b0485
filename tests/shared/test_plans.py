"""The hot statements of the kernel walk an index, however large the log is."""

from __future__ import annotations

from uuid import UUID

import pytest

from shared.runtime.commands.erasing import PAGE
from shared.store import load, past, read
from shared.store.pool import Connection
from tests.shared.plans import Node, plans
from tests.shared.toy.asking import LOG

pytestmark = pytest.mark.postgres

FILL = f"""
with made as (
    select n, md5((n % 2000)::text)::uuid as stream, md5('command' || n)::uuid as command,
           (n / 2000 + 1)::int as version
    from generate_series(0, 19999) n
), events as (
    insert into event
    select '{LOG}', n + 1, stream, version,
           case when n % 1000 = 0 then 'subject-erased' else 'money-put' end, 1, 'd', 'clerk',
           command, command, null, 'live', now(), now(), convert_to('{{"fen": 1}}', 'UTF8'),
           '\\x00', '\\x00'
    from made
)
insert into command select command, '{LOG}', '\\x00', n + 1, n + 1 from made
"""


@pytest.fixture(params=[False, True], ids=["no statistics yet", "with statistics"])
async def full(owner: Connection, request: pytest.FixtureRequest) -> Connection:
    """A log of 20,000 events in 2,000 streams."""
    await owner.execute(FILL)
    if request.param:
        await owner.execute("analyze")
    return owner


async def _assert_walks(connection: Connection, statement: str, *about: object) -> list[Node]:
    """Every table is reached by an index, at first and when the plan is cached."""
    both = await plans(connection, statement, *about)
    nodes = both[0] + both[1]
    assert [node for node in nodes if node.kind == "Seq Scan"] == []
    return nodes


def _indexes(nodes: list[Node]) -> set[str]:
    return {node.index for node in nodes if node.index is not None}


@pytest.mark.parametrize("after", [0, 10_000, 19_999])
async def test_a_page_is_a_walk_by_position(full: Connection, after: int) -> None:
    nodes = await _assert_walks(full, read.PAGE, LOG, after, 1_000)
    assert _indexes(nodes) == {"event_pkey"}


async def test_a_page_reads_no_more_than_it_gives(full: Connection) -> None:
    await full.execute("analyze event")
    nodes = await _assert_walks(full, read.PAGE, LOG, 5_000, 1_000)
    assert {node.kind for node in nodes} == {"Limit", "Index Scan"}


async def test_the_head_is_one_step_down_an_index(full: Connection) -> None:
    assert _indexes(await _assert_walks(full, read.HEAD, LOG)) == {"event_pkey"}


async def test_a_stream_is_a_walk_by_version(full: Connection) -> None:
    key = await full.fetchval("select stream_id from event where position = 77")
    nodes = await _assert_walks(full, read.STREAM, key, 0)
    assert _indexes(nodes) == {"one_event_per_version"}


@pytest.mark.parametrize("after", [0, 10_000, 19_999])
async def test_whole_streams_are_a_walk_stream_by_stream(full: Connection, after: int) -> None:
    key = await full.fetchval("select stream_id from event where position = $1", after + 1)
    nodes = await _assert_walks(full, past.BY_STREAM, LOG, 20_000, key, 1, 1_000)
    assert _indexes(nodes) == {"one_event_per_version"}
    assert {node.kind for node in nodes} == {"Limit", "Index Scan"}, "nothing is sorted"


async def test_where_the_log_stood_is_a_step_down_an_index(full: Connection) -> None:
    assert _indexes(await _assert_walks(full, past.RECORDED, LOG, 4_711)) == {"event_pkey"}


async def test_erasures_are_found_without_reading_the_log(full: Connection) -> None:
    nodes = await _assert_walks(full, read.ERASURES, LOG, 0, PAGE)
    assert _indexes(nodes) == {"erasures"}


@pytest.mark.parametrize("commands", [1, 500])
async def test_a_load_walks_each_stream_and_finds_each_command(
    full: Connection, commands: int
) -> None:
    rows = await full.fetch("select stream_id, command_id from event limit $1", commands)
    streams = [row["stream_id"] for row in rows]
    ids = [row["command_id"] for row in rows] + [UUID(int=1)]
    nodes = await _assert_walks(full, load.LOAD, streams, ids)
    assert _indexes(nodes) == {"one_event_per_version", "command_pkey", "event_pkey"}


async def test_what_a_load_finds_is_right(full: Connection) -> None:
    rows = await full.fetch("select * from event where position < 40")
    wanted = {row["stream_id"] for row in rows} | {UUID(int=1)}
    ids = {row["command_id"]: row for row in rows}
    loaded = await load.load(full, [*wanted, *wanted], [*ids, UUID(int=1), *ids])
    assert set(loaded.streams) == wanted - {UUID(int=1)}
    assert all(len(events) == 10 for events in loaded.streams.values())
    assert {key: (a.position, a.versions) for key, a in loaded.answers.items()} == {
        key: (row["position"], ((row["stream_id"], row["version"]),)) for key, row in ids.items()
    }
