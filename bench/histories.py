"""Cases of ten events each, appended as the kernel appends, as a template to clone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
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
from shared.runtime.ids import uuid7
from shared.store.append import Check, Decided, append

EXISTS = "select exists (select from pg_database where datname = $1)"
STREAMS = "select stream_id from event where version = 1 order by position"
TEMPLATE = "template_histories"
UNIT = "unit-1"
TERRITORY = "d/s1/c1"
GROUP = 100
REPLY = 400


def sealed(subject: UUID, field: str, size: int) -> Sealed:
    """A value as long as the ciphertext of `size` bytes."""
    return Sealed(subject=subject, field=field, box="x" * ((size + 28) * 4 // 3))


def history(person: UUID, at: datetime) -> Sequence[Event]:
    """A case in its second round, signed by the unit: ten events, the next one is its reply."""
    return (
        PetitionRaised(
            at=at, petitioner=person, territory=TERRITORY, area="unknown", channel="online",
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
    """The ids of the template's cases; made by the first bench that asks."""
    admin = await asyncpg.connect(stage.postgres.dsn("postgres"))
    made = not await admin.fetchval(EXISTS, TEMPLATE)
    if made:
        await admin.execute(f"create database {TEMPLATE} template template_log")
    await admin.close()
    connection = await asyncpg.connect(stage.postgres.dsn(TEMPLATE))
    if made:
        await _fill(connection, [uuid7() for _ in range(stage.window.streams)])
    streams = [row[0] for row in await connection.fetch(STREAMS)]
    await connection.close()
    return streams


async def _fill(connection: asyncpg.Connection[Any], streams: Sequence[UUID]) -> None:
    now = datetime.now(UTC)
    events = [(event, EVENTS.encode(event)) for event in history(uuid7(), now)]
    for first in range(0, len(streams), GROUP):
        group = [_case(stream, events, now) for stream in streams[first : first + GROUP]]
        await append(connection, LOG, group)
    await connection.execute("vacuum analyze")


def _case(stream: UUID, events: Sequence[tuple[Event, bytes]], at: datetime) -> Decided:
    command = uuid7()
    facts = [
        Facts(
            LOG, stream, version, event.type, 1, TERRITORY, "clerk-1", command, command, None,
            "live", at, payload,
        )
        for version, (event, payload) in enumerate(events, start=1)
    ]  # fmt: skip
    return Decided(command, bytes(32), (Check(stream, 0),), tuple(facts))
