"""Certificates: which serials were issued, and where in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.account.record_events import CertificateIssued
from shared.core.derived import derived
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel


@dataclass(frozen=True)
class CertificateRow:
    """One certificate: `version` and `position` are those of its event. The key follows from the
    serial, which is all that somebody who checks one has."""

    certificate_id: UUID
    account_id: UUID
    person: UUID
    version: int
    position: int
    serial: str
    since: str
    until: str
    minutes: int
    records: int
    issued_at: datetime


def certificate_of(serial: str) -> UUID:
    """The key of a serial."""
    return derived("certificate", serial)


def key(recorded: Recorded[CertificateIssued]) -> UUID:
    """The certificate that an event speaks of."""
    return certificate_of(recorded.event.serial)


def fold(row: CertificateRow | None, recorded: Recorded[CertificateIssued]) -> CertificateRow:
    """The certificate; a serial that was there first stays what it was."""
    event = recorded.event
    return row or CertificateRow(
        certificate_id=key(recorded),
        account_id=recorded.stream_id,
        person=event.person,
        version=recorded.version,
        position=recorded.position,
        serial=event.serial,
        since=event.since,
        until=event.until,
        minutes=event.minutes,
        records=event.records,
        issued_at=recorded.occurred_at,
    )


certificates: ReadModel[CertificateRow, CertificateIssued] = ReadModel(
    name="certificates",
    row=CertificateRow,
    fold=fold,
    key=key,
    of=CertificateIssued,
    indexes=("(person, position)",),
)
