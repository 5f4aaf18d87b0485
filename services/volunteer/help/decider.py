"""The life of a request for help: open, matched, accepted, done, confirmed; or ended before."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never

from services.volunteer.help import rules
from services.volunteer.help.commands import (
    AcceptHelp,
    AskHelp,
    ConfirmHelp,
    DeclineHelp,
    DisputeHelp,
    DropHelp,
    FinishHelp,
    HelpCommand,
    LapseHelp,
    MatchHelp,
    WithdrawHelp,
)
from services.volunteer.help.events import (
    HelpDisputed,
    HelpDropped,
    HelpEvent,
    HelpWithdrawn,
)
from services.volunteer.help.state import Help, evolve
from services.volunteer.help.upcasters import UPCASTERS
from services.volunteer.words import HelpStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected

# For which requests a command is taken.
ALLOWED: Mapping[type[HelpCommand], Set[HelpStatus]] = {
    AskHelp:      {"new"},
    MatchHelp:    {"open", "matched"},
    AcceptHelp:   {"open", "matched"},
    DeclineHelp:  {"matched", "accepted"},
    FinishHelp:   {"accepted", "disputed"},
    ConfirmHelp:  {"done", "disputed"},
    DisputeHelp:  {"done"},
    WithdrawHelp: {"open", "matched", "accepted"},
    DropHelp:     {"done", "disputed"},
    LapseHelp:    {"open", "matched"},
}  # fmt: skip


def decide(command: HelpCommand, help_: Help) -> list[HelpEvent]:
    """The events a command leads to. Raises Rejected."""
    if help_.status not in ALLOWED[type(command)]:
        when = " or ".join(sorted(ALLOWED[type(command)]))
        raise Rejected(f"help_is_{help_.status}", f"possible while it is {when}")
    events = _decide(command, help_)
    if command.late_reason is None:
        return events
    told = {"late_reason": command.late_reason}
    return [event.model_copy(update=told) for event in events]


def _decide(command: HelpCommand, help_: Help) -> list[HelpEvent]:  # noqa: C901, PLR0911, PLR0912 - one arm a command
    match command:
        case AskHelp():
            return rules.asked(command)
        case MatchHelp():
            return rules.matched(command, help_)
        case AcceptHelp():
            return rules.accepted(command, help_)
        case DeclineHelp():
            return rules.declined(command, help_)
        case FinishHelp():
            return rules.finished(command, help_)
        case ConfirmHelp():
            return rules.confirmed(command, help_)
        case DisputeHelp(at=at, words=words):
            return [HelpDisputed(at=at, words=words)]
        case WithdrawHelp(at=at):
            return [HelpWithdrawn(at=at)]
        case DropHelp(at=at):
            return [HelpDropped(at=at)]
        case LapseHelp():
            return rules.lapsed(command, help_)
        case _:
            assert_never(command)


def concerns(command: HelpCommand, help_: Help) -> Thing:
    """Where it is; the volunteer's own for what a volunteer says, else the requester's."""
    match command:
        case AskHelp(territory=territory, requester=requester):
            return Thing((territory,), owner=str(requester))
        case AcceptHelp(volunteer=volunteer) | DeclineHelp(volunteer=volunteer):
            return Thing((help_.territory,), owner=str(volunteer))
        case FinishHelp(volunteer=volunteer):
            return Thing((help_.territory,), owner=str(volunteer))
        case _:
            owner = str(help_.asked.requester) if help_.asked else None
            return Thing((help_.territory,) if help_.territory else (), owner=owner)


help_request: Decider[HelpCommand, Help, HelpEvent] = Decider(
    category="help",
    initial=Help(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(HelpEvent, UPCASTERS),
    concerns=concerns,
)
