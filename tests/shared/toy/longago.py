"""Purses that were entered late and corrected, and what they come to, worked out plainly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from shared.core.envelope import Recorded
from shared.core.messages import Event, Scalar
from shared.store import read
from shared.store.append import append
from shared.store.pool import Connection
from tests.shared.toy.appending import On, decided
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.decider import purse
from tests.shared.toy.events import MoneyPut, PurseCorrected, PurseEvent, PurseMoved, PurseOpened
from tests.shared.toy.purses import PurseRow, fold

PLACES = ("d/s1", "d/s1/c1", "d/s2")
LOGGED = list[Recorded[PurseEvent]]


def hour(number: int) -> datetime:
    """So many hours after noon."""
    return NOON + timedelta(hours=number)


async def enter_at_random(connection: Connection, seed: int, rounds: int = 12) -> LOGGED:
    """Purses are opened, filled and moved at hours in no order, then corrected; the whole log."""
    random = Random(seed)
    past: dict[UUID, list[Event]] = {uuid4(): [] for _ in range(9)}
    for _ in range(rounds):
        group = []
        for key in random.sample([*past], k=4):
            events = [_anything(random, past[key]) for _ in range(random.randrange(1, 3))]
            group.append(decided(On(key, len(past[key]), events)))
            past[key] += events
        await append(connection, LOG, group)
    return await logged(connection)


async def logged(connection: Connection) -> LOGGED:
    """Every event of the log, in order."""
    return [read.decode(purse.events, row) for row in await read.page(connection, LOG, 0, 10_000)]


def rows_of(history: Iterable[Recorded[PurseEvent]]) -> dict[UUID, PurseRow]:
    """The events folded one after the other."""
    rows: dict[UUID, PurseRow] = {}
    for recorded in history:
        row = fold(rows.pop(recorded.stream_id, None), recorded)
        rows |= {} if row is None else {row.purse_id: row}
    return rows


def truth(history: LOGGED, moment: datetime) -> LOGGED:
    """What had happened by `moment`: each correction put in place, then sorted by when it was."""
    place = {(one.stream_id, one.version): index for index, one in enumerate(history)}
    told = list(history)
    for one in history:
        if isinstance(one.event, PurseCorrected):
            index = place[one.stream_id, one.event.corrects]
            changes: dict[str, Any] = dict(one.event.changes)
            at = datetime.fromisoformat(
                changes.pop("occurred_at", told[index].event.at.isoformat())
            )
            event = told[index].event.model_copy(update={**changes, "at": at})
            told[index] = told[index]._replace(event=event, occurred_at=at)
    happened = [one for one in told if one.occurred_at <= moment]
    return sorted(happened, key=lambda one: (one.occurred_at, one.version))


def _anything(random: Random, past: Sequence[Event]) -> Event:
    at = hour(random.randrange(10))
    if not past:
        return PurseOpened(at=hour(0), owner="somebody", territory=random.choice(PLACES))
    puts = [version for version, one in enumerate(past, start=1) if isinstance(one, MoneyPut)]
    if puts and random.random() < 0.4:
        changes: dict[str, Scalar] = {"fen": random.randrange(100)}
        if random.random() < 0.5:
            changes["occurred_at"] = hour(random.randrange(10)).isoformat()
        return PurseCorrected(at=at, corrects=random.choice(puts), changes=changes, reason="typo")
    if random.random() < 0.2:
        return PurseMoved(at=at, territory=random.choice(PLACES))
    return MoneyPut(at=at, fen=random.randrange(100))
