"""Statements: every event that moved the minutes of an account, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.volunteer.account.events import (
    AccountBequeathed,
    AccountInherited,
    ExcessHonoured,
    TimeBroughtIn,
    TimeDeposited,
    TimeDonated,
    TimeEvent,
    TimeGifted,
    TimeHeld,
    TimeReceived,
    TimeRedeemed,
    TimeReleased,
    TimeReversed,
    TimeTransferredOut,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event


@dataclass(frozen=True)
class TimeEntryRow:
    """One line. `amount` is what came (+) or went (-); `free`, `held` and `debt` are by how much
    those changed: what they are after a line is their sum up to it. `other` is who else was in
    it, `about` the record, the request, the pool or the place. `honoured` went past the cap."""

    entry_id: UUID
    account_id: UUID
    position: int
    kind: str
    amount: int
    free: int
    held: int
    debt: int
    other: UUID | None
    about: str
    at: datetime
    honoured: int


def fold(_: TimeEntryRow | None, recorded: Recorded[TimeEvent]) -> TimeEntryRow:
    """The line of the event."""
    event = recorded.event
    amount, free, held, debt = moved(event)
    other, about = _about(event)
    return TimeEntryRow(
        entry_id=own_event(recorded),
        account_id=recorded.stream_id,
        position=recorded.position,
        kind=event.type,
        amount=amount,
        free=free,
        held=held,
        debt=debt,
        other=other,
        about=about,
        at=recorded.occurred_at,
        honoured=event.minutes if isinstance(event, ExcessHonoured) else 0,
    )


def moved(event: TimeEvent) -> tuple[int, int, int, int]:  # noqa: PLR0911 - one arm a kind of event
    """What came or went in all, and the changes of what is free, held and owed, in minutes."""
    minutes = event.minutes
    match event:
        case TimeDeposited() | TimeReceived() | TimeBroughtIn() | AccountInherited():
            return minutes, minutes - event.repaid, 0, -event.repaid
        case ExcessHonoured():
            return 0, 0, 0, 0
        case TimeReversed(owed=owed):
            return -minutes, owed - minutes, 0, owed
        case TimeHeld():
            return 0, -minutes, minutes, 0
        case TimeReleased(repaid=repaid):
            return 0, minutes - repaid, -minutes, -repaid
        case TimeRedeemed():
            return -minutes, 0, -minutes, 0
        case TimeGifted() | TimeDonated() | TimeTransferredOut() | AccountBequeathed():
            return -minutes, -minutes, 0, 0
        case _:
            assert_never(event)


def _about(event: TimeEvent) -> tuple[UUID | None, str]:  # noqa: PLR0911 - one arm a kind of event
    match event:
        case TimeDeposited() | ExcessHonoured() | TimeReversed():
            return None, str(event.record)
        case TimeHeld() | TimeReleased():
            return None, str(event.help)
        case TimeRedeemed(help=help_, helper=helper):
            return helper, str(help_)
        case TimeGifted(to=other) | AccountBequeathed(heir=other):
            return other, ""
        case TimeReceived(giver=other) | AccountInherited(giver=other):
            return other, ""
        case TimeDonated(pool=place) | TimeTransferredOut(place=place):
            return None, place
        case TimeBroughtIn(source=source):
            return None, source
        case _:
            assert_never(event)


time_entries: ReadModel[TimeEntryRow, TimeEvent] = ReadModel(
    name="time_entries",
    row=TimeEntryRow,
    fold=fold,
    key=own_event,
    of=TimeEvent,
    indexes=("(account_id, position)",),
)
