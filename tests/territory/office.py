"""Who draws the map over HTTP, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import httpx

from services.territory.service import Territory
from shared.core.atlas.atlas import New
from tests.territory.maps import SHENGLI

KEEPER: Mapping[str, Any] = {"sub": "keeper", "roles": ("administrator",), "territory": "gaoxin"}


def ago(days: int) -> dict[str, str]:
    """A late entry of so many days ago."""
    moment = datetime.now(UTC) - timedelta(days=days)
    return {"occurred_at": moment.isoformat(), "late_reason": "paper_form"}


class Headers(Protocol):
    """The fixture `headers`."""

    def __call__(
        self, sub: str = ..., *, key: str | None = None, version: int | None = None, **about: Any
    ) -> dict[str, str]: ...


class Office:
    """Changes and reads the map as the district's administrator, unless someone else is named."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers, service: Territory) -> None:
        self.client = client
        self.headers = headers
        self.service = service

    async def post(self, path: str, form: Mapping[str, Any], **actor: Any) -> httpx.Response:
        """A change, and the read models after it."""
        headers = self.headers(**{**KEEPER, **actor})
        answer = await self.client.post(path, json=form, headers=headers)
        await self.service.projector.drain()
        await self.service.map.read()
        return answer

    async def draw(self, new: Sequence[New] = SHENGLI, *, days_ago: int = 0) -> dict[str, Any]:
        """Register these; the receipt."""
        told = [
            {"code": one.code, "kind": one.kind, "name": one.name}
            | ({"parent": one.parent} if one.parent else {})
            for one in new
        ]
        late = ago(days_ago) if days_ago else {}
        answer = await self.post("/territories", {"territories": told, **late})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def get(self, path: str, **query: Any) -> httpx.Response:
        """Read as the administrator, or as `actor`."""
        actor = query.pop("actor", KEEPER)
        return await self.client.get(path, params=query, headers=self.headers(**actor))

    async def read(self, path: str, **query: Any) -> dict[str, Any]:
        """What is there."""
        answer = await self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())
