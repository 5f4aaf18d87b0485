"""Hours put on record and approved, and the papers about them, as clients meet them."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx

from services.volunteer.account.commands import ApproveHours, LogHours, ReverseHours
from services.volunteer.account.decider import account
from services.volunteer.account.stream import account_of
from services.volunteer.log import LOG
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.service import Volunteers
from shared.core.checkpoint import Checkpoint
from shared.core.local_time import day_of
from shared.core.merkle import check_inclusion, leaf
from shared.core.messages import Actor, Command
from shared.core.notes import Note, PublicKey
from shared.ops.settings import Seals
from shared.runtime.commands.submission import Identity, Target, single
from shared.runtime.seals.places import folder_of
from shared.runtime.seals.sealing import Sealing
from shared.store import epochs, seal_keys
from shared.store.load import Answer
from shared.testkit.maps import lay

PLACES = ("d", "d/s1", "d/s1/c1", "d/s1/c2")
HOME = "d/s1/c1"
ANN, BOB = UUID(int=1), UUID(int=2)
LEADER = Actor(id="leader", roles=frozenset({"team_leader"}), territory="d")
APPROVER = Actor(id="approver", roles=frozenset({"hours_approver"}), territory="d")
COUNTER: dict[str, Any] = {"sub": "counter", "roles": ("registrar",), "territory": "d"}
OWN: dict[str, Any] = {"sub": str(ANN), "roles": ("volunteer",), "territory": "d"}
OTHER: dict[str, Any] = {"sub": str(BOB), "roles": ("volunteer",), "territory": "d"}
AUDITOR: dict[str, Any] = {"sub": "auditor", "roles": ("auditor",), "territory": "d"}


def ago(days: int) -> str:
    """The day so many days ago, in Beijing."""
    return day_of(datetime.now(UTC) - timedelta(days=days))


async def tell(service: Volunteers, person: UUID, command: Command) -> Answer:
    """One command to a person's account."""
    target = Target(account, account_of(person))
    return await service.executor.execute(single(target, command, Identity(uuid4(), b"1" * 32)))


class Hours:
    """Hours of people, and HTTP around them."""

    def __init__(
        self, service: Volunteers, client: httpx.AsyncClient, headers: Callable[..., dict[str, str]]
    ) -> None:
        self.service, self.client, self.headers = service, client, headers

    async def logged(self, minutes: int, *, days: int = 1, **told: Any) -> int:
        """Hours on record; the number of the record."""
        person = told.pop("person", ANN)
        known: dict[str, Any] = {
            "at": datetime.now(UTC), "actor": LEADER, "person": person, "home": HOME,
            "day": ago(days), "minutes": minutes, "territory": HOME, "service": "meals",
            "evidence": "recorder", "rules": BOOK,
        }  # fmt: skip
        answer = await tell(self.service, person, LogHours(**known | told))
        return answer.versions[-1][1]

    async def served(self, minutes: int, *, days: int = 1, **told: Any) -> int:
        """Hours on record and approved; the number of the record."""
        record, person = await self.logged(minutes, days=days, **told), told.get("person", ANN)
        at = datetime.now(UTC)
        await tell(
            self.service, person, ApproveHours(at=at, actor=APPROVER, record=record, rules=BOOK)
        )
        return record

    async def reversed(self, record: int, person: UUID = ANN) -> None:
        """Approved hours that count no more."""
        at = datetime.now(UTC)
        asked = ReverseHours(at=at, actor=APPROVER, record=record, reason="mistake")
        await tell(self.service, person, asked)

    async def issue(
        self, form: dict[str, Any] | None = None, person: UUID = ANN, **actor: Any
    ) -> httpx.Response:
        """What asking for a certificate of the last thirty days is answered with."""
        asked = form or {"since": ago(30), "until": ago(0)}
        made = await self.client.post(
            f"/accounts/{person}/certificates", json=asked, headers=self.headers(**actor or OWN)
        )
        await self.service.projector.drain()
        return made

    async def serial(self, **told: Any) -> str:
        """The serial of a certificate that was issued."""
        answer = await self.issue(**told)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["serial"])

    async def check(self, serial: str, **shown: Any) -> httpx.Response:
        """What anybody is told of a certificate."""
        return await self.client.get(f"/certificates/{serial}", params=shown)

    async def get(self, path: str, actor: dict[str, Any] = OWN, **asked: Any) -> httpx.Response:
        """What a reader gets."""
        return await self.client.get(path, params=asked, headers=self.headers(**actor))


async def mapped(service: Volunteers) -> None:
    """A small map."""
    await lay(service.pool, PLACES)
    await service.map.read()


def sealing(place: Path) -> Seals:
    """Seals in a new place; one key signs."""
    place.mkdir()
    seal_keys.write_private(place / "private", [seal_keys.made("shili")])
    return Seals(place=place, key_file=place / "private")


async def seal(service: Volunteers) -> None:
    """Seal all that the log has, as a worker would."""
    assert service.seals is not None
    async with service.pool.acquire() as connection:
        epoch = await epochs.begin(connection, LOG)
    folder = folder_of(service.seals.place, epoch)
    with folder.held(), folder.tree(writing=True) as tree:
        one = Sealing(service.pool, epoch, folder, tree, service.seals)
        await one.begin()
        assert await one.next() is not None


def check_proof(told: dict[str, Any], key: PublicKey) -> None:
    """Raises where the proof of a verdict does not lead from its position and hash to a checkpoint
    that this key signed."""
    proof, position = told["proof"], told["position"]
    note = Note.parse(proof["checkpoint"])
    assert key.signed(note)
    checkpoint = Checkpoint.parse(note.text)
    path = [b64decode(one) for one in proof["inclusion"]]
    own = leaf(position, bytes.fromhex(told["hash"]))
    check_inclusion(own, position - 1, checkpoint.size, path, checkpoint.root)
