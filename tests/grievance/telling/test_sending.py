"""Sending: every step reaches the petitioner, once on record, in daytime."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.grievance.notice.steps import notice_of
from services.grievance.service import Grievance
from services.grievance.telling import sending
from services.grievance.telling.settings import Telling
from shared.runtime.commands.execute import Executor
from shared.store.held import Unavailable
from tests.grievance.front_desk import FrontDesk
from tests.grievance.telling.listening import Kept
from tests.grievance.telling.rounds import CHIEF, log_of, owed, told
from tests.shared.toy.waiting import running, until

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

WALK = ("accept", "dispatch", "sign", "contact", "progress", "reply", "callback", "close", "reopen")
STEPS = ["accepted", "dispatched", "progress", "replied", "closed", "reopened"]


async def test_every_step_is_told_once(desk: FrontDesk, service: Grievance, port: Kept) -> None:
    filed = str((await desk.file())["id"])
    await desk.walk(filed, *WALK)
    for _ in range(2):
        await owed(service)
        await told(service, port)
    assert sorted(one.step for one in port.got) == sorted(STEPS)
    log = await log_of(desk, filed)
    assert [line["step"] for line in log] == STEPS
    assert {(line["status"], line["port"], line["tries"]) for line in log} == {
        ("delivered", "gateway", 1)
    }
    assert {str(one.id) for one in port.got} == {line["id"] for line in log}
    [one] = [one for one in port.got if one.step == "dispatched"]
    assert one.contact.phone == "139 0000 0000"
    assert "lamps" in one.text
    assert "139" not in one.text
    assert "路灯" not in one.text, "a phone may be in other hands"


async def test_at_night_only_what_is_urgent_is_told(
    service: Grievance, desk: FrontDesk, port: Kept
) -> None:
    quiet = Telling(quiet_from=time(21), quiet_until=time(8))
    object.__setattr__(service, "telling", quiet)
    ids = {
        urgency: str((await desk.file(urgency=urgency))["id"])
        for urgency in ("normal", "complex", "urgent", "critical")
    }
    for filed in ids.values():
        await desk.walk(filed, "accept")
    await owed(service)
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    night = datetime.combine(tomorrow, time(13), UTC)  # nine in the evening in Beijing
    await told(service, port, at=night)
    await told(service, port, at=night + timedelta(hours=10, minutes=59))
    assert {str(one.id) for one in port.got} == {
        str(notice_of(UUID(ids[urgency]), 2)) for urgency in ("urgent", "critical")
    }
    await told(service, port, at=night + timedelta(hours=11))
    assert len(port.got) == len(ids)


async def test_nothing_is_sent_after_its_delivery_is_on_record(
    service: Grievance, case_id: str, port: Kept
) -> None:
    await owed(service)
    for _ in range(3):  # the read model has not heard of it
        await sending.tell(service, [port], datetime.now(UTC))
    assert len(port.got) == 1


async def test_two_senders_at_once_send_once(service: Grievance, case_id: str, port: Kept) -> None:
    await owed(service)
    there, both = asyncio.Event(), asyncio.Event()

    async def dawdle() -> None:
        there.set()
        await both.wait()

    port.during = dawdle
    first = asyncio.create_task(sending.tell(service, [port], datetime.now(UTC)))
    await there.wait()
    assert await sending.tell(service, [port], datetime.now(UTC)) == 0
    both.set()
    assert await first > 0
    assert len(port.got) == 1


async def test_who_dies_between_sending_and_recording_sends_again_under_the_same_id(
    service: Grievance, desk: FrontDesk, case_id: str, port: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owed(service)

    async def died(*_: Any) -> None:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(Executor, "execute", died)
        with pytest.raises(Unavailable):
            await told(service, port)
    await told(service, port)
    await told(service, port)
    assert len(port.got) == 2
    assert len({one.id for one in port.got}) == 1, "by which a port can drop it"
    [line] = await log_of(desk, case_id)
    assert (line["status"], line["tries"]) == ("delivered", 1)


@pytest.fixture
async def projecting(service: Grievance) -> AsyncIterator[None]:
    """The read models are kept up meanwhile."""
    async with running(service.projector.run), running(service.owing.run):
        yield


@pytest.mark.usefixtures("projecting")
async def test_what_runs_by_itself_ends_in_the_outbox(
    service: Grievance, desk: FrontDesk, case_id: str
) -> None:
    async with running(lambda stop: sending.run(service, stop)):

        async def met() -> bool:
            return [line["status"] for line in await log_of(desk, case_id)] == ["delivered"]

        await until(met)
    page = (await desk.read("/outbox", actor=CHIEF)).json()
    [line] = page["items"]
    assert (line["case_id"], line["step"]) == (case_id, "accepted")
    assert line["number"] in line["text"]
