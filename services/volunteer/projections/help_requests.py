"""Requests for help: what was asked where and when, who does it, how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.volunteer.help.events import (
    HelpAccepted,
    HelpConfirmed,
    HelpDeclined,
    HelpDisputed,
    HelpDone,
    HelpDropped,
    HelpLapsed,
    HelpMatched,
    HelpRequested,
    HelpWithdrawn,
)
from shared.core.envelope import Recorded
from shared.core.local_time import month_of
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.core.state import replace

Told = (
    HelpRequested | HelpMatched | HelpAccepted | HelpDeclined | HelpDone | HelpConfirmed
    | HelpDisputed | HelpWithdrawn | HelpDropped | HelpLapsed
)  # fmt: skip
UNDER_WAY = frozenset({"open", "matched", "accepted", "done", "disputed"})


@dataclass(frozen=True)
class HelpRow:
    """One request; `number` is the position of its first event. `words` is sealed for the
    requester. `accepted_known` is when the acceptance was recorded, whatever it says of itself.
    `done` are the minutes that the volunteer says, `paid_minutes` those that were confirmed."""

    help_id: UUID
    number: int
    status: str
    requester: UUID
    territory: str
    service: str
    minutes: int
    day: str
    since: str | None
    words: str | None
    care: str | None
    paid: str
    volunteer: UUID | None
    done: int | None
    paid_minutes: int | None
    review: int | None
    asked_at: datetime
    accepted_known: datetime | None
    ended_at: datetime | None


def fold(row: HelpRow | None, recorded: Recorded[Told]) -> HelpRow | None:
    """The request after the event."""
    event = recorded.event
    if isinstance(event, HelpRequested):
        return _requested(recorded, event)
    return None if row is None else _moved(row, recorded, event)


def _moved(row: HelpRow, recorded: Recorded[Told], event: Told) -> HelpRow:  # noqa: C901, PLR0911 - one arm an event
    match event:
        case HelpRequested():
            return row
        case HelpMatched(volunteer=volunteer):
            return replace(row, status="matched", volunteer=volunteer)
        case HelpAccepted():
            return replace(row, status="accepted", accepted_known=recorded.recorded_at)
        case HelpDeclined():
            return replace(row, status="open", volunteer=None, accepted_known=None)
        case HelpDone(minutes=minutes):
            return replace(row, status="done", done=minutes)
        case HelpDisputed():
            return replace(row, status="disputed")
        case HelpConfirmed(minutes=minutes, review=review):
            told = replace(row, paid_minutes=minutes, review=review)
            return replace(told, status="confirmed", ended_at=recorded.recorded_at)
        case HelpWithdrawn() | HelpDropped():
            return replace(row, status="withdrawn", ended_at=recorded.recorded_at)
        case HelpLapsed():
            return replace(row, status="lapsed", ended_at=recorded.recorded_at)
        case _:
            assert_never(event)


def _requested(recorded: Recorded[Told], event: HelpRequested) -> HelpRow:
    return HelpRow(
        help_id=recorded.stream_id,
        number=recorded.position,
        status="open",
        requester=event.requester,
        territory=event.territory,
        service=event.service,
        minutes=event.minutes,
        day=event.day,
        since=event.since,
        words=event.words.box if event.words else None,
        care=event.care,
        paid=event.paid,
        volunteer=None,
        done=None,
        paid_minutes=None,
        review=None,
        asked_at=recorded.occurred_at,
        accepted_known=None,
        ended_at=None,
    )


def count(row: HelpRow) -> dict[TallyKey, dict[str, int]]:
    """What it adds to the requests of its place, month and service."""
    return {
        (row.territory, month_of(row.asked_at), row.service): {
            "asked": 1,
            "under_way": int(row.status in UNDER_WAY),
            "confirmed": int(row.status == "confirmed"),
            "lapsed": int(row.status == "lapsed"),
            "minutes": row.paid_minutes or 0,
            "reviews": row.review or 0,
        }
    }


help_requests: ReadModel[HelpRow, Told] = ReadModel(
    name="help_requests",
    row=HelpRow,
    fold=fold,
    of=Told,
    indexes=(
        "(requester, number)",
        "(volunteer, number) where volunteer is not null",
        "(territory, number) where status = 'open'",
        "(day) where status in ('open', 'matched')",
    ),
    tally=Tally(
        name="help_cube",
        keys=("territory", "month", "service"),
        measures=("asked", "under_way", "confirmed", "lapsed", "minutes", "reviews"),
        count=count,
    ),
)
