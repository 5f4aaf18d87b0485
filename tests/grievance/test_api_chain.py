"""The check of a case: every hash made anew, and the first event that does not hold."""

from __future__ import annotations

import asyncpg
import pytest

from services.grievance.service import Grievance
from shared.testkit.databases import TestDatabase
from tests.grievance.front_desk import FrontDesk

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


async def _check(desk: FrontDesk, case_id: str) -> dict[str, object]:
    answer = await desk.read(f"/cases/{case_id}/chain")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _tamper(database: TestDatabase, statement: str, case_id: str) -> None:
    owner = await asyncpg.connect(database.owner)
    await owner.execute(statement, case_id)
    await owner.close()


async def test_a_case_that_nobody_touched_holds_up_to_its_head(
    desk: FrontDesk, service: Grievance
) -> None:
    filed, other = await desk.file(), await desk.file()
    walked = await desk.walk(filed["id"], "accept", "dispatch")
    await service.projector.drain()
    async with service.pool.acquire() as connection:
        head = await connection.fetchval(
            "select hash from event where position = $1", walked["position"]
        )
    assert await _check(desk, filed["id"]) == {
        "verified": 3, "head": head.hex(), "ok": True, "broken": None, "seal": None, "export": True,
    }  # fmt: skip
    assert (await _check(desk, other["id"]))["verified"] == 1


@pytest.mark.parametrize(
    ("statement", "verified", "reason"),
    [
        ("update event set actor = 'nobody' where stream_id = $1 and version = 2", 1, "digest"),
        ("update event set payload = '{}' where stream_id = $1 and version = 1", 0, "digest"),
        ("update event set hash = digest where stream_id = $1 and version = 2", 1, "hash"),
        ("delete from event where stream_id = $1 and version = 2", 1, "version 2"),
    ],
)
async def test_what_was_touched_is_named_though_the_case_may_not_be_readable(
    desk: FrontDesk, service: Grievance, log_database: TestDatabase, statement: str, verified: int,
    reason: str,
) -> None:  # fmt: skip
    filed = await desk.file()
    await desk.walk(filed["id"], "accept", "dispatch")
    await service.projector.drain()
    await _tamper(log_database, statement, filed["id"])
    found = await _check(desk, filed["id"])
    assert (found["ok"], found["verified"]) == (False, verified)
    assert isinstance(found["broken"], dict)
    assert found["broken"]["position"] == (3 if "delete" in statement else verified + 1)
    assert reason in found["broken"]["reason"]
