"""What clients send about help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.volunteer.help import commands
from services.volunteer.help.commands import HelpCommand
from services.volunteer.words import Care, Payer, Service
from shared.core.text import Prose, Word
from shared.runtime.web.forms import Form
from shared.runtime.web.moments import Day, Moment

Clock = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Span = Annotated[int, Field(ge=-1_440, le=1_440)]


class Request(Form):
    """Ask for help: for oneself, or at the counter for `person`. Without a `territory` it is where
    they are at home. `paid` by the pool, for those whom the rules put first, is asked for by the
    community."""

    SEALED = ("words",)

    person: UUID | None = None
    territory: Word | None = None
    service: Service
    minutes: Span
    day: Day
    since: Clock | None = None
    words: Prose | None = None
    care: Care | None = None
    paid: Payer = "account"


class Match(Form):
    """Ask this volunteer to do it."""

    volunteer: UUID


class Accept(Form):
    """Say that you will do it."""


class Decline(Form):
    """Say that you will not do it."""


class Finish(Form):
    """Say that it is done: how many minutes it took, from when until when if that is known."""

    minutes: Span
    since: Moment | None = None
    until: Moment | None = None


class Confirm(Form):
    """Say that it was done, in so many minutes or in as many as the volunteer says, and how it
    was, from 1 to 5."""

    SEALED = ("words",)

    minutes: Span | None = None
    review: Annotated[int, Field(ge=0, le=10)]
    words: Prose | None = None


class Dispute(Form):
    """Say that it was not done so."""

    SEALED = ("words",)

    words: Prose | None = None


class Withdraw(Form):
    """Say that it is not needed any more."""


class Drop(Form):
    """Find, as a third person, that it was not done."""


@dataclass(frozen=True)
class Step:
    """`POST /help/{id}/<verb>` with this form becomes this command."""

    form: type[Form]
    command: type[HelpCommand]


STEPS: Mapping[str, Step] = {
    "match": Step(Match, commands.MatchHelp),
    "accept": Step(Accept, commands.AcceptHelp),
    "decline": Step(Decline, commands.DeclineHelp),
    "finish": Step(Finish, commands.FinishHelp),
    "confirm": Step(Confirm, commands.ConfirmHelp),
    "dispute": Step(Dispute, commands.DisputeHelp),
    "withdraw": Step(Withdraw, commands.WithdrawHelp),
    "drop": Step(Drop, commands.DropHelp),
}
