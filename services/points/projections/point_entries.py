"""Statements: every event that moved the points of an account, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.points.account.events import (
    PointsCapped,
    PointsCarriedOver,
    PointsDeducted,
    PointsEarned,
    PointsEvent,
    PointsExpired,
    PointsHeld,
    PointsReceived,
    PointsRedeemed,
    PointsRefunded,
    PointsReleased,
    PointsReversed,
    PointsTransferred,
)
from services.points.account.moving import moved
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event
from shared.core.sealed import Sealed


@dataclass(frozen=True)
class PointEntryRow:
    """One line. `amount` is what came (+) or went (-); `free`, `held` and `debt` are by how much
    those changed: what they are after a line is their sum up to it. `reason` is as the `rules` of
    this version call it, `about` the redemption, the lot, the other account or the source, `day`
    that of the deed or the last one of what ended. `over` went past a limit, or was waived. `note`
    is sealed for `subject`, `proof` the SHA-256 of a photo; `actor` is who asked for it."""

    entry_id: UUID
    account_id: UUID
    position: int
    lot: int
    kind: str
    amount: int
    free: int
    held: int
    debt: int
    over: int
    reason: str
    about: str
    day: str
    expires: str | None
    rules: str
    territory: str
    at: datetime
    actor: str
    subject: UUID | None
    note: str | None
    proof: str | None


def fold(_: PointEntryRow | None, recorded: Recorded[PointsEvent]) -> PointEntryRow:
    """The line of the event."""
    event = recorded.event
    amount, free, held, debt = moved(event)
    about, day = _about(event)
    note: Sealed | None = getattr(event, "note", None)
    return PointEntryRow(
        entry_id=own_event(recorded),
        account_id=recorded.stream_id,
        position=recorded.position,
        lot=recorded.version,
        kind=event.type,
        amount=amount,
        free=free,
        held=held,
        debt=debt,
        over=_over(event),
        reason=getattr(event, "reason", ""),
        about=about,
        day=day,
        expires=getattr(event, "expires", None),
        rules=getattr(event, "rules", ""),
        territory=recorded.territory,
        at=recorded.occurred_at,
        actor=recorded.actor,
        subject=note.subject if note else None,
        note=note.box if note else None,
        proof=getattr(event, "proof", None),
    )


def _over(event: PointsEvent) -> int:
    match event:
        case PointsEarned(over=over) | PointsCapped(over=over) | PointsDeducted(waived=over):
            return over
        case _:
            return 0


def _about(event: PointsEvent) -> tuple[str, str]:
    match event:
        case PointsEarned(source=source, day=day) | PointsCapped(source=source, day=day):
            return source or "", day
        case PointsDeducted(day=day) | PointsExpired(day=day):
            return "", day
        case PointsHeld() | PointsReleased() | PointsRedeemed() | PointsRefunded():
            return str(event.hold), ""
        case PointsReversed(lot=lot):
            return str(lot), ""
        case PointsCarriedOver(lot=lot, day=day):
            return str(lot), day
        case PointsTransferred(to=other) | PointsReceived(giver=other):
            return str(other), ""


point_entries: ReadModel[PointEntryRow, PointsEvent] = ReadModel(
    name="point_entries",
    row=PointEntryRow,
    fold=fold,
    key=own_event,
    of=PointsEvent,
    # A sum over the lines of an account reads the index alone.
    indexes=("(account_id, position) include (free, held, debt)",),
)
