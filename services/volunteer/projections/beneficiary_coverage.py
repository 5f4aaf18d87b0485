"""Visits to people who need care: which were made, of which care class, when. Nowhere else is it
kept whom anybody visited; it is removed with the person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.account.record_events import (
    HoursApproved,
    HoursLogged,
    HoursRejected,
    HoursReversed,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, earlier_event, own_event
from shared.core.state import replace

Told = HoursLogged | HoursApproved | HoursRejected | HoursReversed


@dataclass(frozen=True)
class VisitRow:
    """One record of a service for somebody who needs care; it `counts` while it is approved."""

    record_id: UUID
    beneficiary: UUID
    care: str
    territory: str
    day: str
    counts: bool


def key(recorded: Recorded[Told]) -> UUID | None:
    """The record that an event speaks of; None for a service that was for nobody in need."""
    event = recorded.event
    if isinstance(event, HoursLogged):
        visit = event.care is not None and event.beneficiary is not None
        return own_event(recorded) if visit else None
    return earlier_event(recorded, event.record)


def fold(row: VisitRow | None, recorded: Recorded[Told]) -> VisitRow | None:
    """The visit after the event."""
    event = recorded.event
    if isinstance(event, HoursLogged):
        if event.care is None or event.beneficiary is None:
            return None
        return VisitRow(
            own_event(recorded), event.beneficiary, event.care, event.territory, event.day,
            counts=False,
        )  # fmt: skip
    return row and replace(row, counts=isinstance(event, HoursApproved))


beneficiary_coverage: ReadModel[VisitRow, Told] = ReadModel(
    name="beneficiary_coverage",
    row=VisitRow,
    fold=fold,
    key=key,
    of=Told,
    indexes=("(care, beneficiary, day) where counts",),
    subject="beneficiary",
)
