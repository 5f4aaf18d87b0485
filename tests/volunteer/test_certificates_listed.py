"""The list of certificates follows the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from services.volunteer.account.record_events import CertificateIssued
from services.volunteer.certifying.standing import standing_of
from services.volunteer.projections.certificates import certificate_of, certificates
from shared.core.envelope import Recorded

AT = datetime(2026, 5, 1, 10, tzinfo=UTC)


def _recorded(position: int, minutes: int) -> Recorded[CertificateIssued]:
    event = CertificateIssued(
        at=AT, person=UUID(int=1), serial="7K3MQ2XD94FC", since="2026-01-01", until="2026-04-30",
        minutes=minutes, records=2,
    )  # fmt: skip
    made = dict.fromkeys(Recorded._fields)
    return Recorded(**made | {
        "log": "volunteer", "position": position, "stream_id": UUID(int=position), "version": 4,
        "type": event.type, "command_id": uuid4(), "occurred_at": AT, "event": event,
        "recorded_at": AT + timedelta(seconds=1),
    })  # type: ignore[arg-type] # fmt: skip


def test_a_certificate_is_found_by_its_serial_alone() -> None:
    recorded = _recorded(7, 90)
    row = certificates.fold(None, recorded)
    assert row is not None
    assert row.certificate_id == certificates.row_of(recorded) == certificate_of("7K3MQ2XD94FC")
    assert (row.position, row.version, row.minutes, row.issued_at) == (7, 4, 90, AT)


def test_a_serial_stays_with_whom_it_was_issued_to_first() -> None:
    first = certificates.fold(None, _recorded(7, 90))
    assert certificates.fold(first, _recorded(8, 900)) == first


def test_nothing_is_lost_where_nothing_was_reversed() -> None:
    issued = _recorded(7, 90).event
    stands = standing_of([issued], 1)
    assert (stands.minutes, stands.reversed, stands.records, stands.last) == (90, 0, 0, None)
