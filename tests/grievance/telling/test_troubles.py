"""What fails on the way to a petitioner, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.grievance.notice.retrying import RETRIES
from services.grievance.notice.steps import notice_of
from services.grievance.service import Grievance
from services.grievance.telling import sending
from services.grievance.telling.composing import composed
from services.grievance.words import FailureReason
from shared.testkit.databases import TestDatabase
from tests.grievance.front_desk import FrontDesk
from tests.grievance.telling.listening import Kept
from tests.grievance.telling.rounds import CHIEF, log_of, owed, told

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


async def test_what_fails_is_tried_again_later_and_given_up_in_the_end(
    service: Grievance, desk: FrontDesk, case_id: str
) -> None:
    port = Kept(failing="timed_out")
    await owed(service)
    moment = datetime.now(UTC)
    for attempt in range(1, RETRIES + 1):
        assert await told(service, port, at=moment)
        assert await told(service, port, at=moment) == 0, "not before its time"
        [line] = await log_of(desk, case_id)
        assert (line["status"], line["tries"], line["reason"]) == ("owed", attempt, "timed_out")
        moment = datetime.fromisoformat(line["next_try"])
    await told(service, port, at=moment)
    [line] = await log_of(desk, case_id)
    assert (line["status"], line["tries"], line["next_try"]) == ("given_up", RETRIES + 1, None)
    port.failing = None
    assert await told(service, port, at=moment + timedelta(days=9)) == 0
    assert port.got == []


async def test_what_came_through_at_last_says_how_often_it_was_tried(
    service: Grievance, desk: FrontDesk, case_id: str
) -> None:
    port = Kept(failing="busy")
    await owed(service)
    now = datetime.now(UTC)
    await told(service, port, at=now)
    port.failing = None
    await told(service, port, at=now + timedelta(seconds=25))
    [line] = await log_of(desk, case_id)
    assert (line["status"], line["tries"], line["reason"]) == ("delivered", 2, None)


@pytest.mark.parametrize(
    ("reason", "by", "status"),
    [("refused", ["email"], "delivered"), ("busy", [], "owed")],
)
async def test_only_a_port_that_refuses_is_passed_over(
    service: Grievance,
    desk: FrontDesk,
    case_id: str,
    reason: FailureReason,
    by: list[str],
    status: str,
) -> None:
    gateway, mail = Kept("gateway", failing=reason), Kept("email")
    await owed(service)
    now = datetime.now(UTC)
    for _ in range(2):
        await told(service, gateway, mail, at=now)
    [line] = await log_of(desk, case_id)
    assert line["status"] == status
    assert [one.step for one in mail.got] == ["accepted"] * len(by)


@pytest.mark.parametrize(
    ("contact", "reason"),
    [({"phone": None, "email": None}, "no_contact"), ({"phone": None}, "no_port")],
)
async def test_whom_no_port_can_reach_is_named_as_such(
    service: Grievance, desk: FrontDesk, port: Kept, contact: dict[str, Any], reason: str
) -> None:
    filed = str((await desk.file(**contact))["id"])
    await desk.walk(filed, "accept")
    await owed(service)
    await told(service, port)
    [line] = await log_of(desk, filed)
    assert (line["status"], line["reason"], line["tries"]) == ("undeliverable", reason, 0)


async def test_who_refuses_everywhere_is_told_nothing_more(
    service: Grievance, desk: FrontDesk, case_id: str
) -> None:
    await owed(service)
    now = datetime.now(UTC)
    for _ in range(2):
        await told(service, Kept("gateway", failing="refused"), at=now)
    [line] = await log_of(desk, case_id)
    assert (line["status"], line["reason"]) == ("undeliverable", "refused")


async def test_an_erased_person_is_told_nothing_and_nothing_breaks(
    service: Grievance, desk: FrontDesk, case_id: str, port: Kept
) -> None:
    person = (await desk.read(f"/cases/{case_id}")).json()["petitioner"]
    await owed(service)
    sent = desk.headers(**CHIEF)
    form = {"reason": "own_request"}
    answer = await desk.client.post(f"/persons/{person}/erasure", json=form, headers=sent)
    assert answer.is_success, answer.text
    await told(service, port)
    assert port.got == []
    [line] = await log_of(desk, case_id)
    assert (line["status"], line["reason"]) == ("undeliverable", "erased")


async def test_a_notice_that_cannot_be_read_holds_up_nobody(
    service: Grievance, desk: FrontDesk, case_id: str, port: Kept, log_database: TestDatabase
) -> None:
    other = str((await desk.file())["id"])
    await desk.walk(other, "decline")
    await owed(service)
    broken = notice_of(UUID(case_id), 2)
    connection = await asyncpg.connect(log_database.owner)
    await connection.execute("update event set schema_version = 99 where stream_id = $1", broken)
    await connection.close()
    await told(service, port)
    await told(service, port)
    assert [one.step for one in port.got] == ["not_accepted"]
    [line] = await log_of(desk, case_id)
    assert (line["status"], line["tries"]) == ("owed", 0)


async def test_a_bug_of_ours_costs_a_try_and_holds_up_nobody(
    service: Grievance, desk: FrontDesk, case_id: str, port: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = str((await desk.file())["id"])
    await desk.walk(other, "decline")
    await owed(service)

    async def unwell(*about: Any) -> Any:
        if about[-1].case_id == UUID(case_id):
            raise ZeroDivisionError
        return await made(*about)

    made = composed
    monkeypatch.setattr(sending, "composed", unwell)
    await told(service, port)
    [line] = await log_of(desk, case_id)
    assert (line["status"], line["reason"]) == ("owed", "faulty")
    assert [one.step for one in port.got] == ["not_accepted"]
