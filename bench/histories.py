"""Cases of ten events each, appended as the kernel appends, as a template to clone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg

from bench.stage import Stage
from services.grievance.case.events import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseDispatched,
    CaseReopened,
    OrderSigned,
    PetitionRaised,
    ReplySubmitted,
)
from services.grievance.log import EVENTS, LOG
from shared.core.canonical import Facts
from shared.core.messages import Event
from shared.core.sealed import Sealed
from shared.runtime.commands.ids import uuid7
from shared.store.append import Check, Decided, append

EXISTS = "select exists (select from pg_database where datname = $1)"
STREAMS = "select stream_id from event where version = 1 order by position"
TEMPLATE, INTERLEAVED = "template_histories", "template_interleaved"
UNIT = "unit-1"
TERRITORY = "d/s1/c1"
PLACES = 40
OPEN = 2_000
GROUP = 200
REPLY = 400

Connection: TypeAlias = "asyncpg.Connection[Any]"
Order = Callable[[Iterable[Sequence[Facts]]], Iterator[Sequence[Facts]]]


def sealed(subject: UUID, field: str, size: int) -> Sealed:
    """A value as long as the ciphertext of `size` bytes."""
    return Sealed(subject=subject, field=field, box="x" * ((size + 28) * 4 // 3))


def history(person: UUID, at: datetime, territory: str = TERRITORY) -> Sequence[Event]:
    """A case in its second round, signed by the unit: ten events, the next one is its reply."""
    return (
        PetitionRaised(
            at=at, petitioner=person, territory=territory, area="unknown", channel="online",
            case_type="repair", subject=sealed(person, "subject", 60),
            details=sealed(person, "details", 500), name=sealed(person, "name", 9),
            phone=sealed(person, "phone", 11),
        ),
        CaseAccepted(at=at),
        CaseDispatched(at=at, unit=UNIT),
        OrderSigned(at=at),
        ReplySubmitted(at=at, reply=sealed(person, "reply", REPLY)),
        CallbackRecorded(at=at, contacted=True, resolved=False, satisfied=False),
        CaseClosed(at=at, outcome="partly_solved"),
        CaseReopened(at=at, reason=sealed(person, "reason", 90)),
        CaseDispatched(at=at, unit=UNIT),
        OrderSigned(at=at),
    )  # fmt: skip


async def prepare(stage: Stage) -> list[UUID]:
    """The ids of the template's cases, one after the other in the log; made by the first bench
    that asks."""
    return await _prepared(stage, TEMPLATE, iter)


async def prepare_interleaved(stage: Stage) -> list[UUID]:
    """The same cases in the template INTERLEAVED: OPEN of them under way at any time."""
    return await _prepared(stage, INTERLEAVED, _side_by_side)


async def _prepared(stage: Stage, template: str, order: Order) -> list[UUID]:
    admin = await asyncpg.connect(stage.postgres.dsn("postgres"))
    made = not await admin.fetchval(EXISTS, template)
    if made:
        await admin.execute(f"create database {template} template template_log")
    await admin.close()
    connection = await asyncpg.connect(stage.postgres.dsn(template))
    if made:
        await _fill(connection, order(_cases(stage.window.streams)))
    streams = [row[0] for row in await connection.fetch(STREAMS)]
    await connection.close()
    return streams


def _cases(number: int) -> Iterator[Sequence[Facts]]:
    """Cases in many places, each event at a time of its own, all of them in the past."""
    person, began = uuid7(), datetime.now(UTC) - timedelta(days=30)
    places = [f"d/s{n // 5}/c{n}" for n in range(PLACES)]
    told = [
        [(event, EVENTS.encode(event)) for event in history(person, began, place)]
        for place in places
    ]
    for n in range(number):
        moment = began + timedelta(seconds=n)
        yield _case(uuid7(), told[n % PLACES], moment, places[n % PLACES])


def _case(
    stream: UUID, events: Sequence[tuple[Event, bytes]], began: datetime, place: str
) -> Sequence[Facts]:
    return [
        Facts(
            LOG, stream, version, event.type, event.schema_version, place, "clerk-1", stream,
            stream, None, "live", began + timedelta(minutes=version), payload,
        )
        for version, (event, payload) in enumerate(events, start=1)
    ]  # fmt: skip


def _side_by_side(cases: Iterable[Sequence[Facts]]) -> Iterator[Sequence[Facts]]:
    """One event of every open case in turn; a tenth of them ends and is replaced each time."""
    waiting, under_way = iter(cases), list[Iterator[Facts]]()
    while True:
        under_way += [iter(case) for case in islice(waiting, OPEN // 10)]
        steps = [(case, next(case, None)) for case in under_way]
        under_way = [case for case, facts in steps if facts is not None]
        if not under_way:
            return
        yield from ([facts] for _, facts in steps if facts is not None)


async def _fill(connection: Connection, parts: Iterator[Sequence[Facts]]) -> None:
    while group := list(islice(parts, GROUP)):
        await append(connection, LOG, [_decided(facts) for facts in group])
    await connection.execute("vacuum analyze")


def _decided(facts: Sequence[Facts]) -> Decided:
    """A command that brings these events of one stream."""
    command, first = uuid7(), facts[0]
    told = [one._replace(command_id=command, correlation_id=command) for one in facts]
    return Decided(command, bytes(32), (Check(first.stream_id, first.version - 1),), tuple(told))
