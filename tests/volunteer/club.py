"""Volunteers, teams and activities over HTTP, as a test asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.volunteer.projections.known_residents import known_residents
from services.volunteer.service import Volunteers
from shared.contracts.known_residents import KnownResidentRow
from shared.store import tables
from shared.testkit.maps import lay

TERRITORIES = ("d", "d/s1", "d/s1/c1", "d/s2", "d/s2/c9")
HERE = "d/s1/c1"
ANN, BOB, CAI, DAN = (UUID(int=number) for number in range(1, 5))
LEADER: dict[str, Any] = {"sub": "leader", "roles": ("team_leader",), "territory": "d/s1"}
REGISTRAR: dict[str, Any] = {"sub": "registrar", "roles": ("registrar",), "territory": "d"}


def self_(person: UUID) -> dict[str, Any]:
    """A volunteer with a phone."""
    return {"sub": str(person), "roles": ("volunteer",), "territory": "d"}


class Club:
    """Asks the service; reads what it has become after each step."""

    def __init__(
        self, client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: Volunteers
    ) -> None:
        self.client, self.headers, self.service = client, headers, service

    async def open(self, *people: UUID) -> None:
        """Lay the map, and let these be residents and volunteers."""
        pool = self.service.pool
        await lay(pool, TERRITORIES)
        rows = {one: KnownResidentRow(one, HERE, None, None, gone=False) for one in people}
        async with pool.acquire() as connection, connection.transaction():
            await tables.write(connection, known_residents, rows)
        for one in people:
            await self.register(one)

    async def register(self, person: UUID, name: str = "测试人", **told: Any) -> dict[str, Any]:
        """Register this resident as a volunteer."""
        form = {"person": str(person), "territory": HERE, "name": name, **told}
        return await self.done("/volunteers", form, REGISTRAR)

    async def post(self, path: str, form: dict[str, Any], actor: dict[str, Any]) -> httpx.Response:
        """Any command, what follows from it, and the read models after it."""
        answer = await self.client.post(path, json=form, headers=self.headers(**actor))
        for policy in self.service.reacting:
            await policy.drain()
        await self.service.projector.drain()
        return answer

    async def done(self, path: str, form: dict[str, Any], actor: dict[str, Any]) -> dict[str, Any]:
        """A command that is taken; the receipt."""
        answer = await self.post(path, form, actor)
        assert answer.is_success, answer.text
        return dict(answer.json())

    async def refused(self, path: str, form: dict[str, Any], actor: dict[str, Any]) -> str:
        """The code of a refusal."""
        answer = await self.post(path, form, actor)
        assert not answer.is_success, answer.text
        return str(answer.json()["code"])

    async def read(self, path: str, actor: dict[str, Any], **query: Any) -> dict[str, Any]:
        """What is there."""
        answer = await self.client.get(path, params=query, headers=self.headers(**actor))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def plan(self, starts: datetime, minutes: int = 60, **told: Any) -> str:
        """Plan an activity; its id."""
        form = {
            "name": "河道清理", "place": "桥头", "mode": "theme_based", "kind": "cleaning",
            "service": "environment", "territory": HERE, "starts": starts.isoformat(),
            "ends": (starts + timedelta(minutes=minutes)).isoformat(), **told,
        }  # fmt: skip
        return str((await self.done("/activities", form, LEADER))["id"])

    async def found(self, name: str = "妈妈帮帮团", since: str = "1991-03-08", **told: Any) -> str:
        """Found a team; its id."""
        form = {"name": name, "territory": HERE, "since": since, **told}
        return str((await self.done("/teams", form, LEADER))["id"])

    async def records(self) -> Sequence[Any]:
        """The service records there are."""
        async with self.service.pool.acquire() as connection:
            return list(await connection.fetch("select * from service_records order by position"))


class Clock:
    """What time it is for whoever sends a form."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = datetime.now(UTC)
        monkeypatch.setattr("shared.runtime.web.forms.datetime", self)

    def now(self, _: object) -> datetime:
        """The time it is said to be."""
        return self.moment
