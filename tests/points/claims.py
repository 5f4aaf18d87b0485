"""Who claims points over HTTP, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from services.points.service import PointsService
from shared.core.local_time import day_of
from shared.testkit.maps import lay

ANN, BEN = (UUID(int=(8 << 76) | (0b10 << 62) | number) for number in (1, 2))
REVIEWER: Mapping[str, Any] = {
    "sub": "reviewer", "roles": ("points_reviewer",), "territory": "d/s1/c1",
}  # fmt: skip
SUPERVISOR: Mapping[str, Any] = {"sub": "super", "roles": ("supervisor",), "territory": "d"}
HEAD: Mapping[str, Any] = {"sub": "head", "roles": ("building_head",), "territory": "d/s1/c1"}
MAP = ("d", "d/s1", "d/s1/c1", "d/s1/c2")


def today() -> str:
    """The day it is in Beijing."""
    return day_of(datetime.now(UTC))


def days_ago(days: int) -> str:
    """The day it was in Beijing so many days ago."""
    return day_of(datetime.now(UTC) - timedelta(days=days))


def resident(person: UUID, territory: str = "d/s1/c1") -> dict[str, Any]:
    """This person, as a resident."""
    return {"sub": str(person), "roles": ("resident",), "territory": territory}


class Claimants:
    """Asks of the points service what people ask of it who claim and who review."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        headers: Callable[..., dict[str, str]],
        service: PointsService,
    ) -> None:
        self.client = client
        self.headers = headers
        self.service = service

    async def draw(self) -> None:
        """A district of two communities."""
        await lay(self.service.pool, MAP)
        await self.service.map.read()

    async def sent(
        self, path: str, form: Mapping[str, Any], actor: Mapping[str, Any], key: str | None = None
    ) -> httpx.Response:
        """A command; the read models stay behind. Many may be sent at once."""
        return await self.client.post(path, json=form, headers=self.headers(key=key, **actor))

    async def post(
        self, path: str, form: Mapping[str, Any], actor: Mapping[str, Any], key: str | None = None
    ) -> httpx.Response:
        """A command, and the read models after it."""
        answer = await self.sent(path, form, actor, key)
        await self.service.projector.drain()
        return answer

    async def done(self, path: str, form: Mapping[str, Any], actor: Mapping[str, Any]) -> Any:
        """A command that is taken; its receipt."""
        answer = await self.post(path, form, actor)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    async def refused(self, path: str, form: Mapping[str, Any], actor: Mapping[str, Any]) -> str:
        """A command that is not taken; the code of the refusal."""
        answer = await self.post(path, form, actor)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["code"])

    async def read(self, path: str, actor: Mapping[str, Any], **query: Any) -> Any:
        """What is there for this actor."""
        answer = await self.client.get(path, params=query, headers=self.headers(**actor))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def claimed(
        self, person: UUID = ANN, actor: Mapping[str, Any] | None = None, **other: Any
    ) -> str:
        """The id of a claim that this person made, or another for them."""
        form = form_of(person=str(person) if actor else None, **other)
        receipt = await self.done("/claims", form, actor or resident(person))
        return str(receipt["id"])

    async def approve(self, claim: str, actor: Mapping[str, Any] = REVIEWER) -> Any:
        """Approve a claim."""
        return await self.done(f"/claims/{claim}/approve", {}, actor)

    async def given(self, person: UUID = ANN) -> int:
        """What this person was ever given and still stands, by their account."""
        select = "select earned from points_accounts where holder = $1"
        async with self.service.pool.acquire(timeout=10) as connection:
            found = await connection.fetchval(select, person)
        return int(found or 0)


def form_of(**other: Any) -> dict[str, Any]:
    """The form of a claim: today, an activity that is told of in words."""
    told = {"reason": "activity", "day": today(), "words": "参加小区大扫除"}
    return {name: value for name, value in {**told, **other}.items() if value is not None}
