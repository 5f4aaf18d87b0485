"""A service that keeps a second purse for every purse that it hears of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shared.core.envelope import Recorded
from shared.core.messages import Actor
from shared.core.policy import Policy, Reaction
from shared.store import parked, read, refused
from shared.store.pool import Pool
from tests.shared.toy.commands import OpenPurse, PurseCommand, PutMoney, TakeMoney
from tests.shared.toy.decider import Purse, purse
from tests.shared.toy.events import MoneyPut, MoneyTaken, PurseOpened

MIRRORS = "mirrors"
NAME = "when_money_moves_then_mirror"
MIRROR = Actor(id="mirror", roles=frozenset({"policy"}), territory="d")


def mirror_of(stream_id: UUID) -> UUID:
    """The stream of the second purse."""
    return UUID(int=stream_id.int ^ 1 << 100)


def react(recorded: Recorded[Any]) -> Sequence[Reaction]:
    """What goes into a purse goes into its mirror, in two halves; so does what is taken."""
    event, at = recorded.event, recorded.occurred_at
    commands: list[PurseCommand] = []
    match event:
        case PurseOpened(owner=owner, territory=territory):
            commands = [OpenPurse(at=at, actor=MIRROR, owner=owner, territory=territory)]
        case MoneyPut(fen=fen):
            halves = (fen // 2, fen - fen // 2)
            commands = [PutMoney(at=at, actor=MIRROR, fen=half) for half in halves]
        case MoneyTaken(fen=fen):
            commands = [TakeMoney(at=at, actor=MIRROR, fen=fen)]
    return [Reaction(purse, mirror_of(recorded.stream_id), command) for command in commands]


def mirroring(starts: Any = "beginning", react: Any = react) -> Policy[Any]:
    """The policy."""
    return Policy(name=NAME, starts=starts, react=react)


async def mirrored(pool: Pool, stream_id: UUID) -> tuple[Purse, int]:
    """Where the second purse stands, and the number of its events."""
    async with pool.acquire() as connection:
        rows = await read.stream(connection, mirror_of(stream_id))
    events = [read.decode(purse.events, row).event for row in rows]
    return purse.fold(events), len(events)


async def listed(reading: Pool) -> list[tuple[int, int, str]]:
    """Position, ordinal and code of what was refused."""
    async with reading.acquire() as there:
        return [(one.position, one.ordinal, one.code) for one in await refused.of(there)]


async def waiting(reading: Pool) -> list[tuple[int, str]]:
    """Position and reason of what the policy could not react to."""
    async with reading.acquire() as there:
        return [(one.position, one.reason) for one in await parked.of(there, NAME)]
