"""Every event that moved pieces of an item, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.points.projections.shop_stock import Pieces, moved
from services.points.stock.events import StockReceived
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event


@dataclass(frozen=True)
class StockMoveRow:
    """One line. `shelf`, `held`, `given` and `off` are by how many pieces those changed. `supply`,
    `source` and `cost`, in fen, are told of what was received, `reason` of what was counted or
    written off."""

    move_id: UUID
    item_id: UUID
    position: int
    kind: str
    quantity: int
    shelf: int
    held: int
    given: int
    off: int
    supply: str
    source: str
    cost: int
    reason: str
    redemption: UUID | None
    territory: str
    actor: str
    at: datetime


def fold(_: StockMoveRow | None, recorded: Recorded[Pieces]) -> StockMoveRow:
    """The line of the event."""
    event = recorded.event
    stocked, shelf, held, given, off = moved(event)
    came = event if isinstance(event, StockReceived) else None
    return StockMoveRow(
        move_id=own_event(recorded),
        item_id=recorded.stream_id,
        position=recorded.position,
        kind=event.type,
        quantity=getattr(event, "quantity", stocked),
        shelf=shelf,
        held=held,
        given=given,
        off=off,
        supply=came.supply if came else "",
        source=came.source if came else "",
        cost=came.cost if came else 0,
        reason=getattr(event, "reason", ""),
        redemption=getattr(event, "redemption", None),
        territory=recorded.territory,
        actor=recorded.actor,
        at=recorded.occurred_at,
    )


stock_moves: ReadModel[StockMoveRow, Pieces] = ReadModel(
    name="stock_moves",
    row=StockMoveRow,
    fold=fold,
    key=own_event,
    of=Pieces,
    indexes=("(item_id, position)",),
)
