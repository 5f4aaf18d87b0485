"""Who is known by which id, and where they live: what any service may keep of the residents.

The same rows everywhere, folded from the topic of the territory service. Who was erased has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.contracts.erasure import SubjectErased
from shared.contracts.residents import (
    DoublesMerged,
    ResidentContract,
    ResidentLeft,
    ResidentMoved,
    ResidentRegistered,
    ResidentReturned,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace


@dataclass(frozen=True)
class KnownResidentRow:
    """A person. `building` is where they live, or last lived if they are `gone`; `merged_into` is
    the id to use for one who was registered twice."""

    person_id: UUID
    building: str
    household: UUID | None
    merged_into: UUID | None
    gone: bool


def fold(row: KnownResidentRow | None, recorded: Recorded[Any]) -> KnownResidentRow | None:
    """The row after the event; none for who was erased."""
    match recorded.event:
        case ResidentRegistered(building=building, household=household):
            return KnownResidentRow(recorded.stream_id, building, household, None, gone=False)
        case ResidentMoved(building=building, household=household) if row:
            return replace(row, building=building, household=household)
        case ResidentReturned(building=building, household=household) if row:
            return replace(row, building=building, household=household, gone=False)
        case ResidentLeft() if row:
            return replace(row, household=None, gone=True)
        case DoublesMerged(into=into) if row:
            return replace(row, merged_into=into)
        case _:
            return None


known_residents: ReadModel[KnownResidentRow, Any] = ReadModel(
    name="known_residents",
    row=KnownResidentRow,
    fold=fold,
    of=ResidentContract | SubjectErased,
    indexes=("(building)", "(merged_into)"),
)
