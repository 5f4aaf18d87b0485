"""Who gives points over HTTP, who has them, and where they live."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import httpx

from services.points.account.commands import EarnPoints
from services.points.account.decider import account
from services.points.account.stream import account_of
from services.points.points_rules.commands import PublishPointsRules
from services.points.points_rules.decider import points_rules
from services.points.points_rules.stream import POINTS_RULES
from services.points.rules.book import PointsRules
from services.points.rules.book_2026_1 import BOOK
from services.points.service import PointsService
from shared.contracts.known_residents import KnownResidentRow, known_residents
from shared.contracts.territory import TERRITORY, TerritoryRegistered
from shared.core.atlas.kinds import Kind
from shared.core.local_time import day_of
from shared.core.messages import Actor, Command
from shared.runtime.commands.submission import Identity, Target, single
from shared.store import tables
from shared.testkit import maps

ANN, BEN, CAI, DAN = (UUID(int=(8 << 76) | (0b10 << 62) | number) for number in (1, 2, 3, 4))
HOME = UUID(int=(8 << 76) | (0b10 << 62) | 77)
# Ann and Ben live together, Cai lives alone, of Dan the register knows nothing.
LIVING: Mapping[UUID, UUID | None] = {ANN: HOME, BEN: HOME, CAI: None}
REVIEWER: Mapping[str, Any] = {
    "sub": "reviewer", "roles": ("points_reviewer",), "territory": "sanwan",
}  # fmt: skip
GRID: Mapping[str, Any] = {"sub": "grid", "roles": ("grid_worker",), "territory": "sanwan"}
LEADER: Mapping[str, Any] = {"sub": "leader", "roles": ("team_leader",), "territory": "sanwan"}
COUNTER: Mapping[str, Any] = {"sub": "counter", "roles": ("registrar",), "territory": "gaoxin"}
SUPERVISOR: Mapping[str, Any] = {"sub": "super", "roles": ("supervisor",), "territory": "gaoxin"}
AUDITOR: Mapping[str, Any] = {"sub": "auditor", "roles": ("auditor",), "territory": "gaoxin"}
KEEPER = Actor(id="keeper", roles=frozenset({"administrator"}), territory="gaoxin")
DISTRICT: tuple[tuple[str, Kind, str | None], ...] = (
    ("gaoxin", "district", None),
    ("shengli", "subdistrict", "gaoxin"),
    ("sanwan", "community", "shengli"),
    ("litai", "community", "shengli"),
    ("sanwan-1", "building", "sanwan"),
)


def resident(person: UUID, territory: str = "sanwan") -> dict[str, Any]:
    """This person, as a resident."""
    return {"sub": str(person), "roles": ("resident",), "territory": territory}


def today(ago: int = 0) -> str:
    """The day it is in Beijing, or was so many days ago."""
    return day_of(datetime.now(UTC) - timedelta(days=ago))


def deed(reason: str = "mediation", **other: Any) -> dict[str, Any]:
    """The form of a deed of today in Sanwan, told in words."""
    told = {"reason": reason, "day": today(), "territory": "sanwan", "note": "两家和好了"}
    return {name: value for name, value in {**told, **other}.items() if value is not None}


class Headers(Protocol):
    """The fixture `headers`."""

    def __call__(
        self, sub: str = ..., *, key: str | None = None, version: int | None = None, **about: Any
    ) -> dict[str, str]: ...


class Counter:
    """Asks of the points service what people ask of it."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers, service: PointsService) -> None:
        self.client = client
        self.headers = headers
        self.service = service

    async def draw(self) -> None:
        """A district of two communities, and who lives where."""
        told = [
            TerritoryRegistered(at=maps.BEGAN, code=code, kind=kind, name=code, parent=parent)
            for code, kind, parent in DISTRICT
        ]
        await maps.tell(self.service.pool, told)
        await self.service.map.read()
        for person, household in LIVING.items():
            await self.lives(person, household)

    async def lives(self, person: UUID, household: UUID | None) -> None:
        """From now on the register knows this person in a building of Sanwan."""
        row = KnownResidentRow(person, "sanwan-1", household, None, gone=False)
        pool = self.service.pool
        await tables.make(pool, TERRITORY.log, [known_residents])
        async with pool.acquire() as connection, connection.transaction():
            await tables.write(connection, known_residents, {person: row})

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

    async def account(self, holder: UUID = ANN, kind: str = "person") -> Any:
        """The account, as the counter sees it."""
        return await self.read(f"/accounts/{kind}/{holder}", COUNTER)

    async def entries(self, holder: UUID = ANN, kind: str = "person", **query: Any) -> Any:
        """The statement, as the counter sees it."""
        return await self.read(f"/accounts/{kind}/{holder}/entries", COUNTER, **query)

    async def given(self, times: int = 1, holder: UUID = ANN, **other: Any) -> int:
        """The lot of so many mediations, for which fifteen points each are given."""
        form = deed(quantity=times, **other)
        return int((await self.done(f"/accounts/person/{holder}/earn", form, REVIEWER))["version"])

    async def household(self) -> None:
        """An account of Ann's household, which she keeps."""
        form = {"kind": "household", "holder": str(HOME), "keeper": str(ANN)}
        await self.done("/accounts", {**form, "territory": "sanwan"}, COUNTER)

    async def publish(self, **figures: Any) -> PointsRules:
        """From now on the district has rules with these figures."""
        now = datetime.now(UTC)
        told = {"version": f"ours-{uuid4().hex[:8]}", "starts": day_of(now), **figures}
        rules = PointsRules.model_validate({**BOOK.model_dump(), **told})
        asked = PublishPointsRules(at=now, actor=KEEPER, district="gaoxin", rules=rules)
        await self.sent(Target(points_rules, POINTS_RULES), asked)
        return rules

    async def earned_on(self, day: str, rules: PointsRules, holder: UUID = ANN) -> None:
        """Fifteen points that were given on that day."""
        actor = Actor(id="grid", roles=frozenset({"grid_worker"}), territory="sanwan")
        asked = EarnPoints(
            at=datetime.now(UTC), actor=actor, asked_on=day, holder=holder, home="sanwan",
            reason="mediation", quantity=1, day=day, territory="sanwan", rules=rules,
        )  # fmt: skip
        await self.sent(Target(account, account_of("person", holder)), asked)

    async def sent(self, target: Target, asked: Command) -> None:
        """One command to the log, and the read models after it."""
        identity = Identity(uuid4(), b"")
        await self.service.executor.execute(single(target, asked, identity))
        await self.service.projector.drain()
