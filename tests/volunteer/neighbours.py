"""People who help one another over HTTP, and what they have saved."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.volunteer.account.commands import AccountCommand
from services.volunteer.account.decider import account
from services.volunteer.account.stream import account_of
from services.volunteer.account.time_commands import BringInTime
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.service import Volunteers
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.runtime.commands.submission import Identity, Target, single
from shared.testkit.maps import lay
from tests.territory.office import Headers

TERRITORIES = ("d", "d/s1", "d/s1/c1", "d/s1/c1/n1", "d/s1/c2", "d/s1/c2/n2")
HOME, AWAY = "d/s1/c1/n1", "d/s1/c2/n2"
ANN, BEN, CAI = UUID(int=0xA), UUID(int=0xB), UUID(int=0xC)
# Help opens to elders here: Ann, who is 67, has never served.
RULES = BOOK.model_copy(update={"opens_age": 60})
CLERK: Mapping[str, Any] = {"sub": "clerk", "roles": ("registrar",), "territory": "d"}
IMPORTER = Actor(id="importer", roles=frozenset({"importer"}), territory="d")


def of(person: UUID) -> dict[str, Any]:
    """A resident who is a volunteer, too."""
    return {"sub": str(person), "roles": ("resident", "volunteer"), "territory": "d"}


def ago(minutes: int) -> dict[str, str]:
    """A late entry of so many minutes ago."""
    moment = datetime.now(UTC) - timedelta(minutes=minutes)
    return {"occurred_at": moment.isoformat(), "late_reason": "phone_note"}


def today() -> str:
    """The day it is in Beijing."""
    return day_of(datetime.now(UTC))


class Neighbours:
    """Asks for help, gives it, and reads what became of it."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers, service: Volunteers) -> None:
        self.client = client
        self.headers = headers
        self.service = service

    @classmethod
    async def of(
        cls,
        parts: tuple[httpx.AsyncClient, Headers, Volunteers],
        monkeypatch: pytest.MonkeyPatch,
        rules: VolunteerRules = RULES,
    ) -> Neighbours:
        """Neighbours on a map of two communities, under these rules; everyone is an elder."""
        made = cls(*parts)

        async def ruled(*_: object) -> VolunteerRules:
            return rules

        async def of_age(*_: object) -> bool:
            return True

        monkeypatch.setattr(Volunteers, "rules", ruled)
        monkeypatch.setattr(made.service.register, "of_age", of_age)
        await lay(made.service.pool, TERRITORIES)
        await made.service.map.read()
        return made

    async def save(self, person: UUID, minutes: int, home: str = HOME) -> None:
        """Give this person some time to spend."""
        brought = BringInTime(
            at=datetime.now(UTC), actor=IMPORTER, person=person, home=home, minutes=minutes,
            source="test",
        )  # fmt: skip
        await self.tell(person, brought)

    async def tell(self, person: UUID, command: AccountCommand) -> None:
        """One command to an account, and the read models after it."""
        identity = Identity(uuid4(), hashlib.sha256(b"test").digest())
        target = Target(account, account_of(person))
        await self.service.executor.execute(single(target, command, identity))
        await self.service.projector.drain()

    async def post(self, path: str, form: Mapping[str, Any], **actor: Any) -> httpx.Response:
        """A command, and the read models after it."""
        answer = await self.client.post(path, json=form, headers=self.headers(**actor))
        await self.service.projector.drain()
        return answer

    async def ask(self, person: UUID = ANN, **told: Any) -> str:
        """Ask for an hour of companionship today; the id of the request."""
        form = {"service": "companionship", "minutes": 60, "day": today(), **told}
        answer = await self.post("/help", form, **of(person))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def step(self, help_id: str, verb: str, person: UUID, **form: Any) -> httpx.Response:
        """One step by this person."""
        return await self.post(f"/help/{help_id}/{verb}", form, **of(person))

    async def done(self, help_id: str, verb: str, person: UUID, **form: Any) -> None:
        """The same, and it was taken."""
        answer = await self.step(help_id, verb, person, **form)
        assert answer.status_code == 200, (verb, answer.text)

    async def helped(self, minutes: int = 60, by: UUID = BEN, **told: Any) -> str:
        """Help that was asked for, accepted earlier, done, and not confirmed yet."""
        help_id = await self.ask(minutes=minutes, **told)
        await self.done(help_id, "accept", by, **ago(minutes + 5))
        await self.done(help_id, "finish", by, minutes=minutes)
        return help_id

    async def helped_in(self, receiver: UUID, place: str, minutes: int) -> str:
        """Help that this person received there, and has not confirmed yet."""
        help_id = await self.ask(receiver, minutes=minutes, territory=place)
        await self.done(help_id, "accept", BEN, **ago(minutes + 5))
        await self.done(help_id, "finish", BEN, minutes=minutes)
        return help_id

    async def read(self, path: str, actor: Mapping[str, Any] = CLERK, **query: Any) -> Any:
        """What is there."""
        answer = await self.client.get(path, params=query, headers=self.headers(**actor))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def saved(self, person: UUID) -> tuple[int, int, int]:
        """What is free, held and owed."""
        async with self.service.pool.acquire() as connection:
            row = await connection.fetchrow(
                "select balance, held, debt from time_accounts where person = $1", person
            )
        return (row["balance"], row["held"], row["debt"]) if row else (0, 0, 0)
