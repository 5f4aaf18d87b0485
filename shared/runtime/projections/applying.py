"""Pages of events into one read model: what can be folded is folded, what cannot is parked with
its reason, and what stands behind it on the same stream is parked behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import structlog
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.core.catalogue import UnknownEvent
from shared.core.envelope import Recorded
from shared.ops import metrics
from shared.runtime.commands.grouped import Closed, Overloaded
from shared.runtime.commands.submission import Contended
from shared.runtime.projections import folding
from shared.runtime.projections.folding import Folding, Model
from shared.store import parked
from shared.store.cursors import CursorMoved
from shared.store.held import Unavailable
from shared.store.parked import Waiting
from shared.store.pool import TRANSIENT, Connection

BEHIND = "behind an earlier event of its stream"
# SQLSTATE classes: data exception, integrity constraint violation, program limit exceeded (a value
# too large for its index)
DATA_FAULTS = ("22", "23", "54")
# The server, the network, the load or another runner is to blame: the same may be tried again.
PASSING = (*TRANSIENT, CursorMoved, Unavailable, Overloaded, Closed, Contended)

log = structlog.get_logger()


class Unreadable(NamedTuple):
    """An event that could not be decoded."""

    position: int
    stream_id: UUID
    type: str
    reason: str


Entry = Recorded[Any] | Unreadable


def poisonous(fault: BaseException) -> bool:
    """Whether the event is to blame, not what passes."""
    if isinstance(fault, asyncpg.PostgresError):
        return (fault.sqlstate or "")[:2] in DATA_FAULTS
    if isinstance(fault, asyncpg.DataError | UnicodeError):
        return True
    return not isinstance(fault, (*PASSING, MemoryError))


def reason_of(fault: BaseException) -> str:
    """What is wrong, without a word of what the event says."""
    if isinstance(fault, UnknownEvent):
        return f"cannot be read: {fault}"
    if isinstance(fault, ValidationError):
        errors = fault.errors(include_url=False, include_context=False, include_input=False)
        return f"does not fit its type: {', '.join(sorted({_field(one) for one in errors}))}"
    return f"cannot be taken: {type(fault).__name__}"


def _field(error: ErrorDetails) -> str:
    """A name that the type gives; what is deeper, or too much, was named by who wrote the event."""
    if not error["loc"] or error["type"] == "extra_forbidden":
        return "fields it does not have"
    return str(error["loc"][0])


class Arrived:
    """The entries of a page, looked through once for all models that take it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.events = [entry for entry in entries if not isinstance(entry, Unreadable)]
        self.gone = folding.erased(self.events)


class Applying:
    """Pages of a log into a live model, in the caller's transaction, which holds the cursor.

    `parking` says whether anything of the model is parked. `take` and `write` raise what an event's
    fold or its row raised; then each of the pages is for `apply_apart`, in another transaction.
    """

    def __init__(self, connection: Connection, model: Model, source: str, *, parking: bool) -> None:
        self._connection = connection
        self._name = model.name
        self._source = source
        self._parking = parking
        self._folding = Folding(connection, model)

    async def take(self, page: Arrived) -> None:
        """Fold the next page; park what cannot be read and what stands behind something parked."""
        if not self._parking and len(page.events) == len(page.entries):
            await self._folding.take(page.events, page.gone)
            return
        self._parking = True
        ready, waiting = await sort_out(self._connection, self._name, self._source, page.entries)
        await self._folding.take(ready)
        await park(self._connection, self._name, self._source, waiting)

    async def write(self) -> None:
        """Write the rows."""
        await self._folding.write()


async def apply(
    connection: Connection, model: Model, source: str, entries: Sequence[Entry]
) -> None:
    """One page alone, as `Applying` does it."""
    parking = await parked.any_of(connection, [model.name], source)
    applying = Applying(connection, model, source, parking=bool(parking))
    await applying.take(Arrived(entries))
    await applying.write()


async def sort_out(
    connection: Connection, subscription: str, source: str, entries: Sequence[Entry]
) -> tuple[list[Recorded[Any]], list[Waiting]]:
    """Those that can be taken, and those that must wait: unreadable, or behind one that waits."""
    streams = {entry.stream_id for entry in entries}
    blocked = await parked.streams(connection, subscription, source, streams)
    ready: list[Recorded[Any]] = []
    waiting: list[Waiting] = []
    for entry in entries:
        if entry.stream_id in blocked:
            waiting.append(wait(entry, BEHIND))
        elif isinstance(entry, Unreadable):
            blocked.add(entry.stream_id)
            waiting.append(wait(entry, entry.reason))
        else:
            ready.append(entry)
    return ready, waiting


async def apply_apart(
    connection: Connection, model: Model, source: str, entries: Sequence[Entry]
) -> None:
    """The same, by halves where it has to be: one that cannot be taken is parked, its neighbours
    go on."""
    if not entries:
        return
    try:
        async with connection.transaction():
            await apply(connection, model, source, entries)
    except Exception as fault:
        if not poisonous(fault):
            raise
        if len(entries) == 1:
            await park(connection, model.name, source, [wait(entries[0], reason_of(fault))])
            return
        middle = len(entries) // 2
        await apply_apart(connection, model, source, entries[:middle])
        await apply_apart(connection, model, source, entries[middle:])


async def replay(
    connection: Connection,
    model: Model,
    source: str,
    stream_id: UUID,
    entries: Mapping[int, Entry],
) -> int:
    """Take the parked events of a stream again; how many of it still wait.

    The caller holds the cursor. `entries` are all events of the stream that exist, by position;
    a parked one that is not among them was never in the log, and is dropped.
    """
    lines = [line.position for line in await parked.of(connection, model.name, stream_id)]
    await parked.drop(connection, model.name, source, stream_id, lines)
    again = [entries[position] for position in lines if position in entries]
    await apply_apart(connection, model, source, again)
    return len(await parked.of(connection, model.name, stream_id))


async def park(
    connection: Connection, subscription: str, source: str, waiting: Sequence[Waiting]
) -> None:
    """Park these events, and say so."""
    await parked.put(connection, subscription, source, waiting)
    for one in waiting:
        metrics.PARKED.labels(subscription).inc()
        log.warning(
            "event.parked",
            subscription=subscription,
            stream=str(one.stream_id),
            position=one.position,
            type=one.type,
            reason=one.reason,
        )


def wait(entry: Entry, reason: str) -> Waiting:
    """The line of the list for this event."""
    return Waiting(entry.stream_id, entry.position, entry.type, reason)
