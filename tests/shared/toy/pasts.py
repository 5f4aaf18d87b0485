"""Pasts of purses: told event by event, or drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from uuid import UUID, uuid4

from shared.core.messages import Event
from shared.store.append import append
from shared.store.pool import Connection
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.events import MoneyPut, MoneyTaken, PurseClosed, PurseMoved, PurseOpened

TERRITORIES = ("d/s1", "d/s1/c1", "d/s2")


def opened(territory: str = "d/s1") -> PurseOpened:
    """A purse was opened here."""
    return PurseOpened(at=NOON, owner="somebody", territory=territory)


def put(fen: int) -> MoneyPut:
    """Money went in."""
    return MoneyPut(at=NOON, fen=fen)


def taken(fen: int) -> MoneyTaken:
    """Money came out."""
    return MoneyTaken(at=NOON, fen=fen)


async def record(connection: Connection, *streams: Sequence[Event]) -> list[UUID]:
    """Each of these pasts as a stream of its own."""
    ids = [uuid4() for _ in streams]
    group = [decided(On(key, 0, events)) for key, events in zip(ids, streams, strict=True)]
    await append(connection, LOG, group)
    return ids


async def record_at_random(connection: Connection, seed: int, events: int = 300) -> None:
    """A dozen purses are opened, filled, emptied, moved, closed and opened again."""
    random, versions = Random(seed), dict.fromkeys((uuid4() for _ in range(12)), 0)
    for _ in range(events // 10):
        group = []
        for key in random.choices([*versions], k=10):
            group.append(decided(On(key, versions[key], [_anything(random)])))
            versions[key] += 1
        await append(connection, LOG, group)


def _anything(random: Random) -> Event:
    place = random.choice(TERRITORIES)
    return random.choice(
        [
            opened(place),
            put(random.randrange(100)),
            MoneyTaken(at=NOON, fen=random.randrange(100)),
            PurseMoved(at=NOON, territory=place),
            PurseClosed(at=NOON),
        ]
    )
