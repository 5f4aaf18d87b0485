"""Relatives: who has declared whom to be what of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.territory.log import TerritoryEvent
from services.territory.resident.events import RelativeDeclared, RelativeWithdrawn
from shared.core.derived import derived
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel


@dataclass(frozen=True)
class RelativeRow:
    """`relative` is the `relation` of the person: their child, their guardian."""

    pair_id: UUID
    person_id: UUID
    relative: UUID
    relation: str
    declared_at: datetime


def key(recorded: Recorded[TerritoryEvent]) -> UUID | None:
    """A row for each two of whom one has declared the other."""
    event = recorded.event
    if isinstance(event, RelativeDeclared | RelativeWithdrawn):
        return derived("relatives", str(recorded.stream_id), str(event.relative))
    return None


def fold(_: RelativeRow | None, recorded: Recorded[TerritoryEvent]) -> RelativeRow | None:
    """The row after the event; none once it is withdrawn."""
    event, pair = recorded.event, key(recorded)
    if pair is None or not isinstance(event, RelativeDeclared):
        return None
    return RelativeRow(
        pair_id=pair,
        person_id=recorded.stream_id,
        relative=event.relative,
        relation=event.relation,
        declared_at=recorded.occurred_at,
    )


relatives: ReadModel[RelativeRow, TerritoryEvent] = ReadModel(
    name="relatives",
    row=RelativeRow,
    fold=fold,
    key=key,
    of=RelativeDeclared | RelativeWithdrawn,
    indexes=("(person_id)",),
)
