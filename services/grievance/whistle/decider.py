"""The life of a whistle: blown, answered, ended by whoever blew it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime
from typing import assert_never

from services.grievance.whistle import rules
from services.grievance.whistle.commands import (
    BlowWhistle,
    CallMore,
    EndWhistle,
    GiveResult,
    NoteArrivals,
    ReportUnit,
    WhistleCommand,
)
from services.grievance.whistle.events import UnitOverdue, WhistleEvent
from services.grievance.whistle.evolution import evolve
from services.grievance.whistle.state import Whistle, WhistleStatus
from services.grievance.whistle.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected

ALLOWED: Mapping[type[WhistleCommand], Set[WhistleStatus]] = {
    BlowWhistle:  {"new"},
    CallMore:     {"open"},
    ReportUnit:   {"open"},
    GiveResult:   {"open"},
    EndWhistle:   {"open"},
    NoteArrivals: {"open", "ended"},
}  # fmt: skip


def decide(command: WhistleCommand, whistle: Whistle) -> list[WhistleEvent]:
    """The events a command leads to, after those of the units that were overdue by then. Raises
    Rejected."""
    if whistle.status not in ALLOWED[type(command)]:
        when = " or ".join(sorted(ALLOWED[type(command)]))
        raise Rejected(f"whistle_is_{whistle.status}", f"possible while the whistle is {when}")
    overdue = _overdue(command, whistle)
    for miss in overdue:
        whistle = evolve(whistle, miss)
    events = _decide(command, whistle)
    if command.late_reason is not None:
        told = {"late_reason": command.late_reason}
        events = [event.model_copy(update=told) for event in events]
    return [*overdue, *events]


def concerns(command: WhistleCommand, whistle: Whistle) -> Thing:
    """The whistle where it was blown, the blower's own; for a unit's doings, that unit's."""
    if isinstance(command, BlowWhistle):
        return Thing((command.territory,))
    unit = command.unit if isinstance(command, ReportUnit | GiveResult) else None
    return Thing((whistle.territory,) if whistle.territory else (), unit, whistle.by or None)


def _overdue(command: WhistleCommand, whistle: Whistle) -> list[WhistleEvent]:
    """Who should have been there by the time at which the command is judged."""
    late = [(due, unit) for unit, due in whistle.awaited.items() if due < command.judged_at]
    return [UnitOverdue(at=due, unit=unit) for due, unit in sorted(late)]


def _decide(command: WhistleCommand, whistle: Whistle) -> list[WhistleEvent]:
    match command:
        case BlowWhistle():
            return rules.blown(command)
        case CallMore():
            return rules.called(command, whistle, _when(command, whistle))
        case ReportUnit():
            return rules.reported(command, whistle, _when(command, whistle))
        case GiveResult():
            return rules.result(command, whistle, _when(command, whistle))
        case EndWhistle():
            return rules.ended(command, whistle, _when(command, whistle))
        case NoteArrivals():
            return []
        case _:
            assert_never(command)


def _when(command: CallMore | ReportUnit | GiveResult | EndWhistle, whistle: Whistle) -> datetime:
    """Clocks of two machines may differ a little; a late entry is somebody's word and has to
    fit."""
    before = rules.since(command, whistle)
    if before is None or command.at >= before:
        return command.at
    if command.late_reason:
        detail = f"what it follows happened at {before.isoformat()}"
        raise Rejected("happened_before_previous", detail, "occurred_at")
    return before


whistle = Decider(
    category="whistle",
    initial=Whistle(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(WhistleEvent, UPCASTERS),
    concerns=concerns,
    seen=lambda state, version: all(isinstance(e, UnitOverdue) for e in state.past[version:]),
)
