"""Clocks: which event sets one, until when, and which stops it. Pure.

A deadline is written into the event that sets it, so a later rule book changes no promise. Once a
clock has run out that is a fact of its own, recorded once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.grievance.case.events import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDispatched,
    CaseEvent,
    CaseReopened,
    CaseShelved,
    DeadlineMissed,
    ExclusionGranted,
    ExclusionRefused,
    ExclusionRequested,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    ProgressNoted,
    RedoOrdered,
    RemitDecided,
    ReplySubmitted,
    RequesterContacted,
    ShelvedCaseReviewed,
    SupervisionEnded,
    SupervisionOpened,
)
from services.grievance.rules.book import RuleBook
from services.grievance.rules.limit import Limit, end_of_day
from services.grievance.words import CaseType, Clock, Urgency, Window
from shared.core.messages import Event

Promises = Mapping[Clock | Window, datetime]
Running = Mapping[Clock, datetime]

OF_THE_UNIT: tuple[Clock, ...] = ("sign", "contact", "redo")
OF_THE_ROUND: tuple[Clock, ...] = (
    "dispatch", "answer", *OF_THE_UNIT, "handle", "extension", "remit", "callback", "review",
    "supervision",
)  # fmt: skip
# What each event stops. Who looks whether a case counts has to say so after its end, too.
STOPS: Mapping[type[Event], tuple[Clock, ...]] = {
    CaseDeclined:        OF_THE_ROUND,
    CaseDispatched:      ("dispatch", "remit", *OF_THE_UNIT),
    OrderBounced:        ("sign",),
    RemitDecided:        ("remit",),
    OrderSigned:         ("sign",),
    RequesterContacted:  ("answer", "contact"),
    ProgressNoted:       ("answer", "contact"),
    ReplySubmitted:      ("answer", "contact", "redo"),
    ExtensionGranted:    ("extension", "handle"),
    ExtensionRefused:    ("extension",),
    CallbackRecorded:    ("callback",),
    RedoOrdered:         ("callback",),
    CaseShelved:         ("dispatch", "answer", *OF_THE_UNIT, "callback"),
    ShelvedCaseReviewed: ("review",),
    SupervisionEnded:    ("supervision",),
    ExclusionGranted:    ("exclusion",),
    ExclusionRefused:    ("exclusion",),
    CaseClosed:          OF_THE_ROUND,
}  # fmt: skip


def after(running: Running, event: CaseEvent) -> Running:
    """The clocks that run after the event."""
    if isinstance(event, DeadlineMissed):
        return {clock: due for clock, due in running.items() if clock != event.clock}
    stopped = () if _in_vain(event) else STOPS.get(type(event), ())
    set_ = clocks_of(event)
    if not stopped and not set_:
        return running
    return {clock: due for clock, due in running.items() if clock not in stopped} | set_


def clocks_of(event: Event) -> dict[Clock, datetime]:
    """The clocks that an event sets; what is only a window is none."""
    due: Promises | None = getattr(event, "due", None)
    if not due:
        return {}
    return {name: at for name, at in due.items() if name != "bounce" and name != "reopen"}


def run_out(running: Running, now: datetime) -> list[tuple[datetime, Clock]]:
    """Those that have run out, in the order in which they did."""
    return sorted((due, clock) for clock, due in running.items() if due < now)


@dataclass(frozen=True)
class Ruling:
    """By which book an event promises something, of what kind of case, and `since` when: from when
    it is on record. The time to `handle` it counts from when it happened, all the same."""

    book: RuleBook
    case_type: CaseType
    urgency: Urgency
    since: datetime


def promised(event: CaseEvent, by: Ruling, standing: Promises) -> dict[Clock | Window, datetime]:
    """What the event promises in a case that had these promises before."""
    book = by.book
    told: dict[Clock | Window, datetime] = {
        name: book.due(limit, event.at if name == "handle" else by.since)
        for name, limit in _limits(event, by).items()
    }
    if isinstance(event, CaseShelved | ShelvedCaseReviewed) and event.review_on is not None:
        told["review"] = end_of_day(event.review_on)
    if isinstance(event, ExtensionGranted) and "handle" in standing:
        told["handle"] = book.due(length(event.days, by.case_type, book), standing["handle"])
    return told


def length(days: int, case_type: CaseType, book: RuleBook) -> Limit:
    """So many days as the rule book counts them where it prolongs such a case."""
    return f"{days}{book.prolonging(case_type).lstrip('0123456789')}"


def _limits(  # noqa: C901, PLR0911, PLR0912 - one arm an event
    event: CaseEvent, by: Ruling
) -> Mapping[Clock | Window, Limit]:
    book = by.book
    match event:
        case PetitionRaised() | CaseReopened():
            return {
                "dispatch": book.dispatch[by.urgency],
                "answer": book.answer[by.urgency],
                "handle": book.handling(by.case_type),
            }
        case CaseAccepted() if by.case_type == "petition":
            return {"handle": book.handling(by.case_type)}
        case CaseDispatched():
            return {"sign": book.sign, "bounce": book.bounce}
        case OrderBounced():
            return {"remit": book.remit}
        case OrderSigned():
            return {"contact": book.contact}
        case ReplySubmitted():
            return {"callback": book.callback}
        case RedoOrdered():
            return {"redo": book.redo}
        case ExtensionRequested():
            return {"extension": book.extension}
        case SupervisionOpened():
            return {"supervision": book.supervision}
        case ExclusionRequested():
            return {"exclusion": book.exclusion}
        case CaseClosed():
            return {"reopen": book.reopen}
        case _:
            return {}


def _in_vain(event: CaseEvent) -> bool:
    """Nobody was reached, so nothing is answered."""
    return isinstance(event, RequesterContacted) and not event.reached
