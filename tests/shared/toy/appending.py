"""Decided commands on purses, made by hand: right or wrong, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from shared.core.canonical import Facts
from shared.core.messages import Event
from shared.store.append import Check, Decided
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.decider import purse
from tests.shared.toy.events import MoneyPut


class On(NamedTuple):
    """What a command does to one stream: it was decided at this version and adds these events."""

    stream_id: UUID
    version: int
    events: Sequence[Event] = (MoneyPut(at=NOON, fen=1),)


def decided(
    *streams: On, command_id: UUID | None = None, cause: datetime | None = None, **facts: Any
) -> Decided:
    """A command over these streams; `facts` replaces fields of all its events."""
    known = command_id or uuid4()
    checks = tuple(Check(on.stream_id, on.version) for on in streams)
    events = tuple(
        _facts(on.stream_id, version, event, known)._replace(**facts)
        for on in streams
        for version, event in enumerate(on.events, start=on.version + 1)
    )
    return Decided(known, known.bytes, checks, events, cause)


def puts(stream_id: UUID, version: int, times: int = 1, **facts: Any) -> Decided:
    """Money put in `times` times, decided at this version."""
    return decided(On(stream_id, version, [MoneyPut(at=NOON, fen=1)] * times), **facts)


def _facts(stream_id: UUID, version: int, event: Event, command_id: UUID) -> Facts:
    return Facts(
        log=LOG,
        stream_id=stream_id,
        version=version,
        type=event.type,
        schema_version=event.schema_version,
        territory="d/s1",
        actor="clerk",
        command_id=command_id,
        correlation_id=command_id,
        causation_id=None,
        origin="live",
        occurred_at=event.at,
        payload=purse.events.encode(event),
    )
