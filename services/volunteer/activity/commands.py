"""What people may ask of an activity. Personal values arrive sealed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.activity.plan import Limits, When
from services.volunteer.activity.words import Arrival, Attended, CancelReason, Kind, Mode
from services.volunteer.words import Service
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class PlanActivity(Command):
    """There is going to be this, and people may sign up. Its hours count as `service`."""

    when: When
    mode: Mode
    kind: Kind
    service: Service
    territory: str
    longest: int
    team: UUID | None = None
    series: UUID | None = None
    campaign: str | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeActivity(Command):
    """It is going to be so instead."""

    when: When
    longest: int


@dataclass(frozen=True, kw_only=True)
class CancelActivity(Command):
    """It does not take place."""

    reason: CancelReason


@dataclass(frozen=True, kw_only=True)
class SignUp(Command):
    """This person wants to take part."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class WithdrawSignUp(Command):
    """This person does not come after all."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class SignIn(Command):
    """This person is there now."""

    person: UUID
    evidence: Arrival
    proof: str | None = None


@dataclass(frozen=True, kw_only=True)
class SignOut(Command):
    """This person goes now."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a recorder says of one person: `minutes` for one who left early, or came late."""

    person: UUID
    attended: Attended
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class MarkAttendance(Command):
    """Who came, who left early, who did not come: as many as there are, at once."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class HoldActivity(Command):
    """It took place: so many were `served`, so much rubbish was taken away. The hours of everybody
    who came are put on record by whoever says so."""

    activity: UUID
    limits: Limits
    served: int = 0
    rubbish_kg: int = 0
    words: Sealed | None = None


ActivityCommand = (
    PlanActivity
    | ChangeActivity
    | CancelActivity
    | SignUp
    | WithdrawSignUp
    | SignIn
    | SignOut
    | MarkAttendance
    | HoldActivity
)
