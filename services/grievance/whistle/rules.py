"""What a whistle asks of those who blow it and of those who come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from services.grievance.whistle.commands import (
    BlowWhistle,
    CallMore,
    EndWhistle,
    GiveResult,
    ReportUnit,
)
from services.grievance.whistle.events import (
    TurnoutConfirmed,
    UnitCalled,
    UnitReported,
    UnitResultGiven,
    WhistleBlown,
    WhistleEnded,
    WhistleEvent,
)
from services.grievance.whistle.state import Whistle
from shared.core.messages import Rejected

MOST = 20  # units that one whistle calls


def blown(command: BlowWhistle) -> list[WhistleEvent]:
    """The whistle, and each call. Raises Rejected for no unit, for too many, for one twice."""
    told = WhistleBlown(
        at=command.at,
        territory=command.territory,
        reason=command.reason,
        what=command.what,
        where=command.where,
        case_id=command.case_id,
        by=command.actor.id,
    )
    _check_units(command.units, Whistle())
    return [told, *_calls(command, command.at)]


def called(command: CallMore, whistle: Whistle, at: datetime) -> list[WhistleEvent]:
    """Each further call. Raises Rejected as `blown` does, also for a unit that is called or there
    already."""
    _check_units(command.units, whistle)
    return list(_calls(command, at))


def reported(command: ReportUnit, whistle: Whistle, at: datetime) -> list[WhistleEvent]:
    """The unit is there. Raises Rejected the second time."""
    if command.unit in whistle.here:
        raise Rejected("unit_is_here", "your unit has reported already")
    unasked = command.unit not in whistle.called
    return [UnitReported(at=at, unit=command.unit, unasked=unasked)]


def result(command: GiveResult, whistle: Whistle, at: datetime) -> list[WhistleEvent]:
    """What the unit did. Raises Rejected before it came, and the second time."""
    _check_here(command, whistle)
    if command.unit in whistle.done:
        raise Rejected("unit_gave_result", "your unit has said what it did already")
    return [UnitResultGiven(at=at, unit=command.unit, words=command.words)]


def ended(command: EndWhistle, whistle: Whistle, at: datetime) -> list[WhistleEvent]:
    """What is said of each unit, and the end. Raises Rejected for a unit that was neither called
    nor there, and for one that did its part without coming."""
    if strange := sorted({*command.came, *command.did} - whistle.units):
        detail = f"{', '.join(strange)}: neither called nor there"
        raise Rejected("unit_is_strange", detail, "came")
    if away := sorted({*command.did} - {*command.came}):
        raise Rejected("did_without_coming", f"{', '.join(away)}: did it come?", "did")
    said = [
        TurnoutConfirmed(at=at, unit=unit, came=unit in command.came, did=unit in command.did)
        for unit in sorted(whistle.units)
    ]
    return [*said, WhistleEnded(at=at)]


def since(
    command: CallMore | ReportUnit | GiveResult | EndWhistle, whistle: Whistle
) -> datetime | None:
    """Before when this cannot have happened. What one unit does is in no order with what others
    do; the end comes after all of it."""
    if isinstance(command, EndWhistle):
        return whistle.last_at
    if isinstance(command, GiveResult):
        return whistle.here.get(command.unit)
    return whistle.past[0].at


def _calls(command: BlowWhistle | CallMore, at: datetime) -> Sequence[UnitCalled]:
    book, start = command.book, command.judged_at if command.late_reason else at
    due = book.due(book.whistle, start) if book else None
    rules = book.version if book else None
    return [UnitCalled(at=at, unit=unit, rules=rules, due=due) for unit in command.units]


def _check_units(units: Collection[str], whistle: Whistle) -> None:
    if not units or len(whistle.called) + len(units) > MOST:
        raise Rejected("bad_number_of_units", f"a whistle calls 1 to {MOST} units", "units")
    if len({*units}) < len(units) or whistle.units & {*units}:
        raise Rejected("unit_is_called", "a unit is called once; who is there needs no call",
                       "units")  # fmt: skip


def _check_here(command: GiveResult, whistle: Whistle) -> None:
    if command.unit not in whistle.here:
        raise Rejected("unit_is_not_here", "report first that your unit is there")
