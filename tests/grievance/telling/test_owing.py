"""Owing: once a step, and never for what is past."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.grievance.case.decider import case
from services.grievance.notice.steps import notice_of
from services.grievance.service import Grievance
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.store import cursors
from shared.store.parked import any_of
from tests.grievance.cases import past
from tests.grievance.front_desk import FrontDesk
from tests.grievance.telling.rounds import log_of, owed

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


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
    await owed(service)
    assert [line["step"] for line in await log_of(desk, case_id)] == ["accepted"]
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
