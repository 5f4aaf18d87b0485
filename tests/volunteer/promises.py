"""Who promises something over HTTP, and how the days go by."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

import httpx
import pytest

from services.volunteer import timekeeping
from services.volunteer.promising import desk
from services.volunteer.service import Volunteers
from services.volunteer.serving import desk as duty_desk
from shared.core.local_time import start_of

SECRETARY: Mapping[str, Any] = {"sub": "secretary-1", "roles": ("party_secretary",)}
RESIDENT: Mapping[str, Any] = {"sub": "resident-1", "roles": ("resident",)}
CLINIC: Mapping[str, Any] = {
    "name": "慢病免费义诊", "territory": "d/s1/c1", "kind": "clinic",
    "rhythm": {"every": "month", "day": 15}, "starts": "2027-01-01", "promised": True,
}  # fmt: skip


class Headers(Protocol):
    """The fixture `headers`."""

    def __call__(
        self, sub: str = ..., *, key: str | None = None, version: int | None = None, **about: Any
    ) -> dict[str, str]: ...


@asynccontextmanager
async def projecting(service: Volunteers) -> AsyncIterator[None]:
    """Somebody keeps the read models meanwhile."""
    stop = asyncio.Event()
    task = asyncio.create_task(service.projector.run(stop))
    yield
    stop.set()
    await task


class Community:
    """Makes promises, keeps some, and lets days go by."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        headers: Headers,
        service: Volunteers,
        clock: pytest.MonkeyPatch,
    ) -> None:
        self.client = client
        self.headers = headers
        self.service = service
        self.clock = clock

    def on(self, day: str) -> None:
        """It is this day for whoever asks something."""
        self.clock.setattr(desk, "_today", lambda: day)
        self.clock.setattr(duty_desk, "_today", lambda: day)

    async def post(self, path: str, form: Mapping[str, Any], **actor: Any) -> httpx.Response:
        """A command, and the read models after it."""
        headers = self.headers(**{**SECRETARY, **actor})
        answer = await self.client.post(path, json=form, headers=headers)
        await self.service.projector.drain()
        return answer

    async def done(self, path: str, form: Mapping[str, Any], **actor: Any) -> dict[str, Any]:
        """A command that is taken; its receipt."""
        answer = await self.post(path, form, **actor)
        assert answer.status_code in (200, 201), answer.text
        return dict(answer.json())

    async def promise(self, **changes: Any) -> str:
        """A new series; its id."""
        return str((await self.done("/series", {**CLINIC, **changes}))["id"])

    async def held(self, series: str, day: str, people: int = 30, **more: Any) -> None:
        """It is this day, and it happens."""
        self.on(day)
        await self.done(f"/series/{series}/held", {"people": people, **more})

    async def night_after(self, day: str) -> int:
        """The timer on the morning after this day; how much it noted."""
        return await self.noted(start_of(day) + timedelta(days=1, hours=1))

    async def noted(self, moment: datetime) -> int:
        """The timer at this moment; how much it noted."""
        async with projecting(self.service):
            noted = await timekeeping.note(self.service, moment)
        await self.service.projector.drain()
        return noted

    async def read(self, path: str, **query: Any) -> dict[str, Any]:
        """What is there, for the secretary or for `actor`."""
        actor = query.pop("actor", SECRETARY)
        answer = await self.client.get(path, params=query, headers=self.headers(**actor))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def line(self, series: str, **query: Any) -> dict[str, Any]:
        """The tracker's line of a series."""
        items = (await self.read("/promises", **query))["items"]
        [found] = [one for one in items if one["id"] == series]
        return dict(found)
