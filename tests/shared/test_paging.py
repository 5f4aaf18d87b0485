"""Pages of a log: every event once, in order, as it was written, also when read early."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from shared.runtime.projections import paging
from shared.runtime.projections.applying import Entry, Unreadable
from shared.runtime.projections.paging import Ahead, Page
from shared.store import read
from shared.store.append import append
from shared.store.cursors import Watermark
from shared.store.pool import Connection, Pool, open_pool
from shared.testkit.databases import TestDatabase
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG
from tests.shared.toy.decider import purse
from tests.shared.toy.events import MoneyPut
from tests.shared.toy.pasts import opened, put, record, record_at_random

pytestmark = pytest.mark.postgres

ODD_TIMES = (
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(1955, 2, 3, 4, 5, 6, 7, tzinfo=UTC),
    datetime(2026, 5, 1, 12, 0, 0, 120_000, tzinfo=UTC),
    datetime(2600, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
)


async def _page(connection: Connection, after: int = 0, limit: int = 1_000) -> Page:
    page = await paging.page(connection, purse.events, LOG, after, limit)
    assert page is not None
    return page


async def test_a_page_is_its_rows_decoded_one_by_one(connection: Connection) -> None:
    await record_at_random(connection, seed=1)
    await record(connection, [opened(), *(MoneyPut(at=at, fen=1) for at in ODD_TIMES)])
    rows = await read.page(connection, LOG, 0, 1_000)
    page = await _page(connection)
    assert page.entries == [read.decode(purse.events, row) for row in rows]
    assert page.mark == Watermark(305, rows[-1]["recorded_at"])
    assert {type(one) for one in page.entries[0]} == {
        type(one) for one in read.decode(purse.events, rows[0])
    }


@pytest.mark.parametrize(
    "setting", ["timezone = 'Asia/Shanghai'", "datestyle = 'sql, dmy'", "datestyle = 'german'"]
)
async def test_times_do_not_hang_on_how_a_session_shows_them(
    connection: Connection, setting: str
) -> None:
    await record(connection, [opened(), *(MoneyPut(at=at, fen=1) for at in ODD_TIMES)])
    usual = await _page(connection)
    await connection.execute(f"set {setting}")
    page = await _page(connection)
    assert page == usual
    assert {(one.event.at, one.event.at.tzinfo) for one in page.entries[1:]} == {  # type: ignore[union-attr]
        (at, UTC) for at in ODD_TIMES
    }


async def test_what_cannot_be_read_is_named_and_its_neighbours_are_read(
    connection: Connection,
) -> None:
    [one] = await record(connection, [opened(), put(5)])
    await append(connection, LOG, [decided(On(one, 2, [put(7)]), payload=b'{"fen":"seven"}')])
    await append(connection, LOG, [decided(On(one, 3, [put(7)]), type="money-burnt")])
    await record(connection, [opened()])
    page = await _page(connection)
    assert [type(entry) is Unreadable for entry in page.entries] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert page.entries[2] == Unreadable(3, one, "money-put", "does not fit its type: fen")
    assert page.mark.position == 5
    behind = await _page(connection, after=2, limit=1)
    assert behind.entries == page.entries[2:3]
    assert behind.mark.recorded_at is not None


async def test_past_the_end_there_is_no_page(connection: Connection) -> None:
    await record(connection, [opened()])
    assert await paging.page(connection, purse.events, LOG, 1, 10) is None


@pytest.mark.parametrize("size", [1, 7, 100, 300])
async def test_pages_read_ahead_are_the_log(connection: Connection, pool: Pool, size: int) -> None:
    await record_at_random(connection, seed=2)
    seen: list[Entry] = []
    async with aclosing(Ahead(pool, LOG, purse.events)) as ahead:
        after = 0
        while page := await ahead.take(after, size):
            assert len(page.entries) <= size
            seen += page.entries
            after = page.mark.position
    assert seen == (await _page(connection)).entries


async def test_a_place_or_a_size_that_was_not_foreseen_is_read_anew(
    connection: Connection, pool: Pool
) -> None:
    await record_at_random(connection, seed=3)
    whole = (await _page(connection)).entries
    async with aclosing(Ahead(pool, LOG, purse.events)) as ahead:
        for after, size in [(0, 10), (10, 3), (100, 10), (0, 10), (10, 20), (20, 5), (25, 300)]:
            page = await ahead.take(after, size)
            assert page is not None
            found, asked = [one.position for one in page.entries], whole[after : after + size]
            assert found == [one.position for one in asked[: len(found)]]
            assert found


async def test_what_is_appended_behind_the_last_page_is_found(
    connection: Connection, pool: Pool
) -> None:
    await record(connection, [opened(), put(1)])
    async with aclosing(Ahead(pool, LOG, purse.events)) as ahead:
        others = asyncio.all_tasks()
        await ahead.take(0, 2)
        begun = asyncio.all_tasks() - others
        await asyncio.wait(begun, timeout=5)  # and have found nothing behind the page
        await record(connection, [opened()])
        late = await ahead.take(2, 2)
        assert late is not None
        assert late.mark.position == 3
        assert await ahead.take(3, 2) is None


async def test_what_was_begun_is_dropped_on_closing(connection: Connection, pool: Pool) -> None:
    await record_at_random(connection, seed=4)
    others = asyncio.all_tasks()
    ahead = Ahead(pool, LOG, purse.events)
    await ahead.take(0, 10)
    assert asyncio.all_tasks() - others
    await ahead.aclose()
    await ahead.aclose()
    assert not asyncio.all_tasks() - others


@pytest.mark.parametrize("size", [1, 7, 100])
async def test_who_holds_the_only_connection_waits_for_no_other(
    connection: Connection, log_database: TestDatabase, size: int
) -> None:
    await record_at_random(connection, seed=5)
    seen: list[Entry] = []
    async with (
        asyncio.timeout(20),
        await open_pool(log_database.service, size=1) as alone,
        aclosing(Ahead(alone, LOG, purse.events)) as ahead,
    ):
        after = 0
        while after < 300:
            async with alone.acquire(timeout=5) as held:
                page = await ahead.take(after, size, held)
                assert page is not None
                seen += page.entries
                after = page.mark.position
    assert seen == (await _page(connection)).entries
