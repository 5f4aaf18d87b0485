"""The life of a case: what is allowed when, what it leads to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, assert_never

from services.grievance.case import (
    calling_back,
    clocks,
    filing,
    in_person,
    links,
    orders,
    oversight,
    waiting,
)
from services.grievance.case.allowed import ALLOWED
from services.grievance.case.commands import (
    AcceptCase,
    AnswerCallback,
    AskReopen,
    AskWithdrawal,
    AssignAssist,
    BounceOrder,
    CaseCommand,
    CloseCase,
    ContactRequester,
    CorrectCase,
    DecideExclusion,
    DecideExtension,
    DecideRemit,
    DeclineCase,
    DispatchCase,
    EndSupervision,
    GiveAssist,
    JoinCampaign,
    LinkCase,
    NoteProgress,
    NoteTime,
    OpenSupervision,
    OrderRedo,
    RaiseLevel,
    RaisePetition,
    RecordCallback,
    RecordPastPetition,
    ReopenCase,
    RequestExclusion,
    RequestExtension,
    ReviewShelved,
    ShelveCase,
    SignOrder,
    SubmitReply,
    VerifyClue,
    VerifySite,
    WithdrawPetition,
)
from services.grievance.case.corrections import checked
from services.grievance.case.events import (
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseEvent,
    CaseReopened,
    DeadlineMissed,
    OrderSigned,
    PetitionRaised,
    PetitionWithdrawn,
    ProgressNoted,
    RedoOrdered,
    ReplySubmitted,
    RequesterContacted,
    SiteVerified,
)
from services.grievance.case.evolution import evolve
from services.grievance.case.ruled import RuledEvent
from services.grievance.case.state import Case
from services.grievance.case.two_people import SEPARATIONS
from services.grievance.case.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected, anonymous


def decide(command: CaseCommand, case: Case) -> list[CaseEvent]:
    """The events a command leads to, after the misses of what should have been done by then.
    Raises Rejected, or Forbidden where another has to do it."""
    if case.status not in ALLOWED[type(command)]:
        when = " or ".join(sorted(ALLOWED[type(command)]))
        raise Rejected(f"case_is_{case.status}", f"this is possible while the case is {when}")
    for separation in SEPARATIONS:
        separation.rule(command, case)
    missed = _missed(command, case)
    for miss in missed:
        case = evolve(case, miss)
    events = _decide(command, case, _when(command, case))
    return [*missed, *(_ruled(event, command, case) for event in events)]


def concerns(command: CaseCommand, case: Case) -> Thing:
    """The case where it lies, with whoever has its order, and its petitioner's own; a new one
    where it is filed."""
    if isinstance(command, RaisePetition):
        return Thing((command.territory,))
    owner = anonymous(case.petitioner, case.territory).id if case.petitioner else None
    return Thing((case.territory,) if case.territory else (), case.unit, owner, case.assists)


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


def _missed(command: CaseCommand, case: Case) -> list[CaseEvent]:
    """What has run out by the time at which the command is judged, each at its own time."""
    due = clocks.run_out(case.running, command.judged_at)
    return [DeadlineMissed(at=at, clock=clock, unit=case.unit) for at, clock in due]


def _ruled(event: CaseEvent, command: CaseCommand, case: Case) -> CaseEvent:
    """The event with the rule book that decided it, what it promises, why it comes late."""
    told: dict[str, Any] = {}
    if command.late_reason is not None:
        told["late_reason"] = command.late_reason
    if isinstance(event, RuledEvent) and (book := command.book) is not None:
        about = event if isinstance(event, PetitionRaised) else case
        since = command.judged_at if command.late_reason else event.at
        ruling = clocks.Ruling(book, about.case_type, about.urgency, since)
        due = clocks.promised(event, ruling, case.promises)
        told |= {"rules": book.version, "due": due or None}
    return event.model_copy(update=told) if told else event


def _decide(command: CaseCommand, case: Case, at: datetime) -> list[CaseEvent]:  # noqa: C901, PLR0911, PLR0912 - one arm a command
    match command:
        case RecordPastPetition():
            return filing.past(command)
        case RaisePetition():
            return [filing.raised(command)]
        case AcceptCase():
            return [CaseAccepted(at=at)]
        case DeclineCase(reason=reason, explanation=explanation):
            return [CaseDeclined(at=at, reason=reason, explanation=explanation)]
        case DispatchCase():
            return orders.dispatched(command, case, at)
        case BounceOrder():
            return orders.bounced(command, case, at)
        case DecideRemit():
            return orders.decided(command, at)
        case AssignAssist():
            return orders.assigned(command, case, at)
        case GiveAssist():
            return orders.assisted(command, case, at)
        case SignOrder():
            return [OrderSigned(at=at)]
        case ContactRequester(reached=reached, words=words):
            return [RequesterContacted(at=at, reached=reached, words=words)]
        case NoteProgress(progress=progress, files=files):
            return [ProgressNoted(at=at, progress=progress, files=files)]
        case RequestExtension():
            return waiting.requested(command, case, at)
        case DecideExtension():
            return waiting.decided(command, case, at)
        case SubmitReply(reply=reply, files=files):
            return [ReplySubmitted(at=at, reply=reply, files=files)]
        case VerifySite(confirmed=confirmed, found=found, files=files):
            return [SiteVerified(at=at, confirmed=confirmed, found=found, files=files)]
        case OrderRedo(words=words):
            return [RedoOrdered(at=at, words=words)]
        case ShelveCase():
            return waiting.shelved(command, case, at)
        case ReviewShelved():
            return waiting.reviewed(command, at)
        case RecordCallback():
            return [calling_back.called_back(command, case, at)]
        case AnswerCallback():
            return [in_person.answered(command, case, at)]
        case CloseCase(outcome=outcome):
            return [CaseClosed(at=at, outcome=outcome)]
        case ReopenCase(reason=reason):
            return [CaseReopened(at=at, reason=reason)]
        case AskReopen():
            return [in_person.reopened(command, case, at)]
        case WithdrawPetition(words=words) | AskWithdrawal(words=words):
            return [PetitionWithdrawn(at=at, words=words), CaseClosed(at=at, outcome="withdrawn")]
        case LinkCase():
            return links.linked(command, case, at)
        case JoinCampaign():
            return links.joined(command, case, at)
        case RaiseLevel():
            return oversight.raised(command, case, at)
        case OpenSupervision():
            return oversight.opened(command, case, at)
        case EndSupervision():
            return oversight.ended(command, case, at)
        case RequestExclusion():
            return oversight.exclusion_asked(command, case, at)
        case DecideExclusion():
            return oversight.exclusion_decided(command, case, at)
        case VerifyClue():
            return oversight.verified(command, case, at)
        case NoteTime():
            return []
        case CorrectCase(corrects=version, reason=why):
            changes = checked(command, case)
            return [CaseCorrected(at=at, corrects=version, changes=changes, reason=why)]
        case _:
            assert_never(command)


case = Decider(
    category="case",
    initial=Case(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(CaseEvent, UPCASTERS),
    concerns=concerns,
    seen=lambda case, version: all(isinstance(e, DeadlineMissed) for e in case.past[version:]),
)
