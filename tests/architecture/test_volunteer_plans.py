"""Statements and the approver's queue answer from their indexes: 20,000 records, none read in
vain."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import pytest

from bench import volunteered
from bench.living import person
from bench.volunteered import Size
from bench.volunteers import MODELS
from services.volunteer.account.stream import account_of
from services.volunteer.log import EVENTS, LOG
from services.volunteer.queries.accounts import ACCOUNT, STATEMENT, STOOD
from services.volunteer.queries.records import Records, Sought
from shared.runtime.projections.projecting import Projector
from shared.store.pool import Connection, Pool, connect, open_pool
from shared.testkit.databases import TestServer
from tests.architecture.test_register_plans import Overheard
from tests.shared.plans import Node, plans

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("volunteer plans")]
SIZE = Size(people=2_000, records=20_000)
ANN = person(7)
PLACES = [volunteered.community(7)]


@pytest.fixture(scope="module")
async def filled(server: TestServer) -> AsyncIterator[Connection]:
    """A connection to a district of volunteers."""
    async with server.database("template_log") as database:
        connection = await connect(database.service)
        await volunteered.fill(connection, SIZE)
        pool = await open_pool(database.service)
        projector = Projector(pool, LOG, EVENTS, MODELS)
        await projector.prepare()
        await projector.drain()
        await projector.aclose()
        await pool.close()
        await connection.execute("analyze")
        yield connection
        await connection.close()


def _walks(plan: list[Node]) -> set[str]:
    return {str(node.relation) for node in plan if node.kind == "Seq Scan"}


@pytest.mark.parametrize(
    ("statement", "about"),
    [
        (ACCOUNT, (account_of(ANN),)),
        (STATEMENT, (account_of(ANN), None, None, 50)),
        (STATEMENT, (account_of(ANN), volunteered.NOW, 900, 50)),
        (STOOD, (account_of(ANN), volunteered.NOW)),
    ],
)
async def test_a_statement_reads_the_lines_of_its_account_only(
    filled: Connection, statement: str, about: tuple[Any, ...]
) -> None:
    for plan in await plans(filled, statement, *about):
        assert _walks(plan) == set()


@pytest.mark.parametrize(
    "sought",
    [
        Sought(places=PLACES, status="logged", oldest_first=True),
        Sought(places=PLACES, status="logged", oldest_first=True, after=900),
        Sought(person=ANN),
    ],
    ids=str,
)
async def test_the_queue_reads_what_waits_and_a_person_their_own(
    filled: Connection, sought: Sought
) -> None:
    overheard = Overheard()
    await Records(cast(Pool, overheard)).page(sought, 51)
    for plan in await plans(filled, overheard.statement, *overheard.about):
        assert _walks(plan) == set()
        found = {node.index for node in plan if node.relation == "service_records"}
        assert found, "the records are read by an index"
