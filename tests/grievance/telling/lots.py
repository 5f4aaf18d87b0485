"""Notices that fare at random: owed for what happened, failed, delivered, given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.grievance.log import EVENTS, LOG
from services.grievance.notice.commands import NoticeCommand
from services.grievance.notice.decider import notice
from services.grievance.policies import owe_notice
from shared.core.canonical import Facts
from shared.core.envelope import Recorded
from shared.core.messages import Event
from shared.store.append import Check, Decided, append
from shared.store.pool import Connection
from tests.grievance.telling.test_notice import deliver, fail, undeliverable


async def tell_at_random(connection: Connection, seed: int, history: Sequence[Any]) -> None:
    """Every notice that follows from this history, and what becomes of each."""
    random = Random(seed)
    known = {one.stream_id for one in history}
    for recorded in history:
        for reaction in owe_notice(recorded) if recorded.type not in notice.events.classes else ():
            if reaction.stream_id not in known:
                await _live(connection, random, recorded, reaction)


async def _live(
    connection: Connection, random: Random, recorded: Recorded[Any], reaction: Any
) -> None:
    events: list[Event] = []
    commands: list[NoticeCommand] = [reaction.command]
    for attempt in range(1, random.randrange(1, 11)):
        commands.append(replace(fail, attempt=attempt, reason=random.choice(("busy", "refused"))))
    commands.append(random.choice((replace(deliver, attempt=len(commands)), undeliverable, fail)))
    for number, command in enumerate(commands):
        at = recorded.recorded_at + timedelta(hours=number)
        stands = notice.fold(events)
        if stands.status in ("none", "owed") and command is not fail:
            events += notice.decide(replace(command, at=at), stands)
    await append(connection, LOG, [_decided(reaction.stream_id, events)])


def _decided(key: UUID, events: Sequence[Event]) -> Decided:
    command = uuid4()
    facts = tuple(
        Facts(
            LOG, key, number, event.type, event.schema_version, "d", "teller", command, command,
            None, "live", event.at, EVENTS.encode(event),
        )
        for number, event in enumerate(events, start=1)
    )  # fmt: skip
    return Decided(command, command.bytes, (Check(key, 0),), facts)
