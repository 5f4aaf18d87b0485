"""The life of a notice: owed once, tried until it came through or there is no use in it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.grievance.notice.commands import (
    NoticeCommand,
    OweNotice,
    RecordDelivery,
    RecordFailure,
    RecordUndeliverable,
)
from services.grievance.notice.events import (
    NoticeDelivered,
    NoticeEvent,
    NoticeFailed,
    NoticeOwed,
    NoticeUndeliverable,
)
from services.grievance.notice.retrying import next_try
from services.grievance.notice.upcasters import UPCASTERS
from services.grievance.words import NoticeStatus, PortName
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Command, Rejected
from shared.core.state import replace


@dataclass(frozen=True)
class Notice:
    """Where a notice stands. So many `tries` have failed, and these ports want none of it."""

    status: NoticeStatus = "none"
    territory: str = ""
    case_id: UUID | None = None
    case_version: int = 0
    tries: int = 0
    next_try: datetime | None = None
    refused: frozenset[PortName] = frozenset()


ALLOWED: Mapping[type[Command], Set[NoticeStatus]] = {
    OweNotice: {"none"},
    RecordDelivery: {"owed"},
    RecordFailure: {"owed"},
    RecordUndeliverable: {"owed"},
}


def decide(command: NoticeCommand, notice: Notice) -> list[NoticeEvent]:
    """The events a command leads to. Raises Rejected."""
    if notice.status not in ALLOWED[type(command)]:
        when = " or ".join(sorted(ALLOWED[type(command)]))
        detail = f"this is possible while the notice is {when}"
        raise Rejected(f"notice_is_{notice.status}", detail)
    at = command.at
    match command:
        case OweNotice():
            return [_owed(command)]
        case RecordDelivery(port=port, attempt=attempt):
            _check_turn(attempt, notice)
            return [NoticeDelivered(at=at, port=port, attempt=attempt)]
        case RecordFailure():
            _check_turn(command.attempt, notice)
            return [_failed(command)]
        case RecordUndeliverable(reason=reason):
            return [NoticeUndeliverable(at=at, reason=reason)]
        case _:
            assert_never(command)


def _owed(command: OweNotice) -> NoticeOwed:
    return NoticeOwed(
        at=command.at,
        case_id=command.case_id,
        case_version=command.case_version,
        step=command.step,
        territory=command.territory,
    )


def _check_turn(attempt: int, notice: Notice) -> None:
    if attempt != notice.tries + 1:
        raise Rejected("not_the_next_try", f"the next try is number {notice.tries + 1}")


def _failed(command: RecordFailure) -> NoticeFailed:
    """A port that refuses is not asked again: the next one is, at once."""
    at, attempt = command.at, command.attempt
    again = next_try(attempt, at)
    if again is not None and command.reason == "refused":
        again = at
    return NoticeFailed(
        at=at, port=command.port, attempt=attempt, reason=command.reason, next_try=again
    )


def evolve(notice: Notice, event: NoticeEvent) -> Notice:
    """The notice after the event."""
    match event:
        case NoticeOwed(case_id=case_id, case_version=version, territory=territory):
            return Notice("owed", territory, case_id, version, next_try=event.at)
        case NoticeDelivered():
            return replace(notice, status="delivered", next_try=None)
        case NoticeFailed(port=port, attempt=attempt, next_try=again):
            refused = notice.refused | {port} if event.reason == "refused" else notice.refused
            status: NoticeStatus = "given_up" if again is None else "owed"
            return replace(notice, status=status, tries=attempt, next_try=again, refused=refused)
        case NoticeUndeliverable():
            return replace(notice, status="undeliverable", next_try=None)
        case _:
            assert_never(event)


notice = Decider(
    category="notice",
    initial=Notice(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(NoticeEvent, UPCASTERS),
)
