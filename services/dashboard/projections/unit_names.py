"""Units: the code by which others name one, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.contracts.organisation import UnitDissolved, UnitFormed
from shared.contracts.territory import TerritoryContract
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace


@dataclass(frozen=True)
class UnitRow:
    """One unit. One that was dissolved keeps its name: old cases name it."""

    unit_id: UUID
    code: str
    name: str
    kind: str
    territory: str
    exists: bool


def fold(row: UnitRow | None, recorded: Recorded[TerritoryContract]) -> UnitRow | None:
    """The unit after the event."""
    event = recorded.event
    if isinstance(event, UnitFormed):
        return UnitRow(
            recorded.stream_id, event.code, event.name, event.kind, event.territory, True
        )
    if row is not None and isinstance(event, UnitDissolved):
        return replace(row, exists=False)
    return row


unit_names: ReadModel[UnitRow, TerritoryContract] = ReadModel(
    name="unit_names",
    row=UnitRow,
    fold=fold,
    key=lambda recorded: (
        recorded.stream_id if isinstance(recorded.event, UnitFormed | UnitDissolved) else None
    ),
    indexes=("(code)",),
)
