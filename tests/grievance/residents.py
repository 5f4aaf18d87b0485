"""Residents without a login: they file, and follow by number and code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from tests.grievance.front_desk import fresh_key

OWN: Mapping[str, Any] = {
    "territory": "d/s1/c1",
    "details": "三单元门口的路灯坏了两周。晚上看不清路。",
    "spot": "三单元东侧第二根灯杆",
    "address": "某路1号",
    "name": "测试人",
    "phone": "139 0000 0000",
    "email": "someone@example.com",
}


class Residents:
    """Sends what residents send: no token, a key of chance."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def post(self, path: str, form: Mapping[str, Any], key: str = "") -> httpx.Response:
        """Any of their requests."""
        headers = {"idempotency-key": key or fresh_key()}
        return await self.client.post(f"/petitions{path}", json=form, headers=headers)

    async def file(self, **changes: Any) -> dict[str, Any]:
        """The slip of a new petition."""
        answer = await self.post("", {**OWN, **changes})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def upload(self, picture: bytes, kind: str = "image/jpeg") -> str:
        """The word for a photo."""
        headers = {"content-type": kind}
        answer = await self.client.post("/photos", content=picture, headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["photo"])

    async def look(self, slip: Mapping[str, Any]) -> dict[str, Any]:
        """Where it stands."""
        answer = await self.post(f"/{slip['number']}/look", {"code": slip["code"]})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def take(
        self, slip: Mapping[str, Any], verb: str, key: str = "", **form: Any
    ) -> httpx.Response:
        """Answer the callback, or ask for a new round."""
        return await self.post(f"/{slip['number']}/{verb}", {"code": slip["code"], **form}, key)
