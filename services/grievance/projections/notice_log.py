"""Every notice with where it stands: what is to be sent, and what became of what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.grievance.notice.events import (
    NoticeDelivered,
    NoticeEvent,
    NoticeFailed,
    NoticeOwed,
    NoticeUndeliverable,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace


@dataclass(frozen=True)
class NoticeRow:
    """One notice: that event `case_version` of a case is told as `step`. So many `tries` were made,
    the last of them by `port`; why it failed, or why nobody can be told, is `reason`. The next one
    is not before `next_try`, None once it has `ended`."""

    notice_id: UUID
    case_id: UUID
    case_version: int
    step: str
    status: str
    owed_at: datetime
    tries: int
    port: str | None
    reason: str | None
    next_try: datetime | None
    ended_at: datetime | None


def fold(row: NoticeRow | None, recorded: Recorded[NoticeEvent]) -> NoticeRow | None:
    """The notice after the event."""
    event, at = recorded.event, recorded.occurred_at
    if isinstance(event, NoticeOwed):
        case = recorded.stream_id, event.case_id, event.case_version, event.step
        return NoticeRow(*case, "owed", at, 0, None, None, at, None)
    if row is None:
        return None
    ended = replace(row, next_try=None, ended_at=at)
    match event:
        case NoticeDelivered(port=port, attempt=tries):
            return replace(ended, status="delivered", tries=tries, port=port, reason=None)
        case NoticeFailed(port=port, attempt=tries, reason=reason, next_try=again):
            failed = replace(row, tries=tries, port=port, reason=reason, next_try=again)
            return failed if again else replace(failed, status="given_up", ended_at=at)
        case NoticeUndeliverable(reason=reason):
            return replace(ended, status="undeliverable", reason=reason)
        case _:
            assert_never(event)


notice_log: ReadModel[NoticeRow, NoticeEvent] = ReadModel(
    name="notice_log",
    row=NoticeRow,
    fold=fold,
    of=NoticeEvent,
    indexes=(
        "(next_try, notice_id) where next_try is not null",
        "(case_id, case_version)",
        "(ended_at desc, notice_id desc) where port = 'outbox' and status = 'delivered'",
    ),
)
