"""Service records: who served when, where and how that is known; what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.account.record_events import (
    HoursApproved,
    HoursLogged,
    HoursRejected,
    HoursReversed,
)
from services.volunteer.words import GRADES
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, TallyKey, earlier_event, own_event
from shared.core.state import replace

Told = HoursLogged | HoursApproved | HoursRejected | HoursReversed


@dataclass(frozen=True)
class ServiceRecordRow:
    """One record. `record` is its number in the account, `position` that of its event in the log.
    `note` is sealed for `person`. `late` where it was entered with a reason; `decided_at` is when
    it was approved, rejected or reversed last."""

    record_id: UUID
    account_id: UUID
    person: UUID
    record: int
    position: int
    territory: str
    status: str
    day: str
    minutes: int
    service: str
    evidence: str
    grade: str
    recorder: str
    approver: str | None
    since: datetime | None
    until: datetime | None
    proof: str | None
    lat: int | None
    lon: int | None
    activity: UUID | None
    team: UUID | None
    help: UUID | None
    care: str | None
    beneficiary: UUID | None
    sponsor: str | None
    note: str | None
    late: str | None
    entered_at: datetime
    approved_at: datetime | None
    decided_at: datetime | None
    reason: str | None


def key(recorded: Recorded[Told]) -> UUID:
    """The record that an event speaks of."""
    event = recorded.event
    if isinstance(event, HoursLogged):
        return own_event(recorded)
    return earlier_event(recorded, event.record)


def fold(row: ServiceRecordRow | None, recorded: Recorded[Told]) -> ServiceRecordRow | None:
    """The record after the event."""
    event = recorded.event
    if isinstance(event, HoursLogged):
        return _logged(recorded, event)
    if row is None:
        return None
    at = recorded.occurred_at
    if isinstance(event, HoursApproved):
        return replace(
            row, status="approved", approver=event.approver, approved_at=at, decided_at=at
        )
    status = "rejected" if isinstance(event, HoursRejected) else "reversed"
    return replace(row, status=status, reason=event.reason, decided_at=at)


def _logged(recorded: Recorded[Told], event: HoursLogged) -> ServiceRecordRow:
    return ServiceRecordRow(
        record_id=own_event(recorded),
        account_id=recorded.stream_id,
        person=event.person,
        record=recorded.version,
        position=recorded.position,
        territory=event.territory,
        status="logged",
        day=event.day,
        minutes=event.minutes,
        service=event.service,
        evidence=event.evidence,
        grade=GRADES[event.evidence],
        recorder=event.recorder,
        approver=None,
        since=event.since,
        until=event.until,
        proof=event.proof,
        lat=event.spot.lat if event.spot else None,
        lon=event.spot.lon if event.spot else None,
        activity=event.activity,
        team=event.team,
        help=event.help,
        care=event.care,
        beneficiary=event.beneficiary,
        sponsor=event.sponsor,
        note=event.note.box if event.note else None,
        late=event.late_reason,
        entered_at=recorded.occurred_at,
        approved_at=None,
        decided_at=None,
        reason=None,
    )


def count(row: ServiceRecordRow) -> dict[TallyKey, dict[str, int]]:
    """What it adds to the hours of its place, team, month and service."""
    approved = row.status == "approved"
    line = (row.territory, str(row.team or ""), row.day[:7], row.service)
    return {
        line: {
            "records": int(approved),
            "minutes": row.minutes if approved else 0,
            "waiting": int(row.status == "logged"),
            "reversed": int(row.status == "reversed"),
        }
    }


service_records: ReadModel[ServiceRecordRow, Told] = ReadModel(
    name="service_records",
    row=ServiceRecordRow,
    fold=fold,
    key=key,
    of=Told,
    indexes=(
        "(person, day)",
        "(account_id, record)",
        "(territory, position) where status = 'logged'",
        "(position) where status = 'logged'",
        "(territory, position)",
        "(position)",
        "(team, position) where team is not null",
        "(activity) where activity is not null",
        "(recorder, entered_at)",
        "(proof) where proof is not null",
    ),
    tally=Tally(
        name="hours_cube",
        keys=("territory", "team", "month", "service"),
        measures=("records", "minutes", "waiting", "reversed"),
        count=count,
    ),
)
