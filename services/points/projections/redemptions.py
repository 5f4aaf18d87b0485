"""Redemptions: what was put aside for whom, until when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.points.redemption.events import (
    RedemptionCancelled,
    RedemptionEvent,
    RedemptionFulfilled,
    RedemptionRequested,
    RedemptionReturned,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace

Told = RedemptionRequested | RedemptionFulfilled | RedemptionCancelled | RedemptionReturned


@dataclass(frozen=True)
class RedemptionRow:
    """One redemption. `digest` is what its code is known by; `reason` says why it was cancelled;
    of what was handed over, `back` pieces came back for `refunded` points."""

    redemption_id: UUID
    kind: str
    holder: UUID
    keeper: UUID
    territory: str
    shop: UUID
    item: UUID
    quantity: int
    points: int
    status: str
    digest: str
    reason: str
    shown: str
    back: int
    refunded: int
    version: int
    asked_at: datetime
    due: datetime
    ended_at: datetime | None


def fold(row: RedemptionRow | None, recorded: Recorded[RedemptionEvent]) -> RedemptionRow | None:
    """The redemption after the event."""
    event = recorded.event
    if isinstance(event, RedemptionRequested):
        return _requested(recorded, event)
    if row is None:
        return None
    row, at = replace(row, version=recorded.version), recorded.occurred_at
    match event:
        case RedemptionFulfilled(shown=shown):
            return replace(row, status="fulfilled", shown=shown, ended_at=at)
        case RedemptionCancelled(reason=reason):
            return replace(row, status="cancelled", reason=reason, ended_at=at)
        case RedemptionReturned(quantity=quantity, points=points):
            return replace(row, back=row.back + quantity, refunded=row.refunded + points)
        case _:
            assert_never(event)


def _requested(recorded: Recorded[RedemptionEvent], event: RedemptionRequested) -> RedemptionRow:
    return RedemptionRow(
        redemption_id=recorded.stream_id, kind=event.kind, holder=event.holder,
        keeper=event.keeper, territory=event.territory, shop=event.shop, item=event.item,
        quantity=event.quantity, points=event.points, status="held", digest=event.digest,
        reason="", shown="", back=0, refunded=0, version=recorded.version,
        asked_at=recorded.occurred_at, due=event.due, ended_at=None,
    )  # fmt: skip


redemptions: ReadModel[RedemptionRow, RedemptionEvent] = ReadModel(
    name="redemptions",
    row=RedemptionRow,
    fold=fold,
    of=Told,
    indexes=(
        "(keeper, asked_at)", "(shop, status, asked_at)", "(digest)", "(due) where status = 'held'",
    ),
)  # fmt: skip
