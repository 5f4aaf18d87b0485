"""The bench of the time bank, in little: what it makes is what the read models hold."""

from __future__ import annotations

import pytest

from bench import volunteered
from bench.standing import stand
from bench.volunteered import Size
from bench.volunteers import JUDGING, MODELS, STANDING
from services.volunteer.log import EVENTS, LOG
from services.volunteer.queries import eligibility
from services.volunteer.queries.accounts import Accounts, Lines
from services.volunteer.queries.records import Records, Sought
from shared.runtime.projections.projecting import Projector
from shared.store.pool import connect, open_pool
from shared.testkit.databases import TestDatabase, TestServer

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
SIZE = Size(people=1_000, records=3_000)
EVERYWHERE = [volunteered.community(number) for number in range(volunteered.COMMUNITIES)]


async def test_all_its_records_are_there_and_every_question_has_an_answer(
    log_database: TestDatabase,
) -> None:
    connection = await connect(log_database.service)
    events = await volunteered.fill(connection, SIZE)
    pool = await open_pool(log_database.service)
    projector = Projector(pool, LOG, EVENTS, MODELS)
    await projector.prepare()
    await projector.drain()
    assert events == await connection.fetchval("select count(*) from event")
    assert await connection.fetchval("select count(*) from service_records") == SIZE.records
    wrong = await connection.fetchval(
        "select count(*) from time_accounts a join (select account_id, sum(free) as free"
        " from time_entries group by 1) e using (account_id) where a.balance <> e.free"
    )
    assert wrong == 0
    richest = await connection.fetchrow("select * from time_accounts order by served desc limit 1")
    assert richest is not None
    lines = await Accounts(pool).lines(Lines(person=richest["person"]), 10)
    assert lines[0]["free"] == richest["balance"] > 0
    queue = await Records(pool).page(
        Sought(places=EVERYWHERE, status="logged", oldest_first=True), 10
    )
    assert len(queue) == 10
    assert {row["status"] for row in queue} == {"logged"}
    judged = await eligibility.counts(pool, JUDGING)
    assert sum(row["people"] for row in judged) == SIZE.people
    await projector.aclose()
    await pool.close()
    await connection.close()


async def test_what_stands_without_a_log_is_what_a_log_leads_to(server: TestServer) -> None:
    async with server.database("template_log") as one, server.database("template_log") as other:
        through, without = await open_pool(one.service), await open_pool(other.service)
        async with through.acquire() as connection:
            events = await volunteered.fill(connection, SIZE)
        projector = Projector(through, LOG, EVENTS, MODELS)
        await projector.prepare()
        await projector.drain()
        assert await stand(without, STANDING, volunteered.lives(SIZE)) == events
        for model in STANDING.models:
            for name in (model.name, *(model.tally.tables if model.tally else ())):
                rows = f"select * from {name} t order by t::text"
                assert await without.fetch(rows) == await through.fetch(rows), name
        await projector.aclose()
        await through.close()
        await without.close()
