"""Who held which post, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.post.events import PostFilled, PostVacated
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, earlier_event, own_event
from shared.core.state import replace


@dataclass(frozen=True)
class PostRow:
    """One holding. The seat is a role in a place, which is a territory or a unit; `until` is None
    while no end is known."""

    holding_id: UUID
    role: str
    place: str
    territory: str
    holder: UUID
    since: datetime
    until: datetime | None


def fold(row: PostRow | None, recorded: Recorded[Any]) -> PostRow | None:
    """The holding after the event."""
    event, at = recorded.event, recorded.occurred_at
    if isinstance(event, PostFilled):
        seat = (event.role, event.place, event.territory)
        return PostRow(own_event(recorded), *seat, event.holder, at, event.until)
    return None if row is None else replace(row, until=at)


def key(recorded: Recorded[Any]) -> UUID | None:
    """One row a holding."""
    match recorded.event:
        case PostFilled():
            return own_event(recorded)
        case PostVacated(filled=filled):
            return earlier_event(recorded, filled)
        case _:
            return None


posts: ReadModel[PostRow, Any] = ReadModel(
    name="posts",
    row=PostRow,
    fold=fold,
    key=key,
    of=PostFilled | PostVacated,
    indexes=("(territory, role, since, holding_id)", "(place, role)", "(holder)"),
)
