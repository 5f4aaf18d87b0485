"""Honours: who is nominated, what is on public notice, who holds what, and what was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.points.honour.events import (
    HonourDeclined,
    HonourEvent,
    HonourGranted,
    HonourNominated,
    HonourObjected,
    HonourObjectionAnswered,
    HonourPublicised,
    HonourRecorded,
    HonourWithdrawn,
)
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.projection import ReadModel, Tally
from shared.core.sealed import Sealed
from shared.core.state import replace


@dataclass(frozen=True)
class HonourRow:
    """One honour of one holder. `number` is the position of the last nomination or record; `name`
    and `words` are sealed, for `person` or for the honour itself, empty where there are none.
    `since` is the day since which it is held, `ended_on` the day on which it was declined or
    withdrawn. `recorded` where it was granted before, or by others: `source` says where."""

    honour_id: UUID
    number: int
    version: int
    status: str
    code: str
    kind: str
    holder: str
    person: UUID | None
    territory: str
    year: int
    title: str
    title_en: str | None
    level: str
    notice_days: int
    rules: str
    nominator: str | None
    asked_at: datetime
    name: str
    words: str
    notice_until: str | None
    open_objections: int
    upheld: int
    since: str | None
    document: str | None
    ended_on: str | None
    reason: str | None
    recorded: bool
    source: str | None


def fold(row: HonourRow | None, recorded: Recorded[HonourEvent]) -> HonourRow | None:
    """The honour after the event."""
    event = recorded.event
    if isinstance(event, HonourNominated | HonourRecorded):
        return _begun(recorded, event)
    if row is None:
        return None
    return _moved(replace(row, version=recorded.version), recorded)


def _moved(row: HonourRow, recorded: Recorded[HonourEvent]) -> HonourRow:  # noqa: PLR0911 - one arm an event
    event, day = recorded.event, day_of(recorded.occurred_at)
    match event:
        case HonourPublicised(until=until):
            return replace(row, status="noticed", notice_until=until)
        case HonourObjected():
            return replace(row, open_objections=row.open_objections + 1)
        case HonourObjectionAnswered(upheld=upheld):
            upheld_now = row.upheld + int(upheld)
            return replace(row, open_objections=row.open_objections - 1, upheld=upheld_now)
        case HonourGranted(document=document):
            return replace(row, status="held", since=day, document=document)
        case HonourDeclined(reason=reason):
            return replace(row, status="declined", ended_on=day, reason=reason)
        case HonourWithdrawn(reason=reason):
            return replace(row, status="withdrawn", ended_on=day, reason=reason)
        case _:
            return row


def _begun(recorded: Recorded[HonourEvent], event: HonourNominated | HonourRecorded) -> HonourRow:
    asked = event if isinstance(event, HonourNominated) else None
    return HonourRow(
        honour_id=recorded.stream_id,
        number=recorded.position,
        version=recorded.version,
        status="nominated" if asked else "held",
        code=event.code,
        kind=event.kind,
        holder=event.holder,
        person=event.person,
        territory=event.territory,
        year=event.year,
        title=event.title,
        title_en=event.title_en,
        level=event.level,
        notice_days=asked.notice_days if asked else 0,
        rules=asked.rules if asked else "",
        nominator=asked.nominator if asked else None,
        asked_at=recorded.occurred_at,
        name=_box(event.name),
        words=_box(asked.words if asked else None),
        notice_until=None,
        open_objections=0,
        upheld=0,
        since=None if asked else day_of(recorded.occurred_at),
        document=None,
        ended_on=None,
        reason=None,
        recorded=asked is None,
        source=event.source if isinstance(event, HonourRecorded) else None,
    )


def _box(sealed: Sealed | None) -> str:
    return sealed.box if sealed else ""


def count(row: HonourRow) -> dict[tuple[str, ...], dict[str, int]]:
    """What one adds to the honours of a place, of a kind of holder, for a year."""
    held, withdrawn = int(row.status == "held"), int(row.status == "withdrawn")
    measures = {"held": held, "withdrawn": withdrawn}
    return {(row.territory, row.kind, str(row.year)): measures}


honour_wall: ReadModel[HonourRow, HonourEvent] = ReadModel(
    name="honour_wall",
    row=HonourRow,
    fold=fold,
    of=HonourEvent,
    indexes=(
        "(since desc, number desc) where status = 'held'",
        "(number) where status in ('nominated', 'noticed')",
        "(person) where person is not null",
    ),
    tally=Tally(
        name="honour_count",
        keys=("territory", "kind", "year"),
        measures=("held", "withdrawn"),
        count=count,
    ),
)
