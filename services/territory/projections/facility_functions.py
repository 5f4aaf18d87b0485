"""What each facility served as, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.facility.events import FunctionAdded, FunctionRemoved
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, earlier_event, own_event
from shared.core.state import replace


@dataclass(frozen=True)
class FunctionRow:
    """One function; `until` is None while the facility has it."""

    function_id: UUID
    code: str
    function: str
    since: datetime
    until: datetime | None


def fold(row: FunctionRow | None, recorded: Recorded[Any]) -> FunctionRow | None:
    """The function after the event."""
    event, at = recorded.event, recorded.occurred_at
    if isinstance(event, FunctionAdded):
        return FunctionRow(own_event(recorded), event.code, event.function, at, None)
    return None if row is None else replace(row, until=at)


def key(recorded: Recorded[Any]) -> UUID | None:
    """One row a function."""
    match recorded.event:
        case FunctionAdded():
            return own_event(recorded)
        case FunctionRemoved(added=added):
            return earlier_event(recorded, added)
        case _:
            return None


facility_functions: ReadModel[FunctionRow, Any] = ReadModel(
    name="facility_functions",
    row=FunctionRow,
    fold=fold,
    key=key,
    of=FunctionAdded | FunctionRemoved,
    indexes=("(code, since)",),
)
