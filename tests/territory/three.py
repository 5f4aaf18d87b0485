"""Three services that know the same persons, in one process, each on databases of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import orjson

from services.grievance import app as grievance
from services.grievance.case.commands import RaisePetition
from services.grievance.case.decider import case
from services.grievance.policies import when_a_person_is_erased_in_territory_then_erase_here
from services.grievance.service import Grievance
from services.territory import app as territory
from services.territory.policies import when_a_service_has_erased_then_note_its_answer
from services.territory.service import Territory
from shared.contracts.erasure import erase_here
from shared.core.messages import Actor
from shared.core.policy import Policy
from shared.core.sealed import Sealed
from shared.runtime.commands.sealing import Sealer
from shared.runtime.commands.submission import Identity, Target, single
from shared.store import read
from shared.store.pool import Pool
from shared.testkit.databases import TestDatabase
from tests.faults import traces
from tests.territory import keepsakes
from tests.territory.between import hears
from tests.territory.keepsakes import Keepsakes

CLERK = Actor(id="clerk-1", roles=frozenset({"dispatcher", "supervisor"}), territory="gaoxin")
ERASE: Policy[Any] = Policy("when_erased_then_erase_here", "beginning", erase_here)


@dataclass(frozen=True)
class Three:
    """Three services that know the same persons."""

    territory: Territory
    grievance: Grievance
    keepsakes: Keepsakes
    databases: list[TestDatabase]

    @property
    def rooms(self) -> list[tuple[str, Pool, Sealer]]:
        """The log of each, and what opens its values."""
        return [
            ("territory", self.territory.pool, self.territory.sealer),
            ("grievance", self.grievance.pool, self.grievance.sealer),
            ("keepsakes", self.keepsakes.pool, self.keepsakes.sealer),
        ]

    async def told(self) -> None:
        """The two hear of it, and what each of their workers does then."""
        there = self.territory.pool
        of_cases = when_a_person_is_erased_in_territory_then_erase_here
        parts: list[tuple[Any, Policy[Any]]] = [
            (self.grievance, of_cases), (self.keepsakes, ERASE)
        ]  # fmt: skip
        for other, policy in parts:
            await hears((other.pool, other.executor), policy, there, territory.PUBLICATION)
            await other.eraser.catch_up()

    async def answered(self, service: str) -> None:
        """The territory service hears of what this one has published."""
        here = self.territory.pool, self.territory.executor
        there = {"grievance": (self.grievance.pool, grievance.PUBLICATION),
                 "keepsakes": (self.keepsakes.pool, keepsakes.PUBLICATION)}[service]  # fmt: skip
        await hears(here, when_a_service_has_erased_then_note_its_answer(service), *there)
        await self.territory.projector.drain()

    async def petition(self, petitioner: UUID, word: str) -> None:
        """A petition of this person at the case service."""
        texts = {"subject": f"{word}家门口", "details": f"{word}说灯坏了", "name": word}
        sealed = await self.grievance.sealer.seal(petitioner, texts)
        command = RaisePetition(
            at=datetime.now(UTC), actor=CLERK, petitioner=petitioner, territory="wenhua-1",
            area="unknown", channel="online", case_type="repair", urgency="normal", category=None,
            subject=sealed["subject"], details=sealed["details"], name=sealed["name"],
        )  # fmt: skip
        await self.grievance.executor.execute(single(Target(case, uuid4()), command, identity()))

    async def texts(self, subject: UUID) -> list[str | None]:
        """All that any of the three can still read of what it holds of this person."""
        texts: list[str | None] = []
        for log, pool, sealer in self.rooms:
            async with pool.acquire() as connection:
                rows = await read.page(connection, log, 0, 10_000)
            values = [value for row in rows for value in orjson.loads(row["payload"]).values()]
            boxes = [Sealed(**value) for value in values if isinstance(value, dict)]
            texts += await sealer.open(one for one in boxes if one.subject == subject)
        return texts

    async def in_tables(self, *words: str) -> list[str]:
        """Where these words stand in any table of any of the databases, in whatever form."""
        return [
            trace for one in self.databases for trace in await traces.in_tables(one.owner, words)
        ]


def identity() -> Identity:
    """Of a command of its own."""
    return Identity(uuid4(), sha256(b"").digest())
