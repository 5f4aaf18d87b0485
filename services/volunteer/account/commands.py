"""What people may ask of an account. `rules` are those in force at the place it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.account.record_events import Spot
from services.volunteer.account.time_commands import (
    BequeathAccount,
    BringInTime,
    DonateTime,
    GiftTime,
    HoldTime,
    InheritAccount,
    ReceiveTime,
    RedeemTime,
    ReleaseTime,
    TransferOut,
)
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.words import (
    BarReason,
    Care,
    Evidence,
    RejectReason,
    ReverseReason,
    Service,
)
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class OpenAccount(Command):
    """Keep the hours and the time of this person, who is at home in this territory."""

    person: UUID
    territory: str


@dataclass(frozen=True, kw_only=True)
class MoveAccount(Command):
    """Their home is another territory now."""

    territory: str


@dataclass(frozen=True, kw_only=True)
class LogHours(Command):
    """Put on record that this person served; an account is opened for one who has none, at `home`.
    Without a `recorder` that is whoever asks."""

    person: UUID
    home: str
    day: str
    minutes: int
    territory: str
    service: Service
    evidence: Evidence
    rules: VolunteerRules
    recorder: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    proof: str | None = None
    spot: Spot | None = None
    activity: UUID | None = None
    team: UUID | None = None
    help: UUID | None = None
    care: Care | None = None
    beneficiary: UUID | None = None
    sponsor: str | None = None
    note: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class BringInHours(LogHours):
    """Take over a record of an earlier system, with who approved it there and when, and why it was
    reversed. It saves nothing: what was left of it comes as an opening balance."""

    approver: str | None = None
    approved_at: datetime | None = None
    reason: ReverseReason | None = None
    reversed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ApproveHours(Command):
    """Say of a record that it is so: its minutes are saved."""

    record: int
    rules: VolunteerRules


@dataclass(frozen=True, kw_only=True)
class RejectHours(Command):
    """Say of a record that it is not so."""

    record: int
    reason: RejectReason
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class ReverseHours(Command):
    """Let approved hours count no more, and take back what they brought."""

    record: int
    reason: ReverseReason
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class BarVolunteer(Command):
    """Take no hours of this person on record until then."""

    until: datetime
    reason: BarReason
    rules: VolunteerRules


@dataclass(frozen=True, kw_only=True)
class IssueCertificate(Command):
    """Certify the approved hours of what was served from day `since` to day `until`, both in;
    `name` is that of the person, where it is stated."""

    serial: str
    since: str
    until: str
    name: Sealed | None = None


AccountCommand = (
    OpenAccount
    | MoveAccount
    | LogHours
    | BringInHours
    | ApproveHours
    | RejectHours
    | ReverseHours
    | BarVolunteer
    | IssueCertificate
    | HoldTime
    | ReleaseTime
    | RedeemTime
    | GiftTime
    | ReceiveTime
    | DonateTime
    | BringInTime
    | TransferOut
    | BequeathAccount
    | InheritAccount
)
