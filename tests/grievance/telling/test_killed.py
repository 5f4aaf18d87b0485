"""A sender is killed while its port takes a notice: told again under the same id, and once only
after that is on record."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from pydantic import HttpUrl

from services.grievance.service import Grievance
from services.grievance.settings import Settings
from services.grievance.telling import sending
from services.grievance.telling.ports import opened_ports
from services.grievance.telling.settings import Telling, Webhook
from tests.grievance.front_desk import FrontDesk
from tests.grievance.telling.listening import listening
from tests.grievance.telling.rounds import NOW, log_of, owed
from tests.shared.toy.waiting import until

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

ROOT = Path(__file__).parents[3]
SENDER = """
import asyncio
from services.grievance.service import opened
from services.grievance.settings import Settings
from services.grievance.telling import sending

async def main():
    async with opened(Settings()) as service:
        await sending.run(service, asyncio.Event())

asyncio.run(main())
"""


def _environment(settings: Settings, url: str) -> dict[str, str]:
    assert settings.master_key is not None
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LINLI_GRIEVANCE__DSN": settings.grievance.dsn,
        "LINLI_GRIEVANCE__KEYS_DSN": settings.grievance.keys_dsn,
        "LINLI_MASTER_KEY": settings.master_key.get_secret_value(),
        "LINLI_TELLING__WEBHOOK__URL": url,
        "LINLI_TELLING__QUIET_FROM": "08:00",
        "LINLI_TELLING__QUIET_UNTIL": "08:00",
    }


async def test_who_is_killed_at_it_leaves_it_to_the_next_under_the_same_id(
    service: Grievance, settings: Settings, desk: FrontDesk, case_id: str
) -> None:
    await owed(service)
    async with listening() as there:
        there.status = None
        told = _environment(settings, there.url)
        sender = await asyncio.create_subprocess_exec(sys.executable, "-c", SENDER, env=told)

        async def taken() -> bool:
            return len(there.got) == 1

        try:
            await until(taken)
        finally:
            sender.kill()
            await sender.wait()
        there.status = 202

        async def told_again() -> bool:
            async with opened_ports(Telling(webhook=Webhook(url=HttpUrl(there.url)))) as ports:
                return await sending.tell(service, ports, NOW()) > 0

        await until(told_again)
        assert not await told_again()
        await service.projector.drain()
        assert not await told_again()
        first, second = there.got
        assert first.body == second.body
    [line] = await log_of(desk, case_id)
    assert line["id"] == first.body["id"]
    assert (line["status"], line["port"], line["tries"]) == ("delivered", "webhook", 1)
