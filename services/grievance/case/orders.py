"""Orders between units: who gets one, who may send it back, who settles whose it is."""

from __future__ import annotations

from datetime import datetime

from services.grievance.case.commands import (
    AssignAssist,
    BounceOrder,
    DecideRemit,
    DispatchCase,
    GiveAssist,
)
from services.grievance.case.events import (
    AssistAssigned,
    AssistGiven,
    CaseDispatched,
    CaseEvent,
    OrderBounced,
    RemitDecided,
)
from services.grievance.case.state import Case
from services.grievance.words import Status
from shared.core.messages import Rejected

WITH_A_UNIT: frozenset[Status] = frozenset({"dispatched", "signed", "redo"})


def dispatched(command: DispatchCase, case: Case, at: datetime) -> list[CaseEvent]:
    """The order to a unit; a transfer where another one has it. Raises Rejected for the one that
    has it, and for one that has sent it back: whether it is theirs, an arbiter says."""
    if case.status in WITH_A_UNIT and command.unit == case.unit:
        raise Rejected("unit_has_it", f"{command.unit} has the order already", "unit")
    if command.unit in case.bounced:
        detail = f"{command.unit} has sent it back: name another unit, or let an arbiter decide"
        raise Rejected("unit_sent_it_back", detail, "unit")
    if case.status == "bounced" and command.book and case.bounces > command.book.bounces:
        detail = f"it was sent back {case.bounces} times: an arbiter has to decide whose it is"
        raise Rejected("needs_an_arbiter", detail)
    return [CaseDispatched(at=at, unit=command.unit)]


def bounced(command: BounceOrder, case: Case, at: datetime) -> list[CaseEvent]:
    """The order sent back. Raises Rejected after the time for it, and once an arbiter has given
    it to this unit."""
    if case.bound:
        raise Rejected("remit_is_decided", "an arbiter has decided that this is your unit's")
    until = case.promises.get("bounce")
    if until is not None and command.judged_at > until:
        raise Rejected("too_late_to_bounce", f"an order can be sent back until {until.isoformat()}")
    assert case.unit is not None
    reason, evidence, files = command.reason, command.evidence, command.files
    return [OrderBounced(at=at, unit=case.unit, reason=reason, evidence=evidence, files=files)]


def decided(command: DecideRemit, at: datetime) -> list[CaseEvent]:
    """Whose it is, and the order to them, which they cannot send back."""
    return [
        RemitDecided(at=at, unit=command.unit, grounds=command.grounds, files=command.files),
        CaseDispatched(at=at, unit=command.unit),
    ]


def assigned(command: AssignAssist, case: Case, at: datetime) -> list[CaseEvent]:
    """One more unit that helps. Raises Rejected for one that has the order or helps already."""
    if command.unit == case.unit or command.unit in case.assists:
        raise Rejected("unit_has_it", f"{command.unit} works on it already", "unit")
    return [AssistAssigned(at=at, unit=command.unit)]


def assisted(command: GiveAssist, case: Case, at: datetime) -> list[CaseEvent]:
    """What an assisting unit has done. Raises Rejected for a unit that was not asked to help."""
    unit = command.actor.unit
    if unit is None or unit not in case.assists:
        raise Rejected("not_an_assisting_unit", "your unit was not asked to help with this case")
    return [AssistGiven(at=at, unit=unit, words=command.words, files=command.files)]
