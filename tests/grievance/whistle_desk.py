"""What a whistle goes through over HTTP, and who takes which step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from services.grievance.service import Grievance
from tests.grievance.front_desk import Headers

WHISTLE: Mapping[str, Any] = {
    "territory": "d/s1/c1",
    "reason": "joint_enforcement",
    "what": "夜市占道，油烟扰民，需要一起到场。",
    "where": "中心花园北门",
    "units": ["police", "fire", "parks"],
}
BLOWER: Mapping[str, Any] = {"sub": "grid-1", "roles": ("grid_worker",), "territory": "d/s1/c1"}
SECRETARY: Mapping[str, Any] = {"sub": "chief-1", "roles": ("party_secretary",)}
FORMS: Mapping[str, Mapping[str, Any]] = {
    "call": {"units": ["gas"]},
    "report": {},
    "result": {"words": "已劝离三个摊位。"},
    "end": {"came": ["police"], "did": ["police"]},
}


def of_unit(unit: str, territory: str = "d") -> dict[str, Any]:
    """Somebody of this unit."""
    about: dict[str, Any] = {"sub": f"{unit}-1", "roles": ("handling_unit",), "unit": unit}
    return {**about, "territory": territory}


class WhistleDesk:
    """Blows whistles and answers them, each as the actor whose turn it is."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers, service: Grievance) -> None:
        self.client = client
        self.headers = headers
        self.service = service

    async def blow(self, actor: Mapping[str, Any] = BLOWER, **changes: object) -> dict[str, Any]:
        """A new whistle's receipt."""
        form = {**WHISTLE, **changes}
        answer = await self.client.post("/whistles", json=form, headers=self.headers(**actor))
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def step(
        self,
        whistle_id: str,
        verb: str,
        *,
        actor: Mapping[str, Any] = BLOWER,
        form: Mapping[str, Any] | None = None,
        version: int | None = None,
    ) -> httpx.Response:
        """One step; with the version that was read where it needs one."""
        return await self.client.post(
            f"/whistles/{whistle_id}/{verb}",
            json=FORMS[verb] if form is None else form,
            headers=self.headers(version=version, **actor),
        )

    async def read(
        self, address: str, actor: Mapping[str, Any] = BLOWER, **query: Any
    ) -> httpx.Response:
        """GET."""
        return await self.client.get(address, params=query, headers=self.headers(**actor))

    async def page(self, whistle_id: str, actor: Mapping[str, Any] = BLOWER) -> dict[str, Any]:
        """The whistle as this actor sees it."""
        answer = await self.read(f"/whistles/{whistle_id}", actor)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def turnout(self, actor: Mapping[str, Any], **query: Any) -> dict[str, dict[str, int]]:
        """What counts, by unit, once everything is counted."""
        await self.service.projector.drain()
        answer = await self.read("/turnout", actor, **query)
        assert answer.status_code == 200, answer.text
        lines = {line.pop("unit"): line for line in answer.json()["items"]}
        return {unit: {name: n for name, n in line.items() if n} for unit, line in lines.items()}
