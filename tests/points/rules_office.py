"""How rules are published and tried over HTTP, and points put into accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from services.points.account.commands import EarnPoints, ReversePoints
from services.points.account.decider import account
from services.points.account.stream import account_of
from services.points.rules.book_2026_1 import BOOK
from services.points.service import PointsService
from shared.core.local_time import day_of
from shared.core.messages import Actor, Command
from shared.runtime.commands.submission import Identity, Target, single

PLACES = ("d", "d/s1", "d/s1/c1", "d/s1/c2", "d/s2", "d/s2/c3")
KEEPER: Mapping[str, Any] = {"sub": "keeper", "roles": ("administrator",), "territory": "d"}
CHIEF: Mapping[str, Any] = {"sub": "chief", "roles": ("supervisor",), "territory": "d"}
OF_STREET: Mapping[str, Any] = {"sub": "street", "roles": ("supervisor",), "territory": "d/s1"}
RESIDENT: Mapping[str, Any] = {"sub": "wang", "roles": ("resident",), "territory": "d/s1/c1"}
REVIEWER = Actor(id="reviewer", roles=frozenset({"points_reviewer"}), territory="d")


def today() -> date:
    """The day it is in Beijing."""
    return date.fromisoformat(day_of(datetime.now(UTC)))


def rules(version: str, **changes: Any) -> dict[str, Any]:
    """The first rules under another version and with these changes, as a client sends them."""
    return BOOK.model_dump(mode="json") | {
        "version": version, "starts": today().isoformat(), **changes,
    }  # fmt: skip


class RulesOffice:
    """Asks the running service as somebody."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        headers: Callable[..., dict[str, str]],
        service: PointsService,
    ) -> None:
        self.client = client
        self.headers = headers
        self.service = service

    async def post(self, path: str, by: Mapping[str, Any], **form: Any) -> httpx.Response:
        """What is answered."""
        return await self.client.post(path, json=form, headers=self.headers(**by))

    async def read(self, path: str, by: Mapping[str, Any], **query: Any) -> dict[str, Any]:
        """What is there."""
        answer = await self.client.get(path, params=query, headers=self.headers(**by))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def tried(self, by: Mapping[str, Any], **form: Any) -> dict[str, Any]:
        """What rules would have changed."""
        answer = await self.post("/rules/preview", by, **form)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def earn(
        self, person: UUID, day: str, reason: str, quantity: int = 1, home: str = "d/s1/c1"
    ) -> int:
        """Points by the rules that everybody begins with; the number of the lot."""
        return await self.do(
            person,
            EarnPoints(
                at=datetime.now(UTC), actor=REVIEWER, holder=person, home=home, territory=home,
                reason=reason, quantity=quantity, day=day, asked_on=today().isoformat(),
                rules=BOOK,
            ),
        )  # fmt: skip

    async def reverse(self, person: UUID, lot: int) -> None:
        """Take them back."""
        asked = {"at": datetime.now(UTC), "actor": REVIEWER, "asked_on": today().isoformat()}
        await self.do(person, ReversePoints(**asked, lot=lot, reason="mistake"))  # type: ignore[arg-type]

    async def do(self, person: UUID, command: Command) -> int:
        """A command to an account; the version that it led to."""
        target = Target(account, account_of("person", person))
        submission = single(target, command, Identity(uuid4(), b"test"))
        answer = await self.service.executor.execute(submission)
        await self.service.projector.drain()
        return answer.versions[-1][1]


def refused(answer: httpx.Response, status: int, code: str) -> None:
    """It was refused so."""
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
