"""How stars are asked for and judged over HTTP, and hours put into accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from services.volunteer.account.commands import ApproveHours, LogHours, ReverseHours
from services.volunteer.account.decider import account
from services.volunteer.account.stream import account_of
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.service import Volunteers
from shared.core.local_time import day_of
from shared.core.messages import Actor, Command
from shared.runtime.commands.submission import Identity, Target, single

PLACES = ("d", "d/s1", "d/s1/c1", "d/s1/c2", "d/s2")
HOME = "d/s1/c1"
CHIEF: Mapping[str, Any] = {"sub": "chief", "roles": ("supervisor",), "territory": "d"}
KEEPER: Mapping[str, Any] = {"sub": "keeper", "roles": ("administrator",), "territory": "d"}
LEADER: Mapping[str, Any] = {"sub": "leader", "roles": ("team_leader",), "territory": "d/s1"}
ELSEWHERE: Mapping[str, Any] = {"sub": "other", "roles": ("supervisor",), "territory": "d/s2"}
NEIGHBOUR: Mapping[str, Any] = {"sub": "wang", "roles": ("resident",), "territory": "d"}
IMPORTER: Mapping[str, Any] = {"sub": "import", "roles": ("importer",), "territory": "d"}
RECORDER = Actor(id="recorder", roles=frozenset({"recorder"}), territory="d")
APPROVER = Actor(id="approver", roles=frozenset({"hours_approver"}), territory="d")


def today(ahead: int = 0) -> date:
    """The day it is in Beijing, or so many days ahead."""
    return date.fromisoformat(day_of(datetime.now(UTC) + timedelta(days=ahead)))


def rules(version: str, **changes: Any) -> dict[str, Any]:
    """The first rules under another version and with these figures, as a client sends them."""
    told = {"version": version, "starts": today().isoformat(), **changes}
    return {"rules": BOOK.model_dump(mode="json") | told}


class StarOffice:
    """Asks the running service as somebody."""

    def __init__(
        self, client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: Volunteers
    ) -> None:
        self.client = client
        self.headers = headers
        self.service = service

    def own(self, person: UUID) -> dict[str, Any]:
        """The volunteer as a client."""
        return {"sub": str(person), "roles": ("volunteer",), "territory": HOME}

    async def post(
        self, path: str, form: Mapping[str, Any], by: Mapping[str, Any], version: int | None = None
    ) -> httpx.Response:
        """A step, and the read models after it."""
        headers = self.headers(**{**by, "version": version})
        answer = await self.client.post(path, json=dict(form), headers=headers)
        await self.service.projector.drain()
        return answer

    async def step(
        self, person: UUID, verb: str, by: Mapping[str, Any], **form: Any
    ) -> httpx.Response:
        """A step about a person's stars, at the version that whoever asks has just read."""
        seen = await self.client.get(f"/stars/{person}", headers=self.headers(**by))
        version = seen.json().get("version", 0)
        return await self.post(f"/stars/{person}/{verb}", form, by, version)

    async def get(self, path: str, by: Mapping[str, Any], **query: Any) -> httpx.Response:
        """What is answered."""
        return await self.client.get(path, params=query, headers=self.headers(**by))

    async def read(self, path: str, by: Mapping[str, Any], **query: Any) -> dict[str, Any]:
        """What is there."""
        answer = await self.get(path, by, **query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def serve(self, person: UUID, *minutes: int) -> list[int]:
        """Approved hours, a record a day; the numbers of the records."""
        numbers = []
        for count, each in enumerate(minutes, start=1):
            log = LogHours(
                at=datetime.now(UTC), actor=RECORDER, person=person, home=HOME,
                day=today(-count).isoformat(), minutes=each, territory=HOME, service="meals",
                evidence="recorder", rules=BOOK, late_reason="paper_form",
            )  # fmt: skip
            number = await self.do(person, log)
            approve = ApproveHours(at=datetime.now(UTC), actor=APPROVER, record=number, rules=BOOK)
            await self.do(person, approve)
            numbers.append(number)
        await self.service.projector.drain()
        return numbers

    async def reverse(self, person: UUID, record: int) -> None:
        """Let these hours count no more, and have the service look at the stars."""
        reverse = ReverseHours(
            at=datetime.now(UTC), actor=APPROVER, record=record, reason="false_hours"
        )
        await self.do(person, reverse)
        for policy in self.service.reacting:
            await policy.drain()
        await self.service.projector.drain()

    async def do(self, person: UUID, command: Command) -> int:
        """A command to an account; the version it led to first."""
        target = Target(account, account_of(person))
        submission = single(target, command, Identity(uuid4(), b"test"))
        answer = await self.service.executor.execute(submission)
        logged = isinstance(command, LogHours)
        return answer.versions[-1][1] if logged else answer.versions[0][1]


def refused(answer: httpx.Response, status: int, code: str) -> None:
    """It was refused so."""
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
