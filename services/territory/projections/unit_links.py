"""Which units had a part in which territories, as what, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.unit.events import UnitLinked, UnitUnlinked
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, earlier_event, own_event
from shared.core.state import replace


@dataclass(frozen=True)
class LinkRow:
    """One link; `until` is None while it lasts."""

    link_id: UUID
    code: str
    territory: str
    linkage: str
    since: datetime
    until: datetime | None


def fold(row: LinkRow | None, recorded: Recorded[Any]) -> LinkRow | None:
    """The link after the event."""
    event, at = recorded.event, recorded.occurred_at
    if isinstance(event, UnitLinked):
        named = (event.code, event.territory, event.linkage)
        return LinkRow(own_event(recorded), *named, at, None)
    return None if row is None else replace(row, until=at)


def key(recorded: Recorded[Any]) -> UUID | None:
    """One row a link."""
    match recorded.event:
        case UnitLinked():
            return own_event(recorded)
        case UnitUnlinked(linked=linked):
            return earlier_event(recorded, linked)
        case _:
            return None


unit_links: ReadModel[LinkRow, Any] = ReadModel(
    name="unit_links",
    row=LinkRow,
    fold=fold,
    key=key,
    of=UnitLinked | UnitUnlinked,
    indexes=("(territory, linkage)", "(code)"),
)
