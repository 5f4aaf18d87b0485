"""What of a certificate still stands: the records it was made of, and which were reversed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.volunteer.account.decider import account
from services.volunteer.account.events import AccountEvent
from services.volunteer.account.record_events import CertificateIssued, HoursReversed


@dataclass(frozen=True)
class Standing:
    """Minutes that were certified and stand; those that were reversed since, in how many records,
    the last of them when."""

    minutes: int
    reversed: int = 0
    records: int = 0
    last: datetime | None = None


def standing_of(history: Sequence[AccountEvent], version: int) -> Standing:
    """What stands of the certificate that the event at this version issued."""
    issued = history[version - 1]
    assert isinstance(issued, CertificateIssued)
    certified = {
        number
        for number, record in account.fold(history[:version]).records.items()
        if record.status == "approved" and issued.since <= record.told.day <= issued.until
    }
    gone = [
        event
        for event in history[version:]
        if isinstance(event, HoursReversed) and event.record in certified
    ]
    lost = sum(event.minutes for event in gone)
    last = max((event.at for event in gone), default=None)
    return Standing(issued.minutes - lost, lost, len(gone), last)
