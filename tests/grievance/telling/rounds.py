"""Rounds of telling, and what the delivery log says of them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from services.grievance.service import Grievance
from services.grievance.telling import sending
from tests.grievance.front_desk import FrontDesk
from tests.grievance.telling.listening import Kept

NOW = partial(datetime.now, UTC)
CHIEF: dict[str, Any] = {"sub": "chief-1", "roles": ("supervisor",), "territory": "d"}


async def owed(service: Grievance) -> None:
    """What has happened is owed, and the read models know it."""
    await service.owing.drain()
    await service.projector.drain()


async def told(service: Grievance, *ports: Kept, at: datetime | None = None) -> int:
    """One round, and the read models behind it."""
    position = await sending.tell(service, ports, at or datetime.now(UTC))
    await service.projector.drain()
    return position


async def log_of(desk: FrontDesk, case_id: str) -> list[dict[str, Any]]:
    """The delivery log of a case."""
    answer = await desk.read(f"/cases/{case_id}/notices", actor=CHIEF)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items
