"""Looks on their way to the access log: written, or nothing is shown.

An actor, what they see of a case and a minute of the clock name a look: seen again within that
minute it is the same one. So a look stands for its minute, and whoever asks for looks since a
moment has to ask from the beginning of the minute that this lies in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

import structlog

from services.grievance.look.commands import (
    BreakGlass,
    ExportEvidence,
    LookCommand,
    OpenCase,
    ReadLooks,
    SearchRegister,
)
from services.grievance.look.decider import look
from services.grievance.words import Shown
from shared.core.messages import Actor
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.ids import derived, uuid7
from shared.runtime.commands.submission import Identity, KeyReused, Target, single
from shared.runtime.web.problems import Problem
from shared.store.load import Answer

PATIENCE = 5.0  # seconds; then whoever waits to see something is told to come back
# Whoever has opened the case in this minute has seen all that is in these.
WITHIN_THE_CASE: frozenset[Shown] = frozenset({"timeline", "notices"})

T = TypeVar("T")

log = structlog.get_logger()


class Sight(NamedTuple):
    """What of a case is about to be shown: number `part` of it where there are several; `fields`
    are the contact details in it."""

    case_id: UUID
    territory: str
    shown: Shown
    part: str | None = None
    fields: tuple[str, ...] = ()


class Looks:
    """Writes looks to the access log. Every call raises Problem (503) where that fails or takes
    longer than PATIENCE seconds: then nothing may be shown."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def aclose(self) -> None:
        """Finish what waits and let the connections go."""
        await self._executor.aclose()

    async def opened(self, actor: Actor, sight: Sight) -> None:
        """Somebody is about to see this much of a case."""
        case, at = str(sight.case_id), datetime.now(UTC)
        whole = _named(actor, at, case, "case", "")
        if sight.shown in WITHIN_THE_CASE and await self._known(whole):
            return
        # The contact in a case hangs on the roles alone, by which the look is named already.
        name = _named(actor, at, case, sight.shown, sight.part or "")
        await self._note(OpenCase(at=at, actor=actor, **sight._asdict()), name)

    async def exported(self, actor: Actor, sight: Sight, *, redacted: bool) -> None:
        """Somebody is about to get this case as a file."""
        asked = ExportEvidence(
            at=datetime.now(UTC),
            actor=actor,
            territory=sight.territory,
            case_id=sight.case_id,
            redacted=redacted,
            fields=sight.fields,
        )
        await self._note(asked, uuid7())

    async def searched(
        self,
        actor: Actor,
        territory: str,
        words: Sequence[str],
        cases: Sequence[UUID],
        *,
        more: bool,
    ) -> None:
        """Somebody is about to see these cases, for words with these fingerprints."""
        at, found = datetime.now(UTC), tuple(cases)
        told = tuple(words)
        asked = SearchRegister(
            at=at, actor=actor, territory=territory, words=told, cases=found, more=more
        )
        name = _named(actor, at, "search", territory, *words, *map(str, found), str(more))
        await self._note(asked, name)

    async def read(self, asked: ReadLooks) -> None:
        """Somebody is about to see who looked."""
        about = map(str, (asked.case_id, *asked.words, asked.of_actor))
        name = _named(asked.actor, asked.at, "looks", asked.territory, *about)
        await self._note(asked, name)

    async def broke(self, asked: BreakGlass, identity: Identity) -> Answer:
        """Somebody is about to see a case that is not theirs. Raises KeyReused, too."""
        return await self._write(asked, identity)

    async def _note(self, asked: LookCommand, name: UUID) -> Answer:
        return await self._write(asked, Identity(name, name.bytes))

    async def _write(self, asked: LookCommand, identity: Identity) -> Answer:
        target = Target(look, uuid7())
        return await _kept(self._executor.execute(single(target, asked, identity, fresh=True)))

    async def _known(self, name: UUID) -> bool:
        return name in await _kept(self._executor.answers([name]))


async def _kept(work: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(PATIENCE):
            return await work
    except KeyReused:
        raise
    except Exception as fault:  # whatever it is, nothing is shown
        log.error("look.not_recorded", fault=type(fault).__name__)
        detail = "who looks is put on record first, and that fails; nothing is shown; try again"
        raise Problem(503, "look_not_recorded", detail, headers={"retry-after": "3"}) from None


def _named(actor: Actor, at: datetime, *parts: str) -> UUID:
    """The id of a look: the same for whatever is the same within a minute of the clock."""
    who = actor.id, ",".join(sorted(actor.roles)), actor.unit or ""
    return derived("look", minute_of(at).isoformat(), *who, *parts)


def minute_of(moment: datetime) -> datetime:
    """The beginning of its minute."""
    return moment.replace(second=0, microsecond=0)
