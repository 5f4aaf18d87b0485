"""What can have happened to a service record. `record` names its `hours-logged` by version."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from services.volunteer.words import (
    BarReason,
    Care,
    Evidence,
    RejectReason,
    ReverseReason,
    Service,
)
from shared.core.messages import Event
from shared.core.sealed import Sealed


class Spot(BaseModel):
    """A place on the ground, in 1e-7 degrees."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lat: int
    lon: int


class AccountOpened(Event):
    """The hours and the time of this person are kept from now on; `territory` is their home."""

    type: Literal["account-opened"] = "account-opened"
    person: UUID
    territory: str


class AccountMoved(Event):
    """Their home is another territory of the district from now on."""

    type: Literal["account-moved"] = "account-moved"
    territory: str


class HoursLogged(Event):
    """The person is said to have served for `minutes` on `day`, from `since` to `until` where that
    is known, in `territory`. `recorder` is who says so; `proof` the SHA-256 of what they show.
    `care` and `beneficiary` are whom it was for, `sponsor` the unit that stands for help outside
    any activity. The time of the event is when it was put on record."""

    type: Literal["hours-logged"] = "hours-logged"
    person: UUID
    day: str
    minutes: int
    territory: str
    service: Service
    evidence: Evidence
    recorder: str
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    proof: str | None = None
    spot: Spot | None = None
    activity: UUID | None = None
    team: UUID | None = None
    help: UUID | None = None
    care: Care | None = None
    beneficiary: UUID | None = None
    sponsor: str | None = None
    note: Sealed | None = None


class HoursApproved(Event):
    """A second person says that it is so; `total` are the person's approved minutes with it."""

    type: Literal["hours-approved"] = "hours-approved"
    person: UUID
    record: int
    minutes: int
    day: str
    territory: str
    service: Service
    activity: UUID | None = None
    team: UUID | None = None
    approver: str
    total: int


class HoursRejected(Event):
    """A second person says that it is not so."""

    type: Literal["hours-rejected"] = "hours-rejected"
    record: int
    reason: RejectReason
    words: Sealed | None = None


class HoursReversed(Event):
    """What was approved counts no more; `total` are the person's approved minutes without it."""

    type: Literal["hours-reversed"] = "hours-reversed"
    person: UUID
    record: int
    minutes: int
    day: str
    territory: str
    service: Service
    activity: UUID | None = None
    team: UUID | None = None
    reason: ReverseReason
    words: Sealed | None = None
    total: int


class VolunteerBarred(Event):
    """No hours of this person are taken on record until then."""

    type: Literal["volunteer-barred"] = "volunteer-barred"
    until: AwareDatetime
    reason: BarReason


class CertificateIssued(Event):
    """A certificate says that `minutes` in `records` were approved of what was served from day
    `since` to day `until`, both in; it is known by its `serial`. `name` is that on the paper."""

    type: Literal["certificate-issued"] = "certificate-issued"
    person: UUID
    serial: str
    since: str
    until: str
    minutes: int
    records: int
    name: Sealed | None = None


RecordEvent = (
    AccountOpened
    | AccountMoved
    | HoursLogged
    | HoursApproved
    | HoursRejected
    | HoursReversed
    | VolunteerBarred
    | CertificateIssued
)
