"""Telling petitioners: every step reaches them, once on record, whatever fails on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.grievance.case.decider import case
from services.grievance.notice.retrying import RETRIES
from services.grievance.notice.steps import notice_of
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from services.grievance.telling import sending
from services.grievance.telling.composing import composed
from services.grievance.telling.settings import Telling
from services.grievance.words import FailureReason
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.store import cursors
from shared.store.held import Unavailable
from shared.store.parked import any_of
from tests.grievance.cases import past
from tests.grievance.front_desk import FrontDesk
from tests.grievance.listening import Kept
from tests.shared.toy.waiting import running, until

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

WALK = ("accept", "dispatch", "sign", "contact", "progress", "reply", "callback", "close", "reopen")
STEPS = ["accepted", "dispatched", "progress", "replied", "closed", "reopened"]
DAY = time(8)
CHIEF: dict[str, Any] = {"sub": "chief-1", "roles": ("supervisor",), "territory": "d"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """It is never quiet."""
    return settings.model_copy(update={"telling": Telling(quiet_from=DAY, quiet_until=DAY)})


@pytest.fixture
def port() -> Kept:
    return Kept()


@pytest.fixture
async def case_id(desk: FrontDesk) -> str:
    """A case that was accepted."""
    filed = str((await desk.file())["id"])
    await desk.walk(filed, "accept")
    return filed


async def _owed(service: Grievance) -> None:
    await service.owing.drain()
    await service.projector.drain()


async def _tell(service: Grievance, *ports: Kept, at: datetime | None = None) -> int:
    """One round, and the read models behind it."""
    position = await sending.tell(service, ports, at or datetime.now(UTC))
    await service.projector.drain()
    return position


async def _log(desk: FrontDesk, case_id: str) -> list[dict[str, Any]]:
    answer = await desk.read(f"/cases/{case_id}/notices", actor=CHIEF)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_every_step_is_told_once(desk: FrontDesk, service: Grievance, port: Kept) -> None:
    filed = str((await desk.file())["id"])
    await desk.walk(filed, *WALK)
    for _ in range(2):
        await _owed(service)
        await _tell(service, port)
    assert sorted(one.step for one in port.got) == sorted(STEPS)
    log = await _log(desk, filed)
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


async def test_a_crash_before_the_cursor_moves_owes_nothing_twice(
    service: Grievance, case_id: str, desk: FrontDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crashed(*_: Any) -> None:
        raise ConnectionResetError

    for _ in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(cursors, "move", crashed)
            with pytest.raises(ConnectionResetError):
                await service.owing.step()
    await _owed(service)
    assert [line["step"] for line in await _log(desk, case_id)] == ["accepted"]
    async with service.pool.acquire() as connection:
        assert not await any_of(connection, [service.owing.name], "grievance")
        assert await connection.fetch("select * from refused") == []


async def test_imported_history_is_told_to_nobody(service: Grievance, desk: FrontDesk) -> None:
    key, command = uuid4(), past
    events = [
        *case.decide(command, case.initial),
        *(await _steps_of_another(service, desk)),
    ]
    target = Target(case, key)
    imported = Submission(
        Identity(uuid4(), b"import"), command, (target,), lambda _: [events], origin="history"
    )
    await service.executor.execute(imported)
    await service.owing.drain()
    assert (await service.notices.stands(notice_of(key, 2))).status == "none"


async def _steps_of_another(service: Grievance, desk: FrontDesk) -> list[Any]:
    filed = str((await desk.file())["id"])
    await desk.walk(filed, "accept")
    return [one.event for one in await service.archive.history(UUID(filed))][1:]


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
    await _owed(service)
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    night = datetime.combine(tomorrow, time(13), UTC)  # nine in the evening in Beijing
    await _tell(service, port, at=night)
    await _tell(service, port, at=night + timedelta(hours=10, minutes=59))
    assert {str(one.id) for one in port.got} == {
        str(notice_of(UUID(ids[urgency]), 2)) for urgency in ("urgent", "critical")
    }
    await _tell(service, port, at=night + timedelta(hours=11))
    assert len(port.got) == len(ids)


async def test_what_fails_is_tried_again_later_and_given_up_in_the_end(
    service: Grievance, desk: FrontDesk, case_id: str
) -> None:
    port = Kept(failing="timed_out")
    await _owed(service)
    moment = datetime.now(UTC)
    for attempt in range(1, RETRIES + 1):
        assert await _tell(service, port, at=moment)
        assert await _tell(service, port, at=moment) == 0, "not before its time"
        [line] = await _log(desk, case_id)
        assert (line["status"], line["tries"], line["reason"]) == ("owed", attempt, "timed_out")
        moment = datetime.fromisoformat(line["next_try"])
    await _tell(service, port, at=moment)
    [line] = await _log(desk, case_id)
    assert (line["status"], line["tries"], line["next_try"]) == ("given_up", RETRIES + 1, None)
    port.failing = None
    assert await _tell(service, port, at=moment + timedelta(days=9)) == 0
    assert port.got == []


async def test_what_came_through_at_last_says_how_often_it_was_tried(
    service: Grievance, desk: FrontDesk, case_id: str
) -> None:
    port = Kept(failing="busy")
    await _owed(service)
    now = datetime.now(UTC)
    await _tell(service, port, at=now)
    port.failing = None
    await _tell(service, port, at=now + timedelta(seconds=25))
    [line] = await _log(desk, case_id)
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
    await _owed(service)
    now = datetime.now(UTC)
    for _ in range(2):
        await _tell(service, gateway, mail, at=now)
    [line] = await _log(desk, case_id)
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
    await _owed(service)
    await _tell(service, port)
    [line] = await _log(desk, filed)
    assert (line["status"], line["reason"], line["tries"]) == ("undeliverable", reason, 0)


async def test_who_refuses_everywhere_is_told_nothing_more(
    service: Grievance, desk: FrontDesk, case_id: str
) -> None:
    await _owed(service)
    now = datetime.now(UTC)
    for _ in range(2):
        await _tell(service, Kept("gateway", failing="refused"), at=now)
    [line] = await _log(desk, case_id)
    assert (line["status"], line["reason"]) == ("undeliverable", "refused")


async def test_an_erased_person_is_told_nothing_and_nothing_breaks(
    service: Grievance, desk: FrontDesk, case_id: str, port: Kept
) -> None:
    person = (await desk.read(f"/cases/{case_id}")).json()["petitioner"]
    await _owed(service)
    sent = desk.headers(**CHIEF)
    form = {"reason": "own_request"}
    answer = await desk.client.post(f"/persons/{person}/erasure", json=form, headers=sent)
    assert answer.is_success, answer.text
    await _tell(service, port)
    assert port.got == []
    [line] = await _log(desk, case_id)
    assert (line["status"], line["reason"]) == ("undeliverable", "erased")


async def test_nothing_is_sent_after_its_delivery_is_on_record(
    service: Grievance, case_id: str, port: Kept
) -> None:
    await _owed(service)
    for _ in range(3):  # the read model has not heard of it
        await sending.tell(service, [port], datetime.now(UTC))
    assert len(port.got) == 1


async def test_two_senders_at_once_send_once(service: Grievance, case_id: str, port: Kept) -> None:
    await _owed(service)
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
    await _owed(service)

    async def died(*_: Any) -> None:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(Executor, "execute", died)
        with pytest.raises(Unavailable):
            await _tell(service, port)
    await _tell(service, port)
    await _tell(service, port)
    assert len(port.got) == 2
    assert len({one.id for one in port.got}) == 1, "by which a port can drop it"
    [line] = await _log(desk, case_id)
    assert (line["status"], line["tries"]) == ("delivered", 1)


async def test_a_bug_of_ours_costs_a_try_and_holds_up_nobody(
    service: Grievance, desk: FrontDesk, case_id: str, port: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = str((await desk.file())["id"])
    await desk.walk(other, "decline")
    await _owed(service)

    async def unwell(*about: Any) -> Any:
        if about[-1].case_id == UUID(case_id):
            raise ZeroDivisionError
        return await made(*about)

    made = composed
    monkeypatch.setattr(sending, "composed", unwell)
    await _tell(service, port)
    [line] = await _log(desk, case_id)
    assert (line["status"], line["reason"]) == ("owed", "faulty")
    assert [one.step for one in port.got] == ["not_accepted"]


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
            return [line["status"] for line in await _log(desk, case_id)] == ["delivered"]

        await until(met)
    page = (await desk.read("/outbox", actor=CHIEF)).json()
    [line] = page["items"]
    assert (line["case_id"], line["step"]) == (case_id, "accepted")
    assert line["number"] in line["text"]
