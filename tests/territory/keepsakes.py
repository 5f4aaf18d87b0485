"""A third service that knows persons: it keeps words of theirs, made of the kernel's own parts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Literal
from uuid import UUID, uuid4

from pydantic import Field

from shared.contracts.erasure import SubjectErased as Told
from shared.contracts.source import Source
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Actor, Command, Event
from shared.core.person.events import PersonEvent
from shared.core.sealed import Sealed
from shared.runtime.commands.erasing import Eraser
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.sealing import Sealer
from shared.runtime.commands.submission import Identity, Target, single
from shared.runtime.publishing.publication import Publication
from shared.store.key_store import KeyStore
from shared.store.pool import Pool, open_pool
from shared.testkit.databases import TestDatabase

LOG = "keepsakes"
KEEPER = Actor(id="keeper", roles=frozenset({"clerk"}), territory="gaoxin")


@dataclass(frozen=True, kw_only=True)
class KeepWords(Command):
    words: Sealed


class WordsKept(Event):
    """Somebody said something."""

    type: Literal["words-kept"] = "words-kept"
    words: Sealed


KeepsakeEvent = Annotated[WordsKept | PersonEvent, Field(discriminator="type")]
EVENTS: Catalogue[WordsKept | PersonEvent] = Catalogue.of(KeepsakeEvent)
SOURCE = Source(service=LOG, log=LOG, topic="linli.keepsakes.v1", events=Catalogue.of(Told))
PUBLICATION = Publication(SOURCE, EVENTS, lambda recorded: SOURCE.narrowed(recorded.event))

keepsake: Decider[KeepWords, int, WordsKept] = Decider(
    category="keepsake",
    initial=0,
    decide=lambda command, _: [WordsKept(at=command.at, words=command.words)],
    evolve=lambda kept, _: kept + 1,
    territory=lambda _: "gaoxin",
    events=Catalogue.of(WordsKept),
)


@dataclass(frozen=True)
class Keepsakes:
    """The parts, opened and ready."""

    pool: Pool
    executor: Executor
    sealer: Sealer
    eraser: Eraser

    async def keep(self, person: UUID, words: str) -> None:
        """Keep what this person said."""
        sealed = await self.sealer.seal(person, {"words": words})
        command = KeepWords(at=datetime.now(UTC), actor=KEEPER, words=sealed["words"])
        identity = Identity(uuid4(), sha256(b"kept").digest())
        await self.executor.execute(single(Target(keepsake, uuid4()), command, identity))


@asynccontextmanager
async def opened(log: TestDatabase, keys: TestDatabase) -> AsyncIterator[Keepsakes]:
    """The service on these databases."""
    pool, key_pool = await open_pool(log.service), await open_pool(keys.service)
    store = KeyStore(key_pool, lambda: [bytes(32)])
    parts = Keepsakes(
        pool, Executor(log.service, LOG, unguarded), Sealer(store), Eraser(pool, LOG, store)
    )
    try:
        yield parts
    finally:
        await parts.executor.aclose()
        await parts.sealer.aclose()
        await pool.close()
        await key_pool.close()
