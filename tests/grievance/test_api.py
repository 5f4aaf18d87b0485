"""The case service over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from services.grievance.service import Grievance

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

Headers = Callable[..., dict[str, str]]
PETITION = {
    "territory": "d/s1/c1",
    "subject": "甲市路灯不亮",
    "details": "三单元门口的路灯坏了两周。",
    "case_type": "repair",
    "name": "测试人",
    "phone": "139 0000 0000",
}


async def _filed(client: httpx.AsyncClient, headers: Headers, **changes: object) -> dict[str, Any]:
    answer = await client.post("/cases", json={**PETITION, **changes}, headers=headers())
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_a_filed_petition_is_on_the_register(
    client: httpx.AsyncClient, service: Grievance, headers: Headers
) -> None:
    filed = await _filed(client, headers)
    await service.projector.drain()
    page = await client.get("/cases", params={"min_position": filed["position"]}, headers=headers())
    assert page.status_code == 200, page.text
    [line] = page.json()["items"]
    assert line["id"] == filed["id"]
    assert line["subject"] == PETITION["subject"]
    assert line["status"] == "filed"
    assert page.json()["watermark"]["position"] == filed["position"]
    assert page.json()["total"] == 1
