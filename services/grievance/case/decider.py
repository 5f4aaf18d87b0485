"""The life of a case: what is allowed when, what it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields
from datetime import datetime
from typing import assert_never, get_args

from services.grievance.case import in_person
from services.grievance.case.commands import (
    AcceptCase,
    AnswerCallback,
    AskReopen,
    CaseCommand,
    CloseCase,
    CorrectCase,
    DeclineCase,
    DispatchCase,
    RaisePetition,
    RecordCallback,
    RecordPastPetition,
    ReopenCase,
    SignOrder,
    SubmitReply,
)
from services.grievance.case.corrections import checked
from services.grievance.case.events import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseDispatched,
    CaseEvent,
    CaseReopened,
    OrderSigned,
    PetitionRaised,
    ReplySubmitted,
)
from services.grievance.case.state import Case
from services.grievance.case.two_people import SEPARATIONS, handled
from services.grievance.case.upcasters import UPCASTERS
from services.grievance.words import Status
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Actor, Rejected, anonymous
from shared.core.state import replace

BEGUN: frozenset[Status] = frozenset(get_args(Status)) - {"new"}

# In which states a command is taken.
ALLOWED: Mapping[type[CaseCommand], Set[Status]] = {
    RaisePetition:      {"new"},
    RecordPastPetition: {"new"},
    AcceptCase:         {"filed"},
    DeclineCase:        {"filed"},
    DispatchCase:       {"accepted", "reopened"},
    SignOrder:          {"dispatched"},
    SubmitReply:        {"signed"},
    RecordCallback:     {"replied", "callback"},
    AnswerCallback:     {"replied", "callback"},
    CloseCase:          {"replied", "callback"},
    ReopenCase:         {"closed"},
    AskReopen:          {"closed"},
    CorrectCase:        BEGUN,
}  # fmt: skip


def decide(command: CaseCommand, case: Case) -> list[CaseEvent]:
    """The events a command leads to. Raises Rejected, or Forbidden where another has to do it."""
    if case.status not in ALLOWED[type(command)]:
        when = " or ".join(sorted(ALLOWED[type(command)]))
        raise Rejected(f"case_is_{case.status}", f"this is possible while the case is {when}")
    for separation in SEPARATIONS:
        separation.rule(command, case)
    events = _decide(command, case, _when(command, case))
    if command.late_reason is None:
        return events
    return [event.model_copy(update={"late_reason": command.late_reason}) for event in events]


def possible(kind: type[CaseCommand], case: Case, actor: Actor) -> bool:
    """Whether a command of this kind can be taken from this actor while the case stands so; roles
    and places aside."""
    if case.status not in ALLOWED[kind]:
        return False
    return kind is not RecordCallback or not (case.reached or handled(actor, case))


def concerns(command: CaseCommand, case: Case) -> Thing:
    """The case where it lies, with whoever has its order, and its petitioner's own; a new one
    where it is filed."""
    if isinstance(command, RaisePetition):
        return Thing((command.territory,))
    owner = anonymous(case.petitioner, case.territory).id if case.petitioner else None
    return Thing((case.territory,) if case.territory else (), case.unit, owner)


def _when(command: CaseCommand, case: Case) -> datetime:
    """Nothing happens before what it follows. Clocks of two machines may differ a little; a late
    entry is somebody's word and has to fit."""
    last_at = case.last_at
    if last_at is None or command.at >= last_at:
        return command.at
    if command.late_reason:
        detail = f"the event before it happened at {last_at.isoformat()}"
        raise Rejected("happened_before_previous", detail, "occurred_at")
    return last_at


