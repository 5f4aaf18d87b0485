"""What people may ask of a request for help. `rules` are those in force where it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.volunteer.rules.book import VolunteerRules
from services.volunteer.words import Care, Payer, Service
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class AskHelp(Command):
    """Ask for `minutes` of a service on a day, from a time of it (`09:30`) where that matters. It
    is decided together with the account that pays; `elder`: whether the requester is known to be as
    old as the rules ask."""

    requester: UUID
    territory: str
    service: Service
    minutes: int
    day: str
    paid: Payer
    rules: VolunteerRules
    since: str | None = None
    care: Care | None = None
    pool: str | None = None
    words: Sealed | None = None
    elder: bool = False


@dataclass(frozen=True, kw_only=True)
class MatchHelp(Command):
    """Ask this volunteer to do it."""

    volunteer: UUID


@dataclass(frozen=True, kw_only=True)
class AcceptHelp(Command):
    """Say, as this volunteer, that it will be done: as the one who was asked, or as the first who
    offers."""

    volunteer: UUID


@dataclass(frozen=True, kw_only=True)
class DeclineHelp(Command):
    """Say, as this volunteer, that it will not be done: it goes back to all."""

    volunteer: UUID


@dataclass(frozen=True, kw_only=True)
class FinishHelp(Command):
    """Say, as this volunteer, that it is done and took so many minutes; said again while the
    receiver disputes it, it is corrected."""

    volunteer: UUID
    minutes: int
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ConfirmHelp(Command):
    """Say that it was done, in so many minutes, and how it was, from 1 to 5. It is decided together
    with the account, or the pool, that pays and with the helper's, who is at `home`: the minutes
    leave the one and come into the other, or neither."""

    helper: UUID
    home: str
    minutes: int
    review: int
    rules: VolunteerRules
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class DisputeHelp(Command):
    """Say that it was not done so."""

    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawHelp(Command):
    """It is not needed any more: what was put aside for it is free again."""


@dataclass(frozen=True, kw_only=True)
class DropHelp(Command):
    """Find, as a third person, that what is disputed was not done: nothing is paid."""


@dataclass(frozen=True, kw_only=True)
class LapseHelp(Command):
    """The day is over and nobody has accepted it."""


HelpCommand = (
    AskHelp
    | MatchHelp
    | AcceptHelp
    | DeclineHelp
    | FinishHelp
    | ConfirmHelp
    | DisputeHelp
    | WithdrawHelp
    | DropHelp
    | LapseHelp
)
