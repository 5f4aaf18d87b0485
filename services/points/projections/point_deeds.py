"""Deeds for which points were asked: what rules are tried on before they are published."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.points.account.events import PointsCapped, PointsEarned, PointsReversed
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, earlier_event, own_event
from shared.core.state import replace

Told = PointsEarned | PointsCapped | PointsReversed


@dataclass(frozen=True)
class PointDeedRow:
    """`quantity` times, or minutes, of a deed of `day`, which brought `points`; `over` went past a
    limit. `standing` until it was reversed. The key begins as that of the account does: a walk in
    its order has the deeds of each account together."""

    deed_id: UUID
    account_id: UUID
    position: int
    territory: str
    day: str
    reason: str
    quantity: int
    points: int
    over: int
    rules: str
    standing: bool


def key(recorded: Recorded[Told]) -> UUID:
    """A deed has the key of the event that told it."""
    event = recorded.event
    if isinstance(event, PointsReversed):
        return earlier_event(recorded, event.lot)
    return own_event(recorded)


def fold(row: PointDeedRow | None, recorded: Recorded[Told]) -> PointDeedRow | None:
    """The deed after the event."""
    event = recorded.event
    if isinstance(event, PointsReversed):
        return None if row is None else replace(row, standing=False)
    return PointDeedRow(
        deed_id=own_event(recorded),
        account_id=recorded.stream_id,
        position=recorded.position,
        territory=event.territory,
        day=event.day,
        reason=event.reason,
        quantity=event.quantity,
        points=event.points if isinstance(event, PointsEarned) else 0,
        over=event.over,
        rules=event.rules,
        standing=True,
    )


point_deeds: ReadModel[PointDeedRow, Told] = ReadModel(
    name="point_deeds",
    row=PointDeedRow,
    fold=fold,
    key=key,
    of=Told,
    indexes=("(account_id, position)", "(day)"),
)
