"""What each event makes of a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any, assert_never, cast

from services.grievance.case import clocks
from services.grievance.case.events import (
    AssistAssigned,
    AssistGiven,
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseDispatched,
    CaseEvent,
    CaseLinked,
    CaseLinkedToCampaign,
    CaseNote,
    CaseReopened,
    CaseShelved,
    ClueVerified,
    DeadlineMissed,
    ExclusionGranted,
    ExclusionRefused,
    ExclusionRequested,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    LevelRaised,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    PetitionWithdrawn,
    ProgressNoted,
    RedoOrdered,
    RemitDecided,
    ReplySubmitted,
    RequesterContacted,
    ShelvedCaseReviewed,
    SiteVerified,
    SupervisionEnded,
    SupervisionOpened,
)
from services.grievance.case.state import Case
from services.grievance.words import CaseType, Urgency
from shared.core.state import replace

# A round begins with no unit having had it, nothing asked for, nothing answered.
ANEW: dict[str, Any] = {
    "reached": False, "units": frozenset(), "bounced": frozenset(), "bounces": 0, "bound": False,
    "assists": frozenset(), "extension": "no", "days": 0, "supervised": False,
}  # fmt: skip


def evolve(case: Case, event: CaseEvent) -> Case:
    """The case after the event."""
    case = replace(case, past=(*case.past, event), **_clocks(case, event))
    if isinstance(event, CaseNote):
        return replace(case, **_noted(case, event))
    return _moved(case, event)


def _clocks(case: Case, event: CaseEvent) -> dict[str, Any]:
    running = clocks.after(case.running, event)
    due = getattr(event, "due", None)
    if due:
        return {"running": running, "promises": {**case.promises, **due}}
    return {"running": running} if running is not case.running else {}


def _moved(case: Case, event: Any) -> Case:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    match cast("PetitionRaised | CaseEvent", event):
        case PetitionRaised():
            return _raised(case, event)
        case CaseAccepted():
            return replace(case, status="accepted")
        case CaseDeclined():
            return replace(case, status="not_accepted")
        case CaseDispatched(unit=unit):
            return _dispatched(case, unit)
        case OrderBounced(unit=unit):
            sent_back = {"bounced": case.bounced | {unit}, "bounces": case.bounces + 1}
            return replace(case, status="bounced", **cast("Any", sent_back))
        case OrderSigned():
            return replace(case, status="signed", handlers=_handlers(case))
        case ReplySubmitted():
            return replace(case, status="replied", handlers=_handlers(case))
        case CallbackRecorded(contacted=contacted):
            return replace(case, status="callback", reached=contacted)
        case RedoOrdered():
            return replace(case, status="redo", reached=False, redos=case.redos + 1)
        case CaseShelved():
            return replace(case, status="shelved")
        case ShelvedCaseReviewed(resumed=resumed):
            return replace(case, status="accepted" if resumed else "shelved")
        case CaseClosed():
            return replace(case, status="closed")
        case CaseReopened():
            return replace(case, status="reopened", redos=case.redos + 1, **ANEW)
        case CaseCorrected():
            return _corrected(case, event)
        case _ as never:
            assert_never(cast("Any", never))


def _noted(case: Case, event: CaseNote) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    match event:
        case AssistAssigned(unit=unit):
            return {"assists": case.assists | {unit}}
        case AssistGiven(unit=unit):
            return {"handlers": case.handlers | {unit}}
        case RemitDecided():
            return {"bound": True}
        case ExtensionRequested(days=days, by=by):
            return {"extension": "asked", "days": days, "extension_by": by}
        case ExtensionGranted():
            return {"extension": "granted"}
        case ExtensionRefused():
            return {"extension": "refused"}
        case LevelRaised(level=level):
            return {"level": level}
        case SupervisionOpened():
            return {"supervised": True}
        case SupervisionEnded():
            return {"supervised": False}
        case ExclusionRequested(by=by):
            return {"exclusion": "asked", "exclusion_by": by}
        case ExclusionGranted():
            return {"exclusion": "granted"}
        case ExclusionRefused():
            return {"exclusion": "refused"}
        case ClueVerified(holds=holds):
            return {"verified": holds}
        case (
            RequesterContacted()
            | ProgressNoted()
            | SiteVerified()
            | PetitionWithdrawn()
            | CaseLinked()
            | CaseLinkedToCampaign()
            | DeadlineMissed()
        ):
            return {}
        case _ as never:
            assert_never(never)


def _raised(case: Case, event: PetitionRaised) -> Case:
    return replace(
        case,
        status="filed",
        territory=event.territory,
        petitioner=event.petitioner,
        registered=bool(event.registered),
        unit=event.unit,
        case_type=event.case_type,
        urgency=event.urgency,
    )


def _dispatched(case: Case, unit: str) -> Case:
    """To whom an arbiter gave it, it stays bound."""
    decided = case.past[-2] if len(case.past) > 1 else None
    bound = isinstance(decided, RemitDecided) and decided.unit == unit
    return replace(case, status="dispatched", unit=unit, units=case.units | {unit}, bound=bound)


def _handlers(case: Case) -> frozenset[str]:
    return case.handlers | {case.unit} if case.unit else case.handlers


def _corrected(case: Case, event: CaseCorrected) -> Case:
    """What the rules go by follows a correction: where the case lies, what it is, whose order it
    is, when things happened. What was promised stays."""
    place, changes = event.corrects - 1, event.changes
    corrected = case.past[place]
    if at := changes.get("occurred_at"):
        moved = corrected.model_copy(update={"at": datetime.fromisoformat(str(at))})
        case = replace(case, past=(*case.past[:place], moved, *case.past[place + 1 :]))
    if "territory" in changes:
        case = replace(case, territory=str(changes["territory"]))
    if "case_type" in changes:
        case = replace(case, case_type=cast("CaseType", changes["case_type"]))
    if "urgency" in changes:
        case = replace(case, urgency=cast("Urgency", changes["urgency"]))
    later = {one.type for one in case.past[place + 1 :]}
    if "unit" in changes and corrected.type not in later:
        case = replace(case, unit=str(changes["unit"]))
    if "contacted" in changes and not {corrected.type, "case-reopened", "redo-ordered"} & later:
        case = replace(case, reached=bool(changes["contacted"]))
    return case
