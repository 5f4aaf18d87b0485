"""The life of a duty post: assigned, checked in or missed, judged, served, ended."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never

from services.volunteer.duty import judging, presence
from services.volunteer.duty.commands import (
    AddShifts,
    AssignDuty,
    CheckIn,
    DutyCommand,
    EndDuty,
    KeepPledge,
    MakePledge,
    NoteNoCheckIn,
    PublishAssessment,
    RaiseDutyIssue,
    ScoreTrack,
    ServeShift,
)
from services.volunteer.duty.events import (
    DutyEvent,
    DutyIssueRaised,
    DutyPledgeMade,
    DutyPostEnded,
)
from services.volunteer.duty.judging import SEPARATIONS
from services.volunteer.duty.state import Duty, DutyStatus, evolve
from services.volunteer.duty.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected

HELD: Set[DutyStatus] = frozenset({"held"})
# What was due before it ended may still be told, missed and judged.
EVER: Set[DutyStatus] = frozenset({"held", "ended"})

# For which posts a command is taken.
ALLOWED: Mapping[type[DutyCommand], Set[DutyStatus]] = {
    AssignDuty:        {"new"},
    AddShifts:         HELD,
    CheckIn:           EVER,
    NoteNoCheckIn:     EVER,
    RaiseDutyIssue:    HELD,
    ScoreTrack:        EVER,
    PublishAssessment: EVER,
    MakePledge:        HELD,
    KeepPledge:        EVER,
    ServeShift:        EVER,
    EndDuty:           HELD,
}  # fmt: skip


def decide(command: DutyCommand, duty: Duty) -> list[DutyEvent]:
    """The events a command leads to. Raises Rejected, and Forbidden where two people are needed."""
    if duty.status not in ALLOWED[type(command)]:
        raise _refused(duty)
    for separation in SEPARATIONS:
        separation.rule(command, duty)
    return _decide(command, duty)


def _decide(command: DutyCommand, duty: Duty) -> list[DutyEvent]:  # noqa: C901, PLR0911, PLR0912 - one arm a command
    match command:
        case AssignDuty():
            return presence.assigned(command)
        case AddShifts():
            return presence.added(command, duty)
        case CheckIn():
            return presence.checked_in(command, duty)
        case NoteNoCheckIn():
            return presence.missed(command, duty)
        case ServeShift():
            return presence.served(command, duty)
        case RaiseDutyIssue(at=at, words=words, case_id=case_id):
            return [DutyIssueRaised(at=at, words=words, case_id=case_id)]
        case ScoreTrack():
            return judging.scored(command, duty)
        case PublishAssessment():
            return judging.published(command, duty)
        case MakePledge(at=at, kind=kind, words=pledged):
            return [DutyPledgeMade(at=at, kind=kind, words=pledged)]
        case KeepPledge():
            return judging.kept(command, duty)
        case EndDuty(at=at, asked_on=today, reason=reason):
            return [DutyPostEnded(at=at, day=today, reason=reason)]
        case _:
            assert_never(command)


def concerns(command: DutyCommand, duty: Duty) -> Thing:
    """Where it is; its holder's own."""
    if isinstance(command, AssignDuty):
        return Thing((command.territory,), owner=str(command.holder))
    return Thing((duty.territory,) if duty.territory else (), owner=duty.owner)


def _refused(duty: Duty) -> Rejected:
    match duty.status:
        case "new":
            return Rejected("no_such_duty", "there is no such duty post")
        case "held":
            return Rejected("duty_held", "it has been assigned")
        case "ended":
            return Rejected("duty_ended", f"it ended on {duty.ended_on}")


duty: Decider[DutyCommand, Duty, DutyEvent] = Decider(
    category="duty",
    initial=Duty(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(DutyEvent, UPCASTERS),
    concerns=concerns,
)
