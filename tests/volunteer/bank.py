"""Who keeps hours and time over HTTP, and how."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import httpx

from services.volunteer.kinship import Register
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.service import Volunteers
from shared.contracts.territory import TerritoryRegistered
from shared.core.atlas.kinds import Kind
from shared.core.local_time import BEIJING, day_of
from shared.testkit import maps

ANN, BEN, CAI = (UUID(int=(8 << 76) | (0b10 << 62) | number) for number in (1, 2, 3))
LEADER: Mapping[str, Any] = {"sub": "leader", "roles": ("team_leader",), "territory": "sanwan"}
APPROVER: Mapping[str, Any] = {
    "sub": "approver", "roles": ("hours_approver",), "territory": "sanwan",
}  # fmt: skip
COUNTER: Mapping[str, Any] = {"sub": "counter", "roles": ("registrar",), "territory": "gaoxin"}
SUPERVISOR: Mapping[str, Any] = {"sub": "super", "roles": ("supervisor",), "territory": "gaoxin"}
DISTRICT: tuple[tuple[str, Kind, str | None], ...] = (
    ("gaoxin", "district", None),
    ("shengli", "subdistrict", "gaoxin"),
    ("sanwan", "community", "shengli"),
    ("litai", "community", "shengli"),
    ("sanwan-1", "building", "sanwan"),
)
# Yesterday: what was served then is neither late nor in the future.
DAY = day_of(datetime.now(UTC) - timedelta(days=1))


def volunteer(person: UUID, territory: str = "sanwan") -> dict[str, Any]:
    """This person, as a volunteer."""
    return {"sub": str(person), "roles": ("volunteer",), "territory": territory}


def clock(hour: int, minute: int = 0, day: str = DAY) -> str:
    """So late on that day, in Beijing."""
    moment = datetime.fromisoformat(f"{day}T00:00:00+00:00") - BEIJING
    return (moment + timedelta(hours=hour, minutes=minute)).isoformat()


def hours(minutes: int = 60, **other: Any) -> dict[str, Any]:
    """The form of hours for the team of the leader."""
    told = {
        "day": DAY, "minutes": minutes, "territory": "sanwan", "service": "meals",
        "evidence": "recorder", "person": str(ANN), "sponsor": "sanwan-party",
    }  # fmt: skip
    return {name: value for name, value in {**told, **other}.items() if value is not None}


class Headers(Protocol):
    """The fixture `headers`."""

    def __call__(
        self, sub: str = ..., *, key: str | None = None, version: int | None = None, **about: Any
    ) -> dict[str, str]: ...


class Bank:
    """Asks of the volunteer service what people ask of it."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers, service: Volunteers) -> None:
        self.client = client
        self.headers = headers
        self.service = service

    async def draw(self) -> None:
        """A district of two communities."""
        told = [
            TerritoryRegistered(at=maps.BEGAN, code=code, kind=kind, name=code, parent=parent)
            for code, kind, parent in DISTRICT
        ]
        await maps.tell(self.service.pool, told)
        await self.service.map.read()

    async def post(
        self, path: str, form: Mapping[str, Any], actor: Mapping[str, Any], key: str | None = None
    ) -> httpx.Response:
        """A command, and the read models after it."""
        answer = await self.client.post(path, json=form, headers=self.headers(key=key, **actor))
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

    async def get(self, path: str, actor: Mapping[str, Any], **query: Any) -> httpx.Response:
        """Read as this actor."""
        return await self.client.get(path, params=query, headers=self.headers(**actor))

    async def read(self, path: str, actor: Mapping[str, Any], **query: Any) -> Any:
        """What is there for this actor."""
        answer = await self.get(path, actor, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def logged(self, minutes: int = 60, **other: Any) -> int:
        """The number of a record that a team leader put on."""
        receipt = await self.done("/records", hours(minutes, **other), LEADER)
        return int(receipt["version"])

    async def approve(self, record: int, person: UUID = ANN) -> Any:
        """Approve a record."""
        return await self.done(f"/people/{person}/records/{record}/approve", {}, APPROVER)

    async def saved(self, minutes: int, person: UUID = ANN) -> int:
        """Approved hours, ten a day, the latest on the last day; the number of the last record."""
        record, days = 0, 1
        while minutes > 0:
            day = day_of(datetime.now(UTC) - timedelta(days=days))
            some = min(minutes, 600)
            record = await self.logged(
                some, person=str(person), day=day, late_reason="paper_form" if days > 2 else None
            )
            await self.approve(record, person)
            minutes, days = minutes - some, days + 1
        return record

    def knows(self, register: Register, **figures: Any) -> None:
        """From now on the service asks this register, and its rules have these figures."""
        changed = BOOK.model_copy(update=figures)

        async def rules(territory: str, moment: datetime | None = None) -> VolunteerRules:
            return changed

        object.__setattr__(self.service, "register", register)
        object.__setattr__(self.service, "rules", rules)

    async def account(self, person: UUID = ANN) -> Any:
        """The account, as its owner sees it."""
        return await self.read(f"/accounts/{person}", volunteer(person))
