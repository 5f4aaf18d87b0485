"""Balances and statements answer from their indexes: 20,000 entries, none read in vain."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bench import living, pointed
from bench.living import person
from bench.pointed import Size
from services.points.account.stream import account_of
from services.points.log import EVENTS, LOG
from services.points.projections.point_deeds import point_deeds
from services.points.projections.point_entries import point_entries
from services.points.projections.points_accounts import points_accounts
from services.points.queries.accounts import ACCOUNT, KEPT, STATEMENT, Accounts, Lines
from shared.runtime.projections.projecting import Projector
from shared.store.pool import Connection, Pool, connect, open_pool
from shared.testkit.databases import TestServer
from tests.shared.plans import plans

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("points plans")]
SIZE = Size(accounts=1_000, entries=20_000)
ANN = person(7)
MODELS = (points_accounts, point_entries, point_deeds)


@pytest.fixture(scope="module")
async def filled(server: TestServer) -> AsyncIterator[tuple[Connection, Pool]]:
    """A connection to two years of a district's points."""
    async with server.database("template_log") as database:
        connection = await connect(database.service)
        await living.fill(connection, LOG, EVENTS, pointed.lives(SIZE))
        pool = await open_pool(database.service)
        projector = Projector(pool, LOG, EVENTS, MODELS)
        await projector.prepare()
        await projector.drain()
        await projector.aclose()
        await connection.execute("vacuum analyze")
        yield connection, pool
        await pool.close()
        await connection.close()


@pytest.mark.parametrize(
    ("statement", "about"),
    [
        (ACCOUNT, (account_of("person", ANN),)),
        (KEPT, (ANN, account_of("household", ANN))),
        (STATEMENT, (account_of("person", ANN), None, None, 50)),
        (STATEMENT, (account_of("person", ANN), 15_000, 9_000, 50)),
    ],
)
async def test_an_account_and_its_lines_are_read_by_their_index(
    filled: tuple[Connection, Pool], statement: str, about: tuple[Any, ...]
) -> None:
    for plan in await plans(filled[0], statement, *about):
        assert {node.relation for node in plan if node.kind == "Seq Scan"} == set()


async def test_what_lies_under_a_page_is_summed_from_the_index_alone(
    filled: tuple[Connection, Pool],
) -> None:
    about = (account_of("person", ANN), None, None, 5)
    for plan in await plans(filled[0], STATEMENT, *about):
        sums = [node for node in plan if node.kind == "Index Only Scan"]
        assert "point_entries" in {node.relation for node in sums}


async def test_every_page_runs_up_to_the_balance(filled: tuple[Connection, Pool]) -> None:
    connection, pool = filled
    busiest = await connection.fetchrow(
        "select a.* from points_accounts a join point_entries e using (account_id)"
        " group by a.account_id order by count(*) desc limit 1"
    )
    assert busiest is not None
    accounts, after, found = Accounts(pool), None, []
    while True:
        wanted = Lines(kind="person", holder=busiest["holder"], after=after)
        page = await accounts.lines(wanted, 50)
        if not page:
            break
        found += page
        after = page[-1]["number"]
    whole = await connection.fetchval(
        "select count(*) from point_entries where account_id = $1", busiest["account_id"]
    )
    assert len(found) == whole > 100
    assert [one["number"] for one in found] == sorted((o["number"] for o in found), reverse=True)
    free = 0
    for one in reversed(found):
        change = await connection.fetchval(
            "select free from point_entries where account_id = $1 and position = $2",
            busiest["account_id"], one["number"],
        )  # fmt: skip
        free += change
        assert one["free"] == free