def _decide(command: CaseCommand, case: Case, at: datetime) -> list[CaseEvent]:  # noqa: C901, PLR0911, PLR0912 - one arm a command
    match command:
        case RecordPastPetition():
            return _past(command)
        case RaisePetition():
            return [_raised(command)]
        case AcceptCase():
            return [CaseAccepted(at=at)]
        case DeclineCase(reason=reason, explanation=explanation):
            return [CaseDeclined(at=at, reason=reason, explanation=explanation)]
        case DispatchCase(unit=unit):
            return [CaseDispatched(at=at, unit=unit)]
        case SignOrder():
            return [OrderSigned(at=at)]
        case SubmitReply(reply=reply):
            return [ReplySubmitted(at=at, reply=reply)]
        case RecordCallback():
            return [_called_back(command, case, at)]
        case AnswerCallback():
            return [in_person.answered(command, case, at)]
        case CloseCase(outcome=outcome):
            return [CaseClosed(at=at, outcome=outcome)]
        case ReopenCase(reason=reason):
            return [CaseReopened(at=at, reason=reason)]
        case AskReopen():
            return [in_person.reopened(command, case, at)]
        case CorrectCase(corrects=version, reason=why):
            changes = checked(command, case)
            return [CaseCorrected(at=at, corrects=version, changes=changes, reason=why)]
        case _:
            assert_never(command)


def _raised(command: RaisePetition) -> PetitionRaised:
    told = {f.name: getattr(command, f.name) for f in fields(RaisePetition)}
    return PetitionRaised(**{name: told[name] for name in told if name != "actor"})


def _past(command: RecordPastPetition) -> list[CaseEvent]:
    raised = _raised(command)
    if command.reply is None or command.replied_at is None:
        return [raised]
    if command.replied_at < command.at:
        raise Rejected("reply_before_petition", "a reply cannot precede its petition", "replied_at")
    return [raised, ReplySubmitted(at=command.replied_at, reply=command.reply)]


def _called_back(command: RecordCallback, case: Case, at: datetime) -> CallbackRecorded:
    if case.reached:
        raise Rejected("already_called_back", "one answered callback a round is enough")
    answered = command.resolved is not None and command.satisfied is not None
    if command.contacted and not answered:
        raise Rejected("answers_missing", "ask whether it is resolved, and whether they are "
                       "satisfied", "resolved")  # fmt: skip
    if not command.contacted and (command.resolved is not None or command.satisfied is not None):
        raise Rejected(
            "answers_without_contact", "nobody was reached who could answer", "contacted"
        )
    return CallbackRecorded(
        at=at,
        contacted=command.contacted,
        resolved=command.resolved,
        satisfied=command.satisfied,
        words=command.words,
    )


def evolve(case: Case, event: CaseEvent) -> Case:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    """The case after the event."""
    past = (*case.past, event)
    match event:
        case PetitionRaised(territory=territory, petitioner=petitioner, unit=unit):
            return Case("filed", territory, petitioner, unit, past=past)
        case CaseAccepted():
            return replace(case, past=past, status="accepted")
        case CaseDeclined():
            return replace(case, past=past, status="not_accepted")
        case CaseDispatched(unit=unit):
            return replace(case, past=past, status="dispatched", unit=unit)
        case OrderSigned():
            return replace(case, past=past, status="signed", handlers=_handlers(case))
        case ReplySubmitted():
            return replace(case, past=past, status="replied", handlers=_handlers(case))
        case CallbackRecorded(contacted=contacted):
            return replace(case, past=past, status="callback", reached=contacted)
        case CaseClosed():
            return replace(case, past=past, status="closed")
        case CaseReopened():
            return replace(case, past=past, status="reopened", reached=False)
        case CaseCorrected():
            return _corrected(replace(case, past=past), event)
        case _:
            assert_never(event)


def _handlers(case: Case) -> frozenset[str]:
    return case.handlers | {case.unit} if case.unit else case.handlers


def _corrected(case: Case, event: CaseCorrected) -> Case:
    """What the rules go by follows a correction: where the case lies, whose order it is, when
    things happened."""
    place, changes = event.corrects - 1, event.changes
    corrected = case.past[place]
    if at := changes.get("occurred_at"):
        moved = corrected.model_copy(update={"at": datetime.fromisoformat(str(at))})
        case = replace(case, past=(*case.past[:place], moved, *case.past[place + 1 :]))
    if "territory" in changes:
        case = replace(case, territory=str(changes["territory"]))
    later = {one.type for one in case.past[place + 1 :]}
    if "unit" in changes and corrected.type not in later:
        case = replace(case, unit=str(changes["unit"]))
    if "contacted" in changes and not {corrected.type, "case-reopened"} & later:
        case = replace(case, reached=bool(changes["contacted"]))
    return case


case = Decider(
    category="case",
    initial=Case(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(CaseEvent, UPCASTERS),
    concerns=concerns,
)
