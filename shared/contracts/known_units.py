"""Units by their codes: what they are called. One that is no more keeps its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.contracts.organisation import UnitFormed
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel


@dataclass(frozen=True)
class KnownUnitRow:
    """A unit by its code."""

    unit_id: UUID
    code: str
    name: str


def fold(_: KnownUnitRow | None, recorded: Recorded[Any]) -> KnownUnitRow:
    """The row of this unit."""
    return KnownUnitRow(recorded.stream_id, recorded.event.code, recorded.event.name)


known_units: ReadModel[KnownUnitRow, Any] = ReadModel(
    name="known_units", row=KnownUnitRow, fold=fold, of=UnitFormed, indexes=("(code)",)
)
