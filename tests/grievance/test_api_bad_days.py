"""The store is away, full or slow: a clear answer, and the same request works afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from services.grievance.service import Grievance
from shared.store import held
from shared.testkit.databases import TestDatabase
from tests.grievance.front_desk import PETITION, FrontDesk, Headers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
CUT = """select count(pg_terminate_backend(pid)) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()"""


@pytest.fixture
async def owner(log_database: TestDatabase) -> AsyncIterator[asyncpg.Connection]:
    """The keeper of the log's database."""
    connection = await asyncpg.connect(log_database.owner)
    yield connection
    await connection.close()


def _told_to_come_back(answer: httpx.Response, code: str) -> None:
    problem = refused(answer, 503, code)
    assert "send the same request again" in problem["detail"]
    assert answer.headers["retry-after"] == "1"


async def test_connections_that_are_cut_lose_and_double_nothing(
    client: httpx.AsyncClient, headers: Headers, service: Grievance, owner: asyncpg.Connection
) -> None:
    sent = [headers() for _ in range(60)]

    async def until_taken(about: dict[str, str]) -> bytes:
        while True:
            answer = await client.post("/cases", json=PETITION, headers=about)
            if answer.status_code == 201:
                return answer.content
            _told_to_come_back(answer, "unavailable")

    async def read_on() -> None:
        for _ in range(20):
            answer = await client.get("/cases", headers=headers())
            if answer.status_code != 200:
                _told_to_come_back(answer, "unavailable")

    filing = [asyncio.create_task(until_taken(about)) for about in sent]
    reading = asyncio.create_task(read_on())
    for _ in range(3):
        await owner.fetchval(CUT)
        await asyncio.wait(filing, return_when=asyncio.FIRST_COMPLETED)
    first = await asyncio.gather(*filing)
    await reading
    assert await service.head() == len(sent)
    again = [await client.post("/cases", json=PETITION, headers=about) for about in sent]
    assert [answer.content for answer in again] == list(first)
    assert await service.head() == len(sent)


async def test_a_server_that_takes_no_more_connections_is_a_clear_answer(
    desk: FrontDesk, service: Grievance, owner: asyncpg.Connection, log_database: TestDatabase
) -> None:
    filed = await desk.file()
    await owner.execute(f"alter database {log_database.name} connection limit 0")
    await owner.fetchval(CUT)
    answers = [await desk.read("/cases"), await desk.read(f"/cases/{filed['id']}")]
    answers += [
        await desk.read("/response-times"),
        await desk.step(filed["id"], "accept", 1),
    ]
    answers.append(await desk.client.post("/cases", json=PETITION, headers=desk.headers()))
    for answer in answers:
        _told_to_come_back(answer, "unavailable")
    await owner.execute(f"alter database {log_database.name} connection limit -1")
    assert (await desk.read(f"/cases/{filed['id']}")).status_code == 200
    assert (await desk.step(filed["id"], "accept", 1)).status_code == 200


async def test_a_store_that_stays_away_is_told_and_the_retry_is_taken_once(
    client: httpx.AsyncClient,
    headers: Headers,
    service: Grievance,
    owner: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def nobody_there(_: str) -> asyncpg.Connection:
        raise ConnectionRefusedError

    await service.head()
    about = headers()
    with monkeypatch.context() as away:
        away.setattr(held, "connect", nobody_there)
        away.setattr(held, "PATIENCE", 0.3)
        await owner.fetchval(CUT)
        answer = await client.post("/cases", json=PETITION, headers=about)
        _told_to_come_back(answer, "unavailable")
    answer = await client.post("/cases", json=PETITION, headers=about)
    assert answer.status_code == 201
    assert await service.head() == 1


async def test_a_full_queue_turns_away_and_the_retry_is_taken(
    client: httpx.AsyncClient,
    headers: Headers,
    service: Grievance,
    owner: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service.executor._committer.commit, "_bound", 2)
    sent = [headers() for _ in range(40)]
    async with owner.transaction():
        await owner.execute("lock table event in share mode")  # no append comes through
        filing = [
            asyncio.create_task(client.post("/cases", json=PETITION, headers=about))
            for about in sent
        ]
        turned_away, _ = await asyncio.wait(filing, return_when=asyncio.FIRST_COMPLETED)
        for task in turned_away:
            _told_to_come_back(task.result(), "busy")
    answers = await asyncio.gather(*filing)
    assert {answer.status_code for answer in answers} == {201, 503}
    monkeypatch.undo()
    for answer, about in zip(answers, sent, strict=True):
        again = await client.post("/cases", json=PETITION, headers=about)
        assert again.status_code == 201
        if answer.status_code == 503:
            _told_to_come_back(answer, "busy")
            assert "idempotency-replayed" not in again.headers
        else:
            assert again.content == answer.content
    assert await service.head() == len(sent)
