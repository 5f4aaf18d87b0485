"""How honours are asked for and judged over HTTP, in a district of two communities."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from services.points.honour.commands import GrantHonour
from services.points.honour.decider import honour
from services.points.points_rules.commands import PublishPointsRules
from services.points.points_rules.decider import points_rules
from services.points.points_rules.stream import POINTS_RULES
from services.points.projections.known_residents import known_residents
from services.points.rules.book import HonourKind, PointsRules, Reason
from services.points.rules.book_2026_1 import BOOK
from services.points.service import PointsService
from shared.contracts.known_residents import KnownResidentRow
from shared.core.local_time import day_of
from shared.core.messages import Actor, Command
from shared.runtime.commands.submission import Identity, Target, single
from shared.store import tables
from shared.testkit.maps import lay

HOME, OTHER = "d/s1/c1", "d/s2/c9"
BUILDING = f"{HOME}/n1/g1/b1"
PLACES = ("d", "d/s1", HOME, f"{HOME}/n1", f"{HOME}/n1/g1", BUILDING, "d/s2", OTHER)
ANN, BOB, CAI = UUID(int=0xA), UUID(int=0xB), UUID(int=0xC)
HOUSE = UUID(int=0xF)
CHIEF: Mapping[str, Any] = {"sub": "chief", "roles": ("supervisor",), "territory": "d"}
SECRETARY: Mapping[str, Any] = {"sub": "zhang", "roles": ("party_secretary",), "territory": HOME}
REVIEWER: Mapping[str, Any] = {"sub": "li", "roles": ("points_reviewer",), "territory": "d/s1"}
GRID: Mapping[str, Any] = {"sub": "grid", "roles": ("grid_worker",), "territory": HOME}
ELSEWHERE: Mapping[str, Any] = {"sub": "far", "roles": ("supervisor",), "territory": "d/s2"}
IMPORTER: Mapping[str, Any] = {"sub": "import", "roles": ("importer",), "territory": "d"}
KEEPER = Actor(id="keeper", roles=frozenset({"administrator"}), territory="d")


def today(ahead: int = 0) -> date:
    """The day it is in Beijing, or so many days ahead."""
    return date.fromisoformat(day_of(datetime.now(UTC) + timedelta(days=ahead)))


def own(person: UUID) -> dict[str, Any]:
    """A resident with a phone."""
    return {"sub": str(person), "roles": ("resident",), "territory": "d"}


def at_once(points: int | None = None) -> PointsRules:
    """Rules by which honours need no notice, and bring so many points."""
    kinds = [HonourKind(**{**one.model_dump(), "notice_days": 0}) for one in BOOK.honours]
    about: dict[str, Any] = {"version": "at-once", "starts": today(), "honours": tuple(kinds)}
    if points is not None:
        praised = Reason(code="praised", label="获得荣誉", label_en="Honoured", points=points)
        about["reasons"] = (*BOOK.reasons, praised)
        about["reactions"] = {**BOOK.reactions, "honour_granted": "praised"}
    return PointsRules(**{**dict(BOOK), **about})


class HonourOffice:
    """Asks the running service as somebody; what follows has followed."""

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
        """The map, and the residents of a building: Ann and Bob of one household, and Cai."""
        await lay(self.service.pool, PLACES)
        await self.service.map.read()
        rows = {
            one: KnownResidentRow(one, BUILDING, house, None, gone=False)
            for one, house in ((ANN, HOUSE), (BOB, HOUSE), (CAI, None))
        }
        async with self.service.pool.acquire() as connection, connection.transaction():
            await tables.write(connection, known_residents, rows)

    async def rule(self, rules: PointsRules) -> None:
        """Let these rules be in force in the district."""
        command = PublishPointsRules(at=datetime.now(UTC), actor=KEEPER, district="d", rules=rules)
        await self.do(Target(points_rules, POINTS_RULES), command)

    async def nominate(
        self, code: str = "best_volunteer", by: Mapping[str, Any] = GRID, **told: Any
    ) -> str:
        """A nomination that is taken; its id."""
        answer = await self.asked(code, by, **told)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def asked(self, code: str, by: Mapping[str, Any], **told: Any) -> httpx.Response:
        """A nomination: Ann's for this year, if nothing else is said."""
        form = {"code": code, "year": today().year, **told}
        if "person" not in told and "territory" not in told:
            form |= {"person": str(ANN), "name": "王安"}
        return await self.post("/honours", form, by)

    async def step(self, one: str, verb: str, by: Mapping[str, Any], **form: Any) -> httpx.Response:
        """A step, at the version that whoever asks has just read."""
        seen = await self.client.get(f"/honours/{one}", headers=self.headers(**by))
        version = seen.json().get("version", 0)
        return await self.post(f"/honours/{one}/{verb}", form, by, version)

    async def granted(self, code: str = "best_volunteer", **told: Any) -> str:
        """An honour that is held, where no notice is needed; its id."""
        one = await self.nominate(code, **told)
        answer = await self.step(one, "grant", CHIEF)
        assert answer.status_code == 200, answer.text
        return one

    async def grant_later(self, one: str) -> None:
        """The grant, as it will be a month from now."""
        chief = Actor(id="chief", roles=frozenset({"supervisor"}), territory="d")
        command = GrantHonour(at=datetime.now(UTC) + timedelta(days=30), actor=chief)
        await self.do(Target(honour, UUID(one)), command)

    async def post(
        self, path: str, form: Mapping[str, Any], by: Mapping[str, Any], version: int | None = None
    ) -> httpx.Response:
        """A command, what follows from it, and the read models after it."""
        headers = self.headers(**{**by, "version": version})
        answer = await self.client.post(path, json=dict(form), headers=headers)
        await self.settle()
        return answer

    async def do(self, target: Target, command: Command) -> None:
        """A command that no route takes."""
        submission = single(target, command, Identity(uuid4(), b"test"))
        await self.service.executor.execute(submission)
        await self.settle()

    async def settle(self) -> None:
        """Policies and read models, up to the end of the log."""
        for policy in self.service.reacting:
            await policy.drain()
        await self.service.projector.drain()

    async def read(
        self, path: str, by: Mapping[str, Any] | None = None, **query: Any
    ) -> dict[str, Any]:
        """What is there, for somebody or for anybody."""
        answer = await self.get(path, by, **query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def get(
        self, path: str, by: Mapping[str, Any] | None = None, **query: Any
    ) -> httpx.Response:
        """What is answered."""
        headers = self.headers(**by) if by else {}
        return await self.client.get(path, params=query, headers=headers)


def refused(answer: httpx.Response, status: int, code: str) -> None:
    """It was refused so."""
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
