"""Care tags: who needs which care, and how many in each building do.

One row a person, not one a tag: when they move, all their tags count elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from services.territory.log import TerritoryEvent
from services.territory.resident.events import (
    CareTagged,
    CareUntagged,
    ResidentLeft,
    ResidentMoved,
    ResidentReturned,
)
from shared.core.envelope import Recorded
from shared.core.person.events import SubjectErased
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.core.state import replace


@dataclass(frozen=True)
class CareRow:
    """A person who needs care, and which: words with commas between. Who is `away` does not
    count."""

    person_id: UUID
    building: str
    tags: str
    away: bool


def fold(row: CareRow | None, recorded: Recorded[TerritoryEvent]) -> CareRow | None:
    """The person after the event; none while they need nothing."""
    match recorded.event:
        case CareTagged(tag=tag):
            known = row or CareRow(recorded.stream_id, recorded.territory, "", away=False)
            return _with(known, {*known.tags.split(","), tag})
        case CareUntagged(tag=tag) if row:
            return _with(row, {*row.tags.split(",")} - {tag})
        case ResidentMoved(building=building) | ResidentReturned(building=building) if row:
            return replace(row, building=building, away=False)
        case ResidentLeft() if row:
            return replace(row, away=True)
        case _:
            return None


def _with(row: CareRow, tags: Iterable[str]) -> CareRow | None:
    told = sorted({*tags} - {""})
    return replace(row, tags=",".join(told)) if told else None


def _count(row: CareRow) -> Mapping[TallyKey, Mapping[str, int]]:
    tags = [] if row.away else row.tags.split(",")
    return {(row.building, tag): {"persons": 1} for tag in tags}


care_tags: ReadModel[CareRow, TerritoryEvent] = ReadModel(
    name="care_tags",
    row=CareRow,
    fold=fold,
    of=CareTagged | CareUntagged | ResidentMoved | ResidentLeft | ResidentReturned | SubjectErased,
    tally=Tally(name="care_count", keys=("building", "tag"), measures=("persons",), count=_count),
)
