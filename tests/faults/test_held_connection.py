"""One connection for many: its users take turns, and none of them notices when it is cut."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from shared.store.held import HeldConnection
from shared.store.pool import Connection
from shared.testkit.databases import TestDatabase

pytestmark = [pytest.mark.postgres, pytest.mark.faults]

BACKEND = "select pg_backend_pid()"
CUT = "select pg_terminate_backend($1)"


async def test_two_at_once_do_not_cut_the_connection_under_each_other(
    log_database: TestDatabase,
) -> None:
    held = HeldConnection(log_database.service)
    served: list[int] = []

    async def work(connection: Connection) -> None:
        served.append(await connection.fetchval(BACKEND))

    await asyncio.gather(*(held.run(work) for _ in range(20)))
    await held.aclose()
    assert len(served) == 20
    assert len(set(served)) == 1


async def test_who_is_cut_off_in_the_middle_is_served_on_a_new_connection(
    log_database: TestDatabase,
) -> None:
    held = HeldConnection(log_database.service)
    administrator = await asyncpg.connect(log_database.owner)
    served: list[int] = []

    async def work(connection: Connection) -> str:
        served.append(await connection.fetchval(BACKEND))
        if len(served) == 1:
            await administrator.fetchval(CUT, served[0])
        done: str = await connection.fetchval("select 'done'")
        return done

    assert await held.run(work) == "done"
    await administrator.close()
    await held.aclose()
    assert len(served) == 2
    assert served[0] != served[1]
