"""What was declared of each territory, one row for each time it was told.

The latest of a kind up to a day is the profile of that day: a query finds it, so a late entry goes
where it belongs by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.profile.events import (
    BlockTypeAssigned,
    FigureDeclared,
    GovernanceModelAdopted,
)
from services.territory.profile.evolution import BLOCK_TYPE, MODEL
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, own_event


@dataclass(frozen=True)
class ProfileRow:
    """`item` is the name of a figure, with a `value`, its measure and who says so; or
    `governance_model` or `block_type`, with a `word`."""

    entry_id: UUID
    territory: str
    item: str
    value: int | None
    measure: str | None
    word: str | None
    source: str | None
    reference: str | None
    since: datetime


def fold(_: ProfileRow | None, recorded: Recorded[Any]) -> ProfileRow | None:
    """The row of this event."""
    event, key, at = recorded.event, own_event(recorded), recorded.occurred_at
    match event:
        case FigureDeclared(territory=territory, figure=figure, value=value, measure=measure):
            source, reference = event.source, event.reference
            return ProfileRow(key, territory, figure, value, measure, None, source, reference, at)
        case GovernanceModelAdopted(territory=territory, model=model):
            return ProfileRow(key, territory, MODEL, None, None, model, None, None, at)
        case BlockTypeAssigned(territory=territory, block_type=block_type):
            return ProfileRow(key, territory, BLOCK_TYPE, None, None, block_type, None, None, at)
        case _:
            return None


territory_profile: ReadModel[ProfileRow, Any] = ReadModel(
    name="territory_profile",
    row=ProfileRow,
    fold=fold,
    key=own_event,
    of=FigureDeclared | GovernanceModelAdopted | BlockTypeAssigned,
    indexes=("(territory, item, since)",),
)
