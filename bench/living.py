"""Lives that are made up, into a log as the kernel appends them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from shared.core.canonical import Facts
from shared.core.catalogue import Catalogue
from shared.core.messages import Event
from shared.runtime.commands.ids import uuid7
from shared.store.append import Check, Decided, append
from shared.store.pool import Connection

GROUP = 2_000  # events that are appended together, or a little more


class Life(NamedTuple):
    """A stream, where it lies, and what happened to it."""

    stream: UUID
    place: str
    events: Iterable[Event]


async def fill(
    connection: Connection, log: str, catalogue: Catalogue[Any], lives: Iterable[Life]
) -> int:
    """Append all of them to the log; how many events that is."""
    count, group, held = 0, list[Decided](), 0
    for life in lives:
        group.append(_decided(log, catalogue, life))
        held += len(group[-1].events)
        if held >= GROUP:
            await append(connection, log, group)
            count, group, held = count + held, [], 0
    if group:
        await append(connection, log, group)
    return count + held


def _decided(log: str, catalogue: Catalogue[Any], life: Life) -> Decided:
    command = uuid7()
    facts = tuple(
        Facts(
            log, life.stream, version, event.type, 1, life.place, "clerk-1", command, command,
            None, "history", event.at, catalogue.encode(event),
        )
        for version, event in enumerate(life.events, start=1)
    )  # fmt: skip
    return Decided(command, bytes(32), (Check(life.stream, 0),), facts)


def shares(people: int, things: int) -> Iterator[tuple[int, int]]:
    """How many things each has, by number: a few have many, many have few."""
    random = Random(8)
    weights = [random.expovariate(1) for _ in range(people)]
    whole, seen, given = sum(weights), 0.0, 0
    for number, weight in enumerate(weights):
        seen += weight
        upto = round(things * seen / whole)
        yield number, upto - given
        given = upto


def person(number: int) -> UUID:
    """The id of the nth person."""
    return UUID(int=(number * 0x9E3779B97F4A7C15 % (1 << 64)) << 64 | (8 << 76) | 1 << 63 | number)
